package extract

import (
	"strings"

	"incidentgraph/loader/article"
	"incidentgraph/loader/gazetteer"
	"incidentgraph/schema"
)

// claim is one act that a sentence tells.
type claim struct {
	s                   *sentence
	token               int
	trigger             *trigger
	event               schema.EventType
	initiators, targets []*actor
	when                *moment
	dated               string // how when is known, see date; "" for none
	historical          bool
	place               *gazetteer.PlaceChoice
	killed, injured     *schema.Toll
	weapons             []string
	status              schema.Status
	attributed          *actor
	reality             reality
	// reference marks a noun that only points back to an act told elsewhere ("the attack").
	reference bool
	// about are the tokens of acts that this one answers.
	about []int
	// weak tells that the targets are only whose place it happened in.
	weak bool
	// deed tells that the act is words about an act of conflict, whose author is the target.
	deed bool
	// topical tells that responses holds only what the article is about.
	topical bool
	// others are further claims that tell the same happening.
	others    []*claim
	responses []*claim
	order     int
	// likely is how likely the model holds the act.
	likely float64
	// stakes are those who may be its sides, confident is how likely what it tells of them is told.
	stakes    []stake
	confident float64
	// reciprocal tells that several do it to each other.
	reciprocal bool
}

// proposed gives the claims that the patterns of the lexicon make of token i, or why they
// make none of a word that looks like an act.
func (r *reading) proposed(s *sentence, i int) (claims []*claim, why string) {
	t := r.coder.find(s, i)
	if t == nil || t.kind == "" {
		for _, read := range []func(*sentence, int) *claim{r.pointer, r.speech} {
			if c := read(s, i); c != nil {
				return []*claim{c}, ""
			}
		}
	}
	if t == nil {
		return nil, ""
	}
	if t.kind == "" {
		return nil, "looks like an act and is none"
	}
	if r.coder.inIdiom(s, i, t) {
		return nil, "part of another act"
	}
	event, _ := schema.EventTypeByName(t.kind)
	promised := r.promised(s, i, t)
	if promised != nil && !t.negates() {
		event = *promised.event
	}
	real := r.coder.realityOf(s, i, t)
	if real.unreal == "modal must" || real.unreal == "modal should" {
		if c := r.demand(s, i); c != nil {
			return []*claim{c}, ""
		}
	}
	if real.unreal != "" {
		for _, read := range []func(*sentence, int) *claim{func(s *sentence, i int) *claim { return r.refusal(s, i, t, event, real) }, r.demand, r.ordered, r.declined, r.blamed, r.verdict} {
			if c := read(s, i); c != nil {
				return []*claim{c}, ""
			}
		}
		return nil, real.unreal
	}
	if !t.aux() && real.future && event.Name != "AGREE" && event.Name != "THREATEN" {
		// What somebody will do is an agreement to help or a threat to harm, once said.
		announced, ok := intention(event)
		meeting := t.pos == 'n' && event.Name == "CONSULT" // "talks between Iran and Iraq will open"
		if !ok || !meeting && (t.pos != 'v' || len(r.coder.fill(s, i, []string{"nsubj"}, true)) == 0) {
			return nil, "future"
		}
		event = announced
	}
	if t.frame.future && !real.future {
		return nil, "only an act when future"
	}
	if s.inQuestion() {
		return nil, "question"
	}
	c := &claim{s: s, token: i, trigger: t, event: event, reality: real, status: schema.Reported}
	both := len(t.frame.mutual) > 0
	c.initiators, c.targets = r.coder.sides(s, i, t, event.Mutual || len(t.frame.mutual) > 0)
	if event.Name == "ASSAULT" && len(c.targets) == 0 && len(c.initiators) >= 2 && r.coder.lexicon.classes["combat"][s.lemma(i)] {
		c.initiators, c.targets = c.initiators[:1:1], c.initiators[1:]
		both = true
	}
	if event.Mutual && len(c.initiators) == 0 {
		c.initiators, c.targets = c.targets, nil
	}
	r.fillSpeaker(c)
	c.ownStateOut()
	if promised != nil && len(c.targets) == 0 {
		_, side := r.coder.sides(s, promised.token, promised.trigger, false)
		for _, a := range side {
			if !containsActor(c.initiators, a) {
				c.targets = appendActor(c.targets, a)
			}
		}
	}
	r.fillTarget(c)
	c.weak = len(c.targets) > 0 && (t.pos == 'n' && r.onlyIn(c) || r.byPlace(c))
	r.aboutWhat(c)
	r.toll(c)
	r.weaponsOf(c)
	if t.pos == 'n' {
		c.reference = r.pointsBack(c)
	}
	if event.Name == "ASSAULT" && both && len(c.initiators) > 0 && len(c.targets) > 0 && !c.reference {
		// "exchanged fire": an act in each direction.
		back := *c
		back.initiators, back.targets = c.targets, c.initiators
		back.killed, back.injured = nil, nil
		return []*claim{c, &back}, ""
	}
	return []*claim{c}, ""
}

