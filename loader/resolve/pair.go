package resolve

import (
	"math"
	"path"
	"slices"
	"strings"

	"incidentgraph/schema"
)

// grade tells how far two descriptions agree.
type grade int

const (
	apart   grade = iota - 1 // they cannot be of the same
	unknown                  // one of them says nothing, or nothing that tells
	akin                     // the same at different grain: Iran and its guards
	same                     // the very same
)

// Agreement tells in what two claims agree. Together with the claims it explains a merge.
type Agreement struct {
	// Day is 4 for the same day, 2 for the same month or year, 0 when one lies within the other, -2 for a day off.
	Day int
	// Initiators and Targets are 2 for the same actor, 1 for one at different grain, 0 when one claim names none.
	Initiators, Targets int
	// Place is 5 for the same town or site, 4 for near ones, 3 for neighbouring ones, 2 for a region and a place in it, 1 for the same state, 0 when one claim names none.
	Place int
	// Toll is 2 for equal and 1 for overlapping figures; Weapons is 1 or -1.
	Toll, Weapons int
}

// Strength is what decides between several incidents that a claim may belong to.
func (a Agreement) Strength() int {
	return a.Day + 2*a.Initiators + 2*a.Targets + a.Place + a.Toll + a.Weapons
}

// Compatible tells that nothing in two claims speaks against their being of one incident. It is symmetric.
//
// Sides are compared at different grain: a state stands for its offices, forces and office-holders, for the
// target of violence also for those who are hit on its soil. A side that one claim leaves unnamed never
// contradicts. Two claims of one article are of one incident only when one says nothing that the other does
// not, for the coder has put together what the article puts together.
func Compatible(a, b *Claim) (Agreement, bool) {
	var g Agreement
	if a.Type != b.Type {
		return g, false
	}
	if a.Article == b.Article && !repeats(a, b) {
		return g, false
	}
	var ok bool
	if g.Toll, ok = tolls(a, b); !ok {
		return g, false
	}
	from, to := sides(a, b)
	if g.Place, ok = places(a.At, b.At); !ok {
		if !neighbours(a, b, from, to) {
			return g, false
		}
		g.Place = 3
	}
	if a.Type == "ASSAULT" && g.Place >= 4 {
		switch {
		case from == apart && to >= akin && disputed(a, b):
			from = unknown // who did it is disputed: the town and the victims tell that it is one attack
		case to == apart && (from >= akin || from == unknown && g.Place == 5) && g.Toll > 0 && victims(a.To, b.To):
			to = unknown // who was hit is told in different ways
		}
	}
	if from == apart || to == apart {
		return g, false
	}
	g.Initiators, g.Targets = int(from), int(to)
	if g.Day, ok = days(a, b, g); !ok {
		return g, false
	}
	if len(a.Weapons) > 0 && len(b.Weapons) > 0 {
		g.Weapons = -1
		if slices.ContainsFunc(a.Weapons, func(w string) bool { return slices.Contains(b.Weapons, w) }) {
			g.Weapons = 1
		}
	}
	return g, true
}

// Linked tells that two claims are of one incident as far as these two alone can tell: they meet in a block,
// nothing contradicts, and enough agrees. It is symmetric.
func Linked(a, b *Claim) (Agreement, bool) {
	if !meet(a.Blocks, b.Blocks) {
		return Agreement{}, false
	}
	return linked(a, b)
}

// linked is Linked for claims that are known to meet.
func linked(a, b *Claim) (Agreement, bool) {
	g, ok := Compatible(a, b)
	if !ok {
		return g, false
	}
	material := a.event.Material()
	telling := g.Toll == 2 && equalTolls(a, b, 10)
	switch {
	case g.Day == 2 && a.Precision == "YEAR" && !telling && !samePerson(a.To, b.To):
		return g, false // a year has many battles of the same two in the same town
	case g.Day >= 0 && g.Day < 4 && max(g.Initiators, g.Targets) < int(same) && g.Place < 4 && !telling:
		return g, false
	case g.Day == dayOff:
		return g, g.Place == 5 && equalTolls(a, b, 5) && g.Initiators+g.Targets >= 2 ||
			g.Place >= 4 && g.Toll > 0 && sameGroup(a.From, b.From)
	case g.Initiators > 0 && g.Targets > 0:
		// Words are many, and two office-holders of two states may speak about each other all day; but they meet once.
		return g, material || a.event.Mutual || g.Initiators == int(same) || g.Targets == int(same) || g.Place >= 4
	case g.Initiators > 0 || g.Targets > 0:
		return g, g.Place >= 2 || g.Place == 1 && telling || !material && max(g.Initiators, g.Targets) == int(same)
	default:
		return g, g.Place >= 4 || g.Place >= 2 && telling
	}
}

