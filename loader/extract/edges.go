package extract

import (
	"math"
	"slices"
	"sort"
	"strconv"

	"incidentgraph/loader/extract/classify"
	"incidentgraph/schema"
)

// stake is how likely an actor is a side of an act.
type stake struct {
	candidate
	initiator, target float64
}

// What is too unlikely to be weighed. An act less likely than leastAct tells as much right as wrong, and takes time.
const (
	leastAct   = 0.12
	leastStake = 0.04
	leastEdge  = 0.005
	mostStakes = 9
	// leastWeighed is how strong an edge must be for the model to be asked about it. Weaker ones stand beside it only:
	// none of 31,000 in the articles that the models learnt from would be said.
	leastWeighed = 0.02
	// How likely the models are taken to hold what only the rules say.
	ruledAct, ruledSide = 0.1, 0.3
)

// edge is what an article may say of two actors: that one, or nobody in particular, did
// something of a type to the other, or to nobody in particular.
type edge struct {
	initiator, target *actor
	kind              string
	support           []support // strongest first
	p                 float64   // how likely the article says so
	ruled             *claim    // that says so by the rules alone, nil for none
	said              bool
}

// support is a claim that may say what an edge says.
type support struct {
	claim             *claim
	act, from, to     float64 // how likely the act is, and either side
	initiator, target *stake  // nil for nobody
}

func (s support) score() float64 { return s.act * s.from * s.to }

func (e *edge) key() edgeKey { return edgeKey{e.initiator, e.target, e.kind} }

// reverse is the key of what the other did to the one.
func (e *edge) reverse() edgeKey { return edgeKey{e.target, e.initiator, e.kind} }

// named gives the key of the edge without the sides that the sentence does not name, as far as one is left.
func (e *edge) named() edgeKey {
	k := e.key()
	first := e.support[0]
	if first.initiator != nil && first.initiator.mention == nil && e.target != nil {
		k.initiator = nil
	}
	if first.target != nil && first.target.mention == nil && k.initiator != nil {
		k.target = nil
	}
	return k
}

type edgeKey struct {
	initiator, target *actor
	kind              string
}

// edges gives all edges that the claims may say, in the order in which they are met.
func (r *reading) edges(claims []*claim) []*edge {
	byKey := map[edgeKey]*edge{}
	var out []*edge
	put := func(i, t *stake, s support) *edge {
		if s.claim.event.Mutual && (i == nil || t != nil && t.actor.order < i.actor.order) {
			i, t, s.from, s.to = t, i, s.to, s.from
		}
		k := edgeKey{kind: s.claim.event.Name}
		if i != nil {
			k.initiator = i.actor
		}
		if t != nil {
			k.target = t.actor
		}
		e := byKey[k]
		if s.score() < leastEdge || k.initiator == k.target {
			return e
		}
		if e == nil {
			e = &edge{initiator: k.initiator, target: k.target, kind: k.kind}
			byKey[k] = e
			out = append(out, e)
		}
		s.initiator, s.target = i, t
		e.support = append(e.support, s)
		return e
	}
	for _, c := range claims {
		from, noFrom := likely(c.stakes, func(s *stake) float64 { return s.initiator })
		if c.event.Mutual {
			for x, i := range from {
				put(i, nil, support{claim: c, act: c.likely, from: i.initiator, to: others(from, x)})
				for _, t := range from[x+1:] {
					if r.onOneSide(c, i.mention, t.mention) {
						continue
					}
					put(i, t, support{claim: c, act: c.likely, from: i.initiator, to: t.initiator})
				}
			}
			continue
		}
		to, noTo := likely(c.stakes, func(s *stake) float64 { return s.target })
		for _, i := range from {
			put(i, nil, support{claim: c, act: c.likely, from: i.initiator, to: noTo})
			for _, t := range to {
				if r.onOneSide(c, i.mention, t.mention) {
					continue
				}
				put(i, t, support{claim: c, act: c.likely, from: i.initiator, to: t.target})
			}
		}
		for _, t := range to {
			put(nil, t, support{claim: c, act: c.likely, from: noFrom, to: t.target})
		}
	}
	for _, c := range r.ruled {
		for _, i := range sidesOf(c.initiators) {
			for _, t := range sidesOf(c.targets) {
				// The rules' word is one support among the others, and the only one where the models see nothing.
				if e := put(i, t, support{claim: c, act: ruledAct, from: ruledSide, to: ruledSide}); e != nil {
					e.ruled = c
				}
			}
		}
	}
	for _, e := range out {
		sort.SliceStable(e.support, func(i, j int) bool { return e.support[i].score() > e.support[j].score() })
	}
	return out
}

