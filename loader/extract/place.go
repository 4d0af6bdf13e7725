package extract

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"incidentgraph/loader/article"
	"incidentgraph/loader/extract/classify"
	"incidentgraph/loader/gazetteer"
)

// The classes of the model of places: an option is wrong, in the right state, or right.
const (
	wrongPlace = "wrong"
	rightState = "state"
	rightPlace = "right"
)

// stateWorth is what a place in the right state is worth beside the right one.
const stateWorth = 0.5

// PlaceClasses are the classes of the model of places.
func PlaceClasses() []string { return []string{wrongPlace, rightState, rightPlace} }

// WithPlaces gives the same coder with another model of places, nil to leave them to the rules.
func (c *Coder) WithPlaces(m *classify.Model) *Coder {
	out := *c
	out.whereabouts = m
	return &out
}

// option is a place that an incident may have, nil for none, and what is known of it as such.
type option struct {
	place    *gazetteer.PlaceChoice
	spelt    string   // as the text spells it
	sources  []string // where it comes from: "own" sentence, sentences "around", the "rule" ...
	features *classify.Features
}

// options are the places that an incident may have, each once; the first is to have none.
type options struct {
	r     *reading
	list  []option
	index map[string]int
}

// place adds a place from a source, nil for none; spelt is how the text spells it.
func (o *options) place(p *gazetteer.PlaceChoice, spelt, source string) *classify.Features {
	key := ""
	if p != nil {
		key = p.Key
	}
	k, ok := o.index[key]
	if !ok {
		made := option{place: p}
		k = len(o.list)
		o.index[key] = k
		switch {
		case o.r.explain:
			made.features = classify.Named()
		case o.r.lesson != nil:
			made.features = &classify.Features{}
		default:
			made.features = o.r.spare(k)
		}
		o.list = append(o.list, made)
	}
	x := &o.list[k]
	if x.spelt == "" {
		x.spelt = spelt
	}
	if !slices.Contains(x.sources, source) {
		x.sources = append(x.sources, source)
	}
	return x.features
}

