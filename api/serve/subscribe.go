package serve

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"

	"incidentgraph/api/graph"
)

// Bounds of connections that stay.
const (
	subscriptionsPerClient = 20
	// operationsPerConnection bounds those that one WebSocket works on at a time.
	operationsPerConnection = 50
	connectionsAtOnce       = 200
	initPatience            = 10 * time.Second
	heartbeat               = 15 * time.Second
	writePatience           = 10 * time.Second
)

// Close codes of the graphql-transport-ws protocol.
const (
	closeInvalid     websocket.StatusCode = 4400
	closeUnknown     websocket.StatusCode = 4401 // subscribe before connection_init
	closeForbidden   websocket.StatusCode = 4403
	closeInitTimeout websocket.StatusCode = 4408
	closeSame        websocket.StatusCode = 4409
	closeInits       websocket.StatusCode = 4429
)

// message is one message of graphql-transport-ws.
type message struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

// socket answers operations over WebSocket, by the protocol graphql-transport-ws.
func (s *server) socket(w http.ResponseWriter, r *http.Request) {
	if !s.enter() {
		s.refuse(w, olderType, http.StatusServiceUnavailable, "Too many connections are open.")
		return
	}
	defer s.leave()
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{
		Subprotocols: []string{"graphql-transport-ws"}, OriginPatterns: s.Origins, CompressionMode: websocket.CompressionDisabled})
	if err != nil {
		return // Accept has answered
	}
	defer conn.CloseNow()
	if conn.Subprotocol() != "graphql-transport-ws" {
		conn.Close(4406, "Subprotocol not acceptable")
		return
	}
	conn.SetReadLimit(s.MaxBody)
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	c := &connection{server: s, conn: conn, ctx: ctx, running: map[string]context.CancelFunc{}, client: s.clientOf(r)}
	_, c.known = tokenOf(ctx)
	code, reason := c.serve(ctx)
	cancel()
	c.wait.Wait()
	conn.Close(code, reason)
}

// connection is one WebSocket.
type connection struct {
	server *server
	conn   *websocket.Conn
	// ctx is that of the connection: one that ended within a write would close it.
	ctx  context.Context
	wait sync.WaitGroup

	mu      sync.Mutex
	running map[string]context.CancelFunc
	// known tells that a token came with the request.
	known  bool
	client client
}

// admit looks at the token that came with connection_init, unless one came with the request.
func (c *connection) admit(payload json.RawMessage) bool {
	if c.server.Tokens == nil || c.known {
		return true
	}
	var given struct{ Authorization string }
	if len(payload) == 0 || json.Unmarshal(payload, &given) != nil {
		return false
	}
	secret, _ := strings.CutPrefix(given.Authorization, "Bearer ")
	k, ok := c.server.Tokens.find(secret)
	c.client = k.client(c.server.Subscriptions)
	return ok && k.allows(Read)
}

func (c *connection) send(m message) error {
	b, err := json.Marshal(m)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(c.ctx, writePatience)
	defer cancel()
	return c.conn.Write(ctx, websocket.MessageText, b)
}

// serve reads messages until the connection ends, and tells how to close it.
func (c *connection) serve(ctx context.Context) (websocket.StatusCode, string) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	begun := make(chan struct{})
	c.wait.Go(func() {
		select {
		case <-ctx.Done():
		case <-c.server.Ending:
			c.conn.Close(websocket.StatusGoingAway, "The server is about to end")
			cancel()
		}
	})
	c.wait.Go(func() {
		// Who does not begin, or does not answer, is gone.
		select {
		case <-begun:
		case <-ctx.Done():
			return
		case <-time.After(initPatience):
			c.conn.Close(closeInitTimeout, "Connection initialisation timeout")
			cancel()
			return
		}
		tick := time.NewTicker(heartbeat)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			ping, done := context.WithTimeout(ctx, writePatience)
			err := c.conn.Ping(ping)
			done()
			if err != nil {
				c.conn.CloseNow()
				cancel()
				return
			}
		}
	})
	acknowledged := false
	for {
		_, b, err := c.conn.Read(ctx)
		if err != nil {
			return websocket.StatusNormalClosure, ""
		}
		var m message
		if json.Unmarshal(b, &m) != nil {
			return closeInvalid, "Invalid message received"
		}
		switch m.Type {
		case "connection_init":
			if acknowledged {
				return closeInits, "Too many initialisation requests"
			}
			if !c.admit(m.Payload) {
				return closeForbidden, "Forbidden"
			}
			acknowledged = true
			close(begun)
			err = c.send(message{Type: "connection_ack"})
		case "ping":
			err = c.send(message{Type: "pong", Payload: m.Payload})
		case "pong":
		case "subscribe":
			if !acknowledged {
				return closeUnknown, "Unauthorized"
			}
			if code, reason := c.begin(ctx, m); code != 0 {
				return code, reason
			}
		case "complete":
			c.mu.Lock()
			if stop := c.running[m.ID]; stop != nil {
				stop()
			}
			c.mu.Unlock()
		default:
			return closeInvalid, "Invalid message received"
		}
		if err != nil {
			return websocket.StatusNormalClosure, ""
		}
	}
}

