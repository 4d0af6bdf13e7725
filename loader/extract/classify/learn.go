package classify

import (
	"math"
	"math/rand/v2"
	"sort"
	"sync"

	"incidentgraph/loader/language/network"
)

// Example is one lesson: features, the class they should give, and how much the
// lesson counts.
type Example struct {
	Features *Features
	Class    string
	Weight   float64
}

// Settings say how a model is learned.
type Settings struct {
	Seed   uint64
	Hidden int     // width of the hidden layer, 0 for none
	Epochs int     // times that all examples are seen
	Rate   float64 // of learning
	Decay  float64 // pulls weights to zero, a step
	Forget float64 // share of the features that are left out of a lesson by chance
	Blur   float64 // share of the dense values that are left out of a lesson by chance
	Seldom int     // features of fewer examples are left out
	Judges int     // networks that are learnt, each from a seed of its own, and answer together; 0 for one
}

// Learn makes a model of the examples. The same examples and settings give the
// same model.
func Learn(classes []string, examples []Example, s Settings) *Model {
	judges := make([]*Model, max(s.Judges, 1))
	var all sync.WaitGroup
	for i := range judges {
		one := s
		one.Seed += uint64(i)
		all.Go(func() { judges[i] = learn(classes, examples, one) })
	}
	all.Wait()
	return together(judges)
}

// together makes of networks learnt from the same examples one whose logits are the mean of theirs: their
// hidden layers stand side by side.
func together(judges []*Model) *Model {
	if len(judges) == 1 {
		return judges[0]
	}
	first, n := judges[0], len(judges)
	h, c := first.hidden, len(first.Classes)
	m := &Model{Classes: first.Classes, hidden: n * h, dense: first.dense, rows: first.rows, ids: first.ids}
	// beside puts rows of the judges behind one another, mean adds a share of each.
	beside := func(rows, width int, of func(*Model) []float32) (out []float32) {
		for r := range rows {
			for _, j := range judges {
				out = append(out, of(j)[r*width:][:width]...)
			}
		}
		return out
	}
	mean := func(size int, of func(*Model) []float32) []float32 {
		out := make([]float32, size)
		for _, j := range judges {
			axpy(out, 1/float32(n), of(j)[:size])
		}
		return out
	}
	m.deep = beside(len(m.ids), h, func(j *Model) []float32 { return j.deep })
	m.input = beside(m.dense, h, func(j *Model) []float32 { return j.input })
	m.wide = mean(len(m.ids)*c, func(j *Model) []float32 { return j.wide })
	m.bias = append(beside(1, h, func(j *Model) []float32 { return j.bias }), mean(c, func(j *Model) []float32 { return j.bias[h:] })...)
	for _, j := range judges {
		for _, x := range j.output {
			m.output = append(m.output, x/float32(n))
		}
	}
	return m
}

// learn makes one network of the examples.
func learn(classes []string, examples []Example, s Settings) *Model {
	m := &Model{Classes: classes, hidden: s.Hidden}
	count := map[uint64]int{}
	for _, e := range examples {
		width := 0
		for _, part := range e.Features.dense {
			width += len(part)
		}
		m.dense = max(m.dense, width)
		for _, id := range e.Features.ids {
			count[id]++
		}
	}
	var kept []uint64
	for id, n := range count {
		if n >= s.Seldom {
			kept = append(kept, id)
		}
	}
	sort.Slice(kept, func(i, j int) bool { return kept[i] < kept[j] })
	m.ids, m.rows = kept, network.NewDictionary(len(kept))
	for i, id := range kept {
		m.rows.Add(id, int32(i))
	}
	random := rand.New(rand.NewPCG(s.Seed, 1))
	h, c := s.Hidden, len(classes)
	noise := func(n int, scale float64) []float32 {
		v := make([]float32, n)
		for i := range v {
			v[i] = float32(random.NormFloat64() * scale)
		}
		return v
	}
	m.deep = noise(len(kept)*h, 0.05)
	m.wide = make([]float32, len(kept)*c)
	m.input = noise(m.dense*h, 0.1)
	m.bias = make([]float32, h+c)
	m.output = noise(h*c, 1/math.Sqrt(float64(max(h, 1))))
	t := &teacher{m: m, s: s, random: random, hidden: make([]float32, h), logits: make([]float32, eights(c)), p: make([]float64, c), back: make([]float32, h), grad: make([]float32, c)}
	for _, w := range []struct {
		rows int
		sums *[]float32
	}{{len(kept), &t.deep}, {len(kept), &t.wide}, {m.dense, &t.input}, {2, &t.bias}, {h, &t.output}} {
		*w.sums = make([]float32, w.rows)
		for i := range *w.sums {
			(*w.sums)[i] = 0.1
		}
	}
	class := map[string]int{}
	for i, k := range classes {
		class[k] = i
	}
	rows := make([][]int32, len(examples))
	for i, e := range examples {
		rows[i] = m.rows.Rows(e.Features.ids, nil)
	}
	for epoch := range s.Epochs {
		t.rate = s.Rate * (1 - 0.9*float64(epoch)/float64(s.Epochs))
		for _, i := range random.Perm(len(examples)) {
			if w := examples[i].Weight; w > 0 {
				t.step(rows[i], examples[i].Features.dense, class[examples[i].Class], w)
			}
		}
	}
	return m
}

