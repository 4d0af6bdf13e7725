package load

import (
	"context"
	"errors"
	"strings"
	"testing"

	"incidentgraph/loader/load/generate"
	"incidentgraph/schema"
	"incidentgraph/schema/dgraph"
)

// The checker finds every rule that is broken behind the loader's back.
func TestCheckFindsWhatIsBroken(t *testing.T) {
	facts := func(t *testing.T, d Database, wanted func(schema.Quad) bool) schema.Quad {
		t.Helper()
		var found *schema.Quad
		err := d.unchanged(t.Context(), func(txn *transaction) error {
			return txn.each(t.Context(), func(_ string, facts []schema.Quad) error {
				for _, q := range facts {
					if found == nil && wanted(q) {
						found = &q
					}
				}
				return nil
			})
		})
		if err != nil || found == nil {
			t.Fatal("no such fact", err)
		}
		return *found
	}
	of := func(predicate string) func(schema.Quad) bool {
		return func(q schema.Quad) bool { return q.Predicate == predicate }
	}
	direct := func(q schema.Quad) bool { _, err := schema.ReadRelationship(q); return err == nil }
	for _, c := range []struct {
		name    string
		wanted  func(schema.Quad) bool
		replace func(schema.Quad) *schema.Quad // nil deletes the fact
		fault   string
	}{
		{"a claim without an incident", of("incident"), nil, "it has no incident"},
		{"a claim without an article", of("article"), nil, "it has no article"},
		{"a claim without evidence", of("evidence"), nil, "evidence"},
		{"evidence that is moved", of("start"), func(q schema.Quad) *schema.Quad { q.Object = "1"; return &q }, "does not stand there"},
		{"a direct edge that is missing", direct, nil, "is missing"},
		{"a direct edge that counts otherwise", direct, func(q schema.Quad) *schema.Quad {
			q.Facets = []schema.Facet{{Key: "confidence", Value: 0.5}, {Key: "count", Value: 77}}
			return &q
		}, "is not what its incidents make"},
		{"an incident that shows another number", of("publishers"), func(q schema.Quad) *schema.Quad { q.Object = "99"; return &q }, "its claims make it another"},
		{"a node without a name", of("name"), nil, "it has no name"},
		{"an edge to the wrong type", of("location"), func(q schema.Quad) *schema.Quad { q.Object = q.Subject; return &q }, "leads to"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := empty(t)
			if _, err := load(t.Context(), d, readAll(t, generate.Dense(41).Articles(6))); err != nil {
				t.Fatal(err)
			}
			sound(t, d)
			q := facts(t, d, c.wanted)
			set, del := []schema.Quad(nil), []schema.Quad{q}
			if c.replace != nil {
				set = []schema.Quad{*c.replace(q)}
			}
			err := d.client.Update(t.Context(), func(ctx context.Context, txn *dgraph.Txn) error {
				return (&transaction{txn: txn, uids: make(map[string]string)}).Write(ctx, set, del)
			})
			if err != nil {
				t.Fatal(err)
			}
			faults, err := d.Check(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range faults {
				if strings.Contains(f.Rule, c.fault) {
					return
				}
			}
			t.Errorf("%v was changed, and the faults are %v", q, faults)
		})
	}
}

func TestExportTellsOfChangesMeanwhile(t *testing.T) {
	d := empty(t)
	articles := generate.Dense(43).Articles(6)
	if _, err := load(t.Context(), d, readAll(t, articles[:3])); err != nil {
		t.Fatal(err)
	}
	err := d.unchanged(t.Context(), func(*transaction) error {
		_, err := load(t.Context(), d, readAll(t, articles[3:]))
		return err
	})
	if !errors.Is(err, ErrChanged) {
		t.Errorf("a change that was made while the graph was read: %v", err)
	}
}
