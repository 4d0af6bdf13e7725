package extract

import (
	"strconv"
	"strings"

	"incidentgraph/loader/extract/classify"
	"incidentgraph/schema"
)

// tells says whether token i can tell an act at all.
func (s *sentence) tells(i int) bool {
	t := s.tokens[i]
	switch t.Tag {
	case "VERB", "NOUN", "ADJ":
		return t.Relation != "aux" && t.Relation != "cop" && len(t.Text) > 1 && !s.idle(i)
	case "PROPN":
		return !s.mentioned(i)
	case "AUX":
		return t.Relation != "aux" && t.Relation != "aux:pass" && t.Relation != "cop"
	}
	return false
}

// idle tells that the word at token i is one that tells no act, unless a pattern of the lexicon says so.
func (s *sentence) idle(i int) bool {
	return s.cast.coder.lexicon.idle[s.lemma(i)] && s.cast.coder.find(s, i) == nil
}

// filler tells in a word what stands at token t: the kind of an actor, or what sort of thing.
func (r *reading) filler(s *sentence, t int) string {
	for _, m := range s.mentions {
		if m.shape != modifier && m.holds(t) {
			if len(m.actors) > 0 {
				if len(m.actors) > 1 {
					return "several"
				}
				return string(m.actors[0].kind)
			}
			if m.place != nil {
				return "place"
			}
			if m.shape == pronoun {
				return "pronoun"
			}
			if m.kind != "" {
				return "no-" + string(m.kind)
			}
			return "phrase"
		}
	}
	switch {
	case s.verbal(t):
		return "clause"
	case s.tokens[t].Tag == "PRON":
		return "pronoun"
	case s.tokens[t].Tag == "NUM":
		return "number"
	}
	return "thing"
}

