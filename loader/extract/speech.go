package extract

import (
	"strings"

	"incidentgraph/schema"
)

// Acts of talk that no single word names: duties put on others, orders, refusals to act,
// blame for misdeeds and abuse of a name. They are acts only in somebody's mouth.

// The triggers of these acts; their heads tell the models which of the rules spoke.
var (
	duty      = &trigger{head: "duty", pos: 'v', kind: "REQUEST", where: "rule: duty of another"}
	needful   = &trigger{head: "needful", pos: 'a', kind: "REQUEST", where: "rule: what is needful"}
	order     = &trigger{head: "order", pos: 'v', kind: "REQUEST", where: "rule: imperative"}
	wontDo    = &trigger{head: "will not", pos: 'v', kind: "REJECT", where: "rule: will not"}
	against   = &trigger{head: "against", pos: 'n', kind: "REJECT", where: "rule: against advice"}
	cannotDo  = &trigger{head: "cannot", pos: 'v', kind: "REJECT", where: "rule: cannot"}
	misdeedOf = &trigger{head: "misdeed", pos: 'v', kind: "ACCUSE", where: "rule: misdeed of another"}
	neglectOf = &trigger{head: "neglect", pos: 'v', kind: "ACCUSE", where: "rule: neglect of another"}
	abuseOf   = &trigger{head: "abuse", pos: 'a', kind: "ACCUSE", where: "rule: bad name"}
	wishesFor = &trigger{head: "wishes", pos: 'n', kind: "SUPPORT", where: "rule: thoughts are with"}
)

// speech reads token i as an act of talk that no pattern of the lexicon names, nil for none.
func (r *reading) speech(s *sentence, i int) *claim {
	for _, read := range []func(*sentence, int) *claim{r.demand, r.needed, r.ordered, r.declined, r.defied, r.wished, r.verdict, r.blamed, r.abused} {
		if c := read(s, i); c != nil {
			return c
		}
	}
	return nil
}

// voice gives whose words token i is: who is said to say it, else who speaks in the sentence.
func (r *reading) voice(s *sentence, i int) []*actor {
	if h := s.tokens[i].Head; h >= 0 && base(s.tokens[i].Relation) == "ccomp" && r.coder.saying(s, h) {
		said := reality{said: -1}
		said.saidBy(r.coder, s, h)
		if len(said.sayer) > 0 {
			return said.sayer
		}
	}
	if s.speaker != nil && (s.quoted == nil || s.quoted[i] || firstPerson(s) || r.cast.home != "") {
		return []*actor{s.speaker}
	}
	return nil
}

// opposite gives the actors of a list who are not on the side of the speakers.
func opposite(list, speakers []*actor) []*actor {
	var out []*actor
	for _, a := range list {
		own := false
		for _, x := range speakers {
			own = own || a == x || sameSide(a, x) || x.person && x.role != "" && a.country != "" && a.country == x.country && a.public()
		}
		if !own {
			out = appendActor(out, a)
		}
	}
	return out
}

// spoken makes the claim of an act of talk by trigger t at token i.
func spoken(s *sentence, i int, t *trigger, from, to []*actor) *claim {
	event, _ := schema.EventTypeByName(t.kind)
	return &claim{s: s, token: i, trigger: t, event: event, initiators: from, targets: to, status: schema.Reported, reality: reality{said: -1}}
}

// negated tells that a word of negation hangs on token i itself.
func (s *sentence) negated(i int) bool {
	for _, ch := range s.children[i] {
		if negations[strings.ToLower(s.tokens[ch].Text)] && base(s.tokens[ch].Relation) != "nsubj" {
			return true
		}
	}
	return false
}

// auxiliary tells that token i has one of the auxiliaries.
func (s *sentence) auxiliary(i int, words ...string) bool {
	for _, ch := range s.children[i] {
		if s.tokens[ch].Relation != "aux" {
			continue
		}
		w := strings.ToLower(s.tokens[ch].Text)
		for _, x := range words {
			if w == x {
				return true
			}
		}
	}
	return false
}

// conditional tells that token i stands under "if" or the like.
func (s *sentence) conditional(i int) bool {
	for _, ch := range s.children[i] {
		if s.tokens[ch].Relation == "mark" && conditions[strings.ToLower(s.tokens[ch].Text)] {
			return true
		}
	}
	return false
}

