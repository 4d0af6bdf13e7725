package extract

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
	"strings"

	"incidentgraph/loader/extract/classify"
	"incidentgraph/schema"
)

// reactionEnough is how likely an act must be a reaction to a happening to be linked to it, and
// reactionTwin how likely, beside the likeliest telling of the happening, the next must be to be linked too.
const reactionEnough, reactionTwin = 0.12, 0.2

// answer links claims to the acts that they answer, condemn or are about: those claims whose links are asked for.
func (r *reading) answer(asked func(*claim) bool) {
	told := r.tellings()
	ask := make([]bool, len(told))
	for i := range told {
		ask[i] = asked(told[i].claim)
	}
	found := make([]*link, len(told))
	links, all := r.links(told, ask, found)
	for !all {
		links, all = r.links(told, ask, found)
	}
	// The surest first: of two acts only one answers the other.
	slices.SortStableFunc(links, func(a, b link) int { return cmp.Compare(b.p, a.p) })
	for _, l := range links {
		c, first := &told[l.from], &told[l.to[0]]
		for n, k := range l.to {
			if o := told[k].claim; answers(c.claim, o) {
				c.responses = append(c.responses, o)
				r.explainReaction(c.claim, o, l.each[n], l.features[n])
			}
		}
		// What is not told together is what it is about, not whom it is aimed at.
		c.topical = apart(c, first) > 0 && !overlapsSide(c.targets, first.initiators)
	}
}

// links finds what the acts that are asked for are likely reactions to. Of two acts only one answers the other, so that
// those that one may answer are asked for as well; all tells that none of these had been passed by, else the links are
// to be found again. found keeps what has been found for each act.
func (r *reading) links(told []telling, ask []bool, found []*link) (links []link, all bool) {
	all = true
	for i := range told {
		told[i].responses = nil
	}
	for i := range told {
		c := &told[i]
		if o := deplored(told, i, c.about); o != nil {
			c.responses = append(c.responses, o)
			r.explainReaction(c.claim, o, 1, nil)
			continue
		}
		if !ask[i] {
			continue
		}
		if found[i] == nil {
			l := r.link(told, i)
			found[i] = &l
		}
		l := *found[i]
		if l.p < reactionEnough {
			continue
		}
		links = append(links, l)
		for _, k := range l.to {
			all = all && (ask[k] || k > i)
			ask[k] = true
		}
	}
	return links, all
}

// link is an act that may be a reaction to a happening, and how likely it is one.
type link struct {
	from     int
	p        float64
	to       []int // the likeliest telling of the happening, and the next if it is not much less likely
	each     []float64
	features []*classify.Features
}

// link gives the happening that act i is most likely a reaction to.
func (r *reading) link(told []telling, i int) link {
	if r.coder.reactions == nil {
		return link{}
	}
	out := link{from: i}
	p := r.pairing(told, i)
	each := r.coder.reactions.Choose(p.features)
	happening, sums := p.happenings(), make([]float64, len(p.list))
	best := -1
	for n, h := range happening {
		sums[h] += each[n]
		if best < 0 || sums[h] > sums[best] {
			best = h
		}
	}
	first, second := -1, -1
	for n, h := range happening {
		switch {
		case h != best:
		case first < 0 || each[n] > each[first]:
			first, second = n, first
		case second < 0 || each[n] > each[second]:
			second = n
		}
	}
	if first < 0 {
		return out
	}
	out.p = sums[best]
	for _, n := range []int{first, second} {
		if n >= 0 && each[n] >= reactionTwin*each[first] {
			out.to, out.each, out.features = append(out.to, p.list[n]), append(out.each, each[n]), append(out.features, p.features[n])
		}
	}
	return out
}

// tellings collects how the claims are told.
func (r *reading) tellings() []telling {
	owner := map[[2]int]*claim{}
	told := make([]telling, len(r.claims))
	first := -1
	for k, c := range r.claims {
		for _, p := range c.parts() {
			if at := [2]int{p.s.number, p.token}; p == c || owner[at] == nil {
				owner[at] = c
			}
		}
		if first < 0 && !c.historical {
			first = k
		}
		told[k] = r.telling(c)
		told[k].first = k == first
	}
	for i := range told {
		told[i].about = map[*claim]bool{}
		for _, p := range told[i].parts {
			for _, t := range p.about {
				told[i].about[owner[[2]int{p.s.number, t}]] = true
			}
		}
	}
	return told
}

// A reaction is looked for among the first acts of the article and so many before and after it.
const reactionReach, reactionFirst = 20, 12

// each calls do with the numbers of the acts that act i of n may react to.
func each(n, i int, do func(k int)) {
	for k := 0; k < min(n, reactionFirst); k++ {
		do(k)
	}
	for k := max(reactionFirst, i-reactionReach); k < min(n, i+reactionReach+1); k++ {
		do(k)
	}
}

