package extract

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"incidentgraph/fixtures"
	"incidentgraph/loader/article"
	"incidentgraph/schema"
)

// row is a short text and what it claims.
type row struct {
	stage, text string
	want        []wish
	written     string
}

// wish is a claim as sentences.tsv writes it.
type wish struct {
	kind              string
	mutual            bool
	initiators        []string
	targets           []string
	country, date     string
	killed, injured   string
	status            schema.Status
	old, placed       bool
	dated, told, hurt bool
}

func parseWish(text string) (wish, error) {
	claim, facts, _ := strings.Cut(text, " {")
	kind, sides, ok := strings.Cut(strings.TrimSpace(claim), " ")
	from, to, ok2 := strings.Cut(sides, " -> ")
	e, ok3 := schema.EventTypeByName(kind)
	if !ok || !ok2 || !ok3 {
		return wish{}, fmt.Errorf("%q is not TYPE INITIATOR -> TARGET", claim)
	}
	w := wish{kind: kind, mutual: e.Mutual}
	side := func(s string) []string {
		if s == "?" {
			return nil
		}
		return strings.Split(s, " & ")
	}
	w.initiators, w.targets = side(from), side(to)
	if facts == "" {
		return w, nil
	}
	for fact := range strings.SplitSeq(strings.TrimSuffix(facts, "}"), ", ") {
		name, value, _ := strings.Cut(fact, " ")
		if value == "none" {
			value = ""
		}
		switch name {
		case "in":
			w.country, w.placed = value, true
		case "on":
			w.date, w.dated = value, true
		case "killed":
			w.killed, w.told = value, true
		case "injured":
			w.injured, w.hurt = value, true
		case "old":
			w.old = true
		default:
			w.status = schema.Status(strings.ToUpper(name))
			if !slices.Contains(schema.Statuses(), w.status) {
				return w, fmt.Errorf("%q is no fact", fact)
			}
		}
	}
	return w, nil
}