// meet tells whether of two sorted lists of blocks one has a block in which the claims of the other are looked for.
func meet(a, b []string) bool {
	for _, k := range a {
		if m := Meeting(k); m != "" {
			if _, ok := slices.BinarySearch(b, m); ok {
				return true
			}
		}
	}
	return false
}

// repeats tells whether of two claims of one article one says nothing that the other does not.
func repeats(a, b *Claim) bool {
	return slices.Equal(a.Initiators, b.Initiators) && slices.Equal(a.Targets, b.Targets) && a.Date == b.Date &&
		(a.Location == b.Location || a.Location == "" || b.Location == "") &&
		sameNumber(a.KilledMin, b.KilledMin) && sameNumber(a.InjuredMin, b.InjuredMin)
}

func sameNumber(a, b *int) bool { return a == nil || b == nil || *a == *b }

// disputed tells that one of two claims of violence does not tell as a fact who did it.
func disputed(a, b *Claim) bool {
	return a.Type == "ASSAULT" && (!slices.Contains(a.Statuses, string(schema.Reported)) || !slices.Contains(b.Statuses, string(schema.Reported)))
}

// victims tells that those who were hit are people of one state on both sides, civilians on one.
func victims(as, bs []Party) bool {
	civilians := false
	for _, p := range as {
		for _, q := range bs {
			if p.Country == "" || p.Country != q.Country {
				return false
			}
			civilians = civilians || p.Kind == schema.Civilians || q.Kind == schema.Civilians
		}
	}
	return civilians
}

// sides compares who did it and to whom; mutual acts have no direction.
func sides(a, b *Claim) (from, to grade) {
	from, to = side(a, b, a.From, b.From, false), side(a, b, a.To, b.To, true)
	if !a.event.Mutual {
		return from, to
	}
	from2, to2 := side(a, b, a.From, b.To, false), side(a, b, a.To, b.From, true)
	if from2 != apart && to2 != apart && (from == apart || to == apart || from2+to2 > from+to) {
		return from2, to2
	}
	return from, to
}

func side(a, b *Claim, as, bs []Party, target bool) grade {
	if len(as) == 0 || len(bs) == 0 {
		return unknown
	}
	best := apart
	for _, p := range as {
		for _, q := range bs {
			g := parties(p, q, a.event)
			if !(target && a.event.Quad == schema.MaterialConflict) && (stranger(p, q) || stranger(q, p)) {
				g = apart
			}
			if g == apart && target && a.event.Quad == schema.MaterialConflict && (hit(p, q, b.At) || hit(q, p, a.At) || member(p, q) || member(q, p) || alike(p, q)) {
				g = akin
			}
			best = max(best, g)
		}
	}
	return best
}

// hit tells whether a state stands for a party that was hit on its soil.
func hit(state, party Party, at *Place) bool {
	if state.Kind != schema.State || state.Country == "" || party.Kind == schema.State {
		return false
	}
	return party.State() == "" && (party.Country == state.Country || at != nil && at.Country == state.Country)
}

// alike tells whether two parties are described by the same word, such as children; of which state they are is
// easily mistaken.
func alike(p, q Party) bool {
	return p.Kind == schema.Civilians && q.Kind == schema.Civilians && path.Base(p.Key) == path.Base(q.Key)
}

// stranger tells whether a party is described as people at large and the other one is a body of its own, which are
// taken for each other among the victims of violence only.
func stranger(people, body Party) bool {
	if people.Kind != schema.Civilians {
		return false
	}
	switch body.Kind {
	case schema.ArmedGroup, schema.IGO, schema.NGO, schema.Company, schema.Media:
		return true
	}
	return false
}

// member tells whether a person who acts for no state may be one of a group that was hit.
func member(person, group Party) bool {
	return person.Kind == schema.Person && person.State() == "" && group.Kind == schema.ArmedGroup
}

