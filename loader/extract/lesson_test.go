package extract

import (
	"slices"
	"testing"
)

func TestNearlyAnnotated(t *testing.T) {
	for _, tt := range []struct {
		name, ours, country, theirs, theirCountry string
		want                                      bool
	}{
		{"a name within the other", "Kurds", "SYR", "pro-western Kurds", "SYR", true},
		{"the other way round", "50 former Iraqi police officers", "IRQ", "Iraqi police officers", "IRQ", true},
		{"a state that is not known", "Kurdish militias", "", "Kurdish militias in Syria", "SYR", true},
		{"of two states", "Kurds", "IRQ", "pro-western Kurds", "SYR", false},
		{"one word in common", "Kurdish fighters", "SYR", "Turkish fighters", "SYR", false},
	} {
		a := &actor{name: tt.ours, country: tt.country}
		if got := nearlyAnnotated(a, AnnotatedActor{Name: tt.theirs, Country: tt.theirCountry}); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

// What the rules see told once more, where the reader quotes it elsewhere, is no lesson that it is no act.
func TestToldAgain(t *testing.T) {
	const text = "Iran shelled Basra in Iraq on Monday. Iraq said Iran had attacked it. Iran attacked Kuwait."
	event := AnnotatedEvent{
		ID: "e1", Type: "ASSAULT", Evidence: []string{"Iran shelled Basra"}, Trigger: []string{"shelled"},
		Initiators: []AnnotatedActor{{Name: "Iran", Country: "IRN", Kind: "state"}}, Targets: []AnnotatedActor{{Name: "Iraq", Country: "IRQ", Kind: "state"}},
	}
	doc := document(t, text, "1987-05-12")
	r := coder(t).read(doc, false, nil)
	l := newLesson(doc, Annotation{Events: []AnnotatedEvent{event}}, &Lessons{})
	var got []bool
	for _, s := range r.sentences {
		for i := range s.tokens {
			if s.lemma(i) == "attack" {
				got = append(got, l.toldAgain(r, s, i))
			}
		}
	}
	if want := []bool{true, false}; !slices.Equal(got, want) {
		t.Errorf("told again: %v, want %v", got, want)
	}
}
