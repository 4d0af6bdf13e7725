package extract

import (
	"strconv"
	"strings"

	"incidentgraph/loader/article"
	"incidentgraph/loader/extract/classify"
)

// pairing is what is known of the acts that one act may be a reaction to, beside each other.
type pairing struct {
	told []telling
	i    int
	list []int // the numbers of the acts
	// features are those of each act, the last ones of none of them.
	features []*classify.Features
	apart    []int // how many sentences lie between
	// nearest is the nearest act of each type, foremost the one told in most sentences, nearestAimed the
	// nearest of those whom the act is aimed at, -1 for none, by place in list.
	nearest, foremost map[string]int
	nearestAimed      int
	aimed             int // how many were done by those whom the act is aimed at
	deplored          *claim
}

// pairing finds what is known of the acts that act i may be a reaction to.
func (r *reading) pairing(told []telling, i int) *pairing {
	c := &told[i]
	p := &pairing{told: told, i: i, nearest: map[string]int{}, foremost: map[string]int{}, nearestAimed: -1, deplored: deplored(told, i, c.about)}
	each(len(told), i, func(k int) {
		o := &told[k]
		if k == i || !c.fits(o.claim) {
			return
		}
		n, d := len(p.list), apart(c, o)
		p.list, p.apart = append(p.list, k), append(p.apart, d)
		closer := func(than int) bool {
			return d < p.apart[than] || d == p.apart[than] && o.start <= c.start && abs(k-i) < abs(p.list[than]-i)
		}
		if m, ok := p.nearest[o.event.Name]; !ok || closer(m) {
			p.nearest[o.event.Name] = n
		}
		if m, ok := p.foremost[o.event.Name]; !ok || o.sentences > told[p.list[m]].sentences {
			p.foremost[o.event.Name] = n
		}
		if overlapsSide(c.targets, o.initiators) {
			p.aimed++
			if p.nearestAimed < 0 || closer(p.nearestAimed) {
				p.nearestAimed = n
			}
		}
	})
	p.features = make([]*classify.Features, len(p.list)+1)
	for n := range p.features {
		if r.explain || r.lesson != nil {
			p.features[n] = classify.Named()
		} else {
			p.features[n] = r.spare(n)
		}
	}
	for n := range p.list {
		r.pairFeatures(p.features[n], p, n)
	}
	r.aloneFeatures(p.features[len(p.list)], p)
	return p
}

// happenings gives for each act the first in the list that may well be the same happening.
func (p *pairing) happenings() []int {
	out := make([]int, len(p.list))
	for n, k := range p.list {
		out[n] = n
		for m := range n {
			if out[m] == m && sameTold(p.told[p.list[m]].claim, p.told[k].claim) {
				out[n] = m
				break
			}
		}
	}
	return out
}

// sameTold tells that two acts may well be one happening that is told twice.
func sameTold(a, b *claim) bool {
	if a.event.Name != b.event.Name || !sameTime(a, b) || !samePlace(a, b) {
		return false
	}
	may := func(x, y []*actor) bool { return compatible(x, y) || overlapsLand(x, y) }
	return may(a.initiators, b.initiators) && may(a.targets, b.targets)
}

// aloneFeatures tells what is known of an act that may be a reaction to none.
func (r *reading) aloneFeatures(f *classify.Features, p *pairing) {
	c := &p.told[p.i]
	quad := string(c.event.Quad)
	f.Add("none")
	f.Add("none type", c.event.Name)
	f.Add("none quad", quad)
	f.Add("none word", c.s.lemma(c.token))
	f.Add("none candidates", roughly(len(p.list)))
	f.Add("none aimed", roughly(p.aimed), quad)
	f.Add("none historical", yes(c.historical))
	f.Add("none pointing", yes(c.pointing), quad)
	f.Add("none targets", yes(len(c.targets) > 0))
	f.Add("none about", roughly(len(c.claim.about)))
	f.Add("none first", yes(c.first), quad)
	f.Add("none sentences", roughly(c.sentences))
	f.Add("none start", roughly(c.start))
	f.Add("none status", string(c.status))
	for _, w := range answering {
		if c.words.has(r.vocabulary.number(w)) {
			f.Add("none has", w)
		}
	}
}

