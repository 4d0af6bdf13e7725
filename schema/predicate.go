package schema

import (
	"fmt"
	"strings"
)

// Predicate is one attribute or edge of the graph.
type Predicate struct {
	Name string
	// Type is the Dgraph scalar type, or "uid" for an edge, in brackets for many.
	Type string
	// Index lists the tokenizers, in Dgraph's words.
	Index []string
	// Upsert makes concurrent writers of one value collide, so that keys stay unique.
	Upsert  bool
	Reverse bool
	// Facets are the properties that its edges or values carry, by key, with their types: string, int or float.
	Facets      map[string]string
	Description string
}

// NodeType is a kind of node and the predicates it carries, reverse ones as "~name".
type NodeType struct {
	Name        string
	Predicates  []string
	Description string
}

// Predicates gives all attributes and edges, the sixteen direct edges last. None has Dgraph's count index, which only
// eq(count(...)) and its like need: with it Dgraph reads and counts all edges of both nodes whenever it writes one,
// so that loading would slow down as hubs grow.
func Predicates() []Predicate {
	p := []Predicate{
		{Name: "xid", Type: "string", Index: []string{"hash"}, Upsert: true, Description: "Key of a node: what it is, never when it was loaded."},
		{Name: "name", Type: "string", Index: []string{"exact", "term", "trigram"}, Description: "Short label of a node, front-loaded."},
		{Name: "title", Type: "string", Index: []string{"fulltext"}, Description: "Long label: a headline."},
		{Name: "alias", Type: "[string]", Index: []string{"term", "trigram"}, Description: "Other spellings of the name."},
		{Name: "spelling", Type: "[string]", Index: []string{"hash", "trigram"}, Description: "Folded forms of name and aliases, for look-up."},
		{Name: "actor_begins", Type: "[string]", Index: []string{"hash"}, Description: "How the words of an actor's names begin, for completion."},
		{Name: "place_begins", Type: "[string]", Index: []string{"hash"}, Description: "How the words of a place's names begin, for completion."},
		{Name: "kind", Type: "string", Index: []string{"exact"}, Description: "Kind of an actor or place."},
		{Name: "code", Type: "string", Index: []string{"hash"}, Description: "ISO 3166-1 alpha-3 code of a state."},
		{Name: "country", Type: "string", Index: []string{"hash"}, Description: "Code of the state an actor is or acts for, a place lies in, or an incident happened in."},
		{Name: "role", Type: "[string]", Facets: map[string]string{"first": "int", "last": "int"}, Description: "Offices of a person."},
		{Name: "acts_for", Type: "uid", Reverse: true, Description: "State an actor acts for."},
		{Name: "in", Type: "uid", Reverse: true, Description: "State a place lies in."},
		{Name: "point", Type: "geo", Index: []string{"geo"}, Description: "Where a place is."},

		{Name: "event_type", Type: "string", Index: []string{"exact"}, Description: "PLOVER type of an incident or claim."},
		{Name: "initiators", Type: "[uid]", Reverse: true, Facets: map[string]string{"support": "int"}, Description: "Who did it."},
		{Name: "targets", Type: "[uid]", Reverse: true, Facets: map[string]string{"support": "int"}, Description: "Whom it was done to."},
		{Name: "location", Type: "uid", Reverse: true, Facets: map[string]string{"support": "int"}, Description: "Where it happened."},
		{Name: "in_response_to", Type: "[uid]", Reverse: true, Description: "What it answers, condemns or avenges."},
		{Name: "date", Type: "string", Facets: map[string]string{"support": "int"}, Description: "Day as known: 2024-01-16, 2024-01 or 2024."},
		{Name: "precision", Type: "string", Description: "DAY, MONTH or YEAR."},
		{Name: "day", Type: "int", Index: []string{"int"}, Description: "First day it can have happened, as 20240116."},
		{Name: "last_day", Type: "int", Index: []string{"int"}, Description: "Last day it can have happened."},
		{Name: "month", Type: "int", Index: []string{"int"}, Description: "Month of day, as 202401."},
		{Name: "killed_min", Type: "int", Index: []string{"int"}, Description: "Fewest killed that is claimed."},
		{Name: "killed_max", Type: "int", Index: []string{"int"}, Description: "Most killed that is claimed."},
		{Name: "injured_min", Type: "int", Index: []string{"int"}, Description: "Fewest injured that is claimed."},
		{Name: "injured_max", Type: "int", Index: []string{"int"}, Description: "Most injured that is claimed."},
		{Name: "weapon", Type: "[string]", Index: []string{"exact"}, Description: "Weapons, singular, lower case."},
		{Name: "status", Type: "[string]", Index: []string{"exact"}, Description: "REPORTED, CLAIMED, ALLEGED, DENIED."},
		{Name: "historical", Type: "bool", Index: []string{"bool"}, Description: "Told as background, not as news."},
		{Name: "confidence", Type: "float", Index: []string{"float"}, Description: "0 to 1."},
		{Name: "publishers", Type: "int", Index: []string{"int"}, Description: "Independent publishers that report it."},

		{Name: "article", Type: "uid", Reverse: true, Description: "Article that makes a claim."},
		{Name: "incident", Type: "uid", Reverse: true, Description: "Incident a claim reports."},
		{Name: "claim_initiators", Type: "[uid]", Reverse: true, Description: "Who did it, by this claim."},
		{Name: "claim_targets", Type: "[uid]", Reverse: true, Description: "Whom it was done to, by this claim."},
		{Name: "claim_location", Type: "uid", Reverse: true, Description: "Where, by this claim."},
		{Name: "answers", Type: "[uid]", Reverse: true, Description: "Claims of the same article that this one answers."},
		{Name: "attributed_to", Type: "uid", Reverse: true, Description: "Who says so."},
		{Name: "coder", Type: "string", Description: "What read the article, with its version."},
		{Name: "evidence", Type: "[uid]", Reverse: true, Facets: map[string]string{"trigger": "string"}, Description: "Sentences that tell the claim, with the trigger as facet."},

		{Name: "sentence", Type: "int", Description: "Number of a sentence in its article, from 0."},
		{Name: "start", Type: "int", Description: "First byte of a sentence in the article's text."},
		{Name: "end", Type: "int", Description: "Byte after a sentence in the article's text."},
		{Name: "quote", Type: "string", Index: []string{"fulltext"}, Description: "Text of a sentence."},
		{Name: "text", Type: "string", Index: []string{"fulltext"}, Description: "Text of an article."},

		{Name: "url", Type: "string", Index: []string{"hash"}, Description: "Address of an article."},
		{Name: "publisher", Type: "string", Index: []string{"exact", "term"}, Description: "Who published an article."},
		{Name: "published", Type: "datetime", Index: []string{"day"}, Description: "When an article was published."},
		{Name: "language", Type: "string", Description: "ISO 639-1 code of an article's language."},
		{Name: "mentions", Type: "[uid]", Reverse: true, Facets: map[string]string{"called": "string", "kind": "string", "country": "string", "aliases": "string", "role": "string", "latitude": "float", "longitude": "float"}, Description: "Actors and places of an article's claims, with what the article says of each as facets: called, kind, country, aliases, role, latitude, longitude."},
		{Name: "digest", Type: "string", Description: "Digest of an article's present version and of the coder that read it."},
		{Name: "earlier", Type: "[string]", Description: "Digests of an article's earlier versions, which were replaced."},
		{Name: "simhash", Type: "string", Description: "Fingerprint of an article's text in 16 hex digits; near-identical texts differ in few bits."},

		{Name: "block", Type: "[string]", Index: []string{"hash"}, Description: "Keys under which claims that may be of one incident, or answer each other, find one another."},
		{Name: "copy_of", Type: "uid", Reverse: true, Description: "First claim of the same incident whose article has a near-identical text: the two are one voice."},
		{Name: "claims", Type: "int", Index: []string{"int"}, Description: "Number of an incident's claims."},
		{Name: "killed_latest", Type: "int", Description: "Killed by the report that was published last: its lower bound."},
		{Name: "injured_latest", Type: "int", Description: "Injured by the report that was published last: its lower bound."},
		{Name: "revision", Type: "int", Description: "Number of changes that the graph has seen."},
	}
	for _, t := range EventTypes() {
		p = append(p, Predicate{Name: t.Edge, Type: "[uid]", Reverse: true,
			Facets:      map[string]string{"count": "int", "first": "int", "last": "int", "confidence": "float"},
			Description: "Direct edge of all " + t.Name + " incidents, with facets count, first, last, confidence."})
	}
	return p
}

