package network

import (
	"math"
	"strings"
)

// Reading is what the network says of a sentence, by word.
type Reading struct {
	Tags      []int32 // index into Shape.Tags
	Heads     []int32 // index of the head, -1 for the root
	Relations []int32 // index into Shape.Relations
	// States are the outputs of the last layer, Shape.Width a word.
	States []float32
}

// Scratch is memory that readings of one model share; one at a time may use it.
type Scratch struct {
	pass     pass
	features []feature
	rows     []int32
	met      memory
	slots    []int // the row in met of each word of the pass
	parts    parts
	logits   matrix
	tree     treeScratch
	heads    []int32
	readings []Reading
}

// memory keeps what the network makes of words before it looks at the sentence, as most are soon met again: their vectors
// and the gates that the first layer computes of these.
type memory struct {
	at             map[string]int // the row of a word
	rows           int
	vectors, gates matrix
}

// remembered is how many words a memory holds at most, unless more are read at once. When it is full it begins anew, with
// twice the room until it has all.
const remembered = 1 << 13

// open makes sure that there is room for n more words, and for as many behind them as make their number a multiple of 4.
func (k *memory) open(n, width int) {
	if k.rows+n+3 <= k.vectors.rows {
		return
	}
	room := max(n+3, min(2*k.vectors.rows, remembered))
	k.vectors.room(room, width)
	k.gates.room(room, 3*width)
	k.at, k.rows = map[string]int{}, 0
}

// next gives the row of a new word.
func (k *memory) next() int {
	clear(k.vectors.row(k.rows))
	k.rows++
	return k.rows - 1
}

// pass holds what one run of the layers computes. Sentences lie one behind the other, and rows enough follow the last
// that each can be taken in fours; rows is a multiple of 4.
type pass struct {
	start, length []int
	rows          int
	x             []matrix // input of each layer, and the output of the last
	dropped       []matrix // the same with dropout, when learning
	gates         []matrix // candidate, forget and highway gate
	state         []matrix
	zero          []float32
	roundings     roundings
}

// embed sums the vectors of the known features of each word into x[0].
func (m *Model) embed(p *pass, at int, rows []int32) {
	out := p.x[0].row(at)
	for _, r := range rows {
		for j, v := range m.vector.row(int(r)) {
			out[j] += v
		}
	}
}

// prepare sets p up for the sentences whose start and length it holds.
func (m *Model) prepare(p *pass) {
	grow := func(list []matrix, n int) []matrix {
		for len(list) < n {
			list = append(list, matrix{})
		}
		return list[:n]
	}
	p.x, p.gates, p.state = grow(p.x, m.Layers+1), grow(p.gates, m.Layers), grow(p.state, m.Layers)
	p.x[0].size(p.rows, m.Width)
	if len(p.zero) < m.Width {
		p.zero = make([]float32, m.Width)
	}
}

// run computes layer i; in is its input as the matrix sees it.
func (m *Model) run(p *pass, i int, in *matrix) {
	g := &p.gates[i]
	g.room(p.rows, 3*m.Width)
	multiply(g.v, in.v, p.rows, &m.layers[i].in, true, &p.roundings)
	m.steps(p, i)
}

// steps takes the steps of layer i, whose gates are computed, through the sentences.
func (m *Model) steps(p *pass, i int) {
	l := &m.layers[i]
	w, half := m.Width, m.Width/2
	g, c, x, y := &p.gates[i], &p.state[i], &p.x[i], &p.x[i+1]
	c.room(p.rows, w)
	y.room(p.rows, w)
	for s, start := range p.start {
		n := p.length[s]
		for dir := range 2 {
			from, ahead := start, 1
			if dir == 1 {
				from, ahead = start+n-1, -1
			}
			o := dir * half
			forgetState, highState := l.state.row(0)[o:o+half], l.state.row(1)[o:o+half]
			forgetBias, highBias := l.bias.row(0)[o:o+half], l.bias.row(1)[o:o+half]
			before := p.zero[:half]
			for t := range n {
				r := from + t*ahead
				now := c.row(r)[o : o+half]
				step(now, before, g.row(r)[dir*3*half:(dir+1)*3*half], x.row(r)[o:o+half], y.row(r)[o:o+half],
					forgetBias, highBias, forgetState, highState)
				before = now
			}
		}
	}
}

