package network

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Example is a sentence to learn from. Tags and Relations are indices into
// the names of the Shape; the root has head -1.
type Example struct {
	Words                  []string
	Tags, Heads, Relations []int32
}

// Plan says how to learn.
type Plan struct {
	Epochs int
	Batch  int     // words a step
	Rate   float64 // of learning, falls to nothing along a half cosine
	Seed   uint64
	// Chances of being left out: all that tells a word apart, as if it had never
	// been met; a feature; an input of a layer; a hidden value of a scorer.
	DropWord, DropFeature, DropInput, DropHidden float64
	// A feature seen less often than this in the first epoch is not known.
	Known int
	Log   func(epoch int, loss [3]float64, m *Model)
}

// Learn trains a network. epoch gives the sentences of each epoch, in any
// order; what it draws with its source of chance repeats with the seed.
func Learn(shape Shape, plan Plan, epoch func(n int, rng *rand.Rand) []Example) *Model {
	rng := rand.New(rand.NewPCG(plan.Seed, 0x6c616e67))
	t := &learner{plan: plan, rng: rng, m: &Model{Shape: shape}}
	data := epoch(0, rng)
	t.learnWords(data)
	t.start()
	for e := range plan.Epochs {
		if e > 0 {
			data = epoch(e, rng)
		}
		loss := t.epoch(data, e)
		if plan.Log != nil {
			plan.Log(e, loss, t.m)
		}
	}
	return t.m
}

type learner struct {
	plan Plan
	rng  *rand.Rand

	m, grad, first, second *Model // the model, its gradient and Adam's two moments
	touched                []int32
	stamp                  []int32
	step                   int

	pass                            pass
	q                               parts
	rows                            [][]int32 // known features of each word of the batch
	dx, dgates, dinput              matrix
	maskIn                          []matrix // by layer, a row a sentence
	maskDep, maskGov, maskLab       matrix
	maskTag                         matrix
	dDep, dGov, dDist, dLabG        matrix
	dTagHidden, dTagScore           matrix
	labHidden, labScore, dLabHidden matrix
	dArcs, dG, dHeads               matrix
	trans                           matrix
}

func (t *learner) learnWords(data []Example) {
	count := map[uint64]int{}
	var order []uint64
	var buf []feature
	for _, e := range data {
		plain := caseless(e.Words)
		for _, w := range e.Words {
			buf = features(w, plain, buf[:0])
			for _, f := range buf {
				if count[f.hash]++; count[f.hash] == t.plan.Known {
					order = append(order, f.hash)
				}
			}
		}
	}
	slices.Sort(order)
	t.m.words = NewDictionary(len(order))
	for i, h := range order {
		t.m.words.Add(h, int32(i))
	}
	t.m.vector.size(len(order), t.m.Width)
}

func (t *learner) start() {
	m := t.m
	m.shapeMatrices()
	fill := func(x *matrix, sd float64) {
		for i := range x.v {
			x.v[i] = float32(t.rng.NormFloat64() * sd)
		}
	}
	fill(&m.vector, 0.15)
	for i := range m.layers {
		l := &m.layers[i]
		fill(&l.in, math.Sqrt(1.5/float64(m.Width)))
		fill(&l.state, 0.1)
	}
	for _, x := range []*matrix{&m.dependent, &m.governor, &m.labelDependent, &m.labelGovernor, &m.labelOut, &m.tagIn, &m.tagOut} {
		fill(x, math.Sqrt(1.5/float64(x.rows)))
	}
	fill(&m.bilinear, 1/float64(m.Arc))
	fill(&m.root, 0.3)
	fill(&m.labelRoot, 0.3)
	other := func() *Model {
		o := &Model{Shape: m.Shape}
		o.shapeMatrices()
		o.vector.size(m.vector.rows, m.Width)
		return o
	}
	t.grad, t.first, t.second = other(), other(), other()
	t.stamp = make([]int32, m.vector.rows)
}

