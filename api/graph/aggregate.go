package graph

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"incidentgraph/schema"
)

// grouping is one key that incidents can be grouped by.
type grouping struct {
	name, about string
	// node is the type of node that the key is, "" when it is a text.
	node string
	// ask asks of an incident what keys needs; keys gives the keys of an incident, with alias as ask gave it. Of
	// nodes that are keys it asks for what uid gives: their uids, noted in a variable or not.
	ask  func(c *compilation, incident *group, uid func() string) (alias string)
	keys func(i *node, alias string) []groupKey
}

// groupKey is one value of a grouping: a text, or a node by its uid.
type groupKey struct{ id, label, uid string }

// textKeys are the values of a predicate.
func textKeys(predicate string) (func(*compilation, *group, func() string) string, func(*node, string) []groupKey) {
	return func(_ *compilation, g *group, _ func() string) string { g.attr(predicate); return "" }, func(i *node, _ string) []groupKey {
		var keys []groupKey
		for _, s := range i.texts(predicate) {
			keys = append(keys, groupKey{id: s, label: s})
		}
		return keys
	}
}

// edgeKeys are the nodes that edges lead to, or the states that they act for.
func edgeKeys(states bool, edges ...string) (func(*compilation, *group, func() string) string, func(*node, string) []groupKey) {
	ask := func(c *compilation, g *group, uid func() string) string {
		alias := c.q.fresh("g")
		for i, e := range edges {
			to := &group{attrs: []string{uid()}}
			if states {
				to.child("state: acts_for", &group{attrs: []string{uid()}})
			}
			g.child(fmt.Sprintf("%s_%d: %s", alias, i, e), to)
		}
		return alias
	}
	keys := func(i *node, alias string) []groupKey {
		var keys []groupKey
		for e := range edges {
			for _, n := range i.nodes(fmt.Sprintf("%s_%d", alias, e)) {
				uid := rolled(n, states).text("uid")
				keys = append(keys, groupKey{id: uid, uid: uid})
			}
		}
		return keys
	}
	return ask, keys
}

// dayKeys are stretches of time, by the first day that an incident can have happened.
func dayKeys(interval string) (func(*compilation, *group, func() string) string, func(*node, string) []groupKey) {
	ask := func(_ *compilation, g *group, _ func() string) string { g.attr("day"); return "" }
	return ask, func(i *node, _ string) []groupKey {
		d, ok := i.int("day")
		if !ok {
			return nil
		}
		start, _ := bucket(d, interval)
		return []groupKey{{id: dateText(start), label: dateText(start)}}
	}
}

// bucket gives the first and last day of the interval that a day lies in, all as 20240116. Weeks begin on Monday.
func bucket(day int64, interval string) (first, last int64) {
	t := time.Date(int(day/10000), time.Month(day/100%100), int(day%100), 0, 0, 0, 0, time.UTC)
	switch interval {
	case "WEEK":
		t = t.AddDate(0, 0, -(int(t.Weekday())+6)%7)
		return dayNumber(t), dayNumber(t.AddDate(0, 0, 6))
	case "MONTH":
		t = time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
		return dayNumber(t), dayNumber(t.AddDate(0, 1, -1))
	case "YEAR":
		return day/10000*10000 + 101, day/10000*10000 + 1231
	}
	return day, day
}

