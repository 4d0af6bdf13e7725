package extract

import (
	"testing"
	"time"
)

func TestMoments(t *testing.T) {
	model := coder(t).model
	published := time.Date(2024, 1, 17, 0, 0, 0, 0, time.UTC) // a Wednesday
	for _, tt := range []struct{ text, want string }{
		{"The strike hit the town on Tuesday.", "2024-01-16"},
		{"The talks opened on Wednesday.", "2024-01-17"},
		{"The talks opened on Thursday.", "2024-01-11"},
		{"Rebels fired rockets yesterday.", "2024-01-16"},
		{"The minister arrived today.", "2024-01-17"},
		{"He spoke late last night.", "2024-01-16"},
		{"The raid in mid-December killed eleven.", "2023-12"},
		{"They met on January 16, 2024 in Davos.", "2024-01-16"},
		{"They met on 5 December 2019 in Paris.", "2019-12-05"},
		{"They met on the 3rd of November.", "2023-11-03"},
		{"The envoy was expelled in March.", "2023-03"},
		{"The two fought a war in 2006.", "2006"},
		{"The border has been shut since 1994.", "1994"},
		{"The attack came three days ago.", "2024-01-14"},
		{"The attack came two months ago.", "2023-11"},
		{"The pact was signed last year.", "2023"},
		{"The pact was signed last month.", "2023-12"},
		{"Hours before the meeting, jets struck the camp.", "2024-01-17"},
		{"They may march on the capital.", ""},
		{"About 2006 soldiers marched.", ""},
	} {
		s := model.Parse(tt.text, 0)
		got := ""
		for _, m := range moments(s.Tokens, published) {
			got = m.String()
			break
		}
		if got != tt.want {
			t.Errorf("%q: %q, want %q", tt.text, got, tt.want)
		}
	}
	// Without a day of publication only absolute dates are known.
	for _, tt := range []struct{ text, want string }{
		{"They met on Tuesday.", ""},
		{"They met in March.", ""},
		{"They met on January 16, 2024.", "2024-01-16"},
	} {
		got := ""
		for _, m := range moments(model.Parse(tt.text, 0).Tokens, time.Time{}) {
			got = m.String()
		}
		if got != tt.want {
			t.Errorf("undated %q: %q, want %q", tt.text, got, tt.want)
		}
	}
}
