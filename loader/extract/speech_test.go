package extract

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// ruled gives what the rules alone make of a text, as TYPE INITIATORS > TARGETS.
func ruled(t *testing.T, text string, types ...string) []string {
	t.Helper()
	r := coder(t).read(articleOf(t, "row", text), false, nil)
	var out []string
	for _, s := range r.sentences {
		for i := range s.tokens {
			for _, c := range s.ruled[i] {
				if slices.Contains(types, c.event.Name) {
					out = append(out, fmt.Sprintf("%s %s > %s", c.event.Name, nameList(c.initiators), nameList(c.targets)))
				}
			}
		}
	}
	return out
}

func TestSpeech(t *testing.T) {
	types := []string{"REQUEST", "REJECT", "ACCUSE", "SUPPORT", "THREATEN", "AGREE"}
	for _, tt := range []struct{ text, want string }{
		// Duties put on others.
		{"Iran must release the sailors, Boris Johnson said.", "REQUEST Boris Johnson > Iran"},
		{"“Turkey needs to show restraint,” Emmanuel Macron said.", "REQUEST Emmanuel Macron > Turkey"},
		{"It is crucial that Russia leave Ukraine, Boris Johnson said.", "REQUEST Boris Johnson > Russia"},
		{"It is time for Iran to talk, Boris Johnson said.", "REQUEST Boris Johnson > Iran"},
		{"The ceasefire must be respected, Emmanuel Macron said.", "REQUEST Emmanuel Macron > nobody"},
		{"“Don’t overburden Iraq with your own issues,” Barham Salih said.", "REQUEST Barham Salih > nobody"},
		{"Turkey should have left Syria, Boris Johnson said.", ""},
		{"Should Iran leave Syria, Israel will be glad.", ""},
		{"Iran had to leave Syria.", ""},
		{"“Let me be clear,” Boris Johnson said.", ""},
		{"If Iran must leave Syria, Russia will follow.", ""},
		// Warnings of what to do are appeals.
		{"Jimmy Carter warned Donald Trump to avoid war.", "REQUEST Jimmy Carter > Donald Trump"},
		// Refusals to act.
		{"Germany will not join the operation, Angela Merkel said.", "REJECT Germany > nobody"},
		{"The United Kingdom cannot help Iran.", "REJECT United Kingdom > Iran"},
		{"Syria has not responded to the United Nations.", "REJECT Syria > United Nations"},
		{"Israel will not allow Iran to stay in Syria.", "THREATEN Israel > Iran"},
		{"It will not rain in Iran.", ""},
		{"Against the advice of the United States, Iran attacked Iraq.", "REJECT Iran > United States"},
		{"Iran attacked Iraq on the advice of the United States.", ""},
		// Blame and bad names.
		{"“Russia lied to us,” Theresa May said.", "ACCUSE Theresa May > Russia"},
		{"Russia lied to the United Nations.", ""},
		{"Iraq’s president hit back at comments made by Donald Trump.", "ACCUSE president > Donald Trump"},
		{"“The strike was not helpful,” Boris Johnson said.", "ACCUSE Boris Johnson > nobody"},
		// Good words.
		{"“My thoughts are with the people of France,” Theresa May said.", "SUPPORT Theresa May > people of France"},
		{"Donald Trump said he agreed with Vladimir Putin.", "SUPPORT Donald Trump > Vladimir Putin"},
		{"France welcomed the report of the United Nations.", "SUPPORT France > United Nations"},
		{"Donald Trump agreed with Vladimir Putin to hold talks.", "AGREE Donald Trump > Vladimir Putin"},
		// What is promised tells whether a promise threatens.
		{"Russia is committed to destroying Islamic State.", "THREATEN Russia > Islamic State"},
		{"Turkey's promise to invade Syria was in the papers.", "THREATEN Turkey > Syria"},
		{"Russia is committed to helping Syria.", "AGREE Russia > Syria"},
	} {
		if got := strings.Join(ruled(t, tt.text, types...), "; "); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.text, got, tt.want)
		}
	}
}