// wordFeatures tells what is known of token i as the word for an act. ruled are the claims
// that the lexicon's patterns make of it, why is the reason for which it was dropped.
func (r *reading) wordFeatures(f *classify.Features, s *sentence, i int, ruled []*claim, why string) {
	t := s.tokens[i]
	lemma := s.lemma(i)
	rule, found := "none", "none"
	if len(ruled) > 0 {
		rule = ruled[0].event.Name
	}
	if p := r.coder.find(s, i); p != nil {
		found = p.kind
		if found == "" {
			found = "near"
		}
	}
	reason, _, _ := strings.Cut(why, " ")
	f.Add("rule", rule)
	f.Add("found", found, reason)
	f.Add("lemma", lemma, t.Tag)
	f.Add("lemma-rule", lemma, rule)
	f.Add("lemma-found", lemma, found, reason)
	f.Add("tag", t.Penn)
	f.Add("rule-tag", rule, t.Penn)
	relation := base(t.Relation)
	f.Add("relation", t.Relation)
	head := "root"
	if t.Head >= 0 {
		head = s.lemma(t.Head)
	}
	f.Add("head", head)
	f.Add("head-relation", relation, head)
	f.Add("lemma-head", lemma, relation, head)
	above := r.above(s, i)
	f.Add("above", above, relation)
	f.Add("found-above", found, above, relation)
	f.Add("lemma-relation", lemma, relation)
	f.Add("found-relation", found, relation)
	next, before := "end", "start"
	if i+1 < len(s.tokens) {
		next = s.lemma(i + 1)
	}
	if i > 0 {
		before = s.lemma(i - 1)
	}
	f.Add("next", next)
	f.Add("before", before)
	f.Add("lemma-next", lemma, next)
	f.Add("before-lemma", before, lemma)
	for _, ch := range s.children[i] {
		switch b := base(s.tokens[ch].Relation); b {
		case "aux", "advmod", "mark", "neg", "det", "cop", "case", "amod", "compound":
			f.Add("child", b, s.lemma(ch))
			f.Add("found-child", found, b, s.lemma(ch))
		case "nsubj":
			f.Add("has-subject", s.tokens[ch].Relation)
		}
	}
	initiator, target := "", ""
	for _, sl := range r.coder.argumentSlots(s, i) {
		if sl.name == "det" || sl.name == "advmod" {
			continue
		}
		what := r.filler(s, sl.token)
		f.Add("slot", sl.name, what)
		f.Add("found-slot", found, sl.name, what)
		f.Add("lemma-slot", lemma, sl.name, what)
		if a := s.actorAt(sl.token); a != nil {
			f.Add("slot-name", sl.name, a.name)
			f.Add("slot-country", sl.name, string(a.kind), a.sideOf())
			f.Add("lemma-slot-country", lemma, sl.name, a.sideOf())
		}
		word := s.lemma(sl.token)
		if what == "thing" || what == "phrase" || what == "clause" || strings.HasPrefix(what, "no-") {
			f.Add("slot-word", sl.name, word)
			f.Add("lemma-slot-word", lemma, sl.name, word)
			for _, class := range r.coder.lexicon.classesOf[word] {
				f.Add("slot-class", sl.name, class)
				f.Add("lemma-slot-class", lemma, sl.name, class)
			}
		}
		if sl.name == "nsubj" {
			initiator = what
		}
		if sl.name == "obj" {
			target = what
		}
	}
	f.Add("sides", initiator, target)
	f.Add("found-sides", found, initiator, target)
	for _, c := range r.coder.carriers(s, i) {
		f.Add("carrier", s.lemma(c.token))
		f.Add("lemma-carrier", lemma, s.lemma(c.token))
	}
	real := r.coder.realityOf(s, i, nil)
	unreal, _, _ := strings.Cut(real.unreal, " ")
	f.Add("unreal", unreal)
	f.Add("unreal-words", real.unreal)
	f.Add("found-unreal", found, real.unreal)
	f.Add("rule-unreal", rule, unreal)
	f.Add("lemma-unreal", lemma, unreal)
	if real.future {
		f.Add("future")
		f.Add("found-future", found)
	}
	if len(ruled) > 0 {
		c := ruled[0]
		f.Add("rule-sides", rule, strconv.Itoa(min(len(c.initiators), 2)), strconv.Itoa(min(len(c.targets), 2)))
		if c.reference {
			f.Add("rule-reference", rule)
		}
		if len(c.initiators) > 0 && len(c.targets) > 0 {
			same := "two"
			if c.initiators[0].sideOf() == c.targets[0].sideOf() {
				same = "one"
			}
			f.Add("rule-states", rule, same)
			f.Add("rule-kinds", rule, string(c.initiators[0].kind), string(c.targets[0].kind))
		}
		f.Add("rule-pattern", rule, c.trigger.pattern())
	}
	inQuote := s.quoted != nil && s.quoted[i]
	f.Add("quoted", strconv.FormatBool(inQuote), strconv.FormatBool(s.speaker != nil))
	f.Add("found-quoted", found, strconv.FormatBool(inQuote), strconv.FormatBool(s.speaker != nil))
	f.Add("class", real.class)
	actors, states := 0, 0
	for _, m := range s.mentions {
		if len(m.actors) > 0 {
			actors++
			if m.actors[0].country != "" {
				states++
			}
		}
	}
	f.Add("actors", strconv.Itoa(min(actors, 4)))
	f.Add("found-actors", found, strconv.Itoa(min(actors, 4)))
	f.Add("place-in-text", r.depth(s))
	f.Add("found-place-in-text", found, r.depth(s))
	if s.inQuestion() {
		f.Add("question")
	}
	if t.Penn == "VBD" || t.Penn == "VBN" || t.Penn == "VBZ" || t.Penn == "VBP" {
		f.Add("rule-tense", rule, t.Penn, strconv.FormatBool(s.passive(i)))
	}
	read, sides := "none", ""
	if c := r.ruledAt[[2]int{s.index, i}]; c != nil {
		read = c.event.Name
		sides = strconv.Itoa(min(len(c.initiators), 2)) + strconv.Itoa(min(len(c.targets), 2)) + strconv.Itoa(min(len(c.others), 2))
	}
	f.Add("read", read)
	f.Add("read-sides", read, sides)
	f.Add("lemma-read", lemma, read)
	f.Add("topic", r.topicType)
	f.Add("topic-found", r.topicType, found)
	for _, class := range r.coder.lexicon.classesOf[lemma] {
		f.Add("word-class", class)
		f.Add("word-class-head", class, head)
	}
	hints := r.coder.lexicon.hintsOf(s, i)
	if len(hints) == 0 {
		f.Add("hint", "none")
		f.Add("found-hint", found, "none")
	}
	for n, h := range hints {
		f.Add("hint", h.kind, h.grade)
		f.Add("found-hint", found, h.kind)
		f.Add("hint-tag", h.kind, t.Penn)
		f.Add("hint-relation", h.kind, relation)
		f.Add("hint-above", h.kind, above)
		f.Add("hint-sides", h.kind, initiator, target)
		f.Add("hint-unreal", h.kind, unreal)
		if n == 0 {
			f.Add("first-hint", h.kind, h.grade)
		}
	}
	if t.Head >= 0 {
		for _, h := range r.coder.lexicon.hintsOf(s, t.Head) {
			f.Add("head-hint", relation, h.kind, h.grade)
		}
	}
	for _, sl := range r.coder.argumentSlots(s, i) {
		for _, h := range r.coder.lexicon.hintsOf(s, sl.token) {
			f.Add("slot-hint", sl.name, h.kind, h.grade)
		}
	}
	f.Dense(r.gist)
	f.Dense(r.gistOf(s))
	f.Dense(r.vector(s, i))
	f.Dense(r.coder.vectors.of(head))
	object := ""
	for _, name := range []string{"obj", "of", "nsubj", "against", "with", "to"} {
		for _, sl := range r.coder.argumentSlots(s, i) {
			if sl.name == name && object == "" && r.filler(s, sl.token) == "thing" {
				object = s.lemma(sl.token)
			}
		}
	}
	f.Dense(r.coder.vectors.of(object))
	f.Dense(s.tokens[i].State)
}

