package gazetteer

import (
	"math"
	"slices"
	"strings"
)

// PlaceContext is what an article tells about where a place is.
type PlaceContext struct {
	// Beside holds the places that the text itself puts this one in, in all
	// meanings of their names: see PlaceMatch. A caller that knows "the Pakistani
	// city of Hyderabad" to say so adds Pakistan.
	Beside []Place
	// Countries weighs the states that the sentence and the article speak of,
	// from 0 to 1: 1 for the one most spoken of.
	Countries map[string]float64
	// Others are the places already chosen in the article.
	Others []Place
	// Grain is the kind of place the words call for, see PlaceMatch.
	Grain PlaceKind
	// Spatial tells that the words mark a place: "in Nancy", "the town of Nancy".
	Spatial bool
}

// PlaceChoice is a chosen place with the reason.
type PlaceChoice struct {
	Place
	// Confidence, from 0 to 1, that a place is meant and that it is this one.
	Confidence float64
	// Reason is the strongest ground: "beside" (a place named beside it holds it),
	// "again" (chosen before in the article), "context" (its state is spoken of),
	// "near" (places chosen before are), "known" (none of these).
	Reason string
	// Rivals is the number of other places of the name.
	Rivals int
}

// What a candidate gains, in powers of ten of inhabitants: a town in the state
// most spoken of stands beside a city a hundred times its size elsewhere.
const (
	besideGain  = 20.0
	grainGain   = 5.0
	countryGain = 2.0
	againGain   = 6.0 // one name means one place in one article
	regionGain  = 1.5 // another chosen place in the same region
	nearGain    = 1.0 // another chosen place within nearKilometres
	soundLoss   = 1.0

	knownGain = 1.6 // the news knows the place by this project's files

	nearKilometres = 150
	townKilometres = 40
)

// Choose picks the place that a name means here, ok is false only when there
// are no candidates. It is pure, and the same whatever the order of candidates.
//
// Each candidate starts from its prominence: the logarithm of its inhabitants,
// more for capitals and for places the news knows; 8 for states, 6.5 at least
// for regions and waters known by name, 6 for divisions of states, land and
// sites. It gains by lying in a place named beside it, by the grain the words
// call for, by having been chosen before in the article, by a state of the context,
// by other places of the same region or nearby, and loses when only its sound fits. The highest wins, equal ones by key.
//
// The confidence is that a place is meant, and this one. It begins with how well
// known the place is, from .2 for a village to .9. The context takes it most of
// the way to .95, words that mark a place half the way to 1; a place named beside
// it gives .97. It is less when only the sound fits, when the name is a common
// word or a personal name that nothing marks as a place, and when a rival comes close.
func (p *Places) Choose(candidates []Place, ctx PlaceContext) (choice PlaceChoice, ok bool) {
	if len(candidates) == 0 {
		return PlaceChoice{}, false
	}
	state := slices.ContainsFunc(candidates, func(c Place) bool { return c.Kind == StatePlace })
	var best, second weighed
	for i, c := range candidates {
		w := p.weigh(c, ctx, state)
		switch {
		case i == 0:
			best, second.gain = w, math.Inf(-1)
		case w.gain > best.gain || w.gain == best.gain && w.place.Key < best.place.Key:
			best, second = w, best
		case w.gain > second.gain:
			second = w
		}
	}
	return PlaceChoice{
		Place:      best.place,
		Confidence: confidence(best, second, ctx, len(candidates) == 1),
		Reason:     best.reason,
		Rivals:     len(candidates) - 1,
	}, true
}

type weighed struct {
	place  Place
	gain   float64
	reason string
}

// weigh says what speaks for a candidate. Where the name may be a state, a
// state beside it holds only regions of the name: "Georgia, USA" is one, but
// "Mexico, Philippines" are two states, though the Philippines have a Mexico.
func (p *Places) weigh(c Place, ctx PlaceContext, state bool) weighed {
	w := weighed{c, prominence(c), "known"}
	if c.Sounds {
		w.gain -= soundLoss
	}
	if ctx.Grain != "" && ctx.Grain == c.Kind {
		w.gain += grainGain
	}
	near, region, again := false, false, false
	for _, o := range ctx.Others {
		if o.Key == c.Key {
			again = true
			continue
		}
		region = region || o.Region != "" && (o.Region == c.Region || o.Region == c.Key)
		if o.Kind == CityPlace || o.Kind == SitePlace {
			near = near || Kilometres(c, o) <= nearKilometres
		}
	}
	if near {
		w.gain += nearGain
		w.reason = "near"
	}
	if region {
		w.gain += regionGain
		w.reason = "near"
	}
	if share := ctx.Countries[c.Country]; share > 0 && c.Country != "" {
		w.gain += countryGain * min(share, 1)
		if share >= .25 {
			w.reason = "context"
		}
	}
	if again {
		w.gain += againGain
		w.reason = "again"
	}
	if slices.ContainsFunc(ctx.Beside, func(b Place) bool {
		return b.Key != c.Key && (p.Within(c, b) || inTown(c, b)) && !(state && b.Kind == StatePlace && c.Kind != RegionPlace)
	}) {
		w.gain += besideGain
		w.reason = "beside"
	}
	return w
}

