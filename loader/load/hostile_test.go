package load

import (
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
