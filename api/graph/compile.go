package graph

import (
	"context"
	"fmt"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"
)

// field is one field of an object as selected, all selections of one response key merged.
type field struct {
	key, name string
	args      map[string]any
	sets      []*ast.SelectionSet
	loc       Location
}

// shape writes the value of a selected field from the node of Dgraph's answer that it belongs to.
type shape func(w *writer, n *node)

// place is where in a question a selection is compiled to.
type place struct {
	group *group
	// uids is a DQL variable that holds exactly the nodes of this place when these are known before the
	// block is asked, "" otherwise.
	uids string
	// identity says which one node it is, "" when there are several; found gives it once the answer is there.
	identity string
	found    func() *node
}

// compiler turns a selected field of an object into questions at a place, and a shape for their answers.
type compiler func(c *compilation, at place, f *field) (shape, error)

// compilation is the work on one operation.
type compilation struct {
	book      *book
	fragments map[string]*ast.FragmentDefinition
	vars      map[string]any
	limits    Limits
	q         *question
	// scale is how many nodes may stand at the place worked on, cost the fields that the answer may hold.
	scale, cost int
	// lengths remembers how long lists were, ends the days on which their newest pages ended.
	lengths, ends *memory
	// few is how many incidents a search for paths reads whole.
	few int
	// plans are the ways in which lists are ordered, for the figures.
	plans []string
	// answer is Dgraph's, there when shapes are used.
	answer *node
	// follow are the questions that depend on the first answer.
	follow []func(context.Context, asker) error
}

// asker has a question answered.
type asker func(context.Context, *question) (*node, error)

// later asks a question that depends on the first answer.
func (c *compilation) later(work func(context.Context, asker) error) {
	c.follow = append(c.follow, work)
}

// spend counts one selected field against the limit.
func (c *compilation) spend() error {
	c.cost += c.scale
	if c.cost > c.limits.Cost {
		return c.limits.exceeded("TOO_COSTLY", "the answer could hold more than %d fields; ask for smaller pages or fewer fields", c.limits.Cost)
	}
	return nil
}

// within runs work with the scale multiplied by the size of a list.
func (c *compilation) within(size int, work func() error) error {
	before := c.scale
	c.scale = min(c.scale*max(size, 1), 1<<30)
	err := work()
	c.scale = before
	return err
}

// collect merges the selections on an object type, in the order asked (specification, CollectFields).
func (c *compilation) collect(t *graphql.Object, sets []*ast.SelectionSet) ([]*field, error) {
	var fields []*field
	byKey := map[string]*field{}
	seen := map[string]bool{}
	var walk func(set *ast.SelectionSet) error
	walk = func(set *ast.SelectionSet) error {
		for _, sel := range set.Selections {
			switch sel := sel.(type) {
			case *ast.Field:
				if on, err := c.included(sel.Directives); err != nil || !on {
					if err != nil {
						return err
					}
					continue
				}
				key := sel.Name.Value
				if sel.Alias != nil {
					key = sel.Alias.Value
				}
				f := byKey[key]
				if f == nil {
					f = &field{key: key, name: sel.Name.Value}
					if sel.Loc != nil {
						f.loc = locate(string(sel.Loc.Source.Body), sel.Loc.Start)
					}
					var err error
					if f.args, err = c.arguments(t, sel); err != nil {
						return err
					}
					byKey[key] = f
					fields = append(fields, f)
				}
				if sel.SelectionSet != nil {
					f.sets = append(f.sets, sel.SelectionSet)
				}
			case *ast.InlineFragment:
				on, err := c.included(sel.Directives)
				if err != nil {
					return err
				}
				if on && (sel.TypeCondition == nil || c.applies(sel.TypeCondition.Name.Value, t)) {
					if err := walk(sel.SelectionSet); err != nil {
						return err
					}
				}
			case *ast.FragmentSpread:
				on, err := c.included(sel.Directives)
				if err != nil {
					return err
				}
				f := c.fragments[sel.Name.Value]
				if !on || f == nil || seen[sel.Name.Value] || !c.applies(f.TypeCondition.Name.Value, t) {
					continue
				}
				seen[sel.Name.Value] = true
				if err := walk(f.SelectionSet); err != nil {
					return err
				}
			}
		}
		return nil
	}
	for _, set := range sets {
		if err := walk(set); err != nil {
			return nil, err
		}
	}
	return fields, nil
}

