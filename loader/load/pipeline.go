package load

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"runtime"
	"slices"
	"strings"
	"sync"

	"incidentgraph/loader/article"
	"incidentgraph/loader/resolve"
	"incidentgraph/schema"
	"incidentgraph/schema/dgraph"
)

// Bounds of a batch. Larger ones are faster, for Dgraph lets the next begin only when it has applied the last, and make
// others that write at the same time wait longer.
const (
	batchArticles = 400
	batchClaims   = 3000
)

// Coder turns articles into claims; it is safe for concurrent use.
type Coder interface {
	Extract(article.Document) schema.ArticleGraph
}

// Loader loads articles into a store.
type Loader struct {
	Store Store
	Coder Coder
	// Version names the coder, its version and whatever else decides what it makes of an article. An
	// article that is there as another version made it is read anew.
	Version string
	// Names gives the usual names of states.
	Names resolve.Names
	// Workers is how many articles are read at the same time; 0 is one for each core.
	Workers int
	Log     *slog.Logger
	// Progress, when there is one, is told what has been done after every batch.
	Progress func(Summary)
}

// Summary is what a run did.
type Summary struct {
	Change
	// Failed counts articles that could not be read or loaded; the log says which and why.
	Failed int
}

// Done is how many articles were dealt with.
func (s Summary) Done() int { return s.Read + s.Known + s.Replaced + s.Failed }

// Load loads articles, a batch at a time. An article that cannot be read or loaded is logged and counted,
// and does not keep the others out. The error tells why the run ended early; what the summary counts is in the graph then.
func (l *Loader) Load(ctx context.Context, documents iter.Seq2[article.Document, error]) (Summary, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var sum Summary
	var batch []resolve.Report
	claims := 0
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		err := l.write(ctx, batch, &sum)
		batch, claims = nil, 0
		if l.Progress != nil {
			l.Progress(sum)
		}
		return err
	}
	fail := func(err error) {
		l.Log.Error("article not loaded", "error", err)
		sum.Failed++
	}
	var ended error
	for d, err := range l.unknown(ctx, documents, &sum, &ended) {
		if ctx.Err() != nil {
			return sum, ctx.Err()
		}
		if err == nil && d.err != nil {
			err = d.err
		}
		if err != nil {
			fail(err)
			continue
		}
		for _, what := range d.report.Refused {
			l.Log.Debug("left out", "article", d.report.Article.Key, "what", what)
		}
		batch = append(batch, d.report)
		claims += len(d.report.Claims)
		if len(batch) >= batchArticles || claims >= batchClaims {
			if err := flush(); err != nil {
				return sum, err
			}
		}
	}
	if ended != nil {
		return sum, ended
	}
	if err := ctx.Err(); err != nil {
		return sum, err
	}
	return sum, flush()
}

// write loads a batch. When Dgraph refuses it, its halves are tried, down to the one article that is at fault.
func (l *Loader) write(ctx context.Context, batch []resolve.Report, sum *Summary) error {
	var change Change
	err := l.Store.Update(ctx, func(ctx context.Context, t Txn) (err error) {
		change, err = apply(ctx, t, l.Names, batch, nil)
		return err
	})
	var refused *dgraph.Refused
	switch {
	case err == nil:
		sum.Change.add(change)
		l.Log.Debug("batch loaded", "articles", len(batch), "facts", change.Facts)
		return nil
	case !errors.As(err, &refused):
		return fmt.Errorf("after %d articles: %w", sum.Read+sum.Replaced, err)
	case len(batch) == 1:
		l.Log.Error("article not loaded", "article", batch[0].Article.Key, "error", err)
		sum.Failed++
		return nil
	}
	half := len(batch) / 2
	if err := l.write(ctx, batch[:half], sum); err != nil {
		return err
	}
	return l.write(ctx, batch[half:], sum)
}

// read is an article that was read by the coder.
type read struct {
	report resolve.Report
	err    error
}

// unknown gives what the coder makes of those documents that the store does not have, in their order. It counts
// the others, and sets ended when the store fails.
func (l *Loader) unknown(ctx context.Context, documents iter.Seq2[article.Document, error], sum *Summary, ended *error) iter.Seq2[read, error] {
	var mu sync.Mutex // the documents are drawn in another goroutine
	known := 0
	fresh := func(yield func(article.Document, error) bool) {
		var some []article.Document
		pass := func() bool {
			have, err := l.known(ctx, some)
			if err != nil {
				mu.Lock()
				*ended = err
				mu.Unlock()
				return false
			}
			for i, d := range some {
				if have[i] {
					mu.Lock()
					known++
					mu.Unlock()
				} else if !yield(d, nil) {
					return false
				}
			}
			some = nil
			return true
		}
		for d, err := range documents {
			if err != nil {
				if !pass() || !yield(d, err) {
					return
				}
				continue
			}
			if some = append(some, d); len(some) == batchArticles && !pass() {
				return
			}
		}
		pass()
	}
	return func(yield func(read, error) bool) {
		for r, err := range Ordered(ctx, l.Workers, fresh, l.read) {
			if !yield(r, err) {
				return
			}
		}
		mu.Lock()
		sum.Known += known
		mu.Unlock()
	}
}

