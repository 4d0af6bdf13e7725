package load

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"incidentgraph/loader/resolve"
	"incidentgraph/schema"
)

// describe brings articles, their sentences, actors and places to what they ought to be.
func (b *batch) describe(ctx context.Context) error {
	// New mentions widen what is known; where a mention goes, all others are read to see what remains.
	mentions := make(map[string][]mention)
	var keys, narrowed []string
	for _, r := range b.reports {
		b.want[r.Article.Key] = schema.Quads(r.Article)
		for _, s := range r.Sentences {
			b.want[s.Key] = schema.Quads(s)
		}
		for _, m := range r.Article.Mentions {
			mentions[m.Object] = append(mentions[m.Object], mention{m, r.Article.Day})
			keys = append(keys, m.Object)
		}
	}
	for _, a := range b.removed {
		for _, m := range a.Mentions {
			narrowed = append(narrowed, m.Object)
		}
	}
	narrowed = unique(narrowed)
	remaining, err := b.remaining(ctx, narrowed)
	if err != nil {
		return err
	}
	keys = unique(append(keys, narrowed...))
	stored, err := b.txn.Get(ctx, keys, partyPredicates)
	if err != nil {
		return err
	}
	forsaken := make(map[string]bool) // states that may have lost the last mention or the last who refers to them
	referred := make(map[string]bool) // states
	for _, key := range keys {
		anew := slices.Contains(narrowed, key)
		all := mentions[key]
		if anew {
			all = append(all, remaining[key]...)
		}
		b.have[key] = append(b.have[key], stored[key]...)
		var old, a schema.Actor
		var oldPlace, l schema.Location
		if err := schema.Read(stored[key], &old); err != nil {
			return err
		}
		if err := schema.Read(stored[key], &oldPlace); err != nil {
			return err
		}
		forsaken[old.ActsFor], forsaken[oldPlace.In] = true, true
		if len(all) == 0 {
			if old.Code != "" {
				forsaken[key] = true
				continue
			}
			b.want[key] = nil
			if !schema.IsLocationKey(key) {
				b.change.Actors--
			}
			continue
		}
		if !anew {
			a, l = old, oldPlace
		}
		if schema.IsLocationKey(key) {
			for _, m := range all {
				l = resolve.AddLocation(l, m.value)
			}
			b.want[key] = schema.Quads(l)
			referred[l.In] = true
			continue
		}
		for _, m := range all {
			a = resolve.AddActor(a, m.value, m.day, b.names)
		}
		b.want[key] = append(b.want[key], schema.Quads(a)...)
		referred[a.ActsFor] = true
		if old.Key == "" {
			b.change.Actors++
		}
	}
	return b.states(ctx, referred, forsaken, stored)
}

// mention is what one article says of an actor or place.
type mention struct {
	value schema.Value
	day   int
}

// remaining gives the mentions by articles that stay.
func (b *batch) remaining(ctx context.Context, keys []string) (map[string][]mention, error) {
	by, err := b.txn.Reverse(ctx, "mentions", keys)
	if err != nil {
		return nil, err
	}
	articles := slices.DeleteFunc(flat(by), func(k string) bool { _, goes := b.removed[k]; return goes })
	quads, err := b.txn.Edges(ctx, []string{"mentions"}, articles, keys)
	if err != nil {
		return nil, err
	}
	days, err := b.txn.Get(ctx, articles, []string{"xid", "day"})
	if err != nil {
		return nil, err
	}
	out := make(map[string][]mention)
	for _, q := range quads {
		var a schema.Article
		if err := schema.Read(days[q.Subject], &a); err != nil {
			return nil, err
		}
		out[q.Object] = append(out[q.Object], mention{schema.Value{Object: q.Object, Facets: q.Facets}, a.Day})
	}
	return out, nil
}

