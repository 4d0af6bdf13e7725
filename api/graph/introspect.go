package graph

import (
	"fmt"
	"reflect"
	"sort"
	"sync"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"
)

// introspect answers __schema and __type with the resolvers of graphql-go, in the order asked.
func (c *compilation) introspect(f *field) (shape, error) {
	def := fieldDefinition(c.book.schema.QueryType(), f.name)
	v, err := def.Resolve(graphql.ResolveParams{Args: f.args, Info: graphql.ResolveInfo{Schema: c.book.schema}})
	if err != nil {
		return nil, err
	}
	w := &writer{}
	if err := c.complete(w, def.Type, v, f.sets); err != nil {
		return nil, err
	}
	return func(out *writer, _ *node) { out.raw(w.buf) }, nil
}

// complete writes a value of an introspection type.
func (c *compilation) complete(w *writer, t graphql.Type, v any, sets []*ast.SelectionSet) error {
	if nn, ok := t.(*graphql.NonNull); ok {
		t = nn.OfType
	}
	if rv := reflect.ValueOf(v); !rv.IsValid() || (rv.Kind() == reflect.Pointer || rv.Kind() == reflect.Interface || rv.Kind() == reflect.Slice) && rv.IsNil() {
		w.null()
		return nil
	}
	switch t := t.(type) {
	case *graphql.List:
		rv := reflect.ValueOf(v)
		items := make([]any, rv.Len())
		for i := range items {
			items[i] = rv.Index(i).Interface()
		}
		// graphql-go gives most lists in the order of a map.
		sort.SliceStable(items, func(i, j int) bool { return introspectedName(items[i]) < introspectedName(items[j]) })
		var failed error
		writeList(w, items, func(w *writer, item any) {
			if err := c.complete(w, t.OfType, item, sets); err != nil {
				failed = err
			}
		})
		return failed
	case *graphql.Object:
		fields, err := c.collect(t, sets)
		if err != nil {
			return err
		}
		w.byte('{')
		for i, f := range fields {
			if i > 0 {
				w.byte(',')
			}
			w.string(f.key)
			w.byte(':')
			if f.name == "__typename" {
				w.string(t.Name())
				continue
			}
			def := t.Fields()[f.name]
			resolve := def.Resolve
			if resolve == nil {
				resolve = graphql.DefaultResolveFn
			}
			got, err := resolve(graphql.ResolveParams{Source: v, Args: f.args, Info: graphql.ResolveInfo{FieldName: f.name, Schema: c.book.schema}})
			if err != nil {
				return err
			}
			if err := c.complete(w, def.Type, got, f.sets); err != nil {
				return err
			}
		}
		w.byte('}')
		return nil
	}
	switch v := v.(type) {
	case string:
		w.string(v)
	case bool:
		w.bool(v)
	default:
		w.string(fmt.Sprint(v))
	}
	return nil
}

func introspectedName(v any) string {
	switch v := v.(type) {
	case interface{ Name() string }:
		return v.Name()
	case *graphql.FieldDefinition:
		return v.Name
	case *graphql.EnumValueDefinition:
		return v.Name
	case *graphql.Directive:
		return v.Name
	}
	return ""
}

// modernise teaches graphql-go's types of introspection, which are of 2018, what clients ask today. They are
// the library's own and shared by all schemas, so that it is done once.
var modernise = sync.OnceFunc(func() {
	none := func(graphql.ResolveParams) (any, error) { return nil, nil }
	no := func(graphql.ResolveParams) (any, error) { return false, nil }
	add := func(t *graphql.Object, name string, of graphql.Output, resolve graphql.FieldResolveFn, about string) {
		t.AddFieldConfig(name, &graphql.Field{Type: of, Resolve: resolve, Description: about})
	}
	add(graphql.SchemaType, "description", graphql.String, none, "A description of the schema.")
	add(graphql.TypeType, "specifiedByURL", graphql.String, none, "Where a scalar is specified.")
	add(graphql.TypeType, "isOneOf", graphql.Boolean, no, "Whether an input object takes exactly one of its fields.")
	add(graphql.DirectiveType, "isRepeatable", graphql.NewNonNull(graphql.Boolean), no, "Whether a directive may stand twice at one place.")
	add(graphql.InputValueType, "isDeprecated", graphql.NewNonNull(graphql.Boolean), no, "Whether it is deprecated.")
	add(graphql.InputValueType, "deprecationReason", graphql.String, none, "Why it is deprecated.")
	// The library writes the default of an enum as a text.
	d := graphql.InputValueType.Fields()["defaultValue"]
	add(graphql.InputValueType, d.Name, d.Type, func(p graphql.ResolveParams) (any, error) {
		text := ""
		switch v := p.Source.(type) {
		case *graphql.Argument:
			text = defaultText(v.Type, v.DefaultValue)
		case *graphql.InputObjectField:
			text = defaultText(v.Type, v.DefaultValue)
		}
		if text == "" {
			return nil, nil
		}
		return text, nil
	}, d.Description)
	for t, names := range map[*graphql.Object][]string{graphql.FieldType: {"args"}, graphql.DirectiveType: {"args"}, graphql.TypeType: {"inputFields"}} {
		for _, name := range names {
			f := t.Fields()[name]
			t.AddFieldConfig(name, &graphql.Field{Type: f.Type, Resolve: f.Resolve, Description: f.Description, Args: graphql.FieldConfigArgument{
				"includeDeprecated": &graphql.ArgumentConfig{Type: graphql.Boolean, DefaultValue: false, Description: "Those that are deprecated as well."}}})
		}
	}
})
