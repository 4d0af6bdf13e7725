package extract

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"incidentgraph/loader/extract/classify"
)

// The choices of places and days learn from the acts that a reader marked, one lesson for each, and can be read again.
func TestLearnOptions(t *testing.T) {
	doc := articleOf(t, "row", "Iraqi jets bombed rebels in Mosul on Tuesday. The jets bombed Mosul again. Iran condemned the attack.")
	a := Annotation{ID: "row", Events: []AnnotatedEvent{
		{ID: "e1", Type: "ASSAULT", Evidence: []string{"Iraqi jets bombed rebels in Mosul", "bombed Mosul again"}, Trigger: []string{"bombed", "bombed"}, Place: &AnnotatedPlace{"Mosul", "IRQ"}, Date: "2024-01-16"},
		{ID: "e2", Type: "ACCUSE", Evidence: []string{"Iran condemned the attack"}, Trigger: []string{"condemned"}},
	}}
	for name, lessons := range map[string][]OptionLesson{"places": coder(t).LearnPlaces(doc, a), "days": coder(t).LearnDays(doc, a)} {
		if len(lessons) < 2 {
			t.Fatalf("%s: lessons %+v, want those of the acts that are read, and of both that the reader marked", name, lessons)
		}
		marked := lessons[len(lessons)-2:]
		if marked[0].Untold() || !marked[1].Untold() {
			t.Errorf("%s: lessons %+v, want one that is told and one untold", name, marked)
		}
		x := marked[0]
		if !x.IsRight(x.Rule) || !slices.Equal(x.Right, []int{x.Rule}) || len(x.List) < 3 {
			t.Errorf("%s: the rules choose option %d of %d, right are %v", name, x.Rule, len(x.List), x.Right)
		}
		c := classify.LearnChoice([]classify.Options{x.Options}, classify.Settings{Seed: 1, Epochs: 60, Rate: 0.1, Seldom: 1})
		if k := x.Choose(c); !x.IsRight(k) {
			t.Errorf("%s: what is learnt of one lesson chooses option %d, want one of %v", name, k, x.Right)
		}
		var b bytes.Buffer
		if _, err := c.WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		again, err := classify.ReadChoice(&b)
		if err != nil {
			t.Fatalf("%s: read again: %v", name, err)
		}
		if k := x.Choose(again); !x.IsRight(k) {
			t.Errorf("%s: what is read again chooses option %d, want one of %v", name, k, x.Right)
		}
	}
}

// The choice of tolls learns the dead and the wounded of each act that may cost lives.
func TestLearnTolls(t *testing.T) {
	two := 2
	doc := articleOf(t, "row", "Gunmen attacked a police post in Quetta on Sunday, killing two officers. Iran condemned the attack.")
	lessons := coder(t).LearnTolls(doc, Annotation{ID: "row", Events: []AnnotatedEvent{
		{ID: "e1", Type: "ASSAULT", Evidence: []string{"Gunmen attacked a police post in Quetta on Sunday, killing two officers"}, Trigger: []string{"attacked"}, Killed: &AnnotatedToll{&two, &two}},
		{ID: "e2", Type: "ACCUSE", Evidence: []string{"Iran condemned the attack"}, Trigger: []string{"condemned"}},
	}})
	if len(lessons) != 4 {
		t.Fatalf("%d lessons, want two of the attack as it is read, and two as it is marked", len(lessons))
	}
	for k := range lessons {
		x := lessons[k]
		if dead := k%2 == 0; x.Untold() == dead || !x.IsRight(x.Rule) || dead && len(x.List) < 2 {
			t.Errorf("lesson %d: untold %t, the rules right %t, %d options", k, x.Untold(), x.IsRight(x.Rule), len(x.List))
		}
	}
}

// An explanation tells why a place, a day and a toll were chosen.
func TestExplainSettled(t *testing.T) {
	var b strings.Builder
	if _, err := coder(t).Explain(articleOf(t, "row", "Iraqi jets bombed rebels in Mosul on Tuesday, killing two fighters."), &b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"    place Mosul ", "    day 2024-01-16 ", "    killed 2 ", "    injured none "} {
		if !slices.ContainsFunc(strings.Split(b.String(), "\n"), func(line string) bool {
			return strings.HasPrefix(line, want) && strings.Contains(line, "of ") && strings.Contains(line, "because of ")
		}) {
			t.Errorf("no line tells why it is %q:\n%s", want, b.String())
		}
	}
}
