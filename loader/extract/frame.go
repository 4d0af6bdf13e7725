package extract

import (
	"strings"

	"incidentgraph/schema"
)

// Default slots of the two sides, where a lexicon entry does not say otherwise.
var (
	verbInitiator = []string{"nsubj"}
	verbTarget    = []string{"obj", "iobj"}
	nounInitiator = []string{"nsubj", "poss", "by", "amod", "compound", "from"}
	nounTarget    = []string{"on", "against", "upon", "at", "to", "targeting", "by.on", "by.against", "in"}
	mutualVerb    = []string{"nsubj", "obj", "with"}
	mutualNoun    = []string{"nsubj", "poss", "between", "with", "amod", "compound", "of", "by", "among"}
)

// find gives the first lexicon entry that fits token i, nil when the word names no act.
func (c *Coder) find(s *sentence, i int) *trigger {
	if !s.settled {
		return c.search(s, i)
	}
	a := &s.asked[i]
	if !a.soughtAct {
		a.soughtAct, a.act = true, c.search(s, i)
	}
	return a.act
}

func (c *Coder) search(s *sentence, i int) *trigger {
	if s.tokens[i].Relation == "compound" && s.tokens[i].Tag == "NOUN" && s.tokens[i].Head > i {
		return nil // "detention centre", "patrol boat": the word only tells what kind of thing it is
	}
	var room [3]string
	for _, head := range s.heads(i, room[:0]) {
		list := c.lexicon.triggers[head]
		for k := range list {
			t := &list[k]
			if posFits(s, i, t.pos) && c.holds(s, i, t) {
				return t
			}
		}
	}
	return nil
}

// heads gives the forms under which token i may stand in the lexicon: with what a hyphen
// joins to it ("test-fire", "ceasefire"), then alone. They are appended to out.
func (s *sentence) heads(i int, out []string) []string {
	l := s.lemma(i)
	if i < 2 || s.tokens[i-1].Text != "-" || s.tokens[i-1].End != s.tokens[i].Start || s.tokens[i-2].End != s.tokens[i-1].Start {
		return append(out, l)
	}
	first := s.low(i - 2)
	return append(out, first+"-"+l, first+l, l)
}

func posFits(s *sentence, i int, pos byte) bool {
	t := s.tokens[i]
	switch pos {
	case 'v':
		return t.Tag == "VERB" || t.Tag == "AUX" && t.Relation != "aux" && t.Relation != "aux:pass" && t.Relation != "cop" || t.Tag == "ADJ" && t.Penn == "VBN"
	case 'n':
		return t.Tag == "NOUN" || t.Tag == "PROPN" && (t.Relation == "root" || !s.mentioned(i))
	case 'a':
		return t.Tag == "ADJ" || t.Penn == "VBN" || t.Penn == "JJ" || t.Tag == "ADV"
	}
	return false
}

func (s *sentence) mentionsAt(i int) []*mention {
	var out []*mention
	for _, m := range s.mentions {
		if m.holds(i) {
			out = append(out, m)
		}
	}
	return out
}

// mentioned tells that a mention holds token i.
func (s *sentence) mentioned(i int) bool {
	for _, m := range s.mentions {
		if m.holds(i) {
			return true
		}
	}
	return false
}

// inIdiom tells that noun i, which trigger t would take for an act, is only a word of one of
// another type that its verb names by it: the strike of "went on strike" is no attack.
func (c *Coder) inIdiom(s *sentence, i int, t *trigger) bool {
	h := s.tokens[i].Head
	if t.pos != 'n' || h < 0 || !s.verbal(h) {
		return false
	}
	v := c.find(s, h)
	if v == nil || v.kind == "" || v.kind == t.kind {
		return false
	}
	for _, k := range v.constraints {
		// A long list of words is one of acts in their own right: "condemned the attack".
		if k.negated || len(k.words) == 0 || len(k.words) > 2 || !k.words[s.lemma(i)] {
			continue
		}
		for _, sl := range s.slots(h) {
			if sl.name == k.slot && sl.token == i {
				return true
			}
		}
	}
	return false
}

// holds tells whether all conditions of t are met at token i.
func (c *Coder) holds(s *sentence, i int, t *trigger) bool {
	for _, k := range t.constraints {
		if c.met(s, i, k) == k.negated {
			return false
		}
	}
	return true
}

