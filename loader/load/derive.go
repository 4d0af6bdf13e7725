package load

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"incidentgraph/loader/resolve"
	"incidentgraph/schema"
)

// recluster computes the incidents of the touched claims anew, what they answer and what answers them, and the
// direct edges that they make.
func (b *batch) recluster(ctx context.Context) error {
	for c := range b.touched {
		if !b.gone[c] {
			b.next[c.Key] = c
		}
	}
	var before []schema.Incident
	var old []string
	for c := range b.touched {
		if b.claims[c.Key] == c {
			old = append(old, b.old[c.Key])
		}
	}
	stored, err := b.txn.Get(ctx, unique(old), schema.PredicatesOf(schema.Incident{}))
	if err != nil {
		return err
	}
	for key, facts := range stored {
		var in schema.Incident
		if err := schema.Read(facts, &in); err != nil {
			return err
		}
		before = append(before, in)
		b.have[key], b.want[key] = facts, nil
	}

	incidents := make(map[string]resolve.Incident)
	var after []schema.Incident
	for _, cluster := range resolve.Cluster(slices.Collect(maps.Values(b.next))) {
		in := resolve.NewIncident(cluster)
		incidents[in.Key] = in
		after = append(after, in.Incident)
	}
	for _, c := range b.next {
		if b.claims[c.Key] == c {
			b.have[c.Key] = b.stored[c.Key]
		}
		b.want[c.Key] = schema.Quads(c.Claim)
	}
	if err := b.answer(ctx, incidents); err != nil {
		return err
	}
	for _, in := range incidents {
		b.want[in.Key] = schema.Quads(in.Incident)
	}
	b.change.Incidents = len(after) - len(before)
	b.change.Claims = len(b.next) - (len(b.touched) - b.fresh())
	return b.relate(ctx, before, after)
}

// fresh counts the touched claims that are new.
func (b *batch) fresh() int {
	n := 0
	for c := range b.touched {
		if b.claims[c.Key] != c {
			n++
		}
	}
	return n
}

// answer computes what the incidents answer, and anew for those that were not touched but answer claims whose
// incident is another now.
func (b *batch) answer(ctx context.Context, incidents map[string]resolve.Incident) error {
	var moved []string // claims
	var blocks []string
	for c := range b.touched {
		now := b.next[c.Key]
		if now == c && b.claims[c.Key] == c && c.Incident == b.old[c.Key] {
			continue
		}
		moved = append(moved, c.Key)
		for _, k := range resolve.Counterparts(c.Blocks) {
			if answersTo(k) {
				blocks = append(blocks, k)
			}
		}
	}
	answering, err := b.txn.Reverse(ctx, "answers", unique(moved))
	if err != nil {
		return err
	}
	found, err := b.txn.Find(ctx, "block", unique(blocks), schema.PredicatesOf(schema.Claim{}))
	if err != nil {
		return err
	}
	if err := b.keepClaims(ctx, found); err != nil {
		return err
	}
	claims, err := b.readClaims(ctx, flat(answering))
	if err != nil {
		return err
	}
	for key := range found {
		claims = append(claims, b.claims[key])
	}
	var aside []string // incidents that were not touched
	for _, c := range claims {
		if !b.touched[c] {
			aside = append(aside, b.old[c.Key])
		}
	}
	members, err := b.txn.Reverse(ctx, "incident", unique(aside))
	if err != nil {
		return err
	}
	if _, err := b.readClaims(ctx, flat(members)); err != nil {
		return err
	}
	stored, err := b.txn.Get(ctx, unique(aside), schema.PredicatesOf(schema.Incident{}))
	if err != nil {
		return err
	}
	type question struct {
		claims []*resolve.Claim
		answer func([]string)
	}
	var questions []question
	for key, in := range incidents {
		questions = append(questions, question{in.Members, func(answers []string) {
			in.InResponseTo = answers
			incidents[key] = in
		}})
	}
	for key, facts := range stored {
		var in schema.Incident
		if err := schema.Read(facts, &in); err != nil {
			return err
		}
		var of []*resolve.Claim
		for _, k := range members[key] {
			if b.claims[k] == nil {
				return fmt.Errorf("incident %s: its claim %s is not in the graph", key, k)
			}
			of = append(of, b.claims[k])
		}
		questions = append(questions, question{of, func(answers []string) {
			in.InResponseTo = answers
			b.have[key], b.want[key] = facts, schema.Quads(in)
		}})
	}

	// What they answer may be untouched itself.
	var answered []string
	blocks = nil
	for _, q := range questions {
		for _, c := range q.claims {
			answered = append(answered, c.Answers...)
			for _, k := range resolve.Counterparts(c.Blocks) {
				if !answersTo(k) {
					blocks = append(blocks, k)
				}
			}
		}
	}
	if found, err = b.txn.Find(ctx, "block", unique(blocks), schema.PredicatesOf(schema.Claim{})); err != nil {
		return err
	}
	if err := b.keepClaims(ctx, found); err != nil {
		return err
	}
	answered = slices.DeleteFunc(unique(answered), func(k string) bool { return b.next[k] != nil })
	if _, err := b.readClaims(ctx, answered); err != nil {
		return err
	}
	acts := resolve.Causes{}
	for key := range found {
		if c := b.claims[key]; !b.touched[c] {
			acts.Add(c)
		}
	}
	for _, c := range b.next {
		acts.Add(c)
	}
	of := func(claim string) string {
		if c := b.next[claim]; c != nil {
			return c.Incident
		}
		if c := b.claims[claim]; c != nil && !b.gone[c] {
			return c.Incident
		}
		return ""
	}
	for _, q := range questions {
		q.answer(resolve.Answered(q.claims, of, acts))
	}
	return nil
}

