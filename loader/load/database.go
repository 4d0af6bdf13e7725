package load

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"incidentgraph/schema"
	"incidentgraph/schema/dgraph"
)

// Database is the graph that a Dgraph keeps.
type Database struct {
	client *dgraph.Client
	// last is what the change that was made last through this Database remembers.
	last *atomic.Pointer[recall]
}

// NewDatabase gives the graph behind a client, whose schema has been applied.
func NewDatabase(c *dgraph.Client) Database { return Database{c, new(atomic.Pointer[recall])} }

// Update is Store.Update.
//
// Dgraph 25.3 shows a transaction some of what others commit after it began. Such a transaction cannot commit, since
// the others raised the revision; but it may trip over what it sees before it gets there: a node without its key,
// a claim without its article. So an error counts only when the graph is still at the revision it began with, and
// what a transaction has read is remembered only when it was committed.
func (d Database) Update(ctx context.Context, change func(context.Context, Txn) error) error {
	return d.client.Update(ctx, func(ctx context.Context, t *dgraph.Txn) error {
		memory := d.last.Swap(nil) // another one that runs meanwhile has none
		before, err := revision(ctx, t)
		if err != nil {
			return err
		}
		memory = memory.at(before)
		err = change(ctx, remembering{&transaction{txn: t, uids: memory.uids}, memory})
		if d.overtaken(ctx, err, before) {
			return dgraph.ErrAborted
		}
		if err == nil && memory.revision != before {
			d.last.Store(memory)
		}
		return err
	})
}

// View is Store.View.
func (d Database) View(ctx context.Context, look func(context.Context, Txn) error) error {
	for {
		t := d.client.ReadOnly()
		before, err := revision(ctx, t)
		if err != nil {
			return err
		}
		err = look(ctx, &transaction{txn: t, uids: make(map[string]string)})
		if !d.overtaken(ctx, err, before) {
			return err
		}
	}
}

// overtaken tells whether the graph has changed since a transaction began that met an error of its own.
func (d Database) overtaken(ctx context.Context, err error, before string) bool {
	var refused *dgraph.Refused
	if err == nil || ctx.Err() != nil || errors.Is(err, dgraph.ErrAborted) || errors.Is(err, dgraph.ErrUnavailable) || errors.As(err, &refused) {
		return false
	}
	now, failed := revision(ctx, d.client.ReadOnly())
	return failed == nil && now != before
}

// revision gives the graph's revision in writing, which is "" before the first change.
func revision(ctx context.Context, t *dgraph.Txn) (string, error) {
	answer, err := t.Query(ctx, `query q($key: string) { n(func: eq(xid, $key)) { revision } }`, map[string]string{"$key": schema.GraphKey})
	if err != nil {
		return "", err
	}
	var in struct {
		N []struct{ Revision json.Number }
	}
	if err := json.Unmarshal(answer.JSON, &in); err != nil {
		return "", fmt.Errorf("answer of Dgraph: %w", err)
	}
	if len(in.N) == 0 {
		return "", nil
	}
	return in.N[0].Revision.String(), nil
}

// transaction is a Txn of Dgraph.
type transaction struct {
	txn *dgraph.Txn
	// uids are those of nodes that were read, by key.
	uids map[string]string
}

// listLimit is how many values one question looks up.
const listLimit = 1000

func (t *transaction) Get(ctx context.Context, keys, predicates []string) (map[string][]schema.Quad, error) {
	return t.Find(ctx, "xid", keys, predicates)
}