// counted gives what is coordinated at t, looking through counts: homes in "hundreds of homes".
func (s *sentence) counted(t int) []int {
	if !s.settled {
		return s.count(t)
	}
	a := &s.asked[t]
	if a.counted == nil {
		a.counted = s.count(t)
	}
	return a.counted
}

func (s *sentence) count(t int) []int {
	out := s.conjuncts(t)
	for _, x := range out {
		if !s.partitive(x) {
			continue
		}
		for _, sl := range s.slots(x) {
			if sl.name == "of" {
				out = append(out, s.conjuncts(sl.token)...)
			}
		}
	}
	return out
}

func (c *Coder) met(s *sentence, i int, k constraint) bool {
	slots := c.argumentSlots(s, i)
	if around, ok := s.around(i, k.slot); ok {
		slots = around
	}
	for _, sl := range slots {
		if sl.name != k.slot {
			continue
		}
		if k.any {
			return true
		}
		for _, t := range s.counted(sl.token) {
			if k.words[s.lemma(t)] {
				return true
			}
			if low := s.low(t); low != s.lemma(t) && k.words[low] {
				return true
			}
			for _, m := range s.mentions {
				if m.head != t && !(m.holds(t) && m.shape != modifier) {
					continue
				}
				if k.actor && (len(m.actors) > 0 || m.kind != "") || k.place && (m.places != nil || m.kind == schema.State) || k.armed && m.armed() {
					return true
				}
			}
		}
	}
	return false
}

// armed tells that a mention means an armed force or group.
func (m *mention) armed() bool {
	kind := m.kind
	if len(m.actors) > 0 {
		kind = m.actors[0].kind
	}
	return kind == schema.ArmedGroup || kind == schema.Military
}

// around gives what a word is said of, or goes with, where that is no dependent of it. These
// slots are looked for only when a pattern names one, which ok tells:
//
//	joined     what a hyphen joins before it: "US" of "US-backed rebels"
//	noun       what it qualifies: "rebels" of "US-backed rebels"
//	is         who a noun says that somebody is: "Turkey, its main backer", "proved an ally"
//	predicate  with whom its subject is said to be: "our thoughts are with the families"
//	doer       who does what it goes with: "with their help, troops took the town"
//	case       the preposition before it
func (s *sentence) around(i int, name string) (out []slot, ok bool) {
	add := func(tokens ...int) {
		for _, t := range tokens {
			out = append(out, slot{name, t})
		}
	}
	switch name {
	case "joined":
		add(s.joinedBefore(i)...)
	case "noun":
		if s.tokens[i].Relation == "amod" {
			add(s.tokens[i].Head)
		}
	case "is":
		add(s.identified(i)...)
	case "predicate":
		if h := s.tokens[i].Head; base(s.tokens[i].Relation) == "nsubj" && s.child(h, "cop") >= 0 && s.preposition(h) == "with" {
			add(h)
		}
	case "doer":
		add(s.doers(i)...)
	case "case":
		for _, c := range s.children[i] {
			if s.tokens[c].Relation == "case" {
				add(c)
			}
		}
	default:
		return nil, false
	}
	return out, true
}

// joinedBefore gives the names that hyphens join to word i: "US-backed", "Russian- and
// Iranian-backed", "US and EU-backed".
func (s *sentence) joinedBefore(i int) (out []int) {
	t := s.hyphened(i)
	for t >= 0 {
		out = append(out, t)
		t--
		if t < 1 || s.tokens[t].Tag != "CCONJ" {
			break
		}
		t--
		if s.tokens[t].Text == "-" {
			t--
		}
		if t >= 0 && !s.mentioned(t) {
			break
		}
	}
	return out
}

// identified gives who a noun says that somebody is.
func (s *sentence) identified(i int) []int {
	h, relation := s.tokens[i].Head, s.tokens[i].Relation
	if a := s.child(i, "appos"); a >= 0 {
		return []int{a}
	}
	switch {
	case relation == "appos":
		return []int{h}
	case s.child(i, "cop") >= 0:
		return s.subjects(i, 0)
	case h < 0:
	case (relation == "xcomp" || relation == "obj") && s.verbal(h):
		switch s.lemma(h) {
		case "prove", "become", "remain", "stay":
			return s.subjects(h, 0)
		}
		if relation == "xcomp" {
			return s.subjects(i, 0)
		}
	case relation == "nmod" && s.preposition(i) == "of" && s.lemma(h) == "one":
		return s.identified(h) // "is one of the main backers"
	case base(relation) == "obl" && s.preposition(i) == "as":
		var out []int
		for _, sl := range s.slots(h) {
			if sl.name == "obj" {
				out = append(out, sl.token)
			}
		}
		return out
	}
	return nil
}

