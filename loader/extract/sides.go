package extract

import (
	"slices"

	"incidentgraph/loader/gazetteer"
	"incidentgraph/schema"
)

// around is what is known of a claim for all who may be its sides.
type around struct {
	deplorer int      // who condemns the act, -1 for nobody
	message  int      // the noun for what somebody decided, of which the act tells what it is to do, -1 for none
	authors  []*actor // whose it is
	mine     int      // that a ship or a car hit, -1 for none
}

func (r *reading) surroundings(c *claim) around {
	x := around{deplorer: r.deplorer(c), mine: r.mineOf(c.s, c.token)}
	x.message, x.authors = r.messageOf(c)
	return x
}

// consider makes of how likely the models hold somebody for a side of claim c what the parse says for and against it.
func (r *reading) consider(c *claim, x *stake, by around) {
	s := c.s
	if x.mention != nil && by.deplorer >= 0 && (x.mention.holds(by.deplorer) || s.joined(x.mention.head, by.deplorer)) || r.bereaved(c, x.candidate) ||
		r.onlyTells(c, x.mention) || r.deportedTo(c, x.mention) || c.punishing(x.mention) {
		x.initiator *= hardly
		if c.event.Mutual {
			x.target *= hardly
		}
	}
	if x.actor.kind == schema.ArmedGroup && (s.introduces(x.mention) || r.describes(s, x.mention)) || r.discussed(c, x.mention) {
		x.initiator, x.target = x.initiator*hardly, x.target*hardly
	}
	if !c.event.Mutual && s.verbal(c.token) && x.mention != nil && containsActor(c.initiators, x.actor) && s.actsAt(c.token, x.mention.head) {
		x.target *= hardly // Israel in "Britain, Germany and Israel praised the action"
	}
	if (x.from == "place" && c.strikes(x.mention) || r.struckIn(c, x)) && !r.fromThere(c, x.actor) {
		x.target = max(x.target, likelyLand)
	}
	if r.avenger(c, x.mention) || c.event.Name == "ASSAULT" && r.saysWhere(c.s, x.mention) {
		x.initiator *= hardly
	}
	if r.onlyReacts(c, x.mention) || c.event.Name != "SUPPORT" && r.sidedWith(c.s, x.mention) {
		x.initiator, x.target = x.initiator*hardly, x.target*hardly
	}
	if r.whereItWas(c, x.mention) || r.didBefore(c, x.mention) || x.mention != nil && r.answers(c, x.mention.head) {
		x.target *= hardly
	}
	if initiator, target := r.otherClause(c, x.candidate); initiator || target {
		if initiator {
			x.initiator *= hardly
		}
		if target || c.event.Mutual {
			x.target *= hardly
		}
	}
	if by.mine >= 0 {
		r.ontoMine(c, x, by.mine)
	}
	if r.elsewhen(c, x.candidate) {
		x.initiator *= hardly
		if c.event.Mutual || s.spanned(c.token) >= 0 && x.actor.kind != schema.State || x.actor.bystander() {
			x.target *= hardly
		}
	}
	if r.pitied(c, x.mention) || r.cleared(c, x.mention) || r.spared(c, x.mention) {
		x.target *= hardly
	}
	switch {
	case by.message < 0:
	case containsActor(by.authors, x.actor):
		x.initiator = max(x.initiator, likelyAuthor)
	case len(by.authors) > 0 || x.mention != nil && r.judges(c.s, x.mention, by.message):
		x.initiator *= hardly
	}
}

// reciprocate makes whoever is on one side of an act that several do to each other a party on both.
func (c *claim) reciprocate() {
	s := c.s
	if c.reciprocal = !c.event.Mutual && s.reciprocal(c.token); c.reciprocal {
		// "accused each other": whoever is on one side is on the other. Those whom it cost their lives did not exchange fire.
		for k := range c.stakes {
			if x := &c.stakes[k]; x.mention != nil && s.lostTo(x.mention.head, c.token) {
				x.initiator, x.target = x.initiator*hardly, x.target*hardly
			}
		}
		best := 0.0
		for _, x := range c.stakes {
			best = max(best, x.initiator, x.target)
		}
		for k := range c.stakes {
			x := &c.stakes[k]
			if either := max(x.initiator, x.target); either >= best/2 {
				x.initiator, x.target = either, either
			}
		}
	}
}

