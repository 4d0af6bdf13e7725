package main

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"slices"

	"incidentgraph/loader/extract"
)

// idle finds the words that tell no act, with which the models need not be troubled.
type idle struct {
	reread
	Out    string  `required:"" help:"Where goes the list."`
	Least  int     `default:"20" help:"How often a word must stand where it could tell an act."`
	Seldom float64 `default:"0.005" help:"In what share of these it may tell one all the same."`
}

// Help tells what is written.
func (idle) Help() string {
	return "A word is idle when readers of many articles hardly ever marked it. Print how much of all words and acts that takes away."
}

func (l *idle) Run() error {
	coder, articles, written, err := l.open()
	if err != nil {
		return err
	}
	words := extract.Words{}
	for _, a := range append(articles, written...) {
		coder.CountWords(a.Document, a.Annotation, words)
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "# Words that tell no act: lemmas that readers of some three thousand articles marked in at most one of %.0f places, found by\n# `go run ./loader/extract/train idle`. A pattern of the other files goes before them. Sorted.\n\n", 1/l.Seldom)
	var told, acts, idleTold, idleActs int
	for _, lemma := range slices.Sorted(maps.Keys(words)) {
		w := words[lemma]
		told, acts = told+w.Told, acts+w.Acts
		if w.Told >= l.Least && float64(w.Acts) <= l.Seldom*float64(w.Told) {
			fmt.Fprintln(&out, lemma)
			idleTold, idleActs = idleTold+w.Told, idleActs+w.Acts
		}
	}
	fmt.Printf("%.3f of %d places, %.4f of %d acts\n", float64(idleTold)/float64(told), told, float64(idleActs)/float64(acts), acts)
	return os.WriteFile(l.Out, out.Bytes(), 0o644)
}
