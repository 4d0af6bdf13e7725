package graph

import (
	"fmt"
	"slices"
)

// link is an incident in a chain of reactions.
type link struct {
	incident *node
	// parent is the incident by which it was reached, nil for none.
	parent *node
	depth  int
}

// chain compiles the incidents that an incident led to, or answers, to a depth.
func chain(c *compilation, at place, f *field) (shape, error) {
	depth, _ := f.args["depth"].(int64)
	if depth < 1 || depth > 6 {
		return nil, badInput("A chain has a depth of 1 to 6.")
	}
	edge := "~in_response_to"
	if f.args["direction"] == "ANSWERS" {
		edge = "in_response_to"
	}
	fields, err := c.collect(c.book.object("ChainLink"), f.sets)
	if err != nil {
		return nil, err
	}
	body := &group{attrs: []string{"uid", "xid"}}
	write, err := within(c, 10*int(depth), func() (func(*writer, link), error) {
		return writeFields(c, fields, func(f *field) (func(*writer, link), error) {
			switch f.name {
			case "__typename":
				return func(w *writer, _ link) { w.string("ChainLink") }, nil
			case "depth":
				return func(w *writer, l link) { w.int(int64(l.depth)) }, nil
			case "parent":
				return func(w *writer, l link) { w.string(l.parent.text("xid")) }, nil
			case "incident":
				s, err := c.object("Incident", place{group: body}, f.sets)
				return func(w *writer, l link) { s(w, l.incident) }, err
			}
			return nil, fmt.Errorf("ChainLink.%s has no compiler", f.name)
		})
	})
	if err != nil {
		return nil, err
	}
	alias := c.q.fresh("e")
	level := &group{attrs: slices.Clone(body.attrs), children: slices.Clone(body.children)}
	for range depth - 1 {
		above := &group{attrs: slices.Clone(body.attrs), children: slices.Clone(body.children)}
		above.child(alias+": "+edge, level)
		level = above
	}
	at.group.attr("uid", "xid")
	at.group.child(alias+": "+edge, level)
	return func(w *writer, n *node) {
		var links []link
		seen := map[string]bool{n.uid(): true}
		for level := []link{{incident: n}}; len(level) > 0; {
			var next []link
			for _, l := range level {
				for _, i := range l.incident.nodes(alias) {
					if !seen[i.uid()] {
						seen[i.uid()] = true
						next = append(next, link{i, l.incident, l.depth + 1})
					}
				}
			}
			links = append(links, next...)
			level = next
		}
		writeList(w, links, write)
	}, nil
}
