package extract

import (
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"incidentgraph/loader/article"
	"incidentgraph/loader/extract/classify"
	"incidentgraph/schema"
)

// Annotation is what a reader found in one article, in the form of the codebook.
type Annotation struct {
	ID     string           `json:"id"`
	Events []AnnotatedEvent `json:"events"`
	// Written tells that the text was written to learn from. It tells more acts than real ones do, which the
	// models must not learn: they are told of it, and asked as of real ones.
	Written bool `json:"-"`
}

// AnnotatedEvent is one event that a reader found.
type AnnotatedEvent struct {
	ID       string   `json:"id"`
	Type     string   `json:"type"`
	Evidence []string `json:"evidence"`
	Trigger  []string `json:"trigger"` // the word for the act in each quote of evidence, may be missing
	// InResponseTo is the event that this one answers, "" for none.
	InResponseTo string           `json:"inResponseTo"`
	Initiators   []AnnotatedActor `json:"initiators"`
	Targets      []AnnotatedActor `json:"targets"`
	Place        *AnnotatedPlace  `json:"place"` // nil when unknown
	// Date is the day ("2024-01-16"), month ("2024-01") or year when it happened, "" when unknown.
	Date string `json:"date"`
	// Killed and Injured are what it cost, nil when untold.
	Killed  *AnnotatedToll `json:"killed"`
	Injured *AnnotatedToll `json:"injured"`
	// words are where the words for the act stand in the text, when they are told by place and not by quote.
	words [][2]int
}

// AnnotatedActor is one actor of an event that a reader found.
type AnnotatedActor struct {
	Name    string   `json:"name"`
	Aliases []string `json:"aliases"`
	Country string   `json:"country"`
	Kind    string   `json:"kind"`
	// spans are where the actor stands in the text, when it is told by place and not by name.
	spans [][2]int
}

// AnnotatedToll is how many a reader counted, at least and at most; nil where that is open.
type AnnotatedToll struct {
	Min *int `json:"min"`
	Max *int `json:"max"`
}

// AnnotatedPlace is where an event happened, as a reader found.
type AnnotatedPlace struct {
	Name    string `json:"name"`
	Country string `json:"country"`
}

// Lessons are what the models learn from.
type Lessons struct {
	Acts, Roles, Edges []classify.Example
	// Gold is how many edges the reader found.
	Gold int
}

// Weigh makes the lessons of acts count so many times as much, and the others so many times.
func (l *Lessons) Weigh(acts, others float64) {
	for _, x := range []struct {
		list []classify.Example
		by   float64
	}{{l.Acts, acts}, {l.Roles, others}, {l.Edges, others}} {
		for i := range x.list {
			x.list[i].Weight *= x.by
		}
	}
}

// Learn reads an article that a reader has annotated, and adds what the models learn from it.
func (c *Coder) Learn(doc article.Document, a Annotation, to *Lessons) {
	c.read(doc, false, newLesson(doc, a, to))
}

// LearnEdges adds what the model of edges learns from an annotated article, when the other
// models, which must not have learnt from it, are asked first.
func (c *Coder) LearnEdges(doc article.Document, a Annotation, to *Lessons) {
	l := newLesson(doc, a, to)
	l.second = true
	c.read(doc, false, l)
}

// Words counts how often each lemma may tell an act, and how often it does.
type Words map[string]*struct{ Told, Acts int }

func (w Words) count(lemma string, act bool) {
	if w[lemma] == nil {
		w[lemma] = &struct{ Told, Acts int }{}
	}
	w[lemma].Told++
	if act {
		w[lemma].Acts++
	}
}

// CountWords adds the words of an annotated article, those that are held for idle among them.
func (c *Coder) CountWords(doc article.Document, a Annotation, to Words) {
	busy, all := *c.lexicon, *c
	busy.idle = nil
	all.lexicon = &busy
	l := newLesson(doc, a, &Lessons{})
	l.words = to
	all.read(doc, false, l)
}

// lesson is one annotated article while it is read.
type lesson struct {
	to     *Lessons
	second bool // only edges are learnt
	// offered makes the lessons of options, when these alone are learnt, and options are those made.
	offered offered
	options []OptionLesson
	words   Words // how often each word tells an act, when this alone is counted
	written bool
	events  []lessonEvent
	// labels are the events by token of a sentence.
	labels map[*sentence][]*lessonEvent
	unsure map[*sentence][]bool
}

type lessonEvent struct {
	AnnotatedEvent
	event  schema.EventType
	quotes []lessonQuote
}

// lessonQuote is a quote of evidence in the text, and the word for the act, first = last when unknown.
type lessonQuote struct{ start, end, first, last int }

