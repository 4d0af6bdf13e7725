package extract

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"incidentgraph/loader/article"
	"incidentgraph/schema"
)

// faults lists what in a graph breaks the contract, whatever the article says.
func faults(doc article.Document, g schema.ArticleGraph) []string {
	var out []string
	fault := func(format string, a ...any) { out = append(out, fmt.Sprintf(format, a...)) }
	actors, places, incidents := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, a := range g.Actors {
		if a.ID == "" || a.Name == "" || actors[a.ID] {
			fault("actor %q %q: without id or name, or twice", a.ID, a.Name)
		}
		actors[a.ID] = true
		if !slices.Contains(schema.ActorKinds(), a.Kind) {
			fault("actor %s: kind %q", a.ID, a.Kind)
		}
		if a.Country != "" && len(a.Country) != 3 {
			fault("actor %s: country %q", a.ID, a.Country)
		}
		if a.Aliases == nil || slices.Contains(a.Aliases, a.Name) || slices.Contains(a.Aliases, "") {
			fault("actor %s: aliases %q", a.ID, a.Aliases)
		}
	}
	for _, l := range g.Locations {
		if l.ID == "" || l.Name == "" || places[l.ID] {
			fault("location %q %q: without id or name, or twice", l.ID, l.Name)
		}
		places[l.ID] = true
		if l.Latitude != nil && (math.Abs(*l.Latitude) > 90 || math.Abs(*l.Longitude) > 180) {
			fault("location %s lies at %v %v", l.ID, *l.Latitude, *l.Longitude)
		}
	}
	for _, e := range g.Incidents {
		if e.ID == "" || incidents[e.ID] {
			fault("incident %q is without id or there twice", e.ID)
		}
		incidents[e.ID] = true
	}
	for _, e := range g.Incidents {
		if t, ok := schema.EventTypeByName(e.Type); !ok || t.Edge != e.Edge {
			fault("%s: type %q with edge %q", e.ID, e.Type, e.Edge)
		}
		if len(e.Initiators)+len(e.Targets) == 0 && e.Killed == nil {
			fault("%s: nobody on either side", e.ID)
		}
		seen := map[string]bool{}
		for _, id := range slices.Concat(e.Initiators, e.Targets) {
			if !actors[id] {
				fault("%s: no actor %q", e.ID, id)
			}
			if seen[id] {
				fault("%s: %s stands twice among the sides", e.ID, id)
			}
			seen[id] = true
		}
		if e.AttributedTo != nil && !actors[*e.AttributedTo] {
			fault("%s: attributed to nobody, %q", e.ID, *e.AttributedTo)
		}
		if e.Location != nil && !places[*e.Location] {
			fault("%s: no location %q", e.ID, *e.Location)
		}
		for _, id := range e.InResponseTo {
			if !incidents[id] || id == e.ID {
				fault("%s: answers %q", e.ID, id)
			}
		}
		layout := map[string]string{"DAY": "2006-01-02", "MONTH": "2006-01", "YEAR": "2006", "": ""}[e.DatePrecision]
		if len(layout) != len(e.Date) {
			fault("%s: date %q of precision %q", e.ID, e.Date, e.DatePrecision)
		} else if _, err := time.Parse(layout, e.Date); err != nil {
			fault("%s: %v", e.ID, err)
		}
		for _, toll := range []*schema.Toll{e.Killed, e.Injured} {
			if toll != nil && (toll.Min < 0 || toll.Max != nil && *toll.Max < toll.Min) {
				fault("%s: a toll of %s", e.ID, tollText(toll))
			}
		}
		if !slices.Contains(schema.Statuses(), e.Status) {
			fault("%s: status %q", e.ID, e.Status)
		}
		if !(e.Confidence >= 0 && e.Confidence <= 1) {
			fault("%s: confidence %v", e.ID, e.Confidence)
		}
		if e.Initiators == nil || e.Targets == nil || e.Weapons == nil || e.InResponseTo == nil {
			fault("%s: a list is null", e.ID)
		}
		if len(e.Evidence) == 0 {
			fault("%s: no evidence", e.ID)
		}
		last := -1
		for _, v := range e.Evidence {
			if v.Sentence <= last || v.Sentence >= len(doc.Sentences) {
				fault("%s: evidence in sentence %d after %d", e.ID, v.Sentence, last)
				continue
			}
			last = v.Sentence
			s := doc.Sentences[v.Sentence]
			if v.Start != s.Start || v.End != s.End || v.Text != doc.Text[s.Start:s.End] {
				fault("%s: evidence %q is not sentence %d", e.ID, v.Text, v.Sentence)
			}
			if v.Trigger == "" || !strings.Contains(v.Text, v.Trigger) {
				fault("%s: trigger %q is not in %q", e.ID, v.Trigger, v.Text)
			}
			if !roleTells(s.Role) {
				fault("%s: %q is no part of the story", e.ID, v.Text)
			}
		}
	}
	return out
}

