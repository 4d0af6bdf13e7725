package dgraph_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"incidentgraph/schema"
	"incidentgraph/schema/dgraph"
	"incidentgraph/schema/dgraph/local/localtest"
)

var graph localtest.Graph

func TestMain(m *testing.M) { graph.Main(m) }

// ask gives the answer to a question as Go data.
func ask(t rapid.TB, q interface {
	Query(context.Context, string, map[string]string) (dgraph.Answer, error)
}, dql string, vars map[string]string) map[string][]map[string]any {
	t.Helper()
	answer, err := q.Query(context.Background(), dql, vars)
	if err != nil {
		t.Fatal(err)
	}
	var got map[string][]map[string]any
	if err := json.Unmarshal(answer.JSON, &got); err != nil {
		t.Fatal(err)
	}
	return got
}

// set writes statements and gives the uids of the blank nodes.
func set(t rapid.TB, c *dgraph.Client, q *dgraph.NQuads) map[string]string {
	t.Helper()
	var uids map[string]string
	err := c.Update(context.Background(), func(ctx context.Context, tx *dgraph.Txn) (err error) {
		uids, err = tx.MutateAndCommit(ctx, q.Bytes(), nil)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return uids
}

func TestValuesComeBack(t *testing.T) {
	c := graph.Client(t)
	published := time.Date(2024, 1, 17, 9, 39, 0, 0, time.UTC)
	var q dgraph.NQuads
	article, actor, state := dgraph.Blank("article/a b"), dgraph.Blank("group/Jaish al-Ádl"), dgraph.Blank("ISO:PAK")
	q.Type(article, "Article")
	q.Value(article, "xid", "article/a b")
	q.Value(article, "published", published)
	q.Value(article, "day", 20240117)
	q.Value(article, "historical", true)
	q.Value(article, "confidence", 0.1)
	q.Value(article, "point", dgraph.Point{Latitude: 28.06, Longitude: -61.7})
	q.Value(actor, "alias", "one")
	q.Value(actor, "alias", "two")
	q.Edge(actor, "attacked", state, dgraph.Facet{Key: "count", Value: 3}, dgraph.Facet{Key: "confidence", Value: 1.0},
		dgraph.Facet{Key: "note", Value: `a "b", c) .`}, dgraph.Facet{Key: "sure", Value: true}, dgraph.Facet{Key: "at", Value: published})
	uids := set(t, c, &q)

	got := ask(t, c, `query q($a: string, $g: string) {
		article(func: uid($a)) { dgraph.type xid published day historical confidence point }
		actor(func: uid($g)) { alias attacked @facets { uid } }
	}`, map[string]string{"$a": uids["article/a b"], "$g": uids["group/Jaish al-Ádl"]})
	want := map[string][]map[string]any{
		"article": {{"dgraph.type": []any{"Article"}, "xid": "article/a b", "published": "2024-01-17T09:39:00Z", "day": 20240117.0, "historical": true,
			"confidence": 0.1, "point": map[string]any{"type": "Point", "coordinates": []any{-61.7, 28.06}}}},
		"actor": {{"alias": []any{"one", "two"}, "attacked": []any{map[string]any{"uid": uids["ISO:PAK"], "attacked|count": 3.0,
			"attacked|confidence": 1.0, "attacked|note": `a "b", c) .`, "attacked|sure": true, "attacked|at": "2024-01-17T09:39:00Z"}}}},
	}
	sortAliases(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A value of every type in the schema, as package schema writes it.
func TestFactsComeBack(t *testing.T) {
	c := graph.Client(t)
	facts := []schema.Quad{
		{Subject: "a", Predicate: "dgraph.type", Object: "Actor"},
		{Subject: "a", Predicate: "xid", Object: "a"},
		{Subject: "a", Predicate: "role", Object: "minister", Facets: []schema.Facet{{Key: "first", Value: 20240116}}},
		{Subject: "a", Predicate: "day", Object: "20240116"},
		{Subject: "a", Predicate: "confidence", Object: "0.85"},
		{Subject: "a", Predicate: "historical", Object: "true"},
		{Subject: "a", Predicate: "published", Object: "2024-01-16T10:00:00Z"},
		{Subject: "a", Predicate: "point", Object: schema.MakePoint(28.06, 61.7)},
		{Subject: "a", Predicate: "acts_for", Object: "b"},
		{Subject: "b", Predicate: "xid", Object: "b"},
	}
	var q dgraph.NQuads
	for _, f := range facts {
		q.Fact(f, dgraph.Blank)
	}
	set(t, c, &q)
	want := map[string][]map[string]any{"q": {{"dgraph.type": []any{"Actor"}, "role": []any{"minister"}, "role|first": map[string]any{"0": 20240116.0},
		"day": 20240116.0, "confidence": 0.85, "historical": true, "published": "2024-01-16T10:00:00Z",
		"point": map[string]any{"type": "Point", "coordinates": []any{61.7, 28.06}}, "acts_for": map[string]any{"xid": "b"}}}}
	got := ask(t, c, `{ q(func: eq(xid, "a")) { dgraph.type role @facets day confidence historical published point acts_for { xid } } }`, nil)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func sortAliases(got map[string][]map[string]any) {
	if a := got["actor"][0]["alias"].([]any); len(a) == 2 && a[0].(string) > a[1].(string) {
		a[0], a[1] = a[1], a[0]
	}
}

// Whatever a text holds, Dgraph gives back the same, and nothing beside it was stated.
func TestAnyTextComesBack(t *testing.T) {
	c := graph.Client(t)
	tricky := rapid.SampledFrom([]string{"", `"`, `\`, `\"`, `\n`, "\n", "\r\n", "\t", "\x00", "\x01", "\x7f", "\u2028", "\u0085", "\ufeff", "\ufffd", "a\xffb", "<x>", "> .\n<0x1> <name> \"y\" .",
		"_STAR_ALL", "*", "_:n", `"^^<xs:int>`, "@en", "(a=1)", "#", "$x", "{}", `\u0041`, `\x41`, "😀", "é", "é", "\u200b", "Ɦa", "İl", "STRAẞEN", "Ɫ", " lead", "trail ", "1e5", "true", "2024-01-16"})
	text := rapid.Custom(func(t *rapid.T) string {
		return rapid.OneOf(tricky, rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })).Draw(t, "part") +
			tricky.Draw(t, "end")
	})
	rapid.Check(t, func(t *rapid.T) {
		var q dgraph.NQuads
		want := map[string]string{}
		for i := range 20 {
			name := fmt.Sprint(i, text.Draw(t, "name"))
			value := text.Draw(t, "value")
			q.Value(dgraph.Blank(name), "text", value, dgraph.Facet{Key: "f", Value: value})
			want[name] = strings.ToValidUTF8(eachByte(value), "�")
		}
		uids := set(t, c, &q)
		if len(uids) != len(want) {
			t.Fatalf("%d nodes were made, %d were named", len(uids), len(want))
		}
		var list []string
		for name := range want {
			if uids[name] == "" {
				t.Fatalf("no node named %q", name)
			}
			list = append(list, uids[name])
		}
		got := map[string][2]string{}
		for _, n := range ask(t, c, `query q($u: string) { q(func: uid($u)) { uid text @facets } }`, map[string]string{"$u": "[" + strings.Join(list, ",") + "]"})["q"] {
			facet, _ := n["text|f"].(string)
			got[n["uid"].(string)] = [2]string{n["text"].(string), dgraph.FacetText(facet)}
		}
		for name, value := range want {
			if got[uids[name]] != [2]string{value, value} {
				t.Errorf("%q came back as %q", value, got[uids[name]])
			}
		}
	})
}

// eachByte puts U+FFFD for every single byte that is not UTF-8.
func eachByte(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteRune(r)
	}
	return b.String()
}

func TestAnyNumberComesBack(t *testing.T) {
	c := graph.Client(t)
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int().Draw(t, "int")
		f := rapid.Float64().Filter(func(f float64) bool { return !math.IsInf(f, 0) && !math.IsNaN(f) }).Draw(t, "float")
		var q dgraph.NQuads
		q.Value(dgraph.Blank("n"), "day", n)
		q.Value(dgraph.Blank("n"), "confidence", f)
		uid := set(t, c, &q)["n"]
		answer, err := c.Query(context.Background(), `query q($u: string) { q(func: uid($u)) { day confidence } }`, map[string]string{"$u": uid})
		if err != nil {
			t.Fatal(err)
		}
		var got struct {
			Q []struct {
				Day        int
				Confidence float64
			}
		}
		if err := json.Unmarshal(answer.JSON, &got); err != nil {
			t.Fatal(err)
		}
		if len(got.Q) != 1 || got.Q[0].Day != n || got.Q[0].Confidence != f {
			t.Errorf("%d and %g came back as %s", n, f, answer.JSON)
		}
	})
}

