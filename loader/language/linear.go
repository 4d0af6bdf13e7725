package language

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	tagBits   = 22
	parseBits = 23
)

// word is what the features see of a token.
type word struct {
	form, lower, shape, suf1, suf2, suf3, suf4, pre1, pre2, pre3, flags uint64
	tag                                                                 uint64
}

const (
	seed1 = 0x9E3779B97F4A7C15
	seed2 = 0xD6E8FEB86659FD93
)

func mix(a, b uint64) uint64 {
	h := (a ^ b*seed1) * seed2
	return h ^ h>>32
}

func hashString(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h ^ h>>29
}

func describe(s string) word {
	var w word
	low := strings.ToLower(s)
	shape := make([]byte, 0, 8)
	digit, hyphen, upper, lower := false, false, false, false
	var last byte
	for i, r := range s {
		if i > 60 {
			break
		}
		c := byte('p')
		switch {
		case unicode.IsUpper(r):
			c, upper = 'X', true
		case unicode.IsLetter(r):
			c, lower = 'x', true
		case unicode.IsDigit(r):
			c, digit = 'd', true
		default:
			hyphen = true
			if r < 128 {
				c = byte(r)
			}
		}
		if c != last {
			shape = append(shape, c)
		}
		last = c
	}
	if digit && !lower && !upper {
		low = "0"
		if len(s) == 4 && !hyphen {
			low = "0000"
		}
	}
	w.form, w.lower, w.shape = hashString(s), hashString(low), hashString(string(shape))
	tail := func(n int) uint64 {
		k := len(low)
		for ; n > 0 && k > 0; n-- {
			_, m := utf8.DecodeLastRuneInString(low[:k])
			k -= m
		}
		return hashString(low[k:])
	}
	head := func(n int) uint64 {
		k := 0
		for ; n > 0 && k < len(low); n-- {
			_, m := utf8.DecodeRuneInString(low[k:])
			k += m
		}
		return hashString(low[:k])
	}
	w.suf1, w.suf2, w.suf3, w.suf4 = tail(1), tail(2), tail(3), tail(4)
	w.pre1, w.pre2, w.pre3 = head(1), head(2), head(3)
	return w
}

var noWord = word{form: 1, lower: 2, shape: 3, suf1: 4, suf2: 5, suf3: 6, suf4: 7, pre1: 8, pre2: 9, pre3: 10, tag: 997}

func at(ws []word, i int) *word {
	if i < 0 || i >= len(ws) {
		return &noWord
	}
	return &ws[i]
}

// tagFeatures appends the hashed features of word i; the words before it are tagged.
func tagFeatures(ws []word, i int, f []uint64) []uint64 {
	w, p1, p2, n1, n2 := at(ws, i), at(ws, i-1), at(ws, i-2), at(ws, i+1), at(ws, i+2)
	k := uint64(0)
	one := func(a uint64) { k++; f = append(f, mix(k, a)) }
	two := func(a, b uint64) { k++; f = append(f, mix(mix(k, a), b)) }
	one(0)
	one(w.form)
	one(w.lower)
	one(w.shape)
	one(w.suf1)
	one(w.suf2)
	one(w.suf3)
	one(w.suf4)
	one(w.pre1)
	one(w.pre2)
	one(w.pre3)
	one(p1.lower)
	one(p2.lower)
	one(n1.lower)
	one(n2.lower)
	one(n1.suf3)
	one(n1.suf2)
	one(p1.suf3)
	one(n1.shape)
	one(p1.shape)
	one(p1.tag)
	one(p2.tag)
	two(p1.tag, p2.tag)
	two(p1.tag, w.lower)
	two(p1.tag, w.suf3)
	two(p1.tag, n1.lower)
	two(p1.lower, w.lower)
	two(w.lower, n1.lower)
	two(p1.shape, w.shape)
	two(w.shape, n1.shape)
	two(p1.tag, w.shape)
	two(w.suf3, n1.suf3)
	return f
}

type state struct {
	ws         []word
	n          int // words; index n is the root, at the end of the buffer
	stack      []int32
	b          int
	head, rel  []int32
	lc, lc2    []int32
	rc, rc2    []int32
	nl, nr     []uint8
	lset, rset []uint64
}

