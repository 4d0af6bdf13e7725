package load

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/gzip"

	"incidentgraph/loader/article"
	"incidentgraph/loader/resolve"
	"incidentgraph/schema"
)

// Files that WriteRDF writes.
const (
	RDFFile    = "graph.rdf.gz"
	SchemaFile = "schema.dql"
)

// WriteRDF writes what loading the articles into an empty graph would make of it, to be loaded by `dgraph bulk -f
// DIR/graph.rdf.gz -s DIR/schema.dql`. All articles are resolved together; their claims are kept in memory
// meanwhile (some 3 KB each), their texts are not. Of an article that comes twice the first version is taken.
func (l *Loader) WriteRDF(ctx context.Context, dir string, documents iter.Seq2[article.Document, error]) (sum Summary, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return sum, fmt.Errorf("directory for RDF: %w; choose one that you may write to", err)
	}
	if err := os.WriteFile(filepath.Join(dir, SchemaFile), []byte(schema.DQL()), 0o644); err != nil {
		return sum, err
	}
	f, err := os.Create(filepath.Join(dir, RDFFile))
	if err != nil {
		return sum, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	zip, err := gzip.NewWriterLevel(f, gzip.BestSpeed)
	if err != nil {
		return sum, err
	}
	out := bufio.NewWriterSize(zip, 1<<20)
	if err := l.writeRDF(ctx, out, documents, &sum); err != nil {
		return sum, err
	}
	if err := out.Flush(); err != nil {
		return sum, err
	}
	return sum, zip.Close()
}

func (l *Loader) writeRDF(ctx context.Context, w io.Writer, documents iter.Seq2[article.Document, error], sum *Summary) error {
	b := resolve.NewBuilder(l.Names, func(facts []schema.Quad) error {
		for _, q := range facts {
			switch {
			case q.Predicate == "dgraph.type" && q.Object == "Actor":
				sum.Actors++
			case q.Predicate == "dgraph.type" && q.Object == "Claim":
				sum.Claims++
			default:
				if _, err := schema.ReadRelationship(q); err == nil {
					sum.Relationships++
				}
			}
		}
		sum.Facts += len(facts)
		return writeNQuads(w, facts)
	})
	digests := make(map[string]string) // by key and by address
	for r, err := range Ordered(ctx, l.Workers, documents, l.read) {
		if err == nil {
			err = r.err
		}
		if err != nil {
			l.Log.Error("article not written", "error", err)
			sum.Failed++
			continue
		}
		a := r.report.Article
		before, seen := digests["key "+a.Key]
		if a.URL != "" && !seen {
			before, seen = digests["url "+a.URL]
		}
		if seen {
			if before != a.Digest {
				l.Log.Warn("another version of the article was written already: load this one afterwards", "article", a.Key)
			}
			sum.Known++
			continue
		}
		digests["key "+a.Key] = a.Digest
		if a.URL != "" {
			digests["url "+a.URL] = a.Digest
		}
		if err := b.Add(r.report); err != nil {
			return err
		}
		if sum.Read++; sum.Read%batchArticles == 0 && l.Progress != nil {
			l.Progress(*sum)
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	incidents, err := b.Finish()
	sum.Incidents = len(incidents)
	return err
}
