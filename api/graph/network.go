package graph

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"incidentgraph/schema"
)

// ties says which relationships join actors in a network.
type ties struct {
	legs []leg
	// incident is what incidents count; without a condition the direct edges have the answer.
	incident   cond
	confidence float64
	// known are the neighbours of every node when all ties have been read, nil else.
	known map[string][]string
}

// ties reads the arguments that all questions about networks have.
func (c *compilation) ties(f *field) (ties, error) {
	t := ties{legs: allLegs(f)}
	p, err := incidentPeriod(c, f.args["period"])
	if err != nil {
		return t, err
	}
	k, err := c.filter("Incident", f.args["incidents"])
	if err != nil {
		return t, err
	}
	t.incident = p.and(k...)
	t.confidence, _ = f.args["minConfidence"].(float64)
	return t, nil
}

// types gives the names of the types whose relationships run forwards, or backwards, from an actor.
func (t ties) types(inverse bool) []string {
	var names []string
	for _, l := range t.legs {
		if l.inverse == inverse || l.event.Mutual {
			names = append(names, l.event.Name)
		}
	}
	return names
}

// tie is a relationship between two nodes of a network, by their uids.
type tie struct {
	event       schema.EventType
	from, to    string
	count       int64
	first, last int64
	confidence  float64
}

// key says which tie it is; a mutual one is the same either way.
func (t *tie) key() string {
	a, b := t.from, t.to
	if t.event.Mutual && a > b {
		a, b = b, a
	}
	return t.event.Name + " " + a + " " + b
}

// onTie is told of a tie with the node that was asked for and the other.
type onTie func(from, to string, x tie)

// ask adds to a question the ties that the nodes of a root function have, with everybody or only with those in a
// list, and gives what visits each once the answer is there.
func (t ties) ask(q *question, root string, only []string, counts bool) (read func(answer *node, visit onTie)) {
	within := ""
	if only != nil {
		within = q.uids(only)
	}
	body := &group{attrs: []string{"uid"}}
	other := &group{attrs: []string{"uid"}}
	type asked struct {
		alias   string
		leg     leg
		inverse bool
	}
	var all []asked
	if len(t.incident) == 0 {
		facets := ""
		if counts {
			facets = " @facets(f_count: count, f_first: first, f_last: last, f_confidence: confidence)"
		}
		if t.confidence > 0 {
			facets += " @facets(ge(confidence, " + q.decimal(t.confidence) + "))"
		}
		for _, l := range t.legs {
			edge := l.event.Edge
			if l.inverse {
				edge = "~" + edge
			}
			a := asked{q.fresh("e"), l, l.inverse}
			body.child(a.alias+": "+edge+filtered(within)+facets, other)
			all = append(all, a)
		}
	} else {
		for _, inverse := range []bool{false, true} {
			near, far := "initiators", "targets"
			if inverse {
				near, far = far, near
			}
			names := t.types(inverse)
			if len(names) == 0 {
				continue
			}
			incident := &group{}
			if counts {
				incident.attr("event_type", "day", "confidence")
			}
			incident.child("far: "+far+filtered(within), other)
			a := asked{alias: q.fresh("e"), inverse: inverse}
			body.child(a.alias+": ~"+near+filtered(t.of(q, names).String()), incident)
			all = append(all, a)
		}
	}
	alias := q.fresh("q")
	q.ask(alias+"(func: "+root+")", body)
	return func(answer *node, visit onTie) {
		for _, n := range answer.nodes(alias) {
			from := n.text("uid")
			for _, a := range all {
				for _, r := range n.nodes(a.alias) {
					if len(t.incident) == 0 {
						x := tie{event: a.leg.event, from: from, to: r.text("uid")}
						x.count, _ = r.int("f_count")
						x.first, _ = r.int("f_first")
						x.last, _ = r.int("f_last")
						x.confidence, _ = r.float("f_confidence")
						if a.inverse {
							x.from, x.to = x.to, x.from
						}
						visit(from, r.text("uid"), x)
						continue
					}
					event, _ := schema.EventTypeByName(r.text("event_type"))
					day, _ := r.int("day")
					confidence, _ := r.float("confidence")
					for _, o := range r.nodes("far") {
						x := tie{event, from, o.text("uid"), 1, day, day, confidence}
						if a.inverse {
							x.from, x.to = x.to, x.from
						}
						if x.from != x.to {
							visit(from, o.text("uid"), x)
						}
					}
				}
			}
		}
	}
}