// onOneSide tells that two mentions are on one side of the act of claim c, which they do not do to each other: of those whom somebody meets
// ("met A and B", "talks with A and B"), or of those who do something with others or promise it to them ("A and B met C", "A and B pledged to
// help C").
func (r *reading) onOneSide(c *claim, a, b *mention) bool {
	s := c.s
	if c.reciprocal || a == nil || b == nil || a.sentence != s || b.sentence != s || a.head == b.head || !s.joined(a.head, b.head) {
		return false
	}
	first := s.firstOfList(a.head)
	v := s.tokens[first].Head
	if v < 0 || v != c.token && !s.under(c.token, v) {
		return false
	}
	switch base(s.tokens[first].Relation) {
	case "obj":
		return v == c.token && s.verbal(v) && s.child(v, "nsubj") >= 0 && !r.coder.is("uniting", s.lemma(v))
	case "obl", "nmod":
		return s.preposition(first) == "with"
	case "nsubj":
		promised := r.coder.is("promising", s.lemma(v))
		return slices.ContainsFunc(s.mentions, func(o *mention) bool {
			return len(o.actors) > 0 && o.shape != modifier && !s.joined(o.head, first) && s.facedBy(o.head, v, promised)
		})
	}
	return false
}

// facedBy tells that token i is an object of verb v or stands behind "with" in its phrase, or, where what v promises is asked for as well,
// is an object of that.
func (s *sentence) facedBy(i, v int, promised bool) bool {
	i = s.firstOfList(i)
	h := s.tokens[i].Head
	if h < 0 || i < v {
		return false
	}
	switch base(s.tokens[i].Relation) {
	case "obj", "iobj":
		return h == v || promised && s.tokens[h].Relation == "xcomp" && s.tokens[h].Head == v
	case "obl", "nmod":
		return s.preposition(i) == "with" && (h == v || s.tokens[h].Head == v)
	}
	return false
}

// sidesOf gives stakes for actors that the rules make sides, nil for nobody.
func sidesOf(list []*actor) []*stake {
	if len(list) == 0 {
		return []*stake{nil}
	}
	var out []*stake
	for _, a := range list {
		out = append(out, &stake{candidate: candidate{actor: a, from: "rules"}})
	}
	return out
}

// likely gives the stakes that are not too unlikely, most likely first, and how likely nobody has any.
func likely(all []stake, p func(*stake) float64) (list []*stake, nobody float64) {
	nobody = 1
	for i := range all {
		nobody *= 1 - p(&all[i])
		if p(&all[i]) >= leastStake {
			list = append(list, &all[i])
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return p(list[i]) > p(list[j]) })
	return list[:min(len(list), mostStakes)], nobody
}

// others is how likely nobody but the one at x is a party.
func others(list []*stake, x int) float64 {
	p := 1.0
	for i, s := range list {
		if i != x {
			p *= 1 - s.initiator
		}
	}
	return p
}

// odds puts a likelihood on the scale of its logarithm, where small differences near 0 and 1 count.
func odds(p float64) float32 {
	p = min(max(p, 0.001), 0.999)
	return float32(math.Log(p/(1-p)) / 4)
}

// step names a likelihood roughly.
func step(p float64) string { return strconv.Itoa(int(p * 10)) }

// strength is how likely the strongest support alone makes an edge.
func (e *edge) strength() float64 { return e.support[0].score() }

// mostAround is how many edges that share a side are looked at, so that long texts cost no more than short ones.
const mostAround = 40

// edgeIndex finds the edges of an article by what they share.
type edgeIndex struct {
	byKey                 map[edgeKey]*edge
	byPair                map[[2]*actor][]*edge // of all types from one actor to another
	byClaim               map[*claim][]*edge    // by the claim that supports them most
	byInitiator, byTarget map[edgeKey][]*edge
}

