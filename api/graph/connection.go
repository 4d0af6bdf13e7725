package graph

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// defaultPage is the size of a page when neither first nor last is given.
const defaultPage = 20

// paging is a request for a part of a list, by the Relay cursor connections specification.
type paging struct {
	size int
	// backward asks for the last ones of the list, or those before the cursor.
	backward bool
	// cursor is where the page begins, nil for an end of the list.
	cursor *cursor
}

// cursor is a position in an ordered list: the value ordered by and the key of the item there. The item
// itself may be gone; the position remains.
type cursor struct {
	// Order names the order, so that a cursor of another order is told apart.
	Order string
	// Value is the text of the value ordered by, "" when the item has none.
	Value string
	Key   string
}

func (k cursor) String() string {
	b, _ := json.Marshal([]string{k.Order, k.Value, k.Key}) // strings always encode
	return base64.RawURLEncoding.EncodeToString(b)
}

func parseCursor(s, order string) (*cursor, error) {
	bad := badInput("This cursor is none of this list; pass one that endCursor or startCursor gave for the same order.")
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return nil, bad
	}
	var parts []string
	if json.Unmarshal(b, &parts) != nil || len(parts) != 3 || parts[0] != order {
		return nil, bad
	}
	return &cursor{parts[0], parts[1], parts[2]}, nil
}

// paging reads the arguments first, after, last and before.
func (c *compilation) paging(f *field, order string) (paging, error) {
	p := paging{size: defaultPage}
	first, hasFirst := f.args["first"].(int64)
	last, hasLast := f.args["last"].(int64)
	after, hasAfter := f.args["after"].(string)
	before, hasBefore := f.args["before"].(string)
	switch {
	case hasFirst && hasLast:
		return p, badInput("Give first or last, not both.")
	case hasAfter && hasBefore:
		return p, badInput("Give after or before, not both.")
	case hasFirst && hasBefore || hasLast && hasAfter:
		return p, badInput("first goes with after, last goes with before.")
	case hasFirst:
		p.size = int(first)
	case hasLast || hasBefore:
		p.backward = true
		if hasLast {
			p.size = int(last)
		}
	}
	if p.size < 0 {
		return p, badInput("A page has 0 or more items.")
	}
	if p.size > c.limits.Page {
		return p, c.limits.exceeded("PAGE_TOO_LARGE", "a page has at most %d items", c.limits.Page)
	}
	var err error
	if hasAfter {
		p.cursor, err = parseCursor(after, order)
	} else if hasBefore {
		p.cursor, err = parseCursor(before, order)
	}
	return p, err
}

// page is a part of a list.
type page[T any] struct {
	rows       []T
	next, prev bool
	total      int64
	cursor     func(T) string
}

// wants tells what a selection on a connection needs to know.
type wants struct{ rows, total, cursors, info bool }

// connectionFields collects the selection on a connection and tells what it needs.
func (c *compilation) connectionFields(node string, f *field) ([]*field, wants, error) {
	var w wants
	fields, err := c.collect(c.book.object(node+"Connection"), f.sets)
	if err != nil {
		return nil, w, err
	}
	for _, s := range fields {
		switch s.name {
		case "nodes":
			w.rows = true
		case "totalCount":
			w.total = true
		case "edges":
			w.rows = true
			edge, err := c.collect(c.book.object(node+"Edge"), s.sets)
			if err != nil {
				return nil, w, err
			}
			for _, e := range edge {
				w.cursors = w.cursors || e.name == "cursor"
			}
		case "pageInfo":
			info, err := c.collect(c.book.object("PageInfo"), s.sets)
			if err != nil {
				return nil, w, err
			}
			for _, i := range info {
				w.cursors = w.cursors || strings.HasSuffix(i.name, "Cursor")
				w.info = w.info || i.name != "__typename"
			}
		}
	}
	w.rows = w.rows || w.info
	return fields, w, nil
}