func (t *learner) epoch(data []Example, e int) (loss [3]float64) {
	order := make([]int, 0, len(data))
	for i := range data {
		if len(data[i].Words) > 0 {
			order = append(order, i)
		}
	}
	t.rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	total, done := 0, 0
	for _, i := range order {
		total += len(data[i].Words)
	}
	words := 0
	for len(order) > 0 {
		size, n := 0, 0
		for n < len(order) && (n == 0 || size < t.plan.Batch) {
			size += len(data[order[n]].Words)
			n++
		}
		l := t.batch(data, order[:n])
		for i := range loss {
			loss[i] += l[i]
		}
		order = order[n:]
		done += size
		words += size
		at := (float64(e) + float64(done)/float64(total)) / float64(t.plan.Epochs)
		rate := t.plan.Rate * 0.5 * (1 + math.Cos(math.Pi*at))
		if warm := float64(t.step) / 300; warm < 1 {
			rate *= warm
		}
		t.update(rate)
	}
	for i := range loss {
		loss[i] /= float64(words)
	}
	return loss
}

// mask fills x with a row of zeros and reciprocals of the keeping chance for each sentence.
func (t *learner) mask(x *matrix, rows, cols int, drop float64) {
	x.size(rows, cols)
	keep := float32(1 / (1 - drop))
	for i := range x.v {
		if t.rng.Float64() >= drop {
			x.v[i] = keep
		}
	}
}

// masked multiplies the rows of each sentence by the sentence's row of the mask.
func (t *learner) masked(x, mask *matrix) {
	for s, start := range t.pass.start {
		row := mask.row(s)
		for r := start; r < start+t.pass.length[s]; r++ {
			for j, k := range row {
				x.v[r*x.cols+j] *= k
			}
		}
	}
}