// gistOf gives the mean meaning of the words of a sentence that stand for things, acts and qualities.
func (r *reading) gistOf(s *sentence) []float32 {
	if s.gist != nil {
		return s.gist
	}
	s.gist = make([]float32, r.coder.vectors.width)
	n := 0
	for i, t := range s.tokens {
		switch t.Tag {
		case "NOUN", "VERB", "ADJ":
			n++
			for k, x := range r.vector(s, i) {
				s.gist[k] += x
			}
		}
	}
	for k := range s.gist {
		s.gist[k] /= float32(max(n, 1))
	}
	return s.gist
}

// gistOfAll gives the mean of what the sentences of the article mean.
func (r *reading) gistOfAll() []float32 {
	out := make([]float32, r.coder.vectors.width)
	for _, s := range r.sentences {
		for k, x := range r.gistOf(s) {
			out[k] += x / float32(len(r.sentences))
		}
	}
	return out
}

// vector gives the meaning of token i.
func (r *reading) vector(s *sentence, i int) []float32 {
	a := &s.asked[i]
	if a.vector == nil {
		a.vector = r.coder.vectors.of(s.lemma(i))
	}
	return a.vector
}

// actorAt gives the actor of which a phrase speaks that holds token t, nil for none.
func (s *sentence) actorAt(t int) *actor {
	for _, m := range s.mentions {
		if m.shape != modifier && m.holds(t) && len(m.actors) > 0 {
			return m.actors[0]
		}
	}
	return nil
}

// above tells what act the word that governs token i tells by the lexicon: in "condemned the
// bombing" who is the subject did not bomb.
func (r *reading) above(s *sentence, i int) string {
	h := s.tokens[i].Head
	if h < 0 {
		return "root"
	}
	if len(s.ruled[h]) > 0 {
		return s.ruled[h][0].event.Name
	}
	if r.coder.saying(s, h) {
		return "saying"
	}
	if s.why[h] != "" {
		return "no act"
	}
	return s.tokens[h].Tag
}

// pattern gives the words of a trigger's pattern, by which it is known.
func (t *trigger) pattern() string {
	name := t.head
	for _, c := range t.constraints {
		if c.negated {
			continue
		}
		name += " " + c.slot
		if c.any {
			name += ":*"
		}
	}
	return name
}

