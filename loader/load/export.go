package load

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"incidentgraph/schema"
	"incidentgraph/schema/dgraph"
)

// stored are all predicates that nodes have, the direct edges included.
func stored() []string {
	out := []string{"dgraph.type"}
	for _, p := range schema.Predicates() {
		if p.Name != "revision" { // a matter of how often it was written, not of what it says
			out = append(out, p.Name)
		}
	}
	return out
}

// each calls visit with the facts of every node of the graph, in the order of their keys, all of one moment.
func (t *transaction) each(ctx context.Context, visit func(key string, facts []schema.Quad) error) error {
	keys, err := t.keys(ctx)
	if err != nil {
		return err
	}
	for some := range slices.Chunk(keys, 500) {
		facts, err := t.Get(ctx, some, stored())
		if err != nil {
			return err
		}
		for _, key := range some {
			if err := visit(key, facts[key]); err != nil {
				return err
			}
		}
	}
	return nil
}

// keys gives the keys of all nodes but the graph's own, sorted. Two nodes that share one make an error.
func (t *transaction) keys(ctx context.Context) ([]string, error) {
	const page = 50_000
	var keys []string
	for after := "0x0"; ; {
		answer, err := t.txn.Query(ctx, fmt.Sprintf(`query q($after: string) { n(func: has(xid), first: %d, after: $after) { uid xid } }`, page), map[string]string{"$after": after})
		if err != nil {
			return nil, err
		}
		var in struct{ N []struct{ UID, Xid string } }
		if err := json.Unmarshal(answer.JSON, &in); err != nil {
			return nil, fmt.Errorf("answer of Dgraph: %w", err)
		}
		for _, n := range in.N {
			after = n.UID
			if n.Xid != schema.GraphKey {
				keys = append(keys, n.Xid)
			}
		}
		if len(in.N) < page {
			break
		}
	}
	slices.Sort(keys)
	for i, k := range keys {
		if i > 0 && k == keys[i-1] {
			return nil, fmt.Errorf("two nodes share the key %s", k)
		}
	}
	return keys, nil
}

// ErrChanged tells that the graph was changed while all of it was read, so that what was read may be of two moments.
var ErrChanged = errors.New("the graph was changed while it was read: do it again when nobody loads")

// unchanged reads all of the graph. What Dgraph shows of changes that are made meanwhile, see Update, cannot be told
// from what was there, so that they make an error.
func (d Database) unchanged(ctx context.Context, read func(*transaction) error) error {
	before, err := revision(ctx, d.client.ReadOnly())
	if err != nil {
		return err
	}
	err = read(&transaction{txn: d.client.ReadOnly(), uids: make(map[string]string)})
	after, failed := revision(ctx, d.client.ReadOnly())
	if failed == nil && after != before {
		return ErrChanged
	}
	return errors.Join(err, failed)
}

// Export writes the graph as N-Quads sorted by node, predicate and value. Nodes are named by their keys, so that
// two graphs that say the same are the same bytes. The error is ErrChanged when another wrote meanwhile.
func (d Database) Export(ctx context.Context, w io.Writer) error {
	out := bufio.NewWriterSize(w, 1<<20)
	err := d.unchanged(ctx, func(t *transaction) error {
		return t.each(ctx, func(_ string, facts []schema.Quad) error { return writeNQuads(out, facts) })
	})
	return errors.Join(err, out.Flush())
}

// writeNQuads writes facts one a line, naming nodes by their keys.
func writeNQuads(w io.Writer, facts []schema.Quad) error {
	var q dgraph.NQuads
	for _, f := range facts {
		q.Fact(f, dgraph.Named)
	}
	_, err := w.Write(q.Bytes())
	return err
}

// Fault is a rule of the graph that does not hold.
type Fault struct {
	// Node is the key of the node where it shows.
	Node string
	// Rule says what is wrong.
	Rule string
}

func (f Fault) String() string { return f.Node + ": " + f.Rule }

// Check proves the rules of the graph, and gives what breaks them, sorted: every node has a key, a name, a type
// and nothing but what its type lists; every incident has a claim; every claim has an incident of its type, an
// article and evidence; every piece of evidence stands in its article's text at its offsets; direct edges, direct
// facts of incidents and their answers are those that the claims make; every edge leads to a node of the right type,
// and is found from there. The error is ErrChanged when another wrote meanwhile.
func (d Database) Check(ctx context.Context) (faults []Fault, err error) {
	err = d.unchanged(ctx, func(t *transaction) (err error) {
		faults, err = t.check(ctx)
		return err
	})
	if err != nil {
		return nil, err
	}
	return faults, nil
}

func (t *transaction) check(ctx context.Context) ([]Fault, error) {
	c := checker{types: make(map[string]string), texts: make(map[string]string)}
	if err := t.each(ctx, c.visit); err != nil {
		return nil, err
	}
	back := make(map[edge]bool) // of the predicates that hold one, whose old edges Dgraph might forget to take back
	for _, p := range schema.Predicates() {
		if p.IsList() || !p.Reverse {
			continue
		}
		from, err := t.Reverse(ctx, p.Name, slices.Sorted(maps.Keys(c.types)))
		if err != nil {
			return nil, err
		}
		for to, keys := range from {
			for _, key := range keys {
				back[edge{key, p.Name, to}] = true
			}
		}
	}
	return c.finish(back)
}

// endpoints are the node types that edges lead to.
func endpoints(predicate string) []string {
	switch predicate {
	case "acts_for", "in", "initiators", "targets", "claim_initiators", "claim_targets", "attributed_to":
		return []string{"Actor"}
	case "location", "claim_location":
		return []string{"Location"}
	case "in_response_to", "incident":
		return []string{"Incident"}
	case "article":
		return []string{"Article"}
	case "answers", "copy_of":
		return []string{"Claim"}
	case "evidence":
		return []string{"Evidence"}
	case "mentions":
		return []string{"Actor", "Location"}
	}
	return []string{"Actor"} // direct edges
}

// nodeType gives the first of a node's types.
func nodeType(facts []schema.Quad) string {
	var types []string
	for _, q := range facts {
		if q.Predicate == "dgraph.type" && q.Object != "State" {
			types = append(types, q.Object)
		}
	}
	return strings.Join(types, "+")
}

// lists gives the predicates that each node type may have.
func lists() map[string]map[string]bool {
	out := make(map[string]map[string]bool)
	for _, t := range schema.NodeTypes() {
		out[t.Name] = map[string]bool{"dgraph.type": true}
		for _, p := range t.Predicates {
			out[t.Name][p] = true
		}
	}
	return out
}

func sortFaults(faults []Fault) []Fault {
	slices.SortFunc(faults, func(a, b Fault) int { return strings.Compare(a.String(), b.String()) })
	return slices.Compact(faults)
}
