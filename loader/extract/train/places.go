package main

import (
	"fmt"
	"log"
	"os"

	"incidentgraph/loader/extract"
	"incidentgraph/loader/extract/classify"
)

type places struct {
	corpus
	Untold float64 `default:"0.08" help:"How much an event counts that no reader could place."`
	Hidden int     `default:"16" help:"Width of the hidden layers."`
	Epochs int     `default:"6" help:"How often all examples are seen."`
	Rate   float64 `default:"0.02" help:"Rate of learning."`
	Forget float64 `default:"0.4" help:"Share of features left out by chance."`
	Seldom int     `default:"12" help:"Features of fewer examples are left out."`
}

// Help tells what learning does.
func (places) Help() string {
	return "The model learns from the acts that readers marked, whatever the models of acts make of them. The figures printed are those of unseen articles, beside those of the rules."
}

func (l *places) Run() error {
	coder, err := extract.New()
	if err != nil {
		return err
	}
	articles, err := l.read()
	if err != nil {
		return err
	}
	articles = l.divide(articles, nil)
	lessons := make([][]extract.PlaceLesson, len(articles))
	for i, a := range articles {
		lessons[i] = coder.LearnPlaces(a.Document, a.Annotation)
		for _, x := range lessons[i] {
			if x.Untold() { // a reader leaves untold what is most likely all the same
				for k := range x.Options {
					x.Options[k].Weight = l.Untold
				}
			}
		}
	}
	unseen := make([]*classify.Model, l.Folds)
	var model, rules accuracy
	for fold := range unseen {
		unseen[fold] = l.model(lessons, fold)
		for i := fold; i < len(lessons); i += l.Folds {
			for _, x := range lessons[i] {
				model.add(x, x.Choose(unseen[fold]))
				rules.add(x, x.Rule)
			}
		}
	}
	model.print("places")
	rules.print("by rule")
	if err := writeUnseen(l.Unseen, articles, func(fold int) *extract.Coder { return coder.WithPlaces(unseen[fold]) }); err != nil {
		return err
	}
	data := l.model(lessons, -1).AppendTo(nil)
	log.Printf("%d bytes", len(data))
	return os.WriteFile(l.Out, data, 0o644)
}

// model learns from all articles but those of one fold, -1 for none.
func (l *places) model(lessons [][]extract.PlaceLesson, fold int) *classify.Model {
	var list []classify.Example
	for i, article := range lessons {
		if fold >= 0 && i%l.Folds == fold {
			continue
		}
		for _, x := range article {
			list = append(list, x.Options...)
		}
	}
	return classify.Learn(extract.PlaceClasses(), list, classify.Settings{Seed: 1, Hidden: l.Hidden, Epochs: l.Epochs, Rate: l.Rate, Decay: 0.001, Forget: l.Forget, Seldom: l.Seldom})
}

// accuracy counts how often the place chosen is right, or in the right state.
type accuracy struct{ told, right, state, untold, none float64 }

func (a *accuracy) add(x extract.PlaceLesson, chosen int) {
	switch class := x.Options[chosen].Class; {
	case x.Untold():
		a.untold++
		if chosen == 0 {
			a.none++
		}
		return
	case class == "right":
		a.right++
	case class == "state":
		a.state++
	}
	a.told++
}

func (a *accuracy) print(title string) {
	fmt.Printf("%-8s right %.3f, right or in the right state %.3f of %v told; none %.3f of %v untold\n", title, a.right/a.told, (a.right+a.state)/a.told, a.told, a.none/a.untold, a.untold)
}