// affine gives in·w + b.
func affine(out, in *matrix, w, b *matrix, q *roundings) {
	out.room(in.rows, w.cols)
	for i := range in.rows {
		copy(out.row(i), b.v)
	}
	multiply(out.v, in.v, in.rows, w, false, q)
}

// rectified gives what in·w + b is above 0.
func rectified(out, in *matrix, w, b *matrix, q *roundings) {
	out.room(in.rows, w.cols)
	multiply(out.v, in.v, in.rows, w, true, q)
	for i := range in.rows {
		addRelu(out.row(i), b.v)
	}
}

// parts are what the scorers make of the words of all sentences in a pass.
type parts struct {
	dependent, governor           matrix
	distance                      matrix
	labelDependent, labelGovernor matrix
	tagHidden, tagScore           matrix
	heads, headsT, arcs, g        matrix // of one sentence
}

// bucket gives the column of the distance scores for a head that lies d words on.
func bucket(d int) int {
	back := d < 0
	if back {
		d = -d
	}
	b := 0
	switch {
	case d <= 6:
		b = d - 1
	case d <= 8:
		b = 6
	case d <= 11:
		b = 7
	case d <= 15:
		b = 8
	case d <= 20:
		b = 9
	case d <= 30:
		b = 10
	default:
		b = 11
	}
	if back {
		b += 12
	}
	return b
}

const rootBucket = 24

// far is how far a head lies that lies as far as any.
const far = 31

// buckets are the buckets from -far to far.
var buckets = func() (out [2*far + 1]uint8) {
	for d := -far; d <= far; d++ {
		if d != 0 {
			out[d+far] = uint8(bucket(d))
		}
	}
	return out
}()

// arcScores fills q.arcs of one sentence: row d, column h is the score of h as
// head of d; column n is the root.
func (m *Model) arcScores(q *parts, start, n int, whole *roundings) {
	n4, cols := round4(n), round32(n+1)
	q.heads.size(cols, m.Arc)
	copy(q.heads.v, q.governor.v[start*m.Arc:(start+n)*m.Arc])
	copy(q.heads.row(n), m.root.v)
	q.headsT.size(m.Arc, cols)
	for i := range n + 1 {
		for j, v := range q.heads.row(i) {
			q.headsT.v[j*cols+i] = v
		}
	}
	q.g.room(n4, m.Arc)
	for i := range n4 {
		copy(q.g.row(i), m.prior.v)
	}
	multiply(q.g.v, q.dependent.v[start*m.Arc:], n4, &m.bilinear, false, whole)
	q.arcs.size(n4, cols)
	for d := range n {
		row, dist := q.arcs.row(d), q.distance.row(start+d)
		for h := range n {
			if h != d {
				row[h] = dist[buckets[max(min(h-d, far), -far)+far]]
			}
		}
		row[n] = dist[rootBucket]
	}
	Multiply(q.arcs.v, cols, q.g.v, m.Arc, q.headsT.v, cols, n4, m.Arc, cols)
}

// Read analyses the words of one sentence. The result is valid until s is used again.
func (m *Model) Read(words []string, s *Scratch) *Reading {
	return &m.ReadAll([][]string{words}, s)[0]
}

// ReadAll analyses the words of several sentences at once, which is faster than one by one and gives the same. The
// results are valid until s is used again.
func (m *Model) ReadAll(sentences [][]string, s *Scratch) []Reading {
	for len(s.readings) < len(sentences) {
		s.readings = append(s.readings, Reading{})
	}
	out := s.readings[:len(sentences)]
	m.encode(sentences, s)
	m.scoreTags(s)
	m.scoreHeads(s)
	root := int32(m.rootRelation())
	s.heads = s.heads[:0]
	for k := range out {
		r, start, n := &out[k], s.pass.start[k], s.pass.length[k]
		r.Tags, r.Heads, r.Relations = r.Tags[:0], r.Heads[:0], r.Relations[:0]
		r.States = s.pass.x[m.Layers].v[start*m.Width:][:n*m.Width]
		if n == 0 {
			continue
		}
		for i := range n {
			r.Tags = append(r.Tags, int32(best(s.parts.tagScore.row(start + i)[:len(m.Tags)])))
		}
		m.arcScores(&s.parts, start, n, &s.pass.roundings)
		r.Heads = s.tree.heads(&s.parts.arcs, n, r.Heads)
		for _, h := range r.Heads {
			if h >= 0 {
				h += int32(start)
			}
			s.heads = append(s.heads, h)
		}
	}
	m.scoreRelations(s.heads, s)
	for k := range out {
		r, start := &out[k], s.pass.start[k]
		for i, h := range r.Heads {
			if h < 0 {
				r.Relations = append(r.Relations, root)
				continue
			}
			row := s.logits.row(start + i)[:len(m.Relations)]
			row[root] = float32(math.Inf(-1))
			r.Relations = append(r.Relations, int32(best(row)))
		}
	}
	return out
}

