package graph

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"incidentgraph/schema"
)

// relation is all incidents of one type between two actors, as seen from one of them.
type relation struct {
	event schema.EventType
	// inverse tells that from is the target and to the initiator.
	inverse        bool
	from, to       *node
	count          int64
	first, last    int64
	confidence     float64
	incidents      []*node
	fromKey, toKey string
}

func (r *relation) initiatorKey() string {
	if r.inverse {
		return r.toKey
	}
	return r.fromKey
}

func (r *relation) targetKey() string {
	if r.inverse {
		return r.fromKey
	}
	return r.toKey
}

// key says which relation it is: type and both sides.
func (r *relation) key() string {
	return r.event.Name + "|" + r.initiatorKey() + "|" + r.targetKey()
}

// leg is one direction of one type of edge.
type leg struct {
	event   schema.EventType
	inverse bool
}

// legKey names a leg.
type legKey struct {
	edge    string
	inverse bool
}

func keyOf(l leg) legKey { return legKey{l.event.Edge, l.inverse} }

// relationRequest is what the arguments of a field of relationships ask for.
type relationRequest struct {
	legs     []leg
	incident cond // what incidents count
	to       cond // what the other side is like
	rollup   bool
	order    string
	desc     bool
	// direct tells that all incidents count, so that the direct edges have the answer.
	direct bool
}

// relationRequest reads the arguments that all fields of relationships have.
func (c *compilation) relationRequest(f *field, legs []leg) (relationRequest, error) {
	r := relationRequest{legs: legs, order: "COUNT", desc: true, direct: true}
	p, err := incidentPeriod(c, f.args["period"])
	if err != nil {
		return r, err
	}
	k, err := c.filter("Incident", f.args["incidents"])
	if err != nil {
		return r, err
	}
	r.incident = append(p, k...)
	if r.to, err = c.filter("Actor", f.args["with"]); err != nil {
		return r, err
	}
	r.rollup = f.args["rollup"] == "STATE"
	r.direct = len(r.incident) == 0 && !r.rollup
	if o, ok := f.args["orderBy"].(map[string]any); ok {
		r.order, _ = o["field"].(string)
		r.desc = o["direction"] != "ASC"
	}
	return r, nil
}

// facetOf names the facet of a direct edge that an order is by.
func facetOf(order string) string { return strings.ToLower(order) }

// actorRelations compiles a connection of the relationships of an actor by some edges.
func actorRelations(legs func(f *field) []leg) compiler {
	return func(c *compilation, at place, f *field) (shape, error) {
		r, err := c.relationRequest(f, legs(f))
		if err != nil {
			return nil, err
		}
		return c.relationConnection(at, f, r)
	}
}

// relationConnection compiles a connection of the relationships that a request means.
func (c *compilation) relationConnection(at place, f *field, r relationRequest) (shape, error) {
	fields, want, err := c.connectionFields("Relationship", f)
	if err != nil {
		return nil, err
	}
	p, err := c.paging(f, "RELATIONSHIP_"+r.order)
	if err != nil {
		return nil, err
	}
	inside, err := c.selectsIncidents(fields)
	if err != nil {
		return nil, err
	}
	mutual := slices.ContainsFunc(r.legs, func(l leg) bool { return l.event.Mutual })
	if r.direct && (!inside || at.uids != "" && !mutual) {
		return c.directRelations(at, r, p, fields, want)
	}
	return c.countedRelations(at, r, p, fields)
}

// selectsIncidents tells whether a selection on relationships goes into their incidents.
func (c *compilation) selectsIncidents(fields []*field) (bool, error) {
	for _, f := range fields {
		var sets []*field
		switch f.name {
		case "nodes":
			sets = []*field{f}
		case "edges":
			edge, err := c.collect(c.book.object("RelationshipEdge"), f.sets)
			if err != nil {
				return false, err
			}
			for _, e := range edge {
				if e.name == "node" {
					sets = append(sets, e)
				}
			}
		}
		for _, s := range sets {
			inner, err := c.collect(c.book.object("Relationship"), s.sets)
			if err != nil {
				return false, err
			}
			for _, i := range inner {
				if i.name == "incidents" || i.name == "evidence" {
					return true, nil
				}
			}
		}
	}
	return false, nil
}

