package extract

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"incidentgraph/loader/extract/classify"
	"incidentgraph/loader/language"
	"incidentgraph/schema"
)

// WithTolls gives the same coder with another choice of tolls, nil to leave them to the rules.
func (c *Coder) WithTolls(by *classify.Choice) *Coder {
	out := *c
	out.tolls = by
	return &out
}

// harm is what became of those whom a toll counts.
type harm string

const (
	killed  harm = "killed"
	injured harm = "injured"
)

// of gives of two tolls that of the harm.
func (h harm) of(dead, hurt *schema.Toll) *schema.Toll {
	if h == killed {
		return dead
	}
	return hurt
}

// costs tells that an incident is of a kind that may cost lives, or that the rules say it did.
func (c *claim) costs() bool {
	switch c.event.Name {
	case "ASSAULT", "COERCE", "PROTEST":
		return true
	}
	return c.killed != nil || c.injured != nil
}

// people counted at a token of a sentence, whatever became of them.
type headcount struct {
	token int
	toll  *schema.Toll
}

// counted is what a sentence counts: its dead and wounded, and its people.
type counted struct {
	fatalities []fatality
	heads      []headcount
}

// countedIn gives what a sentence counts.
func (r *reading) countedIn(s *sentence) *counted {
	if r.counted == nil {
		r.counted = make([]*counted, len(r.sentences))
	}
	if x := r.counted[s.index]; x != nil {
		return x
	}
	x := &counted{fatalities: r.deaths(s)}
	for i, t := range s.tokens {
		switch base(t.Relation) {
		case "nummod", "compound", "flat", "amod", "det":
			continue
		}
		if t.Tag == "VERB" || t.Tag == "AUX" || t.Tag == "PUNCT" || !r.people(s, i) && t.Tag != "PRON" {
			continue
		}
		if _, weapon := r.coder.lexicon.weapons[s.lemma(i)]; weapon || t.Tag == "NUM" && base(t.Relation) == "appos" {
			continue // "shot down 14 drones", "Ryan Lock, 20"
		}
		if t.Relation == "nsubj" && t.Head >= 0 && len(r.coder.lexicon.casualties[s.lemma(t.Head)]) == 0 {
			continue // "3,000 people fled"
		}
		one := r.headcount(s, i)
		if one != nil {
			x.heads = append(x.heads, headcount{i, one})
		}
		if s.child(i, "conj") < 0 {
			continue
		}
		if all := r.headcounts(s, i); all != nil && (one == nil || all.Min != one.Min) {
			x.heads = append(x.heads, headcount{i, all})
		}
	}
	r.counted[s.index] = x
	return x
}

// otherwise tells that what the sentence counts so many of came to another harm.
func (x *counted) otherwise(t *schema.Toll, h harm) bool {
	return slices.ContainsFunc(x.fatalities, func(f fatality) bool {
		ours, theirs := h.of(f.killed, f.injured), h.of(f.injured, f.killed)
		return ours == nil && theirs != nil && tollText(theirs) == tollText(t)
	})
}

// tollOptions are the tolls that an incident may have.
type tollOptions struct{ options[*schema.Toll] }

// toll adds a toll from a source, nil for none.
func (o *tollOptions) toll(t *schema.Toll, source string) *classify.Features {
	return o.add(tollText(t), t, source).features
}

// How far from an act its dead and wounded are looked for, in sentences.
const (
	tollsBack  = 3
	tollsAhead = 8
)

// tollsOf gives the tolls of a harm that incident c may have.
func (r *reading) tollsOf(c *claim, h harm) []option[*schema.Toll] {
	o := &tollOptions{options[*schema.Toll]{r: r, index: map[string]int{}}}
	rule := h.of(c.killed, c.injured)
	if !c.costs() {
		o.toll(rule, ruleSource)
		return o.list
	}
	o.toll(nil, "none")
	parts := c.parts()
	for n, p := range parts[:min(len(parts), partsAsked)] {
		r.ownTolls(o, c, p, n, h)
	}
	for _, p := range parts[:min(len(parts), 2)] {
		r.tollsAround(o, c, p, h)
	}
	how := "told"
	if rule == nil {
		how = "none"
	}
	f := o.toll(rule, ruleSource+how)
	f.Add("rule", how, string(h), c.event.Name)
	f.Add("rule-word", how, string(h), c.s.lemma(c.token))
	f.Add("rule-parts", how, strconv.Itoa(min(len(parts), 3)), yes(c.historical))
	r.beside(c, func(x *claim, step, _ int, apart string) {
		t := h.of(x.killed, x.injured)
		if t == nil {
			return
		}
		if k, ok := o.index[tollText(t)]; ok {
			f := o.list[k].features
			f.Add("beside", strconv.Itoa(step), apart, yes(tollText(t) == tollText(rule)))
			f.Add("beside-kind", yes(x.event.Name == c.event.Name), yes(overlapsSide(x.targets, c.targets)), yes(x.s == c.s))
		}
	})
	r.tollContext(o, c, h, how)
	return o.list
}