func (s *sentence) inQuestion() bool {
	return len(s.tokens) > 0 && s.tokens[len(s.tokens)-1].Text == "?"
}

// marked tells that a word opens the clause of token i.
func (s *sentence) marked(i int, word string) bool {
	for _, ch := range s.children[i] {
		if s.tokens[ch].Relation == "mark" && strings.EqualFold(s.tokens[ch].Text, word) {
			return true
		}
	}
	return false
}

// refusal reads an agreement or concession that is negated by its doer as a rejection:
// "Kuwait decided not to accept the offer".
func (r *reading) refusal(s *sentence, i int, t *trigger, event schema.EventType, real reality) *claim {
	if t.pos == 'n' || event.Name != "AGREE" && event.Name != "CONCEDE" && event.Name != "SUPPORT" || !strings.HasPrefix(real.unreal, "negated") {
		return nil
	}
	own := false
	for _, ch := range s.children[i] {
		own = own || negations[strings.ToLower(s.tokens[ch].Text)]
	}
	if !own {
		return nil
	}
	reject, _ := schema.EventTypeByName("REJECT")
	c := &claim{s: s, token: i, trigger: t, event: reject, reality: reality{said: -1}, status: schema.Reported}
	c.initiators = r.coder.fill(s, i, []string{"nsubj"}, false)
	c.targets = r.coder.fill(s, i, []string{"obj", "to", "iobj", "with"}, true)
	r.fillTarget(c)
	r.aboutWhat(c)
	return c
}

// intention gives the type of a stated intent to do an act of type t: CAMEO 03 "express
// intent to cooperate", 13 "threaten".
func intention(t schema.EventType) (schema.EventType, bool) {
	switch t.Name {
	case "SUPPORT", "COOPERATE", "AID", "CONSULT", "CONCEDE", "RETREAT":
		return schema.EventTypeByName("AGREE")
	case "ASSAULT", "COERCE", "SANCTION", "MOBILIZE":
		return schema.EventTypeByName("THREATEN")
	}
	return t, false
}

// backPointer is the trigger of nouns that only point back to an attack: "the operation focused on ...".
var backPointer = &trigger{head: "operation", pos: 'n', kind: "ASSAULT", where: "rule: points back"}

// pointer reads a definite subject such as "the operation" as a mention of the attack told before.
func (r *reading) pointer(s *sentence, i int) *claim {
	if s.tokens[i].Tag != "NOUN" || !r.coder.lexicon.classes["pointer"][s.lemma(i)] || base(s.tokens[i].Relation) != "nsubj" {
		return nil
	}
	for _, ch := range s.children[i] {
		switch strings.ToLower(s.tokens[ch].Text) {
		case "the", "this", "that", "these", "those":
			event, _ := schema.EventTypeByName("ASSAULT")
			return &claim{s: s, token: i, trigger: backPointer, event: event, reference: true, status: schema.Reported, reality: reality{said: -1}}
		}
	}
	return nil
}

// verdictOn is the trigger of judgments with a copula: "the strike is unacceptable".
var verdictOn = &trigger{head: "be", pos: 'a', where: "rule: verdict"}