// sides are the groups that a selection on relationships asks of: the actor seen from, the other, and the incidents.
type sides struct {
	from, to *group
	// incidents is nil when the incidents are reached from the other side by reach.
	incidents *group
	reach     func(l leg) source
	uids      string
}

// directRelations answers from the direct edges and their facets.
func (c *compilation) directRelations(at place, r relationRequest, p paging, fields []*field, want wants) (shape, error) {
	// One leg alone, from its beginning, is ordered and cut by Dgraph.
	cut := len(r.legs) == 1 && !want.cursors && p.cursor == nil && !p.backward
	type asked struct {
		leg          leg
		alias, count string
	}
	var all []asked
	var write func(*writer, page[*relation])
	byLeg := map[legKey]func(*writer, *relation){}
	at.group.attr("uid", "xid")
	spent := c.cost
	for _, l := range r.legs {
		c.cost = spent // the page holds relationships of all legs together, no more
		to := &group{}
		edge := l.event.Edge
		back, forth := "initiators", "~targets"
		if l.inverse {
			edge = "~" + edge
			back, forth = "targets", "~initiators"
		}
		s := sides{from: at.group, to: to, uids: at.uids}
		s.reach = func(leg) source {
			// The incidents of the actor seen from, which the other side then shares.
			mine := c.q.fresh("v")
			c.q.ask("var(func: uid("+at.uids+"))", &group{attrs: []string{
				mine + " as ~" + back + filtered("eq(event_type, "+c.q.text(l.event.Name)+")")}})
			return source{node: "Incident", edge: forth, cond: cond{{text: "uid(" + mine + ")"}}, order: incidentOrder(nil)}
		}
		var leafs func(*writer, *relation)
		shapeOf := func() (func(*writer, page[*relation]), error) {
			return connectionShape(c, "Relationship", fields, func(n *field) (func(*writer, *relation), error) {
				w, err := c.relationship(n, s, &l)
				leafs = w
				return w, err
			})
		}
		w, err := within(c, p.size, shapeOf)
		if err != nil {
			return nil, err
		}
		write = w
		byLeg[keyOf(l)] = leafs
		a := asked{leg: l}
		if want.rows && p.size > 0 {
			a.alias = c.q.fresh("e")
			to.attr("uid", "xid")
			facets := "@facets(f_count: count, f_first: first, f_last: last, f_confidence: confidence)"
			first := ""
			if cut {
				by := direction(r.desc) + ": "
				facets = "@facets("
				for i, name := range []string{"count", "first", "last", "confidence"} {
					if i > 0 {
						facets += ", "
					}
					if name == facetOf(r.order) {
						facets += by
					}
					facets += name
				}
				facets += ")"
				first = " (first: " + strconv.Itoa(p.size+1) + ")"
			}
			at.group.child(a.alias+": "+edge+first+filtered(r.to.String())+" "+facets, to)
		}
		if want.total {
			a.count = c.q.fresh("n")
			at.group.attr(a.count + ": count(" + edge + filtered(r.to.String()) + ")")
		}
		all = append(all, a)
	}
	if len(all) == 0 {
		return c.noRelations(fields)
	}
	if len(all) > 1 {
		// Each leg's own shape writes its relations.
		var err error
		write, err = connectionShape(c, "Relationship", fields, func(*field) (func(*writer, *relation), error) {
			return func(w *writer, r *relation) { byLeg[keyOf(leg{r.event, r.inverse})](w, r) }, nil
		})
		if err != nil {
			return nil, err
		}
	}
	return func(w *writer, n *node) {
		var rows []*relation
		var total int64
		for _, a := range all {
			facet := func(o *node, name string) value {
				if cut {
					return o.get(a.alias + "|" + name)
				}
				return o.get("f_" + name)
			}
			for _, o := range n.nodes(a.alias) {
				rel := &relation{event: a.leg.event, inverse: a.leg.inverse, from: n, to: o, fromKey: n.text("xid"), toKey: o.text("xid")}
				rel.count, _ = strconv.ParseInt(string(facet(o, "count").raw), 10, 64)
				rel.first, _ = strconv.ParseInt(string(facet(o, "first").raw), 10, 64)
				rel.last, _ = strconv.ParseInt(string(facet(o, "last").raw), 10, 64)
				rel.confidence, _ = strconv.ParseFloat(string(facet(o, "confidence").raw), 64)
				rows = append(rows, rel)
			}
			count, _ := n.int(a.count)
			total += count
		}
		pg := cutRelations(rows, r, p)
		pg.total = total
		write(w, pg)
	}, nil
}

