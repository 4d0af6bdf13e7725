package extract

import (
	"slices"
	"sort"
	"strings"
	"time"

	"incidentgraph/loader/article"
	"incidentgraph/loader/gazetteer"
	"incidentgraph/schema"
)

// historicalAfter is how long before publication an act is background, not news
// (GUIDE: "background older than about a month").
const historicalAfter = 45 * 24 * time.Hour

// How far a moment may hang from the word that tells an act to be its day, see timeDistance.
const (
	ownTime   = 30  // nearer ones are of the act's own clause or one that rules it
	otherTime = 100 // nearer ones are of the sentence, farther ones of something else
)

// currentDays is how near to publication the day of another clause is taken for that of
// an act of the same sentence.
const currentDays = 4

// date finds when claim c happened: an expression of time in its own clause, else in the
// clauses above it, else a recent one of the sentence, else the time of the story it
// goes on with, else the day of publication.
func (r *reading) date(c *claim) {
	best, bestDistance := r.nearestTime(c)
	switch {
	case best != nil && !best.future && r.timely(c, best, bestDistance):
		c.when, c.dated = best, "told"
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
		c.historical = c.when.since || r.old(*c.when)
	}
	if c.when == nil && r.background(c) {
		c.historical = true
		return
	}
	if c.when != nil || c.reference {
		return
	}
	if m, by := r.goesOn(c); by != "" {
		c.when, c.dated = &m, by
		c.historical = !r.published.IsZero() && r.old(m)
		return
	}
	if !r.published.IsZero() && !timeless(c) {
		m, by := r.currentDay(c)
		c.when, c.dated = &m, by
	}
}

// nearestTime gives the expression of time that hangs nearest to the words that tell claim c, nil for none.
func (r *reading) nearestTime(c *claim) (*moment, int) {
	all := r.times(c.s)
	var best *moment
	bestDistance, bestGap := 1<<20, 0
	for k := range all {
		m := &all[k]
		if (m.since || m.future) && len(all) > 1 || r.spokenOf(c, m) || r.remote(c, m) {
			continue
		}
		d, gap := r.timeDistance(c, m), abs(m.first-c.token)
		if m.hours && len(all) > 1 {
			d += 20 // "hours after they struck on Monday": the day itself tells more
		}
		for _, o := range c.others {
			if o.s == c.s {
				d = min(d, r.timeDistance(o, m))
			}
		}
		if d < bestDistance || d == bestDistance && gap < bestGap {
			best, bestDistance, bestGap = m, d, gap
		}
	}
	return best, bestDistance
}

// spokenOf tells that claim c is the words in quotation marks themselves, and moment m a time of which they speak: "the
// aggression of 2003 comes to mind" accuses today. What they say somebody said then has a time of its own.
func (r *reading) spokenOf(c *claim, m *moment) bool {
	s := c.s
	if s.quoted == nil || !s.quoted[c.token] || !s.quoted[m.first] || !verbalType(c.event.Name) || s.speaker == nil || !containsActor(c.initiators, s.speaker) {
		return false
	}
	t := r.coder.find(s, c.token)
	return t == nil || t.kind != c.event.Name || !s.past(c.token)
}

// old tells that a moment is before the news.
func (r *reading) old(m moment) bool { return r.published.Sub(m.end()) > historicalAfter }

// timely tells that a moment at this distance from claim c can be its time.
func (r *reading) timely(c *claim, m *moment, distance int) bool {
	switch {
	case distance < ownTime || distance < ownTime+10 && !verbalType(c.event.Name):
		return true
	case distance >= otherTime:
		return false
	case r.published.IsZero():
		return true
	}
	// Another clause's day is taken when it is about now; the words themselves are of the day they are printed.
	return !verbalType(c.event.Name) && m.day > 0 && r.published.Sub(m.time()) <= currentDays*24*time.Hour
}

// leadLength is how many sentences at the head of an article, the headline with them, tell what is new in it even aside.
const leadLength = 2

// timeless tells that the words give an act no time that the article's day could stand for:
// it is done again and again, lies before what is told, or only says who somebody is ("the
// group, which has fought Turkey").
func timeless(c *claim) bool {
	s, relative := c.s, false
	for _, ch := range s.children[c.token] {
		if t := s.tokens[ch]; base(t.Relation) == "advmod" && habits[strings.ToLower(t.Text)] {
			return true
		}
	}
	if verbalType(c.event.Name) {
		return false
	}
	for i, n := c.token, 0; i >= 0 && n < 30; n++ {
		rel := s.tokens[i].Relation
		relative = relative || rel == "acl:relcl"
		if s.verbal(i) && base(rel) == "acl" && s.index >= leadLength && (relative || s.tokens[i].Penn != "VB") {
			return true // "the militia leading the fight", "groups, armed by Washington"
		}
		if s.verbal(i) {
			if base(rel) == "ccomp" || base(rel) == "parataxis" {
				return false // whose words put everything one step back
			}
			aux := s.child(i, "aux")
			if aux >= 0 && s.lemma(aux) == "have" && base(rel) != "advcl" {
				return relative || s.tokens[aux].Penn == "VBD"
			}
			if aux >= 0 || s.tokens[i].Penn != "VBG" && s.tokens[i].Penn != "VBN" && s.tokens[i].Penn != "VB" {
				return false
			}
		}
		i = s.tokens[i].Head
	}
	return false
}

// past tells that the clause of token i is told in the simple past or the past perfect.
func (s *sentence) past(i int) bool {
	for n := 0; i >= 0 && n < 30; n++ {
		if s.verbal(i) {
			for _, ch := range s.children[i] {
				if t := s.tokens[ch]; base(t.Relation) == "aux" || t.Relation == "cop" {
					return t.Penn == "VBD"
				}
			}
			switch s.tokens[i].Penn {
			case "VBD":
				return true
			case "VBZ", "VBP", "MD":
				return false
			}
		}
		i = s.tokens[i].Head
	}
	return false
}

// storyBack is how many sentences back the time is looked for that a story goes on with.
const storyBack = 3

// goesOn gives the time of the story that c goes on with: the one told last in the
// paragraph, when that is before the news or the article itself has no day. by tells how it is known, "" for not at all.
func (r *reading) goesOn(c *claim) (m moment, by string) {
	if m, ok := r.sameDeed(c); ok {
		return m, "deed"
	}
	m = r.told(c.s, storyBack, true)
	if m.year == 0 {
		return moment{}, ""
	}
	if !r.published.IsZero() {
		old, words := r.old(m), verbalType(c.event.Name)
		// A month that is over is gone on with as what is old; by words only right behind it.
		month := m.month > 0 && m.day == 0 && r.published.After(m.end())
		if !c.s.past(c.token) || !month && (!old || words) || month && words && (c.s.quoted[c.token] || r.told(c.s, 1, true) != m) {
			return moment{}, ""
		}
	}
	return m.recalled(), "story"
}

// deedBack is how many sentences back the deed is looked for that a definite noun means.
const deedBack = 3

