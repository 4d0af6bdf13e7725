package resolve_test

import (
	_ "embed"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"incidentgraph/loader/gazetteer"
	"incidentgraph/schema"
)

var update = flag.Bool("update", false, "write the goldens anew")

//go:embed testdata/pairs.txt
var pairFile string

// golden compares what was measured with what is committed; -update commits it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	name = "testdata/" + name
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s is not what is measured now; look at the difference, and run the test with -update if it is well:\n%s", name, diff)
	}
}

// keyer gives keys to actors and places as articles name them: the authority's when the lists know the whole name
// as one of that kind, else the one made of kind, state and spelling.
type keyer struct {
	actors *gazetteer.Gazetteer
	places *gazetteer.Places
}

func (k keyer) key(kind, country, name string) string {
	if kind == "place" {
		l := schema.ArticleLocation{Name: name, Country: country}
		for _, p := range k.places.Lookup(name) {
			if p.Country == country {
				l.ID = p.Key
				break
			}
		}
		return schema.LocationKey(l)
	}
	a := schema.ArticleActor{Name: name, Kind: schema.ActorKind(kind), Country: country}
	words := strings.Fields(strings.TrimPrefix(name, "the "))
	for _, m := range k.actors.Find(words) {
		if m.First != 0 || m.Last != len(words) {
			continue
		}
		for _, e := range m.Entries {
			// Where an armed group is based is told in many ways.
			if a.ID == "" && e.Kind == kind && (e.Country == "" || country == "" || e.Country == country || kind == "armed_group") {
				a.ID = e.Key
			}
		}
	}
	return schema.ActorKey(a, "article/a")
}

func TestPairs(t *testing.T) {
	actors, err := gazetteer.Load()
	if err != nil {
		t.Fatal(err)
	}
	places, err := gazetteer.LoadPlaces()
	if err != nil {
		t.Fatal(err)
	}
	k := keyer{actors, places}
	type score struct{ right, wrong, missed, apart int }
	var scores [2]score
	var misses strings.Builder
	n := 0
	for line := range strings.Lines(pairFile) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 3 {
			t.Fatalf("line %q", line)
		}
		var keys [2]string
		states := true
		for i, cell := range cells[1:] {
			f := strings.SplitN(cell, " ", 3)
			if f[1] == "-" {
				f[1] = ""
			}
			states = states && f[0] == "state"
			keys[i] = k.key(f[0], f[1], f[2])
		}
		is, should := keys[0] == keys[1], cells[0] == "same"
		s := &scores[n%2]
		switch {
		case is && should:
			s.right++
		case is:
			s.wrong++
			if states {
				t.Errorf("two states are one: %s", line)
			}
		case should:
			s.missed++
		default:
			s.apart++
		}
		if is != should {
			fmt.Fprintf(&misses, "should be %s: %s (%s, %s)\n", cells[0], strings.Join(cells[1:], " | "), keys[0], keys[1])
		}
		n++
	}
	var out strings.Builder
	for i, part := range []string{"looked at", "kept"} {
		s := scores[i]
		p, r := float64(s.right)/float64(s.right+s.wrong), float64(s.right)/float64(s.right+s.missed)
		fmt.Fprintf(&out, "%-10s %3d pairs: precision %.3f, recall %.3f, F1 %.3f\n", part, s.right+s.wrong+s.missed+s.apart, p, r, 2*p*r/(p+r))
	}
	golden(t, "pairs.golden", out.String()+misses.String())
}