func TestDelete(t *testing.T) {
	c, ctx := graph.Client(t), context.Background()
	var q dgraph.NQuads
	a, b := dgraph.Blank("a"), dgraph.Blank("b")
	q.Type(a, "Actor")
	q.Value(a, "name", "A")
	q.Value(a, "alias", "x")
	q.Value(a, "alias", "y")
	q.Edge(a, "attacked", b)
	q.Value(b, "name", "B")
	uids := set(t, c, &q)
	remove := func(del func(q *dgraph.NQuads, a dgraph.Node)) map[string]any {
		t.Helper()
		var q dgraph.NQuads
		del(&q, dgraph.UID(uids["a"]))
		if err := c.Update(ctx, func(ctx context.Context, tx *dgraph.Txn) error {
			_, err := tx.Mutate(ctx, nil, q.Bytes())
			return err
		}); err != nil {
			t.Fatal(err)
		}
		all := ask(t, c, `query q($u: string) { q(func: uid($u)) { name alias attacked { name } } }`, map[string]string{"$u": uids["a"]})["q"]
		if len(all) == 0 {
			return nil
		}
		return all[0]
	}
	for _, step := range []struct {
		what string
		del  func(q *dgraph.NQuads, a dgraph.Node)
		want map[string]any
	}{
		{"one value", func(q *dgraph.NQuads, a dgraph.Node) { q.Value(a, "alias", "x") },
			map[string]any{"name": "A", "alias": []any{"y"}, "attacked": []any{map[string]any{"name": "B"}}}},
		{"one edge", func(q *dgraph.NQuads, a dgraph.Node) { q.Edge(a, "attacked", dgraph.UID(uids["b"])) },
			map[string]any{"name": "A", "alias": []any{"y"}}},
		{"a predicate", func(q *dgraph.NQuads, a dgraph.Node) { q.All(a, "alias") }, map[string]any{"name": "A"}},
		{"the node", func(q *dgraph.NQuads, a dgraph.Node) { q.Whole(a) }, nil},
	} {
		if diff := cmp.Diff(step.want, remove(step.del)); diff != "" {
			t.Errorf("after deleting %s: %s", step.what, diff)
		}
	}
}

