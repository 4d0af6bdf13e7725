package extract

import (
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"incidentgraph/fixtures"
	"incidentgraph/loader/article"
)

var update = flag.Bool("update", false, "write what was found to testdata instead of comparing with it")

// golden holds got against a file of testdata, or writes the file with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v: write it with go test -run %s -update", err, t.Name())
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s differs (- before, + now); when it became better, go test -run %s -update:\n%s", file, t.Name(), diff)
	}
}

// sample is a fixture article with the graph it must become.
type sample struct {
	doc  article.Document
	gold fixtures.Graph
}

var read = sync.OnceValues(func() ([]sample, error) {
	graphs, err := fixtures.Graphs()
	if err != nil {
		return nil, err
	}
	var out []sample
	for _, g := range graphs {
		var found []article.Document
		for d, err := range article.ReadFS(fixtures.Articles(), g.Path, article.Overrides{}) {
			if err != nil {
				return nil, err
			}
			// A file of one article has its name for an id, whatever else the article is called.
			if path.Ext(g.Path) != ".jsonl" || d.ID == g.ID {
				d.ID = g.ID
				found = append(found, d)
			}
		}
		if len(found) != 1 {
			return nil, fmt.Errorf("%s: %d articles for the graph %s", g.Path, len(found), g.ID)
		}
		out = append(out, sample{found[0], g})
	}
	return out, nil
})

// samples gives the fixture articles in the order of their ids.
func samples(t testing.TB) []sample {
	t.Helper()
	out, err := read()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// document reads a plain text as an article published on a day.
func document(t testing.TB, text, published string) article.Document {
	t.Helper()
	for d, err := range article.Read("test.txt", strings.NewReader(text), article.Overrides{Published: published}) {
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	t.Fatal("no article")
	return article.Document{}
}
