package graph

import (
	"fmt"
	"strings"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"
)

// book is the GraphQL schema with what compiles each of its fields.
type book struct {
	schema    graphql.Schema
	compilers map[string]map[string]compiler
	roots     map[string]rootCompiler
	filters   map[string]map[string]filterRule

	outputs map[string]graphql.Output
	inputs  map[string]graphql.Input
	members map[string][]string
}

// rootCompiler turns a field of Query into questions and a shape for the whole answer.
type rootCompiler func(c *compilation, f *field) (shape, error)

// fieldSpec describes a field: its type in GraphQL's own notation, what it gives, and what compiles it.
type fieldSpec struct {
	name, typ, about string
	args             []argSpec
	compile          compiler
}

// argSpec describes an argument or input field.
type argSpec struct {
	name, typ, about string
	value            any
}

// inputSpec describes a field of a filter and what it asks of the graph.
type inputSpec struct {
	name, typ, about string
	rule             filterRule
}

func (b *book) object(name string) *graphql.Object { return b.outputs[name].(*graphql.Object) }

// possible gives the object types that an interface or union can be.
func (b *book) possible(name string) []string { return b.members[name] }

// output reads a type such as "[Actor!]!".
func (b *book) output(typ string) graphql.Output {
	if t, ok := strings.CutSuffix(typ, "!"); ok {
		return graphql.NewNonNull(b.output(t))
	}
	if strings.HasPrefix(typ, "[") {
		return graphql.NewList(b.output(typ[1 : len(typ)-1]))
	}
	if t, ok := b.outputs[typ]; ok {
		return t
	}
	if t, ok := b.inputs[typ].(graphql.Output); ok {
		return t
	}
	panic(fmt.Sprintf("the schema has no output type %q", typ)) // a fault of the tables, seen by any test
}

func (b *book) input(typ string) graphql.Input {
	if t, ok := strings.CutSuffix(typ, "!"); ok {
		return graphql.NewNonNull(b.input(t))
	}
	if strings.HasPrefix(typ, "[") {
		return graphql.NewList(b.input(typ[1 : len(typ)-1]))
	}
	if t, ok := b.inputs[typ]; ok {
		return t
	}
	panic(fmt.Sprintf("the schema has no input type %q", typ))
}

func (b *book) arguments(args []argSpec) graphql.FieldConfigArgument {
	out := graphql.FieldConfigArgument{}
	for _, a := range args {
		out[a.name] = &graphql.ArgumentConfig{Type: b.input(a.typ), Description: a.about, DefaultValue: a.value}
	}
	return out
}

func (b *book) defineScalar(name, about string) {
	s := graphql.NewScalar(graphql.ScalarConfig{Name: name, Description: about,
		Serialize:    func(v any) any { return v },
		ParseValue:   func(v any) any { return v },
		ParseLiteral: func(ast.Value) any { return nil },
	})
	b.inputs[name], b.outputs[name] = s, s
}

func (b *book) defineEnum(name, about string, values ...[2]string) {
	config := graphql.EnumValueConfigMap{}
	for _, v := range values {
		config[v[0]] = &graphql.EnumValueConfig{Value: v[0], Description: v[1]}
	}
	e := graphql.NewEnum(graphql.EnumConfig{Name: name, Description: about, Values: config})
	b.inputs[name], b.outputs[name] = e, e
}

// defineObject adds an object type. Its fields may have types that are defined later.
func (b *book) defineObject(name, about string, interfaces []string, fields []fieldSpec) {
	b.compilers[name] = map[string]compiler{}
	for _, f := range fields {
		b.compilers[name][f.name] = f.compile
	}
	b.outputs[name] = graphql.NewObject(graphql.ObjectConfig{Name: name, Description: about,
		Interfaces: graphql.InterfacesThunk(func() []*graphql.Interface {
			var list []*graphql.Interface
			for _, i := range interfaces {
				list = append(list, b.outputs[i].(*graphql.Interface))
			}
			return list
		}),
		Fields: graphql.FieldsThunk(func() graphql.Fields {
			out := graphql.Fields{}
			for _, f := range fields {
				out[f.name] = &graphql.Field{Type: b.output(f.typ), Description: f.about, Args: b.arguments(f.args)}
			}
			return out
		}),
	})
	for _, i := range interfaces {
		b.members[i] = append(b.members[i], name)
	}
}

func (b *book) defineInterface(name, about string, fields []fieldSpec) {
	b.outputs[name] = graphql.NewInterface(graphql.InterfaceConfig{Name: name, Description: about,
		ResolveType: func(graphql.ResolveTypeParams) *graphql.Object { return nil },
		Fields: graphql.FieldsThunk(func() graphql.Fields {
			out := graphql.Fields{}
			for _, f := range fields {
				out[f.name] = &graphql.Field{Type: b.output(f.typ), Description: f.about}
			}
			return out
		}),
	})
}

func (b *book) defineInput(name, about string, fields []argSpec) {
	b.inputs[name] = graphql.NewInputObject(graphql.InputObjectConfig{Name: name, Description: about,
		Fields: graphql.InputObjectConfigFieldMapThunk(func() graphql.InputObjectConfigFieldMap {
			out := graphql.InputObjectConfigFieldMap{}
			for _, f := range fields {
				out[f.name] = &graphql.InputObjectFieldConfig{Type: b.input(f.typ), Description: f.about, DefaultValue: f.value}
			}
			return out
		}),
	})
}

// defineFilter adds the input by which nodes of a type are chosen.
func (b *book) defineFilter(node, about string, fields []inputSpec) {
	name := node + "Filter"
	rules := map[string]filterRule{}
	specs := []argSpec{
		{"and", "[" + name + "!]", "All of these hold.", nil},
		{"or", "[" + name + "!]", "At least one of these holds.", nil},
		{"not", name, "This does not hold.", nil},
	}
	for _, f := range fields {
		rules[f.name] = f.rule
		specs = append(specs, argSpec{f.name, f.typ, f.about, nil})
	}
	b.filters[node] = rules
	b.defineInput(name, about+" All fields given must hold.", specs)
}

// defineConnection adds the types of a page of nodes, by the Relay cursor connections specification.
func (b *book) defineConnection(node, about string) {
	b.defineObject(node+"Edge", "One "+about+" of a page, with its position.", nil, []fieldSpec{
		{name: "node", typ: node + "!", about: "The " + about + "."},
		{name: "cursor", typ: "String!", about: "Its position in the list, for after and before."},
	})
	b.defineObject(node+"Connection", "A page of a list: "+about+"s.", nil, []fieldSpec{
		{name: "edges", typ: "[" + node + "Edge!]!", about: "The page, each with its position."},
		{name: "nodes", typ: "[" + node + "!]!", about: "The page, without positions."},
		{name: "pageInfo", typ: "PageInfo!", about: "Where the page lies in the list."},
		{name: "totalCount", typ: "Int!", about: "How many the whole list has."},
	})
}

// pageArguments are those of every connection.
func pageArguments(more ...argSpec) []argSpec {
	return append([]argSpec{
		{"first", "Int", "How many from the beginning of the list, or after the cursor; 20 when neither first nor last is given.", nil},
		{"after", "String", "A cursor: begin after it.", nil},
		{"last", "Int", "How many from the end of the list, or before the cursor.", nil},
		{"before", "String", "A cursor: end before it.", nil},
	}, more...)
}
