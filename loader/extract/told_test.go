package extract

import (
	"strings"
	"testing"
)

// TestToldBefore holds who may be a side of the act that the last word written so tells, besides
// those whom its sentence and the two before it name: the sides of earlier acts of the same type.
func TestToldBefore(t *testing.T) {
	const between = "The weather was bad. Prices rose again. Nobody was surprised. "
	for _, tt := range []struct{ name, text, word, want string }{
		{"the act before", "Turkey attacked Afrin. " + between + "The attack lasted for days.", "attack", "Turkey & Syria"},
		{"the last of several", "Turkey attacked Iraq. Iran attacked Israel. " + between + "The attack lasted for days.", "attack", "Turkey & Iraq & Iran & Israel"},
		{"an act of another type", "Turkey condemned Iraq. " + between + "The attack lasted for days.", "attack", ""},
		{"a meeting", "Turkey met Iraq in Ankara. " + between + "The meeting lasted for days.", "meeting", "Turkey & Iraq"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := coder(t).read(articleOf(t, "row", tt.text), false, nil)
			got := "no such act"
			for _, s := range r.sentences {
				for i := range s.tokens {
					if s.low(i) != tt.word || len(s.ruled[i]) == 0 {
						continue
					}
					var list []string
					for _, k := range r.candidates(s.ruled[i][0]) {
						if k.from == "told" || k.from == "read" {
							list = append(list, k.actor.name)
						}
					}
					got = strings.Join(list, " & ")
				}
			}
			if got != tt.want {
				t.Errorf("%s: %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}
