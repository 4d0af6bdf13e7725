package graph

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"incidentgraph/schema/dgraph"
)

// empty is a store with nothing in it; it keeps what it was asked.
type empty struct {
	dql  string
	vars map[string]string
	err  error
}

func (s *empty) Query(_ context.Context, dql string, vars map[string]string) (dgraph.Answer, error) {
	s.dql, s.vars = dql, vars
	return dgraph.Answer{JSON: []byte("{}")}, s.err
}

func overEmpty(t testing.TB, limits Limits) (*Service, *empty) {
	t.Helper()
	store := &empty{}
	s, err := New(store, Config{Limits: limits})
	if err != nil {
		t.Fatal(err)
	}
	return s, store
}

// TestGuards sends what kills or stalls a server of graphql-go, and what goes beyond each limit.
func TestGuards(t *testing.T) {
	doubling := "{ __typename ...F0 }"
	for i := range 16 {
		doubling += fmt.Sprintf(" fragment F%d on Query { a%d: __typename ...F%d ...F%d }", i, i, i+1, i+1)
	}
	doubling += " fragment F16 on Query { __typename }"
	var chain strings.Builder
	for i := range 40 {
		fmt.Fprintf(&chain, " fragment F%d on Query { ...F%d }", i, i+1)
	}
	for _, c := range []struct {
		name, query, code string
	}{
		{"fragments that spread each other", "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }", codeValidation},
		{"a fragment that spreads itself, unused", "{ __typename } fragment A on Query { ...A }", codeValidation},
		{"selections nested deep", strings.Repeat("{a", 5000) + strings.Repeat("}", 5000), "TOO_DEEP"},
		{"lists nested deep", "{ node(id: " + strings.Repeat("[", 3000), "TOO_DEEP"},
		{"objects nested deep", "{ node(id: " + strings.Repeat("{a:", 1000), "TOO_DEEP"},
		{"types nested deep", "query(" + strings.Repeat("$a:[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", 1), "TOO_DEEP"},
		{"inline fragments by the thousand", "{" + strings.Repeat("...on Query{__typename}", 900) + "}", "TOO_MANY_TOKENS"},
		{"one field ten thousand times", "{" + strings.Repeat("__typename ", 10000) + "}", "QUERY_TOO_LONG"},
		{"one field three thousand times", "{" + strings.Repeat("__typename ", 3000) + "}", "TOO_MANY_SELECTIONS"},
		{"fragments that double", doubling, "TOO_MANY_SELECTIONS"},
		{"a chain of fragments", "{ ...F0 }" + chain.String() + " fragment F40 on Query { __typename }", ""},
		{"fields nested beyond the limit", "{ actor(code: \"A\") " + strings.Repeat("{ actsFor ", 25) + "{ id }" + strings.Repeat("}", 25) + "}", "TOO_DEEP"},
		{"aliases", "{" + aliases(100) + "}", "TOO_MANY_ALIASES"},
		{"directives", "{ __typename " + strings.Repeat("@skip(if: false) ", 100) + "}", "TOO_MANY_DIRECTIVES"},
		{"pages of pages of pages", "{ incidents(first: 1000) { nodes { claims(first: 1000) { nodes { evidence(first: 1000) { nodes { text } } } } } } }", "TOO_COSTLY"},
		{"a page beyond the limit", "{ incidents(first: 1001) { totalCount } }", "PAGE_TOO_LARGE"},
		{"a negative page", "{ incidents(first: -1) { totalCount } }", codeInput},
		{"first and last", "{ incidents(first: 1, last: 1) { totalCount } }", codeInput},
		{"a cursor of another list", "{ incidents(after: \"x\") { totalCount } }", codeInput},
		{"not UTF-8", "{ node(id: \"\xff\") { id } }", codeSyntax},
		{"a control character", "{ \x00 }", codeSyntax},
		{"a type definition", "type A { a: Int }", codeSyntax},
		{"nothing", "", codeSyntax},
		{"only a comment", "# nothing", codeSyntax},
		{"a mutation", "mutation { a }", codeOperation},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, _ := overEmpty(t, DefaultLimits())
			r := s.Do(context.Background(), Request{Query: c.query})
			got := ""
			if len(r.Errors) > 0 {
				got = r.Errors[0].Code
			}
			if c.name == "a mutation" && got == codeValidation {
				return // there is no type for mutations
			}
			if got != c.code {
				t.Errorf("code %q, want %q: %s", got, c.code, cut(r.JSON()))
			}
		})
	}
}