// connectionShape gives what writes a connection from a page of it. compileNode compiles the selections on a node.
func connectionShape[T any](c *compilation, node string, fields []*field, compileNode func(f *field) (func(*writer, T), error)) (func(*writer, page[T]), error) {
	return writeFields(c, fields, func(f *field) (func(*writer, page[T]), error) {
		switch f.name {
		case "__typename":
			return func(w *writer, _ page[T]) { w.string(node + "Connection") }, nil
		case "totalCount":
			return func(w *writer, p page[T]) { w.int(p.total) }, nil
		case "nodes":
			item, err := compileNode(f)
			if err != nil {
				return nil, err
			}
			return func(w *writer, p page[T]) { writeList(w, p.rows, item) }, nil
		case "edges":
			edge, err := c.collect(c.book.object(node+"Edge"), f.sets)
			if err != nil {
				return nil, err
			}
			item, err := writeFields(c, edge, func(e *field) (func(*writer, edgeOf[T]), error) {
				switch e.name {
				case "__typename":
					return func(w *writer, _ edgeOf[T]) { w.string(node + "Edge") }, nil
				case "cursor":
					return func(w *writer, e edgeOf[T]) { w.string(e.page.cursor(e.node)) }, nil
				}
				inner, err := compileNode(e)
				if err != nil {
					return nil, err
				}
				return func(w *writer, e edgeOf[T]) { inner(w, e.node) }, nil
			})
			if err != nil {
				return nil, err
			}
			return func(w *writer, p page[T]) {
				writeList(w, p.rows, func(w *writer, n T) { item(w, edgeOf[T]{n, &p}) })
			}, nil
		}
		info, err := c.collect(c.book.object("PageInfo"), f.sets)
		if err != nil {
			return nil, err
		}
		return writeFields(c, info, func(i *field) (func(*writer, page[T]), error) {
			return func(w *writer, p page[T]) {
				switch i.name {
				case "__typename":
					w.string("PageInfo")
				case "hasNextPage":
					w.bool(p.next)
				case "hasPreviousPage":
					w.bool(p.prev)
				default:
					if len(p.rows) == 0 {
						w.null()
					} else if i.name == "startCursor" {
						w.string(p.cursor(p.rows[0]))
					} else {
						w.string(p.cursor(p.rows[len(p.rows)-1]))
					}
				}
			}, nil
		})
	})
}

type edgeOf[T any] struct {
	node T
	page *page[T]
}

// order is a way to order nodes: by a predicate, ties by key.
type order struct {
	name      string
	predicate string
	desc      bool
	// kind is how values compare: "int", "float" or "string".
	kind string
	// always tells that every node has the predicate.
	always bool
}

// source is a list of nodes that a connection shows parts of.
type source struct {
	// node is their GraphQL type.
	node string
	// edge leads to them from the nodes of a place; "" for a list of the whole graph.
	edge string
	cond cond
	// order is what they are ordered by.
	order order
}

// connection compiles a connection over nodes that Dgraph filters, orders and cuts.
func (c *compilation) connection(at place, f *field, s source) (shape, error) {
	fields, want, err := c.connectionFields(s.node, f)
	if err != nil {
		return nil, err
	}
	p, err := c.paging(f, s.order.name)
	if err != nil {
		return nil, err
	}
	var body *group
	write, err := within(c, p.size, func() (func(*writer, page[*node]), error) {
		body = &group{}
		return connectionShape(c, s.node, fields, func(n *field) (func(*writer, *node), error) {
			return c.object(s.node, place{group: body}, n.sets)
		})
	})
	if err != nil {
		return nil, err
	}

	exact := want.cursors || p.cursor != nil
	body.attr("uid")
	if exact {
		body.attr("xid", s.order.predicate)
	}
	s.order.always = s.order.always || s.cond.needs(s.order.predicate)
	l := lister{c: c, q: c.q, at: at, source: s, paging: p, body: body}
	how := c.plan(at, s, p, exact)
	if how == hold {
		c.plans = append(c.plans, how.String())
		return l.held(write), nil
	}
	var segments []segment
	if want.rows && p.size > 0 {
		if l.newestFirst() && !exact {
			segments, how, err = l.newest(how)
		} else {
			segments, err = l.begin(how, exact)
		}
		if err != nil {
			return nil, err
		}
	}
	c.plans = append(c.plans, how.String())
	var count string
	if want.total {
		if s.edge != "" {
			count = c.q.fresh("n")
			at.group.attr(count + ": count(" + s.edge + filtered(s.cond.String()) + ")")
		} else {
			count = l.emit(c.q, s.cond, "", &group{attrs: []string{"n: count(uid)"}})
		}
	}
	return func(w *writer, n *node) {
		rows := rowsOf(segments, n)
		pg := page[*node]{rows: rows, prev: p.cursor != nil, cursor: func(r *node) string {
			return cursor{s.order.name, orderText(r, s.order), r.text("xid")}.String()
		}}
		if len(rows) > p.size {
			pg.rows, pg.next = rows[:p.size], true
		}
		if p.backward {
			slices.Reverse(pg.rows)
			pg.next, pg.prev = pg.prev, pg.next
		}
		if count != "" {
			if s.edge != "" {
				pg.total, _ = n.int(count)
			} else {
				pg.total, _ = n.first(count).int("n")
			}
		}
		write(w, pg)
	}, nil
}

