package serve

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"

	"incidentgraph/api/graph"
	"incidentgraph/schema/dgraph"
)

// growing is a store in which a new incident comes whenever grow is called.
type growing struct {
	mu       sync.Mutex
	revision int
}

func (g *growing) grow() {
	g.mu.Lock()
	g.revision++
	g.mu.Unlock()
}

// keepGrowing calls grow again and again, since nobody tells when a subscription has begun.
func (g *growing) keepGrowing() (stop func()) {
	ended := make(chan struct{})
	go func() {
		for {
			select {
			case <-ended:
				return
			case <-time.After(100 * time.Millisecond):
				g.grow()
			}
		}
	}()
	return func() { close(ended) }
}

func (g *growing) Query(_ context.Context, dql string, _ map[string]string) (dgraph.Answer, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	claim, incident := 0x10+2*g.revision, 0x11+2*g.revision
	answer := fmt.Sprintf(`{"graph":[{"revision":%d}]`, g.revision)
	switch {
	case strings.Contains(dql, "after:"):
		answer += fmt.Sprintf(`,"q":[{"uid":"%#x","incident":{"uid":"%#x"}}]`, claim, incident)
	case strings.Contains(dql, "first: -1"):
		answer += fmt.Sprintf(`,"last":[{"uid":"%#x"}],"inc":[{"uid":"%#x"}]`, claim, incident)
	case strings.Contains(dql, "q(func: uid($"):
		answer += fmt.Sprintf(`,"q":[{"uid":"%#x","xid":"incident/%d"}]`, incident, g.revision)
	}
	return dgraph.Answer{JSON: []byte(answer + "}")}, nil
}

func startGrowing(t *testing.T, origins ...string) (address string, store *growing) {
	store = &growing{}
	g, err := graph.New(store, graph.Config{Limits: graph.DefaultLimits()})
	if err != nil {
		t.Fatal(err)
	}
	return start(t, func(c *Config, _ *fixed) { c.Graph, c.Origins = g, origins }).URL, store
}

const waiting = `subscription {incidents {change incident {id}}}`

// socketTo opens a WebSocket and gives what sends and receives messages.
func socketTo(t *testing.T, address string) (conn *websocket.Conn, send func(string), receive func() (message, error)) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	t.Cleanup(cancel)
	conn, _, err := websocket.Dial(ctx, strings.Replace(address, "http", "ws", 1)+"/graphql", &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.CloseNow() })
	return conn, func(text string) {
			t.Helper()
			if err := conn.Write(ctx, websocket.MessageText, []byte(text)); err != nil {
				t.Fatal(err)
			}
		}, func() (message, error) {
			_, b, err := conn.Read(ctx)
			var m message
			if err == nil {
				err = json.Unmarshal(b, &m)
			}
			return m, err
		}
}

func expect(t *testing.T, receive func() (message, error), kind, payload string) {
	t.Helper()
	m, err := receive()
	if err != nil || m.Type != kind || payload != "" && !strings.Contains(string(m.Payload), payload) {
		t.Fatalf("%v %s %s, want %s %s", err, m.Type, m.Payload, kind, payload)
	}
}

func TestSocket(t *testing.T) {
	address, store := startGrowing(t)
	_, send, receive := socketTo(t, address)
	send(`{"type":"connection_init"}`)
	expect(t, receive, "connection_ack", "")
	send(`{"type":"ping"}`)
	expect(t, receive, "pong", "")
	send(`{"id":"q","type":"subscribe","payload":{"query":"{__typename}"}}`)
	expect(t, receive, "next", `{"data":{"__typename":"Query"}}`)
	expect(t, receive, "complete", "")
	send(`{"id":"e","type":"subscribe","payload":{"query":"{nothing}"}}`)
	expect(t, receive, "error", "GRAPHQL_VALIDATION_FAILED")
	send(`{"id":"s","type":"subscribe","payload":{"query":"` + waiting + `"}}`)
	stop := store.keepGrowing()
	// Whether the store grew between two looks decides whether the incident is new.
	expect(t, receive, "next", `"incident":{"id":"incident/`)
	expect(t, receive, "next", `"incident":{"id":"incident/`)
	stop()
	send(`{"id":"s","type":"complete"}`)
	send(`{"type":"ping"}`)
	for {
		m, err := receive()
		if err != nil {
			t.Fatal(err)
		}
		if m.Type == "pong" {
			break
		}
	}
}

