package graph

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"
)

// watchEvery is how often the graph is looked at for changes while somebody waits for them.
const watchEvery = 400 * time.Millisecond

// change is an incident that came, or of which something new is said.
type change struct {
	uid string
	new bool
}

// watcher looks for changes while there are subscribers. The loader raises the revision of the graph with
// every transaction, one after the other, and the uids of new nodes only rise, so that new claims are found by
// theirs. Of a cluster whose Alphas lease ranges of uids for themselves, claims may come unseen.
type watcher struct {
	store Store
	every time.Duration

	mu          sync.Mutex
	subscribers map[chan []change]bool
	stop        context.CancelFunc
	failed      func(error)
}

func newWatcher(store Store, failed func(error)) *watcher {
	return &watcher{store: store, every: watchEvery, subscribers: map[chan []change]bool{}, failed: failed}
}

// subscribe gives a channel of changes from now on; leave ends it. Of a reader that is too slow the channel is closed.
func (w *watcher) subscribe(ctx context.Context) (changes chan []change, leave func(), err error) {
	// The first look is taken before anything is promised.
	at, err := w.look(ctx, nil)
	if err != nil {
		return nil, nil, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	changes = make(chan []change, 64)
	w.subscribers[changes] = true
	if w.stop == nil {
		run, stop := context.WithCancel(context.Background())
		w.stop = stop
		go w.run(run, at)
	}
	return changes, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.drop(changes)
	}, nil
}

// drop takes a subscriber out, and ends the watch with the last.
func (w *watcher) drop(changes chan []change) {
	if w.subscribers[changes] {
		delete(w.subscribers, changes)
		close(changes)
	}
	if len(w.subscribers) == 0 && w.stop != nil {
		w.stop()
		w.stop = nil
	}
}

// moment is how far the graph had come.
type moment struct {
	revision int64
	uid      uint64 // the highest of claims and incidents
	changes  []change
}

func (w *watcher) run(ctx context.Context, at *moment) {
	tick := time.NewTicker(w.every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		now, err := w.look(ctx, at)
		if err != nil {
			if ctx.Err() == nil {
				w.failed(err) // Dgraph may be away; what comes meanwhile is found when it is back
			}
			continue
		}
		at = now
		if len(now.changes) == 0 {
			continue
		}
		w.mu.Lock()
		for c := range w.subscribers {
			select {
			case c <- now.changes:
			default:
				w.drop(c)
			}
		}
		w.mu.Unlock()
	}
}

// look tells how far the graph has come and what changed since.
func (w *watcher) look(ctx context.Context, since *moment) (*moment, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	type ref struct{ UID string }
	var got struct {
		Graph []struct{ Revision int64 }
		Last  []ref
		Inc   []ref
	}
	ask := func(dql string, into any) error {
		a, err := w.store.Query(ctx, dql, nil)
		if err != nil {
			return err
		}
		return json.Unmarshal(a.JSON, into)
	}
	if since == nil {
		if err := ask(`{ graph(func: type(Graph)) { revision } last(func: type(Claim), first: -1) { uid } inc(func: type(Incident), first: -1) { uid } }`, &got); err != nil {
			return nil, err
		}
		m := &moment{}
		for _, r := range append(got.Last, got.Inc...) {
			m.uid = max(m.uid, number(r.UID))
		}
		for _, g := range got.Graph {
			m.revision = g.Revision
		}
		return m, nil
	}
	if err := ask(`{ graph(func: type(Graph)) { revision } }`, &got); err != nil {
		return nil, err
	}
	m := &moment{uid: since.uid, revision: since.revision}
	for _, g := range got.Graph {
		m.revision = g.Revision
	}
	if m.revision == since.revision {
		return m, nil
	}
	var claims struct {
		Q []struct {
			UID      string
			Incident struct{ UID string }
		}
	}
	// Both are seen at one moment, that of this request.
	if err := ask(fmt.Sprintf(`{ graph(func: type(Graph)) { revision } q(func: type(Claim), after: %#x) { uid incident { uid } } }`, since.uid), &claims); err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, c := range claims.Q {
		m.uid = max(m.uid, number(c.UID), number(c.Incident.UID))
		if id := c.Incident.UID; id != "" && !seen[id] {
			seen[id] = true
			m.changes = append(m.changes, change{id, number(id) > since.uid})
		}
	}
	return m, nil
}

func number(uid string) uint64 {
	n, _ := strconv.ParseUint(uid, 0, 64) // Dgraph writes uids so
	return n
}

