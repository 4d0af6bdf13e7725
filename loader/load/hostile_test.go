package load

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"incidentgraph/loader/resolve"
	"incidentgraph/schema"
)

// hostile are strings that mean something to one of the languages on the way.
var hostile = []string{
	`quote " backslash \ end`, "line\nbreak\r\ttab", `) . <x> <y> "z`, "$v0", "_STAR_ALL", "*", "uid(0x1)", "İstanbul İl", "שלום עולם", "🙂 and \u200d joined",
	"Ⱥ ẞ Ⱦ Ɫ K Å", "a#b", "100% of it", "{ q(func: has(xid)) { uid } }", strings.Repeat("long ", 400), "\\u0041", `{"a":1}`, "e\u0301", "<script>", "nul\x00byte",
}

func TestHostileStringsComeBackAsTheyWere(t *testing.T) {
	d := empty(t)
	var reports []resolve.Report
	make := func() []resolve.Report {
		var out []resolve.Report
		for i, s := range hostile {
			text := "Start. " + s + " attacked. End."
			place := "l" + s
			g := schema.ArticleGraph{
				Article:   schema.ArticleHead{ID: s, URL: "https://example.org/" + s, Title: s, Publisher: s, PublishedAt: "2024-01-16", Language: "en", Coder: s},
				Actors:    []schema.ArticleActor{{ID: "a", Name: s, Aliases: []string{s + "!", s}, Kind: schema.Person, Country: "IRN", Role: s}, {ID: "IRN", Name: "Iran", Kind: schema.State, Country: "IRN"}},
				Locations: []schema.ArticleLocation{{ID: place, Name: s, Kind: "city", Country: "PAK"}},
				Incidents: []schema.ArticleIncident{{ID: s, Type: "ACCUSE", Title: s, Initiators: []string{"a"}, Targets: []string{"IRN"}, Location: &place, Date: "2024-01-16", Weapons: []string{s},
					Status: schema.Reported, Confidence: 0.5, Evidence: []schema.Evidence{{Sentence: i, Start: 7, End: 7 + len(s) + 10, Text: text[7 : 17+len(s)], Trigger: s}}}},
			}
			r, err := resolve.Read(g, text)
			if err != nil || len(r.Claims) != 1 {
				t.Fatalf("%q: %v %q", s, err, r.Refused)
			}
			out = append(out, r)
		}
		return out
	}
	reports = make()
	if _, err := load(t.Context(), d, reports); err != nil {
		t.Fatal(err)
	}
	sound(t, d)
	if diff := cmp.Diff(nquads(t, resolve.Graph(make(), stateNames)), export(t, d)); diff != "" {
		t.Error(diff)
	}
	change, err := load(t.Context(), d, make())
	if err != nil || change.Facts != 0 {
		t.Errorf("again: %+v, %v", change, err)
	}
	var keys []string
	for _, r := range reports {
		keys = append(keys, r.Article.Key)
	}
	if change, err = load(t.Context(), d, nil, keys...); err != nil || change.Retracted != len(keys) {
		t.Errorf("%+v, %v", change, err)
	}
	if left := export(t, d); left != "" {
		t.Errorf("left behind:\n%s", left)
	}
}

func TestArticleOfFiveMegabytes(t *testing.T) {
	d := empty(t)
	text := "Iran attacked Pakistan. " + strings.Repeat("And so on, one could say much more about it. ", 5<<20/45)
	g := schema.ArticleGraph{
		Article: schema.ArticleHead{ID: "big", Title: "Big", Publisher: "P", PublishedAt: "2024-01-16"},
		Actors:  []schema.ArticleActor{{ID: "IRN", Name: "Iran", Kind: schema.State, Country: "IRN"}, {ID: "PAK", Name: "Pakistan", Kind: schema.State, Country: "PAK"}},
		Incidents: []schema.ArticleIncident{{Type: "ASSAULT", Initiators: []string{"IRN"}, Targets: []string{"PAK"}, Date: "2024-01-16",
			Evidence: []schema.Evidence{{Start: 0, End: 23, Text: text[:23]}}}},
	}
	r, err := resolve.Read(g, text)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := load(t.Context(), d, []resolve.Report{r}); err != nil {
		t.Fatal(err)
	}
	sound(t, d)
	if _, err := load(t.Context(), d, nil, r.Article.Key); err != nil {
		t.Fatal(err)
	}
	if left := export(t, d); left != "" {
		t.Errorf("left behind: %d bytes", len(left))
	}
}