// predicate gives the word that has the subject of the act that token i tells: the verb of which a noun is the object, as in "imposed
// sanctions" and "lodged a protest", else the word itself.
func (s *sentence) predicate(i int) int {
	if h := s.tokens[i].Head; h >= 0 && s.nominal(i) && base(s.tokens[i].Relation) == "obj" {
		return h
	}
	return i
}

// companion is somebody whom the text puts beside another who acts or suffers, or names as one of them.
type companion struct {
	head, with int
	member     bool
}

// companions gives the tokens of those who take part in the act of claim c with others, and of these: Latvia with Poland in "Poland, along
// with Latvia, expelled", the United States with France in "France joined the United States in bombing".
func (r *reading) companions(c *claim) (out []companion) {
	s := c.s
	put := func(of, with int, member bool) {
		for _, m := range s.mentions {
			if len(m.actors) > 0 && m.shape != modifier && s.joined(m.head, of) {
				out = append(out, companion{m.head, with, member})
			}
		}
	}
	verb := s.predicate(c.token)
	for i := range s.tokens {
		h := s.tokens[i].Head
		if h < 0 || i == 0 {
			continue
		}
		switch base(s.tokens[i].Relation) {
		case "nmod", "obl":
		default:
			continue
		}
		with := s.child(i, "case")
		if with < 1 || !(s.lows[with] == "with" && r.coder.is("beside", s.lows[with-1]) || r.coder.is("beside", s.lows[with]) || s.lows[with] == "including") {
			continue
		}
		if h == verb {
			h = s.child(h, "nsubj", "nsubj:pass")
		}
		if h >= 0 && h != i && (s.tokens[h].Head == verb || s.actsAt(verb, h)) {
			put(i, h, s.lows[with] == "including")
		}
	}
	// "joined the United States in bombing"
	if v := s.tokens[c.token].Head; v >= 0 && s.lemma(v) == "join" && s.marked(c.token, "in") && !s.passive(v) {
		if other, subject := s.child(v, "obj"), s.child(v, "nsubj"); other >= 0 && subject >= 0 {
			put(other, subject, false)
		}
	}
	return out
}

// accompany makes those who take part in an act with others as likely sides of it as these, and of states that are only counted those
// that are named: "four countries, including Britain".
func (r *reading) accompany(c *claim, list []companion) {
	at := func(i int) *stake {
		for k := range c.stakes {
			if m := c.stakes[k].mention; m != nil && m.head == i {
				return &c.stakes[k]
			}
		}
		return nil
	}
	counted := map[*stake]bool{}
	for _, x := range list {
		one, other := at(x.head), at(x.with)
		if one == nil || other == nil || one == other {
			continue
		}
		one.initiator = max(one.initiator, other.initiator)
		if !x.member {
			one.target = other.target
		} else {
			one.target = max(one.target, other.target)
			counted[other] = r.coder.is("pair", c.s.lemma(x.with)) && other.mention.shape == nominal
		}
	}
	for other, only := range counted {
		if only {
			other.initiator, other.target = other.initiator*hardly, other.target*hardly
		}
	}
}

// likelyLand is how likely the state of the place that an attack strikes is its target at least (codebook, on attacks in a city).
const likelyLand = 0.5

// struckIn tells that the rules take a state for the target of strikes in it that a noun tells of: "carried out air strikes in Syria".
func (r *reading) struckIn(c *claim, x *stake) bool {
	s, m := c.s, x.mention
	return m != nil && c.event.Name == "ASSAULT" && x.actor.kind == schema.State && s.nominal(c.token) && s.tokens[m.head].Head == c.token &&
		s.preposition(m.head) == "in" && len(c.initiators) > 0 && containsActor(c.targets, x.actor)
}