// plan is a way to order a list. Dgraph orders by an index as fast however long the list is, but never under
// some milliseconds; values that were read before are ordered at once, but all must be read; and a list that is
// hardly longer than the page is best taken whole. Of a list that was asked for before it is known since which day
// there are enough for the page, so that only these need be ordered.
type plan int

const (
	byIndex plan = iota
	byValues
	hold
	since
)

// fewAtMost is how many nodes the edges that lead to few lead to, but for freaks; manyFrom is where the index wins.
const (
	fewAtMost = 40
	manyFrom  = 1000
)

// leadsToFew tells whether an edge leads to few nodes from any one: the claims of an incident, and so on.
func leadsToFew(edge string) bool {
	switch edge {
	case "~incident", "~in_response_to", "~article", "~answers":
		return true
	}
	return false
}

func (p plan) String() string { return [...]string{"index", "values", "whole", "since"}[p] }

// plan chooses how to order a list. For the lists of one node that was looked up it goes by how long the list was
// when it was last asked for.
func (c *compilation) plan(at place, s source, p paging, exact bool) plan {
	if s.edge == "" {
		// The whole graph's are many, those joined to something chosen are likely few.
		for _, a := range s.cond {
			if a.rank > 0 && a.rank <= 30 && !exact {
				return byValues
			}
		}
		return byIndex
	}
	if s.order.kind == "string" {
		return byIndex
	}
	if leadsToFew(s.edge) {
		return hold
	}
	if at.identity == "" {
		return byIndex
	}
	key := at.identity + " " + s.edge
	length, known := c.lengths.get(key)
	alias := c.q.fresh("n")
	at.group.attr(alias + ": count(" + s.edge + ")")
	c.later(func(context.Context, asker) error {
		if at.found != nil {
			if n, ok := at.found().int(alias); ok {
				c.lengths.put(key, n)
			}
		}
		return nil
	})
	switch {
	case known && length <= int64(max(2*p.size, fewAtMost)):
		return hold
	case exact || length > manyFrom:
		return byIndex
	}
	return byValues
}

// held takes the whole list and cuts the page out of it here.
func (l lister) held(write func(*writer, page[*node])) shape {
	o := l.source.order
	l.body.attr("xid", o.predicate)
	alias := l.emit(l.c.q, l.source.cond, "", l.body)
	return func(w *writer, n *node) {
		write(w, cutNodes(slices.Clone(n.nodes(alias)), l.paging, o))
	}
}

// cutNodes orders nodes by a number, those without a value last, ties by key, and cuts a page out of them.
func cutNodes(rows []*node, p paging, o order) page[*node] {
	pg := cutPage(rows, p, o.name, o.desc, func(n *node) float64 {
		if v, ok := n.float(o.predicate); ok {
			return v
		}
		return missing(o.desc)
	}, func(n *node) string { return n.text("xid") })
	pg.cursor = func(r *node) string { return cursor{o.name, orderText(r, o), r.text("xid")}.String() }
	return pg
}

// begin asks for the page by the index or by values.
func (l lister) begin(how plan, exact bool) ([]segment, error) {
	if how == byValues {
		return l.sorted(), nil
	}
	return l.segments(exact)
}

