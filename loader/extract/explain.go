package extract

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"incidentgraph/loader/article"
	"incidentgraph/loader/extract/classify"
	"incidentgraph/schema"
)

// weighed is an act that the models thought of, kept to be explained.
type weighed struct {
	claim   *claim
	because []string // the features that speak most for it
}

// reacted is a link from an act to what it answers, kept to be explained.
type reacted struct {
	claim, to *claim
	p         float64
	because   []string
}

// Explain is Extract, telling w sentence by sentence the names found, the parse, what the
// rules make of each word or why they make nothing of it, what the models hold for told, by
// whom to whom, for which reasons, and what became a claim.
func (c *Coder) Explain(doc article.Document, w io.Writer) (schema.ArticleGraph, error) {
	r := c.read(doc, true, nil)
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
		r.explainRules(b, s)
		r.explainModels(b, s)
		for _, k := range r.claims {
			for _, p := range append([]*claim{k}, k.others...) {
				if p.s == s {
					fmt.Fprintf(b, "  claim %s at %q: %s (%s, confidence %.2f)\n", p.event.Name, s.tokens[p.token].Text, k.titleOf(), strings.ToLower(string(k.status)), k.confident)
					if p == k {
						r.explainSettled(b, k)
					}
				}
			}
			if k.s == s {
				r.explainReactions(b, k)
			}
		}
	}
	if err := b.Flush(); err != nil {
		return schema.ArticleGraph{}, fmt.Errorf("explain: %w", err)
	}
	return r.graph(), nil
}

// explainSettled tells where and when incident c happened, and why that was chosen.
func (r *reading) explainSettled(w io.Writer, c *claim) {
	for _, x := range r.settled {
		if x.claim == c {
			fmt.Fprintf(w, "    %s %s %.2f of %d (%s) because of %s\n", x.what, x.chosen, x.likely, x.options, x.from, strings.Join(x.because, ", "))
		}
	}
}

// explainRules tells what the lexicon makes of the words of a sentence.
func (r *reading) explainRules(w io.Writer, s *sentence) {
	for i := range s.ruled {
		for _, c := range s.ruled[i] {
			fmt.Fprintf(w, "  rule %s at %q by %s: %s > %s\n", c.event.Name, s.tokens[i].Text, c.trigger.where, nameList(c.initiators), nameList(c.targets))
		}
		if s.why[i] != "" {
			fmt.Fprintf(w, "  no rule at %q: %s\n", s.tokens[i].Text, s.why[i])
		}
	}
}

// explainModels tells what the models think of the words of a sentence, and what of it they hold for told.
func (r *reading) explainModels(w io.Writer, s *sentence) {
	for _, x := range r.weighed {
		if x.claim.s != s {
			continue
		}
		fmt.Fprintf(w, "  act %s at %q %.2f because of %s\n", x.claim.event.Name, s.tokens[x.claim.token].Text, x.claim.likely, strings.Join(x.because, ", "))
		for _, k := range x.claim.stakes {
			if k.initiator >= leastStake || k.target >= leastStake {
				fmt.Fprintf(w, "      %s: initiator %.2f, target %.2f (%s)\n", k.actor.name, k.initiator, k.target, k.from)
			}
		}
	}
	for _, e := range r.considered {
		if e.support[0].claim.s == s && e.p >= saidThreshold/2 {
			verdict := "told"
			if !e.said {
				verdict = "not sure enough"
			}
			fmt.Fprintf(w, "  edge %s -%s-> %s %.2f: %s\n", nameList(one(e.initiator)), e.kind, nameList(one(e.target)), e.p, verdict)
		}
	}
}

// explainReaction keeps why act c is linked to o.
func (r *reading) explainReaction(c, o *claim, p float64, f *classify.Features) {
	if !r.explain {
		return
	}
	x := reacted{claim: c, to: o, p: p, because: []string{"it deplores an act of conflict"}}
	if f != nil {
		x.because = r.coder.reactions.Why(f, mostReasons)
	}
	r.reacted = append(r.reacted, x)
}

// explainReactions tells what claim c is a reaction to, and why.
func (r *reading) explainReactions(w io.Writer, c *claim) {
	for _, x := range r.reacted {
		if x.claim == c && slices.Contains(c.responses, x.to) {
			fmt.Fprintf(w, "    reaction to %s [%d] %.2f because of %s\n", x.to.titleOf(), x.to.s.number, x.p, strings.Join(x.because, ", "))
		}
	}
}

// one gives a list of an actor, empty for nobody.
func one(a *actor) []*actor {
	if a == nil {
		return nil
	}
	return []*actor{a}
}

// nameList gives the names of actors, "nobody" for none.
func nameList(list []*actor) string {
	if len(list) == 0 {
		return "nobody"
	}
	var out []string
	for _, a := range list {
		out = append(out, a.name)
	}
	return strings.Join(out, ", ")
}

// mostReasons is how many reasons an explanation gives.
const mostReasons = 4

// explainAct keeps why the models think of claim c.
func (r *reading) explainAct(c *claim, f *classify.Features) {
	r.weighed = append(r.weighed, weighed{c, r.coder.models.Acts.Why(f, c.event.Name, mostReasons)})
}
