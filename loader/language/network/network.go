// Package network is a small recurrent network that reads the words of a
// sentence and gives each its tag, its head and its relation to the head.
//
// A word enters as the sum of learned vectors for its form, its prefixes and
// suffixes and its shape. Layers of simple recurrent units (Lei et al. 2018),
// whose only sequential part is elementwise, run over the sentence in both
// directions; a biaffine scorer (Dozat and Manning 2017) chooses heads, small
// perceptrons choose relations and tags. A learnt network multiplies in whole
// numbers (whole.go), so a sentence costs some microseconds a word.
package network

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// Shape is the size of a network and the names of its classes.
type Shape struct {
	Width     int // of a word's vector; half of it is read forward, half backward
	Layers    int
	Arc       int // width of the vectors that heads are scored with
	Label     int // hidden width behind relations
	Tag       int // hidden width behind tags
	Tags      []string
	Relations []string
}

// distances is how many columns the scores of distances take; see distance.
const distances = 32

// matrix is dense and row-major.
type matrix struct {
	rows, cols int
	v          []float32
	// whole is the same in whole numbers, once decoded; nil while learning.
	whole *wholes
}

func (m *matrix) row(i int) []float32 { return m.v[i*m.cols : (i+1)*m.cols] }

// size makes m a rows by cols matrix of zeros, in place where it fits.
func (m *matrix) size(rows, cols int) {
	m.rows, m.cols = rows, cols
	n := rows * cols
	if cap(m.v) < n {
		m.v = make([]float32, n, n+n/4)
		return
	}
	m.v = m.v[:n]
	clear(m.v)
}

// room makes m a rows by cols matrix of anything, in place where it fits.
func (m *matrix) room(rows, cols int) {
	if n := rows * cols; n <= cap(m.v) {
		m.rows, m.cols, m.v = rows, cols, m.v[:n]
		return
	}
	m.size(rows, cols)
}

// round makes whole numbers of a matrix that something is multiplied by.
func (m *matrix) round() {
	if m.rows%16 == 0 && m.cols%panelWidth == 0 {
		m.whole = wholesOf(m, quickest)
	}
}

// layer is one layer of recurrent units. in has, for each direction, the
// columns of candidate, forget gate and highway gate.
type layer struct {
	in    matrix // Width x 3 Width
	state matrix // 2 x Width: how the last state enters forget and highway gate
	bias  matrix // 2 x Width
}

// Model is a trained network.
type Model struct {
	Shape
	words  Dictionary
	vector matrix // by row of the dictionary, while learning
	table  Table  // the same in eight bits, once decoded
	layers []layer

	dependent, dependentBias matrix
	governor, governorBias   matrix
	root                     matrix // 1 x Arc: the root as a governor
	bilinear, prior          matrix // Arc x Arc; 1 x Arc
	distance, distanceBias   matrix

	labelDependent, labelGovernor, labelRoot, labelBias matrix
	labelOut, labelOutBias                              matrix

	tagIn, tagInBias, tagOut, tagOutBias matrix
}

func round32(n int) int { return (n + 31) / 32 * 32 }
func round8(n int) int  { return (n + 7) / 8 * 8 }
func round4(n int) int  { return (n + 3) / 4 * 4 }

// shapeMatrices gives all matrices their sizes.
func (m *Model) shapeMatrices() {
	w := m.Width
	m.layers = make([]layer, m.Layers)
	for i := range m.layers {
		m.layers[i].in.size(w, 3*w)
		m.layers[i].state.size(2, w)
		m.layers[i].bias.size(2, w)
	}
	m.dependent.size(w, m.Arc)
	m.dependentBias.size(1, m.Arc)
	m.governor.size(w, m.Arc)
	m.governorBias.size(1, m.Arc)
	m.root.size(1, m.Arc)
	m.bilinear.size(m.Arc, m.Arc)
	m.prior.size(1, m.Arc)
	m.distance.size(w, distances)
	m.distanceBias.size(1, distances)
	m.labelDependent.size(w, m.Label)
	m.labelGovernor.size(w, m.Label)
	m.labelRoot.size(1, m.Label)
	m.labelBias.size(1, m.Label)
	m.labelOut.size(m.Label, round32(len(m.Relations)))
	m.labelOutBias.size(1, round32(len(m.Relations)))
	m.tagIn.size(w, m.Tag)
	m.tagInBias.size(1, m.Tag)
	m.tagOut.size(m.Tag, round32(len(m.Tags)))
	m.tagOutBias.size(1, round32(len(m.Tags)))
}

