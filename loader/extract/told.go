package extract

import "sort"

// history is what the rules find of the acts of one type in an article.
type history struct {
	acts []toldAct // in text order
	// sides counts how often each actor is an initiator, and a target.
	sides map[*actor][2]int
	// first are those who are either side most often, nil for nobody.
	first [2]*actor
}

// toldAct is a word that tells an act, by its place, and the act.
type toldAct struct {
	sentence, token int
	claim           *claim
}

// before gives how many of the acts are told before a token.
func (h *history) before(sentence, token int) int {
	return sort.Search(len(h.acts), func(k int) bool {
		a := h.acts[k]
		return a.sentence > sentence || a.sentence == sentence && a.token >= token
	})
}

// allTypes is under what name the history of acts of all types is kept.
const allTypes = ""

// recordActs makes it known where the rules have found which acts, of whom, and in what order.
func (r *reading) recordActs() {
	r.histories, r.ruledAt, r.ruledOf = map[string]*history{}, map[[2]int]*claim{}, map[*actor][]*claim{}
	for _, c := range r.ruled {
		for _, side := range [2][]*actor{c.initiators, c.targets} {
			for _, a := range side {
				r.ruledOf[a] = append(r.ruledOf[a], c)
			}
		}
		for _, p := range c.parts() {
			if k := [2]int{p.s.index, p.token}; r.ruledAt[k] == nil {
				r.ruledAt[k] = c
			}
		}
		for _, name := range []string{c.event.Name, allTypes} {
			h := r.histories[name]
			if h == nil {
				h = &history{sides: map[*actor][2]int{}}
				r.histories[name] = h
			}
			for n, side := range [2][]*actor{c.initiators, c.targets} {
				for _, a := range side {
					x := h.sides[a]
					x[n]++
					h.sides[a] = x
					if b := h.first[n]; b == nil || x[n] > h.sides[b][n] {
						h.first[n] = a
					}
				}
			}
			for _, p := range c.parts() {
				h.acts = append(h.acts, toldAct{p.s.index, p.token, c})
			}
		}
	}
	for _, h := range r.histories {
		sort.SliceStable(h.acts, func(i, j int) bool {
			a, b := h.acts[i], h.acts[j]
			return a.sentence < b.sentence || a.sentence == b.sentence && a.token < b.token
		})
	}
}

// actsBack is how many acts back one of the same word is looked for.
const actsBack = 20

// pointed are the acts that a word may point back to: the last one of its type, and the last
// one told by the same word; nil for none.
type pointed struct {
	of         word
	typ        string
	last, same *toldAct
}

// antecedents gives the acts of a type, told before the word at token i, that the word may
// point back to.
func (r *reading) antecedents(s *sentence, i int, typ string) *pointed {
	p := &r.pointed
	if p.of == (word{s, i}) && p.typ == typ {
		return p
	}
	*p = pointed{of: word{s, i}, typ: typ}
	h := r.histories[typ]
	if h == nil {
		return p
	}
	own := r.ruledAt[[2]int{s.index, i}]
	n := h.before(s.index, i)
	for k := n - 1; k >= max(0, n-actsBack) && p.same == nil; k-- {
		a := &h.acts[k]
		if a.claim == own || len(a.claim.initiators)+len(a.claim.targets) == 0 {
			continue
		}
		if p.last == nil {
			p.last = a
		}
		if r.sentences[a.sentence].lemma(a.token) == s.lemma(i) {
			p.same = a
		}
	}
	return p
}

// roleIn tells in a word what actor a is in an act.
func (t *toldAct) roleIn(a *actor) string {
	switch {
	case t == nil:
		return "no act"
	case containsActor(t.claim.initiators, a):
		return "initiator"
	case containsActor(t.claim.targets, a):
		return "target"
	}
	return "none"
}

// howFar tells in a word how far before sentence s an act is told.
func (t *toldAct) howFar(s *sentence) string {
	if t == nil {
		return ""
	}
	switch far := s.index - t.sentence; {
	case far == 0:
		return "here"
	case far == 1:
		return "before"
	case far < 5:
		return "near"
	}
	return "far"
}

// often tells in a word how often actor a is either side of the other acts of a type.
func (r *reading) often(s *sentence, i int, typ string, a *actor) string {
	h := r.histories[typ]
	if h == nil {
		return "00"
	}
	n := h.sides[a]
	if own := r.ruledAt[[2]int{s.index, i}]; own != nil && own.event.Name == typ {
		if containsActor(own.initiators, a) {
			n[0]--
		}
		if containsActor(own.targets, a) {
			n[1]--
		}
	}
	return string([]byte{'0' + byte(min(n[0], 3)), '0' + byte(min(n[1], 3))})
}
