package graph

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/graphql-go/graphql"
)

// hostile are texts that would mean something if they came into DQL, JSON or an expression.
var hostile = []string{
	`"`, `\`, `'`, `") { uid } } #`, `") or has(dgraph.type) or eq(xid, "`, "$p1", "$p1, $p2", "uid(0x1)", "[\"IRN\",\"PAK\"]", "[0x1, 0x2]", "0x1",
	"/.*/", "/a/i or has(xid)", "_:a", "*", "_STAR_ALL", "val(v1)", "{}", "}", "\x00", "\u2028", "\u202e", "a\nb\tc", "null", "true", "-1", "1e999",
	strings.Repeat("a", 10_000), "%s%d%n", "<script>alert(1)</script>", "../../etc/passwd", "a or b and not c", "日本語 😀", "@filter(has(xid))", "# comment",
}

// TestHostile puts hostile texts into every argument that takes a text, however deep, of every field of Query. The DQL
// must be the same as for a harmless text, and the text must be among its values.
func TestHostile(t *testing.T) {
	tried := 0
	s, store := overEmpty(t, DefaultLimits())
	for name, field := range fields(t) {
		for _, path := range texts(field.Args) {
			harmless, ok := dqlFor(s, store, name, field, path, "harmless text")
			if !ok {
				continue
			}
			for _, h := range hostile {
				got, ok := dqlFor(s, store, name, field, path, h)
				if !ok {
					continue // it was refused
				}
				tried++
				// How many ways a search tries goes by the words and letters of the text.
				if name == "search" && !strings.ContainsAny(got, "\"'\\#[]<>") {
					continue
				}
				if got != harmless {
					t.Errorf("%s %s: %.40q changes the DQL\n%s\n%s", name, path, h, got, harmless)
				}
			}
		}
	}
	if tried < 500 {
		t.Errorf("only %d were tried", tried)
	}
}

// FuzzText puts any text into any argument: the DQL stays that of a harmless text, but for which variable stands where
// when two hold the same.
func FuzzText(f *testing.F) {
	s, store := overEmpty(f, DefaultLimits())
	type argument struct {
		name  string
		field *graphql.FieldDefinition
		path  string
		want  string
	}
	variables := regexp.MustCompile(`query q\([^)]*\) |\$p[0-9]+`)
	var all []argument
	of := fields(f)
	for _, name := range sortedKeys(of) {
		paths := texts(of[name].Args)
		slices.Sort(paths)
		for _, path := range paths {
			if want, ok := dqlFor(s, store, name, of[name], path, "harmless text"); ok && name != "search" {
				all = append(all, argument{name, of[name], path, variables.ReplaceAllString(want, "$")})
			}
		}
	}
	for i, h := range hostile {
		f.Add(uint(i*37), h)
	}
	f.Fuzz(func(t *testing.T, n uint, text string) {
		if !utf8.ValidString(text) {
			return // no JSON holds it
		}
		a := all[n%uint(len(all))]
		got, ok := dqlFor(s, store, a.name, a.field, a.path, text)
		if got := variables.ReplaceAllString(got, "$"); ok && got != a.want {
			t.Errorf("%s %s: %q changes the DQL\n%s\n%s", a.name, a.path, text, got, a.want)
		}
	})
}

func fields(t testing.TB) graphql.FieldDefinitionMap {
	b, err := newBook()
	if err != nil {
		t.Fatal(err)
	}
	return b.schema.QueryType().Fields()
}

// texts gives the paths to all texts in arguments, "filter.initiator.name.is", one filter within another.
func texts(args []*graphql.Argument) []string {
	var paths []string
	var walk func(path string, t graphql.Type, depth int)
	walk = func(path string, t graphql.Type, depth int) {
		switch t := t.(type) {
		case *graphql.NonNull:
			walk(path, t.OfType, depth)
		case *graphql.List:
			walk(path, t.OfType, depth)
		case *graphql.Scalar:
			if t.Name() == "String" || t.Name() == "ID" {
				paths = append(paths, path)
			}
		case *graphql.InputObject:
			if depth == 2 {
				return
			}
			for name, f := range t.Fields() {
				walk(path+"."+name, f.Type, depth+1)
			}
		}
	}
	for _, a := range args {
		walk(a.Name(), a.Type, 0)
	}
	return paths
}

// dqlFor asks a field with a text at a path of its arguments, and gives the DQL with texts of that length hidden.
func dqlFor(s *Service, store *empty, name string, field *graphql.FieldDefinition, path, text string) (string, bool) {
	steps := strings.Split(path, ".")
	var value any = text
	for i := len(steps) - 1; i > 0; i-- {
		value = map[string]any{steps[i]: value}
	}
	selection, variable := "", ""
	arguments := []string{}
	for _, a := range field.Args {
		_, required := a.Type.(*graphql.NonNull)
		switch {
		case a.Name() == steps[0]:
			variable = a.Type.String()
			arguments = append(arguments, a.Name()+": $v")
		case required && strings.HasPrefix(a.Type.String(), "ActorFilter"):
			arguments = append(arguments, a.Name()+`: {code: "AAA"}`)
		case required && a.Name() == "by":
			arguments = append(arguments, "by: [TYPE]")
		case required && a.Name() == "text":
			arguments = append(arguments, `text: "abc"`)
		}
	}
	switch t := field.Type.String(); {
	case strings.Contains(t, "Connection"):
		selection = "{nodes {__typename} totalCount}"
	default:
		selection = "{__typename}"
	}
	store.dql = ""
	r := s.Do(context.Background(), Request{Query: fmt.Sprintf("query($v: %s) {%s(%s) %s}", variable, name, strings.Join(arguments, ", "), selection), Variables: map[string]any{"v": value}})
	if !json.Valid(r.JSON()) || len(r.Errors) > 0 && r.Errors[0].Code != codeInput {
		panic(fmt.Sprintf("%s %s %q: %s", name, path, text, r.JSON()))
	}
	return store.dql, len(r.Errors) == 0
}

// TestHostileLive sends hostile texts to a real Dgraph: every answer is an answer or a refusal, and finds nothing.
func TestHostileLive(t *testing.T) {
	s := service(t)
	for _, h := range hostile {
		r := s.Do(context.Background(), Request{Query: `query($h: String!, $i: ID!) {
			actor(name: $h) {id} node(id: $i) {id} a: articles(filter: {publisher: [$h]}) {totalCount} b: articles(filter: {text: $h}) {totalCount}
			c: actors(filter: {name: {contains: $h}}) {totalCount} d: actors(filter: {name: {startsWith: $h}}) {totalCount} search(text: $h) {kind}
			e: incidents(filter: {weapon: [$h], initiator: {code: [$h], name: {in: [$h]}}}) {totalCount}}`, Variables: map[string]any{"h": h, "i": h}})
		for _, e := range r.Errors {
			if e.Code != codeInput {
				t.Errorf("%.40q: %s", h, e.Message)
			}
		}
		for _, some := range []string{`"totalCount":1`, `"totalCount":4`, `"id":"A`} {
			if strings.Contains(string(r.Data), some) {
				t.Errorf("%.40q finds something: %s", h, r.Data)
			}
		}
	}
	for _, h := range hostile {
		r := s.Do(context.Background(), Request{Query: `query($h: String!) {actors(filter: {name: {matches: $h}}) {totalCount}}`, Variables: map[string]any{"h": "army" + h}})
		for _, e := range r.Errors {
			if e.Code != codeInput {
				t.Errorf("%.40q as an expression: %s", h, e.Message)
			}
		}
	}
}