// groupings are all keys, in the order of the schema.
func groupings() []grouping {
	text := func(name, about, predicate string) grouping {
		ask, keys := textKeys(predicate)
		return grouping{name: name, about: about, ask: ask, keys: keys}
	}
	edge := func(name, about, node string, states bool, edges ...string) grouping {
		ask, keys := edgeKeys(states, edges...)
		return grouping{name: name, about: about, node: node, ask: ask, keys: keys}
	}
	when := func(name, about string) grouping {
		ask, keys := dayKeys(name)
		return grouping{name: name, about: about, ask: ask, keys: keys}
	}
	quad := text("QUAD_CLASS", "Class of its type.", "event_type")
	quad.keys = func(i *node, _ string) []groupKey {
		t, ok := schema.EventTypeByName(i.text("event_type"))
		if !ok {
			return nil
		}
		return []groupKey{{id: string(t.Quad), label: string(t.Quad)}}
	}
	publisher := grouping{name: "PUBLISHER", about: "Each publisher that reports it.",
		ask: func(c *compilation, g *group, _ func() string) string {
			alias := c.q.fresh("g")
			claim := &group{}
			claim.child("article: article", &group{attrs: []string{"publisher"}})
			g.child(alias+": ~incident", claim)
			return alias
		},
		keys: func(i *node, alias string) []groupKey {
			var keys []groupKey
			for _, c := range i.nodes(alias) {
				if p := c.first("article").text("publisher"); p != "" {
					keys = append(keys, groupKey{id: p, label: p})
				}
			}
			return keys
		}}
	return []grouping{
		edge("INITIATOR", "Each initiator.", "Actor", false, "initiators"),
		edge("TARGET", "Each target.", "Actor", false, "targets"),
		edge("ACTOR", "Each initiator or target; twice for pairs that are in one incident.", "Actor", false, "initiators", "targets"),
		edge("INITIATOR_STATE", "Each initiator, or the state that it acts for.", "Actor", true, "initiators"),
		edge("TARGET_STATE", "Each target, or the state that it acts for.", "Actor", true, "targets"),
		edge("STATE", "Each initiator or target, or the state that it acts for.", "Actor", true, "initiators", "targets"),
		edge("LOCATION", "Where it happened.", "Location", false, "location"),
		text("COUNTRY", "Code of the state that it happened in.", "country"),
		text("TYPE", "Its type.", "event_type"), quad,
		when("DAY", "The day."), when("WEEK", "The week, from Monday."), when("MONTH", "The month."), when("YEAR", "The year."),
		text("WEAPON", "Each weapon.", "weapon"), text("STATUS", "Each status that reports give it.", "status"), publisher,
	}
}

func groupingByName(name string) grouping {
	all := groupings()
	return all[slices.IndexFunc(all, func(g grouping) bool { return g.name == name })]
}

// tallyRow is one group of incidents.
type tallyRow struct {
	keys                                         []groupKey
	count                                        int64
	killedMin, killedMax, injuredMin, injuredMax int64
	killed, injured                              bool
	intensity                                    float64
	first, last                                  int64
}

func (r *tallyRow) add(i *node, event schema.EventType) {
	r.count++
	r.intensity += event.Intensity
	sum := func(name string, lo, hi *int64) bool {
		a, hasMin := i.int(name + "_min")
		b, hasMax := i.int(name + "_max")
		if hasMax && !hasMin {
			a = 0
		}
		if !hasMax {
			b = a
		}
		*lo, *hi = *lo+a, *hi+b
		return hasMin || hasMax
	}
	r.killed = sum("killed", &r.killedMin, &r.killedMax) || r.killed
	r.injured = sum("injured", &r.injuredMin, &r.injuredMax) || r.injured
	if d, ok := i.int("day"); ok {
		if r.first == 0 || d < r.first {
			r.first = d
		}
		r.last = max(r.last, d)
	}
}

// id joins the keys.
func (r *tallyRow) id() string {
	ids := make([]string, len(r.keys))
	for i, k := range r.keys {
		ids[i] = k.id
	}
	return strings.Join(ids, "\x00")
}

// grouped compiles a grouping of incidents, with what the measures need; read gives the groups once the answer is there.
func (c *compilation) grouped(k cond, keyed *keys, measures []string) (read func() (rows []*tallyRow, incidents int)) {
	body := &group{attrs: []string{"uid"}}
	for _, m := range measures {
		switch m {
		case "intensity":
			body.attr("event_type")
		case "first", "last":
			body.attr("day")
		case "killed", "injured":
			body.attr(m+"_min", m+"_max")
		}
	}
	by := keyed.by
	aliases := make([]string, len(by))
	for i, g := range by {
		aliases[i] = g.ask(c, body, keyed.variable(i))
	}
	alias := c.q.fresh("q")
	root, rest := k.root("Incident")
	c.q.ask(alias+"(func: "+root+")"+filtered(rest), body)
	keyed.ask()
	// Two keys of one kind make pairs, each once.
	pairs := len(by) == 2 && by[0].name == by[1].name
	return func() ([]*tallyRow, int) {
		groups := map[string]*tallyRow{}
		var rows []*tallyRow
		nodes := c.answer.nodes(alias)
		for _, i := range nodes {
			event, _ := schema.EventTypeByName(i.text("event_type"))
			seen := map[string]bool{}
			add := func(keys ...groupKey) {
				r := &tallyRow{keys: keys}
				id := r.id()
				if seen[id] {
					return
				}
				seen[id] = true
				if g := groups[id]; g != nil {
					r = g
				} else {
					groups[id] = r
					rows = append(rows, r)
				}
				r.add(i, event)
			}
			for _, a := range by[0].keys(i, aliases[0]) {
				if len(by) == 1 {
					add(a)
					continue
				}
				for _, b := range by[1].keys(i, aliases[1]) {
					if !pairs {
						add(a, b)
					} else if a.id < b.id {
						add(a, b)
					}
				}
			}
		}
		return rows, len(nodes)
	}
}

