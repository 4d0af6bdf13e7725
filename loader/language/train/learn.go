package main

import (
	"fmt"
	"log"
	"math/rand/v2"
	"os"

	"incidentgraph/loader/language"
	"incidentgraph/loader/language/network"
)

type learn struct {
	Out       string   `help:"File to write the model to." required:"" type:"path"`
	Seed      uint64   `help:"Source of chance." default:"1"`
	Epochs    int      `help:"How often each sentence is seen." default:"30"`
	Check     []string `help:"Treebanks to measure the model on while it learns; nothing is learnt from them." type:"existingfile"`
	Treebanks []string `arg:"" help:"CoNLL-U files to learn from." type:"existingfile"`
}

// The sizes and chances were chosen on EWT dev and four held-out documents of GUM news.
var (
	shape = network.Shape{Width: 192, Layers: 4, Arc: 128, Label: 128, Tag: 128}
	plan  = network.Plan{Batch: 500, Rate: 0.003, DropWord: 0.25, DropFeature: 0.05, DropInput: 0.2, DropHidden: 0.25, Known: 2}
)

var dresses = chances{upper: 0.03, title: 0.02, unended: 0.05, headline: 0.05}

func (c *learn) Run() error {
	trees, err := readTrees(c.Treebanks...)
	if err != nil {
		return err
	}
	var check [][]tree
	for _, path := range c.Check {
		t, err := readTrees(path)
		if err != nil {
			return err
		}
		check = append(check, t)
	}
	classes := newClasses(trees)
	var sentences [][]language.Token
	for _, t := range trees {
		sentences = append(sentences, t.gold.Tokens)
	}
	log.Printf("%d sentences, %d tags, %d relations", len(trees), len(classes.tags), len(classes.relations))
	shape, plan := shape, plan
	shape.Tags, shape.Relations = classes.tags, classes.relations
	plan.Epochs, plan.Seed = c.Epochs, c.Seed
	plan.Log = func(epoch int, loss [3]float64, m *network.Model) {
		log.Printf("epoch %d: loss of tags %.3f, heads %.3f, relations %.3f", epoch+1, loss[0], loss[1], loss[2])
		if (epoch+1)%5 != 0 && epoch+1 != c.Epochs {
			return
		}
		now, err := language.Decode(string(m.Encode()))
		if err != nil {
			log.Print(err)
			return
		}
		for i, t := range check {
			fmt.Println(c.Check[i])
			measureGiven(now, t).print(os.Stdout, "given words")
		}
	}
	m := network.Learn(shape, plan, classes.epochs(sentences))
	return os.WriteFile(c.Out, m.Encode(), 0o644)
}

// classes numbers the tags and relations of treebanks, in order of appearance.
type classes struct {
	tags, relations      []string
	tagNumber, relNumber map[string]int32
}

func newClasses(trees []tree) *classes {
	c := &classes{tagNumber: map[string]int32{}, relNumber: map[string]int32{}}
	number := func(m map[string]int32, list *[]string, name string) {
		if _, ok := m[name]; !ok {
			m[name] = int32(len(*list))
			*list = append(*list, name)
		}
	}
	for _, t := range trees {
		for _, w := range t.gold.Tokens {
			number(c.tagNumber, &c.tags, w.Tag+" "+w.Penn)
			number(c.relNumber, &c.relations, w.Relation)
		}
	}
	return c
}

// epochs gives the sentences of an epoch: in the first as they are, then some in another dress.
func (c *classes) epochs(sentences [][]language.Token) func(int, *rand.Rand) []network.Example {
	return func(n int, rng *rand.Rand) []network.Example {
		out := make([]network.Example, 0, len(sentences))
		for _, words := range sentences {
			if n > 0 {
				words = vary(words, dresses, rng)
			}
			var e network.Example
			for _, w := range words {
				e.Words = append(e.Words, w.Text)
				e.Tags = append(e.Tags, c.tagNumber[w.Tag+" "+w.Penn])
				e.Heads = append(e.Heads, int32(w.Head))
				e.Relations = append(e.Relations, c.relNumber[w.Relation])
			}
			out = append(out, e)
		}
		return out
	}
}