// sameDeed gives the time of the deed that claim c is told of by name: "Planes hit the field in
// November. The raid killed eight".
func (r *reading) sameDeed(c *claim) (moment, bool) {
	i := c.token
	if !c.s.nominal(i) {
		if i = c.s.child(c.token, "nsubj", "nsubj:pass"); i < 0 || !c.s.nominal(i) {
			return moment{}, false
		}
	}
	if !c.s.definite(i) {
		return moment{}, false
	}
	t := r.coder.find(c.s, i)
	if t == nil || t.kind == "" || verbalType(t.kind) {
		return moment{}, false
	}
	for k := c.order - 1; k >= 0; k-- {
		o := r.claims[k]
		if o.s == c.s {
			continue
		}
		if c.s.number-o.s.number > deedBack {
			break
		}
		if o.event.Name == t.kind && o.when != nil && !o.vagueTime() {
			return o.when.recalled(), true
		}
	}
	return moment{}, false
}

// told gives the moment that the last sentences before s tell last; in its paragraph only
// where block is set.
func (r *reading) told(s *sentence, back int, block bool) moment {
	at := r.index(s)
	for k := at - 1; k >= 0 && k >= at-back; k-- {
		o := r.sentences[k]
		if block && o.Block != s.Block {
			break
		}
		all := r.times(o)
		for i := len(all) - 1; i >= 0; i-- {
			if m := all[i]; !m.future && !m.since && m.of == 0 && r.aside(o, &m) < 0 && (m.month > 0 || m.first > 0 && o.tokens[m.first-1].Tag == "ADP") && o.owner(m) < 0 {
				return m
			}
		}
	}
	return moment{}
}

// index gives the place of s among the sentences that are read.
func (r *reading) index(s *sentence) int {
	return sort.Search(len(r.sentences), func(k int) bool { return r.sentences[k].number >= s.number })
}

// currentDay is when what has no date of its own happened: the day the story last spoke of,
// when that was a few sentences ago and at most two days before publication, else the day of publication; and how it is known.
func (r *reading) currentDay(c *claim) (moment, string) {
	words := verbalType(c.event.Name)
	if words {
		if m, ok := r.saidOn(c); ok {
			return m, "words"
		}
	}
	for k := c.order - 1; k >= 0; k-- {
		o := r.claims[k]
		if o.vagueTime() || o.historical || o.when.day == 0 || o.when.of > 0 || words && (!verbalType(o.event.Name) || !overlapsSide(c.initiators, o.initiators)) {
			continue
		}
		day := o.when.time()
		if gap := r.published.Sub(day); gap >= 0 && gap <= 72*time.Hour && c.s.number-o.s.number <= 6 {
			return dayMoment(day), "act before"
		}
	}
	if onTheSpot(c.event.Name) {
		return r.mainDay(), "main day"
	}
	return dayMoment(r.published), "published"
}

// saidReach is how many sentences before a quotation the day of the words is looked for.
const saidReach = 6

// saidOn gives the day on which somebody is said to speak whose words go on in the sentence of claim c.
func (r *reading) saidOn(c *claim) (moment, bool) {
	who := c.s.speaker
	if who == nil || !c.s.quoted[c.token] || !containsActor(c.initiators, who) || c.s.heard == "here" {
		return moment{}, false
	}
	at := r.index(c.s)
	for k := at; k >= 0 && k >= at-saidReach; k-- {
		o := r.sentences[k]
		if o.speaker != who {
			continue
		}
		for _, m := range r.times(o) {
			if m.day == 0 || m.weak || m.future || m.since || m.of > 0 || o.quoted != nil && o.quoted[m.first] {
				continue
			}
			if gap := r.published.Sub(m.time()); gap > 0 && gap <= 7*24*time.Hour && r.saysAt(o, m) {
				return dayMoment(m.time()), true
			}
		}
	}
	return moment{}, false
}

// saysAt tells that moment m dates a word of saying: "said on Sunday", "in a statement on Sunday she said".
func (r *reading) saysAt(s *sentence, m moment) bool {
	if s.owner(m) >= 0 {
		return false
	}
	for i, n := s.tokens[s.headOf(m)].Head, 0; i >= 0 && n < 10; n++ {
		if s.verbal(i) {
			return r.coder.saying(s, i)
		}
		i = s.tokens[i].Head
	}
	return false
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
			if m.day == 0 || m.weak || m.future || m.since || m.of > 0 {
				continue
			}
			day := m.time()
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

// onTheSpot tells that an act is done by bodies at a place.
func onTheSpot(name string) bool { return name == "ASSAULT" || name == "COERCE" || name == "PROTEST" }

// times gives the expressions of time in a sentence.
func (r *reading) times(s *sentence) []moment {
	if s.times == nil {
		// An article with a day goes on with a story within a paragraph only; without one, a year holds until the next.
		var told moment
		if r.published.IsZero() {
			told = r.told(s, len(r.sentences), false)
		} else {
			told = r.told(s, storyBack, true)
		}
		all := moments(s.tokens, r.published, told)
		s.times = &all
	}
	return *s.times
}

// background tells that the clause speaks of a time before the news without a date.
func (r *reading) background(c *claim) bool {
	for i := range c.s.tokens {
		switch c.s.low(i) {
		case "decades", "decade", "century", "historically", "1980s", "1990s", "1970s", "1960s":
			if c.near(i) {
				return true
			}
		}
	}
	return false
}

// owner gives the noun that an expression of time stands before as its own ("the 2015 nuclear
// deal", "Saturday's attack"), -1 when it dates the clause.
func (s *sentence) owner(m moment) int {
	head := s.headOf(m)
	if m.first > 0 && s.tokens[m.first-1].Tag == "ADP" && s.tokens[m.first-1].Head >= m.first && s.tokens[m.first-1].Head < m.last {
		return -1
	}
	h := s.tokens[head].Head
	switch base(s.tokens[head].Relation) {
	case "nummod", "compound", "amod", "nmod", "det":
	default:
		if !s.determinedBy(m) {
			return -1
		}
		h = m.last
	}
	if s.opens(m) {
		return -1
	}
	for h >= m.last && s.tokens[h].Relation == "compound" && s.tokens[h].Head > h {
		h = s.tokens[h].Head // "a 2013 US-Russia pact"
	}
	if h < m.last || !s.nominal(h) || !possessed(s, m) && s.tokens[h].Tag == "PROPN" {
		return -1
	}
	switch s.lemma(h) {
	case "night", "morning", "evening", "afternoon", "day", "noon", "week", "weekend", "month", "year", "summer", "winter", "spring", "autumn", "time", "hour":
		return -1
	}
	return h
}

// determinedBy tells that the expression stands between a determiner and a noun, whose own it is wherever the parse hangs
// it: "the December 25, 2011 agreement".
func (s *sentence) determinedBy(m moment) bool {
	return m.first > 0 && m.last < len(s.tokens) && s.tokens[m.first-1].Penn == "DT" && s.tokens[m.last].Penn == "NN"
}

// opens tells that the expression opens the sentence with nothing but a preposition, and so dates
// it wherever the parse hangs it: "On Tuesday hundreds of farmers marched", "By 2003 his men held".
func (s *sentence) opens(m moment) bool {
	if m.first != 1 || possessed(s, m) {
		return false
	}
	switch strings.ToLower(s.tokens[0].Text) {
	case "on", "in", "by":
		return true
	}
	return false
}

func possessed(s *sentence, m moment) bool {
	return m.last < len(s.tokens) && s.tokens[m.last].Penn == "POS"
}

// headOf gives the token of an expression of time that hangs outside it.
func (s *sentence) headOf(m moment) int {
	for i := m.first; i < m.last; i++ {
		if h := s.tokens[i].Head; h < m.first || h >= m.last {
			return i
		}
	}
	return m.first
}

// timeDistance is how far the expression m hangs from the claim's trigger in the parse:
// 0 in its own clause, more with each clause between, ownTime and more when it belongs to
// another clause, otherTime and more when it belongs to another thing.
func (r *reading) timeDistance(c *claim, m *moment) int {
	s := c.s
	if m.of > 0 {
		if c.token == m.of || s.tokens[c.token].Head == m.of && !s.verbal(c.token) {
			return 0
		}
		return otherTime
	}
	head := s.headOf(*m)
	anchor := s.tokens[head].Head
	if o := s.owner(*m); o >= 0 {
		switch h := s.tokens[o].Head; {
		case h == c.token && s.verbal(h) && r.within(s, o, c):
			return 2 // "killed in a 2013 attack"
		case o == c.token || s.under(c.token, o) && !s.verbal(c.token):
			return 0
		case h >= 0 && base(s.tokens[o].Relation) == "nsubj" && r.coder.saying(s, h):
			anchor = h // "today's communique said"
		default:
			return otherTime
		}
	}
	if s.under(c.token, head) {
		return 1 // "the last attack was on March 8"
	}
	// Where does the expression hang?
	depth, own := 0, 0
	for n := 0; anchor >= 0 && n < 30; n++ {
		if anchor == c.token {
			return depth
		}
		if s.tokens[anchor].Head == c.token && r.judged(c, anchor) {
			return 45
		}
		if s.verbal(anchor) && !s.attached(anchor) {
			break
		}
		if anchor < m.first && s.nominal(anchor) && r.claimed(c, anchor) {
			own = 42 // "condemned the raid on Friday": the day of the raid
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
					return max(own, 8+clauses)
				}
				return max(own, ownTime+clauses)
			}
			return max(own, 2+clauses)
		}
		switch base(s.tokens[j].Relation) {
		case "ccomp", "advcl", "acl", "parataxis", "conj", "xcomp":
			clauses++
		}
		j = s.tokens[j].Head
	}
	if s.under(anchor, c.token) {
		return max(own, r.belowDistance(c, anchor))
	}
	return 40
}