// known tells which documents the store has as they are, or had before later versions came.
func (l *Loader) known(ctx context.Context, documents []article.Document) ([]bool, error) {
	keys := make([]string, len(documents))
	for i, d := range documents {
		keys[i] = schema.ArticleKey(l.head(d))
	}
	out := make([]bool, len(documents))
	err := l.Store.View(ctx, func(ctx context.Context, t Txn) error {
		facts, err := t.Get(ctx, keys, []string{"xid", "digest", "earlier"})
		if err != nil {
			return err
		}
		for i, d := range documents {
			digest := resolve.Digest(l.head(d), d.Text)
			for _, q := range facts[keys[i]] {
				if q.Predicate != "xid" && q.Object == digest {
					out[i] = true
				}
			}
		}
		return nil
	})
	return out, err
}

// head is what a coder's graph says of the article that it is of.
func (l *Loader) head(d article.Document) schema.ArticleHead {
	return schema.ArticleHead{ID: d.ID, URL: d.URL, Title: d.Title, Publisher: d.Publisher, PublishedAt: d.Published, Language: d.Language, Coder: l.Version}
}

// read has the coder read one document. Whatever happens in there, it costs this article only.
func (l *Loader) read(d article.Document) (out read) {
	defer func() {
		if p := recover(); p != nil {
			out.err = fmt.Errorf("article %s (%s): the coder failed: %v", d.ID, d.Title, p)
		}
	}()
	g := l.Coder.Extract(d)
	g.Article = l.head(d)
	out.report, out.err = resolve.Read(g, d.Text)
	return out
}

// Ordered applies work to items by several workers, 0 being one for each core, and gives the results in the order of
// the items. An item that came with an error is passed on with it.
func Ordered[A, B any](ctx context.Context, workers int, items iter.Seq2[A, error], work func(A) B) iter.Seq2[B, error] {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	type result struct {
		value B
		err   error
	}
	type task struct {
		item A
		out  chan result
	}
	return func(yield func(B, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		tasks := make(chan task)
		slots := make(chan chan result, batchArticles) // a batch is read while another is written
		var group sync.WaitGroup
		defer group.Wait()
		defer cancel()
		for range workers {
			group.Go(func() {
				for t := range tasks {
					t.out <- result{value: work(t.item)}
				}
			})
		}
		group.Go(func() {
			defer close(slots)
			defer close(tasks)
			for item, err := range items {
				out := make(chan result, 1)
				select {
				case slots <- out:
				case <-ctx.Done():
					return
				}
				if err != nil {
					out <- result{err: err}
					continue
				}
				select {
				case tasks <- task{item, out}:
				case <-ctx.Done():
					return
				}
			}
		})
		for out := range slots {
			select {
			case r := <-out:
				if !yield(r.value, r.err) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}

// ErrUnknownArticle tells that no article has the id or address.
var ErrUnknownArticle = errors.New("no such article in the graph")

// Retract takes an article back, given by one of its names, any of which may be its id, address or key: its claims go,
// and what nothing supports any more.
func (l *Loader) Retract(ctx context.Context, names ...string) (Change, error) {
	var change Change
	err := l.Store.Update(ctx, func(ctx context.Context, t Txn) error {
		ask := slices.Clone(names)
		for _, n := range names {
			ask = append(ask, schema.ArticleKey(schema.ArticleHead{ID: n}))
		}
		found, err := t.Get(ctx, unique(ask), []string{"xid", "url"})
		if err != nil {
			return err
		}
		byURL, err := t.Find(ctx, "url", names, []string{"xid"})
		if err != nil {
			return err
		}
		var keys []string
		for _, nodes := range []map[string][]schema.Quad{found, byURL} {
			for key := range nodes {
				if strings.HasPrefix(key, "article/") {
					keys = append(keys, key)
				}
			}
		}
		if keys = unique(keys); len(keys) == 0 {
			return fmt.Errorf("%w: %s", ErrUnknownArticle, names[0])
		}
		change, err = apply(ctx, t, l.Names, nil, keys)
		return err
	})
	return change, err
}
