package extract

import (
	"strings"
	"testing"

	"incidentgraph/loader/extract/classify"
	"incidentgraph/loader/gazetteer"
)

// TestPlaces reads articles of Wednesday 17 January 2024 for the place of their first act of a type.
func TestPlaces(t *testing.T) {
	c := coder(t)
	for _, tt := range []struct{ text, kind, place string }{
		{"Iraqi jets bombed rebels in Mosul on Tuesday.", "ASSAULT", "Mosul"},
		{"Rebels from Mosul shelled soldiers in Kirkuk on Tuesday.", "ASSAULT", "Kirkuk"},
		{"Sergei Lavrov met Wang Yi in Beijing on Tuesday.", "CONSULT", "Beijing"},
		// Who is attacked at a place is attacked there again where none is told.
		{"Syrian troops entered Aleppo on Monday. In Aleppo the army attacked rebels on Tuesday. Rebels were shelled by the army all night.", "ASSAULT", "Aleppo"},
	} {
		g := c.Extract(articleOf(t, "row", tt.text))
		got := "nothing"
		for _, e := range g.Incidents {
			if e.Type != tt.kind {
				continue
			}
			got = ""
			for _, l := range g.Locations {
				if e.Location != nil && l.ID == *e.Location {
					got = l.Name
				}
			}
			break
		}
		if got != tt.place {
			t.Errorf("%q: %s in %q, want %q", tt.text, tt.kind, got, tt.place)
		}
	}
}

// An explanation tells why a place was chosen.
func TestExplainPlace(t *testing.T) {
	var b strings.Builder
	if _, err := coder(t).Explain(articleOf(t, "row", "Iraqi jets bombed rebels in Mosul on Tuesday."), &b); err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(b.String(), "\n") {
		if strings.HasPrefix(line, "    place Mosul ") && strings.Contains(line, "(own") && strings.Contains(line, "because of ") {
			return
		}
	}
	t.Errorf("no line tells why it was Mosul:\n%s", b.String())
}

func TestPlaceFits(t *testing.T) {
	place := func(name, country string) *gazetteer.PlaceChoice {
		return &gazetteer.PlaceChoice{Place: gazetteer.Place{Name: name, Country: country}}
	}
	for _, tt := range []struct {
		ours  *gazetteer.PlaceChoice
		spelt string
		gold  *AnnotatedPlace
		want  string
	}{
		{nil, "", nil, rightPlace},
		{place("Mosul", "IRQ"), "", nil, wrongPlace},
		{nil, "", &AnnotatedPlace{"Mosul", "IRQ"}, wrongPlace},
		{place("Mosul", "IRQ"), "", &AnnotatedPlace{"Mosul, Iraq", "IRQ"}, rightPlace},
		{place("Baghouz", "SYR"), "Baghuz", &AnnotatedPlace{"Baghuz", "SYR"}, rightPlace},
		{place("Kirkuk", "IRQ"), "Kirkuk", &AnnotatedPlace{"Mosul", "IRQ"}, rightState},
		{place("Tripoli", "LBN"), "Tripoli", &AnnotatedPlace{"Tripoli", "LBY"}, wrongPlace},
		{place("Persian Gulf", ""), "Gulf", &AnnotatedPlace{"Gulf", ""}, rightPlace},
		{place("Red Sea", ""), "Red Sea", &AnnotatedPlace{"Gulf", ""}, wrongPlace},
	} {
		if got := (&option{place: tt.ours, spelt: tt.spelt}).fits(tt.gold); got != tt.want {
			t.Errorf("%v spelt %q fits %v: %s, want %s", tt.ours, tt.spelt, tt.gold, got, tt.want)
		}
	}
}

// A model of places learns from the acts that a reader marked, one lesson for each, and can be read again.
func TestLearnPlaces(t *testing.T) {
	doc := articleOf(t, "row", "Iraqi jets bombed rebels in Mosul on Tuesday. The jets bombed Mosul again. Iran condemned the attack.")
	lessons := coder(t).LearnPlaces(doc, Annotation{ID: "row", Events: []AnnotatedEvent{
		{ID: "e1", Type: "ASSAULT", Evidence: []string{"Iraqi jets bombed rebels in Mosul", "bombed Mosul again"}, Trigger: []string{"bombed", "bombed"}, Place: &AnnotatedPlace{"Mosul", "IRQ"}},
		{ID: "e2", Type: "ACCUSE", Evidence: []string{"Iran condemned the attack"}, Trigger: []string{"condemned"}},
	}})
	if len(lessons) != 2 || lessons[0].Untold() || !lessons[1].Untold() {
		t.Fatalf("lessons %+v, want one of a place told and one untold", lessons)
	}
	right := map[int]bool{}
	var examples []classify.Example
	for k, x := range lessons[0].Options {
		right[k] = x.Class == rightPlace
		examples = append(examples, x)
	}
	if !right[lessons[0].Rule] || len(right) < 2 {
		t.Errorf("the rules choose option %d of %v, want Mosul among several", lessons[0].Rule, right)
	}
	m := classify.Learn(PlaceClasses(), examples, classify.Settings{Seed: 1, Hidden: 32, Epochs: 60, Rate: 0.1, Seldom: 1})
	if k := lessons[0].Choose(m); !right[k] {
		t.Errorf("what is learnt of one lesson chooses option %d, want one of %v", k, right)
	}
	again, rest, err := classify.Decode(m.AppendTo(nil))
	if err != nil || len(rest) > 0 {
		t.Fatalf("read again: %v, %d bytes left", err, len(rest))
	}
	if k := lessons[0].Choose(again); !right[k] {
		t.Errorf("the model read again chooses option %d, want one of %v", k, right)
	}
}
