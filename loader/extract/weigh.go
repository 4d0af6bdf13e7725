package extract

import (
	"slices"
	"strings"

	"incidentgraph/loader/extract/classify"
	"incidentgraph/loader/gazetteer"
	"incidentgraph/schema"
)

// Models are what is learnt from annotated articles: what act a word tells, which side of it
// somebody is, and whether an article says what these come to.
type Models struct {
	Acts, Roles, Edges *classify.Model
}

// The classes that the models know beside the types of events.
const (
	noAct     = "none"
	nobody    = "none"
	initiator = "initiator"
	target    = "target"
	party     = "party" // of a mutual act
	unsaid    = "unsaid"
	said      = "said"
)

// trusted is how likely what an analyst's own words say is taken to be at least.
const trusted = 0.9

// ActClasses are the classes of the model of acts.
func ActClasses() []string {
	out := []string{noAct}
	for _, t := range schema.EventTypes() {
		out = append(out, t.Name)
	}
	return out
}

// RoleClasses are the classes of the model of roles.
func RoleClasses() []string { return []string{nobody, initiator, target, party} }

// EdgeClasses are the classes of the model of edges.
func EdgeClasses() []string { return []string{unsaid, said} }

// AppendTo writes the models behind data.
func (m Models) AppendTo(data []byte) []byte {
	return m.Edges.AppendTo(m.Roles.AppendTo(m.Acts.AppendTo(data)))
}

// decodeModels reads what AppendTo writes.
func decodeModels(data []byte) (m Models, err error) {
	for _, to := range []**classify.Model{&m.Acts, &m.Roles, &m.Edges} {
		if *to, data, err = classify.Decode(data); err != nil {
			return Models{}, err
		}
	}
	return m, nil
}

// With gives the same coder with those of its models replaced that are not nil.
func (c *Coder) With(m Models) *Coder {
	out := *c
	if m.Acts != nil {
		out.models.Acts = m.Acts
	}
	if m.Roles != nil {
		out.models.Roles = m.Roles
	}
	if m.Edges != nil {
		out.models.Edges = m.Edges
	}
	return &out
}

