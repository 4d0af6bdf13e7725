package extract

import (
	"slices"
	"strings"
	"testing"

	"incidentgraph/schema"
)

// written gives the sides of a claim as "A,B>C".
func written(c *claim) string {
	side := func(list []*actor) string {
		var names []string
		for _, a := range list {
			names = append(names, a.name)
		}
		return strings.Join(names, ",")
	}
	return side(c.initiators) + ">" + side(c.targets)
}

// sidesIn reads what written gives.
func sidesIn(text string, actors map[string]*actor) (initiators, targets []*actor) {
	from, to, _ := strings.Cut(text, ">")
	side := func(names string) (list []*actor) {
		for name := range strings.SplitSeq(names, ",") {
			if name != "" {
				list = append(list, actors[name])
			}
		}
		return list
	}
	return side(from), side(to)
}

// A claim takes the sides of all edges that are said, and says no more than they do.
func TestAssign(t *testing.T) {
	actors := map[string]*actor{}
	for i, name := range []string{"A", "B", "C", "D", bareTrigger} {
		actors[name] = &actor{key: name, name: name, order: i}
	}
	unlikely := "D>A" // an edge that all have
	for _, c := range []struct{ name, kind, edges, want, where string }{
		{"one edge", "ASSAULT", "A>B", "A>B", bareTrigger},
		{"both initiators to both targets", "ASSAULT", "A>C A>D B>C B>D", "A,B>C,D", bareTrigger},
		{"not everybody did it to everybody", "ASSAULT", "A>C B>D", "A>C; B>D", bareTrigger},
		{"a half beside the whole", "ASSAULT", "A>B A>", "A>B", bareTrigger},
		{"only a half", "ACCUSE", "A>", "A>", bareTrigger},
		{"by nobody in particular", "ASSAULT", ">B", ">B", bareTrigger},
		{"by nobody in particular on two", "ASSAULT", ">B >C", ">B,C", bareTrigger},
		{"two halves of one side each", "ASSAULT", "A> >B", "A>; >B", bareTrigger},
		{"a meeting of three", "CONSULT", "A>B A>C", "A>B,C", bareTrigger},
		{"nothing", "ASSAULT", "", "", bareTrigger},
		{"an act that rules and models are sure of", "ASSAULT", "", unlikely, "assault.txt:1"},
		{"a sure act that has a likely edge", "ASSAULT", "A>B", "A>B", "assault.txt:1"},
	} {
		event, _ := schema.EventTypeByName(c.kind)
		one := &claim{s: &sentence{}, event: event, trigger: &trigger{where: c.where}}
		var all []*edge
		for n, text := range strings.Fields(c.edges) {
			from, to, _ := strings.Cut(text, ">")
			all = append(all, &edge{
				initiator: actors[from], target: actors[to], kind: c.kind, p: 0.9 - 0.01*float64(n),
				support: []support{{claim: one, act: 1, from: 1, to: 1}},
			})
		}
		all = append(all, &edge{initiator: actors["D"], target: actors["A"], kind: c.kind, p: saidThreshold / 2, support: []support{{claim: one, act: 1, from: 1, to: 1}}})
		var got []string
		claims, _ := assign([]*claim{one}, all)
		for _, x := range claims {
			got = append(got, written(x))
		}
		if text := strings.Join(got, "; "); text != c.want {
			t.Errorf("%s: claims %q, want %q", c.name, text, c.want)
		}
	}
}