// avenger tells that a mention is of who avenges the attack that claim c tells, and has not made it: the United States in "The United States
// fired missiles in retaliation for an attack that killed 80".
func (r *reading) avenger(c *claim, m *mention) bool {
	s := c.s
	if m == nil || c.event.Name != "ASSAULT" || m.head > c.token || r.avenged(s, m.head) || !r.avenged(s, c.token) {
		return false
	}
	v := s.tokens[m.head].Head
	return v >= 0 && s.actsAt(v, m.head) && s.under(c.token, v)
}

// saysWhere tells that a mention stands in the phrase for a place: the United Arab Emirates in "an attack in the capital of the United Arab
// Emirates".
func (r *reading) saysWhere(s *sentence, m *mention) bool {
	if m == nil || m.shape != named || s.preposition(m.head) != "of" {
		return false
	}
	h := s.tokens[m.head].Head
	if h < 0 || !r.coder.is("placenoun", s.lemma(h)) {
		return false
	}
	switch s.preposition(h) {
	case "in", "at", "near", "outside", "across":
		return true
	}
	return false
}

// sidedWith tells that a mention is of whom somebody takes the part of by what he does to others: Britain in "expelled diplomats in
// solidarity with Britain".
func (r *reading) sidedWith(s *sentence, m *mention) bool {
	if m == nil || s.preposition(m.head) != "with" {
		return false
	}
	h := s.tokens[m.head].Head
	return h >= 0 && s.nominal(h) && r.coder.is("siding", s.lemma(h)) && s.preposition(h) == "in"
}

// onlyReacts tells that a mention is of who welcomes, condemns or makes known, in the passive, what others have agreed, which claim c tells:
// Iraq in "The deal was welcomed by Iraq", Trump in "a deal announced by Trump".
func (r *reading) onlyReacts(c *claim, m *mention) bool {
	s := c.s
	if m == nil || !c.event.Mutual || s.preposition(m.head) != "by" {
		return false
	}
	v := s.tokens[m.head].Head
	if v < 0 || v == c.token || !s.verbal(v) {
		return false
	}
	if n := s.tokens[v].Head; s.child(v, "nsubj:pass") != c.token && !(s.tokens[v].Relation == "acl" && n >= 0 && s.nominal(n) && (n == c.token || s.under(n, c.token))) {
		return false
	}
	t := r.coder.find(s, v)
	return t != nil && (t.kind == "SUPPORT" || t.kind == "ACCUSE" || t.kind == "REJECT") && !r.coder.is("signing", s.lemma(v)) || r.coder.saying(s, v)
}

// fromThere tells that whoever is likely to have made the attack of claim c is of the state a, or that somebody else is named whom it
// struck.
func (r *reading) fromThere(c *claim, a *actor) bool {
	return slices.ContainsFunc(c.initiators, func(i *actor) bool { return i.country == a.country }) || slices.ContainsFunc(c.targets, func(t *actor) bool { return t != a })
}

// likelyAuthor is how likely whose decision, plan or resolution it is does what it is to do.
const likelyAuthor = 0.6

// messageOf gives the noun for a decision, a plan or a text of which the verb of claim c tells what it is to do, and whose it is: in
// "condemned the U.S. decision to recognise Jerusalem" the United States recognise it. It gives -1 where the verb hangs on none.
func (r *reading) messageOf(c *claim) (noun int, authors []*actor) {
	s, i := c.s, c.token
	if c.event.Mutual || !s.verbal(i) || s.passive(i) {
		return -1, nil
	}
	noun = s.tokens[i].Head
	if noun < 0 || noun > i || s.tokens[i].Relation != "acl" || !r.coder.is("message", s.lemma(noun)) {
		return -1, nil
	}
	for _, m := range s.mentions {
		t := m.head
		if s.tokens[t].Head != noun || t == i {
			continue
		}
		switch base(s.tokens[t].Relation) {
		case "nmod", "amod", "compound":
		default:
			continue
		}
		if p := s.preposition(t); t < noun || p == "by" || p == "of" {
			for _, a := range m.actors {
				authors = appendActor(authors, a)
			}
		}
	}
	return noun, authors
}