// defineSubscription defines what can be waited for.
func (b *book) defineSubscription() *graphql.Object {
	b.defineEnum("Change", "What happened to an incident.", [2]string{"NEW", "It is new in the graph."},
		[2]string{"CHANGED", "An article more reports it."})
	b.defineObject("IncidentChange", "An incident that came, or of which something new is said.", nil, []fieldSpec{
		{name: "change", typ: "Change!", about: "What happened to it."},
		{name: "incident", typ: "Incident!", about: "The incident as it is now."},
	})
	return graphql.NewObject(graphql.ObjectConfig{Name: "Subscription", Description: "What can be waited for.", Fields: graphql.Fields{
		"incidents": &graphql.Field{Type: b.output("IncidentChange!"), Description: "Incidents as they are loaded, by whichever loader.",
			Args: b.arguments([]argSpec{{"filter", "IncidentFilter", "Only those that meet it.", nil}})},
	}})
}

// Subscribe answers a subscription with a response for each change, until ctx ends or, for a reader that is too
// slow, the channel closes. It gives a response instead when it refuses.
func (s *Service) Subscribe(ctx context.Context, r Request) (<-chan *Response, *Response) {
	op, doc, refused := s.find(r)
	if refused != nil {
		return nil, refused
	}
	if op.Operation != ast.OperationTypeSubscription {
		return nil, failed(&Error{Code: codeOperation, Message: "This is no subscription."})
	}
	vars, err := coerceVariables(&s.book.schema, op.VariableDefinitions, r.Variables)
	if err != nil {
		return nil, failed(err.(*Error))
	}
	answer := func(ctx context.Context, changes []change) []*Response {
		return s.changed(ctx, s.compilation(doc.fragments, vars), op, changes)
	}
	// Compiled once for its errors.
	if list := answer(ctx, nil); len(list) > 0 {
		return nil, list[0]
	}
	changes, leave, err := s.watcher.subscribe(ctx)
	if err != nil {
		return nil, failed(s.public(ctx, err))
	}
	out := make(chan *Response)
	go func() {
		defer close(out)
		defer leave()
		for {
			select {
			case <-ctx.Done():
				return
			case list, ok := <-changes:
				if !ok {
					return
				}
				for _, response := range answer(ctx, list) {
					select {
					case out <- response:
					case <-ctx.Done():
						return
					}
				}
			}
		}
	}()
	return out, nil
}

// changed gives the responses of a subscription to some changes; without any, only the errors that it would have.
func (s *Service) changed(ctx context.Context, c *compilation, op *ast.OperationDefinition, changes []change) []*Response {
	ctx, cancel := context.WithTimeout(ctx, s.config.Limits.Timeout)
	defer cancel()
	refuse := func(err error) []*Response { return []*Response{failed(s.public(ctx, err))} }
	roots, err := c.collect(s.book.schema.SubscriptionType(), []*ast.SelectionSet{op.SelectionSet})
	if err != nil {
		return refuse(err)
	}
	if len(roots) != 1 || roots[0].name != "incidents" {
		return refuse(&Error{Code: codeValidation, Message: "A subscription must select only one field, and that not of the schema."})
	}
	root := roots[0]
	k, err := c.filter("Incident", root.args["filter"])
	if err != nil {
		return refuse(at(err, root))
	}
	fields, err := c.collect(c.book.object("IncidentChange"), root.sets)
	if err != nil {
		return refuse(at(err, root))
	}
	body := &group{attrs: []string{"uid"}}
	type item struct {
		node *node
		new  bool
	}
	write, err := writeFields(c, fields, func(f *field) (func(*writer, item), error) {
		switch f.name {
		case "__typename":
			return func(w *writer, _ item) { w.string("IncidentChange") }, nil
		case "change":
			return func(w *writer, i item) { w.string(map[bool]string{true: "NEW", false: "CHANGED"}[i.new]) }, nil
		}
		inner, err := c.object("Incident", place{group: body}, f.sets)
		return func(w *writer, i item) { inner(w, i.node) }, err
	})
	if err != nil {
		return refuse(at(err, root))
	}
	if len(changes) == 0 {
		return nil
	}
	uids := make([]string, len(changes))
	isNew := map[string]bool{}
	for i, x := range changes {
		uids[i], isNew[x.uid] = x.uid, x.new
	}
	c.q.ask("q(func: uid("+c.q.text("["+strings.Join(uids, ", ")+"]")+"))"+filtered(k.String()), body)
	a, err := s.store.Query(ctx, c.q.String(), c.q.vars)
	if err == nil {
		c.answer, err = parseAnswer(a.JSON)
	}
	if err != nil {
		return refuse(err)
	}
	var list []*Response
	for _, n := range c.answer.nodes("q") {
		w := &writer{}
		w.byte('{')
		w.string(root.key)
		w.byte(':')
		write(w, item{n, isNew[n.text("uid")]})
		w.byte('}')
		list = append(list, &Response{Data: w.buf, Operation: op.Operation, Questions: 1})
	}
	return list
}