// states makes states that are referred to, and takes out those that neither an article mentions nor anyone refers to.
func (b *batch) states(ctx context.Context, referred, forsaken map[string]bool, stored map[string][]schema.Quad) error {
	delete(referred, "")
	delete(forsaken, "")
	mentioned := func(key string) bool { return hasKey(b.want[key]) }
	var ask []string
	for _, set := range []map[string]bool{referred, forsaken} {
		for key := range set {
			if stored[key] == nil {
				ask = append(ask, key)
			}
		}
	}
	more, err := b.txn.Get(ctx, unique(ask), partyPredicates)
	if err != nil {
		return err
	}
	for key, facts := range more {
		stored[key] = facts
		b.have[key] = append(b.have[key], facts...)
	}
	bare := func(key string) {
		b.want[key] = append(b.want[key], schema.Quads(resolve.BareState(key, b.names))...)
	}
	for key := range referred {
		if !mentioned(key) && stored[key] == nil {
			bare(key)
			b.change.Actors++
		}
	}
	doubtful := slices.DeleteFunc(slices.Sorted(maps.Keys(forsaken)), func(key string) bool { return mentioned(key) || stored[key] == nil })
	byArticle, err := b.leadsTo(ctx, "mentions", doubtful)
	if err != nil {
		return err
	}
	byActor, err := b.leadsTo(ctx, "acts_for", doubtful)
	if err != nil {
		return err
	}
	byPlace, err := b.leadsTo(ctx, "in", doubtful)
	if err != nil {
		return err
	}
	for _, key := range doubtful {
		switch {
		case byArticle[key]:
			b.want[key] = append(b.want[key], stored[key]...)
		case byActor[key] || byPlace[key] || referred[key]:
			bare(key)
		default:
			b.change.Actors--
			b.want[key] = append(b.want[key], []schema.Quad{}...)
		}
	}
	// A state that is only looked at stays as it is.
	for key := range more {
		if _, decided := b.want[key]; !decided || !forsaken[key] && !hasKey(b.want[key]) {
			b.want[key] = append(b.want[key], stored[key]...)
		}
	}
	return nil
}

// leadsTo tells to which of the nodes an edge of the predicate will still lead.
func (b *batch) leadsTo(ctx context.Context, predicate string, keys []string) (map[string]bool, error) {
	by, err := b.txn.Reverse(ctx, predicate, keys)
	if err != nil {
		return nil, err
	}
	out := make(map[string]bool)
	for key, nodes := range by {
		for _, n := range nodes {
			facts, decided := b.want[n]
			if !decided || slices.ContainsFunc(facts, func(q schema.Quad) bool { return q.Predicate == predicate && q.Object == key }) {
				out[key] = true
			}
		}
	}
	return out, nil
}

// hasKey tells whether facts are those of a whole node and not of direct edges only.
func hasKey(facts []schema.Quad) bool {
	return slices.ContainsFunc(facts, func(q schema.Quad) bool { return q.Predicate == "xid" })
}

// write writes the difference between the facts that are and those that ought to be.
func (b *batch) write(ctx context.Context) error {
	var set, del []schema.Quad
	for _, key := range slices.Sorted(maps.Keys(b.want)) {
		s, d := difference(b.have[key], b.want[key])
		set, del = append(set, s...), append(del, d...)
	}
	b.change.Facts = len(set) + len(del)
	if b.change.Facts == 0 {
		return nil
	}
	graph, err := b.txn.Get(ctx, []string{schema.GraphKey}, []string{"xid", "revision"})
	if err != nil {
		return err
	}
	revision := 0
	for _, q := range graph[schema.GraphKey] {
		if q.Predicate == "revision" {
			if revision, err = strconv.Atoi(q.Object); err != nil {
				return fmt.Errorf("revision of the graph: %w", err)
			}
		}
	}
	if len(graph) == 0 {
		for _, q := range [][2]string{{"xid", schema.GraphKey}, {"dgraph.type", "Graph"}, {"name", "graph"}} {
			set = append(set, schema.Quad{Subject: schema.GraphKey, Predicate: q[0], Object: q[1]})
		}
	}
	set = append(set, schema.Quad{Subject: schema.GraphKey, Predicate: "revision", Object: strconv.Itoa(revision + 1)})
	return b.txn.Write(ctx, set, del)
}

// difference gives the facts to set and to delete. Setting the value of a predicate that holds one replaces the
// old one, and setting a fact again replaces its facets. An edge is always deleted before another takes its place,
// so that it goes from the reverse edges too.
func difference(have, want []schema.Quad) (set, del []schema.Quad) {
	type fact struct{ predicate, object string }
	old := make(map[fact]schema.Quad, len(have))
	for _, q := range have {
		old[fact{q.Predicate, q.Object}] = q
	}
	single := make(map[string]bool) // predicates of one value that are set
	for _, q := range want {
		k := fact{q.Predicate, q.Object}
		o, ok := old[k]
		delete(old, k)
		if !ok || !slices.Equal(o.Facets, q.Facets) {
			set = append(set, q)
			if p, _ := schema.PredicateByName(q.Predicate); !p.IsList() && !p.IsEdge() {
				single[q.Predicate] = true
			}
		}
	}
	for _, k := range slices.SortedFunc(maps.Keys(old), func(a, b fact) int {
		return schema.CompareQuads(old[a], old[b])
	}) {
		if !single[k.predicate] {
			del = append(del, old[k])
		}
	}
	return set, del
}