// sorted asks for the beginning of a list, or of the list reversed, by values that were read before. Ties come in any order.
func (l lister) sorted() []segment {
	q, s := l.q, l.source
	v, all := q.fresh("v"), q.fresh("v")
	most := "first: " + strconv.Itoa(l.paging.size+1)
	ordered := direction(s.order.desc != l.paging.backward) + ": val(" + v + "), " + most
	read := &group{attrs: []string{v + " as " + s.order.predicate}}
	var found, without segment
	if s.edge == "" {
		root, rest := s.cond.root(s.node)
		head := "var(func: " + root + ")" + filtered(rest)
		alias := q.fresh("q")
		q.ask(alias+"(func: uid("+v+"), "+ordered+")", l.body)
		found = l.segment(alias)
		if s.order.always {
			q.ask(head, read)
			return []segment{found}
		}
		q.ask(all+" as "+head, read)
		alias = q.fresh("q")
		q.ask(alias+"(func: uid("+all+"), "+most+") @filter(not uid("+v+"))", l.body)
		without = l.segment(alias)
	} else {
		outer := &group{}
		outer.child(s.edge+filtered(s.cond.String()), read)
		q.ask("var(func: uid("+l.at.uids+"))", outer)
		found = l.segment(l.emit(q, cond{{text: "uid(" + v + ")"}}, ordered, l.body))
		if s.order.always {
			return []segment{found}
		}
		without = l.segment(l.emit(q, s.cond.and(atom{text: "not uid(" + v + ")"}), most, l.body))
	}
	if l.paging.backward {
		return []segment{without, found}
	}
	return []segment{found, without}
}

// lister asks for a page of a list of nodes. The list has the nodes with a value in its order, ties by key,
// then those without one by key. A page read backwards is one of the list reversed.
type lister struct {
	c *compilation
	// q is the question that it is asked in.
	q      *question
	at     place
	source source
	paging paging
	body   *group
}

// segment is a part of a page that one question gives: the rows that it finds in the answer.
type segment struct{ rows func(n *node) []*node }

// segments asks for the parts of the page in order; each gives one row more than the page has, if there are.
// Without exact any of the nodes that tie may come.
func (l lister) segments(exact bool) ([]segment, error) {
	q, s, p := l.q, l.source, l.paging
	most := ", first: " + strconv.Itoa(p.size+1)
	desc := s.order.desc != p.backward
	byValue := direction(desc) + ": " + s.order.predicate
	byKey := direction(p.backward) + ": xid"
	if !exact {
		return []segment{l.segment(l.emit(q, s.cond, byValue+most, l.body))}, nil
	}
	has := func(r *node) bool { return r.has(s.order.predicate) }
	valued := func(more string) segment {
		k := s.cond
		if more != "" {
			k = k.and(atom{text: more})
		}
		return l.segment(l.emit(q, k, byValue+", "+byKey+most, l.body), has)
	}
	without := s.cond.and(atom{text: "not has(" + s.order.predicate + ")"})
	switch {
	case p.cursor != nil && p.cursor.Value == "":
		list := []segment{l.keyed(without)}
		if p.backward {
			list = append(list, valued(""))
		}
		return list, nil
	case p.cursor != nil:
		v, err := q.orderValue(s.order, p.cursor.Value)
		if err != nil {
			return nil, err
		}
		equal := s.cond.and(atom{text: "eq(" + s.order.predicate + ", " + v + ")", rank: 8})
		ties := l.segment(l.emit(q, equal, byValue+", "+byKey, l.body), func(r *node) bool {
			key := r.text("xid")
			return key != p.cursor.Key && (key > p.cursor.Key) != p.backward
		})
		compare := "gt"
		if desc {
			compare = "lt"
		}
		list := []segment{ties, valued(compare + "(" + s.order.predicate + ", " + v + ")")}
		if p.backward {
			return list, nil
		}
		return append(list, l.rest(without, byKey+most, list)), nil
	case p.backward:
		return []segment{l.segment(l.emit(q, without, byKey+most, l.body)), valued("")}, nil
	}
	list := []segment{valued("")}
	return append(list, l.rest(without, byKey+most, list)), nil
}

// rest gives the nodes without a value, which end a list. Looking for them in the whole graph is dear and
// mostly vain, so that there they are asked for only when the page is not full without them.
func (l lister) rest(without cond, arguments string, before []segment) segment {
	if l.source.order.always {
		return segment{func(*node) []*node { return nil }}
	}
	if l.source.edge != "" {
		return l.segment(l.emit(l.c.q, without, arguments, l.body))
	}
	var found []*node
	l.c.later(func(ctx context.Context, ask asker) error {
		n := 0
		for _, s := range before {
			n += len(s.rows(l.c.answer))
		}
		if n > l.paging.size {
			return nil
		}
		q := l.c.q.following()
		alias := l.emit(q, without, arguments, l.body)
		q.complete(l.c.q)
		answer, err := ask(ctx, q)
		if err == nil {
			found = answer.nodes(alias)
		}
		return err
	})
	return segment{func(*node) []*node { return found }}
}

