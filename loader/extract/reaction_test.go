package extract

import (
	"slices"
	"strings"
	"testing"

	"incidentgraph/loader/article"
	"incidentgraph/schema"
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
		// What is condemned is told here, and not the nearer act of others.
		{"Israel bombed Damascus on Monday. Sweden met Norway in Oslo. Iran condemned Israel for the bombing.", []string{"ACCUSE ASSAULT"}},
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
	r := reading{coder: c, cast: newCast(c), vocabulary: vocabulary{}}
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

// TestSameTold tells which acts may be one happening that is told twice.
func TestSameTold(t *testing.T) {
	event := func(name string) schema.EventType {
		e, ok := schema.EventTypeByName(name)
		if !ok {
			t.Fatal(name)
		}
		return e
	}
	us := &actor{name: "United States", kind: schema.State, country: "USA"}
	trump := &actor{name: "Donald Trump", kind: schema.Person, country: "USA", person: true}
	russia := &actor{name: "Russia", kind: schema.State, country: "RUS"}
	act := func(kind string, from, to *actor) *claim {
		return &claim{event: event(kind), initiators: one(from), targets: one(to)}
	}
	old := act("RETREAT", us, nil)
	old.historical = true
	for _, tt := range []struct {
		name string
		a, b *claim
		want bool
	}{
		{"by a state and its president", act("RETREAT", us, nil), act("RETREAT", trump, nil), true},
		{"by nobody in particular", act("ASSAULT", nil, us), act("ASSAULT", russia, us), true},
		{"by another state", act("RETREAT", us, nil), act("RETREAT", russia, nil), false},
		{"on another state", act("ASSAULT", nil, us), act("ASSAULT", nil, russia), false},
		{"of another type", act("RETREAT", us, nil), act("MOBILIZE", us, nil), false},
		{"long ago", act("RETREAT", us, nil), old, false},
	} {
		if got := sameTold(tt.a, tt.b); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestAkin(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"withdraw", "withdrawal", true}, {"attack", "attack", true}, {"strike", "strike", true}, {"test", "test", true},
		{"attack", "arrest", false}, {"war", "warn", false}, {"ban", "ban", true}, {"bomb", "bombard", true},
	} {
		if got := akin(tt.a, tt.b); got != tt.want {
			t.Errorf("%s and %s: %v, want %v", tt.a, tt.b, got, tt.want)
		}
	}
}

// TestExplainReaction has the explanation tell what an act is a reaction to, and why.
func TestExplainReaction(t *testing.T) {
	var b strings.Builder
	doc := articleOf(t, "row", "Israel bombed Damascus on Monday, killing two soldiers. Iran condemned the bombing on Tuesday.")
	if _, err := coder(t).Explain(doc, &b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"reaction to Israel attacked", "because of "} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the explanation has no %q:\n%s", want, b.String())
		}
	}
}

// TestReactionLessons tells which act is the cause in lessons of what is read and of what is marked.
func TestReactionLessons(t *testing.T) {
	doc := articleOf(t, "row", "Israel bombed Damascus on Monday, killing two soldiers. Iran condemned Israel for the bombing on Tuesday.")
	israel, iran := AnnotatedActor{Name: "Israel", Country: "ISR", Kind: "state"}, AnnotatedActor{Name: "Iran", Country: "IRN", Kind: "state"}
	a := Annotation{ID: "row", Events: []AnnotatedEvent{
		{ID: "e1", Type: "ASSAULT", Evidence: []string{"Israel bombed Damascus"}, Trigger: []string{"bombed"}, Initiators: []AnnotatedActor{israel}},
		{ID: "e2", Type: "ACCUSE", InResponseTo: "e1", Evidence: []string{"Iran condemned Israel"}, Trigger: []string{"condemned"}, Initiators: []AnnotatedActor{iran}, Targets: []AnnotatedActor{israel}},
	}}
	var got ReactionLessons
	coder(t).WithReactions(nil).LearnReactions(doc, a, &got)
	for name, list := range map[string][]ReactionLesson{"read": got.Read, "marked": got.Marked} {
		answers := 0
		for _, l := range list {
			none := len(l.List) - 1
			switch {
			case l.Answers && (l.Cause < 0 || l.Cause == none || !slices.Contains(l.Right, l.Cause)):
				t.Errorf("%s: the cause is %d, right are %v", name, l.Cause, l.Right)
			case !l.Answers && !slices.Equal(l.Right, []int{none}):
				t.Errorf("%s: right are %v of what answers nothing", name, l.Right)
			}
			if l.Answers {
				answers++
			}
		}
		if len(list) != 2 || answers != 1 {
			t.Errorf("%s: %d lessons, %d of answers", name, len(list), answers)
		}
	}
}
