package extract

import (
	"flag"
	"fmt"
	"slices"
	"sort"
	"strings"
	"testing"

	"incidentgraph/fixtures"
	"incidentgraph/loader/article"
	"incidentgraph/schema"
)

var misses = flag.Bool("misses", false, "with -v, list what TestScores finds missing and false in each article")

// TestScores measures extraction against the fixtures' graphs. The figures are a golden, so that a change
// that lowers them shows.
func TestScores(t *testing.T) {
	var all tally
	var lines []string
	for _, s := range samples(t) {
		one := score(s.doc, s.gold, coder(t).Extract(s.doc))
		if len(one.unquoted) > 0 {
			t.Errorf("%s: quotes that are not in the article: %q", s.doc.ID, one.unquoted)
		}
		lines = append(lines, fmt.Sprintf("%-24s%s%s", s.doc.ID, one.edges[""], one.events[""]))
		if *misses {
			t.Logf("%s\n%s", s.doc.ID, strings.Join(one.notes, "\n"))
		}
		all.add(one)
	}
	golden(t, "scores.txt", all.text(lines))
}

// rate counts what was found, what was to be found, and what of it was both.
type rate struct{ right, found, gold int }

func (r rate) String() string {
	p, q := share(r.right, r.found), share(r.right, r.gold)
	f := 0.0
	if p+q > 0 {
		f = 2 * p * q / (p + q)
	}
	return fmt.Sprintf("%6.2f%6.2f%6.2f %4d %4d %4d", p, q, f, r.right, r.found, r.gold)
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// tally is what was counted in one article or several; the rates are by event type, "" for all types.
type tally struct {
	edges, dyads, events map[string]rate
	facts                map[string]rate // of aligned events, by name of the fact
	confidences          []judged
	notes, unquoted      []string
}

type judged struct {
	confidence float64
	right      bool
}

func (t *tally) add(o tally) {
	merge := func(into *map[string]rate, from map[string]rate) {
		if *into == nil {
			*into = map[string]rate{}
		}
		for k, r := range from {
			x := (*into)[k]
			(*into)[k] = rate{x.right + r.right, x.found + r.found, x.gold + r.gold}
		}
	}
	merge(&t.edges, o.edges)
	merge(&t.dyads, o.dyads)
	merge(&t.events, o.events)
	merge(&t.facts, o.facts)
	t.confidences = append(t.confidences, o.confidences...)
}

const columns = "     P     R    F1 right found gold"

func (t *tally) text(articles []string) string {
	var b strings.Builder
	b.WriteString("Extraction of the fixture articles against their graphs\n\n")
	fmt.Fprintf(&b, "%-24s%s\n", "", columns)
	fmt.Fprintf(&b, "%-24s%s\n%-24s%s\n%-24s%s\n", "edges", t.edges[""], "dyads of states", t.dyads[""], "events", t.events[""])
	fmt.Fprintf(&b, "\n%-24s%s%s\n", "by type", "edges"+columns[5:], " events"+columns[7:])
	for _, e := range schema.EventTypes() {
		fmt.Fprintf(&b, "%-24s%s%s\n", e.Name, t.edges[e.Name], t.events[e.Name])
	}
	b.WriteString("\nof aligned events        right    of share\n")
	for _, name := range []string{"day", "country of place", "killed", "injured", "status", "historical", "reaction told", "reaction given"} {
		r := t.facts[name]
		fmt.Fprintf(&b, "%-24s%6d%6d%6.2f\n", name, r.right, r.gold, share(r.right, r.gold))
	}
	b.WriteString("\nconfidence                mean  right     n\n")
	for low := 0; low < 10; low++ {
		sum, right, n := 0.0, 0, 0
		for _, j := range t.confidences {
			if min(int(j.confidence*10+1e-9), 9) == low {
				sum += j.confidence
				n++
				if j.right {
					right++
				}
			}
		}
		if n > 0 {
			fmt.Fprintf(&b, "%.1f to %.1f              %6.2f%6.2f%6d\n", float64(low)/10, float64(low+1)/10, sum/float64(n), share(right, n), n)
		}
	}
	fmt.Fprintf(&b, "\n%-24s%s%s\n%s\n", "by article", "edges"+columns[5:], " events"+columns[7:], strings.Join(articles, "\n"))
	return b.String()
}

// player is an actor of either graph as scoring sees it.
type player struct {
	name    string
	names   map[string]bool
	kind    schema.ActorKind
	country string
}

func newPlayer(name string, aliases []string, kind schema.ActorKind, country string) *player {
	p := &player{name: name, names: map[string]bool{}, kind: kind, country: country}
	for _, n := range append([]string{name}, aliases...) {
		if n = plain(n); n != "" {
			p.names[n] = true
		}
	}
	return p
}

// titles are words before a name that are no part of it.
var titleWords = strings.Fields("mr mrs ms dr sir general gen colonel col lieutenant major captain admiral president prime minister foreign defence defense secretary chancellor king prince crown ambassador spokesman spokeswoman spokesperson chief senator ayatollah sheikh")

// plain folds case, accents and punctuation and takes titles and "the" off the front.
func plain(name string) string {
	words := strings.Fields(schema.Spelling(strings.NewReplacer("’s", "", "'s", "").Replace(name)))
	for len(words) > 1 && (words[0] == "the" || slices.Contains(titleWords, words[0])) {
		words = words[1:]
	}
	return strings.Join(words, " ")
}

// is tells that two actors are one: a name of one is a name of the other, or they are a state and its government.
func (p *player) is(o *player) bool {
	for n := range p.names {
		if o.names[n] {
			return true
		}
	}
	public := p.kind == schema.State && o.kind == schema.Government || p.kind == schema.Government && o.kind == schema.State
	return public && p.country != "" && p.country == o.country
}

// edge is one initiator and one target of an event; nil is nobody.
type goldEdge struct {
	kind     string
	from, to *player
	mutual   bool
}

func (e goldEdge) is(o goldEdge) bool {
	same := func(a, b *player) bool { return a == nil && b == nil || a != nil && b != nil && a.is(b) }
	return e.kind == o.kind && (same(e.from, o.from) && same(e.to, o.to) || e.mutual && same(e.from, o.to) && same(e.to, o.from))
}

func (e goldEdge) String() string {
	name := func(p *player) string {
		if p == nil {
			return "?"
		}
		return p.name
	}
	return fmt.Sprintf("%s %s -> %s", e.kind, name(e.from), name(e.to))
}

// happening is an event of either graph as scoring sees it.
type happening struct {
	kind    string
	edges   []goldEdge
	told    []int // numbers of the sentences that tell it
	date    string
	country string
	killed  string
	injured string
	status  schema.Status
	old     bool
	answers []int // places in the list of events
}

func edgesOf(kind string, from, to []*player) []goldEdge {
	t, _ := schema.EventTypeByName(kind)
	if len(from) == 0 {
		from = []*player{nil}
	}
	if len(to) == 0 {
		to = []*player{nil}
		if t.Mutual && len(from) > 1 {
			from, to = from[:1], from[1:]
		}
	}
	var out []goldEdge
	for _, f := range from {
		for _, g := range to {
			out = append(out, goldEdge{kind, f, g, t.Mutual})
		}
	}
	return out
}

// wanted gives the events of a gold graph, and the quotes that are neither in the article's text nor its title.
func wanted(doc article.Document, g fixtures.Graph) (out []happening, missing []string) {
	players := map[string]*player{}
	for _, a := range g.Actors {
		players[a.Name] = newPlayer(a.Name, a.Aliases, a.Kind, a.Country)
	}
	side := func(names []string) (list []*player) {
		for _, n := range names {
			list = append(list, players[n])
		}
		return list
	}
	at := map[string]int{}
	for i, e := range g.Events {
		at[e.ID] = i
	}
	text := squeeze(doc.Text)
	for _, e := range g.Events {
		h := happening{kind: e.Type, edges: edgesOf(e.Type, side(e.Initiators), side(e.Targets)), date: e.Date, country: e.Country, status: e.Status, old: e.Historical}
		if e.Killed != nil {
			h.killed = e.Killed.String()
		}
		if e.Injured != nil {
			h.injured = e.Injured.String()
		}
		for _, id := range e.InResponseTo {
			h.answers = append(h.answers, at[id])
		}
		for _, q := range e.Quotes {
			spans := text.find(q)
			if len(spans) == 0 && !strings.Contains(squeeze(doc.Title).text, strings.Join(strings.Fields(q), " ")) {
				missing = append(missing, q)
			}
			for _, span := range spans {
				for n, s := range doc.Sentences {
					if span[0] < s.End && s.Start < span[1] {
						h.told = append(h.told, n)
					}
				}
			}
		}
		out = append(out, h)
	}
	return out, missing
}

// squeezed is a text with single spaces, and where each of its bytes stood.
type squeezed struct {
	text string
	at   []int
}

func squeeze(text string) squeezed {
	var s squeezed
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == ' ' || c == '\n' || c == '\r' || c == '\t' {
			if b.Len() == 0 || s.at[len(s.at)-1] < 0 {
				continue
			}
			b.WriteByte(' ')
			s.at = append(s.at, -1)
			continue
		}
		b.WriteByte(c)
		s.at = append(s.at, i)
	}
	s.text = b.String()
	return s
}

