package extract

import (
	"fmt"
	"slices"
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
		{"The army said 2,000 troops had been killed, wounded or captured.", "-", "-"},
		{"Scores were killed and wounded in the raid.", "-", "-"},
		{"Scores were killed and 24 people were wounded in the raid.", "40+", "24"},
		{"The group lost more than 1,500 men in the town.", "1500+", "-"},
		{"The group lost more than 1,500 tanks in the town.", "-", "-"},
		{"The police fear 850 men who had not been killed.", "-", "-"},
		{"They made an attempt to kill the commander.", "-", "-"},
		{"They came to kill the commander.", "1", "-"},
		{"A young couple was killed by a mine.", "2", "-"},
		{"A couple of soldiers were killed by a mine.", "2", "-"},
		{"The ministry said 120 soldiers and a general had been killed.", "121", "-"},
		{"There were no casualties.", "0", "0"},
		{"Two were killed and five wounded.", "2", "5"},
		{"Six soldiers were killed, 12 injured and three are missing.", "6", "12"},
		{"The bombing left 12 dead and 30 injured.", "12", "30"},
		{"The toll climbed to 12 dead and 40 injured.", "12", "40"},
		{"There were at least 20 dead.", "20+", "-"},
		{"Five wounded soldiers were brought to the town.", "-", "-"},
		{"The attack was a barbaric act that cost up to 75 lives.", "75", "-"},
		{"The attack claimed the lives of 15 soldiers.", "15", "-"},
		{"They changed 15 lives.", "-", "-"},
		{"He carried out two killings.", "2", "-"},
		{"They beheaded 21 hostages.", "21", "-"},
		{"They executed 50 policemen.", "50", "-"},
		{"They executed two orders.", "-", "-"},
		{"We neutralised thousands of fighters.", "2000+", "-"},
		{"We neutralised thousands of mines.", "-", "-"},
		{"Gunmen gunned down four aid workers.", "4", "-"},
		{"Three soldiers were burned by a bomb.", "-", "3"},
		{"Three houses were burned by a bomb.", "-", "-"},
		{"The raids killed at least 35 civilians and injured scores of others.", "35+", "40+"},
		{"Do they know of any 2011 protesters who were killed?", "-", "-"},
		{"On 16 and 17 July 36 civilians were killed.", "36", "-"},
		{"Around 50 people, mostly women and children, were killed.", "50", "-"},
		{"The death of the strongman and president was announced.", "1", "-"},
		{"They reported the death of a soldier and a farmer.", "2", "-"},
		{"Dozens died in the massacre of 1982.", "24+", "-"},
		{"The massacre of 1982 killed many.", "-", "-"},
		{"Five tanks were destroyed.", "-", "-"},
		{"The attack on the frigate in the Gulf, which killed 37 seamen, was condemned.", "37", "-"},
		{"He mourned the teacher killed by a drone.", "1", "-"},
		{"He mourned the teachers killed by a drone.", "-", "-"},
		{"The fighting saw 120 soldiers and a general killed.", "121", "-"},
		{"The fighting saw the soldiers retreat.", "-", "-"},
		{"The British aid workers Alan Henning and David Haines were executed.", "2", "-"},
		{"The officers, members of the Presidential Guard, were executed.", "-", "-"},
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

func TestLater(t *testing.T) {
	for _, tt := range []struct {
		first, then *schema.Toll
		want        string
	}{
		{nil, exactly(3), "3"},
		{exactly(3), nil, "3"},
		{atLeast(24), exactly(60), "60"},
		{atLeast(24), exactly(12), "24+"},
		{atLeast(24), exactly(500), "24+"}, // a toll of more than this act
		{exactly(46), exactly(4000), "46"},
		{exactly(0), exactly(2), "0"},
	} {
		if got := tollText(later(tt.first, tt.then)); got != tt.want {
			t.Errorf("%s, then %s: %s, want %s", tollText(tt.first), tollText(tt.then), got, tt.want)
		}
	}
}

func TestTollsOfActs(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []string // the killed of each attack
	}{
		{"Israel bombed Damascus on Monday, killing two soldiers and a farmer.", []string{"3"}},
		{"Gunmen attacked a police post in Quetta on Sunday. The death toll has risen to 14, officials said.", []string{"14"}},
		{"Gunmen attacked a police post in Quetta on Sunday, killing 12. In 2014 a bomb in the city killed 80 people.", []string{"12", "80"}},
		{"Iran attacked Iraq near Basra on Monday. Iraq attacked Iran in the north. The agency said hundreds of Iraqis were killed.", []string{"200+", "-"}},
		{"Russia attacked Ukraine on Monday. A British journalist drowned in Yemen.", []string{"-"}},
		{"North Korea shelled South Korea on Monday. South Korea shelled North Korea. No injuries or deaths were reported from either side.", []string{"0", "0"}},
		// A count of another land is not of an attack that has its own.
		{"Pakistan struck villages in Iran on Thursday. The raid answered Iran's attack of Tuesday on Panjgur in Pakistan, in which two children were killed. Officials spoke of nine dead in villages near Saravan.", []string{"9", "2"}},
		{"Pakistan struck villages in Iran on Thursday. The raid answered Iran's attack of Tuesday on Panjgur in Pakistan, in which two children were killed. Officials spoke of nine dead in Panjgur.", []string{"-", "2"}},
		// The dead of a lead are of the attack told next.
		{"Three Israeli soldiers have died. Hezbollah fired a rocket at Israeli soldiers on Monday.", []string{"3"}},
		{"Gunmen killed three Israeli soldiers. Hezbollah fired a rocket at a Syrian army post on Monday.", []string{"3", "-"}},
	} {
		g := coder(t).Extract(articleOf(t, "row", tt.text))
		var got []string
		for _, e := range g.Incidents {
			if e.Type == "ASSAULT" {
				got = append(got, tollText(e.Killed))
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q: killed %q, want %q; found %s", tt.text, got, tt.want, short(g))
		}
	}
}

// A count before "injured" is of them, whoever the clause before it counts.
func TestInjuredBesideKilled(t *testing.T) {
	g := coder(t).Extract(articleOf(t, "row", "Militants ambushed an army convoy in Niger on Tuesday. Seventeen soldiers were killed and twenty injured."))
	if len(g.Incidents) != 1 || tollText(g.Incidents[0].Killed) != "17" || tollText(g.Incidents[0].Injured) != "20" {
		t.Errorf("found %s, want 17 killed and 20 injured", short(g))
	}
}

// Of the acts that one word tells, the one aimed at those who died has the count.
func TestSufferer(t *testing.T) {
	soldiers, rebels, farmers := &actor{name: "soldiers", kind: schema.Military}, &actor{name: "rebels", kind: schema.ArmedGroup}, &actor{name: "farmers", kind: schema.Civilians}
	f := fatality{token: 5, killed: exactly(6), victims: []*actor{farmers}}
	for _, tt := range []struct {
		name    string
		here    []*claim
		want    int
		counted []bool // who keeps a count read before
	}{
		{"aimed at them", []*claim{{token: 5, targets: []*actor{rebels}}, {token: 5, targets: []*actor{farmers}}}, 1, []bool{false, true}},
		{"the nearest", []*claim{{token: 5, targets: []*actor{rebels}}, {token: 9, targets: []*actor{farmers}}}, 0, []bool{true, true}},
		{"not those who did it", []*claim{{token: 5, initiators: []*actor{farmers}, targets: []*actor{soldiers}}, {token: 9, targets: []*actor{rebels}}}, 1, []bool{true, true}},
		{"the first of equals", []*claim{{token: 5, targets: []*actor{rebels}}, {token: 5, targets: []*actor{soldiers}}}, 0, []bool{true, true}},
		{"nobody", nil, -1, nil},
	} {
		for _, c := range tt.here {
			c.killed = exactly(6)
		}
		if got := slices.Index(tt.here, sufferer(tt.here, f)); got != tt.want {
			t.Errorf("%s: act %d, want %d", tt.name, got, tt.want)
		}
		for k, c := range tt.here {
			if (c.killed != nil) != tt.counted[k] {
				t.Errorf("%s: act %d counts %v", tt.name, k, c.killed)
			}
		}
	}
}

func TestReadToll(t *testing.T) {
	text := func(n *int) string {
		if n == nil {
			return "open"
		}
		return fmt.Sprint(*n)
	}
	for _, tt := range []struct{ text, low, high string }{
		{"11", "11", "11"}, {"90+", "90", "open"}, {"-50", "open", "50"}, {"3-5", "3", "5"}, {"0", "0", "0"},
		{"", "", ""}, {"+", "", ""}, {"-", "", ""}, {"3-", "", ""}, {"3+5", "", ""}, {"two", "", ""}, {"99999999999999999999", "", ""},
	} {
		got, err := readToll(tt.text)
		if (err == nil) != (tt.low != "") {
			t.Errorf("%q: %v", tt.text, err)
		}
		if err == nil && (text(got.Min) != tt.low || text(got.Max) != tt.high) {
			t.Errorf("%q: %s to %s, want %s to %s", tt.text, text(got.Min), text(got.Max), tt.low, tt.high)
		}
	}
}

// Tolls counts what a reader counted against what is read.
func TestTolls(t *testing.T) {
	two, nine := 2, 9
	doc := articleOf(t, "row", "Gunmen attacked a police post in Quetta on Sunday, killing two officers. A bomb in Mosul killed three soldiers on Monday.")
	killed, injured := coder(t).Tolls(doc, Annotation{ID: "row", Events: []AnnotatedEvent{
		{ID: "e1", Type: "ASSAULT", Evidence: []string{"Gunmen attacked a police post in Quetta on Sunday, killing two officers"}, Trigger: []string{"attacked"}, Killed: &AnnotatedToll{&two, &two}, Injured: &AnnotatedToll{&nine, nil}},
		{ID: "e2", Type: "ASSAULT", Evidence: []string{"A bomb in Mosul killed three soldiers on Monday"}, Trigger: []string{"killed"}},
	}})
	if killed != (TollCount{Told: 1, Right: 1, Extra: 1}) || injured != (TollCount{Told: 1}) {
		t.Errorf("killed %+v, injured %+v", killed, injured)
	}
}