// needed reads what somebody calls needful as an appeal to whoever is to do it: "it is
// essential that Iran comply", "it is time for both sides to talk", "a review is needed".
func (r *reading) needed(s *sentence, i int) *claim {
	copular := s.child(i, "cop") >= 0
	passive := s.verbal(i) && s.passive(i) && (s.lemma(i) == "need" || s.lemma(i) == "require")
	if !passive && !(copular && r.coder.lexicon.classes["needful"][s.lemma(i)]) || s.negated(i) || s.conditional(i) || s.inQuestion() {
		return nil
	}
	asked := passive
	var to []*actor
	for _, sl := range s.slots(i) {
		switch sl.name {
		case "ccomp", "csubj", "advcl", "xcomp", "acl":
			asked = true
			to = append(to, r.coder.fill(s, sl.token, []string{"nsubj"}, false)...)
		case "for":
			to = append(to, r.coder.who(s, sl.token, false)...)
		case "nsubj":
			asked = asked || s.tokens[sl.token].Tag == "NOUN" && !s.mentioned(sl.token)
		}
	}
	for _, ch := range s.children[i] {
		switch rel := s.tokens[ch].Relation; {
		case rel == "csubj" || rel == "acl":
			asked = true
			to = append(to, r.coder.fill(s, ch, []string{"nsubj"}, false)...)
		case rel == "nmod" && s.preposition(ch) == "":
			to = append(to, r.coder.who(s, ch, false)...) // "time for Iran to talk", where "for" opens the clause
		}
	}
	from := r.voice(s, i)
	if !asked || len(from) == 0 {
		return nil
	}
	return spoken(s, i, needful, from, opposite(to, from))
}

// ordered reads an imperative in a quotation as an appeal: "Don't overburden Iraq".
func (r *reading) ordered(s *sentence, i int) *claim {
	t := s.tokens[i]
	if t.Penn != "VB" || t.Tag != "VERB" || s.speaker == nil || s.quoted == nil || !s.quoted[i] || r.coder.lexicon.classes["interjection"][s.lemma(i)] {
		return nil
	}
	switch base(t.Relation) {
	case "root", "ccomp", "parataxis":
	default:
		return nil
	}
	var to []*actor
	first := i
	for _, ch := range s.children[i] {
		if base(s.tokens[ch].Relation) != "punct" {
			first = min(first, ch)
		}
		switch rel := base(s.tokens[ch].Relation); {
		case rel == "vocative":
			to = append(to, r.coder.who(s, ch, false)...)
		case ch > i || rel == "punct" || rel == "advmod" || rel == "discourse" || rel == "cc" || rel == "obl" || rel == "advcl" || rel == "conj" || rel == "parataxis":
		case rel == "aux" && s.lemma(ch) == "do":
		default:
			return nil
		}
	}
	if first > 0 && s.tokens[first-1].Tag != "PUNCT" && s.tokens[first-1].Tag != "CCONJ" {
		return nil
	}
	return spoken(s, i, order, []*actor{s.speaker}, opposite(to, []*actor{s.speaker}))
}

// declined reads what its doer says he will not or cannot do for others as a refusal:
// "Germany will not join the strikes".
func (r *reading) declined(s *sentence, i int) *claim {
	if !s.verbal(i) || !r.coder.lexicon.classes["refusable"][s.lemma(i)] || s.conditional(i) || s.inQuestion() {
		return nil
	}
	t := wontDo
	switch head := s.tokens[i].Head; {
	case s.negated(i) && r.coder.lexicon.classes["heed"][s.lemma(i)] && (s.perfect(i) || s.auxiliary(i, "did")):
	case s.negated(i) && s.auxiliary(i, "will", "wo", "'ll", "’ll", "would", "shall", "’d", "'d"):
	case s.negated(i) && s.auxiliary(i, "can", "ca"):
		t = cannotDo
	case head >= 0 && base(s.tokens[i].Relation) == "xcomp" && s.infinitive(i) && s.negated(head) && (s.lemma(head) == "go" || s.lemma(head) == "intend" || s.lemma(head) == "plan" || s.lemma(head) == "want"):
	default:
		return nil
	}
	from := r.coder.fill(s, i, []string{"nsubj"}, false)
	if len(from) == 0 && s.passive(i) {
		from = r.voice(s, i) // "Afrin would not be returned, Turkey said"
	}
	if len(from) == 0 {
		return nil
	}
	var to []*actor
	for _, a := range r.coder.fill(s, i, []string{"iobj", "to", "with", "obj", "xcomp.obj"}, true) {
		if !containsActor(from, a) {
			to = append(to, a)
		}
	}
	return spoken(s, i, t, from, to)
}

