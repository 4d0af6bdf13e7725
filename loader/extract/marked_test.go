package extract

import (
	"strings"
	"testing"
)

const markedArticleText = `a remark
# 1987-05-12
IRAN SAYS IT {1 SHELLED} A TANKER

BAHRAIN, May 12 - Iranian gunboats {1 fired on} a Kuwaiti tanker on Tuesday. Kuwait {2 called} the {1 attack} piracy.
--
ira: Iranian gunboats; IRAN | IRN military
kwt: Kuwait | KWT state
1 ASSAULT ira > kwt
2 ACCUSE kwt > ira
`

func TestMarked(t *testing.T) {
	list, err := Marked("x.txt", markedArticleText)
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	a := list[0]
	if strings.ContainsAny(a.Document.Text, "{}") || a.Document.Published != "1987-05-12" || len(a.Annotation.Events) != 2 {
		t.Fatalf("%+v", a)
	}
	var words []string
	for _, w := range a.Annotation.Events[0].words {
		words = append(words, a.Document.Text[w[0]:w[1]])
	}
	if got := strings.Join(words, "|"); got != "SHELLED|fired on|attack" {
		t.Errorf("event 1 is told by %s", got)
	}
	if x := a.Annotation.Events[1].Targets[0]; x.Name != "Iranian gunboats" || x.Aliases[0] != "IRAN" || x.Country != "IRN" || x.Kind != "military" {
		t.Errorf("%+v", x)
	}
}

func TestMarkedAfter(t *testing.T) {
	list, err := Marked("x.txt", strings.Replace(markedArticleText, "05-12\n", "05-12 after cable-7\n", 1)+strings.TrimPrefix(markedArticleText, "a remark\n"))
	if err != nil || len(list) != 2 || list[0].After != "cable-7" || list[1].After != "" {
		t.Fatal(list, err)
	}
}

func TestMarkedErrors(t *testing.T) {
	for _, test := range []struct{ old, new, want string }{
		{"--\n", "", `x.txt:2: the article wants a line "--"`},
		{"1 ASSAULT ira", "1 ASSAULT irq", `event 1: no actor has the key "irq"`},
		{"2 ACCUSE", "2 BLAME", `event 2: no event type is called "BLAME"`},
		{"{2 called}", "called", "event 2: no words of the text tell it"},
		{"kwt: Kuwait | KWT state", "kwt Kuwait", `want an actor or an event, have "kwt Kuwait"`},
	} {
		_, err := Marked("x.txt", strings.Replace(markedArticleText, test.old, test.new, 1))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q for %q: %v", test.new, test.old, err)
		}
	}
}