func (t *transaction) Find(ctx context.Context, predicate string, values, predicates []string) (map[string][]schema.Quad, error) {
	out := make(map[string][]schema.Quad)
	for some := range slices.Chunk(values, listLimit) {
		declared, args, vars := list(some)
		answer, err := t.txn.Query(ctx, `query q(`+declared+`) { n(func: eq(`+predicate+`, [`+args+`])) { uid `+selection(predicates)+` } }`, vars)
		if err != nil {
			return nil, err
		}
		if err := t.nodes(answer.JSON, out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// list declares a variable for each value.
func list(values []string) (declared, args string, vars map[string]string) {
	var d, a strings.Builder
	vars = make(map[string]string, len(values))
	for i, v := range values {
		if i > 0 {
			d.WriteByte(',')
			a.WriteByte(',')
		}
		name := "$v" + strconv.Itoa(i)
		d.WriteString(name + ":string")
		a.WriteString(name)
		vars[name] = v
	}
	return d.String(), a.String(), vars
}

// selection asks for predicates, edges by the keys they lead to, with their facets.
func selection(predicates []string) string {
	var b strings.Builder
	key := false
	for _, name := range predicates {
		p, ok := schema.PredicateByName(name)
		if !ok {
			panic("load: no predicate " + name)
		}
		key = key || name == "xid"
		b.WriteString(name)
		if len(p.Facets) > 0 {
			b.WriteString(" @facets")
		}
		if p.IsEdge() {
			b.WriteString(" { uid xid }")
		}
		b.WriteByte(' ')
	}
	if !key {
		b.WriteString("xid ")
	}
	return b.String()
}

// nodes adds the nodes of an answer's block n to out.
func (t *transaction) nodes(answer []byte, out map[string][]schema.Quad) error {
	var in struct{ N []map[string]json.RawMessage }
	if err := json.Unmarshal(answer, &in); err != nil {
		return fmt.Errorf("answer of Dgraph: %w", err)
	}
	for _, node := range in.N {
		var key, uid string
		if err := json.Unmarshal(node["xid"], &key); err != nil {
			return fmt.Errorf("node %s has no key: %w", node["uid"], err)
		}
		if err := json.Unmarshal(node["uid"], &uid); err != nil {
			return err
		}
		t.uids[key] = uid
		facts := []schema.Quad{}
		for name, raw := range node {
			p, ok := schema.PredicateByName(name)
			if !ok {
				continue // uid, and facets, which are read with their values
			}
			values, err := t.values(p, raw, node)
			if err != nil {
				return fmt.Errorf("%s of node %s: %w", name, key, err)
			}
			for _, v := range values {
				facts = append(facts, schema.Quad{Subject: key, Predicate: name, Object: v.Object, Facets: v.Facets})
			}
		}
		slices.SortFunc(facts, schema.CompareQuads)
		out[key] = facts
	}
	return nil
}

// values reads what a node has under a predicate.
func (t *transaction) values(p schema.Predicate, raw json.RawMessage, node map[string]json.RawMessage) ([]schema.Value, error) {
	items := []json.RawMessage{raw}
	if p.IsList() {
		items = nil
		if err := json.Unmarshal(raw, &items); err != nil {
			return nil, err
		}
	}
	out := make([]schema.Value, len(items))
	for i, item := range items {
		facets := node
		if p.IsEdge() {
			facets = nil
			if err := json.Unmarshal(item, &facets); err != nil {
				return nil, err
			}
			var uid string
			if err := json.Unmarshal(facets["uid"], &uid); err != nil {
				return nil, err
			}
			if err := json.Unmarshal(facets["xid"], &out[i].Object); err != nil {
				return nil, fmt.Errorf("it leads to node %s, which has no key: %w", uid, err)
			}
			t.uids[out[i].Object] = uid
		} else {
			v, err := value(p, item)
			if err != nil {
				return nil, err
			}
			out[i].Object = v
		}
		for _, name := range slices.Sorted(maps.Keys(p.Facets)) {
			f, ok := facets[p.Name+"|"+name]
			if !ok {
				continue
			}
			if p.IsList() && !p.IsEdge() {
				// Facets of the values of a list come as an object by position.
				var each map[string]json.RawMessage
				if err := json.Unmarshal(f, &each); err != nil {
					return nil, err
				}
				if f, ok = each[strconv.Itoa(i)]; !ok {
					continue
				}
			}
			v, err := facet(p.Facets[name], f)
			if err != nil {
				return nil, err
			}
			out[i].Facets = append(out[i].Facets, schema.Facet{Key: name, Value: v})
		}
	}
	return out, nil
}

// value reads a value into the form that facts have.
func value(p schema.Predicate, raw json.RawMessage) (string, error) {
	switch strings.Trim(p.Type, "[]") {
	case "int", "bool":
		return string(raw), nil
	case "float":
		f, err := strconv.ParseFloat(string(raw), 64)
		return schema.FormatFloat(f), err
	case "geo":
		var point struct{ Coordinates [2]float64 }
		err := json.Unmarshal(raw, &point)
		return schema.MakePoint(point.Coordinates[1], point.Coordinates[0]), err
	}
	var s string
	err := json.Unmarshal(raw, &s)
	return s, err
}

func facet(kind string, raw json.RawMessage) (any, error) {
	switch kind {
	case "int":
		return strconv.Atoi(string(raw))
	case "float":
		return strconv.ParseFloat(string(raw), 64)
	}
	var s string
	err := json.Unmarshal(raw, &s)
	return dgraph.FacetText(s), err
}

func (t *transaction) Edges(ctx context.Context, predicates, from, to []string) ([]schema.Quad, error) {
	if len(predicates) == 0 || len(from) == 0 || len(to) == 0 {
		return nil, nil
	}
	subjects, err := t.known(ctx, from)
	if err != nil {
		return nil, err
	}
	objects, err := t.known(ctx, to)
	if err != nil || len(subjects) == 0 || len(objects) == 0 {
		return nil, err
	}
	var b strings.Builder
	for _, p := range predicates {
		b.WriteString(p + " @facets @filter(uid(" + strings.Join(objects, ",") + ")) { uid xid } ")
	}
	answer, err := t.txn.Query(ctx, `{ n(func: uid(`+strings.Join(subjects, ",")+`)) { uid xid `+b.String()+` } }`, nil)
	if err != nil {
		return nil, err
	}
	nodes := make(map[string][]schema.Quad)
	if err := t.nodes(answer.JSON, nodes); err != nil {
		return nil, err
	}
	var out []schema.Quad
	for _, facts := range nodes {
		for _, q := range facts {
			if slices.Contains(predicates, q.Predicate) {
				out = append(out, q)
			}
		}
	}
	return out, nil
}

// known gives the uids of those nodes that exist.
func (t *transaction) known(ctx context.Context, keys []string) ([]string, error) {
	if err := t.learn(ctx, keys); err != nil {
		return nil, err
	}
	var out []string
	for _, k := range keys {
		if uid, ok := t.uids[k]; ok {
			out = append(out, uid)
		}
	}
	return out, nil
}

// learn finds out the uids of nodes.
func (t *transaction) learn(ctx context.Context, keys []string) error {
	unknown := slices.DeleteFunc(unique(slices.Clone(keys)), func(k string) bool { return t.uids[k] != "" })
	_, err := t.Get(ctx, unknown, []string{"xid"})
	return err
}

func (t *transaction) Reverse(ctx context.Context, predicate string, to []string) (map[string][]string, error) {
	out := make(map[string][]string)
	for some := range slices.Chunk(to, listLimit) {
		declared, args, vars := list(some)
		answer, err := t.txn.Query(ctx, `query q(`+declared+`) { n(func: eq(xid, [`+args+`])) { xid from: ~`+predicate+` { uid xid } } }`, vars)
		if err != nil {
			return nil, err
		}
		var in struct {
			N []struct {
				Xid  string
				From []struct{ UID, Xid string }
			}
		}
		if err := json.Unmarshal(answer.JSON, &in); err != nil {
			return nil, fmt.Errorf("answer of Dgraph: %w", err)
		}
		for _, n := range in.N {
			for _, f := range n.From {
				t.uids[f.Xid] = f.UID
				out[n.Xid] = append(out[n.Xid], f.Xid)
			}
		}
	}
	return out, nil
}

func (t *transaction) Write(ctx context.Context, set, del []schema.Quad) error {
	var keys []string
	made := make(map[string]bool)
	for _, q := range set {
		if q.Predicate == "xid" {
			made[q.Subject] = true
		}
	}
	for _, q := range slices.Concat(set, del) {
		keys = append(keys, q.Subject)
		if p, _ := schema.PredicateByName(q.Predicate); p.IsEdge() {
			keys = append(keys, q.Object)
		}
	}
	keys = slices.DeleteFunc(unique(keys), func(k string) bool { return made[k] })
	if err := t.learn(ctx, keys); err != nil {
		return err
	}
	for _, k := range keys {
		if t.uids[k] == "" {
			return fmt.Errorf("there is no node %s, to which the graph is to lead", k)
		}
	}
	node := func(key string) dgraph.Node {
		if uid, ok := t.uids[key]; ok {
			return dgraph.UID(uid)
		}
		return dgraph.Blank(key)
	}
	var sets, dels dgraph.NQuads
	for _, q := range set {
		sets.Fact(q, node)
	}
	for _, q := range del {
		if p, _ := schema.PredicateByName(q.Predicate); !p.IsList() && !p.IsEdge() {
			dels.All(node(q.Subject), q.Predicate) // there is no other value
		} else {
			q.Facets = nil
			dels.Fact(q, node)
		}
	}
	uids, err := t.txn.MutateAndCommit(ctx, sets.Bytes(), dels.Bytes())
	maps.Copy(t.uids, uids)
	return err
}