// parties compares two actors.
func parties(p, q Party, event schema.EventType) grade {
	if p.Key == q.Key {
		if p.described() {
			return akin // gunmen are not always the same gunmen
		}
		return same
	}
	if p.Country != "" && q.Country != "" && p.Country != q.Country && p.Kind != schema.ArmedGroup && q.Kind != schema.ArmedGroup {
		return apart // a group's country is only where it is based
	}
	if official(p) && q.State() != "" || official(q) && p.State() != "" {
		return akin // the article does not say whose police it is
	}
	if p.described() || q.described() {
		// Those who are only described may be anybody, but soldiers and officials of no state but their own.
		switch {
		case p.State() != q.State() || p.State() == "" && (p.Kind == schema.Military) != (q.Kind == schema.Military):
			return apart
		case p.Country != "" && p.Country == q.Country || path.Base(p.Key) == path.Base(q.Key):
			return akin
		}
		return unknown
	}
	if p.spelling == q.spelling {
		return akin // one name, seen as different kinds of actor
	}
	if p.Kind == schema.IGO && q.Kind == schema.IGO && (organ(p.spelling, q.spelling) || organ(q.spelling, p.spelling)) {
		return akin
	}
	if p.State() == "" || p.State() != q.State() {
		return apart
	}
	spoken := !event.Material()
	switch {
	case spoken && (p.Kind == schema.Person) != (q.Kind == schema.Person) && !p.inOffice() && !q.inOffice():
		return apart // not everyone from a state speaks for it
	case p.Kind == schema.State || q.Kind == schema.State:
		return akin
	case p.Kind == schema.Person && q.Kind == schema.Person:
		if surname(p.spelling) == surname(q.spelling) && (surname(p.spelling) == p.spelling || surname(q.spelling) == q.spelling) {
			return akin // one article has the surname only
		}
		return apart
	case p.Kind == schema.Person || q.Kind == schema.Person:
		return akin
	case event.Quad == schema.MaterialConflict || p.Kind == schema.Military && q.Kind == schema.Military:
		return akin
	}
	return apart // two ministries
}

// official tells that a party acts for a state that its article does not name: "police", "soldiers".
func official(p Party) bool {
	return p.unnamed() && (p.Kind == schema.Government || p.Kind == schema.Military)
}

// organ tells whether the name of one organisation stands within that of another: Council of the European Union.
func organ(name, whole string) bool { return strings.Contains(" "+name+" ", " "+whole+" ") }

// surname gives the last word of a spelling.
func surname(spelling string) string { return spelling[strings.LastIndexByte(spelling, ' ')+1:] }

// Distances in kilometres.
const (
	nearTown   = 6   // a camp and its town, a suburb and its city; the next town is farther
	nearSite   = 25  // an airport, base or plant and the city that it is called after
	wideRegion = 350 // from the middle of a region to a place in it
	wideTown   = 50  // from the middle of a town to a place in the country on one side of it
	// nearMeeting is from an estate to the city that outlets name instead, nearMassacre from a village to the seat of its district.
	nearMeeting, nearMassacre = 80, 30
)

// massacre is how many dead make it unlikely that the like happened in a neighbouring town on the same day.
const massacre = 50

// places compares where; the grade is that of Agreement.Place.
func places(p, q *Place) (int, bool) {
	if p == nil || q == nil {
		return 0, true
	}
	fine := min(p.grain(), q.grain())
	if p.Key == q.Key {
		return []int{1, 2, 5}[fine], true
	}
	if p.Country != "" && q.Country != "" && p.Country != q.Country {
		return 0, false
	}
	if fine == 0 {
		if p.Country != "" && p.Country == q.Country {
			return 1, true
		}
		return 0, p.grain() == 1 || q.grain() == 1 // the sea off a state; a town without a state is nowhere in particular
	}
	known := p.Located && q.Located
	if fine == 1 {
		if !known {
			return 0, true
		}
		wide := float64(wideRegion)
		if strings.HasPrefix(p.Key, "part/geonames/") || strings.HasPrefix(q.Key, "part/geonames/") {
			wide = wideTown
		}
		if distance(p, q) > wide {
			return 0, false
		}
		if p.grain() == 1 && q.grain() == 1 && (p.Kind == "part") == (q.Kind == "part") {
			return 0, true // two regions, which may overlap
		}
		return 2, true
	}
	if p.spelling == q.spelling && (!known || distance(p, q) <= wideRegion/10) {
		return 5, true
	}
	near := float64(nearTown)
	if (p.Kind == "site") != (q.Kind == "site") {
		near = nearSite
	}
	if known && distance(p, q) <= near {
		return 4, true
	}
	return 0, false
}

// grain is 0 for a state, 1 for a region or a part of one, 2 for a town or site.
func (p *Place) grain() int {
	switch p.Kind {
	case "state", "country":
		return 0
	case "region", "part", "water", "land":
		return 1
	}
	return 2
}

