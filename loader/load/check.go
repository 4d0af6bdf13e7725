package load

import (
	"fmt"
	"math"
	"slices"

	"incidentgraph/loader/resolve"
	"incidentgraph/schema"
)

// checker collects what the rules need of the nodes.
type checker struct {
	types     map[string]string // node type by key
	texts     map[string]string // texts of articles that have evidence, by key
	articles  map[string]schema.Article
	sentences []schema.Sentence
	claims    []schema.Claim
	incidents []schema.Incident
	edges     []schema.Quad
	direct    []schema.Relationship
	faults    []Fault
	listed    map[string]map[string]bool
}

func (c *checker) fault(node, format string, args ...any) {
	c.faults = append(c.faults, Fault{node, fmt.Sprintf(format, args...)})
}

func (c *checker) visit(key string, facts []schema.Quad) error {
	if c.listed == nil {
		c.listed, c.articles = lists(), make(map[string]schema.Article)
	}
	kind := nodeType(facts)
	c.types[key] = kind
	if c.listed[kind] == nil {
		c.fault(key, "it is of the type %q, which does not exist", kind)
		return nil
	}
	named := false
	for _, q := range facts {
		named = named || q.Predicate == "name"
		if !c.listed[kind][q.Predicate] {
			c.fault(key, "a node of type %s cannot have %s", kind, q.Predicate)
		}
		if p, _ := schema.PredicateByName(q.Predicate); p.IsEdge() {
			c.edges = append(c.edges, schema.Quad{Subject: q.Subject, Predicate: q.Predicate, Object: q.Object})
		}
		if r, err := schema.ReadRelationship(q); err == nil {
			c.direct = append(c.direct, r)
		}
	}
	if !named {
		c.fault(key, "it has no name")
	}
	var err error
	switch kind {
	case "Article":
		var a schema.Article
		err = schema.Read(facts, &a)
		c.texts[key] = a.Text
		a.Text = ""
		c.articles[key] = a
	case "Evidence":
		var s schema.Sentence
		err = schema.Read(facts, &s)
		c.sentences = append(c.sentences, s)
	case "Claim":
		var cl schema.Claim
		err = schema.Read(facts, &cl)
		c.claims = append(c.claims, cl)
	case "Incident":
		var in schema.Incident
		err = schema.Read(facts, &in)
		c.incidents = append(c.incidents, in)
	}
	return err
}

// edge is an edge by its ends' keys.
type edge struct{ from, predicate, to string }

// finish gives what breaks the rules; back are the edges of predicates that hold one, as they are found from their ends.
func (c *checker) finish(back map[edge]bool) ([]Fault, error) {
	for _, e := range c.edges {
		if p, _ := schema.PredicateByName(e.Predicate); p.Reverse && !p.IsList() {
			k := edge{e.Subject, e.Predicate, e.Object}
			if !back[k] {
				c.fault(e.Subject, "%s leads to %s and is not found from there", e.Predicate, e.Object)
			}
			delete(back, k)
		}
		if t, ok := c.types[e.Object]; !ok || !slices.Contains(endpoints(e.Predicate), t) {
			c.fault(e.Subject, "%s leads to %s, which is %q", e.Predicate, e.Object, t)
		}
	}
	for e := range back {
		c.fault(e.from, "%s is found from %s and does not lead there", e.predicate, e.to)
	}
	article := make(map[string]string) // by evidence
	resolved := make(map[string][]*resolve.Claim)
	incidentOf := make(map[string]string)
	for _, cl := range c.claims {
		if len(cl.Evidence) == 0 {
			c.fault(cl.Key, "it has no evidence")
		}
		for _, e := range cl.Evidence {
			article[e.Object] = cl.Article
		}
		if cl.Incident == "" {
			c.fault(cl.Key, "it has no incident")
		}
		a, ok := c.articles[cl.Article]
		if !ok {
			c.fault(cl.Key, "it has no article")
			continue
		}
		full, err := resolve.NewClaim(cl, a)
		if err != nil {
			c.fault(cl.Key, "%v", err)
			continue
		}
		resolved[cl.Incident] = append(resolved[cl.Incident], full)
		incidentOf[cl.Key] = cl.Incident
	}
	for _, s := range c.sentences {
		text, ok := c.texts[article[s.Key]]
		switch {
		case !ok:
			c.fault(s.Key, "no claim of an article has it as evidence")
		case s.Start == nil || s.End == nil || *s.Start < 0 || *s.Start > *s.End || *s.End > len(text) || text[*s.Start:*s.End] != s.Text:
			c.fault(s.Key, "its text does not stand there in the article %s", article[s.Key])
		}
	}
	acts := resolve.Causes{}
	for _, claims := range resolved {
		for _, cl := range claims {
			acts.Add(cl)
		}
	}
	for _, in := range c.incidents {
		claims := resolved[in.Key]
		if len(claims) == 0 {
			c.fault(in.Key, "no claim reports it")
			continue
		}
		slices.SortFunc(claims, resolve.CompareClaims)
		for i := range claims {
			for _, d := range claims[:i] {
				if _, ok := resolve.Compatible(claims[i], d); !ok {
					c.fault(in.Key, "its claims %s and %s contradict each other", claims[i].Key, d.Key)
				}
			}
		}
		should := resolve.NewIncident(claims).Incident
		should.InResponseTo = resolve.Answered(claims, func(k string) string { return incidentOf[k] }, acts)
		if set, del := difference(schema.Quads(in), schema.Quads(should)); len(set)+len(del) > 0 {
			c.fault(in.Key, "its claims make it another: %s", summary(set, del))
		}
	}
	should := make(map[[3]string]schema.Relationship)
	for _, r := range resolve.Relationships(c.incidents) {
		should[[3]string{r.From, r.Type, r.To}] = r
	}
	for _, r := range c.direct {
		k := [3]string{r.From, r.Type, r.To}
		want, ok := should[k]
		delete(should, k)
		if want.Confidence = want.Confidence - r.Confidence; !ok || math.Abs(want.Confidence) > 1e-9 || want.Count != r.Count || want.First != r.First || want.Last != r.Last {
			c.fault(r.From, "the direct edge %s to %s (%d times, %d to %d) is not what its incidents make (%d times, %d to %d)",
				r.Type, r.To, r.Count, r.First, r.Last, want.Count, want.First, want.Last)
		}
	}
	for _, r := range should {
		c.fault(r.From, "the direct edge %s to %s is missing", r.Type, r.To)
	}
	return sortFaults(c.faults), nil
}

// summary shows the first difference.
func summary(set, del []schema.Quad) string {
	for _, q := range set {
		return fmt.Sprintf("%s should be %s", q.Predicate, q.Object)
	}
	return fmt.Sprintf("%s should not be %s", del[0].Predicate, del[0].Object)
}