// depth tells where in the article a sentence stands.
func (r *reading) depth(s *sentence) string {
	switch {
	case s.number == 0:
		return "first"
	case s.number < 4:
		return "early"
	case s.number < 12:
		return "middle"
	}
	return "late"
}

// candidate is an actor that may be a side of an act, and the mention nearest to its word, nil
// for one from elsewhere in the article.
type candidate struct {
	actor   *actor
	mention *mention
	from    string // "here", "place", "we", "speaker", "rule", "read", "back", "told", "text"
}

// candidates gives who may be a side of the act of claim c: whoever the sentence
// speaks of, its speaker and for whom he speaks, whoever the sentences before it speak of,
// the sides of earlier acts of the same type, and those the article is about.
func (r *reading) candidates(c *claim) []candidate {
	s, i := c.s, c.token
	var out []candidate
	have, titled := map[*actor]int{}, map[*actor]bool{}
	put := func(a *actor, m *mention, from string) {
		if m == nil && titled[a] {
			return
		}
		if k, ok := have[a]; ok {
			o := out[k].mention
			if m != nil && (o == nil || closer(s, i, m, o)) {
				out[k].mention = m
			}
			return
		}
		have[a] = len(out)
		out = append(out, candidate{a, m, from})
	}
	for _, m := range s.mentions {
		if s.sharedAdjective(m) {
			continue
		}
		if s.ofTitle(m) {
			titled[m.actors[0]] = true
			continue
		}
		for _, a := range m.actors {
			put(a, m, "here")
		}
		if m.place != nil && m.place.Country != "" && m.shape != modifier {
			put(r.cast.state(m.place.Country), m, "place")
		}
	}
	for a := range have {
		delete(titled, a) // told beside the title as well
	}
	we := s.ownWords(i)
	for _, v := range r.voices(s) {
		if we != nil {
			put(v.actor, we, "we")
		} else {
			put(v.actor, nil, "speaker")
		}
	}
	sides := func(of *claim, from string) {
		for _, list := range [2][]*actor{of.initiators, of.targets} {
			for _, a := range list {
				put(a, nil, from)
			}
		}
	}
	sides(c, "rule")
	if o := r.ruledAt[[2]int{s.index, i}]; o != nil {
		sides(o, "read")
	}
	for back := 1; back <= 2; back++ {
		if p := r.previous(s, back); p != nil {
			for _, m := range p.mentions {
				for _, a := range m.actors {
					if m.shape != modifier || a.kind == schema.State {
						put(a, nil, "back")
					}
				}
			}
		}
	}
	p := r.antecedents(s, i, c.event.Name)
	for _, t := range [2]*toldAct{p.last, p.same} {
		if t != nil {
			sides(t.claim, "told")
		}
	}
	if h := r.histories[c.event.Name]; h != nil {
		for _, a := range h.first {
			if a != nil {
				put(a, nil, "told")
			}
		}
	}
	for _, a := range r.protagonists() {
		put(a, nil, "text")
	}
	return out
}

// sharedAdjective tells that a mention is the adjective of a state in a list of them before a noun that names people of each: in "U.S.
// and Chinese officials" the officials act, and no state beside them.
func (s *sentence) sharedAdjective(m *mention) bool {
	if len(m.actors) != 1 || m.actors[0].kind != schema.State || m.shape == nominal || m.shape == pronoun {
		return false
	}
	for _, o := range s.mentions {
		if o.shape != nominal || len(o.actors) < 2 || m.first >= o.head || o.head-m.first > 6 || m.shape == named && !s.listsTo(m.last, o.first) {
			continue
		}
		for _, a := range o.actors {
			if a.kind != schema.State && a.country == m.actors[0].country {
				return true
			}
		}
	}
	return false
}

// ofTitle tells that a mention is the adjective of a state in the title of a person of that state: in "granted asylum to former
// Bolivian President Evo Morales" he got it, and not Bolivia.
func (s *sentence) ofTitle(m *mention) bool {
	if m.shape != modifier || len(m.actors) != 1 || m.actors[0].kind != schema.State {
		return false
	}
	for _, o := range s.mentions {
		if o.shape == named && o.person && len(o.actors) == 1 && o.title != "" && o.actors[0].country == m.actors[0].country && o.first <= m.first && m.last <= o.head {
			return true
		}
	}
	return false
}

