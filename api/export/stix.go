package export

import (
	"context"
	"crypto/sha1"
	"fmt"
	"io"
	"net/url"
	"strings"

	"incidentgraph/api/graph"
	"incidentgraph/schema"
)

// stixID gives the identifier of a STIX object: a UUID of version 5 (RFC 9562) from its type and our key, so that
// the same thing has the same identifier in every export.
func stixID(kind, key string) string {
	// The namespace is that of URLs, and the name an address under one of example.org's.
	namespace := []byte{0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8}
	sum := sha1.Sum(append(namespace, "https://incidentgraph.example.org/"+kind+"/"+key...))
	u := sum[:16]
	u[6], u[8] = u[6]&0x0f|0x50, u[8]&0x3f|0x80
	return fmt.Sprintf("%s--%x-%x-%x-%x-%x", kind, u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}

// stix writes a STIX 2.1 bundle: actors as identities, places as locations, incidents, and what joins them.
func stix(ctx context.Context, w io.Writer, s Source, f graph.Filter) error {
	if _, err := fmt.Fprintf(w, `{"type":"bundle","id":%q`, stixID("bundle", "incidents")); err != nil {
		return err
	}
	// STIX knows no empty lists.
	l := list{w: w, before: `,"objects":[` + "\n"}
	seen := map[string]bool{}
	object := func(kind, key, when string, more map[string]any) error {
		id := stixID(kind, key)
		if seen[id] {
			return nil
		}
		if kind != "incident" && kind != "relationship" {
			seen[id] = true
		}
		more["type"], more["id"], more["spec_version"], more["created"], more["modified"] = kind, id, "2.1", when, when
		return l.add(more)
	}
	for i, err := range s.Incidents(ctx, f, true) {
		if err != nil {
			return err
		}
		when := "1970-01-01T00:00:00.000Z"
		if i.Day > 0 {
			when = graph.Day(i.Day) + "T00:00:00.000Z"
		}
		const always = "1970-01-01T00:00:00.000Z" // identities and places are the same in every export
		name := i.Title
		if name == "" {
			name = i.Type
		}
		t, _ := schema.EventTypeByName(i.Type)
		more := map[string]any{"name": name, "description": strings.TrimSpace(t.Description), "labels": []string{strings.ToLower(i.Type)}, "confidence": int(100 * i.Confidence)}
		var sources []map[string]any
		for _, c := range i.Claims {
			source := map[string]any{"source_name": c.Article.Publisher, "external_id": c.Article.Key}
			if c.Article.Publisher == "" {
				source["source_name"] = "unknown publisher"
			}
			if len(c.Evidence) > 0 {
				source["description"] = c.Evidence[0].Text
			}
			if u, err := url.Parse(c.Article.URL); err == nil && u.IsAbs() {
				source["url"] = c.Article.URL
			}
			sources = append(sources, source)
		}
		if len(sources) > 0 {
			more["external_references"] = sources
		}
		if err := object("incident", i.Key, when, more); err != nil {
			return err
		}
		join := func(name, from, fromKey, to, toKey string) error {
			return object("relationship", name+"/"+fromKey+"/"+toKey, when, map[string]any{"relationship_type": name,
				"source_ref": stixID(from, fromKey), "target_ref": stixID(to, toKey)})
		}
		for _, side := range []struct {
			name    string
			parties []graph.Party
		}{{"attributed-to", i.Initiators}, {"targets", i.Targets}} {
			for _, p := range side.parties {
				class := map[string]string{"person": "individual", "civilians": "group", "armed_group": "group"}[p.Kind]
				if class == "" {
					class = "organization"
				}
				if err := object("identity", p.Key, always, map[string]any{"name": p.Name, "identity_class": class}); err != nil {
					return err
				}
				if err := join(side.name, "incident", i.Key, "identity", p.Key); err != nil {
					return err
				}
			}
		}
		for _, a := range i.Initiators {
			for _, b := range i.Targets {
				if err := object("relationship", i.Key+"/"+a.Key+"/"+b.Key, when, map[string]any{"relationship_type": strings.ReplaceAll(t.Edge, "_", "-"),
					"source_ref": stixID("identity", a.Key), "target_ref": stixID("identity", b.Key), "start_time": when}); err != nil {
					return err
				}
			}
		}
		if lat, lon, ok := place(i); ok {
			if err := object("location", i.Location.Key, always, map[string]any{"name": i.Location.Name, "latitude": lat, "longitude": lon}); err != nil {
				return err
			}
			if err := join("located-at", "incident", i.Key, "location", i.Location.Key); err != nil {
				return err
			}
		}
	}
	end := "}\n"
	if l.begun {
		end = "\n]}\n"
	}
	_, err := io.WriteString(w, end)
	return err
}

// nquads writes incidents with their actors and places as N-Quads (W3C, RDF 1.1), the predicates named as in the graph.
func nquads(ctx context.Context, w io.Writer, s Source, f graph.Filter) error {
	seen := map[string]bool{}
	var failed error
	quad := func(key, predicate, object string) {
		if failed == nil {
			_, failed = fmt.Fprintf(w, "%s <urn:incidentgraph:%s> %s .\n", iri(key), predicate, object)
		}
	}
	value := func(key, predicate, v string) {
		if v != "" {
			quad(key, predicate, literal(v))
		}
	}
	for i, err := range s.Incidents(ctx, f, false) {
		if err != nil {
			return err
		}
		value(i.Key, "title", i.Title)
		value(i.Key, "event_type", i.Type)
		value(i.Key, "date", i.Date)
		value(i.Key, "country", i.Country)
		for _, status := range i.Statuses {
			value(i.Key, "status", status)
		}
		for _, weapon := range i.Weapons {
			value(i.Key, "weapon", weapon)
		}
		count := func(predicate string, n *int) {
			if n != nil {
				quad(i.Key, predicate, fmt.Sprintf(`"%d"^^<http://www.w3.org/2001/XMLSchema#integer>`, *n))
			}
		}
		count("killed_min", i.KilledMin)
		count("killed_max", i.KilledMax)
		count("injured_min", i.InjuredMin)
		count("injured_max", i.InjuredMax)
		quad(i.Key, "confidence", fmt.Sprintf(`"%s"^^<http://www.w3.org/2001/XMLSchema#double>`, decimal(i.Confidence)))
		for _, side := range []struct {
			predicate string
			parties   []graph.Party
		}{{"initiators", i.Initiators}, {"targets", i.Targets}} {
			for _, p := range side.parties {
				quad(i.Key, side.predicate, iri(p.Key))
				if !seen[p.Key] {
					seen[p.Key] = true
					value(p.Key, "name", p.Name)
					value(p.Key, "kind", p.Kind)
					value(p.Key, "country", p.Country)
				}
			}
		}
		for _, a := range i.Answers {
			quad(i.Key, "in_response_to", iri(a.Key))
		}
		if i.Location != nil {
			quad(i.Key, "location", iri(i.Location.Key))
			if !seen[i.Location.Key] {
				seen[i.Location.Key] = true
				value(i.Location.Key, "name", i.Location.Name)
			}
		}
		if failed != nil {
			return failed
		}
	}
	return failed
}

// iri names a node; signs that an IRI cannot hold are written as percent and two hex digits.
func iri(key string) string {
	var b strings.Builder
	b.WriteString("<urn:incidentgraph:node:")
	for i := range len(key) {
		switch c := key[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte("-._~/:", c) >= 0:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String() + ">"
}

// literal writes a string of N-Quads.
func literal(s string) string {
	r := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`)
	return `"` + r.Replace(strings.ToValidUTF8(s, "\uFFFD")) + `"`
}
