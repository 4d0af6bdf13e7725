package graph

import (
	"context"
	"fmt"
	"incidentgraph/schema"
	"incidentgraph/schema/dgraph"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSearch(t *testing.T) {
	s, w := service(t), small()
	hub := w.actors[0]
	for _, c := range []struct{ text, kind, id string }{
		{hub.name, "ACTOR", hub.key},
		{strings.ToUpper(hub.alias), "ACTOR", hub.key},
		{hub.name[:4], "ACTOR", hub.key},
		{hub.name[:2], "ACTOR", hub.key},
		{hub.name[:5] + " rep", "ACTOR", hub.key},
		{"army " + hub.name, "ACTOR", "military/0"},
		{strings.ToLower(hub.code), "ACTOR", hub.key},
		{w.places[3].name, "LOCATION", w.places[3].key},
		{hub.name + " army", "ACTOR", "military/0"},
	} {
		got := ask[struct {
			Search []struct {
				Kind  string
				Score float64
				Node  struct{ ID string }
			}
		}](t, s, `query($t: String!) {search(text: $t) {kind score node {id}}}`, map[string]any{"t": c.text})
		if len(got.Search) == 0 || got.Search[0].Node.ID != c.id || got.Search[0].Kind != c.kind {
			t.Errorf("%q: want %s first: %+v", c.text, c.id, got.Search)
		}
		for i := 1; i < len(got.Search); i++ {
			if got.Search[i].Score > got.Search[i-1].Score {
				t.Errorf("%q: not in order of score: %+v", c.text, got.Search)
			}
		}
	}
	got := ask[struct {
		Search []struct {
			Kind, Snippet string
			Marks         []struct{ Start, End int }
			Node          struct{ ID, Title string }
		}
	}](t, s, fmt.Sprintf(`{search(text: "reports talk %s", kinds: [ARTICLE], first: 3) {kind snippet marks {start end} node {id ... on Article {title}}}}`, w.places[0].name), nil)
	for _, h := range got.Search {
		if h.Kind != "ARTICLE" || h.Node.Title == "" || len(h.Marks) < 2 {
			t.Errorf("%+v", h)
		}
	}
	if len(got.Search) == 0 {
		t.Error("no article holds the words")
	}
}

func TestSnippet(t *testing.T) {
	marked := func(text string, marks [][2]int) string {
		r := []rune(text)
		for i := len(marks) - 1; i >= 0; i-- {
			m := marks[i]
			r = []rune(string(r[:m[0]]) + "[" + string(r[m[0]:m[1]]) + "]" + string(r[m[1]:]))
		}
		return string(r)
	}
	for _, c := range []struct {
		text, folded string
		most         int
		want         string
	}{
		{"Jaish al-Adl", "jaish", 200, "[Jaish] al-Adl"},
		{"Jaïsh al-Adl", "jaish al adl", 200, "[Jaïsh] [al]-[Adl]"},
		{"They attacked; attacks went on", "attack", 200, "They [attacked]; [attacks] went on"},
		{"The attic ate", "attack", 200, "The attic ate"},
		{strings.Repeat("x ", 100) + "strike " + strings.Repeat("y ", 100), "strike", 20, "x x [strike] y y y y"},
		{"Talks. " + strings.Repeat("x ", 100) + "talks on a strike", "strike talks", 28, "x x x x x [talks] on a [strike]"},
		{"", "a", 20, ""},
	} {
		text, marks := snippet(c.text, c.folded, c.most)
		got := strings.TrimSpace(marked(text, marks))
		if diff := cmp.Diff(c.want, got); diff != "" && !(c.most == 20 && strings.Contains(got, "[strike]")) {
			t.Errorf("%q: %s", c.folded, diff)
		}
		if len([]rune(text)) > c.most {
			t.Errorf("%d characters, at most %d", len([]rune(text)), c.most)
		}
	}
}

// BenchmarkCompletion completes names among a hundred thousand actors and places, whose names begin alike as real
// ones do: some beginnings are shared by thousands.
//
//	go test ./api/graph -run '^$' -bench Completion -benchtime 100x
func BenchmarkCompletion(b *testing.B) {
	const many = 100_000
	client := server.Client(b)
	ctx := context.Background()
	if err := client.ApplySchema(ctx); err != nil {
		b.Fatal(err)
	}
	r := rand.New(rand.NewPCG(3, 4))
	part := func() string {
		var s strings.Builder
		for range 2 + r.IntN(2) {
			// Letters are as unequal as those of a language.
			s.WriteByte("tnsrhldcmfpgwybvkzjqx"[min(r.IntN(21), r.IntN(21))])
			s.WriteByte("eaoiuy"[min(r.IntN(6), r.IntN(6))])
			if r.IntN(3) == 0 {
				s.WriteByte("nrlstmd"[min(r.IntN(7), r.IntN(7))])
			}
		}
		return strings.ToUpper(s.String()[:1]) + s.String()[1:]
	}
	common := strings.Fields("San Santa Al New Saint Ministry Army Port Fort North")
	names := make([]string, many)
	for from := 0; from < many; from += 5000 {
		err := client.Update(ctx, func(ctx context.Context, t *dgraph.Txn) error {
			q := &dgraph.NQuads{}
			for i := from; i < from+5000; i++ {
				names[i] = part()
				if r.IntN(4) == 0 {
					names[i] = common[min(r.IntN(10), r.IntN(10))] + " " + names[i]
				} else if r.IntN(2) == 0 {
					names[i] += " " + part()
				}
				n := dgraph.Blank(fmt.Sprint("n", i))
				q.Type(n, []string{"Location", "Actor"}[i%2])
				q.Value(n, "xid", fmt.Sprintf("completion/%d", i))
				q.Value(n, "name", names[i])
				q.Value(n, "spelling", schema.Spelling(names[i]))
				for _, begins := range schema.Beginnings([]string{schema.Spelling(names[i])}) {
					q.Value(n, []string{"place_begins", "actor_begins"}[i%2], begins)
				}
			}
			_, err := t.Mutate(ctx, q.Bytes(), nil)
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	s, err := New(client, Config{Limits: DefaultLimits()})
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct {
		name string
		text func(n int) string
	}{
		{"one-letter", func(n int) string { return strings.ToLower(names[n*37%many][:1]) }},
		{"two-letters", func(n int) string { return strings.ToLower(names[n*37%many][:2]) }},
		{"three-letters", func(n int) string { return strings.ToLower(names[n*37%many][:3]) }},
		{"four-letters", func(n int) string { return strings.ToLower(names[n*37%many][:min(4, len(names[n*37%many]))]) }},
		{"common-word", func(n int) string { return strings.ToLower(common[n%len(common)]) }},
		{"common-word-and-letter", func(n int) string { return "san " + strings.ToLower(names[n*37%many][:1]) }},
		{"whole-name", func(n int) string { return names[n*37%many] }},
	} {
		b.Run(c.name, func(b *testing.B) {
			p := percentiles(b, 1, func(n int) {
				got := s.Do(ctx, Request{Query: fmt.Sprintf(`{search(text: %q, kinds: [ACTOR, LOCATION]) {kind snippet node {id name}}}`, c.text(n))})
				if len(got.Errors) > 0 {
					b.Fatalf("%s", got.JSON())
				}
			})
			b.ReportMetric(p[0][0], "p50-ms")
			b.ReportMetric(p[0][1], "p95-ms")
		})
	}
}
