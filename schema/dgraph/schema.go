package dgraph

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/dgraph-io/dgo/v230/protos/api"

	"incidentgraph/schema"
)

// ApplySchema brings Dgraph's schema up to the one of package schema and returns when its indexes are built.
// A Dgraph that has it already is left alone, since a change of schema waits for and disturbs all writers.
func (c *Client) ApplySchema(ctx context.Context) error {
	if has, err := c.hasSchema(ctx); err != nil || has {
		return err
	}
	return c.alter(ctx, "schema", &api.Operation{Schema: schema.DQL()})
}

// DropAll empties Dgraph: all data and the schema.
func (c *Client) DropAll(ctx context.Context) error {
	return c.alter(ctx, "drop", &api.Operation{DropAll: true})
}

// alter carries out a change of the schema, waiting for an earlier one or for open transactions to end.
func (c *Client) alter(ctx context.Context, doing string, op *api.Operation) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	for {
		err := c.failed(doing, c.alpha().dgo.Alter(ctx, op))
		var refused *Refused
		busy := errors.Is(err, ErrAborted) || errors.As(err, &refused) &&
			(strings.Contains(refused.Message, "errIndexingInProgress") || strings.Contains(refused.Message, "Please retry"))
		if !busy {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%w; other writers kept Dgraph busy, stop them and try again", err)
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// hasSchema tells whether Dgraph has every predicate and type of package schema as that describes it.
func (c *Client) hasSchema(ctx context.Context) (bool, error) {
	answer, err := c.Query(ctx, "schema {}", nil)
	if err != nil {
		return false, err
	}
	var kept struct {
		Schema []struct {
			Predicate, Type              string
			Tokenizer                    []string
			Reverse, Count, Upsert, List bool
		}
		Types []struct {
			Name   string
			Fields []struct{ Name string }
		}
	}
	if err := json.Unmarshal(answer.JSON, &kept); err != nil {
		return false, fmt.Errorf("schema as Dgraph gives it: %w", err)
	}
	predicates := make(map[string]schema.Predicate)
	for _, p := range kept.Schema {
		if p.Count {
			continue // set by an earlier version, and to be set anew without it
		}
		if p.List {
			p.Type = "[" + p.Type + "]"
		}
		predicates[p.Predicate] = schema.Predicate{Name: p.Predicate, Type: p.Type, Index: p.Tokenizer,
			Reverse: p.Reverse, Upsert: p.Upsert}
	}
	for _, want := range schema.Predicates() {
		got := predicates[want.Name]
		if got.Type != want.Type || got.Reverse != want.Reverse || got.Upsert != want.Upsert ||
			!sameSet(got.Index, want.Index) {
			return false, nil
		}
	}
	types := make(map[string][]string)
	for _, t := range kept.Types {
		fields := []string{}
		for _, f := range t.Fields {
			fields = append(fields, f.Name)
		}
		types[t.Name] = fields
	}
	for _, want := range schema.NodeTypes() {
		if got, ok := types[want.Name]; !ok || !sameSet(got, want.Predicates) {
			return false, nil
		}
	}
	return true, nil
}

// sameSet tells whether two lists hold the same, in any order.
func sameSet(a, b []string) bool {
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(a, b)
}
