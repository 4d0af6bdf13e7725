package extract

import (
	"slices"
	"testing"
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