// inTown tells whether a quarter or a site can belong to a city, by distance.
func inTown(c, city Place) bool {
	return city.Kind == CityPlace && (c.Kind == CityPlace || c.Kind == SitePlace) &&
		c.Country == city.Country && Kilometres(c, city) <= townKilometres
}

// prominence is how well known a place is, on the scale of the logarithm of inhabitants.
func prominence(c Place) float64 {
	gain := math.Log10(float64(c.Population) + 100)
	if c.Known && !c.Sounds {
		gain += knownGain
	}
	switch c.Kind {
	case StatePlace:
		return 8
	case PartPlace:
		if c.Region == "" {
			return 8
		}
		return max(gain, 6)
	case RegionPlace, WaterPlace:
		if strings.HasPrefix(c.Key, "iso/") {
			return 6
		}
		return max(gain, 6.5)
	case SitePlace, LandPlace:
		return 6
	}
	switch c.Capital {
	case StateCapital:
		gain++
	case RegionCapital:
		gain += .5
	}
	return gain
}

func confidence(best, second weighed, ctx PlaceContext, alone bool) float64 {
	if best.reason == "beside" {
		return .97
	}
	out := min(.9, max(.2, .2+.2*(prominence(best.place)-3.5)))
	if alone && best.place.Known && !best.place.Sounds && strings.Contains(best.place.Name, " ") {
		out = max(out, .85) // "Strait of Hormuz" is nothing else
	}
	if best.reason != "known" {
		out += (.95 - out) * .6
	}
	if best.place.Sounds {
		out *= .8
		if best.reason == "known" {
			out *= .4
		}
	}
	named := ctx.Grain != "" && ctx.Grain == best.place.Kind
	switch {
	case named || ctx.Spatial && !best.place.Common:
		out += (1 - out) * .5
	case best.place.Common || best.place.Personal:
		out *= .3
	}
	if margin := best.gain - second.gain; margin < 1 {
		out *= .7 + .3*margin
	}
	return math.Round(out*1000) / 1000
}

// Within tells whether a is b or lies inside it by what the gazetteer knows of
// states, regions and their parts. A part ("southeast Iran") holds whatever its
// state holds, for its bounds are not known.
func (p *Places) Within(a, b Place) bool {
	if a.Key == b.Key {
		return true
	}
	switch b.Kind {
	case StatePlace:
		return a.Country == b.Key
	case PartPlace:
		return p.holds(b.Region, a, 0) || b.Region == "" && a.Country == b.Country && a.Kind != StatePlace
	}
	return p.holds(b.Key, a, 0)
}

// holds tells whether the region with this key holds a; depth bounds files
// that say two regions are made of each other.
func (p *Places) holds(key string, a Place, depth int) bool {
	if key == "" || depth > 4 {
		return false
	}
	if key == a.Key || key == a.Region || key == a.Country {
		return true
	}
	if i, ok := p.byKey[a.Region]; ok && p.table[i].Region == key {
		return true
	}
	for _, part := range p.parts[key] {
		if p.holds(part, a, depth+1) {
			return true
		}
	}
	return false
}

// Kilometres is the distance between the coordinates of two places along the
// surface of a sphere of the earth's mean radius (haversine).
func Kilometres(a, b Place) float64 {
	const radius = 6371.0088
	rad := math.Pi / 180
	dLat := (b.Latitude - a.Latitude) * rad
	dLon := (b.Longitude - a.Longitude) * rad
	h := math.Pow(math.Sin(dLat/2), 2) +
		math.Cos(a.Latitude*rad)*math.Cos(b.Latitude*rad)*math.Pow(math.Sin(dLon/2), 2)
	return 2 * radius * math.Asin(math.Sqrt(min(h, 1)))
}
