package extract

import (
	"strconv"

	"incidentgraph/loader/extract/classify"
	"incidentgraph/schema"
)

// rivalFeatures tells how candidate k for a side of the act of type event that token i tells stands to the others: to
// the sides that the lexicon's frames see, to who fills the slots of the word, to the candidates that stand nearer, to
// the speaker; and of what else the rules make it a side in the article.
func (r *reading) rivalFeatures(f *classify.Features, s *sentence, i int, event schema.EventType, k candidate, ruled *claim, all []candidate) {
	a := k.actor
	kind, typ, group, lemma := string(a.kind), event.Name, string(event.Quad), s.lemma(i)
	_, own := a.called()
	have := "none"
	if ruled != nil {
		have = strconv.FormatBool(len(ruled.initiators) > 0) + strconv.FormatBool(len(ruled.targets) > 0)
		for _, side := range []struct {
			name string
			list []*actor
		}{{"initiator", ruled.initiators}, {"target", ruled.targets}} {
			if len(side.list) == 0 {
				continue
			}
			o := side.list[0]
			f.Add("to-"+side.name, a.toward(o), string(o.kind), kind, typ)
			f.Add("to-"+side.name+"-from", a.toward(o), k.from, typ)
			if o != a {
				_, other := o.called()
				f.Add("pair-"+side.name, other, own, group)
				f.Add("pair-"+side.name+"-type", other, own, typ)
			}
		}
	}
	f.Add("have", have, typ, k.from)
	f.Add("lemma-kind", lemma, kind)
	f.Add("lemma-from", lemma, k.from, have)
	for _, sl := range r.coder.argumentSlots(s, i) {
		switch sl.name {
		case "nsubj", "obj", "poss", "by":
		default:
			continue
		}
		switch o := s.actorAt(sl.token); {
		case o == nil:
			f.Add("slot-other", sl.name, r.filler(s, sl.token), k.from)
		case o != a:
			_, other := o.called()
			f.Add("slot-taken", sl.name, a.toward(o), k.from, typ)
			f.Add("pair-slot", sl.name, other, own, group)
		}
	}
	if s.speaker != nil && s.speaker != a {
		_, other := s.speaker.called()
		f.Add("to-speaker", a.toward(s.speaker), strconv.FormatBool(s.quoted != nil && s.quoted[i]), group, k.from)
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
		f.Add("previous", place, have, s.tokens[i].Tag)
		f.Add("previous-type", place, have, typ)
	}
	r.elsewhere(f, s, i, event, k, ruled, have)
	if k.mention != nil && k.from != "back" {
		s.nearer(f, i, event, k, all, have)
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

// elsewhere tells how often the rules make candidate k a side of other acts in the article: of the same type, of the same
// quad class, and against those who are sides of this one.
func (r *reading) elsewhere(f *classify.Features, s *sentence, i int, event schema.EventType, k candidate, ruled *claim, have string) {
	typed, grouped := [2]int{}, [2]int{}
	same, reverse := 0, 0
	for _, o := range r.ruledOf[k.actor] {
		if o.event.Quad != event.Quad || o.s == s && o.token == i {
			continue
		}
		for side, in := range [2]bool{containsActor(o.initiators, k.actor), containsActor(o.targets, k.actor)} {
			if !in {
				continue
			}
			grouped[side]++
			if o.event.Name == event.Name {
				typed[side]++
			}
			if ruled == nil {
				continue
			}
			ours, theirs := [2][]*actor{ruled.initiators, ruled.targets}, [2][]*actor{o.initiators, o.targets}
			if overlapsSide(ours[1-side], theirs[1-side]) {
				same++
			}
			if overlapsSide(ours[side], theirs[1-side]) {
				reverse++
			}
		}
	}
	n := func(k int) string { return strconv.Itoa(min(k, 2)) }
	f.Add("article-type", event.Name, n(typed[0]), n(typed[1]))
	f.Add("article-type-from", event.Name, n(typed[0]), n(typed[1]), k.from)
	f.Add("article-group", string(event.Quad), n(grouped[0]), n(grouped[1]), k.from)
	f.Add("article-pair", string(event.Quad), n(same), n(reverse), k.from)
	f.Add("article-pair-have", n(same), n(reverse), k.from, have)
}

// nearer tells how many candidates stand nearer to token i than candidate k, by the parse, on its side of it, and of its state.
func (s *sentence) nearer(f *classify.Features, i int, event schema.EventType, k candidate, all []candidate, have string) {
	far := func(m *mention) int {
		if d := s.steps(i, m.head); d > 0 {
			return d
		}
		return farthest + 1
	}
	m, d := k.mention, far(k.mention)
	left := m.head < i
	nearer, beside, compatriots := 0, 0, 0
	for _, o := range all {
		if o.actor == k.actor || o.mention == nil || o.from == "back" {
			continue
		}
		if e := far(o.mention); e > d || e == d && abs(o.mention.head-i) >= abs(m.head-i) {
			continue
		}
		nearer++
		if (o.mention.head < i) == left {
			beside++
		}
		if k.actor.toward(o.actor) == "compatriot" {
			compatriots++
		}
	}
	side, group := strconv.FormatBool(left), string(event.Quad)
	n, b := strconv.Itoa(min(nearer, 4)), strconv.Itoa(min(beside, 3))
	f.Add("nearer", n, group)
	f.Add("nearer-tag", n, s.tokens[i].Tag, side, have)
	f.Add("nearer-side", b, side, event.Name)
	f.Add("nearer-head", b, base(s.tokens[i].Relation), side, group)
	f.Add("nearer-state", strconv.Itoa(min(compatriots, 2)), string(k.actor.kind), event.Name)
}