// deplored gives the act that words like "condemned the act" are about: the act of conflict told
// where they say what they are about, else the one told first and most, of somebody else; nil
// for other words.
func deplored(told []telling, i int, about map[*claim]bool) *claim {
	c := told[i].claim
	if !c.deed {
		return nil
	}
	last := -1
	each(len(told), i, func(k int) {
		o := told[k].claim
		if o == c || o.event.Quad != schema.MaterialConflict || !told[i].fits(o) || overlapsSide(c.initiators, o.initiators) || o.historical && !about[o] {
			return
		}
		if last < 0 || about[o] && !about[told[last].claim] ||
			about[o] == about[told[last].claim] && told[k].mentions > told[last].mentions && o.order < told[last].order {
			last = k
		}
	})
	if last < 0 {
		return nil
	}
	return told[last].claim
}

// tellingParts is how many mentions of an act are looked at.
const tellingParts = 8

// telling is how an article tells an act.
type telling struct {
	*claim
	parts     []*claim // its first mentions
	mentions  int
	start     int // the first sentence that tells it
	sentences int // how many tell it
	// pointing tells that it is about something done that has been told, done or deplored.
	pointing bool
	// terror tells that it is about an attack of no state: "condemned the terrorist attack".
	terror bool
	// repels tells that it is an attack in answer to one.
	repels bool
	// kinds are the types of act that other words of its sentences tell, topics those that
	// the phrases tell that say what it is about.
	kinds, topics map[string]bool
	// about are the acts that stand where it says what it is about.
	about map[*claim]bool
	first bool // it is the first news of the article
	// said are the words that tell it.
	said []meant
	// topic are the words of the phrases that say what it is about, topicActors and topicPlaces who and what
	// place they name.
	topic       []topicWord
	topicActors []*actor
	topicPlaces map[string]bool
	// words are those its sentences have, named who they name that is no side of it.
	words wordSet
	named []*actor
}

// vocabulary numbers the words of an article.
type vocabulary map[string]int

func (v vocabulary) number(word string) int {
	n, ok := v[word]
	if !ok {
		n = len(v)
		v[word] = n
	}
	return n
}

// wordSet is a set of words: the bits of their numbers.
type wordSet []uint64

func (w *wordSet) add(n int) {
	for n/64 >= len(*w) {
		*w = append(*w, 0)
	}
	(*w)[n/64] |= 1 << (n % 64)
}

func (w wordSet) has(n int) bool { return n/64 < len(w) && w[n/64]>>(n%64)&1 == 1 }

// shared is how many words both sets have.
func (w wordSet) shared(o wordSet) int {
	n := 0
	for i := range min(len(w), len(o)) {
		n += bits.OnesCount64(w[i] & o[i])
	}
	return n
}

// meant is a word, its number and its vector, made one long.
type meant struct {
	lemma  string
	number int
	vector []float32
}

// topicWord is a word in a phrase that says what an act is about, and the name of the phrase's slot.
type topicWord struct {
	meant
	slot string
}

// mostTopic is how many words of what an act is about are looked at, mostSaid how many that tell it.
const mostTopic, mostSaid = 12, 4

// meant looks up what a word means.
func (r *reading) meant(lemma string) meant {
	v := slices.Clone(r.coder.vectors.of(lemma))
	var square float32
	for _, x := range v {
		square += x * x
	}
	if square > 0 {
		scale := float32(1 / math.Sqrt(float64(square)))
		for i := range v {
			v[i] *= scale
		}
	}
	return meant{lemma, r.vocabulary.number(lemma), v}
}

// telling collects how claim c is told.
func (r *reading) telling(c *claim) telling {
	t := telling{claim: c, parts: c.parts(), start: c.s.number, kinds: map[string]bool{}, topics: map[string]bool{}, topicPlaces: map[string]bool{}}
	t.mentions = len(t.parts)
	if c.deed {
		d := r.coder.deed(c.s, c.token, c.trigger)
		t.terror = d >= 0 && irregularAt(c.s, d)
	}
	seen := map[int]bool{}
	for _, p := range t.parts {
		t.start = min(t.start, p.s.number)
		seen[p.s.number] = true
	}
	t.sentences = len(seen)
	t.parts = t.parts[:min(len(t.parts), tellingParts)]
	for k, p := range t.parts {
		t.repels = t.repels || c.event.Name == "ASSAULT" && r.repels(p)
		for _, a := range p.about {
			r.topics(&t, p.s, a, 0)
		}
		for _, sl := range r.coder.argumentSlots(p.s, p.token) {
			if sl.name != "nsubj" {
				r.topicOfSlot(&t, p.s, sl)
			}
		}
		if l := p.s.lemma(p.token); len(t.said) < mostSaid && !slices.ContainsFunc(t.said, func(m meant) bool { return m.lemma == l }) {
			t.said = append(t.said, r.meant(l))
		}
		if !slices.ContainsFunc(t.parts[:k], func(q *claim) bool { return q.s == p.s }) {
			r.around(&t, p)
		}
	}
	return t
}

