package classify

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"incidentgraph/loader/language/network"
)

// Choice tells how likely each of several options is the right one, by the sums of the weights of
// their features (conditional logit, McFadden 1974). It may be used from several goroutines.
type Choice struct {
	rows    network.Dictionary // feature -> row
	weights []float64          // by row
	names   []string           // by row, of a choice that was learnt
}

// weight gives that of a feature, 0 for one that is not known.
func (c *Choice) weight(id uint64) float64 {
	if r := c.rows.Row(id); r >= 0 {
		return c.weights[r]
	}
	return 0
}

// add adds a feature.
func (c *Choice) add(id uint64, weight float64) {
	c.rows.Add(id, int32(len(c.weights)))
	c.weights = append(c.weights, weight)
}

// Options are a lesson for a Choice: the options, which must be Named, which of them are right, and
// how much the lesson counts.
type Options struct {
	List   []*Features
	Right  []int
	Weight float64
}

// Choose gives how likely each option is the right one; the sum is 1.
func (c *Choice) Choose(list []*Features) []float64 {
	out := make([]float64, len(list))
	for i, f := range list {
		for _, id := range f.ids {
			out[i] += c.weight(id)
		}
	}
	shares(out)
	return out
}

// shares makes likelihoods of sums of weights.
func shares(p []float64) {
	if len(p) == 0 {
		return
	}
	top, sum := slices.Max(p), 0.0
	for i, x := range p {
		p[i] = math.Exp(x - top)
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
}

// Why gives the names of the features that speak most for an option, the strongest first. The
// option must be Named.
func (c *Choice) Why(f *Features, most int) []string {
	var order []int
	for i, id := range f.ids {
		if c.weight(id) > 0 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(c.weight(f.ids[b]), c.weight(f.ids[a])) })
	var out []string
	for _, i := range order[:min(most, len(order))] {
		out = append(out, f.names[i])
	}
	return out
}

// LearnChoice makes a choice of lessons. Hidden and Forget are not used. The same lessons and
// settings give the same choice.
func LearnChoice(lessons []Options, s Settings) *Choice {
	names := map[uint64]string{}
	rows, ids := rowsOf(lessons, s.Seldom, names)
	t := chooser{w: make([]float64, len(ids)), sums: make([]float64, len(ids)), slope: make([]float64, len(ids)), met: make([]bool, len(ids)), decay: s.Decay}
	for i := range t.sums {
		t.sums[i] = 0.1
	}
	random := rand.New(rand.NewPCG(s.Seed, 2))
	for epoch := range s.Epochs {
		t.rate = s.Rate * (1 - 0.9*float64(epoch)/float64(s.Epochs))
		for _, n := range random.Perm(len(lessons)) {
			if lessons[n].Weight > 0 && len(lessons[n].Right) > 0 {
				t.step(rows[n], lessons[n])
			}
		}
	}
	out := &Choice{rows: network.NewDictionary(len(ids))}
	for i, id := range ids {
		if math.Abs(t.w[i]) >= leastWeight {
			out.add(id, t.w[i])
			out.names = append(out.names, names[id])
		}
	}
	return out
}

// leastWeight is the weight below which a feature of a choice is left out.
const leastWeight = 0.02

// rowsOf numbers the features that enough lessons have, and gives those of each option of each lesson.
func rowsOf(lessons []Options, seldom int, names map[uint64]string) (rows [][][]int, ids []uint64) {
	count := map[uint64]int{}
	for _, l := range lessons {
		seen := map[uint64]bool{}
		for _, f := range l.List {
			for i, id := range f.ids {
				names[id] = f.names[i]
				if !seen[id] {
					seen[id] = true
					count[id]++
				}
			}
		}
	}
	for id, n := range count {
		if n >= seldom {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	row := map[uint64]int{}
	for i, id := range ids {
		row[id] = i
	}
	for _, l := range lessons {
		var options [][]int
		for _, f := range l.List {
			var own []int
			for _, id := range f.ids {
				if r, ok := row[id]; ok {
					own = append(own, r)
				}
			}
			options = append(options, own)
		}
		rows = append(rows, options)
	}
	return rows, ids
}

// chooser is the state of learning: weights and the sums of their squared slopes.
type chooser struct {
	w, sums, slope []float64
	met            []bool
	touched        []int
	p              []float64
	rate, decay    float64
}

// step learns from one lesson.
func (t *chooser) step(options [][]int, l Options) {
	t.p = t.p[:0]
	for _, o := range options {
		sum := 0.0
		for _, r := range o {
			sum += t.w[r]
		}
		t.p = append(t.p, sum)
	}
	shares(t.p)
	right := 0.0
	for _, k := range l.Right {
		right += t.p[k]
	}
	t.touched = t.touched[:0]
	for k, o := range options {
		d := t.p[k]
		if slices.Contains(l.Right, k) {
			d -= t.p[k] / max(right, 1e-12)
		}
		for _, r := range o {
			if !t.met[r] {
				t.met[r], t.slope[r] = true, 0
				t.touched = append(t.touched, r)
			}
			t.slope[r] += d * l.Weight
		}
	}
	for _, r := range t.touched {
		t.met[r] = false
		x := t.slope[r]
		t.sums[r] += x * x
		step := t.rate / math.Sqrt(t.sums[r])
		t.w[r] = t.w[r]*(1-step*t.decay) - step*x
	}
}

// WriteTo writes a choice that was learnt: a feature a line and its weight, in the order of the names.
func (c *Choice) WriteTo(w io.Writer) (int64, error) {
	var lines []string
	for r, weight := range c.weights {
		lines = append(lines, fmt.Sprintf("%s\t%.2f\n", c.names[r], weight))
	}
	slices.Sort(lines)
	n, err := io.WriteString(w, strings.Join(lines, ""))
	return int64(n), err
}

// ReadChoice reads what WriteTo writes, and remarks, which begin with #.
func ReadChoice(r io.Reader) (*Choice, error) {
	var ids []uint64
	var weights []float64
	sc := bufio.NewScanner(r)
	for n := 1; sc.Scan(); n++ {
		line := sc.Text()
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, text, ok := strings.Cut(line, "\t")
		weight, err := strconv.ParseFloat(text, 64)
		if !ok || err != nil {
			return nil, fmt.Errorf("line %d: want a feature and its weight, have %q", n, line)
		}
		name, words, some := strings.Cut(name, "=")
		var f Features
		if some {
			f.Add(name, strings.Split(words, "|")...)
		} else {
			f.Add(name)
		}
		ids, weights = append(ids, f.ids[0]), append(weights, weight)
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	out := &Choice{rows: network.NewDictionary(len(ids))}
	for i, id := range ids {
		out.add(id, weights[i])
	}
	return out, nil
}