// judges tells that a mention is the subject of the verb of which a noun is the object: who vetoed a resolution condemning a coup has
// not condemned the coup.
func (r *reading) judges(s *sentence, m *mention, noun int) bool {
	h := s.tokens[noun].Head
	return h >= 0 && base(s.tokens[noun].Relation) == "obj" && s.tokens[m.head].Head == h && base(s.tokens[m.head].Relation) == "nsubj" && r.coder.is("judging", s.lemma(h))
}

// hardly is what the likelihood of a side is multiplied by that the parse speaks against.
const hardly = 0.1

// deplorer gives the subject of the verb that condemns the act of claim c, which a noun tells, backs or rejects it, -1 for none: who
// expresses concern at an arrest has arrested nobody.
func (r *reading) deplorer(c *claim) int {
	s, i := c.s, c.token
	if c.event.Mutual || !s.nominal(i) {
		return -1
	}
	v := s.tokens[i].Head
	for n := 0; n < 2 && v >= 0 && s.nominal(v); n++ {
		v = s.tokens[v].Head
	}
	if v < 0 || !s.verbal(v) || v > i || s.passive(v) {
		return -1
	}
	t := r.coder.find(s, v)
	switch {
	case t == nil || t.kind == c.event.Name:
		return -1
	case t.kind == "ACCUSE", (t.kind == "SUPPORT" || t.kind == "REJECT") && s.tokens[i].Head == v && base(s.tokens[i].Relation) == "obj":
		return s.child(v, "nsubj")
	}
	return -1
}

// bereaved tells that candidate k has suffered the attack of claim c, which a noun tells, by whom it struck, and is not told to have
// made it: Israel in "closed the crossing after the shooting of two Israelis", Hezbollah in "confirmed the death of its commander".
func (r *reading) bereaved(c *claim, k candidate) bool {
	s, own := c.s, false
	if c.event.Name != "ASSAULT" || !s.nominal(c.token) || k.mention == nil {
		return false
	}
	for _, sl := range r.coder.argumentSlots(s, c.token) {
		switch {
		case sl.name == "nsubj" && !s.under(c.token, s.tokens[sl.token].Head), sl.name == "by", sl.name == "poss", sl.name == "amod", sl.name == "compound":
			if k.mention.holds(sl.token) {
				return false
			}
		case sl.name == "of":
			for _, m := range s.mentionsAt(sl.token) {
				if m.shape == modifier {
					continue
				}
				own = own || m.owner != nil && containsActor(m.owner.actors, k.actor)
				for _, a := range m.actors {
					own = own || a != k.actor && a.country != "" && a.country == k.actor.country && a.kind != schema.ArmedGroup && k.actor.kind != schema.ArmedGroup
				}
			}
		}
	}
	return own
}

// pitied tells that a mention is of who suffered what claim c condemns, or what it protests against: of the priests in "condemned the
// arrest of two priests".
func (r *reading) pitied(c *claim, m *mention) bool {
	s := c.s
	if m == nil || c.event.Name != "ACCUSE" && c.event.Name != "PROTEST" {
		return false
	}
	for n, h := 0, s.tokens[m.head].Head; n < 2 && h > c.token; n, h = n+1, s.tokens[h].Head {
		t := r.coder.find(s, h)
		if !s.nominal(h) || (t == nil || t.kind != "ASSAULT" && t.kind != "COERCE") && !r.coder.is("deathnoun", s.lemma(h)) {
			continue
		}
		return s.under(h, c.token) && slices.ContainsFunc(s.slots(h), func(sl slot) bool { return sl.name == "of" && m.holds(sl.token) })
	}
	return false
}

// whereItWas tells that a mention says where the attack was that claim c condemns: Sri Lanka in "condemns the attacks in Sri Lanka".
func (r *reading) whereItWas(c *claim, m *mention) bool {
	s := c.s
	if m == nil || c.event.Name != "ACCUSE" || m.head < c.token || m.shape != named || s.preposition(m.head) != "in" {
		return false
	}
	h := s.tokens[m.head].Head
	if h < 0 || base(s.tokens[m.head].Relation) != "nmod" || !s.nominal(h) || !s.under(h, c.token) {
		return false
	}
	t := r.coder.find(s, h)
	return t != nil && t.kind == "ASSAULT"
}