func indexEdges(all []*edge) *edgeIndex {
	x := &edgeIndex{byKey: map[edgeKey]*edge{}, byPair: map[[2]*actor][]*edge{}, byClaim: map[*claim][]*edge{}, byInitiator: map[edgeKey][]*edge{}, byTarget: map[edgeKey][]*edge{}}
	for _, e := range all {
		x.byKey[e.key()] = e
		pair := [2]*actor{e.initiator, e.target}
		x.byPair[pair] = append(x.byPair[pair], e)
		c := e.support[0].claim
		x.byClaim[c] = append(x.byClaim[c], e)
		from, to := edgeKey{e.initiator, nil, e.kind}, edgeKey{nil, e.target, e.kind}
		x.byInitiator[from] = append(x.byInitiator[from], e)
		x.byTarget[to] = append(x.byTarget[to], e)
	}
	return x
}

// edgeFeatures tells what is known of edge e among all of the article.
func (r *reading) edgeFeatures(f *classify.Features, e *edge, all *edgeIndex) {
	best := e.support[0]
	c := best.claim
	top, second, none := best.score(), 0.0, 1.0
	sentences := map[int]bool{}
	act, from, to := 0.0, 0.0, 0.0
	for n, s := range e.support {
		if n == 1 {
			second = s.score()
		}
		none *= 1 - s.score()
		if s.score() >= top/3 {
			sentences[s.claim.s.number] = true
		}
		act, from, to = max(act, s.act), max(from, s.from), max(to, s.to)
	}
	half := "full"
	if e.initiator == nil {
		half = "no initiator"
	} else if e.target == nil {
		half = "no target"
	}
	rival, reverse, sibling := 0.0, 0.0, 0.0
	better, strongest := 0, e
	for _, o := range all.byClaim[c] {
		if o == e || o.kind != e.kind {
			continue
		}
		if o.strength() > top {
			better++
		}
		if o.strength() > strongest.strength() {
			strongest = o
		}
		rival = max(rival, o.strength())
	}
	if o := all.byKey[e.reverse()]; o != nil && o != e {
		reverse = o.strength()
	}
	for _, o := range all.byPair[[2]*actor{e.initiator, e.target}] {
		if o != e && o.kind != e.kind {
			sibling = max(sibling, o.strength())
		}
	}
	f.Dense([]float32{odds(top), odds(second), odds(1 - none), odds(act), odds(from), odds(to), odds(best.act), odds(best.from), odds(best.to),
		odds(rival), odds(top / (top + rival)), odds(top / (top + reverse)), odds(sibling), float32(len(sentences)) / 3, float32(math.Log(1+float64(len(e.support)))) / 2,
		float32(better) / 3, float32(math.Log(1+float64(len(all.byKey)))) / 5, float32(math.Log(1+float64(len(r.sentences)))) / 3})
	typ := e.kind
	ruled := "none"
	if e.ruled != nil {
		ruled = "one"
		if len(e.ruled.others) > 0 {
			ruled = "several"
		}
		f.Add("ruled-status", string(e.ruled.status))
		f.Add("ruled-pattern", e.ruled.trigger.pattern())
	}
	f.Add("ruled", ruled)
	f.Add("ruled-type", ruled, typ)
	f.Add("ruled-half", ruled, half)
	f.Add("ruled-top", ruled, step(top))
	f.Add("type", typ)
	f.Add("half", half)
	f.Add("type-half", typ, half)
	f.Add("top", step(top))
	f.Add("type-top", typ, step(top))
	f.Add("half-top", half, step(top))
	f.Add("better", strconv.Itoa(min(better, 4)), half)
	f.Add("sentences", strconv.Itoa(min(len(sentences), 4)))
	f.Add("sentences-half", strconv.Itoa(min(len(sentences), 4)), half)
	side := func(name string, a *actor, s *stake) (kind, src string) {
		if a == nil {
			return "nobody", "nobody"
		}
		kind, src = string(a.kind), s.from
		f.Add(name+"-kind", kind)
		f.Add(name+"-type-kind", typ, kind)
		f.Add(name+"-from", src)
		f.Add(name+"-mentions", strconv.Itoa(min(a.mentions, 6)))
		f.Add(name+"-country", strconv.FormatBool(a.sideOf() != ""))
		lead := "no"
		for n, l := range r.protagonists() {
			if l == a {
				lead = strconv.Itoa(n)
			}
		}
		f.Add(name+"-lead", lead, typ)
		if m := s.mention; m != nil {
			f.Add(name+"-shape", strconv.Itoa(int(m.shape)), kind)
		}
		said := "other"
		if containsActor(c.initiators, a) {
			said = "initiator"
		} else if containsActor(c.targets, a) {
			said = "target"
		}
		f.Add(name+"-rule", said)
		// Another actor of the same state on the same side, more likely than this one.
		around := all.byTarget[edgeKey{nil, e.target, e.kind}]
		if name == "target" {
			around = all.byInitiator[edgeKey{e.initiator, nil, e.kind}]
		}
		for _, o := range around[:min(len(around), mostAround)] {
			other := o.initiator
			if name == "target" {
				other = o.target
			}
			if other != nil && other != a && other.sideOf() != "" && other.sideOf() == a.sideOf() {
				rank := "weaker"
				if o.strength() > top {
					rank = "stronger"
				}
				f.Add(name+"-compatriot", rank, kind, string(other.kind))
			}
		}
		return kind, src
	}
	ik, is := side("initiator", e.initiator, best.initiator)
	tk, ts := side("target", e.target, best.target)
	f.Add("kinds", ik, tk)
	f.Add("type-kinds", typ, ik, tk)
	f.Add("froms", is, ts)
	if e.initiator != nil && e.target != nil {
		same := "two"
		switch {
		case e.initiator.sideOf() == "" || e.target.sideOf() == "":
			same = "unknown"
		case e.initiator.sideOf() == e.target.sideOf():
			same = "one"
		}
		f.Add("states", same)
		f.Add("type-states", typ, same, ik, tk)
	}
	bi, bt := "strongest", "strongest"
	if first := strongest.support[0]; strongest != e {
		bi = beside(c.s, e.initiator, best.initiator, strongest.initiator, first.initiator)
		bt = beside(c.s, e.target, best.target, strongest.target, first.target)
	}
	f.Add("beside", bi, bt)
	f.Add("beside-type", bi, bt, typ)
	f.Add("beside-half", bi, bt, half)
	f.Add("beside-step", bi, bt, step(top/strongest.strength()))
	f.Add("beside-top", bi, bt, step(top))
	in, ic := e.initiator.called()
	tn, tc := e.target.called()
	f.Add("initiator-name", in, typ)
	f.Add("target-name", tn, typ)
	f.Add("initiator-country", ic, typ)
	f.Add("target-country", tc, typ)
	f.Add("countries", ic, tc, typ)
	lemma := c.s.lemma(c.token)
	f.Add("lemma", lemma)
	f.Add("lemma-type", lemma, typ)
	f.Add("tag", c.s.tokens[c.token].Tag)
	f.Add("depth", r.depth(c.s))
	f.Add("length", strconv.Itoa(min(len(r.sentences), 8)))
	f.Add("length-half", strconv.Itoa(min(len(r.sentences), 8)), half)
	f.Add("length-top", strconv.FormatBool(len(r.sentences) < 5), step(top))
	f.Add("topic", r.topicType, typ)
	why := c.s.why[c.token]
	f.Add("why", why)
	f.Add("rule", strconv.FormatBool(len(c.s.ruled[c.token]) > 0))
}

