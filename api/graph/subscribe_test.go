package graph

import (
	"context"
	"strings"
	"testing"
	"time"

	"incidentgraph/schema/dgraph"
)

// TestSubscribe loads an incident, and then a claim more of it, into a real Dgraph as a loader does, and
// hears of both, with the incident as it is then; a subscription for others hears nothing.
func TestSubscribe(t *testing.T) {
	s := service(t)
	s.watcher.every = 50 * time.Millisecond
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	listen := func(filter string) <-chan *Response {
		t.Helper()
		responses, refused := s.Subscribe(ctx, Request{Query: `subscription {incidents` + filter + ` {change incident {id type claims {totalCount}}}}`})
		if refused != nil {
			t.Fatalf("%s", refused.JSON())
		}
		return responses
	}
	made := map[string]string{}
	revision := 0
	write := func(fill func(q *dgraph.NQuads, at func(string) dgraph.Node)) {
		t.Helper()
		err := loaded.Update(ctx, func(ctx context.Context, txn *dgraph.Txn) error {
			q := &dgraph.NQuads{}
			at := func(name string) dgraph.Node {
				if uid, ok := made[name]; ok {
					return dgraph.UID(uid)
				}
				return dgraph.Blank(name)
			}
			revision++
			q.Type(at("graph"), "Graph")
			q.Value(at("graph"), "revision", revision)
			fill(q, at)
			uids, err := txn.Mutate(ctx, q.Bytes(), nil)
			for name, uid := range uids {
				made[name] = uid
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		q := &dgraph.NQuads{}
		for _, uid := range made {
			q.Whole(dgraph.UID(uid))
		}
		if err := loaded.Update(context.Background(), func(ctx context.Context, txn *dgraph.Txn) error {
			_, err := txn.Mutate(ctx, nil, q.Bytes())
			return err
		}); err != nil {
			t.Error(err)
		}
	})
	write(func(*dgraph.NQuads, func(string) dgraph.Node) {})
	all, others := listen(""), listen("(filter: {type: AID})")
	claim := func(q *dgraph.NQuads, at func(string) dgraph.Node, name string) {
		q.Type(at(name), "Claim")
		q.Edge(at(name), "incident", at("incident"))
	}
	hears := func(want string) {
		t.Helper()
		select {
		case r := <-all:
			if got := string(r.JSON()); !strings.Contains(got, want) {
				t.Errorf("%s, want %s", got, want)
			}
		case <-ctx.Done():
			t.Fatalf("nothing is heard of %s", want)
		}
	}
	write(func(q *dgraph.NQuads, at func(string) dgraph.Node) {
		q.Type(at("incident"), "Incident")
		q.Value(at("incident"), "xid", "incident/heard-of")
		q.Value(at("incident"), "event_type", "ASSAULT")
		claim(q, at, "claim 1")
	})
	hears(`{"change":"NEW","incident":{"id":"incident/heard-of","type":"ASSAULT","claims":{"totalCount":1}}}`)
	write(func(q *dgraph.NQuads, at func(string) dgraph.Node) { claim(q, at, "claim 2") })
	hears(`{"change":"CHANGED","incident":{"id":"incident/heard-of","type":"ASSAULT","claims":{"totalCount":2}}}`)
	select {
	case r := <-others:
		t.Errorf("a subscription for others hears %s", r.JSON())
	default:
	}
	cancel()
	for _, c := range []<-chan *Response{all, others} {
		for range c { // it closes
		}
	}
}

func TestSubscribeRefuses(t *testing.T) {
	s, _ := overEmpty(t, DefaultLimits())
	for query, code := range map[string]string{
		`{__typename}`: codeOperation, `subscription {__typename}`: codeValidation, `subscription {a: incidents {change} b: incidents {change}}`: codeValidation,
		`subscription {incidents(filter: {period: {from: "2024", to: "2023"}}) {change}}`: codeInput, `subscription {nothing}`: codeValidation,
	} {
		if _, refused := s.Subscribe(context.Background(), Request{Query: query}); refused == nil || refused.Errors[0].Code != code {
			t.Errorf("%s: %v, want %s", query, refused, code)
		}
	}
}
