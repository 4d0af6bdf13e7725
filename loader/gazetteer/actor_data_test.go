package gazetteer

import (
	"bytes"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/biter777/countries"
)

// formerStates are the ISO 3166-3 codes that the files may use, and the
// user-assigned code of Kosovo.
var formerStates = []string{"ANT", "CSK", "DDR", "SCG", "SUN", "VDR", "XKX", "YMD", "YUG"}

func load(t testing.TB) *Gazetteer {
	t.Helper()
	g, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestFilesAreTidy(t *testing.T) {
	err := fs.WalkDir(actorFiles, "actors", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := actorFiles.ReadFile(path)
		if err != nil {
			return err
		}
		if !bytes.HasPrefix(data, []byte("#")) {
			t.Errorf("%s: no comment at the head", path)
		}
		if !bytes.HasSuffix(data, []byte("\n")) {
			t.Errorf("%s: no line end at the end", path)
		}
		last := ""
		for i, text := range strings.Split(strings.TrimSuffix(string(data), "\n"), "\n") {
			if strings.HasPrefix(text, "#") {
				if last != "" {
					t.Errorf("%s:%d: comment after the head", path, i+1)
				}
				if strings.TrimSpace(text) != text {
					t.Errorf("%s:%d: white space at the end", path, i+1)
				}
				continue
			}
			for _, cell := range strings.Split(text, "\t") {
				for _, name := range strings.Split(cell, "|") {
					if name != strings.Join(strings.Fields(name), " ") || strings.Contains(name, "\u00a0") {
						t.Errorf("%s:%d: stray white space in %q", path, i+1, name)
					}
					if name == "" && cell != "" {
						t.Errorf("%s:%d: empty name in %q", path, i+1, cell)
					}
				}
			}
			if strings.HasSuffix(text, "\t") {
				t.Errorf("%s:%d: empty columns at the end", path, i+1)
			}
			key, _, _ := strings.Cut(text, "\t")
			if key <= last {
				t.Errorf("%s:%d: %q is not sorted after %q", path, i+1, key, last)
			}
			last = key
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestCodesAreStates(t *testing.T) {
	g := load(t)
	known := func(code string) bool {
		return slices.Contains(formerStates, code) || countries.ByName(code).Alpha3() == code
	}
	for _, e := range g.Entries() {
		if e.Kind == "state" && (e.Key != e.Country || !known(e.Key)) {
			t.Errorf("%s: state with the code %q", e.Key, e.Country)
		}
		if e.Country != "" && !known(e.Country) {
			t.Errorf("%s: %q is not an ISO 3166 code", e.Key, e.Country)
		}
	}
	for _, c := range countries.All() {
		if code := c.Alpha3(); g.Entry(code) == nil && len(code) == 3 && isCode(code) && c.Alpha2() != "XX" {
			switch code {
			case "ATF", "SUN", "YUG", "CSK", "CTE", "FXX", "NTZ", "None":
				continue
			}
			t.Errorf("no entry for %s %s", code, c)
		}
	}
}

// TestNamesStayApart wants a name, in one spelling or in two that fold alike,
// to stand for two actors in one form only where the files mark all but one.
func TestNamesStayApart(t *testing.T) {
	x := load(t).names
	for _, labels := range x.trie.labels {
		for i, a := range labels {
			for _, b := range labels[:i] {
				same := slices.Equal(a.own, b.own)
				if a.entry == b.entry || a.form != b.form || a.doubtful || b.doubtful || !same && !a.fold && !b.fold {
					continue
				}
				if same && !slices.Equal(a.cases, b.cases) {
					continue
				}
				if !same && a.form == Surname {
					continue // surnames are shared by nature; Find gives all, in doubt
				}
				t.Errorf("%s and %s have the same %s, or it folds alike: %s", a.entry.Key, b.entry.Key, a.form, x.spell(a.own))
			}
		}
	}
}

// spell gives the atoms with these numbers.
func (x *nameIndex) spell(own []int32) string {
	var out []string
	for _, n := range own {
		for text, numbers := range x.exact {
			if numbers.own == n {
				out = append(out, text)
			}
		}
	}
	return strings.Join(out, " ")
}

// TestEveryNameIsFound looks up each name of each actor as it is written, and
// in capitals: it must be found whole, with its actor among the entries. Only
// a person may stand behind a stronger form ("Antonov" the company).
func TestEveryNameIsFound(t *testing.T) {
	g := load(t)
	for _, e := range g.Entries() {
		for _, name := range append([]string{e.Name}, e.Aliases...) {
			for _, text := range []string{name, strings.ToUpper(name)} {
				words := strings.Fields(text)
				m := g.Find(words)
				if len(m) != 1 || m[0].First != 0 || m[0].Last != len(words) ||
					!slices.Contains(m[0].Entries, e) && (e.Kind != "person" || m[0].Form == Surname) {
					t.Errorf("%s: %q gives %v", e.Key, text, show(words, m))
				}
			}
		}
	}
}

// nounMarks are the marks that the heads of the files explain.
var nounMarks = map[Class][]string{
	Folk: {"armed", "child", "clergy", "crowd", "health", "kin", "political", "press", "prisoner", "student", "title", "unknown", "victim", "woman", "worker"},
	Office: {"armed", "counterpart", "courtesy", "defence", "deputy", "diplomat", "foreign", "former", "head-of-government", "head-of-state",
		"igo-head", "intelligence", "interior", "judiciary", "legislator", "military", "minister", "monarch", "opposition", "party-leader",
		"police", "regional", "religious", "security", "spokesperson", "title"},
}

func TestNounsAreTidy(t *testing.T) {
	g := load(t)
	for _, n := range g.AllNouns() {
		for _, m := range n.Marks {
			if !slices.Contains(nounMarks[n.Class], m) {
				t.Errorf("%s: unknown mark %q", n.Words, m)
			}
		}
		if n.Words != strings.ToLower(n.Words) || n.Same != strings.ToLower(n.Same) {
			t.Errorf("%s, %s: capitals", n.Words, n.Same)
		}
		words := strings.Fields(n.Words)
		m := g.Nouns(words)
		if len(m) != 1 || m[0].Last != len(words) || m[0].Noun != n && !(n.Plural || m[0].Noun.Plural) {
			t.Errorf("%s is found as %v", n.Words, m)
		}
		if same, ok := g.Noun(strings.Fields(n.Same)); ok && same.Class == n.Class && same.Same != n.Same && same.Plural == n.Plural {
			t.Errorf("%s is named by %s, which is named by %s", n.Words, n.Same, same.Same)
		}
	}
}
