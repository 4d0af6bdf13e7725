package resolve

import (
	"cmp"
	"slices"
	"strings"

	"incidentgraph/schema"
)

// Relationships gives the direct edges that incidents make, sorted: of each type, from every initiator to every
// target; of a mutual type in both directions. Nobody has a relationship with oneself.
func Relationships(incidents []schema.Incident) []schema.Relationship {
	type pair struct{ from, to, event string }
	sum := make(map[pair]schema.Relationship)
	for _, in := range incidents {
		for _, p := range Pairs(in) {
			key := pair{p.From, p.To, p.Type}
			sum[key] = Combine(sum[key], p)
		}
	}
	out := make([]schema.Relationship, 0, len(sum))
	for _, r := range sum {
		out = append(out, r)
	}
	slices.SortFunc(out, CompareRelationships)
	return out
}

// CompareRelationships orders by initiator, type and target.
func CompareRelationships(a, b schema.Relationship) int {
	return cmp.Or(strings.Compare(a.From, b.From), strings.Compare(a.Type, b.Type), strings.Compare(a.To, b.To))
}

// Pairs gives what one incident adds to the direct edges.
func Pairs(in schema.Incident) []schema.Relationship {
	event, ok := schema.EventTypeByName(in.Type)
	if !ok {
		return nil
	}
	var out []schema.Relationship
	for _, from := range in.Initiators {
		for _, to := range in.Targets {
			if from.Object == to.Object {
				continue
			}
			r := schema.Relationship{From: from.Object, To: to.Object, Type: in.Type, Count: 1, First: in.Day, Last: in.Day, Confidence: in.Confidence}
			out = append(out, r)
			if event.Mutual {
				r.From, r.To = r.To, r.From
				out = append(out, r)
			}
		}
	}
	return out
}

// Combine adds two parts of one relationship.
func Combine(a, b schema.Relationship) schema.Relationship {
	if a.Count == 0 {
		return b
	}
	if b.Count == 0 {
		return a
	}
	a.Count += b.Count
	if a.First == 0 || b.First != 0 && b.First < a.First {
		a.First = b.First
	}
	a.Last = max(a.Last, b.Last)
	a.Confidence = max(a.Confidence, b.Confidence)
	return a
}
