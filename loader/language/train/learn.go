package main

import (
	"errors"
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"slices"
	"strings"

	"incidentgraph/loader/article"
	"incidentgraph/loader/language"
	"incidentgraph/loader/language/network"
)

type learn struct {
	Out       string   `help:"File to write the model to." required:"" type:"path"`
	Seed      uint64   `help:"Source of chance." default:"1"`
	Epochs    int      `help:"How often each sentence is seen." default:"20"`
	Check     []string `help:"Treebanks to measure the model on while it learns; nothing is learnt from them." type:"existingfile"`
	Articles  []string `help:"Articles whose sentences, as the teachers read them, are learnt from as well: anything the loader reads." type:"path"`
	Teachers  []string `help:"Models that read the articles together." type:"existingfile"`
	Sure      float64  `help:"Leave out a sentence of the articles whose heads the teachers hold less likely than this." default:"0.6"`
	Treebanks []string `arg:"" help:"CoNLL-U files to learn from." type:"existingfile"`
}

// The sizes and chances were chosen on EWT dev and four held-out documents of GUM news.
var (
	shape = network.Shape{Width: 128, Layers: 4, Arc: 96, Label: 96, Tag: 96}
	plan  = network.Plan{Batch: 500, Rate: 0.003, DropWord: 0.25, DropFeature: 0.05, DropInput: 0.25, DropHidden: 0.33, Known: 2}
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
	if len(c.Articles) > 0 {
		read, err := c.readArticles()
		if err != nil {
			return err
		}
		sentences = append(sentences, read...)
	}
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

// readArticles gives the sentences of the articles as the teachers read them.
func (c *learn) readArticles() ([][]language.Token, error) {
	var jury network.Jury
	var model *language.Model // for its dictionary of lemmas
	for _, path := range c.Teachers {
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		teacher, err := network.Decode(string(data))
		if err != nil {
			return nil, fmt.Errorf("read teacher %s: %w", path, err)
		}
		if len(jury) > 0 && (!slices.Equal(teacher.Tags, jury[0].Tags) || !slices.Equal(teacher.Relations, jury[0].Relations)) {
			return nil, fmt.Errorf("teacher %s has other tags or relations than the first: teach them with the same treebanks", path)
		}
		jury = append(jury, teacher)
		if model, err = language.Decode(string(data)); err != nil {
			return nil, err
		}
	}
	if len(jury) == 0 {
		return nil, errors.New("articles need a teacher to read them: give --teachers")
	}
	var out [][]language.Token
	all := 0
	for _, path := range c.Articles {
		for doc, err := range article.ReadPath(path, article.Overrides{}) {
			if err != nil {
				return nil, fmt.Errorf("read articles %s: %w", path, err)
			}
			for _, s := range doc.Sentences {
				words := language.Words(doc.Text[s.Start:s.End], 0)
				if len(words) < 3 || len(words) > 100 {
					continue
				}
				all++
				texts := make([]string, len(words))
				for i, w := range words {
					texts[i] = w.Text
				}
				r, sure := jury.Read(texts)
				if sure < c.Sure {
					continue
				}
				for i := range words {
					w := &words[i]
					w.Tag, w.Penn, _ = strings.Cut(jury[0].Tags[r.Tags[i]], " ")
					w.Head, w.Relation = int(r.Heads[i]), jury[0].Relations[r.Relations[i]]
					words[i].Lemma = model.Lemma(words[i])
				}
				out = append(out, words)
			}
		}
	}
	log.Printf("articles: %d of %d sentences read surely", len(out), all)
	return out, nil
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