// keyed gives the nodes without a value beyond the cursor. Dgraph does not compare keys, so that they are
// compared here: of a list of the whole graph the bare keys first.
func (l lister) keyed(without cond) segment {
	c, p := l.c, l.paging
	beyond := func(r *node) bool {
		key := r.text("xid")
		return key != p.cursor.Key && (key > p.cursor.Key) != p.backward
	}
	if l.source.edge != "" {
		return l.segment(l.emit(c.q, without, direction(p.backward)+": xid", l.body), beyond)
	}
	alias := l.emit(c.q, without, "", &group{attrs: []string{"uid", "xid"}})
	var found []*node
	byKey := func(a, b *node) int {
		if p.backward {
			a, b = b, a
		}
		return strings.Compare(a.text("xid"), b.text("xid"))
	}
	c.later(func(ctx context.Context, ask asker) error {
		rows := slices.DeleteFunc(c.answer.nodes(alias), func(r *node) bool { return !beyond(r) })
		slices.SortFunc(rows, byKey)
		var err error
		found, err = c.fetch(ctx, ask, rows[:min(len(rows), p.size+1)], l.body)
		slices.SortFunc(found, byKey)
		return err
	})
	return segment{func(*node) []*node { return found }}
}

// fetch asks what body asks of some nodes.
func (c *compilation) fetch(ctx context.Context, ask asker, nodes []*node, body *group) ([]*node, error) {
	if len(nodes) == 0 {
		return nil, nil
	}
	uids := make([]string, len(nodes))
	for i, n := range nodes {
		uids[i] = n.text("uid")
	}
	q := c.q.following()
	alias := q.fresh("q")
	q.ask(alias+"(func: "+q.uids(uids)+")", body)
	q.complete(c.q)
	answer, err := ask(ctx, q)
	if err != nil {
		return nil, err
	}
	return answer.nodes(alias), nil
}

// segment takes the rows under an alias that meet all conditions.
func (l lister) segment(alias string, conditions ...func(*node) bool) segment {
	return segment{func(n *node) []*node {
		rows := n.nodes(alias)
		for _, meets := range conditions {
			rows = slices.DeleteFunc(rows, func(r *node) bool { return !meets(r) })
		}
		return rows
	}}
}

// emit asks for the list's nodes that meet a condition and gives the alias of the answer.
func (l lister) emit(q *question, k cond, arguments string, body *group) string {
	if l.source.edge != "" {
		alias := q.fresh("e")
		if arguments != "" {
			arguments = " (" + arguments + ")"
		}
		l.at.group.child(alias+": "+l.source.edge+arguments+filtered(k.String()), body)
		return alias
	}
	alias := q.fresh("q")
	root, rest := k.root(l.source.node)
	if arguments != "" {
		arguments = ", " + arguments
	}
	q.ask(alias+"(func: "+root+arguments+")"+filtered(rest), body)
	return alias
}

// within is compilation.within for work that gives something.
func within[T any](c *compilation, size int, work func() (T, error)) (T, error) {
	var out T
	err := c.within(size, func() (err error) {
		out, err = work()
		return err
	})
	return out, err
}

func direction(desc bool) string {
	if desc {
		return "orderdesc"
	}
	return "orderasc"
}

// orderText gives the value that a node is ordered by, "" when it has none.
func orderText(n *node, o order) string {
	if o.kind == "string" {
		return n.text(o.predicate)
	}
	return string(n.get(o.predicate).raw)
}

// orderValue hands over the value of a cursor.
func (q *question) orderValue(o order, text string) (string, error) {
	bad := badInput("This cursor is none of this list.")
	switch o.kind {
	case "int":
		i, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return "", bad
		}
		return q.number(i), nil
	case "float":
		f, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return "", bad
		}
		return q.decimal(f), nil
	}
	return q.text(text), nil
}
