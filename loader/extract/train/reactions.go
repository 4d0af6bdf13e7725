package main

import (
	"fmt"
	"sort"

	"incidentgraph/loader/extract"
	"incidentgraph/loader/extract/classify"
)

type reactions struct {
	learn
	Marked float64 `name:"marked-weight" default:"0.5" help:"How much an act counts that readers marked beside one that is read."`
}

// Help tells what learning reactions does.
func (reactions) Help() string {
	return "It learns from what models that have not seen an article read in it, and from the acts that readers marked, which act each one answers. The figures printed are those of unseen articles."
}

func (l *reactions) Run() error {
	articles, unseen, err := l.unseen()
	if err != nil {
		return err
	}
	for fold := range unseen {
		unseen[fold] = unseen[fold].With(extract.Models{Edges: l.edges(articles, fold)})
	}
	choices := make([]*classify.Choice, l.Folds)
	var lessons []extract.ReactionLessons
	// What the rules read, which the models are told of, has reactions as well: so it is read twice, first without any.
	for range 2 {
		lessons = make([]extract.ReactionLessons, len(articles))
		for i, a := range articles {
			if a.circumstantial() {
				unseen[a.fold].WithReactions(choices[a.fold]).LearnReactions(a.Document, a.Annotation, &lessons[i])
			}
		}
		for fold := range choices {
			choices[fold] = l.choice(articles, lessons, fold)
		}
	}
	l.measure(articles, lessons, choices)
	if err := writeUnseen(l.Unseen, articles, func(fold int) *extract.Coder { return unseen[fold].WithReactions(choices[fold]) }); err != nil {
		return err
	}
	return writeChoice(l.Out, "What speaks for an act being a reaction to another", l.choice(articles, lessons, -1))
}

// choice learns from all articles but those of one fold, -1 for none.
func (l *reactions) choice(articles []annotated, lessons []extract.ReactionLessons, fold int) *classify.Choice {
	var list []classify.Options
	for i, a := range lessons {
		if articles[i].fold == fold {
			continue
		}
		weight := 1.0
		if articles[i].source == marked {
			weight = l.Written
		}
		for _, x := range a.Read {
			x.Weight *= weight
			list = append(list, x.Options)
		}
		for _, x := range a.Marked {
			x.Weight *= l.Marked * weight
			list = append(list, x.Options)
		}
	}
	return classify.LearnChoice(list, classify.Settings{Seed: 1, Epochs: 8, Rate: 0.05, Decay: 0.1, Seldom: 8})
}

// measure prints how often the likeliest cause of an act is the one the reader found, at several thresholds.
func (l *reactions) measure(articles []annotated, lessons []extract.ReactionLessons, choices []*classify.Choice) {
	type guess struct {
		p     float64
		right bool
	}
	var guesses []guess
	answers, within := 0, 0
	for i, a := range lessons {
		if articles[i].source != collected {
			continue
		}
		for _, x := range a.Read {
			if x.Answers {
				answers++
			}
			if x.Cause >= 0 {
				within++
			}
			best, none := -1, len(x.List)-1
			p := choices[articles[i].fold].Choose(x.List)
			for k := range none {
				if best < 0 || p[k] > p[best] {
					best = k
				}
			}
			if best >= 0 {
				guesses = append(guesses, guess{p[best], best == x.Cause})
			}
		}
	}
	sort.SliceStable(guesses, func(i, j int) bool { return guesses[i].p > guesses[j].p })
	fmt.Printf("reactions: %d, the causes of %d of them are read\n", answers, within)
	for _, t := range []float64{0.05, 0.08, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5} {
		right, n := 0, 0
		for ; n < len(guesses) && guesses[n].p >= t; n++ {
			if guesses[n].right {
				right++
			}
		}
		fmt.Printf("  %.2f  P %.3f R %.3f\n", t, float64(right)/max(float64(n), 1), float64(right)/max(float64(answers), 1))
	}
}
