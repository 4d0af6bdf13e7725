package extract

import "testing"

// TestDays reads articles of Wednesday 17 January 2024 for the day of their first act of a type.
func TestDays(t *testing.T) {
	c := coder(t)
	for _, tt := range []struct{ text, kind, date string }{
		{"Iraqi jets bombed rebels in Mosul on Tuesday.", "ASSAULT", "2024-01-16"},
		{"Iraqi jets bombed rebels in Mosul.", "ASSAULT", "2024-01-17"},
		{"Yesterday two jets specialised in the bombing of towns, a MiG and a Sukhoi, attacked Iranian troops in Basra.", "ASSAULT", "2024-01-16"},
		// A day of another act is none of this one.
		{"Canada condemned Iran, which attacked Iraq last March.", "ACCUSE", "2024-01-17"},
		{"Canada condemned Iran, which attacked Iraq last March.", "ASSAULT", "2023-03"},
		{"Iran attacked Iraq in 2019. Canada condemned Iran on Monday.", "ACCUSE", "2024-01-15"},
	} {
		got := "nothing"
		for _, e := range c.Extract(articleOf(t, "row", tt.text)).Incidents {
			if e.Type != tt.kind {
				continue
			}
			got = e.Date
			break
		}
		if got != tt.date {
			t.Errorf("%q: %s on %q, want %q", tt.text, tt.kind, got, tt.date)
		}
	}
}

func TestDayFits(t *testing.T) {
	for _, tt := range []struct {
		ours *moment
		gold string
		want fit
	}{
		{nil, "", rightOption},
		{&moment{year: 2024}, "", wrongOption},
		{nil, "2024", wrongOption},
		{&moment{year: 2024, month: 1, day: 16}, "2024-01-16", rightOption},
		{&moment{year: 2024, month: 1, day: 16}, "2024-01", rightOption},
		{&moment{year: 2024, month: 1}, "2024-01-16", nearOption},
		{&moment{year: 2024, month: 1, day: 17}, "2024-01-16", nearOption},
		{&moment{year: 2024}, "2024-01-16", nearOption},
		{&moment{year: 2024, month: 2, day: 16}, "2024-01-16", wrongOption},
	} {
		if got := tt.ours.fits(tt.gold); got != tt.want {
			t.Errorf("%s fits %q: %d, want %d", whenText(tt.ours), tt.gold, got, tt.want)
		}
	}
}
