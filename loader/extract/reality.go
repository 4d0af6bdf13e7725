package extract

import (
	"slices"
	"strings"

	"incidentgraph/schema"
)

// reality is how the words around an act say that it stands with the facts.
type reality struct {
	// unreal says why the act did not happen ("negated", "modal could", "after plan"), "" when it did.
	unreal string
	future bool
	// sayer is who the act is attributed to, class the status its saying gives.
	sayer []*actor
	class string
	said  int // token of the word of saying, -1 for none
	// owned tells that the act is the object of the word of saying: "claimed the attack".
	owned bool
	// ownAux: see realityOf.
	ownAux bool
	// ownNot is ownAux for a negation that is part of the pattern: "will not tolerate".
	ownNot bool
	// verbal tells that the act is one of words.
	verbal bool
}

var negations = map[string]bool{"not": true, "n't": true, "never": true, "no": true, "neither": true, "nor": true, "without": true, "nobody": true, "none": true, "hardly": true, "n’t": true, "nothing": true}

var modals = map[string]bool{"could": true, "might": true, "may": true, "would": true, "should": true, "must": true, "can": true, "ought": true}

var conditions = map[string]bool{"if": true, "unless": true, "whether": true, "until": true, "should": true, "lest": true, "once": true}

var factualCases = map[string]bool{"after": true, "following": true, "since": true, "despite": true, "during": true, "amid": true, "because": true, "over": true, "about": true, "as": true, "while": true, "when": true}

// realityOf walks from token i up the tree and reads negation, modals, conditions,
// unreal governors and words of saying on the way.
//
// t is the trigger, nil for none: when auxiliaries are part of its pattern, those of i
// itself are part of what names the act ("will retaliate" is a threat) and do not make it unreal.
func (c *Coder) realityOf(s *sentence, i int, t *trigger) reality {
	r := reality{said: -1}
	if t != nil {
		r.ownAux, r.ownNot, r.verbal = t.aux(), t.negates(), t.kind == "SUPPORT" || t.kind == "ACCUSE" || t.kind == "REQUEST"
	}
	child, joined := -1, false
	for n := 0; i >= 0 && n < 30; n++ {
		if by := s.accordingTo(i); by >= 0 && r.said < 0 {
			r.said, r.class, r.sayer = i, "reported", c.who(s, by, true)
		}
		// What negates the first of two verbs does not negate the second.
		if !joined {
			r.local(c, s, i, child)
		}
		if r.unreal != "" {
			return r
		}
		h := s.tokens[i].Head
		if h < 0 {
			break
		}
		rel := s.tokens[i].Relation
		if done := r.step(c, s, i, h, rel); done || r.unreal != "" {
			break
		}
		joined = base(rel) == "conj" && s.verbal(i)
		child, i = i, h
	}
	return r
}

// local reads the words that hang on token i itself.
func (r *reality) local(c *Coder, s *sentence, i, from int) {
	switch s.toCome(i) {
	case "present":
		r.future = true
	case "past":
		r.unreal = "was to be"
		return
	}
	for _, ch := range s.children[i] {
		if ch == from {
			continue
		}
		t := s.tokens[ch]
		w := s.low(ch)
		switch base(t.Relation) {
		case "advmod", "det", "cc", "neg":
			if negations[w] && !(w == "no" && t.Relation == "advmod") {
				if r.ownNot && from == -1 {
					continue
				}
				// "not only ..." negates nothing.
				if ch+1 < len(s.tokens) && strings.EqualFold(s.tokens[ch+1].Text, "only") {
					continue
				}
				// A negative determiner on another word than the act is that word's.
				r.unreal = "negated by " + t.Text
				return
			}
		case "aux":
			switch {
			case w == "will" || w == "'ll" || w == "shall" || w == "’ll" || w == "wo" || w == "wo n't":
				r.future = true
			case r.ownAux && from == -1:
			case modals[w] && (w == "could" || w == "may" || w == "might") && s.perfect(i):
				r.class = "alleged" // "could have been killed": somebody holds it for so
			case w == "would" && c.announced(s, i):
				r.future = true
			case modals[w] && !(w == "would" && s.perfect(i)) || modals[w] && w != "would":
				if s.verbal(i) || s.child(i, "cop") >= 0 {
					r.unreal = "modal " + t.Text
					return
				}
			}
		case "mark":
			if conditions[w] && w != "once" && w != "until" {
				r.unreal = "condition " + t.Text
				return
			}
			if w == "without" {
				r.unreal = w
				return
			}
		case "nsubj":
			d := s.child(ch, "det")
			no := d >= 0 && s.low(d) == "no"
			if no && from == -1 && s.passive(i) {
				r.unreal = "negated by " + s.tokens[d].Text // "No civilians were injured"
				return
			}
			// "Nobody attacked", "no one has condemned it".
			if w == "nobody" || w == "none" || w == "one" && no {
				r.unreal = "negated by " + t.Text
				return
			}
		case "case":
			if w == "without" {
				r.unreal = "without"
				return
			}
		case "amod", "compound":
			if c.lexicon.unreal[s.lemma(ch)]["amod"] && s.nominal(i) && from == -1 {
				r.unreal = t.Text
				return
			}
		}
	}
}