// A claim takes no side that did it elsewhere, and is far less likely here than who did it here.
func TestAlongside(t *testing.T) {
	a, b, v := &actor{key: "A", name: "A"}, &actor{key: "B", name: "B", order: 1}, &actor{key: "V", name: "V", order: 2}
	event, _ := schema.EventTypeByName("ASSAULT")
	for _, tt := range []struct {
		name string
		also float64 // how likely either is the initiator where the other is
		want string
	}{{"each for himself", 0.3, "A>V; B>V"}, {"both together", 0.8, "A,B>V; A,B>V"}} {
		one := &claim{s: &sentence{}, token: 1, event: event, trigger: &trigger{}}
		two := &claim{s: &sentence{index: 1}, token: 1, event: event, trigger: &trigger{}}
		at := func(c *claim, from float64) support { return support{claim: c, act: 0.9, from: from, to: 0.9} }
		all := []*edge{
			{initiator: a, target: v, kind: event.Name, p: 0.8, support: []support{at(one, 0.9), at(two, tt.also)}},
			{initiator: b, target: v, kind: event.Name, p: 0.8, support: []support{at(two, 0.9), at(one, tt.also)}},
		}
		var got []string
		claims, _ := assign([]*claim{one, two}, all)
		for _, c := range claims {
			slices.SortFunc(c.initiators, func(x, y *actor) int { return x.order - y.order })
			got = append(got, written(c))
		}
		if text := strings.Join(got, "; "); text != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, text, tt.want)
		}
	}
}

// What the actors of one phrase did each of them did, and nobody else.
func TestLevel(t *testing.T) {
	a, b, v := &actor{key: "A"}, &actor{key: "B"}, &actor{key: "V"}
	both, other := &mention{actors: []*actor{a, b}}, &mention{actors: []*actor{v}}
	for _, tt := range []struct {
		name  string
		first *mention // that names the likelier initiator
		want  float64
	}{{"one phrase", both, 0.9}, {"two phrases", &mention{actors: []*actor{a}}, 0.3}} {
		c := &claim{}
		edgeOf := func(who *actor, m *mention, p float64) *edge {
			return &edge{initiator: who, target: v, p: p, support: []support{{claim: c, initiator: &stake{candidate: candidate{mention: m}}, target: &stake{candidate: candidate{mention: other}}}}}
		}
		all := []*edge{edgeOf(a, tt.first, 0.9), edgeOf(b, both, 0.3)}
		level(all)
		if all[0].p != 0.9 || all[1].p != tt.want {
			t.Errorf("%s: %.1f and %.1f, want 0.9 and %.1f", tt.name, all[0].p, all[1].p, tt.want)
		}
	}
}

// What each did for himself does not become one act of both by way of a claim that names both; what an attack hit is told
// one by one.
func TestNestSides(t *testing.T) {
	actors := map[string]*actor{}
	for _, name := range strings.Fields("A B C V W") {
		actors[name] = &actor{key: name, name: name}
	}
	for _, tt := range []struct {
		kind, one, other string
		apart            int // sentences
		want             bool
	}{
		{"ASSAULT", "A>V", "A>V", 9, true},
		{"ASSAULT", "A>V", "A,B>V", 9, true},
		{"ASSAULT", ">V", "A>V", 9, true},
		{"ASSAULT", "A,B>V", "B,C>V", 1, false},
		{"ASSAULT", "A>V,W", "A>W", 9, true},
		{"ASSAULT", "A>V", "A>W", 9, false},
		{"ASSAULT", "A>V", "A>W", 1, true},
		{"CONSULT", "A>B", "B>A,C", 9, true},
		{"CONSULT", "A>B", "A>C", 1, false},
	} {
		event, _ := schema.EventTypeByName(tt.kind)
		read := func(text string, number int) *claim {
			c := &claim{event: event, s: &sentence{number: number}}
			c.initiators, c.targets = sidesIn(text, actors)
			return c
		}
		a, b := read(tt.one, 0), read(tt.other, tt.apart)
		if got := nestSides(a, b); got != tt.want || nestSides(b, a) != got {
			t.Errorf("%s and %s, %d sentences apart: %t, want %t", tt.one, tt.other, tt.apart, got, tt.want)
		}
	}
}

// A word tells a second side sooner than a second act.
func TestBeside(t *testing.T) {
	support := []support{{claim: &claim{}}}
	best := &edge{kind: "ASSAULT", p: 0.9, support: support}
	for _, tt := range []struct {
		kind string
		p    float64
		want bool
	}{{"ASSAULT", 0.9, true}, {"ASSAULT", 0.6, true}, {"ASSAULT", 0.5, false}, {"ACCUSE", 0.8, true}, {"ACCUSE", 0.7, false}} {
		if got := (&edge{kind: tt.kind, p: tt.p, support: support}).beside(best); got != tt.want {
			t.Errorf("%s of %.1f beside %s of %.1f: %t, want %t", tt.kind, tt.p, best.kind, best.p, got, tt.want)
		}
	}
}

