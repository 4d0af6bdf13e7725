package extract

import (
	"slices"
	"strings"

	"incidentgraph/schema"
)

// merge makes one incident of the claims of an article that tell one happening.
func (r *reading) merge() {
	var acts []*claim
	for _, c := range r.claims {
		if !c.reference {
			acts = append(acts, c)
		}
	}
	alike := func(k, c *claim) bool { return sameHappening(k, c) && nestSides(k, c) && r.sayable(k, c) }
	kept := r.mergeAlike(acts, alike)
	// Others may have made one of two: "strikes on Isis killed fighters and destroyed a depot" hit both, and so does what is
	// told first of Isis and then of fighters.
	kept = r.mergeAlike(kept, func(k, c *claim) bool { return (len(k.others) > 0 || len(c.others) > 0) && alike(k, c) })
	// What only points back is evidence of the act it means, or nothing.
	for _, c := range r.claims {
		if !c.reference {
			continue
		}
		if target := r.antecedent(c, kept); target != nil {
			target.others = append(target.others, c)
			target.killed, target.injured = later(target.killed, c.killed), later(target.injured, c.injured)
			if len(target.initiators) == 0 && c.reality.owned {
				target.initiators = c.initiators
			}
			if c.status == schema.Claimed && overlapsSide(c.initiators, target.initiators) || c.status == schema.Claimed && overlapsSide(c.reality.sayer, target.initiators) || c.status == schema.Denied {
				target.status = c.status
			}
			if c.place != nil && samePlace(target, c) && grain(c) > grain(target) {
				target.place = c.place
			}
			continue
		}
		if c.event.Name == "ASSAULT" && c.place != nil && grain(c) == 4 && len(c.targets) == 0 && c.place.Country != "" {
			c.targets, c.weak = []*actor{r.cast.state(c.place.Country)}, true
		}
		if len(c.initiators)+len(c.targets) > 0 && c.event.Name == "ASSAULT" && (len(c.initiators) > 0 || c.place != nil || !c.weak) {
			c.reference = false
			kept = append(kept, c)
		}
	}
	r.claims = kept
}

// mergeAlike adds each claim to the first before it that is alike, and gives those that are left.
func (r *reading) mergeAlike(claims []*claim, alike func(k, c *claim) bool) []*claim {
	var kept []*claim
	for _, c := range claims {
		if at := slices.IndexFunc(kept, func(k *claim) bool { return alike(k, c) }); at >= 0 {
			r.combine(kept[at], c)
			continue
		}
		kept = append(kept, c)
	}
	return kept
}

// settleRules drops what the rules found and says too little to be an incident: acts without
// anybody, acts of one side that need two. Only what the codebook lets stand alone stands
// alone: an attack on somebody by unknown hands, a deployment, a withdrawal, a condemnation of
// an attack whose author is unknown.
func (r *reading) settleRules() {
	complete := false
	for _, c := range r.claims {
		if len(c.targets) == 0 && c.event.Name == "PROTEST" {
			r.protested(c)
		}
		complete = complete || len(c.initiators) > 0 && len(c.targets) > 0
	}
	r.keep(func(c *claim) bool {
		alone := !complete // where nothing is told in full, the half is all there is
		switch {
		case len(c.initiators) > 0 && len(c.targets) > 0:
			return true
		case len(c.initiators) == 0:
			done := c.event.Name == "ASSAULT" || c.event.Name == "COERCE"
			return len(c.targets) > 0 && (alone || done) || c.killed != nil && done
		case c.event.Name == "MOBILIZE", c.event.Name == "RETREAT", c.event.Name == "ASSAULT":
			return true
		case c.event.Name == "ACCUSE":
			return alone || len(c.responses) > 0
		}
		return alone
	})
}

// settle drops what fusing and merging have left without sides.
func (r *reading) settle() {
	r.keep(func(c *claim) bool { return len(c.initiators)+len(c.targets) > 0 })
}

// keep drops the claims that do not fit, and the links to them; who initiates is no target.
func (r *reading) keep(fits func(*claim) bool) {
	kept := map[*claim]bool{}
	var out []*claim
	for _, c := range r.claims {
		c.targets = slices.DeleteFunc(slices.Clone(c.targets), func(a *actor) bool { return containsActor(c.initiators, a) })
		if fits(c) {
			out = append(out, c)
			kept[c] = true
		}
	}
	for _, c := range out {
		c.responses = slices.DeleteFunc(slices.Clone(c.responses), func(o *claim) bool { return !kept[o] })
	}
	r.claims = out
}