// stricken tells whose count it is: of those whom an incident was aimed at, or of their state, of those who made it, of others.
func stricken(c *claim, who []*actor) string {
	switch {
	case len(who) == 0:
		return "nobody"
	case overlaps(who, c.targets):
		return "target"
	case overlaps(who, c.initiators):
		return "initiator"
	case overlapsLand(who, c.targets):
		return "of target"
	case overlapsLand(who, c.initiators):
		return "of initiator"
	case len(c.targets) == 0:
		return "untold"
	}
	return "other"
}

// actorsAt gives whom token i names.
func (s *sentence) actorsAt(i int) []*actor {
	var out []*actor
	for _, m := range s.mentionsAt(i) {
		for _, a := range m.actors {
			out = appendActor(out, a)
		}
	}
	return out
}

// ownTolls adds what the sentence of the n-th telling p of incident c counts.
func (r *reading) ownTolls(o *tollOptions, c, p *claim, n int, h harm) {
	nth := "first"
	if n > 0 {
		nth = "later"
	}
	s, kind := p.s, c.event.Name
	in := r.countedIn(s)
	rivals := r.rivalsIn(s, c)
	for k := range in.fatalities {
		x := &in.fatalities[k]
		t := h.of(x.killed, x.injured)
		if t == nil || p.parted(x.token) || r.costOfWar(s, x.token, p) || r.ownLoss(s, x.token, c) {
			continue
		}
		nearer := 0
		for _, i := range rivals {
			if abs(i-x.token) < abs(p.token-x.token) {
				nearer++
			}
		}
		at := yes(x.token == p.token)
		f := o.toll(t, "own")
		f.Add("own", nth, at, kind)
		f.Add("own-word", s.lemma(x.token), string(h))
		f.Add("own-words", strconv.Itoa(min(abs(x.token-p.token)/3, 8)), yes(x.token < p.token))
		f.Add("own-whom", stricken(c, x.victims), at, kind)
		f.Add("own-nearer", strconv.Itoa(min(nearer, 2)), strconv.Itoa(min(len(rivals), 2)), at)
		f.Add("own-path", strings.Join(s.path(p.token, x.token), " "), kind)
		f.Add("own-clause", s.clauseLink(x.token), yes(s.under(p.token, x.token) || s.under(x.token, p.token)))
		f.Add("own-since", yes(s.sinceWhen(x.token)), string(h))
		f.Add("own-quoted", yes(s.quoted != nil && s.quoted[x.token] != s.quoted[p.token]))
	}
	fatal := yes(slices.ContainsFunc(s.tokens, func(t language.Token) bool { return len(r.coder.lexicon.casualties[t.Lemma]) > 0 }))
	for _, x := range in.heads {
		if in.otherwise(x.toll, h) || p.parted(x.token) || r.costOfWar(s, x.token, p) || r.ownLoss(s, s.tokens[x.token].Head, c) {
			continue // "more than 400 people were wounded" were not killed
		}
		f := o.toll(x.toll, "heads")
		word, above := s.lemma(x.token), "root"
		if g := s.tokens[x.token].Head; g >= 0 {
			above = s.lemma(g)
		}
		before, next := "start", "end"
		if x.token > 0 {
			before = s.low(x.token - 1)
		}
		if x.token+1 < len(s.tokens) {
			next = s.low(x.token + 1)
		}
		path := s.path(p.token, x.token)
		way := strings.Join(path, " ")
		if path == nil || len(path) > 5 {
			way = "far"
		}
		whom := stricken(c, s.actorsAt(x.token))
		relation := s.tokens[x.token].Relation
		f.Add("heads-fatal", yes(len(in.fatalities) > 0), fatal, string(h))
		f.Add("heads", nth, kind, string(h))
		f.Add("heads-word", word, string(h))
		f.Add("heads-above", above, relation, string(h))
		f.Add("heads-way", way, kind, string(h))
		f.Add("heads-act", s.lemma(p.token), way, string(h))
		f.Add("heads-whom", whom, yes(way == "far"), string(h))
		f.Add("heads-before", before, string(h))
		f.Add("heads-next", next, string(h))
		f.Add("heads-clause", s.clauseLink(x.token), string(h))
		f.Add("heads-since", yes(s.sinceWhen(x.token)), string(h))
		f.Add("heads-tag", s.tokens[x.token].Penn, whom, string(h))
	}
}

