package extract

import (
	"incidentgraph/loader/article"
	"incidentgraph/loader/extract/classify"
)

// WithReactions gives the same coder with another choice of what acts react to, nil for none.
func (c *Coder) WithReactions(x *classify.Choice) *Coder {
	out := *c
	out.reactions = x
	return &out
}

// ReactionLessons are what the choice of reactions learns from.
type ReactionLessons struct {
	// Read are of the acts that the coder reads, Marked of those that the reader marked in the text.
	Read, Marked []ReactionLesson
}

// ReactionLesson is an act and those it may be a reaction to; the last option is that it is to none.
type ReactionLesson struct {
	classify.Options
	// Answers tells that the reader found what it answers, Cause which option that is, -1 when it is none of them.
	Answers bool
	Cause   int
}

// lostWeight is how much a lesson counts that has only taught what an act does not answer.
const lostWeight = 0.5

// LearnReactions adds what the choice of reactions learns from an annotated article, which the
// models of the coder must not have learnt from.
func (c *Coder) LearnReactions(doc article.Document, a Annotation, to *ReactionLessons) {
	l := newLesson(doc, a, &Lessons{})
	r := c.read(doc, false, nil)
	r.lesson = l
	to.Read = append(to.Read, l.reactions(r, l.align(r))...)
	l = newLesson(doc, a, &Lessons{})
	r = c.read(doc, false, l)
	to.Marked = append(to.Marked, l.reactions(r, l.gather(r))...)
}

// alignment tells which event each claim tells best.
type alignment map[*claim]*lessonEvent

// align finds which claim tells which event: at most one each, the closest first.
func (l *lesson) align(r *reading) alignment {
	// How close a claim and an event are: a sentence, the sides and the word in common.
	const sentence, sides, word = 4, 2, 1
	type match struct {
		c     *claim
		e     *lessonEvent
		close int
	}
	var matches []match
	for _, c := range r.claims {
		for k := range l.events {
			e := &l.events[k]
			if e.Type != c.event.Name {
				continue
			}
			m := match{c: c, e: e}
			for _, p := range c.parts() {
				t := p.s.tokens[p.token]
				for _, q := range e.quotes {
					if q.start < p.s.End && q.end > p.s.Start {
						m.close |= sentence
						if q.first < t.End && q.last > t.Start {
							m.close |= word
						}
					}
				}
			}
			if l.sameSides(r, c, e) {
				m.close |= sides
			}
			matches = append(matches, m)
		}
	}
	out, taken := alignment{}, map[*lessonEvent]bool{}
	for want := sentence | sides | word; want >= sides; want-- {
		for _, m := range matches {
			if m.close == want && out[m.c] == nil && !taken[m.e] {
				out[m.c], taken[m.e] = m.e, true
			}
		}
	}
	return out
}

// sameSides tells that a claim and an event have an initiator and a target in common, or both have none.
func (l *lesson) sameSides(r *reading, c *claim, e *lessonEvent) bool {
	same := func(ours []*actor, theirs []AnnotatedActor) bool {
		for _, a := range ours {
			for _, g := range theirs {
				if r.sameAsAnnotated(a, g) > 0 {
					return true
				}
			}
		}
		return len(ours) == 0 && len(theirs) == 0
	}
	return same(c.initiators, e.Initiators) && same(c.targets, e.Targets) ||
		c.event.Mutual && same(c.initiators, e.Targets) && same(c.targets, e.Initiators)
}

// gather makes one incident of the claims of each event, made of the words that the reader marked.
func (l *lesson) gather(r *reading) alignment {
	r.circumstances()
	first, out := map[*lessonEvent]*claim{}, alignment{}
	var kept []*claim
	for _, c := range r.claims {
		e := l.labels[c.s][c.token]
		if into := first[e]; into != nil {
			r.combine(into, c)
			continue
		}
		first[e], out[c] = c, e
		kept = append(kept, c)
	}
	r.claims = kept
	return out
}

// reactions gives a lesson for each claim that tells an event.
func (l *lesson) reactions(r *reading, of alignment) []ReactionLesson {
	var out []ReactionLesson
	told := r.tellings()
	for i := range told {
		e := of[told[i].claim]
		if e == nil {
			continue
		}
		p := r.pairing(told, i)
		none := len(p.list)
		x := ReactionLesson{Options: classify.Options{List: p.features, Weight: 1}, Answers: e.InResponseTo != "", Cause: -1}
		for n, k := range p.list {
			if o := of[told[k].claim]; x.Answers && o != nil && o.ID == e.InResponseTo {
				x.Cause = n
			}
		}
		switch {
		case !x.Answers:
			x.Right = []int{none}
		case x.Cause < 0:
			// What it answers has not been read: none of the others is it.
			x.Right, x.Weight = []int{none}, lostWeight
		default:
			for n, k := range p.list {
				if n == x.Cause || sameTold(told[k].claim, told[p.list[x.Cause]].claim) {
					x.Right = append(x.Right, n)
				}
			}
		}
		out = append(out, x)
	}
	return out
}