// TestSocketCloses sends what ends a connection, and looks at the code.
func TestSocketCloses(t *testing.T) {
	address, _ := startGrowing(t)
	for _, c := range []struct {
		messages []string
		code     websocket.StatusCode
	}{
		{[]string{`nonsense`}, closeInvalid},
		{[]string{`{"type":"nonsense"}`}, closeInvalid},
		{[]string{`{"id":"1","type":"subscribe","payload":{"query":"{__typename}"}}`}, closeUnknown},
		{[]string{`{"type":"connection_init"}`, `{"type":"connection_init"}`}, closeInits},
		{[]string{`{"type":"connection_init"}`, `{"type":"subscribe","payload":{"query":"{__typename}"}}`}, closeInvalid},
		{[]string{`{"type":"connection_init"}`, `{"id":"1","type":"subscribe","payload":{}}`}, closeInvalid},
		{[]string{`{"type":"connection_init"}`, `{"id":"1","type":"subscribe","payload":{"query":"` + waiting + `"}}`,
			`{"id":"1","type":"subscribe","payload":{"query":"` + waiting + `"}}`}, closeSame},
	} {
		_, send, receive := socketTo(t, address)
		for _, m := range c.messages {
			send(m)
		}
		for {
			if _, err := receive(); err != nil {
				if got := websocket.CloseStatus(err); got != c.code {
					t.Errorf("%v: closed with %d, want %d", c.messages, got, c.code)
				}
				break
			}
		}
	}
}

func TestSocketOrigin(t *testing.T) {
	address, _ := startGrowing(t, "https://dash.example.org")
	for origin, allowed := range map[string]bool{"https://dash.example.org": true, "https://evil.example.org": false, "http://dash.example.org": false} {
		_, resp, err := websocket.Dial(context.Background(), strings.Replace(address, "http", "ws", 1)+"/graphql",
			&websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: http.Header{"Origin": {origin}}})
		if (err == nil) != allowed {
			t.Errorf("%s: %v, %v", origin, resp, err)
		}
	}
}

// events opens a stream of server-sent events and gives its lines.
func events(t *testing.T, ctx context.Context, address, query string, accept ...string) *bufio.Scanner {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, "POST", address+"/graphql", strings.NewReader(fmt.Sprintf(`{"query":%q}`, query)))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", strings.Join(append(accept, "text/event-stream"), ", "))
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { resp.Body.Close() })
	if resp.StatusCode != 200 || !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/event-stream") {
		t.Fatalf("%d %s", resp.StatusCode, resp.Header.Get("Content-Type"))
	}
	return bufio.NewScanner(resp.Body)
}

func untilData(t *testing.T, lines *bufio.Scanner) string {
	t.Helper()
	for lines.Scan() {
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			return data
		}
	}
	t.Fatal("the stream ended")
	return ""
}

func TestEvents(t *testing.T) {
	address, store := startGrowing(t)
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	lines := events(t, ctx, address, waiting)
	lines.Scan() // the first comment: the subscription stands
	store.grow()
	if got, want := untilData(t, lines), `{"data":{"incidents":{"change":"NEW","incident":{"id":"incident/1"}}}}`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	events(t, ctx, address, waiting, "application/json") // a subscription streams for whoever can read it
	once := events(t, ctx, address, `{__typename}`)
	if got := untilData(t, once); got != `{"data":{"__typename":"Query"}}` {
		t.Error(got)
	}
	rest := ""
	for once.Scan() {
		rest += once.Text()
	}
	if !strings.Contains(rest, "event: complete") {
		t.Errorf("a query's stream ends with %q", rest)
	}
}

