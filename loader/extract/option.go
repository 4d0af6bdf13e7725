package extract

import (
	"slices"
	"strconv"
	"strings"

	"incidentgraph/loader/article"
	"incidentgraph/loader/extract/classify"
	"incidentgraph/schema"
)

// fit is how well an option answers what a reader found.
type fit int

const (
	wrongOption fit = iota
	nearOption      // in the right state, of the right month
	rightOption
)

// option is a place, day or toll that an incident may have, the zero value for none, and what is known of it as such.
type option[T any] struct {
	value    T
	sources  []string // where it comes from: the "own" sentence, the one "before", the "rule" ..., with how
	features *classify.Features
}

// ruleSource begins the name of the source that the rules are.
const ruleSource = "rule "

// from names all sources of an option.
func (x *option[T]) from() string { return strings.Join(x.sources, "+") }

// options are what an incident may have, each once; the first is to have none.
type options[T any] struct {
	r     *reading
	list  []option[T]
	index map[string]int
}

// add gives the option of a key, which comes from a source, and which is made with a value when there is none.
func (o *options[T]) add(key string, value T, source string) *option[T] {
	k, ok := o.index[key]
	if !ok {
		made := option[T]{value: value}
		k = len(o.list)
		o.index[key] = k
		if o.r.explain || o.r.lesson != nil {
			made.features = classify.Named()
		} else {
			made.features = o.r.spare(k)
		}
		o.list = append(o.list, made)
	}
	x := &o.list[k]
	if !slices.Contains(x.sources, source) {
		x.sources = append(x.sources, source)
	}
	return x
}

// leavePlace, leaveDay and leaveToll are how many times likelier than what the rules say another place, day or toll must be to be chosen.
const leavePlace, leaveDay, leaveToll = 1, 1.5, 1.5

// best gives the option that a choice holds for likeliest, but for that of the rules only if it is so many times likelier;
// and how likely it is.
func best(c *classify.Choice, list []*classify.Features, rule int, leave float64) (int, float64) {
	p := c.Choose(list)
	top := rule
	for k := range p {
		if p[k] > p[top] && (top != rule || p[k] > leave*p[rule]) {
			top = k
		}
	}
	return top, p[top]
}

// settled is what was chosen for an incident, kept to be explained.
type settled struct {
	claim   *claim
	what    string // "place", "day", "killed" or "injured"
	chosen  string
	from    string // the sources
	likely  float64
	options int
	because []string // the features that speak most for it
}

// settleBy gives which of its options each incident has, all from what the rules gave. name writes an option.
func settleBy[T any](r *reading, by *classify.Choice, leave float64, what string, of func(*claim) []option[T], name func(T) string) []T {
	r.number()
	out := make([]T, len(r.claims))
	for i, c := range r.claims {
		list := of(c)
		features := make([]*classify.Features, len(list))
		for k := range list {
			features[k] = list[k].features
		}
		k, p := best(by, features, byRule(list), leave)
		out[i] = list[k].value
		if r.explain {
			r.settled = append(r.settled, settled{c, what, name(out[i]), list[k].from(), p, len(list), by.Why(features[k], mostReasons)})
		}
	}
	return out
}

// number tells the claims and their parts where the claim stands among the others.
func (r *reading) number() {
	for i, c := range r.claims {
		for _, p := range c.parts() {
			p.order = i
		}
	}
}

// OptionLesson is a lesson of choosing the place, day or toll of an event: the options, the first of which is none, and which
// of them are right. Where none is, the near ones stand in for it.
type OptionLesson struct {
	classify.Options
	// Rule is the option that the rules choose.
	Rule  int
	fits  []fit
	leave float64
}

func optionLesson[T any](list []option[T], leave float64, fits func(T) fit) OptionLesson {
	x := OptionLesson{Options: classify.Options{Weight: 1}, leave: leave}
	var near []int
	x.Rule = byRule(list)
	for k, o := range list {
		f := fits(o.value)
		switch f {
		case rightOption:
			x.Right = append(x.Right, k)
		case nearOption:
			near = append(near, k)
		}
		x.List, x.fits = append(x.List, o.features), append(x.fits, f)
	}
	if len(x.Right) == 0 {
		x.Right = near
	}
	return x
}

