package resolve_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"incidentgraph/loader/load/generate"
	"incidentgraph/loader/resolve"
)

func reports(t testing.TB, articles []generate.Article) []resolve.Report {
	t.Helper()
	out := make([]resolve.Report, len(articles))
	for i, a := range articles {
		r, err := resolve.Read(a.Graph, a.Text)
		if err != nil {
			t.Fatal(err)
		}
		out[i] = r
	}
	return out
}

func names(code string) string { return "State of " + code }

func TestGraphIsTheSameInAnyOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		world := generate.Dense(rapid.Uint64().Draw(rt, "seed"))
		articles := world.Articles(rapid.IntRange(1, 40).Draw(rt, "articles"))
		want := resolve.Graph(reports(t, articles), names)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "order"), 0))
		r.Shuffle(len(articles), func(i, j int) { articles[i], articles[j] = articles[j], articles[i] })
		if diff := cmp.Diff(want, resolve.Graph(reports(t, articles), names)); diff != "" {
			rt.Fatal(diff)
		}
	})
}

func TestLinksAreSymmetric(t *testing.T) {
	var claims []*resolve.Claim
	for _, r := range reports(t, generate.Dense(1).Articles(150)) {
		claims = append(claims, r.Claims...)
	}
	linked, compatible := 0, 0
	for _, a := range claims {
		for _, b := range claims {
			ab, ok := resolve.Linked(a, b)
			ba, ok2 := resolve.Linked(b, a)
			if ok != ok2 || ok && ab != ba {
				t.Fatalf("%s and %s: %v %v, the other way round %v %v", a.Key, b.Key, ab, ok, ba, ok2)
			}
			if ok && a != b {
				linked++
			}
			ab, ok = resolve.Compatible(a, b)
			ba, ok2 = resolve.Compatible(b, a)
			if ok != ok2 || ok && ab != ba {
				t.Fatalf("%s and %s: compatible %v %v, the other way round %v %v", a.Key, b.Key, ab, ok, ba, ok2)
			}
			if ok && a != b {
				compatible++
			}
		}
	}
	if linked == 0 || compatible <= linked {
		t.Errorf("%d linked, %d compatible", linked, compatible)
	}
}

func TestGeneratedWorldIsLikeNews(t *testing.T) {
	count := map[string]int{}
	for _, q := range resolve.Graph(reports(t, generate.New(1).Articles(1000)), names) {
		if q.Predicate == "dgraph.type" {
			count[q.Object]++
		}
		count[q.Predicate]++
		count["quads"]++
	}
	t.Log(fmt.Sprint(count))
	if c, i := count["Claim"], count["Incident"]; i > c/2 || i < c/20 {
		t.Errorf("%d claims make %d incidents", c, i)
	}
	for _, p := range []string{"in_response_to", "copy_of", "killed_latest", "acts_for", "role"} {
		if count[p] == 0 {
			t.Errorf("no %s", p)
		}
	}
}

func BenchmarkGraph(b *testing.B) {
	r := reports(b, generate.New(1).Articles(2000))
	for b.Loop() {
		resolve.Graph(r, names)
	}
	b.ReportMetric(float64(2000*b.N)/b.Elapsed().Seconds(), "articles/s")
}

func BenchmarkRead(b *testing.B) {
	a := generate.New(1).Articles(200)
	for b.Loop() {
		for _, a := range a {
			if _, err := resolve.Read(a.Graph, a.Text); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(200*b.N)/b.Elapsed().Seconds(), "articles/s")
}