// listsTo tells that between tokens from and to stand only adjectives, names, commas and conjunctions.
func (s *sentence) listsTo(from, to int) bool {
	for t := from; t < to; t++ {
		switch s.tokens[t].Tag {
		case "CCONJ", "ADJ", "PROPN":
		default:
			if s.tokens[t].Text != "," {
				return false
			}
		}
	}
	return from < to
}

// closer tells that mention m hangs nearer to token i than mention o.
func closer(s *sentence, i int, m, o *mention) bool {
	if (m.shape == modifier) != (o.shape == modifier) {
		return o.shape == modifier
	}
	return s.steps(i, m.head) < s.steps(i, o.head)
}

// previous gives the sentence that stands back before s, nil for none.
func (r *reading) previous(s *sentence, back int) *sentence {
	if k := s.index - back; k >= 0 {
		return r.sentences[k]
	}
	return nil
}

// protagonists gives the actors that the article speaks of most, at most four.
func (r *reading) protagonists() []*actor {
	if r.leads == nil {
		r.leads = []*actor{}
		for n := 0; n < 4; n++ {
			var best *actor
			for _, a := range r.cast.actors {
				if a.mentions >= 2 && a.kind != schema.Civilians && !containsActor(r.leads, a) && (best == nil || a.mentions > best.mentions) {
					best = a
				}
			}
			if best == nil {
				break
			}
			r.leads = append(r.leads, best)
		}
	}
	return r.leads
}

// actsNear is how many acts back it is looked for what somebody did last.
const actsNear = 6

// determined gives in a word whether the noun at token i says which one it means, "" for no noun.
func (s *sentence) determined(i int) string {
	if !s.nominal(i) {
		return ""
	}
	for _, ch := range s.children[i] {
		switch s.tokens[ch].Relation {
		case "det":
			return s.lows[ch]
		case "nmod:poss":
			return "poss"
		}
	}
	return "bare"
}

// fillers tells in words what stands as the subject and as the object of the act at token i,
// see filler: a pronoun by itself, "none" for nothing, "agentless" for a passive's missing doer.
func (r *reading) fillers(s *sentence, i int) (subject, object string) {
	subject, object = "none", "none"
	for _, sl := range r.coder.argumentSlots(s, i) {
		to := &object
		switch sl.name {
		case "nsubj":
			to = &subject
		case "obj":
		default:
			continue
		}
		if *to != "none" {
			continue
		}
		if *to = r.filler(s, sl.token); s.tokens[sl.token].Tag == "PRON" {
			*to = s.lows[sl.token]
		}
	}
	if subject == "none" && s.verbal(i) && s.passive(i) {
		subject = "agentless"
	}
	return subject, object
}

// farthest is how many steps through the parse a path may have.
const farthest = 7

// meet gives how many steps through the parse lead up from token i, and how many then down to token j; ok is false
// when they are more than farthest.
func (s *sentence) meet(i, j int) (up, down int, ok bool) {
	for a := i; a >= 0 && up <= farthest; a, up = s.tokens[a].Head, up+1 {
		down = 0
		for b := j; b >= 0 && down <= farthest; b, down = s.tokens[b].Head, down+1 {
			if b == a {
				return up, down, up+down <= farthest
			}
		}
	}
	return 0, 0, false
}

// steps gives the length of the path from token i to token j, 0 when there is none.
func (s *sentence) steps(i, j int) int {
	up, down, ok := s.meet(i, j)
	if !ok {
		return 0
	}
	return up + down
}

// path gives the relations on the way through the parse from token i to token j: "^ccomp" up,
// "nsubj" down; nil when it is longer than farthest.
func (s *sentence) path(i, j int) []string {
	up, down, ok := s.meet(i, j)
	if !ok {
		return nil
	}
	out := make([]string, up+down)
	for n := range up {
		out[n] = "^" + s.linkOf(i)
		i = s.tokens[i].Head
	}
	for n := range down {
		out[up+down-1-n] = s.linkOf(j)
		j = s.tokens[j].Head
	}
	return out
}