// didBefore tells that a mention is of who attacked or coerced somebody in the clause of claim c, as a participle tells: the Taliban in "provided
// food to families displaced by the Taliban".
func (r *reading) didBefore(c *claim, m *mention) bool {
	s := c.s
	if m == nil || m.shape == modifier || !s.verbal(c.token) {
		return false
	}
	v := s.doneBy(m)
	if v < 0 || v == c.token || s.tokens[v].Penn != "VBN" {
		return false
	}
	t, of := r.coder.find(s, v), s.tokens[v].Head
	return t != nil && (t.kind == "ASSAULT" || t.kind == "COERCE") && of != c.token && s.under(of, c.token) && !r.coder.is("deathnoun", s.lemma(s.tokens[of].Head))
}

// cleared tells that a mention stands in what somebody denies: who denied backing rebels has refused them nothing.
func (r *reading) cleared(c *claim, m *mention) bool {
	s := c.s
	if m == nil || c.event.Name != "REJECT" || !r.coder.is("denying", s.lemma(c.token)) {
		return false
	}
	for _, ch := range s.children[c.token] {
		switch base(s.tokens[ch].Relation) {
		case "xcomp", "ccomp", "advcl":
		case "obj":
			if s.tokens[ch].Penn != "VBG" {
				continue
			}
		default:
			continue
		}
		if ch > c.token && s.under(m.head, ch) {
			return true
		}
	}
	return false
}

// spared tells that a mention is of whose release claim c asks for or refuses, or for whom it is that people march: of the dissident in
// "demanded the release of a dissident" and "refused to free a dissident", of Ukraine in "rallied in support of Ukraine".
func (r *reading) spared(c *claim, m *mention) bool {
	s := c.s
	if m == nil || m.head < c.token {
		return false
	}
	class := ""
	switch c.event.Name {
	case "REJECT":
		v := s.tokens[m.head].Head
		return v > c.token && s.tokens[m.head].Relation == "obj" && s.tokens[v].Head == c.token && s.tokens[v].Relation == "xcomp" && r.coder.is("freeing", s.lemma(v))
	case "REQUEST":
		class = "releasing"
	case "PROTEST":
		class = "backing"
	default:
		return false
	}
	for n, h := 0, s.tokens[m.head].Head; n < 3 && h > c.token; n, h = n+1, s.tokens[h].Head {
		if r.coder.is(class, s.lemma(h)) && s.nominal(h) {
			return slices.ContainsFunc(s.slots(h), func(sl slot) bool {
				return (sl.name == "of" || sl.name == "with" || sl.name == "for") && (m.holds(sl.token) || s.joined(m.head, sl.token))
			})
		}
	}
	return c.event.Name == "PROTEST" && s.preposition(m.head) == "for" && s.tokens[m.head].Head == c.token
}

// deportedTo tells that a mention is of where somebody was sent in the passive, who has not done it: "was deported to Jordan".
func (r *reading) deportedTo(c *claim, m *mention) bool {
	s := c.s
	return m != nil && s.verbal(c.token) && s.passive(c.token) && s.tokens[m.head].Head == c.token && s.preposition(m.head) == "to" && r.coder.is("sending", s.lemma(c.token))
}

// actsAt tells that token i is the subject of verb v in the active voice, or stands in its list.
func (s *sentence) actsAt(v, i int) bool {
	n := s.child(v, "nsubj")
	return n >= 0 && !s.passive(v) && s.joined(i, n)
}

// punishing tells that a mention is of who punishes the act of claim c, told by "for": the first state in "the United States sanctioned a
// company for supplying parts to Iran".
func (c *claim) punishing(m *mention) bool {
	s, v := c.s, -1
	if m == nil || !s.verbal(c.token) || s.tokens[c.token].Penn != "VBG" || s.tokens[c.token].Relation != "advcl" || !s.marked(c.token, "for") {
		return false
	}
	if v = s.tokens[c.token].Head; v < 0 || v > c.token || s.child(v, "obj") < 0 && !s.passive(v) {
		return false
	}
	if s.passive(v) {
		by := s.child(v, "obl:agent")
		return by >= 0 && s.joined(m.head, by)
	}
	return s.actsAt(v, m.head)
}

