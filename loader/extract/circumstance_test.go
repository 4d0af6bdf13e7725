package extract

import (
	"fmt"
	"testing"
)

// TestCircumstances reads articles of Wednesday 17 January 2024 for the day and the state of
// their first act of a type, as the rules have them.
func TestCircumstances(t *testing.T) {
	c := coder(t).WithPlaces(nil).WithDays(nil)
	for _, tt := range []struct{ text, kind, date, country string }{
		// A day that opens the sentence dates it, whatever the parse hangs it on.
		{"On Tuesday hundreds of farmers held rallies in Delhi to protest against high interest rates.", "PROTEST", "2024-01-16", "IND"},
		{"On Tuesday's anniversary hundreds of farmers held rallies in Delhi.", "PROTEST", "2024-01-17", "IND"},
		{"In April 2017 Russia's foreign minister, Sergei Lavrov, condemned the United States.", "ACCUSE", "2017-04", ""},
		// The year before a thing is of that thing alone, and of the act told with it.
		{"Tillerson accused Moscow of violating a 2013 US-Russia agreement to destroy the stockpiles.", "ACCUSE", "2024-01-17", ""},
		{"Syrian soldiers died in a 2013 Israeli attack on Damascus.", "ASSAULT", "2013", "SYR"},
		// What is to come gives an act of today no day.
		{"Japan's prime minister held talks with China's president and will visit China from April 29.", "CONSULT", "2024-01-17", ""},
		// A deed told aside, behind the lead, only says who somebody is.
		{"The talks failed. Nobody came. Kurdish fighters, armed by the United States, attacked a Turkish convoy in Syria.", "AID", "", "SYR"},
		{"The talks failed. Nobody came. The United States armed the Kurdish fighters in Syria.", "AID", "2024-01-17", "SYR"},
		// A state that a report only goes by is no scene.
		{"Rebels were killed when US forces carried out air strikes in eastern Syria, according to US reports.", "ASSAULT", "2024-01-17", "SYR"},
		{"Rebels were killed when US forces carried out air strikes, close to Iraq.", "ASSAULT", "2024-01-17", "IRQ"},
		// What is a state's by its adjective is where something happens.
		{"French jets shot down a Libyan bomber in Chadian airspace.", "ASSAULT", "2024-01-17", "TCD"},
		{"A Turkish journalist was shot dead outside Kuala Lumpur airport.", "ASSAULT", "2024-01-17", "MYS"},
		// A ship is not where its flag is from, wherever that is spoken of.
		{"Iranian gunboats attacked the Cypriot-flagged supertanker Pivot on Saturday.", "ASSAULT", "2024-01-13", ""},
		{"Iranian gunboats attacked the Cypriot-flagged supertanker Pivot off Dubai on Saturday.", "ASSAULT", "2024-01-13", "ARE"},
		{"Iranian gunmen attacked the Cypriot embassy on Saturday.", "ASSAULT", "2024-01-13", "CYP"},
		// Words are spoken where the report was filed when the speaker is at home there.
		{"TOKYO, Jan 17 (Reuters) - Japan condemned North Korea.", "ACCUSE", "2024-01-17", "JPN"},
		{"TOKYO, Jan 17 (Reuters) - China condemned North Korea.", "ACCUSE", "2024-01-17", ""},
		{"OSAKA, Jan 17 (Reuters) - Japan condemned North Korea.", "ACCUSE", "2024-01-17", ""},
		{"TOKYO, Jan 17 (Reuters) - Japan condemned North Korea in 2006.", "ACCUSE", "2006", ""},
		// A visitor speaks where he visits.
		{"Sergei Lavrov met Wang Yi in Beijing on Tuesday. Lavrov condemned the United States on Tuesday.", "ACCUSE", "2024-01-16", "CHN"},
		{"Sergei Lavrov met Wang Yi in Beijing on Tuesday. Lavrov condemned the United States on Monday.", "ACCUSE", "2024-01-15", ""},
		// What is told as past goes on with the month told before it.
		{"Turkish troops attacked Afrin in December. Syria expelled the Turkish ambassador.", "SANCTION", "2023-12", ""},
		{"Turkish troops attacked Afrin in December. Syria has expelled the Turkish ambassador.", "SANCTION", "2024-01-17", ""},
		// So long after something is when that was, and counts for nothing else.
		{"Speaking two weeks after Iran attacked Pakistan, Sergei Lavrov condemned the United States.", "ASSAULT", "2024-01", "PAK"},
		{"Speaking two weeks after Iran attacked Pakistan, Sergei Lavrov condemned the United States.", "ACCUSE", "2024-01-17", ""},
		// Words that go on are of the day on which they are said to be spoken.
		{"Sergei Lavrov said on Monday: \"The talks were long. We condemn the United States.\"", "ACCUSE", "2024-01-15", ""},
		// They are not of the time of which they speak.
		{"Sergei Lavrov said: \"We condemn what the United States did in 2003.\"", "ACCUSE", "2024-01-17", ""},
		{"Sergei Lavrov said: \"Iran condemned the United States in 2003.\"", "ACCUSE", "2003", ""},
		{"The Israeli attack on Damascus in 2018 was condemned by Iran.", "ACCUSE", "2024-01-17", "SYR"},
		{"Turkey was condemned in 2018 by Iran.", "ACCUSE", "2018", ""},
		{"Russia condemned the United States under the January 9, 2020 agreement.", "ACCUSE", "2024-01-17", ""},
		{"Russia condemned the United States on January 9, 2024.", "ACCUSE", "2024-01-09", ""},
		{"Sergei Lavrov said on Monday that the talks were long. Wang Yi said: \"We condemn the United States.\"", "ACCUSE", "2024-01-17", ""},
	} {
		g := c.Extract(articleOf(t, "row", tt.text))
		got, want := "nothing", fmt.Sprintf("%q in %q", tt.date, tt.country)
		for _, e := range g.Incidents {
			if e.Type != tt.kind {
				continue
			}
			country := ""
			for _, l := range g.Locations {
				if e.Location != nil && l.ID == *e.Location {
					country = l.Country
				}
			}
			got = fmt.Sprintf("%q in %q", e.Date, country)
			break
		}
		if got != want {
			t.Errorf("%q: %s %s, want %s", tt.text, tt.kind, got, want)
		}
	}
}
