package graph

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// question is a DQL request being written. Values never enter its text: they are handed over as variables.
type question struct {
	params []string
	vars   map[string]string
	blocks []block
	names  int
}

// block is one query block: a head such as "q1(func: uid(v1))" and what is asked of its nodes.
type block struct {
	head string
	body *group
}

// group is what is asked of the nodes at one place of a question.
type group struct {
	attrs    []string
	children []block
}

// fresh gives a name that is used nowhere else in the question.
func (q *question) fresh(prefix string) string {
	q.names++
	return prefix + strconv.Itoa(q.names)
}

// text hands over a string and gives the variable that stands for it.
func (q *question) text(v string) string { return q.param("string", v) }

// number hands over a whole number.
func (q *question) number(v int64) string { return q.param("int", strconv.FormatInt(v, 10)) }

// decimal hands over a number.
func (q *question) decimal(v float64) string {
	return q.param("float", strconv.FormatFloat(v, 'g', -1, 64))
}

// uids hands over nodes by their uids and gives the function that stands for them.
func (q *question) uids(list []string) string {
	return "uid(" + q.text("["+strings.Join(list, ", ")+"]") + ")"
}

func (q *question) texts(list []string) string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = q.text(v)
	}
	return "[" + strings.Join(out, ", ") + "]"
}

func (q *question) param(kind, v string) string {
	if q.vars == nil {
		q.vars = map[string]string{}
	}
	for _, p := range q.params {
		name, k, _ := strings.Cut(p, ": ")
		if k == kind && q.vars[name] == v {
			return name
		}
	}
	name := "$p" + strconv.Itoa(len(q.params)+1)
	q.params = append(q.params, name+": "+kind)
	q.vars[name] = v
	return name
}

// ask adds a query block.
func (q *question) ask(head string, body *group) { q.blocks = append(q.blocks, block{head, body}) }

// String writes the question as DQL, "" when it asks nothing.
func (q *question) String() string {
	blocks := q.needed()
	if len(blocks) == 0 {
		return ""
	}
	var b strings.Builder
	if len(q.params) > 0 {
		fmt.Fprintf(&b, "query q(%s) ", strings.Join(q.params, ", "))
	}
	b.WriteString("{\n")
	for _, bl := range blocks {
		bl.write(&b, 1)
	}
	b.WriteString("}\n")
	return b.String()
}

func (bl block) write(b *strings.Builder, depth int) {
	pad := strings.Repeat("  ", depth)
	b.WriteString(pad + bl.head)
	if bl.body != nil {
		b.WriteString(" {\n")
		for _, a := range bl.body.attrs {
			b.WriteString(pad + "  " + a + "\n")
		}
		for _, c := range bl.body.children {
			c.write(b, depth+1)
		}
		b.WriteString(pad + "}")
	}
	b.WriteString("\n")
}

// attr asks for an attribute once, however often it is wanted.
func (g *group) attr(names ...string) {
next:
	for _, name := range names {
		for _, a := range g.attrs {
			if a == name {
				continue next
			}
		}
		g.attrs = append(g.attrs, name)
	}
}

// child asks for what an edge leads to; head begins with the alias under which the answer has it.
func (g *group) child(head string, body *group) {
	if len(body.attrs) == 0 && len(body.children) == 0 {
		body.attr("uid")
	}
	g.children = append(g.children, block{head, body})
}

// filtered gives "@filter(cond)", or nothing for no condition.
func filtered(cond string) string {
	if cond == "" {
		return ""
	}
	return " @filter(" + cond + ")"
}

// uses tells whether any block asks for the nodes in a variable.
func (q *question) uses(variable string) bool {
	for _, b := range q.blocks {
		if strings.Contains(b.head, "uid("+variable+")") {
			return true
		}
	}
	return false
}

// mark notes how far a question is written, reset takes back what was added since.
func (q *question) mark() [2]int { return [2]int{len(q.params), len(q.blocks)} }

func (q *question) reset(m [2]int) {
	for _, p := range q.params[m[0]:] {
		name, _, _ := strings.Cut(p, ": ")
		delete(q.vars, name)
	}
	q.params, q.blocks = q.params[:m[0]], q.blocks[:m[1]]
}

// following begins a question that is asked after q and may use what q defines, once it is completed.
func (q *question) following() *question {
	return &question{params: slices.Clone(q.params), vars: maps.Clone(q.vars), names: q.names}
}

// complete gives a question the definitions of the one it follows.
func (q *question) complete(from *question) {
	var defined []block
	for _, b := range from.blocks {
		if b.defines() {
			defined = append(defined, b)
		}
	}
	q.blocks = append(defined, q.blocks...)
}

// defines tells whether a block only defines variables.
func (bl block) defines() bool { return strings.Contains(bl.head, "var(func:") }

// needed gives the blocks that ask for something and those that define what these use. A definition may be there for
// a following question alone, and Dgraph refuses those that nothing uses.
func (q *question) needed() []block {
	keep := make([]bool, len(q.blocks))
	wanted := map[string]bool{}
	for again := true; again; {
		again = false
		for i, b := range q.blocks {
			defines := func(text string) bool {
				name, _, ok := strings.Cut(text, " as ")
				return ok && wanted[name]
			}
			if keep[i] || b.defines() && !defines(b.head) && !b.body.any(defines) {
				continue
			}
			keep[i], again = true, true
			b.references(wanted)
		}
	}
	var blocks []block
	for i, b := range q.blocks {
		if keep[i] {
			blocks = append(blocks, b)
		}
	}
	return blocks
}

// references notes the variables that a block uses.
func (bl block) references(names map[string]bool) {
	add := func(text string) {
		for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r != 'v' && (r < '0' || r > '9') }) {
			if len(word) > 1 && word[0] == 'v' {
				names[word] = true
			}
		}
	}
	add(bl.head)
	if bl.body != nil {
		for _, a := range bl.body.attrs {
			add(a)
		}
		for _, c := range bl.body.children {
			c.references(names)
		}
	}
}

// any tells whether some attribute, at any depth, meets a condition.
func (g *group) any(meets func(string) bool) bool {
	return g != nil && (slices.ContainsFunc(g.attrs, meets) || slices.ContainsFunc(g.children, func(c block) bool { return c.body.any(meets) }))
}
