package graph

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
)

// node is a JSON object of Dgraph's answer. Values keep their bytes, so that most go into the response as they came.
type node struct {
	keys   []string
	values []value
}

// value is a JSON value: the bytes of a scalar, or a list or an object.
type value struct {
	raw  []byte
	list []value
	node *node
}

// get gives the value under key, the zero value when there is none. A nil node has no values.
func (n *node) get(key string) value {
	if n != nil {
		for i, k := range n.keys {
			if k == key {
				return n.values[i]
			}
		}
	}
	return value{}
}

// has tells whether the node has the key.
func (n *node) has(key string) bool {
	v := n.get(key)
	return v.raw != nil || v.list != nil || v.node != nil
}

// nodes gives the objects under key: those of a list, or the one that a functional edge leads to.
func (n *node) nodes(key string) []*node {
	v := n.get(key)
	if v.node != nil {
		return []*node{v.node}
	}
	if len(v.list) == 0 {
		return nil
	}
	list := make([]*node, 0, len(v.list))
	for _, item := range v.list {
		if item.node != nil {
			list = append(list, item.node)
		}
	}
	return list
}

// first gives the first object under key, or nil.
func (n *node) first(key string) *node {
	v := n.get(key)
	if v.node != nil {
		return v.node
	}
	if len(v.list) > 0 {
		return v.list[0].node
	}
	return nil
}

// text gives a string, or "".
func (n *node) text(key string) string { return n.get(key).text() }

// texts gives the strings of a list.
func (n *node) texts(key string) []string {
	v := n.get(key)
	if v.raw != nil {
		return []string{v.text()}
	}
	var list []string
	for _, item := range v.list {
		list = append(list, item.text())
	}
	return list
}

// int gives a whole number and whether there is one.
func (n *node) int(key string) (int64, bool) {
	i, err := strconv.ParseInt(string(n.get(key).raw), 10, 64)
	return i, err == nil
}

// float gives a number and whether there is one.
func (n *node) float(key string) (float64, bool) {
	f, err := strconv.ParseFloat(string(n.get(key).raw), 64)
	return f, err == nil
}

// uid gives the node's uid in Dgraph, for comparing within one answer.
func (n *node) uid() string { return string(n.get("uid").raw) }

func (v value) text() string {
	if len(v.raw) < 2 || v.raw[0] != '"' {
		return ""
	}
	if inner := v.raw[1 : len(v.raw)-1]; bytes.IndexByte(inner, '\\') < 0 {
		return string(inner)
	}
	var s string
	if json.Unmarshal(v.raw, &s) != nil {
		return ""
	}
	return s
}

var errAnswer = errors.New("Dgraph's answer is not the JSON expected")

// parseAnswer reads an answer of Dgraph, which is trusted to be JSON: the checks keep a broken one from
// doing harm, they do not find every fault.
func parseAnswer(text []byte) (*node, error) {
	d := decoder{text: text}
	v, err := d.value()
	if err != nil {
		return nil, err
	}
	if v.node == nil {
		return nil, errAnswer
	}
	return v.node, nil
}

type decoder struct {
	text []byte
	pos  int
	keys map[string]string
}

func (d *decoder) space() byte {
	for d.pos < len(d.text) {
		switch c := d.text[d.pos]; c {
		case ' ', '\n', '\t', '\r':
			d.pos++
		default:
			return c
		}
	}
	return 0
}

func (d *decoder) value() (value, error) {
	switch d.space() {
	case '{':
		return d.object()
	case '[':
		d.pos++
		list := []value{}
		if d.space() == ']' {
			d.pos++
			return value{list: list}, nil
		}
		for {
			v, err := d.value()
			if err != nil {
				return v, err
			}
			list = append(list, v)
			switch d.space() {
			case ',':
				d.pos++
			case ']':
				d.pos++
				return value{list: list}, nil
			default:
				return v, errAnswer
			}
		}
	case '"':
		raw, err := d.str()
		return value{raw: raw}, err
	case 0:
		return value{}, errAnswer
	}
	start := d.pos
	for d.pos < len(d.text) {
		switch d.text[d.pos] {
		case ',', ']', '}', ' ', '\n', '\t', '\r':
			return d.scalar(start)
		}
		d.pos++
	}
	return d.scalar(start)
}

func (d *decoder) scalar(start int) (value, error) {
	if d.pos == start {
		return value{}, errAnswer
	}
	if string(d.text[start:d.pos]) == "null" {
		return value{}, nil
	}
	return value{raw: d.text[start:d.pos]}, nil
}

func (d *decoder) str() ([]byte, error) {
	start := d.pos
	d.pos++
	for d.pos < len(d.text) {
		switch d.text[d.pos] {
		case '\\':
			d.pos += 2
		case '"':
			d.pos++
			return d.text[start:d.pos], nil
		default:
			d.pos++
		}
	}
	return nil, errAnswer
}

func (d *decoder) object() (value, error) {
	d.pos++
	n := &node{}
	if d.space() == '}' {
		d.pos++
		return value{node: n}, nil
	}
	for {
		if d.space() != '"' {
			return value{}, errAnswer
		}
		raw, err := d.str()
		if err != nil {
			return value{}, err
		}
		if d.space() != ':' {
			return value{}, errAnswer
		}
		d.pos++
		v, err := d.value()
		if err != nil {
			return value{}, err
		}
		n.keys = append(n.keys, d.key(raw[1:len(raw)-1]))
		n.values = append(n.values, v)
		switch d.space() {
		case ',':
			d.pos++
		case '}':
			d.pos++
			return value{node: n}, nil
		default:
			return value{}, errAnswer
		}
	}
}

// key gives one string for all equal keys: an answer has thousands of a dozen.
func (d *decoder) key(raw []byte) string {
	if k, ok := d.keys[string(raw)]; ok {
		return k
	}
	if d.keys == nil {
		d.keys = make(map[string]string, 16)
	}
	k := string(raw)
	d.keys[k] = k
	return k
}

// writer builds the response as JSON.
type writer struct{ buf []byte }

func (w *writer) raw(b []byte)    { w.buf = append(w.buf, b...) }
func (w *writer) byte(b byte)     { w.buf = append(w.buf, b) }
func (w *writer) null()           { w.buf = append(w.buf, "null"...) }
func (w *writer) int(i int64)     { w.buf = strconv.AppendInt(w.buf, i, 10) }
func (w *writer) bool(b bool)     { w.buf = strconv.AppendBool(w.buf, b) }
func (w *writer) float(f float64) { w.buf = strconv.AppendFloat(w.buf, f, 'g', -1, 64) }

// string writes a JSON string.
func (w *writer) string(s string) {
	plain := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c >= 0x7f {
			plain = false
			break
		}
	}
	if plain {
		w.buf = append(append(append(w.buf, '"'), s...), '"')
		return
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string always encodes
	w.raw(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}