func newLesson(doc article.Document, a Annotation, to *Lessons) *lesson {
	l := &lesson{to: to, written: a.Written, labels: map[*sentence][]*lessonEvent{}, unsure: map[*sentence][]bool{}}
	text, offsets := evenSpaces(doc.Text)
	for _, e := range a.Events {
		event, ok := schema.EventTypeByName(e.Type)
		if !ok {
			continue
		}
		x := lessonEvent{AnnotatedEvent: e, event: event}
		for n, q := range e.Evidence {
			q, _ = evenSpaces(q)
			for from := 0; ; {
				at := strings.Index(text[from:], q)
				if at < 0 || q == "" {
					break
				}
				at += from
				quote := lessonQuote{start: offsets[at], end: offsets[at+len(q)-1] + 1}
				if n < len(e.Trigger) {
					t, _ := evenSpaces(e.Trigger[n])
					if k := strings.Index(q, t); k >= 0 && t != "" {
						quote.first, quote.last = offsets[at+k], offsets[at+k+len(t)-1]+1
					}
				}
				x.quotes = append(x.quotes, quote)
				from = at + len(q)
			}
		}
		for _, w := range e.words {
			quote := lessonQuote{start: w[0], end: w[1], first: w[0], last: w[1]}
			for _, s := range doc.Sentences {
				if s.Start <= w[0] && w[1] <= s.End {
					quote.start, quote.end = s.Start, s.End
				}
			}
			x.quotes = append(x.quotes, quote)
		}
		l.events = append(l.events, x)
	}
	return l
}

// evenSpaces makes one space of every run of white space, and gives for each byte where it stood.
func evenSpaces(s string) (string, []int) {
	var b strings.Builder
	var offsets []int
	space := false
	for i := 0; i < len(s); i++ {
		if unicode.IsSpace(rune(s[i])) && s[i] < 0x80 {
			space = true
			continue
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
			offsets = append(offsets, i)
		}
		space = false
		b.WriteByte(s[i])
		offsets = append(offsets, i)
	}
	return b.String(), offsets
}

// mark finds the words for the annotated acts in sentence s.
func (l *lesson) mark(s *sentence) {
	if l.labels[s] != nil {
		return
	}
	labels, unsure := make([]*lessonEvent, len(s.tokens)), make([]bool, len(s.tokens))
	l.labels[s], l.unsure[s] = labels, unsure
	for k := range l.events {
		e := &l.events[k]
		for _, q := range e.quotes {
			if q.end <= s.Start || q.start >= s.End {
				continue
			}
			word := -1
			in := func(i, from, to int) bool {
				return s.tokens[i].Start < to && s.tokens[i].End > from
			}
			for i := range s.tokens {
				if q.last > q.first && in(i, q.first, q.last) {
					if h := s.tokens[i].Head; word < 0 && s.tells(i) && (h < 0 || !in(h, q.first, q.last) || !s.tells(h)) {
						word = i
					}
				}
			}
			sure := word >= 0
			for i := range s.tokens {
				if !in(i, q.start, q.end) || !s.tells(i) {
					continue
				}
				if len(s.ruled[i]) > 0 && s.ruled[i][0].event.Name == e.Type {
					if word < 0 {
						word = i
					}
					unsure[i] = true
				} else if !sure {
					unsure[i] = true
				}
			}
			if word >= 0 && labels[word] == nil {
				labels[word] = e
			}
		}
	}
}

// sentence adds the lessons of sentence s, and gives the claims that should be made of it.
func (l *lesson) sentence(r *reading, s *sentence) []*claim {
	var out []*claim
	for i := range s.tokens {
		if s.tells(i) {
			f := &classify.Features{}
			r.wordFeatures(f, s, i, s.ruled[i], s.why[i])
			l.tellWritten(f)
			out = append(out, l.learn(r, s, i, f)...)
		}
	}
	return out
}

// tellWritten tells of an example that it is of a text written to learn from.
func (l *lesson) tellWritten(f *classify.Features) {
	if l.written {
		f.Add("written")
	}
}

