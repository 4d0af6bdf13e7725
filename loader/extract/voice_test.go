package extract

import (
	"strings"
	"testing"
)

// TestVoices holds for whom the sentence that contains some words speaks, who speaks first, by
// name and as what, joined with " & "; "" when nobody is known to speak.
func TestVoices(t *testing.T) {
	const notes = "Iran attacked Iraq. "
	for _, tt := range []struct{ name, publisher, text, words, want string }{
		{"in the sentence", "", "“We will answer,” Tariq Aziz said.", "will answer", "self Tariq Aziz & state Iraq"},
		{"over several sentences", "", "“We will answer. Iran will pay for it,” Tariq Aziz said.", "will pay", "self Tariq Aziz & state Iraq"},
		{"the speaker before", "", "“We will answer,” Tariq Aziz said. “Iran will pay for it.”", "will pay", "self Tariq Aziz & state Iraq"},
		{"straight marks", "", "\"We will answer,\" Tariq Aziz said. \"Iran will pay for it.\"", "will pay", "self Tariq Aziz & state Iraq"},
		{"an epithet in marks", "", "“We will answer,” Tariq Aziz said. Iran said it was a “great day”.", "great day", "self Iran"},
		{"an epithet in marks, and nobody speaks", "", "“We will answer,” Tariq Aziz said. Iran attacked a “depot”.", "depot", ""},
		{"who says what in a relative clause", "", "I condemn the attack on Iraq, for which Islamic State claimed responsibility.", "condemn", ""},
		{"who quotes in a relative clause", "", "Iran fears Tariq Aziz, who said “we will answer”.", "will answer", "self Tariq Aziz & state Iraq"},
		{"who is said to say", "", "Tariq Aziz said Saddam Hussein told him that Iran was weak.", "weak", "self Tariq Aziz"},
		{"the US is not us", "", "“We will answer,” Tariq Aziz said. The US attacked Iran.", "US attacked", ""},
		{"the US is not us in a statement", "UK Government", "Tariq Aziz met Boris Johnson. The US attacked Iran.", "US attacked", ""},
		{"nobody later is meant", "", "“We will answer,” he said. Tariq Aziz flew to Iran.", "will answer", ""},
		{"who still speaks", "", "Tariq Aziz condemned Iran. “It is weak,” Tariq Aziz said. “We will answer,” he added.", "will answer", "self Tariq Aziz & state Iraq"},
		{"somebody unknown", "", "“Iran is weak,” Tariq Aziz said. “We will answer,” said one diplomat.", "will answer", ""},
		{"a statement that is announced", "", "Tariq Aziz released the following statement: \n\nWe will answer. Iran will pay for it.", "will answer", "self Tariq Aziz & state Iraq"},
		{"a statement by somebody", "", "A statement by Tariq Aziz: \n\nWe will answer.", "will answer", "self Tariq Aziz & state Iraq"},
		{"a statement goes on, perhaps", "", "Tariq Aziz said: We will answer. The war was long.", "war was", "perhaps Tariq Aziz"},
		{"said through media", "", "Reuters reports that Tariq Aziz has said the war was long.", "long", "self Tariq Aziz"},
		{"media that say", "", "Reuters said the war was long.", "long", "self Reuters"},
		{"a list that is announced", "", "Tariq Aziz hit the following towns: \n\nWe saw Basra.", "saw Basra", ""},
		{"said without marks", "UK Government", "Boris Johnson said: The attack was wrong. We condemn it.", "condemn", "self Boris Johnson & state United Kingdom"},
		{"a government", "UK Government", "We condemn the attack on Iraq.", "condemn", "self United Kingdom"},
		{"a government's minister", "UK Government", "Foreign Secretary Boris Johnson flew to Iraq. We condemn the attack on Iraq.", "condemn", "self United Kingdom & issuer Boris Johnson"},
		{"a body", "", "“We will help,” said the ICRC director Fabrizio Carboni.", "will help", "self Fabrizio Carboni & body International Committee of the Red Cross"},
		{"a body that owns", "", "“We will help,” said Fabrizio Carboni, the ICRC’s director.", "will help", "self Fabrizio Carboni & body International Committee of the Red Cross"},
		{"a body behind the office", "", "“We will help,” said Nadim Houry, the director of a programme at Human Rights Watch.", "will help", "self Nadim Houry & body Human Rights Watch"},
		{"no body behind another word", "", "“We will help,” said Nadim Houry, a lawyer, before Human Rights Watch spoke.", "will help", "self Nadim Houry"},
		{"who presents a statement", "", "The US Central Command commander, Joseph Votel, released the following statement: \n\nWe will answer.", "will answer", "self Joseph Votel & body US Central Command & state United States"},
		{"a quotation that is never closed", "", "Iran called “for talks. Tariq Aziz said no. “We will answer,” Boris Johnson said.", "will answer", "self Boris Johnson & state United Kingdom"},
		{"of whom the sentence before tells", "", "“It is late,” Tariq Aziz said. Iran was quiet. Boris Johnson was angry. “The attack was a mistake of theirs.”", "mistake", "self Boris Johnson & state United Kingdom"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc := articleOf(t, "row", notes+tt.text)
			doc.Publisher = tt.publisher
			r := coder(t).read(doc, false, nil)
			got := "no such sentence"
			for _, s := range r.sentences {
				if !strings.Contains(doc.Text[s.Start:s.End], tt.words) {
					continue
				}
				var list []string
				for _, v := range r.voices(s) {
					list = append(list, v.as+" "+v.actor.name)
				}
				got = strings.Join(list, " & ")
			}
			if got != tt.want {
				t.Errorf("%s: %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}