// What is said of a sentence: who did it by far most likely, of those who did the same to the same; and of an act that is
// sure, but none of whose edges is likely enough, whom the sentence names.
func TestJudge(t *testing.T) {
	a, b, v := &actor{key: "A", name: "A"}, &actor{key: "B", name: "B", order: 1}, &actor{key: "V", name: "V", order: 2}
	here := &mention{}
	s := &sentence{}
	at := func(token int, act float64, i, t *stake) []support {
		return []support{{claim: &claim{s: s, token: token, trigger: &trigger{}}, act: act, from: 0.9, to: 0.9, initiator: i, target: t}}
	}
	named := func(a *actor) *stake { return &stake{candidate: candidate{actor: a, mention: here}} }
	unnamed := func(a *actor) *stake { return &stake{candidate: candidate{actor: a}} }
	for _, tt := range []struct {
		name string
		all  []*edge
		want []bool
	}{
		{"two by two words", []*edge{
			{initiator: a, target: v, kind: "ASSAULT", p: 0.6, support: at(1, 0.9, named(a), named(v))},
			{initiator: b, target: v, kind: "ASSAULT", p: 0.5, support: at(5, 0.9, named(b), named(v))},
		}, []bool{true, true}},
		{"one far less likely", []*edge{
			{initiator: a, target: v, kind: "ASSAULT", p: 0.6, support: at(1, 0.9, named(a), named(v))},
			{initiator: b, target: v, kind: "ASSAULT", p: 0.3, support: at(5, 0.3, named(b), named(v))},
		}, []bool{true, false}},
		{"a guess at somebody from elsewhere", []*edge{
			{initiator: a, target: v, kind: "ASSAULT", p: 0.1, support: at(1, 0.9, unnamed(a), named(v))},
			{target: v, kind: "ASSAULT", p: 0.01, support: at(1, 0.9, nil, named(v))},
		}, []bool{false, true}},
		{"a guess at somebody named", []*edge{
			{initiator: a, target: v, kind: "ASSAULT", p: 0.1, support: at(1, 0.9, named(a), named(v))},
			{target: v, kind: "ASSAULT", p: 0.01, support: at(1, 0.9, nil, named(v))},
		}, []bool{true, false}},
	} {
		judge(tt.all)
		for n, e := range tt.all {
			if e.said != tt.want[n] {
				t.Errorf("%s: edge %d said %t", tt.name, n, e.said)
			}
		}
	}
}

// Two claims of one happening become one only where that says no more than the models hold for told.
func TestSayable(t *testing.T) {
	actors := map[string]*actor{}
	for i, name := range []string{"A", "B", "C", "D"} {
		actors[name] = &actor{key: name, name: name, order: i}
	}
	event, _ := schema.EventTypeByName("ASSAULT")
	s := coder(t).read(document(t, "France attacked Mali.", "2018-01-17"), false, nil).sentences[0]
	for _, c := range []struct {
		name, claims, said string
		want               int
	}{
		{"the same", "A>B A>B", "A>B", 1},
		{"a second target", "A>B A>B,C", "A>B A>C", 1},
		{"a second target of one of two", "A,D>B A>B,C", "A>B A>C D>B", 2},
		{"two of two", "A,D>B A>B,C", "A>B A>C D>B D>C", 1},
		{"one by what another has added", "A>B A>C A>B,C", "A>B A>C", 1},
		{"by the rules, which hold everything for told", "A,D>B A>B,C", "", 1},
	} {
		r := &reading{coder: coder(t)}
		for _, edge := range strings.Fields(c.said) {
			if r.said == nil {
				r.said = map[edgeKey]bool{}
			}
			from, to, _ := strings.Cut(edge, ">")
			r.said[edgeKey{actors[from], actors[to], "ASSAULT"}] = true
		}
		for _, text := range strings.Fields(c.claims) {
			x := &claim{s: s, token: 1, event: event, trigger: &trigger{}}
			x.initiators, x.targets = sidesIn(text, actors)
			r.claims = append(r.claims, x)
		}
		if r.merge(); len(r.claims) != c.want {
			t.Errorf("%s: %d claims, want %d", c.name, len(r.claims), c.want)
		}
	}
}