// of is the condition on incidents that they count and are of some types.
func (t ties) of(q *question, types []string) cond {
	k := (&compilation{q: q}).typesOf(types).and(t.incident...)
	if t.confidence > 0 {
		k = append(k, atom{text: "ge(confidence, " + q.decimal(t.confidence) + ")"})
	}
	return k
}

// counted is the condition on incidents that they count, whichever way one goes.
func (t ties) counted(q *question) cond {
	names := append(t.types(false), t.types(true)...)
	slices.Sort(names)
	return t.of(q, slices.Compact(names))
}

// around asks for the ties that some nodes have.
func (t ties) around(ctx context.Context, c *compilation, ask asker, nodes []string, counts bool, visit onTie) error {
	if len(nodes) == 0 || len(t.legs) == 0 {
		return nil
	}
	q := c.q.following()
	read := t.ask(q, q.uids(nodes), nil, counts)
	q.complete(c.q)
	answer, err := ask(ctx, q)
	if err == nil {
		read(answer, visit)
	}
	return err
}

// neighbourhood compiles the actors around some, and what joins them.
func neighbourhood(c *compilation, f *field) (shape, error) {
	depth, _ := f.args["depth"].(int64)
	if depth < 0 || depth > 3 {
		return nil, badInput("A neighbourhood has a depth of 0, which is the actors themselves, to 3.")
	}
	most, err := c.size(f.args["nodes"], 50)
	if err != nil {
		return nil, err
	}
	if most > 400 {
		return nil, c.limits.exceeded("PAGE_TOO_LARGE", "a neighbourhood has at most 400 nodes")
	}
	t, err := c.ties(f)
	if err != nil {
		return nil, err
	}
	seeds, err := c.actorSet(f.args["around"], false)
	if err != nil {
		return nil, err
	}
	if seeds.all() {
		return nil, badInput("Say which actors the neighbourhood is around.")
	}
	alias := c.q.fresh("q")
	c.q.ask(alias+"(func: "+seeds.uids()+")", &group{attrs: []string{"uid"}})
	readFirst := func(*node, onTie) {}
	if depth > 0 && most > 0 && len(t.legs) > 0 {
		readFirst = t.ask(c.q, fmt.Sprintf("%s, first: %d", seeds.uids(), most), nil, true)
	}

	fields, err := c.collect(c.book.object("Neighbourhood"), f.sets)
	if err != nil {
		return nil, err
	}
	type member struct {
		uid    string
		depth  int
		weight int64
		node   *node
	}
	var members []*member
	edges := map[string]*tie{}
	var shown []*tie
	totalNodes, totalEdges := 0, 0
	body := &group{attrs: []string{"uid", "xid"}}
	byUID := map[string]*member{}
	write, err := within(c, most, func() (shape, error) {
		return fieldsOf(c, fields, func(f *field) (shape, error) {
			switch f.name {
			case "__typename":
				return constant("Neighbourhood"), nil
			case "totalNodes":
				return func(w *writer, _ *node) { w.int(int64(totalNodes)) }, nil
			case "totalEdges":
				return func(w *writer, _ *node) { w.int(int64(totalEdges)) }, nil
			case "nodes":
				inner, err := c.collect(c.book.object("NeighbourhoodNode"), f.sets)
				if err != nil {
					return nil, err
				}
				item, err := writeFields(c, inner, func(f *field) (func(*writer, *member), error) {
					switch f.name {
					case "__typename":
						return func(w *writer, _ *member) { w.string("NeighbourhoodNode") }, nil
					case "depth":
						return func(w *writer, m *member) { w.int(int64(m.depth)) }, nil
					case "weight":
						return func(w *writer, m *member) { w.int(m.weight) }, nil
					case "id":
						return func(w *writer, m *member) { w.string(m.node.text("xid")) }, nil
					}
					s, err := c.object("Actor", place{group: body}, f.sets)
					return func(w *writer, m *member) { s(w, m.node) }, err
				})
				return func(w *writer, _ *node) { writeList(w, members, item) }, err
			}
			item, err := c.tieShape(f, func(uid string) string { return byUID[uid].node.text("xid") })
			return func(w *writer, _ *node) { writeList(w, shown, item) }, err
		})
	})
	if err != nil {
		return nil, err
	}
	c.later(func(ctx context.Context, ask asker) error {
		var frontier []string
		weights := map[string]int64{}
		join := func(uid string, depth int) {
			m := &member{uid: uid, depth: depth, weight: weights[uid]}
			byUID[uid] = m
			members = append(members, m)
			frontier = append(frontier, uid)
		}
		all := c.answer.nodes(alias)
		for _, n := range all[:min(len(all), most)] {
			join(n.text("uid"), 0)
		}
		known := map[string]bool{}
		for _, n := range all {
			known[n.text("uid")] = true
		}
		found := map[string]bool{}
		for d := 1; d <= int(depth) && len(frontier) > 0; d++ {
			asked := frontier
			frontier = nil
			weights = map[string]int64{}
			visit := func(_, to string, x tie) {
				known[to] = true
				found[x.key()] = true
				if byUID[to] == nil {
					weights[to] += max(x.count, 1)
				}
			}
			if d == 1 {
				readFirst(c.answer, visit)
			} else if err := t.around(ctx, c, ask, asked, true, visit); err != nil {
				return err
			}
			uids := sortedKeys(weights)
			slices.SortStableFunc(uids, func(a, b string) int { return cmp.Compare(weights[b], weights[a]) })
			for _, uid := range uids[:min(len(uids), most-len(members))] {
				join(uid, d)
			}
		}
		inside := make([]string, len(members))
		for i, m := range members {
			inside[i] = m.uid
		}
		// What joins them, and what is asked of each, at once.
		var nodes []*node
		if len(inside) > 0 {
			q := c.q.following()
			bodies := q.fresh("q")
			q.ask(bodies+"(func: "+q.uids(inside)+")", body)
			read := func(*node, onTie) {}
			if len(t.legs) > 0 {
				read = t.ask(q, q.uids(inside), inside, true)
			}
			q.complete(c.q)
			answer, err := ask(ctx, q)
			if err != nil {
				return err
			}
			nodes = answer.nodes(bodies)
			read(answer, func(_, _ string, x tie) {
				key := x.key()
				if known := edges[key]; known == nil {
					edges[key] = &x
				} else if len(t.incident) > 0 {
					known.count += x.count
					known.first, known.last = min(known.first, x.first), max(known.last, x.last)
					known.confidence = max(known.confidence, x.confidence)
				}
				found[key] = true
			})
		}
		for _, x := range edges {
			if len(t.incident) > 0 && t.bothWays(x) {
				x.count /= 2 // it was seen from either end
			}
			shown = append(shown, x)
		}
		totalNodes, totalEdges = len(known), len(found)
		for _, n := range nodes {
			byUID[n.text("uid")].node = n
		}
		slices.SortFunc(shown, func(a, b *tie) int { return cmp.Or(cmp.Compare(b.count, a.count), strings.Compare(a.key(), b.key())) })
		return nil
	})
	return write, nil
}