// dueTo tells in what tense something is said to be due that token i tells: "is due to begin"; "" when it is not.
func (s *sentence) dueTo(i int) string {
	h := s.tokens[i].Head
	if h < 0 || s.low(h) != "due" || !s.infinitive(i) {
		return ""
	}
	if be := s.child(h, "cop"); be >= 0 {
		return tenseOf(s.low(be))
	}
	return ""
}

// tenseOf gives the tense of a form of "be", "" for neither present nor past.
func tenseOf(be string) string {
	switch be {
	case "is", "are", "am", "'s", "’s", "'re", "’re":
		return "present"
	case "was", "were":
		return "past"
	}
	return ""
}

// toCome tells in what tense something is said to lie ahead, "" when it is not: "are to hold",
// "is due to begin", "was to meet", a summit "to be held", "next week's visit".
func (s *sentence) toCome(i int) string {
	be, to := -1, false
	for _, ch := range s.children[i] {
		switch t := s.tokens[ch]; {
		case (t.Relation == "cop" || base(t.Relation) == "aux") && s.lemma(ch) == "be" && s.low(ch) != "be" && ch < i:
			be = ch
		case t.Relation == "mark" && (s.low(ch) == "to" || s.low(ch) == "due") && s.verbal(i):
			to = be >= 0 && ch > be
		case t.Relation == "acl" && s.nominal(i) && s.infinitive(ch) && s.child(ch, "aux:pass") >= 0:
			return "present"
		case (t.Relation == "nmod:poss" || t.Relation == "obl:unmarked" || t.Relation == "nmod:unmarked") && t.Tag == "NOUN" && s.tokens[i].Penn != "VBD" && s.tokens[i].Penn != "VBN":
			if s.low(ch) == "tomorrow" {
				return "present"
			}
			for _, m := range s.children[ch] {
				if s.low(m) == "next" && s.tokens[m].Relation == "amod" {
					switch s.lemma(ch) {
					case "week", "month", "year", "weekend":
						return "present"
					}
				}
			}
		}
	}
	if !to {
		return s.dueTo(i)
	}
	return tenseOf(s.low(be))
}

// announced tells that "would" at i is "will" in the words of the one who will do it: "Iraq
// said it would allow inspectors".
func (c *Coder) announced(s *sentence, i int) bool {
	h := s.tokens[i].Head
	if h < 0 || base(s.tokens[i].Relation) != "ccomp" && base(s.tokens[i].Relation) != "parataxis" || !c.saying(s, h) {
		return false
	}
	sayer := c.fill(s, h, []string{"nsubj"}, false)
	doer := c.fill(s, i, []string{"nsubj"}, false)
	return len(sayer) > 0 && len(doer) > 0 && (sayer[0] == doer[0] || sayer[0].sideOf() != "" && sayer[0].sideOf() == doer[0].sideOf())
}

