package graph

import (
	"slices"
	"strings"

	"incidentgraph/schema"
)

// actorSet is a set of actors as an argument gives it: a variable of the question, or everybody.
type actorSet struct{ variables []string }

// actorSet compiles an argument to a set of actors; rolled up to states it takes in who acts for them.
func (c *compilation) actorSet(v any, rollup bool) (actorSet, error) {
	m, _ := v.(map[string]any)
	if len(m) == 0 {
		return actorSet{}, nil
	}
	k, err := c.filter("Actor", m)
	if err != nil {
		return actorSet{}, err
	}
	s := actorSet{[]string{c.set("Actor", k)}}
	if rollup {
		s.variables = append(s.variables, c.across(s.variables[0], "~acts_for"))
	}
	return s, nil
}

func (s actorSet) all() bool { return len(s.variables) == 0 }

// uids is the condition of being in the set, "" for everybody.
func (s actorSet) uids() string {
	if s.all() {
		return ""
	}
	return "uid(" + strings.Join(s.variables, ", ") + ")"
}

// incidentsOf is the condition of having a member of the set on a side.
func (c *compilation) incidentsOf(s actorSet, side string) cond {
	if s.all() {
		return nil
	}
	var found []string
	for _, v := range s.variables {
		found = append(found, c.across(v, "~"+side))
	}
	return cond{{"uid(" + strings.Join(found, ", ") + ")", 15, true}}
}

// typesOf is the condition of being of some types, nil for all sixteen.
func (c *compilation) typesOf(types []string) cond {
	if len(types) == len(schema.EventTypes()) {
		return nil
	}
	if len(types) == 0 {
		return cond{nothing}
	}
	return cond{{"eq(event_type, " + c.q.texts(types) + ")", 50, false}}
}

// relationships compiles the relationships from one set of actors to another.
func relationships(c *compilation, f *field) (shape, error) {
	r, err := c.relationRequest(f, allLegs(f))
	if err != nil {
		return nil, err
	}
	from, err := c.actorSet(f.args["from"], r.rollup)
	if err != nil {
		return nil, err
	}
	to, err := c.actorSet(f.args["to"], r.rollup)
	if err != nil {
		return nil, err
	}
	if from.all() && to.all() && len(r.incident) == 0 {
		return nil, badInput("Narrow the relationships: give from, to, period or incidents.")
	}
	fields, _, err := c.connectionFields("Relationship", f)
	if err != nil {
		return nil, err
	}
	p, err := c.paging(f, "RELATIONSHIP_"+r.order)
	if err != nil {
		return nil, err
	}
	body := &group{}
	s := sides{from: &group{}, to: &group{}, incidents: body}
	write, err := within(c, p.size, func() (func(*writer, page[*relation]), error) {
		return connectionShape(c, "Relationship", fields, func(n *field) (func(*writer, *relation), error) {
			return c.relationship(n, s, nil)
		})
	})
	if err != nil {
		return nil, err
	}
	s.from.attr("uid", "xid")
	s.to.attr("uid", "xid")
	body.attr("uid", "xid", "event_type", "day", "confidence")

	var out, in []string
	for _, l := range r.legs {
		if !l.inverse {
			out = append(out, l.event.Name)
		}
		if l.inverse || l.event.Mutual && !(from.all() && to.all()) {
			in = append(in, l.event.Name)
		}
	}
	if from.all() && to.all() {
		in = nil // everybody to everybody is the same either way
	}
	type way struct {
		alias, from, to string
		inverse         bool
	}
	var ways []way
	for _, d := range []struct {
		types    []string
		from, to string
		inverse  bool
	}{{out, "initiators", "targets", false}, {in, "targets", "initiators", true}} {
		if len(d.types) == 0 {
			continue
		}
		wy := way{c.q.fresh("q"), c.q.fresh("e"), c.q.fresh("e"), d.inverse}
		b := &group{attrs: slices.Clone(body.attrs), children: slices.Clone(body.children)}
		b.child(wy.from+": "+d.from+filtered(from.uids()), rolledUp(s.from, r.rollup))
		b.child(wy.to+": "+d.to+filtered(to.uids()), rolledUp(s.to, r.rollup))
		k := c.incidentsOf(from, d.from).and(c.incidentsOf(to, d.to)...).and(c.typesOf(d.types)...).and(r.incident...)
		root, rest := k.root("Incident")
		c.q.ask(wy.alias+"(func: "+root+")"+filtered(rest), b)
		ways = append(ways, wy)
	}
	return func(w *writer, answer *node) {
		t := newTally()
		for _, wy := range ways {
			for _, i := range answer.nodes(wy.alias) {
				event, _ := schema.EventTypeByName(i.text("event_type"))
				for _, a := range i.nodes(wy.from) {
					for _, b := range i.nodes(wy.to) {
						a, b := rolled(a, r.rollup), rolled(b, r.rollup)
						if event.Mutual && from.all() && to.all() && a.text("xid") > b.text("xid") {
							a, b = b, a
						}
						t.add(event, wy.inverse && !event.Mutual, a, b, i)
					}
				}
			}
		}
		write(w, cutRelations(t.relations(), r, p))
	}, nil
}
