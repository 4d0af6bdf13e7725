package graph

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// joined gives who is joined with whom by incidents that meet a condition.
func (w *world) joined(meets func(worldIncident) bool, directed bool) map[int]map[int]bool {
	next := map[int]map[int]bool{}
	add := func(a, b int) {
		if next[a] == nil {
			next[a] = map[int]bool{}
		}
		next[a][b] = true
	}
	for _, in := range w.incidents {
		if !meets(in) {
			continue
		}
		for _, a := range in.initiators {
			for _, b := range in.targets {
				add(a, b)
				if !directed || in.event.Mutual {
					add(b, a)
				}
			}
		}
	}
	return next
}

// distance counts steps by plain breadth-first search, -1 when there is no way.
func distance(next map[int]map[int]bool, from, to int) int {
	seen := map[int]int{from: 0}
	for queue := []int{from}; len(queue) > 0; queue = queue[1:] {
		for n := range next[queue[0]] {
			if _, ok := seen[n]; !ok {
				seen[n] = seen[queue[0]] + 1
				queue = append(queue, n)
			}
		}
	}
	if d, ok := seen[to]; ok {
		return d
	}
	return -1
}

func TestPaths(t *testing.T) {
	s, w := service(t), small()
	index := map[string]int{}
	for i, a := range w.actors {
		index[a.key] = i
	}
	few := func(i worldIncident) bool {
		return slices.Contains([]string{"AID", "RETREAT", "COOPERATE"}, i.event.Name)
	}
	in2017 := func(i worldIncident) bool { return i.day/10000 == 2017 }
	inState := func(i worldIncident) bool { return w.places[i.place].state == 2 }
	for _, c := range []struct {
		name, args string
		meets      func(worldIncident) bool
		directed   bool
		few        int // incidents that are read whole
	}{
		{"all edges", "", func(worldIncident) bool { return true }, false, 0},
		{"some types", "types: [AID, RETREAT, COOPERATE]", few, false, 0},
		{"one way", "types: [AID, RETREAT, COOPERATE], direction: OUT", few, true, 0},
		{"one way of some incidents", "types: [AID, RETREAT, COOPERATE], direction: OUT, incidents: {confidence: {min: 0}}", few, true, 0},
		{"one way of some incidents, read whole", "types: [AID, RETREAT, COOPERATE], direction: OUT, incidents: {confidence: {min: 0}}", few, true, 100_000},
		{"in a period", `period: {from: "2017", to: "2017"}`, in2017, false, 0},
		{"in a period, read whole", `period: {from: "2017", to: "2017"}`, in2017, false, 100_000},
		{"by related nodes", `incidents: {location: {country: "` + w.actors[2].code + `"}}`, inState, false, 0},
		{"by related nodes, read whole", `incidents: {location: {country: "` + w.actors[2].code + `"}}`, inState, false, 100_000},
	} {
		t.Run(c.name, func(t *testing.T) {
			s.fewIncidents = c.few
			next := w.joined(c.meets, c.directed)
			for _, pair := range [][2]int{{0, 1}, {30, 35}, {8, 39}, {20, 27}, {38, 12}, {25, 14}} {
				want := distance(next, pair[0], pair[1])
				if want > 8 {
					want = -1
				}
				got := askMany[struct {
					Paths []struct {
						Length int
						Actors []struct{ ID string }
						Steps  []struct {
							From, To      struct{ ID string }
							Relationships struct {
								TotalCount int
								Nodes      []struct {
									Count             int
									Initiator, Target struct{ ID string }
									Evidence          struct{ TotalCount int }
								}
							}
						}
					}
				}](t, s, fmt.Sprintf(`{paths(from: {id: %q}, to: {id: %q}, count: 5, maxLength: 8, %s) {length actors {id} steps {from {id} to {id}
					relationships(first: 3) {totalCount nodes {count initiator {id} target {id} evidence {totalCount}}}}}}`, w.actors[pair[0]].key, w.actors[pair[1]].key, c.args))
				if want < 0 {
					if len(got.Paths) > 0 {
						t.Errorf("%v: a path of %d where there is none", pair, got.Paths[0].Length)
					}
					continue
				}
				if len(got.Paths) == 0 || got.Paths[0].Length != want {
					t.Errorf("%v: want length %d: %+v", pair, want, got.Paths)
					continue
				}
				seen := map[string]bool{}
				for i, p := range got.Paths {
					if i > 0 && p.Length < got.Paths[i-1].Length {
						t.Errorf("%v: not shortest first", pair)
					}
					route := ""
					for j, a := range p.Actors {
						if route += a.ID + " "; j > 0 && !next[index[p.Actors[j-1].ID]][index[a.ID]] {
							t.Errorf("%v: %s and %s are not joined", pair, p.Actors[j-1].ID, a.ID)
						}
					}
					if seen[route] || len(p.Actors) != p.Length+1 || p.Actors[0].ID != w.actors[pair[0]].key || p.Actors[p.Length].ID != w.actors[pair[1]].key {
						t.Errorf("%v: %s", pair, route)
					}
					seen[route] = true
					for _, st := range p.Steps {
						if st.Relationships.TotalCount == 0 || st.Relationships.Nodes[0].Evidence.TotalCount == 0 {
							t.Errorf("%v: the step from %s to %s has no evidence", pair, st.From.ID, st.To.ID)
						}
						for _, r := range st.Relationships.Nodes {
							if ends := []string{r.Initiator.ID, r.Target.ID}; !slices.Contains(ends, st.From.ID) || !slices.Contains(ends, st.To.ID) {
								t.Errorf("%v: a relationship of %v on the step from %s to %s", pair, ends, st.From.ID, st.To.ID)
							}
						}
					}
				}
			}
		})
	}
}