// matrices lists all matrices but the word vectors, in the order of the file.
func (m *Model) matrices() []*matrix {
	var out []*matrix
	for i := range m.layers {
		l := &m.layers[i]
		out = append(out, &l.in, &l.state, &l.bias)
	}
	return append(out,
		&m.dependent, &m.dependentBias, &m.governor, &m.governorBias, &m.root, &m.bilinear, &m.prior,
		&m.distance, &m.distanceBias,
		&m.labelDependent, &m.labelGovernor, &m.labelRoot, &m.labelBias, &m.labelOut, &m.labelOutBias,
		&m.tagIn, &m.tagInBias, &m.tagOut, &m.tagOutBias)
}

const magic = "incidentgraph language 1\n"

// Encode gives the bytes of a learnt model: sizes, names, the hashes of the
// known features, a scale for each and their vectors in eight bits, and the matrices.
func (m *Model) Encode() []byte {
	out := []byte(magic)
	number := func(n int) { out = binary.LittleEndian.AppendUint32(out, uint32(n)) }
	names := func(list []string) {
		number(len(list))
		for _, s := range list {
			number(len(s))
			out = append(out, s...)
		}
	}
	for _, n := range []int{m.Width, m.Layers, m.Arc, m.Label, m.Tag} {
		number(n)
	}
	names(m.Tags)
	names(m.Relations)
	number(m.vector.rows)
	for _, h := range m.words.inOrder(m.vector.rows) {
		out = binary.LittleEndian.AppendUint64(out, h)
	}
	var vectors []byte
	for i := range m.vector.rows {
		row := m.vector.row(i)
		var most float32
		for _, x := range row {
			most = max(most, x, -x)
		}
		scale := most / 127
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(scale))
		for _, x := range row {
			q := 0.0
			if scale > 0 {
				q = math.Round(float64(x / scale))
			}
			vectors = append(vectors, byte(int8(q)))
		}
	}
	out = append(out, vectors...)
	for _, x := range m.matrices() {
		for _, v := range x.v {
			out = binary.LittleEndian.AppendUint32(out, math.Float32bits(v))
		}
	}
	return out
}

var errDamaged = errors.New("model file is damaged or of another version: train it again")

// Decode reads what Encode wrote.
func Decode(data string) (*Model, error) {
	if len(data) < len(magic) || data[:len(magic)] != magic {
		return nil, errDamaged
	}
	data = data[len(magic):]
	short := false
	take := func(n int) string {
		if n < 0 || n > len(data) {
			short = true
			return ""
		}
		s := data[:n]
		data = data[n:]
		return s
	}
	number := func() int {
		s := take(4)
		if short {
			return 0
		}
		return int(uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24)
	}
	names := func() []string {
		n := number()
		if n > 1000 {
			short = true
			return nil
		}
		out := make([]string, n)
		for i := range out {
			out[i] = take(number())
		}
		return out
	}
	m := &Model{}
	for _, p := range []*int{&m.Width, &m.Layers, &m.Arc, &m.Label, &m.Tag} {
		*p = number()
		if *p > 4096 {
			short = true
		}
	}
	m.Tags, m.Relations = names(), names()
	rows := number()
	hashes := take(8 * rows)
	scales := take(4 * rows)
	bytes := take(m.Width * rows)
	if short {
		return nil, errDamaged
	}
	m.shapeMatrices()
	for _, x := range m.matrices() {
		s := take(4 * len(x.v))
		if short {
			return nil, errDamaged
		}
		for i := range x.v {
			x.v[i] = float32At(s[4*i:])
		}
		x.round()
	}
	if len(data) != 0 {
		return nil, fmt.Errorf("%d bytes too many: %w", len(data), errDamaged)
	}
	m.words, m.table = NewDictionary(rows), NewTable(rows, m.Width)
	for i := range rows {
		var h uint64
		for b := range 8 {
			h |= uint64(hashes[8*i+b]) << (8 * b)
		}
		m.words.Add(h, int32(i))
		m.table.Set(i, 0, float32At(scales[4*i:]), []byte(bytes[i*m.Width:][:m.Width]))
	}
	return m, nil
}

func float32At(s string) float32 {
	return math.Float32frombits(uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24)
}
