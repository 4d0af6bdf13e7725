package load

import (
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"incidentgraph/loader/load/generate"
	"incidentgraph/loader/resolve"
	"incidentgraph/schema/dgraph"
	"incidentgraph/schema/dgraph/local"
	"incidentgraph/schema/dgraph/local/localtest"
)

// What `dgraph bulk` makes of the RDF is the graph that loading makes.
func TestBulk(t *testing.T) {
	if testing.Short() {
		t.Skip("runs Dgraph's bulk loader")
	}
	dir, work := t.TempDir(), t.TempDir()
	m := made{generate.Dense(37)}
	sum, err := m.loader(nil).WriteRDF(t.Context(), work, m.documents(60))
	if err != nil || sum.Read != 60 || sum.Incidents == 0 || sum.Relationships == 0 {
		t.Fatalf("%+v, %v", sum, err)
	}

	// Bulk writes the files of an Alpha and takes the ids from the Zero that the Alpha will belong to.
	s, err := local.Start(t.Context(), dir, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	cmd := localtest.Tool(t.Context(), "bulk", "-f", filepath.Join(work, RDFFile), "-s", filepath.Join(work, SchemaFile),
		"--zero", zero(t, s.Addresses()), "--out", filepath.Join(work, "out"), "--tmp", filepath.Join(work, "tmp"), "--http", "localhost:0")
	cmd.Dir = work
	out, err := cmd.CombinedOutput()
	s.Stop()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, name := range []string{"postings", "wal"} {
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Rename(filepath.Join(work, "out", "0", "p"), filepath.Join(dir, "postings")); err != nil {
		t.Fatal(err)
	}

	if s, err = local.Start(t.Context(), dir, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	defer s.Stop()
	client, err := dgraph.Open(t.Context(), s.Addresses().Alpha)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	if err := client.ApplySchema(t.Context()); err != nil {
		t.Fatal(err)
	}
	d := NewDatabase(client)
	sound(t, d)
	var reports []resolve.Report
	for document := range m.documents(60) {
		reports = append(reports, m.loader(nil).read(document).report)
	}
	if diff := cmp.Diff(nquads(t, resolve.Graph(reports, stateNames)), export(t, d)); diff != "" {
		t.Error(diff)
	}
	// Loading goes on from there.
	change, err := m.loader(d).Load(t.Context(), m.documents(70))
	if err != nil || change.Known != 60 || change.Read != 10 {
		t.Errorf("%+v, %v", change, err)
	}
	sound(t, d)
}
