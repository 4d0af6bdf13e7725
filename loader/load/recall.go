package load

import (
	"context"
	"slices"
	"strings"

	"incidentgraph/schema"
)

const (
	// recallLimit is how many facts and uids are remembered before some are forgotten: some 150 MB.
	recallLimit = 600_000
	// recallChanges is for how many changes is remembered then what was of use in none of them.
	recallChanges = 8
)

// recall is what a loader remembers of the graph as its last change left it, so that it need not ask again for what
// the news of one time keeps touching. It holds at one revision of the graph only.
type recall struct {
	revision string
	changes  int // that were made so far
	size     int // facts
	// uids are those of nodes, by key.
	uids map[string]string
	// nodes are the facts of nodes by what was asked for, its predicates in one string, and by key. A node that
	// does not exist has none.
	nodes map[string]map[string]*remembered
	// found are the keys of the claims in a block.
	found map[string]*foundClaims
}

// remembered are facts of a node, and the number of the change to which they were of use last.
type remembered struct {
	facts []schema.Quad
	used  int
}

// foundClaims are the keys of claims, and the number of the change to which they were of use last.
type foundClaims struct {
	keys []string
	used int
}

// partyPredicates are what is kept of actors and places.
var partyPredicates = unique(append(schema.PredicatesOf(schema.Actor{}), schema.PredicatesOf(schema.Location{})...))

// recalled gives what is remembered of nodes, by their types. Texts are not among it.
func recalled() map[string][]string {
	return map[string][]string{"Claim": schema.PredicatesOf(schema.Claim{}), "Incident": schema.PredicatesOf(schema.Incident{}),
		"Article": headPredicates, "Actor": partyPredicates, "Location": partyPredicates}
}

func newRecall(revision string) *recall {
	r := &recall{revision: revision, uids: make(map[string]string), nodes: make(map[string]map[string]*remembered), found: make(map[string]*foundClaims)}
	for _, predicates := range recalled() {
		r.nodes[strings.Join(predicates, " ")] = make(map[string]*remembered)
	}
	return r
}

// at gives what is remembered if it holds at the revision, and else nothing.
func (r *recall) at(revision string) *recall {
	if r == nil || r.revision != revision {
		return newRecall(revision)
	}
	r.changes++
	if r.size+len(r.uids) > recallLimit {
		r.forget(r.changes - recallChanges)
	}
	if r.size+len(r.uids) > recallLimit {
		return newRecall(revision)
	}
	return r
}

// forget forgets what was of no use since a change.
func (r *recall) forget(since int) {
	uids := make(map[string]string)
	r.size = 0
	for _, known := range r.nodes {
		for key, n := range known {
			if n.used < since {
				delete(known, key)
				continue
			}
			r.size += len(n.facts)
			if uid, ok := r.uids[key]; ok {
				uids[key] = uid
			}
		}
	}
	for block, f := range r.found {
		if f.used < since {
			delete(r.found, block)
		}
	}
	r.uids = uids
}

// keep remembers facts of a node.
func (r *recall) keep(known map[string]*remembered, key string, facts []schema.Quad) {
	known[key] = &remembered{slices.Clip(facts), r.changes}
	r.size += len(facts)
}

