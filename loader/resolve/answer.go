package resolve

import (
	"cmp"
	_ "embed"
	"slices"
	"strings"

	"incidentgraph/schema"
)

//go:embed causes.txt
var causeFile string

// causes gives the event types that a word can name.
var causes = func() map[string][]string {
	m := make(map[string][]string)
	for line := range strings.Lines(causeFile) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		words := strings.Fields(line)
		for _, w := range words[min(1, len(words)):] {
			m[w] = append(m[w], words[0])
		}
	}
	return m
}()

// answerDays is how long after an act a statement may still be about it without saying so.
const answerDays = 2

// isAnswer tells whether incidents of the type are looked at as answers to what another article reports.
func isAnswer(eventType string) bool {
	switch eventType {
	case "ACCUSE", "REQUEST", "THREATEN", "REJECT":
		return true
	}
	return false
}

// answerBlocks gives the keys under which acts and what answers them meet across articles: "cause/ASSAULT/IRN/20240116"
// of an attack by Iran on that day, "answer/ASSAULT/IRN/20240116" of a condemnation of Iran that names an attack,
// on that day and the next two. A condemnation of nobody in particular meets what happened in its town. A claim whose
// own article tells what it answers has none of the latter.
func answerBlocks(c *Claim, evidence []string) []string {
	if c.Precision != "DAY" || c.Historical {
		return nil
	}
	var out []string
	if c.event.Quad == schema.MaterialConflict {
		for _, who := range append(rootsOf(c.From), town(c)...) {
			out = append(out, "cause/"+c.Type+"/"+who+"/"+written(c.Day))
		}
	}
	if !isAnswer(c.Type) || len(c.Answers) > 0 {
		return out
	}
	var types []string
	for _, sentence := range evidence {
		for _, w := range strings.Fields(schema.Spelling(sentence)) {
			types = append(types, causes[w]...)
		}
	}
	slices.Sort(types)
	about := rootsOf(c.To)
	if len(about) == 0 {
		about = town(c)
	}
	for _, t := range slices.Compact(types) {
		for _, what := range about {
			for n := range answerDays + 1 {
				out = append(out, "answer/"+t+"/"+what+"/"+written(plus(c.Day, -n)))
			}
		}
	}
	return out
}

// rootsOf gives the states of parties, or themselves when they act for none.
func rootsOf(side []Party) []string {
	var out []string
	for _, p := range side {
		out = append(out, cmp.Or(p.State(), p.Key))
	}
	return out
}

// town gives the town or site of a claim, if it tells one.
func town(c *Claim) []string {
	if c.At == nil || c.At.grain() < 2 {
		return nil
	}
	return []string{c.At.Key}
}

// Counterparts gives the blocks in which what the claims of these blocks answer is found, and what answers them, sorted.
func Counterparts(blocks []string) []string {
	var out []string
	for _, b := range blocks {
		if rest, ok := strings.CutPrefix(b, "cause/"); ok {
			out = append(out, "answer/"+rest)
		} else if rest, ok := strings.CutPrefix(b, "answer/"); ok {
			out = append(out, "cause/"+rest)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Causes is a set of claims with the incidents they are in, by the blocks of acts that others may answer.
type Causes map[string][]*Claim

// Add puts a claim in; its Incident is known.
func (m Causes) Add(c *Claim) {
	for _, b := range c.Blocks {
		if strings.HasPrefix(b, "cause/") {
			m[b] = append(m[b], c)
		}
	}
}

// Answered gives the keys of the incidents that the claims of one incident answer, sorted. Where articles tell,
// it is what they tell: of names the incident of a claim. Otherwise it is the one incident of another article,
// on the same day or the two before, whose type the statement names and whose initiator it is addressed to, or whose
// town it tells when it is addressed to nobody: if there are several, the only one that was aimed at the speaker, and if that does not decide, none.
func Answered(claims []*Claim, of func(claim string) string, acts Causes) []string {
	var told []string
	for _, c := range claims {
		for _, a := range c.Answers {
			if i := of(a); i != "" && i != c.Incident {
				told = append(told, i)
			}
		}
	}
	if len(told) > 0 {
		slices.Sort(told)
		return slices.Compact(told)
	}
	var any, own []string
	for _, c := range claims {
		for _, b := range Counterparts(c.Blocks) {
			for _, act := range acts[b] {
				if act.Incident == c.Incident || act.Article == c.Article ||
					len(c.To) > 0 && !slices.ContainsFunc(c.To, func(p Party) bool {
						return slices.ContainsFunc(act.From, func(q Party) bool { return parties(p, q, act.event) > unknown })
					}) {
					continue
				}
				any = append(any, act.Incident)
				if aimedAt(act, c.From) {
					own = append(own, act.Incident)
				}
			}
		}
	}
	for _, candidates := range [][]string{own, any} {
		slices.Sort(candidates)
		if candidates = slices.Compact(candidates); len(candidates) > 0 {
			if len(candidates) == 1 {
				return candidates
			}
			return nil
		}
	}
	return nil
}

// aimedAt tells whether an act was aimed at one of the speakers or at their state.
func aimedAt(act *Claim, speakers []Party) bool {
	for _, s := range speakers {
		for _, t := range act.To {
			if s.Key == t.Key || s.State() != "" && (s.State() == t.Country || act.At != nil && s.State() == act.At.Country) {
				return true
			}
		}
		if s.State() != "" && act.At != nil && s.State() == act.At.Country {
			return true
		}
	}
	return false
}
