package language

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTokenSpans(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"The minister didn't reply.", "The minister did n't reply ."},
		{"They can't and won't go, she said.", "They ca n't and wo n't go , she said ."},
		{"Iran's envoys cannot enter.", "Iran 's envoys can not enter ."},
		{"Iran’s army isn’t ready", "Iran ’s army is n’t ready"},
		{"the generals' plan", "the generals ' plan"},
		{"I'm here and we've waited; he'd gone, they'll come, you're late", "I 'm here and we 've waited ; he 'd gone , they 'll come , you 're late"},
		{"The U.S. Senate met in Washington, D.C.", "The U.S. Senate met in Washington , D.C."},
		{"U.S.-led forces", "U.S. - led forces"},
		{"Jaish al-Adl fired on an F-16.", "Jaish al - Adl fired on an F - 16 ."},
		{"pro-Beijing and anti-government crowds re-elected him", "pro-Beijing and anti-government crowds re-elected him"},
		{"UN-backed talks and uneven un-American ANTI-WAR PRO-EU", "UN - backed talks and uneven un-American ANTI-WAR PRO-EU"},
		{"a well-known state-owned firm", "a well - known state - owned firm"},
		{"worth $5bn or US$4.5 million, €30m", "worth $ 5 bn or US$ 4.5 million , € 30 m"},
		{"at 10:30 a.m. and 10:30pm", "at 10:30 a.m. and 10:30 pm"},
		{"about 21,000 troops (3.5%) left", "about 21,000 troops ( 3.5 % ) left"},
		{"from 5-10 people on 2024-01-16", "from 5 - 10 people on 2024-01-16"},
		{"the 9/11 attacks and 1990s", "the 9/11 attacks and 1990s"},
		{`"We won," he said.`, `" We won , " he said .`},
		{"“We won,” he said.", "“ We won , ” he said ."},
		{"'We won,' he said", "' We won , ' he said"},
		{"George W. Bush and J. R. Smith", "George W. Bush and J. R. Smith"},
		{"Sgt. Lee met Gen. Park Inc.", "Sgt. Lee met Gen. Park Inc."},
		{"That was plan B.", "That was plan B ."},
		{"Gu'ud, Sha'lan, Qa'ida and Sana'a", "Gu'ud , Sha'lan , Qa'ida and Sana'a"},
		{"see www.example.org/a-b, or write to a.b@example.com.", "see www.example.org/a-b , or write to a.b@example.com ."},
		{"https://example.org/x?y=1.", "https://example.org/x?y=1 ."},
		{"• First point", "• First point"},
		{"KABUL — Two died -- three fled", "KABUL — Two died -- three fled"},
		{"Moscow–Kyiv talks", "Moscow – Kyiv talks"},
		{"Wait... what?!", "Wait ... what ?!"},
		{"the end.The next", "the end . The next"},
		{"AT&T and M&S", "AT&T and M&S"},
		{"and/or", "and / or"},
		{"in the '90s", "in the '90s"},
		{"@POTUS #Brexit", "@POTUS #Brexit"},
		{"gonna", "gon na"},
		{"Its the only one, but its coast is long", "It s the only one , but its coast is long"},
		{"your the best of your kind", "you r the best of your kind"},
		{"in the 1980's and Iran's 60's", "in the 1980's and Iran 's 60's"},
		{"$$$ for me$s", "$$$ for me $ s"},
		{"see alt.animals.cat, a.b.", "see alt.animals.cat , a.b."},
		{"(draft.doc) or .doc, notes.txt", "( draft.doc ) or .doc , notes.txt"},
		{"call +44 20 or 345-9945, 12-13", "call +44 20 or 345-9945 , 12 - 13"},
		{"what...? So.?", "what ... ? So .?"},
		{"‘’Afghanistan", "‘’ Afghanistan"},
		{`"The Cat"<the...cat@example.com>`, `" The Cat " < the...cat@example.com >`},
		{"Jones/HOU/ECT@ECT", "Jones / HOU / ECT@ECT"},
		{"[sic] {x}", "[ sic ] { x }"},
		{"No. 10, not no.", "No. 10 , not no ."},
		{"", ""},
		{" \t\n\u00a0", ""},
		{"Владимир Путин сказал.", "Владимир Путин сказал ."},
	} {
		var got []string
		for _, s := range tokenSpans(c.text, nil) {
			got = append(got, c.text[s.start:s.end])
		}
		if diff := cmp.Diff(c.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%q: %s", c.text, diff)
		}
	}
}
