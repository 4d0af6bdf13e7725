package load

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"incidentgraph/loader/load/generate"
	"incidentgraph/loader/resolve"
	"incidentgraph/schema"
)

func stateNames(code string) string { return "State of " + code }

func readAll(t testing.TB, articles []generate.Article) []resolve.Report {
	t.Helper()
	out := make([]resolve.Report, len(articles))
	for i, a := range articles {
		r, err := resolve.Read(a.Graph, a.Text)
		if err != nil {
			t.Fatal(err)
		}
		out[i] = r
	}
	return out
}

// Whatever the order, the batches, the repetitions and the retractions in between, the graph is the one that the
// articles in it make when they are resolved all at once. So it is when some of it is remembered and not read.
func TestGraphIsAFunctionOfItsArticles(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		seed := rapid.Uint64Range(0, 1<<20).Draw(rt, "seed")
		articles := generate.Dense(seed).Articles(rapid.IntRange(1, 40).Draw(rt, "articles"))
		want := resolve.Graph(readAll(t, articles), stateNames)

		r := rand.New(rand.NewPCG(seed, 1))
		r.Shuffle(len(articles), func(i, j int) { articles[i], articles[j] = articles[j], articles[i] })
		m := newMemory()
		remembered := newRecall("")
		forgetful := rapid.Bool().Draw(rt, "forgetful")
		txn := func() Txn {
			remembered.changes++
			if forgetful {
				remembered.forget(remembered.changes - r.IntN(3))
			}
			return remembering{m, remembered}
		}
		rest, retractions := articles, rapid.IntRange(0, 3).Draw(rt, "retractions")
		for len(rest) > 0 {
			n := min(len(rest), rapid.IntRange(1, 12).Draw(rt, "batch"))
			if _, err := apply(t.Context(), txn(), stateNames, readAll(t, rest[:n]), nil); err != nil {
				rt.Fatal(err)
			}
			loaded := articles[:len(articles)-len(rest)+n]
			rest = rest[n:]
			if retractions > 0 {
				retractions--
				// Take some out and, later, bring them back.
				gone := loaded[r.IntN(len(loaded)):]
				gone = gone[:1+r.IntN(len(gone))]
				var keys []string
				for _, a := range gone {
					keys = append(keys, schema.ArticleKey(a.Graph.Article))
				}
				if _, err := apply(t.Context(), txn(), stateNames, nil, keys); err != nil {
					rt.Fatal(err)
				}
				rest = append(append([]generate.Article{}, rest...), gone...)
				articles = append(append([]generate.Article{}, articles...), gone...)
			}
		}
		if diff := cmp.Diff(want, m.quads()); diff != "" {
			rt.Fatal(diff)
		}
		change, err := apply(t.Context(), txn(), stateNames, readAll(t, articles), nil)
		if err != nil || change.Facts != 0 {
			rt.Fatalf("loading again: %+v, %v", change, err)
		}
	})
}

// torn is a graph of which one node is seen only by the edges of others, as a transaction of Dgraph sees what is
// committed beside it. It keeps nothing.
type torn struct {
	*memory
	unseen string
}

func (t torn) Get(ctx context.Context, keys, predicates []string) (map[string][]schema.Quad, error) {
	out, err := t.memory.Get(ctx, keys, predicates)
	delete(out, t.unseen)
	return out, err
}

func (t torn) Find(ctx context.Context, predicate string, values, predicates []string) (map[string][]schema.Quad, error) {
	out, err := t.memory.Find(ctx, predicate, values, predicates)
	delete(out, t.unseen)
	return out, err
}

func (torn) Write(context.Context, []schema.Quad, []schema.Quad) error { return nil }

// A view that cannot be may end in an error, which Database.Update takes for a reason to try again, and never in a
// panic, which would end the loader.
func TestTornViewDoesNotPanic(t *testing.T) {
	articles := generate.Dense(11).Articles(60)
	m := newMemory()
	if _, err := apply(t.Context(), m, stateNames, readAll(t, articles[:30]), nil); err != nil {
		t.Fatal(err)
	}
	reports := readAll(t, articles[30:37])
	faults := 0
	for key := range m.facts {
		if _, err := apply(t.Context(), torn{m, key}, stateNames, slices.Clone(reports), nil); err != nil {
			faults++
		}
	}
	if faults == 0 {
		t.Error("no torn view was noticed: the test tears nothing")
	}
}

func TestTakingAllOutLeavesNothing(t *testing.T) {
	articles := generate.Dense(7).Articles(30)
	m := newMemory()
	if _, err := apply(t.Context(), m, stateNames, readAll(t, articles), nil); err != nil {
		t.Fatal(err)
	}
	for _, a := range articles {
		change, err := apply(t.Context(), m, stateNames, nil, []string{schema.ArticleKey(a.Graph.Article)})
		if err != nil || change.Retracted != 1 {
			t.Fatal(change, err)
		}
	}
	if left := m.quads(); len(left) > 0 {
		t.Errorf("%d facts are left, such as %v", len(left), left[0])
	}
}