// TestSubscriptionsPerClient fills what one address may have open, over whichever transport, and ends one.
func TestSubscriptionsPerClient(t *testing.T) {
	store := &growing{}
	g, err := graph.New(store, graph.Config{Limits: graph.DefaultLimits()})
	if err != nil {
		t.Fatal(err)
	}
	address := start(t, func(c *Config, _ *fixed) { c.Graph, c.Subscriptions = g, 2 }).URL
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	events(t, ctx, address, waiting).Scan()
	_, send, receive := socketTo(t, address)
	send(`{"type":"connection_init"}`)
	expect(t, receive, "connection_ack", "")
	subscribe := func(id string) { send(`{"id":"` + id + `","type":"subscribe","payload":{"query":"` + waiting + `"}}`) }
	subscribe("1")
	time.Sleep(100 * time.Millisecond) // operations of a connection begin in any order
	subscribe("2")
	expect(t, receive, "error", "TOO_MANY_SUBSCRIPTIONS")
	resp, body := sendTo(t, address, waiting)
	if resp.StatusCode != http.StatusTooManyRequests || !strings.Contains(body, "TOO_MANY_SUBSCRIPTIONS") {
		t.Errorf("%d %s", resp.StatusCode, body)
	}
	send(`{"id":"1","type":"complete"}`)
	for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		subscribe("3")
		send(`{"type":"ping"}`)
		if m, err := receive(); err != nil || m.Type == "pong" {
			break // it was not refused
		}
		if time.Now().After(deadline) {
			t.Fatal("the place of the subscription that ended is not free")
		}
		expect(t, receive, "pong", "")
	}
}

// sendTo asks for a stream of events and gives the whole answer: a refusal.
func sendTo(t *testing.T, address, query string) (*http.Response, string) {
	t.Helper()
	return send(t, "POST", address+"/graphql", fmt.Sprintf(`{"query":%q}`, query), map[string]string{"Content-Type": "application/json", "Accept": "text/event-stream"})
}

// TestEnding ends the server: streams end with a word, at once.
func TestEnding(t *testing.T) {
	g, err := graph.New(&growing{}, graph.Config{Limits: graph.DefaultLimits()})
	if err != nil {
		t.Fatal(err)
	}
	ending := make(chan struct{})
	address := start(t, func(c *Config, _ *fixed) { c.Graph, c.Ending = g, ending }).URL
	lines := events(t, context.Background(), address, waiting)
	_, send, receive := socketTo(t, address)
	send(`{"type":"connection_init"}`)
	expect(t, receive, "connection_ack", "")
	close(ending)
	begun := time.Now()
	if _, err := receive(); websocket.CloseStatus(err) != websocket.StatusGoingAway {
		t.Errorf("the socket ends with %v", err)
	}
	for lines.Scan() {
	}
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("streams end after %s", took)
	}
}

// TestVanish lets subscribers vanish in every way and counts goroutines: none stays behind.
func TestVanish(t *testing.T) {
	address, store := startGrowing(t)
	before := runtime.NumGoroutine()
	ctx, cancel := context.WithCancel(context.Background())
	for range 10 {
		events(t, ctx, address, waiting)
		conn, send, receive := socketTo(t, address)
		send(`{"type":"connection_init"}`)
		expect(t, receive, "connection_ack", "")
		send(`{"id":"s","type":"subscribe","payload":{"query":"` + waiting + `"}}`)
		t.Cleanup(func() { conn.CloseNow() })
		defer conn.CloseNow()
		if store.grow(); true {
			conn.CloseNow()
		}
	}
	cancel()
	http.DefaultClient.CloseIdleConnections()
	deadline := time.Now().Add(10 * time.Second)
	for runtime.NumGoroutine() > before+8 {
		if time.Now().After(deadline) {
			stacks := make([]byte, 1<<16)
			t.Fatalf("%d goroutines, %d before\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
		}
		time.Sleep(20 * time.Millisecond)
	}
}