// leftUndone tells that word h says of an act that it was not done: "failed to attack", "refrained from attacking", "stopped
// short of attacking".
func (c *Coder) leftUndone(s *sentence, h int) bool {
	if c.lexicon.classes["undone"][s.lemma(h)] {
		return !s.negated(h)
	}
	if s.lows[h] == "short" {
		h--
	}
	return h >= 0 && h+1 < len(s.lows) && s.lemma(h) == "stop" && s.lows[h+1] == "short"
}

// takesOn tells that verb h takes on what its phrase with "for" tells: "claimed responsibility for the attack".
func (s *sentence) takesOn(h int) bool {
	o := s.child(h, "obj")
	return o >= 0 && s.verbal(h) && (s.lemma(o) == "responsibility" || s.lemma(o) == "credit")
}

// claimedWithin is how many sentences back an attack is looked for that somebody "claimed responsibility" for.
const claimedWithin = 3

// claimants gives the attack told last to who claims responsibility without saying for what, where the text has nobody for it or only
// the gunmen who made it: "A bomber killed twelve soldiers. Al Shabaab claimed responsibility."
func (r *reading) claimants() {
	for _, s := range r.sentences {
		for v := range s.tokens {
			if !s.verbal(v) || !r.coder.is("claiming", s.lemma(v)) || !s.takesOn(v) || s.negated(v) {
				continue
			}
			o := s.child(v, "obj")
			if s.hasSlot(v, "for") || s.hasSlot(o, "for") {
				continue
			}
			who := r.coder.fill(s, v, []string{"nsubj"}, false)
			if len(who) != 1 || who[0].person || who[0].kind == schema.Media {
				continue
			}
			for k := len(r.claims) - 1; k >= 0; k-- {
				c := r.claims[k]
				if c.event.Name != "ASSAULT" || c.historical || c.s.index > s.index || s.index-c.s.index > claimedWithin || containsActor(c.targets, who[0]) {
					continue
				}
				if slices.ContainsFunc(c.initiators, func(a *actor) bool { return !r.coder.unknownPeople(a) }) {
					break
				}
				c.initiators, c.status = who, schema.Claimed
				break
			}
		}
	}
}

// unknownPeople tells that an actor is people of whom nobody knows who they are: "gunmen".
func (c *Coder) unknownPeople(a *actor) bool {
	if !a.nameless() {
		return false
	}
	n, ok := c.actors.Noun(strings.Fields(a.folk))
	return ok && n.Has("unknown") || c.is("bomber", a.folk)
}

// gone tells that an adjective of noun i says that it has been: "recent attacks".
func (c *Coder) gone(s *sentence, i int) bool {
	return slices.ContainsFunc(s.children[i], func(ch int) bool {
		return s.tokens[ch].Relation == "amod" && c.is("bygone", s.low(ch))
	})
}

func (s *sentence) perfect(i int) bool {
	for _, c := range s.children[i] {
		if s.tokens[c].Relation == "aux" && s.lemma(c) == "have" {
			return true
		}
	}
	return false
}

// performs tells that a wish of the speaker is the act itself: "I want to convey my
// condolences", "we would like to thank".
func (r *reality) performs(s *sentence, h int) bool {
	switch s.lemma(h) {
	case "want", "like", "wish":
	default:
		return false
	}
	for _, t := range s.subjects(h, 0) {
		switch s.low(t) {
		case "i", "we":
			return r.verbal
		}
	}
	return false
}

// deniedCharge gives the verb that denies a charge, h, of which the clause of token i tells what it says, -1 for none: "denied Iranian
// charges that it had bombed a hospital".
func (c *Coder) deniedCharge(s *sentence, i, h int) int {
	v := s.tokens[h].Head
	if v < 0 || base(s.tokens[h].Relation) != "obj" || !c.is("charging", s.lemma(h)) || !c.is("refuting", s.lemma(v)) || !s.marked(i, "that") {
		return -1
	}
	return v
}