// doers gives who does what noun i goes with or is done to.
func (s *sentence) doers(i int) []int {
	h := s.tokens[i].Head
	if r := base(s.tokens[i].Relation); r == "nmod" && s.nominal(h) {
		if s.tokens[i-1].Text == "," || i > 1 && s.tokens[i-2].Text == "," || base(s.tokens[h].Relation) == "nsubj" {
			return []int{h} // "Putin, in league with Iran"
		}
		i, h = h, s.tokens[h].Head
	}
	switch base(s.tokens[i].Relation) {
	case "obl", "obj", "iobj":
	default:
		return nil
	}
	var out []int
	if h < 0 {
		return nil
	}
	for _, sl := range s.slots(h) {
		if sl.name == "nsubj" {
			out = append(out, sl.token)
		}
	}
	return out
}

// hyphened gives the word that a hyphen joins to word i, -1 for none: "US" of "US-backed".
func (s *sentence) hyphened(i int) int {
	if i < 2 || s.tokens[i-1].End != s.tokens[i].Start || s.tokens[i-2].End != s.tokens[i-1].Start {
		return -1
	}
	switch s.tokens[i-1].Text {
	case "-", "–", "‑":
		return i - 2
	}
	return -1
}

// innermost gives the actors of the shortest mention that holds token t.
func (s *sentence) innermost(t int) []*actor {
	var best *mention
	for _, m := range s.mentions {
		if m.holds(t) && len(m.actors) > 0 && (best == nil || m.last-m.first < best.last-best.first) {
			best = m
		}
	}
	if best == nil || best.head != t {
		return nil
	}
	return best.actors
}

// argumentSlots gives the slots of a trigger: those of its own, and for a noun those of the
// light verb that carries it ("launched an attack on", "held talks with").
func (c *Coder) argumentSlots(s *sentence, i int) []slot {
	if !s.settled {
		return c.gatherSlots(s, i)
	}
	a := &s.asked[i]
	if !a.soughtArguments {
		a.soughtArguments, a.arguments = true, c.gatherSlots(s, i)
	}
	return a.arguments
}

func (c *Coder) gatherSlots(s *sentence, i int) []slot {
	own := s.slots(i)
	if !s.nominal(i) {
		return c.withObjectPhrases(s, i, own)
	}
	lights := c.carriers(s, i)
	if len(lights) == 0 {
		return own
	}
	out := append([]slot(nil), own...)
	for _, l := range lights {
		for _, sl := range s.slots(l.token) {
			if sl.token == i || s.under(sl.token, i) && sl.name != "nsubj" {
				continue
			}
			name := sl.name
			if l.light.frame.reversed && name == "nsubj" {
				name = "on"
			}
			if name == "obj" || name == "obj2" {
				if l.light.frame.reversed {
					continue
				}
				name = "lightobj"
			}
			out = append(out, slot{name, sl.token})
		}
	}
	return out
}

// withObjectPhrases adds to the slots of a verb the prepositional phrases of its object, where
// parsers hang half of them: "fired missiles at the base".
func (c *Coder) withObjectPhrases(s *sentence, i int, own []slot) []slot {
	out := own
	for _, sl := range own {
		if sl.name != "obj" || sl.token < i || !s.nominal(sl.token) {
			continue
		}
		phrases := s.slots(sl.token)
		if s.partitive(sl.token) { // "200 tonnes of wheat from Canada"
			for _, p := range phrases {
				if p.name == "of" {
					phrases = append(phrases[:len(phrases):len(phrases)], s.slots(p.token)...)
					break
				}
			}
		}
		for _, p := range phrases {
			switch p.name {
			case "at", "on", "against", "to", "with", "from", "into", "in", "over", "for", "near", "toward", "towards":
				out = append(out[:len(out):len(out)], p)
			}
		}
	}
	return out
}

