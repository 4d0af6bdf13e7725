package extract

import (
	"bufio"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"incidentgraph/loader/language"
	"incidentgraph/schema"
)

// lexiconLine is an entry as it stands in its file.
type lexiconLine struct {
	file, section string
	number        int
	cells         []string
}

func lexiconLines(t *testing.T, name string) []lexiconLine {
	t.Helper()
	f, err := os.Open(filepath.Join("lexicon", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []lexiconLine
	section := ""
	sc := bufio.NewScanner(f)
	for n := 1; sc.Scan(); n++ {
		line := sc.Text()
		switch {
		case strings.TrimSpace(line) == "":
		case strings.HasPrefix(line, "#"):
			section = line
		default:
			out = append(out, lexiconLine{name, section, n, strings.Split(line, "\t")})
		}
	}
	if err := sc.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// triggerFiles are the files that hold patterns of acts, light verbs and words of saying.
func triggerFiles() []string {
	var out []string
	for name := range typeFiles() {
		out = append(out, name)
	}
	slices.Sort(out)
	return append(out, "light.txt", "reporting.txt")
}

// relations are the slots that a pattern may put a condition on, besides prepositions.
var relations = []string{"obj", "iobj", "nsubj", "prt", "aux", "advmod", "xcomp", "ccomp", "advcl", "acl", "amod", "compound", "poss", "joined", "noun", "is", "predicate", "doer", "case"}

// prepositions are those that patterns and frames name as slots.
var lexiconPrepositions = strings.Fields(`about across after against ahead along alongside amid among around as at back because before
	behind beside between by during for from if in inside into involving like near of off on onto out outside over round
	through to toward towards under until upon with without down`)

func knownSlot(s string) bool {
	return slices.Contains(relations, s) || slices.Contains(lexiconPrepositions, s)
}

func TestLexiconIsInOrder(t *testing.T) {
	for _, name := range triggerFiles() {
		last, section := "", ""
		for _, l := range lexiconLines(t, name) {
			if l.section != section {
				section, last = l.section, ""
			}
			if l.cells[0] < last {
				t.Errorf("%s:%d: %q stands after %q", name, l.number, l.cells[0], last)
			}
			last = l.cells[0]
		}
	}
}

func TestLexiconSlots(t *testing.T) {
	for _, name := range triggerFiles() {
		for _, l := range lexiconLines(t, name) {
			words := strings.Fields(l.cells[0])
			if words[0] != strings.ToLower(words[0]) {
				t.Errorf("%s:%d: head %q is not in lower case", name, l.number, words[0])
			}
			for _, w := range words[1:] {
				slot, _, _ := strings.Cut(strings.TrimPrefix(w, "!"), ":")
				if !knownSlot(slot) {
					t.Errorf("%s:%d: no slot %q", name, l.number, slot)
				}
			}
			if name == "reporting.txt" || len(l.cells) < 3 {
				continue
			}
			for _, part := range strings.Fields(l.cells[2]) {
				key, value, _ := strings.Cut(part, "=")
				if key == "mode" || key == "weapon" || key == "rev" || key == "fut" {
					continue
				}
				for _, path := range strings.Split(value, ",") {
					for _, slot := range strings.Split(path, ".") {
						if slot != "none" && !knownSlot(slot) {
							t.Errorf("%s:%d: no slot %q in %s", name, l.number, slot, part)
						}
					}
				}
			}
		}
	}
}

// A pattern belongs to one type: twice in different files it would depend on their order.
func TestLexiconHasNoPatternTwice(t *testing.T) {
	seen := map[string]lexiconLine{}
	for name := range typeFiles() {
		for _, l := range lexiconLines(t, name) {
			key := l.cells[0] + "\t" + l.cells[1]
			if o, ok := seen[key]; ok {
				t.Errorf("%s:%d and %s:%d: %q twice", o.file, o.number, l.file, l.number, l.cells[0])
			}
			seen[key] = l
		}
	}
}

// A near-miss that outranks no trigger of its head changes nothing and only makes the file longer.
func TestNearMissesCoverSomething(t *testing.T) {
	l, err := loadLexicon()
	if err != nil {
		t.Fatal(err)
	}
	for head, ts := range l.triggers {
		for _, none := range ts {
			if none.kind != "" || !strings.HasPrefix(none.where, "none.txt") {
				continue
			}
			covers := slices.ContainsFunc(ts, func(o trigger) bool {
				return o.kind != "" && o.pos == none.pos && o.weight() < none.weight()
			})
			if !covers {
				t.Errorf("%s: %q outranks no trigger", none.where, head)
			}
		}
	}
}

func TestReportingClasses(t *testing.T) {
	classes := []string{"reported", "claimed", "alleged", "denied", "confirmed", "none"}
	for _, l := range lexiconLines(t, "reporting.txt") {
		if !slices.Contains(classes, l.cells[2]) {
			t.Errorf("reporting.txt:%d: no class %q", l.number, l.cells[2])
		}
	}
}

func TestWeaponNames(t *testing.T) {
	l, err := loadLexicon()
	if err != nil {
		t.Fatal(err)
	}
	for words, name := range l.weapons {
		if name != strings.ToLower(name) || strings.TrimSpace(name) == "" {
			t.Errorf("weapon %q is recorded as %q, want lower case", words, name)
		}
		if again, ok := l.weapons[name]; ok && again != name {
			t.Errorf("weapon %q is recorded as %q, which is itself recorded as %q", words, name, again)
		}
	}
}

func TestEveryTypeHasWords(t *testing.T) {
	total := 0
	for _, e := range schema.EventTypes() {
		n := len(lexiconLines(t, strings.ToLower(e.Name)+".txt"))
		if n < 100 {
			t.Errorf("%s has only %d entries", e.Name, n)
		}
		total += n
		t.Logf("%-10s %5d", e.Name, n)
	}
	t.Logf("all types %6d, near-misses %d", total, len(lexiconLines(t, "none.txt")))
}

func TestHints(t *testing.T) {
	l, err := loadLexicon()
	if err != nil {
		t.Fatal(err)
	}
	if len(l.hints) < 5000 {
		t.Errorf("%d words hint at acts", len(l.hints))
	}
	for _, tt := range []struct{ text, word, want string }{
		{"Iran denounced the raid.", "denounced", "ACCUSE"},
		{"The raid killed ten.", "raid", "ASSAULT"},
		{"Hostilities between them went on.", "Hostilities", "ASSAULT"},
		{"It was an indefensible decision.", "indefensible", "ACCUSE"},
		{"The weather was fine.", "weather", ""},
	} {
		s := coder(t).read(document(t, tt.text, "1987-05-12"), false, nil).sentences[0]
		for i, token := range s.tokens {
			if token.Text != tt.word {
				continue
			}
			got := ""
			if h := l.hintsOf(s, i); len(h) > 0 {
				got = h[0].kind
			}
			if got != tt.want {
				t.Errorf("%q: %s hints at %q, want %q", tt.text, tt.word, got, tt.want)
			}
		}
	}
	for _, bad := range []string{"oust\tv", "oust\tx\tCOERCE:3", "oust\tv\tCOERCE", "oust\tv\tOUSTER:3", "oust\tv\tCOERCE:4", "denounce\tv\tACCUSE:3"} {
		if err := l.read(strings.NewReader(bad), "hints.txt"); err == nil {
			t.Errorf("%q is read", bad)
		}
	}
}

// The list of idle words is sorted, and a word of it tells an act only where a pattern says so.
func TestIdle(t *testing.T) {
	var words []string
	for _, l := range lexiconLines(t, "idle.txt") {
		words = append(words, strings.Join(l.cells, "\t"))
	}
	if !slices.IsSorted(words) || len(slices.Compact(slices.Clone(words))) != len(words) {
		t.Error("idle.txt is not sorted, or has a word twice")
	}
	for _, tt := range []struct {
		text, word string
		tells      bool
	}{
		{"The government bombed the town last year.", "bombed", true},
		{"The government bombed the town last year.", "year", false},
		{"The government bombed the town last year.", "town", false},
		{"Officers loyal to the president arrested a minister.", "loyal", true},
	} {
		r := coder(t).read(articleOf(t, "row", tt.text), true, nil)
		s := r.sentences[0]
		i := slices.IndexFunc(s.tokens, func(t language.Token) bool { return t.Text == tt.word })
		if s.tells(i) != tt.tells {
			t.Errorf("%q: %s may tell an act: %t, want %t", tt.text, tt.word, !tt.tells, tt.tells)
		}
	}
}
