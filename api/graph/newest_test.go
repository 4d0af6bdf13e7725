package graph

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"incidentgraph/schema/dgraph"
)

// TestNewest changes a graph at random and asks for the newest of many lists of it again and again. What a service
// answers that remembers where pages ended must be the beginning of the whole list, which one that remembers nothing gives.
func TestNewest(t *testing.T) {
	s, ctx := service(t), context.Background()
	r := rand.New(rand.NewPCG(3, 4))
	// Nodes by key, and the days of those that have one; days are few, so that many tie.
	uids, days := map[string]string{}, map[string]int64{}
	change := func(write func(set, del *dgraph.NQuads)) {
		t.Helper()
		set, del := &dgraph.NQuads{}, &dgraph.NQuads{}
		write(set, del)
		if err := loaded.Update(ctx, func(ctx context.Context, txn *dgraph.Txn) error {
			made, err := txn.Mutate(ctx, set.Bytes(), del.Bytes())
			maps.Copy(uids, made)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		change(func(_, del *dgraph.NQuads) {
			for _, uid := range uids {
				del.Whole(dgraph.UID(uid))
			}
		})
	})
	dated := func(set *dgraph.NQuads, n dgraph.Node, key string) {
		if r.IntN(8) == 0 {
			return
		}
		days[key] = []int64{20260100, 20260200, 20260300}[r.IntN(3)] + 1 + int64(r.IntN(9))
		set.Value(n, "day", int(days[key]))
		if key[0] == 'i' {
			set.Value(n, "month", int(days[key]/100))
		}
	}
	serial := 0
	add := func(set *dgraph.NQuads, many int) {
		for range many {
			serial++
			key := fmt.Sprintf("incident/newest/%d", serial)
			n := dgraph.Blank(key)
			set.Type(n, "Incident")
			set.Value(n, "xid", key)
			set.Value(n, "weapon", []string{"zeppelin", "cannon"}[r.IntN(2)])
			set.Edge(n, "initiators", dgraph.UID(uids["actor/newest"]))
			set.Edge(n, "location", dgraph.UID(uids["place/newest"]))
			dated(set, n, key)
			key = fmt.Sprintf("article/newest/%d", serial)
			n = dgraph.Blank(key)
			set.Type(n, "Article")
			set.Value(n, "xid", key)
			set.Value(n, "text", "A zeppelin landed.")
			dated(set, n, key)
		}
	}
	change(func(set, _ *dgraph.NQuads) {
		for key, node := range map[string]string{"actor/newest": "Actor", "place/newest": "Location"} {
			set.Type(dgraph.Blank(key), node)
			set.Value(dgraph.Blank(key), "xid", key)
		}
	})
	change(func(set, _ *dgraph.NQuads) { add(set, 80) })

	type list struct {
		TotalCount int
		Nodes      []struct{ ID, Day string }
		PageInfo   struct{ HasNextPage bool }
	}
	read := func(s *Service, query string, size int) (list, *Response) {
		t.Helper()
		resp := s.Do(ctx, Request{Query: query, Variables: map[string]any{"size": json.Number(fmt.Sprint(size))}})
		var out struct {
			List  list
			Actor struct{ List list }
		}
		if len(resp.Errors) > 0 || json.Unmarshal(resp.Data, &out) != nil {
			t.Fatalf("%s\n%s", query, resp.JSON())
		}
		if out.Actor.List.Nodes != nil {
			return out.Actor.List, resp
		}
		return out.List, resp
	}
	const size = 5
	since, twice := 0, 0
	for range 15 {
		for _, of := range []string{
			`list: incidents(first: $size)`,
			`list: incidents(first: $size, filter: {not: {status: DENIED}})`,
			`list: incidents(first: $size, filter: {weapon: "zeppelin"})`,
			`list: incidents(first: $size, filter: {location: {id: "place/newest"}})`,
			`list: incidents(first: $size, filter: {period: {from: "2026-02-02", to: "2026-02-08"}})`,
			`list: incidents(first: $size, filter: {period: {from: "2026-01", to: "2026-02"}, weapon: "cannon"})`,
			`list: incidents(first: $size, filter: {period: {from: "2026-02", to: "2026-02"}})`,
			`list: articles(first: $size, filter: {text: "zeppelins"})`,
			`actor(id: "actor/newest") {list: incidents(side: INITIATOR, first: $size)`,
			`actor(id: "actor/newest") {list: incidents(side: INITIATOR, first: $size, filter: {location: {id: "place/newest"}, weapon: "cannon"})`,
		} {
			day, end := "day: earliest", "}"
			if strings.Contains(of, "articles") {
				day = "day"
			}
			if strings.HasPrefix(of, "actor") {
				end = "}}"
			}
			query := "query($size: Int) {" + of + "{totalCount nodes {id " + day + "} pageInfo {hasNextPage}}" + end
			whole, _ := read(service(t), query, 1000)
			dayOf, latest := map[string]string{}, []string{}
			for _, n := range whole.Nodes {
				dayOf[n.ID] = n.Day
				latest = append(latest, n.Day)
			}
			slices.SortFunc(latest, func(a, b string) int { return strings.Compare(b, a) }) // those without a day last
			latest = latest[:min(len(latest), size)]
			for again := range 2 {
				got, resp := read(s, query, size)
				var found []string
				for _, n := range got.Nodes {
					if d, ok := dayOf[n.ID]; !ok || d != n.Day {
						t.Errorf("%s\n%s is none of the list, or twice on the page", query, n.ID)
					}
					delete(dayOf, n.ID)
					found = append(found, n.Day)
				}
				for _, n := range got.Nodes {
					dayOf[n.ID] = n.Day
				}
				if diff := cmp.Diff(latest, found, cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("%s\n%v: days -want +got\n%s", query, resp.Plans, diff)
				}
				if got.TotalCount != len(whole.Nodes) || got.PageInfo.HasNextPage != (len(whole.Nodes) > size) {
					t.Errorf("%s\ntotalCount %d and hasNextPage %t, but there are %d", query, got.TotalCount, got.PageInfo.HasNextPage, len(whole.Nodes))
				}
				if slices.Contains(resp.Plans, "since") {
					since++
				}
				if resp.Questions > 1 {
					twice++
					if again == 1 {
						t.Errorf("%s\nis asked twice again, though nothing has changed", query)
					}
				}
			}
		}
		change(func(set, del *dgraph.NQuads) {
			keys := slices.Sorted(maps.Keys(uids))
			r.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
			gone := []int64{99999999, 20260106, 20260206, 20260306}[r.IntN(4)] // a retraction may take all since a day
			for i, key := range keys {
				n := dgraph.UID(uids[key])
				switch {
				case !strings.HasPrefix(key, "incident/") && !strings.HasPrefix(key, "article/"):
				case i < 5 || days[key] >= gone:
					del.Whole(n)
					delete(uids, key)
					delete(days, key)
				case i < 15:
					dated(set, n, key)
				case i < 18:
					del.All(n, "day")
					del.All(n, "month")
					delete(days, key)
				}
			}
			add(set, []int{0, 10, 40}[r.IntN(3)])
		})
	}
	if since < 50 || twice < 5 {
		t.Errorf("the days on which pages ended were used %d times, and %d times they were not enough", since, twice)
	}
}
