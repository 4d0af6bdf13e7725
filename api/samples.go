package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"incidentgraph/schema/dgraph"
)

// loadSamples loads the sample articles when the graph is empty.
func loadSamples(ctx context.Context, client *dgraph.Client, out io.Writer) error {
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
	return nil
}
