package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"incidentgraph/loader/language"
)

// figures counts what a model got right. With own words each figure is an F1
// over words of the same span, as in the CoNLL 2018 shared task; with given
// words that is the plain share.
type figures struct {
	gold, system                                              int
	words, universal, penn, lemma, heads, relations, subtypes int
}

func (f *figures) count(g, p *language.Token, sameHead bool) {
	f.words++
	if g.Tag == p.Tag {
		f.universal++
	}
	if g.Penn == p.Penn {
		f.penn++
	}
	if strings.EqualFold(g.Lemma, p.Lemma) {
		f.lemma++
	}
	if !sameHead {
		return
	}
	f.heads++
	if universal(g.Relation) == universal(p.Relation) {
		f.relations++
	}
	if g.Relation == p.Relation {
		f.subtypes++
	}
}

// universal gives a relation without its subtype.
func universal(relation string) string {
	base, _, _ := strings.Cut(relation, ":")
	return base
}

func (f figures) print(w io.Writer, name string) {
	p := func(n int) float64 { return 200 * float64(n) / float64(f.gold+f.system) }
	fmt.Fprintf(w, "  %-12s words %.2f  UPOS %.2f  XPOS %.2f  lemma %.2f  UAS %.2f  LAS %.2f  LAS with subtypes %.2f\n",
		name, p(f.words), p(f.universal), p(f.penn), p(f.lemma), p(f.heads), p(f.relations), p(f.subtypes))
}

func measureGiven(m *language.Model, trees []tree) (f figures) {
	for _, t := range trees {
		words := make([]language.Token, len(t.gold.Tokens))
		for i, w := range t.gold.Tokens {
			words[i].Text = w.Text
		}
		m.Annotate(words)
		f.gold += len(words)
		f.system += len(words)
		for i := range words {
			f.count(&t.gold.Tokens[i], &words[i], words[i].Head == t.gold.Tokens[i].Head)
		}
	}
	return f
}

// measureOwn also gives how many sentences a second were parsed.
func measureOwn(m *language.Model, trees []tree) (f figures, speed float64) {
	parsed := make([]language.Sentence, len(trees))
	start := time.Now()
	for i, t := range trees {
		parsed[i] = m.Parse(t.text, 0)
	}
	speed = float64(len(trees)) / time.Since(start).Seconds()
	for i, t := range trees {
		f.gold += len(t.gold.Tokens)
		f.system += len(parsed[i].Tokens)
		at := map[[2]int]int{}
		for j, w := range parsed[i].Tokens {
			at[[2]int{w.Start, w.End}] = j
		}
		for j := range t.gold.Tokens {
			g := &t.gold.Tokens[j]
			k, ok := at[[2]int{g.Start, g.End}]
			if !ok {
				continue
			}
			p := &parsed[i].Tokens[k]
			same := g.Head < 0 && p.Head < 0
			if g.Head >= 0 && p.Head >= 0 {
				a, b := t.gold.Tokens[g.Head], parsed[i].Tokens[p.Head]
				same = a.Start == b.Start && a.End == b.End
			}
			f.count(g, p, same)
		}
	}
	return f, speed
}