// step reads what the governor h of token i makes of it; done ends the walk.
func (r *reality) step(c *Coder, s *sentence, i, h int, rel string) (done bool) {
	governor := s.lemma(h)
	unreal := c.lexicon.unreal[governor]
	if v := c.deniedCharge(s, i, h); v >= 0 {
		r.said, r.class, r.sayer = v, "denied", c.fill(s, v, []string{"nsubj"}, false)
		return true
	}
	switch b := base(rel); {
	case rel == "acl:relcl" || rel == "appos" || b == "parataxis" && !c.saying(s, h) || b == "list":
		return true
	case b == "conj":
		// What holds of the first of a pair of verbs by an auxiliary holds of the second.
		if s.verbal(i) && s.verbal(h) && s.child(i, "nsubj") < 0 {
			for _, ch := range s.children[h] {
				if t := s.tokens[ch]; t.Relation == "aux" && modals[s.low(ch)] && ch < h && s.tokens[i].Penn == "VB" {
					r.unreal = "modal " + t.Text
					return true
				} else if t.Relation == "aux" && strings.EqualFold(t.Text, "will") && s.tokens[i].Penn == "VB" {
					r.future = true
				}
			}
		}
		return s.nominal(i) && s.verbal(h)
	case b == "xcomp" || b == "ccomp" || rel == "acl" || b == "advcl" || b == "csubj" || b == "parataxis":
		infinitive := s.infinitive(i)
		if c.saying(s, h) && (b == "ccomp" || b == "parataxis" || b == "xcomp") {
			r.saidBy(c, s, h)
			if r.class == "none" {
				r.class = ""
			}
			if unreal[b] {
				r.unreal = "under " + s.tokens[h].Text
			}
			return r.unreal != ""
		}
		if r.performs(s, h) {
			return false
		}
		if rel == "acl" && s.tokens[i].Penn == "VBG" && s.child(i, "mark") < 0 {
			return true // "a call congratulating Putin": what the call did
		}
		if b == "advcl" && s.marked(i, "of") && r.said < 0 {
			// "accused Russia of shelling": who accuses says so.
			if t := c.find(s, h); t != nil && t.kind == "ACCUSE" {
				r.said, r.class, r.sayer = h, "alleged", c.fill(s, h, []string{"nsubj"}, false)
				return true
			}
		}
		if c.leftUndone(s, h) && (infinitive || s.tokens[i].Penn == "VBG") {
			r.unreal = "negated by " + s.tokens[h].Text
			return true
		}
		if unreal[b] {
			r.unreal = "under " + s.tokens[h].Text
			return true
		}
		if infinitive && r.verbal && b == "advcl" {
			if d := c.find(s, h); d != nil && (d.kind == "PROTEST" || d.kind == "ACCUSE" || d.kind == "CONSULT") {
				return true // "marched to demand", "summoned the envoy to protest": both are done
			}
		}
		if infinitive && (b == "xcomp" || b == "ccomp" || b == "advcl" || rel == "acl" || b == "csubj") && !c.lexicon.classes["factual"][governor] && s.dueTo(i) == "" {
			r.unreal = "infinitive under " + s.tokens[h].Text
			return true
		}
		if b == "advcl" {
			// "will travel to discuss", "will be shown when Iran hosts a summit"
			if infinitive || s.begins(i, "when") {
				for _, ch := range s.children[h] {
					r.future = r.future || s.tokens[ch].Relation == "aux" && (s.low(ch) == "will" || s.low(ch) == "'ll" || s.low(ch) == "’ll")
				}
			}
			// A means is as real as what it serves: "to curb them by forcing a withdrawal".
			return !s.means(i)
		}
		return rel == "acl"
	case b == "obj" || b == "iobj" || b == "nsubj" || b == "obl" || b == "nmod" || b == "compound" || b == "amod":
		slots := s.prepositions(i)
		if b == "obl" && r.said < 0 && slices.Contains(slots, "for") && s.takesOn(h) && c.saying(s, h) {
			r.claimedBy(c, s, h)
		}
		if b == "obj" || b == "nsubj" && s.tokens[i].Relation == "nsubj:pass" {
			slots = append(slots, "obj")
			if e := c.sayingEntry(s, h); e != nil && s.verbal(h) && r.said < 0 {
				switch s.lemma(h) {
				case "claim", "acknowledge", "admit", "confirm":
					r.claimedBy(c, s, h)
				}
			}
		}
		if b == "compound" {
			slots = append(slots, "compound")
		}
		for _, sl := range slots {
			if unreal[sl] {
				r.unreal = "under " + s.tokens[h].Text
				return true
			}
			if factualCases[sl] {
				return true
			}
		}
		if b == "nsubj" && c.gone(s, i) {
			return true // "recent attacks would be avenged"
		}
		if b == "nsubj" && s.supposed(h) && !c.pointed(s, i) {
			r.unreal = "supposed" // "a withdrawal would mean": one that is only thought of
			return true
		}
		if b == "nsubj" && !c.isCarrier(s, h, i) {
			return s.tokens[i].Relation == "nsubj"
		}
		if b == "nmod" {
			return false
		}
	}
	return false
}

