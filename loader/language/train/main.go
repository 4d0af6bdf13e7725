// Command train learns the language model from treebanks and measures it.
//
//	go run ./loader/language/train learn --out model.bin TREEBANK.conllu...
//	go run ./loader/language/train score --model model.bin TREEBANK.conllu...
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
		measureGiven(m, trees).print("given words")
		own, speed := measureOwn(m, trees)
		own.print("own words")
		fmt.Printf("  %d sentences, %.0f a second\n", len(trees), speed)
	}
	return nil
}