// topicOfSlot collects what the phrase in a slot of the word for t speaks of.
func (r *reading) topicOfSlot(t *telling, s *sentence, sl slot) {
	for _, m := range s.mentions {
		if !s.under(m.head, sl.token) {
			continue
		}
		for _, a := range m.actors {
			t.topicActors = appendActor(t.topicActors, a)
		}
		if m.place != nil {
			t.topicPlaces[m.place.Key] = true
		}
	}
	r.topicWords(t, s, sl.token, sl.name, 0)
}

// topicWords collects the words of the phrase headed by token i.
func (r *reading) topicWords(t *telling, s *sentence, i int, slot string, depth int) {
	if tag := s.tokens[i].Tag; tag == "NOUN" || tag == "VERB" {
		l := s.lemma(i)
		if len(t.topic) < mostTopic && !slices.ContainsFunc(t.topic, func(w topicWord) bool { return w.lemma == l }) {
			t.topic = append(t.topic, topicWord{r.meant(l), slot})
		}
	}
	if depth == topicDepth {
		return
	}
	for _, c := range s.children[i] {
		r.topicWords(t, s, c, slot, depth+1)
	}
}

// around collects what else the sentence of mention p of t speaks of.
func (r *reading) around(t *telling, p *claim) {
	for i := range p.s.tokens {
		if i == p.token {
			continue
		}
		switch p.s.tokens[i].Tag {
		case "NOUN", "VERB", "ADJ", "PROPN", "ADP", "SCONJ":
			t.words.add(r.vocabulary.number(p.s.lemma(i)))
		}
		if found := r.coder.find(p.s, i); found != nil && found.kind != "" {
			t.kinds[found.kind] = true
		}
	}
	for _, m := range p.s.mentions {
		for _, a := range m.actors {
			if !containsActor(t.initiators, a) && !containsActor(t.targets, a) {
				t.named = appendActor(t.named, a)
			}
		}
	}
}

// fits tells whether c can be a reaction to o.
func (c *telling) fits(o *claim) bool {
	return answers(c.claim, o) && !(c.terror && o.event.Name == "ASSAULT" && len(o.initiators) > 0 && !irregularSide(o.initiators))
}

// repels tells that a claim's word is one for beating back or avenging an attack: "repulsed", "fought off".
func (r *reading) repels(c *claim) bool {
	l := c.s.lemma(c.token)
	if r.coder.is("repel", l) {
		return true
	}
	if !r.coder.is("beatback", l) {
		return false
	}
	for _, k := range c.s.children[c.token] {
		switch strings.ToLower(c.s.tokens[k].Text) {
		case "back", "off":
			return true
		}
	}
	return false
}

// topicDepth is how far below what an act is about its topic is looked for: "the decision to withdraw".
const topicDepth = 2

// topics collects what the phrase headed by token i says an act to be about.
func (r *reading) topics(t *telling, s *sentence, i, depth int) {
	l := s.lemma(i)
	switch s.tokens[i].Tag {
	case "NOUN":
		t.pointing = t.pointing || (r.coder.is("done", l) || r.coder.is("deed", l)) && s.definite(i)
	case "PRON":
		t.pointing = t.pointing || depth == 0 && (l == "it" || l == "this" || l == "that")
	}
	if found := r.coder.find(s, i); found != nil && found.kind != "" {
		t.topics[found.kind] = true
	}
	if depth == topicDepth {
		return
	}
	for _, c := range s.children[i] {
		if c > i {
			r.topics(t, s, c, depth+1)
		}
	}
}

// definite tells that noun i is one that has been spoken of, or somebody's: "the move", "Iran's decision".
func (s *sentence) definite(i int) bool {
	for _, c := range s.children[i] {
		switch strings.ToLower(s.tokens[c].Text) {
		case "the", "this", "that", "these", "those", "such":
			return true
		}
		if s.tokens[c].Relation == "nmod:poss" {
			return true
		}
	}
	return false
}

// apart is how many sentences lie between the nearest mentions of a and b.
func apart(a, b *telling) int {
	best := abs(a.s.number - b.s.number)
	for _, x := range a.parts {
		for _, y := range b.parts {
			best = min(best, abs(x.s.number-y.s.number))
		}
	}
	return best
}

// hangsOn tells that some word that tells a hangs on one that tells b.
func hangsOn(a, b *telling) bool {
	for _, x := range a.parts {
		for _, y := range b.parts {
			if x.s == y.s && x.token != y.token && x.s.under(x.token, y.token) {
				return true
			}
		}
	}
	return false
}