// aggregate compiles a count of incidents by one or two keys.
func aggregate(c *compilation, f *field) (shape, error) {
	k, err := c.filter("Incident", f.args["filter"])
	if err != nil {
		return nil, err
	}
	names := stringsOf(f.args["by"])
	if len(names) == 0 || len(names) > 2 {
		return nil, badInput("Group by one or two keys.")
	}
	var by []grouping
	for _, n := range names {
		by = append(by, groupingByName(n))
	}
	size, err := c.size(f.args["first"], 50)
	if err != nil {
		return nil, err
	}
	fields, err := c.collect(c.book.object("Aggregate"), f.sets)
	if err != nil {
		return nil, err
	}
	var measures []string
	keyed := c.newKeys(by)
	for _, f := range fields {
		if f.name == "rows" {
			inner, err := c.collect(c.book.object("AggregateRow"), f.sets)
			if err != nil {
				return nil, err
			}
			measures = append(measures, fieldNames(inner)...)
			if err := keyed.selected(inner); err != nil {
				return nil, err
			}
		}
	}
	if orderBy, _ := f.args["orderBy"].(string); orderBy == "KILLED" || orderBy == "INTENSITY" {
		measures = append(measures, strings.ToLower(orderBy))
	}
	read := c.grouped(k, keyed, measures)
	var rows []*tallyRow
	var groups, incidents int
	var write func(*writer, *node)
	err = c.within(size, func() error {
		write, err = writeFields(c, fields, func(f *field) (func(*writer, *node), error) {
			switch f.name {
			case "__typename":
				return constant("Aggregate"), nil
			case "totalCount":
				return func(w *writer, _ *node) { w.int(int64(groups)) }, nil
			case "incidents":
				return func(w *writer, _ *node) { w.int(int64(incidents)) }, nil
			}
			row, err := c.tallyShape("AggregateRow", f, keyed)
			return func(w *writer, _ *node) { writeList(w, rows, row) }, err
		})
		return err
	})
	if err != nil {
		return nil, err
	}
	orderBy, _ := f.args["orderBy"].(string)
	c.later(func(ctx context.Context, ask asker) error {
		rows, incidents = read()
		groups = len(rows)
		keyed.note(rows)
		slices.SortFunc(rows, func(a, b *tallyRow) int {
			switch orderBy {
			case "KEY":
				return strings.Compare(a.id(), b.id())
			case "KILLED":
				return cmp.Or(cmp.Compare(b.killedMax, a.killedMax), cmp.Compare(b.count, a.count), strings.Compare(a.id(), b.id()))
			case "INTENSITY":
				return cmp.Or(cmp.Compare(a.intensity, b.intensity), strings.Compare(a.id(), b.id()))
			}
			return cmp.Or(cmp.Compare(b.count, a.count), strings.Compare(a.id(), b.id()))
		})
		rows = rows[:min(len(rows), size)]
		return keyed.fetch(ctx, ask, rows)
	})
	return write, nil
}

// size reads a number of rows.
func (c *compilation) size(v any, usual int) (int, error) {
	n, ok := v.(int64)
	if !ok {
		return usual, nil
	}
	if n < 0 {
		return 0, badInput("A page has 0 or more items.")
	}
	if int(n) > c.limits.Page {
		return 0, c.limits.exceeded("PAGE_TOO_LARGE", "a page has at most %d items", c.limits.Page)
	}
	return int(n), nil
}

