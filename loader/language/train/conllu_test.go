package main

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"incidentgraph/loader/language"
)

var update = flag.Bool("update", false, "write what is found as what is expected")

// TestTreebank holds that the treebank of this project is one of trees: a root, and no word above itself.
func TestTreebank(t *testing.T) {
	for _, path := range []string{"news.conllu", "news-test.conllu"} {
		trees, err := readTrees(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, tree := range trees {
			roots := 0
			for i, w := range tree.gold.Tokens {
				if (w.Head < 0) != (w.Relation == "root") {
					t.Errorf("%s: %q: %q is of relation %q and has head %d", path, tree.text, w.Text, w.Relation, w.Head+1)
				}
				if w.Head < 0 {
					roots++
				}
				for above, steps := w.Head, 0; above >= 0; above, steps = tree.gold.Tokens[above].Head, steps+1 {
					if above == i || steps > len(tree.gold.Tokens) {
						t.Fatalf("%s: %q: %q stands above itself", path, tree.text, w.Text)
					}
				}
			}
			if roots != 1 {
				t.Errorf("%s: %q: %d roots", path, tree.text, roots)
			}
		}
	}
}

// TestNewsScore keeps how well the model of the program reads the sentences of news-test.conllu, from which it has not learnt.
func TestNewsScore(t *testing.T) {
	const golden = "testdata/news-test.golden"
	m, err := language.Load()
	if err != nil {
		t.Fatal(err)
	}
	trees, err := readTrees("news-test.conllu")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	own, _ := measureOwn(m, trees)
	measureGiven(m, trees).print(&out, "given words")
	own.print(&out, "own words")
	if *update {
		if err := os.WriteFile(golden, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), out.String()); diff != "" {
		t.Errorf("figures have changed (run with -update when they are better):\n%s", diff)
	}
}
