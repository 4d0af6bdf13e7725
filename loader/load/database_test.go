package load

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"incidentgraph/loader/load/generate"
	"incidentgraph/loader/resolve"
	"incidentgraph/schema"
	"incidentgraph/schema/dgraph/local/localtest"
)

var graph localtest.Graph

func TestMain(m *testing.M) {
	if address := os.Getenv(child); address != "" {
		if err := loadAsChild(address); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	graph.Main(m)
}

// empty gives a database with nothing in it; all tests share one Dgraph.
func empty(t testing.TB) Database {
	t.Helper()
	if testing.Short() {
		t.Skip("starts a Dgraph")
	}
	return NewDatabase(graph.Client(t))
}

func load(ctx context.Context, s Store, reports []resolve.Report, retract ...string) (change Change, err error) {
	err = s.Update(ctx, func(ctx context.Context, t Txn) error {
		change, err = apply(ctx, t, stateNames, reports, retract)
		return err
	})
	return change, err
}

func export(t testing.TB, d Database) string {
	t.Helper()
	var b bytes.Buffer
	if err := d.Export(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// sound fails the test when a rule of the graph does not hold.
func sound(t testing.TB, d Database) {
	t.Helper()
	faults, err := d.Check(t.Context())
	for errors.Is(err, ErrChanged) {
		faults, err = d.Check(t.Context()) // the last change of a loader that was killed comes through later
	}
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range faults {
		if i == 10 {
			t.Errorf("and %d more", len(faults)-i)
			break
		}
		t.Error(f)
	}
}

// nquads writes facts as the export does.
func nquads(t testing.TB, facts []schema.Quad) string {
	t.Helper()
	var b bytes.Buffer
	if err := writeNQuads(&b, facts); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestDgraphHoldsTheGraphOfItsArticles(t *testing.T) {
	d := empty(t)
	articles := generate.Dense(3).Articles(120)
	want := nquads(t, resolve.Graph(readAll(t, articles), stateNames))
	r := rand.New(rand.NewPCG(5, 5))
	r.Shuffle(len(articles), func(i, j int) { articles[i], articles[j] = articles[j], articles[i] })
	for i := 0; i < len(articles); i += 25 {
		change, err := load(t.Context(), d, readAll(t, articles[i:min(i+25, len(articles))]))
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%+v", change)
	}
	sound(t, d)
	if diff := cmp.Diff(want, export(t, d)); diff != "" {
		t.Fatal(diff)
	}
	change, err := load(t.Context(), d, readAll(t, articles))
	if err != nil || change.Facts != 0 || change.Known != len(articles) {
		t.Errorf("loading again: %+v, %v", change, err)
	}
}