// judged tells that the words of claim c are spoken of the deed that is their subject, at token i, whose day is its own:
// "the attack on Saturday was a barbaric act", "the attack in 2018 was condemned".
func (r *reading) judged(c *claim, i int) bool {
	if !verbalType(c.event.Name) || base(c.s.tokens[i].Relation) != "nsubj" {
		return false
	}
	t := r.coder.find(c.s, i)
	return t != nil && t.kind != "" && !verbalType(t.kind)
}

// within tells that noun i names the act of claim c over again, as that in which it was done:
// "killed in the 2013 attack".
func (r *reading) within(s *sentence, i int, c *claim) bool {
	ch := s.child(i, "case")
	if ch < 0 || base(s.tokens[i].Relation) != "obl" {
		return false
	}
	switch s.lemma(ch) {
	case "in", "during", "by":
	default:
		return false
	}
	t := r.coder.find(s, i)
	return t != nil && t.kind == c.event.Name
}

// attached tells that verb v is a participle that says more of the clause it hangs on:
// "met him, flanked by aides, on Tuesday", "a meeting with Kakar, held on Tuesday".
func (s *sentence) attached(v int) bool {
	t := s.tokens[v]
	return t.Relation == "advcl" && (t.Penn == "VBN" || t.Penn == "VBG") && s.child(v, "mark", "aux", "aux:pass", "nsubj", "nsubj:pass") < 0
}

// claimed tells that token i of the sentence of c tells another act.
func (r *reading) claimed(c *claim, i int) bool {
	for _, step := range []int{-1, 1} {
		for k := c.order + step; k >= 0 && k < len(r.claims) && r.claims[k].s == c.s; k += step {
			if r.claims[k].token == i {
				return true
			}
		}
	}
	return false
}

// belowDistance is how far the time of verb v, which hangs under the trigger of claim c, is from c's.
func (r *reading) belowDistance(c *claim, v int) int {
	s := c.s
	words := verbalType(c.event.Name)
	for j, n := v, 0; j != c.token && j >= 0 && n < 30; n++ {
		h := s.tokens[j].Head
		switch rel := base(s.tokens[j].Relation); rel {
		case "ccomp", "parataxis":
			return 45 // the day of what is spoken of
		case "nsubj":
			if r.judged(c, j) {
				return 45
			}
		case "advcl":
			switch mark := s.child(j, "mark"); {
			case !words:
			case mark >= 0 && sameDay[strings.ToLower(s.tokens[mark].Text)], s.hoursBefore(j):
			case mark < 0 && s.child(j, "advmod") >= 0 && sameDay[strings.ToLower(s.tokens[s.child(j, "advmod")].Text)]:
			default:
				return 45
			}
		case "acl":
			relative := s.tokens[j].Relation == "acl:relcl"
			switch {
			case h == c.token: // "a meeting held on Tuesday", "the blast that killed two on Tuesday"
				return 3
			case !words && !relative:
			case base(s.tokens[h].Relation) == "obl" && s.tokens[h].Head == c.token && s.child(h, "case") >= 0 && sameDay[strings.ToLower(s.tokens[s.child(h, "case")].Text)]:
				// "urged it during a meeting held on Tuesday"
			default:
				return 45
			}
		}
		j = h
	}
	return 12
}

// hoursBefore tells that the clause of verb v lies hours or minutes from the one it hangs on.
func (s *sentence) hoursBefore(v int) bool {
	for _, ch := range s.children[v] {
		switch s.lemma(ch) {
		case "hour", "minute", "moment":
			if ch < v {
				return true
			}
		}
	}
	return false
}

// spanned gives the head of the clause or phrase over token i that a stretch of time sets apart from the rest of its sentence: "struck"
// in "they met two days after rebels struck the town", "attack" in "a week after the attack". It gives -1 where none does: "killed after
// rebels struck their convoy" tells one act.
func (s *sentence) spanned(i int) int {
	for n := 0; i >= 0 && n < 30; n++ {
		mark := -1
		switch base(s.tokens[i].Relation) {
		case "advcl":
			mark = s.child(i, "mark")
		case "obl":
			mark = s.child(i, "case")
		}
		if mark > 0 && (s.low(mark) == "after" || s.low(mark) == "before") {
			switch s.lemma(mark - 1) {
			case "hour", "day", "week", "month", "year", "decade":
				return i
			}
		}
		i = s.tokens[i].Head
	}
	return -1
}