// Writers of one key: each looks for it, and adds it when it is not there. Without transactions that
// collide there would be several.
// An edge of a predicate that holds one leads to the new node only, seen from either end, when one mutation deletes
// the old edge and sets the other: Dgraph reads no more than its memory to find out by itself what was there.
func TestASingleEdgeMoves(t *testing.T) {
	c := graph.Client(t)
	var q dgraph.NQuads
	for _, name := range []string{"claim", "first", "second"} {
		q.Value(dgraph.Blank(name), "xid", name)
	}
	q.Edge(dgraph.Blank("claim"), "incident", dgraph.Blank("first"))
	uids := set(t, c, &q)
	var del, next dgraph.NQuads
	next.Edge(dgraph.UID(uids["claim"]), "incident", dgraph.UID(uids["second"]))
	del.Edge(dgraph.UID(uids["claim"]), "incident", dgraph.UID(uids["first"]))
	err := c.Update(t.Context(), func(ctx context.Context, tx *dgraph.Txn) error {
		_, err := tx.MutateAndCommit(ctx, next.Bytes(), del.Bytes())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	got := ask(t, c, `{ n(func: has(xid), orderasc: xid) { xid incident { xid } from: ~incident { xid } } }`, nil)
	want := map[string][]map[string]any{"n": {
		{"xid": "claim", "incident": map[string]any{"xid": "second"}},
		{"xid": "first"},
		{"xid": "second", "from": []any{map[string]any{"xid": "claim"}}},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestUpdateOfOneKeyByMany(t *testing.T) {
	c := graph.Client(t)
	const writers = 12
	var all sync.WaitGroup
	errs := make([]error, writers)
	for i := range writers {
		all.Go(func() {
			errs[i] = c.Update(context.Background(), func(ctx context.Context, tx *dgraph.Txn) error {
				answer, err := tx.Query(ctx, `query q($x: string) { q(func: eq(xid, $x)) { uid day } }`, map[string]string{"$x": "ISO:IRN"})
				if err != nil {
					return err
				}
				var found struct {
					Q []struct {
						UID string
						Day int
					}
				}
				if err := json.Unmarshal(answer.JSON, &found); err != nil {
					return err
				}
				node, day := dgraph.Blank("ISO:IRN"), 0
				var q dgraph.NQuads
				if len(found.Q) > 0 {
					node, day = dgraph.UID(found.Q[0].UID), found.Q[0].Day
				} else {
					q.Value(node, "xid", "ISO:IRN")
				}
				q.Value(node, "day", day+1)
				_, err = tx.Mutate(ctx, q.Bytes(), nil)
				return err
			})
		})
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	got := ask(t, c, `{ q(func: eq(xid, "ISO:IRN")) { day } }`, nil)["q"]
	if diff := cmp.Diff([]map[string]any{{"day": float64(writers)}}, got); diff != "" {
		t.Error(diff)
	}
}

func TestCommitThatOthersOvertook(t *testing.T) {
	c, ctx := graph.Client(t), context.Background()
	var q dgraph.NQuads
	q.Value(dgraph.Blank("a"), "xid", "same")
	first, second := c.Begin(), c.Begin()
	defer second.Discard()
	for _, tx := range []*dgraph.Txn{first, second} {
		if _, err := tx.Mutate(ctx, q.Bytes(), nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := first.Commit(ctx); err != nil {
		t.Fatal(err)
	}
	if err := second.Commit(ctx); !errors.Is(err, dgraph.ErrAborted) {
		t.Errorf("got %v, want %v", err, dgraph.ErrAborted)
	}
}

func TestUpdateEndsAtOtherErrors(t *testing.T) {
	c := graph.Client(t)
	mine := errors.New("mine")
	runs := 0
	var q dgraph.NQuads
	q.Value(dgraph.Blank("a"), "name", "half")
	err := c.Update(context.Background(), func(ctx context.Context, tx *dgraph.Txn) error {
		runs++
		if _, err := tx.Mutate(ctx, q.Bytes(), nil); err != nil {
			return err
		}
		return fmt.Errorf("after a mutation: %w", mine)
	})
	if !errors.Is(err, mine) || runs != 1 {
		t.Errorf("got %v after %d runs", err, runs)
	}
	if got := ask(t, c, `{ q(func: has(name)) { name } }`, nil)["q"]; len(got) != 0 {
		t.Errorf("left behind: %v", got)
	}
}

func TestReadOnlySeesOneMoment(t *testing.T) {
	c := graph.Client(t)
	const count = `{ q(func: has(name)) { count(uid) } }`
	tx := c.ReadOnly()
	before := ask(t, tx, count, nil)
	var q dgraph.NQuads
	q.Value(dgraph.Blank("a"), "name", "A")
	set(t, c, &q)
	if diff := cmp.Diff(before, ask(t, tx, count, nil)); diff != "" {
		t.Error(diff)
	}
	if got := ask(t, c, count, nil)["q"][0]["count"]; got != 1.0 {
		t.Errorf("a new question sees %v nodes", got)
	}
	if _, err := tx.Mutate(context.Background(), q.Bytes(), nil); err == nil {
		t.Error("a read-only transaction wrote")
	}
}

func TestRefused(t *testing.T) {
	c, ctx := graph.Client(t), context.Background()
	secret := "SECRET " + strings.Repeat("text ", 1000)
	write := func(nquads string) error {
		return c.Update(ctx, func(ctx context.Context, tx *dgraph.Txn) error {
			_, err := tx.Mutate(ctx, []byte(nquads), nil)
			return err
		})
	}
	_, syntax := c.Query(ctx, "{ q(func: "+secret, nil)
	for name, err := range map[string]error{
		"a question that is none":             syntax,
		"N-Quads that are none":               write(`_:a <name> "` + secret + "\n"),
		"N-Quads without an end":              write(`_:a <name> "` + secret + `"`),
		"a predicate that the schema has not": write(`_:a <nickname> "x" .`),
		"a value of another type":             write(`_:a <day> "` + secret + `" .`),
	} {
		var refused *dgraph.Refused
		if !errors.As(err, &refused) {
			t.Errorf("%s: got %v", name, err)
			continue
		}
		if strings.Contains(err.Error(), "SECRET") || len(err.Error()) > 400 {
			t.Errorf("%s: the error tells what was sent: %.500s", name, err)
		}
		if len(refused.Message) < 10 {
			t.Errorf("%s: the error says nothing: %q", name, err)
		}
	}
}

func TestLargeAnswer(t *testing.T) {
	c := graph.Client(t)
	var q dgraph.NQuads
	page := strings.Repeat("x", 60_000)
	for i := range 100 { // 6 MB, above what gRPC takes by itself
		q.Value(dgraph.Blank(fmt.Sprint(i)), "url", fmt.Sprint(i))
		q.Value(dgraph.Blank(fmt.Sprint(i)), "coder", page)
	}
	set(t, c, &q)
	if got := ask(t, c, `{ q(func: has(coder)) { coder } }`, nil)["q"]; len(got) != 100 || got[99]["coder"] != page {
		t.Errorf("%d pages came back", len(got))
	}
}

// An article of 5 MB goes through the full-text index.
func TestLargeText(t *testing.T) {
	c := graph.Client(t)
	var text strings.Builder
	for i := 0; text.Len() < 5<<20; i++ {
		fmt.Fprintf(&text, "word%d ", i%20_000)
	}
	var q dgraph.NQuads
	q.Value(dgraph.Blank("a"), "text", text.String())
	set(t, c, &q)
	if got := ask(t, c, `{ q(func: alloftext(text, "word12345")) { text } }`, nil)["q"]; len(got) != 1 || got[0]["text"] != text.String() {
		t.Errorf("%d articles came back", len(got))
	}
}

func TestCancelled(t *testing.T) {
	c := graph.Client(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := c.Query(ctx, `{ q(func: has(name)) { name } }`, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
	late, cancel := context.WithDeadline(context.Background(), time.Now().Add(-time.Second))
	defer cancel()
	if err := c.Update(late, func(context.Context, *dgraph.Txn) error { return nil }); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want %v", err, context.DeadlineExceeded)
	}
}

func TestSchemaIsAppliedOnce(t *testing.T) {
	c, ctx := graph.Client(t), context.Background()
	// Were the schema set again, Dgraph would refuse this transaction, which began before.
	tx := c.Begin()
	defer tx.Discard()
	var q dgraph.NQuads
	q.Value(dgraph.Blank("a"), "name", "A")
	if _, err := tx.Mutate(ctx, q.Bytes(), nil); err != nil {
		t.Fatal(err)
	}
	if err := c.ApplySchema(ctx); err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(ctx); err != nil {
		t.Errorf("a second application disturbed a writer: %v", err)
	}
}

func TestVersion(t *testing.T) {
	if v, err := graph.Client(t).Version(context.Background()); err != nil || v == "" {
		t.Errorf("got %q, %v", v, err)
	}
}

// One server of a cluster that does not answer costs nothing but the first try.
func TestClusterWithADeadMember(t *testing.T) {
	graph.Client(t)
	c, err := dgraph.Open(context.Background(), nobody(t)+", "+graph.Addresses().Alpha)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for range 20 {
		ask(t, c, `{ q(func: has(name)) { name } }`, nil)
	}
}

func TestNobodyThere(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer cancel()
	address := nobody(t)
	_, err := dgraph.Open(ctx, address)
	if !errors.Is(err, dgraph.ErrUnavailable) || !strings.Contains(err.Error(), address) || !strings.Contains(err.Error(), "connection refused") {
		t.Errorf("got %v", err)
	}
	for _, empty := range []string{"", " ", ","} {
		if _, err := dgraph.Open(ctx, empty); err == nil || errors.Is(err, dgraph.ErrUnavailable) {
			t.Errorf("%q: got %v", empty, err)
		}
	}
}

// nobody gives an address at which nothing listens.
func nobody(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func BenchmarkQuery(b *testing.B) {
	benchmarkQuery(b, func(c *dgraph.Client) func(context.Context, string, map[string]string) (dgraph.Answer, error) {
		return c.Query
	})
}

func BenchmarkQueryBestEffort(b *testing.B) {
	benchmarkQuery(b, func(c *dgraph.Client) func(context.Context, string, map[string]string) (dgraph.Answer, error) {
		return c.QueryBestEffort
	})
}

func benchmarkQuery(b *testing.B, how func(*dgraph.Client) func(context.Context, string, map[string]string) (dgraph.Answer, error)) {
	c := graph.Client(b)
	var q dgraph.NQuads
	q.Value(dgraph.Blank("a"), "xid", "a")
	q.Value(dgraph.Blank("a"), "name", "A")
	set(b, c, &q)
	query := how(c)
	for b.Loop() {
		if _, err := query(context.Background(), `query q($x: string) { q(func: eq(xid, $x)) { name } }`, map[string]string{"$x": "a"}); err != nil {
			b.Fatal(err)
		}
	}
}

// One article's worth of statements in a transaction.
func BenchmarkUpdate(b *testing.B) {
	c := graph.Client(b)
	n := 0
	for b.Loop() {
		n++
		var q dgraph.NQuads
		for i := range 10 {
			node := dgraph.Blank(fmt.Sprint(i))
			q.Type(node, "Claim")
			q.Value(node, "xid", fmt.Sprintf("claim/%d/%d", n, i))
			q.Value(node, "name", "IRN > PAK strike")
			q.Value(node, "day", 20240116)
			q.Value(node, "text", "Iran launched missile strikes on bases of a militant group in Pakistan, state media reported on Tuesday.")
		}
		set(b, c, &q)
	}
}
