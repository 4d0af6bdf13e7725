package extract

import (
	"slices"
	"strconv"
	"strings"

	"incidentgraph/loader/extract/classify"
	"incidentgraph/loader/gazetteer"
	"incidentgraph/schema"
)

// WithPlaces gives the same coder with another choice of places, nil to leave them to the rules.
func (c *Coder) WithPlaces(by *classify.Choice) *Coder {
	out := *c
	out.whereabouts = by
	return &out
}

// placing is a place that an incident may have, nil for none, and how the text spells it.
type placing struct {
	place *gazetteer.PlaceChoice
	spelt string
}

// placeOptions are the places that an incident may have.
type placeOptions struct{ options[placing] }

// place adds a place from a source, nil for none; spelt is how the text spells it.
func (o *placeOptions) place(p *gazetteer.PlaceChoice, spelt, source string) *classify.Features {
	key := ""
	if p != nil {
		key = p.Key
	}
	x := o.add(key, placing{place: p}, source)
	if x.value.spelt == "" {
		x.value.spelt = spelt
	}
	return x.features
}

// state adds the state of a code, when there is such a place.
func (o *placeOptions) state(code, source string) *classify.Features {
	ps := o.r.coder.statePlace(code)
	if code == "" || len(ps) == 0 {
		return &classify.Features{}
	}
	return o.place(&gazetteer.PlaceChoice{Place: ps[0], Confidence: 0.4, Reason: "target"}, "", source)
}

// How far from an act the places are looked for where it may have happened, in sentences and in incidents.
const (
	aroundBack  = 5
	aroundAhead = 2
	besideReach = 3
	// partsAsked is how many tellings of an incident are asked for its place.
	partsAsked = 5
)

// sceneShare is the share of the places of an article that makes a state one where an act may
// have happened, spokenShare how much it must be spoken of else.
const (
	sceneShare  = 0.2
	spokenShare = 0.5
)

// placesOf gives the places where incident c may have happened.
func (r *reading) placesOf(c *claim) []option[placing] {
	o := &placeOptions{options[placing]{r: r, index: map[string]int{}}}
	how, kind := manner(c), c.event.Name
	if !r.killedAbroad(c) || r.filedAt() == nil {
		o.place(nil, "", "none")
	}
	own := false
	parts := c.parts()
	for n, p := range parts[:min(len(parts), partsAsked)] {
		own = r.ownPlaces(o, c, p, n) || own
		if n > 0 && p.place != nil {
			o.place(p.place, "", "part").Add("part", p.place.Reason, how)
		}
	}
	for _, p := range parts[:min(len(parts), 2)] {
		r.placesAround(o, p, how)
	}
	rule := o.place(c.place, "", ruleSource+c.placedBy())
	rule.Add("rule", c.placedBy(), kind)
	if c.place != nil {
		rule.Add("rule-why", c.place.Reason, string(c.place.Kind), how)
		rule.Add("rule-own", c.placedBy(), yes(own), how)
		rule.Add("rule-sides", c.placedBy(), standing(c.initiators, c.place.Country), standing(c.targets, c.place.Country), how)
	}
	if filed := r.filedAt(); filed != nil {
		o.place(filed, "", "dateline").Add("dateline", kind)
	}
	land := slices.ContainsFunc(c.s.mentions, r.territory) // whose it is is told
	if kind != "ASSAULT" && !(kind == "CONSULT" && r.guest(c)) {
		r.homes(o, c.initiators, "initiator", how, kind) // who attacks is seldom at home
	}
	if !land && !c.hitsShip() {
		r.homes(o, c.targets, "target", how, kind)
	}
	for _, code := range r.sceneStates() {
		if !r.awayFrom(c, code) {
			o.state(code, "scene")
		}
	}
	for _, x := range c.responses[:min(len(c.responses), 2)] {
		if x.place != nil && !c.partedFrom(x) {
			o.place(x.place, "", "cause").Add("cause", kind, x.event.Name)
		}
	}
	r.beside(c, func(x *claim, step, n int, apart string) {
		if x.place == nil || c.partedFrom(x) {
			return
		}
		f := o.place(x.place, "", "beside")
		f.Add("beside", strconv.Itoa(step*n), how)
		f.Add("beside-apart", strconv.Itoa(step), apart, how, manner(x))
		f.Add("beside-kind", yes(x.event.Name == kind), yes(overlapsSide(x.initiators, c.initiators)), yes(overlapsSide(x.targets, c.targets)), how)
	})
	r.placeContext(o, c, own)
	return o.list
}

