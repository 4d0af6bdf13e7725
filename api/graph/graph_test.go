package graph

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"incidentgraph/schema/dgraph"
	"incidentgraph/schema/dgraph/local/localtest"
)

var server localtest.Graph

func TestMain(m *testing.M) { server.Main(m) }

// small is the world that the tests ask, loaded once.
var small = sync.OnceValue(func() *world { return newWorld(8, 400, 3) })

var (
	loadOnce sync.Once
	loaded   *dgraph.Client
)

// service gives a service over the small world.
func service(t testing.TB) *Service {
	t.Helper()
	loadOnce.Do(func() {
		client := server.Client(t)
		if err := small().load(context.Background(), client); err != nil {
			t.Fatal(err)
		}
		loaded = client
	})
	limits := DefaultLimits()
	limits.Cost = 100_000_000 // the tests ask for whole lists of whole lists
	s, err := New(loaded, Config{Limits: limits, Explain: true, Log: slog.New(slog.NewTextHandler(t.Output(), nil))})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// ask gives the data of an answer that must have no errors and come from one DQL request.
func ask[T any](t testing.TB, s *Service, query string, vars map[string]any) T {
	t.Helper()
	out, questions := answer[T](t, s, query, vars)
	if questions > 1 && !strings.Contains(query, "KILLED") && !strings.Contains(query, "Cursor") {
		t.Errorf("%d DQL requests for\n%s", questions, query)
	}
	return out
}

// askMany is ask for questions that take more than one DQL request.
func askMany[T any](t testing.TB, s *Service, query string) T {
	t.Helper()
	out, _ := answer[T](t, s, query, nil)
	return out
}

func answer[T any](t testing.TB, s *Service, query string, vars map[string]any) (T, int) {
	t.Helper()
	r := s.Do(context.Background(), Request{Query: query, Variables: vars})
	var out T
	if len(r.Errors) > 0 {
		t.Fatalf("%s\n%s", query, r.JSON())
	}
	if err := json.Unmarshal(r.Data, &out); err != nil {
		t.Fatalf("%v in %s", err, r.Data)
	}
	return out, r.Questions
}

type ids struct {
	Nodes    []struct{ ID string }
	PageInfo struct {
		HasNextPage, HasPreviousPage bool
		StartCursor, EndCursor       string
	}
	TotalCount int
}

func (l ids) keys() []string {
	keys := []string{}
	for _, n := range l.Nodes {
		keys = append(keys, n.ID)
	}
	slices.Sort(keys)
	return keys
}

// TestIncidentFilters holds lists against a plain count over the same world.
func TestIncidentFilters(t *testing.T) {
	s, w := service(t), small()
	hub := w.actors[0]
	actsFor := func(actors []int, state int) bool {
		return slices.ContainsFunc(actors, func(a int) bool { return w.actors[a].state == state })
	}
	has := slices.Contains[[]int]
	near := w.places[4]
	for _, c := range []struct {
		filter string
		meets  func(worldIncident) bool
	}{
		{`{}`, func(worldIncident) bool { return true }},
		{`{type: [ASSAULT, THREATEN]}`, func(i worldIncident) bool { return i.event.Name == "ASSAULT" || i.event.Name == "THREATEN" }},
		{`{type: []}`, func(worldIncident) bool { return false }},
		{`{type: null}`, func(worldIncident) bool { return true }},
		{`{quadClass: VERBAL_COOPERATION}`, func(i worldIncident) bool { return i.event.Quad == "VERBAL_COOPERATION" }},
		{`{period: {from: "2019-03", to: "2020"}}`, func(i worldIncident) bool { return i.day >= 20190301 && i.day <= 20201231 }},
		{`{period: {from: "2019-03-02"}}`, func(i worldIncident) bool { return i.day >= 20190302 }},
		{`{period: {to: "2019-03-02"}}`, func(i worldIncident) bool { return i.day <= 20190302 }},
		{`{killed: {min: 5, max: 9}}`, func(i worldIncident) bool {
			return i.event.Quad == "MATERIAL_CONFLICT" && i.killed >= 5 && i.killed <= 9
		}},
		{`{weapon: "drone"}`, func(i worldIncident) bool { return i.weapon == "drone" }},
		{`{publishers: {min: 2}}`, func(i worldIncident) bool { return i.publishers >= 2 }},
		{`{confidence: {min: 0.5, max: 0.7}}`, func(i worldIncident) bool { return i.confidence >= 0.5 && i.confidence <= 0.7 }},
		{`{not: {status: DENIED}}`, func(i worldIncident) bool { return i.status != "DENIED" }},
		{`{or: [{status: DENIED}, {weapon: "rifle"}]}`, func(i worldIncident) bool { return i.status == "DENIED" || i.weapon == "rifle" }},
		{`{or: []}`, func(worldIncident) bool { return false }},
		{`{not: {}}`, func(worldIncident) bool { return false }},
		{`{historical: false}`, func(worldIncident) bool { return true }},
		{`{historical: true}`, func(worldIncident) bool { return false }},
		{fmt.Sprintf(`{initiator: {code: %q}}`, hub.code), func(i worldIncident) bool { return has(i.initiators, 0) }},
		{fmt.Sprintf(`{initiator: {name: {is: %q}}}`, strings.ToUpper(hub.alias)), func(i worldIncident) bool { return has(i.initiators, 0) }},
		{fmt.Sprintf(`{initiator: {actsFor: {code: %q}}}`, hub.code), func(i worldIncident) bool { return actsFor(i.initiators, 0) }},
		{fmt.Sprintf(`{actor: {id: %q}}`, hub.key), func(i worldIncident) bool { return has(i.initiators, 0) || has(i.targets, 0) }},
		{fmt.Sprintf(`{location: {near: {latitude: %f, longitude: %f, kilometres: 50}}}`, near.lat, near.lon), func(i worldIncident) bool { return i.place == 4 }},
		{fmt.Sprintf(`{location: {box: {south: %f, west: %f, north: %f, east: %f}}}`, near.lat-.01, near.lon-.01, near.lat+.01, near.lon+.01),
			func(i worldIncident) bool { return i.place == 4 }},
		{`{article: {publisher: "World Wire"}}`, func(i worldIncident) bool {
			return slices.ContainsFunc(i.claims, func(c worldClaim) bool { return w.articles[c.article].publisher == "World Wire" })
		}},
		{`{article: {text: "withdrawals"}}`, func(i worldIncident) bool { return i.event.Name == "RETREAT" }},
		{`{claim: {text: "withdrawals"}}`, func(i worldIncident) bool { return i.event.Name == "RETREAT" }},
		{`{inResponseTo: {type: ASSAULT}}`, func(i worldIncident) bool { return i.answers >= 0 && w.incidents[i.answers].event.Name == "ASSAULT" }},
		{fmt.Sprintf(`{initiator: {actsFor: {code: %q}}, period: {from: "2016", to: "2022"}, publishers: {min: 2}, not: {status: DENIED}, target: {kind: STATE}}`, hub.code),
			func(i worldIncident) bool {
				return actsFor(i.initiators, 0) && i.day/10000 >= 2016 && i.day/10000 <= 2022 && i.publishers >= 2 && i.status != "DENIED" &&
					slices.ContainsFunc(i.targets, func(a int) bool { return w.actors[a].kind == "state" })
			}},
	} {
		t.Run(c.filter, func(t *testing.T) {
			got := ask[struct{ Incidents ids }](t, s, `{incidents(first: 1000, filter: `+c.filter+`) {totalCount nodes {id}}}`, nil)
			want := w.matching(c.meets)
			if diff := cmp.Diff(want, got.Incidents.keys(), cmp.Transformer("empty", func(s []string) []string { return append([]string{}, s...) })); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if got.Incidents.TotalCount != len(want) {
				t.Errorf("totalCount %d, want %d", got.Incidents.TotalCount, len(want))
			}
		})
	}
}

// TestPages walks lists page by page, forwards and backwards, and finds every node once and in order.
func TestPages(t *testing.T) {
	s, w := service(t), small()
	all := w.matching(func(worldIncident) bool { return true })
	hub := w.actors[0].code
	ofHub := w.matching(func(i worldIncident) bool { return slices.Contains(i.initiators, 0) })
	either := w.matching(func(i worldIncident) bool { return slices.Contains(i.initiators, 0) || slices.Contains(i.targets, 0) })
	for _, c := range []struct {
		name, before, field, after string
		order                      string
		want                       []string
	}{
		{"root by day", `{`, `incidents`, `}`, ``, all},
		{"root by toll, which not all have", `{`, `incidents`, `}`, `, orderBy: {field: KILLED}`, all},
		{"root by toll, smallest first", `{`, `incidents`, `}`, `, orderBy: {field: KILLED, direction: ASC}`, all},
		{"root by confidence", `{`, `incidents`, `}`, `, orderBy: {field: CONFIDENCE}`, all},
		{"of an actor", `{actor(code: "` + hub + `") {`, `incidents`, `}}`, `, side: INITIATOR`, ofHub},
		{"of an actor, either side", `{actor(code: "` + hub + `") {`, `incidents`, `}}`, ``, either},
		{"of an actor in a list", `{actors(filter: {code: "` + hub + `"}) { nodes {`, `incidents`, `}}}`, ``, either},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, way := range []struct{ size, from string }{{"first", "after"}, {"last", "before"}} {
				cursor, total := "", 0
				var got []string
				for range 1 + len(c.want)/7 {
					more := ""
					if cursor != "" {
						more = fmt.Sprintf(`, %s: %q`, way.from, cursor)
					}
					q := fmt.Sprintf(`%s list: %s(%s: 7%s%s) {totalCount nodes {id} pageInfo {hasNextPage hasPreviousPage startCursor endCursor}} %s`,
						c.before, c.field, way.size, more, c.order, c.after)
					list := find(ask[any](t, s, q, nil))
					total = list.TotalCount
					page := []string{}
					for _, n := range list.Nodes {
						page = append(page, n.ID)
					}
					next := list.PageInfo.HasNextPage
					cursor = list.PageInfo.EndCursor
					if way.size == "last" {
						next, cursor = list.PageInfo.HasPreviousPage, list.PageInfo.StartCursor
						got = append(page, got...)
					} else {
						got = append(got, page...)
					}
					if !next {
						break
					}
				}
				if len(got) != len(c.want) || total != len(c.want) {
					t.Errorf("%s: %d nodes and a total of %d, want %d", way.size, len(got), total, len(c.want))
				}
				slices.Sort(got)
				if diff := cmp.Diff(c.want, got); diff != "" {
					t.Errorf("%s: -want +got\n%s", way.size, diff)
				}
			}
		})
	}
}