// introduces tells that a mention only says what somebody named before it is: of Islamic State in "struck Qari Hussain, a senior ISIL
// leader, in Mosul".
func (s *sentence) introduces(m *mention) bool {
	if m == nil {
		return false
	}
	i := m.head
	for n := 0; n < 4 && s.tokens[i].Head >= 0; n++ {
		h := s.tokens[i].Head
		switch base(s.tokens[i].Relation) {
		case "compound", "amod", "nmod":
		case "appos":
			return n > 0 && h < i && slices.ContainsFunc(s.mentionsAt(h), func(o *mention) bool { return o.person && o.shape == named })
		default:
			return false
		}
		i = h
	}
	return false
}

// describes tells that a mention stands in the phrase of one of its people who is meant alone: of Islamic State in "killed an Isis fighter".
func (r *reading) describes(s *sentence, m *mention) bool {
	if m == nil || m.shape != modifier {
		return false
	}
	o := s.modified(m)
	return o != nil && !o.plural && o.noun != nil && o.noun.Class == gazetteer.Folk && len(o.actors) == 1 && !containsActor(m.actors, o.actors[0]) &&
		!r.coder.is("points-group", s.lemma(o.head))
}

// discussed tells that a mention is of what the meeting of claim c was about: Libya in "they discussed Ukraine, Libya and the talks".
func (r *reading) discussed(c *claim, m *mention) bool {
	s := c.s
	if m == nil || c.event.Name != "CONSULT" || m.shape == modifier {
		return false
	}
	i := s.firstOfList(m.head)
	v := s.tokens[i].Head
	return v >= 0 && s.tokens[i].Relation == "obj" && r.coder.is("discussing", s.lemma(v))
}

// elsewhen tells that a stretch of time sets claim c apart from all that its sentence tells of candidate k: Turkey is no side of the
// killing in "three policemen were killed hours after Turkey bombed the camps", nor the first one in that of "the army shelled the
// town hours after a bomb killed two".
func (r *reading) elsewhen(c *claim, k candidate) bool {
	s, found := c.s, false
	clause := s.spanned(c.token)
	if clause >= 0 && (!s.verbal(clause) || s.child(clause, "nsubj", "nsubj:pass") < 0) {
		return false
	}
	for _, m := range s.mentions {
		if m.shape == pronoun && s.spanned(m.head) == clause {
			return false // whom "it" and "them" mean is not sure
		}
		if !containsActor(m.actors, k.actor) {
			continue
		}
		if s.spanned(m.head) == clause {
			return false
		}
		found = true
	}
	return found
}

// otherClause tells that a candidate is named only in another clause than that of claim c, joined to it or set against it with a subject of
// its own, and so has not done what c tells; nor has it suffered that, when it is the subject there and c has an object: Chad and
// Libya in "Libya bombed a village and Chad closed its border".
func (r *reading) otherClause(c *claim, k candidate) (initiator, target bool) {
	s := c.s
	if k.mention == nil {
		return false, false
	}
	v := s.predicate(c.token)
	if !s.verbal(v) || s.child(v, "nsubj") < 0 || s.passive(v) {
		return false, false
	}
	clause := func(i int) int {
		for n := 0; i >= 0 && n < farthest; i, n = s.tokens[i].Head, n+1 {
			if s.verbal(i) && (i == v || s.joined(i, v) || s.contrasted(i, v) || s.contrasted(v, i)) {
				return i
			}
		}
		return -1
	}
	for _, m := range s.mentions {
		if !containsActor(m.actors, k.actor) {
			continue
		}
		w := clause(m.head)
		if w < 0 || w == v {
			return false, false
		}
		subject := s.child(w, "nsubj", "nsubj:pass")
		if subject < 0 || s.tokens[subject].Tag == "PRON" {
			return false, false // whom he called on who "condemned the attack and called on" somebody may well have made it
		}
		initiator = true
		target = target || s.joined(m.head, subject) && w > v && s.child(v, "obj", "xcomp", "ccomp") >= 0
	}
	return initiator, target
}