func (t *learner) batch(data []Example, which []int) (loss [3]float64) {
	m, p, q := t.m, &t.pass, &t.q
	p.start, p.length, p.rows = p.start[:0], p.length[:0], 0
	for _, i := range which {
		p.start = append(p.start, p.rows)
		p.length = append(p.length, len(data[i].Words))
		p.rows += round4(len(data[i].Words))
	}
	m.prepare(p)
	words := 0
	for len(t.rows) < p.rows {
		t.rows = append(t.rows, nil)
	}
	var hashes []feature
	for s, i := range which {
		plain := caseless(data[i].Words)
		for j, w := range data[i].Words {
			hashes = features(w, plain, hashes[:0])
			known := t.rows[p.start[s]+j][:0]
			strange := t.rng.Float64() < t.plan.DropWord
			for _, f := range hashes {
				if r := m.words.Row(f.hash); r >= 0 && !(strange && f.telling) && t.rng.Float64() >= t.plan.DropFeature {
					known = append(known, r)
				}
			}
			t.rows[p.start[s]+j] = known
			m.embed(p, p.start[s]+j, known)
			words++
		}
	}
	// Forward.
	for len(p.dropped) < m.Layers {
		p.dropped = append(p.dropped, matrix{})
	}
	for len(t.maskIn) < m.Layers {
		t.maskIn = append(t.maskIn, matrix{})
	}
	for i := range m.layers {
		t.mask(&t.maskIn[i], len(which), m.Width, t.plan.DropInput)
		p.dropped[i].size(p.rows, m.Width)
		copy(p.dropped[i].v, p.x[i].v)
		t.masked(&p.dropped[i], &t.maskIn[i])
		m.run(p, i, &p.dropped[i])
	}
	top := &p.x[m.Layers]
	for i := range m.layers { // the last rows of a sentence's block are nobody's
		t.clearPadding(&p.gates[i])
	}
	t.clearPadding(top)
	t.dx.size(p.rows, m.Width)
	scale := float32(1) / float32(words)

	// Tags.
	rectified(&q.tagHidden, top, &m.tagIn, &m.tagInBias, nil)
	t.mask(&t.maskTag, len(which), m.Tag, t.plan.DropHidden)
	t.masked(&q.tagHidden, &t.maskTag)
	affine(&q.tagScore, &q.tagHidden, &m.tagOut, &m.tagOutBias, nil)
	t.dTagScore.size(p.rows, q.tagScore.cols)
	for s, i := range which {
		for j, gold := range data[i].Tags {
			r := p.start[s] + j
			loss[0] += softmaxLoss(q.tagScore.row(r)[:len(m.Tags)], int(gold), t.dTagScore.row(r), scale)
		}
	}
	t.back(&t.dTagHidden, &q.tagHidden, &t.dTagScore, &m.tagOut, &t.grad.tagOut, &t.grad.tagOutBias)
	t.masked(&t.dTagHidden, &t.maskTag)
	gateRelu(&t.dTagHidden, &q.tagHidden)
	t.back(&t.dx, top, &t.dTagHidden, &m.tagIn, &t.grad.tagIn, &t.grad.tagInBias)

	// Heads.
	rectified(&q.dependent, top, &m.dependent, &m.dependentBias, nil)
	rectified(&q.governor, top, &m.governor, &m.governorBias, nil)
	affine(&q.distance, top, &m.distance, &m.distanceBias, nil)
	t.mask(&t.maskDep, len(which), m.Arc, t.plan.DropHidden)
	t.mask(&t.maskGov, len(which), m.Arc, t.plan.DropHidden)
	t.masked(&q.dependent, &t.maskDep)
	t.masked(&q.governor, &t.maskGov)
	t.dDep.size(p.rows, m.Arc)
	t.dGov.size(p.rows, m.Arc)
	t.dDist.size(p.rows, distances)
	for s, i := range which {
		loss[1] += t.arcs(p.start[s], &data[i], scale)
	}
	t.masked(&t.dDep, &t.maskDep)
	t.masked(&t.dGov, &t.maskGov)
	gateRelu(&t.dDep, &q.dependent)
	gateRelu(&t.dGov, &q.governor)
	t.back(&t.dx, top, &t.dDep, &m.dependent, &t.grad.dependent, &t.grad.dependentBias)
	t.back(&t.dx, top, &t.dGov, &m.governor, &t.grad.governor, &t.grad.governorBias)
	t.back(&t.dx, top, &t.dDist, &m.distance, &t.grad.distance, &t.grad.distanceBias)

	// Relations, given the right heads.
	affine(&q.labelDependent, top, &m.labelDependent, &m.labelBias, nil)
	q.labelGovernor.size(p.rows, m.Label)
	Multiply(q.labelGovernor.v, m.Label, top.v, m.Width, m.labelGovernor.v, m.Label, p.rows, m.Width, m.Label)
	t.labHidden.size(p.rows, m.Label)
	for s, i := range which {
		for j, h := range data[i].Heads {
			r := p.start[s] + j
			other := m.labelRoot.v
			if h >= 0 {
				other = q.labelGovernor.row(p.start[s] + int(h))
			}
			out, own := t.labHidden.row(r), q.labelDependent.row(r)
			for k := range out {
				out[k] = max(0, own[k]+other[k])
			}
		}
	}
	t.mask(&t.maskLab, len(which), m.Label, t.plan.DropHidden)
	t.masked(&t.labHidden, &t.maskLab)
	affine(&t.labScore, &t.labHidden, &m.labelOut, &m.labelOutBias, nil)
	t.dArcs.size(p.rows, t.labScore.cols)
	for s, i := range which {
		for j, gold := range data[i].Relations {
			r := p.start[s] + j
			loss[2] += softmaxLoss(t.labScore.row(r)[:len(m.Relations)], int(gold), t.dArcs.row(r), scale)
		}
	}
	t.dLabHidden.size(p.rows, m.Label)
	t.back(&t.dLabHidden, &t.labHidden, &t.dArcs, &m.labelOut, &t.grad.labelOut, &t.grad.labelOutBias)
	t.masked(&t.dLabHidden, &t.maskLab)
	gateRelu(&t.dLabHidden, &t.labHidden)
	t.dLabG.size(p.rows, m.Label)
	for s, i := range which {
		for j, h := range data[i].Heads {
			d := t.dLabHidden.row(p.start[s] + j)
			to := t.grad.labelRoot.v
			if h >= 0 {
				to = t.dLabG.row(p.start[s] + int(h))
			}
			add(to, d)
		}
	}
	t.back(&t.dx, top, &t.dLabHidden, &m.labelDependent, &t.grad.labelDependent, &t.grad.labelBias)
	t.back(&t.dx, top, &t.dLabG, &m.labelGovernor, &t.grad.labelGovernor, nil)

	for i := m.Layers - 1; i >= 0; i-- {
		t.backLayer(i)
	}
	// Word vectors.
	t.step++
	t.touched = t.touched[:0]
	for s := range which {
		for r := p.start[s]; r < p.start[s]+p.length[s]; r++ {
			d := t.dx.row(r)
			for _, k := range t.rows[r] {
				if t.stamp[k] != int32(t.step) {
					t.stamp[k] = int32(t.step)
					t.touched = append(t.touched, k)
				}
				add(t.grad.vector.row(int(k)), d)
			}
		}
	}
	return loss
}

