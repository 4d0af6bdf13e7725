package extract

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"incidentgraph/loader/extract/classify"
)

// WithDays gives the same coder with another choice of days, nil to leave them to the rules.
func (c *Coder) WithDays(by *classify.Choice) *Coder {
	out := *c
	out.calendar = by
	return &out
}

// dayOptions are the times that an incident may have: days, or months and years where no more is told.
type dayOptions struct{ options[*moment] }

// at adds a time from a source, nil for none.
func (o *dayOptions) at(m *moment, source string) *classify.Features {
	return o.add(dateOf(m), m, source).features
}

// How far from an act the times are looked for when it may have happened, in sentences.
const (
	timesBack  = 6
	timesAhead = 2
)

// daysOf gives the times when incident c may have happened.
func (r *reading) daysOf(c *claim) []option[*moment] {
	o := &dayOptions{options[*moment]{r: r, index: map[string]int{}}}
	how, kind := manner(c), c.event.Name
	o.at(nil, "none")
	parts := c.parts()
	own := 0
	for n, p := range parts[:min(len(parts), partsAsked)] {
		own += r.ownDays(o, p, n, how, kind)
		if n > 0 && p.when != nil {
			o.at(p.when, "part").Add("part", how)
		}
	}
	for _, p := range parts[:min(len(parts), 2)] {
		r.daysAround(o, p, how, kind)
	}
	by := datedBy(c)
	rule := o.at(c.when, ruleSource+by)
	rule.Add("rule", by, kind)
	rule.Add("rule-how", by, how, c.s.tense(c.token))
	if c.when != nil {
		rule.Add("rule-flags", by, strings.Join(c.when.flags(), ","), how)
		rule.Add("rule-age", by, r.age(c.when), how)
		rule.Add("rule-grain", by, c.when.grain(), kind)
	}
	if !r.published.IsZero() {
		today, yesterday := dayMoment(r.published), dayMoment(r.published.AddDate(0, 0, -1))
		main := r.mainDay()
		o.at(&today, "published").Add("published", kind)
		o.at(&yesterday, "eve").Add("eve", kind)
		o.at(&main, "main").Add("main", kind)
	}
	for _, x := range c.responses[:min(len(c.responses), 2)] {
		if x.when != nil && !c.partedFrom(x) {
			o.at(x.when, "cause").Add("cause", kind, x.event.Name)
		}
	}
	r.beside(c, func(x *claim, step, n int, apart string) {
		if x.when == nil || c.partedFrom(x) || r.dayOfItsOwn(c, x) {
			return
		}
		f := o.at(x.when, "beside")
		f.Add("beside", strconv.Itoa(step*n), how)
		f.Add("beside-apart", strconv.Itoa(step), apart, how, manner(x))
		f.Add("beside-kind", yes(x.event.Name == kind), yes(overlapsSide(x.initiators, c.initiators)), yes(overlapsSide(x.targets, c.targets)), how)
		f.Add("beside-by", datedBy(x), strconv.Itoa(step), how)
	})
	r.dayContext(o, c, by, own)
	for _, m := range r.times(c.s) {
		if m.of > 0 && m.day > 0 && c.parted(m.of) && len(o.list) > 1 {
			// "raided homes a day after bombers struck": on any day but theirs
			o.list = slices.DeleteFunc(o.list, func(x option[*moment]) bool { return dateOf(x.value) == m.String() })
		}
	}
	return o.list
}

// datedBy tells how the rules know the day of a claim.
func datedBy(c *claim) string {
	if c.when == nil {
		return "none"
	}
	return c.dated
}

