// Package serve gives the graph to the network: GraphQL over HTTP, pages for people, health and figures for
// operators. It turns nothing of a request into more than a question to package graph.
package serve

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/rs/cors"

	"incidentgraph/api/graph"
	"incidentgraph/api/pages"
)

// Config says what is served and to whom.
type Config struct {
	Graph *graph.Service
	// Ready tells whether questions can be answered: nil, or why not.
	Ready func(context.Context) error
	// Origins are the web origins whose pages may ask, "https://dash.example.org"; none but the server's own when empty.
	Origins []string
	// FrameAncestors are the origins whose pages may embed the server's pages; none when empty.
	FrameAncestors []string
	// NoGraphiQL leaves the page for people out.
	NoGraphiQL bool
	// Tokens are those who may ask; everybody when nil.
	Tokens *Tokens
	// MaxBody bounds a request's body in bytes.
	MaxBody int64
	// Subscriptions bounds those that one client has open: one token, or one address where there are no tokens.
	Subscriptions int
	// Ending is closed when the server is about to end: streams end then.
	Ending <-chan struct{}
	Log    *slog.Logger
}

// Handler gives the server's routes.
func Handler(c Config) http.Handler {
	if c.MaxBody == 0 {
		c.MaxBody = 512 << 10
	}
	if c.Subscriptions == 0 {
		c.Subscriptions = subscriptionsPerClient
	}
	s := &server{Config: c, metrics: newMetrics(), exports: make(chan struct{}, exportsAtOnce), connections: make(chan struct{}, connectionsAtOnce), clients: map[string]int{}}
	mux := http.NewServeMux()
	api := cors.New(cors.Options{
		AllowedOrigins:   c.Origins,
		AllowOriginFunc:  allow(c.Origins),
		AllowedMethods:   []string{http.MethodGet, http.MethodPost},
		AllowedHeaders:   []string{"Authorization", "Content-Type", "Accept", "X-Request-Id"},
		ExposedHeaders:   []string{"X-Request-Id"},
		MaxAge:           600,
		AllowCredentials: false,
	})
	mux.Handle("/graphql", api.Handler(s.guard(Read, s.graphql)))
	mux.Handle("GET /export/{name}", api.Handler(s.guard(Export, s.export)))
	mux.HandleFunc("GET /export", s.exportList)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { plain(w, http.StatusOK, "ok") })
	mux.HandleFunc("GET /readyz", s.ready)
	mux.Handle("GET /metrics", promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{}))
	if !c.NoGraphiQL {
		mux.Handle("/graphiql", s.page(pages.GraphiQL()))
		mux.Handle("/graphiql/", s.page(pages.GraphiQL()))
		mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/graphiql", http.StatusFound) })
	}
	return s.observe(mux)
}

type server struct {
	Config
	metrics *metrics
	// exports and connections hold a place for each that is under way.
	exports, connections chan struct{}

	mu sync.Mutex
	// clients counts the subscriptions that each client has open.
	clients map[string]int
}

// allow tells whether a web origin may ask.
func allow(origins []string) func(string) bool {
	return func(origin string) bool { return slices.Contains(origins, "*") || slices.Contains(origins, origin) }
}

// page sets what a browser may do with a page of ours: run and ask nothing but our own.
func (s *server) page(next http.Handler) http.Handler {
	ancestors := "'none'"
	if len(s.FrameAncestors) > 0 {
		ancestors = strings.Join(s.FrameAncestors, " ")
	}
	// GraphiQL sets styles on its elements and has its fonts and icons inline.
	policy := "default-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; connect-src 'self'; frame-ancestors " + ancestors
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		w.Header().Set("Referrer-Policy", "no-referrer")
		next.ServeHTTP(w, r)
	})
}

func (s *server) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 3*time.Second)
	defer cancel()
	if err := s.Ready(ctx); err != nil {
		s.Log.WarnContext(ctx, "not ready", "error", err)
		plain(w, http.StatusServiceUnavailable, "Dgraph does not answer")
		return
	}
	plain(w, http.StatusOK, "ready")
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text + "\n"))
}

