package extract

import (
	"math"
	"strconv"
	"strings"

	"incidentgraph/loader/gazetteer"
	"incidentgraph/schema"
)

// maxToll is the most people a report can be believed to count (the world had about
// eight billion); larger numbers are no toll.
const maxToll = 8_000_000_000

// vagueCounts gives the least that a vague count means (GUIDE conventions: several 3,
// dozens 24, scores 40, hundreds 200, thousands 2000).
var vagueCounts = map[string]int{
	"several": 3, "few": 3, "dozen": 12, "dozens": 24, "scores": 40, "score": 20, "hundreds": 200, "thousands": 2000, "tens": 20, "couple": 2, "many": 3,
}

var multipliers = map[string]int{"hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12, "billion": 1_000_000_000}

// number reads a numeral or number word ("1,500", "twenty-two"); ok is false when it is none.
func number(w string) (int, bool) {
	w = strings.ToLower(w)
	if v, ok := numberWords[w]; ok {
		return v, true
	}
	if a, b, found := strings.Cut(w, "-"); found {
		x, ok1 := numberWords[a]
		y, ok2 := numberWords[b]
		if ok1 && ok2 && x >= 20 && y < 10 {
			return x + y, true
		}
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(w, ",", ""), 64)
	if err != nil || v < 0 || v > maxToll || v != math.Trunc(v) {
		return 0, false
	}
	return int(v), true
}

// countAt reads how many the noun phrase headed by token i counts, nil when it does not say.
// "more than 90" has no upper bound, "up to 24" and "nearly 30" have only what they say.
func (s *sentence) countAt(i int) *schema.Toll {
	if m, ok := multipliers[strings.ToLower(s.tokens[i].Text)]; ok && i > 0 && (strings.EqualFold(s.textOr(i-1), "several") || strings.EqualFold(s.textOr(i-1), "few")) {
		return atLeast(2 * m)
	}
	// "dozens of people": the head is the count and the people hang on it.
	if n, ok := vagueCounts[s.lemmaOrText(i)]; ok && s.tokens[i].Tag == "NOUN" {
		// "tens of thousands of people", "hundreds of thousands"
		for _, c := range s.children[i] {
			if m, isMultiplier := multipliers[strings.TrimSuffix(strings.ToLower(s.tokens[c].Text), "s")]; isMultiplier && c > i && base(s.tokens[c].Relation) == "nmod" {
				switch s.lemmaOrText(i) {
				case "tens":
					return atLeast(20 * m)
				case "hundreds":
					return atLeast(200 * m)
				}
			}
		}
		if strings.EqualFold(s.tokens[i].Text, "dozen") {
			if k := s.child(i, "nummod"); k >= 0 {
				if v, ok := number(s.tokens[k].Text); ok {
					return exactly(v * 12)
				}
			}
			return exactly(n)
		}
		return atLeast(n)
	}
	if v, ok := number(s.tokens[i].Text); ok && s.tokens[i].Tag == "NUM" {
		return s.bounded(i, v)
	}
	for _, c := range s.children[i] {
		t := s.tokens[c]
		switch base(t.Relation) {
		case "nummod":
			if y := yearNumber(t.Text); y%100 != 0 || s.nearerNumber(c, i) {
				continue // "any 2011 protesters", "on 17 July 36 civilians"
			}
			v, ok := number(t.Text)
			if !ok {
				if m, isMultiplier := multipliers[strings.ToLower(t.Text)]; isMultiplier {
					v, ok = m, true
				}
			} else if m, isMultiplier := multipliers[strings.ToLower(s.textOr(c+1))]; isMultiplier && v < 1000 {
				v *= m
			}
			if low, isNumber := number(s.textOr(c + 2)); ok && v >= 20 && v < 100 && v%10 == 0 && s.textOr(c+1) == "-" && isNumber && low < 10 {
				v += low // "twenty-two" in three tokens
			}
			for _, d := range s.children[c] {
				if base(s.tokens[d].Relation) == "compound" || s.tokens[d].Relation == "nummod" {
					if a, isNumber := number(s.tokens[d].Text); isNumber && ok {
						if m, isMultiplier := multipliers[strings.ToLower(t.Text)]; isMultiplier {
							v = a * m
						} else if a >= 20 && a < 100 && a%10 == 0 && v < 10 {
							v += a // "twenty-two"
						}
					}
				}
			}
			if ok {
				return s.bounded(c, v)
			}
		case "amod", "det":
			if k := s.child(c, "nummod"); k >= 0 && k < c {
				if v, ok := number(s.tokens[k].Text); ok {
					return s.bounded(k, v) // "200 advancing soldiers", read as "200 advancing"
				}
			}
			if n, ok := vagueCounts[strings.ToLower(t.Text)]; ok && t.Text != "many" && t.Text != "few" {
				return atLeast(n)
			}
		}
	}
	if d := s.child(i, "det"); d >= 0 && (strings.EqualFold(s.tokens[d].Text, "a") || strings.EqualFold(s.tokens[d].Text, "an") || strings.EqualFold(s.tokens[d].Text, "another")) {
		return exactly(1)
	}
	if d := s.child(i, "det"); d >= 0 && strings.EqualFold(s.tokens[d].Text, "no") {
		return exactly(0)
	}
	return nil
}

// nearerNumber tells that another number than that at token c, which is not joined to it, stands nearer to noun i.
func (s *sentence) nearerNumber(c, i int) bool {
	for _, d := range s.children[i] {
		if d > c+1 && d < i && base(s.tokens[d].Relation) == "nummod" && monthNumber(s.tokens[d-1].Text) > 0 {
			return true
		}
	}
	return false
}

func (s *sentence) textOr(i int) string {
	if i < 0 || i >= len(s.tokens) {
		return ""
	}
	return s.tokens[i].Text
}

func (s *sentence) lemmaOrText(i int) string {
	w := strings.ToLower(s.tokens[i].Text)
	if _, ok := vagueCounts[w]; ok {
		return w
	}
	return s.lemma(i)
}

func exactly(n int) *schema.Toll { return &schema.Toll{Min: n, Max: &n} }
func atLeast(n int) *schema.Toll { return &schema.Toll{Min: n} }

// bounded gives the count v at token i with what the words before it say of its bounds.
func (s *sentence) bounded(i, v int) *schema.Toll {
	if low, high, ok := s.span(i, v); ok {
		return &schema.Toll{Min: low, Max: &high}
	}
	before := ""
	for j := max(0, i-3); j < i; j++ {
		before += " " + strings.ToLower(s.tokens[j].Text)
	}
	before += " "
	for _, phrase := range []string{" at least ", " more than ", " over ", " no fewer than ", " no less than ", " upwards of ", " in excess of ", " above "} {
		if strings.HasSuffix(before, phrase) {
			return atLeast(v)
		}
	}
	return exactly(v)
}

// span reads the bounds of "between 9 and 50" and "10 to 12", either of whose numbers may stand at token i.
func (s *sentence) span(i, v int) (low, high int, ok bool) {
	for _, at := range []int{i, i - 2} {
		a, ok1 := number(s.textOr(at))
		b, ok2 := number(s.textOr(at + 2))
		if !ok1 || !ok2 || a >= b || at != i && b != v {
			continue
		}
		switch strings.ToLower(s.textOr(at + 1)) {
		case "and":
			if strings.EqualFold(s.textOr(at-1), "between") {
				return a, b, true
			}
		case "to", "or", "-", "–":
			return a, b, true
		}
	}
	return 0, 0, false
}

// pairs are nouns that say how many people they are.
var pairs = map[string]int{"couple": 2, "pair": 2, "duo": 2, "trio": 3}

// headcounts adds up the people that the phrase headed by token i and those coordinated with it count.
func (r *reading) headcounts(s *sentence, i int) *schema.Toll {
	var sum *schema.Toll
	for _, t := range s.conjuncts(i) {
		if !r.alsoCalled(s, i, t) {
			sum = addTolls(sum, r.headcount(s, t))
		}
	}
	return sum
}

// manyThings tells that a vague count at token i is of what is not human: "thousands of mines".
func (r *reading) manyThings(s *sentence, i int) bool {
	if vagueCounts[s.lemmaOrText(i)] == 0 {
		return false
	}
	for _, c := range s.children[i] {
		if ch := s.child(c, "case"); c > i && ch >= 0 && s.low(ch) == "of" && s.tokens[c].Tag == "NOUN" && vagueCounts[s.lemmaOrText(c)] == 0 && multipliers[strings.TrimSuffix(s.low(c), "s")] == 0 {
			return !r.people(s, c)
		}
	}
	return false
}

// alsoCalled tells that noun t, coordinated with noun i, only says what else the same person is: "the strongman and president".
func (r *reading) alsoCalled(s *sentence, i, t int) bool {
	if t == i || s.tokens[t].Penn != "NN" || s.tokens[i].Penn != "NN" || s.child(t, "det", "nummod", "nmod:poss") >= 0 {
		return false
	}
	n, ok := r.coder.actors.Noun([]string{s.lemma(t)})
	return ok && n.Class == gazetteer.Office
}

// headcount reads how many people the phrase headed by token i counts: what countAt says, else
// one where a single person is spoken of; nil when it does not say.
func (r *reading) headcount(s *sentence, i int) *schema.Toll {
	if s.tokens[i].Tag == "NUM" {
		if yearNumber(s.tokens[i].Text) > 0 && s.child(i, "nmod") < 0 {
			return nil // "the massacre of 1982"
		}
		// "Hall, also 24, who was killed": an age
		if h := s.tokens[i].Head; h >= 0 && (s.tokens[i].Relation == "appos" || s.tokens[i].Relation == "amod" || s.tokens[i].Relation == "nummod") && s.tokens[h].Tag == "PROPN" {
			return r.headcount(s, h)
		}
	}
	if n := pairs[s.lemma(i)]; n > 0 && s.tokens[i].Penn == "NN" && s.child(i, "nummod") < 0 {
		return exactly(n) // "a young couple"
	}
	if r.coder.is("crowd", s.lemma(i)) && s.tokens[i].Penn == "NN" && s.child(i, "nummod") < 0 {
		// "a family of seven", "a group of soldiers"
		for _, c := range s.children[i] {
			if s.tokens[c].Relation == "nmod" && s.child(c, "case") >= 0 && s.lemma(s.child(c, "case")) == "of" {
				return r.headcount(s, c)
			}
		}
		return nil
	}
	if n := s.countAt(i); n != nil {
		return n
	}
	if k := s.child(i, "appos"); k > i && s.tokens[i].Penn == "NNS" && s.tokens[k].Tag == "PROPN" {
		return r.headcounts(s, k) // "the workers Alan Henning and David Haines"
	}
	switch strings.ToLower(s.tokens[i].Text) {
	case "he", "she", "him", "her", "himself", "herself":
		return exactly(1)
	}
	for _, m := range s.mentionsAt(i) {
		if m.shape == named && m.person || m.shape == nominal && m.personal() && s.tokens[i].Penn == "NN" {
			return exactly(1)
		}
	}
	if s.tokens[i].Penn == "NN" && s.child(i, "det", "nmod:poss", "appos") >= 0 && (r.coder.is("kin", s.lemma(i)) || r.oneOf(s, i)) {
		return exactly(1)
	}
	return nil
}

// oneOf tells that the singular noun at i names a human being, not a group.
func (r *reading) oneOf(s *sentence, i int) bool {
	n, ok := r.coder.actors.Noun([]string{s.lemma(i)})
	return ok && n.Class == gazetteer.Folk && !r.coder.is("crowd", s.lemma(i))
}

// vagueTimes is how many times as many as its least a vague count may turn out to be.
const vagueTimes = 4

// later gives the count of an act that was counted a and then, farther on in the article, b.
// The news comes first, what follows are its parts, former counts and other acts; but one that
// has no upper bound gives way to a larger one in reach, "dozens" to "60".
func later(a, b *schema.Toll) *schema.Toll {
	if a == nil || b != nil && a.Max == nil && b.Min > a.Min && b.Min <= vagueTimes*a.Min {
		return b
	}
	return a
}

// addTolls adds two counts of different people hit by one act; nil counts nobody.
func addTolls(a, b *schema.Toll) *schema.Toll {
	if a == nil {
		return b
	}
	if b == nil {
		return a
	}
	sum := &schema.Toll{Min: a.Min + b.Min}
	if a.Max != nil && b.Max != nil {
		m := *a.Max + *b.Max
		sum.Max = &m
	}
	return sum
}