// clauseLink tells how the clause in which token i stands hangs on which word, "root" for the main one.
func (s *sentence) clauseLink(i int) string {
	for n := 0; n < 30 && s.tokens[i].Head >= 0; n++ {
		h := s.tokens[i].Head
		switch rel := s.tokens[i].Relation; base(rel) {
		case "acl", "advcl", "ccomp", "xcomp", "parataxis":
			return rel + " " + s.lemma(h)
		}
		i = h
	}
	return "root"
}

// costOfWar tells that what token i counts is what a whole war cost, of which none of the claims tells: "a war that has cost
// 50,000 lives".
func (r *reading) costOfWar(s *sentence, i int, claims ...*claim) bool {
	for n := 0; n < 10 && s.tokens[i].Head >= 0; n++ {
		h := s.tokens[i].Head
		if s.tokens[i].Relation == "acl:relcl" {
			return r.coder.lexicon.classes["warfare"][s.lemma(h)] && !slices.ContainsFunc(claims, func(c *claim) bool { return c.token == h })
		}
		i = h
	}
	return false
}

// sinceWhen tells that the verb over token i says since when, or that it counts all so far: "has killed 900 people since
// May". That is no toll of one act.
func (s *sentence) sinceWhen(i int) bool {
	for n := 0; n < 10 && i >= 0; n++ {
		for _, ch := range s.children[i] {
			for _, c := range s.children[ch] {
				if s.lows[c] == "since" {
					return true
				}
			}
			if s.lows[ch] == "since" || s.lows[ch] == "altogether" || s.lows[ch] == "far" && ch > 0 && s.lows[ch-1] == "so" {
				return true
			}
		}
		if s.verbal(i) {
			return false
		}
		i = s.tokens[i].Head
	}
	return false
}

// costlyTelling is where a sentence tells an incident that may cost lives.
type costlyTelling struct {
	of    *claim
	token int
}

// costlyIn gives where sentence s tells incidents that may cost lives.
func (r *reading) costlyIn(s *sentence) []costlyTelling {
	if r.costly == nil {
		r.costly = make([][]costlyTelling, len(r.sentences))
		for _, x := range r.claims {
			if !x.costs() {
				continue
			}
			for _, p := range x.parts() {
				r.costly[p.s.index] = append(r.costly[p.s.index], costlyTelling{x, p.token})
			}
		}
	}
	return r.costly[s.index]
}

// rivalsIn gives where sentence s tells acts that may cost lives, other than incident c.
func (r *reading) rivalsIn(s *sentence, c *claim) (out []int) {
	for _, t := range r.costlyIn(s) {
		if t.of != c {
			out = append(out, t.token)
		}
	}
	return out
}

// ownLoss tells that token i tells what incident c answers: an act against those who did it, or a loss that they avenge. In
// "Israel bombed Gaza after Hamas killed two soldiers" it is not the bombing that cost two.
func (r *reading) ownLoss(s *sentence, i int, c *claim) bool {
	against := false
	for _, t := range r.costlyIn(s) {
		switch {
		case t.token != i:
		case t.of == c:
			return false
		case overlapsSide(t.of.targets, c.initiators):
			against = true
		}
	}
	return against || r.avenged(s, i)
}

// avenged tells that token i tells what something is done in revenge for: "in retaliation for the deaths of two soldiers", "for an attack that
// killed two".
func (r *reading) avenged(s *sentence, i int) bool { return r.avengedBy(s, i) >= 0 }

// avengedBy gives the word for revenge, -1 for none.
func (r *reading) avengedBy(s *sentence, i int) int {
	for n := 0; i >= 0 && n < 5; n++ {
		h := s.tokens[i].Head
		switch base(s.tokens[i].Relation) {
		case "nmod", "obl", "obj":
			if h >= 0 && r.coder.is("reprisal", s.lemma(h)) {
				return h
			}
		case "acl", "nummod":
		default:
			return -1
		}
		i = h
	}
	return -1
}

// tollsAround adds the dead and wounded counted in the sentences around one that tells incident c.
func (r *reading) tollsAround(o *tollOptions, c, p *claim, h harm) {
	at := p.s.index
	for k := max(0, at-tollsBack); k <= min(at+tollsAhead, len(r.sentences)-1); k++ {
		if k == at {
			continue
		}
		s := r.sentences[k]
		in := r.countedIn(s)
		if len(in.fatalities) == 0 {
			continue
		}
		apart, source := apartOf(k-at), "behind"
		if k < at {
			source = "before"
		}
		between := 0
		for j := min(k, at); j <= max(k, at); j++ {
			if j != at {
				between += len(r.rivalsIn(r.sentences[j], c))
			}
		}
		here := len(r.rivalsIn(s, c))
		for i := range in.fatalities {
			x := &in.fatalities[i]
			t := h.of(x.killed, x.injured)
			if t == nil {
				continue
			}
			whom := stricken(c, x.victims)
			f := o.toll(t, source)
			f.Add("around", apart, c.event.Name)
			f.Add("around-between", source, strconv.Itoa(min(between, 3)), strconv.Itoa(min(here, 2)))
			f.Add("around-whom", source, whom, strconv.Itoa(min(here, 2)))
			f.Add("around-word", s.lemma(x.token), source, string(h))
			f.Add("around-block", yes(s.Block == p.s.Block), apart)
			f.Add("around-tense", s.tense(x.token), p.s.tense(p.token))
			f.Add("around-place", yes(r.happensIn(s, c)), source)
			f.Add("around-past", yes(c.historical), source)
		}
	}
}

