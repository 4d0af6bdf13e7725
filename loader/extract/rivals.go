package extract

import (
	"strconv"

	"incidentgraph/loader/extract/classify"
)

// rivalFeatures tells how candidate k for a side of act o stands to the others: to the sides that the lexicon's
// frames see, to who fills the slots of the word, to the candidates that stand nearer, to the speaker; and of what else
// the rules make it a side in the article.
func (r *reading) rivalFeatures(f *classify.Features, o *occasion, k candidate) {
	s, i, a := o.s, o.token, k.actor
	kind, typ, group, lemma := string(a.kind), o.event.Name, string(o.event.Quad), s.lemma(i)
	_, own := a.called()
	for _, side := range []struct {
		name string
		list []*actor
	}{{"initiator", o.initiators}, {"target", o.targets}} {
		if len(side.list) == 0 {
			continue
		}
		x := side.list[0]
		f.Add("to-"+side.name, a.toward(x), string(x.kind), kind, typ)
		f.Add("to-"+side.name+"-from", a.toward(x), k.from, typ)
		if x != a {
			_, other := x.called()
			f.Add("pair-"+side.name, other, own, group)
			f.Add("pair-"+side.name+"-type", other, own, typ)
		}
	}
	f.Add("have", o.have, typ, k.from)
	f.Add("lemma-kind", lemma, kind)
	f.Add("lemma-from", lemma, k.from, o.have)
	for _, sl := range r.coder.argumentSlots(s, i) {
		switch sl.name {
		case "nsubj", "obj", "poss", "by":
		default:
			continue
		}
		switch x := s.actorAt(sl.token); {
		case x == nil:
			f.Add("slot-other", sl.name, r.filler(s, sl.token), k.from)
		case x != a:
			_, other := x.called()
			f.Add("slot-taken", sl.name, a.toward(x), k.from, typ)
			f.Add("pair-slot", sl.name, other, own, group)
		}
	}
	if s.speaker != nil && s.speaker != a {
		_, other := s.speaker.called()
		f.Add("to-speaker", a.toward(s.speaker), o.quoted, group, k.from)
		f.Add("pair-speaker", other, own, group)
	}
	if p := r.previous(s, 1); p != nil && (k.from == "back" || k.from == "text") {
		place := "none"
		for n, m := range p.mentions {
			if m.shape != modifier && containsActor(m.actors, a) {
				place = base(p.tokens[m.head].Relation) + strconv.Itoa(min(n, 2))
				break
			}
		}
		f.Add("previous", place, o.have, s.tokens[i].Tag)
		f.Add("previous-type", place, o.have, typ)
	}
	r.elsewhere(f, o, k)
	if k.mention != nil {
		o.nearer(f, k)
	}
}

// toward tells what an actor is to another one: it, of its state, of another.
func (a *actor) toward(o *actor) string {
	switch {
	case o == a:
		return "itself"
	case o.sideOf() == "" || a.sideOf() == "":
		return "unknown"
	case o.sideOf() == a.sideOf():
		return "compatriot"
	}
	return "foreign"
}

// elsewhere tells how often the rules make candidate k a side of other acts than o in the article: of the same type, of
// the same quad class, and against those who are sides of this one.
func (r *reading) elsewhere(f *classify.Features, o *occasion, k candidate) {
	typed, grouped := [2]int{}, [2]int{}
	same, reverse := 0, 0
	ours := [2][]*actor{o.initiators, o.targets}
	for _, c := range r.ruledOf[k.actor] {
		if c.event.Quad != o.event.Quad || c.s == o.s && c.token == o.token {
			continue
		}
		theirs := [2][]*actor{c.initiators, c.targets}
		for side := range theirs {
			if !containsActor(theirs[side], k.actor) {
				continue
			}
			grouped[side]++
			if c.event.Name == o.event.Name {
				typed[side]++
			}
			if overlapsSide(ours[1-side], theirs[1-side]) {
				same++
			}
			if overlapsSide(ours[side], theirs[1-side]) {
				reverse++
			}
		}
	}
	n := func(k int) string { return strconv.Itoa(min(k, 2)) }
	typ, group := o.event.Name, string(o.event.Quad)
	f.Add("article-type", typ, n(typed[0]), n(typed[1]))
	f.Add("article-type-from", typ, n(typed[0]), n(typed[1]), k.from)
	f.Add("article-group", group, n(grouped[0]), n(grouped[1]), k.from)
	f.Add("article-pair", group, n(same), n(reverse), k.from)
	f.Add("article-pair-have", n(same), n(reverse), k.from, o.have)
}

// nearer tells how many candidates stand nearer to the word for the act than candidate k, by the parse, on its side of
// it, and of its state.
func (o *occasion) nearer(f *classify.Features, k candidate) {
	s, i := o.s, o.token
	far := func(m *mention) int {
		if d := s.steps(i, m.head); d > 0 {
			return d
		}
		return farthest + 1
	}
	m, d := k.mention, far(k.mention)
	left := m.head < i
	nearer, beside, compatriots := 0, 0, 0
	for _, x := range o.all {
		if x.actor == k.actor || x.mention == nil {
			continue
		}
		if e := far(x.mention); e > d || e == d && abs(x.mention.head-i) >= abs(m.head-i) {
			continue
		}
		nearer++
		if (x.mention.head < i) == left {
			beside++
		}
		if k.actor.toward(x.actor) == "compatriot" {
			compatriots++
		}
	}
	side, group := strconv.FormatBool(left), string(o.event.Quad)
	n, b := strconv.Itoa(min(nearer, 4)), strconv.Itoa(min(beside, 3))
	f.Add("nearer", n, group)
	f.Add("nearer-tag", n, s.tokens[i].Tag, side, o.have)
	f.Add("nearer-side", b, side, o.event.Name)
	f.Add("nearer-head", b, base(s.tokens[i].Relation), side, group)
	f.Add("nearer-state", strconv.Itoa(min(compatriots, 2)), string(k.actor.kind), o.event.Name)
}