// placedBy tells how the rules know the place of a claim.
func (c *claim) placedBy() string {
	if c.place == nil {
		return "none"
	}
	switch c.place.Reason {
	case "target", "dateline", "state":
		return c.place.Reason
	}
	return "told"
}

// marked tells by how clear a preposition a mention is marked as a place.
func (m *mention) marked() string {
	switch {
	case m.near:
		return "near"
	case m.locative:
		return "locative"
	}
	return "no"
}

// ownPlaces adds the places that the sentence of the n-th telling p of incident c names, and
// tells whether one of them is marked as the place of the act.
func (r *reading) ownPlaces(o *placeOptions, c, p *claim, n int) (found bool) {
	how, kind, s := manner(c), c.event.Name, p.s
	nth := "first"
	if n > 0 {
		nth = "later"
	}
	for _, m := range s.mentions {
		place := r.placeOf(m)
		if place == nil || p.parted(m.head) || r.answers(p, m.head) || kind == "CONSULT" && r.onlyDiscussed(s, m) || m.form == gazetteer.Seat && len(m.actors) > 0 && !m.locative && !p.strikes(m) {
			continue // "Pyongyang accused"
		}
		clause, marked, grain := p.near(m.head), m.marked(), string(place.Kind)
		if r.territory(m) {
			clause, marked = true, "locative"
		}
		found = found || marked == "locative" && clause
		near := yes(clause)
		before, side := "start", "after"
		if m.first > 0 {
			before = strings.ToLower(s.tokens[m.first-1].Text)
		}
		if m.head < p.token {
			side = "before"
		}
		source := "own"
		if clause {
			source = "own clause"
		}
		f := o.place(place, m.name, source+" "+marked)
		f.Add("own", nth, marked, near, how)
		f.Add("own-kind", marked, near, kind)
		f.Add("own-grain", marked, near, grain, how)
		f.Add("own-word", before, near, how)
		f.Add("own-word-kind", before, kind)
		f.Add("own-shape", strconv.Itoa(int(m.shape)), grain, near, how)
		f.Add("own-means", yes(len(m.actors) > 0), s.tokens[m.head].Relation, how)
		f.Add("own-words", strconv.Itoa(min(abs(m.head-p.token)/4, 6)), side, how)
		switch {
		case m.last == len(s.tokens):
		case s.tokens[m.last].Penn == "POS":
			f.Add("own-possessive", grain, how)
		case m.shape == modifier:
			f.Add("own-before", r.filler(s, m.last), kind)
			if r.coder.lexicon.classes["venue"][s.lemma(m.last)] {
				f.Add("own-venue", grain, near, how)
			}
		}
		if m.inner {
			f.Add("own-inner", grain, near)
		}
		if r.origin(s, m) {
			f.Add("own-origin", how, kind)
		}
		if r.topical(p, m) {
			f.Add("own-topical", how, near, marked)
		}
		path := s.path(p.token, m.head)
		if path == nil {
			f.Add("own-path", "far", how)
			continue
		}
		f.Add("own-path", strings.Join(path, " "), how)
		if len(path) <= 2 {
			f.Add("own-path-kind", strings.Join(path, " "), kind, grain)
		}
	}
	return found
}

// territory tells that a mention, the adjective of a state or the name of a place, stands before a noun for a part of it where something
// happens: "in Chadian airspace", "near the Syrian border", "outside Erbil airport".
func (r *reading) territory(m *mention) bool {
	s := m.sentence
	if m.shape != modifier || m.last >= len(s.tokens) {
		return false
	}
	land := len(m.actors) == 1 && m.actors[0].kind == schema.State && r.coder.is("stateland", s.lemma(m.last))
	if !land && !(m.place != nil && r.coder.is("venue", s.lemma(m.last))) {
		return false
	}
	switch s.preposition(m.last) {
	case "in", "inside", "over", "into", "on", "within", "near", "at", "outside", "along", "off":
		return true
	}
	return false
}