// ownDays adds the times that the sentence of the n-th telling p of an incident names, and gives how many these are.
func (r *reading) ownDays(o *dayOptions, p *claim, n int, how, kind string) int {
	nth := "first"
	if n > 0 {
		nth = "later"
	}
	s, all := p.s, r.times(p.s)
	many := strconv.Itoa(min(len(all), 3))
	for k := range all {
		m := &all[k]
		if r.remote(p, m) {
			continue
		}
		head := s.headOf(*m)
		before, side := "start", "after"
		if m.first > 0 {
			before = strings.ToLower(s.tokens[m.first-1].Text)
		}
		if m.first < p.token {
			side = "before"
		}
		distance, grain := distanceOf(r.timeDistance(p, m)), m.grain()
		f := o.at(m, "own "+distance)
		f.Add("own", nth, distance, how)
		f.Add("own-many", many, distance, how)
		f.Add("own-kind", distance, kind)
		f.Add("own-grain", distance, grain, how)
		f.Add("own-word", before, how)
		f.Add("own-word-grain", before, grain, distance)
		f.Add("own-last", s.low(m.last-1), how)
		f.Add("own-words", strconv.Itoa(min(abs(m.first-p.token)/3, 8)), side, how)
		f.Add("own-hung", s.tokens[head].Relation, distance, how)
		for _, flag := range m.flags() {
			f.Add("own-flag", flag, how, distance)
			f.Add("own-flag-kind", flag, kind)
		}
		if owner := s.owner(*m); owner >= 0 {
			f.Add("own-owner", s.lemma(owner))
			f.Add("own-owned", yes(owner == p.token), how)
		}
		if h := s.tokens[head].Head; h >= 0 {
			f.Add("own-head", s.lemma(h), yes(h == p.token))
			f.Add("own-head-tag", s.tokens[h].Penn, yes(h == p.token), distance)
		}
		if s.quoted != nil && s.quoted[m.first] != s.quoted[p.token] {
			f.Add("own-quoted", yes(s.quoted[m.first]), how)
		}
		path := s.path(p.token, head)
		if path == nil {
			f.Add("own-path", "far", how)
			continue
		}
		f.Add("own-path", strings.Join(path, " "), how)
		if len(path) <= 2 {
			f.Add("own-path-kind", strings.Join(path, " "), kind)
		}
	}
	return len(all)
}

// distanceOf puts what timeDistance gives in a word.
func distanceOf(d int) string {
	switch {
	case d == 0:
		return "0"
	case d < 3:
		return "1"
	case d < 10:
		return "3"
	case d < ownTime:
		return "10"
	case d < 42:
		return "30"
	case d < otherTime:
		return "42"
	}
	return "other"
}

// grain tells how exact a time is.
func (m moment) grain() string {
	switch {
	case m.month == 0:
		return "year"
	case m.day == 0:
		return "month"
	}
	return "day"
}

// flags tells what marks a time, other than how exact it is.
func (m moment) flags() []string {
	var out []string
	for _, x := range []struct {
		holds bool
		name  string
	}{{m.future, "future"}, {m.since, "since"}, {m.hours, "hours"}, {m.weak, "weak"}, {m.of > 0, "of"}, {m.event > 0, "event"}} {
		if x.holds {
			out = append(out, x.name)
		}
	}
	return out
}

// daysAround adds the times that the sentences around one that tells the act name.
func (r *reading) daysAround(o *dayOptions, p *claim, how, kind string) {
	at := p.s.index
	for k := max(0, at-timesBack); k <= min(at+timesAhead, len(r.sentences)-1); k++ {
		if k == at {
			continue
		}
		apart, source := strconv.Itoa(k-at), "around"
		switch {
		case k > at:
			source = "behind"
		case k == at-1:
			source = "before"
		}
		s := r.sentences[k]
		all := r.times(s)
		for i := range all {
			m := all[i].recalled()
			f := o.at(&m, source)
			f.Add("around", apart, how)
			f.Add("around-kind", yes(k < at), kind)
			f.Add("around-grain", apart, m.grain(), how)
			f.Add("around-block", yes(s.Block == p.s.Block), yes(k < at), m.grain(), how)
			f.Add("around-last", yes(i == len(all)-1), apart)
			f.Add("around-tense", s.tense(all[i].first), p.s.tense(p.token))
			for _, flag := range m.flags() {
				f.Add("around-flag", flag, how)
			}
		}
	}
}

// age tells how long before the news a time is.
func (r *reading) age(m *moment) string {
	if m == nil {
		return "none"
	}
	if r.published.IsZero() {
		return "unknown"
	}
	days := int(r.published.Sub(m.time()).Hours() / 24)
	switch {
	case m.month == 0 && m.year == r.published.Year():
		return "this year"
	case m.day == 0 && m.month == int(r.published.Month()) && m.year == r.published.Year():
		return "this month"
	case days < 0:
		return "ahead"
	case m.day > 0 && days < 2:
		return strconv.Itoa(days)
	case m.day > 0 && days < 8:
		return "week"
	case r.published.Sub(m.end()) < historicalAfter:
		return "month"
	case days < 400:
		return "year"
	case days < 3000:
		return "years"
	}
	return "long ago"
}

