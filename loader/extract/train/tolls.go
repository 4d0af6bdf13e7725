package main

import (
	"fmt"

	"incidentgraph/loader/extract"
)

type tolls struct{ reread }

// Help tells what is counted.
func (tolls) Help() string {
	return "A toll is right when its lower bound is that of the reader. Counted are the events that are found; the models may have learnt from the articles."
}

func (l *tolls) Run() error {
	coder, articles, written, err := l.open()
	if err != nil {
		return err
	}
	for _, x := range []struct {
		title string
		list  []annotated
	}{{"articles", articles}, {"marked articles", written}} {
		var killed, injured extract.TollCount
		for _, a := range x.list {
			k, i := coder.Tolls(a.Document, a.Annotation)
			killed.Add(k)
			injured.Add(i)
		}
		fmt.Printf("%s: killed %d right of %d told, %d more are given; injured %d of %d, %d more\n", x.title, killed.Right, killed.Told, killed.Extra, injured.Right, injured.Told, injured.Extra)
	}
	return nil
}
