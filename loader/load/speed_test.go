package load

import (
	"context"
	"fmt"
	"iter"
	"log/slog"
	"maps"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"incidentgraph/loader/article"
	"incidentgraph/loader/load/generate"
	"incidentgraph/schema"
	"incidentgraph/schema/dgraph/local"
	"incidentgraph/schema/dgraph/local/localtest"
)

// made is a coder whose documents are generated articles, by id.
type made struct{ world generate.World }

func (m made) Extract(d article.Document) schema.ArticleGraph {
	n, err := strconv.Atoi(d.ID[1:])
	if err != nil {
		panic(err)
	}
	return m.world.Article(n).Graph
}

// documents gives the first n articles of a world.
func (m made) documents(n int) iter.Seq2[article.Document, error] {
	return func(yield func(article.Document, error) bool) {
		for i := range n {
			a := m.world.Article(i)
			h := a.Graph.Article
			if !yield(article.Document{ID: h.ID, URL: h.URL, Title: h.Title, Publisher: h.Publisher, Published: h.PublishedAt, Language: h.Language, Text: a.Text}, nil) {
				return
			}
		}
	}
}

func (m made) loader(s Store) *Loader {
	return &Loader{Store: s, Coder: m, Version: "generated", Names: stateNames, Log: slog.New(slog.DiscardHandler)}
}

// howMany is 2,000 articles or INCIDENTGRAPH_ARTICLES.
func howMany(b *testing.B) int {
	s := os.Getenv("INCIDENTGRAPH_ARTICLES")
	if s == "" {
		return 2000
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		b.Fatal(err)
	}
	return n
}

// zero gives Zero's gRPC address, which lies 1,000 below that of its HTTP.
func zero(t testing.TB, a local.Addresses) string {
	t.Helper()
	u, err := url.Parse(a.ZeroHTTP)
	if err != nil {
		t.Fatal(err)
	}
	port, err := strconv.Atoi(u.Port())
	if err != nil {
		t.Fatal(err)
	}
	return net.JoinHostPort(u.Hostname(), strconv.Itoa(port-1000))
}

// BenchmarkLoad loads generated articles into a local Dgraph, after Dgraph's own live loader has loaded the same graph,
// resolved already, into an empty one:
//
//	INCIDENTGRAPH_ARTICLES=10000 go test ./loader/load -run xxx -bench Load -benchtime 1x -timeout 1h -v
//
// It reports articles, sentences and N-Quads a second, N-Quads being those of the graph that comes out; the share of
// live's rate; how the rate over the last tenth compares with that over the first; the loader's memory; and the
// shares of time that the store took for what. Figures that end in -work are by processor time of loader and Alpha
// instead, which a busy machine changes less.
func BenchmarkLoad(b *testing.B) {
	n := howMany(b)
	m := made{generate.New(1)}
	dir := b.TempDir()
	graphOf, err := m.loader(nil).WriteRDF(b.Context(), dir, m.documents(n))
	if err != nil {
		b.Fatal(err)
	}
	sentences := 0
	for d := range m.documents(n) {
		sentences += strings.Count(d.Text, ". ") + 1
	}
	for range b.N {
		live, liveWork := liveLoad(b, dir)
		quads := float64(graphOf.Facts)

		d := stopwatch{Store: empty(b), spent: make(map[string]time.Duration)}
		l := m.loader(d)
		start, before := time.Now(), cpuSeconds(b)
		type mark struct {
			done      int
			wall, cpu float64
		}
		marks := []mark{{}}
		var memory uint64
		l.Progress = func(s Summary) {
			now := mark{s.Done(), time.Since(start).Seconds(), cpuSeconds(b) - before}
			marks = append(marks, now)
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			memory = max(memory, m.Sys)
			if testing.Verbose() {
				fmt.Fprintf(os.Stderr, "%d articles, %d facts, %.1f s, %.1f s of work", s.Done(), s.Facts, now.wall, now.cpu)
				for _, what := range slices.Sorted(maps.Keys(d.spent)) {
					fmt.Fprintf(os.Stderr, ", %s %.1f s", what, d.spent[what].Seconds())
				}
				fmt.Fprintln(os.Stderr)
			}
		}
		sum, err := l.Load(b.Context(), m.documents(n))
		if err != nil || sum.Read != n {
			b.Fatalf("%+v, %v", sum, err)
		}
		// rate gives articles a second between two shares of the whole, in percent.
		rate := func(from, to int) (wall, cpu float64) {
			var first, last mark
			for _, m := range marks {
				if m.done <= n*from/100 {
					first = m
				}
				if m.done <= n*to/100 {
					last = m
				}
			}
			n := float64(last.done - first.done)
			return n / (last.wall - first.wall), n / (last.cpu - first.cpu)
		}
		whole := marks[len(marks)-1]
		b.ReportMetric(float64(n)/whole.wall, "articles/s")
		b.ReportMetric(float64(sentences)/whole.wall, "sentences/s")
		b.ReportMetric(quads/whole.wall, "quads/s")
		b.ReportMetric(quads/live, "live-quads/s")
		b.ReportMetric(live/whole.wall, "of-live")
		b.ReportMetric(liveWork/whole.cpu, "of-live-work")
		firstWall, firstCPU := rate(0, 10)
		lastWall, lastCPU := rate(90, 100)
		b.ReportMetric(lastWall/firstWall, "last/first")
		b.ReportMetric(lastCPU/firstCPU, "last/first-work")
		b.ReportMetric(float64(memory)/(1<<20), "MB")
		for what, t := range d.spent {
			b.ReportMetric(t.Seconds()/whole.wall, what+"-share")
		}
	}
}