func (s *state) reset(ws []word) {
	n := len(ws)
	s.ws, s.n, s.b = ws, n, 0
	s.stack = s.stack[:0]
	fill := func(p *[]int32) {
		*p = (*p)[:0]
		for range n + 1 {
			*p = append(*p, -1)
		}
	}
	fill(&s.head)
	fill(&s.rel)
	fill(&s.lc)
	fill(&s.lc2)
	fill(&s.rc)
	fill(&s.rc2)
	s.nl = append(s.nl[:0], make([]uint8, n+1)...)
	s.nr = append(s.nr[:0], make([]uint8, n+1)...)
}

const (
	shift = iota
	left
	right
)

func (s *state) legal() (sh, la, ra bool) {
	top := len(s.stack)
	sh = s.b < s.n
	la = top > 0 && (s.b < s.n || top == 1)
	ra = top > 1
	return
}

func (s *state) done() bool { return s.b == s.n && len(s.stack) == 0 }

func (s *state) attach(d, h int32, rel int32) {
	s.head[d], s.rel[d] = h, rel
	if d < h {
		s.lc2[h], s.lc[h] = s.lc[h], d
		if s.nl[h] < 9 {
			s.nl[h]++
		}
	} else {
		s.rc2[h], s.rc[h] = s.rc[h], d
		if s.nr[h] < 9 {
			s.nr[h]++
		}
	}
}

func (s *state) apply(move int, rel int32) {
	top := len(s.stack) - 1
	switch move {
	case shift:
		s.stack = append(s.stack, int32(s.b))
		s.b++
	case left:
		s.attach(s.stack[top], int32(s.b), rel)
		s.stack = s.stack[:top]
	case right:
		s.attach(s.stack[top], s.stack[top-1], rel)
		s.stack = s.stack[:top]
	}
}

var rootWord = word{form: 11, lower: 12, shape: 13, suf3: 14, tag: 998}

func (s *state) word(i int32) *word {
	if i < 0 {
		return &noWord
	}
	if int(i) >= s.n {
		return &rootWord
	}
	return &s.ws[i]
}

func (s *state) child(a []int32, i int32) int32 {
	if i < 0 {
		return -1
	}
	return a[i]
}

func (s *state) relOf(i int32) uint64 {
	if i < 0 {
		return 99
	}
	return uint64(s.rel[i] + 1)
}

