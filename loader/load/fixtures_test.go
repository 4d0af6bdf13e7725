package load

import (
	"log/slog"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"incidentgraph/fixtures"
	"incidentgraph/loader/article"
	"incidentgraph/loader/extract"
	"incidentgraph/loader/resolve"
)

// fixtureDocuments reads the project's own articles.
func fixtureDocuments(t *testing.T) []article.Document {
	t.Helper()
	var out []article.Document
	for d, err := range article.ReadFS(fixtures.Articles(), ".", article.Overrides{}) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, d)
	}
	return out
}

func fixtureLoader(t *testing.T, s Store) *Loader {
	t.Helper()
	coder, err := extract.New()
	if err != nil {
		t.Fatal(err)
	}
	return &Loader{Store: s, Coder: coder, Version: extract.Version, Names: coder.StateName, Log: slog.New(slog.DiscardHandler)}
}

// all gives the documents as a source does.
func all(documents []article.Document) func(func(article.Document, error) bool) {
	return func(yield func(article.Document, error) bool) {
		for _, d := range documents {
			if !yield(d, nil) {
				return
			}
		}
	}
}

func TestFixturesInTenOrders(t *testing.T) {
	documents := fixtureDocuments(t)
	l := fixtureLoader(t, nil)
	graph := func() []resolve.Report {
		var out []resolve.Report
		for _, d := range documents {
			r := l.read(d)
			if r.err != nil {
				t.Fatal(r.err)
			}
			out = append(out, r.report)
		}
		return out
	}
	want := resolve.Graph(graph(), l.Names)
	for order := range 10 {
		m := newMemory()
		l.Store = m
		rest := slices.Clone(documents)
		r := rand.New(rand.NewPCG(uint64(order), 0))
		r.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
		for len(rest) > 0 {
			n := 1 // the first order is one by one, the second in one run
			if order == 1 {
				n = len(rest)
			} else if order > 1 {
				n = 1 + r.IntN(len(rest))
			}
			if sum, err := l.Load(t.Context(), all(rest[:n])); err != nil || sum.Read != n {
				t.Fatalf("%+v, %v", sum, err)
			}
			rest = rest[n:]
		}
		if diff := cmp.Diff(want, m.quads()); diff != "" {
			t.Fatalf("order %d: %s", order, diff)
		}
	}
}

func TestFixturesByFourLoadersAtOnce(t *testing.T) {
	d := empty(t)
	documents := fixtureDocuments(t)
	var group sync.WaitGroup
	for n := range 4 {
		l := fixtureLoader(t, d)
		group.Go(func() {
			mine := slices.Clone(documents)
			rand.New(rand.NewPCG(uint64(n), 7)).Shuffle(len(mine), func(i, j int) { mine[i], mine[j] = mine[j], mine[i] })
			for some := range slices.Chunk(mine[n:], 10) {
				if _, err := l.Load(t.Context(), all(some)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	sound(t, d)
	l := fixtureLoader(t, d)
	var reports []resolve.Report
	for _, document := range documents {
		reports = append(reports, l.read(document).report)
	}
	if diff := cmp.Diff(nquads(t, resolve.Graph(reports, l.Names)), export(t, d)); diff != "" {
		t.Error(diff)
	}
}
