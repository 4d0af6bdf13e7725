package extract

import "incidentgraph/schema"

// voice is somebody for whom words in the first person may stand, and as what: "self" who
// speaks, "perhaps" who may, "body" the organisation or "state" the state that he speaks for,
// "issuer" the office-holder who issues the statement of a state.
type voice struct {
	actor *actor
	as    string
}

// voices gives those for whom "we" and "our" stand in a sentence, who speaks first; none
// when nobody is known to speak.
func (r *reading) voices(s *sentence) []voice {
	switch {
	case s.voices != nil:
	case s.speaker != nil:
		s.voices = r.voicesOf(s, s.speaker)
	case s.perhaps != nil:
		s.voices = []voice{{s.perhaps, "perhaps"}}
	}
	return s.voices
}

func (r *reading) voicesOf(s *sentence, a *actor) []voice {
	out := []voice{{a, "self"}}
	if !firstPerson(s) && !anyTrue(s.quoted) && r.cast.home == "" {
		return out
	}
	if b := r.bodyOf(a); b != nil {
		out = append(out, voice{b, "body"})
	}
	if a.person && a.role != "" && a.country != "" {
		if x := r.cast.state(a.country); x != r.bodyOf(a) {
			out = append(out, voice{x, "state"})
		}
	}
	if r.issuedBy != nil && r.issuedBy != a && a.kind == schema.State {
		out = append(out, voice{r.issuedBy, "issuer"})
	}
	return out
}

// bodyOf gives the organisation or force that a person holds an office of, as the article
// tells: "Fabrizio Carboni, ICRC's regional director", "the YPG commander Nesrin Abdullah";
// nil when it tells none.
func (r *reading) bodyOf(a *actor) *actor {
	if !a.person {
		return nil
	}
	if r.bodies == nil {
		r.bodies = map[*actor]*actor{}
		for _, s := range r.sentences {
			for _, m := range s.mentions {
				if !m.person || m.shape == modifier || m.shape == pronoun || len(m.actors) != 1 || !m.actors[0].person || r.bodies[m.actors[0]] != nil {
					continue
				}
				if b := s.bodyAt(m); b != nil {
					r.bodies[m.actors[0]] = b
				}
			}
		}
	}
	return r.bodies[a]
}

// bodyWithin is how many words after an office tell at most whose it is.
const bodyWithin = 10

// bodyAt gives the body, no state and no person, that the words of a mention or right behind
// it name: "the ICRC director", "the director of the programme at Human Rights Watch".
func (s *sentence) bodyAt(m *mention) *actor {
	end := m.last
	for m.shape == nominal && end < len(s.tokens) && end < m.last+bodyWithin && s.tokens[end].Tag != "VERB" && s.tokens[end].Tag != "PUNCT" && s.tokens[end].Tag != "PRON" {
		end++
	}
	for _, o := range s.mentions {
		switch {
		case o == m || len(o.actors) != 1:
			continue
		case o == m.owner:
		case o.shape == modifier && m.first <= o.first && o.last <= m.last:
		case o.shape == named && m.last <= o.first && o.last <= end && !o.person:
		default:
			continue
		}
		switch b := o.actors[0]; b.kind {
		case schema.State, schema.Person, schema.Civilians, schema.OtherActor:
		default:
			return b
		}
	}
	return nil
}

// ownWords gives the mention of who speaks that hangs nearest to token i: "we"; nil for none.
func (s *sentence) ownWords(i int) *mention {
	var best *mention
	for _, m := range s.mentions {
		if m.shape == pronoun && s.saysWe(m.head) && (best == nil || closer(s, i, m, best)) {
			best = m
		}
	}
	return best
}
