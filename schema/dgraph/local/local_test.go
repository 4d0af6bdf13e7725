package local

import (
	"context"
	"log/slog"
	"os"
	"testing"
	"time"

	"incidentgraph/schema/dgraph"
)

func TestMain(m *testing.M) {
	RunIfChild()
	os.Exit(m.Run())
}

func quietLog(t *testing.T) *slog.Logger {
	return slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelDebug}))
}

func TestStart(t *testing.T) {
	dir := t.TempDir()
	for range 3 {
		t0 := time.Now()
		s, err := Start(context.Background(), dir, quietLog(t))
		if err != nil {
			t.Fatal(err)
		}
		t.Log("start", time.Since(t0))
		c, err := dgraph.Open(context.Background(), s.Addresses().Alpha)
		if err != nil {
			t.Fatal(err)
		}
		t.Log("open", time.Since(t0))
		if err := c.ApplySchema(context.Background()); err != nil {
			t.Fatal(err)
		}
		t.Log("schema", time.Since(t0))
		if err := c.ApplySchema(context.Background()); err != nil {
			t.Fatal(err)
		}
		t.Log("schema again", time.Since(t0))
		t0 = time.Now()
		c.Close()
		s.Stop()
		t.Log("stop", time.Since(t0))
	}
}