// answering are words that tell that something is an answer.
var answering = []string{"after", "over", "following", "for", "because", "response", "retaliation", "amid", "about"}

// roughly names a number.
func roughly(n int) string {
	switch {
	case n < 4:
		return strconv.Itoa(n)
	case n < 6:
		return "4"
	case n < 9:
		return "6"
	case n < 16:
		return "9"
	case n < 31:
		return "16"
	}
	return "31"
}

// pairFeatures tells what is known of an act being a reaction to the n-th of those it may be one to.
func (r *reading) pairFeatures(f *classify.Features, p *pairing, n int) {
	c, o := &p.told[p.i], &p.told[p.list[n]]
	typ, other := c.event.Name, o.event.Name
	quad, otherQuad := string(c.event.Quad), string(o.event.Quad)
	quads := quad + ">" + otherQuad
	f.Add("types", typ, other)
	f.Add("quads", quads)
	f.Add("type", typ)
	f.Add("other", other)
	f.Add("quad-other", quad, other)
	f.Add("type-quad", typ, otherQuad)

	// Where they are told.
	d := p.apart[n]
	far, order := roughly(d), orderOf(c, o, d)
	f.Add("apart", far)
	f.Add("order", order)
	f.Add("order-apart", order, far)
	f.Add("order-quads", order, quads)
	f.Add("apart-quads", far, quads)
	f.Add("apart-type", far, typ)
	f.Add("between", strconv.Itoa(min(max(p.list[n]-p.i, -4), 4)))
	f.Add("between-type", strconv.Itoa(min(max(p.list[n]-p.i, -2), 2)), typ)
	about := yes(c.about[o.claim])
	f.Add("about", about)
	f.Add("about-quads", about, quads)
	if d == 0 {
		up, down := yes(hangsOn(o, c)), yes(hangsOn(c, o))
		f.Add("under", up, down)
		f.Add("under-type", up, down, typ)
	}
	f.Add("first", yes(o.first))
	f.Add("first-type", yes(o.first), typ)
	f.Add("first-pointing", yes(o.first), yes(c.pointing))
	f.Add("start", roughly(o.start))
	f.Add("sentences", roughly(o.sentences))
	f.Add("sentences-type", roughly(o.sentences), typ)
	f.Add("headline", yes(o.s.Role == article.Headline))

	r.sideFeatures(f, c, o, typ, other, quads, far)

	// When and where they happened.
	f.Add("past", yes(c.historical), yes(o.historical))
	f.Add("status", string(c.status), string(o.status))
	day := dayOf(c, o)
	f.Add("day", day)
	f.Add("day-quads", day, quads)
	f.Add("place", placeOf(c, o))

	// Which it is among those the act may react to.
	near, most := yes(p.nearest[other] == n), yes(p.foremost[other] == n)
	f.Add("nearest", near, most)
	f.Add("nearest-type", near, typ)
	f.Add("most-type", most, typ)
	f.Add("nearest-order", near, order)
	if p.aimed > 0 {
		f.Add("nearest aimed", yes(p.nearestAimed == n), roughly(p.aimed))
		f.Add("nearest aimed type", yes(p.nearestAimed == n), typ)
	}
	if c.deed {
		f.Add("deplored", yes(p.deplored == o.claim))
	}

	r.wordFeaturesOf(f, c, o, typ, other, d, order)
}

// orderOf tells which of two acts is told first.
func orderOf(c, o *telling, apart int) string {
	switch {
	case c.start < o.start:
		return "after"
	case c.start > o.start:
		return "before"
	case apart > 0 || c.token == o.token:
		return "with"
	case c.token < o.token:
		return "with, after"
	}
	return "with, before"
}

// dayOf tells when o happened beside c.
func dayOf(c, o *telling) string {
	if c.vagueTime() || o.vagueTime() {
		return "unknown"
	}
	switch x, y := c.when.String(), o.when.String(); {
	case strings.HasPrefix(x, y) || strings.HasPrefix(y, x):
		return "same"
	case x < y:
		return "later"
	}
	return "earlier"
}

// placeOf tells where o happened beside c.
func placeOf(c, o *telling) string {
	switch {
	case c.place == nil || o.place == nil:
		return "unknown"
	case c.place.Key == o.place.Key:
		return "same"
	case c.place.Country == o.place.Country:
		return "country"
	}
	return "other"
}