// bothWays tells whether a tie among given nodes is met from both of its ends.
func (t ties) bothWays(x *tie) bool {
	out := slices.ContainsFunc(t.legs, func(l leg) bool { return l.event.Name == x.event.Name && (!l.inverse || l.event.Mutual) })
	in := slices.ContainsFunc(t.legs, func(l leg) bool { return l.event.Name == x.event.Name && (l.inverse || l.event.Mutual) })
	return out && in
}

// stubs are nodes of which only the uid is known.
func stubs(uids []string) []*node {
	list := make([]*node, len(uids))
	for i, uid := range uids {
		list[i] = &node{keys: []string{"uid"}, values: []value{{raw: []byte(`"` + uid + `"`)}}}
	}
	return list
}

// tieShape compiles a selection on the edges of a network.
func (c *compilation) tieShape(f *field, id func(uid string) string) (func(*writer, *tie), error) {
	fields, err := c.collect(c.book.object("NetworkEdge"), f.sets)
	if err != nil {
		return nil, err
	}
	return writeFields(c, fields, func(f *field) (func(*writer, *tie), error) {
		return func(w *writer, x *tie) {
			switch f.name {
			case "__typename":
				w.string("NetworkEdge")
			case "id":
				w.string("relationship/" + x.event.Name + "|" + id(x.from) + "|" + id(x.to))
			case "source":
				w.string(id(x.from))
			case "target":
				w.string(id(x.to))
			case "type":
				w.string(x.event.Name)
			case "edge":
				w.string(x.event.Edge)
			case "quadClass":
				w.string(string(x.event.Quad))
			case "count":
				w.int(x.count)
			case "intensity":
				w.float(x.event.Intensity * float64(x.count))
			case "confidence":
				w.float(x.confidence)
			case "first", "last":
				day := x.first
				if f.name == "last" {
					day = x.last
				}
				if day > 0 {
					w.string(dateText(day))
				} else {
					w.null()
				}
			}
		}, nil
	})
}