// find gives the spans in the text where a quote stands, whatever white space it has.
func (s squeezed) find(quote string) (out [][2]int) {
	quote = strings.Join(strings.Fields(quote), " ")
	for from := 0; ; {
		i := strings.Index(s.text[from:], quote)
		if i < 0 {
			return out
		}
		first, last := from+i, from+i+len(quote)-1
		out = append(out, [2]int{s.at[first], s.at[last] + 1})
		from = last + 1
	}
}

// gotten gives the events of an extracted graph.
func gotten(g schema.ArticleGraph) []happening {
	players := map[string]*player{}
	for _, a := range g.Actors {
		players[a.ID] = newPlayer(a.Name, a.Aliases, a.Kind, a.Country)
	}
	side := func(ids []string) (list []*player) {
		for _, id := range ids {
			list = append(list, players[id])
		}
		return list
	}
	countries, at := map[string]string{}, map[string]int{}
	for _, l := range g.Locations {
		countries[l.ID] = l.Country
	}
	for i, e := range g.Incidents {
		at[e.ID] = i
	}
	var out []happening
	for _, e := range g.Incidents {
		h := happening{kind: e.Type, edges: edgesOf(e.Type, side(e.Initiators), side(e.Targets)), date: e.Date, status: e.Status, old: e.Historical}
		if e.Location != nil {
			h.country = countries[*e.Location]
		}
		if e.Killed != nil {
			h.killed = fixtures.Toll(*e.Killed).String()
		}
		if e.Injured != nil {
			h.injured = fixtures.Toll(*e.Injured).String()
		}
		for _, id := range e.InResponseTo {
			h.answers = append(h.answers, at[id])
		}
		for _, v := range e.Evidence {
			h.told = append(h.told, v.Sentence)
		}
		out = append(out, h)
	}
	return out
}