// protested gives a protest without an object the state it is held in.
func (r *reading) protested(c *claim) {
	if c.place != nil && c.place.Country != "" {
		c.targets = []*actor{r.cast.state(c.place.Country)}
		return
	}
	for _, a := range c.initiators {
		if a.country != "" {
			c.targets = []*actor{r.cast.state(a.country)}
			return
		}
	}
}

// sameHappening tells whether two claims of an article tell one act.
func sameHappening(a, b *claim) bool {
	if a.event.Name != b.event.Name || a.partedFrom(b) {
		return false
	}
	if a.event.Name == "ASSAULT" && (a.outcome(b) || b.outcome(a)) {
		return true
	}
	if !sameTime(a, b) || !sameNature(a, b) {
		return false
	}
	sameInitiator, sameTarget := overlaps(a.initiators, b.initiators), overlaps(a.targets, b.targets)
	if a.event.Mutual {
		shared := 0
		for _, x := range a.sides() {
			for _, y := range b.sides() {
				if x == y {
					shared++
				}
			}
		}
		return shared >= 2 || shared == 1 && (len(a.targets) == 0 || len(b.targets) == 0)
	}
	switch a.event.Name {
	case "ASSAULT", "MOBILIZE", "COERCE", "PROTEST":
		if !samePlace(a, b) {
			return false
		}
		if sameInitiator && sameTarget {
			return true
		}
		if len(a.initiators) == 0 || len(b.initiators) == 0 {
			if a.event.Name == "ASSAULT" && distance(a, b) <= 3 && (len(a.initiators) == 0 && bystanders(a.targets) || len(b.initiators) == 0 && bystanders(b.targets)) {
				return true // the dead of the attack that is told
			}
			return sameTarget && distance(a, b) <= 6
		}
		if len(a.targets) == 0 || len(b.targets) == 0 {
			return sameInitiator && distance(a, b) <= 8
		}
		return sameInitiator && (compatible(a.targets, b.targets) || bystanders(a.targets) || bystanders(b.targets))
	case "RETREAT":
		// The president, the state and its troops withdraw once.
		if sameState(a.initiators, b.initiators) && compatible(a.targets, b.targets) && samePlace(a, b) {
			return true
		}
	}
	if len(a.targets) == 0 || len(b.targets) == 0 {
		return sameInitiator && distance(a, b) <= 3
	}
	return sameInitiator && sameTarget
}

// sides gives the actors of either side.
func (c *claim) sides() []*actor { return slices.Concat(c.initiators, c.targets) }

// nestSides tells that all sides of one claim are those of the other, too. What one and another did, each for himself, must
// not become one act of both by way of a third claim that names both. Told in one breath, an attack may hit others.
func nestSides(a, b *claim) bool {
	if a.event.Mutual {
		return nest(a.sides(), b.sides())
	}
	return nest(a.initiators, b.initiators) && (distance(a, b) <= 2 || nest(a.targets, b.targets))
}

// nest tells that all of the shorter list are in the longer one.
func nest(a, b []*actor) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	return !slices.ContainsFunc(a, func(x *actor) bool { return !containsActor(b, x) })
}

// sameState tells that all of two lists of actors are of one state.
func sameState(a, b []*actor) bool {
	if len(a) == 0 || len(b) == 0 || a[0].country == "" {
		return false
	}
	for _, list := range [][]*actor{a, b} {
		for _, x := range list {
			if x.country != a[0].country {
				return false
			}
		}
	}
	return true
}

// outcome tells that b is what a did to people, told in the same breath: "bombed the town,
// killing ten and wounding twenty", "targeted and killed".
func (c *claim) outcome(b *claim) bool {
	s := c.s
	if b.s != s || !harms[s.lemma(b.token)] {
		return false
	}
	for j, n := b.token, 0; j >= 0 && n < 10; n++ {
		h := s.tokens[j].Head
		switch rel := base(s.tokens[j].Relation); {
		case rel == "advcl" && s.tokens[j].Penn == "VBG" && s.child(j, "mark", "nsubj", "case") < 0:
		case rel == "conj" && s.child(j, "nsubj", "nsubj:pass") < 0:
		default:
			return false
		}
		if h == c.token {
			return true
		}
		j = h
	}
	return false
}

