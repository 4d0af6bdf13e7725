package extract

import (
	"strings"
	"testing"
)

// ruling is what the lexicon makes of a text: type, initiators and targets of its first act
// of the type, "" for none.
func ruling(t *testing.T, text, kind string) string {
	t.Helper()
	r := coder(t).read(articleOf(t, "row", text), true, nil)
	for _, s := range r.sentences {
		for i := range s.ruled {
			for _, c := range s.ruled[i] {
				if c.event.Name == kind {
					return nameList(c.initiators) + " > " + nameList(c.targets)
				}
			}
		}
	}
	return ""
}

func TestRulesAroundAWord(t *testing.T) {
	for _, x := range []struct{ kind, text, want string }{
		// what a hyphen joins before a participle
		{"AID", "Iranian-backed rebels entered Aleppo.", "Iran > rebels"},
		{"AID", "The Saudi-funded militia took the town.", "Saudi Arabia > militia"},
		{"AID", "Rebels backed Iran.", ""},
		{"AID", "The asset-backed bonds of Turkey fell.", ""},
		{"CONSULT", "UN-hosted talks with Libya opened in Geneva.", "United Nations > Libya"},
		{"AGREE", "A US-Russia agreement to destroy the stockpiles has failed.", "United States > Russia"},
		// who a noun says that somebody is
		{"COOPERATE", "Hezbollah has been a vital military ally of Syria.", "Hezbollah > Syria"},
		{"COOPERATE", "The Kurds have proven a valuable ally to the United States.", "Kurds > United States"},
		{"COOPERATE", "Allies of Syria were silent.", ""},
		{"AID", "Turkey, formerly an active supporter of the insurgency, was silent.", "Turkey > insurgency"},
		{"AID", "The United States is the largest donor of humanitarian aid to Jordan.", "United States > Jordan"},
		// with whom a subject is said to be
		{"SUPPORT", "\"My thoughts and prayers are with the people of Turkey,\" David Cameron said.", "David Cameron > Turkey"},
		{"SUPPORT", "The thoughts of Turkey are secret.", ""},
		// who does what a phrase goes with
		{"AID", "Iraqi troops recaptured the dam with the help of Iran.", "Iran > Iraqi army"},
		{"AID", "Iraqi troops recaptured the dam with the help of ladders.", ""},
		{"COOPERATE", "Vladimir Putin, in cahoots with Iran, promotes a rival settlement.", "Vladimir Putin > Iran"},
		// to share a view is no agreement between two
		{"SUPPORT", "\"I agree with Donald Trump,\" Vladimir Putin said.", "Vladimir Putin > Donald Trump"},
		{"SUPPORT", "Iraq agreed with Turkey to share water.", ""},
		{"AGREE", "Iraq agreed with Turkey to share water.", "Iraq > Turkey"},
		// forces and armed groups
		{"COOPERATE", "Jack Holmes served with the YPG.", "Jack Holmes > People's Protection Units"},
		{"COOPERATE", "Jack Holmes served with the choir.", ""},
	} {
		got := ruling(t, x.text, x.kind)
		if x.want == "" && got != "" || x.want != "" && !alike(got, x.want) {
			t.Errorf("%s: %s %q, want %q", x.text, x.kind, got, x.want)
		}
	}
}

// alike tells that the two sides of got end in those of want.
func alike(got, want string) bool {
	g1, g2, ok := strings.Cut(got, " > ")
	w1, w2, _ := strings.Cut(want, " > ")
	return ok && strings.HasSuffix(g1, w1) && strings.HasSuffix(g2, w2)
}

func TestParseIsMended(t *testing.T) {
	for _, x := range []struct{ kind, text, want string }{
		{"SUPPORT", "Russia, Iran and Turkey have backed the plan.", "Russia, Iran, Turkey > nobody"},
		{"AGREE", "Iraq and the Kurdistan Regional Government have reached an agreement.", "Iraq > Kurdistan Regional Government"},
		{"CONSULT", "Boris Johnson met in Riyadh with King Salman.", "Boris Johnson > King Salman"},
		{"AGREE", "Military police have a presence in Douma as part of a deal with Jaish al-Islam.", "Jaish al-Islam > nobody"},
		{"CONSULT", "Barack Obama and Haider al-Abadi met. The two leaders discussed Mosul.", "Barack Obama > Haider al-Abadi"},
		{"CONSULT", "Russia, Iran and Turkey agree. Foreign ministers from the three countries met in Antalya.", "Russia > Iran, Turkey"},
		{"AID", "Germany sold and Italy gave weapons to Iraq.", "Italy > Iraq"},
		{"ACCUSE", "Iran attacked a tanker and Kuwait lodged a protest.", "Kuwait > nobody"},
		{"ASSAULT", "Israel bombed Beirut and Hezbollah left Haifa.", "Israel > Lebanon"},
		{"ASSAULT", "Rebels killed soldiers and civilians fled.", "Rebels > soldiers"},
		{"CONCEDE", "Libya freed two Italians jailed in 1981.", "Libya > Italians"},
	} {
		if got := ruling(t, x.text, x.kind); !alike(got, x.want) {
			t.Errorf("%s: %s %q, want %q", x.text, x.kind, got, x.want)
		}
	}
}

func TestMeetingsToCome(t *testing.T) {
	for _, x := range []struct{ text, agree, consult string }{
		{"A summit between Russia and Turkey to be held in Tehran on Friday was called a last chance.", "Russia > Turkey", ""},
		{"Iran and Pakistan are to hold talks.", "Iran > Pakistan", ""},
		{"Mike Pompeo is due to begin a tour of Egypt on Tuesday.", "Mike Pompeo > Egypt", ""},
		{"Talks between Sudan and Egypt will resume in Vienna this week.", "Sudan > Egypt", ""},
		{"Antony Blinken will travel to Iraq to discuss security with Turkey.", "Antony Blinken > Iraq", ""},
		{"He will be proved wrong on Friday when Iran hosts a summit with Russia.", "Iran > Russia", ""},
		{"Bob Corker was to meet Donald Trump, but the president was ill.", "", ""},
		{"Talks between Sudan and Egypt resumed in Vienna this week.", "", "Sudan > Egypt"},
		{"Mike Pompeo travelled to Egypt to meet Sameh Shoukry.", "", "Mike Pompeo > Sameh Shoukry"},
	} {
		for kind, want := range map[string]string{"AGREE": x.agree, "CONSULT": x.consult} {
			if got := ruling(t, x.text, kind); want == "" && got != "" || want != "" && !alike(got, want) {
				t.Errorf("%s: %s %q, want %q", x.text, kind, got, want)
			}
		}
	}
}
