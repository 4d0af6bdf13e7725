package schema

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Quad is one fact of the graph: a value or an edge of a node. Nodes are named by their keys.
type Quad struct {
	Subject, Predicate string
	// Object is a value in writing ("20240116", "0.85", "true") or, when the predicate is an edge, the key of a node.
	Object string
	Facets []Facet
}

// Facet is a property of a value or edge; its value is a string, int or float64.
type Facet struct {
	Key   string
	Value any
}

// Value is an edge or a value with its facets.
type Value struct {
	Object string
	Facets []Facet
}

// Facet gives the facet under the key, nil when there is none.
func (v Value) Facet(key string) any {
	for _, f := range v.Facets {
		if f.Key == key {
			return f.Value
		}
	}
	return nil
}

// CompareQuads orders facts by node, predicate and object.
func CompareQuads(a, b Quad) int {
	return cmp.Or(strings.Compare(a.Subject, b.Subject), strings.Compare(a.Predicate, b.Predicate), strings.Compare(a.Object, b.Object))
}

var predicates = func() map[string]Predicate {
	m := map[string]Predicate{"dgraph.type": {Name: "dgraph.type", Type: "[string]"}}
	for _, p := range Predicates() {
		m[p.Name] = p
	}
	return m
}()

// PredicateByName finds a predicate.
func PredicateByName(name string) (Predicate, bool) {
	p, ok := predicates[name]
	return p, ok
}

// IsEdge tells whether the predicate leads to nodes.
func (p Predicate) IsEdge() bool { return strings.Trim(p.Type, "[]") == "uid" }

// IsList tells whether a node can have several.
func (p Predicate) IsList() bool { return strings.HasPrefix(p.Type, "[") }

// Quads gives the facts of a node, one of the structs of this package, sorted. Zero values and repetitions give none.
func Quads(node any) []Quad {
	v := reflect.ValueOf(node)
	var key string
	var out []Quad
	for i := range v.NumField() {
		predicate := v.Type().Field(i).Tag.Get("predicate")
		if predicate == "xid" {
			key = v.Field(i).String()
		}
		for _, o := range objects(v.Field(i)) {
			if o.Object != "" {
				out = append(out, Quad{Predicate: predicate, Object: o.Object, Facets: o.Facets})
			}
		}
	}
	for i := range out {
		out[i].Subject = key
	}
	slices.SortStableFunc(out, CompareQuads)
	return slices.CompactFunc(out, func(a, b Quad) bool { return CompareQuads(a, b) == 0 })
}

func objects(field reflect.Value) []Value {
	switch f := field.Interface().(type) {
	case string:
		return []Value{{Object: f}}
	case []string:
		out := make([]Value, len(f))
		for i, s := range f {
			out[i] = Value{Object: s}
		}
		return out
	case Value:
		return []Value{f}
	case []Value:
		return f
	case int:
		if f != 0 {
			return []Value{{Object: strconv.Itoa(f)}}
		}
	case *int:
		if f != nil {
			return []Value{{Object: strconv.Itoa(*f)}}
		}
	case float64:
		if f != 0 {
			return []Value{{Object: FormatFloat(f)}}
		}
	case bool:
		if f {
			return []Value{{Object: "true"}}
		}
	default:
		panic(fmt.Sprintf("schema: a node has a field of type %T", f))
	}
	return nil
}

// FormatFloat writes a number in its shortest form, as facts hold it.
func FormatFloat(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }

// Read fills a node, given as a pointer to one of the structs of this package, from its facts.
// Facts of predicates that the struct does not have are passed over.
func Read(facts []Quad, node any) error {
	v := reflect.ValueOf(node).Elem()
	t := v.Type()
	for _, q := range facts {
		for i := range t.NumField() {
			if t.Field(i).Tag.Get("predicate") != q.Predicate {
				continue
			}
			if err := read(v.Field(i), q); err != nil {
				return fmt.Errorf("node %s, %s: %w", q.Subject, q.Predicate, err)
			}
			break
		}
	}
	return nil
}

func read(field reflect.Value, q Quad) error {
	switch f := field.Addr().Interface().(type) {
	case *string:
		*f = q.Object
	case *[]string:
		*f = append(*f, q.Object)
	case *Value:
		*f = Value{q.Object, q.Facets}
	case *[]Value:
		*f = append(*f, Value{q.Object, q.Facets})
	case *int:
		n, err := strconv.Atoi(q.Object)
		if err != nil {
			return err
		}
		*f = n
	case **int:
		n, err := strconv.Atoi(q.Object)
		if err != nil {
			return err
		}
		*f = &n
	case *float64:
		n, err := strconv.ParseFloat(q.Object, 64)
		if err != nil {
			return err
		}
		*f = n
	case *bool:
		*f = q.Object == "true"
	default:
		return fmt.Errorf("a node has a field of type %s", field.Type())
	}
	return nil
}

// Quad gives the direct edge as a fact.
func (r Relationship) Quad() Quad {
	t, ok := EventTypeByName(r.Type)
	if !ok {
		panic("schema: no event type " + r.Type)
	}
	facets := []Facet{{"confidence", r.Confidence}, {"count", r.Count}}
	if r.First != 0 {
		facets = append(facets, Facet{"first", r.First}, Facet{"last", r.Last})
	}
	return Quad{Subject: r.From, Predicate: t.Edge, Object: r.To, Facets: facets}
}

// ReadRelationship is the inverse of Relationship.Quad.
func ReadRelationship(q Quad) (Relationship, error) {
	r := Relationship{From: q.Subject, To: q.Object}
	for _, t := range EventTypes() {
		if t.Edge == q.Predicate {
			r.Type = t.Name
		}
	}
	if r.Type == "" {
		return r, fmt.Errorf("%s is no direct edge", q.Predicate)
	}
	for _, f := range q.Facets {
		n, _ := f.Value.(int)
		switch f.Key {
		case "count":
			r.Count = n
		case "first":
			r.First = n
		case "last":
			r.Last = n
		case "confidence":
			r.Confidence, _ = f.Value.(float64)
		}
	}
	return r, nil
}

// MakePoint writes degrees as GeoJSON.
func MakePoint(latitude, longitude float64) string {
	return `{"type":"Point","coordinates":[` + FormatFloat(longitude) + "," + FormatFloat(latitude) + "]}"
}

// ReadPoint is the inverse of MakePoint; false when the text is no such point.
func ReadPoint(s string) (latitude, longitude float64, ok bool) {
	s, ok = strings.CutPrefix(s, `{"type":"Point","coordinates":[`)
	if !ok {
		return 0, 0, false
	}
	lon, lat, ok := strings.Cut(strings.TrimSuffix(s, "]}"), ",")
	if !ok {
		return 0, 0, false
	}
	longitude, err := strconv.ParseFloat(lon, 64)
	if err != nil {
		return 0, 0, false
	}
	latitude, err = strconv.ParseFloat(lat, 64)
	return latitude, longitude, err == nil
}

// PredicatesOf gives the predicates that a struct of this package holds, in the order of its fields.
func PredicatesOf(node any) []string {
	t := reflect.TypeOf(node)
	var out []string
	for i := range t.NumField() {
		out = append(out, t.Field(i).Tag.Get("predicate"))
	}
	return out
}
