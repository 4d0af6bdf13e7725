package extract

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"incidentgraph/loader/article"
	"incidentgraph/schema"
)

// Explain is Extract, telling w sentence by sentence the names found, the parse, the
// triggers, what became a claim by which line of the lexicon, and what was dropped and why.
func (c *Coder) Explain(doc article.Document, w io.Writer) (schema.ArticleGraph, error) {
	r := c.read(doc, true)
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "article %s, published %s\n", doc.ID, doc.Published)
	for _, s := range r.sentences {
		fmt.Fprintf(b, "\n[%d] %s\n", s.number, doc.Text[s.Start:s.End])
		for i, t := range s.tokens {
			fmt.Fprintf(b, "    %3d %-18s %-6s %-5s %-16s -> %d\n", i, t.Text, t.Tag, t.Penn, t.Relation, t.Head)
		}
		if s.speaker != nil {
			fmt.Fprintf(b, "  speaker %s\n", s.speaker.name)
		}
		for _, m := range s.mentions {
			fmt.Fprintf(b, "  mention %q head %d kind %s", m.name, m.head, m.kind)
			for _, a := range m.actors {
				fmt.Fprintf(b, " = %s [%s %s]", a.name, a.key, a.country)
			}
			if m.place != nil {
				fmt.Fprintf(b, " place %s (%s, %.2f)", m.place.Key, m.place.Reason, m.place.Confidence)
			}
			fmt.Fprintln(b)
		}
		for _, d := range r.dropped {
			if d.s == s {
				fmt.Fprintf(b, "  dropped %q by %s: %s\n", s.tokens[d.token].Text, d.where, d.reason)
			}
		}
		for _, k := range r.claims {
			for _, p := range append([]*claim{k}, k.others...) {
				if p.s == s {
					fmt.Fprintf(b, "  claim %s by %s at %q: %s (%s)\n", p.event.Name, p.trigger.where, s.tokens[p.token].Text, k.titleOf(), strings.ToLower(string(k.status)))
				}
			}
		}
	}
	if err := b.Flush(); err != nil {
		return schema.ArticleGraph{}, fmt.Errorf("explain: %w", err)
	}
	return r.graph(), nil
}
