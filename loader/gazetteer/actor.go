package gazetteer

import (
	"slices"
	"strconv"
	"strings"

	"incidentgraph/schema"
)

// Entry is a known actor.
type Entry struct {
	// Key is the actor's lasting name: the ISO 3166-1 or 3166-3 alpha-3 code
	// of a state ("IRN", "SUN"), else the file's own ("group/jaish-al-adl",
	// "org/united-nations", "person/javad-zarif").
	Key string
	// Name is the name to show.
	Name string
	// Kind is one of schema.ActorKinds.
	Kind string
	// Country is the alpha-3 code of the state the actor is, belongs to, acts
	// for or is based in, "" when there is none, as for those who serve an
	// intergovernmental organisation.
	Country string
	// Aliases are the other names, without adjectives and nouns for people.
	Aliases []string
	// Adjectives ("Iranian") are those of states.
	Adjectives []string
	// Office tells in short what a person was and when ("president 1993-2001").
	Office string
}

// ServedIn tells whether the entry's Office names a time that holds the year:
// "1993-2001", "2017-" (to the present), "until 1985" or one year alone. It is
// false where Office names no time, and serves to choose between persons of
// one name by the date of an article.
func (e *Entry) ServedIn(year int) bool {
	until := false
	for word := range strings.FieldsFuncSeq(e.Office, func(r rune) bool { return r == ' ' || r == ',' || r == ';' }) {
		first, last, span := strings.Cut(word, "-")
		from, err := strconv.Atoi(first)
		if err != nil || from < 1000 {
			until = word == "until"
			continue
		}
		switch {
		case until:
			if year <= from {
				return true
			}
		case !span:
			if year == from {
				return true
			}
		case last == "":
			if year >= from {
				return true
			}
		default:
			if to, err := strconv.Atoi(last); err == nil && from <= year && year <= to {
				return true
			}
		}
		until = false
	}
	return false
}

// isKind tells whether s is one of schema.ActorKinds.
func isKind(s string) bool {
	return slices.Contains(schema.ActorKinds(), schema.ActorKind(s))
}

// Form tells how the words of a match stand for the actor.
type Form uint8

const (
	// Name is a name in full or a usual short one: "Iran", "Red Cross".
	Name Form = iota + 1
	// Abbreviation is one word written in capitals, or short and in mixed
	// letters: "UN", "U.S.", "PKK", "LeT".
	Abbreviation
	// Seat is a city or house that stands for the government: "Tehran", "the Kremlin".
	Seat
	// Adjective is the adjective of a state: "Iranian". Most also are nouns
	// for its people; the tag tells which.
	Adjective
	// People is a noun for people of a state that is not its adjective: "Iranians", "Dane".
	People
	// Surname is the part of a person's name that stands for the whole. Next to
	// another proper noun that is no title it belongs to somebody else
	// ("Bob Putin"), which the caller must see.
	Surname
)

func (f Form) String() string {
	switch f {
	case Name:
		return "name"
	case Abbreviation:
		return "abbreviation"
	case Seat:
		return "seat"
	case Adjective:
		return "adjective"
	case People:
		return "people"
	case Surname:
		return "surname"
	}
	return "unknown"
}

// Match is a stretch of words that names an actor.
type Match struct {
	// First and Last are indices into the words, Last exclusive.
	First, Last int
	// Form is the strongest form the words have, in the order of the constants.
	Form Form
	// Entries are the actors that have this form, at least one; more than one
	// when the words alone do not tell which. Those whose files give the name
	// without a mark of doubt come first.
	Entries []*Entry
	// Doubtful tells that the words also are a usual name or word for
	// something else ("Georgia", "Jordan", "Bush") and that the context must decide.
	Doubtful bool
	// City tells that a Seat is the name of a city as well ("Tehran", not "Kremlin").
	City bool
}