// keys are the keys of groups, with the nodes that some of them are. The names of all nodes are asked for together
// with the groups, unless they were very many the last time, or more is asked of them: then only those of the rows
// that are shown are asked for, afterwards.
type keys struct {
	c      *compilation
	by     []grouping
	bodies []*group
	nodes  map[string]*node
	// more tells that more than names is asked of nodes.
	more bool
	// variables hold the nodes of each key that are asked for together, aliases where the answer has them.
	variables [][]string
	aliases   []string
}

// manyKeys is how many nodes are too many to ask for all.
const manyKeys = 1000

func (c *compilation) newKeys(by []grouping) *keys {
	k := &keys{c: c, by: by, nodes: map[string]*node{}, variables: make([][]string, len(by)), aliases: make([]string, len(by))}
	for range by {
		k.bodies = append(k.bodies, &group{attrs: []string{"uid", "xid", "name"}})
	}
	return k
}

// selected looks at a selection on rows for what is asked of keys.
func (k *keys) selected(rows []*field) error {
	for _, f := range rows {
		if f.name != "keys" && f.name != "key" {
			continue
		}
		inner, err := k.c.collect(k.c.book.object("GroupKey"), f.sets)
		if err != nil {
			return err
		}
		for _, name := range fieldNames(inner) {
			k.more = k.more || name == "actor" || name == "location"
		}
	}
	return nil
}

// variable gives what is asked of the nodes of a key: their uids, noted in a variable if they are asked for together.
func (k *keys) variable(i int) func() string {
	if n, known := k.c.lengths.get("keys " + k.by[i].name); k.more || known && n > manyKeys {
		return func() string { return "uid" }
	}
	return func() string {
		v := k.c.q.fresh("v")
		k.variables[i] = append(k.variables[i], v)
		return v + " as uid"
	}
}

// ask asks for the nodes in variables.
func (k *keys) ask() {
	for i, v := range k.variables {
		if len(v) > 0 {
			k.aliases[i] = k.c.q.fresh("q")
			k.c.q.ask(k.aliases[i]+"(func: uid("+strings.Join(v, ", ")+"))", k.bodies[i])
		}
	}
}

// note remembers how many nodes the keys of all rows were.
func (k *keys) note(rows []*tallyRow) {
	for i, g := range k.by {
		if g.node == "" {
			continue
		}
		uids := map[string]bool{}
		for _, r := range rows {
			uids[r.keys[i].uid] = true
		}
		k.c.lengths.put("keys "+g.name, int64(len(uids)))
	}
}

// fetch gets the nodes that the keys of some rows are, and asks for those that are not there yet.
func (k *keys) fetch(ctx context.Context, ask asker, rows []*tallyRow) error {
	q := k.c.q.following()
	later := make([]string, len(k.by))
	for i, g := range k.by {
		if g.node == "" || len(rows) == 0 || k.aliases[i] != "" {
			continue
		}
		uids := map[string]bool{}
		for _, r := range rows {
			uids[r.keys[i].uid] = true
		}
		later[i] = q.fresh("q")
		q.ask(later[i]+"(func: "+q.uids(sortedKeys(uids))+")", k.bodies[i])
	}
	q.complete(k.c.q)
	answer, err := ask(ctx, q)
	if err != nil {
		return err
	}
	for i := range k.by {
		for _, n := range append(answer.nodes(later[i]), k.c.answer.nodes(k.aliases[i])...) {
			k.nodes[fmt.Sprint(i, n.text("uid"))] = n
		}
	}
	return nil
}

// rowKey is a key of a row.
type rowKey struct {
	position int
	key      groupKey
}