// verdict reads what somebody says that another or his deed is: bad, which accuses, or good,
// which supports. Only words in somebody's mouth are verdicts; what the paper thinks is none.
func (r *reading) verdict(s *sentence, i int) *claim {
	if s.child(i, "cop") < 0 || s.inQuestion() {
		return nil
	}
	name := ""
	words := []int{i}
	for _, sl := range s.slots(i) {
		if sl.name == "amod" || sl.name == "compound" {
			words = append(words, sl.token)
		}
	}
	for _, ch := range s.children[i] {
		if s.tokens[ch].Relation == "amod" || s.tokens[ch].Relation == "conj" {
			words = append(words, ch)
		}
	}
	for _, w := range words {
		switch l := s.lemma(w); {
		case r.coder.lexicon.classes["bad"][l]:
			name = "ACCUSE"
		case r.coder.lexicon.classes["good"][l] && name == "" && w == i:
			name = "SUPPORT"
		}
	}
	if name == "" {
		return nil
	}
	real := r.coder.realityOf(s, i, nil)
	switch {
	case name == "SUPPORT" && s.negated(i):
		name = "ACCUSE" // "is not helpful"
	case name == "ACCUSE" && real.unreal == "modal would": // "any such move would be unacceptable"
	case real.unreal != "" || real.future:
		return nil
	}
	var who []*actor
	switch {
	case len(real.sayer) > 0:
		who = real.sayer
	case s.speaker != nil && (s.quoted[i] || firstPerson(s)):
		who = []*actor{s.speaker}
	default:
		return nil
	}
	event, _ := schema.EventTypeByName(name)
	c := &claim{s: s, token: i, trigger: verdictOn, event: event, initiators: who, reality: real, status: schema.Reported}
	for _, t := range s.subjects(i, 0) {
		if r.coder.lexicon.classes["deed"][s.lemma(t)] && !s.mentioned(t) || s.tokens[t].Tag == "PRON" && strings.EqualFold(s.tokens[t].Text, "this") {
			c.deed = true
			continue
		}
		if d := r.coder.find(s, t); d != nil && s.nominal(t) && (d.kind == "ASSAULT" || d.kind == "COERCE" || d.kind == "MOBILIZE") {
			c.deed = true
			c.about = append(c.about, t)
			c.targets = r.coder.fill(s, t, []string{"poss", "by", "amod", "compound"}, false)
			continue
		}
		c.targets = r.coder.who(s, t, true)
	}
	if len(c.targets) == 0 && !c.deed {
		// "It is encouraging that Iran has agreed."
		for _, ch := range s.children[i] {
			if b := base(s.tokens[ch].Relation); b == "ccomp" || b == "csubj" || b == "advcl" && s.marked(ch, "that") {
				c.targets = append(c.targets, r.coder.fill(s, ch, []string{"nsubj", "nsubj.by", "nsubj.of", "nsubj.poss"}, false)...)
			}
		}
	}
	var others []*actor
	for _, a := range c.targets {
		if !containsActor(who, a) && !(who[0].person && a.country == who[0].country && a.kind == schema.State) {
			others = append(others, a)
		}
	}
	c.targets = others
	if len(c.targets) == 0 && !c.deed {
		return nil
	}
	return c
}

// promise is what a word of intent commits its subject to.
type promise struct {
	event   *schema.EventType
	token   int
	trigger *trigger
}

// promised looks into the infinitive or gerund of a word of intent: to promise help is to agree, to
// promise revenge is to threaten. It gives nil when the word is none of intent or what it
// promises names no act.
func (r *reading) promised(s *sentence, i int, t *trigger) *promise {
	if t.kind != "AGREE" && t.kind != "THREATEN" || t.pos == 'n' && len(t.frame.mutual) > 0 {
		return nil // what two agree on threatens neither
	}
	look := func(x int) *promise {
		d := r.coder.find(s, x)
		if d == nil || d.kind == "" {
			return nil
		}
		what, _ := schema.EventTypeByName(d.kind)
		name := "AGREE"
		if what.Quad == schema.MaterialConflict || what.Name == "THREATEN" {
			name = "THREATEN"
		}
		event, _ := schema.EventTypeByName(name)
		return &promise{&event, x, d}
	}
	for _, sl := range s.slots(i) {
		if sl.name != "xcomp" && (sl.name != "acl" || !s.infinitive(sl.token)) && (sl.name != "advcl" || !s.marked(sl.token, "to")) {
			continue
		}
		for _, v := range s.conjuncts(sl.token) {
			if p := look(v); p != nil {
				return p
			}
			for _, o := range s.slots(v) {
				if o.name == "obj" {
					if p := look(o.token); p != nil {
						return p
					}
				}
			}
		}
	}
	return nil
}