// half is one side of a search that goes from both ends: how far it has come, and what it has seen.
type half struct {
	distance map[string]int
	next     map[string][]string // the neighbours of each node that was asked for
	frontier []string
	depth    int
}

func newHalf(start []string) *half {
	h := &half{map[string]int{}, map[string][]string{}, start, 0}
	for _, uid := range start {
		h.distance[uid] = 0
	}
	return h
}

// step takes in the neighbours of the frontier.
func (h *half) step(ctx context.Context, c *compilation, ask asker, t ties) error {
	joined := map[[2]string]bool{}
	visit := func(from, to string, _ tie) {
		if !joined[[2]string{from, to}] {
			joined[[2]string{from, to}] = true
			h.next[from] = append(h.next[from], to)
		}
	}
	var err error
	if t.known != nil {
		for _, from := range h.frontier {
			for _, to := range t.known[from] {
				visit(from, to, tie{})
			}
		}
	} else {
		err = t.around(ctx, c, ask, h.frontier, false, visit)
	}
	h.depth++
	reached := map[string]bool{}
	for _, from := range h.frontier {
		for _, to := range h.next[from] {
			if _, known := h.distance[to]; !known {
				h.distance[to] = h.depth
				reached[to] = true
			}
		}
	}
	h.frontier = slices.Sorted(maps.Keys(reached))
	return err
}

// fewIncidents is how many are read whole rather than level by level.
const fewIncidents = 2000

// whole asks for all incidents that count, when there are few, and gives the ties both ways with their neighbours known.
func (t ties) whole(ctx context.Context, c *compilation, ask asker, back ties) (ties, ties, error) {
	q := c.q.following()
	root, rest := t.counted(q).root("Incident")
	ends := &group{attrs: []string{"event_type"}}
	ends.child("initiators", &group{attrs: []string{"uid"}})
	ends.child("targets", &group{attrs: []string{"uid"}})
	q.ask("q(func: "+root+")"+filtered(rest), ends)
	q.complete(c.q)
	answer, err := ask(ctx, q)
	if err != nil {
		return t, back, err
	}
	for _, side := range []*ties{&t, &back} {
		side.known = map[string][]string{}
		out, in := side.types(false), side.types(true)
		for _, i := range answer.nodes("q") {
			event := i.text("event_type")
			for _, a := range i.nodes("initiators") {
				for _, b := range i.nodes("targets") {
					from, to := a.text("uid"), b.text("uid")
					if from == to {
						continue
					}
					if slices.Contains(out, event) {
						side.known[from] = append(side.known[from], to)
					}
					if slices.Contains(in, event) {
						side.known[to] = append(side.known[to], from)
					}
				}
			}
		}
	}
	return t, back, nil
}

// shortPaths finds up to most paths without loops from some nodes to others, shortest first, of at most
// longest steps. It goes level by level from both ends, the smaller side first.
func (c *compilation) shortPaths(ctx context.Context, ask asker, t, back ties, from, to []string, longest, most int) ([][]string, error) {
	a, b := newHalf(from), newHalf(to)
	var found [][]string
	for length := 1; length <= longest && len(found) < most; length++ {
		for a.depth+b.depth < length {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			h, ties := a, t
			if len(a.frontier) == 0 || len(b.frontier) > 0 && len(b.frontier) < len(a.frontier) {
				h, ties = b, back
			}
			if len(h.frontier) == 0 {
				break
			}
			if err := h.step(ctx, c, ask, ties); err != nil {
				return nil, err
			}
		}
		if a.depth+b.depth < length {
			if len(a.frontier) == 0 && len(b.frontier) == 0 {
				a.depth = length // all there is has been seen
			}
		}
		found = append(found, joinPaths(a, b, from, to, length, most-len(found))...)
	}
	return found, nil
}