// answersTo tells whether what is found in the block are answers rather than causes.
func answersTo(block string) bool { return len(block) > 7 && block[:7] == "answer/" }

// relate brings the direct edges from what the incidents made of them before to what they make of them now.
func (b *batch) relate(ctx context.Context, before, after []schema.Incident) error {
	type pair struct{ from, event, to string }
	lost, won := make(map[pair][]schema.Relationship), make(map[pair][]schema.Relationship)
	for _, side := range []struct {
		incidents []schema.Incident
		parts     map[pair][]schema.Relationship
	}{{before, lost}, {after, won}} {
		for _, in := range side.incidents {
			for _, r := range resolve.Pairs(in) {
				k := pair{r.From, r.Type, r.To}
				side.parts[k] = append(side.parts[k], r)
			}
		}
	}
	var from, to, edges []string
	changed := make(map[pair]bool)
	for _, parts := range []map[pair][]schema.Relationship{lost, won} {
		for k := range parts {
			if sum(lost[k]) == sum(won[k]) {
				continue // whatever else there is between the two
			}
			changed[k] = true
			event, _ := schema.EventTypeByName(k.event)
			from, to, edges = append(from, k.from), append(to, k.to), append(edges, event.Edge)
		}
	}
	quads, err := b.txn.Edges(ctx, unique(edges), unique(from), unique(to))
	if err != nil {
		return err
	}
	current := make(map[pair]schema.Relationship)
	for _, q := range quads {
		r, err := schema.ReadRelationship(q)
		if err != nil {
			return err
		}
		current[pair{r.From, r.Type, r.To}] = r
	}
	touched := make(map[string]bool)
	for _, in := range before {
		touched[in.Key] = true
	}
	for k := range changed {
		is := current[k]
		out, in := sum(lost[k]), sum(won[k])
		should := is
		should.From, should.Type, should.To = k.from, k.event, k.to
		should.Count += in.Count - out.Count
		if out.Count > 0 && should.Count > 0 && (out.First == is.First && (in.First == 0 || in.First > is.First) ||
			out.Last == is.Last && in.Last < is.Last || out.Confidence == is.Confidence && in.Confidence < is.Confidence) {
			// What goes was the first, the last or the surest: only the incidents that stay tell which is now.
			rest, err := b.between(ctx, k.from, k.event, k.to, touched)
			if err != nil {
				return err
			}
			should = resolve.Combine(rest, in)
		} else if in.Count > 0 {
			n := should.Count
			should.Count = max(is.Count, 1) // of which Combine asks only whether there is any
			if is.Count == 0 {
				should = in
			} else {
				should = resolve.Combine(should, in)
			}
			should.Count = n
		}
		if is.Count > 0 {
			b.have[k.from] = append(b.have[k.from], is.Quad())
		} else {
			b.change.Relationships++
		}
		if should.Count > 0 {
			b.want[k.from] = append(b.want[k.from], should.Quad())
		} else {
			b.want[k.from] = append(b.want[k.from], []schema.Quad{}...) // so that what is there goes
			b.change.Relationships--
		}
	}
	return nil
}

func sum(parts []schema.Relationship) schema.Relationship {
	var out schema.Relationship
	for _, p := range parts {
		out = resolve.Combine(out, p)
	}
	return out
}

// between computes a direct edge from all incidents that were not touched.
func (b *batch) between(ctx context.Context, from, event, to string, touched map[string]bool) (schema.Relationship, error) {
	by, err := b.txn.Reverse(ctx, "initiators", []string{from, to})
	if err != nil {
		return schema.Relationship{}, err
	}
	at, err := b.txn.Reverse(ctx, "targets", []string{from, to})
	if err != nil {
		return schema.Relationship{}, err
	}
	keys := unique(append(both(by[from], at[to]), both(by[to], at[from])...))
	keys = slices.DeleteFunc(keys, func(k string) bool { return touched[k] })
	facts, err := b.txn.Get(ctx, keys, []string{"xid", "event_type", "day", "confidence", "initiators", "targets"})
	if err != nil {
		return schema.Relationship{}, err
	}
	var out schema.Relationship
	for _, key := range keys {
		var in schema.Incident
		if err := schema.Read(facts[key], &in); err != nil {
			return out, err
		}
		for _, r := range resolve.Pairs(in) {
			if r.From == from && r.To == to && r.Type == event {
				out = resolve.Combine(out, r)
			}
		}
	}
	return out, nil
}

// both gives what is in both lists.
func both(a, b []string) []string {
	in := make(map[string]bool, len(a))
	for _, k := range a {
		in[k] = true
	}
	return slices.DeleteFunc(slices.Clone(b), func(k string) bool { return !in[k] })
}

// flat gives all entries of the lists, sorted and once.
func flat(m map[string][]string) []string {
	var out []string
	for _, l := range m {
		out = append(out, l...)
	}
	return unique(out)
}

// unique sorts a list and drops empty entries and repetitions.
func unique(l []string) []string {
	l = slices.DeleteFunc(l, func(s string) bool { return s == "" })
	slices.Sort(l)
	return slices.Compact(l)
}