// noRelations writes an empty connection.
func (c *compilation) noRelations(fields []*field) (shape, error) {
	write, err := connectionShape(c, "Relationship", fields, func(*field) (func(*writer, *relation), error) {
		return func(w *writer, _ *relation) { w.null() }, nil
	})
	return func(w *writer, _ *node) { write(w, page[*relation]{}) }, err
}

// countedRelations answers from the incidents themselves, for a period, a filter or sides rolled up to states.
func (c *compilation) countedRelations(at place, r relationRequest, p paging, fields []*field) (shape, error) {
	body := &group{}
	s := sides{from: at.group, to: &group{}, incidents: body}
	write, err := within(c, p.size, func() (func(*writer, page[*relation]), error) {
		return connectionShape(c, "Relationship", fields, func(n *field) (func(*writer, *relation), error) {
			return c.relationship(n, s, nil)
		})
	})
	if err != nil {
		return nil, err
	}
	at.group.attr("uid", "xid")
	s.to.attr("uid", "xid")
	body.attr("uid", "xid", "event_type", "day", "confidence")
	var forwards, backwards []string
	for _, l := range r.legs {
		if !l.inverse {
			forwards = append(forwards, l.event.Name)
		}
		if l.inverse || l.event.Mutual {
			backwards = append(backwards, l.event.Name)
		}
	}
	// what leads from the actor, or a member of the state, to the incidents, and on to the other side.
	type way struct {
		alias, member, other string
		inverse              bool
	}
	var ways []way
	members := &group{attrs: []string{"uid"}}
	for _, d := range []struct {
		types        []string
		side, across string
		inverse      bool
	}{{forwards, "~initiators", "targets", false}, {backwards, "~targets", "initiators", true}} {
		if len(d.types) == 0 {
			continue
		}
		other := c.q.fresh("e")
		b := &group{attrs: slices.Clone(body.attrs), children: slices.Clone(body.children)}
		b.child(other+": "+d.across+filtered(r.to.String()), rolledUp(s.to, r.rollup))
		k := cond{{text: "eq(event_type, " + c.q.texts(d.types) + ")"}}.and(r.incident...)
		wy := way{alias: c.q.fresh("e"), other: other, inverse: d.inverse}
		at.group.child(wy.alias+": "+d.side+filtered(k.String()), b)
		if r.rollup {
			wy.member = c.q.fresh("e")
			members.child(wy.member+": "+d.side+filtered(k.String()), b)
		}
		ways = append(ways, wy)
	}
	membersAlias := ""
	if r.rollup && len(ways) > 0 {
		membersAlias = c.q.fresh("e")
		at.group.child(membersAlias+": ~acts_for", members)
	}
	wanted := map[legKey]bool{}
	for _, l := range r.legs {
		wanted[keyOf(l)] = true
	}
	return func(w *writer, n *node) {
		t := newTally()
		add := func(i *node, wy way) {
			event, ok := schema.EventTypeByName(i.text("event_type"))
			inverse := wy.inverse && !event.Mutual
			if !ok || !wanted[keyOf(leg{event, inverse})] {
				return
			}
			for _, o := range i.nodes(wy.other) {
				t.add(event, inverse, n, rolled(o, r.rollup), i)
			}
		}
		for _, wy := range ways {
			for _, i := range n.nodes(wy.alias) {
				add(i, wy)
			}
			for _, m := range n.nodes(membersAlias) {
				for _, i := range m.nodes(wy.member) {
					add(i, wy)
				}
			}
		}
		write(w, cutRelations(t.relations(), r, p))
	}, nil
}

// rolledUp asks of the other side what is asked of an actor, and of the state it acts for.
func rolledUp(to *group, rollup bool) *group {
	if !rollup {
		return to
	}
	both := &group{attrs: slices.Clone(to.attrs), children: slices.Clone(to.children)}
	both.child("state: acts_for", to)
	return both
}

// rolled gives the state that an actor acts for, or the actor itself.
func rolled(n *node, rollup bool) *node {
	if rollup {
		if s := n.first("state"); s != nil {
			return s
		}
	}
	return n
}