// state adds the state of a code, when there is such a place.
func (o *options) state(code, source string) *classify.Features {
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
func (r *reading) placesOf(c *claim) []option {
	o := &options{r: r, index: map[string]int{}}
	how, kind := manner(c), c.event.Name
	o.place(nil, "", "none")
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
	o.place(c.place, "", "rule").Add("rule", c.placedBy(), kind)
	if filed := r.filedAt(); filed != nil {
		o.place(filed, "", "dateline").Add("dateline", kind)
	}
	r.homes(o, c.initiators, "initiator", how, kind)
	r.homes(o, c.targets, "target", how, kind)
	for _, code := range r.sceneStates() {
		o.state(code, "scene")
	}
	for _, x := range c.responses[:min(len(c.responses), 2)] {
		if x.place != nil {
			o.place(x.place, "", "cause").Add("cause", kind, x.event.Name)
		}
	}
	r.beside(c, func(x *claim, step, n int, apart string) {
		if x.place == nil {
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
func (r *reading) ownPlaces(o *options, c, p *claim, n int) (found bool) {
	how, kind, s := manner(c), c.event.Name, p.s
	nth := "first"
	if n > 0 {
		nth = "later"
	}
	for _, m := range s.mentions {
		place := r.placeOf(m)
		if place == nil {
			continue
		}
		clause, marked, grain := p.near(m.head), m.marked(), string(place.Kind)
		found = found || m.locative && clause
		near := yes(clause)
		before, side := "start", "after"
		if m.first > 0 {
			before = strings.ToLower(s.tokens[m.first-1].Text)
		}
		if m.head < p.token {
			side = "before"
		}
		f := o.place(place, m.name, "own")
		f.Add("own", nth, marked, near, how)
		f.Add("own-kind", marked, near, kind)
		f.Add("own-grain", marked, near, grain, how)
		f.Add("own-word", before, near, how)
		f.Add("own-word-kind", before, kind)
		f.Add("own-shape", strconv.Itoa(int(m.shape)), grain, near, how)
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

// placesAround adds the places that the sentences around one that tells the act name.
func (r *reading) placesAround(o *options, p *claim, how string) {
	at := p.s.index
	for k := max(0, at-aroundBack); k <= min(at+aroundAhead, len(r.sentences)-1); k++ {
		if k == at {
			continue
		}
		apart := strconv.Itoa(k - at)
		for _, m := range r.sentences[k].mentions {
			if place := r.placeOf(m); place != nil {
				f := o.place(place, m.name, "around")
				f.Add("around", apart, m.marked(), how)
				f.Add("around-grain", apart, m.marked(), string(place.Kind), how)
			}
		}
	}
}

// homes adds the states of the first on a side, and, for words and meetings, where these are governed from.
func (r *reading) homes(o *options, list []*actor, side, how, kind string) {
	for _, a := range list[:min(len(list), 2)] {
		if a.country == "" {
			continue
		}
		o.state(a.country, side).Add(side, string(a.kind), kind)
		if seat, ok := r.coder.places.Capital(a.country); ok && how == "words" {
			o.place(&gazetteer.PlaceChoice{Place: seat, Confidence: 0.4, Reason: "target"}, "", "seat of "+side).Add("seat of "+side, string(a.kind), kind)
		}
	}
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
func (r *reading) placeContext(o *options, c *claim, own bool) {
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
		if x.place != nil {
			country := x.place.Country
			grain = string(x.place.Kind)
			initiators, targets = "no state", "no state"
			if country != "" {
				initiators, targets = standing(c.initiators, country), standing(c.targets, country)
			}
			here, spoken = quarters(scene[country]), quarters(r.weights[country])
			f.Add("count", strconv.Itoa(min(counts[x.place.Key], 4)), grain, how)
		}
		from := strings.Join(x.sources, "+")
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
func (x *option) fits(g *AnnotatedPlace) string {
	if g == nil || x.place == nil {
		if g == nil && x.place == nil {
			return rightPlace
		}
		return wrongPlace
	}
	if g.Country != "" && g.Country != x.place.Country {
		return wrongPlace
	}
	want := plainName(g.Name)
	for _, name := range []string{plainName(x.place.Name), plainName(x.spelt)} {
		if name != "" && want != "" && (strings.Contains(want, name) || strings.Contains(name, want)) {
			return rightPlace
		}
	}
	if g.Country == "" {
		return wrongPlace
	}
	return rightState
}

// best gives the option that a model chooses, and how likely it is.
func (r *reading) best(m *classify.Model, list []option) (int, float64) {
	features := make([]*classify.Features, len(list))
	for k := range list {
		features[k] = list[k].features
	}
	state, right := slices.Index(m.Classes, rightState), slices.Index(m.Classes, rightPlace)
	top, most := 0, 0.0
	for k, p := range m.All(features, &r.scratch) {
		if v := p[right] + stateWorth*p[state]; v > most {
			top, most = k, v
		}
	}
	return top, most
}

// settlePlaces gives the incidents the places that the model chooses, all from what the rules gave.
func (r *reading) settlePlaces() {
	m := r.coder.whereabouts
	if m == nil {
		return
	}
	r.number()
	places := make([]*gazetteer.PlaceChoice, len(r.claims))
	for i, c := range r.claims {
		list := r.placesOf(c)
		k, p := r.best(m, list)
		places[i] = list[k].place
		if r.explain {
			r.settled = append(r.settled, settled{c, list[k], p, len(list), m.Why(list[k].features, rightPlace, mostReasons)})
		}
	}
	for i, c := range r.claims {
		c.place = places[i]
	}
}

// number tells the claims and their parts where the claim stands among the others.
func (r *reading) number() {
	for i, c := range r.claims {
		for _, p := range c.parts() {
			p.order = i
		}
	}
}

// settled is the place that was chosen for an incident, kept to be explained.
type settled struct {
	claim   *claim
	chosen  option
	likely  float64
	options int
	because []string // the features that speak most for it
}

// explainPlace tells the place of claim c, and why it was chosen.
func (r *reading) explainPlace(w io.Writer, c *claim) {
	for _, x := range r.settled {
		if x.claim != c {
			continue
		}
		name := "none"
		if x.chosen.place != nil {
			name = x.chosen.place.Name
		}
		fmt.Fprintf(w, "    place %s %.2f of %d (%s) because of %s\n", name, x.likely, x.options, strings.Join(x.chosen.sources, ", "), strings.Join(x.because, ", "))
	}
}

// manner tells acts of words from those of deeds.
func manner(c *claim) string {
	if verbalType(c.event.Name) {
		return "words"
	}
	return "deeds"
}

// yes writes what holds or not as a feature.
func yes(holds bool) string { return strconv.FormatBool(holds) }

// tense tells the time of the verb that rules token i: its form, with its auxiliaries.
func (s *sentence) tense(i int) string {
	for n := 0; i >= 0 && n < 30; n++ {
		if s.verbal(i) {
			for _, ch := range s.children[i] {
				if t := s.tokens[ch]; base(t.Relation) == "aux" || t.Relation == "cop" {
					if w := strings.ToLower(t.Text); w != "not" {
						return w + " " + s.tokens[i].Penn
					}
				}
			}
			return s.tokens[i].Penn
		}
		i = s.tokens[i].Head
	}
	return "none"
}

// beside gives do the incidents told next to c: on which side, how many on, and how many sentences apart in a word.
func (r *reading) beside(c *claim, do func(x *claim, step, n int, apart string)) {
	for _, step := range []int{-1, 1} {
		for n := 1; n <= besideReach; n++ {
			k := c.order + step*n
			if k < 0 || k >= len(r.claims) {
				break
			}
			apart := "far"
			if d := abs(r.claims[k].s.index - c.s.index); d < 4 {
				apart = strconv.Itoa(d)
			}
			do(r.claims[k], step, n, apart)
		}
	}
}

// PlaceLesson is a lesson of placing an event: the options, the first of which is none, and which of them the
// rules choose.
type PlaceLesson struct {
	Options []classify.Example
	Rule    int
}

// LearnPlaces gives what the model of places learns from an annotated article.
func (c *Coder) LearnPlaces(doc article.Document, a Annotation) []PlaceLesson {
	l := newLesson(doc, a, &Lessons{})
	l.places = &[]PlaceLesson{}
	c.read(doc, false, l)
	return *l.places
}

// place adds the lessons of the places that the annotated acts may have.
func (l *lesson) place(r *reading) {
	if l.places == nil {
		return
	}
	of := l.gather(r)
	r.place()
	r.answer(func(*claim) bool { return true })
	r.number()
	for _, c := range r.claims {
		var x PlaceLesson
		for k, o := range r.placesOf(c) {
			if slices.Contains(o.sources, "rule") {
				x.Rule = k
			}
			x.Options = append(x.Options, classify.Example{Features: o.features, Class: o.fits(of[c].Place), Weight: 1})
		}
		*l.places = append(*l.places, x)
	}
}

// Untold tells that no reader could place the event.
func (x PlaceLesson) Untold() bool { return x.Options[0].Class == rightPlace }

// Choose gives the option that a model holds for best.
func (x PlaceLesson) Choose(m *classify.Model) int {
	list := make([]option, len(x.Options))
	for k := range list {
		list[k].features = x.Options[k].Features
	}
	k, _ := (&reading{room: &room{}}).best(m, list)
	return k
}