// find gives the object under the key "list", however deep.
func find(v any) ids {
	var out ids
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if l, ok := v["list"]; ok {
				b, _ := json.Marshal(l)
				_ = json.Unmarshal(b, &out)
			}
			for _, x := range v {
				walk(x)
			}
		case []any:
			for _, x := range v {
				walk(x)
			}
		}
	}
	walk(v)
	return out
}

type relations struct {
	TotalCount int
	Nodes      []relationAnswer
}

type relationAnswer struct {
	Type        string
	Count       int64
	First, Last string
	Confidence  float64
	Counterpart struct{ ID string }
	Initiator   struct{ ID string }
	Target      struct{ ID string }
	Incidents   ids
}

// TestRelationships holds each edge and its inverse against a plain count, from the direct edges and from incidents.
func TestRelationships(t *testing.T) {
	s, w := service(t), small()
	hub := w.actors[0]
	const selection = `{totalCount nodes {type count first last confidence counterpart {id} initiator {id} target {id} %s}}`
	for _, c := range []struct {
		name, args, more string
		counts           func(worldIncident) bool
	}{
		{"direct edges", "", "", func(worldIncident) bool { return true }},
		{"with incidents", "", "incidents(first: 1000) {totalCount nodes {id}}", func(worldIncident) bool { return true }},
		{"in a period", `, period: {from: "2018", to: "2019-06"}`, "", func(i worldIncident) bool { return i.day >= 20180101 && i.day <= 20190630 }},
		{"of some incidents", `, incidents: {not: {status: DENIED}}`, "incidents(first: 1000) {totalCount nodes {id}}", func(i worldIncident) bool { return i.status != "DENIED" }},
	} {
		t.Run(c.name, func(t *testing.T) {
			var fields []string
			type expected struct {
				count       int64
				first, last string
				incidents   []string
			}
			want := map[string]expected{}
			for _, in := range w.incidents {
				if !c.counts(in) {
					continue
				}
				add := func(field string, other int) {
					key := field + " " + w.actors[other].key
					x := want[key]
					d := dateText(in.day)
					if x.count == 0 {
						x.first, x.last = d, d
					}
					x.count, x.first, x.last = x.count+1, min(x.first, d), max(x.last, d)
					x.incidents = append(x.incidents, in.key)
					want[key] = x
				}
				for _, a := range in.initiators {
					for _, b := range in.targets {
						switch {
						case a == 0:
							add(in.event.Field, b)
						case b == 0 && in.event.Mutual:
							add(in.event.Field, a)
						case b == 0:
							add(in.event.InverseField, a)
						}
					}
				}
			}
			for _, e := range s.book.object("Actor").Fields() {
				if len(e.Args) > 0 && e.Type.String() == "RelationshipConnection!" && e.Name != "relationships" {
					fields = append(fields, e.Name)
				}
			}
			slices.Sort(fields)
			if len(fields) != 29 {
				t.Fatalf("%d edge fields, want 29: 13 in two directions and 3 mutual", len(fields))
			}
			found := 0
			for _, f := range fields {
				got := ask[struct{ Actor map[string]relations }](t, s,
					fmt.Sprintf(`{actor(code: %q) {%s(first: 1000%s) `+selection+`}}`, hub.code, f, c.args, c.more), nil)
				list := got.Actor[f]
				if list.TotalCount != len(list.Nodes) {
					t.Errorf("%s: totalCount %d, %d nodes", f, list.TotalCount, len(list.Nodes))
				}
				for _, r := range list.Nodes {
					found++
					x := want[f+" "+r.Counterpart.ID]
					if r.Count != x.count || r.First != x.first || r.Last != x.last {
						t.Errorf("%s %s: %+v, want %+v", f, r.Counterpart.ID, r, x)
					}
					if strings.HasSuffix(f, "By") != (r.Target.ID == hub.key) || (r.Initiator.ID == hub.key) == (r.Target.ID == hub.key) {
						t.Errorf("%s: initiator %s, target %s", f, r.Initiator.ID, r.Target.ID)
					}
					if c.more != "" {
						slices.Sort(x.incidents)
						if diff := cmp.Diff(x.incidents, r.Incidents.keys()); diff != "" {
							t.Errorf("%s %s: incidents -want +got\n%s", f, r.Counterpart.ID, diff)
						}
					}
				}
			}
			if found != len(want) {
				t.Errorf("%d relationships, want %d", found, len(want))
			}
			all := ask[struct {
				Actor struct{ Relationships relations }
			}](t, s,
				fmt.Sprintf(`{actor(code: %q) {relationships(first: 1000%s) `+selection+`}}`, hub.code, c.args, c.more), nil)
			if n := len(all.Actor.Relationships.Nodes); n != len(want) {
				t.Errorf("relationships gives %d of all types, want %d", n, len(want))
			}
		})
	}
}

