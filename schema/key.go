package schema

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ActorKey gives the key of an actor. A key from an authority ("IRN", "group/jaish-al-adl",
// "org/united-nations", "person/javad-zarif", "territory/somaliland") is kept, and so is one that says of which
// state what body is ("of/IRN/government/police"). An actor without a state that is only described, "children" or
// "unidentified gunmen", is one of its article, whose key is given: no other article's children are the same. Any
// other actor is what its kind, its state and the spelling of its name say: two articles mean one actor exactly when
// these are equal, and no likeness of names ever makes one of two.
func ActorKey(a ArticleActor, article string) string {
	if a.Country == "" && isDescribed(a) {
		what := a.Name
		if i := strings.LastIndexByte(a.ID, '/'); i >= 0 {
			what = a.ID[i+1:]
		}
		kind := strings.TrimRight(what, "+") // signs added to tell two apart within an article
		return unnamed + within(article) + "#" + string(a.Kind) + "/" + slug(kind) + what[len(kind):]
	}
	if hasAuthority(a.ID, "of/") {
		// A sign added to tell two apart within an article says nothing beyond it.
		return strings.ReplaceAll(strings.TrimRight(a.ID, "+"), " ", "-")
	}
	if isCountryCode(a.ID) || hasAuthority(a.ID, "group/", "org/", "person/", "territory/") {
		return a.ID
	}
	return "actor/" + string(a.Kind) + "/" + orDash(a.Country) + "/" + slug(a.Name)
}

// unnamed begins the keys of actors without a state that are only described.
const unnamed = "unnamed/"

// isDescribed tells that an actor's name is a description: the coder says so by its id, or it has no capital.
func isDescribed(a ArticleActor) bool {
	if strings.HasPrefix(a.ID, "of/") {
		return true
	}
	switch a.Kind {
	case Civilians, ArmedGroup, Person, Government, Military, OtherActor:
		return !strings.Contains(a.ID, "/") && !isCountryCode(a.ID) && strings.ContainsFunc(a.Name, unicode.IsLower) && !strings.ContainsFunc(a.Name, unicode.IsUpper)
	}
	return false
}

// Description gives what an actor without a state is described as, "armed_group/gunmen"; "" when the key is of any other actor.
func Description(key string) string {
	if !strings.HasPrefix(key, unnamed) {
		return ""
	}
	return key[strings.LastIndexByte(key, '#')+1:]
}

// LocationKey gives the key of a place: an authority's where there is one ("geonames/295629",
// "iso/PK-BA"), "iso/PAK" for the whole of a state, else what its state and spelling say.
func LocationKey(l ArticleLocation) string {
	if isCountryCode(l.ID) {
		return "iso/" + l.ID // a state as a place is another node than the state as an actor
	}
	if hasAuthority(l.ID, placeAuthorities...) {
		return strings.ReplaceAll(l.ID, " ", "-")
	}
	return "place/" + orDash(l.Country) + "/" + slug(l.Name)
}

// placeAuthorities begin the keys of places that an authority or a list knows.
var placeAuthorities = []string{"geonames/", "iso/", "region/", "part/", "town/", "water/", "land/", "site/"}

// IsLocationKey tells whether a key is a location's.
func IsLocationKey(key string) bool {
	return hasAuthority(key, placeAuthorities...) || strings.HasPrefix(key, "place/")
}

// ArticleKey gives the key of an article.
func ArticleKey(h ArticleHead) string {
	if h.ID != "" {
		return "article/" + h.ID
	}
	return "article/" + h.URL
}

// ClaimKey gives the key of the claim that an article makes under a local id.
func ClaimKey(article, id string) string {
	return "claim/" + within(article) + "#" + id
}

// EvidenceKey gives the key of a sentence of an article, by the bytes it stands at, "120-215".
func EvidenceKey(article, span string) string {
	return "evidence/" + within(article) + "#" + span
}

// within gives an article's id for the keys of what is in it, without the sign that ends it there.
func within(article string) string {
	return strings.ReplaceAll(strings.TrimPrefix(article, "article/"), "#", "%23")
}

// IncidentKey gives the key of an incident from its first claim: what it is told to be, and a digest
// of the claim's key. It depends on nothing but that claim.
func IncidentKey(first Claim) string {
	sum := sha256.Sum256([]byte(first.Key))
	return "incident/" + strings.ToLower(first.Type) + "/" + orDash(first.Date) + "/" + hex.EncodeToString(sum[:6])
}

// GraphKey is the key of the one node that stands for the graph as a whole.
const GraphKey = "graph"

func isCountryCode(id string) bool {
	if len(id) != 3 {
		return false
	}
	for i := range 3 {
		if id[i] < 'A' || id[i] > 'Z' {
			return false
		}
	}
	return true
}

func hasAuthority(id string, prefixes ...string) bool {
	for _, p := range prefixes {
		if len(id) > len(p) && strings.HasPrefix(id, p) {
			return true
		}
	}
	return false
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// slug gives the spelling of a name with hyphens for spaces. Beyond 120 bytes the rest becomes a digest,
// so that a key stays short and different names stay apart.
func slug(name string) string {
	const longest = 120
	s := Spelling(name)
	if s == "" {
		s = strings.TrimSpace(name) // a name of punctuation only
	}
	s = strings.ReplaceAll(s, " ", "-")
	if len(s) <= longest {
		return s
	}
	sum := sha256.Sum256([]byte(s))
	s = s[:longest]
	for !utf8.ValidString(s) {
		s = s[:len(s)-1]
	}
	return s + "-" + hex.EncodeToString(sum[:6])
}