func (s *state) features(f []uint64) []uint64 {
	k := uint64(100)
	one := func(a uint64) { k++; f = append(f, mix(k, a)) }
	two := func(a, b uint64) { k++; f = append(f, mix(mix(k, a), b)) }
	three := func(a, b, c uint64) { k++; f = append(f, mix(mix(mix(k, a), b), c)) }
	top := len(s.stack)
	si := [3]int32{-1, -1, -1}
	for j := 0; j < 3 && j < top; j++ {
		si[j] = s.stack[top-1-j]
	}
	bi := [4]int32{-1, -1, -1, -1}
	for j := 0; j < 4 && s.b+j <= s.n; j++ {
		bi[j] = int32(s.b + j)
	}
	s0, s1, s2 := s.word(si[0]), s.word(si[1]), s.word(si[2])
	b0, b1, b2, b3 := s.word(bi[0]), s.word(bi[1]), s.word(bi[2]), s.word(bi[3])
	s0l, s0r := s.child(s.lc, si[0]), s.child(s.rc, si[0])
	s1l, s1r := s.child(s.lc, si[1]), s.child(s.rc, si[1])
	b0l := s.child(s.lc, bi[0])
	b0l2 := s.child(s.lc2, bi[0])
	s0l2, s0r2 := s.child(s.lc2, si[0]), s.child(s.rc2, si[0])
	s1r2 := s.child(s.rc2, si[1])
	dist := func(a, b int32) uint64 {
		d := b - a
		switch {
		case a < 0 || b < 0:
			return 0
		case d > 10:
			return 7
		case d > 5:
			return 6
		default:
			return uint64(d)
		}
	}
	ds0b0, ds1s0 := dist(si[0], bi[0]), dist(si[1], si[0])
	val := func(a []uint8, i int32) uint64 {
		if i < 0 {
			return 9
		}
		return uint64(a[i])
	}
	one(0)
	// Single words.
	for _, w := range [...]*word{s0, s1, s2, b0, b1, b2, b3} {
		one(w.tag)
		one(w.lower)
		two(w.lower, w.tag)
	}
	one(s0.suf3)
	one(b0.suf3)
	two(s0.shape, s0.tag)
	two(b0.shape, b0.tag)
	one(s1.suf3)
	// Pairs.
	three(s0.lower, s0.tag, mix(b0.lower, b0.tag))
	three(s0.lower, s0.tag, b0.lower)
	three(s0.lower, b0.lower, b0.tag)
	three(s0.lower, s0.tag, b0.tag)
	three(s0.tag, b0.lower, b0.tag)
	two(s0.lower, b0.lower)
	two(s0.tag, b0.tag)
	three(s1.lower, s1.tag, mix(s0.lower, s0.tag))
	three(s1.lower, s1.tag, s0.tag)
	three(s1.tag, s0.lower, s0.tag)
	two(s1.lower, s0.lower)
	two(s1.tag, s0.tag)
	two(b0.tag, b1.tag)
	two(b0.lower, b1.lower)
	three(s1.tag, b0.tag, 1)
	three(s1.lower, b0.lower, 1)
	three(s1.lower, b0.tag, 2)
	// Triples of tags.
	three(b0.tag, b1.tag, b2.tag)
	three(s0.tag, b0.tag, b1.tag)
	three(s1.tag, s0.tag, b0.tag)
	three(s2.tag, s1.tag, s0.tag)
	three(s1.tag, s0.tag, mix(b0.tag, b1.tag))
	three(s0.lower, b0.tag, b1.tag)
	three(s0.tag, s.word(s0l).tag, b0.tag)
	three(s0.tag, s.word(s0r).tag, b0.tag)
	three(s0.tag, b0.tag, s.word(b0l).tag)
	three(s1.tag, s0.tag, s.word(s0l).tag)
	three(s1.tag, s0.tag, s.word(s0r).tag)
	three(s1.tag, s0.tag, s.word(s1l).tag)
	three(s1.tag, s0.tag, s.word(s1r).tag)
	three(s1.tag, s0.tag, s.word(b0l).tag)
	// Distance.
	two(s0.lower, ds0b0)
	two(s0.tag, ds0b0)
	two(b0.tag, ds0b0)
	three(s0.tag, b0.tag, ds0b0)
	three(s1.tag, s0.tag, ds1s0)
	three(s1.lower, s0.tag, ds1s0)
	// Valency.
	two(s0.tag, val(s.nl, si[0])*16+val(s.nr, si[0]))
	two(s0.lower, val(s.nl, si[0])*16+val(s.nr, si[0]))
	two(b0.tag, val(s.nl, bi[0]))
	two(s1.tag, val(s.nr, si[1]))
	three(s1.tag, s0.tag, val(s.nr, si[1])*16+val(s.nr, si[0]))
	// Children.
	for _, c := range [...]int32{s0l, s0r, s1l, s1r, b0l, s0l2, s0r2, b0l2, s1r2} {
		one(s.word(c).lower)
		one(s.word(c).tag)
		one(s.relOf(c))
	}
	two(s0.tag, mix(s.relOf(s0l), s.relOf(s0l2)))
	two(s0.tag, mix(s.relOf(s0r), s.relOf(s0r2)))
	two(s1.tag, mix(s.relOf(s1r), s.relOf(s1r2)))
	two(b0.tag, mix(s.relOf(b0l), s.relOf(b0l2)))
	three(s0.lower, s.relOf(s0r), b0.tag)
	three(s0.lower, s.relOf(s0l), b0.tag)
	three(s1.lower, s.relOf(s1r), s0.tag)
	three(s1.tag, s0.lower, s.word(s0l).lower)
	three(s0.lower, s.word(s0l).lower, b0.tag)
	three(s1.lower, s0.tag, s.word(s0l).lower)
	three(s1.tag, s.word(s1r).lower, s0.tag)
	return f
}

type scratch struct {
	spans  []span
	ws     []word
	feats  []uint64
	scores []int32
	st     state
}