// demand reads "the regime must comply", "Turkey needs to show restraint" in somebody's mouth as an
// appeal of the speaker to the regime, and "the attacks must stop" as one to nobody named.
func (r *reading) demand(s *sentence, i int) *claim {
	if !s.verbal(i) && s.child(i, "cop") < 0 || s.conditional(i) || s.inQuestion() || s.perfect(i) {
		return nil
	}
	switch base(s.tokens[i].Relation) {
	case "root", "ccomp", "parataxis", "conj":
	default:
		return nil
	}
	deed := i
	switch {
	case s.auxiliary(i, "must", "should", "ought"):
	case s.child(i, "obj") < 0 && (s.lemma(i) == "need" || s.lemma(i) == "have" || s.lemma(i) == "ought") && s.verbal(i) && s.tokens[i].Penn != "VBD" && !s.negated(i) && !s.auxiliary(i, "would", "will", "might", "could", "may"):
		if deed = s.child(i, "xcomp"); deed < 0 || !s.infinitive(deed) {
			return nil
		}
	default:
		return nil
	}
	speakers := r.voice(s, i)
	if len(speakers) == 0 {
		return nil
	}
	targets := r.coder.fill(s, deed, []string{"nsubj"}, false)
	for _, a := range targets {
		if containsActor(speakers, a) || a.person && sameSide(a, speakers[0]) {
			return nil
		}
	}
	if len(targets) == 0 {
		// "The attacks must stop" asks nobody named; "it should rain", "they should know" ask nothing.
		if about := s.subjects(i, 0); len(about) == 0 || s.tokens[about[0]].Tag == "PRON" {
			return nil
		}
	}
	return spoken(s, i, duty, speakers, targets)
}

// fillSpeaker gives an act of speech inside somebody's quotation to the speaker.
func (r *reading) fillSpeaker(c *claim) {
	nobody := len(c.trigger.frame.initiator) == 1 && c.trigger.frame.initiator[0] == "none"
	if len(c.initiators) > 0 || c.trigger.pos == 'n' && !nobody || !verbalType(c.event.Name) || c.event.Mutual && c.event.Name != "AGREE" {
		return
	}
	subject := false
	for _, sl := range c.s.slots(c.token) {
		subject = subject || sl.name == "nsubj"
	}
	switch {
	case subject && !nobody:
		return
	case nobody && len(c.reality.sayer) > 0:
		c.initiators = c.reality.sayer
	case c.s.speaker != nil && (c.s.Quoted || c.s.quoted[c.token] || firstPerson(c.s)):
		c.initiators = []*actor{c.s.speaker}
	}
	var others []*actor
	for _, a := range c.targets {
		if !containsActor(c.initiators, a) {
			others = append(others, a)
		}
	}
	c.targets = others
}

// byPlace tells that the targets are states only because a place of theirs was hit.
func (r *reading) byPlace(c *claim) bool {
	for _, a := range c.targets {
		if a.kind != schema.State {
			return false
		}
		direct := false
		for _, m := range c.s.mentions {
			direct = direct || containsActor(m.actors, a)
		}
		if direct {
			return false
		}
	}
	return true
}

// ownStateOut drops the state that a person in office speaks for from whom the words are aimed at.
func (c *claim) ownStateOut() {
	if !verbalType(c.event.Name) || len(c.initiators) == 0 || !c.initiators[0].person || c.initiators[0].role == "" {
		return
	}
	var others []*actor
	for _, a := range c.targets {
		if a.kind != schema.State || a.country != c.initiators[0].country {
			others = append(others, a)
		}
	}
	c.targets = others
}

// onlyIn tells that the targets of an event noun come from the place it happened in.
func (r *reading) onlyIn(c *claim) bool {
	if c.event.Mutual {
		return false
	}
	in := r.coder.fill(c.s, c.token, []string{"in"}, true)
	return len(in) > 0 && containsActor(in, c.targets[0]) && len(r.coder.fill(c.s, c.token, nounTarget[:len(nounTarget)-1], true)) == 0
}

// targetSlots are where the other side of an act stands when its frame found none there.
var targetSlots = []string{"obj", "iobj", "to", "against", "with", "on", "from", "at", "toward", "towards", "for", "over", "about", "of", "xcomp", "ccomp", "in"}