// learn adds the lesson of token i, and gives the claim that should be made of it.
func (l *lesson) learn(r *reading, s *sentence, i int, f *classify.Features) []*claim {
	l.mark(s)
	e := l.labels[s][i]
	if l.words != nil {
		l.words.count(s.lemma(i), e != nil)
		return nil
	}
	if e == nil {
		if !l.unsure[s][i] && !l.toldAgain(r, s, i) {
			l.to.Acts = append(l.to.Acts, classify.Example{Features: f, Class: noAct, Weight: 1})
		}
		return nil
	}
	l.to.Acts = append(l.to.Acts, classify.Example{Features: f, Class: e.Type, Weight: 1})
	c := r.claimFor(s, i, e.event, s.ruled[i])
	o := r.occasion(c)
	all := o.all
	class := make([]string, len(all))
	weight := make([]float64, len(all))
	for k := range all {
		class[k], weight[k] = nobody, 1
	}
	var initiators, targets []*actor
	match := func(list []AnnotatedActor, role string) (found []*actor) {
		for _, g := range list {
			best, bestSame := -1, 0
			for k, x := range all {
				if same := r.sameAsAnnotated(x.actor, g); same > 0 {
					if class[k] == nobody {
						weight[k] = 0
					}
					if same > bestSame {
						best, bestSame = k, same
					}
				}
			}
			if best >= 0 {
				class[best], weight[best] = role, 1
				found = append(found, all[best].actor)
				continue
			}
			// Whoever is called nearly so is him in all likelihood.
			for k, x := range all {
				if class[k] == nobody && weight[k] > 0 && nearlyAnnotated(x.actor, g) {
					if best < 0 {
						best = k
					}
					weight[k] = 0
				}
			}
			if best >= 0 {
				class[best], weight[best] = role, nearlyWeight
			}
		}
		return found
	}
	in, tn := initiator, target
	if e.event.Mutual {
		in, tn = party, party
	}
	initiators = match(e.Initiators, in)
	targets = match(e.Targets, tn)
	for k, x := range all {
		g := &classify.Features{}
		r.roleFeatures(g, o, x)
		if weight[k] > 0 {
			l.to.Roles = append(l.to.Roles, classify.Example{Features: g, Class: class[k], Weight: weight[k]})
		}
	}
	c.initiators, c.targets = initiators, targets
	return []*claim{c}
}

// nearlyWeight is how much it counts that who is called nearly as a reader's side is that side.
const nearlyWeight = 0.7

// toldAgain tells that the rules see in token i an act of a type, and with a side, of an event that the reader found:
// readers do not quote every sentence that tells an event once more.
func (l *lesson) toldAgain(r *reading, s *sentence, i int) bool {
	if len(s.ruled[i]) == 0 {
		return false
	}
	c := s.ruled[i][0]
	shared := func(ours []*actor, theirs []AnnotatedActor) bool {
		for _, a := range ours {
			for _, g := range theirs {
				if r.sameAsAnnotated(a, g) > 0 {
					return true
				}
			}
		}
		return false
	}
	for k := range l.events {
		e := &l.events[k]
		if e.Type != c.event.Name {
			continue
		}
		from, to := shared(c.initiators, e.Initiators), shared(c.targets, e.Targets)
		if c.event.Mutual {
			from, to = from || shared(c.initiators, e.Targets), to || shared(c.targets, e.Initiators)
		}
		if (from || len(c.initiators) == 0) && (to || len(c.targets) == 0) && (from || to) {
			return true
		}
	}
	return false
}

// sameAsAnnotated is sameAnnotated, by place where the annotation tells places.
func (r *reading) sameAsAnnotated(a *actor, g AnnotatedActor) int {
	if g.spans == nil {
		return sameAnnotated(a, g)
	}
	best := 0
	for _, s := range r.sentences {
		for _, m := range s.mentions {
			if !containsActor(m.actors, a) {
				continue
			}
			for _, x := range g.spans {
				from, to := s.tokens[m.first].Start, s.tokens[m.last-1].End
				common := min(to, x[1]) - max(from, x[0])
				if common > 0 {
					best = max(best, 100*common/(max(to, x[1])-min(from, x[0])))
				}
			}
		}
	}
	return best
}

// sameAnnotated tells whether an actor of ours is the one a reader names: 2 by name, 1 as a
// state and its government, 0 not.
func sameAnnotated(a *actor, g AnnotatedActor) int {
	ours := map[string]bool{plainName(a.name): true}
	for _, x := range a.aliases {
		ours[plainName(x)] = true
	}
	delete(ours, "")
	for _, n := range append([]string{g.Name}, g.Aliases...) {
		if ours[plainName(n)] {
			return 2
		}
	}
	public := func(kind string) bool { return kind == string(schema.State) || kind == string(schema.Government) }
	if a.country != "" && a.country == g.Country && public(string(a.kind)) && public(g.Kind) {
		return 1
	}
	return 0
}

