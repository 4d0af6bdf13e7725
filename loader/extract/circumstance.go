package extract

import (
	"strings"
	"time"

	"incidentgraph/loader/gazetteer"
	"incidentgraph/schema"
)

// historicalAfter is how long before publication an act is background, not news
// (GUIDE: "background older than about a month").
const historicalAfter = 45 * 24 * time.Hour

// date finds when claim c happened: an expression of time in its own clause, else in the
// clauses above it, else the only one of the sentence, else the day of publication.
func (r *reading) date(c *claim) {
	all := r.times(c.s)
	var best *moment
	bestDistance := 1 << 20
	for k := range all {
		m := &all[k]
		if m.since && len(all) > 1 {
			continue
		}
		d := r.timeDistance(c, m)
		for _, o := range c.others {
			if o.s == c.s {
				d = min(d, r.timeDistance(o, m))
			}
		}
		if d < bestDistance {
			best, bestDistance = m, d
		}
	}
	switch {
	case best != nil && bestDistance < 100 && !best.future:
		c.when = best
	case best != nil && best.future && c.event.Name != "AGREE" && bestDistance < 10:
		c.when = nil
	}
	if c.when != nil && c.when.event > 0 {
		// "hours before the meeting": the day of that meeting, told before.
		for k := c.order - 1; k >= 0; k-- {
			o := r.claims[k]
			if o.s.lemma(o.token) == c.s.lemma(c.when.event) && o.when != nil && o.when.day > 0 {
				m := *o.when
				m.first, m.last = c.when.first, c.when.last
				c.when = &m
				break
			}
		}
	}
	if c.when != nil && !r.published.IsZero() {
		last := time.Date(c.when.year, 12, 31, 0, 0, 0, 0, time.UTC)
		if c.when.month > 0 {
			last = time.Date(c.when.year, time.Month(c.when.month)+1, 0, 0, 0, 0, 0, time.UTC)
		}
		if c.when.day > 0 {
			last = time.Date(c.when.year, time.Month(c.when.month), c.when.day, 0, 0, 0, 0, time.UTC)
		}
		c.historical = r.published.Sub(last) > historicalAfter
		if c.when.since {
			c.historical = true
		}
	}
	if c.when == nil && r.background(c) {
		c.historical = true
		return
	}
	if c.when == nil && !r.published.IsZero() && !c.reference {
		m := r.currentDay(c)
		c.when = &m
	}
}

// currentDay is when what has no date of its own happened: the day the story last spoke of,
// when that was a few sentences ago and at most two days before publication, else the day of publication.
func (r *reading) currentDay(c *claim) moment {
	for k := c.order - 1; k >= 0; k-- {
		o := r.claims[k]
		if o.vagueTime() || o.historical || o.when.day == 0 {
			continue
		}
		day := time.Date(o.when.year, time.Month(o.when.month), o.when.day, 0, 0, 0, 0, time.UTC)
		if gap := r.published.Sub(day); gap >= 0 && gap <= 48*time.Hour && c.s.number-o.s.number <= 6 {
			return dayMoment(day)
		}
	}
	if c.event.Name == "ASSAULT" || c.event.Name == "COERCE" || c.event.Name == "PROTEST" {
		return r.mainDay()
	}
	return dayMoment(r.published)
}

// mainDay is the day of the week before publication that the article names most often,
// at least twice; else the day of publication.
func (r *reading) mainDay() moment {
	if r.main != nil {
		return *r.main
	}
	count := map[string]int{}
	best := dayMoment(r.published)
	most := 1
	for _, s := range r.sentences {
		for _, m := range r.times(s) {
			if m.day == 0 || m.weak || m.future || m.since {
				continue
			}
			day := time.Date(m.year, time.Month(m.month), m.day, 0, 0, 0, 0, time.UTC)
			if gap := r.published.Sub(day); gap < 0 || gap > 7*24*time.Hour {
				continue
			}
			count[m.String()]++
			if count[m.String()] > most {
				best, most = dayMoment(day), count[m.String()]
			}
		}
	}
	r.main = &best
	return best
}

// times gives the expressions of time in a sentence.
func (r *reading) times(s *sentence) []moment {
	if s.times == nil {
		all := moments(s.tokens, r.published)
		s.times = &all
	}
	return *s.times
}

// background tells that the clause speaks of a time before the news without a date.
func (r *reading) background(c *claim) bool {
	for _, t := range c.s.tokens {
		switch strings.ToLower(t.Text) {
		case "decades", "decade", "century", "historically", "1980s", "1990s", "1970s", "1960s":
			return true
		}
	}
	return false
}

