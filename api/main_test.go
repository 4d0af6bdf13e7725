package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"incidentgraph/api/pages"
	"incidentgraph/schema/dgraph/local"
)

func TestMain(m *testing.M) {
	local.RunIfChild()
	os.Exit(m.Run())
}

// output keeps what a run prints.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// begin runs the command and gives its GraphQL address once it has printed it, what it prints, and what ends it.
func begin(t *testing.T, o options) (address string, out *output, end func() error) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	out = &output{}
	done := make(chan error, 1)
	go func() { done <- run(ctx, o, out) }()
	var once sync.Once
	var result error
	end = func() error {
		once.Do(func() { stop(); result = <-done })
		return result
	}
	t.Cleanup(func() { _ = end() })
	printed := regexp.MustCompile(`GraphQL: +(http://\S+)`)
	for deadline := time.Now().Add(60 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if m := printed.FindStringSubmatch(out.String()); m != nil {
			return m[1], out, end
		}
		select {
		case err := <-done:
			done <- err
			t.Fatalf("it ended: %v\n%s", err, out)
		default:
		}
	}
	t.Fatalf("it does not begin\n%s", out)
	return "", nil, nil
}

func asks(t *testing.T, address, query, operation string) string {
	t.Helper()
	resp, err := http.Post(address, "application/json", strings.NewReader(fmt.Sprintf(`{"query":%q,"operationName":%q}`, query, operation)))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestFirstRun begins on an empty machine: samples, addresses, answers; a second run on the same data is refused;
// after the end nothing listens; the next run has the same data and loads nothing.
func TestFirstRun(t *testing.T) {
	dir := t.TempDir()
	o := options{Listen: "127.0.0.1:0", Data: dir, LogLevel: slog.LevelWarn, Timeout: time.Minute, MaxCost: 100_000, Concurrent: 8}
	address, out, end := begin(t, o)
	for _, want := range []string{"Starting Dgraph in " + dir, "loading the sample articles", "GraphiQL: http://127.0.0.1:", "/graphiql", "Dgraph:   http://127.0.0.1:"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("it does not print %q\n%s", want, out)
		}
	}
	const count = `{incidents {totalCount}}`
	before := asks(t, address, count, "")
	if strings.Contains(before, `"totalCount":0`) || strings.Contains(before, "errors") {
		t.Errorf("after the samples: %s", before)
	}
	for _, part := range strings.Split(pages.Examples(), "\nquery ")[1:] {
		name := part[:strings.IndexAny(part, " ({")]
		if got := asks(t, address, pages.Examples(), name); strings.Contains(got, `"errors"`) || strings.Contains(got, `"nodes":[]}}}`) || strings.Contains(got, `{"actor":null}`) {
			t.Errorf("the example %s shows nothing of the samples: %s", name, got)
		}
	}
	if err := run(context.Background(), options{Listen: "127.0.0.1:0", Data: dir}, io.Discard); err == nil || !strings.Contains(err.Error(), "stop it, or choose another directory") {
		t.Errorf("a second run on the same data: %v", err)
	}
	begun := time.Now()
	if err := end(); err != nil {
		t.Error(err)
	}
	if took := time.Since(begun); took > 10*time.Second {
		t.Errorf("it took %s to end", took)
	}
	if _, err := net.DialTimeout("tcp", strings.TrimSuffix(strings.TrimPrefix(address, "http://"), "/graphql"), time.Second); err == nil {
		t.Error("something still listens")
	}

	address, out, end = begin(t, o)
	if strings.Contains(out.String(), "sample") {
		t.Errorf("the samples are loaded again\n%s", out)
	}
	if after := asks(t, address, count, ""); after != before {
		t.Errorf("%s, before %s", after, before)
	}
	_ = end()
}

// TestCannotBegin tries what cannot work: the error says what to do.
func TestCannotBegin(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("bad line"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		o    options
		want string
	}{
		{"the port is taken", options{Listen: taken.Addr().String()}, "--listen"},
		{"the data directory is a file", options{Listen: "127.0.0.1:0", Data: file}, "choose one that you may write to"},
		{"no Dgraph there", options{Listen: "127.0.0.1:0", Dgraph: "127.0.0.1:1"}, "start Dgraph there"},
		{"bad tokens", options{Listen: "127.0.0.1:0", Tokens: file}, "line 1"},
		{"half of TLS", options{Listen: "127.0.0.1:0", TLSCert: file}, "--tls-key together"},
	} {
		t.Run(c.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
			defer cancel()
			if err := run(ctx, c.o, io.Discard); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}