// harms are the verbs that tell what an attack did to people.
var harms = map[string]bool{"kill": true, "wound": true, "injure": true, "hurt": true, "maim": true, "murder": true, "slay": true}

// distance is how many sentences lie between the nearest mentions of two acts.
func distance(a, b *claim) int {
	best := abs(a.s.number - b.s.number)
	for _, o := range a.others {
		best = min(best, abs(o.s.number-b.s.number))
	}
	return best
}

// bystanders tells that a list is people without a name, who can be the victims of any attack there.
func bystanders(list []*actor) bool {
	return !slices.ContainsFunc(list, func(a *actor) bool { return !a.bystander() })
}

// bystander tells that an actor is such people.
func (a *actor) bystander() bool { return a.kind == schema.Civilians && !capitalised(a.name) }

// sameNature keeps attacks called terrorist apart from those of states.
func sameNature(a, b *claim) bool {
	if irregular(a) && len(b.initiators) > 0 && !irregularSide(b.initiators) || irregular(b) && len(a.initiators) > 0 && !irregularSide(a.initiators) {
		return false
	}
	return true
}

func overlaps(a, b []*actor) bool {
	for _, x := range a {
		if containsActor(b, x) {
			return true
		}
	}
	return len(a) == 0 && len(b) == 0
}

func sameTime(a, b *claim) bool {
	if a.historical != b.historical {
		return false
	}
	if a.vagueTime() || b.vagueTime() {
		return true
	}
	x, y := a.dateText(), b.dateText()
	n := min(len(x), len(y))
	return n == 0 || x[:n] == y[:n]
}

// vagueTime tells that the day is only that of publication, not one the text gives.
func (c *claim) vagueTime() bool { return c.when == nil || c.when.last == 0 || c.when.weak }

func (c *claim) dateText() string { return dateOf(c.when) }

func samePlace(a, b *claim) bool {
	if a.place == nil || b.place == nil || a.place.Key == b.place.Key || a.place.Reason == "target" || b.place.Reason == "target" {
		return true
	}
	if a.place.Country != b.place.Country && a.place.Country != "" && b.place.Country != "" {
		return false
	}
	exact := func(c *claim) bool { return c.place.Kind == "city" || c.place.Kind == "site" }
	return !(exact(a) && exact(b))
}

// sayable tells that one claim of both would say no more than is held for told: "strikes killed civilians" and "the strikes
// on the militants, who shelled the town," are not one strike of either on all. The rules hold everything for told.
func (r *reading) sayable(a, b *claim) bool {
	for _, of := range [][2]*claim{{a, a}, {a, b}, {b, a}, {b, b}} {
		for _, i := range of[0].initiators {
			if slices.ContainsFunc(of[1].targets, func(t *actor) bool { return i != t && !r.said.tells(a.event, i, t) }) {
				return false
			}
		}
	}
	return true
}

// combine adds claim b to a, the earlier one.
func (r *reading) combine(a, b *claim) {
	if b.when != nil && !b.vagueTime() && (a.vagueTime() || strings.HasPrefix(b.dateText(), a.dateText())) {
		a.when, a.dated = b.when, b.dated // the day, or the finer of two
	}
	for _, x := range b.initiators {
		if !containsActor(a.targets, x) {
			a.initiators = appendActor(a.initiators, x)
		}
	}
	if a.weak && len(b.targets) > 0 && !b.weak {
		a.targets, a.weak = nil, false
	}
	for _, x := range b.targets {
		if !containsActor(a.initiators, x) && !(b.weak && len(a.targets) > 0) {
			a.targets = appendActor(a.targets, x)
		}
	}
	if a.place == nil || b.place != nil && grain(b) > grain(a) {
		a.place = b.place
	}
	a.killed, a.injured = later(a.killed, b.killed), later(a.injured, b.injured)
	for _, w := range b.weapons {
		a.weapons = appendWord(a.weapons, w)
	}
	if a.attributed == nil && (b.status != schema.Alleged || a.status != schema.Reported) {
		a.attributed = b.attributed // but not what one side says of what is told as a fact
	}
	if b.status == schema.Reported && a.status == schema.Alleged {
		a.status = schema.Reported
	} else if b.status == schema.Claimed || b.status == schema.Denied {
		a.status = b.status
	}
	a.others = append(append(a.others, b), b.others...)
}