type carrier struct {
	token int
	light *trigger
}

// carriers finds the light verbs that event noun i hangs on.
func (c *Coder) carriers(s *sentence, i int) []carrier {
	var out []carrier
	try := func(v int) {
		for k := range c.lexicon.light[s.lemma(v)] {
			l := &c.lexicon.light[s.lemma(v)][k]
			if c.verbHolds(s, v, l) {
				out = append(out, carrier{v, l})
				return
			}
		}
	}
	root := i
	for n := 0; n < 4 && (s.tokens[root].Relation == "conj" && s.nominal(s.tokens[root].Head) || s.counts(root)); n++ {
		root = s.tokens[root].Head
	}
	h := s.tokens[root].Head
	if h >= 0 && s.verbal(h) {
		for _, sl := range s.slots(h) {
			if sl.token != root {
				continue
			}
			if sl.name == "obj" || sl.name == "obj2" {
				try(h)
				break
			}
			// "came under attack", "responded with strikes", "clashes broke out": the verb says where the noun stands.
			for k := range c.lexicon.light[s.lemma(h)] {
				l := &c.lexicon.light[s.lemma(h)][k]
				for _, con := range l.constraints {
					if con.slot == sl.name && con.any && c.verbHolds(s, h, l) {
						out = append(out, carrier{h, l})
						break
					}
				}
			}
		}
	}
	// "attacks carried out by", "talks held in"
	for _, ch := range s.children[i] {
		if s.tokens[ch].Relation == "acl" && s.tokens[ch].Penn == "VBN" || s.tokens[ch].Relation == "acl:relcl" {
			try(ch)
		}
	}
	return out
}

// counts tells that the word over noun i only counts it: "a series of strikes", "much of the fighting".
func (s *sentence) counts(i int) bool {
	h := s.tokens[i].Head
	return h >= 0 && s.tokens[i].Relation == "nmod" && s.partitive(h) && s.preposition(i) == "of"
}

// verbHolds is holds for the conditions of a light verb, which never look at mentions.
func (c *Coder) verbHolds(s *sentence, v int, t *trigger) bool {
	for _, k := range t.constraints {
		ok := false
		for _, sl := range s.slots(v) {
			if sl.name == k.slot && (k.any || k.words[s.lemma(sl.token)]) {
				ok = true
			}
		}
		if ok == k.negated {
			return false
		}
	}
	return true
}

// who gives the actors that the phrase headed by token t means, coordination included.
// With inside, a phrase that is no actor itself gives the actors that own, do or
// qualify it: Iran in "Iran's airstrikes", "attacks by Iran".
func (c *Coder) who(s *sentence, t int, inside bool) []*actor {
	var out []*actor
	for _, x := range s.coordinated(t) {
		for _, a := range c.whoOne(s, x, inside, 0) {
			out = appendActor(out, a)
		}
	}
	return out
}

// coordinated gives t and what is coordinated with it in the parse, and what stands with it
// in a plain list of names, where parses often fail: "the United States, Britain and China".
func (s *sentence) coordinated(t int) []int {
	out := s.conjuncts(t)
	have := map[int]bool{}
	for _, x := range out {
		have[x] = true
	}
	for i, m := range s.mentions {
		if m.shape == modifier || t < m.first || t >= m.last {
			continue
		}
		list := []int{}
		last, closed := m, false
		for _, o := range s.mentions[i+1:] {
			if o.shape == modifier || o.first < last.last {
				continue
			}
			join, ok := s.listed(last.last, o.first)
			if !ok || closed || s.subjectOfOther(o.head, t) {
				break
			}
			list = append(list, o.head)
			closed = join
			last = o
		}
		if closed {
			for _, x := range list {
				if !have[x] {
					have[x] = true
					out = append(out, x)
				}
			}
		}
		break
	}
	return out
}

// includes gives the first name of the list that "including" or "such as" opens after noun t, -1 for none.
func (s *sentence) includes(t int) int {
	for i := t + 1; i < len(s.tokens) && i < t+4; i++ {
		switch s.low(i) {
		case "including", "namely":
		case "such":
			i++
		default:
			continue
		}
		for _, m := range s.mentions {
			if m.first > i && m.first <= i+3 && m.shape != modifier {
				return m.head
			}
		}
	}
	return -1
}

