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
		{"No one was hurt.", "-", "0"},
		{"Her husband was killed in Mosul.", "1", "-"},
		{"They killed my mother at a checkpoint.", "1", "-"},
		{"She died in the blast.", "1", "-"},
		{"A senior commander was killed and his driver was wounded.", "1", "1"},
		{"The raid killed a family of farmers.", "-", "-"},
		{"The raid killed a family of seven.", "7", "-"},
		{"Rockets killed between nine and 50 civilians.", "9-50", "-"},
		{"Tens of thousands of fighters have been killed.", "20000+", "-"},
		{"Hundreds of thousands of people were killed.", "200000+", "-"},
		{"Up to 200 advancing Russian mercenaries were killed.", "200", "-"},
		{"The army killed or wounded 1,200 men.", "-", "-"},
		{"The army suffered 3,000 casualties.", "-", "-"},
		{"There were no casualties.", "0", "0"},
		{"Dozens died in the massacre of 1982.", "24+", "-"},
		{"The massacre of 1982 killed many.", "-", "-"},
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