// sideFeatures tells who is on which side of both acts.
func (r *reading) sideFeatures(f *classify.Features, c, o *telling, typ, other, quads, far string) {
	all := ""
	for _, x := range []struct {
		name string
		a, b []*actor
	}{{"aimed", c.targets, o.initiators}, {"own", c.initiators, o.initiators}, {"suffered", c.initiators, o.targets}, {"same target", c.targets, o.targets}} {
		how := "no"
		switch {
		case len(x.a) == 0 || len(x.b) == 0:
			how = "nobody"
		case overlaps(x.a, x.b):
			how = "actor"
		case overlapsSide(x.a, x.b):
			how = "side"
		case overlapsLand(x.a, x.b):
			how = "land"
		}
		f.Add(x.name, how)
		f.Add(x.name, how, quads)
		f.Add(x.name, how, typ)
		f.Add(x.name, how, "of", other)
		f.Add(x.name, how, far)
		if how == "actor" || how == "side" {
			all += x.name + ","
		}
	}
	f.Add("sides", all)
	f.Add("sides-quads", all, quads)
	f.Add("sides-type", all, typ)
	spoken := ""
	for _, x := range []struct {
		name        string
		list, among []*actor
	}{{"initiator,", o.initiators, c.named}, {"target,", o.targets, c.named}, {"initiator in topic,", o.initiators, c.topicActors}, {"target in topic,", o.targets, c.topicActors}} {
		if len(x.list) > 0 && overlaps(x.list, x.among) {
			spoken += x.name
		}
	}
	if o.place != nil && c.topicPlaces[o.place.Key] {
		spoken += "place in topic,"
	}
	f.Add("speaks of", spoken)
	f.Add("speaks of type", spoken, typ)
}

// wordFeaturesOf tells which words of one act speak of the other.
func (r *reading) wordFeaturesOf(f *classify.Features, c, o *telling, typ, other string, apart int, order string) {
	word := c.s.lemma(c.token)
	f.Add("word-other", word, other)
	f.Add("word-quad", word, string(o.event.Quad))
	f.Add("word-order", word, order)
	f.Add("its word", o.s.lemma(o.token))
	f.Add("topic kind", yes(c.topics[other]))
	f.Add("topic kind type", yes(c.topics[other]), typ)
	f.Add("kind", yes(apart > 0 && c.kinds[other]))
	f.Add("pointing", yes(c.pointing), other)
	if typ == "ASSAULT" && other == "ASSAULT" && overlapsSide(c.targets, o.initiators) {
		f.Add("repels", yes(c.repels), yes(o.repels))
	}
	slot, like := likest(c, o)
	f.Add("echo", slot)
	f.Add("echo-type", slot, typ)
	f.Add("echo any", yes(slot != ""), typ)
	f.Add("like", like)
	f.Add("like-type", like, typ)
	echoes := false
	for _, w := range o.said {
		echoes = echoes || apart > 0 && c.words.has(w.number)
	}
	f.Add("echoes", yes(echoes))
	f.Add("echoes-type", yes(echoes), typ)
	topical := 0
	for _, w := range c.topic {
		if o.words.has(w.number) {
			topical++
		}
	}
	f.Add("shared", roughly(min(c.words.shared(o.words), 8)), yes(apart == 0))
	f.Add("topic shared", roughly(topical))
	f.Add("topic shared type", roughly(topical), typ)
}

// likest finds the words of what c is about that come nearest to one that tells o: the slot of
// their phrase when they are of one root, else "", and how near they are in meaning, up to 6.
func likest(c, o *telling) (slot, like string) {
	var best float32
	for _, w := range c.topic {
		for _, x := range o.said {
			if slot == "" && akin(w.lemma, x.lemma) {
				slot = w.slot
			}
			var dot float32
			for i, v := range w.vector {
				dot += v * x.vector[i]
			}
			best = max(best, dot)
		}
	}
	return slot, strconv.Itoa(int(best * 6))
}

// akin tells that two words are of one root as far as their letters tell: "withdraw", "withdrawal".
func akin(a, b string) bool {
	if min(len(a), len(b)) < 4 {
		return a == b
	}
	n := min(len(a), len(b), 6)
	return a[:n] == b[:n]
}