// NodeTypes gives the kinds of nodes.
func NodeTypes() []NodeType {
	actor := []string{"xid", "name", "title", "alias", "spelling", "actor_begins", "kind", "code", "country", "role", "acts_for", "~acts_for",
		"~in", "~initiators", "~targets", "~claim_initiators", "~claim_targets", "~attributed_to", "~mentions"}
	for _, t := range EventTypes() {
		actor = append(actor, t.Edge, "~"+t.Edge)
	}
	return []NodeType{
		{"Actor", actor, "Who acts or is acted upon."},
		{"State", actor, "An actor with an ISO 3166-1 alpha-3 code."},
		{"Location", []string{"xid", "name", "title", "alias", "spelling", "place_begins", "kind", "country", "in", "point", "~location", "~claim_location", "~mentions"},
			"A place with coordinates, inside a state."},
		{"Incident", []string{"xid", "name", "title", "event_type", "initiators", "targets", "location", "country", "in_response_to", "~in_response_to",
			"date", "precision", "day", "last_day", "month", "killed_min", "killed_max", "injured_min", "injured_max", "weapon",
			"killed_latest", "injured_latest", "status", "historical", "confidence", "publishers", "claims", "~incident"}, "A happening."},
		{"Claim", []string{"xid", "name", "title", "event_type", "article", "incident", "claim_initiators", "claim_targets", "claim_location",
			"answers", "~answers", "attributed_to", "date", "precision", "day", "last_day", "killed_min", "killed_max", "injured_min", "injured_max",
			"weapon", "status", "historical", "confidence", "coder", "evidence", "block", "copy_of", "~copy_of"}, "One article's report of an incident."},
		{"Evidence", []string{"xid", "name", "sentence", "start", "end", "quote", "~evidence"}, "A sentence that tells a claim."},
		{"Article", []string{"xid", "name", "title", "url", "publisher", "published", "day", "language", "text",
			"coder", "digest", "earlier", "simhash", "mentions", "~article"}, "A news article."},
		{"Graph", []string{"xid", "name", "revision"}, "The graph as a whole: one node, which every change touches, so that no two changes overlap."},
	}
}

// DQL gives the schema in Dgraph's own language, as Alter takes it and as schema.dql keeps it.
func DQL() string {
	var b strings.Builder
	b.WriteString("# Derived from the tables in this folder: go generate ./schema\n\n")
	for _, p := range Predicates() {
		fmt.Fprintf(&b, "%s: %s", p.Name, p.Type)
		if len(p.Index) > 0 {
			fmt.Fprintf(&b, " @index(%s)", strings.Join(p.Index, ", "))
		}
		for _, d := range []struct {
			on   bool
			name string
		}{{p.Reverse, "reverse"}, {p.Upsert, "upsert"}} {
			if d.on {
				b.WriteString(" @" + d.name)
			}
		}
		b.WriteString(" .\n")
	}
	for _, t := range NodeTypes() {
		fmt.Fprintf(&b, "\ntype %s {\n", t.Name)
		for _, p := range t.Predicates {
			if strings.HasPrefix(p, "~") {
				p = "<" + p + ">"
			}
			b.WriteString("  " + p + "\n")
		}
		b.WriteString("}\n")
	}
	return b.String()
}