// ontoMine makes whose the ship or the car is that hit a mine the target, and whose the mine is the initiator: "a Kuwaiti tanker struck an
// Iranian mine".
func (r *reading) ontoMine(c *claim, x *stake, mine int) {
	switch s, m := c.s, x.mention; {
	case m == nil:
	case s.under(m.head, mine):
		x.initiator, x.target = max(x.initiator, x.target), x.target*hardly
	case s.under(m.head, s.child(c.token, "nsubj")):
		x.initiator, x.target = x.initiator*hardly, max(x.initiator, x.target)
	}
}

// contrasted tells that the clause of verb i is set against that of verb v: "welcomed the decision, while Iran condemned it".
func (s *sentence) contrasted(i, v int) bool {
	return s.tokens[i].Head == v && base(s.tokens[i].Relation) == "advcl" && (s.marked(i, "while") || s.marked(i, "whereas")) && s.child(i, "nsubj") >= 0
}

// onlyTells tells that a mention is of who says that the act of claim c was done, where the clause that tells it has its own subject or
// leaves out who did it: Hamas in "Hamas said 15 people were killed in a strike", the spokesman in "The rebels agreed to a truce, their
// spokesman said".
func (r *reading) onlyTells(c *claim, m *mention) bool {
	s := c.s
	switch c.event.Name {
	case "ACCUSE", "REQUEST", "THREATEN", "REJECT", "SUPPORT", "CONCEDE", "SANCTION":
		return false // who says so does it
	}
	if m == nil || m.shape == pronoun || base(s.tokens[m.head].Relation) != "nsubj" {
		return false
	}
	v := s.tokens[m.head].Head
	if v < 0 || v == c.token || !s.under(c.token, v) || !r.coder.saying(s, v) {
		return false
	}
	clause := c.token
	for n := 0; clause >= 0 && s.tokens[clause].Head != v; n++ {
		if n == farthest {
			return false
		}
		clause = s.tokens[clause].Head
	}
	if clause < 0 || m.head == clause {
		return false
	}
	switch base(s.tokens[clause].Relation) {
	case "ccomp", "parataxis":
	default:
		return false
	}
	own := false // somebody else, or nobody, does it in the clause itself
	for _, t := range s.subjects(clause, 0) {
		if !s.under(t, clause) || t == clause {
			return false
		}
		own = s.tokens[t].Tag != "PRON" || own
		for _, o := range s.mentions {
			if o.holds(t) && slices.ContainsFunc(o.actors, func(a *actor) bool { return containsActor(m.actors, a) }) {
				return false // "said he would"
			}
		}
	}
	return own
}

// lostTo tells that token t is the object of a clause of consequence under verb i or the verb that governs noun i: the civilians in
// "traded fire, killing eight civilians".
func (s *sentence) lostTo(t, i int) bool {
	h := s.tokens[t].Head
	if h < 0 || base(s.tokens[t].Relation) != "obj" || base(s.tokens[h].Relation) != "advcl" {
		return false
	}
	v := s.tokens[h].Head
	return v == i || v >= 0 && v == s.tokens[i].Head
}

// exchanges tells that verb i is one of giving and getting the same: "exchanged fire", "traded accusations".
func (s *sentence) exchanges(i int) bool {
	return s.verbal(i) && (s.lemma(i) == "exchange" || s.lemma(i) == "trade") && s.child(i, "obj") >= 0
}

// reciprocal tells that the act of token i is done by several to each other.
func (s *sentence) reciprocal(i int) bool {
	if h := s.tokens[i].Head; s.exchanges(i) || h >= 0 && base(s.tokens[i].Relation) == "obj" && s.exchanges(h) {
		return true
	}
	for _, ch := range s.children[i] {
		switch base(s.tokens[ch].Relation) {
		case "obj", "iobj", "obl", "nmod":
		default:
			continue
		}
		for t := max(ch-1, 0); t <= min(ch+1, len(s.tokens)-1); t++ {
			if t > 0 && (s.lows[t-1] == "each" && s.lows[t] == "other" || s.lows[t-1] == "one" && s.lows[t] == "another") {
				return true
			}
		}
	}
	return false
}