func grain(c *claim) int {
	if c.place == nil || c.place.Reason == "target" {
		return 0
	}
	switch c.place.Kind {
	case "state":
		return 1
	case "part":
		return 2
	case "region", "water", "land":
		return 3
	}
	return 4
}

// antecedent finds the act that a pointing noun means: the nearest earlier one of its type that fits.
func (r *reading) antecedent(c *claim, kept []*claim) *claim {
	var best *claim
	for _, k := range kept {
		if k.event.Name != c.event.Name || !compatible(k.initiators, c.initiators) || !compatible(k.targets, c.targets) || k == c {
			continue
		}
		if irregular(c) && !irregularSide(k.initiators) || !samePlace(k, c) {
			continue
		}
		if k.order > c.order && k.s != c.s && k.s.number > c.s.number+2 {
			continue
		}
		switch {
		case best == nil:
			best = k
		case distance(k, c) <= 1 && distance(best, c) > 1, distance(best, c) > 1 && len(k.others) > len(best.others)+1:
			// Nearby acts come first, then the one the article tells most of.
			best = k
		case distance(best, c) <= 1 && distance(k, c) < distance(best, c):
			best = k
		}
	}
	return best
}

// irregular tells that a noun speaks of an attack that no state makes: "terrorist attack".
func irregular(c *claim) bool { return irregularAt(c.s, c.token) }

func irregularAt(s *sentence, i int) bool {
	for _, sl := range s.slots(i) {
		if sl.name == "amod" || sl.name == "compound" {
			switch s.lemma(sl.token) {
			case "terrorist", "terror", "militant", "rebel", "insurgent", "suicide", "guerrilla", "jihadist":
				return true
			}
		}
	}
	return false
}

// irregularSide tells that nobody of a list is a state or of its forces.
func irregularSide(list []*actor) bool {
	for _, a := range list {
		if a.public() || a.kind == schema.Military {
			return false
		}
	}
	return true
}

// parts gives the claims that tell c, c first.
func (c *claim) parts() []*claim { return append([]*claim{c}, c.others...) }

// overlapsLand tells that both lists have somebody of one state.
func overlapsLand(a, b []*actor) bool {
	for _, x := range a {
		for _, y := range b {
			if x.country != "" && x.country == y.country {
				return true
			}
		}
	}
	return false
}

// answerMatters tells that what a claim answers may tell the rules its second side, or that it needs none.
func answerMatters(c *claim) bool { return c.deed || len(c.initiators) > 0 && len(c.targets) == 0 }

// landStruck gives an attack on a place of which no victims are told the state that it is in as its target (codebook, on the sides of
// an attack): "Russia bombed Aleppo".
func (r *reading) landStruck() {
	for _, c := range r.claims {
		if c.event.Name != "ASSAULT" || len(c.targets) > 0 || len(c.initiators) == 0 || c.place == nil || c.place.Country == "" {
			continue
		}
		if slices.ContainsFunc(c.initiators, func(a *actor) bool { return a.country == c.place.Country }) || !slices.ContainsFunc(c.s.mentions, func(m *mention) bool {
			p := r.placeOf(m)
			return p != nil && p.Key == c.place.Key && c.strikes(m)
		}) {
			continue
		}
		c.targets, c.weak = []*actor{r.cast.state(c.place.Country)}, true
	}
}