// fillTarget looks for the other side in all phrases of the act when its frame found none.
func (r *reading) fillTarget(c *claim) {
	if c.deed = r.coder.deed(c.s, c.token, c.trigger) >= 0; c.deed {
		return
	}
	if len(c.targets) > 0 || len(c.initiators) == 0 || len(c.trigger.frame.target) == 1 && c.trigger.frame.target[0] == "none" {
		return
	}
	material := c.event.Quad == schema.MaterialConflict
	for _, name := range targetSlots {
		if c.event.Mutual && name != "with" && name != "to" && name != "from" && !(c.event.Name == "AGREE" && name != "in") {
			continue
		}
		if c.event.Name == "MOBILIZE" && (name == "obj" || name == "iobj" || name == "to" || name == "in" || name == "on") {
			continue
		}
		if material && (name == "for" || name == "with" || name == "of" && c.trigger.pos == 'v' || name == "over" || name == "about" || name == "xcomp" || name == "ccomp" || name == "in") {
			continue
		}
		for _, sl := range r.coder.argumentSlots(c.s, c.token) {
			if sl.name != name {
				continue
			}
			var found []*actor
			if name == "obj" {
				found = r.coder.who(c.s, sl.token, false)
				if len(found) == 0 {
					found = r.coder.fill(c.s, sl.token, []string{"to", "with", "against", "on", "between", "for"}, false)
				}
				if len(found) == 0 {
					found = r.coder.who(c.s, sl.token, true)
				}
			} else if name == "xcomp" || name == "ccomp" {
				found = r.coder.fill(c.s, sl.token, []string{"nsubj", "obj", "to", "with", "on", "against", "from"}, true)
			} else {
				found = r.coder.who(c.s, sl.token, true)
			}
			for _, a := range found {
				if !containsActor(c.initiators, a) && !(c.initiators[0].person && a.kind == schema.State && a.country == c.initiators[0].country && !material) {
					c.targets = appendActor(c.targets, a)
				}
			}
			if len(c.targets) > 0 {
				return
			}
		}
	}
}

// pointsBack tells whether an event noun only refers to an act told elsewhere.
func (r *reading) pointsBack(c *claim) bool {
	if c.killed != nil || c.injured != nil || len(r.coder.carriers(c.s, c.token)) > 0 {
		return false
	}
	definite := false
	for _, ch := range c.s.children[c.token] {
		t := c.s.tokens[ch]
		if t.Relation == "det" {
			switch strings.ToLower(t.Text) {
			case "the", "this", "that", "these", "those":
				definite = true
			case "any", "every", "each", "such", "all":
				return true
			}
		}
	}
	if len(c.initiators) == 0 && len(c.targets) == 0 {
		return true
	}
	if h := c.s.tokens[c.token].Head; h >= 0 && base(c.s.tokens[c.token].Relation) == "obj" {
		// What is condemned or praised has been told elsewhere.
		if t := r.coder.find(c.s, h); t != nil && (t.kind == "ACCUSE" || t.kind == "SUPPORT" || t.kind == "REJECT") {
			return true
		}
	}
	return definite && (len(c.initiators) == 0 || len(c.targets) == 0)
}

// aboutWhat collects the acts in the phrases that say what this one is about.
func (r *reading) aboutWhat(c *claim) {
	for _, sl := range r.coder.argumentSlots(c.s, c.token) {
		switch sl.name {
		case "obj", "about", "over", "on", "for", "after", "following", "to", "against", "in", "as", "with", "amid", "by", "of", "at", "advcl", "ccomp":
			for _, t := range c.s.conjuncts(sl.token) {
				if t != c.token {
					c.about = append(c.about, t)
				}
			}
		}
	}
}