// requestKey is the context's key for the request's id.
type requestKey struct{}

// WithRequest gives a log handler that adds the id of the request that an entry belongs to.
func WithRequest(h slog.Handler) slog.Handler { return requestHandler{h} }

type requestHandler struct{ slog.Handler }

func (h requestHandler) Handle(ctx context.Context, r slog.Record) error {
	if id, ok := ctx.Value(requestKey{}).(string); ok {
		r.AddAttrs(slog.String("request", id))
	}
	return h.Handler.Handle(ctx, r)
}

func (h requestHandler) WithAttrs(a []slog.Attr) slog.Handler {
	return requestHandler{h.Handler.WithAttrs(a)}
}
func (h requestHandler) WithGroup(n string) slog.Handler {
	return requestHandler{h.Handler.WithGroup(n)}
}

// observe gives each request an id, logs and counts it, and answers for a handler that panics.
func (s *server) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.Header.Get("X-Request-Id")
		if !isRequestID(id) {
			id = rand.Text()
		}
		w.Header().Set("X-Request-Id", id)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		ctx := context.WithValue(r.Context(), requestKey{}, id)
		rec := &recorder{ResponseWriter: w}
		begun := time.Now()
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler {
					panic(p)
				}
				s.Log.ErrorContext(ctx, "a request panicked", "path", r.URL.Path, "panic", p)
				if rec.status == 0 {
					plain(rec, http.StatusInternalServerError, "internal error, request "+id)
				}
			}
			took := time.Since(begun)
			s.metrics.requests.WithLabelValues(route(r.URL.Path), strconv.Itoa(rec.status)).Observe(took.Seconds())
			s.Log.InfoContext(ctx, "request", "method", r.Method, "path", r.URL.Path, "status", rec.status, "milliseconds", float64(took.Microseconds())/1000)
		}()
		next.ServeHTTP(rec, r.WithContext(ctx))
	})
}

// isRequestID tells whether an id that a client sent may go into logs.
func isRequestID(id string) bool {
	return len(id) > 0 && len(id) <= 64 && strings.Trim(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") == ""
}

// route names a path in figures: only routes there are, so that strangers cannot make up names.
func route(path string) string {
	for _, r := range []string{"/graphql", "/graphiql", "/healthz", "/readyz", "/metrics", "/export"} {
		if path == r || strings.HasPrefix(path, r+"/") {
			return r
		}
	}
	return "other"
}

// recorder notes the status of a response.
type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	return r.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// metrics are the server's figures.
type metrics struct {
	registry      *prometheus.Registry
	requests      *prometheus.HistogramVec
	operations    *prometheus.CounterVec
	errors        *prometheus.CounterVec
	questions     *prometheus.CounterVec
	plans         *prometheus.CounterVec
	subscriptions prometheus.Gauge
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "incidentgraph_http_request_seconds",
			Help: "Time to answer HTTP requests.", Buckets: prometheus.ExponentialBuckets(0.001, 2, 15)}, []string{"route", "status"}),
		operations: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "incidentgraph_operations_total",
			Help: "GraphQL operations by kind."}, []string{"operation"}),
		errors: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "incidentgraph_errors_total",
			Help: "Errors in GraphQL responses by code."}, []string{"code"}),
		questions: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "incidentgraph_dql_requests_total",
			Help: "DQL requests by GraphQL operation."}, []string{"operation"}),
		plans: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "incidentgraph_list_plans_total",
			Help: "Lists by the way in which they were ordered."}, []string{"plan"}),
		subscriptions: prometheus.NewGauge(prometheus.GaugeOpts{Name: "incidentgraph_subscriptions", Help: "Subscriptions that are open."}),
	}
	m.registry.MustRegister(m.requests, m.operations, m.errors, m.questions, m.plans, m.subscriptions)
	return m
}
