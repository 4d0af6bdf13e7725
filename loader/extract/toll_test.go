package extract

import (
	"testing"

	"incidentgraph/schema"
)

// TestTolls reads articles for the dead and wounded of their first attack.
func TestTolls(t *testing.T) {
	c := coder(t)
	for _, tt := range []struct{ text, killed, injured string }{
		{"Gunmen attacked a police post in Quetta on Sunday, killing two officers.", "2", "none"},
		{"A bomb in Mosul killed three soldiers and wounded more than 20 civilians on Monday.", "3", "20+"},
		// Counted by no word for dying.
		{"Rebels hacked to death 24 villagers near Trincomalee on Sunday.", "24", "none"},
		{"Troops shot dead eleven rebels near Tete on Monday.", "11", "none"},
		// Not everybody whom a sentence counts was hurt.
		{"Two hundred soldiers attacked a village in Syria on Monday.", "none", "none"},
		{"Iraqi jets bombed a camp in Mosul on Tuesday, and 3,000 people fled.", "none", "none"},
		{"Indian troops attacked a village in Pakistan on Monday, in a war that has cost 50,000 lives.", "none", "none"},
		{"A British warship was struck by a drone in the Red Sea, the Houthis claimed.", "none", "none"},
		{"Israel bombed Gaza after Hamas killed two soldiers on Monday.", "none", "none"},
		{"India shelled Pakistani posts on Monday in retaliation for the deaths of five soldiers.", "none", "none"},
		{"India shelled Pakistani posts on Monday, killing five soldiers, in retaliation for the deaths of nine.", "5", "none"},
		{"A bomb exploded in Mosul on Monday. More than 400 people were wounded.", "none", "400+"},
	} {
		dead, hurt := "no attack", ""
		for _, e := range c.Extract(articleOf(t, "row", tt.text)).Incidents {
			if e.Type == "ASSAULT" {
				dead, hurt = tollText(e.Killed), tollText(e.Injured)
				break
			}
		}
		if dead != tt.killed || hurt != tt.injured {
			t.Errorf("%q: killed %s, injured %s, want %s, %s", tt.text, dead, hurt, tt.killed, tt.injured)
		}
	}
}

func TestTollFits(t *testing.T) {
	count := func(low, high int) *schema.Toll { return &schema.Toll{Min: low, Max: &high} }
	of := func(n int) *AnnotatedToll { return &AnnotatedToll{Min: &n} }
	for _, tt := range []struct {
		ours *schema.Toll
		gold *AnnotatedToll
		want fit
	}{
		{nil, nil, rightOption},
		{exactly(0), nil, wrongOption},
		{nil, of(0), wrongOption},
		{exactly(0), of(0), rightOption},
		{exactly(11), of(11), rightOption},
		{count(11, 12), of(11), rightOption},
		{exactly(100), of(90), nearOption},
		{exactly(90), of(100), nearOption},
		{exactly(50), of(90), wrongOption},
		{exactly(11), &AnnotatedToll{}, wrongOption},
	} {
		if got := tollFits(tt.ours, tt.gold); got != tt.want {
			t.Errorf("%s fits %v: %d, want %d", tollText(tt.ours), tt.gold, got, tt.want)
		}
	}
}
