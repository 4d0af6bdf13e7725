package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"incidentgraph/api/graph"
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
	printed := regexp.MustCompile(`GraphQL: +(https?://\S+)`)
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

// usual are the bounds that the command has when nothing is said of them.
func usual(t *testing.T) bounds {
	t.Helper()
	var o options
	parser, err := kong.New(&o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse(nil); err != nil {
		t.Fatal(err)
	}
	return o.Bounds
}

func asks(t *testing.T, address, query, operation string) string {
	t.Helper()
	return asksWith(t, http.DefaultClient, address, query, operation)
}

func asksWith(t *testing.T, client *http.Client, address, query, operation string) string {
	t.Helper()
	resp, err := client.Post(address, "application/json", strings.NewReader(fmt.Sprintf(`{"query":%q,"operationName":%q}`, query, operation)))
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
	o := options{Listen: "127.0.0.1:0", Data: dir, LogLevel: slog.LevelWarn, Bounds: usual(t)}
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

	// The second time with TLS, and for those who have a token.
	o.TLSCert, o.TLSKey = certificate(t)
	o.Tokens = filepath.Join(t.TempDir(), "tokens")
	if err := os.WriteFile(o.Tokens, fmt.Appendf(nil, "desk %x read\n", sha256.Sum256([]byte("secret"))), 0o600); err != nil {
		t.Fatal(err)
	}
	address, out, end = begin(t, o)
	if strings.Contains(out.String(), "sample") {
		t.Errorf("the samples are loaded again\n%s", out)
	}
	client := &http.Client{Transport: bearer{&http.Transport{TLSClientConfig: &tls.Config{RootCAs: trusted(t, o.TLSCert)}}, "secret"}}
	if after := asksWith(t, client, address, count, ""); !strings.HasPrefix(address, "https://") || after != before {
		t.Errorf("%s from %s, before %s", after, address, before)
	}
	client.Transport = bearer{client.Transport.(bearer).RoundTripper, "guess"}
	if got := asksWith(t, client, address, count, ""); !strings.Contains(got, `"code":"UNAUTHENTICATED"`) {
		t.Errorf("with a wrong token: %s", got)
	}
	_ = end()
}

// bearer sends a token.
type bearer struct {
	http.RoundTripper
	token string
}

func (b bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+b.token)
	return b.RoundTripper.RoundTrip(r)
}

// certificate makes one for this machine and gives the files of it and of its key.
func certificate(t *testing.T) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	of := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, of, of, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for file, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: der}, key: {Type: "PRIVATE KEY", Bytes: secret}} {
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return cert, key
}

func trusted(t *testing.T, cert string) *x509.CertPool {
	t.Helper()
	text, err := os.ReadFile(cert)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(text)
	return pool
}

// TestDgraphGoneAndBack ends Dgraph below a running api, which says so, and starts it again elsewhere on the same
// data: the api answers again by itself.
func TestDgraphGoneAndBack(t *testing.T) {
	dir := t.TempDir()
	startDgraph := func() *local.Server {
		d, err := local.Start(context.Background(), dir, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	d := startDgraph()
	// The api's Dgraph has one address for good, as it has behind a balancer.
	front, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer front.Close()
	var behind atomic.Value
	behind.Store(d.Addresses().Alpha)
	go func() {
		for {
			from, err := front.Accept()
			if err != nil {
				return
			}
			go func() {
				defer from.Close()
				to, err := net.Dial("tcp", behind.Load().(string))
				if err != nil {
					return
				}
				defer to.Close()
				go func() { _, _ = io.Copy(to, from); to.Close() }()
				_, _ = io.Copy(from, to)
			}()
		}
	}()
	address, out, _ := begin(t, options{Listen: "127.0.0.1:0", Dgraph: front.Addr().String(), NoSamples: true, LogLevel: slog.LevelError, Bounds: usual(t)})
	status := func(path string) int {
		resp, err := http.Get(strings.TrimSuffix(address, "/graphql") + path)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		return resp.StatusCode
	}
	const question = `{actor(code: "IRN") {id}}`
	if got := asks(t, address, question, ""); got != `{"data":{"actor":null}}` || status("/readyz") != 200 {
		t.Fatalf("before: %s", got)
	}
	d.Stop()
	if got := asks(t, address, question, ""); !strings.Contains(got, `"code":"DATABASE_UNAVAILABLE"`) {
		t.Errorf("while it is gone: %s", got)
	}
	if status("/healthz") != 200 || status("/readyz") != 503 {
		t.Error("while it is gone the api is healthy, and not ready")
	}
	d = startDgraph()
	defer d.Stop()
	behind.Store(d.Addresses().Alpha)
	got := ""
	for deadline := time.Now().Add(60 * time.Second); time.Now().Before(deadline); time.Sleep(200 * time.Millisecond) {
		if got = asks(t, address, question, ""); got == `{"data":{"actor":null}}` && status("/readyz") == 200 {
			return
		}
	}
	text := out.String()
	t.Errorf("when it is back: %s\nand the last of its log:\n%s", got, text[max(0, len(text)-2000):])
}

// TestCommand gives wrong command lines, and asks for help.
func TestCommand(t *testing.T) {
	for _, c := range []struct {
		args string
		want int
	}{{"--help", 0}, {"--no-such-flag", 2}, {"--max-page=many", 2}, {"a word", 2}, {"--tokens=/no/such/file", 2}, {"--tls-cert=main.go --listen=127.0.0.1:0", 1}} {
		var out, errs strings.Builder
		if got := command(strings.Fields(c.args), &out, &errs); got != c.want || out.Len()+errs.Len() == 0 {
			t.Errorf("%q: status %d, want %d: %s%s", c.args, got, c.want, &out, &errs)
		}
	}
}

// TestBounds sets each bound of a question by its flag.
func TestBounds(t *testing.T) {
	var o options
	parser, err := kong.New(&o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse(strings.Fields("--timeout=1s --concurrent=2 --max-cost=3 --max-page=4 --max-depth=5 --max-tokens=6 --max-aliases=7 --max-directives=8 --max-body=9 --subscriptions=10")); err != nil {
		t.Fatal(err)
	}
	want := graph.DefaultLimits()
	want.Timeout, want.Concurrent, want.Cost, want.Page, want.Depth, want.Tokens, want.Aliases, want.Directives = time.Second, 2, 3, 4, 5, 6, 7, 8
	if got := o.Bounds.limits(); got != want || o.Bounds.MaxBody != 9 || o.Bounds.Subscriptions != 10 {
		t.Errorf("%+v", o.Bounds)
	}
	if got := usual(t).limits(); got != graph.DefaultLimits() {
		t.Errorf("the defaults of the flags, %+v, are not those of package graph", got)
	}
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
