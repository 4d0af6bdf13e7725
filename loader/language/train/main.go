package main

import (
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"incidentgraph/loader/language"
)

func main() {
	out := flag.String("o", "", "write model")
	eval := flag.String("eval", "", "evaluate on these files")
	model := flag.String("model", "", "")
	te := flag.Int("te", 8, "")
	pe := flag.Int("pe", 10, "")
	flag.Parse()
	if *out != "" {
		data, err := readTrees(flag.Args()...)
		if err != nil {
			log.Fatal(err)
		}
		var sents []language.Sentence
		for _, t := range data {
			sents = append(sents, t.gold)
		}
		sents = augment(sents)
		t := &language.Trainer{Log: log.Printf}
		if err := os.WriteFile(*out, t.Train(sents, *te, *pe, 1), 0o644); err != nil {
			log.Fatal(err)
		}
	}
	if *eval != "" {
		m, err := language.Load()
		if *model != "" {
			b, e := os.ReadFile(*model)
			if e != nil {
				log.Fatal(e)
			}
			m, err = language.New(b)
		}
		if err != nil {
			log.Fatal(err)
		}
		for _, p := range strings.Split(*eval, ",") {
			files, _ := filepath.Glob(p)
			data, err := readTrees(files...)
			if err != nil {
				log.Fatal(err)
			}
			fmt.Println(p)
			evaluate(m, data)
		}
	}
}

func augment(in []language.Sentence) []language.Sentence {
	rng := rand.New(rand.NewPCG(7, 7))
	out := append([]language.Sentence(nil), in...)
	for _, s := range in {
		x := rng.Float64()
		if x > 0.2 {
			continue
		}
		c := language.Sentence{Tokens: append([]language.Token(nil), s.Tokens...)}
		n := len(c.Tokens)
		if x > 0.1 {
			if n > 3 && c.Tokens[n-1].Text == "." {
				c.Tokens = c.Tokens[:n-1]
				out = append(out, c)
			}
			continue
		}
		for i := range c.Tokens {
			t := &c.Tokens[i]
			if x < 0.05 {
				t.Text = strings.ToUpper(t.Text)
			} else if len(t.Text) > 3 {
				t.Text = strings.ToUpper(t.Text[:1]) + t.Text[1:]
			}
		}
		out = append(out, c)
	}
	return out
}

func base(rel string) string { b, _, _ := strings.Cut(rel, ":"); return b }

func evaluate(m *language.Model, data []tree) {
	var n, up, xp, uas, las, lasFull, lem int
	toks := make([][]language.Token, len(data))
	for i, t := range data {
		for _, w := range t.gold.Tokens {
			toks[i] = append(toks[i], language.Token{Text: w.Text})
		}
	}
	for i, t := range data {
		m.Annotate(toks[i])
		for j, g := range t.gold.Tokens {
			p := toks[i][j]
			n++
			if p.Tag == g.Tag {
				up++
			}
			if p.Penn == g.Penn {
				xp++
			}
			if strings.EqualFold(p.Lemma, g.Lemma) {
				lem++
			} else if os.Getenv("LEM") != "" && p.Tag == g.Tag && p.Penn == g.Penn {
				fmt.Println("LEM", p.Text, p.Penn, p.Lemma, g.Lemma)
			}
			if p.Head == g.Head {
				uas++
				if base(p.Relation) == base(g.Relation) {
					las++
				}
				if p.Relation == g.Relation {
					lasFull++
				}
			}
		}
	}
	pc := func(a int) float64 { return 100 * float64(a) / float64(n) }
	fmt.Printf("gold words:  UPOS %.2f XPOS %.2f lemma %.2f UAS %.2f LAS %.2f (with subtypes %.2f)\n", pc(up), pc(xp), pc(lem), pc(uas), pc(las), pc(lasFull))
	start := time.Now()
	var words, same, gold int
	up, uas, las, lasFull = 0, 0, 0, 0
	for _, t := range data {
		s := m.Parse(t.text, 0)
		words += len(s.Tokens)
		gold += len(t.gold.Tokens)
		type pair struct{ p, g *language.Token }
		where := map[[2]int]*language.Token{}
		for j := range s.Tokens {
			where[[2]int{s.Tokens[j].Start, s.Tokens[j].End}] = &s.Tokens[j]
		}
		for j := range t.gold.Tokens {
			g := &t.gold.Tokens[j]
			p := where[[2]int{g.Start, g.End}]
			if p == nil {
				continue
			}
			same++
			if p.Tag == g.Tag {
				up++
			}
			ok := p.Head < 0 && g.Head < 0
			if p.Head >= 0 && g.Head >= 0 {
				ph, gh := s.Tokens[p.Head], t.gold.Tokens[g.Head]
				ok = ph.Start == gh.Start && ph.End == gh.End
			}
			if ok {
				uas++
				if base(p.Relation) == base(g.Relation) {
					las++
				}
				if p.Relation == g.Relation {
					lasFull++
				}
			}
		}
	}
	el := time.Since(start)
	f := func(a int) float64 { return 200 * float64(a) / float64(words+gold) }
	fmt.Printf("own words: F1 words %.2f UPOS %.2f UAS %.2f LAS %.2f (with subtypes %.2f); %.0f sentences/s\n", f(same), f(up), f(uas), f(las), f(lasFull), float64(len(data))/el.Seconds())
}