// apartOf puts how many sentences on another is in a word.
func apartOf(n int) string {
	switch {
	case n <= 5:
		return strconv.Itoa(n)
	case n <= 10:
		return "some"
	}
	return "far"
}

// tollContext tells of each option where it comes from and how many it counts, beside what is known of incident c.
func (r *reading) tollContext(o *tollOptions, c *claim, h harm, rule string) {
	s, kind, lemma := c.s, c.event.Name, c.s.lemma(c.token)
	aimed, definite, rivals := "nobody", yes(s.nominal(c.token) && s.definite(c.token)), strconv.Itoa(min(len(r.rivalsIn(s, c)), 3))
	if len(c.targets) > 0 {
		aimed = string(c.targets[0].kind)
	}
	for k := range o.list {
		x := &o.list[k]
		f := x.features
		from, size := x.from(), sizeOf(x.value)
		f.Add("from", from, string(h))
		f.Add("from-kind", from, kind, string(h))
		f.Add("from-rule", from, rule, string(h))
		f.Add("from-past", from, yes(c.historical), rule)
		f.Add("from-definite", from, definite, rule)
		f.Add("from-rivals", from, rivals, rule)
		f.Add("size", size, string(h), kind)
		f.Add("size-past", size, yes(c.historical))
		f.Add("size-aimed", size, aimed)
		for _, source := range x.sources {
			f.Add("source", source, string(h), kind)
			f.Add("source-word", source, lemma, string(h))
			f.Add("source-rule", source, rule, size)
			f.Add("source-size", source, size, string(h))
			f.Add("source-aimed", source, aimed, string(h))
			f.Add("source-definite", source, definite, string(h))
			f.Add("source-depth", source, r.depth(s), rule)
			f.Add("source-options", source, strconv.Itoa(min(len(o.list), 6)))
		}
	}
}

// sizeOf tells in a word how many a toll counts.
func sizeOf(t *schema.Toll) string {
	if t == nil {
		return "none"
	}
	bound := ""
	if t.Max == nil {
		bound = " or more"
	}
	switch {
	case t.Min <= 3:
		return strconv.Itoa(t.Min) + bound
	case t.Min < 10:
		return "few" + bound
	case t.Min < 50:
		return "tens" + bound
	case t.Min < 200:
		return "many" + bound
	case t.Min < 5000:
		return "hundreds" + bound
	}
	return "war" + bound
}

// tollText writes a toll, "none" for nil: "11", "90+", "3-5".
func tollText(t *schema.Toll) string {
	switch {
	case t == nil:
		return "none"
	case t.Max == nil:
		return strconv.Itoa(t.Min) + "+"
	case *t.Max == t.Min:
		return strconv.Itoa(t.Min)
	}
	return fmt.Sprintf("%d-%d", t.Min, *t.Max)
}

// nearToll is how much larger a count may be than that of a reader, or smaller, that stands in for it.
const nearToll = 1.25

// tollFits tells whether a toll is that which a reader counts, nil for none, by their lower bounds.
func tollFits(t *schema.Toll, gold *AnnotatedToll) fit {
	if t == nil || gold == nil || gold.Min == nil {
		if t == nil && gold == nil {
			return rightOption
		}
		return wrongOption
	}
	ours, theirs := float64(t.Min), float64(*gold.Min)
	switch {
	case ours == theirs:
		return rightOption
	case ours <= theirs*nearToll && theirs <= ours*nearToll:
		return nearOption
	}
	return wrongOption
}

// settleTolls gives the incidents the tolls that the choice of tolls says.
func (r *reading) settleTolls() {
	if r.coder.tolls == nil {
		return
	}
	dead := settleBy(r, r.coder.tolls, leaveToll, string(killed), func(c *claim) []option[*schema.Toll] { return r.tollsOf(c, killed) }, tollText)
	hurt := settleBy(r, r.coder.tolls, leaveToll, string(injured), func(c *claim) []option[*schema.Toll] { return r.tollsOf(c, injured) }, tollText)
	for i, c := range r.claims {
		c.killed, c.injured = dead[i], hurt[i]
	}
}
