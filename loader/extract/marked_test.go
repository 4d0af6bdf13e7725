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
1 ASSAULT ira > kwt | killed 2 | injured 20+
2 ACCUSE kwt > ira | on 1987-05 | to 1
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
	if x := a.Annotation.Events[0]; *x.Killed.Min != 2 || *x.Killed.Max != 2 || *x.Injured.Min != 20 || x.Injured.Max != nil {
		t.Errorf("event 1 cost %v and %v", x.Killed, x.Injured)
	}
	if x := a.Annotation.Events[1]; x.Date != "1987-05" || x.InResponseTo != "1" {
		t.Errorf("event 2 was on %q, because of %q", x.Date, x.InResponseTo)
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
		{"{2 called}", "{3 called}", "event 2: no words of the text tell it"},
		{"Kuwait {2", "{9 Kuwait} {2", "event 9: words of the text tell it, and no line"},
		{"| to 1", "| 1", `event 2: want "at PLACE, COUNTRY", "on DATE", "to EVENT", "killed COUNT" or "injured COUNT", have "1"`},
		{"killed 2", "killed two", `event 1: want a count as 11, 90+, -50 or 3-5, have "two"`},
		{"kwt: Kuwait | KWT state", "kwt Kuwait", `want an actor or an event, have "kwt Kuwait"`},
	} {
		_, err := Marked("x.txt", strings.Replace(markedArticleText, test.old, test.new, 1))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q for %q: %v", test.new, test.old, err)
		}
	}
}

func TestReadings(t *testing.T) {
	const text = "a remark\n# cable-7\nira: Iranian gunboats; IRAN | IRN military\nkwt: Kuwait | KWT state\n1 ASSAULT ira > kwt @ 8-15 30-36 | at Kharg, IRN\n2 ACCUSE kwt > ira @ 40-46 | on 2024-01 | to 1\n# cable-8\n"
	list, err := Readings("x.txt", text)
	if err != nil || len(list) != 2 || list[0].ID != "cable-7" || len(list[0].Events) != 2 || len(list[1].Events) != 0 {
		t.Fatal(list, err)
	}
	first, second := list[0].Events[0], list[0].Events[1]
	if len(first.words) != 2 || first.words[1] != [2]int{30, 36} || *first.Place != (AnnotatedPlace{"Kharg", "IRN"}) || second.InResponseTo != "1" || second.Date != "2024-01" {
		t.Errorf("%+v, %+v", first, second)
	}
	for text, want := range map[string]string{
		"Iran's shelled a tanker. The attack": "article cable-7, event 1: no words stand at 8-15",
		strings.Repeat(" ", 30):               "article cable-7, event 1: no words stand at 30-36",
		strings.Repeat(" ", 50):               "",
		// Where words end a space may be missing.
		strings.Repeat(" ", 30) + "attackon" + strings.Repeat(" ", 12): "",
	} {
		switch err := list[0].Fits(text); {
		case err == nil && want != "", err != nil && (want == "" || !strings.Contains(err.Error(), want)):
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
	for old, want := range map[string]string{
		"8-15": `x.txt:2: event 1: want FROM-TO, have "15"`, "to 1": `event 2: want "at PLACE, COUNTRY", "on DATE", "to EVENT", "killed COUNT" or "injured COUNT", have "1"`, "2024-01": `event 2: want a day as 2024-01-16, a month as 2024-01 or a year, have "January"`, "kwt @": `event 1: no actor has the key "irq"`,
	} {
		now := map[string]string{"8-15": "15", "to 1": "1", "2024-01": "January", "kwt @": "irq @"}[old]
		if _, err := Readings("x.txt", strings.Replace(text, old, now, 1)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", now, err, want)
		}
	}
}
