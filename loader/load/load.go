// Package load brings articles into the graph and takes them out again. A batch of articles is one transaction:
// it reads what the articles touch, resolves it together with them, and writes the difference between what is
// there and what ought to be. Whatever is computed from several articles (incidents, actors, direct edges) is
// computed anew from all that it depends on, so that the graph is a function of the set of articles in it.
//
// Every transaction that writes also raises the revision of the graph's one Graph node. So no two that
// overlap in time can both succeed; the later one is done again on what the first left behind, and what is said
// here of one loader holds for any number of them.
package load

import (
	"context"

	"incidentgraph/schema"
)

// Store is a graph in which several read and write.
type Store interface {
	// Update runs change in a transaction that happens as a whole or not at all. change may be run
	// again when the transaction could not be committed.
	Update(ctx context.Context, change func(context.Context, Txn) error) error
	// View reads the graph as it is at one moment.
	View(ctx context.Context, look func(context.Context, Txn) error) error
}

// Txn is a transaction. Nodes are named by their keys. All answers are of the graph before Write.
type Txn interface {
	// Get gives the facts of those nodes that exist, by key, as far as they are of the predicates.
	Get(ctx context.Context, keys, predicates []string) (map[string][]schema.Quad, error)
	// Find is Get for nodes that have one of the values of an indexed predicate.
	Find(ctx context.Context, predicate string, values, predicates []string) (map[string][]schema.Quad, error)
	// Edges gives the edges of the predicates from some nodes to others.
	Edges(ctx context.Context, predicates, from, to []string) ([]schema.Quad, error)
	// Reverse gives, by key, the nodes from which edges of the predicate lead to each of the nodes.
	Reverse(ctx context.Context, predicate string, to []string) (map[string][]string, error)
	// Write deletes facts and then sets others. A node that the facts name exists or is made by them.
	Write(ctx context.Context, set, del []schema.Quad) error
}

// Change counts what a load or retraction did to the graph.
type Change struct {
	// Read counts articles that were new, Known those that were there in this version or a later one,
	// Replaced those of which another version was there, Retracted those taken out.
	Read, Known, Replaced, Retracted int
	// Incidents, Claims, Actors and Relationships are how many more there are than before.
	Incidents, Claims, Actors, Relationships int
	// Facts is how many were written or deleted.
	Facts int
}

func (c *Change) add(d Change) {
	c.Read += d.Read
	c.Known += d.Known
	c.Replaced += d.Replaced
	c.Retracted += d.Retracted
	c.Incidents += d.Incidents
	c.Claims += d.Claims
	c.Actors += d.Actors
	c.Relationships += d.Relationships
	c.Facts += d.Facts
}
