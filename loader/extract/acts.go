package extract

import (
	"slices"
	"strings"

	"incidentgraph/schema"
)

// retype makes of how likely the models hold the types of the act that token i tells what the words around it say of the type, where they
// leave no doubt.
func (r *reading) retype(s *sentence, i int, classes []string, p []float64) {
	if r.coder.vows(s, i) {
		vowed(classes, p)
	}
	if what := r.passesOn(s, i); what != "" {
		becomes(classes, p, "THREATEN", what)
	}
	r.votesFor(s, i, classes, p)
	if r.mineOf(s, i) >= 0 {
		n := slices.Index(classes, "ASSAULT")
		p[n] = max(p[n], likelyMine)
	}
	switch {
	case s.lemma(i) == "slam" && s.hasSlot(i, "into"): // "missiles slammed into Tehran"
		becomes(classes, p, "ACCUSE", "ASSAULT")
	case s.expelsEnvoy(i):
		becomes(classes, p, "COERCE", "SANCTION")
	case s.welcomesTo(i):
		becomes(classes, p, "SUPPORT", "CONSULT")
	case r.mourns(s, i):
		becomes(classes, p, "ACCUSE", "SUPPORT")
	}
}

// leavesSo tells that verb i tells in what state something leaves others, and not that anybody goes: "leaving 15 insurgents dead".
func (s *sentence) leavesSo(i int) bool {
	return s.lemma(i) == "leave" && s.verbal(i) && (s.child(i, "xcomp") >= 0 || strings.EqualFold(s.textOr(i+1), "behind"))
}

// vows tells that who is the subject of verb i says himself that he will do it: "Israel said it would bomb Syria".
func (c *Coder) vows(s *sentence, i int) bool {
	return s.verbal(i) && !s.negated(i) && s.auxiliary(i, "will", "would", "'ll", "’ll") && c.announced(s, i)
}

// vowed makes threats of what is likely to be a hostile act: who says that he will do it has not done it, but threatens to.
func vowed(classes []string, p []float64) {
	threat := slices.Index(classes, "THREATEN")
	for n, name := range classes {
		if name == "ASSAULT" || name == "COERCE" || name == "SANCTION" {
			p[threat] += p[n]
			p[n] = 0
		}
	}
}

// passesOn tells that verb i warns of what somebody else has done or is about to do, and gives what it is then instead of a threat: nothing
// where armed groups plan it ("warned Paris that militants planned an attack"), else a reproach ("warned that the Americans had taken
// dangerous steps"). It gives "" for all other verbs.
func (r *reading) passesOn(s *sentence, i int) string {
	if s.lemma(i) != "warn" || !s.verbal(i) {
		return ""
	}
	warner, clause := s.child(i, "nsubj"), s.child(i, "ccomp")
	if warner < 0 || clause < i || !s.verbal(clause) || s.auxiliary(clause, "will", "would", "'ll", "’ll", "shall", "should", "must") || s.child(clause, "advcl") >= 0 {
		return ""
	}
	subject := s.child(clause, "nsubj")
	if subject < 0 {
		return ""
	}
	for _, m := range s.mentionsAt(subject) {
		if m.shape == pronoun || m.shape == modifier || len(m.actors) != 1 {
			continue
		}
		a := m.actors[0]
		for _, w := range s.mentionsAt(warner) {
			for _, o := range w.actors {
				if o == a || o.country != "" && o.country == a.country {
					return "" // "warned that its forces were ready"
				}
			}
		}
		if a.kind == schema.ArmedGroup || s.auxiliary(clause, "may", "might", "could", "can") {
			return noAct
		}
		return "ACCUSE"
	}
	return ""
}

// becomes makes an act of one type of what was likely to be one of another.
func becomes(classes []string, p []float64, from, to string) {
	f, t := slices.Index(classes, from), slices.Index(classes, to)
	p[t] += p[f]
	p[f] = 0
}

// votesFor leaves a word of voting for a deed no other deed than that: who "voted to give aid" has not sanctioned.
func (r *reading) votesFor(s *sentence, i int, classes []string, p []float64) {
	if s.lemma(i) != "vote" || !s.verbal(i) {
		return
	}
	deed := s.child(i, "xcomp")
	if deed < 0 {
		return
	}
	t := r.coder.find(s, deed)
	if t == nil {
		return
	}
	none := slices.Index(classes, noAct)
	for n, name := range classes {
		if event, ok := schema.EventTypeByName(name); ok && event.Material() && name != t.kind {
			p[none] += p[n]
			p[n] = 0
		}
	}
}

// expelsEnvoy tells that verb i sends an envoy home, which breaks relations with his state (codebook, SANCTION).
func (s *sentence) expelsEnvoy(i int) bool {
	if s.lemma(i) != "expel" || !s.verbal(i) {
		return false
	}
	envoy := s.child(i, "obj", "nsubj:pass")
	return envoy >= 0 && slices.ContainsFunc(s.mentionsAt(envoy), func(m *mention) bool { return m.noun != nil && m.noun.Has("diplomat") })
}

