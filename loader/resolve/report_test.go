package resolve_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"incidentgraph/loader/resolve"
	"incidentgraph/schema"
)

const bombing = "Two bombs went off in Kerman on Wednesday."

// one makes an article with one incident, which change alters.
func one(change func(*schema.ArticleGraph, *schema.ArticleIncident)) schema.ArticleGraph {
	g := schema.ArticleGraph{
		Article:   schema.ArticleHead{ID: "x", Title: "Bombs", Publisher: "P", PublishedAt: "2024-01-03"},
		Actors:    []schema.ArticleActor{{ID: "IRN", Name: "Iran", Kind: schema.State, Country: "IRN"}},
		Locations: []schema.ArticleLocation{{ID: "geonames/128234", Name: "Kerman", Kind: "city", Country: "IRN"}},
		Incidents: []schema.ArticleIncident{{ID: "e1", Type: "ASSAULT", Targets: []string{"IRN"}, Date: "2024-01-03", Status: schema.Reported, Confidence: 0.8,
			Evidence: []schema.Evidence{{Start: 0, End: len(bombing), Text: bombing, Trigger: "bombs"}}}},
	}
	change(&g, &g.Incidents[0])
	return g
}

func number(n int) *int { return &n }

func TestBadInputIsKeptOrRefusedByRule(t *testing.T) {
	for _, c := range []struct {
		name    string
		change  func(*schema.ArticleGraph, *schema.ArticleIncident)
		claims  int
		refused int
		check   func(*resolve.Claim) bool
	}{
		{"as it should be", func(*schema.ArticleGraph, *schema.ArticleIncident) {}, 1, 0, func(c *resolve.Claim) bool { return c.Day == 20240103 && len(c.Evidence) == 1 }},
		{"day in the future", func(_ *schema.ArticleGraph, in *schema.ArticleIncident) { in.Date = "2024-01-05" }, 1, 1, func(c *resolve.Claim) bool { return c.Day == 0 && c.Date == "" }},
		{"day after publication, for time zones", func(_ *schema.ArticleGraph, in *schema.ArticleIncident) { in.Date = "2024-01-04" }, 1, 0, func(c *resolve.Claim) bool { return c.Day == 20240104 }},
		{"no such day", func(_ *schema.ArticleGraph, in *schema.ArticleIncident) { in.Date = "2024-02-30" }, 1, 1, func(c *resolve.Claim) bool { return c.Day == 0 }},
		{"toll of a million millions", func(_ *schema.ArticleGraph, in *schema.ArticleIncident) {
			in.Killed = &schema.Toll{Min: 1_000_000_000_000}
		}, 1, 1, func(c *resolve.Claim) bool { return c.KilledMin == nil }},
		{"toll below zero", func(_ *schema.ArticleGraph, in *schema.ArticleIncident) { in.Injured = &schema.Toll{Min: -1} }, 1, 1, func(c *resolve.Claim) bool { return c.InjuredMin == nil }},
		{"toll the wrong way round", func(_ *schema.ArticleGraph, in *schema.ArticleIncident) {
			in.Killed = &schema.Toll{Min: 5, Max: number(3)}
		}, 1, 0, func(c *resolve.Claim) bool { return *c.KilledMin == 5 && c.KilledMax == nil }},
		{"nobody and nowhere", func(_ *schema.ArticleGraph, in *schema.ArticleIncident) { in.Targets = nil }, 0, 1, nil},
		{"nobody, but somewhere", func(_ *schema.ArticleGraph, in *schema.ArticleIncident) {
			in.Targets, in.Location = nil, &[]string{"geonames/128234"}[0]
		}, 1, 0, func(c *resolve.Claim) bool { return c.At != nil }},
		{"place that is not described", func(_ *schema.ArticleGraph, in *schema.ArticleIncident) { in.Location = &[]string{"l9"}[0] }, 1, 1, func(c *resolve.Claim) bool { return c.Location == "" }},
		{"actor that is not described", func(_ *schema.ArticleGraph, in *schema.ArticleIncident) { in.Initiators = []string{"a9"} }, 1, 1, func(c *resolve.Claim) bool { return len(c.Initiators) == 0 }},
		{"no such type", func(_ *schema.ArticleGraph, in *schema.ArticleIncident) { in.Type = "WAR" }, 0, 1, nil},
		{"evidence that is not in the text", func(_ *schema.ArticleGraph, in *schema.ArticleIncident) { in.Evidence[0].Text = "Two bombs" }, 0, 1, nil},
		{"evidence beyond the text", func(_ *schema.ArticleGraph, in *schema.ArticleIncident) { in.Evidence[0].End = 1000 }, 0, 1, nil},
		{"no evidence", func(_ *schema.ArticleGraph, in *schema.ArticleIncident) { in.Evidence = nil }, 0, 1, nil},
		{"confidence that is no number", func(_ *schema.ArticleGraph, in *schema.ArticleIncident) { in.Confidence = math.NaN() }, 1, 0, func(c *resolve.Claim) bool { return c.Confidence == 0 }},
		{"200 participants", func(g *schema.ArticleGraph, in *schema.ArticleIncident) {
			for i := range 200 {
				id := "p" + strings.Repeat("i", i)
				g.Actors = append(g.Actors, schema.ArticleActor{ID: id, Name: "Person " + strings.Repeat("i", i), Kind: schema.Person})
				in.Initiators = append(in.Initiators, id)
			}
		}, 1, 1, func(c *resolve.Claim) bool { return len(c.Initiators) == 32 }},
		{"actor named like a state", func(g *schema.ArticleGraph, in *schema.ArticleIncident) {
			g.Actors = append(g.Actors, schema.ArticleActor{ID: "a1", Name: "Iran", Kind: schema.Company})
			in.Initiators = []string{"a1"}
		}, 1, 0, func(c *resolve.Claim) bool { return c.Initiators[0] != "IRN" && c.Targets[0] == "IRN" }},
		{"answer to itself and to nothing", func(_ *schema.ArticleGraph, in *schema.ArticleIncident) { in.InResponseTo = []string{"e1", "e7"} }, 1, 0, func(c *resolve.Claim) bool { return len(c.Answers) == 0 }},
		{"coordinates beyond the globe", func(g *schema.ArticleGraph, in *schema.ArticleIncident) {
			far := 1000.0
			g.Locations[0].Latitude, g.Locations[0].Longitude = &far, &far
			in.Location = &g.Locations[0].ID
		}, 1, 0, func(c *resolve.Claim) bool { return !c.At.Located }},
		{"two incidents with one id", func(g *schema.ArticleGraph, in *schema.ArticleIncident) {
			g.Incidents = append(g.Incidents, *in)
		}, 2, 0, func(c *resolve.Claim) bool { return true }},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := resolve.Read(one(c.change), bombing)
			if err != nil {
				t.Fatal(err)
			}
			if len(r.Claims) != c.claims || len(r.Refused) != c.refused {
				t.Fatalf("%d claims, refused: %q", len(r.Claims), r.Refused)
			}
			if c.check != nil && !c.check(r.Claims[0]) {
				t.Errorf("%+v", r.Claims[0])
			}
			resolve.Graph([]resolve.Report{r}, names) // never a crash
		})
	}
}