// called gives the name and the state of an actor, the name again for one without state or that may fight its own, and "nobody" for nil.
func (a *actor) called() (name, state string) {
	switch {
	case a == nil:
		return "nobody", "nobody"
	case a.sideOf() == "":
		return a.name, a.name
	}
	return a.name, a.country
}

// beside tells how a side a of an act, by stake x, stands in the text to another one b, by stake y: "Iraq and Iran"
// are likely on one side together.
func beside(s *sentence, a *actor, x *stake, b *actor, y *stake) string {
	switch {
	case a == b:
		return "same"
	case a == nil:
		return "nobody"
	case b == nil:
		return "somebody"
	}
	if x.mention != nil && y.mention != nil {
		switch i, j := x.mention.head, y.mention.head; {
		case x.mention == y.mention:
			return "one phrase"
		case s.joined(i, j):
			return "joined"
		case s.under(i, j):
			return "inside"
		case s.under(j, i):
			return "around"
		}
	}
	switch {
	case a.sideOf() != "" && a.sideOf() == b.sideOf():
		return "compatriot"
	case x.mention == nil:
		return "elsewhere"
	}
	return "apart"
}

// choose decides which edges the article says, and makes of the claims those that say them.
func (r *reading) choose(claims []*claim) []*claim {
	all := r.edges(claims)
	index := indexEdges(all)
	f := &classify.Features{}
	var p []float64
	for _, e := range all {
		if e.strength() >= leastWeighed {
			f.Reset()
			r.edgeFeatures(f, e, index)
			p = r.coder.models.Edges.Probabilities(f, p)
			e.p = p[1]
		}
		if e.ruled != nil && e.ruled.trigger.own {
			e.p = max(e.p, trusted)
		}
	}
	level(all)
	if r.explain {
		r.considered = all
	}
	claims, r.said = assign(claims, all)
	return claims
}