// onlyDiscussed tells that a place is only what those who meet speak of: Syria in "The two leaders discussed the situation in Syria".
func (r *reading) onlyDiscussed(s *sentence, m *mention) bool {
	n := s.tokens[m.head].Head
	if n < 0 || s.preposition(m.head) != "in" || base(s.tokens[m.head].Relation) != "nmod" || base(s.tokens[n].Relation) != "obj" {
		return false
	}
	v := s.tokens[n].Head
	return v >= 0 && s.nominal(n) && r.coder.is("discussing", s.lemma(v))
}

// guest tells that the article has told shortly before that an initiator of the meeting c went to another state than his own, where he
// still is.
func (r *reading) guest(c *claim) bool {
	// The claims stand in the order of their sentences: those of the sentence itself behind c count as well.
	end := c.order
	for end < len(r.claims) && r.claims[end].s.index == c.s.index {
		end++
	}
	for _, x := range slices.Backward(r.claims[:end]) {
		if c.s.index-x.s.index > aroundBack {
			break
		}
		if x == c || !x.visit() || x.place == nil {
			continue
		}
		for _, a := range x.initiators {
			if containsActor(c.initiators, a) && a.country != "" && a.country != x.place.Country {
				return true
			}
		}
	}
	return false
}

// strikes tells that a place is what the act strikes: "attacked Luanda", "the shelling of Beirut".
func (c *claim) strikes(m *mention) bool {
	s := c.s
	if c.event.Name != "ASSAULT" || s.tokens[m.head].Head != c.token {
		return false
	}
	return base(s.tokens[m.head].Relation) == "obj" || s.preposition(m.head) == "of"
}

// placesAround adds the places that the sentences around one that tells the act name.
func (r *reading) placesAround(o *placeOptions, p *claim, how string) {
	at := p.s.index
	for k := max(0, at-aroundBack); k <= min(at+aroundAhead, len(r.sentences)-1); k++ {
		if k == at {
			continue
		}
		apart := strconv.Itoa(k - at)
		for _, m := range r.sentences[k].mentions {
			if place := r.placeOf(m); place != nil && !(p.event.Name == "CONSULT" && r.onlyDiscussed(r.sentences[k], m)) {
				f := o.place(place, m.name, "around")
				f.Add("around", apart, m.marked(), how)
				f.Add("around-grain", apart, m.marked(), string(place.Kind), how)
			}
		}
	}
}

// homes adds the states of the first on a side, and, for words and meetings, where these are governed from: no envoy
// is there.
func (r *reading) homes(o *placeOptions, list []*actor, side, how, kind string) {
	for _, a := range list[:min(len(list), 2)] {
		if a.country == "" || kind == "ASSAULT" && r.abroad(a) {
			continue
		}
		o.state(a.country, side).Add(side, string(a.kind), kind)
		if seat, ok := r.coder.places.Capital(a.country); ok && how == "words" && !r.coder.officeHas(a.role, "diplomat") {
			o.place(&gazetteer.PlaceChoice{Place: seat, Confidence: 0.4, Reason: "target"}, "", "seat of "+side).Add("seat of "+side, string(a.kind), kind)
		}
	}
}

// abroad tells that an actor is the army of another state than that of the dateline: those who kill "three U.S. soldiers" in a
// report from Baghdad do not do so in the United States.
func (r *reading) abroad(a *actor) bool {
	return a.kind == schema.Military && r.cast.filed != "" && a.country != r.cast.filed
}

// killedAbroad tells that an attack struck an army abroad: then it was at least where it is told.
func (r *reading) killedAbroad(c *claim) bool {
	return c.event.Name == "ASSAULT" && slices.ContainsFunc(c.targets, r.abroad)
}

// awayFrom tells that those whom an attack struck were of an army abroad, and not in its own state.
func (r *reading) awayFrom(c *claim, code string) bool {
	return c.event.Name == "ASSAULT" && slices.ContainsFunc(c.targets, func(a *actor) bool { return a.country == code && r.abroad(a) })
}