// match pairs n things with m others, one to one, as many as fit, better fits (higher numbers) first.
// It gives for each of the n its partner, -1 for none.
func match(n, m int, fit func(i, j int) int) []int {
	type pair struct{ i, j, fit int }
	var pairs []pair
	options := make([][]int, n)
	for i := range n {
		for j := range m {
			if f := fit(i, j); f > 0 {
				pairs = append(pairs, pair{i, j, f})
				options[i] = append(options[i], j)
			}
		}
	}
	sort.SliceStable(pairs, func(a, b int) bool { return pairs[a].fit > pairs[b].fit })
	partner, taken := make([]int, n), make([]int, m)
	for i := range partner {
		partner[i] = -1
	}
	for j := range taken {
		taken[j] = -1
	}
	for _, p := range pairs {
		if partner[p.i] < 0 && taken[p.j] < 0 {
			partner[p.i], taken[p.j] = p.j, p.i
		}
	}
	// Who is left over may displace another that has a second choice.
	var place func(i int, tried map[int]bool) bool
	place = func(i int, tried map[int]bool) bool {
		for _, j := range options[i] {
			if tried[j] {
				continue
			}
			tried[j] = true
			if taken[j] < 0 || place(taken[j], tried) {
				partner[i], taken[j] = j, i
				return true
			}
		}
		return false
	}
	for i := range n {
		if partner[i] < 0 {
			place(i, map[int]bool{})
		}
	}
	return partner
}