// shape compiles a selection on the key at some positions of a row.
func (k *keys) shape(f *field, positions []int) (func(*writer, rowKey), error) {
	fields, err := k.c.collect(k.c.book.object("GroupKey"), f.sets)
	if err != nil {
		return nil, err
	}
	return writeFields(k.c, fields, func(f *field) (func(*writer, rowKey), error) {
		switch f.name {
		case "__typename":
			return func(w *writer, _ rowKey) { w.string("GroupKey") }, nil
		case "by":
			return func(w *writer, x rowKey) { w.string(k.by[x.position].name) }, nil
		case "id", "label":
			attr, id := "name", f.name == "id"
			if id {
				attr = "xid"
			}
			return func(w *writer, x rowKey) {
				switch n := k.nodes[fmt.Sprint(x.position, x.key.uid)]; {
				case n != nil:
					w.string(n.text(attr))
				case id:
					w.string(x.key.id)
				default:
					w.string(x.key.label)
				}
			}, nil
		}
		typeName := map[string]string{"actor": "Actor", "location": "Location"}[f.name]
		shapes := map[int]shape{}
		for _, p := range positions {
			if k.by[p].node == typeName {
				if shapes[p], err = k.c.object(typeName, place{group: k.bodies[p]}, f.sets); err != nil {
					return nil, err
				}
			}
		}
		return func(w *writer, x rowKey) {
			n := k.nodes[fmt.Sprint(x.position, x.key.uid)]
			if s := shapes[x.position]; s != nil && n != nil {
				s(w, n)
			} else {
				w.null()
			}
		}, nil
	})
}

// tallyShape compiles a selection on rows of counts.
func (c *compilation) tallyShape(typeName string, f *field, k *keys) (func(*writer, *tallyRow), error) {
	fields, err := c.collect(c.book.object(typeName), f.sets)
	if err != nil {
		return nil, err
	}
	date := func(day func(*tallyRow) int64) func(*writer, *tallyRow) {
		return func(w *writer, r *tallyRow) {
			if d := day(r); d > 0 {
				w.string(dateText(d))
			} else {
				w.null()
			}
		}
	}
	return writeFields(c, fields, func(f *field) (func(*writer, *tallyRow), error) {
		switch f.name {
		case "__typename":
			return func(w *writer, _ *tallyRow) { w.string(typeName) }, nil
		case "count":
			return func(w *writer, r *tallyRow) { w.int(r.count) }, nil
		case "intensity":
			return func(w *writer, r *tallyRow) { w.float(r.intensity) }, nil
		case "first":
			return date(func(r *tallyRow) int64 { return r.first }), nil
		case "last":
			return date(func(r *tallyRow) int64 { return r.last }), nil
		case "killed", "injured":
			killed := f.name == "killed"
			toll, err := c.collect(c.book.object("Toll"), f.sets)
			if err != nil {
				return nil, err
			}
			inner, err := writeFields(c, toll, func(f *field) (func(*writer, *tallyRow), error) {
				return func(w *writer, r *tallyRow) {
					lo, hi := r.injuredMin, r.injuredMax
					if killed {
						lo, hi = r.killedMin, r.killedMax
					}
					switch f.name {
					case "__typename":
						w.string("Toll")
					case "min":
						w.int(lo)
					case "max":
						w.int(hi)
					default:
						w.null()
					}
				}, nil
			})
			return func(w *writer, r *tallyRow) {
				if killed && r.killed || !killed && r.injured {
					inner(w, r)
				} else {
					w.null()
				}
			}, err
		case "keys":
			positions := []int{0, 1}[:len(k.by)]
			inner, err := k.shape(f, positions)
			return func(w *writer, r *tallyRow) {
				list := make([]rowKey, len(r.keys))
				for i, key := range r.keys {
					list[i] = rowKey{i, key}
				}
				writeList(w, list, inner)
			}, err
		case "key":
			if len(k.by) < 2 {
				return func(w *writer, _ *tallyRow) { w.null() }, nil
			}
			inner, err := k.shape(f, []int{1})
			return func(w *writer, r *tallyRow) { inner(w, rowKey{1, r.keys[1]}) }, err
		case "start":
			return func(w *writer, r *tallyRow) { w.string(r.keys[0].id) }, nil
		case "end":
			return func(w *writer, r *tallyRow) {
				first, _, err := days(r.keys[0].id)
				if err != nil {
					w.null()
					return
				}
				_, last := bucket(first, k.by[0].name)
				w.string(dateText(last))
			}, nil
		}
		return nil, fmt.Errorf("%s.%s has no compiler", typeName, f.name)
	})
}

