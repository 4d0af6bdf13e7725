package graph

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/graphql-go/graphql"
	library "github.com/graphql-go/graphql/language/parser"

	"incidentgraph/schema"
)

func TestSDL(t *testing.T) {
	sdl, err := SDL()
	if err != nil {
		t.Fatal(err)
	}
	kept, err := os.ReadFile("../../schema/schema.graphql")
	if err != nil {
		t.Fatal(err)
	}
	if sdl != string(kept) {
		t.Error("schema/schema.graphql is stale: run go generate ./api/graph")
	}
	if _, err := library.Parse(library.ParseParams{Source: sdl}); err != nil {
		t.Errorf("it is not SDL: %v", err)
	}
}

// TestDescriptions asks for a description on all that a reader of the schema sees.
func TestDescriptions(t *testing.T) {
	b, err := newBook()
	if err != nil {
		t.Fatal(err)
	}
	check := func(what, about string) {
		if strings.TrimSpace(about) == "" {
			t.Errorf("%s has no description", what)
		}
	}
	fields := func(name string, m graphql.FieldDefinitionMap) {
		for _, f := range m {
			check(name+"."+f.Name, f.Description)
			for _, a := range f.Args {
				check(name+"."+f.Name+"("+a.Name()+")", a.Description())
			}
		}
	}
	for name, typ := range b.schema.TypeMap() {
		if strings.HasPrefix(name, "__") {
			continue
		}
		check(name, typ.Description())
		switch typ := typ.(type) {
		case *graphql.Object:
			fields(name, typ.Fields())
		case *graphql.Interface:
			fields(name, typ.Fields())
		case *graphql.InputObject:
			for f, def := range typ.Fields() {
				check(name+"."+f, def.Description())
			}
		case *graphql.Enum:
			for _, v := range typ.Values() {
				check(name+"."+v.Name, v.Description)
			}
		}
	}
}

// TestIntrospectedDefaults asks for defaults as the schema writes them: an enum's without quotation marks.
func TestIntrospectedDefaults(t *testing.T) {
	s, err := New(nil, Config{Limits: DefaultLimits()})
	if err != nil {
		t.Fatal(err)
	}
	got := string(s.Do(context.Background(), Request{Query: `{__type(name: "Query") {fields {name args {name defaultValue}}}}`}).JSON())
	for _, want := range []string{`{"name":"orderBy","defaultValue":"COUNT"}`, `{"name":"depth","defaultValue":"1"}`, `{"name":"period","defaultValue":null}`} {
		if !strings.Contains(got, want) {
			t.Errorf("want %s in %s", want, got)
		}
	}
}

// TestEdges finds a field of an actor for each type of event and direction.
func TestEdges(t *testing.T) {
	b, err := newBook()
	if err != nil {
		t.Fatal(err)
	}
	fields := b.object("Actor").Fields()
	for _, e := range schema.EventTypes() {
		if fields[e.Field] == nil || !e.Mutual && fields[e.InverseField] == nil {
			t.Errorf("an actor lacks the fields of %s", e.Name)
		}
	}
}

// TestCompilers finds a compiler for every field that is compiled by the table, and a rule for every filter.
func TestCompilers(t *testing.T) {
	b, err := newBook()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range b.possible("Node") {
		for f := range b.object(name).Fields() {
			if b.compilers[name][f] == nil {
				t.Errorf("%s.%s has no compiler", name, f)
			}
		}
	}
	for f := range b.schema.QueryType().Fields() {
		if b.roots[f] == nil {
			t.Errorf("Query.%s has no compiler", f)
		}
	}
	for node, rules := range b.filters {
		for f := range b.inputs[node+"Filter"].(*graphql.InputObject).Fields() {
			if rules[f] == nil && f != "and" && f != "or" && f != "not" {
				t.Errorf("%sFilter.%s has no rule", node, f)
			}
		}
	}
}
