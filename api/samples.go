package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"incidentgraph/fixtures"
	"incidentgraph/loader/article"
	"incidentgraph/loader/extract"
	"incidentgraph/loader/load"
	"incidentgraph/schema/dgraph"
)

// loadSamples loads the sample articles when the graph has no article yet.
func loadSamples(ctx context.Context, client *dgraph.Client, log *slog.Logger, out io.Writer) error {
	answer, err := client.Query(ctx, `{ articles(func: type(Article), first: 1) { uid } }`, nil)
	if err != nil {
		return err
	}
	var found struct{ Articles []struct{ UID string } }
	if err := json.Unmarshal(answer.JSON, &found); err != nil {
		return fmt.Errorf("what Dgraph says of its articles: %w", err)
	}
	if len(found.Articles) > 0 {
		return nil
	}
	fmt.Fprintln(out, "The graph is empty: loading the sample articles (--no-samples leaves it empty)")
	coder, err := extract.New()
	if err != nil {
		return err
	}
	loader := load.Loader{Store: load.NewDatabase(client), Coder: coder, Version: extract.Version, Names: coder.StateName, Log: log}
	if f, ok := out.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		bar := progressbar.NewOptions(-1, progressbar.OptionSetWriter(f), progressbar.OptionSetDescription("Samples"),
			progressbar.OptionShowCount(), progressbar.OptionClearOnFinish())
		loader.Progress = func(s load.Summary) { _ = bar.Set(s.Done()) }
		defer bar.Finish()
	} else {
		loader.Progress = func(s load.Summary) { log.Info("loading samples", "articles", s.Done(), "incidents", s.Incidents) }
	}
	begun := time.Now()
	articles := fixtures.Articles()
	sum, err := loader.Load(ctx, article.ReadFS(articles, ".", article.Overrides{}))
	if err != nil {
		return fmt.Errorf("loading the samples: %w", err)
	}
	fmt.Fprintf(out, "Samples: %d articles, %d incidents, %d claims, %d actors, %d relationships in %.1f s\n",
		sum.Read, sum.Incidents, sum.Claims, sum.Actors, sum.Relationships, time.Since(begun).Seconds())
	return nil
}