// complete gives acts without a second side the one their context tells: the author of what
// is condemned, the sufferer of what is mourned, the adversary of the fight that is told.
func (r *reading) complete() {
	for i, c := range r.claims {
		if len(c.targets) > 0 || len(c.initiators) == 0 {
			continue
		}
		if c.deed && len(c.responses) > 0 && len(c.responses[0].initiators) == 0 {
			continue // an attack by unknown hands is condemned, and nobody else
		}
		named := c.event.Name
		if c.topical {
			named = "" // the topic is what it is about, not whom it is aimed at
		}
		switch named {
		case "ACCUSE", "REJECT", "THREATEN", "SANCTION", "REQUEST":
			for _, o := range c.responses {
				c.addTargets(o.initiators)
			}
		case "SUPPORT", "AID":
			for _, o := range c.responses {
				if o.event.Quad == schema.MaterialConflict {
					c.addTargets(o.targets)
				} else {
					c.addTargets(o.initiators)
				}
			}
		}
		if len(c.targets) == 0 && verbalType(c.event.Name) {
			// What is said in a meeting is said to the partner.
			for _, o := range r.claims {
				if o.event.Name == "CONSULT" && o.s == c.s && o != c {
					if overlapsSide(c.initiators, o.initiators) {
						c.addTargets(o.targets)
					} else if overlapsSide(c.initiators, o.targets) {
						c.addTargets(o.initiators)
					}
				}
			}
		}
		if len(c.targets) > 0 {
			continue
		}
		switch c.event.Name {
		case "ASSAULT", "THREATEN", "ACCUSE", "MOBILIZE", "REJECT", "SANCTION":
		default:
			continue
		}
		// The adversary in the nearest other act of conflict.
		best := -1
		for j, o := range r.claims {
			if o == c || o.historical != c.historical || o.event.Quad != schema.MaterialConflict && o.event.Quad != schema.VerbalConflict || abs(o.s.number-c.s.number) > 5 {
				continue
			}
			if !overlapsSide(c.initiators, o.initiators) && !overlapsSide(c.initiators, o.targets) {
				continue
			}
			if c.event.Quad == schema.MaterialConflict && o.event.Quad != schema.MaterialConflict {
				continue
			}
			if best < 0 || abs(j-i) < abs(best-i) {
				best = j
			}
		}
		if best >= 0 {
			o := r.claims[best]
			if overlapsSide(c.initiators, o.initiators) {
				c.addTargets(o.targets)
			} else {
				c.addTargets(o.initiators)
			}
		}
		if len(c.targets) == 0 && (c.event.Name == "THREATEN" || c.event.Name == "MOBILIZE" || c.event.Name == "REJECT") {
			r.opposite(c)
		}
		if len(c.targets) == 0 && c.event.Name == "ASSAULT" && c.place != nil && c.place.Country != "" && c.place.Country != c.initiators[0].sideOf() {
			c.targets, c.weak = []*actor{r.cast.state(c.place.Country)}, true
		}
	}
}

// opposite gives words and moves against nobody named the other party that the article is
// about: the state most spoken of beside the initiator's own, when it is spoken of as much as half.
func (r *reading) opposite(c *claim) {
	own := c.initiators[0].sideOf()
	best, weight := "", 0.5
	for code, w := range r.weights {
		if code != own && (w > weight || w == weight && (best == "" || code < best)) {
			best, weight = code, w
		}
	}
	if own != "" && best != "" && r.weights[own] >= 0.5 {
		c.targets = []*actor{r.cast.state(best)}
	}
}

func (c *claim) addTargets(list []*actor) {
	for _, a := range list {
		own := false
		for _, x := range c.initiators {
			own = own || x.person && a.kind == schema.State && x.country == a.country
		}
		if !own && !compatible(c.initiators, []*actor{a}) {
			c.targets = appendActor(c.targets, a)
		}
	}
}

// answers tells whether an act can be a reaction to o at all: not what is news to what is past, and not each to the other.
func answers(c, o *claim) bool {
	if c.historical && !o.historical {
		return false
	}
	for _, x := range o.responses {
		if x == c {
			return false
		}
	}
	return true
}

func overlapsSide(a, b []*actor) bool {
	return len(a) > 0 && len(b) > 0 && compatible(a, b)
}

// titleOf labels a claim: "Iran attacked Jaish al-Adl".
func (c *claim) titleOf() string {
	side := func(list []*actor, unknown string) string {
		if len(list) == 0 {
			return unknown
		}
		var names []string
		for _, a := range list {
			names = append(names, a.name)
		}
		if len(names) > 3 {
			names = append(names[:2], "others")
		}
		if len(names) == 1 {
			return names[0]
		}
		return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
	}
	verb := strings.ReplaceAll(c.event.Edge, "_", " ")
	title := side(c.initiators, "Unknown") + " " + verb
	if len(c.targets) > 0 {
		title += " " + side(c.targets, "")
	} else {
		title = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(title, " against"), " to"), " with"), " from")
	}
	if c.place != nil {
		title += " in " + c.place.Name
	}
	return title
}
