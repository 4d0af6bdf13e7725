package graph

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/graphql-go/graphql"
)

//go:generate go run ./generate

// SDL gives the GraphQL schema in the schema definition language, in alphabetical order, with descriptions.
func SDL() (string, error) {
	b, err := newBook()
	if err != nil {
		return "", err
	}
	var out strings.Builder
	out.WriteString("# Derived from the tables in api/graph and schema: go generate ./api/graph\n")
	types := b.schema.TypeMap()
	for _, name := range sortedKeys(types) {
		if strings.HasPrefix(name, "__") || slices.Contains([]string{"Int", "Float", "String", "Boolean", "ID"}, name) {
			continue
		}
		out.WriteByte('\n')
		describe(&out, "", types[name].Description())
		switch t := types[name].(type) {
		case *graphql.Scalar:
			fmt.Fprintf(&out, "scalar %s\n", name)
		case *graphql.Enum:
			fmt.Fprintf(&out, "enum %s {\n", name)
			values := t.Values()
			slices.SortFunc(values, func(a, b *graphql.EnumValueDefinition) int { return strings.Compare(a.Name, b.Name) })
			for _, v := range values {
				describe(&out, "  ", v.Description)
				fmt.Fprintf(&out, "  %s\n", v.Name)
			}
			out.WriteString("}\n")
		case *graphql.InputObject:
			fmt.Fprintf(&out, "input %s {\n", name)
			for _, f := range sortedKeys(t.Fields()) {
				field := t.Fields()[f]
				describe(&out, "  ", field.Description())
				fmt.Fprintf(&out, "  %s: %s%s\n", f, field.Type, assigned(field.Type, field.DefaultValue))
			}
			out.WriteString("}\n")
		case *graphql.Interface:
			fmt.Fprintf(&out, "interface %s {\n", name)
			writeFieldDefinitions(&out, t.Fields())
			out.WriteString("}\n")
		case *graphql.Union:
			var members []string
			for _, m := range t.Types() {
				members = append(members, m.Name())
			}
			slices.Sort(members)
			fmt.Fprintf(&out, "union %s = %s\n", name, strings.Join(members, " | "))
		case *graphql.Object:
			fmt.Fprintf(&out, "type %s", name)
			for i, it := range t.Interfaces() {
				out.WriteString([]string{" implements ", " & "}[min(i, 1)] + it.Name())
			}
			out.WriteString(" {\n")
			writeFieldDefinitions(&out, t.Fields())
			out.WriteString("}\n")
		}
	}
	return out.String(), nil
}

func writeFieldDefinitions(out *strings.Builder, fields graphql.FieldDefinitionMap) {
	for _, name := range sortedKeys(fields) {
		f := fields[name]
		describe(out, "  ", f.Description)
		fmt.Fprintf(out, "  %s", name)
		if len(f.Args) > 0 {
			args := slices.SortedFunc(slices.Values(f.Args), func(a, b *graphql.Argument) int { return strings.Compare(a.Name(), b.Name()) })
			out.WriteString("(\n")
			for _, a := range args {
				describe(out, "    ", a.Description())
				fmt.Fprintf(out, "    %s: %s%s\n", a.Name(), a.Type, assigned(a.Type, a.DefaultValue))
			}
			out.WriteString("  )")
		}
		fmt.Fprintf(out, ": %s\n", f.Type)
	}
}

func describe(out *strings.Builder, indent, text string) {
	if text != "" {
		fmt.Fprintf(out, "%s\"\"\"%s\"\"\"\n", indent, strings.ReplaceAll(text, `"""`, `\"""`))
	}
}

// assigned writes a default behind a type, "" when there is none.
func assigned(t graphql.Type, v any) string {
	if text := defaultText(t, v); text != "" {
		return " = " + text
	}
	return ""
}

// defaultText writes a default: the enum values and numbers that this schema has; "" when there is none.
func defaultText(t graphql.Type, v any) string {
	if nn, ok := t.(*graphql.NonNull); ok {
		t = nn.OfType
	}
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		if _, ok := t.(*graphql.Enum); ok {
			return v
		}
		return strconv.Quote(v)
	}
	return fmt.Sprint(v)
}

func sortedKeys[M ~map[string]V, V any](m M) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