// What the text denies is not told, however likely the models hold it.
func TestDenied(t *testing.T) {
	for _, tt := range []struct {
		text, word, kind string
		want             bool
	}{
		{"Iran has never attacked Israel.", "attacked", "ASSAULT", true},
		{"Nobody attacked the army of Kenya.", "attacked", "ASSAULT", true},
		{"No one has condemned the raid.", "condemned", "ACCUSE", true},
		{"Iran attacked Israel.", "attacked", "ASSAULT", false},
		{"Iran has not signed the treaty.", "signed", "REJECT", false},
		{"Not only did Iran attack Iraq, it also attacked Syria.", "attack", "ASSAULT", false},
		{"Iran may attack Israel.", "attack", "ASSAULT", true},
		{"Without attacking Iraq, Iran had its way.", "attacking", "ASSAULT", true},
		{"Iran failed to attack Israel.", "attack", "ASSAULT", true},
		{"Norway stopped short of condemning Russia.", "condemning", "ACCUSE", true},
		{"Norway lifted its sanctions on Russia.", "sanctions", "SANCTION", true},
		{"The sanctions on Russia were lifted.", "sanctions", "SANCTION", true},
		{"Norway tightened its sanctions on Russia.", "sanctions", "SANCTION", false},
		{"Norway never failed to condemn Russia.", "condemn", "ACCUSE", false},
	} {
		r := coder(t).read(document(t, tt.text, "2024-01-17"), false, nil)
		s := r.sentences[0]
		for i := range s.tokens {
			if s.tokens[i].Text == tt.word {
				if got := r.denied(s, i, tt.kind); got != tt.want {
					t.Errorf("%s %s: denied %v", tt.text, tt.kind, got)
				}
			}
		}
	}
}

