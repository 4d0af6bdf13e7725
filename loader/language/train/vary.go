package main

import (
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf8"

	"incidentgraph/loader/language"
)

// chances are how often a sentence is learnt from in another dress.
type chances struct {
	upper    float64 // all capitals
	title    float64 // words begin with capitals
	unended  float64 // without its final mark
	headline float64 // without articles and auxiliaries, past told in the present
}

// vary gives the words of a sentence as they are, or in another dress. The
// treebanks hold few headlines and hardly a line in capitals; news does.
func vary(words []language.Token, c chances, rng *rand.Rand) []language.Token {
	x := rng.Float64()
	take := func(chance float64) bool {
		x -= chance
		return x < 0
	}
	switch {
	case take(c.upper):
		return recased(words, func(s string, _ int) string { return strings.ToUpper(s) })
	case take(c.title):
		return recased(words, titled)
	case take(c.unended):
		return unended(words)
	case take(c.headline):
		out := headline(words, rng)
		switch {
		case out == nil:
			return words
		case rng.Float64() < 0.3:
			return recased(out, titled)
		}
		return recased(out, func(s string, i int) string {
			if i == 0 {
				return capital(s)
			}
			return s
		})
	}
	return words
}

func recased(words []language.Token, change func(s string, i int) string) []language.Token {
	out := append([]language.Token(nil), words...)
	for i := range out {
		out[i].Text = change(out[i].Text, i)
	}
	return out
}

func titled(s string, i int) string {
	if i > 0 && len(s) < 4 {
		return s
	}
	return capital(s)
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

func unended(words []language.Token) []language.Token {
	n := len(words)
	if n < 3 || words[n-1].Text != "." || words[n-1].Head < 0 {
		return words
	}
	for _, w := range words {
		if w.Head == n-1 {
			return words
		}
	}
	return words[:n-1]
}

// headline makes a headline of a statement, or gives nil where it cannot.
func headline(words []language.Token, rng *rand.Rand) []language.Token {
	n := len(words)
	if n < 5 || n > 40 || words[n-1].Text != "." {
		return nil
	}
	governs := make([]bool, n)
	helped := make([]bool, n)
	subject := make([]int, n)
	root := -1
	for i := range subject {
		subject[i] = -1
	}
	for i, w := range words {
		if w.Head < 0 {
			root = i
			continue
		}
		governs[w.Head] = true
		switch {
		case strings.HasPrefix(w.Relation, "aux"), w.Relation == "cop":
			helped[w.Head] = true
		case w.Relation == "nsubj":
			subject[w.Head] = i
		}
	}
	if words[root].Tag != "VERB" && !helped[root] || governs[n-1] {
		return nil
	}
	bare := rng.Float64() < 0.5
	drop := make([]bool, n)
	drop[n-1] = true
	out := append([]language.Token(nil), words...)
	for i, w := range words {
		finite := w.Penn == "VBD" || w.Penn == "VBZ" || w.Penn == "VBP"
		switch {
		case governs[i]:
		case w.Penn == "DT" && w.Relation == "det" && (w.Lemma == "a" || w.Lemma == "the"):
			drop[i] = true
		case finite && w.Relation == "aux:pass":
			drop[i] = true
		case finite && w.Relation == "cop" && bare:
			drop[i] = true
		}
		if w.Penn == "VBD" && w.Tag == "VERB" && !helped[i] && w.Lemma != "be" && subject[i] >= 0 && (i == root || w.Head == root && w.Relation == "conj") {
			switch s := words[subject[i]]; {
			case s.Penn == "NNS" || s.Penn == "NNPS" || s.Lemma == "they" || s.Lemma == "we" || s.Lemma == "I" || s.Lemma == "you":
				out[i].Text, out[i].Penn = w.Lemma, "VBP"
			default:
				out[i].Text, out[i].Penn = thirdPerson(w.Lemma), "VBZ"
			}
		}
	}
	place := make([]int, n)
	kept := 0
	for i := range out {
		place[i] = kept
		if !drop[i] {
			out[kept] = out[i]
			kept++
		}
	}
	out = out[:kept]
	for i := range out {
		if out[i].Head >= 0 {
			out[i].Head = place[out[i].Head]
		}
	}
	return out
}

// thirdPerson gives "carries" for "carry".
func thirdPerson(lemma string) string {
	n := len(lemma)
	switch {
	case lemma == "have":
		return "has"
	case n > 1 && lemma[n-1] == 'y' && strings.IndexByte("aeiou", lemma[n-2]) < 0:
		return lemma[:n-1] + "ies"
	case strings.HasSuffix(lemma, "s"), strings.HasSuffix(lemma, "sh"), strings.HasSuffix(lemma, "ch"),
		strings.HasSuffix(lemma, "x"), strings.HasSuffix(lemma, "z"), strings.HasSuffix(lemma, "o"):
		return lemma + "es"
	}
	return lemma + "s"
}
