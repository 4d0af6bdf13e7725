package dgraph

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"incidentgraph/schema"
)

// Node is a subject or object in N-Quads: a node that exists (UID) or one that the mutation makes (Blank).
type Node struct{ text string }

// UID names an existing node by its uid, "0x1a".
func UID(uid string) Node { return Node{"<" + uid + ">"} }

// Blank names a node that the mutation makes. Any text will do for a name, such as the node's key; the same
// name is the same node throughout a mutation, and the result of the mutation tells its uid under that name.
func Blank(name string) Node {
	// A label begins with a letter, and holds few signs: bytes that are none of them are written as "-" and two hex digits.
	var b strings.Builder
	b.WriteString("_:n")
	for i := range len(name) {
		if c := name[i]; c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "-%02x", c)
		}
	}
	return Node{b.String()}
}

// Named names a node by any text, such as its key, in statements for a file: exports, and what Dgraph's bulk and
// live loaders read. Signs that an IRI cannot have are written as "%" and two hex digits.
func Named(name string) Node {
	var b strings.Builder
	b.WriteByte('<')
	for i := range len(name) {
		if c := name[i]; c <= ' ' || c == 0x7f || strings.IndexByte("<>\"{}|^`\\%", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	b.WriteByte('>')
	return Node{b.String()}
}

// blankName gives the name from which Blank made a label.
func blankName(label string) string {
	label = strings.TrimPrefix(strings.TrimPrefix(label, "_:"), "n")
	var b strings.Builder
	for i := 0; i < len(label); i++ {
		if label[i] == '-' && i+2 < len(label) {
			if c, err := strconv.ParseUint(label[i+1:i+3], 16, 8); err == nil {
				b.WriteByte(byte(c))
				i += 2
				continue
			}
		}
		b.WriteByte(label[i])
	}
	return b.String()
}

// Facet is a property of one edge or value. Its value is a string, int, float64, bool or time.Time.
type Facet struct {
	Key   string
	Value any
}

// wordEnd is a space without width. It follows every rune that narrows in the text of a facet: Dgraph makes lower-case
// words of such a text, breaks the UTF-8 of a word that goes on after a capital whose small letter takes fewer bytes,
// and then refuses the whole mutation.
const wordEnd = '\u200b'

// narrows tells capitals whose small letter takes fewer bytes: the Turkish dotted I, the German sharp S, Kelvin's K and
// two dozen phonetic ones.
func narrows(r rune) bool { return utf8.RuneLen(unicode.ToLower(r)) < utf8.RuneLen(r) }

// keptFacet gives the text of a facet as Dgraph can keep it; FacetText gives it back.
func keptFacet(text string) string {
	if !strings.ContainsFunc(text, narrows) {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		b.WriteRune(r)
		if narrows(r) {
			b.WriteRune(wordEnd)
		}
	}
	return b.String()
}

// FacetText gives the text of a facet as it was stated, from how Dgraph keeps it: nearly always the same.
func FacetText(kept string) string {
	if !strings.ContainsRune(kept, wordEnd) {
		return kept
	}
	var b strings.Builder
	var last rune
	for _, r := range kept {
		if r != wordEnd || !narrows(last) {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

// Point is a place in degrees, for a predicate of type geo.
type Point struct{ Latitude, Longitude float64 }

// NQuads collects statements, one N-Quad a line, for Txn.Mutate. Its zero value is empty and ready.
type NQuads struct{ buf bytes.Buffer }

// Bytes gives the statements, for Txn.Mutate.
func (q *NQuads) Bytes() []byte { return q.buf.Bytes() }

// Len gives their size in bytes.
func (q *NQuads) Len() int { return q.buf.Len() }

// Type states that node has the type: "Actor".
func (q *NQuads) Type(node Node, name string) { q.Value(node, "dgraph.type", name) }

// Edge states that predicate leads from one node to another.
func (q *NQuads) Edge(from Node, predicate string, to Node, facets ...Facet) {
	q.statement(from, predicate, to.text, facets)
}

// Value states that node has value: a string (bytes that are not UTF-8 become U+FFFD), int, float64 (finite),
// bool, time.Time or Point. It panics at any other, which only a fault of the program can be.
func (q *NQuads) Value(node Node, predicate string, value any, facets ...Facet) {
	q.statement(node, predicate, object(value), facets)
}

// Fact states a fact as package schema writes it; node gives the node of a key. It panics at a predicate that the
// schema does not have.
func (q *NQuads) Fact(f schema.Quad, node func(key string) Node) {
	p, ok := schema.PredicateByName(f.Predicate)
	if !ok {
		panic("dgraph: the schema has no predicate " + f.Predicate)
	}
	facets := make([]Facet, len(f.Facets))
	for i, facet := range f.Facets {
		facets[i] = Facet(facet)
	}
	var object string
	switch strings.Trim(p.Type, "[]") {
	case "uid":
		object = node(f.Object).text
	case "string":
		object = text(f.Object)
	case "int":
		object = quote(f.Object) + "^^<xs:int>"
	case "float":
		object = quote(f.Object) + "^^<xs:float>"
	case "bool":
		object = quote(f.Object) + "^^<xs:boolean>"
	case "datetime":
		object = quote(f.Object) + "^^<xs:dateTime>"
	case "geo":
		object = quote(f.Object) + "^^<geo:geojson>"
	default:
		panic("dgraph: no way to write a value of type " + p.Type)
	}
	q.statement(node(f.Subject), f.Predicate, object, facets)
}

// All stands for all values or edges of the predicate at node. It is for deletions only.
func (q *NQuads) All(node Node, predicate string) { q.statement(node, predicate, "*", nil) }

// Whole stands for everything that node has, as far as its types list it. It is for deletions only.
func (q *NQuads) Whole(node Node) {
	q.buf.WriteString(node.text + " * * .\n")
}

func (q *NQuads) statement(subject Node, predicate, object string, facets []Facet) {
	b := &q.buf
	b.WriteString(subject.text)
	b.WriteString(" <" + predicate + "> ")
	b.WriteString(object)
	for i, f := range facets {
		if i == 0 {
			b.WriteString(" (")
		} else {
			b.WriteString(", ")
		}
		b.WriteString(f.Key + "=" + facetValue(f.Value))
	}
	if len(facets) > 0 {
		b.WriteByte(')')
	}
	b.WriteString(" .\n")
}

// object writes a value with the type that Dgraph is to read it as.
func object(value any) string {
	switch v := value.(type) {
	case string:
		return text(v)
	case int:
		return `"` + strconv.Itoa(v) + `"^^<xs:int>`
	case float64:
		return `"` + float(v) + `"^^<xs:float>`
	case bool:
		return `"` + strconv.FormatBool(v) + `"^^<xs:boolean>`
	case time.Time:
		return `"` + v.Format(time.RFC3339Nano) + `"^^<xs:dateTime>`
	case Point:
		return quote(`{"type":"Point","coordinates":[`+float(v.Longitude)+`,`+float(v.Latitude)+`]}`) + "^^<geo:geojson>"
	}
	panic(fmt.Sprintf("dgraph: %T cannot be a value of an N-Quad", value))
}

// text writes a string value.
func text(s string) string {
	if s == "_STAR_ALL" {
		return quote(s) + "^^<xs:string>" // without a type Dgraph takes it for its "*"
	}
	return quote(s)
}

// facetValue writes a facet so that Dgraph, which tells a facet's type from its looks, reads the type it has.
func facetValue(value any) string {
	switch v := value.(type) {
	case string:
		return quote(keptFacet(v))
	case int:
		return strconv.Itoa(v)
	case float64:
		s := float(v)
		if !strings.ContainsAny(s, ".e") {
			s += ".0" // else it would be an integer
		}
		return s
	case bool:
		return strconv.FormatBool(v)
	case time.Time:
		return v.Format(time.RFC3339Nano)
	}
	panic(fmt.Sprintf("dgraph: %T cannot be a facet", value))
}

// float writes a number so that reading gives the very same; there is no way to write one that is not finite.
func float(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		panic("dgraph: a number that is not finite cannot be stored")
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

// quote writes a literal: quote, backslash and control characters escaped, so that it stays on its line.
func quote(s string) string {
	var b strings.Builder
	b.Grow(len(s) + 2)
	b.WriteByte('"')
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < 0x20 || r == 0x7f:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r) // a byte that is not UTF-8 was read as U+FFFD
		}
		i += n
	}
	b.WriteByte('"')
	return b.String()
}
