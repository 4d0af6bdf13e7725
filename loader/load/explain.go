package load

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"incidentgraph/loader/resolve"
	"incidentgraph/schema"
)

// ErrUnknownNode tells that no node has the key.
var ErrUnknownNode = errors.New("no such node in the graph")

// Explain tells w why several articles made one node: of an incident, which claims it is made of and in what they
// agree; of an actor or place, by which rule and as what each article shows it.
func (d Database) Explain(ctx context.Context, key string, w io.Writer) error {
	return d.View(ctx, func(ctx context.Context, t Txn) error {
		facts, err := t.Get(ctx, []string{key}, []string{"xid", "dgraph.type", "name"})
		if err != nil {
			return err
		}
		switch kind := nodeType(facts[key]); kind {
		case "":
			return fmt.Errorf("%w: %s", ErrUnknownNode, key)
		case "Incident":
			return explainIncident(ctx, t, key, w)
		case "Actor", "Location":
			return explainMentions(ctx, t, key, w)
		default:
			return fmt.Errorf("%s is of type %s: only incidents, actors and locations are made of several articles", key, kind)
		}
	})
}

func explainIncident(ctx context.Context, t Txn, key string, w io.Writer) error {
	members, err := t.Reverse(ctx, "incident", []string{key})
	if err != nil {
		return err
	}
	b := newBatch(t, nil)
	claims, err := b.readClaims(ctx, members[key])
	if err != nil {
		return err
	}
	slices.SortFunc(claims, resolve.CompareClaims)
	in := resolve.NewIncident(claims)
	fmt.Fprintf(w, "%s  %s\n%d claims of %d independent publishers\n", key, in.Title, in.Claims, in.Publishers)
	for _, r := range resolve.Explain(claims) {
		fmt.Fprintf(w, "\n%s  %s, %s\n  %s\n", r.Claim.Key, r.Claim.Publisher, r.Claim.Published, r.Claim.Title)
		if r.With != nil {
			fmt.Fprintf(w, "  with %s: %s\n", r.With.Key, r.Agreement)
		}
		if r.Claim.CopyOf != "" {
			fmt.Fprintf(w, "  its article has the same text as that of %s: they are one voice\n", r.Claim.CopyOf)
		}
	}
	return nil
}

func explainMentions(ctx context.Context, t Txn, key string, w io.Writer) error {
	by, err := t.Reverse(ctx, "mentions", []string{key})
	if err != nil {
		return err
	}
	quads, err := t.Edges(ctx, []string{"mentions"}, by[key], []string{key})
	if err != nil {
		return err
	}
	articles, err := t.Get(ctx, by[key], []string{"xid", "publisher", "published", "title"})
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%s\n%s\n%d articles\n", key, resolve.Rule(key), len(quads))
	slices.SortFunc(quads, schema.CompareQuads)
	for _, q := range quads {
		var a schema.Article
		if err := schema.Read(articles[q.Subject], &a); err != nil {
			return err
		}
		facets := make(map[string]string)
		for _, f := range q.Facets {
			facets[f.Key] = fmt.Sprint(f.Value)
		}
		fmt.Fprintf(w, "\n%s  %s, %s\n  %q", a.Key, a.Publisher, a.Published, facets["called"])
		for _, k := range slices.Sorted(maps.Keys(facets)) {
			if k != "called" {
				fmt.Fprintf(w, ", %s %q", k, strings.ReplaceAll(facets[k], "\n", "; "))
			}
		}
		fmt.Fprintln(w)
	}
	return nil
}