// byRule gives which option the rules choose.
func byRule[T any](list []option[T]) int {
	return slices.IndexFunc(list, func(o option[T]) bool {
		return slices.ContainsFunc(o.sources, func(s string) bool { return strings.HasPrefix(s, ruleSource) })
	})
}

// Untold tells that no reader could tell the event's place, day or toll.
func (x OptionLesson) Untold() bool { return x.fits[0] == rightOption }

// IsRight tells that option k is what the reader found; IsNear that it is in the right state, or of the right month.
func (x OptionLesson) IsRight(k int) bool { return x.fits[k] == rightOption }
func (x OptionLesson) IsNear(k int) bool  { return x.fits[k] == nearOption }

// Choose gives the option that a choice holds for best.
func (x OptionLesson) Choose(by *classify.Choice) int {
	k, _ := best(by, x.List, x.Rule, x.leave)
	return k
}

// offered makes the lessons of the options that a claim has, of which a reader told in an event which is right.
type offered func(*reading, *claim, *lessonEvent) []OptionLesson

// LearnPlaces gives what the choice of places learns from an annotated article.
func (c *Coder) LearnPlaces(doc article.Document, a Annotation) []OptionLesson {
	return c.learnOptions(doc, a, func(r *reading, c *claim, e *lessonEvent) []OptionLesson {
		return []OptionLesson{optionLesson(r.placesOf(c), leavePlace, func(p placing) fit { return p.fits(e.Place) })}
	})
}

// LearnDays gives what the choice of days learns from an annotated article.
func (c *Coder) LearnDays(doc article.Document, a Annotation) []OptionLesson {
	return c.learnOptions(doc, a, func(r *reading, c *claim, e *lessonEvent) []OptionLesson {
		return []OptionLesson{optionLesson(r.daysOf(c), leaveDay, func(m *moment) fit { return m.fits(e.Date) })}
	})
}

// LearnTolls gives what the choice of tolls learns from an annotated article: two lessons of each act that may cost lives.
func (c *Coder) LearnTolls(doc article.Document, a Annotation) []OptionLesson {
	return c.learnOptions(doc, a, func(r *reading, c *claim, e *lessonEvent) []OptionLesson {
		if !c.costs() {
			return nil
		}
		return []OptionLesson{
			optionLesson(r.tollsOf(c, killed), leaveToll, func(t *schema.Toll) fit { return tollFits(t, e.Killed) }),
			optionLesson(r.tollsOf(c, injured), leaveToll, func(t *schema.Toll) fit { return tollFits(t, e.Injured) }),
		}
	})
}

// learnOptions gives the lessons of the acts as the models read them, and of those that the reader marked.
func (c *Coder) learnOptions(doc article.Document, a Annotation, of offered) []OptionLesson {
	l := newLesson(doc, a, &Lessons{})
	l.offered = of
	r := c.WithPlaces(nil).WithDays(nil).WithTolls(nil).read(doc, true, nil)
	l.offer(r, l.align(r))
	c.read(doc, false, l)
	return l.options
}

// settle adds the lessons of the options that the annotated acts may have.
func (l *lesson) settle(r *reading) {
	if l.offered == nil {
		return
	}
	of := l.gather(r)
	r.place()
	r.answer(func(*claim) bool { return true })
	l.offer(r, of)
}

// offer adds the lessons of each claim that tells an event.
func (l *lesson) offer(r *reading, of alignment) {
	r.number()
	for _, c := range r.claims {
		if e := of[c]; e != nil {
			l.options = append(l.options, l.offered(r, c, e)...)
		}
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

// verbOver gives the verb that rules token i, which it may be itself, -1 for none.
func (s *sentence) verbOver(i int) int {
	for n := 0; i >= 0 && n < 30; n++ {
		if s.verbal(i) {
			return i
		}
		i = s.tokens[i].Head
	}
	return -1
}

// tense tells the time of the verb that rules token i: its form, with its auxiliaries.
func (s *sentence) tense(i int) string {
	v := s.verbOver(i)
	if v < 0 {
		return "none"
	}
	for _, ch := range s.children[v] {
		if t := s.tokens[ch]; base(t.Relation) == "aux" || t.Relation == "cop" {
			if w := strings.ToLower(t.Text); w != "not" {
				return w + " " + s.tokens[v].Penn
			}
		}
	}
	return s.tokens[v].Penn
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