// joinPaths gives up to most paths of the length over what two halves have seen.
func joinPaths(a, b *half, from, to []string, length, most int) [][]string {
	// backwards holds, for the nodes that the second half asked for, who leads to them.
	before := map[string][]string{}
	for n, list := range b.next {
		for _, m := range list {
			before[m] = append(before[m], n)
		}
	}
	end := map[string]bool{}
	for _, uid := range to {
		end[uid] = true
	}
	var found [][]string
	tries := 0
	var walk func(path []string)
	walk = func(path []string) {
		here, left := path[len(path)-1], length-(len(path)-1)
		if len(found) == most {
			return
		}
		if left == 0 {
			if end[here] {
				found = append(found, slices.Clone(path))
			}
			return
		}
		neighbours := a.next[here]
		if _, asked := a.next[here]; !asked {
			neighbours = before[here]
		}
		for _, n := range neighbours {
			if tries++; tries > 1_000_000 || len(found) == most {
				return
			}
			// A node that the other side has not come to is farther from it than it has come.
			if d, near := b.distance[n]; near && d > left-1 || !near && left-1 <= b.depth {
				continue
			}
			if end[n] && left > 1 || slices.Contains(path, n) {
				continue
			}
			walk(append(path, n))
		}
	}
	for _, uid := range from {
		if !end[uid] {
			walk([]string{uid})
		}
	}
	return found
}

