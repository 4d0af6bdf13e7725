package extract

import (
	"incidentgraph/loader/extract/classify"
	"incidentgraph/schema"
)

// Models are what is learnt from annotated articles: what act a word tells, which side of it
// somebody is, and whether an article says what these come to.
type Models struct {
	Acts, Roles, Edges *classify.Model
}

// The classes that the models know beside the types of events.
const (
	noAct     = "none"
	nobody    = "none"
	initiator = "initiator"
	target    = "target"
	party     = "party" // of a mutual act
	unsaid    = "unsaid"
	said      = "said"
)

// trusted is how likely what an analyst's own words say is taken to be at least.
const trusted = 0.9

// ActClasses are the classes of the model of acts.
func ActClasses() []string {
	out := []string{noAct}
	for _, t := range schema.EventTypes() {
		out = append(out, t.Name)
	}
	return out
}

// RoleClasses are the classes of the model of roles.
func RoleClasses() []string { return []string{nobody, initiator, target, party} }

// EdgeClasses are the classes of the model of edges.
func EdgeClasses() []string { return []string{unsaid, said} }

// AppendTo writes the models behind data.
func (m Models) AppendTo(data []byte) []byte {
	return m.Edges.AppendTo(m.Roles.AppendTo(m.Acts.AppendTo(data)))
}

// decodeModels reads what AppendTo writes.
func decodeModels(data []byte) (m Models, err error) {
	for _, to := range []**classify.Model{&m.Acts, &m.Roles, &m.Edges} {
		if *to, data, err = classify.Decode(data); err != nil {
			return Models{}, err
		}
	}
	return m, nil
}

// With gives the same coder with those of its models replaced that are not nil.
func (c *Coder) With(m Models) *Coder {
	out := *c
	if m.Acts != nil {
		out.models.Acts = m.Acts
	}
	if m.Roles != nil {
		out.models.Roles = m.Roles
	}
	if m.Edges != nil {
		out.models.Edges = m.Edges
	}
	return &out
}

// weigh makes of sentence s the claims that the models hold for possible.
func (r *reading) weigh(s *sentence) []*claim {
	var tokens []int
	var features []*classify.Features
	for i := range s.tokens {
		if !s.tells(i) {
			continue
		}
		f := r.spare(len(features))
		if r.explain {
			f = classify.Named()
		}
		r.wordFeatures(f, s, i, s.ruled[i], s.why[i])
		tokens, features = append(tokens, i), append(features, f)
	}
	var out []*claim
	acts := r.coder.models.Acts
	for k, p := range acts.All(features, &r.scratch) {
		i := tokens[k]
		ruled := s.ruled[i]
		r.retype(s, i, acts.Classes, p)
		first, second := -1, -1
		for n, name := range acts.Classes {
			if len(ruled) > 0 && ruled[0].trigger.own && ruled[0].event.Name == name {
				p[n] = max(p[n], trusted)
			}
			switch {
			case name == noAct:
			case first < 0 || p[n] > p[first]:
				first, second = n, first
			case second < 0 || p[n] > p[second]:
				second = n
			}
		}
		for _, n := range []int{first, second} {
			if p[n] < leastAct || r.denied(s, i, acts.Classes[n]) || acts.Classes[n] == "RETREAT" && s.leavesSo(i) {
				continue
			}
			event, _ := schema.EventTypeByName(acts.Classes[n])
			c := r.claimFor(s, i, event, ruled).copied()
			c.likely = p[n]
			if r.explain {
				r.explainAct(c, features[k])
			}
			out = append(out, c)
		}
	}
	for _, c := range out {
		r.stake(c)
	}
	return out
}

// spare gives the n-th of the features that are used again for each sentence, empty.
func (r *reading) spare(n int) *classify.Features {
	for n >= len(r.features) {
		r.features = append(r.features, &classify.Features{})
	}
	r.features[n].Reset()
	return r.features[n]
}

// claimFor gives the claim of type event that the patterns make of token i, else a bare one.
func (r *reading) claimFor(s *sentence, i int, event schema.EventType, ruled []*claim) *claim {
	for _, c := range ruled {
		if c.event.Name == event.Name {
			return c
		}
	}
	c := r.bare(s, i, event)
	if len(ruled) > 0 {
		c.initiators, c.targets = ruled[0].initiators, ruled[0].targets
		c.reality, c.about, c.killed, c.injured = ruled[0].reality, ruled[0].about, ruled[0].killed, ruled[0].injured
		c.trigger = ruled[0].trigger
	}
	return c
}

// bareTrigger is where a trigger comes from that no pattern knows.
const bareTrigger = "model"

// bare makes a claim of a word that no pattern knows.
func (r *reading) bare(s *sentence, i int, event schema.EventType) *claim {
	pos := byte('v')
	if s.nominal(i) {
		pos = 'n'
	} else if !s.verbal(i) {
		pos = 'a'
	}
	t := &trigger{head: s.lemma(i), pos: pos, kind: event.Name, where: bareTrigger}
	c := &claim{s: s, token: i, trigger: t, event: event, reality: r.coder.realityOf(s, i, t), status: schema.Reported}
	c.initiators, c.targets = r.coder.sides(s, i, t, event.Mutual)
	r.fillSpeaker(c)
	r.aboutWhat(c)
	r.weaponsOf(c)
	return c
}

// stake finds who may be the sides of claim c, and how likely they are.
func (r *reading) stake(c *claim) {
	o := r.occasion(c)
	features := make([]*classify.Features, len(o.all))
	for n, k := range o.all {
		features[n] = r.spare(n)
		r.roleFeatures(features[n], o, k)
	}
	c.stakes = make([]stake, len(o.all))
	around, roles := r.surroundings(c), r.coder.models.Roles
	for k, p := range roles.All(features, &r.scratch) {
		x := stake{candidate: o.all[k]}
		for n, name := range roles.Classes {
			switch {
			case name == nobody:
			case c.event.Mutual:
				x.initiator += p[n]
				x.target += p[n]
			case name == initiator:
				x.initiator = p[n]
			case name == target:
				x.target = p[n]
			}
		}
		r.consider(c, &x, around)
		if c.trigger.own && containsActor(c.initiators, x.actor) {
			x.initiator = max(x.initiator, trusted)
		}
		if c.trigger.own && containsActor(c.targets, x.actor) {
			x.target = max(x.target, trusted)
		}
		c.stakes[k] = x
	}
	r.accompany(c, r.companions(c))
	c.reciprocate()
}