func TestArticleWith5000Incidents(t *testing.T) {
	g := one(func(g *schema.ArticleGraph, in *schema.ArticleIncident) {
		in.ID, in.Location = "", &g.Locations[0].ID
		for range 4999 {
			g.Incidents = append(g.Incidents, *in)
		}
	})
	r, err := resolve.Read(g, bombing)
	if err != nil || len(r.Claims) != 1000 || len(r.Refused) != 1 {
		t.Fatal(len(r.Claims), r.Refused, err)
	}
	if incidents := resolve.Cluster(r.Claims); len(incidents) != 1 {
		t.Errorf("the same said 1,000 times makes %d incidents", len(incidents))
	}
}

// What becomes of actors does not depend on the order of the articles, nor on how often one is added.
func TestActorsAreTheSameInAnyOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		kinds := rapid.SampledFrom([]string{"person", "state", "government"})
		type sight struct {
			value schema.Value
			day   int
		}
		sights := rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) sight {
			facets := []schema.Facet{
				{Key: "aliases", Value: rapid.SampledFrom([]string{"", "Iran", "Tehran\nIRI", "IRAN"}).Draw(rt, "aliases")},
				{Key: "called", Value: rapid.SampledFrom([]string{"Iran", "IRAN", "Islamic Republic of Iran", "iran"}).Draw(rt, "called")},
				{Key: "country", Value: rapid.SampledFrom([]string{"", "IRN", "IRQ"}).Draw(rt, "country")},
				{Key: "kind", Value: kinds.Draw(rt, "kind")},
				{Key: "role", Value: rapid.SampledFrom([]string{"", "minister", "president"}).Draw(rt, "role")},
			}
			return sight{schema.Value{Object: "IRN", Facets: facets}, rapid.SampledFrom([]int{0, 20240101, 20230506, 20250101}).Draw(rt, "day")}
		}), 1, 8).Draw(rt, "sights")
		order := rapid.Permutation(sights).Draw(rt, "order")
		usual := rapid.SampledFrom([]string{"", "Iran"}).Draw(rt, "usual")
		var a, b schema.Actor
		for i := range sights {
			a = resolve.AddActor(a, sights[i].value, sights[i].day, func(string) string { return usual })
			b = resolve.AddActor(b, order[i].value, order[i].day, func(string) string { return usual })
			b = resolve.AddActor(b, order[0].value, order[0].day, func(string) string { return usual })
		}
		if diff := cmp.Diff(schema.Quads(a), schema.Quads(b)); diff != "" {
			rt.Fatal(diff)
		}
	})
}

