package load

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"incidentgraph/loader/article"
	"incidentgraph/loader/load/generate"
	"incidentgraph/loader/resolve"
	"incidentgraph/schema"
	"incidentgraph/schema/dgraph"
	"incidentgraph/schema/dgraph/local"
)

// like fails the test when the database does not hold exactly the graph of the articles, or breaks a rule.
func like(t *testing.T, d Database, articles []generate.Article) {
	t.Helper()
	sound(t, d)
	if diff := cmp.Diff(nquads(t, resolve.Graph(readAll(t, articles), stateNames)), export(t, d)); diff != "" {
		t.Fatal(diff)
	}
}

// shuffled gives the articles in another order.
func shuffled(articles []generate.Article, seed uint64) []generate.Article {
	out := append([]generate.Article{}, articles...)
	rand.New(rand.NewPCG(seed, 0)).Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

func TestLoadersAtOnceOnOverlappingArticles(t *testing.T) {
	for _, loaders := range []int{2, 4} {
		t.Run(strconv.Itoa(loaders), func(t *testing.T) {
			d := empty(t)
			articles := generate.Dense(11).Articles(60)
			var group sync.WaitGroup
			for n := range loaders {
				group.Go(func() {
					// Each leaves out some that another has.
					mine := shuffled(articles, uint64(n))[n:]
					for len(mine) > 0 {
						some := mine[:min(7, len(mine))]
						mine = mine[len(some):]
						if _, err := load(t.Context(), d, readAll(t, some)); err != nil {
							t.Error(err)
							return
						}
					}
				})
			}
			group.Wait()
			like(t, d, articles)
		})
	}
}

func TestRetract(t *testing.T) {
	d := empty(t)
	articles := generate.Dense(13).Articles(40)
	if _, err := load(t.Context(), d, readAll(t, articles)); err != nil {
		t.Fatal(err)
	}
	l := Loader{Store: d, Names: stateNames, Log: slog.New(slog.DiscardHandler)}
	for i, by := range []string{articles[3].Graph.Article.ID, articles[20].Graph.Article.URL, schema.ArticleKey(articles[9].Graph.Article)} {
		change, err := l.Retract(t.Context(), by)
		if err != nil || change.Retracted != 1 || change.Claims >= 0 {
			t.Errorf("retraction %d: %+v, %v", i, change, err)
		}
	}
	if _, err := l.Retract(t.Context(), articles[3].Graph.Article.ID); !errors.Is(err, ErrUnknownArticle) {
		t.Errorf("retracting again: %v", err)
	}
	if _, err := l.Retract(t.Context(), "IRN"); !errors.Is(err, ErrUnknownArticle) {
		t.Errorf("retracting an actor: %v", err)
	}
	var rest []generate.Article
	for i, a := range articles {
		if i != 3 && i != 20 && i != 9 {
			rest = append(rest, a)
		}
	}
	like(t, d, rest)
}

func TestCorrectedArticle(t *testing.T) {
	d := empty(t)
	articles := generate.Dense(17).Articles(20)
	if _, err := load(t.Context(), d, readAll(t, articles)); err != nil {
		t.Fatal(err)
	}
	before := resolve.Digest(articles[5].Graph.Article, articles[5].Text)
	corrected := generate.Dense(17).Article(5)
	corrected.Text += " This article was corrected."
	corrected.Graph.Incidents = corrected.Graph.Incidents[:1]
	change, err := load(t.Context(), d, readAll(t, []generate.Article{corrected}))
	if err != nil || change.Replaced != 1 || change.Claims >= 0 {
		t.Fatalf("%+v, %v", change, err)
	}
	// The version before is remembered; loading it again changes nothing.
	change, err = load(t.Context(), d, readAll(t, articles))
	if err != nil || change.Known != len(articles) || change.Facts != 0 {
		t.Errorf("the version before again: %+v, %v", change, err)
	}
	sound(t, d)
	articles[5] = corrected
	reports := readAll(t, articles)
	reports[5].Article.Earlier = []string{before}
	if diff := cmp.Diff(nquads(t, resolve.Graph(reports, stateNames)), export(t, d)); diff != "" {
		t.Error(diff)
	}
}

// child makes this test binary a loader of generated articles, which a test kills.
const child = "INCIDENTGRAPH_TEST_LOADER"

// loadAsChild loads in small batches into the Dgraph at an address.
func loadAsChild(address string) error {
	client, err := dgraph.Open(context.Background(), address)
	if err != nil {
		return err
	}
	articles := generate.Dense(19).Articles(killed)
	for len(articles) > 0 {
		some := articles[:min(5, len(articles))]
		articles = articles[len(some):]
		var reports []resolve.Report
		for _, a := range some {
			r, err := resolve.Read(a.Graph, a.Text)
			if err != nil {
				return err
			}
			reports = append(reports, r)
		}
		if _, err := load(context.Background(), NewDatabase(client), reports); err != nil {
			return err
		}
	}
	return nil
}

const killed = 60 // articles

// kills is how often the processes are killed, 6 or INCIDENTGRAPH_KILLS.
func kills(t *testing.T) int {
	s := os.Getenv("INCIDENTGRAPH_KILLS")
	if s == "" {
		return 6
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Every kill hits a loader at work: when one is done before, its graph is looked at and the next begins with none.
func TestLoaderKilled(t *testing.T) {
	d := empty(t)
	articles := generate.Dense(19).Articles(killed)
	r := rand.New(rand.NewPCG(23, 0))
	run := func() (*exec.Cmd, chan error) {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), child+"="+graph.Addresses().Alpha)
		cmd.Stderr = os.Stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		return cmd, ended
	}
	for n := 0; n < kills(t); {
		cmd, ended := run()
		select {
		case err := <-ended:
			if err != nil {
				t.Fatal(err)
			}
			like(t, d, articles)
			d = empty(t)
		case <-time.After(time.Duration(r.IntN(1200)) * time.Millisecond):
			cmd.Process.Kill()
			<-ended
			sound(t, d) // nothing is ever half loaded
			n++
		}
	}
	_, ended := run()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	like(t, d, articles)
}

func TestAlphaKilled(t *testing.T) {
	if _, err := os.Stat("/proc/self/stat"); err != nil {
		t.Skip("finds Alpha's process in /proc")
	}
	d := empty(t)
	done := make(chan error, 1)
	go func() { done <- loadAsChild(graph.Addresses().Alpha) }()
	r := rand.New(rand.NewPCG(29, 0))
	hit := 0
	for loading := true; loading; {
		select {
		case err := <-done:
			// A Dgraph that stays away too long ends the run; the same command goes on from there.
			if err != nil && !errors.Is(err, dgraph.ErrUnavailable) {
				t.Fatal(err)
			}
			if loading = err != nil; loading {
				go func() { done <- loadAsChild(graph.Addresses().Alpha) }()
			}
		case <-time.After(time.Duration(100+r.IntN(900)) * time.Millisecond):
			// A local Dgraph that dies more often, or while it starts, is given up.
			if hit < 3 && d.client.Ping(t.Context()) == nil {
				if p := alphaProcess(t); p != nil {
					p.Kill()
					hit++
				}
			}
		}
	}
	if hit == 0 {
		t.Error("the load was over before Alpha was killed")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	if err := d.client.WaitReady(ctx); err != nil {
		t.Fatal(err)
	}
	like(t, d, generate.Dense(19).Articles(killed))
}

// alphaProcess finds the Alpha that this process keeps.
func alphaProcess(t testing.TB) *os.Process {
	t.Helper()
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range stats {
		stat, err := os.ReadFile(name)
		if err != nil {
			continue // it ended
		}
		after := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
		if len(after) < 2 || after[1] != strconv.Itoa(os.Getpid()) {
			continue
		}
		command, err := os.ReadFile(filepath.Join(filepath.Dir(name), "cmdline"))
		if err != nil || !strings.Contains(string(command), "\x00alpha\x00") {
			continue
		}
		pid, err := strconv.Atoi(filepath.Base(filepath.Dir(name)))
		if err != nil {
			t.Fatal(err)
		}
		p, err := os.FindProcess(pid)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	return nil
}

func TestDgraphAway(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a Dgraph")
	}
	s, err := local.Start(t.Context(), t.TempDir(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	client, err := dgraph.Open(t.Context(), s.Addresses().Alpha)
	if err != nil {
		s.Stop()
		t.Fatal(err)
	}
	defer client.Close()
	if err := client.ApplySchema(t.Context()); err != nil {
		s.Stop()
		t.Fatal(err)
	}
	m := made{generate.Dense(29)}
	l := m.loader(NewDatabase(client))
	stopped := false
	l.Progress = func(sum Summary) {
		if !stopped {
			stopped = true
			s.Stop()
		}
	}
	sum, err := l.Load(t.Context(), m.documents(3*batchArticles))
	if !errors.Is(err, dgraph.ErrUnavailable) || sum.Read == 0 || sum.Read >= 3*batchArticles {
		t.Errorf("%+v, %v", sum, err)
	}
}

// graphs hands on graphs that were made before, by the documents' ids.
type graphs map[string]schema.ArticleGraph

func (g graphs) Extract(d article.Document) schema.ArticleGraph {
	graph, ok := g[d.ID]
	if !ok {
		panic("the coder does not know what to make of it")
	}
	return graph
}

func TestOneBadArticleDoesNotKeepTheOthersOut(t *testing.T) {
	articles := generate.Dense(31).Articles(12)
	coder := graphs{}
	var documents []article.Document
	for i, a := range articles {
		h := a.Graph.Article
		if i != 7 {
			coder[h.ID] = a.Graph
		}
		documents = append(documents, article.Document{ID: h.ID, URL: h.URL, Title: h.Title, Publisher: h.Publisher, Published: h.PublishedAt, Language: h.Language, Text: a.Text})
	}
	m := newMemory()
	l := Loader{Store: m, Coder: coder, Version: "generated", Names: stateNames, Log: slog.New(slog.DiscardHandler), Workers: 3}
	sum, err := l.Load(t.Context(), func(yield func(article.Document, error) bool) {
		for i, d := range documents {
			if i == 4 && !yield(article.Document{}, fmt.Errorf("line 5 is broken")) {
				return
			}
			if !yield(d, nil) {
				return
			}
		}
	})
	if err != nil || sum.Failed != 2 || sum.Read != 11 {
		t.Errorf("%+v, %v", sum, err)
	}
	articles = append(articles[:7:7], articles[8:]...)
	if diff := cmp.Diff(resolve.Graph(readAll(t, articles), stateNames), m.quads()); diff != "" {
		t.Error(diff)
	}
	sum, err = l.Load(t.Context(), func(yield func(article.Document, error) bool) { yield(documents[0], nil) })
	if err != nil || sum.Known != 1 || sum.Facts != 0 {
		t.Errorf("again: %+v, %v", sum, err)
	}
}

func TestOrderedKeepsOrderAndStops(t *testing.T) {
	items := func(yield func(int, error) bool) {
		for i := range 1000 {
			if !yield(i, nil) {
				return
			}
		}
	}
	slow := func(i int) int {
		time.Sleep(time.Duration(i%7) * 10 * time.Microsecond)
		return 2 * i
	}
	for _, workers := range []int{0, 1, 5} {
		n := 0
		for v, err := range Ordered(t.Context(), workers, items, slow) {
			if err != nil || v != 2*n {
				t.Fatalf("result %d is %d, %v", n, v, err)
			}
			if n++; n == 900 {
				break
			}
		}
		if n != 900 {
			t.Errorf("%d results", n)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range Ordered(ctx, 2, items, slow) {
	}
}