// listed tells whether only list words stand between two mentions, and whether they close the list.
func (s *sentence) listed(from, to int) (closes, ok bool) {
	if from >= to || to-from > 5 {
		return false, false
	}
	for i := from; i < to; i++ {
		switch s.low(i) {
		case ",", "the", "both", "a", "an", "of":
			if strings.EqualFold(s.tokens[i].Text, "of") {
				return false, false
			}
		case "and", "or", "well":
			closes = true
		case "as":
		default:
			return false, false
		}
	}
	return closes, true
}

// subjectOfOther tells that token x is the subject of another verb than t's.
func (s *sentence) subjectOfOther(x, t int) bool {
	return base(s.tokens[x].Relation) == "nsubj" && s.tokens[x].Head != s.tokens[t].Head
}

func appendActor(list []*actor, a *actor) []*actor {
	for _, x := range list {
		if x == a {
			return list
		}
	}
	return append(list, a)
}

func (c *Coder) whoOne(s *sentence, t int, inside bool, depth int) []*actor {
	if depth > 3 {
		return nil
	}
	var partial *mention
	covered := false
	for _, m := range s.mentions {
		covered = covered || m.shape != modifier && m.holds(t)
	}
	for _, m := range s.mentions {
		if m.shape == modifier && (covered || m.head != t) {
			continue
		}
		if m.head == t || m.holds(t) {
			if len(m.actors) > 0 {
				if of := c.commanded(s, m, depth); len(of) > 0 {
					return of
				}
				return m.actors
			}
			partial = m
		}
	}
	for _, sl := range s.slots(t) {
		// "four countries, including Britain and China"
		if sl.name == "including" || sl.name == "like" || sl.name == "such" {
			var out []*actor
			for _, x := range s.coordinated(sl.token) {
				for _, a := range c.whoOne(s, x, false, depth+1) {
					out = appendActor(out, a)
				}
			}
			if len(out) > 0 {
				return out
			}
		}
	}
	if list := s.includes(t); list >= 0 {
		var out []*actor
		for _, x := range s.coordinated(list) {
			for _, a := range c.whoOne(s, x, false, depth+1) {
				out = appendActor(out, a)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	if s.partitive(t) {
		var out []*actor
		for _, sl := range s.slots(t) {
			if sl.name != "of" {
				continue
			}
			for _, x := range s.conjuncts(sl.token) {
				for _, a := range c.whoOne(s, x, inside, depth+1) {
					out = appendActor(out, a)
				}
			}
		}
		return out
	}
	if partial != nil && partial.place != nil && partial.place.Country != "" && inside {
		return []*actor{s.cast.state(partial.place.Country)}
	}
	if !inside {
		return nil
	}
	for _, name := range []string{"poss", "by", "amod", "compound", "of", "from"} {
		for _, sl := range s.slots(t) {
			if sl.name != name {
				continue
			}
			if name == "amod" || name == "compound" {
				for _, m := range s.mentions {
					if m.holds(sl.token) && len(m.actors) > 0 && !m.unknown() {
						return m.actors
					}
				}
				continue
			}
			var out []*actor
			for _, x := range s.conjuncts(sl.token) {
				for _, a := range c.whoOne(s, x, name == "of", depth+1) {
					out = appendActor(out, a)
				}
			}
			if len(out) > 0 {
				return out
			}
		}
	}
	return nil
}

// commanded gives whose a nameless force is: the regime in "forces of the regime".
func (c *Coder) commanded(s *sentence, m *mention, depth int) []*actor {
	if m.shape != nominal || m.noun == nil || capitalised(m.name) && m.first > 0 {
		return nil
	}
	leaders := m.plural && m.kind == schema.Government // "the presidents of Guyana and Venezuela"
	if m.kind != schema.Military && m.kind != schema.ArmedGroup && !leaders {
		return nil
	}
	var out []*actor
	for _, sl := range s.slots(m.head) {
		if sl.name != "of" && (sl.name != "from" || !leaders) {
			continue
		}
		for _, x := range s.coordinated(sl.token) {
			actors := s.innermost(x)
			if !leaders || actors == nil {
				actors = c.whoOne(s, x, false, depth+1)
			}
			for _, a := range actors {
				if a.kind != schema.Military && (!leaders || a.kind == schema.State) {
					out = appendActor(out, a)
				}
			}
		}
	}
	return out
}

// unknown tells that a mention is a name of which nothing is known.
func (m *mention) unknown() bool {
	return len(m.actors) == 1 && strings.HasPrefix(m.actors[0].key, "name/other/") && !m.actors[0].person
}

// partitive tells that a noun only counts or picks from what follows "of": "two of its
// soldiers", "dozens of villagers", "members of the group".
func (s *sentence) partitive(t int) bool {
	if s.tokens[t].Tag == "NUM" {
		return true
	}
	if _, ok := vagueCounts[s.lemmaOrText(t)]; ok {
		return true
	}
	switch s.lemma(t) {
	case "member", "number", "majority", "rest", "some", "all", "many", "most", "group", "convoy", "handful", "hundred", "part", "series", "range", "wave", "couple", "pair", "both", "each", "one", "none", "column", "contingent", "element", "remnant", "supporter", "hundreds", "thousands",
		"string", "spate", "flurry", "succession", "round", "rash", "much", "lot",
		"tonne", "ton", "barrel", "bushel", "load", "shipload", "truckload", "batch":
		return true
	}
	return false
}

// fill gives the actors in the first of the slots that holds any.
func (c *Coder) fill(s *sentence, i int, names []string, inside bool) []*actor {
	for _, name := range names {
		if name == "none" {
			return nil
		}
		head, rest, nested := strings.Cut(name, ".")
		var out []*actor
		slots := c.argumentSlots(s, i)
		if around, ok := s.around(i, head); ok {
			slots = around
		}
		for _, sl := range slots {
			if sl.name != head {
				continue
			}
			if nested {
				for _, a := range c.fill(s, sl.token, []string{rest}, inside) {
					out = appendActor(out, a)
				}
				continue
			}
			if head == "amod" || head == "compound" {
				for _, m := range s.mentions {
					if m.holds(sl.token) && !m.unknown() {
						for _, a := range m.actors {
							out = appendActor(out, a)
						}
					}
				}
				continue
			}
			if head == "in" && !s.placed(sl.token) {
				continue
			}
			if head == "joined" {
				for _, a := range s.innermost(sl.token) {
					out = appendActor(out, a)
				}
				continue
			}
			for _, a := range c.who(s, sl.token, inside) {
				out = appendActor(out, a)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// placed tells that the phrase headed by t is itself a state or place: an attack "in Syria" may
// be one on Syria, one "in support of Syria" is not.
func (s *sentence) placed(t int) bool {
	for _, m := range s.mentions {
		if m.shape != modifier && m.holds(t) && (m.place != nil || m.kind == schema.State) {
			return true
		}
	}
	return false
}

// sides gives initiators and targets of trigger t at token i.
func (c *Coder) sides(s *sentence, i int, t *trigger, mutual bool) (initiators, targets []*actor) {
	noun := t.pos == 'n'
	if mutual {
		names := t.frame.mutual
		if len(names) == 0 && (len(t.frame.initiator) > 0 || len(t.frame.target) > 0) {
			names = append(append([]string{}, t.frame.initiator...), t.frame.target...)
			if len(t.frame.initiator) == 0 {
				names = append([]string{"nsubj"}, names...)
			}
		}
		if len(names) == 0 {
			names = mutualVerb
			if noun {
				names = mutualNoun
			}
		}
		var all []*actor
		for _, n := range names {
			side := c.fill(s, i, []string{n}, noun && n != "nsubj" || n == "obj")
			for _, a := range side {
				all = appendActor(all, a)
			}
			if len(initiators) == 0 {
				initiators = side
			}
		}
		if noun && len(all) < 2 {
			for _, a := range c.host(s, i) {
				all = appendActor(all, a)
			}
		}
		for _, a := range all {
			if !containsActor(initiators, a) && !ownOffice(initiators, a) {
				targets = append(targets, a)
			}
		}
		if len(targets) == 0 && len(initiators) > 1 {
			initiators, targets = initiators[:1], initiators[1:]
		}
		return initiators, targets
	}
	in, tn := t.frame.initiator, t.frame.target
	if len(in) == 0 {
		in = verbInitiator
		if noun {
			in = nounInitiator
		}
	}
	if len(tn) == 0 {
		tn = verbTarget
		if noun {
			tn = nounTarget
		} else if t.kind == "MOBILIZE" {
			tn = []string{"against", "toward", "towards", "near"}
		} else if t.pos == 'a' {
			tn = []string{"of", "to", "with", "against", "at", "for"}
		}
	}
	if t.pos == 'v' && in[0] == "none" && (t.kind == "ASSAULT" || t.kind == "COERCE") && s.child(i, "obj") >= 0 && !s.passive(i) {
		in = verbInitiator // who does it stands there after all
	}
	if t.pos == 'v' && (t.kind == "ASSAULT" || t.kind == "COERCE") && in[0] != "none" && !containsWord(tn, "nsubj") {
		// Whatever else a pattern looks for, an actor that is the subject did it.
		initiators = c.fill(s, i, verbInitiator, false)
	}
	if len(initiators) == 0 {
		initiators = c.fill(s, i, in, true)
	}
	if noun && len(initiators) == 0 && in[0] != "none" {
		initiators = c.fill(s, i, verbInitiator, true) // of the light verb that carries it
	}
	if noun && len(initiators) == 0 && in[0] != "none" && containsWord(tn, "poss") && len(c.fill(s, i, []string{"of"}, true)) > 0 {
		initiators = c.fill(s, i, []string{"poss"}, true) // "Turkey's detention of the pastor": of two, the owner did it
	}
	if t.pos == 'a' && len(initiators) == 0 && in[0] == "nsubj" && s.verbal(i) && s.passive(i) {
		initiators = c.fill(s, i, []string{"obj"}, true) // "Russia is committed to" is parsed as passive
	}
	if deed := c.deed(s, i, t); deed >= 0 {
		// Who condemns a killing condemns who did it, not who was killed.
		if s.nominal(deed) {
			targets = c.fill(s, deed, []string{"poss", "by", "of.by", "on.by", "in.by", "amod", "compound"}, false)
		}
	} else {
		targets = c.fill(s, i, tn, true)
	}
	var out []*actor
	for _, a := range targets {
		if !containsActor(initiators, a) {
			out = append(out, a)
		}
	}
	return initiators, out
}

// deed gives the act of conflict that is the object of words about it ("condemned the
// killing"), -1 when the object is none.
func (c *Coder) deed(s *sentence, i int, t *trigger) int {
	if t.pos != 'v' || t.kind != "ACCUSE" && t.kind != "SUPPORT" && t.kind != "REJECT" {
		return -1
	}
	objects := s.slots(i)
	for _, sl := range s.slots(i) {
		if (sl.name == "ccomp" || sl.name == "obj") && s.lemma(sl.token) == "call" {
			objects = s.slots(sl.token) // "condemned what it called a violation"
		}
	}
	for _, sl := range objects {
		if sl.name != "obj" && sl.name != "xcomp" {
			continue
		}
		for _, x := range s.conjuncts(sl.token) {
			if d := c.find(s, x); d != nil && (d.kind == "ASSAULT" || d.kind == "COERCE" || d.kind == "MOBILIZE" || d.kind == "SANCTION") {
				return x
			}
			if c.lexicon.classes["deed"][s.lemma(x)] && !s.mentioned(x) {
				return x
			}
		}
	}
	return -1
}

// ownOffice tells that an actor is only another name of one's own state: a state does not meet its embassy.
func ownOffice(list []*actor, a *actor) bool {
	for _, x := range list {
		if x.country != "" && x.country == a.country && x.public() && a.public() && (x.kind == schema.State || a.kind == schema.State) {
			return true
		}
	}
	return false
}

// host gives who is busy where a meeting is only the circumstance: the subject of "urged
// restraint during a meeting with Kakar".
func (c *Coder) host(s *sentence, noun int) []*actor {
	h := s.tokens[noun].Head
	if h < 0 || !s.verbal(h) || base(s.tokens[noun].Relation) != "obl" {
		return nil
	}
	for _, p := range s.prepositions(noun) {
		switch p {
		case "during", "at", "in", "after", "following", "before", "for", "to":
			return c.fill(s, h, []string{"nsubj"}, false)
		}
	}
	return nil
}

func containsWord(list []string, w string) bool {
	for _, x := range list {
		if x == w {
			return true
		}
	}
	return false
}

func containsActor(list []*actor, a *actor) bool {
	for _, x := range list {
		if x == a {
			return true
		}
	}
	return false
}
