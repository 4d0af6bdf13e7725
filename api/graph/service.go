// Package graph answers GraphQL from the incident graph. It compiles the selection of an operation to one
// DQL request, whose values all are query variables, and writes the response from Dgraph's answer itself, in the
// order asked. Types, parsing limits and validation stand before: no document reaches Dgraph that could stall either.
package graph

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"

	"incidentgraph/schema/dgraph"
)

// Store answers DQL; values go by name ("$p1") beside the text.
type Store interface {
	Query(ctx context.Context, dql string, vars map[string]string) (dgraph.Answer, error)
}

// Config says how a Service works.
type Config struct {
	Limits Limits
	// NoIntrospection refuses questions about the schema.
	NoIntrospection bool
	// Explain adds the DQL of each operation and the time Dgraph took to the response's extensions, for developers.
	Explain bool
	Log     *slog.Logger
}

// Service answers GraphQL operations. It is safe for use by many goroutines.
type Service struct {
	book   *book
	store  Store
	config Config
	cache  *cache
	// lengths and ends are what compilations remember of lists.
	lengths, ends memory
	slots         chan struct{}
	watcher       *watcher
	// rowsAtOnce is how many rows of an export are asked for at a time, fewIncidents how many incidents a search
	// for paths reads whole rather than level by level.
	rowsAtOnce, fewIncidents int
}

// New makes a service over a store.
func New(store Store, config Config) (*Service, error) {
	b, err := newBook()
	if err != nil {
		return nil, err
	}
	if config.Log == nil {
		config.Log = slog.New(slog.DiscardHandler)
	}
	watcher := newWatcher(store, func(err error) { config.Log.Warn("looking for changes failed", "error", err) })
	return &Service{watcher: watcher, book: b, store: store, config: config, cache: newCache(1000), slots: make(chan struct{}, config.Limits.Concurrent), rowsAtOnce: rowsAtOnce, fewIncidents: fewIncidents}, nil
}

// Request is a GraphQL request. Numbers among the variables are json.Number.
type Request struct {
	Query         string
	OperationName string
	Variables     map[string]any
}

// Response is what a request came to.
type Response struct {
	// Data is the JSON of the entry "data"; nil when the request failed before it was executed.
	Data   []byte
	Errors []*Error
	// explained are the DQL requests, for developers.
	explained []byte
	// Operation is "query", "mutation" or "subscription", "" when the document does not tell.
	Operation string
	// Questions counts the DQL requests, Plans names how each list was ordered.
	Questions int
	Plans     []string
}

// JSON writes the response.
func (r *Response) JSON() []byte {
	w := &writer{}
	w.byte('{')
	if len(r.Errors) > 0 {
		w.raw([]byte(`"errors":`))
		writeList(w, r.Errors, writeError)
	}
	if r.Data != nil {
		if len(w.buf) > 1 {
			w.byte(',')
		}
		w.raw([]byte(`"data":`))
		w.raw(r.Data)
	}
	if r.explained != nil {
		if len(w.buf) > 1 {
			w.byte(',')
		}
		w.raw([]byte(`"extensions":{"questions":[`))
		w.raw(r.explained)
		w.raw([]byte(`]}`))
	}
	w.byte('}')
	return w.buf
}

func writeError(w *writer, e *Error) {
	w.raw([]byte(`{"message":`))
	w.string(e.Message)
	if len(e.Locations) > 0 {
		w.raw([]byte(`,"locations":`))
		writeList(w, e.Locations, func(w *writer, l Location) {
			w.raw([]byte(`{"line":` + strconv.Itoa(l.Line) + `,"column":` + strconv.Itoa(l.Column) + `}`))
		})
	}
	if len(e.Path) > 0 {
		w.raw([]byte(`,"path":`))
		writeList(w, e.Path, func(w *writer, p any) {
			switch p := p.(type) {
			case string:
				w.string(p)
			case int:
				w.int(int64(p))
			}
		})
	}
	w.raw([]byte(`,"extensions":{"code":`))
	w.string(e.Code)
	w.raw([]byte(`}}`))
}

// failed is the response to a request that was not executed.
func failed(errs ...*Error) *Response { return &Response{Errors: errs} }

// Operation parses and validates a document and gives the kind of the operation that a request means, or
// the response that refuses it.
func (s *Service) Operation(r Request) (string, *Response) {
	op, _, refused := s.find(r)
	if refused != nil {
		return "", refused
	}
	return op.Operation, nil
}

func (s *Service) find(r Request) (*ast.OperationDefinition, *document, *Response) {
	doc := s.cache.get(r.Query)
	if doc == nil {
		var errs []*Error
		if doc, errs = prepare(&s.book.schema, r.Query, s.config.Limits); errs != nil {
			return nil, nil, failed(errs...)
		}
		s.cache.put(doc)
	}
	op, err := doc.operation(r.OperationName)
	if err != nil {
		return nil, nil, failed(err.(*Error))
	}
	return op, doc, nil
}