// dayContext tells of each option how long ago it is and where it comes from, beside what is known of act c. by is how
// the rules know its day, own how many times its sentence names.
func (r *reading) dayContext(o *dayOptions, c *claim, by string, own int) {
	s, kind, how := c.s, c.event.Name, manner(c)
	counts := r.dayCounts()
	told, depth, past, tense, lemma := strconv.Itoa(min(own, 2)), r.depth(s), yes(c.historical), s.tense(c.token), s.lemma(c.token)
	without := yes(timeless(c))
	quoted := yes(s.quoted != nil && s.quoted[c.token])
	rule := r.age(c.when)
	clause := s.clauseOf(c.token)
	for k := range o.list {
		x := &o.list[k]
		f := x.features
		age, grain := r.age(x.value), "none"
		if x.value != nil {
			grain = x.value.grain()
			f.Add("count", strconv.Itoa(min(counts[x.value.String()], 4)), grain, how)
		}
		from := x.from()
		f.Add("from", from)
		f.Add("from-how", from, how, grain)
		f.Add("from-told", from, told, how)
		f.Add("age", age, grain, how)
		f.Add("age-kind", age, kind)
		f.Add("age-rule", age, by, rule)
		f.Add("age-tense", age, tense, told)
		f.Add("age-lemma", age, lemma)
		f.Add("age-past", age, past, how)
		f.Add("age-depth", age, depth, how)
		f.Add("age-clause", age, clause, tense)
		f.Add("age-timeless", age, without, how)
		f.Add("age-quoted", age, quoted, told, how)
		f.Add("age-noun", age, s.tokens[c.token].Penn, yes(s.nominal(c.token) && s.definite(c.token)), kind)
		for _, source := range x.sources {
			f.Add("source-kind", source, kind, grain)
			f.Add("source-age", source, age, told, how)
			f.Add("source-told", source, told, kind)
			f.Add("source-rule", source, by, kind)
			f.Add("source-depth", source, depth, how)
			f.Add("source-past", source, past, how)
			f.Add("source-tense", source, tense, told)
			f.Add("source-clause", source, clause, told)
			f.Add("source-timeless", source, without, how)
			f.Add("source-quoted", source, quoted, told)
		}
	}
}

// clauseOf tells how the clause of token i hangs on the sentence.
func (s *sentence) clauseOf(i int) string {
	if v := s.verbOver(i); v >= 0 {
		return s.tokens[v].Relation
	}
	return "none"
}

// dayCounts gives how often the article names each time.
func (r *reading) dayCounts() map[string]int {
	if r.dated == nil {
		r.dated = map[string]int{}
		for _, s := range r.sentences {
			for _, m := range r.times(s) {
				r.dated[m.String()]++
			}
		}
	}
	return r.dated
}

// fits tells whether the time is that which a reader gives, "" for none: a day is right for its month as well.
func (m *moment) fits(date string) fit {
	if m == nil || date == "" {
		if m == nil && date == "" {
			return rightOption
		}
		return wrongOption
	}
	ours := m.String()
	switch {
	case strings.HasPrefix(ours, date):
		return rightOption
	case strings.HasPrefix(date, ours), len(ours) > len("2024") && strings.HasPrefix(date, ours[:len("2024-01")]):
		return nearOption
	}
	return wrongOption
}

// settleDays gives the incidents the days that the choice of days says.
func (r *reading) settleDays() {
	if r.coder.calendar == nil {
		return
	}
	for i, m := range settleBy(r, r.coder.calendar, leaveDay, "day", r.daysOf, whenText) {
		c := r.claims[i]
		if dateOf(m) == c.dateText() {
			continue
		}
		c.when = m
		if m != nil && !r.published.IsZero() {
			c.historical = m.since || r.old(*m)
		}
	}
}

// whenText writes a time as a date, "none" for nil.
func whenText(m *moment) string { return cmp.Or(dateOf(m), "none") }