const (
	// saidThreshold is how likely an edge must be to be said: where most edges are right for
	// those that are missed, measured on articles that the models had not seen.
	saidThreshold = 0.25
	// besideBest is how likely it must be, at least, beside the likeliest edge that the same word tells, and besideOther
	// beside the likeliest of another type: few words tell two acts.
	besideBest, besideOther = 0.6, 0.8
	// besideWithin is how likely it must be beside one whose phrase names its side: who says "police in Belarus" seldom
	// means both.
	besideWithin = 0.9
	// leastAgain is how strong it must be, at least, where another word than its own tells it again, beside its own, and
	// leastAlongside beside the strongest that is said of that word: who attacked elsewhere did not attack here as well.
	leastAgain, leastAlongside = 0.25, 0.5
	// sideThreshold is how likely each side must be for itself, unless the rules name it.
	sideThreshold = 0.12
	// sureAct is how likely an act must be that is told even when none of its edges is likely enough. Rules and models
	// both see such an act; then the likeliest edge is said whose sides are at least sureSide likely, or nobody, if it
	// is at least leastSaid.
	sureAct, sureSide, leastSaid = 0.4, 0.3, 0.1
)

// word is where the word stands that tells an act.
type word struct {
	s *sentence
	i int
}

// word gives the word that tells the edge most.
func (e *edge) word() word {
	c := e.support[0].claim
	return word{c.s, c.token}
}

// suffering is what somebody suffers in a sentence, by whatever word it is told.
type suffering struct {
	s      *sentence
	kind   string
	target *actor
}

// suffering gives what the target of the edge suffers where that is told most.
func (e *edge) suffering() suffering {
	return suffering{e.support[0].claim.s, e.kind, e.target}
}

// sidesLikely tells whether each side is at least so likely for itself, or nobody.
func (e *edge) sidesLikely(least float64) bool {
	first := e.support[0]
	return (e.initiator == nil || first.from >= least) && (e.target == nil || first.to >= least)
}

// beside tells that an edge is likely enough beside the likeliest that the same word tells.
func (e *edge) beside(best *edge) bool {
	switch {
	case e.kind != best.kind:
		return e.p >= besideOther*best.p
	case e.within(best):
		return e.p >= besideWithin*best.p
	}
	return e.p >= besideBest*best.p
}

// within tells that a side of the edge is named in the phrase that names the same side of another, or around it, and is of
// the same state: "police in Belarus", "Pakistani soldiers".
func (e *edge) within(o *edge) bool {
	x, y := e.support[0], o.support[0]
	return nested(x.claim.s, e.initiator, x.initiator, o.initiator, y.initiator) || nested(x.claim.s, e.target, x.target, o.target, y.target)
}

// nested tells that side a of an act, by stake x, stands inside the phrase of b, by stake y, or around it, and is of its state.
func nested(s *sentence, a *actor, x *stake, b *actor, y *stake) bool {
	if a == nil || b == nil || a == b || a.sideOf() == "" || a.sideOf() != b.sideOf() {
		return false
	}
	switch beside(s, a, x, b, y) {
	case "inside", "around":
		return true
	}
	return false
}

// prefer keeps an edge that is likelier than the one kept in its place.
func prefer[K comparable](kept map[K]*edge, place K, e *edge) {
	if k := kept[place]; k == nil || e.p > k.p {
		kept[place] = e
	}
}