// parted tells that a stretch of time sets token i apart from claim c of its sentence.
func (c *claim) parted(i int) bool { return c.s.spanned(i) != c.s.spanned(c.token) }

// answers tells that token i stands in what the attack of claim c is said to avenge: Sderot in "struck Gaza in retaliation for a
// rocket attack on Sderot".
func (r *reading) answers(c *claim, i int) bool {
	if c.event.Name != "ASSAULT" {
		return false
	}
	by := r.avengedBy(c.s, i)
	return by >= 0 && by != c.token && !r.avenged(c.s, c.token)
}

// partedFrom tells that a stretch of time sets two claims of one sentence apart.
func (c *claim) partedFrom(x *claim) bool { return c.s == x.s && c.parted(x.token) }

// aside gives the verb of the clause that says more of somebody, in which moment m stands and which tells of the past: "captured" in
// "they killed Kassig, who was captured in 2013", "held" in "shelled the Golan Heights, held by Israel since 1973". It gives -1 where m
// stands in none. What is told of who did something may well be how he did it: "killed by a man who opened fire".
func (r *reading) aside(s *sentence, m *moment) int {
	if r.published.IsZero() || !r.old(*m) {
		return -1
	}
	since := s.preposition(s.headOf(*m)) == "since"
	for i, n := s.headOf(*m), 0; i >= 0 && n < 30; n++ {
		h := s.tokens[i].Head
		aside := false
		switch base(s.tokens[i].Relation) {
		case "acl":
			aside = since || s.someone(h) && s.preposition(h) != "by"
		case "xcomp", "advcl":
			aside = since && s.tokens[i].Penn == "VBN" // "shot Reza, jailed since 2011"
		}
		if aside && s.verbal(i) && h < i {
			return i
		}
		i = h
	}
	return -1
}

// remote tells that moment m of the sentence of claim c is of another act alone: one that a stretch of time sets apart from c, or one
// told aside of somebody.
func (r *reading) remote(c *claim, m *moment) bool {
	if m.of > 0 && r.timeDistance(c, m) >= otherTime {
		return true
	}
	v := r.aside(c.s, m)
	return v >= 0 && !c.s.under(c.token, v) || r.judgesNow(c, m)
}

// judgesNow tells that claim c tells in the present tense what is thought or asked of what happened at moment m: the launch was on
// Tuesday in "The United States condemns North Korea's launch on Tuesday", and who condemns it does so now.
func (r *reading) judgesNow(c *claim, m *moment) bool {
	s := c.s
	switch c.event.Name {
	case "ACCUSE", "SUPPORT", "REQUEST":
	default:
		return false
	}
	if p := s.tokens[c.token].Penn; p != "VBZ" && p != "VBP" || s.Role == article.Headline || r.published.IsZero() || m.day == 0 {
		return false
	}
	return m.time().Before(r.published.Truncate(24 * time.Hour))
}

// dayOfItsOwn tells that the words which date claim x, told beside c, are of x alone. The day of x may be one told elsewhere.
func (r *reading) dayOfItsOwn(c, x *claim) bool {
	if !slices.Contains(r.times(x.s), *x.when) {
		return false
	}
	if x.s == c.s {
		return r.remote(c, x.when)
	}
	return r.aside(x.s, x.when) >= 0
}

// sameDay are the words that join an act with another of the same time.
var sameDay = map[string]bool{"when": true, "while": true, "as": true, "during": true, "at": true, "in": true, "on": true}

// verbalType tells that the act is one of words, so that the day of saying is its day.
func verbalType(name string) bool {
	t, _ := schema.EventTypeByName(name)
	return t.Quad == schema.VerbalConflict || t.Quad == schema.VerbalCooperation
}

// locate finds where claim c happened: the most specific place of its own clause, else,
// for what is done by bodies and goods, of the sentence.
func (r *reading) locate(c *claim) {
	var best *mention
	bestScore := -1000
	words := verbalType(c.event.Name) && c.event.Name != "CONSULT"
	for _, m := range c.s.mentions {
		place := r.placeOf(m)
		if place == nil || c.parted(m.head) || r.answers(c, m.head) || c.event.Name == "CONSULT" && r.onlyDiscussed(c.s, m) {
			continue
		}
		score := 0
		if m.last < len(c.s.tokens) && c.s.tokens[m.last].Penn == "POS" {
			continue
		}
		visited := c.visit() && visited(c, m)
		if m.locative || r.territory(m) {
			score += 20
		} else if m.shape == modifier && m.place != nil && m.last < len(c.s.tokens) && r.coder.lexicon.classes["venue"][c.s.lemma(m.last)] {
			score += 26 // "the Davos summit", "Ahvaz oilfield"
		} else if visited {
			score += 24
		} else if m.kind == schema.State || m.shape == modifier {
			if c.event.Name != "RETREAT" || m.shape == modifier {
				continue
			}
		} else if m.inner {
			score -= 10
		}
		if words && place.Kind == gazetteer.StatePlace || c.event.Name == "CONSULT" && !c.visit() && r.topical(c, m) {
			score -= 20 // "said of the war in Syria", far from it
		}
		if place.Country == "" && place.Kind == gazetteer.RegionPlace {
			score -= 12 // "the Middle East" is hardly a place
		}
		if c.event.Name != "RETREAT" && r.origin(c.s, m) {
			continue
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
			if c.event.Name == "CONSULT" && p == "to" || c.event.Name == "RETREAT" && p != "to" {
				score += 10
			}
			if c.event.Name == "RETREAT" && p == "from" {
				score += 20
			}
		}
		if score > bestScore {
			best, bestScore = m, score
		}
	}
	least := -8
	if c.event.Name == "CONSULT" {
		least = -15
	}
	if !verbalType(c.event.Name) {
		least = -30
	}
	if best != nil && bestScore > least {
		c.place = r.placeOf(best)
	}
}

// topical tells that mention m hangs on a noun that is none of the words of the meeting c: "discussed
// the deployment near the Strait of Hormuz", "talks on peace in the Middle East".
func (r *reading) topical(c *claim, m *mention) bool {
	for i, n := c.s.tokens[m.head].Head, 0; i >= 0 && n < 10; n++ {
		if i == c.token || c.s.verbal(i) {
			return false
		}
		if c.s.someone(i) {
			i = c.s.tokens[i].Head // "met the minister of Iraq in Canberra", read as the minister in Canberra
			continue
		}
		if ch := c.s.child(i, "case"); ch >= 0 && (c.s.lemma(ch) == "in" || c.s.lemma(ch) == "at") {
			i = c.s.tokens[i].Head // "at a conference in Paris"
			continue
		}
		if c.s.nominal(i) {
			t := r.coder.find(c.s, i)
			return t == nil || t.kind != c.event.Name
		}
		i = c.s.tokens[i].Head
	}
	return false
}