// liveLoad has Dgraph's own live loader load the RDF of a directory, and gives the seconds that it takes and the
// seconds that it and Alpha work.
func liveLoad(b *testing.B, dir string) (wall, cpu float64) {
	b.Helper()
	empty(b)
	a := graph.Addresses()
	cmd := localtest.Tool(b.Context(), "live", "-f", filepath.Join(dir, RDFFile), "-s", filepath.Join(dir, SchemaFile), "-a", a.Alpha, "-z", zero(b, a))
	start, before := time.Now(), cpuSeconds(b)
	out, err := cmd.CombinedOutput()
	if err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return time.Since(start).Seconds(), cpuSeconds(b) - before + (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
}

// cpuSeconds gives the time that this process and its Alpha have worked; a busy machine does not make it longer.
func cpuSeconds(b *testing.B) float64 {
	alpha := alphaProcess(b)
	if alpha == nil {
		b.Fatal("no Alpha runs")
	}
	total := 0
	for _, pid := range []int{os.Getpid(), alpha.Pid} {
		stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
		if err != nil {
			b.Fatal(err)
		}
		fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
		for _, f := range fields[11:13] { // user and system time, in hundredths of a second
			n, err := strconv.Atoi(f)
			if err != nil {
				b.Fatal(err)
			}
			total += n
		}
	}
	return float64(total) / 100
}

// stopwatch measures how long the store takes for what.
type stopwatch struct {
	Store
	spent map[string]time.Duration
}

func (s stopwatch) Update(ctx context.Context, change func(context.Context, Txn) error) error {
	return s.Store.Update(ctx, func(ctx context.Context, t Txn) error { return change(ctx, timed{t, s.spent}) })
}

type timed struct {
	Txn
	spent map[string]time.Duration
}

func (t timed) watch(what string) func() {
	start := time.Now()
	return func() { t.spent[what] += time.Since(start) }
}

func (t timed) Get(ctx context.Context, keys, predicates []string) (map[string][]schema.Quad, error) {
	defer t.watch("get")()
	return t.Txn.Get(ctx, keys, predicates)
}

func (t timed) Find(ctx context.Context, predicate string, values, predicates []string) (map[string][]schema.Quad, error) {
	defer t.watch("find")()
	return t.Txn.Find(ctx, predicate, values, predicates)
}

func (t timed) Edges(ctx context.Context, predicates, from, to []string) ([]schema.Quad, error) {
	defer t.watch("edges")()
	return t.Txn.Edges(ctx, predicates, from, to)
}

func (t timed) Reverse(ctx context.Context, predicate string, to []string) (map[string][]string, error) {
	defer t.watch("reverse")()
	return t.Txn.Reverse(ctx, predicate, to)
}

func (t timed) Write(ctx context.Context, set, del []schema.Quad) error {
	defer t.watch("write")()
	return t.Txn.Write(ctx, set, del)
}
