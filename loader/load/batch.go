package load

import (
	"context"
	"maps"
	"slices"

	"incidentgraph/loader/resolve"
	"incidentgraph/schema"
)

// headPredicates are what of an article is needed to compare its claims.
var headPredicates = []string{"xid", "publisher", "published", "day", "simhash", "mentions"}

// batch is one transaction's work.
type batch struct {
	txn    Txn
	names  resolve.Names
	change Change

	reports map[string]resolve.Report // new articles by key
	removed map[string]schema.Article // articles that go, or make way for another version

	claims  map[string]*resolve.Claim // claims that were read, by key
	old     map[string]string         // their incidents as stored
	stored  map[string][]schema.Quad  // their facts as stored
	heads   map[string]schema.Article // their articles
	gone    map[*resolve.Claim]bool   // those of removed articles
	touched map[*resolve.Claim]bool   // claims whose incident may change: all that links connect with new or gone ones
	next    map[string]*resolve.Claim // claims as they will be after recluster, by key: the touched ones that are not gone

	have, want map[string][]schema.Quad // facts of nodes as they are and as they ought to be; a node that ought not to be has none
}

func newBatch(txn Txn, names resolve.Names) *batch {
	return &batch{
		txn: txn, names: names,
		reports: make(map[string]resolve.Report), removed: make(map[string]schema.Article),
		claims: make(map[string]*resolve.Claim), old: make(map[string]string), stored: make(map[string][]schema.Quad),
		heads: make(map[string]schema.Article), touched: make(map[*resolve.Claim]bool), gone: make(map[*resolve.Claim]bool),
		next: make(map[string]*resolve.Claim),
		have: make(map[string][]schema.Quad), want: make(map[string][]schema.Quad),
	}
}

// apply loads reports and takes out the articles of the keys, in one transaction.
func apply(ctx context.Context, txn Txn, names resolve.Names, reports []resolve.Report, retract []string) (Change, error) {
	b := newBatch(txn, names)
	for _, step := range []func(context.Context) error{
		func(ctx context.Context) error { return b.admit(ctx, reports) },
		func(ctx context.Context) error { return b.dismiss(ctx, retract) },
		b.surround,
		b.recluster,
		b.describe,
		b.write,
	} {
		if err := step(ctx); err != nil {
			return Change{}, err
		}
		if len(b.reports) == 0 && len(b.removed) == 0 && len(retract) == 0 {
			break // all are known
		}
	}
	return b.change, nil
}

// admit finds out which articles are new, and which replace others. Articles are the same when they have the
// same key or address. A version that is there, or was there and made way for another, is known.
func (b *batch) admit(ctx context.Context, reports []resolve.Report) error {
	var keys, urls []string
	for _, r := range reports {
		keys = append(keys, r.Article.Key)
		if r.Article.URL != "" {
			urls = append(urls, r.Article.URL)
		}
	}
	predicates := []string{"xid", "url", "digest", "earlier"}
	stored, err := b.txn.Get(ctx, keys, predicates)
	if err != nil {
		return err
	}
	byURL, err := b.txn.Find(ctx, "url", urls, predicates)
	if err != nil {
		return err
	}
	maps.Copy(stored, byURL)
	current := make(map[string]schema.Article) // by key and by address
	put := func(a schema.Article) {
		current["key "+a.Key] = a
		if a.URL != "" {
			current["url "+a.URL] = a
		}
	}
	for _, key := range slices.Sorted(maps.Keys(stored)) {
		var a schema.Article
		if err := schema.Read(stored[key], &a); err != nil {
			return err
		}
		put(a)
	}
	for _, r := range reports {
		before, ok := current["key "+r.Article.Key]
		if !ok && r.Article.URL != "" {
			before, ok = current["url "+r.Article.URL]
		}
		switch {
		case !ok:
			b.change.Read++
		case before.Digest == r.Article.Digest || slices.Contains(before.Earlier, r.Article.Digest):
			b.change.Known++
			continue
		default:
			b.change.Replaced++
			r.Article.Earlier = append(slices.Clone(before.Earlier), before.Digest)
			slices.Sort(r.Article.Earlier)
			if _, fresh := b.reports[before.Key]; fresh {
				delete(b.reports, before.Key)
			} else {
				b.removed[before.Key] = before
			}
		}
		b.reports[r.Article.Key] = r
		put(r.Article)
	}
	return nil
}