// someone tells that token i stands in a mention of a person or people.
func (s *sentence) someone(i int) bool {
	for _, m := range s.mentionsAt(i) {
		if m.shape != modifier && (m.person || m.noun != nil && m.noun.Class == gazetteer.Folk) {
			return true
		}
	}
	return false
}

// origin tells that mention m only says where somebody is from: "Aksoy, 32, from London".
func (r *reading) origin(s *sentence, m *mention) bool {
	if m.first == 0 || !strings.EqualFold(s.tokens[m.first-1].Text, "from") && !strings.EqualFold(s.tokens[m.first-1].Text, "of") {
		return false
	}
	h := s.tokens[m.head].Head
	if h < 0 {
		return false
	}
	from := strings.EqualFold(s.tokens[m.first-1].Text, "from")
	for _, o := range s.mentions {
		if o != m && o.shape != modifier && (o.first <= h && h < o.last || from && o.last == m.first-1) && (o.person || o.noun != nil && o.noun.Class == gazetteer.Folk) {
			return true
		}
	}
	return from && s.tokens[h].Tag == "PROPN"
}

// visit tells that c is a meeting told by the way there.
func (c *claim) visit() bool {
	switch c.s.lemma(c.token) {
	case "visit", "trip", "tour", "arrive", "arrival", "travel", "fly":
		return c.event.Name == "CONSULT"
	}
	return false
}

// visited tells that mention m is where a visit that c tells of goes.
func visited(c *claim, m *mention) bool {
	if m.shape == modifier {
		return false
	}
	for _, sl := range c.s.slots(c.token) {
		if (sl.name == "obj" || sl.name == "to" || sl.name == "of" || sl.name == "in") && m.holds(sl.token) {
			return true
		}
	}
	return false
}

// What speaks for a state being where an act without a place of its own was done.
const (
	placeNear    = 3.0 // a place told in the sentence before, less with each further one
	placeShare   = 3.0 // all the places of the article
	spokenOf     = 1.2 // the state most spoken of, for an attack
	stateTarget  = 2.5 // a state as what it is done to
	hostTarget   = 1.5 // its forces or an armed group
	folkTarget   = 1.0 // others from there, who may be abroad
	hostOfPower  = 2.0 // a state that arrests, and meets the marchers
	abroad       = 2.0 // the initiator's own state, for an attack
	sceneEnough  = 1.0
	sceneReaches = 5 // sentences
	// meetingReaches is how many sentences lie at most between a meeting and words said there.
	meetingReaches = 10
)

// somewhere gives an act that is done on the spot, and whose place the text does not tell, the
// state it must have happened in: what the places told nearby, those of the whole article and
// the sides of the act agree on best.
func (r *reading) somewhere(c *claim) {
	if c.place != nil {
		return
	}
	switch c.event.Name {
	case "ASSAULT", "COERCE", "PROTEST", "AID", "RETREAT", "MOBILIZE":
	default:
		return
	}
	votes := map[string]float64{}
	for code, share := range r.scene() {
		votes[code] += placeShare * share
	}
	seen := map[string]bool{}
	for _, part := range c.parts() {
		at := r.index(part.s)
		for k := at; k >= 0 && k > at-sceneReaches; k-- {
			for _, m := range r.sentences[k].mentions {
				if code := r.sceneOf(r.sentences[k], m); code != "" && !seen[code] {
					seen[code] = true
					votes[code] += placeNear / float64(1+at-k)
				}
			}
		}
	}
	gain := func(list []*actor, host, folk float64) {
		for _, a := range list {
			if a.country == "" || c.event.Name == "ASSAULT" && r.abroad(a) {
				continue
			}
			switch a.kind {
			case schema.State:
				votes[a.country] += max(host, stateTarget)
			case schema.Government, schema.Military, schema.ArmedGroup:
				votes[a.country] += host
			default:
				votes[a.country] += folk
			}
			return
		}
	}
	switch c.event.Name {
	case "ASSAULT":
		gain(c.targets, hostTarget, folkTarget)
		for code, share := range r.weights {
			if !r.awayFrom(c, code) {
				votes[code] += spokenOf * share
			}
		}
		if len(c.initiators) > 0 && c.initiators[0].country != "" && c.initiators[0].kind != schema.ArmedGroup {
			votes[c.initiators[0].country] -= abroad
		}
	case "MOBILIZE":
		gain(c.initiators, hostTarget, folkTarget)
	case "COERCE", "PROTEST":
		gain(c.initiators, hostOfPower, folkTarget)
		gain(c.targets, hostTarget, folkTarget)
	case "AID":
		gain(c.targets, hostOfPower, hostTarget)
		if len(c.initiators) > 0 && c.initiators[0].country != "" {
			votes[c.initiators[0].country] -= abroad
		}
	}
	if c.hitsShip() {
		for _, a := range c.targets {
			if r.scene()[a.country] == 0 {
				delete(votes, a.country) // whose flag it flies is not where it is
			}
		}
	}
	best, weight := "", sceneEnough
	for code, w := range votes {
		if w > weight || w == weight && best != "" && code < best {
			best, weight = code, w
		}
	}
	if filed := r.filedAt(); best == "" && filed != nil && r.killedAbroad(c) {
		c.place = filed // soldiers abroad are killed where it is told
		return
	}
	if ps := r.coder.statePlace(best); best != "" && len(ps) > 0 {
		c.place = &gazetteer.PlaceChoice{Place: ps[0], Confidence: 0.4, Reason: "target"}
	}
}

// spoken gives an act of words, or a meeting, that tells no place of its own the place where its
// author spoke or met that day, as another act of the same day tells it, or where the report
// was filed when that is in the author's own state.
func (r *reading) spoken(c *claim) {
	if c.place != nil || c.historical || c.when == nil || c.when.day == 0 || !verbalType(c.event.Name) {
		return
	}
	for _, o := range r.claims {
		if o.event.Name != "CONSULT" || o.place == nil || o.historical || o.place.Reason == "target" || o.place.Reason == "dateline" || o.when == nil || o.dateText() != c.dateText() {
			continue
		}
		if o.place.Kind != gazetteer.CityPlace && o.place.Kind != gazetteer.SitePlace || distance(o, c) > meetingReaches {
			continue
		}
		for _, a := range c.initiators {
			if a.person && (containsActor(o.initiators, a) || containsActor(o.targets, a)) {
				c.place = o.place
				return
			}
		}
	}
	filed := r.filedAt()
	if filed == nil || r.published.Sub(c.when.time()) > currentDays*24*time.Hour {
		return
	}
	for _, a := range c.initiators {
		if a.country != filed.Country || a.kind == schema.ArmedGroup {
			continue
		}
		if seat, ok := r.coder.places.Capital(a.country); a.public() && ok && seat.Key != filed.Key {
			continue // a government speaks at its seat
		}
		c.place = filed
		return
	}
}