func readRows(text string) (rows []row, err error) {
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 3 {
			return nil, fmt.Errorf("line %d: %d columns, want stage, text and claims", n, len(cells))
		}
		r := row{stage: cells[0], text: cells[1], written: cells[2]}
		if cells[2] != "-" {
			for part := range strings.SplitSeq(cells[2], "; ") {
				w, err := parseWish(part)
				if err != nil {
					return nil, fmt.Errorf("line %d: %w", n, err)
				}
				r.want = append(r.want, w)
			}
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// granted tells that incident e of graph g is what w asks for.
func (w wish) granted(g schema.ArticleGraph, e schema.ArticleIncident) bool {
	names := map[string][]string{}
	for _, a := range g.Actors {
		for _, n := range append([]string{a.Name}, a.Aliases...) {
			names[a.ID] = append(names[a.ID], " "+plain(n))
		}
	}
	same := func(want, ids []string) bool {
		partner := match(len(want), len(ids), func(i, j int) int {
			if slices.ContainsFunc(names[ids[j]], func(n string) bool { return strings.HasSuffix(n, " "+plain(want[i])) }) {
				return 1
			}
			return 0
		})
		return len(want) == len(ids) && !slices.Contains(partner, -1)
	}
	if w.kind != e.Type {
		return false
	}
	if w.mutual {
		if !same(slices.Concat(w.initiators, w.targets), slices.Concat(e.Initiators, e.Targets)) {
			return false
		}
	} else if !same(w.initiators, e.Initiators) || !same(w.targets, e.Targets) {
		return false
	}
	toll := func(t *schema.Toll) string {
		if t == nil {
			return ""
		}
		return fixtures.Toll(*t).String()
	}
	country := ""
	for _, l := range g.Locations {
		if e.Location != nil && l.ID == *e.Location {
			country = l.Country
		}
	}
	return !(w.placed && w.country != country || w.dated && w.date != e.Date || w.told && w.killed != toll(e.Killed) ||
		w.hurt && w.injured != toll(e.Injured) || w.status != "" && w.status != e.Status || w.old && !e.Historical)
}

// TestSentences holds short texts against what they claim. Rows that are not understood are listed in
// sentences.golden with what was found instead, so that both progress and loss show in its diff.
func TestSentences(t *testing.T) {
	data, err := os.ReadFile("testdata/sentences.tsv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := readRows(string(data))
	if err != nil {
		t.Fatal(err)
	}
	type part struct{ right, all int }
	parts := map[string]*part{}
	var stages []string
	var wrong strings.Builder
	for i, r := range rows {
		p := parts[r.stage]
		if p == nil {
			p = &part{}
			parts[r.stage] = p
			stages = append(stages, r.stage)
		}
		p.all++
		g := coder(t).Extract(articleOf(t, fmt.Sprintf("row-%d", i), r.text))
		partner := match(len(r.want), len(g.Incidents), func(i, j int) int {
			if r.want[i].granted(g, g.Incidents[j]) {
				return 1
			}
			return 0
		})
		if len(r.want) == len(g.Incidents) && !slices.Contains(partner, -1) {
			p.right++
			continue
		}
		fmt.Fprintf(&wrong, "\n%s: %s\n  want  %s\n  found %s\n", r.stage, r.text, r.written, short(g))
	}
	var b strings.Builder
	b.WriteString("Rows of sentences.tsv that are understood\n\n")
	sum := part{}
	for _, s := range stages {
		fmt.Fprintf(&b, "%-8s %3d of %3d\n", s, parts[s].right, parts[s].all)
		sum.right += parts[s].right
		sum.all += parts[s].all
	}
	fmt.Fprintf(&b, "%-8s %3d of %3d\n\nThe others\n%s", "all", sum.right, sum.all, wrong.String())
	golden(t, "sentences.golden", b.String())
}

// articleOf gives a text as an article published on Wednesday 17 January 2024.
func articleOf(t *testing.T, id, text string) article.Document {
	t.Helper()
	data, err := json.Marshal(map[string]string{"id": id, "text": text, "publishedAt": "2024-01-17"})
	if err != nil {
		t.Fatal(err)
	}
	for d, err := range article.Read("row.json", strings.NewReader(string(data)), article.Overrides{}) {
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	t.Fatal("no article")
	return article.Document{}
}

// short writes the incidents of a graph as sentences.tsv does.
func short(g schema.ArticleGraph) string {
	names, countries := map[string]string{}, map[string]string{}
	for _, a := range g.Actors {
		names[a.ID] = a.Name
	}
	for _, l := range g.Locations {
		countries[l.ID] = l.Country
	}
	side := func(ids []string) string {
		var out []string
		for _, id := range ids {
			out = append(out, names[id])
		}
		if len(out) == 0 {
			return "?"
		}
		return strings.Join(out, " & ")
	}
	var claims []string
	for _, e := range g.Incidents {
		var facts []string
		if e.Location != nil {
			facts = append(facts, "in "+countries[*e.Location])
		}
		if e.Date != "" {
			facts = append(facts, "on "+e.Date)
		}
		if e.Killed != nil {
			facts = append(facts, "killed "+fixtures.Toll(*e.Killed).String())
		}
		if e.Injured != nil {
			facts = append(facts, "injured "+fixtures.Toll(*e.Injured).String())
		}
		if e.Status != schema.Reported {
			facts = append(facts, strings.ToLower(string(e.Status)))
		}
		if e.Historical {
			facts = append(facts, "old")
		}
		claims = append(claims, fmt.Sprintf("%s %s -> %s {%s}", e.Type, side(e.Initiators), side(e.Targets), strings.Join(facts, ", ")))
	}
	if len(claims) == 0 {
		return "-"
	}
	return strings.Join(claims, "; ")
}

func TestReadRows(t *testing.T) {
	for _, bad := range []string{"frame\tIran attacked Iraq.", "frame\tIran attacked Iraq.\tATTACK Iran -> Iraq", "frame\tA\tASSAULT Iran", "frame\tA\tASSAULT Iran -> Iraq {sure}"} {
		if _, err := readRows(bad); err == nil {
			t.Errorf("%q is read", bad)
		}
	}
}