// Model holds the tagger and the parser.
type Model struct {
	tags      [][2]string // universal tag, Penn tag
	relations []string
	tagW      string
	parseW    string
	lemmas    *lemmatiser
}

func decode(data string) (*Model, error) {
	bad := fmt.Errorf("the embedded language model is damaged: train it again with go run ./loader/language/train")
	if len(data) < 4 {
		return nil, bad
	}
	n := int(binary.LittleEndian.Uint32([]byte(data[:4])))
	if 4+n > len(data) {
		return nil, bad
	}
	lemmas, err := newLemmatiser()
	if err != nil {
		return nil, err
	}
	m := &Model{lemmas: lemmas}
	for _, f := range lines(strings.ReplaceAll(data[4:4+n], "#", "\x00")) {
		for i := range f {
			f[i] = strings.ReplaceAll(f[i], "\x00", "#")
		}
		switch f[0] {
		case "tag":
			m.tags = append(m.tags, [2]string{f[1], f[2]})
		case "rel":
			m.relations = append(m.relations, f[1])
		}
	}
	data = data[4+n:]
	t := 1<<tagBits + len(m.tags)
	if len(data) != t+1<<parseBits+2*len(m.relations)+1 {
		return nil, bad
	}
	m.tagW, m.parseW = data[:t], data[t:]
	return m, nil
}

func (m *Model) tag(sc *scratch) {
	for i := range sc.ws {
		sc.feats = tagFeatures(sc.ws, i, sc.feats[:0])
		sc.ws[i].tag = uint64(best(scores(m.tagW, tagBits, len(m.tags), sc)))
	}
}

func scores(w string, bits, classes int, sc *scratch) []int32 {
	if cap(sc.scores) < classes {
		sc.scores = make([]int32, classes)
	}
	s := sc.scores[:classes]
	clear(s)
	for _, f := range sc.feats {
		at := int(f & (1<<bits - 1))
		row := w[at : at+classes]
		for c := range s {
			s[c] += int32(int8(row[c]))
		}
	}
	return s
}

func best(s []int32) int {
	b := 0
	for c := range s {
		if s[c] > s[b] {
			b = c
		}
	}
	return b
}

// parse runs arc-hybrid transitions to the end. Class 0 is shift, then come
// left arcs, then right arcs, by relation.
func (m *Model) parse(sc *scratch) {
	st := &sc.st
	st.reset(sc.ws)
	r := len(m.relations)
	for !st.done() {
		sc.feats = st.features(sc.feats[:0])
		s := scores(m.parseW, parseBits, 2*r+1, sc)
		b := bestLegal(st, s, r, m.relations)
		move, rel := split(b, r)
		st.apply(move, rel)
	}
}

func split(class, r int) (int, int32) {
	switch {
	case class == 0:
		return shift, -1
	case class <= r:
		return left, int32(class - 1)
	}
	return right, int32(class - 1 - r)
}

type number interface{ ~int32 | ~float32 }

func bestLegal[T number](st *state, s []T, r int, relations []string) int {
	sh, la, ra := st.legal()
	b := -1
	see := func(c int) {
		if b < 0 || s[c] > s[b] {
			b = c
		}
	}
	if sh {
		see(0)
	}
	if la {
		toRoot := st.b == st.n
		for c := range r {
			if (relations[c] == "root") == toRoot {
				see(1 + c)
			}
		}
	}
	if ra {
		for c := range r {
			if relations[c] != "root" {
				see(1 + r + c)
			}
		}
	}
	return b
}

// Trainer learns a Model from annotated sentences.
type Trainer struct {
	tags      [][2]string
	tagID     map[[2]string]int
	relations []string
	relID     map[string]int
	rng       *rand.Rand
	Log       func(format string, a ...any)
}

type weights struct {
	w, u  []float32
	bits  int
	k     int
	t     float32
	score []float32
}

func newWeights(bits, k int) *weights {
	return &weights{w: make([]float32, 1<<bits+k), u: make([]float32, 1<<bits+k), bits: bits, k: k, t: 1, score: make([]float32, k)}
}

