// Package classify is a small network that tells from the named features of a
// word, a name or a claim which of a few classes it belongs to, and how likely.
//
// Features that hold ("slot=obj|state") look up learned vectors, whose sum, with
// that of the vectors of words passed through a matrix, goes through one hidden
// layer; each feature also votes for the classes directly ("wide and deep
// learning", Cheng et al. 2016). It is learned with Adagrad (Duchi et al. 2011).
package classify

import (
	"cmp"
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"strings"

	"incidentgraph/loader/language/network"
)

// Features are what is known of one example: the hashes of the names of the
// features that hold, and the values of the dense part. It may be used again
// after Reset.
type Features struct {
	ids   []uint64
	dense [][]float32
	// names are kept only for people and for learning.
	names []string
	named bool
}

// Named gives features that remember their names.
func Named() *Features { return &Features{named: true} }

// Names gives the features that hold as people read them; f must be Named.
func (f *Features) Names() []string { return f.names }

// Reset empties f.
func (f *Features) Reset() {
	clear(f.dense) // what is not used any more is not kept
	f.ids, f.dense, f.names = f.ids[:0], f.dense[:0], f.names[:0]
}

// seed begins the hash of a feature; golden, 2^64 divided by the golden ratio, spreads what comes in (Knuth, The Art of
// Computer Programming, volume 3, 6.4: multiplicative hashing).
const (
	seed   = 14695981039346656037
	golden = 0x9e3779b97f4a7c15
)

// Add adds the feature of a name and the words that follow it.
func (f *Features) Add(name string, words ...string) {
	h := hash(seed, name)
	for _, w := range words {
		h = hash(h, w)
	}
	f.ids = append(f.ids, h)
	if f.named {
		f.names = append(f.names, spelt(name, words))
	}
}

// spelt gives a feature as people read it. It keeps nothing of what it is given, so that Add costs no memory.
func spelt(name string, words []string) string {
	var b strings.Builder
	b.WriteString(name)
	for i, w := range words {
		b.WriteByte("=|"[min(i, 1)])
		b.WriteString(w)
	}
	return b.String()
}

// hash goes on from h with s, eight bytes at a time; the last ones, which may be none, count with the length, so that
// "a", "b" and "ab", "" differ.
func hash(h uint64, s string) uint64 {
	n := uint64(len(s))
	for len(s) >= 8 {
		h = mix(h, uint64(four(s))|uint64(four(s[4:]))<<32)
		s = s[8:]
	}
	return mix(h, fewer(s)^n<<56)
}

