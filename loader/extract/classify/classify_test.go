package classify

import (
	"math"
	"slices"
	"strconv"
	"testing"
)

// lessons hold when exactly one of two features does, which no sum of votes can tell.
func lessons() []Example {
	var out []Example
	for n := range 400 {
		f := Named()
		a, b := n&1 == 1, n&2 == 2
		if a {
			f.Add("a", "yes")
		}
		if b {
			f.Add("b")
		}
		if n%3 == 0 {
			f.Add("noise")
		}
		f.Dense([]float32{1, float32(n%5) / 5})
		class := "same"
		if a != b {
			class = "other"
		}
		out = append(out, Example{Features: f, Class: class, Weight: 1})
	}
	return out
}

var settings = Settings{Seed: 7, Hidden: 8, Epochs: 30, Rate: 0.1, Seldom: 2}

func TestLearn(t *testing.T) {
	examples := lessons()
	m := Learn([]string{"same", "other"}, examples, settings)
	for i, e := range examples {
		p := m.Probabilities(e.Features, nil)
		if sum := p[0] + p[1]; math.Abs(sum-1) > 1e-6 {
			t.Fatalf("example %d: probabilities sum to %v", i, sum)
		}
		if p[slices.Index(m.Classes, e.Class)] < 0.75 {
			t.Fatalf("example %d: %s held for %.2f likely", i, e.Class, p[slices.Index(m.Classes, e.Class)])
		}
	}
}

// With some of the dense values left out of each lesson, what they tell is learnt all the same.
func TestBlur(t *testing.T) {
	var examples []Example
	for n := range 400 {
		f := Named()
		f.Dense([]float32{float32(n%2) - 0.5, 1})
		f.Dense([]float32{float32(n%2) - 0.5, float32(n%7) / 7})
		examples = append(examples, Example{Features: f, Class: []string{"even", "odd"}[n%2], Weight: 1})
	}
	s := settings
	s.Blur = 0.3
	m := Learn([]string{"even", "odd"}, examples, s)
	for i, e := range examples {
		if p := m.Probabilities(e.Features, nil); p[i%2] < 0.9 {
			t.Fatalf("example %d: %s held for %.2f likely", i, e.Class, p[i%2])
		}
	}
}

// Examples that begin with the same dense parts are told as each would be by itself.
func TestAll(t *testing.T) {
	common := []float32{0.5, -1}
	var examples []Example
	for n := range 40 {
		f := Named()
		f.Add("n", strconv.Itoa(n%4))
		f.Dense(common)
		f.Dense([]float32{float32(n%3) / 3})
		examples = append(examples, Example{Features: f, Class: []string{"same", "other"}[n%2], Weight: 1})
	}
	s := settings
	s.Hidden = 32
	m := Learn([]string{"same", "other"}, examples, s)
	data := m.AppendTo(nil)
	m, _, err := Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{1, 2, 7} {
		var list []*Features
		for _, e := range examples[:n] {
			list = append(list, e.Features)
		}
		for i, p := range m.All(list, &Scratch{}) {
			if want := m.Probabilities(list[i], nil); math.Abs(p[0]-want[0]) > 1e-5 {
				t.Errorf("%d of %d: %.6f, by itself %.6f", i, n, p[0], want[0])
			}
		}
	}
}

// Judges together say the mean of what each says, on the scale of logits.
func TestJudges(t *testing.T) {
	examples, classes := lessons(), []string{"same", "other"}
	s := settings
	s.Judges = 3
	together := Learn(classes, examples, s)
	for _, e := range examples[:20] {
		want := 0.0
		for seed := range uint64(3) {
			one := settings
			one.Seed += seed
			p := Learn(classes, examples, one).Probabilities(e.Features, nil)
			want += (math.Log(p[0]) - math.Log(p[1])) / 3
		}
		p := together.Probabilities(e.Features, nil)
		if got := math.Log(p[0]) - math.Log(p[1]); math.Abs(got-want) > 1e-3*(1+math.Abs(want)) {
			t.Fatalf("together %.4f, in the mean %.4f", got, want)
		}
	}
}

func TestLearnIsTheSameEveryTime(t *testing.T) {
	a := Learn([]string{"same", "other"}, lessons(), settings).AppendTo(nil)
	b := Learn([]string{"same", "other"}, lessons(), settings).AppendTo(nil)
	if !slices.Equal(a, b) {
		t.Error("two models of the same lessons differ")
	}
}

func TestDecode(t *testing.T) {
	examples := lessons()
	m := Learn([]string{"same", "other"}, examples, settings)
	data := m.AppendTo(nil)
	got, rest, err := Decode(append(slices.Clone(data), "more"...))
	if err != nil || string(rest) != "more" {
		t.Fatalf("Decode: rest %q, error %v", rest, err)
	}
	for _, e := range examples[:8] {
		want, have := m.Probabilities(e.Features, nil), got.Probabilities(e.Features, nil)
		if math.Abs(want[0]-have[0]) > 0.05 {
			t.Errorf("likely %.3f before, %.3f after writing and reading", want[0], have[0])
		}
	}
	for n := range data {
		if _, _, err := Decode(data[:n]); err == nil {
			t.Fatalf("%d of %d bytes are read without an error", n, len(data))
		}
	}
}

func TestWhy(t *testing.T) {
	m := Learn([]string{"same", "other"}, lessons(), settings)
	f := Named()
	f.Add("noise")
	f.Add("a", "yes")
	f.Dense([]float32{1, 0})
	if why := m.Why(f, "other", 1); len(why) != 1 || why[0] != "a=yes" {
		t.Errorf("because of %q, want a=yes", why)
	}
	if why := m.Why(f, "no such class", 1); why != nil {
		t.Errorf("an unknown class is explained by %q", why)
	}
}

func BenchmarkProbabilities(b *testing.B) {
	examples := lessons()
	m := Learn([]string{"same", "other"}, examples, settings)
	var p []float64
	for n := 0; b.Loop(); n++ {
		p = m.Probabilities(examples[n%len(examples)].Features, p)
	}
}
