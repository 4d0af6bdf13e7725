package gazetteer

import (
	"strings"
	"unicode"
)

// beside fills in for each match what its neighbours say about where it lies:
// "Tripoli, Lebanon", "Rask in southeast Iran", "Pakistan's Balochistan
// province", "Syria's northern city of Aleppo". What is beside a name without
// holding any place of that name ("Syria, Iran") does no harm: see Choose.
func beside(words []string, matches []PlaceMatch) {
	for i := len(matches) - 1; i >= 0; i-- {
		m := &matches[i]
		if i+1 < len(matches) && leadsInto(words[m.End:matches[i+1].Start]) {
			next := &matches[i+1]
			if heads(words, next.End) {
				continue // "in Paris, the US Defense Secretary said"
			}
			m.Beside = append(holders(next.Candidates), next.Beside...)
		}
	}
	for i := 1; i < len(matches); i++ {
		m, owner := &matches[i], &matches[i-1]
		if owns(words[owner.End:m.Start]) {
			m.Beside = append(m.Beside, holders(owner.Candidates)...)
		}
	}
	for i := range matches {
		m := &matches[i]
		m.Spatial = len(m.Beside) > 0 || m.Grain != "" || m.Start > 0 && spatial(words, m.Start-1)
	}
}

// heads tells that a name at words[i] goes on from the one before it, which only qualifies it.
func heads(words []string, i int) bool {
	return i < len(words) && words[i] != "" && words[i] != "I" && unicode.IsUpper([]rune(words[i])[0])
}

// holders gives the places that others can lie in.
func holders(places []Place) []Place {
	var out []Place
	for _, p := range places {
		switch p.Kind {
		case StatePlace, RegionPlace, PartPlace:
			out = append(out, p)
		case CityPlace:
			if p.Known {
				out = append(out, p) // "Sheikh Radwan, Gaza City"
			}
		}
	}
	return out
}

// leadsInto tells whether the words between two names say that the first lies
// in the second: a comma or "in", after nouns of place at most.
func leadsInto(between []string) bool {
	seen := false
	for _, w := range between {
		switch lower := strings.ToLower(w); {
		case lower == "," || lower == "in" || lower == "(":
			seen = true
		case lower == "the" || lower == "of" || lower == "refugee" || lower == "air" || lower == "nuclear" || lower == "border":
		case grainOf(w) != "":
		default:
			return false
		}
	}
	return seen && len(between) <= 6
}

// owns tells whether the words between two names make the second the first
// one's: "'s", then at most four words in lower case.
func owns(between []string) bool {
	if len(between) == 0 || len(between) > 5 {
		return false
	}
	switch between[0] {
	case "'s", "\u2019s", "'", "\u2019":
	default:
		return false
	}
	for _, w := range between[1:] {
		if w != strings.ToLower(w) || endsClause(w) {
			return false
		}
	}
	return true
}

func endsClause(w string) bool {
	switch w {
	case ",", ";", ":", "(", ")", "\"", "and", "or", "that", "is", "was", "has", "with", "to", "against":
		return true
	}
	return false
}

// spatial tells whether words[i] is a preposition of place, or leads from one to a name.
func spatial(words []string, i int) bool {
	switch strings.ToLower(words[i]) {
	case "in", "at", "near", "outside", "inside", "around", "across", "throughout", "into", "toward", "towards", "off", "via":
		return true
	case "the", "nearby", "downtown", "rural", "neighbouring", "neighboring":
		return i > 0 && spatial(words, i-1)
	case "of":
		return i > 0 && (grainOf(words[i-1]) != "" || compassWord(words[i-1]) || words[i-1] == "outskirts")
	}
	return false
}

func compassWord(w string) bool {
	_, n := compass([]string{w})
	return n > 0
}
