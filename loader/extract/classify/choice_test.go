package classify

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// option is one with the features named, a word behind = each.
func option(names ...string) *Features {
	f := Named()
	for _, n := range names {
		name, word, ok := strings.Cut(n, "=")
		if ok {
			f.Add(name, strings.Split(word, "|")...)
		} else {
			f.Add(name)
		}
	}
	return f
}

// choices have the near one right, and none where no one is near; colour tells nothing.
func choices() []Options {
	var out []Options
	for n := range 200 {
		red := fmt.Sprintf("colour=%d|x", n%3)
		l := Options{List: []*Features{option("far", red), option("near", "colour=red"), option("none")}, Right: []int{1}, Weight: 1}
		if n%2 == 0 {
			l.List[1] = option("far", "colour=red")
			l.Right = []int{2}
		}
		out = append(out, l)
	}
	return out
}

var choosing = Settings{Seed: 3, Epochs: 8, Rate: 0.1, Decay: 0.01, Seldom: 4}

func TestLearnChoice(t *testing.T) {
	c := LearnChoice(choices(), choosing)
	for _, tt := range []struct {
		name string
		list []*Features
		want int
	}{
		{"the near one", []*Features{option("near"), option("far"), option("none")}, 0},
		{"wherever it stands", []*Features{option("far"), option("near"), option("none")}, 1},
		{"none of the far ones", []*Features{option("far", "colour=red"), option("far"), option("none")}, 2},
		{"what has never been seen is not chosen for it", []*Features{option("near", "unseen=1"), option("far", "unseen=2"), option("none")}, 0},
	} {
		p := c.Choose(tt.list)
		sum := 0.0
		for _, x := range p {
			sum += x
		}
		if math.Abs(sum-1) > 1e-9 || p[tt.want] < 0.7 {
			t.Errorf("%s: %v, want option %d", tt.name, p, tt.want)
		}
	}
	if got := c.Choose(nil); len(got) != 0 {
		t.Errorf("of no options: %v", got)
	}
	if got := c.Why(option("far", "near"), 3); !slices.Equal(got, []string{"near"}) {
		t.Errorf("near because of %v", got)
	}
}

func TestChoiceIsReadAsWritten(t *testing.T) {
	a, b := LearnChoice(choices(), choosing), LearnChoice(choices(), choosing)
	var x, y bytes.Buffer
	for c, out := range map[*Choice]*bytes.Buffer{a: &x, b: &y} {
		if n, err := c.WriteTo(out); err != nil || n != int64(out.Len()) {
			t.Fatalf("%d bytes of %d: %v", n, out.Len(), err)
		}
	}
	if x.String() != y.String() {
		t.Error("two choices of the same lessons differ")
	}
	read, err := ReadChoice(strings.NewReader("# a remark\n" + x.String()))
	if err != nil {
		t.Fatal(err)
	}
	list := []*Features{option("near", "colour=1|x"), option("far"), option("none")}
	for i, p := range read.Choose(list) {
		if q := a.Choose(list)[i]; math.Abs(p-q) > 0.02 {
			t.Errorf("option %d: %.3f as read, %.3f as learnt", i, p, q)
		}
	}
	for _, bad := range []string{"near 1.5\n", "near\tmuch\n"} {
		if _, err := ReadChoice(strings.NewReader(bad)); err == nil {
			t.Errorf("%q is read", bad)
		}
	}
}