// timeDistance is how far the expression m hangs from the claim's trigger in the parse:
// 0 in its own clause, more with each clause between; 100 and more when it belongs to another act.
func (r *reading) timeDistance(c *claim, m *moment) int {
	s := c.s
	head := m.first
	for i := m.first; i < m.last; i++ {
		if h := s.tokens[i].Head; h < m.first || h >= m.last {
			head = i
			break
		}
	}
	// Where does the expression hang?
	anchor := s.tokens[head].Head
	depth := 0
	for n := 0; anchor >= 0 && n < 30; n++ {
		if anchor == c.token {
			return depth
		}
		if s.verbal(anchor) {
			break
		}
		anchor = s.tokens[anchor].Head
		depth++
	}
	if anchor < 0 {
		return 50
	}
	// The trigger hangs under the verb with the date, or the other way round.
	j, clauses := c.token, 0
	for n := 0; j >= 0 && n < 30; n++ {
		if j == anchor {
			if clauses > 0 && r.coder.saying(s, anchor) {
				if verbalType(c.event.Name) {
					return 8 + clauses
				}
				return 30 + clauses
			}
			return 2 + clauses
		}
		switch base(s.tokens[j].Relation) {
		case "ccomp", "advcl", "acl", "parataxis", "conj", "xcomp":
			clauses++
		}
		j = s.tokens[j].Head
	}
	if s.under(anchor, c.token) {
		return 12
	}
	return 40
}

// verbalType tells that the act is one of words, so that the day of saying is its day.
func verbalType(name string) bool {
	t, _ := schema.EventTypeByName(name)
	return t.Quad == schema.VerbalConflict || t.Quad == schema.VerbalCooperation
}

// locate finds where claim c happened: the most specific place of its own clause, else of
// the sentence, else the state of the target for an act that is done on the spot.
func (r *reading) locate(c *claim) {
	var best *mention
	bestScore := -1000
	for _, m := range c.s.mentions {
		place := r.placeOf(m)
		if place == nil {
			continue
		}
		score := 0
		if m.last < len(c.s.tokens) && c.s.tokens[m.last].Penn == "POS" {
			continue
		}
		if m.locative {
			score += 20
		} else if m.shape == modifier && m.place != nil && m.last < len(c.s.tokens) && r.coder.lexicon.classes["venue"][c.s.lemma(m.last)] {
			score += 26 // "the Davos summit", "Ahvaz oilfield"
		} else if m.kind == schema.State || m.shape == modifier {
			continue
		} else if m.inner {
			score -= 10
		}
		if !c.near(m.head) {
			score -= 25
		}
		distance := m.head - c.token
		if distance < 0 {
			distance = -distance + 3
		}
		score -= distance / 2
		switch place.Kind {
		case gazetteer.CityPlace, gazetteer.SitePlace:
			score += 6
		case gazetteer.RegionPlace, gazetteer.LandPlace, gazetteer.WaterPlace:
			score += 4
		}
		p := ""
		if m.first > 0 {
			p = strings.ToLower(c.s.tokens[m.first-1].Text)
		}
		switch p {
		case "of", "to", "from":
			score -= 10
			if c.event.Name == "CONSULT" && p == "to" {
				score += 10
			}
		}
		if score > bestScore {
			best, bestScore = m, score
		}
	}
	if best != nil && (bestScore > -8 || bestScore > -20 && c.event.Name == "ASSAULT") {
		c.place = r.placeOf(best)
		return
	}
}

// somewhere gives an act that is done on the spot, and whose place the text does not tell, the
// state it must have happened in: that of those it was done to, else the one the article is about.
func (r *reading) somewhere(c *claim) {
	if c.place != nil {
		return
	}
	if c.event.Name == "ASSAULT" || c.event.Name == "COERCE" && len(c.targets) > 0 || c.event.Name == "PROTEST" {
		for _, list := range [][]*actor{c.targets, c.initiators} {
			if c.event.Name == "ASSAULT" && len(c.targets) == 0 {
				break
			}
			for _, a := range list {
				if a.country != "" {
					if ps := r.coder.statePlace(a.country); len(ps) > 0 {
						c.place = &gazetteer.PlaceChoice{Place: ps[0], Confidence: 0.4, Reason: "target"}
						return
					}
				}
			}
			if len(list) > 0 {
				break
			}
		}
	}
	if c.place == nil && c.event.Name == "ASSAULT" && len(c.initiators)+len(c.targets) > 0 {
		// Where the fight is that the article tells: the state most spoken of that is not the attacker's.
		best, weight := "", 0.25
		for code, w := range r.weights {
			own := false
			for _, a := range c.initiators {
				own = own || a.country == code
			}
			if !own && (w > weight || w == weight && code < best) {
				best, weight = code, w
			}
		}
		if ps := r.coder.statePlace(best); best != "" && len(ps) > 0 {
			c.place = &gazetteer.PlaceChoice{Place: ps[0], Confidence: 0.3, Reason: "target"}
		}
	}
}