// applies tells whether a fragment on the named type applies to objects of type t.
func (c *compilation) applies(name string, t *graphql.Object) bool {
	if name == t.Name() {
		return true
	}
	for _, i := range t.Interfaces() {
		if i.Name() == name {
			return true
		}
	}
	if u, ok := c.book.schema.Type(name).(*graphql.Union); ok {
		for _, o := range u.Types() {
			if o.Name() == t.Name() {
				return true
			}
		}
	}
	return false
}

// included applies @skip and @include.
func (c *compilation) included(directives []*ast.Directive) (bool, error) {
	for _, d := range directives {
		name := d.Name.Value
		if name != "skip" && name != "include" {
			continue
		}
		for _, a := range d.Arguments {
			v, err := coerceLiteral(graphql.NewNonNull(graphql.Boolean), a.Value, c.vars)
			if err != nil {
				return false, badInput("Argument %q of @%s: %s", a.Name.Value, name, err)
			}
			if v.(bool) == (name == "skip") {
				return false, nil
			}
		}
	}
	return true, nil
}

// arguments coerces a field's arguments, defaults filled in; those that are absent are not in the map.
func (c *compilation) arguments(t *graphql.Object, f *ast.Field) (map[string]any, error) {
	def := fieldDefinition(t, f.Name.Value)
	if def == nil || len(def.Args) == 0 {
		return nil, nil
	}
	args := make(map[string]any)
	for _, a := range def.Args {
		var given ast.Value
		for _, g := range f.Arguments {
			if g.Name.Value == a.Name() {
				given = g.Value
			}
		}
		if given == nil || isAbsent(given, c.vars) {
			if n, ok := a.DefaultValue.(int); ok {
				args[a.Name()] = int64(n)
			} else if a.DefaultValue != nil {
				args[a.Name()] = a.DefaultValue
			} else if _, required := a.Type.(*graphql.NonNull); required {
				return nil, badInput("Argument %q of required type \"%s\" was not provided.", a.Name(), a.Type)
			}
			continue
		}
		v, err := coerceLiteral(a.Type, given, c.vars)
		if err != nil {
			return nil, badInput("Argument %q has an invalid value: %s", a.Name(), err)
		}
		args[a.Name()] = v
	}
	return args, nil
}

func fieldDefinition(t *graphql.Object, name string) *graphql.FieldDefinition {
	switch name {
	case "__typename":
		return graphql.TypeNameMetaFieldDef
	case "__schema":
		return graphql.SchemaMetaFieldDef
	case "__type":
		return graphql.TypeMetaFieldDef
	}
	return t.Fields()[name]
}

// object compiles a selection on an object type at a place.
func (c *compilation) object(typeName string, at place, sets []*ast.SelectionSet) (shape, error) {
	t, ok := c.book.schema.Type(typeName).(*graphql.Object)
	if !ok {
		return c.abstract(typeName, at, sets)
	}
	fields, err := c.collect(t, sets)
	if err != nil {
		return nil, err
	}
	return fieldsOf(c, fields, func(f *field) (shape, error) {
		if f.name == "__typename" {
			return constant(typeName), nil
		}
		compile := c.book.compilers[typeName][f.name]
		if compile == nil {
			return nil, fmt.Errorf("%s.%s has no compiler", typeName, f.name)
		}
		return compile(c, at, f)
	})
}

// fieldsOf compiles each field of an object into a shape of the object.
func fieldsOf(c *compilation, fields []*field, compile func(*field) (shape, error)) (shape, error) {
	return writeFields(c, fields, func(f *field) (func(*writer, *node), error) { return compile(f) })
}

// writeFields compiles each field of an object and gives what writes the object from a T.
func writeFields[T any](c *compilation, fields []*field, compile func(*field) (func(*writer, T), error)) (func(*writer, T), error) {
	shapes := make([]func(*writer, T), len(fields))
	for i, f := range fields {
		if err := c.spend(); err != nil {
			return nil, err
		}
		s, err := compile(f)
		if err != nil {
			return nil, at(err, f)
		}
		shapes[i] = s
	}
	return func(w *writer, v T) {
		w.byte('{')
		for i, f := range fields {
			if i > 0 {
				w.byte(',')
			}
			w.string(f.key)
			w.byte(':')
			shapes[i](w, v)
		}
		w.byte('}')
	}, nil
}