func (t *learner) clearPadding(x *matrix) {
	for s, start := range t.pass.start {
		n := t.pass.length[s]
		clear(x.v[(start+n)*x.cols : (start+round4(n))*x.cols])
	}
}

// softmaxLoss gives the loss of scores against the gold class, and writes its gradient.
func softmaxLoss(score []float32, gold int, grad []float32, scale float32) float64 {
	most := score[0]
	for _, v := range score {
		most = max(most, v)
	}
	var sum float64
	for i, v := range score {
		e := math.Exp(float64(v - most))
		sum += e
		grad[i] = float32(e)
	}
	k := scale / float32(sum)
	for i := range score {
		grad[i] *= k
	}
	grad[gold] -= scale
	return math.Log(sum) - float64(score[gold]-most)
}

func gateRelu(d, out *matrix) {
	for i, v := range out.v {
		if v == 0 {
			d.v[i] = 0
		}
	}
}

func transpose(to, x *matrix) {
	to.rows, to.cols = x.cols, x.rows
	if cap(to.v) < len(x.v) {
		to.v = make([]float32, len(x.v))
	}
	to.v = to.v[:len(x.v)]
	const block = 16
	for i0 := 0; i0 < x.rows; i0 += block {
		for j0 := 0; j0 < x.cols; j0 += block {
			for i := i0; i < min(i0+block, x.rows); i++ {
				for j := j0; j < min(j0+block, x.cols); j++ {
					to.v[j*x.rows+i] = x.v[i*x.cols+j]
				}
			}
		}
	}
}

// back adds to din and to the gradients of w and b what dout asks of out = in·w + b.
func (t *learner) back(din, in, dout, w, gw, gb *matrix) {
	if din.rows != in.rows || din.cols != in.cols {
		din.size(in.rows, in.cols)
	} else if din != &t.dx && din != &t.dinput {
		clear(din.v)
	}
	transpose(&t.trans, w)
	Multiply(din.v, din.cols, dout.v, dout.cols, t.trans.v, t.trans.cols, dout.rows, dout.cols, din.cols)
	multiplyAcross(gw.v, gw.cols, in.v, in.cols, dout.v, dout.cols, gw.rows, dout.rows, gw.cols)
	if gb != nil {
		for i := range dout.rows {
			add(gb.v, dout.row(i))
		}
	}
}