func asJSON(t interface{ Fatal(...any) }, g schema.ArticleGraph) string {
	out, err := json.MarshalIndent(g, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestFixturesKeepTheContract(t *testing.T) {
	for _, s := range samples(t) {
		for _, f := range faults(s.doc, coder(t).Extract(s.doc)) {
			t.Errorf("%s: %s", s.doc.ID, f)
		}
	}
}

func TestSameDocumentSameGraph(t *testing.T) {
	for _, s := range samples(t) {
		first := asJSON(t, coder(t).Extract(s.doc))
		for range 3 {
			if diff := cmp.Diff(first, asJSON(t, coder(t).Extract(s.doc))); diff != "" {
				t.Errorf("%s: read again (- first, + again):\n%s", s.doc.ID, diff)
				break
			}
		}
		explained, err := coder(t).Explain(s.doc, io.Discard)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(first, asJSON(t, explained)); diff != "" {
			t.Errorf("%s: explained (- first, + explained):\n%s", s.doc.ID, diff)
		}
	}
}

func TestConcurrentReadersAgree(t *testing.T) {
	list := samples(t)
	want := make([]string, len(list))
	for i, s := range list {
		want[i] = asJSON(t, coder(t).Extract(s.doc))
	}
	var wg sync.WaitGroup
	for n := range 6 {
		wg.Go(func() {
			for i := range list {
				k := (i + n*7) % len(list)
				if got := asJSON(t, coder(t).Extract(list[k].doc)); got != want[k] {
					t.Errorf("%s differs when many read", list[k].doc.ID)
				}
			}
		})
	}
	wg.Wait()
}

// TestAnyArticleKeepsTheContract reads articles that are put together from sentences of the fixtures and the table
// of sentences in any order, on any day.
func TestAnyArticleKeepsTheContract(t *testing.T) {
	var all []string
	for _, s := range samples(t) {
		for _, x := range s.doc.Sentences {
			all = append(all, s.doc.Text[x.Start:x.End])
		}
	}
	words := strings.Fields(strings.Join(all, " "))
	rapid.Check(t, func(rt *rapid.T) {
		var b strings.Builder
		for range rapid.IntRange(1, 12).Draw(rt, "sentences") {
			if rapid.Bool().Draw(rt, "whole") {
				b.WriteString(rapid.SampledFrom(all).Draw(rt, "sentence"))
			} else {
				b.WriteString(strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 25).Draw(rt, "words"), " "))
			}
			b.WriteString(rapid.SampledFrom([]string{" ", "\n\n", ". ", "” ", " “"}).Draw(rt, "break"))
		}
		day := rapid.SampledFrom([]string{"", "2024-01-17", "2024-02-29", "1999-12-31", "2021-03-28T23:59:00+05:00"}).Draw(rt, "day")
		var doc article.Document
		for d, err := range article.Read("a.txt", strings.NewReader(b.String()), article.Overrides{Published: day}) {
			if err != nil {
				rt.Skip("no article")
			}
			doc = d
		}
		g := coder(t).Extract(doc)
		for _, f := range faults(doc, g) {
			rt.Error(f)
		}
		if asJSON(rt, g) != asJSON(rt, coder(t).Extract(doc)) {
			rt.Error("read again, it differs")
		}
	})
}