// Articles that contradict each other or say what cannot be make a sound graph, of which nothing is left when they go.
func TestBadInputMakesASoundGraph(t *testing.T) {
	d := empty(t)
	const text = "Iran attacked Pakistan."
	in := func(change func(*schema.ArticleGraph, *schema.ArticleIncident)) schema.ArticleGraph {
		g := schema.ArticleGraph{
			Article: schema.ArticleHead{Title: "Attack", PublishedAt: "2024-01-16"},
			Actors: []schema.ArticleActor{{ID: "IRN", Name: "Iran", Kind: schema.State, Country: "IRN"}, {ID: "PAK", Name: "Pakistan", Kind: schema.State, Country: "PAK"},
				{ID: "c1", Name: "Iran", Kind: schema.Company, Country: "PAK"}, {ID: "of//armed_group/gunmen", Name: "gunmen", Kind: schema.ArmedGroup}},
			Locations: []schema.ArticleLocation{{ID: "geonames/1", Name: "Panjgur", Kind: "city", Country: "PAK"}},
			Incidents: []schema.ArticleIncident{{Type: "ASSAULT", Initiators: []string{"IRN"}, Targets: []string{"PAK"}, Date: "2024-01-16", Location: &[]string{"geonames/1"}[0],
				Status: schema.Reported, Confidence: 0.5, Evidence: []schema.Evidence{{End: len(text), Text: text}}}},
		}
		change(&g, &g.Incidents[0])
		return g
	}
	var graphs []schema.ArticleGraph
	for _, change := range []func(*schema.ArticleGraph, *schema.ArticleIncident){
		func(*schema.ArticleGraph, *schema.ArticleIncident) {},
		func(_ *schema.ArticleGraph, i *schema.ArticleIncident) {
			i.Status, i.Killed = schema.Denied, &schema.Toll{Min: 0}
		},
		func(_ *schema.ArticleGraph, i *schema.ArticleIncident) {
			i.Status, i.Killed = schema.Claimed, &schema.Toll{Min: 90}
		},
		func(_ *schema.ArticleGraph, i *schema.ArticleIncident) {
			i.Initiators, i.Targets = i.Targets, i.Initiators
		},
		func(_ *schema.ArticleGraph, i *schema.ArticleIncident) { i.Date = "2124-01-16" },
		func(_ *schema.ArticleGraph, i *schema.ArticleIncident) {
			i.Killed = &schema.Toll{Min: 1_000_000_000_000}
		},
		func(_ *schema.ArticleGraph, i *schema.ArticleIncident) { i.Initiators = []string{"c1"} },
		func(_ *schema.ArticleGraph, i *schema.ArticleIncident) {
			i.Initiators = []string{"of//armed_group/gunmen"}
		},
		func(_ *schema.ArticleGraph, i *schema.ArticleIncident) { i.Initiators, i.Targets = nil, nil },
		func(_ *schema.ArticleGraph, i *schema.ArticleIncident) {
			i.Initiators, i.Targets, i.Location = nil, nil, nil
		},
		func(_ *schema.ArticleGraph, i *schema.ArticleIncident) { i.Initiators = []string{"PAK"} }, // against itself
		func(g *schema.ArticleGraph, i *schema.ArticleIncident) {
			for n := range 200 {
				a := schema.ArticleActor{ID: fmt.Sprint("p", n), Name: fmt.Sprint("Person ", n), Kind: schema.Person}
				g.Actors, i.Initiators, i.Targets = append(g.Actors, a), append(i.Initiators, a.ID), append(i.Targets, a.ID)
			}
		},
		func(g *schema.ArticleGraph, i *schema.ArticleIncident) {
			types := schema.EventTypes()
			for n := range 5000 {
				more := *i
				more.Type, more.Date = types[n%len(types)].Name, fmt.Sprintf("20%02d-%02d-%02d", n/360%24, 1+n/28%12, 1+n%28)
				g.Incidents = append(g.Incidents, more)
			}
		},
	} {
		g := in(change)
		g.Article.ID = fmt.Sprint("bad", len(graphs))
		g.Article.Publisher = fmt.Sprint("Outlet ", len(graphs))
		graphs = append(graphs, g)
	}
	var keys []string
	read := func() []resolve.Report {
		var out []resolve.Report
		for _, g := range graphs {
			r, err := resolve.Read(g, text)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, r)
		}
		return out
	}
	for _, r := range read() { // one by one, so that each meets what is there
		if _, err := load(t.Context(), d, []resolve.Report{r}); err != nil {
			t.Fatal(err)
		}
		keys = append(keys, r.Article.Key)
	}
	sound(t, d)
	if diff := cmp.Diff(nquads(t, resolve.Graph(read(), stateNames)), export(t, d)); diff != "" {
		t.Error(diff)
	}
	if _, err := load(t.Context(), d, nil, keys...); err != nil {
		t.Fatal(err)
	}
	if left := export(t, d); left != "" {
		t.Errorf("left behind: %d bytes", len(left))
	}
}