// four gives the first four bytes of s as a number, the first byte lowest.
func four(s string) uint32 {
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

// fewer gives the bytes of s, at most seven, as a number, the first byte lowest. It reads some twice, which is faster than one
// after the other.
func fewer(s string) uint64 {
	n := len(s)
	switch {
	case n >= 4:
		return uint64(four(s)) | uint64(four(s[n-4:]))<<(8*(n-4))
	case n > 0:
		return uint64(s[0]) | uint64(s[n/2])<<(8*(n/2)) | uint64(s[n-1])<<(8*(n-1))
	}
	return 0
}

func mix(h, word uint64) uint64 {
	h = (h ^ word) * golden
	return h ^ h>>32
}

// Dense appends values to the dense part, which must have the same length in all
// examples of a model. They are kept as they are, and must not change while f is used.
func (f *Features) Dense(values []float32) { f.dense = append(f.dense, values) }

// Model tells classes from features. It may be used from several goroutines.
type Model struct {
	Classes []string
	hidden  int
	dense   int
	rows    network.Dictionary // feature -> row
	ids     []uint64           // by row
	deep    []float32          // row x hidden
	wide    []float32          // row x classes
	input   []float32          // dense x hidden
	bias    []float32          // hidden, then classes
	output  []float32          // hidden x classes
	// table holds deep and wide of a model that was read, whose output has rows of a multiple of eight.
	table network.Table
	read  bool
}

// Probabilities gives how likely each class of the model is, in their order. out
// is used for the answer when it is large enough.
func (m *Model) Probabilities(f *Features, out []float64) []float64 {
	var hiddenRoom, logitRoom [64]float32
	var rowRoom [192]int32
	hidden, logits := zeros(hiddenRoom[:], m.hidden), zeros(logitRoom[:], eights(len(m.Classes)))
	m.forward(m.rows.Rows(f.ids, rowRoom[:0]), 1, f.dense, hidden, logits)
	if cap(out) < len(m.Classes) {
		out = make([]float64, len(m.Classes))
	}
	out = out[:len(m.Classes)]
	softmax(logits[:len(m.Classes)], out)
	return out
}

// Scratch is memory that one reader uses again and again.
type Scratch struct {
	dense, hidden, logits []float32
	base                  []float32 // what the parts that all examples have in common bring to the hidden layer
	rows                  []int32
	p                     []float64
}

// All gives for each of several examples how likely each class is, in the order of
// the classes. The answer is valid until s is used again.
func (m *Model) All(list []*Features, s *Scratch) [][]float64 {
	n, h, c := len(list), m.hidden, len(m.Classes)
	padded := (n + 3) / 4 * 4
	s.hidden = zeros(s.hidden, padded*h)
	// What all have in common is multiplied once.
	common := commonParts(list)
	s.base = append(s.base[:0], m.bias[:h]...)
	at := 0
	for k := range common {
		part := list[0].dense[k]
		network.AddScaled(s.base, part, m.input[at*h:])
		at += len(part)
	}
	if rest := m.dense - at; rest > 0 && h > 0 {
		s.dense = zeros(s.dense, padded*rest)
		for i, f := range list {
			row := s.dense[i*rest : (i+1)*rest]
			for _, part := range f.dense[common:] {
				row = row[copy(row, part):]
			}
		}
		network.Multiply(s.hidden, h, s.dense, rest, m.input[at*h:], h, padded, rest, h)
	}
	s.logits = zeros(s.logits, eights(c))
	if cap(s.p) < n*c {
		s.p = make([]float64, n*c)
	}
	out := make([][]float64, n)
	for i, f := range list {
		hidden, logits := s.hidden[i*h:][:h], s.logits
		s.rows = m.rows.Rows(f.ids, s.rows[:0])
		add(hidden, s.base)
		clear(logits)
		copy(logits, m.bias[h:])
		m.finish(s.rows, 1, hidden, logits)
		out[i] = s.p[i*c:][:c:c]
		softmax(logits[:c], out[i])
	}
	return out
}

// commonParts gives how many of their first dense parts all examples share.
func commonParts(list []*Features) int {
	if len(list) == 0 {
		return 0
	}
	first := list[0].dense
	for k, part := range first {
		for _, f := range list[1:] {
			if k >= len(f.dense) || len(part) == 0 || len(f.dense[k]) != len(part) || &f.dense[k][0] != &part[0] {
				return k
			}
		}
	}
	return len(first)
}

// zeros gives n zeros, in v when they fit.
func zeros(v []float32, n int) []float32 {
	if cap(v) < n {
		return make([]float32, n)
	}
	v = v[:n]
	clear(v)
	return v
}

// eights rounds up to a multiple of eight.
func eights(n int) int { return (n + 7) / 8 * 8 }

// finish adds what the features in the rows bring to the hidden layer and the classes, and
// what the hidden layer brings to the classes. The length of logits is a multiple of eight. While
// a model is learnt, each feature counts weight times.
func (m *Model) finish(rows []int32, weight float32, hidden, logits []float32) {
	h, c := m.hidden, len(m.Classes)
	if m.read {
		m.table.Add(hidden, 0, rows)
		m.table.Add(logits, 1, rows)
		for i, x := range hidden {
			hidden[i] = max(x, 0)
		}
		network.AddScaled(logits, hidden, m.output)
		return
	}
	for _, r := range rows {
		axpy(hidden, weight, m.deep[int(r)*h:][:h])
		axpy(logits[:c], weight, m.wide[int(r)*c:][:c])
	}
	for i, x := range hidden {
		if x <= 0 {
			hidden[i] = 0
			continue
		}
		axpy(logits[:c], x, m.output[i*c:][:c])
	}
}

// Why gives the names of the features that speak most for a class, the strongest
// first: those without which it would be least likely. Features must be Named.
func (m *Model) Why(f *Features, class string, most int) []string {
	k := slices.Index(m.Classes, class)
	if k < 0 {
		return nil
	}
	all := m.Probabilities(f, nil)[k]
	type loss struct {
		name string
		p    float64
	}
	var losses []loss
	for i := range f.ids {
		without := Features{ids: slices.Delete(slices.Clone(f.ids), i, i+1), dense: f.dense}
		if p := all - m.Probabilities(&without, nil)[k]; p > 0 {
			losses = append(losses, loss{f.names[i], p})
		}
	}
	slices.SortStableFunc(losses, func(a, b loss) int { return cmp.Compare(b.p, a.p) })
	var out []string
	for _, l := range losses[:min(most, len(losses))] {
		out = append(out, l.name)
	}
	return out
}

// forward fills hidden, after its nonlinearity, and logits.
func (m *Model) forward(rows []int32, weight float32, dense [][]float32, hidden, logits []float32) {
	h := m.hidden
	copy(hidden, m.bias[:h])
	copy(logits, m.bias[h:])
	d := 0
	for _, part := range dense {
		part = part[:min(len(part), m.dense-d)]
		if m.read {
			network.AddScaled(hidden, part, m.input[d*h:])
			d += len(part)
			continue
		}
		for _, x := range part {
			if x != 0 {
				axpy(hidden, x, m.input[d*h:][:h])
			}
			d++
		}
	}
	m.finish(rows, weight, hidden, logits)
}

func add(to, row []float32) {
	for i, x := range row {
		to[i] += x
	}
}

func axpy(to []float32, a float32, row []float32) {
	for i, x := range row {
		to[i] += a * x
	}
}

func softmax(logits []float32, out []float64) {
	top := logits[0]
	for _, x := range logits {
		top = max(top, x)
	}
	sum := 0.0
	for i, x := range logits {
		out[i] = math.Exp(float64(x - top))
		sum += out[i]
	}
	for i := range out {
		out[i] /= sum
	}
}

// AppendTo writes a model that was learnt behind data, weights as bytes.
func (m *Model) AppendTo(data []byte) []byte {
	u32 := func(n int) { data = binary.LittleEndian.AppendUint32(data, uint32(n)) }
	row := func(v []float32) {
		top := float32(1e-9)
		for _, x := range v {
			top = max(top, x, -x)
		}
		data = binary.LittleEndian.AppendUint32(data, math.Float32bits(top/127))
		for _, x := range v {
			data = append(data, byte(int8(math.Round(float64(x/top*127)))))
		}
	}
	u32(len(m.Classes))
	for _, c := range m.Classes {
		data = append(data, byte(len(c)))
		data = append(data, c...)
	}
	u32(m.hidden)
	u32(m.dense)
	u32(len(m.ids))
	h, c := m.hidden, len(m.Classes)
	for r, id := range m.ids {
		data = binary.LittleEndian.AppendUint64(data, id)
		row(m.deep[r*h:][:h])
		row(m.wide[r*c:][:c])
	}
	for d := range m.dense {
		row(m.input[d*h:][:h])
	}
	row(m.bias)
	for i := range h {
		row(m.output[i*c:][:c])
	}
	return data
}

// Decode reads a model from the front of data and gives what follows it.
func Decode(data []byte) (m *Model, rest []byte, err error) {
	defer func() {
		if recover() != nil {
			m, rest, err = nil, nil, errors.New("model of classes: cut off")
		}
	}()
	u32 := func() int {
		n := binary.LittleEndian.Uint32(data)
		data = data[4:]
		return int(n)
	}
	row := func(v []float32, n int) []float32 {
		scale := math.Float32frombits(binary.LittleEndian.Uint32(data))
		for _, b := range data[4 : 4+n] {
			v = append(v, float32(int8(b))*scale)
		}
		data = data[4+n:]
		return v
	}
	m = &Model{read: true}
	for range u32() {
		n := int(data[0])
		m.Classes = append(m.Classes, string(data[1:1+n]))
		data = data[1+n:]
	}
	m.hidden, m.dense = u32(), u32()
	rows := u32()
	m.rows = network.NewDictionary(rows)
	h, c := m.hidden, len(m.Classes)
	m.table = network.NewTable(rows, h, c)
	for r := range rows {
		m.rows.Add(binary.LittleEndian.Uint64(data), int32(r))
		data = data[8:]
		for part, n := range [...]int{h, c} {
			m.table.Set(r, part, math.Float32frombits(binary.LittleEndian.Uint32(data)), data[4:4+n])
			data = data[4+n:]
		}
	}
	for range m.dense {
		m.input = row(m.input, h)
	}
	m.bias = row(m.bias, h+c)
	for range h {
		m.output = append(row(m.output, c), make([]float32, eights(c)-c)...)
	}
	return m, data, nil
}