// What several do to each other is told both ways.
func TestReciprocal(t *testing.T) {
	for _, tt := range []struct {
		text, kind string
		want       []string
	}{
		{"Armenia and Azerbaijan accused each other of breaking the ceasefire.", "ACCUSE", []string{"Armenia>Azerbaijan", "Azerbaijan>Armenia"}},
		{"Armenia and Azerbaijan attacked one another on Friday.", "ASSAULT", []string{"Armenia>Azerbaijan", "Azerbaijan>Armenia"}},
		{"Israel exchanged fire with Hezbollah on Friday.", "ASSAULT", []string{"Hezbollah>Israel", "Israel>Hezbollah"}},
		{"Indian and Pakistani troops fired at each other across the border.", "ASSAULT", []string{"Indian Army>Pakistan Army", "Pakistan Army>Indian Army"}},
		{"Armenia accused Azerbaijan of breaking the ceasefire.", "ACCUSE", []string{"Armenia>Azerbaijan"}},
		{"Armenia accused Azerbaijan of one attack after another.", "ACCUSE", []string{"Armenia>Azerbaijan"}},
	} {
		g := coder(t).Extract(articleOf(t, "row", tt.text))
		names := map[string]string{}
		for _, a := range g.Actors {
			names[a.ID] = a.Name
		}
		var got []string
		for _, e := range g.Incidents {
			for _, i := range e.Initiators {
				for _, x := range e.Targets {
					if e.Type == tt.kind {
						got = append(got, names[i]+">"+names[x])
					}
				}
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q: %s %q, want %q", tt.text, tt.kind, got, tt.want)
		}
	}
}

// actsIn gives those of the claims that the coder makes of a text that only picks, as "TYPE initiators>targets", sorted.
func actsIn(t *testing.T, c *Coder, text string, only func(*claim) bool) string {
	var out []string
	for _, x := range c.read(document(t, text, "2001-05-04"), false, nil).claims {
		if only(x) {
			out = append(out, x.event.Name+" "+written(x))
		}
	}
	slices.Sort(out)
	return strings.Join(out, "; ")
}

// Who condemns an act told by a noun did not do it, nor does he condemn whom it struck; who says that he will do what is hostile
// threatens to; who denies a deed refuses those nothing whom it helped; who lost his own did not strike them. Who only tells of an act,
// or judges a text that tells it, has not done it, and for whom people march they do not march against.
func TestSidesByTheParse(t *testing.T) {
	c := coder(t)
	for _, tt := range []struct{ text, want string }{
		{"The Vatican expressed concern at the arrest of two priests in Guatemala.", "ACCUSE Vatican>Guatemala; COERCE >priests"},
		{"Iran condemned the bombing of Syria by Israel.", "ACCUSE Iran>Israel; ASSAULT Israel>Syria"},
		{"Palestinian leaders said they would boycott all official contact with the United States.", "THREATEN Palestinian leaders>United States"},
		{"Tokyo would retaliate if Washington imposed 300 mln dlrs in tariffs, Minister Hajime Tamura said.", "THREATEN Japan,Hajime Tamura>United States"},
		{"India recalled its envoy from Pakistan after the killing of five Indian soldiers.", "ASSAULT >Indian Army; SANCTION India>Pakistan"},
		{"Israel reimposed blockades following the shooting of two Israelis a day earlier.", "ASSAULT >Israelis; COERCE Israel>Israelis"},
		{"Sudan's army carried out the killing of 20 Sudanese civilians.", "ASSAULT Sudanese Armed Forces>Sudanese civilians"},
		{"Iran said it would never bomb Israel.", ""},
		{"Rwanda denied arming the rebels of M23.", "AID Rwanda>M23; REJECT Rwanda>"},
		{"Turkey said it had bombed Kurdish rebels in Iraq.", "ASSAULT Turkey>Kurdish rebels"},
		{"Hamas officials said 15 people were killed in a strike on a house in Gaza.", "ASSAULT >people"},
		{"Iran agreed to extend the talks, EU envoy Enrique Mora said.", "AGREE Iran>"},
		{"Syria condemned the U.S. decision to impose sanctions on its officials.", "ACCUSE Syria>United States; SANCTION United States>Syrian officials"},
		{"Thousands of people rallied in Tbilisi in support of Ukraine.", "PROTEST people>"},
		{"Students in Tehran protested against the death of Mahsa Amini.", "PROTEST Students>"},
		{"Abu Hamza was deported to Jordan.", "COERCE >Abu Hamza"},
		{"A suicide bomber killed 12 soldiers in Mogadishu. Al Shabaab claimed responsibility.", "ASSAULT al-Shabaab>Somali soldiers"},
		{"Mexico granted asylum to former Bolivian President Evo Morales.", "AID Mexico>Evo Morales"},
		{"Britain and Canada condemned the arrest of Alexei Navalny.", "ACCUSE United Kingdom,Canada>; COERCE >Alexei Navalny"},
		{"U.S. and Chinese officials met in Beijing.", "CONSULT Chinese officials>U.S. officials"},
		{"Emmanuel Macron and Olaf Scholz met Vladimir Putin in Moscow.", "CONSULT Emmanuel Macron,Olaf Scholz>Vladimir Putin"},
		{"Vladimir Putin, Recep Tayyip Erdogan and Ebrahim Raisi met in Tehran.", "CONSULT Vladimir Putin>Recep Tayyip Erdoğan,Ebrahim Raisi"},
		{"Iran and Iraq held talks with Turkey on water.", "CONSULT Iraq,Iran>Turkey"},
		{"Iran held talks with Iraq and Turkey on water.", "CONSULT Iran>Iraq,Turkey"},
		{"China and Russia signed an agreement with Mongolia.", "SUPPORT China,Russia>Mongolia"},
		{"Kuwait asked four countries, including Britain and China, for flags.", "REQUEST Kuwait>China,United Kingdom"},
		{"Australia condemns the horrific attacks in Sri Lanka.", "ACCUSE Australia>; ASSAULT >Sri Lanka"},
		{"U.S. forces conducted an airstrike against al-Shabaab. No civilians were injured.", "ASSAULT US military>al-Shabaab"},
		{"Philip Hammond welcomed Polish Foreign Minister Witold Waszczykowski to London.", "CONSULT Philip Hammond>Witold Waszczykowski"},
		{"Britain has provided food to families displaced by the Taliban.", "AID United Kingdom>families; COERCE Taliban>families"},
		{"Secretary John Kerry will travel to Geneva to meet with Foreign Minister Lavrov of Russia.", "AGREE John Kerry>Sergei Lavrov"},
		{"Spain expelled the Libyan ambassador for plotting.", "SANCTION Spain>Libyan ambassador"},
		{"The United States fired missiles at a Syrian base in retaliation for an attack that killed 80 civilians.", "ASSAULT >civilians; ASSAULT United States>Syria"},
		{"Russia carried out its first air strikes in Syria on Wednesday.", "ASSAULT Russia>Syria"},
		{"About 150 Palestinian prisoners will be released by Israel.", ""},
		{"Boris Johnson denounced the use of a nerve agent in Salisbury.", "ACCUSE Boris Johnson>"},
		{"A drone attack in the capital of the United Arab Emirates killed three people on Monday.", "ASSAULT >people"},
		{"Poland has expelled Russian diplomats in solidarity with Britain.", "SANCTION Poland>Russian diplomats; SUPPORT Poland>United Kingdom"},
		{"Israel and the United Arab Emirates have agreed to normalise relations in a deal announced by Donald Trump.", "AGREE Israel>United Arab Emirates"},
		{"Saudi Arabia welcomed the decision, while Iran condemned it.", "ACCUSE Iran>Saudi Arabia; SUPPORT Saudi Arabia>"},
		{"Poland, along with Lithuania and Latvia, expelled three Russian diplomats.", "SANCTION Lithuania,Latvia,Poland>Russian diplomats"},
		{"Japan, together with South Korea and Australia, imposed sanctions on North Korea.", "SANCTION Japan,South Korea,Australia>North Korea"},
		{"Rwandan troops fought alongside M23 against the Congolese army.", "COOPERATE Rwandan troops>M23"},
		{"Turkey expressed regret over the death of a Russian pilot.", "SUPPORT Turkey>Russian pilot"},
		{"The House voted to give Ukraine 14 billion dollars in aid.", "AID House>Ukraine"},
		{"Germany and France pledged to help Ukraine rebuild its power plants.", "AGREE France,Germany>Ukraine"},
		{"Sergei Lavrov warned that Americans had taken dangerous unilateral steps in Syria.", "ACCUSE Sergei Lavrov>United States"},
		{"Berlin warned Paris that militants planned an attack on the railways.", ""},
		{"North Korea warned that it would turn Seoul into ashes.", "THREATEN North Korea>South Korea"},
	} {
		if got := actsIn(t, c, tt.text, func(*claim) bool { return true }); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.text, got, tt.want)
		}
	}
}

// Of the sides of a mutual act that one comes first that the text has act.
func TestLeadersFirst(t *testing.T) {
	c := coder(t)
	for _, tt := range []struct{ text, want string }{
		{"Syria offered its troops to Lebanon's new president, Elias Hrawi.", "AGREE Syria>Elias Hrawi"},
		{"Iraq said it would allow the United Nations to return.", "AGREE Iraq>United Nations"},
		{"Taiwan's foreign minister visited Russia on Monday.", "CONSULT foreign minister>Russia"},
		{"Talks were held between Iran and Turkey.", "CONSULT Iran>Turkey"},
		{"Talks were held between Turkey and Iran.", "CONSULT Turkey>Iran"},
		{"North Korea rejected a South Korean offer of rice.", "AGREE South Korea>North Korea"},
		{"In a message to Iran, Turkey agreed to sign an accord with Tehran.", "AGREE Turkey>Iran"},
	} {
		if got := actsIn(t, c, tt.text, func(x *claim) bool { return x.event.Mutual }); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.text, got, tt.want)
		}
	}
}
