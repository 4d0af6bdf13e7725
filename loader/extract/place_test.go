package extract

import (
	"testing"

	"incidentgraph/loader/gazetteer"
)

// TestPlaces reads articles of Wednesday 17 January 2024 for the place of their first act of a type.
func TestPlaces(t *testing.T) {
	c := coder(t)
	for _, tt := range []struct{ text, kind, place string }{
		{"Iraqi jets bombed rebels in Mosul on Tuesday.", "ASSAULT", "Mosul"},
		{"Rebels from Mosul shelled soldiers in Kirkuk on Tuesday.", "ASSAULT", "Kirkuk"},
		{"Sergei Lavrov met Wang Yi in Beijing on Tuesday.", "CONSULT", "Beijing"},
		{"Sergei Lavrov met Wang Yi in northern Italy last month.", "CONSULT", "northern Italy"},
		{"US forces bombed rebels in eastern Syria last week, a spokesman in London said.", "ASSAULT", "eastern Syria"},
		{"Houthi fighters seized the Red Sea port of Hodeidah on Tuesday.", "ASSAULT", "Hodeidah"},
		{"UNITA rebels attacked Luanda on Monday.", "ASSAULT", "Luanda"},
		{"War news\n\nBAGHDAD, Jan 16 - Three U.S. soldiers were killed by a bomb on Tuesday.", "ASSAULT", "Baghdad"},
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

func TestPlaceFits(t *testing.T) {
	place := func(name, country string) *gazetteer.PlaceChoice {
		return &gazetteer.PlaceChoice{Place: gazetteer.Place{Name: name, Country: country}}
	}
	for _, tt := range []struct {
		ours  *gazetteer.PlaceChoice
		spelt string
		gold  *AnnotatedPlace
		want  fit
	}{
		{nil, "", nil, rightOption},
		{place("Mosul", "IRQ"), "", nil, wrongOption},
		{nil, "", &AnnotatedPlace{"Mosul", "IRQ"}, wrongOption},
		{place("Mosul", "IRQ"), "", &AnnotatedPlace{"Mosul, Iraq", "IRQ"}, rightOption},
		{place("Baghouz", "SYR"), "Baghuz", &AnnotatedPlace{"Baghuz", "SYR"}, rightOption},
		{place("Kirkuk", "IRQ"), "Kirkuk", &AnnotatedPlace{"Mosul", "IRQ"}, nearOption},
		{place("Tripoli", "LBN"), "Tripoli", &AnnotatedPlace{"Tripoli", "LBY"}, wrongOption},
		{place("Persian Gulf", ""), "Gulf", &AnnotatedPlace{"Gulf", ""}, rightOption},
		{place("Red Sea", ""), "Red Sea", &AnnotatedPlace{"Gulf", ""}, wrongOption},
	} {
		if got := (placing{place: tt.ours, spelt: tt.spelt}).fits(tt.gold); got != tt.want {
			t.Errorf("%v spelt %q fits %v: %d, want %d", tt.ours, tt.spelt, tt.gold, got, tt.want)
		}
	}
}
