package extract

import "testing"

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