func (c *Coder) isCarrier(s *sentence, v, noun int) bool {
	for _, k := range c.carriers(s, noun) {
		if k.token == v {
			return true
		}
	}
	return false
}

// infinitive tells that verb i stands with "to".
func (s *sentence) infinitive(i int) bool {
	for _, c := range s.children[i] {
		if s.tokens[c].Relation == "mark" && strings.EqualFold(s.tokens[c].Text, "to") {
			return true
		}
	}
	return false
}

// supposed tells that predicate i is what would be.
func (s *sentence) supposed(i int) bool { return s.auxiliary(i, "would") && !s.perfect(i) }

// pointed tells that noun i means something known: "the attack", "Tuesday's attack", "recent attacks".
func (c *Coder) pointed(s *sentence, i int) bool {
	for _, ch := range s.children[i] {
		switch base(s.tokens[ch].Relation) {
		case "det":
			if c.is("definite", strings.ToLower(s.tokens[ch].Text)) {
				return true
			}
		case "amod":
			switch s.lemma(ch) {
			case "recent", "ongoing", "latest", "current":
				return true
			}
		case "nmod":
			if s.tokens[ch].Relation == "nmod:poss" {
				return true
			}
		}
	}
	return false
}

// means tells that verb i says how its governor is done: "by forcing".
func (s *sentence) means(i int) bool { return s.tokens[i].Penn == "VBG" && s.marked(i, "by") }

// begins tells that a clause begins with word w.
func (s *sentence) begins(i int, w string) bool {
	for _, ch := range s.children[i] {
		if s.low(ch) == w && ch < i {
			return true
		}
	}
	return false
}

// saying tells whether token h is a word of saying.
func (c *Coder) saying(s *sentence, h int) bool { return c.sayingEntry(s, h) != nil }

// sayingEntry gives the first entry for words of saying that fits token h, nil for none.
func (c *Coder) sayingEntry(s *sentence, h int) *trigger {
	if !s.settled {
		return c.searchSaying(s, h)
	}
	a := &s.asked[h]
	if !a.soughtSaying {
		a.soughtSaying, a.saying = true, c.searchSaying(s, h)
	}
	return a.saying
}

func (c *Coder) searchSaying(s *sentence, h int) *trigger {
	entries := c.lexicon.reporting[s.lemma(h)]
	for k := range entries {
		t := &entries[k]
		if posFits(s, h, t.pos) && c.holds(s, h, t) {
			return t
		}
	}
	return nil
}

// claimedBy takes the subject of the word of saying at h for one who owns the act.
func (r *reality) claimedBy(c *Coder, s *sentence, h int) {
	r.saidBy(c, s, h)
	r.class, r.owned = "claimed", true
}

// saidBy takes the subject of the word of saying at h as the source of the act.
func (r *reality) saidBy(c *Coder, s *sentence, h int) {
	e := c.sayingEntry(s, h)
	if e == nil {
		return
	}
	names := e.frame.initiator
	if len(names) == 0 {
		names = []string{"nsubj", "to", "by", "poss"}
	}
	sayer := c.fill(s, h, names, true)
	if r.said < 0 {
		r.said, r.class, r.sayer = h, e.kind, sayer
	}
}
