package extract

import (
	"strings"
	"testing"
)

// TestWhoIsMeant holds whom the last mention that is written so stands for, by its names
// joined with " & ", "" for nobody.
func TestWhoIsMeant(t *testing.T) {
	const is = "Islamic State has held Raqqa since 2014. "
	for _, c := range []struct{ name, text, mention, want string }{
		{"the coalition against a foe", is + "Coalition jets hit the city on Monday.", "Coalition jets", "US-led coalition"},
		{"a coalition's noun before another", is + "Nine people died in a coalition airstrike.", "coalition", "US-led coalition"},
		{"another coalition", is + "The opposition coalition met in Istanbul.", "The opposition coalition", "opposition"},
		{"against, not of", is + "Ministers of the counter-ISIL coalition met in Rome.", "counter-ISIL coalition", "US-led coalition"},
		{"a regime", "The Assad regime of Syria bombed Douma. The United States condemned it. “The regime has gone too far,” Rex Tillerson said.", "regime", "Syria"},
		{"a regime before a noun", "The Assad regime of Syria bombed Douma. A regime offensive began in Idlib.", "regime", "Syria"},
		{"described, not pointing back", "Syria and Iran signed an accord. Western powers condemned it.", "Western powers", "Western powers"},
		{"pointing back", "Syria and Iran signed an accord. The two countries promised more.", "The two countries", "Iran & Syria"},
		{"neighbours point back", "Syria fought Iran. The warring countries agreed to talk.", "The warring countries", "Iran & Syria"},
		{"a coordinated subject", "Boris Johnson and Ibrahim al-Jaafari met in London. They agreed to work together.", "They", "Boris Johnson & Ibrahim al-Jaafari"},
		{"a gloss", "Officials spoke to Reuters. They (the Kuwaitis) have asked Britain for tankers.", "They", "Kuwait"},
		{"no object of its own subject", "Syria attacked Turkey. Iran condemned it.", "it", "Syria"},
		{"jihadists of the group", "Islamic State took Raqqa. Islamic State took Mosul. Jihadists killed a judge.", "Jihadists", "Islamic State"},
		{"jihadists of a state", "Islamic State took Raqqa. Islamic State took Mosul. British jihadists killed a judge.", "British jihadists", "British jihadists"},
		{"a ship's flag", "Iran attacked a Kuwaiti tanker in the Gulf.", "Kuwaiti tanker", "Kuwait"},
		{"a ship's name", "Iraq hit the U.S. frigate Stark in the Gulf.", "U.S. frigate Stark", "United States"},
		{"an apposition", "Gunmen killed Mehmet Aksoy, the British film-maker and activist, in Raqqa.", "activist", "Mehmet Aksoy"},
		{"a predicate", "Jac Holmes was a British soldier.", "a British soldier", "Jac Holmes"},
		{"no predicate", "Jac Holmes was not a British soldier.", "a British soldier", "British soldier"},
		{"Kurds under one name", "Kurds fled. The Kurdish assault failed.", "Kurdish", "Kurds"},
		{"a shorter full name", "The plan is Recep Erdoğan's, Turkey said.", "Recep Erdoğan", "Recep Tayyip Erdoğan"},
		{"kin", "Joe Robinson was jailed in Turkey. His family appealed for his release.", "family", "Joe Robinson's family"},
		{"kin by name", "Shamima Begum married in Raqqa. Her husband, Yago Riedijk, surrendered. Begum said her husband was tortured.", "husband", "Yago Riedijk"},
		{"a speaker's own government", "Ministers in Washington and the United States army rejected the plan of the United States. “The government is confident,” British Foreign Secretary Boris Johnson said.", "government", "United Kingdom"},
		{"a surname that is a place", "Hoda Muthana, 24, was held in Syria. Muthana said she was sorry.", "Muthana", "Hoda Muthana"},
		{"a surname of two", "Jack Letts was held in Syria. Jack Letts spoke to his parents. Jack Letts was ill. The father, John Letts, wept. Letts appealed for help.", "Letts", "Jack Letts"},
		{"a surname the list knows of somebody else", "Charles H. Keating IV was killed in Iraq. The navy mourned Keating.", "Keating", "Charles H. Keating IV"},
		{"a place before a name", "Reporters were in Salisbury. Ambassador Alexander Yakovenko spoke. In Salisbury Yakovenko said nothing.", "Yakovenko", "Alexander Yakovenko"},
		{"fighters are people", "Turkey shelled Afrin. It killed 40 foreign fighters.", "40 foreign fighters", "foreign fighters"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := coder(t).read(document(t, c.text, "2018-01-17"), false, nil)
			got := "no such mention"
			for _, s := range r.sentences {
				for _, m := range s.mentions {
					if s.text(r.doc.Text, m.first, m.last) != c.mention && m.name != c.mention {
						continue
					}
					var names []string
					for _, a := range m.actors {
						names = append(names, a.name)
					}
					got = strings.Join(names, " & ")
				}
			}
			if got != c.want {
				t.Errorf("%q is %q, want %q", c.mention, got, c.want)
			}
		})
	}
}

// TestDescriptionsAreNames holds that an actor without a name is called as the text does.
func TestDescriptionsAreNames(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Gunmen killed two sheikhs in Ramadi.", "two sheikhs"},
		{"Turkey bombed anti-Baghdad Kurdish guerrillas.", "anti-Baghdad Kurdish guerrillas"},
		{"Barack Obama congratulated the people of Turkey.", "people of Turkey"},
		{"Iran summoned the ambassador to Tehran.", "ambassador to Tehran"},
		{"Turkish jets hit PKK forces in Iraq.", "PKK"},
	} {
		r := coder(t).read(document(t, c.text, "2018-01-17"), false, nil)
		found := false
		for _, a := range r.cast.actors {
			for _, n := range append([]string{a.name}, a.aliases...) {
				found = found || n == c.want
			}
		}
		if !found {
			t.Errorf("%s: nobody is called %q", c.text, c.want)
		}
	}
}

// TestIssuer holds who says "I" in a government's statement.
func TestIssuer(t *testing.T) {
	for _, c := range []struct{ publisher, title, want string }{
		{"US State Department", "Statement by Secretary of Defense Ash Carter on Dabiq", "Ashton Carter"},
		{"US State Department", "Liberation of Dabiq", "United States"},
		{"UK Government", "Statement by Secretary of Defense Ash Carter on Dabiq", "United Kingdom"},
		{"The Guardian", "Statement by Secretary of Defense Ash Carter on Dabiq", ""},
	} {
		doc := document(t, "I congratulate the Syrians who fought for Dabiq.", "2016-10-16")
		doc.Publisher, doc.Title = c.publisher, c.title
		got := ""
		for _, m := range coder(t).read(doc, false, nil).sentences[0].mentions {
			if m.shape == pronoun && m.name == "I" && len(m.actors) == 1 {
				got = m.actors[0].name
			}
		}
		if got != c.want {
			t.Errorf("%s, %s: \"I\" is %q, want %q", c.publisher, c.title, got, c.want)
		}
	}
}