// arcs gives the loss of the heads of one sentence and adds its gradients.
func (t *learner) arcs(start int, e *Example, scale float32) (loss float64) {
	m, q := t.m, &t.q
	n := len(e.Words)
	m.arcScores(q, start, n, nil)
	n4, cols := round4(n), q.arcs.cols
	t.dArcs.size(n4, cols)
	for d, h := range e.Heads {
		row := q.arcs.row(d)[:n+1]
		row[d] = -1e9
		gold := int(h)
		if gold < 0 {
			gold = n
		}
		grad := t.dArcs.row(d)
		loss += softmaxLoss(row, gold, grad, scale)
		dist := t.dDist.row(start + d)
		for h := range n {
			if h != d {
				dist[bucket(h-d)] += grad[h]
			}
		}
		dist[rootBucket] += grad[n]
	}
	// arcs = g · headsᵀ
	t.dG.size(n4, m.Arc)
	Multiply(t.dG.v, m.Arc, t.dArcs.v, cols, q.heads.v, m.Arc, n4, cols, m.Arc)
	t.dHeads.size(cols, m.Arc)
	multiplyAcross(t.dHeads.v, m.Arc, t.dArcs.v, cols, q.g.v, m.Arc, cols, n4, m.Arc)
	add(t.dGov.v[start*m.Arc:(start+n)*m.Arc], t.dHeads.v[:n*m.Arc])
	add(t.grad.root.v, t.dHeads.row(n))
	// g = dependent · bilinear + prior
	for i := range n {
		add(t.grad.prior.v, t.dG.row(i))
	}
	transpose(&t.trans, &m.bilinear)
	Multiply(t.dDep.v[start*m.Arc:], m.Arc, t.dG.v, m.Arc, t.trans.v, m.Arc, n4, m.Arc, m.Arc)
	multiplyAcross(t.grad.bilinear.v, m.Arc, q.dependent.v[start*m.Arc:], m.Arc, t.dG.v, m.Arc, m.Arc, n4, m.Arc)
	return loss
}

// backLayer turns dx of the output of layer i into dx of its input.
func (t *learner) backLayer(i int) {
	m, p := t.m, &t.pass
	l, gl := &m.layers[i], &t.grad.layers[i]
	w, half := m.Width, m.Width/2
	g, c, x := &p.gates[i], &p.state[i], &p.x[i]
	t.dgates.size(p.rows, 3*w)
	carry := make([]float32, half)
	for s, start := range p.start {
		n := p.length[s]
		for dir := range 2 {
			// Against the direction of reading.
			from, ahead := start+n-1, -1
			if dir == 1 {
				from, ahead = start, 1
			}
			o := dir * half
			clear(carry)
			for k := range n {
				r := from + k*ahead
				before := p.zero[:half]
				if k < n-1 {
					before = c.row(r + ahead)[o : o+half]
				}
				gate := dir * 3 * half
				stepBack(c.row(r)[o:o+half], before, g.row(r)[gate:gate+3*half], x.row(r)[o:o+half],
					t.dx.row(r)[o:o+half], t.dgates.row(r)[gate:gate+3*half], carry,
					l.state.v[o:], gl.state.v[o:], gl.bias.v[o:], w)
			}
		}
	}
	t.dinput.size(p.rows, w)
	t.back(&t.dinput, &p.dropped[i], &t.dgates, &l.in, &gl.in, nil)
	t.masked(&t.dinput, &t.maskIn[i])
	add(t.dx.v, t.dinput.v)
	t.clearPadding(&t.dx)
}

const (
	moment1 = 0.9
	moment2 = 0.98
	most    = 3.0 // norm of a gradient
)

// update takes a step of Adam. Vectors of words not seen in the batch rest.
func (t *learner) update(rate float64) {
	ps, gs, fs, ss := t.m.matrices(), t.grad.matrices(), t.first.matrices(), t.second.matrices()
	var norm float64
	for _, g := range gs {
		for _, v := range g.v {
			norm += float64(v) * float64(v)
		}
	}
	for _, r := range t.touched {
		for _, v := range t.grad.vector.row(int(r)) {
			norm += float64(v) * float64(v)
		}
	}
	clip := float32(min(1, most/math.Sqrt(norm+1e-12)))
	k := float32(rate * math.Sqrt(1-math.Pow(moment2, float64(t.step))) / (1 - math.Pow(moment1, float64(t.step))))
	constants := [7]float32{clip, moment1, 1 - moment1, moment2, 1 - moment2, k, 1e-8}
	for i := range ps {
		adam(ps[i].v, gs[i].v, fs[i].v, ss[i].v, &constants)
	}
	for _, r := range t.touched {
		i := int(r)
		adam(t.m.vector.row(i), t.grad.vector.row(i), t.first.vector.row(i), t.second.vector.row(i), &constants)
	}
}