func (x *weights) scores(f []uint64) []float32 {
	clear(x.score)
	for _, h := range f {
		at := int(h & (1<<x.bits - 1))
		row := x.w[at : at+x.k]
		for c := range x.score {
			x.score[c] += row[c]
		}
	}
	return x.score
}

func (x *weights) update(f []uint64, good, bad int) {
	for _, h := range f {
		at := int(h & (1<<x.bits - 1))
		x.w[at+good]++
		x.u[at+good] += x.t
		x.w[at+bad]--
		x.u[at+bad] -= x.t
	}
}

// bytes averages the weights and rounds them to eight bits.
func (x *weights) bytes() []byte {
	out := make([]byte, len(x.w))
	avg := make([]float32, len(x.w))
	var sum float64
	n := 0
	for i := range x.w {
		avg[i] = x.w[i] - x.u[i]/x.t
		if avg[i] != 0 {
			sum += float64(avg[i] * avg[i])
			n++
		}
	}
	scale := 3.5 / float32(sqrt(sum/float64(n)))
	for i, a := range avg {
		v := a * scale
		v = max(-127, min(127, v))
		if v < 0 {
			v -= 0.5
		} else {
			v += 0.5
		}
		out[i] = byte(int8(v))
	}
	return out
}

func sqrt(x float64) float64 {
	z := x
	for range 60 {
		z = (z + x/z) / 2
	}
	return z
}

// Train gives the bytes of a model.
func (t *Trainer) Train(data []Sentence, tagEpochs, parseEpochs int, seed uint64) []byte {
	t.rng = rand.New(rand.NewPCG(seed, 1))
	t.tagID, t.relID = map[[2]string]int{}, map[string]int{}
	for _, s := range data {
		for _, w := range s.Tokens {
			k := [2]string{w.Tag, w.Penn}
			if _, ok := t.tagID[k]; !ok {
				t.tagID[k] = len(t.tags)
				t.tags = append(t.tags, k)
			}
			if _, ok := t.relID[w.Relation]; !ok {
				t.relID[w.Relation] = len(t.relations)
				t.relations = append(t.relations, w.Relation)
			}
		}
	}
	words := make([][]word, len(data))
	gold := make([][]uint64, len(data))
	for i, s := range data {
		for _, w := range s.Tokens {
			words[i] = append(words[i], describe(w.Text))
			gold[i] = append(gold[i], uint64(t.tagID[[2]string{w.Tag, w.Penn}]))
		}
	}
	all := make([]int, len(data))
	for i := range all {
		all[i] = i
	}
	// Tags the parser learns from are predicted by taggers that have not seen the sentence.
	const folds = 4
	predicted := make([][]uint64, len(data))
	for f := range folds {
		var in, out []int
		for i := range data {
			if i/50%folds == f {
				out = append(out, i)
			} else {
				in = append(in, i)
			}
		}
		w := t.trainTagger(words, gold, in, max(1, tagEpochs/2))
		final := w.bytes()
		m := &Model{tags: t.tags, tagW: string(final)}
		var sc scratch
		right, n := 0, 0
		for _, i := range out {
			sc.ws = append(sc.ws[:0], words[i]...)
			m.tag(&sc)
			for j := range sc.ws {
				predicted[i] = append(predicted[i], sc.ws[j].tag)
				n++
				if sc.ws[j].tag == gold[i][j] {
					right++
				}
			}
		}
		t.Log("fold %d: tags %.2f", f, 100*float64(right)/float64(n))
	}
	tagger := t.trainTagger(words, gold, all, tagEpochs).bytes()
	for i := range words {
		for j := range words[i] {
			words[i][j].tag = predicted[i][j]
		}
	}
	parser := t.trainParser(words, data, parseEpochs).bytes()
	var head strings.Builder
	for _, k := range t.tags {
		fmt.Fprintf(&head, "tag %s %s\n", k[0], k[1])
	}
	for _, r := range t.relations {
		fmt.Fprintf(&head, "rel %s\n", r)
	}
	out := binary.LittleEndian.AppendUint32(nil, uint32(head.Len()))
	out = append(out, head.String()...)
	out = append(out, tagger...)
	return append(out, parser...)
}