// welcomesTo tells that verb i tells of a guest who is received somewhere, and not of what somebody likes: "welcomed the minister to London".
func (s *sentence) welcomesTo(i int) bool {
	if s.lemma(i) != "welcome" || !s.verbal(i) {
		return false
	}
	guest := s.child(i, "obj")
	return guest >= 0 && s.someone(guest) && slices.ContainsFunc(s.mentions, func(m *mention) bool {
		return m.head > guest && s.preposition(m.head) == "to" && s.under(m.head, i) && (m.place != nil || len(m.actors) == 1 && !m.actors[0].person)
	})
}

// mourns tells that token i tells of sorrow at somebody's death, which is a word of sympathy (codebook, SUPPORT) and no reproach:
// "expressed regret over the death of a pilot".
func (r *reading) mourns(s *sentence, i int) bool {
	verb, sorrow := s.tokens[i].Head, i
	if s.verbal(i) {
		verb, sorrow = i, s.child(i, "obj")
	}
	if sorrow < 0 || !r.coder.is("sorrow", s.lemma(sorrow)) {
		return false
	}
	slots := s.slots(sorrow)
	if verb >= 0 && s.verbal(verb) {
		slots = append(slices.Clip(slots), s.slots(verb)...)
	}
	for _, sl := range slots {
		switch sl.name {
		case "over", "for", "at":
			if r.coder.is("mourned", s.lemma(sl.token)) {
				return true
			}
		}
	}
	return false
}

// denied tells that the text says of the act that token i tells by its own word that it did not happen, that it only may, or
// that it is taken back: "has never attacked", "without attacking", "may attack", "lifted its sanctions". However likely a
// model holds it, that is no act; what a negated word tells besides, as a refusal, may be one.
func (r *reading) denied(s *sentence, i int, kind string) bool {
	if (kind == "ASSAULT" || kind == "COERCE") && r.rescues(s, i) || r.coder.heldBack(s, i, kind) {
		return true
	}
	t := r.coder.find(s, i)
	if t == nil {
		// "if Washington imposed 300 million dollars in tariffs"
		event, _ := schema.EventTypeByName(kind)
		return event.Material() && strings.HasPrefix(r.coder.realityOf(s, i, nil).unreal, "condition")
	}
	if t.kind != kind || t.own || t.negates() {
		return false
	}
	what := r.coder.realityOf(s, i, t)
	if what.future && (kind == "CONSULT" || kind == "CONCEDE") {
		return true // who will travel to meet has agreed at most
	}
	unreal, _, _ := strings.Cut(what.unreal, " ")
	switch unreal {
	case "negated", "without", "condition", "modal", "supposed", "was":
		return true
	}
	return r.coder.takenBack(s, i, kind)
}

// rescues tells that verb i tells of good done to people: "a girl was freed by special forces", and not "freed the town".
func (r *reading) rescues(s *sentence, i int) bool {
	return s.verbal(i) && r.coder.is("rescuing", s.lemma(i)) && slices.ContainsFunc(s.slots(i), func(sl slot) bool { return sl.name == "obj" && s.someone(sl.token) })
}

// takenBack tells that what token i tells is taken back, which is an act of another type: "lifted its sanctions".
func (c *Coder) takenBack(s *sentence, i int, kind string) bool {
	h := s.tokens[i].Head
	if h < 0 || !s.nominal(i) || !c.is("lifting", s.lemma(h)) {
		return false
	}
	switch kind {
	case "SANCTION", "COERCE", "THREATEN":
		return s.tokens[i].Relation == "obj" || s.tokens[i].Relation == "nsubj:pass"
	}
	return false
}

// heldBack tells that noun i is of aid that somebody does not give any more: "halted 40 million dollars in aid".
func (c *Coder) heldBack(s *sentence, i int, kind string) bool {
	if kind != "AID" || !s.nominal(i) {
		return false
	}
	for n, h := 0, i; n < 3 && h >= 0; n++ {
		switch base(s.tokens[h].Relation) {
		case "nmod":
			h = s.tokens[h].Head
			continue
		case "obj":
			return c.is("halting", s.lemma(s.tokens[h].Head))
		}
		return false
	}
	return false
}

// likelyMine is how likely it is at least that a mine which a ship or a car hit was laid against it.
const likelyMine = 0.6

// mineOf gives the mine or the bomb that is the object of verb i, which tells that a ship or a car hit it, -1 for none.
func (r *reading) mineOf(s *sentence, i int) int {
	if !s.verbal(i) || !r.coder.is("striking", s.lemma(i)) {
		return -1
	}
	mine, subject := s.child(i, "obj"), s.child(i, "nsubj")
	if mine < 0 || subject < 0 || !r.coder.is("mine", s.lemma(mine)) || !r.coder.is("conveyance", s.lemma(subject)) {
		return -1
	}
	return mine
}
