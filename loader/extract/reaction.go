package extract

import (
	"slices"
	"strings"

	"incidentgraph/schema"
)

// answer links claims to the acts that they answer, condemn or are about.
func (r *reading) answer() {
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
	}
	for i := range told {
		c := told[i].claim
		about := map[*claim]bool{}
		for _, p := range told[i].parts {
			for _, t := range p.about {
				about[owner[[2]int{p.s.number, t}]] = true
			}
		}
		if o := deplored(told, i, about); o != nil {
			c.responses = append(c.responses, o)
			continue
		}
		best, most := -1, reactionEnough
		each(len(told), i, func(k int) {
			o := told[k].claim
			if o == c || !told[i].fits(o) {
				return
			}
			if v := r.reaction(&told[i], &told[k], about[o], k == first, most); v > most {
				best, most = k, v
			}
		})
		if best >= 0 {
			c.responses = append(c.responses, told[best].claim)
			// What is not told together is what it is about, not whom it is aimed at.
			c.topical = apart(&told[i], &told[best]) > 0 && !overlapsSide(c.targets, told[best].initiators)
		}
	}
}

// A reaction is looked for among the first acts of the article and so many before and after it.
const reactionReach, reactionFirst = 60, 20

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
}

// telling collects how claim c is told.
func (r *reading) telling(c *claim) telling {
	t := telling{claim: c, parts: c.parts(), start: c.s.number, kinds: map[string]bool{}, topics: map[string]bool{}}
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
		if slices.ContainsFunc(t.parts[:k], func(q *claim) bool { return q.s == p.s }) {
			continue
		}
		for i := range p.s.tokens {
			if i == p.token {
				continue
			}
			if found := r.coder.find(p.s, i); found != nil && found.kind != "" {
				t.kinds[found.kind] = true
			}
		}
	}
	return t
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

// A sign speaks for or against an act being a reaction to another.
type sign int

const (
	signSame      sign = iota // told in one sentence
	signDistance              // eight sentences or more apart, less in proportion
	signAfter                 // not told before it
	signUnder                 // the other hangs on it in the parse
	signOver                  // it hangs on the other
	signAbout                 // the other stands in a phrase that says what it is about
	signAimed                 // its target did the other
	signAimedLand             // or its target's state
	signHitLand               // or its initiator's state
	signVictim                // it is for or against those whom the other was aimed at
	signOwn                   // its initiator did the other
	signTopic                 // the other is the first news of the article
	signTold                  // the other is told in five sentences or more, less in proportion
	signPast                  // the other is before the news and this is not
	signFormer                // the other is of a later day
	signTopicKind             // it is about an act of the other's type
	signPointing              // it is about something done, and the other is the first news of the article
	signKind                  // its sentences have another word for an act of the other's type
	signWord                  // or the word that tells the other
	signRepels                // it beats back or avenges an attack, and the other is one by whom it hits
	signNamed                 // or who did it
	signCount
)

// reaction gives the log odds that c is a reaction to o; about tells that o stands where c says
// what it is about, first that o is the first news of the article. Words are not compared where
// they could not lift the sum above least.
func (r *reading) reaction(c, o *telling, about, first bool, least float64) float64 {
	v, ok := r.coder.lexicon.reactions[c.event.Name][o.event.Name]
	if !ok {
		v = reactionUnlisted
	}
	x := signs(c, o, about, first)
	v += reactionBase
	for k, on := range x {
		v += on * reactionSigns[k]
	}
	if v+reactionSigns[signWord]+reactionSigns[signNamed] <= least {
		return v
	}
	v += reactionSigns[signWord]*indicator(c.echoes(o)) + reactionSigns[signNamed]*indicator(c.speaksOf(o.initiators))
	return v
}

func indicator(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// signs gives the signs that need no search for words.
func signs(c, o *telling, about, first bool) [signCount]float64 {
	var x [signCount]float64
	d := apart(c, o)
	x[signSame], x[signDistance] = indicator(d == 0), float64(min(d, 8))/8
	x[signAfter] = indicator(c.start >= o.start)
	if d == 0 {
		x[signUnder], x[signOver] = indicator(hangsOn(o, c)), indicator(hangsOn(c, o))
	}
	x[signAbout] = indicator(about)
	aimed := o.initiators
	if (c.event.Name == "SUPPORT" || c.event.Name == "AID") && o.event.Quad == schema.MaterialConflict {
		aimed = append(slices.Clone(aimed), o.targets...) // who is comforted has suffered
	}
	x[signAimed], x[signAimedLand] = indicator(overlapsSide(c.targets, aimed)), indicator(overlapsLand(c.targets, aimed))
	x[signHitLand] = indicator(overlapsLand(c.initiators, o.targets))
	x[signVictim] = indicator(overlapsSide(c.targets, o.targets))
	x[signOwn] = indicator(overlapsSide(c.initiators, o.initiators))
	x[signTopic], x[signTold] = indicator(first), float64(min(o.sentences, 5))/5
	x[signPast] = indicator(o.historical && !c.historical)
	x[signFormer] = indicator(!c.vagueTime() && !o.vagueTime() && c.when.String() < o.when.String())
	if x[signAimed] > 0 && x[signOwn] == 0 && c.event.Name == "ASSAULT" && o.event.Name == "ASSAULT" {
		x[signRepels] = indicator(c.repels) - indicator(o.repels) // nor is it answered by what it answers
	}
	x[signTopicKind], x[signKind] = indicator(c.topics[o.event.Name]), indicator(d > 0 && c.kinds[o.event.Name])
	x[signPointing] = indicator(c.pointing && first)
	return x
}

// echoes tells that a sentence that tells c has a word that tells o elsewhere.
func (c *telling) echoes(o *telling) bool {
	for _, x := range o.parts {
		word := x.s.lemma(x.token)
		for _, p := range c.parts {
			if p.s == x.s {
				continue
			}
			for i := range p.s.tokens {
				if p.s.lemma(i) == word {
					return true
				}
			}
		}
	}
	return false
}

// speaksOf tells that a sentence that tells c names one of the actors, who is no side of c.
func (c *telling) speaksOf(list []*actor) bool {
	for _, a := range list {
		if containsActor(c.initiators, a) || containsActor(c.targets, a) {
			continue
		}
		for _, p := range c.parts {
			for _, m := range p.s.mentions {
				if containsActor(m.actors, a) {
					return true
				}
			}
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

// What speaks for an act being a reaction to another, in log odds beside those of their types
// (reactions.txt). Fitted with them on annotated articles: which act, if any, each one answers.
const (
	reactionBase     = 0.7
	reactionUnlisted = -5.0
	// reactionEnough is the sum that makes a reaction.
	reactionEnough = -1.25
)

var reactionSigns = [signCount]float64{
	signSame: -0.5, signDistance: -2.1, signAfter: 0.6, signUnder: 0.8, signOver: -0.7, signAbout: 1.1, signAimed: 1.5,
	signAimedLand: 0.5, signHitLand: 0.5, signVictim: 0.3, signOwn: -0.8, signTopic: 0.2, signTold: -0.3, signPast: -0.2,
	signFormer: -0.2, signTopicKind: 0.6, signPointing: 1.3, signKind: 0.4, signWord: 0.6, signRepels: 2.5, signNamed: 0.2,
}
