package article

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Each case is one block whose sentences are parted by "|".
func TestSentences(t *testing.T) {
	for _, marked := range []string{
		"Iran said no.| Oman said yes!| Did Qatar?| It did.",
		// abbreviations
		"Gen. Joseph Votel met Lt. Col. Craig McNab and Gov. Abbott.| Sen. Smith stayed away.",
		"Mr. Kerry met Dr. Zarif at St. Moritz on Jan. 17 at 9 a.m. Tuesday.| They spoke.",
		"The U.S. Army hit the U.N. Compound near the U.K. Embassy.",
		"It was backed by the U.S.| He denied it.| It was not.",
		"The U.S. And other countries said the U.S. Would act.",
		"Washington D.C.| He said so.",
		"Resolution No. 2328 was passed.| Was it?| No.| They refused.",
		"It ended at 5 p.m.| Iran then replied.| It ended at 5 p.m. GMT on Friday.",
		"General Electric Co. and Martin Marietta Corp. <ML> signed.| Ford Motor Co.| The deal is off.",
		"J. Smith and John F. Kennedy, Jr. met A. B. Yehoshua.| They met.",
		"Smith v. Jones and Iran vs. Iraq were heard.",
		"An anti-U.S. Rally was held.| A U.S.-led force came.",
		"On Dec. 7th and in Feb. the talks went on.| In Jan.| The talks ended.",
		// numbers
		"It sold 1.8 billion barrels at 3.50 dollars in 2016.| 15 tankers came.| In 2017.| Two more.",
		"He was 19.| Two others were 20.",
		// ellipsis
		"We wait...| Iran waits too.",
		"They talked ... and talked … for long.| Then ... nothing.",
		// quotation marks
		`"We will respond."| He left.`,
		`"We will respond," he said.| "We are ready.| We will fight," he added.`,
		`“Enough!” Prime Minister Sharif said.| “Why?” he asked.| “Who?”| The crowd was silent.`,
		`Sharif said: "No."| "Yes," said Raisi.`,
		`He called it "a crime."| The ministry agreed.`,
		`They said 'No.'| Then they left.`,
		`Col. John “J.D.” Dorrian spoke.`,
		"He wrote, «Нет.»| Then he left.",
		`The deal is off.|"He left.`,
		// brackets and footnotes
		"The oil firm (Total S.A. of France) paid.| The field (named Abu. It is large) was hit.",
		"(He said so.| They agreed.)| Then he left.",
		"He was the first.[3]| Qanbar came second.[2][14]| He stayed.",
		// small letters
		"al-Shabaab claimed it.| al-Shabaab denied it later.",
		"He uses example.com and v. rarely stops.",
		"the talks failed.| the army moved.| nobody knows.",
		// lost spaces
		"Militants fled the attack.|The ministry said so.",
		"See defensemirror.com and Node.js or the 3.The end.",
		// other scripts
		"伊朗说不。| 阿曼说是。",
		"هل تم ذلك؟| نعم.",
		// agency signs
		"He said so.| -- AFP",
		"He said so.| (Reuters)",
		// signs without words stay with the sentence before
		"He said so.| They agreed. ***",
		"The U.S. Dollar fell.| F. W. de Klerk spoke.| Plan B.| The end.",
	} {
		text := strings.ReplaceAll(marked, "|", "")
		var want []string
		for _, s := range strings.Split(marked, "|") {
			want = append(want, strings.TrimSpace(s))
		}
		var got []string
		for _, s := range sentencesIn(text, 0, len(text)) {
			got = append(got, text[s.start:s.end])
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}
