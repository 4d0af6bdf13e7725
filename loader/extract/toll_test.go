package extract

import (
	"fmt"
	"testing"

	"incidentgraph/loader/article"
	"incidentgraph/schema"
)

func tollText(t *schema.Toll) string {
	switch {
	case t == nil:
		return "-"
	case t.Max == nil:
		return fmt.Sprintf("%d+", t.Min)
	case *t.Max == t.Min:
		return fmt.Sprint(t.Min)
	}
	return fmt.Sprintf("%d-%d", t.Min, *t.Max)
}

func TestDeaths(t *testing.T) {
	c := coder(t)
	for _, tt := range []struct{ text, killed, injured string }{
		{"At least two people were killed in the raid.", "2+", "-"},
		{"The blast killed more than 90 people.", "90+", "-"},
		{"Dozens of villagers died.", "24+", "-"},
		{"The shelling killed 11 soldiers and wounded twenty-two civilians.", "11", "22"},
		{"Three children were injured.", "-", "3"},
		{"The siege claimed 1,500 lives.", "1500", "-"},
		{"The ministry reported the death of two children and injuries to three girls.", "2", "3"},
		{"No one was hurt.", "-", "-"},
		{"Five tanks were destroyed.", "-", "-"},
	} {
		r := reading{coder: c, cast: newCast(c)}
		s := newSentence(article.Sentence{End: len(tt.text)}, 0, c.model.Parse(tt.text, 0))
		s.cast = r.cast
		s.mentions = c.mentionsOf(tt.text, s)
		var killed, injured *schema.Toll
		for _, f := range r.deaths(s) {
			killed, injured = widest(killed, f.killed), widest(injured, f.injured)
		}
		if got := tollText(killed); got != tt.killed {
			t.Errorf("%q: killed %s, want %s", tt.text, got, tt.killed)
		}
		if got := tollText(injured); got != tt.injured {
			t.Errorf("%q: injured %s, want %s", tt.text, got, tt.injured)
		}
	}
}