// learn brings what is remembered to what a change makes of it.
func (r *recall) learn(set, del []schema.Quad) {
	type change struct{ set, del []schema.Quad }
	changes := make(map[string]*change)
	of := func(key string) *change {
		if changes[key] == nil {
			changes[key] = &change{}
		}
		return changes[key]
	}
	for _, q := range del {
		of(q.Subject).del = append(of(q.Subject).del, q)
		if f := r.found[q.Object]; f != nil && q.Predicate == "block" {
			f.keys = slices.DeleteFunc(f.keys, func(k string) bool { return k == q.Subject })
		}
		if q.Predicate == "xid" {
			delete(r.uids, q.Subject)
		}
	}
	for _, q := range set {
		of(q.Subject).set = append(of(q.Subject).set, q)
		if f := r.found[q.Object]; f != nil && q.Predicate == "block" {
			f.keys = append(f.keys, q.Subject)
		}
		if q.Subject == schema.GraphKey && q.Predicate == "revision" {
			r.revision = q.Object
		}
	}
	kinds := recalled()
	for name, known := range r.nodes {
		predicates := strings.Fields(name)
		for key, c := range changes {
			made := slices.ContainsFunc(c.set, func(q schema.Quad) bool {
				return q.Predicate == "dgraph.type" && slices.Equal(kinds[q.Object], predicates)
			})
			if n := known[key]; n != nil {
				n.facts = changed(n.facts, c.set, c.del, predicates)
				r.size += len(c.set) - len(c.del)
			} else if made {
				r.keep(known, key, changed(nil, c.set, nil, predicates))
			}
		}
	}
}

// changed gives the facts of a node after a change, as far as they are of the predicates.
func changed(facts, set, del []schema.Quad, predicates []string) []schema.Quad {
	out := slices.Clone(facts)
	drop := func(gone func(schema.Quad) bool) { out = slices.DeleteFunc(out, gone) }
	for _, q := range del {
		drop(func(o schema.Quad) bool { return o.Predicate == q.Predicate && o.Object == q.Object })
	}
	for _, q := range set {
		if !slices.Contains(predicates, q.Predicate) {
			continue
		}
		p, _ := schema.PredicateByName(q.Predicate)
		drop(func(o schema.Quad) bool { return o.Predicate == q.Predicate && (!p.IsList() || o.Object == q.Object) })
		out = append(out, q)
	}
	slices.SortFunc(out, schema.CompareQuads)
	return slices.Clip(out)
}

// remembering is a transaction that asks only for what is not remembered.
type remembering struct {
	Txn
	*recall
}

func (t remembering) Get(ctx context.Context, keys, predicates []string) (map[string][]schema.Quad, error) {
	known, ok := t.nodes[strings.Join(predicates, " ")]
	if !ok {
		return t.Txn.Get(ctx, keys, predicates)
	}
	var ask []string
	for _, k := range keys {
		if known[k] == nil {
			ask = append(ask, k)
		}
	}
	got, err := t.Txn.Get(ctx, ask, predicates)
	if err != nil {
		return nil, err
	}
	for _, k := range ask {
		t.keep(known, k, got[k])
	}
	out := make(map[string][]schema.Quad)
	for _, k := range keys {
		n := known[k]
		n.used = t.changes
		if len(n.facts) > 0 {
			out[k] = n.facts
		}
	}
	return out, nil
}

func (t remembering) Find(ctx context.Context, predicate string, values, predicates []string) (map[string][]schema.Quad, error) {
	known, ok := t.nodes[strings.Join(predicates, " ")]
	if !ok || predicate != "block" {
		return t.Txn.Find(ctx, predicate, values, predicates)
	}
	var ask []string
	for _, v := range values {
		if t.found[v] == nil {
			ask = append(ask, v)
		}
	}
	got, err := t.Txn.Find(ctx, predicate, ask, predicates)
	if err != nil {
		return nil, err
	}
	asked := make(map[string]bool, len(ask))
	for _, v := range ask {
		t.found[v], asked[v] = &foundClaims{}, true
	}
	for key, facts := range got {
		t.keep(known, key, facts)
		for _, q := range facts {
			if q.Predicate == predicate && asked[q.Object] {
				t.found[q.Object].keys = append(t.found[q.Object].keys, key)
			}
		}
	}
	var keys []string
	for _, v := range values {
		t.found[v].used = t.changes
		keys = append(keys, t.found[v].keys...)
	}
	return t.Get(ctx, unique(keys), predicates)
}

func (t remembering) Write(ctx context.Context, set, del []schema.Quad) error {
	if err := t.Txn.Write(ctx, set, del); err != nil {
		return err
	}
	t.learn(set, del)
	return nil
}