// paths compiles the shortest ways from some actors to others.
func paths(c *compilation, f *field) (shape, error) {
	longest, _ := f.args["maxLength"].(int64)
	most, _ := f.args["count"].(int64)
	if longest < 1 || longest > 8 {
		return nil, badInput("A path has at most 1 to 8 steps.")
	}
	if most < 1 || most > 20 {
		return nil, badInput("Ask for 1 to 20 paths.")
	}
	t, err := c.ties(f)
	if err != nil {
		return nil, err
	}
	var ends [2]string
	for i, name := range []string{"from", "to"} {
		s, err := c.actorSet(f.args[name], false)
		if err != nil {
			return nil, err
		}
		if s.all() {
			return nil, badInput("Say which actors the paths are from and to.")
		}
		ends[i] = c.q.fresh("q")
		c.q.ask(ends[i]+"(func: "+s.uids()+", first: 100)", &group{attrs: []string{"uid"}})
	}
	counted := ""
	if len(t.incident) > 0 {
		counted = c.q.fresh("q")
		root, rest := t.counted(c.q).root("Incident")
		c.q.ask(counted+"(func: "+root+")"+filtered(rest), &group{attrs: []string{"n: count(uid)"}})
	}
	back := t
	back.legs = nil
	for _, l := range t.legs {
		back.legs = append(back.legs, leg{l.event, !l.inverse && !l.event.Mutual})
	}

	fields, err := c.collect(c.book.object("Path"), f.sets)
	if err != nil {
		return nil, err
	}
	body := &group{attrs: []string{"uid", "xid"}}
	nodes := map[string]*node{}
	type step struct{ from, to string }
	type route []string
	var routes []route
	// written holds what was written of a step's relationships, by the field that asks for them.
	written := map[string][]byte{}
	var relationFields []*field
	uid := func(f *field, of func(step) string) (func(*writer, step), error) {
		s, err := c.object("Actor", place{group: body}, f.sets)
		return func(w *writer, x step) { s(w, nodes[of(x)]) }, err
	}
	write, err := within(c, int(most), func() (func(*writer, route), error) {
		return writeFields(c, fields, func(f *field) (func(*writer, route), error) {
			switch f.name {
			case "__typename":
				return func(w *writer, _ route) { w.string("Path") }, nil
			case "length":
				return func(w *writer, r route) { w.int(int64(len(r) - 1)) }, nil
			case "actors":
				s, err := c.object("Actor", place{group: body}, f.sets)
				return func(w *writer, r route) { writeList(w, r, func(w *writer, uid string) { s(w, nodes[uid]) }) }, err
			}
			inner, err := c.collect(c.book.object("PathStep"), f.sets)
			if err != nil {
				return nil, err
			}
			item, err := within(c, int(longest), func() (func(*writer, step), error) {
				return writeFields(c, inner, func(f *field) (func(*writer, step), error) {
					switch f.name {
					case "__typename":
						return func(w *writer, _ step) { w.string("PathStep") }, nil
					case "from":
						return uid(f, func(s step) string { return s.from })
					case "to":
						return uid(f, func(s step) string { return s.to })
					}
					number := len(relationFields)
					relationFields = append(relationFields, f)
					// Compiled once on trial, for its errors and its cost.
					trial := *c
					trial.q = c.q.following()
					_, err := trial.relationsBetween(place{group: &group{}, uids: "v0"}, f, t, "uid(0)")
					c.cost = trial.cost
					return func(w *writer, s step) { w.raw(written[fmt.Sprint(number, s.from, s.to)]) }, err
				})
			})
			return func(w *writer, r route) {
				steps := make([]step, len(r)-1)
				for i := range steps {
					steps[i] = step{r[i], r[i+1]}
				}
				writeList(w, steps, item)
			}, err
		})
	})
	if err != nil {
		return nil, err
	}
	c.later(func(ctx context.Context, ask asker) error {
		uids := func(alias string) []string {
			var list []string
			for _, n := range c.answer.nodes(alias) {
				list = append(list, n.text("uid"))
			}
			return list
		}
		forth, back := t, back
		if counted != "" {
			if n, _ := c.answer.first(counted).int("n"); n <= int64(c.few) {
				var err error
				if forth, back, err = t.whole(ctx, c, ask, back); err != nil {
					return err
				}
			}
		}
		found, err := c.shortPaths(ctx, ask, forth, back, uids(ends[0]), uids(ends[1]), int(longest), int(most))
		if err != nil {
			return err
		}
		all := map[string]bool{}
		var steps []step
		for _, r := range found {
			routes = append(routes, r)
			for i, uid := range r {
				all[uid] = true
				if s := (step{r[max(i-1, 0)], uid}); i > 0 && !slices.Contains(steps, s) {
					steps = append(steps, s)
				}
			}
		}
		list, err := c.fetch(ctx, ask, stubs(sortedKeys(all)), body)
		if err != nil {
			return err
		}
		for _, n := range list {
			nodes[n.text("uid")] = n
		}
		if len(steps) == 0 || len(relationFields) == 0 {
			return nil
		}
		// What joins each two is asked for all steps at once.
		d := *c
		d.q, d.follow, d.cost = c.q.following(), nil, 0
		type pending struct {
			key, alias string
			shape      shape
		}
		var waiting []pending
		for i, f := range relationFields {
			for _, s := range steps {
				v, alias, b := d.q.fresh("v"), d.q.fresh("q"), &group{attrs: []string{"uid", "xid"}}
				sh, err := d.relationsBetween(place{group: b, uids: v}, f, t, "uid("+d.q.text(s.to)+")")
				if err != nil {
					return err
				}
				root := "uid(" + d.q.text(s.from) + ")"
				if d.q.uses(v) {
					d.q.ask(v+" as var(func: "+root+")", nil)
					root = "uid(" + v + ")"
				}
				d.q.ask(alias+"(func: "+root+")", b)
				waiting = append(waiting, pending{fmt.Sprint(i, s.from, s.to), alias, sh})
			}
		}
		d.q.complete(c.q)
		if d.answer, err = ask(ctx, d.q); err != nil {
			return err
		}
		for _, p := range waiting {
			w := &writer{}
			p.shape(w, d.answer.first(p.alias))
			written[p.key] = w.buf
		}
		return nil
	})
	return func(w *writer, _ *node) { writeList(w, routes, write) }, nil
}

// relationsBetween compiles a connection of the relationships of an actor with the one that a condition gives.
func (c *compilation) relationsBetween(at place, f *field, t ties, to string) (shape, error) {
	r, err := c.relationRequest(f, t.legs)
	if err != nil {
		return nil, err
	}
	r.incident = append(r.incident, t.incident...)
	r.to = cond{{text: to}}
	r.direct = len(r.incident) == 0
	return c.relationConnection(at, f, r)
}