// linkOf gives how token b hangs on its head: the relation, with the preposition of obliques.
func (s *sentence) linkOf(b int) string {
	a := &s.asked[b]
	if a.link != "" {
		return a.link
	}
	a.link = s.link(b)
	return a.link
}

func (s *sentence) link(b int) string {
	rel := s.tokens[b].Relation
	if r := base(rel); r == "obl" || r == "nmod" && rel != "nmod:poss" {
		if p := s.preposition(b); p != "" {
			return r + "." + p
		}
	}
	if rel == "acl:relcl" || rel == "nmod:poss" || rel == "nsubj:pass" || rel == "obl:agent" {
		return rel
	}
	return base(rel)
}

// occasion is an act whose sides are sought, with what is the same for all who may be one.
type occasion struct {
	*claim                 // as the lexicon's frames make it
	all        []candidate // who may be a side
	here       int         // how many of them its sentence names
	have       string      // which sides the frames see
	quoted     string      // whether its word stands in quotation marks
	determined string      // see sentence.determined
	subject    string      // see reading.fillers
	object     string
}

// occasion tells of claim c what is the same for all who may be a side of it.
func (r *reading) occasion(c *claim) *occasion {
	o := &occasion{
		claim: c, all: r.candidates(c), determined: c.s.determined(c.token),
		have:   strconv.FormatBool(len(c.initiators) > 0) + strconv.FormatBool(len(c.targets) > 0),
		quoted: strconv.FormatBool(c.s.quoted != nil && c.s.quoted[c.token]),
	}
	for _, k := range o.all {
		if k.from == "here" {
			o.here++
		}
	}
	o.subject, o.object = r.fillers(c.s, c.token)
	return o
}