// timeline compiles counts of incidents over time, of all or of each value of a key.
func timeline(c *compilation, f *field) (shape, error) {
	k, err := c.filter("Incident", f.args["filter"])
	if err != nil {
		return nil, err
	}
	p, err := incidentPeriod(c, f.args["period"])
	if err != nil {
		return nil, err
	}
	interval, _ := f.args["interval"].(string)
	by := []grouping{groupingByName(interval)}
	if split, ok := f.args["by"].(string); ok {
		by = append(by, groupingByName(split))
	}
	groups, err := c.size(f.args["groups"], 10)
	if err != nil {
		return nil, err
	}
	selected, err := c.collect(c.book.object("TimelineBucket"), f.sets)
	if err != nil {
		return nil, err
	}
	measures := fieldNames(selected)
	keyed := c.newKeys(by)
	if err := keyed.selected(selected); err != nil {
		return nil, err
	}
	read := c.countedTimeline(k, f.args["period"], by, measures)
	if read == nil {
		read = c.grouped(p.and(k...), keyed, measures)
	}
	write, err := within(c, 100, func() (func(*writer, *tallyRow), error) { return c.tallyShape("TimelineBucket", f, keyed) })
	if err != nil {
		return nil, err
	}
	var rows []*tallyRow
	c.later(func(ctx context.Context, ask asker) error {
		rows, _ = read()
		keyed.note(rows)
		if len(by) == 2 {
			rows = busiestKeys(rows, groups)
		}
		slices.SortFunc(rows, func(a, b *tallyRow) int {
			return cmp.Or(strings.Compare(a.keys[0].id, b.keys[0].id), cmp.Compare(b.count, a.count), strings.Compare(a.id(), b.id()))
		})
		return keyed.fetch(ctx, ask, rows)
	})
	return func(w *writer, _ *node) { writeList(w, rows, write) }, nil
}

// fieldNames gives the names of fields.
func fieldNames(fields []*field) []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	return names
}

// countedTimeline answers a timeline of mere counts with one counted block for each month or year, which does not
// read the incidents at all. It gives nil for timelines that need more.
func (c *compilation) countedTimeline(k cond, within any, by []grouping, measures []string) func() ([]*tallyRow, int) {
	const most = 400
	interval := by[0].name
	from, to, err := periodDays(within)
	if err != nil || from == 0 || to == 0 || interval != "MONTH" && interval != "YEAR" || len(by) == 2 && by[1].name != "TYPE" {
		return nil
	}
	for _, m := range measures {
		if !slices.Contains([]string{"start", "end", "count", "key", "__typename"}, m) {
			return nil
		}
	}
	types := []string{""}
	if len(by) == 2 {
		types = nil
		for _, t := range schema.EventTypes() {
			types = append(types, t.Name)
		}
	}
	type counted struct{ alias, start, event string }
	var blocks []counted
	filter := ""
	var ask []func()
	for day := from; day <= to; {
		first, last := bucket(day, interval)
		lo, hi := max(first, from), min(last, to)
		for _, event := range types {
			b := counted{c.q.fresh("q"), dateText(first), event}
			blocks = append(blocks, b)
			ask = append(ask, func() {
				rest := cond{}
				if lo != first || hi != last {
					rest = append(rest, atom{text: fmt.Sprintf("between(day, %s, %s)", c.q.number(lo), c.q.number(hi))})
				}
				if event != "" {
					rest = append(rest, atom{text: "eq(event_type, " + c.q.text(event) + ")"})
				}
				if filter != "" {
					rest = append(rest, atom{text: filter})
				}
				c.q.ask(fmt.Sprintf("%s(func: %s)%s", b.alias, c.q.months(lo, hi), filtered(rest.String())),
					&group{attrs: []string{"n: count(uid)"}})
			})
		}
		if len(blocks) > most {
			return nil
		}
		day = nextDay(last)
	}
	if len(k) > 0 {
		filter = "uid(" + c.set("Incident", k) + ")"
	}
	for _, a := range ask {
		a()
	}
	return func() ([]*tallyRow, int) {
		var rows []*tallyRow
		for _, b := range blocks {
			n, _ := c.answer.first(b.alias).int("n")
			if n == 0 {
				continue
			}
			r := &tallyRow{keys: []groupKey{{id: b.start, label: b.start}}, count: n}
			if b.event != "" {
				r.keys = append(r.keys, groupKey{id: b.event, label: b.event})
			}
			rows = append(rows, r)
		}
		return rows, 0
	}
}