// Do answers a query.
func (s *Service) Do(ctx context.Context, r Request) *Response {
	op, doc, refused := s.find(r)
	if refused != nil {
		return refused
	}
	if op.Operation != ast.OperationTypeQuery {
		return failed(&Error{Code: codeOperation, Message: "A subscription needs a connection that stays: graphql-transport-ws, or Accept: text/event-stream."})
	}
	vars, err := coerceVariables(&s.book.schema, op.VariableDefinitions, r.Variables)
	if err != nil {
		return failed(err.(*Error))
	}
	ctx, cancel := context.WithTimeout(ctx, s.config.Limits.Timeout)
	defer cancel()
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	case <-ctx.Done():
		return failed(&Error{Code: codeBusy, Message: "Too many questions are being worked on; try again in a moment."})
	}
	resp := s.execute(ctx, s.compilation(doc.fragments, vars), op)
	resp.Operation = op.Operation
	return resp
}

// compilation begins the work on an operation.
func (s *Service) compilation(fragments map[string]*ast.FragmentDefinition, vars map[string]any) *compilation {
	return &compilation{book: s.book, fragments: fragments, vars: vars, limits: s.config.Limits, q: &question{}, scale: 1, lengths: &s.lengths, ends: &s.ends, few: s.fewIncidents}
}

// execute answers an operation's root fields with one DQL request.
func (s *Service) execute(ctx context.Context, c *compilation, op *ast.OperationDefinition) *Response {
	query := s.book.schema.QueryType()
	fields, err := c.collect(query, []*ast.SelectionSet{op.SelectionSet})
	if err != nil {
		return failed(s.public(ctx, err))
	}
	resp := &Response{}
	failedField := func(f *field, err error) (shape, bool) {
		e := s.public(ctx, err)
		if e.Code != codeInput {
			resp.Errors = []*Error{e}
			return nil, false
		}
		resp.Errors = append(resp.Errors, e)
		if _, required := query.Fields()[f.name].Type.(*graphql.NonNull); required {
			return nil, true
		}
		return func(w *writer, _ *node) { w.null() }, true
	}
	shapes := make([]shape, len(fields))
	null := false
	for i, f := range fields {
		before := c.q.mark()
		shapes[i], err = s.root(c, query, f)
		if err != nil {
			c.q.reset(before)
			sh, field := failedField(f, at(err, f))
			if !field {
				return resp
			}
			shapes[i], null = sh, null || sh == nil
		}
	}
	if null {
		resp.Data = []byte("null")
		return resp
	}
	ask := func(ctx context.Context, q *question) (*node, error) {
		dql := q.String()
		if dql == "" {
			return &node{}, nil
		}
		resp.Questions++
		a, err := s.store.Query(ctx, dql, q.vars)
		if err != nil {
			return nil, err
		}
		if s.config.Explain {
			resp.explain(dql, q.vars, a.Latency)
		}
		return parseAnswer(a.JSON)
	}
	resp.Plans = c.plans
	c.answer, err = ask(ctx, c.q)
	for _, work := range c.follow {
		if err == nil {
			err = work(ctx, ask)
		}
	}
	if err != nil {
		resp.Errors = append(resp.Errors, s.public(ctx, err))
		resp.Data = []byte("null")
		return resp
	}
	w := &writer{buf: make([]byte, 0, 4096)}
	w.byte('{')
	for i, f := range fields {
		if i > 0 {
			w.byte(',')
		}
		w.string(f.key)
		w.byte(':')
		shapes[i](w, c.answer)
	}
	w.byte('}')
	resp.Data = w.buf
	return resp
}

// root compiles a field of Query.
func (s *Service) root(c *compilation, query *graphql.Object, f *field) (shape, error) {
	if err := c.spend(); err != nil {
		return nil, err
	}
	switch f.name {
	case "__typename":
		return constant(query.Name()), nil
	case "__schema", "__type":
		if s.config.NoIntrospection {
			return nil, &Error{Code: codeValidation, Message: "Questions about the schema are switched off here."}
		}
		return c.introspect(f)
	}
	return s.book.roots[f.name](c, f)
}

// public turns an error into one for the client, and logs what the client must not see.
func (s *Service) public(ctx context.Context, err error) *Error {
	var e *Error
	switch {
	case errors.As(err, &e):
		return e
	case errors.Is(err, dgraph.ErrUnavailable):
		s.config.Log.WarnContext(ctx, "Dgraph does not answer", "error", err)
		return &Error{Code: codeUnavailable, Message: "The graph is out of reach at the moment; try again soon."}
	case errors.Is(err, context.DeadlineExceeded):
		return &Error{Code: codeTimeout, Message: "The question took too long; ask for less, or for a shorter period."}
	case errors.Is(err, context.Canceled):
		return &Error{Code: codeTimeout, Message: "The question was given up."}
	}
	s.config.Log.ErrorContext(ctx, "a question failed", "error", err)
	return &Error{Code: codeInternal, Message: "The question could not be answered; the server's log says why."}
}

// explain adds a DQL request to the extensions.
func (r *Response) explain(dql string, vars map[string]string, latency time.Duration) {
	w := &writer{buf: r.explained}
	if len(w.buf) > 0 {
		w.byte(',')
	}
	w.raw([]byte(`{"dql":`))
	w.string(dql)
	w.raw([]byte(`,"variables":{`))
	for i, name := range slices.Sorted(maps.Keys(vars)) {
		if i > 0 {
			w.byte(',')
		}
		w.string(name)
		w.byte(':')
		w.string(vars[name])
	}
	w.raw([]byte(`},"dgraphMicroseconds":`))
	w.int(latency.Microseconds())
	w.byte('}')
	r.explained = w.buf
}