func TestRollup(t *testing.T) {
	s, w := service(t), small()
	state := func(a int) int {
		if w.actors[a].state >= 0 {
			return w.actors[a].state
		}
		return a
	}
	want := map[string]int64{}
	for _, in := range w.incidents {
		if in.event.Name != "ASSAULT" {
			continue
		}
		seen := map[int]bool{}
		for _, a := range in.initiators {
			for _, b := range in.targets {
				if state(a) == 0 && state(b) != 0 && !seen[state(b)] {
					seen[state(b)] = true
					want[w.actors[state(b)].key]++
				}
			}
		}
	}
	got := ask[struct{ Actor struct{ Attacked relations } }](t, s,
		fmt.Sprintf(`{actor(code: %q) {attacked(first: 1000, rollup: STATE) {totalCount nodes {count counterpart {id} target {id} initiator {id}}}}}`, w.actors[0].code), nil)
	counts := map[string]int64{}
	for _, r := range got.Actor.Attacked.Nodes {
		counts[r.Counterpart.ID] = r.Count
	}
	if diff := cmp.Diff(want, counts); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// TestEvidence follows an incident to its sentences and articles.
func TestEvidence(t *testing.T) {
	s, w := service(t), small()
	in := w.incidents[slices.IndexFunc(w.incidents, func(i worldIncident) bool { return i.publishers == 3 && i.answers >= 0 && len(i.initiators) > 0 })]
	got := ask[map[string]any](t, s, `query($id: ID!) {incident(id: $id) {
		type edge quadClass intensity date datePrecision earliest status publishers killed {min max} weapons historical
		initiators {id} targets {id} location {id state {code} latitude}
		inResponseTo {id} claims {totalCount nodes {coder status article {publisher}}}
		evidence {totalCount nodes {text start end sentence trigger article {id publisher day text} claim {id}}}
	}}`, map[string]any{"id": in.key})
	incident := got["incident"].(map[string]any)
	if incident["type"] != in.event.Name || incident["edge"] != in.event.Edge || incident["date"] != dateText(in.day) || incident["intensity"] != in.event.Intensity {
		t.Errorf("%v", incident)
	}
	if id := incident["inResponseTo"].([]any)[0].(map[string]any)["id"]; id != w.incidents[in.answers].key {
		t.Errorf("in response to %v", id)
	}
	evidence := incident["evidence"].(map[string]any)
	if evidence["totalCount"] != 3.0 {
		t.Errorf("%v sentences, want 3", evidence["totalCount"])
	}
	for i, n := range evidence["nodes"].([]any) {
		n := n.(map[string]any)
		article := n["article"].(map[string]any)
		text := article["text"].(string)[int(n["start"].(float64)):int(n["end"].(float64))]
		if text != n["text"] || text != in.claims[i].text {
			t.Errorf("offsets lead to %q, the sentence is %q", text, n["text"])
		}
		if n["trigger"] != in.claims[i].trigger || article["id"] != w.articles[in.claims[i].article].key {
			t.Errorf("%v", n)
		}
	}
}

// TestNames looks an actor up by every way to write its name.
func TestNames(t *testing.T) {
	s, w := service(t), small()
	a := w.actors[3]
	for _, name := range []string{a.name, a.alias, strings.ToUpper(a.alias), "The " + a.name, " " + a.name + "! ", a.code, strings.ToLower(a.code)} {
		got, _ := answer[struct{ Actor, State struct{ ID string } }](t, s, `query($n: String) {actor(name: $n) {id} state(name: $n) {id}}`, map[string]any{"n": name})
		if got.Actor.ID != a.key || got.State.ID != a.key {
			t.Errorf("%q: %+v, want %s", name, got, a.key)
		}
	}
}

// TestMissing asks for what is not there: null and empty lists, no errors.
func TestMissing(t *testing.T) {
	s := service(t)
	r := s.Do(context.Background(), Request{Query: `{
		nobody: actor(name: "nobody of this name") {name attacked {totalCount}}
		state: state(code: "ZZZ") {name}
		node(id: "nothing") {id}
		group: actors(first: 1, filter: {kind: ARMED_GROUP}) {nodes {code title roles actsFor {name} members {totalCount nodes {id}} statements {totalCount edges {cursor}}}}
		none: incidents(filter: {id: []}) {totalCount nodes {id} edges {node {id}} pageInfo {hasNextPage endCursor}}
	}`})
	want := `{"data":{"nobody":null,"state":null,"node":null,` +
		`"group":{"nodes":[{"code":null,"title":null,"roles":[],"actsFor":null,"members":{"totalCount":0,"nodes":[]},"statements":{"totalCount":0,"edges":[]}}]},` +
		`"none":{"totalCount":0,"nodes":[],"edges":[],"pageInfo":{"hasNextPage":false,"endCursor":null}}}}`
	r.explained = nil
	if diff := cmp.Diff(want, string(r.JSON())); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// TestBetween holds relationships between sets of actors against a plain count.
func TestBetween(t *testing.T) {
	s, w := service(t), small()
	state := func(a int) int {
		if w.actors[a].state >= 0 {
			return w.actors[a].state
		}
		return a
	}
	self := func(a int) int { return a }
	one, two := w.actors[0].code, w.actors[1].code
	for _, c := range []struct {
		name, args string
		as         func(int) int
		from, to   func(int) bool
		both       bool
		in         func(worldIncident) bool
	}{
		{"two actors", fmt.Sprintf(`from: {code: %q}, to: {code: %q}`, one, two), self, func(a int) bool { return a == 0 }, func(a int) bool { return a == 1 }, false, nil},
		{"two states, either way", fmt.Sprintf(`from: {code: %q}, to: {code: %q}, rollup: STATE, direction: BOTH`, one, two), state,
			func(a int) bool { return a == 0 }, func(a int) bool { return a == 1 }, true, nil},
		{"a set and everybody", `from: {kind: MILITARY}`, self, func(a int) bool { return w.actors[a].kind == "military" }, func(int) bool { return true }, false, nil},
		{"everybody in a period", `period: {from: "2016", to: "2017"}`, self, func(int) bool { return true }, func(int) bool { return true }, false,
			func(i worldIncident) bool { return i.day/10000 == 2016 || i.day/10000 == 2017 }},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := map[string]int64{}
			everybody := c.name == "everybody in a period"
			for _, in := range w.incidents {
				if c.in != nil && !c.in(in) {
					continue
				}
				seen := map[string]bool{}
				add := func(a, b int, swapped bool) {
					a, b = c.as(a), c.as(b)
					if a == b || !c.from(a) || !c.to(b) {
						return
					}
					x, y := w.actors[a].key, w.actors[b].key
					if swapped && !in.event.Mutual {
						x, y = y, x
					}
					if everybody && in.event.Mutual && x > y {
						x, y = y, x
					}
					if key := in.event.Name + " " + x + " " + y; !seen[key] {
						seen[key] = true
						want[key]++
					}
				}
				for _, a := range in.initiators {
					for _, b := range in.targets {
						add(a, b, false)
						if c.both || in.event.Mutual {
							add(b, a, true)
						}
					}
				}
			}
			got := map[string]int64{}
			found := ask[struct{ Relationships relations }](t, s, `{relationships(first: 1000, `+c.args+`) {totalCount nodes {type count initiator {id} target {id}}}}`, nil)
			for _, r := range found.Relationships.Nodes {
				got[r.Type+" "+r.Initiator.ID+" "+r.Target.ID] = r.Count
			}
			if diff := cmp.Diff(want, got); diff != "" || len(want) == 0 {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// TestChain follows reactions forwards and backwards and holds them against the world.
func TestChain(t *testing.T) {
	s, w := service(t), small()
	led := map[string][]string{}
	for _, in := range w.incidents {
		if in.answers >= 0 {
			k := w.incidents[in.answers].key
			led[k] = append(led[k], in.key)
		}
	}
	type link struct {
		Depth    int
		Parent   string
		Incident struct{ ID string }
	}
	for _, in := range w.incidents[:60] {
		want := map[string]string{}
		for level, d := []string{in.key}, 1; d <= 4; d++ {
			var next []string
			for _, p := range level {
				for _, k := range led[p] {
					want[k] = fmt.Sprint(d, " ", p)
					next = append(next, k)
				}
			}
			level = next
		}
		if len(want) < 3 {
			continue
		}
		got := ask[struct{ Incident struct{ Chain []link } }](t, s, fmt.Sprintf(`{incident(id: %q) {chain(depth: 4) {depth parent incident {id}}}}`, in.key), nil)
		links := map[string]string{}
		for _, l := range got.Incident.Chain {
			links[l.Incident.ID] = fmt.Sprint(l.Depth, " ", l.Parent)
			back := ask[struct{ Incident struct{ Chain []link } }](t, s, fmt.Sprintf(`{incident(id: %q) {chain(depth: 6, direction: ANSWERS) {depth incident {id}}}}`, l.Incident.ID), nil)
			if !slices.ContainsFunc(back.Incident.Chain, func(b link) bool { return b.Incident.ID == in.key && b.Depth == l.Depth }) {
				t.Errorf("the way back from %s does not lead to %s", l.Incident.ID, in.key)
			}
		}
		if diff := cmp.Diff(want, links); diff != "" {
			t.Errorf("%s: -want +got\n%s", in.key, diff)
		}
	}
}
