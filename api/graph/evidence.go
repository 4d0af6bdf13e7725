package graph

import (
	"fmt"

	"incidentgraph/schema/dgraph"
)

// citation is a sentence as evidence of a claim.
type citation struct{ evidence, claim *node }

// evidence compiles a connection over the sentences that tell some incidents, by day of publication and
// place in the article. incidents is asked for the claims.
func (c *compilation) evidence(f *field, incidents *group) (func(*writer, []*node), error) {
	claim := &group{}
	alias := c.q.fresh("e")
	list, err := c.citations(f, claim)
	if err != nil {
		return nil, err
	}
	incidents.child(alias+": ~incident", claim)
	return func(w *writer, nodes []*node) {
		var claims []*node
		for _, i := range nodes {
			claims = append(claims, i.nodes(alias)...)
		}
		list(w, claims)
	}, nil
}

// citations compiles a connection over the sentences that tell some claims.
func (c *compilation) citations(f *field, claim *group) (func(*writer, []*node), error) {
	const byDay = "EVIDENCE"
	fields, _, err := c.connectionFields("Evidence", f)
	if err != nil {
		return nil, err
	}
	p, err := c.paging(f, byDay)
	if err != nil {
		return nil, err
	}
	sentence := &group{}
	write, err := within(c, p.size, func() (func(*writer, page[citation]), error) {
		return connectionShape(c, "Evidence", fields, func(n *field) (func(*writer, citation), error) {
			return c.citation(n, sentence, claim)
		})
	})
	if err != nil {
		return nil, err
	}
	alias, article := c.q.fresh("e"), c.q.fresh("e")
	sentence.attr("uid", "xid", "sentence")
	claim.child(alias+": evidence @facets(f_trigger: trigger)", sentence)
	claim.child(article+": article", &group{attrs: []string{"xid", "day"}})
	return func(w *writer, claims []*node) {
		var rows []citation
		seen := map[string]bool{}
		for _, cl := range claims {
			for _, e := range cl.nodes(alias) {
				if !seen[e.uid()] {
					seen[e.uid()] = true
					rows = append(rows, citation{e, cl})
				}
			}
		}
		write(w, cutPage(rows, p, byDay, false, func(x citation) float64 {
			day, _ := x.claim.first(article).int("day")
			return float64(day)
		}, func(x citation) string {
			number, _ := x.evidence.int("sentence")
			return fmt.Sprintf("%s|%06d", x.claim.first(article).text("xid"), number)
		}))
	}, nil
}

// citation compiles a selection on evidence.
func (c *compilation) citation(f *field, sentence, claim *group) (func(*writer, citation), error) {
	fields, err := c.collect(c.book.object("Evidence"), f.sets)
	if err != nil {
		return nil, err
	}
	return writeFields(c, fields, func(f *field) (func(*writer, citation), error) {
		ofSentence := func(compile compiler) (func(*writer, citation), error) {
			s, err := compile(c, place{group: sentence}, f)
			return func(w *writer, x citation) { s(w, x.evidence) }, err
		}
		switch f.name {
		case "__typename":
			return func(w *writer, _ citation) { w.string("Evidence") }, nil
		case "id":
			return ofSentence(attribute("xid"))
		case "text":
			return ofSentence(attribute("quote"))
		case "sentence", "start", "end":
			return ofSentence(attribute(f.name))
		case "trigger":
			return func(w *writer, x citation) {
				if x.evidence.has("f_trigger") {
					w.string(dgraph.FacetText(x.evidence.text("f_trigger")))
				} else {
					w.null()
				}
			}, nil
		case "article":
			s, err := one("article", "Article")(c, place{group: claim}, f)
			return func(w *writer, x citation) { s(w, x.claim) }, err
		case "claim":
			s, err := c.object("Claim", place{group: claim}, f.sets)
			return func(w *writer, x citation) { s(w, x.claim) }, err
		}
		return nil, fmt.Errorf("Evidence.%s has no compiler", f.name)
	})
}