// fuse makes one of the claims of a sentence that tell one act: a verb and the event
// noun that is its subject, object or circumstance ("the attack killed 11", "was killed in a raid").
func (r *reading) fuse(s *sentence, claims []*claim) []*claim {
	at := map[int]*claim{}
	for _, c := range claims {
		at[c.token] = c
	}
	gone := map[*claim]bool{}
	for _, c := range claims {
		if c.event.Name != "ASSAULT" && c.event.Name != "COERCE" && c.event.Name != "CONSULT" && c.event.Name != "MOBILIZE" {
			continue
		}
		for _, sl := range r.coder.argumentSlots(s, c.token) {
			switch sl.name {
			case "nsubj", "obj", "in", "by", "during", "after", "when", "advcl", "xcomp", "acl", "acl:relcl", "at", "with", "from":
			default:
				continue
			}
			o := at[sl.token]
			if o == nil && (sl.name == "advcl" || sl.name == "when") {
				// "killed when jets carried out strikes"
				if k := s.child(sl.token, "obj"); k >= 0 {
					o = at[k]
				}
			}
			if o == nil || o == c || gone[o] || gone[c] || o.event.Name != c.event.Name || c.partedFrom(o) || !compatible(c.initiators, o.initiators) {
				continue
			}
			if len(c.targets) > 0 && len(o.targets) > 0 && sl.name == "advcl" && !compatible(c.targets, o.targets) && (o.killed == nil && c.killed == nil) {
				continue
			}
			absorb(c, o)
			gone[o] = true
		}
	}
	var out []*claim
	for _, c := range claims {
		if !gone[c] {
			out = append(out, c)
		}
	}
	return out
}

// compatible tells that two lists of one side may be the same side: one is empty, they share
// an actor, or they act for one state.
func compatible(a, b []*actor) bool {
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	for _, x := range a {
		for _, y := range b {
			if sameSide(x, y) {
				return true
			}
		}
	}
	return false
}

// sameSide tells that two actors of an article can be one party at different grain: a state and its army.
func sameSide(x, y *actor) bool {
	if x == y {
		return true
	}
	if x.country == "" || x.country != y.country {
		return false
	}
	official := func(a *actor) bool {
		return a.public() || a.kind == schema.Military
	}
	return official(x) && official(y)
}

// absorb takes over what o tells of the same act.
func absorb(c, o *claim) {
	if len(c.initiators) == 0 {
		c.initiators = o.initiators
	}
	if len(c.targets) == 0 || c.weak && len(o.targets) > 0 {
		c.targets, c.weak = o.targets, o.weak
	} else if o.weak {
		// whose place it is adds nobody
	} else if o.trigger.pos == 'n' || o.killed != nil || o.injured != nil {
		for _, a := range o.targets {
			if !containsActor(c.initiators, a) {
				c.targets = appendActor(c.targets, a)
			}
		}
	}
	if c.when == nil {
		c.when, c.dated = o.when, o.dated
	}
	if c.place == nil {
		c.place = o.place
	}
	c.killed, c.injured = widest(c.killed, o.killed), widest(c.injured, o.injured)
	for _, w := range o.weapons {
		c.weapons = appendWord(c.weapons, w)
	}
	if o.status != schema.Reported && c.status == schema.Reported {
		c.status = o.status
	}
	if c.attributed == nil {
		c.attributed = o.attributed
	}
	c.about = append(c.about, o.about...)
	c.reference = c.reference && o.reference
	c.historical = c.historical && o.historical
	c.others = append(append(c.others, o), o.others...)
	o.others = nil
}

// widest keeps the count that says most: the larger lower bound.
func widest(a, b *schema.Toll) *schema.Toll {
	if a == nil {
		return b
	}
	if b == nil || a.Min >= b.Min {
		return a
	}
	return b
}

func appendWord(list []string, w string) []string {
	for _, x := range list {
		if x == w {
			return list
		}
	}
	return append(list, w)
}

// toll reads the counted people that the trigger itself says were killed or injured.
func (r *reading) toll(c *claim) {
	if c.s.eitherWay(c.token) || r.attempted(c.s, c.token) {
		return
	}
	if f := r.numbered(c.s, c.token); f != nil {
		c.killed, c.injured = f.killed, f.injured // "20 injured", whoever else the sentence counts
		return
	}
	read := func(names []string) *schema.Toll {
		for _, name := range names {
			for _, sl := range r.coder.argumentSlots(c.s, c.token) {
				if sl.name != name {
					continue
				}
				var sum *schema.Toll
				for _, t := range c.s.conjuncts(sl.token) {
					if !r.people(c.s, t) {
						continue
					}
					sum = addTolls(sum, r.headcount(c.s, t))
				}
				if sum != nil {
					return sum
				}
			}
		}
		return nil
	}
	c.killed = read(c.trigger.frame.kill)
	if c.killed == nil && c.event.Name == "ASSAULT" && c.trigger.pos == 'v' && r.dead(c) {
		c.killed = read([]string{"obj"}) // "shot dead", "beaten to death"
	}
	c.injured = read(c.trigger.frame.injure)
}

