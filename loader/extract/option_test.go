package extract

import (
	"bytes"
	"slices"
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
