package resolve

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"incidentgraph/schema"
)

// Incident is what the claims of one cluster come to, with the claims, whose Incident and CopyOf are set.
type Incident struct {
	schema.Incident
	Members []*Claim
}

// NewIncident computes what an incident shows from its claims, sorted by Claim.Compare.
//
// Publishers count as independent voices: all claims of one publisher, and those of articles with near-identical
// texts, are one voice. The day and place are those most voices give, at the finest grain any gives; tolls are
// the range of all figures and the figure published last; statuses are all there are. Confidence is that at least
// one voice is right, voices being independent: 1-(1-a)(1-b)..., a voice being as sure as its surest claim. Those
// whom several articles describe in the same words without a state, such as gunmen, are those of the first one.
func NewIncident(claims []*Claim) Incident {
	voice := voices(claims)
	first := claims[0]
	in := Incident{Members: claims, Incident: schema.Incident{
		Key: schema.IncidentKey(first.Claim), Types: []string{"Incident"}, Type: first.Type, Historical: true, Claims: len(claims),
	}}
	initiators, targets, at, day := support{}, support{}, support{}, support{}
	known := make(map[string]Party)
	described := make(map[string]Party)
	shown := func(p Party) Party {
		what := schema.Description(p.Key)
		if what == "" {
			return p
		}
		if _, ok := described[what]; !ok {
			described[what] = p
		}
		return described[what]
	}
	sites := make(map[string]*Place)
	var latestKilled, latestInjured *Claim
	sure := make(map[int]float64)
	best := first
	for i, c := range claims {
		from, to := c.From, c.To
		if c.event.Mutual && crossed(first, c) {
			from, to = to, from
		}
		for _, p := range from {
			p = shown(p)
			known[p.Key] = better(known[p.Key], p)
			initiators.add(p.Key, voice[i])
		}
		for _, p := range to {
			p = shown(p)
			known[p.Key] = better(known[p.Key], p)
			targets.add(p.Key, voice[i])
		}
		if c.At != nil {
			if old := sites[c.At.Key]; old == nil || c.At.Country > old.Country {
				sites[c.At.Key] = c.At
			}
			at.add(c.At.Key, voice[i])
		}
		if c.Date != "" {
			day.add(c.Date, voice[i])
		}
		in.Weapons = append(in.Weapons, c.Weapons...)
		in.Statuses = append(in.Statuses, c.Statuses...)
		in.Historical = in.Historical && c.Historical
		in.KilledMin, in.KilledMax = widen(in.KilledMin, in.KilledMax, c.KilledMin, c.KilledMax)
		in.InjuredMin, in.InjuredMax = widen(in.InjuredMin, in.InjuredMax, c.InjuredMin, c.InjuredMax)
		if c.KilledMin != nil {
			latestKilled = c
		}
		if c.InjuredMin != nil {
			latestInjured = c
		}
		sure[voice[i]] = max(sure[voice[i]], c.Confidence)
		if c.Confidence > best.Confidence && c.Title != "" || best.Title == "" {
			best = c
		}
		c.Incident, c.CopyOf = in.Key, ""
		for _, d := range claims[:i] {
			if d.Article != c.Article && copies(d, c) {
				c.CopyOf = d.Key
				break
			}
		}
	}
	if first.event.Mutual {
		for key := range initiators {
			delete(targets, key) // the two sides of a mutual act share nobody
		}
	}
	in.Initiators, in.Targets = initiators.values(), targets.values()
	if len(at) > 0 {
		in.Location = at.best(func(a, b string) int { return sites[b].grain() - sites[a].grain() })
		in.Country = sites[in.Location.Object].Country
	}
	if len(day) > 0 {
		in.Date = day.best(func(a, b string) int { return len(b) - len(a) })
		in.Day, in.LastDay, in.Precision = Interval(in.Date.Object)
		in.Month = in.Day / 100
	}
	if latestKilled != nil {
		in.KilledLatest = latestKilled.KilledMin
	}
	if latestInjured != nil {
		in.InjuredLatest = latestInjured.InjuredMin
	}
	slices.Sort(in.Weapons)
	in.Weapons = slices.Compact(in.Weapons)
	slices.Sort(in.Statuses)
	in.Statuses = slices.Compact(in.Statuses)
	doubt := 1.0
	for _, v := range slices.Sorted(maps.Keys(sure)) {
		doubt *= 1 - sure[v]
	}
	in.Confidence = math.Round((1-doubt)*1e4) / 1e4
	in.Publishers = len(sure)
	in.Name = Label(first.event, parts(in.Initiators, known), parts(in.Targets, known))
	in.Title = cmp.Or(best.Title, in.Name)
	return in
}

