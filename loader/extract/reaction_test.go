package extract

import (
	"slices"
	"testing"

	"incidentgraph/loader/article"
)

func TestReactions(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []string // type of the reaction, type of what it is about
	}{
		{"Israel bombed Damascus on Monday, killing two soldiers. Iran condemned the bombing on Tuesday.", []string{"ACCUSE ASSAULT"}},
		{"The United States condemned Russia for attacking Ukraine.", []string{"ACCUSE ASSAULT"}},
		{"Turkey arrested three journalists in Ankara on Monday. Germany demanded that Turkey release them.", []string{"REQUEST COERCE"}},
		{"Iran urged Iraq on Monday to release two sailors. Iraq rejected the request.", []string{"REJECT REQUEST"}},
		{"The United States withdrew its troops from Syria. Russia thanked the United States for the withdrawal.", []string{"SUPPORT RETREAT"}},
		{"Police in Cairo arrested 20 protesters after they marched on the palace.", []string{"COERCE PROTEST"}},
		{"Gunmen killed 12 people in Kerman on Monday. Russia expressed condolences to Iran over the attack.", []string{"SUPPORT ASSAULT"}},
		{"Militants bombed a bus in Quetta on Monday. Pakistan vowed revenge for the bombing.", []string{"THREATEN ASSAULT"}},
		{"Russia invaded Ukraine on Monday. In response, the United States imposed sanctions on Russia.", []string{"SANCTION ASSAULT"}},
		{"Iran attacked a base in Iraq on Monday. Iraq recalled its ambassador from Tehran over the attack.", []string{"SANCTION ASSAULT"}},
		{"Turkey arrested an American pastor on Monday. The US secretary of state and the Turkish foreign minister discussed the arrest in Ankara.", []string{"CONSULT COERCE"}},
		{"North Korea tested a missile on Monday. Japan protested against the test. The United States called on North Korea to stop.", []string{"ACCUSE MOBILIZE", "REQUEST MOBILIZE"}},
		{"Iraq attacked Iran near Basra on Monday. Iran said its forces had repulsed the attack.", []string{"ASSAULT ASSAULT"}},
		{"Saudi Arabia bombed Sanaa on Monday. Sweden met Norway in Oslo.", nil},
		// One's own next attack answers nobody.
		{"Russia attacked Ukraine near Kharkiv on Monday. Russia attacked Poland on Tuesday.", nil},
		// What is past may be condemned, but does not answer the news.
		{"In 2003 France condemned the United States. On Monday Russia attacked Ukraine.", nil},
		{"China met Japan in Tokyo on Monday. Japan trained soldiers in Kenya in December.", nil},
	} {
		g := coder(t).Extract(articleOf(t, "row", tt.text))
		kinds := map[string]string{}
		for _, e := range g.Incidents {
			kinds[e.ID] = e.Type
		}
		var got []string
		for _, e := range g.Incidents {
			for _, id := range e.InResponseTo {
				got = append(got, e.Type+" "+kinds[id])
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q: %q, want %q; found %s", tt.text, got, tt.want, short(g))
		}
	}
}

// TestReactionsAreBounded has an act told ever again and others beside it: work may grow with the acts only.
func TestReactionsAreBounded(t *testing.T) {
	c := coder(t)
	work := func(n int) float64 {
		told := make([]telling, n)
		for i := range told {
			told[i] = telling{claim: &claim{order: i}}
		}
		pairs := 0
		for i := range told {
			each(n, i, func(int) { pairs++ })
		}
		return float64(pairs) / float64(n)
	}
	if most := float64(reactionFirst + 2*reactionReach + 1); work(5000) > most {
		t.Errorf("%.0f acts are compared with each, want at most %.0f", work(5000), most)
	}
	s := newSentence(article.Sentence{End: 4}, 0, c.model.Parse("Stop", 0))
	a := &claim{s: s, trigger: &trigger{}}
	for range 1000 {
		a.others = append(a.others, &claim{s: s, trigger: a.trigger})
	}
	r := reading{coder: c, cast: newCast(c)}
	if got := r.telling(a); len(got.parts) != tellingParts || got.mentions != 1001 {
		t.Errorf("%d of %d mentions are looked at, want %d", len(got.parts), got.mentions, tellingParts)
	}
}

// TestDeplored tells which act a condemnation that names none is of.
func TestDeplored(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"Israel bombed Damascus on Monday. Iran condemned the act.", "Israel"},
		{"Israel bombed Damascus on Monday. Iran condemned the terrorist attack.", ""}, // no state's
	} {
		g := coder(t).Extract(articleOf(t, "row", tt.text))
		got := ""
		for _, e := range g.Incidents {
			for _, id := range e.InResponseTo {
				for _, o := range g.Incidents {
					if o.ID == id && e.Type == "ACCUSE" && len(o.Initiators) > 0 {
						got = o.Initiators[0]
					}
				}
			}
		}
		if tt.want == "Israel" && got != "ISR" || tt.want == "" && got == "ISR" {
			t.Errorf("%q: of %q, want %q; found %s", tt.text, got, tt.want, short(g))
		}
	}
}