// encode runs the words of sentences through the layers.
func (m *Model) encode(sentences [][]string, s *Scratch) {
	p := &s.pass
	p.start, p.length, p.rows = p.start[:0], p.length[:0], 0
	for _, words := range sentences {
		p.start, p.length = append(p.start, p.rows), append(p.length, len(words))
		p.rows += len(words)
	}
	p.rows = round4(p.rows + 3)
	m.prepare(p)
	k := &s.met
	k.open(p.rows, m.Width)
	first := k.rows
	s.slots = s.slots[:0]
	for _, words := range sentences {
		plain := caseless(words)
		for _, w := range words {
			s.slots = append(s.slots, m.look(w, plain, s))
		}
	}
	multiply(k.gates.v[first*k.gates.cols:], k.vectors.v[first*m.Width:], round4(k.rows-first), &m.layers[0].in, true, &p.roundings)
	p.gates[0].room(p.rows, 3*m.Width)
	for i, row := range s.slots {
		copy(p.x[0].row(i), k.vectors.row(row))
		copy(p.gates[0].row(i), k.gates.row(row))
	}
	m.steps(p, 0)
	for i := 1; i < m.Layers; i++ {
		m.run(p, i, &p.x[i])
	}
}

// look gives the row of a word in the memory. A new word has its vector there, the sum of those of its known features.
func (m *Model) look(word string, plain bool, s *Scratch) int {
	if row, ok := s.met.at[word]; ok && !plain {
		return row
	}
	s.features = features(word, plain, s.features[:0])
	s.rows = s.rows[:0]
	for _, f := range s.features {
		if k := m.words.Row(f.hash); k >= 0 {
			s.rows = append(s.rows, k)
		}
	}
	row := s.met.next()
	m.table.Add(s.met.vectors.row(row), 0, s.rows)
	if !plain && len(word) <= longestWord {
		s.met.at[strings.Clone(word)] = row
	}
	return row
}

func (m *Model) scoreTags(s *Scratch) {
	q := &s.parts
	rectified(&q.tagHidden, &s.pass.x[m.Layers], &m.tagIn, &m.tagInBias, &s.pass.roundings)
	affine(&q.tagScore, &q.tagHidden, &m.tagOut, &m.tagOutBias, &s.pass.roundings)
}

// scoreHeads makes ready what arcScores needs.
func (m *Model) scoreHeads(s *Scratch) {
	q, top := &s.parts, &s.pass.x[m.Layers]
	rectified(&q.dependent, top, &m.dependent, &m.dependentBias, &s.pass.roundings)
	rectified(&q.governor, top, &m.governor, &m.governorBias, &s.pass.roundings)
	affine(&q.distance, top, &m.distance, &m.distanceBias, &s.pass.roundings)
}

// scoreRelations fills s.logits with the scores of the relations of words to their heads, which are rows of the pass.
func (m *Model) scoreRelations(heads []int32, s *Scratch) {
	q, top := &s.parts, &s.pass.x[m.Layers]
	affine(&q.labelDependent, top, &m.labelDependent, &m.labelBias, &s.pass.roundings)
	q.labelGovernor.room(top.rows, m.Label)
	multiply(q.labelGovernor.v, top.v, top.rows, &m.labelGovernor, true, &s.pass.roundings)
	for i, h := range heads {
		other := m.labelRoot.v
		if h >= 0 {
			other = q.labelGovernor.row(int(h))
		}
		addRelu(q.labelDependent.row(i), other)
	}
	affine(&s.logits, &q.labelDependent, &m.labelOut, &m.labelOutBias, &s.pass.roundings)
}

func (m *Model) rootRelation() int {
	for i, r := range m.Relations {
		if r == "root" {
			return i
		}
	}
	return 0
}

func add(to, x []float32) {
	x = x[:len(to)]
	for j := range to {
		to[j] += x[j]
	}
}

func best(row []float32) int {
	b := 0
	for i, v := range row {
		if v > row[b] {
			b = i
		}
	}
	return b
}
