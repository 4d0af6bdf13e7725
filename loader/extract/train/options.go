package main

import (
	"bytes"
	"fmt"
	"log"
	"os"

	"incidentgraph/loader/article"
	"incidentgraph/loader/extract"
	"incidentgraph/loader/extract/classify"
)

// reread are annotated articles, collected and written, that the program reads.
type reread struct {
	corpus
	Marked []string `type:"existingfile" help:"Files of articles in whose text the words for acts are marked."`
}

// open gives the program's coder and the articles.
func (l *reread) open() (coder *extract.Coder, articles, written []annotated, err error) {
	if coder, err = extract.New(); err != nil {
		return nil, nil, nil, err
	}
	if articles, err = l.read(); err != nil {
		return nil, nil, nil, err
	}
	written, err = readWritten(l.Marked, marked, extract.Marked)
	return coder, articles, written, err
}

// options learns to choose among the places or the days that an event may have.
type options struct {
	reread
	learnt
	Written float64 `default:"0.3" help:"How much an act of a marked article counts beside another."`
	Untold  float64 `default:"0.05" help:"How much an event counts whose place, day or toll no reader could tell."`
	Epochs  int     `default:"6" help:"How often all examples are seen."`
	Rate    float64 `default:"0.02" help:"Rate of learning."`
	Decay   float64 `default:"0.001" help:"How much weights are drawn to nothing."`
	Seldom  int     `default:"12" help:"Features of fewer examples are left out."`
}

// Help tells what learning does.
func (options) Help() string {
	return "It learns from the acts that readers marked, whatever the models of acts make of them, and from those that are read. The figures printed are those of unseen articles, beside those of the rules."
}

type places struct{ options }

func (l *places) Run() error {
	return l.learn("place", (*extract.Coder).LearnPlaces, (*extract.Coder).WithPlaces)
}

type days struct{ options }

func (l *days) Run() error {
	return l.learn("day", (*extract.Coder).LearnDays, (*extract.Coder).WithDays)
}

type tolls struct{ options }

func (l *tolls) Run() error {
	return l.learn("toll", (*extract.Coder).LearnTolls, (*extract.Coder).WithTolls)
}

// learn learns from what the lessons give of each article, and measures what is learnt on articles that it has not seen.
func (l *options) learn(what string, lesson func(*extract.Coder, article.Document, extract.Annotation) []extract.OptionLesson, with func(*extract.Coder, *classify.Choice) *extract.Coder) error {
	coder, articles, written, err := l.open()
	if err != nil {
		return err
	}
	articles = l.divide(articles, written)
	lessons := make([][]extract.OptionLesson, len(articles))
	for i, a := range articles {
		if !a.circumstantial() {
			continue
		}
		lessons[i] = lesson(coder, a.Document, a.Annotation)
		for k := range lessons[i] {
			x := &lessons[i][k]
			if x.Untold() { // a reader leaves untold what is most likely all the same
				x.Weight = l.Untold
			}
			if a.source == marked {
				x.Weight *= l.Written
			}
		}
	}
	unseen := make([]*classify.Choice, l.Folds)
	var learnt, rules accuracy
	for fold := range unseen {
		unseen[fold] = l.choice(articles, lessons, fold)
		for i, a := range articles {
			if a.fold != fold || a.source != collected {
				continue
			}
			for _, x := range lessons[i] {
				learnt.add(x, x.Choose(unseen[fold]))
				rules.add(x, x.Rule)
			}
		}
	}
	learnt.print(what)
	rules.print("by rule")
	if err := writeUnseen(l.Unseen, articles, func(fold int) *extract.Coder { return with(coder, unseen[fold]) }); err != nil {
		return err
	}
	return writeChoice(l.Out, "What speaks for a "+what+" of an act", l.choice(articles, lessons, -1))
}

// choice learns from all articles but those of one fold, -1 for none.
func (l *options) choice(articles []annotated, lessons [][]extract.OptionLesson, fold int) *classify.Choice {
	var list []classify.Options
	for i, article := range lessons {
		if articles[i].fold == fold {
			continue
		}
		for _, x := range article {
			list = append(list, x.Options)
		}
	}
	return classify.LearnChoice(list, classify.Settings{Seed: 1, Epochs: l.Epochs, Rate: l.Rate, Decay: l.Decay, Seldom: l.Seldom})
}

// writeChoice writes what was learnt to a file, under a line that tells what it is.
func writeChoice(path, what string, c *classify.Choice) error {
	var out bytes.Buffer
	fmt.Fprintf(&out, "# %s, and how much: learnt by package train, see ATTRIBUTION.md.\n", what)
	if _, err := c.WriteTo(&out); err != nil {
		return err
	}
	log.Printf("%d bytes", out.Len())
	return os.WriteFile(path, out.Bytes(), 0o644)
}

// accuracy counts how often the option chosen is right, or near: in the right state, of the right month.
type accuracy struct{ told, right, near, untold, none float64 }

func (a *accuracy) add(x extract.OptionLesson, chosen int) {
	switch {
	case x.Untold():
		a.untold++
		if chosen == 0 {
			a.none++
		}
		return
	case x.IsRight(chosen):
		a.right++
	case x.IsNear(chosen):
		a.near++
	}
	a.told++
}

func (a *accuracy) print(title string) {
	fmt.Printf("%-8s right %.3f, right or near %.3f of %v told; none %.3f of %v untold\n", title, a.right/a.told, (a.right+a.near)/a.told, a.told, a.none/a.untold, a.untold)
}