// level makes edges alike likely whose sides are named by the same phrases: what "French and British troops" or "the two
// countries" did each of them did.
func level(all []*edge) {
	type phrases struct {
		claim             *claim
		initiator, target *mention // of several, nil where a side is told alone
		from, to          *actor   // who is told alone
	}
	ofSeveral := func(s *stake) *mention {
		if s == nil || s.mention == nil || len(s.mention.actors) < 2 {
			return nil
		}
		return s.mention
	}
	groups := map[phrases][]*edge{}
	for _, e := range all {
		first := e.support[0]
		k := phrases{claim: first.claim, initiator: ofSeveral(first.initiator), target: ofSeveral(first.target)}
		if k.initiator == k.target && (k.initiator == nil || !k.claim.event.Mutual) {
			continue // each told alone; what "the two countries" do they seldom do to each other
		}
		if k.initiator == nil {
			k.from = e.initiator
		}
		if k.target == nil {
			k.to = e.target
		}
		groups[k] = append(groups[k], e)
	}
	for _, group := range groups {
		most := 0.0
		for _, e := range group {
			most = max(most, e.p)
		}
		for _, e := range group {
			e.p = most
		}
	}
}

// judge marks the edges that are said.
func judge(all []*edge) {
	best, aimed := map[word]*edge{}, map[suffering]*edge{}
	for _, e := range all {
		prefer(best, e.word(), e)
		prefer(aimed, e.suffering(), e)
	}
	// Who condemns an attack by unknown hands condemns nobody in particular. Readers seldom
	// leave a side out, so that the models hold it for unlikely even where it is plain.
	answered := map[*claim]bool{}
	for _, e := range all {
		e.said = (e.ruled != nil || e.sidesLikely(sideThreshold)) && e.p >= saidThreshold && e.beside(best[e.word()]) &&
			(e.target == nil || e.beside(aimed[e.suffering()]))
		if e.said && e.target != nil {
			answered[e.support[0].claim] = true
		}
	}
	byKey := map[edgeKey]*edge{}
	for _, e := range all {
		byKey[e.key()] = e
	}
	told, likeliest := map[word]bool{}, map[word]*edge{}
	for _, e := range all {
		first, w := e.support[0], e.word()
		plain := e.ruled != nil && e.ruled.deed && len(e.ruled.responses) > 0 && min(first.act, first.from) >= 0.5
		e.said = e.said || plain && e.target == nil && !answered[first.claim]
		told[w] = told[w] || e.said
		if first.act >= sureAct && first.claim.trigger.where != bareTrigger && (e.sidesLikely(sureSide) || e.bothWays(byKey)) && e.p >= leastSaid {
			prefer(likeliest, w, e)
		}
	}
	// What is not likely enough is told of whom the sentence names, and of nobody else.
	for w, e := range likeliest {
		if half := byKey[e.named()]; half != nil {
			e = half
		}
		e.said = e.said || !told[w]
	}
	exchange(all, byKey)
}

// bothWays tells that the rules take a word to tell the edge and its reverse: who fights whom is as likely one way as the other, and
// either way less likely.
func (e *edge) bothWays(byKey map[edgeKey]*edge) bool {
	o := byKey[e.reverse()]
	return o != nil && o != e && e.ruled != nil && o.ruled != nil && e.ruled.s == o.ruled.s && e.ruled.token == o.ruled.token
}

// exchange says the reverse of what several are said to have done to each other.
func exchange(all []*edge, byKey map[edgeKey]*edge) {
	for _, e := range all {
		o := byKey[e.reverse()]
		if o == nil || e.initiator == nil || e.target == nil || !e.support[0].claim.reciprocal || !o.support[0].claim.reciprocal {
			continue
		}
		if e.said || o.said {
			e.said, o.said = true, true
			e.p = max(e.p, o.p)
			o.p = e.p
		}
	}
}

// saidEdges are the edges that are said; nil where everything is held for said.
type saidEdges map[edgeKey]bool

// tells tells whether it is said that i did to t what event names.
func (s saidEdges) tells(event schema.EventType, i, t *actor) bool {
	return s == nil || s[edgeKey{i, t, event.Name}] || event.Mutual && s[edgeKey{t, i, event.Name}]
}