func TestSimhash(t *testing.T) {
	text := strings.Repeat("Missiles hit a village in the mountains on Tuesday and two children died there. ", 1) +
		"The ministry in the capital called it a violation of the country's airspace and summoned the envoy. " +
		"Officials on the other side said that only militants had been aimed at, and that they respected the border. " +
		"Talks between the two neighbours had been planned for the week after, but were put off without a new date."
	copied := "By our own correspondent. " + strings.Replace(text, "on Tuesday", "late on Tuesday", 1)
	other := "Farmers blocked the roads to the capital with tractors on Monday to demand higher prices for milk and grain. " +
		"The minister offered to meet their leaders, who said that they would stay until the law was changed. " +
		"Shops in the centre ran out of bread by noon, and the army was asked to bring flour to the bakeries."
	differing := func(a, b string) int {
		n := 0
		for i := range 16 {
			x, y := strings.IndexByte("0123456789abcdef", a[i]), strings.IndexByte("0123456789abcdef", b[i])
			for d := x ^ y; d > 0; d &= d - 1 {
				n++
			}
		}
		return n
	}
	if n := differing(resolve.Simhash(text), resolve.Simhash(copied)); n > 10 {
		t.Errorf("a copy differs in %d bits", n)
	}
	if n := differing(resolve.Simhash(text), resolve.Simhash(other)); n < 18 {
		t.Errorf("another text differs in %d bits", n)
	}
	if h := resolve.Simhash("Too short to tell."); h != "" {
		t.Errorf("fingerprint %s of nothing", h)
	}
}

func TestInterval(t *testing.T) {
	for _, c := range []struct {
		date        string
		first, last int
		precision   string
	}{
		{"2024-01-16", 20240116, 20240116, "DAY"}, {"2024-02", 20240201, 20240229, "MONTH"}, {"2023", 20230101, 20231231, "YEAR"},
		{"", 0, 0, ""}, {"2024-13", 0, 0, ""}, {"yesterday", 0, 0, ""}, {"0000", 0, 0, ""},
	} {
		first, last, precision := resolve.Interval(c.date)
		if first != c.first || last != c.last || precision != c.precision {
			t.Errorf("%s: %d %d %s", c.date, first, last, precision)
		}
	}
}