// dead tells that the words around a verb say that it killed.
func (r *reading) dead(c *claim) bool {
	for _, ch := range c.s.children[c.token] {
		switch strings.ToLower(c.s.tokens[ch].Text) {
		case "dead", "death":
			return true
		}
	}
	return c.token+1 < len(c.s.tokens) && strings.EqualFold(c.s.tokens[c.token+1].Text, "dead")
}

// people tells whether the phrase headed by t counts human beings.
func (r *reading) people(s *sentence, t int) bool {
	if s.tokens[t].Tag == "NUM" {
		return true
	}
	for _, m := range s.mentionsAt(t) {
		if m.noun != nil && m.noun.Class == gazetteer.Body && !m.plural {
			return false // "a British warship", "an army base"
		}
		if m.shape != modifier && (m.noun != nil || m.person || m.kind == schema.Civilians || m.kind == schema.ArmedGroup || m.kind == schema.Military) {
			return true
		}
	}
	l := s.lemmaOrText(t)
	if _, ok := vagueCounts[l]; ok {
		return true
	}
	return r.coder.lexicon.classes["human"][s.lemma(t)] || r.folk(s.lemma(t))
}

// folk tells that a word is a noun for people: "fighters" fight, and fly only elsewhere.
func (r *reading) folk(word string) bool {
	known, sought := r.folks[word]
	if !sought {
		if r.folks == nil {
			r.folks = map[string]bool{}
		}
		n, ok := r.coder.actors.Noun([]string{word})
		known = ok && n.Class == gazetteer.Folk
		r.folks[word] = known
	}
	return known
}

// weaponsOf collects the weapons named around the trigger.
func (r *reading) weaponsOf(c *claim) {
	if c.event.Name != "ASSAULT" && c.event.Name != "THREATEN" && c.event.Name != "MOBILIZE" {
		return
	}
	if w := c.trigger.frame.weapon; w != "" {
		c.weapons = appendWord(c.weapons, strings.ReplaceAll(w, "-", " "))
	}
	for _, w := range r.armsIn(c.s) {
		if c.near(w.token) {
			c.weapons = appendWord(c.weapons, w.weapon)
		}
	}
}

// armed is a weapon named at a token.
type armed struct {
	token  int
	weapon string
}

// armsIn gives the weapons that a sentence names.
func (r *reading) armsIn(s *sentence) []armed {
	if s.weapons == nil {
		found := []armed{}
		for j := range s.tokens {
			if w, n := r.weaponAt(s, j); n > 0 && !r.folk(s.tokens[j].Text) {
				found = append(found, armed{j, w})
			}
		}
		s.weapons = &found
	}
	return *s.weapons
}

// weaponAt gives the weapon named by the tokens from j on, and how many they are.
func (r *reading) weaponAt(s *sentence, j int) (string, int) {
	var room [64]byte
	words, ends := room[:0], [3]int{}
	most := min(len(ends), len(s.tokens)-j)
	for k := range most {
		if k > 0 {
			words = append(words, ' ')
		}
		words = append(words, s.lemma(j+k)...)
		ends[k] = len(words)
	}
	for n := most; n >= 1; n-- {
		if w, ok := r.coder.lexicon.weapons[string(words[:ends[n-1]])]; ok {
			return w, n
		}
	}
	return "", 0
}

// near tells that token j belongs to the clause of predicate i: it hangs under i, or under
// the verb that i is an argument of, without another clause between.
func (s *sentence) near(j, i int) bool {
	top := i
	if s.nominal(i) {
		h := i
		for n := 0; n < 4 && h >= 0 && s.tokens[h].Relation == "conj" && s.tokens[h].Head >= 0 && s.nominal(s.tokens[h].Head); n++ {
			h = s.tokens[h].Head
		}
		if h = s.tokens[h].Head; h >= 0 && s.verbal(h) {
			top = h
		}
	}
	for n := 0; j >= 0 && n < 40; n++ {
		if j == top || j == i {
			return true
		}
		switch base(s.tokens[j].Relation) {
		case "ccomp", "parataxis":
			return false
		case "advcl", "conj":
			if s.verbal(j) {
				return false
			}
		}
		j = s.tokens[j].Head
	}
	return false
}

// roleTells says whether sentences of this role tell events.
func roleTells(role article.Role) bool { return role == article.Story || role == article.Headline }