func TestNeighbourhood(t *testing.T) {
	s, w := service(t), small()
	for _, c := range []struct {
		name, args string
		depth      int
		meets      func(worldIncident) bool
	}{
		{"one step", "depth: 1, nodes: 400", 1, func(worldIncident) bool { return true }},
		{"two steps", "depth: 2, nodes: 400", 2, func(worldIncident) bool { return true }},
		{"in a period", `depth: 2, nodes: 400, period: {from: "2019"}`, 2, func(i worldIncident) bool { return i.day >= 20190101 }},
		{"by related nodes", `depth: 3, nodes: 400, incidents: {location: {country: "` + w.actors[2].code + `"}}`, 3,
			func(i worldIncident) bool { return w.places[i.place].state == 2 }},
		{"of a class", `depth: 1, nodes: 400, quadClasses: [MATERIAL_CONFLICT]`, 1, func(i worldIncident) bool { return i.event.Quad == "MATERIAL_CONFLICT" }},
	} {
		t.Run(c.name, func(t *testing.T) {
			const middle = 37
			next := w.joined(c.meets, false)
			want := map[string]int{}
			for i, a := range w.actors {
				if d := distance(next, middle, i); d >= 0 && d <= c.depth {
					want[a.key] = d
				}
			}
			edges := map[string]int64{}
			counts := map[directKey]*relation{}
			for _, in := range w.incidents {
				if c.meets(in) {
					w.count(counts, in)
				}
			}
			for k, r := range counts {
				a, b := w.actors[k.from].key, w.actors[k.to].key
				_, hasA := want[a]
				_, hasB := want[b]
				if hasA && hasB {
					if r.event.Mutual {
						a, b = min(a, b), max(a, b)
					}
					edges[r.event.Name+" "+a+" "+b] = r.count
				}
			}
			got := askMany[struct {
				Neighbourhood struct {
					TotalNodes, TotalEdges int
					Nodes                  []struct {
						ID    string
						Depth int
						Actor struct{ ID string }
					}
					Edges []struct {
						Type, Source, Target string
						Count                int64
					}
				}
			}](t, s, fmt.Sprintf(`{neighbourhood(around: {id: %q}, %s) {totalNodes totalEdges nodes {id depth actor {id}} edges {type source target count}}}`, w.actors[middle].key, c.args))
			nodes := map[string]int{}
			for _, n := range got.Neighbourhood.Nodes {
				nodes[n.Actor.ID] = n.Depth
			}
			if diff := cmp.Diff(want, nodes); diff != "" {
				t.Errorf("nodes -want +got\n%s", diff)
			}
			found := map[string]int64{}
			for _, e := range got.Neighbourhood.Edges {
				a, b := e.Source, e.Target
				if ev := e.Type; ev == "CONSULT" || ev == "AGREE" || ev == "COOPERATE" {
					a, b = min(a, b), max(a, b)
				}
				found[e.Type+" "+a+" "+b] = e.Count
			}
			if diff := cmp.Diff(edges, found); diff != "" {
				t.Errorf("edges -want +got\n%s", diff)
			}
			if got.Neighbourhood.TotalNodes != len(want) {
				t.Errorf("%d of %d nodes", got.Neighbourhood.TotalNodes, len(want))
			}
		})
	}
	few := askMany[struct {
		Neighbourhood struct {
			TotalNodes int
			Nodes      []struct{ Weight int }
		}
	}](t, s, fmt.Sprintf(`{neighbourhood(around: {code: %q}, nodes: 5) {totalNodes nodes {weight}}}`, w.actors[0].code))
	if len(few.Neighbourhood.Nodes) != 5 || few.Neighbourhood.TotalNodes < 20 {
		t.Errorf("5 of many nodes: %+v", few)
	}
}