// nextDay gives the day after a day, both as 20240116.
func nextDay(day int64) int64 {
	return dayNumber(time.Date(int(day/10000), time.Month(day/100%100), int(day%100)+1, 0, 0, 0, 0, time.UTC))
}

// busiestKeys keeps the rows whose second key is among those with the most incidents in all.
func busiestKeys(rows []*tallyRow, most int) []*tallyRow {
	sums := map[string]int64{}
	for _, r := range rows {
		sums[r.keys[1].id] += r.count
	}
	ids := sortedKeys(sums)
	slices.SortStableFunc(ids, func(a, b string) int { return cmp.Compare(sums[b], sums[a]) })
	ids = ids[:min(len(ids), most)]
	return slices.DeleteFunc(rows, func(r *tallyRow) bool { return !slices.Contains(ids, r.keys[1].id) })
}

// escalation compiles the intensity between two sides over time.
func escalation(c *compilation, f *field) (shape, error) {
	rollup := f.args["rollup"] == "STATE"
	a, err := c.actorSet(f.args["a"], rollup)
	if err != nil {
		return nil, err
	}
	b, err := c.actorSet(f.args["b"], rollup)
	if err != nil {
		return nil, err
	}
	if a.all() || b.all() {
		return nil, badInput("Say which actors a and b are.")
	}
	p, err := incidentPeriod(c, f.args["period"])
	if err != nil {
		return nil, err
	}
	interval, _ := f.args["interval"].(string)
	fields, err := c.collect(c.book.object("EscalationPoint"), f.sets)
	if err != nil {
		return nil, err
	}
	ask := func(from, to actorSet) string {
		alias := c.q.fresh("q")
		root, rest := c.incidentsOf(from, "initiators").and(c.incidentsOf(to, "targets")...).and(p...).root("Incident")
		c.q.ask(alias+"(func: "+root+")"+filtered(rest), &group{attrs: []string{"uid", "day", "event_type"}})
		return alias
	}
	out, in := ask(a, b), ask(b, a)
	type point struct {
		start, end                   int64
		count, conflict, cooperation int64
		intensity, outwards, inwards float64
	}
	write, err := within(c, 100, func() (func(*writer, *point), error) {
		return writeFields(c, fields, func(f *field) (func(*writer, *point), error) {
			return func(w *writer, p *point) {
				switch f.name {
				case "__typename":
					w.string("EscalationPoint")
				case "start":
					w.string(dateText(p.start))
				case "end":
					w.string(dateText(p.end))
				case "count":
					w.int(p.count)
				case "conflict":
					w.int(p.conflict)
				case "cooperation":
					w.int(p.cooperation)
				case "intensity":
					w.float(p.intensity)
				case "intensityAToB":
					w.float(p.outwards)
				case "intensityBToA":
					w.float(p.inwards)
				}
			}, nil
		})
	})
	return func(w *writer, answer *node) {
		points := map[int64]*point{}
		seen := map[string]bool{}
		for _, side := range []string{out, in} {
			for _, i := range answer.nodes(side) {
				d, ok := i.int("day")
				event, known := schema.EventTypeByName(i.text("event_type"))
				if !ok || !known {
					continue
				}
				start, end := bucket(d, interval)
				if points[start] == nil {
					points[start] = &point{start: start, end: end}
				}
				p := points[start]
				if side == out || event.Mutual {
					p.outwards += event.Intensity
				}
				if side == in || event.Mutual {
					p.inwards += event.Intensity
				}
				if seen[i.uid()] {
					continue
				}
				seen[i.uid()] = true
				p.count++
				p.intensity += event.Intensity
				if event.Quad == schema.VerbalConflict || event.Quad == schema.MaterialConflict {
					p.conflict++
				} else {
					p.cooperation++
				}
			}
		}
		list := make([]*point, 0, len(points))
		for _, p := range points {
			list = append(list, p)
		}
		slices.SortFunc(list, func(a, b *point) int { return cmp.Compare(a.start, b.start) })
		writeList(w, list, write)
	}, err
}