// sceneStates gives the states where most happens in the article, in the order of their codes.
func (r *reading) sceneStates() []string {
	if r.stages == nil {
		r.stages = []string{}
		for code, share := range r.scene() {
			if share >= sceneShare || r.weights[code] >= spokenShare {
				r.stages = append(r.stages, code)
			}
		}
		slices.Sort(r.stages)
	}
	return r.stages
}

// placeCounts gives how often the article names each place, once.
func (r *reading) placeCounts() map[string]int {
	if r.placed == nil {
		r.placed = map[string]int{}
		for _, s := range r.sentences {
			for _, m := range s.mentions {
				if m.place != nil {
					r.placed[m.place.Key]++
				}
			}
		}
	}
	return r.placed
}

// standing tells what a side of an act has to do with a state.
func standing(list []*actor, country string) string {
	out := "nobody"
	for _, a := range list {
		switch a.country {
		case "":
			if out == "nobody" {
				out = "stateless"
			}
		case country:
			return "same " + string(a.kind)
		default:
			out = "other"
		}
	}
	return out
}

// placeContext tells of each option what sort of place it is, whose it is, and where it comes
// from, beside what is known of act c. own tells that its sentence marks a place as that of the act.
func (r *reading) placeContext(o *placeOptions, c *claim, own bool) {
	s, kind, how := c.s, c.event.Name, manner(c)
	scene, counts := r.scene(), r.placeCounts()
	quarters := func(share float64) string { return strconv.Itoa(int(share*4 + 0.5)) }
	told, rule, depth, past, tense, lemma := yes(own), c.placedBy(), r.depth(s), yes(c.historical), s.tense(c.token), s.lemma(c.token)
	parts := strconv.Itoa(min(len(c.others), 3))
	for k := range o.list {
		x := &o.list[k]
		f := x.features
		grain := "none"
		initiators, targets, here, spoken := "none", "none", "none", "none"
		if x.value.place != nil {
			country := x.value.place.Country
			grain = string(x.value.place.Kind)
			initiators, targets = "no state", "no state"
			if country != "" {
				initiators, targets = standing(c.initiators, country), standing(c.targets, country)
			}
			here, spoken = quarters(scene[country]), quarters(r.weights[country])
			f.Add("count", strconv.Itoa(min(counts[x.value.place.Key], 4)), grain, how)
		}
		from := x.from()
		f.Add("from", from)
		f.Add("from-how", from, how, grain)
		f.Add("from-told", from, told, how)
		for _, source := range x.sources {
			f.Add("source-kind", source, kind, grain)
			f.Add("source-sides", source, initiators, targets, how)
			f.Add("source-told", source, told, kind)
			f.Add("source-rule", source, rule, kind)
			f.Add("source-depth", source, depth, how)
			f.Add("source-past", source, past, how)
			f.Add("source-tense", source, tense)
		}
		f.Add("grain", grain, kind, told)
		f.Add("grain-parts", grain, parts, how)
		f.Add("sides", initiators, targets, kind)
		f.Add("initiator", initiators, kind, grain)
		f.Add("target", targets, kind, grain)
		f.Add("scene", here, kind)
		f.Add("scene-sides", here, initiators, targets, how)
		f.Add("spoken", spoken, kind)
		f.Add("lemma", lemma, grain)
	}
}

// fits tells whether the place is the one that a reader names, nil for none.
func (x placing) fits(g *AnnotatedPlace) fit {
	if g == nil || x.place == nil {
		if g == nil && x.place == nil {
			return rightOption
		}
		return wrongOption
	}
	if g.Country != "" && g.Country != x.place.Country {
		return wrongOption
	}
	want := plainName(g.Name)
	for _, name := range []string{plainName(x.place.Name), plainName(x.spelt)} {
		if name != "" && want != "" && (strings.Contains(want, name) || strings.Contains(name, want)) {
			return rightOption
		}
	}
	if g.Country == "" {
		return wrongOption
	}
	return nearOption
}

// settlePlaces gives the incidents the places that the choice of places says.
func (r *reading) settlePlaces() {
	if r.coder.whereabouts == nil {
		return
	}
	chosen := settleBy(r, r.coder.whereabouts, leavePlace, "place", r.placesOf, placing.String)
	for i, c := range r.claims {
		c.place = chosen[i].place
	}
}

func (x placing) String() string {
	if x.place == nil {
		return "none"
	}
	return x.place.Name
}