// tally counts incidents into relations, each incident once in a relation.
type tally struct {
	byKey map[string]*relation
	seen  map[string]bool
	order []*relation
}

func newTally() *tally { return &tally{byKey: map[string]*relation{}, seen: map[string]bool{}} }

func (t *tally) add(event schema.EventType, inverse bool, from, to, incident *node) {
	r := &relation{event: event, inverse: inverse, from: from, to: to, fromKey: from.text("xid"), toKey: to.text("xid")}
	if r.fromKey == r.toKey {
		return // nobody has a relationship with oneself
	}
	key := r.key()
	if once := key + "|" + incident.uid(); t.seen[once] {
		return
	} else {
		t.seen[once] = true
	}
	if known := t.byKey[key]; known != nil {
		r = known
	} else {
		t.byKey[key] = r
		t.order = append(t.order, r)
	}
	r.count++
	if d, ok := incident.int("day"); ok {
		if r.first == 0 || d < r.first {
			r.first = d
		}
		r.last = max(r.last, d)
	}
	if f, ok := incident.float("confidence"); ok {
		r.confidence = max(r.confidence, f)
	}
	r.incidents = append(r.incidents, incident)
}

func (t *tally) relations() []*relation { return t.order }

// value gives what a relation is ordered by.
func (r *relation) value(order string) float64 {
	switch order {
	case "FIRST":
		return float64(r.first)
	case "LAST":
		return float64(r.last)
	case "CONFIDENCE":
		return r.confidence
	}
	return float64(r.count)
}

// cutRelations orders relations, ties by key, and cuts the page out of them.
func cutRelations(rows []*relation, r relationRequest, p paging) page[*relation] {
	return cutPage(rows, p, "RELATIONSHIP_"+r.order, r.desc,
		func(x *relation) float64 { return x.value(r.order) }, (*relation).key)
}

// missing is the value of nodes that have none: it comes last.
func missing(desc bool) float64 {
	if desc {
		return math.Inf(-1)
	}
	return math.Inf(1)
}

// cutPage orders rows held in memory, ties by key, and cuts a page out of them.
func cutPage[T any](rows []T, p paging, order string, desc bool, value func(T) float64, key func(T) string) page[T] {
	before := func(v float64, k string, w float64, l string) int {
		c := cmp.Compare(v, w)
		if desc {
			c = -c
		}
		return cmp.Or(c, strings.Compare(k, l))
	}
	slices.SortFunc(rows, func(a, b T) int { return before(value(a), key(a), value(b), key(b)) })
	pg := page[T]{total: int64(len(rows)), cursor: func(x T) string {
		return cursor{order, strconv.FormatFloat(value(x), 'g', -1, 64), key(x)}.String()
	}}
	if p.cursor != nil {
		at, err := strconv.ParseFloat(p.cursor.Value, 64)
		if err != nil {
			at = missing(desc)
		}
		side := func(x T) int { return before(value(x), key(x), at, p.cursor.Key) }
		if p.backward {
			n := slices.IndexFunc(rows, func(x T) bool { return side(x) >= 0 })
			if n >= 0 {
				pg.next = n < len(rows)
				rows = rows[:n]
			}
		} else {
			n := slices.IndexFunc(rows, func(x T) bool { return side(x) > 0 })
			if n < 0 {
				n = len(rows)
			}
			pg.prev = n > 0
			rows = rows[n:]
		}
	}
	if len(rows) > p.size {
		if p.backward {
			rows, pg.prev = rows[len(rows)-p.size:], true
		} else {
			rows, pg.next = rows[:p.size], true
		}
	}
	pg.rows = rows
	return pg
}