// near tells that token j belongs to the clause of any word that tells the act in its sentence.
func (c *claim) near(j int) bool {
	if c.s.near(j, c.token) {
		return true
	}
	for _, o := range c.others {
		if o.s == c.s && c.s.near(j, o.token) {
			return true
		}
	}
	return false
}

// placeOf gives the place a mention means, for states their own.
func (r *reading) placeOf(m *mention) *gazetteer.PlaceChoice {
	if m.place != nil {
		return m.place
	}
	if len(m.actors) == 1 && m.actors[0].kind == schema.State && m.shape == named && m.form != gazetteer.Seat {
		if ps := r.coder.statePlace(m.actors[0].key); len(ps) > 0 {
			return &gazetteer.PlaceChoice{Place: ps[0], Confidence: 0.9, Reason: "state"}
		}
	}
	return nil
}

// judge gives the claim its status from who says it.
func (r *reading) judge(c *claim) {
	if len(c.reality.sayer) > 0 {
		c.attributed = c.reality.sayer[0]
	}
	says := func(list []*actor) bool {
		for _, a := range c.reality.sayer {
			for _, b := range list {
				if sameSide(a, b) || a.person && a.country != "" && a.country == b.country && b.kind != schema.Civilians {
					return true
				}
			}
		}
		return false
	}
	material := !verbalType(c.event.Name)
	switch c.reality.class {
	case "denied":
		c.status = schema.Denied
	case "claimed":
		if len(c.initiators) == 0 && c.reality.owned && len(c.reality.sayer) > 0 {
			c.initiators = c.reality.sayer // who claims an attack made it
		}
		if says(c.initiators) || len(c.initiators) == 0 {
			c.status = schema.Claimed
		} else if material {
			c.status = schema.Alleged
		}
	case "alleged":
		c.status = schema.Alleged
	case "reported":
		if c.event.Quad == schema.MaterialConflict {
			switch by, of := says(c.initiators), says(c.targets); {
			case by && !of:
				c.status = schema.Claimed
			case of && !by && len(c.initiators) > 0:
				c.status = schema.Alleged // one side says so of the other
			}
		}
	}
	for _, ch := range c.s.children[c.token] {
		if strings.EqualFold(c.s.tokens[ch].Text, "allegedly") {
			c.status = schema.Alleged
		}
	}
}

// casualties adds the dead and wounded that a sentence counts to the attack they belong to:
// one of the same sentence, else the last one told before.
func (r *reading) casualties() {
	var last *claim
	k := 0
	for _, s := range r.sentences {
		var here []*claim
		for k < len(r.claims) && r.claims[k].s == s {
			if r.claims[k].event.Name == "ASSAULT" {
				here = append(here, r.claims[k])
			}
			k++
		}
		for _, f := range r.deaths(s) {
			owner := nearestClaim(here, f.token)
			if owner != nil && (len(owner.targets) == 0 || owner.weak) {
				// "soldiers died in fighting with rebels": who died is who was hit.
				var victims []*actor
				for _, a := range f.victims {
					if !containsActor(owner.initiators, a) && a.kind != schema.OtherActor {
						victims = append(victims, a)
					}
				}
				if len(victims) > 0 {
					owner.targets, owner.weak = victims, false
				}
			}
			if owner == nil {
				owner = last
				if owner == nil || s.number-owner.s.number > 4 || owner.historical {
					continue
				}
				owner.others = append(owner.others, &claim{s: s, token: f.token, event: owner.event, trigger: owner.trigger})
			}
			if f.killed != nil && (owner.killed == nil || owner.s != s && owner.killed.Min < f.killed.Min) {
				owner.killed = f.killed
			}
			if f.injured != nil && (owner.injured == nil || owner.s != s && owner.injured.Min < f.injured.Min) {
				owner.injured = f.injured
			}
		}
		if len(here) > 0 {
			last = here[len(here)-1]
		}
	}
}