func cut(b []byte) []byte { return b[:min(len(b), 300)] }

func aliases(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "a%d: __typename ", i)
	}
	return b.String()
}

// TestLanguage holds what graphql-go gets wrong against the specification.
func TestLanguage(t *testing.T) {
	for _, c := range []struct {
		name, query, vars string
		value             string // the text that the argument name of actor comes to
		code              string // or the code of the error
	}{
		{name: "a string", query: `{actor(name: "a")  {id}}`, value: "a"},
		{name: "a null literal is as if absent", query: `{actor(name: "b", code: null) {id}}`, value: "b"},
		{name: "a null variable likewise", query: `query($c: String) {actor(name: "b", code: $c) {id}}`, vars: `{"c": null}`, value: "b"},
		{name: "a null variable instead of the default", query: `query($c: String = "X") {actor(name: "b", code: $c) {id}}`, vars: `{"c": null}`, value: "b"},
		{name: "the default of a variable", query: `query($n: String = "d") {actor(name: $n) {id}}`, vars: `{}`, value: "d"},
		{name: "null for what must not be", query: `{node(id: null) {id}}`, code: codeValidation},
		{name: "a null variable for what must not be", query: `query($i: ID!) {node(id: $i) {id}}`, vars: `{"i": null}`, code: codeInput},
		{name: "a block string", query: "{actor(name: \"\"\"\n    first\n      second \\\"\"\"\n    \"\"\") {id}}", value: "first second"},
		{name: "a pair of surrogates", query: `{actor(id: "\ud83d\ude00") {id}}`, value: "\U0001F600"},
		{name: "an escape in braces", query: `{actor(id: "\u{1F600}") {id}}`, value: "\U0001F600"},
		{name: "half a pair", query: `{actor(id: "\ud83d") {id}}`, code: codeSyntax},
		{name: "a comment that is not ASCII", query: "# \u00fc\u4e2d\U0001F600\n{actor(id: \"e\") {id}}", value: "e"},
		{name: "text that is not ASCII", query: `{actor(id: "\u4e2d ü 中 😀") {id}}`, value: "中 ü 中 😀"},
		{name: "a text for an Int", query: `{actors(first: "5") {totalCount}}`, code: codeValidation},
		{name: "a fraction for an Int", query: `{actors(first: 5.5) {totalCount}}`, code: codeValidation},
		{name: "true for an Int", query: `{actors(first: true) {totalCount}}`, code: codeValidation},
		{name: "an Int beyond 32 bits", query: `{actors(first: 3000000000) {totalCount}}`, code: codeValidation},
		{name: "a text variable for an Int", query: `query($n: Int) {actors(first: $n) {totalCount}}`, vars: `{"n": "5"}`, code: codeInput},
		{name: "an unknown enum value", query: `{incidents(filter: {type: WAR}) {totalCount}}`, code: codeValidation},
		{name: "a text for an enum", query: `{incidents(filter: {type: "ASSAULT"}) {totalCount}}`, code: codeValidation},
		{name: "an unknown input field", query: `{incidents(filter: {typ: ASSAULT}) {totalCount}}`, code: codeValidation},
		{name: "a date", query: `{incidents(filter: {period: {from: "2024-13"}}) {totalCount}}`, code: codeValidation},
		{name: "a directive twice", query: `{__typename @skip(if: false) @skip(if: false)}`, code: codeValidation},
		{name: "a null for skip", query: `query($b: Boolean) {__typename @skip(if: $b)}`, vars: `{"b": null}`, code: codeValidation},
		{name: "an unknown operation", query: `query A {__typename} query B {__typename}`, code: codeOperation},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, store := overEmpty(t, DefaultLimits())
			var vars map[string]any
			if c.vars != "" {
				d := json.NewDecoder(strings.NewReader(c.vars))
				d.UseNumber()
				if err := d.Decode(&vars); err != nil {
					t.Fatal(err)
				}
			}
			r := s.Do(context.Background(), Request{Query: c.query, Variables: vars})
			if c.code != "" {
				if len(r.Errors) == 0 || r.Errors[0].Code != c.code {
					t.Fatalf("want code %s: %s", c.code, r.JSON())
				}
				if r.Data != nil {
					t.Errorf("a request that was not executed has data: %s", r.JSON())
				}
				return
			}
			if len(r.Errors) > 0 {
				t.Fatalf("%s", r.JSON())
			}
			if got := store.vars["$p1"]; got != c.value {
				t.Errorf("the value is %q, want %q", got, c.value)
			}
		})
	}
}