// at notes in an error for the client the field that it comes from, the innermost first.
func at(err error, f *field) error {
	if e, ok := err.(*Error); ok {
		if e.Locations == nil && f.loc.Line > 0 {
			e.Locations = []Location{f.loc}
		}
		e.Path = append([]any{f.key}, e.Path...)
	}
	return err
}

// abstract compiles a selection on an interface or union: for each type that it can be, chosen by the node's type.
func (c *compilation) abstract(typeName string, at place, sets []*ast.SelectionSet) (shape, error) {
	at.group.attr("dgraph.type")
	shapes := map[string]shape{}
	for _, t := range c.book.possible(typeName) {
		s, err := c.object(t, at, sets)
		if err != nil {
			return nil, err
		}
		shapes[t] = s
	}
	return func(w *writer, n *node) {
		for _, t := range n.texts("dgraph.type") {
			if s, ok := shapes[t]; ok {
				s(w, n)
				return
			}
		}
		w.null()
	}, nil
}

// constant writes the same string for every node.
func constant(s string) shape { return func(w *writer, _ *node) { w.string(s) } }

// attribute gives a predicate's value as it is, null when there is none.
func attribute(predicate string) compiler {
	return func(_ *compilation, at place, _ *field) (shape, error) {
		at.group.attr(predicate)
		return func(w *writer, n *node) {
			if raw := n.get(predicate).raw; raw != nil {
				w.raw(raw)
			} else {
				w.null()
			}
		}, nil
	}
}

// attributeOr is attribute with a value for nodes that lack it.
func attributeOr(predicate, missing string) compiler {
	return func(_ *compilation, at place, _ *field) (shape, error) {
		at.group.attr(predicate)
		return func(w *writer, n *node) {
			if raw := n.get(predicate).raw; raw != nil {
				w.raw(raw)
			} else {
				w.raw([]byte(missing))
			}
		}, nil
	}
}

// attributes gives the values of a list predicate, an empty list when there are none.
func attributes(predicate string) compiler {
	return func(_ *compilation, at place, _ *field) (shape, error) {
		at.group.attr(predicate)
		return func(w *writer, n *node) {
			w.byte('[')
			v := n.get(predicate)
			if v.raw != nil {
				w.raw(v.raw)
			}
			for i, item := range v.list {
				if i > 0 {
					w.byte(',')
				}
				w.raw(item.raw)
			}
			w.byte(']')
		}, nil
	}
}

// derived gives what a function makes of a predicate's text; "" becomes null.
func derived(predicate string, of func(string) string) compiler {
	return func(_ *compilation, at place, _ *field) (shape, error) {
		at.group.attr(predicate)
		return func(w *writer, n *node) {
			if s := of(n.text(predicate)); s != "" {
				w.string(s)
			} else {
				w.null()
			}
		}, nil
	}
}

// day gives a predicate of the form 20240116 as a Date.
func day(predicate string) compiler {
	return func(_ *compilation, at place, _ *field) (shape, error) {
		at.group.attr(predicate)
		return func(w *writer, n *node) {
			if d, ok := n.int(predicate); ok {
				w.string(dateText(d))
			} else {
				w.null()
			}
		}, nil
	}
}

// one gives the node that an edge leads to, or null.
func one(edge, typeName string) compiler {
	return func(c *compilation, at place, f *field) (shape, error) {
		body := &group{}
		inner, err := c.object(typeName, place{group: body}, f.sets)
		if err != nil {
			return nil, err
		}
		alias := c.q.fresh("e")
		at.group.child(alias+": "+edge, body)
		return func(w *writer, n *node) {
			if to := n.first(alias); to != nil {
				inner(w, to)
			} else {
				w.null()
			}
		}, nil
	}
}

// many gives all nodes that an edge leads to, in the order of their uids. It is for edges that lead to few.
func many(edge, typeName string) compiler {
	return func(c *compilation, at place, f *field) (shape, error) {
		body := &group{}
		var inner shape
		err := c.within(3, func() (err error) {
			inner, err = c.object(typeName, place{group: body}, f.sets)
			return err
		})
		if err != nil {
			return nil, err
		}
		alias := c.q.fresh("e")
		at.group.child(alias+": "+edge, body)
		return func(w *writer, n *node) { writeList(w, n.nodes(alias), inner) }, nil
	}
}

func writeList[T any](w *writer, list []T, item func(*writer, T)) {
	w.byte('[')
	for i, v := range list {
		if i > 0 {
			w.byte(',')
		}
		item(w, v)
	}
	w.byte(']')
}
