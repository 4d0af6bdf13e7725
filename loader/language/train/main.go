// Command train learns the language model that the loader carries,
// loader/language/model.bin, from treebanks in CoNLL-U, and measures it.
//
//	go run ./loader/language/train learn --help
//	go run ./loader/language/train score TREEBANK.conllu
//
// The model was made in two steps from UD English EWT (en_ewt-ud-train.conllu),
// the news and interviews of GUM and the treebank of news beside this file
// (news.conllu), see ATTRIBUTION.md. Three teachers learn from the treebanks
// alone; they differ by chance and err in different places, so that together
// they are a point of LAS better than each:
//
//	go run ./loader/language/train learn --seed 1 --out teacher1.bin \
//		en_ewt-ud-train.conllu GUM_*.conllu loader/language/train/news.conllu
//	(and the same with seeds 2 and 3)
//
// The model learns from the treebanks and from news that the teachers have read
// (collected articles, and those written for loader/extract/train; only what is
// learnt is kept of them):
//
//	go run ./loader/extract/train texts \
//		loader/extract/train/articles/{wire,agency,cable,release}.txt > written.jsonl
//	go run ./loader/language/train learn --seed 11 --out model.bin \
//		--teachers teacher1.bin --teachers teacher2.bin --teachers teacher3.bin \
//		--articles articles.jsonl --articles written.jsonl \
//		en_ewt-ud-train.conllu GUM_*.conllu loader/language/train/news.conllu
//
// A teacher takes about five minutes of one core, the model ten. Sizes and
// chances were chosen on EWT dev and four documents of GUM that were held out
// until the last run. news-test.conllu is never learnt from: the test of this
// package keeps how well the model reads it.
package main

import (
	"fmt"
	"log"
	"os"

	"github.com/alecthomas/kong"

	"incidentgraph/loader/language"
)

type command struct {
	Learn learn `cmd:"" help:"Learn a model from treebanks in CoNLL-U, and from the text of articles as the treebanks teach to read it."`
	Score score `cmd:"" help:"Measure a model against treebanks in CoNLL-U: tags and trees from given words and from its own, and speed."`
}

func main() {
	log.SetFlags(log.Ltime)
	var c command
	k := kong.Parse(&c, kong.Name("train"), kong.UsageOnError(),
		kong.Description("Learns the language model that the loader carries (loader/language/model.bin) and measures it. "+
			"The same input and seed give the same bytes on machines of one kind."))
	k.FatalIfErrorf(k.Run())
}

type score struct {
	Model     string   `help:"Model file; without it, the one that is part of the program." type:"existingfile"`
	Treebanks []string `arg:"" help:"CoNLL-U files, each measured by itself." type:"existingfile"`
}

func (c *score) Run() error {
	m, err := language.Load()
	if c.Model != "" {
		data, e := os.ReadFile(c.Model)
		if e != nil {
			return e
		}
		m, err = language.Decode(string(data))
	}
	if err != nil {
		return err
	}
	for _, path := range c.Treebanks {
		trees, err := readTrees(path)
		if err != nil {
			return err
		}
		fmt.Println(path)
		measureGiven(m, trees).print(os.Stdout, "given words")
		own, speed := measureOwn(m, trees)
		own.print(os.Stdout, "own words")
		fmt.Printf("  %d sentences, %.0f a second\n", len(trees), speed)
	}
	return nil
}
