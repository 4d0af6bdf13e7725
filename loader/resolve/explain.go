package resolve

import (
	"fmt"
	"strings"

	"incidentgraph/schema"
)

// String tells in words in what two claims agree.
func (a Agreement) String() string {
	var out []string
	add := func(words string) {
		if words != "" {
			out = append(out, words)
		}
	}
	add(map[int]string{4: "same day", 2: "same month or year", 0: "days that do not exclude each other", dayOff: "days that are one off"}[a.Day])
	sides := map[int]string{2: "same ", 1: "the same at different grain: "}
	for _, s := range []struct {
		grade int
		name  string
	}{{a.Initiators, "initiator"}, {a.Targets, "target"}} {
		if s.grade > 0 {
			add(sides[s.grade] + s.name)
		}
	}
	add(map[int]string{5: "same place", 4: "near places", 3: "neighbouring places", 2: "a region and a place in it", 1: "same state"}[a.Place])
	add(map[int]string{2: "equal toll", 1: "tolls that may have risen"}[a.Toll])
	add(map[int]string{1: "same weapon", -1: "other weapons"}[a.Weapons])
	return strings.Join(out, ", ")
}

// Reason tells why a claim is of an incident.
type Reason struct {
	Claim *Claim
	// With is the claim of the incident that it is linked with most strongly, nil for one that stands alone.
	With      *Claim
	Agreement Agreement
}

// Explain tells for each claim of an incident what links it with the others.
func Explain(claims []*Claim) []Reason {
	out := make([]Reason, len(claims))
	for i, c := range claims {
		out[i].Claim = c
		for _, d := range claims {
			if c == d {
				continue
			}
			if g, ok := Linked(c, d); ok && (out[i].With == nil || g.Strength() > out[i].Agreement.Strength()) {
				out[i].With, out[i].Agreement = d, g
			}
		}
	}
	return out
}

// Rule tells by which rule articles mean one actor or place under a key.
func Rule(key string) string {
	prefix, rest, found := strings.Cut(key, "/")
	switch {
	case !found:
		return "a state, by its ISO 3166-1 code " + key
	case prefix == "geonames":
		return "a place, by its GeoNames id " + rest
	case prefix == "iso" && len(rest) == 3:
		return "the territory of a state, by its ISO 3166-1 code " + rest
	case prefix == "iso":
		return "a part of a state, by its ISO 3166-2 code " + rest
	case schema.Description(key) != "":
		return "one whom a single article describes, without a state: " + schema.Description(key)
	case prefix == "actor":
		f := strings.SplitN(rest, "/", 3)
		return fmt.Sprintf("equal kind (%s), state (%s) and spelling (%s)", f[0], f[1], f[len(f)-1])
	case prefix == "place":
		return "equal state and spelling: " + rest
	case prefix == "of":
		f := strings.SplitN(rest, "/", 3)
		return fmt.Sprintf("the %s of a state (%s) by what it is: %s", f[min(1, len(f)-1)], f[0], f[len(f)-1])
	case schema.IsLocationKey(key):
		return "a place of the gazetteer: " + key
	}
	return "an actor of the gazetteer: " + key
}