// relationship compiles a selection on relationships. l is the leg that they come by, nil when they come by several.
func (c *compilation) relationship(f *field, s sides, l *leg) (func(*writer, *relation), error) {
	fields, err := c.collect(c.book.object("Relationship"), f.sets)
	if err != nil {
		return nil, err
	}
	type write = func(*writer, *relation)
	// side compiles a selection on the initiator, the target or the other side. A relation of either
	// direction may come, so that both groups are asked.
	side := func(f *field, pick func(*relation) *node) (write, error) {
		here, err := c.object("Actor", place{group: s.from, uids: s.uids}, f.sets)
		if err != nil {
			return nil, err
		}
		there, err := c.object("Actor", place{group: s.to}, f.sets)
		if err != nil {
			return nil, err
		}
		return func(w *writer, r *relation) {
			if n := pick(r); n == r.from {
				here(w, n)
			} else {
				there(w, n)
			}
		}, nil
	}
	from := func(r *relation) *node { return r.from }
	to := func(r *relation) *node { return r.to }
	return writeFields(c, fields, func(f *field) (write, error) {
		switch f.name {
		case "__typename":
			return func(w *writer, _ *relation) { w.string("Relationship") }, nil
		case "id":
			return func(w *writer, r *relation) { w.string("relationship/" + r.key()) }, nil
		case "type":
			return func(w *writer, r *relation) { w.string(r.event.Name) }, nil
		case "edge":
			return func(w *writer, r *relation) { w.string(r.event.Edge) }, nil
		case "quadClass":
			return func(w *writer, r *relation) { w.string(string(r.event.Quad)) }, nil
		case "intensity":
			return func(w *writer, r *relation) { w.float(r.event.Intensity * float64(r.count)) }, nil
		case "count":
			return func(w *writer, r *relation) { w.int(r.count) }, nil
		case "first", "last":
			first := f.name == "first"
			return func(w *writer, r *relation) {
				d := r.last
				if first {
					d = r.first
				}
				if d == 0 {
					w.null()
				} else {
					w.string(dateText(d))
				}
			}, nil
		case "confidence":
			return func(w *writer, r *relation) { w.float(r.confidence) }, nil
		case "initiator", "target", "counterpart":
			switch {
			case f.name == "counterpart" || l != nil && l.inverse == (f.name == "initiator"):
				inner, err := c.object("Actor", place{group: s.to}, f.sets)
				return func(w *writer, r *relation) { inner(w, r.to) }, err
			case l != nil:
				inner, err := c.object("Actor", place{group: s.from, uids: s.uids}, f.sets)
				return func(w *writer, r *relation) { inner(w, r.from) }, err
			case f.name == "initiator":
				return side(f, func(r *relation) *node {
					if r.inverse {
						return to(r)
					}
					return from(r)
				})
			}
			return side(f, func(r *relation) *node {
				if r.inverse {
					return from(r)
				}
				return to(r)
			})
		case "incidents":
			if s.incidents == nil {
				list, err := c.incidentList(place{group: s.to}, f, s.reach(*l))
				return func(w *writer, r *relation) { list(w, r.to) }, err
			}
			return c.heldIncidents(f, s.incidents)
		case "evidence":
			incidents := s.incidents
			alias := ""
			if incidents == nil {
				src := s.reach(*l)
				incidents = &group{}
				alias = c.q.fresh("e")
				s.to.child(alias+": "+src.edge+filtered(src.cond.String()), incidents)
			}
			inner, err := c.evidence(f, incidents)
			return func(w *writer, r *relation) {
				incidents := r.incidents
				if alias != "" {
					incidents = r.to.nodes(alias)
				}
				inner(w, incidents)
			}, err
		}
		return nil, fmt.Errorf("Relationship.%s has no compiler", f.name)
	})
}

// heldIncidents compiles a connection over incidents that the answer holds in full.
func (c *compilation) heldIncidents(f *field, incidents *group) (func(*writer, *relation), error) {
	fields, _, err := c.connectionFields("Incident", f)
	if err != nil {
		return nil, err
	}
	o := incidentOrder(f.args["orderBy"])
	p, err := c.paging(f, "HELD_"+o.name)
	if err != nil {
		return nil, err
	}
	incidents.attr("uid", "xid", o.predicate)
	write, err := within(c, p.size, func() (func(*writer, page[*node]), error) {
		return connectionShape(c, "Incident", fields, func(n *field) (func(*writer, *node), error) {
			return c.object("Incident", place{group: incidents}, n.sets)
		})
	})
	return func(w *writer, r *relation) {
		write(w, cutPage(slices.Clone(r.incidents), p, "HELD_"+o.name, o.desc, func(n *node) float64 {
			v, _ := n.float(o.predicate)
			return v
		}, func(n *node) string { return n.text("xid") }))
	}, err
}