// nearlyAnnotated tells whether an actor of ours, that is not the one a reader names by any name, may be him still: all words
// of a name of one are words of a name of the other, and they are of one state, or of one unknown.
func nearlyAnnotated(a *actor, g AnnotatedActor) bool {
	if a.country != g.Country && a.country != "" && g.Country != "" {
		return false
	}
	for _, x := range append([]string{a.name}, a.aliases...) {
		ours := strings.Fields(plainName(x))
		for _, y := range append([]string{g.Name}, g.Aliases...) {
			theirs := strings.Fields(plainName(y))
			if within(ours, theirs) || within(theirs, ours) {
				return true
			}
		}
	}
	return false
}

// within tells whether all words of a are among those of b.
func within(a, b []string) bool {
	for _, x := range a {
		if !slices.Contains(b, x) {
			return false
		}
	}
	return len(a) > 0
}

var (
	possessive  = regexp.MustCompile(`'s\b`)
	noLetter    = regexp.MustCompile(`[^a-z0-9 ]+`)
	american    = regexp.MustCompile(`\b(u s|us|usa|united states of america|america|american)\b`)
	british     = regexp.MustCompile(`\b(u k|uk|britain|great britain|british)\b`)
	titleBefore = regexp.MustCompile(`^(?:(?:the|a|an|mr|mrs|ms|dr|sir|lord|general|gen|colonel|col|president|prime minister|foreign minister|secretary of state|secretary|minister|ambassador|king|queen|prince|sheikh|ayatollah|chancellor|spokesman|spokeswoman|senator|sen|rep)\.? )+`)
)

// plainName makes names comparable: without accents, case, titles and articles.
func plainName(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	out := strings.ReplaceAll(b.String(), "’", "'")
	out = possessive.ReplaceAllString(out, "")
	out = noLetter.ReplaceAllString(out, " ")
	out = american.ReplaceAllString(out, "united states")
	out = british.ReplaceAllString(out, "united kingdom")
	out = strings.Join(strings.Fields(out), " ")
	return titleBefore.ReplaceAllString(out, "")
}

// edges adds the lessons of the edges that the claims of the article may say.
func (l *lesson) edges(r *reading) {
	if !l.second {
		return
	}
	type pair struct {
		initiator, target *AnnotatedActor
		event             schema.EventType
	}
	var gold []pair
	same := func(a *actor, g *AnnotatedActor) bool {
		if a == nil || g == nil {
			return a == nil && g == nil
		}
		return r.sameAsAnnotated(a, *g) > 0
	}
	near := func(a *actor, g *AnnotatedActor) bool {
		return same(a, g) || a != nil && g != nil && nearlyAnnotated(a, *g)
	}
	// tells tells that edge e is what a reader found, where alike holds of both sides.
	tells := func(e *edge, g pair, alike func(*actor, *AnnotatedActor) bool) bool {
		return g.event.Name == e.kind && (alike(e.initiator, g.initiator) && alike(e.target, g.target) ||
			g.event.Mutual && alike(e.target, g.initiator) && alike(e.initiator, g.target))
	}
	for k := range l.events {
		e := &l.events[k]
		list := func(x []AnnotatedActor) (out []*AnnotatedActor) {
			for i := range x {
				out = append(out, &x[i])
			}
			if len(out) == 0 {
				out = append(out, nil)
			}
			return out
		}
		for _, i := range list(e.Initiators) {
			for _, t := range list(e.Targets) {
				old := i == nil && t == nil
				for _, g := range gold {
					old = old || g.event.Name == e.event.Name && sameGold(g.initiator, i) && sameGold(g.target, t)
				}
				if !old {
					gold = append(gold, pair{i, t, e.event})
				}
			}
		}
	}
	l.to.Gold += len(gold)
	all := r.edges(r.claims)
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool {
		return all[order[i]].support[0].score() > all[order[j]].support[0].score()
	})
	index := indexEdges(all)
	taken := make([]bool, len(gold))
	for _, k := range order {
		e := all[k]
		f := &classify.Features{}
		r.edgeFeatures(f, e, index)
		l.tellWritten(f)
		x := classify.Example{Features: f, Class: unsaid, Weight: 1}
		for _, g := range gold {
			if tells(e, g, near) {
				x.Weight = 0
			}
		}
		for n, g := range gold {
			if !tells(e, g, same) {
				continue
			}
			if taken[n] {
				x.Weight = 0
				continue
			}
			taken[n] = true
			x.Class, x.Weight = said, 1
			break
		}
		l.to.Edges = append(l.to.Edges, x)
	}
}

// sameGold tells whether a reader means one actor by two entries.
func sameGold(a, b *AnnotatedActor) bool {
	if a == nil || b == nil {
		return a == b
	}
	return plainName(a.Name) == plainName(b.Name)
}