// distinct gives the edges of all events, each once.
func distinct(events []happening) []goldEdge {
	var out []goldEdge
	for _, h := range events {
		for _, e := range h.edges {
			if !slices.ContainsFunc(out, func(o goldEdge) bool {
				return o.kind == e.kind && (o.from == e.from && o.to == e.to || e.mutual && o.from == e.to && o.to == e.from)
			}) {
				out = append(out, e)
			}
		}
	}
	return out
}

// dyads gives the pairs of states between which acts of a type are told.
func dyads(edges []goldEdge) map[[3]string]bool {
	out := map[[3]string]bool{}
	for _, e := range edges {
		if e.from == nil || e.to == nil || e.from.country == "" || e.to.country == "" {
			continue
		}
		a, b := e.from.country, e.to.country
		if e.mutual && b < a {
			a, b = b, a
		}
		out[[3]string{e.kind, a, b}] = true
	}
	return out
}

func score(doc article.Document, gold fixtures.Graph, graph schema.ArticleGraph) tally {
	t := tally{edges: map[string]rate{}, dyads: map[string]rate{}, events: map[string]rate{}, facts: map[string]rate{}}
	count := func(in map[string]rate, kind string, right, found, gold int) {
		for _, k := range []string{"", kind} {
			r := in[k]
			in[k] = rate{r.right + right, r.found + found, r.gold + gold}
		}
	}
	want, missing := wanted(doc, gold)
	t.unquoted = missing
	got := gotten(graph)

	we, ge := distinct(want), distinct(got)
	partner := match(len(we), len(ge), func(i, j int) int {
		if we[i].is(ge[j]) {
			return 1
		}
		return 0
	})
	hit := map[int]bool{}
	for i, j := range partner {
		count(t.edges, we[i].kind, 0, 0, 1)
		if j >= 0 {
			hit[j] = true
			count(t.edges, we[i].kind, 1, 0, 0)
		} else {
			t.notes = append(t.notes, "  missed "+we[i].String())
		}
	}
	for j := range ge {
		count(t.edges, ge[j].kind, 0, 1, 0)
		if !hit[j] {
			t.notes = append(t.notes, "  false  "+ge[j].String()+told(doc, got, ge[j]))
		}
	}

	wd, gd := dyads(we), dyads(ge)
	for d := range wd {
		count(t.dyads, d[0], 0, 0, 1)
		if gd[d] {
			count(t.dyads, d[0], 1, 0, 0)
		}
	}
	for d := range gd {
		count(t.dyads, d[0], 0, 1, 0)
	}

	shared := func(i, j int) int {
		n := 0
		for _, e := range want[i].edges {
			if slices.ContainsFunc(got[j].edges, e.is) {
				n++
			}
		}
		return n
	}
	aligned := match(len(want), len(got), func(i, j int) int {
		if want[i].kind != got[j].kind {
			return 0
		}
		n := 0
		for _, s := range got[j].told {
			if slices.Contains(want[i].told, s) {
				n++
			}
		}
		return 10*shared(i, j) + n
	})
	back := map[int]int{}
	for i, j := range aligned {
		count(t.events, want[i].kind, 0, 0, 1)
		if j >= 0 {
			back[j] = i
			count(t.events, want[i].kind, 1, 0, 0)
		}
	}
	for j, e := range graph.Incidents {
		count(t.events, e.Type, 0, 1, 0)
		i, ok := back[j]
		t.confidences = append(t.confidences, judged{e.Confidence, ok && shared(i, j) > 0})
	}

	fact := func(name string, right bool) {
		r := t.facts[name]
		r.gold++
		if right {
			r.right++
		}
		t.facts[name] = r
	}
	for i, j := range aligned {
		if j < 0 {
			continue
		}
		w, g := want[i], got[j]
		note := func(name, was, is string) {
			if was != is {
				t.notes = append(t.notes, fmt.Sprintf("  %s of e%d %v (e%d): %q, want %q", name, i+1, w.edges[0], j+1, is, was))
			}
		}
		if w.date != "" {
			fact("day", w.date == g.date)
			note("day", w.date, g.date)
		}
		if w.country != "" {
			fact("country of place", w.country == g.country)
			note("country", w.country, g.country)
		}
		if w.killed != "" || g.killed != "" {
			fact("killed", w.killed == g.killed)
			note("killed", w.killed, g.killed)
		}
		if w.injured != "" || g.injured != "" {
			fact("injured", w.injured == g.injured)
			note("injured", w.injured, g.injured)
		}
		fact("status", w.status == g.status)
		note("status", string(w.status), string(g.status))
		fact("historical", w.old == g.old)
		for _, o := range w.answers {
			fact("reaction told", aligned[o] >= 0 && slices.Contains(g.answers, aligned[o]))
		}
		for _, o := range g.answers {
			k, ok := back[o]
			fact("reaction given", ok && slices.Contains(w.answers, k))
		}
	}
	return t
}