// woundedAt tells that noun i is qualified as hurt: "wounded civilians".
func (s *sentence) woundedAt(i int) bool {
	for _, c := range s.children[i] {
		if base(s.tokens[c].Relation) == "amod" || s.tokens[c].Relation == "compound" {
			switch s.lemma(c) {
			case "wound", "wounded", "injure", "injured", "hurt":
				return true
			}
		}
	}
	return false
}

// countedDead reads the count that a toll is put at: "the death toll rose to 52", "the number
// of people killed has risen to 52", "put the number of dead at 200 or more".
func (r *reading) countedDead(s *sentence, i int) *fatality {
	l := s.lemma(i)
	if l != "toll" && l != "number" && l != "count" {
		return nil
	}
	injured := false
	about := l == "toll"
	for j := i - 2; j < i+8 && j < len(s.tokens); j++ {
		if j < 0 {
			continue
		}
		switch s.lemma(j) {
		case "dead", "kill", "death", "fatality":
			about = true
		case "wound", "wounded", "injure", "injured":
			about, injured = true, true
		}
	}
	v := s.tokens[i].Head
	if !about || v < 0 || !r.coder.lexicon.classes["rise"][s.lemma(v)] {
		return nil
	}
	for _, sl := range s.slots(v) {
		if sl.name != "to" && sl.name != "at" && sl.name != "obj" || sl.token == i {
			continue
		}
		n := s.countAt(sl.token)
		if n == nil {
			continue
		}
		if strings.EqualFold(s.textOr(sl.token+1), "or") && strings.EqualFold(s.textOr(sl.token+2), "more") {
			n = atLeast(n.Min)
		}
		if injured {
			return &fatality{token: i, injured: n}
		}
		return &fatality{token: i, killed: n}
	}
	return nil
}

// none tells that "no" stands before noun i or before the noun it is coordinated with.
func (s *sentence) none(i int) bool {
	for n := 0; n < 4; n++ {
		for _, c := range s.children[i] {
			if s.tokens[c].Relation == "det" && strings.EqualFold(s.tokens[c].Text, "no") {
				return true
			}
		}
		if s.tokens[i].Relation != "conj" || s.tokens[i].Head < 0 {
			return false
		}
		i = s.tokens[i].Head
	}
	return false
}

func nearestClaim(list []*claim, token int) *claim {
	var best *claim
	for _, c := range list {
		if best == nil || abs(c.token-token) < abs(best.token-token) {
			best = c
		}
	}
	return best
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// fatality is a count of people killed or injured, and the word that tells it.
type fatality struct {
	token           int
	killed, injured *schema.Toll
	victims         []*actor
}

// deaths finds the counts of dead and wounded in a sentence by the entries of casualties.txt.
func (r *reading) deaths(s *sentence) []fatality {
	var out []fatality
	for i := range s.tokens {
		if f := r.countedDead(s, i); f != nil {
			out = append(out, *f)
			continue
		}
		for k := range r.coder.lexicon.casualties[s.lemma(i)] {
			t := &r.coder.lexicon.casualties[s.lemma(i)][k]
			if !posFits(s, i, t.pos) || !r.coder.holds(s, i, t) {
				continue
			}
			if real := r.coder.realityOf(s, i, nil); real.unreal != "" && !strings.HasPrefix(real.unreal, "negated") {
				break
			}
			f := fatality{token: i}
			count := func(names []string) *schema.Toll {
				for _, name := range names {
					if name == "self" {
						if n := s.countAt(i); n != nil {
							return n
						}
						continue
					}
					for _, sl := range r.coder.argumentSlots(s, i) {
						if sl.name != name {
							continue
						}
						var sum *schema.Toll
						for _, t := range s.conjuncts(sl.token) {
							if !r.people(s, t) {
								continue
							}
							if s.woundedAt(t) {
								// "killed 11 soldiers and wounded 22": read as one list, it is two counts
								f.injured = addTolls(f.injured, s.countAt(t))
								continue
							}
							sum = addTolls(sum, s.countAt(t))
						}
						for _, a := range r.coder.who(s, sl.token, false) {
							f.victims = appendActor(f.victims, a)
						}
						if sum != nil {
							return sum
						}
					}
				}
				return nil
			}
			f.killed = count(t.frame.kill)
			if injured := count(t.frame.injure); injured != nil {
				f.injured = injured
			}
			if t.pos == 'n' && s.none(i) {
				// "no deaths or injuries were reported"
				if len(t.frame.kill) > 0 {
					f.killed = exactly(0)
				}
				if len(t.frame.injure) > 0 {
					f.injured = exactly(0)
				}
			}
			if f.killed != nil || f.injured != nil {
				out = append(out, f)
			}
			break
		}
	}
	return out
}
