package extract

import (
	"fmt"
	"slices"
	"testing"

	"incidentgraph/loader/article"
	"incidentgraph/loader/language"
	"incidentgraph/schema"
)

func TestDeaths(t *testing.T) {
	c := coder(t)
	for _, tt := range []struct{ text, killed, injured string }{
		{"At least two people were killed in the raid.", "2+", "none"},
		{"The blast killed more than 90 people.", "90+", "none"},
		{"Dozens of villagers died.", "24+", "none"},
		{"The shelling killed 11 soldiers and wounded twenty-two civilians.", "11", "22"},
		{"Three children were injured.", "none", "3"},
		{"The siege claimed 1,500 lives.", "1500", "none"},
		{"The ministry reported the death of two children and injuries to three girls.", "2", "3"},
		{"No one was hurt.", "none", "0"},
		{"Her husband was killed in Mosul.", "1", "none"},
		{"They killed my mother at a checkpoint.", "1", "none"},
		{"She died in the blast.", "1", "none"},
		{"A senior commander was killed and his driver was wounded.", "1", "1"},
		{"The raid killed a family of farmers.", "none", "none"},
		{"The raid killed a family of seven.", "7", "none"},
		{"Rockets killed between nine and 50 civilians.", "9-50", "none"},
		{"Tens of thousands of fighters have been killed.", "20000+", "none"},
		{"Hundreds of thousands of people were killed.", "200000+", "none"},
		{"Up to 200 Russian mercenaries were killed.", "200", "none"},
		{"The army killed or wounded 1,200 men.", "none", "none"},
		{"The army suffered 3,000 casualties.", "none", "none"},
		{"The army said 2,000 troops had been killed, wounded or captured.", "none", "none"},
		{"Scores were killed and wounded in the raid.", "none", "none"},
		{"Scores were killed and 24 people were wounded in the raid.", "40+", "24"},
		{"The group lost more than 1,500 men in the town.", "1500+", "none"},
		{"The group lost more than 1,500 tanks in the town.", "none", "none"},
		{"The police fear 850 men who had not been killed.", "none", "none"},
		{"They made an attempt to kill the commander.", "none", "none"},
		{"They came to kill the commander.", "1", "none"},
		{"A young couple was killed by a mine.", "2", "none"},
		{"A couple of soldiers were killed by a mine.", "2", "none"},
		{"The ministry said 120 soldiers and a general had been killed.", "121", "none"},
		{"There were no casualties.", "0", "0"},
		{"Two were killed and five wounded.", "2", "5"},
		{"Six soldiers were killed, 12 injured and three are missing.", "6", "12"},
		{"The bombing left 12 dead and 30 injured.", "12", "30"},
		{"The toll climbed to 12 dead and 40 injured.", "12", "40"},
		{"There were at least 20 dead.", "20+", "none"},
		{"Five wounded soldiers were brought to the town.", "none", "none"},
		{"The attack was a barbaric act that cost up to 75 lives.", "75", "none"},
		{"The attack claimed the lives of 15 soldiers.", "15", "none"},
		{"They changed 15 lives.", "none", "none"},
		{"He carried out two killings.", "2", "none"},
		{"They beheaded 21 hostages.", "21", "none"},
		{"They executed 50 policemen.", "50", "none"},
		{"They executed two orders.", "none", "none"},
		{"We neutralised thousands of fighters.", "2000+", "none"},
		{"We neutralised thousands of mines.", "none", "none"},
		{"Gunmen gunned down four aid workers.", "4", "none"},
		{"Three soldiers were burned by a bomb.", "none", "3"},
		{"Three houses were burned by a bomb.", "none", "none"},
		{"The raids killed at least 35 civilians and injured scores of others.", "35+", "40+"},
		{"Do they know of any 2011 protesters who were killed?", "none", "none"},
		{"On 16 and 17 July, 36 civilians were killed.", "36", "none"},
		{"Around 50 people, mostly women and children, were killed.", "50", "none"},
		{"The death of the strongman and president was announced.", "1", "none"},
		{"They reported the death of a soldier and a farmer.", "2", "none"},
		{"Dozens died in the massacre of 1982.", "24+", "none"},
		{"The massacre of 1982 killed many.", "none", "none"},
		{"Five tanks were destroyed.", "none", "none"},
		{"The attack on the frigate in the Gulf, which killed 37 seamen, was condemned.", "37", "none"},
		{"He mourned the teacher killed by a drone.", "1", "none"},
		{"He mourned the teachers killed by a drone.", "none", "none"},
		{"The fighting saw 120 soldiers and a general killed.", "121", "none"},
		{"The fighting saw the soldiers retreat.", "none", "none"},
		{"The British aid workers Alan Henning and David Haines were executed.", "2", "none"},
		{"The officers, members of the Presidential Guard, were executed.", "none", "none"},
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
		{"Iran attacked Iraq near Basra on Monday. Iraq attacked Iran in the north. The agency said hundreds of Iraqis were killed.", []string{"200+", "none"}},
		{"Russia attacked Ukraine on Monday. A British journalist drowned in Yemen.", []string{"none"}},
		{"North Korea shelled South Korea on Monday. South Korea shelled North Korea. No injuries or deaths were reported from either side.", []string{"0", "0"}},
		// A count of another land is not of an attack that has its own.
		{"Pakistan struck villages in Iran on Thursday. The raid answered Iran's attack of Tuesday on Panjgur in Pakistan, in which two children were killed. Officials spoke of nine dead in villages near Saravan.", []string{"9", "2"}},
		{"Pakistan struck villages in Iran on Thursday. The raid answered Iran's attack of Tuesday on Panjgur in Pakistan, in which two children were killed. Officials spoke of nine dead in Panjgur.", []string{"none", "2"}},
		// The dead of a lead are of the attack told next.
		{"Three Israeli soldiers have died. Hezbollah fired a rocket at Israeli soldiers on Monday.", []string{"3"}},
		{"Gunmen killed three Israeli soldiers. Hezbollah fired a rocket at a Syrian army post on Monday.", []string{"3", "none"}},
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
	s := &sentence{tokens: make([]language.Token, 10), children: make([][]int, 10)}
	for i := range s.tokens {
		s.tokens[i].Head = i - 1
	}
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
			c.s, c.killed = s, exactly(6)
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
		{"", "", ""}, {"+", "", ""}, {"none", "", ""}, {"3-", "", ""}, {"3+5", "", ""}, {"two", "", ""}, {"99999999999999999999", "", ""},
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