// begin starts an operation; a code other than 0 ends the connection.
func (c *connection) begin(ctx context.Context, m message) (websocket.StatusCode, string) {
	if m.ID == "" {
		return closeInvalid, "Invalid message received"
	}
	request, _, problem := fromJSON(m.Payload)
	if problem != "" {
		return closeInvalid, "Invalid message received"
	}
	ctx, stop := context.WithCancel(ctx)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.running[m.ID] != nil {
		stop()
		return closeSame, "Subscriber for " + m.ID + " already exists"
	}
	if len(c.running) >= operationsPerConnection {
		stop()
		_ = c.fail(m.ID, &graph.Response{Errors: []*graph.Error{{Code: "TOO_MANY_OPERATIONS", Message: fmt.Sprintf("A connection has at most %d operations at a time.", operationsPerConnection)}}})
		return 0, ""
	}
	c.running[m.ID] = stop
	c.wait.Go(func() {
		defer func() {
			c.mu.Lock()
			delete(c.running, m.ID)
			c.mu.Unlock()
			stop()
		}()
		if c.run(ctx, m.ID, request) && ctx.Err() == nil {
			_ = c.send(message{ID: m.ID, Type: "complete"})
		}
	})
	return 0, ""
}

// run answers an operation and tells whether it is to be completed.
func (c *connection) run(ctx context.Context, id string, request graph.Request) bool {
	next := func(r *graph.Response) error { return c.send(message{ID: id, Type: "next", Payload: r.JSON()}) }
	kind, refused := c.server.Graph.Operation(request)
	if refused != nil {
		_ = c.fail(id, refused)
		return false
	}
	if kind != "subscription" {
		r := c.server.Graph.Do(ctx, request)
		c.server.count(r)
		if r.Data == nil {
			_ = c.fail(id, r)
			return false
		}
		return next(r) == nil
	}
	if refused := c.server.hold(c.client); refused != nil {
		c.server.count(refused)
		_ = c.fail(id, refused)
		return false
	}
	defer c.server.release(c.client)
	responses, refused := c.server.Graph.Subscribe(ctx, request)
	if refused != nil {
		c.server.count(refused)
		_ = c.fail(id, refused)
		return false
	}
	for r := range responses {
		c.server.count(r)
		if next(r) != nil {
			return false
		}
	}
	return true
}

func (c *connection) fail(id string, r *graph.Response) error {
	var body struct {
		Errors json.RawMessage `json:"errors"`
	}
	if err := json.Unmarshal(r.JSON(), &body); err != nil {
		return err
	}
	return c.send(message{ID: id, Type: "error", Payload: body.Errors})
}

// enter takes a place among the connections that stay, if there is one.
func (s *server) enter() bool {
	select {
	case s.connections <- struct{}{}:
		return true
	default:
		return false
	}
}

func (s *server) leave() { <-s.connections }

// client is who subscribes, and how many subscriptions it may have open.
type client struct {
	name string
	most int
}

// clientOf tells who sent a request: the token, or the address where there are no tokens.
func (s *server) clientOf(r *http.Request) client {
	if k, ok := tokenOf(r.Context()); ok {
		return k.client(s.Subscriptions)
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	return client{"address " + host, s.Subscriptions}
}

// hold takes a place among the subscriptions of a client, or gives the response that refuses it.
func (s *server) hold(c client) *graph.Response {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.clients[c.name] >= c.most {
		return &graph.Response{Operation: "subscription", Errors: []*graph.Error{{Code: "TOO_MANY_SUBSCRIPTIONS",
			Message: fmt.Sprintf("A client has at most %d subscriptions open; end one first.", c.most)}}}
	}
	s.clients[c.name]++
	s.metrics.subscriptions.Inc()
	return nil
}

func (s *server) release(c client) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.clients[c.name]--; s.clients[c.name] == 0 {
		delete(s.clients, c.name)
	}
	s.metrics.subscriptions.Dec()
}

// events answers an operation by server-sent events, in the distinct connections mode of the GraphQL over SSE protocol.
func (s *server) events(w http.ResponseWriter, r *http.Request, request graph.Request) {
	kind, refused := s.Graph.Operation(request)
	if refused != nil {
		s.count(refused)
		s.write(w, olderType, http.StatusBadRequest, refused.JSON())
		return
	}
	if r.Method == http.MethodGet && kind == "mutation" {
		s.refuse(w, olderType, http.StatusMethodNotAllowed, "Only queries and subscriptions may be asked by GET.")
		return
	}
	if !s.enter() {
		s.refuse(w, olderType, http.StatusServiceUnavailable, "Too many connections are open.")
		return
	}
	defer s.leave()
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	var responses <-chan *graph.Response
	if kind == "subscription" {
		who := s.clientOf(r)
		if refused := s.hold(who); refused != nil {
			s.count(refused)
			s.write(w, olderType, http.StatusTooManyRequests, refused.JSON())
			return
		}
		defer s.release(who)
		if responses, refused = s.Graph.Subscribe(ctx, request); refused != nil {
			s.count(refused)
			s.write(w, olderType, http.StatusBadRequest, refused.JSON())
			return
		}
	} else {
		one := make(chan *graph.Response, 1)
		one <- s.Graph.Do(ctx, request)
		close(one)
		responses = one
	}
	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	w.Header().Set("X-Accel-Buffering", "no")
	w.WriteHeader(http.StatusOK)
	out := http.NewResponseController(w)
	put := func(text string) error {
		if err := out.SetWriteDeadline(time.Now().Add(writePatience)); err != nil && !errors.Is(err, http.ErrNotSupported) {
			return err
		}
		if _, err := w.Write([]byte(text)); err != nil {
			return err
		}
		return out.Flush()
	}
	if put(":\n\n") != nil {
		return
	}
	tick := time.NewTicker(heartbeat)
	defer tick.Stop()
	for {
		var err error
		select {
		case <-ctx.Done():
			return
		case <-s.Ending:
			return
		case <-tick.C:
			err = put(":\n\n")
		case response, more := <-responses:
			if !more {
				_ = put("event: complete\ndata:\n\n")
				return
			}
			s.count(response)
			err = put("event: next\ndata: " + string(response.JSON()) + "\n\n")
		}
		if err != nil {
			return
		}
	}
}