// filedAt gives the place of the dateline, nil when there is none or its state is not known.
func (r *reading) filedAt() *gazetteer.PlaceChoice {
	if r.filedKnown {
		return r.filed
	}
	r.filedKnown = true
	if choice, ok := r.datelinePlace(r.weights); ok && choice.Country != "" {
		choice.Reason = "dateline"
		r.filed = &choice
	}
	return r.filed
}

// filedState gives the state of the dateline's place, as far as its name alone tells, "" for none.
func (r *reading) filedState() string {
	if choice, ok := r.datelinePlace(nil); ok {
		return choice.Country
	}
	return ""
}

// datelinePlace chooses the place that the dateline means in an article that speaks of these states, as far as that is sure.
func (r *reading) datelinePlace(countries map[string]float64) (gazetteer.PlaceChoice, bool) {
	name, beside, _ := strings.Cut(r.doc.Dateline.Place, ",")
	if name == "" {
		return gazetteer.PlaceChoice{}, false
	}
	ctx := gazetteer.PlaceContext{Countries: countries, Spatial: true}
	if beside != "" {
		ctx.Beside = r.coder.places.Lookup(strings.TrimSpace(beside))
	}
	choice, ok := r.coder.places.Choose(r.coder.places.Lookup(strings.TrimSpace(name)), ctx)
	return choice, ok && choice.Confidence >= surePlace
}

// sceneOf gives the state of a mention that says where things happen, "" for none.
func (r *reading) sceneOf(s *sentence, m *mention) string {
	p := r.placeOf(m)
	if p == nil || p.Country == "" || !m.near && p.Kind == gazetteer.StatePlace || r.origin(s, m) {
		return ""
	}
	if m.last < len(s.tokens) && s.tokens[m.last].Penn == "POS" && p.Kind == gazetteer.StatePlace {
		return "" // whose it is, not where
	}
	return p.Country
}

// hitsShip tells that a target of claim c is a state for the ship that flies its flag.
func (c *claim) hitsShip() bool {
	for _, m := range c.s.mentions {
		if m.flagged && overlaps(c.targets, m.actors) {
			return true
		}
	}
	return false
}