// defied reads what is done against somebody's advice or wish as a rejection of it: "against
// the advice of his generals", "despite a request from Turkey".
func (r *reading) defied(s *sentence, i int) *claim {
	h := s.tokens[i].Head
	if s.tokens[i].Tag != "NOUN" || h < 0 || !s.verbal(h) || !r.coder.lexicon.classes["counsel"][s.lemma(i)] {
		return nil
	}
	switch s.preposition(i) {
	case "against", "despite", "contrary", "notwithstanding":
	default:
		return nil
	}
	from := r.coder.fill(s, h, []string{"nsubj"}, false)
	to := opposite(r.coder.fill(s, i, []string{"of", "from", "by", "poss", "amod", "compound"}, false), nil)
	if len(from) == 0 || len(to) == 0 || from[0] == to[0] {
		return nil
	}
	return spoken(s, i, against, from, to)
}

// wished reads "our thoughts are with the families" as condolence.
func (r *reading) wished(s *sentence, i int) *claim {
	if s.tokens[i].Tag != "NOUN" || !r.coder.lexicon.classes["wish"][s.lemma(i)] {
		return nil
	}
	h := s.tokens[i].Head
	if h < 0 || base(s.tokens[i].Relation) != "nsubj" {
		return nil
	}
	var to []*actor
	with := s.preposition(h) == "with" || s.preposition(h) == "to"
	if with {
		to = r.coder.who(s, h, true)
	}
	for _, sl := range s.slots(h) {
		if sl.name == "with" || sl.name == "to" {
			with = true
			to = append(to, r.coder.who(s, sl.token, true)...)
		}
	}
	from := r.voice(s, h)
	if len(from) == 0 {
		from = r.coder.fill(s, i, []string{"poss", "of"}, false)
	}
	if !with || len(from) == 0 {
		return nil
	}
	return spoken(s, i, wishesFor, from, opposite(to, from))
}

// blamed reads what somebody says that another did, or did not do, as an accusation when the
// word itself blames: "Russia lied to us", "nobody is helping us".
func (r *reading) blamed(s *sentence, i int) *claim {
	if !s.verbal(i) || s.inQuestion() || s.conditional(i) {
		return nil
	}
	t, classes := misdeedOf, r.coder.lexicon.classes
	switch not := s.negated(i); {
	case classes["misdeed"][s.lemma(i)] && !not:
	case classes["duty"][s.lemma(i)] && not && !s.auxiliary(i, "will", "wo", "would", "can", "could", "ca", "must", "should", "may", "might", "shall"):
		t = neglectOf
	default:
		return nil
	}
	real := r.coder.realityOf(s, i, nil)
	if t == misdeedOf && real.unreal != "" {
		return nil
	}
	from := r.voice(s, i)
	if len(from) == 0 {
		from = real.sayer
	}
	to := opposite(r.coder.fill(s, i, []string{"nsubj"}, true), from)
	if len(from) == 0 || len(to) == 0 {
		return nil
	}
	return spoken(s, i, t, from, to)
}

// abused reads the bad name that somebody gives another as an accusation: "this murderous
// regime", "the barbarity of Daesh".
func (r *reading) abused(s *sentence, i int) *claim {
	word, classes := s.tokens[i], r.coder.lexicon.classes
	name := word.Tag == "ADJ" && word.Relation == "amod" && word.Head >= 0 && classes["vile"][s.lemma(i)]
	if !name && !(word.Tag == "NOUN" && classes["vileness"][s.lemma(i)]) {
		return nil
	}
	from := r.voice(s, i)
	if len(from) == 0 {
		return nil
	}
	var to []*actor
	if name {
		to = r.coder.who(s, word.Head, true)
	} else {
		to = r.coder.fill(s, i, []string{"of", "poss", "by", "amod", "compound"}, false)
	}
	if to = opposite(to, from); len(to) == 0 || to[0].kind == schema.Civilians {
		return nil
	}
	return spoken(s, i, abuseOf, from, to)
}
