package network

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// toy is a language of subject, verb and object, told apart by their endings.
func toy(rng *rand.Rand) Example {
	word := func(end string) string {
		b := make([]byte, 3)
		for i := range b {
			b[i] = byte('a' + rng.IntN(26))
		}
		return string(b) + end
	}
	e := Example{Words: []string{word("om"), word("et"), word("ux")}, Tags: []int32{0, 1, 0}, Heads: []int32{1, -1, 1}, Relations: []int32{1, 0, 2}}
	if rng.IntN(2) == 0 { // object first
		e.Words[0], e.Words[2] = e.Words[2], e.Words[0]
		e.Relations = []int32{2, 0, 1}
	}
	return e
}

var toyShape = Shape{Width: 32, Layers: 2, Arc: 32, Label: 32, Tag: 32, Tags: []string{"N", "V"}, Relations: []string{"root", "subject", "object"}}

func learnToy(seed uint64) *Model {
	return Learn(toyShape, Plan{Epochs: 8, Batch: 30, Rate: 0.01, Seed: seed, DropWord: 0.2, DropInput: 0.1, DropHidden: 0.1, Known: 2},
		func(_ int, rng *rand.Rand) []Example {
			var out []Example
			for range 150 {
				out = append(out, toy(rng))
			}
			return out
		})
}

func TestLearn(t *testing.T) {
	data := learnToy(1).Encode()
	if diff := cmp.Diff(data, learnToy(1).Encode()); diff != "" {
		t.Error("the same seed gives another model")
	}
	if cmp.Equal(data, learnToy(2).Encode()) {
		t.Error("another seed gives the same model")
	}
	m, err := Decode(string(data))
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(9, 9))
	var s Scratch
	for range 50 {
		e := toy(rng)
		want := &Reading{Tags: e.Tags, Heads: e.Heads, Relations: e.Relations}
		if diff := cmp.Diff(want, m.Read(e.Words, &s), cmpopts.IgnoreFields(Reading{}, "States")); diff != "" {
			t.Errorf("%v: %s", e.Words, diff)
		}
	}
}

func TestRememberedWordsAreReadAsNewOnes(t *testing.T) {
	m, err := Decode(string(learnToy(1).Encode()))
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(9, 9))
	var s Scratch
	for range 40 {
		var sentences [][]string
		for range 7 {
			// The same words again, and a sentence in capitals, of which nothing is remembered.
			words := append(toy(rng).Words, "kaxom", "viret", "kaxom")
			sentences = append(sentences, words, []string{"KAXOM", "VIRET", "MOBUX"})
		}
		for i, got := range m.ReadAll(sentences, &s) {
			want := m.Read(sentences[i], new(Scratch))
			if diff := cmp.Diff(want, &got); diff != "" {
				t.Fatalf("%v: %s", sentences[i], diff)
			}
		}
	}
}

func TestDecodeRefusesDamage(t *testing.T) {
	data := string(learnToy(1).Encode())
	for _, n := range []int{0, 10, len(magic) + 3, 60, len(data) / 2, len(data) - 1} {
		if _, err := Decode(data[:n]); err == nil {
			t.Errorf("read a model of %d bytes cut to %d", len(data), n)
		}
	}
	if _, err := Decode(data + "x"); err == nil {
		t.Error("read a model with a byte too many")
	}
}

func TestFeatures(t *testing.T) {
	same := func(a, b string, caseless bool) bool {
		return slices.Equal(features(a, caseless, nil), features(b, caseless, nil))
	}
	for _, c := range []struct {
		a, b     string
		caseless bool
		want     bool
	}{
		{"attack", "attack", false, true},
		{"Attack", "attack", false, false},
		{"ATTACK", "attack", true, true},
		{"Attack", "ATTACK", true, true},
		{"1,204", "9,999", false, true},
		{"don’t", "don't", false, true},
		{"F16", "f16", true, true},
	} {
		if got := same(c.a, c.b, c.caseless); got != c.want {
			t.Errorf("features of %q and %q (caseless %v) the same: %v, want %v", c.a, c.b, c.caseless, got, c.want)
		}
	}
	if caseless([]string{"Iran", "condemns", "strike"}) || !caseless([]string{"IRAN", "CONDEMNS", "STRIKE"}) || caseless([]string{"UN"}) {
		t.Error("capitals misjudged")
	}
}