// scene gives the share each state has in the places where things happen in the article.
func (r *reading) scene() map[string]float64 {
	if r.scenes != nil {
		return r.scenes
	}
	r.scenes = map[string]float64{}
	all := 0.0
	for _, s := range r.sentences {
		for _, m := range s.mentions {
			if code := r.sceneOf(s, m); code != "" {
				r.scenes[code]++
				all++
			}
		}
	}
	for code := range r.scenes {
		r.scenes[code] /= all
	}
	return r.scenes
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

// onlyNear tells that a place says of a port, a town or a city where it is, whose name stands behind it: "the Red Sea port of Hodeidah".
func (s *sentence) onlyNear(m *mention, c *Coder) bool {
	h := s.tokens[m.head].Head
	if m.place == nil || h <= m.head || !c.is("placenoun", s.lemma(h)) {
		return false
	}
	return slices.ContainsFunc(s.mentions, func(o *mention) bool {
		return o.place != nil && o.head > h && s.tokens[o.head].Head == h && s.preposition(o.head) == "of"
	})
}

// placeOf gives the place a mention means, for states their own.
func (r *reading) placeOf(m *mention) *gazetteer.PlaceChoice {
	if m.flagged || m.sentence.onlyNear(m, r.coder) {
		return nil
	}
	if m.place != nil {
		return m.place
	}
	if r.territory(m) || len(m.actors) == 1 && m.actors[0].kind == schema.State && m.shape == named && m.form != gazetteer.Seat {
		if ps := r.coder.statePlace(m.actors[0].key); len(ps) > 0 {
			return &gazetteer.PlaceChoice{Place: ps[0], Confidence: 0.9, Reason: "state"}
		}
	}
	return nil
}

// hearsay are the words beside an act that leave it unconfirmed: "allegedly killed", "a suspected attack".
var hearsay = map[string]bool{
	"allegedly": true, "purportedly": true, "supposedly": true, "ostensibly": true,
	"alleged": true, "suspected": true, "purported": true, "presumed": true, "supposed": true, "apparent": true,
}

// judge gives the claim its status from who says it.
func (r *reading) judge(c *claim) {
	if len(c.reality.sayer) > 0 {
		c.attributed = c.reality.sayer[0]
	}
	says := func(list []*actor) bool {
		for _, a := range c.reality.sayer {
			for _, b := range list {
				if sameSide(a, b) || a.person && a.country != "" && a.country == b.country && b.kind != schema.Civilians && b.kind != schema.ArmedGroup {
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
		t := c.s.tokens[ch]
		if c.status == schema.Reported && hearsay[strings.ToLower(t.Text)] && (base(t.Relation) == "advmod" || base(t.Relation) == "amod") {
			c.status = schema.Alleged
		}
	}
}

// lone is a count of dead whose attack is not yet told, and the sentence that tells it.
type lone struct {
	fatality
	s *sentence
}

// loneReach is how many sentences after its dead an attack may be told: "A British woman has been killed in Syria".
const loneReach = 3

// tollReach is how many sentences after an attack its dead and wounded may be counted.
const tollReach = 4

// casualties adds the dead and wounded that a sentence counts to the attack they belong to:
// the nearest of the same sentence that they fit, else the last one told before.
func (r *reading) casualties() {
	attacks := map[*sentence][]*claim{}
	for _, c := range r.claims {
		if c.event.Name == "ASSAULT" {
			attacks[c.s] = append(attacks[c.s], c)
		}
	}
	var told []*claim // the attacks of the last sentences
	var ahead []lone  // the dead told before the attack that they are of
	for _, s := range r.sentences {
		here := attacks[s]
		for _, l := range ahead {
			if s.number-l.s.number > loneReach {
				continue
			}
			for _, o := range here {
				if l.hit(o) && o.killed == nil && o.injured == nil && !o.historical {
					o.others = append(o.others, &claim{s: l.s, token: l.token, event: o.event, trigger: o.trigger})
					o.count(l.s, l.fatality)
					ahead = nil
					break
				}
			}
		}
		for len(told) > 0 && s.number-told[0].s.number > tollReach {
			told = told[1:]
		}
		for _, f := range r.deaths(s) {
			if r.costOfWar(s, f.token, here...) {
				continue
			}
			if f.none() && s.either() {
				// "no deaths were reported from either side" is of all of them
				for _, o := range append(told[:len(told):len(told)], here...) {
					if !o.historical {
						o.count(s, f)
					}
				}
				continue
			}
			if f.none() && (len(here) == 0 || len(here) == 1 && here[0].reference) {
				// "no injuries were reported from either side"
				for _, o := range told {
					if !o.historical {
						o.count(s, f)
					}
				}
				continue
			}
			owner := sufferer(here, f)
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
			if owner == nil && len(here) == 0 {
				owner = r.costing(s, f, told)
			}
			if owner == nil {
				if s.index < leadLength && len(f.victims) > 0 {
					ahead = append(ahead, lone{f, s})
				}
				continue
			}
			if owner.s != s {
				owner.others = append(owner.others, &claim{s: s, token: f.token, event: owner.event, trigger: owner.trigger})
			}
			owner.count(s, f)
		}
		told = append(told, here...)
	}
}

// either tells that the sentence speaks of more than one side: "on either side", "from both sides".
func (s *sentence) either() bool {
	for i := 1; i < len(s.tokens); i++ {
		if l := s.low(i); l == "side" && s.low(i-1) == "either" || l == "sides" && s.low(i-1) == "both" {
			return true
		}
	}
	return false
}

// sufferer gives the attack told in a sentence that a count of it is of: the nearest that can have cost it, and
// of those that one word tells the one aimed at who died. The others that this word tells lose the count.
func sufferer(here []*claim, f fatality) *claim {
	var best *claim
	for _, o := range here {
		if !o.cost(f) || o.parted(f.token) {
			continue
		}
		switch {
		case best == nil, abs(o.token-f.token) < abs(best.token-f.token):
			best = o
		case o.token == best.token && f.hit(o) && !f.hit(best):
			best = o
		}
	}
	if best == nil || !f.hit(best) {
		return best
	}
	for _, o := range here {
		if o != best && o.token == best.token && !f.hit(o) {
			o.killed, o.injured = nil, nil
		}
	}
	return best
}

// costing gives the last attack told before sentence s that its dead can be of; nil when there is none.
func (r *reading) costing(s *sentence, f fatality, told []*claim) *claim {
	var then *moment
	var counted *claim // one that fits but has a count that this one does not better
	for k := len(told) - 1; k >= 0; k-- {
		o := told[k]
		if o.historical || !o.cost(f) || f.single() && !f.hit(o) {
			continue
		}
		if o.s != s && o.has(f) && counted == nil {
			counted = o
			continue
		}
		if counted != nil && (o.s == counted.s || o.has(f) || !r.happensIn(s, o) || r.happensIn(s, counted)) {
			continue
		}
		if then == nil {
			c := &claim{s: s, token: f.token, event: o.event, trigger: o.trigger, order: o.order}
			if then, _ = r.nearestTime(c); then == nil {
				then = &moment{}
			}
		}
		if then.last != 0 && !r.published.IsZero() && r.old(*then) {
			return nil // the dead of another year
		}
		return o
	}
	return counted
}

// has tells that attack c has a count that another one does not better.
func (c *claim) has(f fatality) bool {
	return (f.killed == nil || c.killed != nil && later(c.killed, f.killed) == c.killed) &&
		(f.injured == nil || c.injured != nil && later(c.injured, f.injured) == c.injured)
}

// happensIn tells that sentence s names a place in the state where attack c was made.
func (r *reading) happensIn(s *sentence, c *claim) bool {
	land := ""
	if c.place != nil {
		land = c.place.Country
	}
	for _, m := range s.mentions {
		if m.place != nil && m.place.Country != "" && m.place.Country == land {
			return true
		}
	}
	return false
}

// count adds a count of sentence s to an attack.
func (c *claim) count(s *sentence, f fatality) {
	if c.s != s || c.killed == nil {
		c.killed = later(c.killed, f.killed)
	}
	if c.s != s || c.injured == nil {
		c.injured = later(c.injured, f.injured)
	}
}

// cost tells that the dead counted can be those of attack c: not those who made it, and no
// single person of another state than those hit.
func (c *claim) cost(f fatality) bool {
	if len(f.victims) == 0 || len(c.targets) == 0 || c.weak || f.hit(c) {
		return true
	}
	if overlaps(f.victims, c.initiators) || overlapsLand(f.victims, c.initiators) {
		return false
	}
	return !f.single() || f.victims[0].country == ""
}

// hit tells that the dead are those whom attack c was aimed at, or of their state.
func (f fatality) hit(c *claim) bool {
	return overlaps(f.victims, c.targets) || overlapsLand(f.victims, c.targets)
}

// single tells that one person is counted.
func (f fatality) single() bool {
	one := func(t *schema.Toll) bool { return t != nil && t.Max != nil && *t.Max == 1 }
	return one(f.killed) || f.killed == nil && one(f.injured)
}

// none tells that it is said that nobody was hurt.
func (f fatality) none() bool {
	zero := func(t *schema.Toll) bool { return t == nil || t.Max != nil && *t.Max == 0 }
	return zero(f.killed) && zero(f.injured)
}

// woundedAt tells that noun i is qualified as hurt: "wounded civilians".
func (s *sentence) woundedAt(i int) bool {
	if i > 1 && s.tokens[i].Relation == "conj" && strings.HasPrefix(s.tokens[i-1].Penn, "VB") {
		switch s.lemma(i - 1) {
		case "wound", "injure", "hurt":
			return true // "killed 35 civilians and injured scores of others": read as one list
		}
	}
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
		if n == nil || sl.token+1 < len(s.tokens) && r.numbered(s, sl.token+1) != nil {
			continue // "climbed to 12 dead and 40 injured" is counted there
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

// besides gives the slots of noun i, and the one that its next word opens where the parse hangs that higher: "the death of two
// children and injuries to three girls".
func (s *sentence) besides(slots []slot, i int, name string) []slot {
	if !s.nominal(i) || s.low(min(i+1, len(s.tokens)-1)) != name || slices.ContainsFunc(slots, func(sl slot) bool { return sl.name == name }) {
		return slots
	}
	if h := s.tokens[i+1].Head; h > i+1 && s.tokens[i+1].Relation == "case" {
		return append(slices.Clip(slots), slot{name, h})
	}
	return slots
}

// numbered reads a count that stands right before the word for what became of those counted, which says it
// whatever the parse: "and five wounded", "12 dead", "cost up to 75 lives"; nil for none.
func (r *reading) numbered(s *sentence, i int) *fatality {
	if s.low(i) == "lives" && s.tookLife(i) {
		for _, c := range s.children[i] {
			if ch := s.child(c, "case"); c > i && ch >= 0 && s.low(ch) == "of" {
				if n := r.headcounts(s, c); n != nil {
					return &fatality{token: i, killed: n} // "claimed the lives of 15 soldiers"
				}
			}
		}
	}
	if i == 0 || s.tokens[i-1].Tag != "NUM" || s.eitherWay(i) {
		return nil
	}
	v, ok := number(s.tokens[i-1].Text)
	if !ok || yearNumber(s.tokens[i-1].Text) > 0 || s.textOr(i-2) == "-" || monthNumber(s.textOr(i-2)) > 0 {
		return nil
	}
	if m, ok := multipliers[strings.ToLower(s.tokens[i-1].Text)]; ok {
		v = m
		if n, ok := number(s.textOr(i - 2)); ok && n < 1000 {
			v *= n
		}
	}
	n := s.bounded(i-1, v)
	switch w := s.low(i); w {
	case "lives":
		if !s.tookLife(i) {
			return nil
		}
		return &fatality{token: i, killed: n}
	case "dead", "killed", "wounded", "injured", "hurt":
		if h := s.tokens[i].Head; h > i && s.nominal(h) || s.child(i, "aux", "aux:pass", "obj") >= 0 {
			return nil // "five wounded soldiers", "they had 12 killed"
		}
		if w == "dead" || w == "killed" {
			return &fatality{token: i, killed: n}
		}
		return &fatality{token: i, injured: n}
	}
	return nil
}

// tookLife tells that the lives at token i are what something cost: "claimed the lives", "lost 20 lives".
func (s *sentence) tookLife(i int) bool {
	h := s.tokens[i].Head
	if h < 0 || h >= i {
		return false
	}
	switch s.lemma(h) {
	case "cost", "claim", "take", "lose":
		return s.verbal(h)
	}
	return false
}

// struck gives those a verb of killing was done to where the parse hangs them elsewhere: the
// object it shares with a verb before it ("shelled and killed scores"), or the noun right
// before a participle ("with ten people killed"); -1 for none.
func (r *reading) struck(s *sentence, i int) int {
	if h := s.tokens[i].Head; base(s.tokens[i].Relation) == "conj" && h >= 0 && h < i && s.verbal(h) {
		if k := s.child(h, "obj"); k > i && r.people(s, k) {
			return k
		}
	}
	seen := false // "saw soldiers killed", which the parse may take for two deeds
	if h := s.tokens[i].Head; h >= 0 && s.tokens[i].Relation == "conj" && s.child(i, "cc") < 0 {
		seen = s.lemma(h) == "see"
	}
	if i > 0 && (s.tokens[i].Penn == "VBN" || seen) && s.child(i, "aux", "aux:pass") < 0 && s.nominal(i-1) && r.people(s, i-1) && s.tokens[i-1].Tag != "NUM" {
		k := i - 1
		if h := s.tokens[k].Head; s.tokens[k].Relation == "conj" && h >= 0 && r.people(s, h) {
			k = h // "saw 120 soldiers and a general killed"
		}
		return k
	}
	return -1
}

// single tells that verb i agrees with one: "was killed", "has died".
func (s *sentence) single(i int) bool {
	for _, c := range s.children[i] {
		if base(s.tokens[c].Relation) == "aux" {
			switch strings.ToLower(s.tokens[c].Text) {
			case "was", "is", "has":
				return true
			}
		}
	}
	return false
}

// eitherWay tells that token i counts dead and wounded together: "killed or wounded 1,200",
// "scores were killed and wounded".
func (s *sentence) eitherWay(i int) bool {
	for _, at := range []int{i, i - 2} {
		if strings.EqualFold(s.textOr(at+1), "and") && at+2 < len(s.tokens) && at >= 0 && harms[s.lemma(at)] && harms[s.lemma(at+2)] &&
			s.tokens[at].Penn == s.tokens[at+2].Penn && s.tokens[at].Tag == "VERB" {
			return true
		}
	}
	if h := s.tokens[i].Head; h >= 0 && base(s.tokens[i].Relation) == "conj" && (s.tokens[h].Penn == s.tokens[i].Penn || s.tokens[h].Penn == "VBN" && s.tokens[i].Penn == "JJ") {
		i = h // the first of "killed, wounded or captured"
	}
	for _, c := range s.children[i] {
		if base(s.tokens[c].Relation) == "conj" && s.child(c, "cc") >= 0 && strings.EqualFold(s.tokens[s.child(c, "cc")].Text, "or") &&
			s.tokens[c].Tag == s.tokens[i].Tag && s.tokens[c].Tag != "NUM" && s.tokens[c].Penn == s.tokens[i].Penn {
			return true
		}
	}
	return false
}

// undone tells that verb i is denied of whom it is told: "had not been killed", but not "nobody was hurt".
func (s *sentence) undone(i int) bool {
	for _, c := range s.children[i] {
		switch strings.ToLower(s.tokens[c].Text) {
		case "not", "n't", "never":
			return true
		}
	}
	return false
}

// attempted tells that act i was only tried: "an attempt to kill the general".
func (r *reading) attempted(s *sentence, i int) bool {
	if s.tokens[i].Penn != "VB" {
		return false
	}
	h := s.tokens[i].Head
	return h >= 0 && s.child(i, "mark") >= 0 && r.coder.is("attempt", s.lemma(h))
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
		if f := r.numbered(s, i); f != nil {
			out = append(out, *f)
			continue
		}
		for k := range r.coder.lexicon.casualties[s.lemma(i)] {
			t := &r.coder.lexicon.casualties[s.lemma(i)][k]
			if !posFits(s, i, t.pos) || !r.coder.holds(s, i, t) || s.tokens[i].Relation == "amod" && s.woundedAt(s.tokens[i].Head) {
				continue // "five wounded soldiers were brought to the town"
			}
			if real := r.coder.realityOf(s, i, nil); real.unreal != "" && !strings.HasPrefix(real.unreal, "negated") {
				break
			}
			if s.eitherWay(i) && !s.none(i) || s.undone(i) || r.attempted(s, i) {
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
					for _, sl := range s.besides(r.coder.argumentSlots(s, i), i, name) {
						if sl.name != name {
							continue
						}
						var sum *schema.Toll
						for _, t := range s.conjuncts(sl.token) {
							if !r.people(s, t) && !r.coder.is("kin", s.lemma(t)) && s.tokens[t].Tag != "PRON" || r.alsoCalled(s, sl.token, t) || r.manyThings(s, t) {
								continue
							}
							if s.woundedAt(t) {
								// "killed 11 soldiers and wounded 22": read as one list, it is two counts
								f.injured = addTolls(f.injured, r.headcount(s, t))
								continue
							}
							sum = addTolls(sum, r.headcount(s, t))
						}
						for _, a := range r.coder.who(s, sl.token, false) {
							f.victims = appendActor(f.victims, a)
						}
						if sum != nil {
							return sum
						}
					}
				}
				if len(names) == 0 || names[0] != "obj" && names[0] != "nsubj" {
					return nil
				}
				if k := r.struck(s, i); k >= 0 {
					return r.headcounts(s, k)
				}
				if k := s.child(i, "nsubj:pass"); k >= 0 && r.people(s, k) {
					// "around 50 people, mostly women, were killed": the first of two subjects
					if n := r.headcounts(s, k); n != nil {
						return n
					}
				}
				if k := s.child(i, "nsubj:pass", "nsubj"); k >= 0 && strings.EqualFold(s.tokens[k].Text, "who") && s.single(i) {
					return exactly(1) // "a fighter of Somali descent, who was killed"
				}
				if h := s.tokens[i].Head; s.tokens[i].Relation == "acl" && s.tokens[i].Penn == "VBN" && s.tokens[h].Penn == "NN" && s.countAt(h) == nil && r.people(s, h) && s.child(h, "conj") < 0 {
					return exactly(1) // "the executioner killed by a drone"
				}
				if low, high, ok := s.span(i+2, 0); ok {
					return &schema.Toll{Min: low, Max: &high} // "killed between nine and 50 civilians", which reads as where
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