// told gives the first sentence that an extracted edge stands on.
func told(doc article.Document, events []happening, e goldEdge) string {
	for _, h := range events {
		if slices.Contains(h.edges, e) && len(h.told) > 0 {
			s := doc.Sentences[h.told[0]]
			return "  | " + strings.Join(strings.Fields(doc.Text[s.Start:s.End]), " ")
		}
	}
	return ""
}

func TestMatch(t *testing.T) {
	fits := map[[2]int]int{{0, 0}: 1, {0, 1}: 1, {1, 0}: 1, {2, 2}: 3, {2, 1}: 5}
	got := match(3, 3, func(i, j int) int { return fits[[2]int{i, j}] })
	// 2 takes its best, 1 has only 0, and what is left for 0 is taken.
	if want := []int{-1, 0, 1}; !slices.Equal(got, want) && !slices.Equal(got, []int{1, 0, 2}) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestActorsMatch(t *testing.T) {
	state := newPlayer("Iran", []string{"Tehran"}, schema.State, "IRN")
	for _, tt := range []struct {
		other *player
		want  bool
	}{
		{newPlayer("tehran", nil, schema.OtherActor, ""), true},
		{newPlayer("the Government of Iran", nil, schema.Government, "IRN"), true},
		{newPlayer("Iranian army", nil, schema.Military, "IRN"), false},
		{newPlayer("Iraqi government", nil, schema.Government, "IRQ"), false},
	} {
		if got := state.is(tt.other); got != tt.want {
			t.Errorf("Iran is %s: %v, want %v", tt.other.name, got, tt.want)
		}
	}
	if !newPlayer("President Nicolás Maduro", nil, schema.Person, "VEN").is(newPlayer("Nicolas Maduro", nil, schema.Person, "VEN")) {
		t.Error("a title or an accent parts one person in two")
	}
}