// roleFeatures tells what is known of candidate k as a side of act o.
func (r *reading) roleFeatures(f *classify.Features, o *occasion, k candidate) {
	s, i, a := o.s, o.token, k.actor
	kind := string(a.kind)
	typ := o.event.Name
	lemma := s.lemma(i)
	group := string(o.event.Quad)
	if o.event.Mutual {
		group = "mutual"
	}
	f.Add("type", typ)
	f.Add("from", k.from)
	f.Add("type-from", typ, k.from)
	f.Add("kind", kind)
	f.Add("type-kind", typ, kind)
	f.Add("from-kind", k.from, kind)
	said := "other"
	switch {
	case containsActor(o.initiators, a):
		said = "initiator"
	case containsActor(o.targets, a):
		said = "target"
	}
	f.Add("rule-sides", said, strconv.Itoa(min(len(o.initiators), 2)), strconv.Itoa(min(len(o.targets), 2)))
	if o.weak && said == "target" {
		f.Add("rule-weak", typ)
	}
	if said == "other" {
		if overlapsSide([]*actor{a}, o.initiators) {
			f.Add("rule-side-of", "initiator", kind)
		}
		if overlapsSide([]*actor{a}, o.targets) {
			f.Add("rule-side-of", "target", kind)
		}
	}
	sayer := containsActor(o.reality.sayer, a)
	f.Add("rule-sayer", strconv.FormatBool(sayer), said)
	f.Add("rule-type", said, typ, typ)
	f.Add("rule-pattern", said, o.trigger.pattern())
	read := "none"
	if c := r.ruledAt[[2]int{s.index, i}]; c != nil {
		read = "other"
		if containsActor(c.initiators, a) {
			read = "initiator"
		} else if containsActor(c.targets, a) {
			read = "target"
		}
		f.Add("read-type", read, c.event.Name, typ)
	}
	f.Add("read", read)
	f.Add("read-from", read, k.from)
	f.Add("read-rule", read, said)
	f.Add("rule", said)
	f.Add("type-rule", typ, said)
	f.Add("rule-kind", said, kind)
	f.Add("rule-from", said, k.from)
	for _, v := range r.voices(s) {
		if v.actor != a {
			continue
		}
		f.Add("voice", v.as, group, k.from)
		f.Add("voice-type", v.as, typ, k.from)
		f.Add("voice-heard", v.as, s.heard, o.quoted)
		f.Add("voice-kind", v.as, kind, k.from)
		f.Add("voice-rule", v.as, said, o.quoted)
		break
	}
	if a == s.speaker {
		f.Add("speaker", group)
		f.Add("speaker-type", typ, o.quoted)
		f.Add("speaker-rule", said)
	}
	// Who often attacks is more likely to have attacked.
	f.Add("name", a.name, group)
	f.Add("type-country", typ, kind, a.sideOf())
	f.Add("country-kind", a.sideOf(), kind)
	many := strconv.Itoa(min(a.mentions, 5))
	f.Add("mentions", many)
	f.Add("mentions-from", many, k.from)
	if r.cast.home != "" && a.country == r.cast.home {
		f.Add("home", typ, kind)
	}
	lead := "no"
	for n, l := range r.protagonists() {
		if l == a {
			lead = strconv.Itoa(n)
		}
	}
	f.Add("lead", lead, k.from)
	f.Add("country", strconv.FormatBool(a.sideOf() != ""), k.from)
	p := r.antecedents(s, i, typ)
	role, often := p.last.roleIn(a), r.often(s, i, typ, a)
	f.Add("often", often, k.from)
	f.Add("often-type", often, typ)
	f.Add("often-rule", often, said, read)
	f.Add("last", role, p.last.howFar(s), k.from)
	f.Add("last-type", role, typ)
	f.Add("last-word", p.same.roleIn(a), p.same.howFar(s), k.from)
	f.Add("last-how", role, s.tokens[i].Tag, o.determined)
	if m := k.mention; m != nil {
		f.Add("shape", strconv.Itoa(int(m.shape)))
		if m.shape == pronoun {
			f.Add("pronoun", s.lows[m.head], kind)
			f.Add("pronoun-type", s.lows[m.head], typ)
		}
		f.Add("shape-from", strconv.Itoa(int(m.shape)), k.from, said)
		side := "right"
		if m.head < i {
			side = "left"
		}
		far := abs(m.head - i)
		bucket := "near"
		switch {
		case far > 15:
			bucket = "far"
		case far > 6:
			bucket = "middle"
		}
		f.Add("side", side, bucket)
		f.Add("type-side", typ, side)
		f.Add("side-kind", side, kind)
		links := s.path(i, m.head)
		path := "far"
		if links != nil {
			path = strings.Join(links, " ")
		}
		f.Add("path", path)
		f.Add("type-path", typ, path)
		f.Add("path-kind", path, kind)
		f.Add("tag-path", s.tokens[i].Tag, path)
		f.Add("lemma-path", lemma, path)
		above := r.above(s, i)
		f.Add("above-path", above, path)
		f.Add("above-type", above, typ, base(s.tokens[i].Relation), side)
		f.Add("path-length", strconv.Itoa(len(links)), side)
		if len(links) > 0 {
			f.Add("path-first", links[0], side)
			f.Add("path-last", links[len(links)-1], side)
			f.Add("type-path-first", typ, links[0], side)
		}
		slotted := false
		for _, sl := range r.coder.argumentSlots(s, i) {
			if sl.token == m.head || m.holds(sl.token) && m.shape != modifier {
				f.Add("slot", sl.name)
				f.Add("type-slot", typ, sl.name)
				f.Add("group-slot", group, sl.name)
				f.Add("slot-kind", sl.name, kind)
				f.Add("lemma-slot", lemma, sl.name)
				f.Add("slot-rule", sl.name, said)
				slotted = true
			} else if s.under(m.head, sl.token) {
				f.Add("below", sl.name, s.linkOf(m.head))
				f.Add("type-below", typ, sl.name)
				f.Add("lemma-below", lemma, sl.name)
				f.Add("below-rule", sl.name, said)
				f.Add("below-head", sl.name, s.lemma(sl.token))
			}
		}
		if !slotted {
			f.Add("no-slot", typ, side)
		}
		if h := s.tokens[m.head].Head; h >= 0 {
			f.Add("head", base(s.tokens[m.head].Relation), s.lemma(h))
			if r.coder.saying(s, h) {
				f.Add("says", base(s.tokens[m.head].Relation), group)
			}
		}
		before := "start"
		if m.first > 0 {
			before = s.lemma(m.first - 1)
		}
		f.Add("before", before)
		f.Add("type-before", typ, before)
		if m.last < len(s.tokens) && s.tokens[m.last].Penn == "POS" {
			f.Add("owns", typ)
		}
		rank := 0
		for _, o := range s.mentions {
			if o == m {
				break
			}
			if len(o.actors) > 0 {
				rank++
			}
		}
		f.Add("rank", strconv.Itoa(min(rank, 4)))
		f.Add("type-rank", typ, strconv.Itoa(min(rank, 4)))
		f.Add("locative", strconv.FormatBool(m.locative), typ)
		if m.shape == modifier {
			h := s.tokens[m.head].Head
			for n := 0; n < 3 && h >= 0 && m.holds(h); n++ {
				h = s.tokens[h].Head
			}
			inside := "nothing"
			if h >= 0 {
				inside = "word"
				for _, o := range s.mentions {
					if o.shape != modifier && o.first <= h && h < o.last {
						inside = "phrase"
						if len(o.actors) > 0 {
							inside = string(o.actors[0].kind)
							if containsActor(o.actors, a) {
								inside = "same"
							}
						}
					}
				}
				f.Add("inside-word", s.lemma(h))
				f.Add("inside-trigger", strconv.FormatBool(h == i), typ, said)
			}
			f.Add("inside", inside, said)
			f.Add("inside-type", inside, typ)
			joined := "no"
			if m.last < len(s.tokens) && s.tokens[m.last].Text == "-" {
				joined = "yes"
				if m.last+1 < len(s.tokens) {
					joined = s.lemma(m.last + 1)
				}
			}
			f.Add("joined", joined)
		}
		if m.noun != nil {
			f.Add("noun", m.noun.Same)
			f.Add("type-noun", typ, m.noun.Same)
		}
	}
	f.Add("here", strconv.Itoa(min(o.here, 4)), k.from)
	if k.mention == nil {
		for _, x := range o.initiators {
			if x.country != "" && x.country == a.country {
				f.Add("back-initiator-state", k.from)
			}
		}
		f.Add("back-have", k.from, o.have, typ)
		f.Add("back-tag", k.from, s.tokens[i].Tag, o.have)
		f.Add("back-last", k.from, o.have, role)
		f.Add("back-often", k.from, o.have, often)
		f.Add("back-determined", k.from, o.determined, o.have)
		f.Add("back-subject", k.from, o.subject, kind)
		f.Add("back-object", k.from, o.object, kind)
		f.Add("back-fillers", o.subject, o.object, typ)
		f.Add("back-role", o.subject, o.object, role)
		f.Add("back-lead", o.subject, o.object, lead)
		for back := 1; back <= 2; back++ {
			before := r.previous(s, back)
			if before == nil {
				continue
			}
			for _, m := range before.mentions {
				if containsActor(m.actors, a) {
					f.Add("back-relation", strconv.Itoa(back), base(before.tokens[m.head].Relation))
				}
			}
		}
		if h := r.histories[allTypes]; h != nil {
			n := h.before(s.index, 0)
			for k := n - 1; k >= max(0, n-actsNear); k-- {
				if role := h.acts[k].roleIn(a); role != "none" {
					f.Add("told", role, group, string(h.acts[k].claim.event.Quad))
					f.Add("told-type", role, typ, h.acts[k].claim.event.Name)
					break
				}
			}
		}
	}
	r.rivalFeatures(f, o, k)
	f.Dense(r.vector(s, i))
	f.Dense(s.tokens[i].State)
	if k.mention != nil {
		f.Dense(s.tokens[k.mention.head].State)
		f.Dense(r.vector(s, k.mention.head))
	} else {
		f.Dense(r.coder.noState[:len(s.tokens[i].State)])
		f.Dense(r.coder.vectors.zero)
	}
}