// assign gives the claims the sides of the edges that are said, which it gives as well, and drops the claims that say none.
func assign(claims []*claim, all []*edge) ([]*claim, saidEdges) {
	judge(all)
	sayable := saidEdges{}
	by, strongest := map[*claim][]*edge{}, map[*claim]float64{}
	var said []*edge
	for _, e := range all {
		if !e.said {
			continue
		}
		said = append(said, e)
		sayable[e.key()] = true
		for _, s := range e.support {
			strongest[s.claim] = max(strongest[s.claim], s.score())
		}
	}
	for _, e := range said {
		for n, s := range e.support {
			if n == 0 || s.score() >= leastAgain*e.strength() && s.score() >= leastAlongside*strongest[s.claim] {
				by[s.claim] = append(by[s.claim], e)
			}
		}
	}
	told := map[*edge]bool{}
	var out []*claim
	for _, c := range claims {
		list := by[c]
		if len(list) == 0 {
			continue
		}
		sort.SliceStable(list, func(i, j int) bool { return list[i].p > list[j].p })
		c.initiators, c.targets, c.reference = nil, nil, false
		var taken []*edge
		for _, e := range list {
			if c.take(e, sayable) {
				taken = append(taken, e)
				told[e] = true
			}
		}
		c.confident = taken[0].p
		out = append(out, c)
	}
	// What no claim could take beside its other sides is told by a claim of its own.
	for _, e := range said {
		if told[e] {
			continue
		}
		c := *e.support[0].claim
		c.initiators, c.targets, c.confident = nil, nil, e.p
		c.killed, c.injured, c.responses, c.reference = nil, nil, nil, false
		c.take(e, sayable)
		out = append(out, &c)
	}
	sort.SliceStable(out, func(i, j int) bool {
		if out[i].s != out[j].s {
			return out[i].s.index < out[j].s.index
		}
		return out[i].token < out[j].token
	})
	return out, sayable
}

// take adds the sides of edge e to the claim, unless it would then say more than is said.
func (c *claim) take(e *edge, said saidEdges) bool {
	initiators, targets := c.initiators, c.targets
	a, b := e.initiator, e.target
	if c.event.Mutual && (containsActor(targets, a) || containsActor(initiators, b)) {
		a, b = b, a
	}
	if a != nil {
		initiators = appendActor(initiators[:len(initiators):len(initiators)], a)
	}
	if b != nil {
		targets = appendActor(targets[:len(targets):len(targets)], b)
	}
	switch full := len(c.initiators) > 0 && len(c.targets) > 0; {
	case len(c.initiators)+len(c.targets) == 0:
	case full && (a == nil || b == nil):
		return true // a half of what is told in full
	case !full && !(len(c.initiators) == 0 && a == nil) && !(len(c.targets) == 0 && b == nil):
		return false // what is told of one side is not what is told of two
	}
	for _, i := range initiators {
		for _, t := range targets {
			if i == t || !said.tells(c.event, i, t) {
				return false
			}
		}
	}
	c.initiators, c.targets = initiators, targets
	return true
}

// leadersFirst puts first, of the two sides of each mutual act, the one that the text has act: "Syria offered Lebanon talks" is
// told of Syria, although they agree.
func (r *reading) leadersFirst() {
	for _, c := range r.claims {
		if c.event.Mutual && len(c.targets) > 0 && r.leading(c, c.targets).before(r.leading(c, c.initiators)) {
			c.initiators, c.targets = c.targets, c.initiators
		}
	}
}

// lead is how much somebody leads an act: by what he is to its word, 0 for who does it, and by where he stands.
type lead struct{ rank, token int }

func (l lead) before(o lead) bool {
	return l.rank < o.rank || l.rank == o.rank && l.token < o.token
}

// leading gives how much that one of the actors leads claim c who leads it most.
func (r *reading) leading(c *claim, actors []*actor) lead {
	best := lead{rank: 4}
	for _, m := range c.s.mentions {
		if !slices.ContainsFunc(m.actors, func(a *actor) bool { return containsActor(actors, a) }) {
			continue
		}
		l := lead{1, m.first}
		if m.first > c.token {
			l.rank = 2
		}
		for _, sl := range r.coder.argumentSlots(c.s, c.token) {
			switch sl.name {
			case "nsubj", "by", "poss", "amod", "compound": // "a South Korean offer"
				if m.holds(sl.token) {
					l.rank = 0
				}
			}
		}
		if l.before(best) {
			best = l
		}
	}
	if best.rank > 1 {
		for _, v := range r.voices(c.s) {
			if containsActor(actors, v.actor) {
				return lead{rank: 1}
			}
		}
	}
	return best
}