// TestOrder finds response keys in the order asked, across fragments and aliases.
func TestOrder(t *testing.T) {
	s, _ := overEmpty(t, DefaultLimits())
	r := s.Do(context.Background(), Request{Query: `query Q($yes: Boolean = true) {
		z: __typename
		... on Query { y: actor(code: "A") { id } a: __typename @skip(if: $yes) }
		...F
		b: __type(name: "Toll") { name kind fields { name } description __typename }
		z: __typename
	}
	fragment F on Query { m: node(id: 1) { id } }`})
	want := `{"data":{"z":"Query","y":null,"m":null,"b":{"name":"Toll","kind":"OBJECT","fields":[{"name":"latest"},{"name":"max"},{"name":"min"}],` +
		`"description":"A number of people as a range over what is claimed.","__typename":"__Type"}}}`
	if diff := cmp.Diff(want, string(r.JSON())); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// TestErrors sees what clients are told when Dgraph fails: a code, and nothing of Dgraph's own words.
func TestErrors(t *testing.T) {
	for _, c := range []struct {
		err  error
		code string
	}{
		{fmt.Errorf("secret: %w", dgraph.ErrUnavailable), codeUnavailable},
		{fmt.Errorf("secret: %w", context.DeadlineExceeded), codeTimeout},
		{errors.New("secret"), codeInternal},
		{&dgraph.Refused{Doing: "query", Message: "secret"}, codeInternal},
	} {
		s, store := overEmpty(t, DefaultLimits())
		store.err = c.err
		r := s.Do(context.Background(), Request{Query: `{actor(code: "A") {id}}`})
		if len(r.Errors) != 1 || r.Errors[0].Code != c.code || strings.Contains(string(r.JSON()), "secret") || string(r.Data) != "null" {
			t.Errorf("%v: %s", c.err, r.JSON())
		}
	}
}

// TestPartial answers the other fields when one has a bad argument.
func TestPartial(t *testing.T) {
	s, _ := overEmpty(t, DefaultLimits())
	r := s.Do(context.Background(), Request{Query: "{\n  a: actor {id}\n  b: actor(code: \"A\") {id}\n}"})
	want := `{"errors":[{"message":"Give exactly one argument to actor.","locations":[{"line":2,"column":3}],"path":["a"],` +
		`"extensions":{"code":"BAD_USER_INPUT"}}],"data":{"a":null,"b":null}}`
	if diff := cmp.Diff(want, string(r.JSON())); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// TestNoGuesses keeps names of the schema out of error messages.
func TestNoGuesses(t *testing.T) {
	s, _ := overEmpty(t, DefaultLimits())
	r := s.Do(context.Background(), Request{Query: `{actr(code: "A") {id} actor(cod: "A") {attackd {totalCount}} incidents(filter: {typ: WAR}) {totalCount}}`})
	if text := string(r.JSON()); strings.Contains(text, "mean") || strings.Contains(text, "attacked") {
		t.Error(text)
	}
}

// TestBusy turns away what comes beyond the number worked on at a time.
func TestBusy(t *testing.T) {
	limits := DefaultLimits()
	limits.Concurrent, limits.Timeout = 1, 50_000_000
	s, _ := overEmpty(t, limits)
	s.slots <- struct{}{}
	r := s.Do(context.Background(), Request{Query: `{actor(code: "A") {id}}`})
	if len(r.Errors) != 1 || r.Errors[0].Code != codeBusy {
		t.Errorf("%s", r.JSON())
	}
}

// FuzzQuery looks for documents that panic, hang or get text of theirs into DQL.
func FuzzQuery(f *testing.F) {
	for _, q := range []string{
		`{actor(name: "a") {id attacked(first: 3, period: {from: "2024"}) {edges {node {count evidence {nodes {text}}}}}}}`,
		`query Q($a: String = "x", $f: IncidentFilter) {incidents(filter: $f) {nodes {...F}}} fragment F on Incident {id @skip(if: true)}`,
		`{node(id: "x") {... on Actor {relationships(rollup: STATE) {totalCount}}}}`,
		`{...A} fragment A on Query {...A}`, "{a(b: \"\"\"\n x\n\"\"\")}", `{__schema {types {name}}}`,
		`{locations(filter: {near: {latitude: 1, longitude: 2, kilometres: 3}, or: [{name: {contains: "abc"}}]}) {nodes {id}}}`,
	} {
		f.Add(q)
	}
	s, store := overEmpty(f, DefaultLimits())
	f.Fuzz(func(t *testing.T, query string) {
		store.dql = ""
		r := s.Do(context.Background(), Request{Query: query})
		if !json.Valid(r.JSON()) {
			t.Errorf("the response is not JSON: %s", r.JSON())
		}
		if strings.ContainsAny(store.dql, "\"\\'") && strings.Count(store.dql, `"`) != 2*strings.Count(store.dql, `""`) {
			t.Errorf("a text is in the DQL: %s", store.dql)
		}
	})
}

// TestIntrospection asks what the tools of today ask: all options of graphql-js's introspection query.
func TestIntrospection(t *testing.T) {
	s, _ := overEmpty(t, DefaultLimits())
	r := s.Do(context.Background(), Request{Query: `query IntrospectionQuery { __schema { description queryType { name kind } mutationType { name kind } subscriptionType { name kind }
		types { ...FullType } directives { name description isRepeatable locations args(includeDeprecated: true) { ...InputValue } } } }
		fragment FullType on __Type { kind name description specifiedByURL isOneOf
			fields(includeDeprecated: true) { name description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
			inputFields(includeDeprecated: true) { ...InputValue } interfaces { ...TypeRef }
			enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...TypeRef } }
		fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue isDeprecated deprecationReason }
		fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }`})
	if len(r.Errors) > 0 {
		t.Fatalf("%s", cut(r.JSON()))
	}
	var got struct {
		Schema struct {
			SubscriptionType struct{ Name string }
			Types            []struct {
				Name   string
				Fields []struct {
					Name string
					Args []struct{ Name, DefaultValue string }
				}
			}
		} `json:"__schema"`
	}
	if err := json.Unmarshal(r.Data, &got); err != nil {
		t.Fatal(err)
	}
	if got.Schema.SubscriptionType.Name != "Subscription" || len(got.Schema.Types) < 60 {
		t.Errorf("%d types, %+v", len(got.Schema.Types), got.Schema.SubscriptionType)
	}
	off, err := New(&empty{}, Config{Limits: DefaultLimits(), NoIntrospection: true})
	if err != nil {
		t.Fatal(err)
	}
	if r := off.Do(context.Background(), Request{Query: `{__schema {types {name}}}`}); r.Data != nil || len(r.Errors) != 1 {
		t.Errorf("switched off: %s", cut(r.JSON()))
	}
}

// TestExplain shows developers the DQL of an operation, and nobody else.
func TestExplain(t *testing.T) {
	for _, on := range []bool{false, true} {
		s, err := New(&empty{}, Config{Limits: DefaultLimits(), Explain: on})
		if err != nil {
			t.Fatal(err)
		}
		var got struct {
			Extensions *struct {
				Questions []struct {
					DQL                string
					Variables          map[string]string
					DgraphMicroseconds *int
				}
			}
		}
		if err := json.Unmarshal(s.Do(context.Background(), Request{Query: `{state(code: "IRN") {id}}`}).JSON(), &got); err != nil {
			t.Fatal(err)
		}
		if !on {
			if got.Extensions != nil {
				t.Errorf("not asked for: %+v", got.Extensions)
			}
			continue
		}
		if got.Extensions == nil || len(got.Extensions.Questions) != 1 {
			t.Fatalf("%+v", got)
		}
		if q := got.Extensions.Questions[0]; !strings.Contains(q.DQL, "eq(code, $p1)") || q.Variables["$p1"] != "IRN" || q.DgraphMicroseconds == nil {
			t.Errorf("%+v", q)
		}
	}
}

// TestCache prepares a document once, and forgets the one that was not asked for longest.
func TestCache(t *testing.T) {
	s, _ := overEmpty(t, DefaultLimits())
	s.cache = newCache(2)
	prepared := func(query string) *document {
		_, d, refused := s.find(Request{Query: query})
		if refused != nil {
			t.Fatalf("%s", refused.JSON())
		}
		return d
	}
	a, b := prepared("{a: __typename}"), prepared("{b: __typename}")
	if prepared("{a: __typename}") != a {
		t.Error("a document that was just asked for is prepared again")
	}
	prepared("{c: __typename}")
	if prepared("{a: __typename}") != a {
		t.Error("the document asked for last but one is forgotten")
	}
	if prepared("{b: __typename}") == b {
		t.Error("three documents are kept where there is room for two")
	}
}