func (t *Trainer) trainTagger(words [][]word, gold [][]uint64, which []int, epochs int) *weights {
	x := newWeights(tagBits, len(t.tags))
	order := append([]int(nil), which...)
	var f []uint64
	for e := range epochs {
		t.rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		wrong := 0
		for _, i := range order {
			ws := words[i]
			for j := range ws {
				f = tagFeatures(ws, j, f[:0])
				s := x.scores(f)
				b := 0
				for c := range s {
					if s[c] > s[b] {
						b = c
					}
				}
				x.t++
				if g := int(gold[i][j]); b != g {
					x.update(f, g, b)
					wrong++
				}
				ws[j].tag = uint64(b)
			}
		}
		t.Log("tagger epoch %d: %d wrong", e, wrong)
	}
	return x
}

func (t *Trainer) trainParser(words [][]word, data []Sentence, epochs int) *weights {
	r := len(t.relations)
	x := newWeights(parseBits, 2*r+1)
	order := make([]int, len(data))
	for i := range order {
		order[i] = i
	}
	var st state
	var f []uint64
	for e := range epochs {
		t.rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		wrong, steps := 0, 0
		for _, i := range order {
			toks := data[i].Tokens
			n := len(toks)
			heads := make([]int32, n)
			for j, w := range toks {
				heads[j] = int32(w.Head)
				if w.Head < 0 {
					heads[j] = int32(n)
				}
			}
			st.reset(words[i])
			for !st.done() {
				f = st.features(f[:0])
				s := x.scores(f)
				b := bestLegal(&st, s, r, t.relations)
				cost := st.costs(heads)
				low := min(cost[0], cost[1], cost[2])
				// The best of the moves that lose least, with the right relation where the arc is right.
				g := -1
				sh, la, ra := st.legal()
				try := func(c int) {
					if g < 0 || s[c] > s[g] {
						g = c
					}
				}
				if sh && cost[shift] == low {
					try(0)
				}
				arc := func(move, base int, head int32) {
					d := st.stack[len(st.stack)-1]
					if heads[d] == head {
						try(base + t.relID[toks[d].Relation])
						return
					}
					toRoot := move == left && st.b == st.n
					for c := range r {
						if (t.relations[c] == "root") == toRoot {
							try(base + c)
						}
					}
				}
				if la && cost[left] == low {
					arc(left, 1, int32(st.b))
				}
				if ra && cost[right] == low {
					arc(right, 1+r, st.stack[len(st.stack)-2])
				}
				x.t++
				steps++
				follow := b
				bm, brel := split(b, r)
				ok := cost[bm] == low && (bm == shift || b == g)
				if ok && bm != shift {
					_ = brel
				}
				if bm != shift && cost[bm] == low && b != g {
					// A right arc with another relation than the best one is still right.
					d := st.stack[len(st.stack)-1]
					h := int32(st.b)
					if bm == right {
						h = st.stack[len(st.stack)-2]
					}
					ok = heads[d] != h
				}
				if !ok {
					x.update(f, g, b)
					wrong++
					if e == 0 || t.rng.Float64() > 0.9 {
						follow = g
					}
				}
				st.apply(split(follow, r))
			}
		}
		t.Log("parser epoch %d: %d of %d wrong", e, wrong, steps)
	}
	return x
}

// costs counts the gold arcs that each move makes unreachable (Goldberg and
// Nivre 2013, arc-hybrid).
func (s *state) costs(heads []int32) [3]int {
	const never = 1 << 20
	c := [3]int{never, never, never}
	sh, la, ra := s.legal()
	top := len(s.stack) - 1
	if sh {
		n := 0
		for k, d := range s.stack {
			if heads[d] == int32(s.b) {
				n++
			}
			if k < top && heads[s.b] == d {
				n++
			}
		}
		c[shift] = n
	}
	if top < 0 {
		return c
	}
	s0 := s.stack[top]
	kids := 0
	for d := s.b; d < s.n; d++ {
		if heads[d] == s0 {
			kids++
		}
	}
	if la {
		n := kids
		if top > 0 && heads[s0] == s.stack[top-1] {
			n++
		}
		if heads[s0] > int32(s.b) {
			n++
		}
		c[left] = n
	}
	if ra {
		n := kids
		if heads[s0] >= int32(s.b) {
			n++
		}
		c[right] = n
	}
	return c
}
