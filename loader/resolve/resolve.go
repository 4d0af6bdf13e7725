// Package resolve finds out what is one and the same in what many articles say: actors and places by their
// keys, incidents by comparing claims. It is pure and symmetric: what comes out is a function of the set
// of articles, whatever the order they came in.
//
// Two actors are one when an authority says so or when kind, state and spelling are equal (schema.ActorKey);
// likeness of names never makes one of two. Those who are only described, and of no state, are of one article. Two claims may be of one incident when nothing in them
// contradicts (type, day, both sides, place, toll, each at different grain) and are linked when enough in
// them agrees besides; Cluster tells how links become incidents.
package resolve

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"incidentgraph/schema"
)

// Party is an actor as one article shows it.
type Party struct {
	Key     string
	Name    string
	Kind    schema.ActorKind
	Country string
	// Role is the office of a person.
	Role string
	// spelling is that of the name.
	spelling string
}

// State gives the code of the state that the party is or acts for, "" when none. Offices, forces and persons
// with a country act for it; groups, companies and civilians are only based there, and a territory that
// governs itself does not act for the state it is in by law.
func (p Party) State() string {
	if strings.HasPrefix(p.Key, "territory/") {
		return ""
	}
	switch p.Kind {
	case schema.State, schema.Government, schema.Military, schema.Person:
		return p.Country
	}
	return ""
}

// described tells that the party is only described, "gunmen", "two children", and not named.
func (p Party) described() bool {
	if p.unnamed() {
		return true
	}
	switch p.Kind {
	case schema.Civilians:
		return true
	case schema.ArmedGroup, schema.Person, schema.Military, schema.OtherActor:
		first, _ := utf8.DecodeRuneInString(p.Name)
		return strings.HasPrefix(p.Key, "of/") || strings.HasPrefix(p.Key, "actor/") && unicode.IsLower(first)
	}
	return false
}

// unnamed tells that the party is only described and that nothing says of which state it is: it is known within its
// article only.
func (p Party) unnamed() bool { return schema.Description(p.Key) != "" }

// inOffice tells that the party is a person who holds an office now.
func (p Party) inOffice() bool {
	return p.Kind == schema.Person && p.Role != "" && !strings.HasPrefix(p.Role, "former ") && !strings.HasPrefix(p.Role, "ex-")
}

// Place is a location as one article shows it.
type Place struct {
	Key     string
	Name    string
	Kind    string
	Country string
	// Located tells that Latitude and Longitude are known.
	Located             bool
	Latitude, Longitude float64
	spelling            string
}

// Claim is a claim with all that its article says of those in it: everything that is needed to compare it with another.
type Claim struct {
	schema.Claim
	From, To []Party
	At       *Place
	// Published, Publisher and Simhash are those of the article.
	Published, Publisher string
	Simhash              uint64
	event                schema.EventType
	voice                string // spelling of the publisher
}

// reported gives the day on which the claim's article was published, 0 when that is not known.
func (c *Claim) reported() int {
	if len(c.Published) < len(time.DateOnly) {
		return 0
	}
	day, _, _ := Interval(c.Published[:len(time.DateOnly)])
	return day
}

// Compare is the order in which claims count as first: by publication, then by key.
func (c *Claim) Compare(d *Claim) int {
	return cmp.Or(strings.Compare(c.Published, d.Published), strings.Compare(c.Key, d.Key))
}

// NewClaim joins a claim with what its article says of the actors and the place in it.
func NewClaim(claim schema.Claim, of schema.Article) (*Claim, error) {
	event, ok := schema.EventTypeByName(claim.Type)
	if !ok {
		return nil, fmt.Errorf("claim %s is of type %q, which does not exist", claim.Key, claim.Type)
	}
	mentions := make(map[string]schema.Value, len(of.Mentions))
	for _, m := range of.Mentions {
		mentions[m.Object] = m
	}
	c := &Claim{Claim: claim, Published: of.Published, Publisher: of.Publisher, event: event, voice: schema.Spelling(of.Publisher)}
	if of.Simhash != "" {
		bits, err := strconv.ParseUint(of.Simhash, 16, 64)
		if err != nil {
			return nil, fmt.Errorf("fingerprint of article %s: %w", of.Key, err)
		}
		c.Simhash = bits
	}
	for _, side := range []struct {
		keys []string
		to   *[]Party
	}{{claim.Initiators, &c.From}, {claim.Targets, &c.To}} {
		for _, key := range side.keys {
			m, ok := mentions[key]
			if !ok {
				return nil, fmt.Errorf("claim %s is about %s, which its article does not mention", claim.Key, key)
			}
			*side.to = append(*side.to, party(m))
		}
		slices.SortFunc(*side.to, func(a, b Party) int { return strings.Compare(a.Key, b.Key) })
	}
	if claim.Location != "" {
		m, ok := mentions[claim.Location]
		if !ok {
			return nil, fmt.Errorf("claim %s happens at %s, which its article does not mention", claim.Key, claim.Location)
		}
		at := place(m)
		c.At = &at
	}
	return c, nil
}

func party(m schema.Value) Party {
	name := text(m, "called")
	return Party{Key: m.Object, Name: name, Kind: schema.ActorKind(text(m, "kind")), Country: text(m, "country"),
		Role: text(m, "role"), spelling: schema.Spelling(name)}
}

func place(m schema.Value) Place {
	name := text(m, "called")
	p := Place{Key: m.Object, Name: name, Kind: text(m, "kind"), Country: text(m, "country"), spelling: schema.Spelling(name)}
	latitude, ok := m.Facet("latitude").(float64)
	longitude, ok2 := m.Facet("longitude").(float64)
	if ok && ok2 {
		p.Located, p.Latitude, p.Longitude = true, latitude, longitude
	}
	return p
}

func text(m schema.Value, facet string) string {
	s, _ := m.Facet(facet).(string)
	return s
}

// CompareClaims is Claim.Compare as a function.
func CompareClaims(a, b *Claim) int { return a.Compare(b) }