// weigh makes of sentence s the claims that the models hold for possible.
func (r *reading) weigh(s *sentence) []*claim {
	var tokens []int
	var features []*classify.Features
	for i := range s.tokens {
		if !s.tells(i) {
			continue
		}
		f := r.spare(len(features))
		if r.explain {
			f = classify.Named()
		}
		r.wordFeatures(f, s, i, s.ruled[i], s.why[i])
		tokens, features = append(tokens, i), append(features, f)
	}
	var out []*claim
	acts := r.coder.models.Acts
	for k, p := range acts.All(features, &r.scratch) {
		i := tokens[k]
		ruled := s.ruled[i]
		if r.coder.vows(s, i) {
			vowed(acts.Classes, p)
		}
		if what := r.passesOn(s, i); what != "" {
			becomes(acts.Classes, p, "THREATEN", what)
		}
		r.votesFor(s, i, acts.Classes, p)
		if s.lemma(i) == "slam" && s.hasSlot(i, "into") {
			becomes(acts.Classes, p, "ACCUSE", "ASSAULT") // "missiles slammed into Tehran"
		}
		if r.mineOf(s, i) >= 0 {
			n := slices.Index(acts.Classes, "ASSAULT")
			p[n] = max(p[n], likelyMine)
		}
		if s.expelsEnvoy(i) {
			becomes(acts.Classes, p, "COERCE", "SANCTION")
		}
		if r.welcomesTo(s, i) {
			becomes(acts.Classes, p, "SUPPORT", "CONSULT")
		}
		if r.mourns(s, i) {
			becomes(acts.Classes, p, "ACCUSE", "SUPPORT")
		}
		first, second := -1, -1
		for n, name := range acts.Classes {
			if len(ruled) > 0 && ruled[0].trigger.own && ruled[0].event.Name == name {
				p[n] = max(p[n], trusted)
			}
			switch {
			case name == noAct:
			case first < 0 || p[n] > p[first]:
				first, second = n, first
			case second < 0 || p[n] > p[second]:
				second = n
			}
		}
		for _, n := range []int{first, second} {
			if p[n] < leastAct || r.denied(s, i, acts.Classes[n]) || acts.Classes[n] == "RETREAT" && s.leavesSo(i) {
				continue
			}
			event, _ := schema.EventTypeByName(acts.Classes[n])
			c := r.claimFor(s, i, event, ruled).copied()
			c.likely = p[n]
			if r.explain {
				r.explainAct(c, features[k])
			}
			out = append(out, c)
		}
	}
	for _, c := range out {
		r.stake(c)
	}
	return out
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
	t := r.coder.find(s, max(s.child(i, "xcomp"), 0))
	if t == nil || s.child(i, "xcomp") < 0 {
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
func (r *reading) welcomesTo(s *sentence, i int) bool {
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
	if kind == "CONSULT" && what.future {
		return true // who will travel to meet has agreed at most
	}
	unreal, _, _ := strings.Cut(what.unreal, " ")
	switch unreal {
	case "negated", "without", "condition", "modal", "supposed":
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

// spare gives the n-th of the features that are used again for each sentence, empty.
func (r *reading) spare(n int) *classify.Features {
	for n >= len(r.features) {
		r.features = append(r.features, &classify.Features{})
	}
	r.features[n].Reset()
	return r.features[n]
}

// claimFor gives the claim of type event that the patterns make of token i, else a bare one.
func (r *reading) claimFor(s *sentence, i int, event schema.EventType, ruled []*claim) *claim {
	for _, c := range ruled {
		if c.event.Name == event.Name {
			return c
		}
	}
	c := r.bare(s, i, event)
	if len(ruled) > 0 {
		c.initiators, c.targets = ruled[0].initiators, ruled[0].targets
		c.reality, c.about, c.killed, c.injured = ruled[0].reality, ruled[0].about, ruled[0].killed, ruled[0].injured
		c.trigger = ruled[0].trigger
	}
	return c
}

// bareTrigger is where a trigger comes from that no pattern knows.
const bareTrigger = "model"

// bare makes a claim of a word that no pattern knows.
func (r *reading) bare(s *sentence, i int, event schema.EventType) *claim {
	pos := byte('v')
	if s.nominal(i) {
		pos = 'n'
	} else if !s.verbal(i) {
		pos = 'a'
	}
	t := &trigger{head: s.lemma(i), pos: pos, kind: event.Name, where: bareTrigger}
	c := &claim{s: s, token: i, trigger: t, event: event, reality: r.coder.realityOf(s, i, t), status: schema.Reported}
	c.initiators, c.targets = r.coder.sides(s, i, t, event.Mutual)
	r.fillSpeaker(c)
	r.aboutWhat(c)
	r.weaponsOf(c)
	return c
}

// stake finds who may be the sides of claim c, and how likely they are.
func (r *reading) stake(c *claim) {
	o := r.occasion(c)
	features := make([]*classify.Features, len(o.all))
	for n, k := range o.all {
		features[n] = r.spare(n)
		r.roleFeatures(features[n], o, k)
	}
	c.stakes = make([]stake, len(o.all))
	s, deplorer := c.s, r.deplorer(c)
	message, authors := r.messageOf(c)
	roles := r.coder.models.Roles
	companions, mine := r.companions(c), r.mineOf(s, c.token)
	for k, p := range roles.All(features, &r.scratch) {
		x := stake{candidate: o.all[k]}
		for n, name := range roles.Classes {
			switch {
			case name == nobody:
			case c.event.Mutual:
				x.initiator += p[n]
				x.target += p[n]
			case name == initiator:
				x.initiator = p[n]
			case name == target:
				x.target = p[n]
			}
		}
		if x.mention != nil && deplorer >= 0 && (x.mention.holds(deplorer) || s.joined(x.mention.head, deplorer)) || r.bereaved(c, x.candidate) ||
			r.onlyTells(c, x.mention) || r.deportedTo(c, x.mention) || c.punishing(x.mention) {
			x.initiator *= hardly
			if c.event.Mutual {
				x.target *= hardly
			}
		}
		if x.actor.kind == schema.ArmedGroup && (s.introduces(x.mention) || s.describes(x.mention)) || r.discussed(c, x.mention) {
			x.initiator, x.target = x.initiator*hardly, x.target*hardly
		}
		if !c.event.Mutual && s.verbal(c.token) && x.mention != nil && containsActor(c.initiators, x.actor) && s.actsAt(c.token, x.mention.head) {
			x.target *= hardly // Israel in "Britain, Germany and Israel praised the action"
		}
		if x.from == "place" && c.strikes(x.mention) && !r.fromThere(c, x.actor) {
			x.target = max(x.target, likelyLand)
		}
		if r.whereItWas(c, x.mention) || r.didBefore(c, x.mention) {
			x.target *= hardly
		}
		if by, on := r.otherClause(c, x.candidate); by || on {
			if by {
				x.initiator *= hardly
			}
			if on || c.event.Mutual {
				x.target *= hardly
			}
		}
		if mine >= 0 {
			r.ontoMine(c, &x, mine)
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
		case message < 0:
		case containsActor(authors, x.actor):
			x.initiator = max(x.initiator, likelyAuthor)
		case len(authors) > 0 || x.mention != nil && r.judges(c.s, x.mention, message):
			x.initiator *= hardly
		}
		if c.trigger.own && containsActor(c.initiators, x.actor) {
			x.initiator = max(x.initiator, trusted)
		}
		if c.trigger.own && containsActor(c.targets, x.actor) {
			x.target = max(x.target, trusted)
		}
		c.stakes[k] = x
	}
	r.accompany(c, companions)
	if c.reciprocal = !c.event.Mutual && c.s.reciprocal(c.token); c.reciprocal {
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
	verb := c.token
	if h := s.tokens[verb].Head; h >= 0 && s.nominal(verb) && base(s.tokens[verb].Relation) == "obj" {
		verb = h // "imposed sanctions"
	}
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
	if m == nil || m.shape == modifier || s.preposition(m.head) != "by" || !s.verbal(c.token) {
		return false
	}
	v := s.tokens[m.head].Head
	if v < 0 || v == c.token || base(s.tokens[v].Relation) != "acl" || s.tokens[v].Penn != "VBN" {
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
func (s *sentence) describes(m *mention) bool {
	if m == nil || m.shape != modifier {
		return false
	}
	o := s.modified(m)
	return o != nil && !o.plural && o.noun != nil && o.noun.Class == gazetteer.Folk && len(o.actors) == 1 && !containsActor(m.actors, o.actors[0])
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

// otherClause tells that a candidate is named only in another clause than that of claim c, joined to it by "and" or "but" with a subject of
// its own, and so has not done what c tells; nor has it suffered that, when it is the subject there and c has an object: Chad and
// Libya in "Libya bombed a village and Chad closed its border".
func (r *reading) otherClause(c *claim, k candidate) (initiator, target bool) {
	s, v := c.s, c.token
	if k.mention == nil {
		return false, false
	}
	if h := s.tokens[v].Head; h >= 0 && s.nominal(v) && base(s.tokens[v].Relation) == "obj" {
		v = h // "lodged a protest"
	}
	own := s.child(v, "nsubj")
	if !s.verbal(v) || own < 0 || s.passive(v) {
		return false, false
	}
	clause := func(i int) int {
		for n := 0; i >= 0 && n < farthest; i, n = s.tokens[i].Head, n+1 {
			if s.verbal(i) && (i == v || s.joined(i, v)) {
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
		target = target || s.joined(m.head, subject) && w > v && s.child(v, "obj") >= 0
	}
	return initiator, target
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
