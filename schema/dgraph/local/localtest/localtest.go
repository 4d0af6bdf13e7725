// Package localtest gives the tests of a package one real, throwaway Dgraph, started when the first test asks
// for it and emptied for each that does:
//
//	var graph localtest.Graph
//
//	func TestMain(m *testing.M) { graph.Main(m) }
//
//	func TestLoad(t *testing.T) {
//		client := graph.Client(t) // schema applied, nothing in it
package localtest

import (
	"context"
	"log/slog"
	"os"
	"sync"
	"testing"

	"incidentgraph/schema/dgraph"
	"incidentgraph/schema/dgraph/local"
)

// Graph is a Dgraph for one test binary. Its tests share it, and so cannot run in parallel.
type Graph struct {
	once   sync.Once
	dir    string
	server *local.Server
	client *dgraph.Client
	used   bool
	err    error
}

// Main is all of TestMain: it runs the tests and stops Dgraph when they are done.
func (g *Graph) Main(m *testing.M) {
	local.RunIfChild()
	runIfTool()
	code := m.Run()
	if g.client != nil {
		g.client.Close()
	}
	if g.server != nil {
		g.server.Stop()
	}
	os.RemoveAll(g.dir)
	os.Exit(code)
}

// Client gives a client of the Dgraph, which has the schema of package schema and no data.
func (g *Graph) Client(tb testing.TB) *dgraph.Client {
	tb.Helper()
	ctx := context.Background()
	g.once.Do(func() { g.start(ctx) })
	if g.err != nil {
		tb.Fatal(g.err)
	}
	if g.used { // emptying the new one would take a second
		if err := g.client.DropAll(ctx); err != nil {
			tb.Fatal(err)
		}
	}
	g.used = true
	if err := g.client.ApplySchema(ctx); err != nil {
		tb.Fatal(err)
	}
	return g.client
}

// Addresses tells where the Dgraph of the last Client listens.
func (g *Graph) Addresses() local.Addresses { return g.server.Addresses() }

func (g *Graph) start(ctx context.Context) {
	if g.dir, g.err = os.MkdirTemp("", "incidentgraph-test-"); g.err != nil {
		return
	}
	if g.server, g.err = local.Start(ctx, g.dir, slog.New(slog.DiscardHandler)); g.err != nil {
		return
	}
	g.client, g.err = dgraph.Open(ctx, g.server.Addresses().Alpha)
}
