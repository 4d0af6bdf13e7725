package extract

import (
	"slices"
	"testing"

	"incidentgraph/loader/extract/classify"
	"incidentgraph/schema"
)

// What is known of a candidate beside the others.
func TestRivals(t *testing.T) {
	event, _ := schema.EventTypeByName("ASSAULT")
	for _, tt := range []struct {
		name, text, word, candidate string
		want, not                   []string
	}{
		{"the other state", "Iran shelled Iraq on Monday.", "shelled", "Iraq",
			[]string{"to-initiator=foreign|state|state|ASSAULT", "pair-slot=nsubj|IRN|IRQ|MATERIAL_CONFLICT", "nearer=0|MATERIAL_CONFLICT"},
			[]string{"to-initiator=compatriot|state|state|ASSAULT"}},
		{"a state that stands farther away", "Iran shelled Iraq on Monday after talks with Syria.", "shelled", "Syria",
			[]string{"to-target=foreign|state|state|ASSAULT", "slot-taken=obj|foreign|here|ASSAULT", "nearer-side=1|false|ASSAULT"},
			[]string{"nearer=0|MATERIAL_CONFLICT"}},
		{"whom the article's other acts strike", "Iran shelled Basra. On Friday Iran bombed Iraq. Iraq said the war would end.", "war", "Iraq",
			[]string{"article-type=ASSAULT|0|1"}, []string{"article-type=ASSAULT|0|0"}},
		{"who has done nothing else", "Iran shelled Iraq on Monday after talks with Syria.", "shelled", "Syria",
			[]string{"article-type=ASSAULT|0|0"}, nil},
	} {
		r := coder(t).read(document(t, tt.text, "1987-05-12"), false, nil)
		var names []string
		for _, s := range r.sentences {
			for i := range s.tokens {
				if s.tokens[i].Text != tt.word {
					continue
				}
				o := r.occasion(r.claimFor(s, i, event, s.ruled[i]))
				for _, k := range o.all {
					if k.actor.name != tt.candidate {
						continue
					}
					f := classify.Named()
					r.rivalFeatures(f, o, k)
					names = f.Names()
				}
			}
		}
		for _, w := range tt.want {
			if !slices.Contains(names, w) {
				t.Errorf("%s: no %s among %q", tt.name, w, names)
			}
		}
		for _, w := range tt.not {
			if slices.Contains(names, w) {
				t.Errorf("%s: %s", tt.name, w)
			}
		}
	}
}