// dismiss reads what the removed articles take with them.
func (b *batch) dismiss(ctx context.Context, retract []string) error {
	for _, key := range retract {
		b.removed[key] = schema.Article{Key: key}
	}
	if len(b.removed) == 0 {
		return nil
	}
	keys := slices.Sorted(maps.Keys(b.removed))
	articles, err := b.txn.Get(ctx, keys, schema.PredicatesOf(schema.Article{}))
	if err != nil {
		return err
	}
	for _, key := range keys {
		facts, ok := articles[key]
		if !ok {
			delete(b.removed, key)
			continue
		}
		var a schema.Article
		if err := schema.Read(facts, &a); err != nil {
			return err
		}
		b.removed[key] = a
		b.heads[key] = a
		b.have[key] = facts
		if _, replaced := b.reports[key]; !replaced {
			b.want[key] = nil
		}
	}
	for _, key := range retract {
		if _, ok := b.removed[key]; ok {
			b.change.Retracted++
		}
	}
	claims, err := b.txn.Reverse(ctx, "article", keys)
	if err != nil {
		return err
	}
	var evidence []string
	got, err := b.readClaims(ctx, flat(claims))
	if err != nil {
		return err
	}
	for _, c := range got {
		b.gone[c] = true
		b.have[c.Key], b.want[c.Key] = b.stored[c.Key], nil
		for _, e := range c.Evidence {
			evidence = append(evidence, e.Object)
		}
	}
	sentences, err := b.txn.Get(ctx, unique(evidence), schema.PredicatesOf(schema.Sentence{}))
	if err != nil {
		return err
	}
	for key, facts := range sentences {
		b.have[key], b.want[key] = facts, nil
	}
	return nil
}

// readClaims reads claims that were not read yet, with their articles' heads. It gives all of them.
func (b *batch) readClaims(ctx context.Context, keys []string) ([]*resolve.Claim, error) {
	var unread []string
	for _, k := range keys {
		if b.claims[k] == nil {
			unread = append(unread, k)
		}
	}
	facts, err := b.txn.Get(ctx, unread, schema.PredicatesOf(schema.Claim{}))
	if err != nil {
		return nil, err
	}
	if err := b.keepClaims(ctx, facts); err != nil {
		return nil, err
	}
	var out []*resolve.Claim
	for _, k := range keys {
		if c := b.claims[k]; c != nil {
			out = append(out, c)
		}
	}
	return out, nil
}

// keepClaims keeps claims as they were read.
func (b *batch) keepClaims(ctx context.Context, facts map[string][]schema.Quad) error {
	claims := make(map[string]schema.Claim)
	var heads []string
	for key, f := range facts {
		if b.stored[key] != nil {
			continue
		}
		var c schema.Claim
		if err := schema.Read(f, &c); err != nil {
			return err
		}
		b.stored[key] = f
		b.old[key] = c.Incident
		claims[key] = c
		if _, ok := b.heads[c.Article]; !ok {
			heads = append(heads, c.Article)
		}
	}
	articles, err := b.txn.Get(ctx, unique(heads), headPredicates)
	if err != nil {
		return err
	}
	for key, f := range articles {
		var a schema.Article
		if err := schema.Read(f, &a); err != nil {
			return err
		}
		b.heads[key] = a
	}
	for key, c := range claims {
		full, err := resolve.NewClaim(c, b.heads[c.Article])
		if err != nil {
			return err
		}
		b.claims[key] = full
	}
	return nil
}

// surround finds every claim that a chain of links connects with one that is new or goes.
func (b *batch) surround(ctx context.Context) error {
	byBlock := make(map[string][]*resolve.Claim)
	var queue []*resolve.Claim
	touch := func(c *resolve.Claim) {
		if !b.touched[c] {
			b.touched[c] = true
			queue = append(queue, c)
		}
	}
	index := func(c *resolve.Claim) {
		for _, k := range c.Blocks {
			byBlock[k] = append(byBlock[k], c)
		}
	}
	indexed := make(map[string]bool) // stored claims
	for c := range b.gone {
		indexed[c.Key] = true
		index(c)
		touch(c)
	}
	for _, r := range b.reports {
		for _, c := range r.Claims {
			index(c)
			touch(c)
		}
	}
	read := make(map[string]bool)
	for len(queue) > 0 {
		var unread []string
		for _, c := range queue {
			for _, k := range c.Blocks {
				if k = resolve.Meeting(k); k != "" && !read[k] {
					read[k] = true
					unread = append(unread, k)
				}
			}
		}
		found, err := b.txn.Find(ctx, "block", unread, schema.PredicatesOf(schema.Claim{}))
		if err != nil {
			return err
		}
		if err := b.keepClaims(ctx, found); err != nil {
			return err
		}
		for key := range found {
			if !indexed[key] {
				indexed[key] = true
				index(b.claims[key])
			}
		}
		wave := queue
		queue = nil
		for _, c := range wave {
			for _, k := range c.Blocks {
				for _, d := range byBlock[resolve.Meeting(k)] {
					if !b.touched[d] {
						if _, ok := resolve.Linked(c, d); ok {
							touch(d)
						}
					}
				}
			}
		}
	}
	return nil
}
