package load

import (
	"context"
	"fmt"
	"slices"

	"incidentgraph/schema"
)

// memory is a graph in memory that holds a transaction to the rules that Dgraph would hold it to.
type memory struct {
	facts map[string]map[string]schema.Quad // by node, then by predicate and object
}

func newMemory() *memory { return &memory{facts: make(map[string]map[string]schema.Quad)} }

func (m *memory) Update(ctx context.Context, change func(context.Context, Txn) error) error {
	return change(ctx, m)
}

func (m *memory) View(ctx context.Context, look func(context.Context, Txn) error) error {
	return look(ctx, m)
}

func (m *memory) Get(_ context.Context, keys, predicates []string) (map[string][]schema.Quad, error) {
	out := make(map[string][]schema.Quad)
	for _, key := range keys {
		for _, q := range m.facts[key] {
			if slices.Contains(predicates, q.Predicate) {
				out[key] = append(out[key], q)
			}
		}
		slices.SortFunc(out[key], schema.CompareQuads)
		if len(out[key]) == 0 {
			delete(out, key)
		}
	}
	return out, nil
}

func (m *memory) Find(ctx context.Context, predicate string, values, predicates []string) (map[string][]schema.Quad, error) {
	var keys []string
	for key, facts := range m.facts {
		for _, v := range values {
			if _, ok := facts[predicate+"\x00"+v]; ok {
				keys = append(keys, key)
				break
			}
		}
	}
	return m.Get(ctx, keys, predicates)
}

func (m *memory) Edges(_ context.Context, predicates, from, to []string) ([]schema.Quad, error) {
	var out []schema.Quad
	for _, p := range predicates {
		for _, f := range from {
			for _, t := range to {
				if q, ok := m.facts[f][p+"\x00"+t]; ok {
					out = append(out, q)
				}
			}
		}
	}
	return out, nil
}

func (m *memory) Reverse(_ context.Context, predicate string, to []string) (map[string][]string, error) {
	out := make(map[string][]string)
	for key, facts := range m.facts {
		for _, t := range to {
			if _, ok := facts[predicate+"\x00"+t]; ok {
				out[t] = append(out[t], key)
			}
		}
	}
	return out, nil
}

func (m *memory) Write(_ context.Context, set, del []schema.Quad) error {
	for _, q := range del {
		if _, ok := m.facts[q.Subject][q.Predicate+"\x00"+q.Object]; !ok {
			return fmt.Errorf("%v is deleted and was not there", q)
		}
		delete(m.facts[q.Subject], q.Predicate+"\x00"+q.Object)
	}
	for _, q := range set {
		if m.facts[q.Subject] == nil {
			m.facts[q.Subject] = make(map[string]schema.Quad)
		}
		if p, _ := schema.PredicateByName(q.Predicate); !p.IsList() {
			for k, old := range m.facts[q.Subject] {
				if old.Predicate == q.Predicate {
					delete(m.facts[q.Subject], k)
				}
			}
		}
		m.facts[q.Subject][q.Predicate+"\x00"+q.Object] = q
	}
	return nil
}

// quads gives all facts but those of the graph node, sorted.
func (m *memory) quads() []schema.Quad {
	var out []schema.Quad
	for key, facts := range m.facts {
		if key == schema.GraphKey {
			continue
		}
		for _, q := range facts {
			out = append(out, q)
		}
	}
	slices.SortFunc(out, schema.CompareQuads)
	return out
}