// crossed tells that a claim of a mutual act has the sides the other way round than the first.
func crossed(first, c *Claim) bool {
	score := func(from, to []Party) grade {
		return side(first, c, first.From, from, false) + side(first, c, first.To, to, true)
	}
	return score(c.To, c.From) > score(c.From, c.To)
}

// voices numbers the independent voices among claims: entry i is the number of claim i's.
func voices(claims []*Claim) []int {
	out := make([]int, len(claims))
	for i, c := range claims {
		out[i] = i
		for j, d := range claims[:i] {
			if out[j] != out[i] && (copies(c, d) || c.voice != "" && c.voice == d.voice) {
				// All that were with either are one voice now.
				from, to := max(out[i], out[j]), min(out[i], out[j])
				for k := range out[:i+1] {
					if out[k] == from {
						out[k] = to
					}
				}
			}
		}
	}
	return out
}

// support counts the voices that say a thing.
type support map[string]map[int]bool

func (s support) add(what string, voice int) {
	if s[what] == nil {
		s[what] = make(map[int]bool)
	}
	s[what][voice] = true
}

func (s support) value(what string) schema.Value {
	return schema.Value{Object: what, Facets: []schema.Facet{{Key: "support", Value: len(s[what])}}}
}

// values gives all that is said, what has most support first.
func (s support) values() []schema.Value {
	var out []schema.Value
	for _, what := range slices.SortedFunc(maps.Keys(s), s.compare) {
		out = append(out, s.value(what))
	}
	return out
}

func (s support) compare(a, b string) int { return cmp.Or(len(s[b])-len(s[a]), strings.Compare(a, b)) }

// best gives what comes first by finer, then by support.
func (s support) best(finer func(a, b string) int) schema.Value {
	return s.value(slices.SortedFunc(maps.Keys(s), func(a, b string) int { return cmp.Or(finer(a, b), s.compare(a, b)) })[0])
}

// better chooses between two descriptions of one actor: the one with a country, a name, and then the first in order.
func better(p, q Party) Party {
	if p.Key == "" || cmp.Or(boolean(q.Country != "")-boolean(p.Country != ""), boolean(q.Name != "")-boolean(p.Name != ""),
		strings.Compare(p.Name, q.Name), strings.Compare(string(p.Kind), string(q.Kind))) > 0 {
		return q
	}
	return p
}

func boolean(b bool) int {
	if b {
		return 1
	}
	return 0
}

func parts(values []schema.Value, known map[string]Party) []Party {
	out := make([]Party, len(values))
	for i, v := range values {
		out[i] = known[v.Object]
	}
	return out
}

// widen extends a range by another; an open upper end counts as the lower one, so that the range is of figures that were given.
func widen(min1, max1, min2, max2 *int) (least, most *int) {
	if min2 == nil {
		return min1, max1
	}
	if max2 == nil {
		max2 = min2
	}
	if min1 == nil {
		return min2, max2
	}
	least, most = min1, max1
	if *min2 < *min1 {
		least = min2
	}
	if *max2 > *max1 {
		most = max2
	}
	return least, most
}

// Label gives the short name of an act, the sides first, since Ratel shows 12 characters: "IRN > PAK attack",
// "IRN - PAK meeting". Who acts for a state stands under its code; of several on a side two are named.
func Label(event schema.EventType, from, to []Party) string {
	arrow := " > "
	if event.Mutual {
		arrow = " - "
	}
	left, right := short(from), short(to)
	switch {
	case left == "" && right == "":
		return event.Noun
	case right == "":
		return left + " " + event.Noun
	case left == "":
		left = "?"
	}
	return left + arrow + right + " " + event.Noun
}

func short(side []Party) string {
	var names []string
	for _, p := range side {
		name := cmp.Or(p.State(), p.Name, p.Key)
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	more := ""
	if len(names) > 2 {
		names, more = names[:2], "+"
	}
	return strings.Join(names, "+") + more
}