// teacher is the state of learning: the sums of squared gradients by weight.
type teacher struct {
	m                               *Model
	s                               Settings
	random                          *rand.Rand
	rate                            float64
	hidden, logits, back, grad      []float32
	p                               []float64
	deep, wide, input, bias, output []float32
	seen                            []int32
	blurred                         [1][]float32 // the dense values of a lesson, all in one part
}

// step learns from one example.
func (t *teacher) step(rows []int32, dense [][]float32, class int, weight float64) {
	m, h, c := t.m, t.m.hidden, len(t.m.Classes)
	t.seen = t.seen[:0]
	for _, r := range rows {
		if t.random.Float64() >= t.s.Forget {
			t.seen = append(t.seen, r)
		}
	}
	// Those that are left count the more, so that in the mean they say what all of them do when the model is used
	// (inverted dropout, Srivastava et al. 2014); else it would be too sure of itself.
	left := float32(1 / (1 - t.s.Forget))
	dense = t.blur(dense)
	m.forward(t.seen, left, dense, t.hidden, t.logits)
	softmax(t.logits[:len(t.p)], t.p)
	for k := range t.grad {
		g := t.p[k]
		if k == class {
			g--
		}
		t.grad[k] = float32(g * weight)
	}
	for i, x := range t.hidden {
		t.back[i] = 0
		if x <= 0 {
			continue
		}
		row := m.output[i*c:][:c]
		for k, g := range t.grad {
			t.back[i] += g * row[k]
		}
		t.update(row, &t.output[i], t.grad, x)
	}
	t.update(m.bias[h:], &t.bias[1], t.grad, 1)
	t.update(m.bias[:h], &t.bias[0], t.back, 1)
	for _, r := range t.seen {
		t.update(m.wide[int(r)*c:][:c], &t.wide[r], t.grad, left)
		t.update(m.deep[int(r)*h:][:h], &t.deep[r], t.back, left)
	}
	d := 0
	for _, part := range dense {
		for _, x := range part {
			if x != 0 {
				t.update(m.input[d*h:][:h], &t.input[d], t.back, x)
			}
			d++
		}
	}
}

// blur leaves out some of the dense values by chance; those that are left count the more.
func (t *teacher) blur(dense [][]float32) [][]float32 {
	if t.s.Blur == 0 {
		return dense
	}
	out := t.blurred[0][:0]
	left := float32(1 / (1 - t.s.Blur))
	for _, part := range dense {
		for _, x := range part {
			if x != 0 && t.random.Float64() < t.s.Blur {
				x = 0
			}
			out = append(out, x*left)
		}
	}
	t.blurred[0] = out
	return t.blurred[:]
}

// update moves the weights of one row against the gradient x times grad; sum is
// that of the mean squares of its gradients so far.
func (t *teacher) update(row []float32, sum *float32, grad []float32, x float32) {
	if len(row) == 0 {
		return
	}
	var squares float32
	for _, g := range grad {
		squares += g * g
	}
	*sum += x * x * squares / float32(len(row))
	rate := float32(t.rate) / float32(math.Sqrt(float64(*sum)))
	keep := 1 - rate*float32(t.s.Decay)
	rate *= x
	for i, g := range grad {
		row[i] = row[i]*keep - rate*g
	}
}
