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

// Ten orders, one by one, in one run or in parts, by one, two or four loaders at once of which each leaves out some
// that another has: the export is always the same.
func TestFixturesInTenOrders(t *testing.T) {
	documents := fixtureDocuments(t)
	real := fixtureLoader(t, nil)
	read := graphs{}
	var reports []resolve.Report
	for _, d := range documents {
		read[d.ID] = real.Coder.Extract(d)
		r := real.read(d)
		if r.err != nil {
			t.Fatal(r.err)
		}
		reports = append(reports, r.report)
	}
	want := nquads(t, resolve.Graph(reports, real.Names))
	for order, loaders := range []int{1, 1, 1, 2, 2, 2, 4, 4, 4, 4} {
		d := empty(t)
		l := Loader{Store: d, Coder: read, Version: real.Version, Names: real.Names, Log: real.Log}
		var group sync.WaitGroup
		for n := range loaders {
			group.Go(func() {
				r := rand.New(rand.NewPCG(uint64(order), uint64(n)))
				rest := slices.Clone(documents)
				r.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
				rest = rest[n:]
				for len(rest) > 0 {
					some := 1 + r.IntN(len(rest))
					switch order {
					case 0:
						some = 1
					case 1:
						some = len(rest)
					}
					if sum, err := l.Load(t.Context(), all(rest[:some])); err != nil || sum.Done() != some || sum.Failed > 0 {
						t.Errorf("%+v, %v", sum, err)
						return
					}
					rest = rest[some:]
				}
			})
		}
		group.Wait()
		sound(t, d)
		if diff := cmp.Diff(want, export(t, d)); diff != "" {
			t.Fatalf("order %d, %d loaders: %s", order, loaders, diff)
		}
		// Again: nothing is read, nothing changes.
		l.Coder = graphs{}
		if sum, err := l.Load(t.Context(), all(documents)); err != nil || sum.Known != len(documents) || sum.Failed > 0 || sum.Facts != 0 {
			t.Errorf("again: %+v, %v", sum, err)
		}
	}
}