// distance is along the great circle, in kilometres.
func distance(p, q *Place) float64 {
	rad := math.Pi / 180
	dLat, dLon := (q.Latitude-p.Latitude)*rad, (q.Longitude-p.Longitude)*rad
	h := math.Pow(math.Sin(dLat/2), 2) + math.Cos(p.Latitude*rad)*math.Cos(q.Latitude*rad)*math.Pow(math.Sin(dLon/2), 2)
	return 2 * 6371 * math.Asin(math.Min(1, math.Sqrt(h)))
}

// tolls compares figures. Tolls rise through a day, so that only figures of another order contradict.
func tolls(a, b *Claim) (int, bool) {
	score := 0
	for _, n := range []struct{ a, aMax, b, bMax *int }{
		{a.KilledMin, a.KilledMax, b.KilledMin, b.KilledMax}, {a.InjuredMin, a.InjuredMax, b.InjuredMin, b.InjuredMax},
	} {
		if n.a == nil || n.b == nil {
			continue
		}
		low, high := *n.a, *n.b
		openLow := n.aMax
		if low > high {
			low, high, openLow = high, low, n.bMax
		}
		switch {
		case low == high && high > 0:
			score = max(score, 2)
		case low == high:
		case high > 20*(low+1) && high-low > 50:
			return 0, false
		case openLow == nil || *openLow >= high:
			score = max(score, 1)
		}
	}
	return score, true
}

// days compares when, given what else agrees.
func days(a, b *Claim, g Agreement) (int, bool) {
	if a.Day == 0 || b.Day == 0 {
		return 0, false
	}
	if a.Day == b.Day && a.LastDay == b.LastDay {
		if a.Precision == "DAY" {
			return 4, true
		}
		return 2, true
	}
	if a.Precision == "DAY" && b.Precision == "DAY" {
		return dayOff, next(a.Day, b.Day) && offByADay(a, b, g)
	}
	within := a.Day >= b.Day && a.LastDay <= b.LastDay || b.Day >= a.Day && b.LastDay <= a.LastDay
	return 0, within && a.Precision != "YEAR" && b.Precision != "YEAR"
}

// dayOff is the grade of two days of which the later may be told in error for the earlier.
const dayOff = -2

// offByADay tells that two claims on days that follow each other may be of one day all the same: town, toll and
// sides agree, or the later day is that of publication, which outlets and coders give for a night or an evening before.
func offByADay(a, b *Claim, g Agreement) bool {
	if g.Place == 5 && equalTolls(a, b, 5) && g.Initiators+g.Targets >= 3 {
		return true
	}
	later := a
	if b.Day > a.Day {
		later = b
	}
	return later.Day == later.reported()
}

// neighbours tells that two towns may be told of one incident all the same: the same two people met, or so many died
// that it was not twice.
func neighbours(a, b *Claim, from, to grade) bool {
	if !a.At.Located || !b.At.Located || a.At.grain() != 2 || b.At.grain() != 2 || a.At.Country != b.At.Country {
		return false
	}
	away := distance(a.At, b.At)
	if a.event.Mutual {
		return away <= nearMeeting && from == same && to == same && persons(a) && persons(b)
	}
	if a.KilledMin == nil || b.KilledMin == nil {
		return false
	}
	fewer, more := min(*a.KilledMin, *b.KilledMin), max(*a.KilledMin, *b.KilledMin)
	return away <= nearMassacre && fewer >= massacre && more <= 2*fewer
}

// persons tells that both sides of a claim are people by name.
func persons(c *Claim) bool {
	for _, side := range [][]Party{c.From, c.To} {
		if !slices.ContainsFunc(side, func(p Party) bool { return p.Kind == schema.Person && !p.described() }) {
			return false
		}
	}
	return true
}

// equalTolls tells that two claims give the same number of dead, or else of injured, and at least so many.
func equalTolls(a, b *Claim, least int) bool {
	for _, n := range [][2]*int{{a.KilledMin, b.KilledMin}, {a.InjuredMin, b.InjuredMin}} {
		if n[0] != nil && n[1] != nil {
			return *n[0] == *n[1] && *n[0] >= least
		}
	}
	return false
}

// samePerson tells that one person by name is on both sides.
func samePerson(as, bs []Party) bool {
	return slices.ContainsFunc(as, func(p Party) bool {
		return p.Kind == schema.Person && !p.described() && slices.ContainsFunc(bs, func(q Party) bool { return q.Key == p.Key })
	})
}

// sameGroup tells that one armed group is named on both sides.
func sameGroup(as, bs []Party) bool {
	return slices.ContainsFunc(as, func(p Party) bool {
		return p.Kind == schema.ArmedGroup && !p.described() && slices.ContainsFunc(bs, func(q Party) bool { return q.Key == p.Key })
	})
}
