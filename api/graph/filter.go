package graph

import (
	"fmt"
	"regexp/syntax"
	"slices"
	"strings"
	"time"

	"incidentgraph/schema"
)

// atom is one condition in DQL. Those that are a function can stand at the root of a query.
type atom struct {
	text string
	// rank tells how few nodes a root function gives, 1 for one; 0 when it cannot stand there.
	rank int
	// sure tells that it gives nodes of the one type only.
	sure bool
}

// cond is the conjunction of conditions; the empty one is always true.
type cond []atom

func (k cond) and(more ...atom) cond { return append(slices.Clone(k), more...) }

func (k cond) String() string {
	texts := make([]string, len(k))
	for i, a := range k {
		texts[i] = a.text
	}
	return strings.Join(texts, " and ")
}

// needs tells whether only nodes that have the predicate meet the conditions.
func (k cond) needs(predicate string) bool {
	return slices.ContainsFunc(k, func(a atom) bool {
		for _, f := range []string{"between(", "ge(", "le(", "eq("} {
			if strings.HasPrefix(a.text, f+predicate+", ") {
				return true
			}
		}
		return false
	})
}

// root chooses the function to begin a query with, the most selective one, and gives the remaining condition.
func (k cond) root(nodeType string) (function, rest string) {
	best, sure := -1, false
	for i, a := range k {
		sure = sure || a.sure
		if a.rank > 0 && (best < 0 || a.rank < k[best].rank) {
			best = i
		}
	}
	if best < 0 {
		return "type(" + nodeType + ")", k.String()
	}
	function = k[best].text
	others := slices.Delete(slices.Clone(k), best, best+1)
	if !sure {
		others = append(others, atom{text: "type(" + nodeType + ")"})
	}
	return function, others.String()
}

// set asks for the nodes of a type that meet a condition, as a variable of the question.
func (c *compilation) set(nodeType string, k cond) string {
	v := c.q.fresh("v")
	root, rest := k.root(nodeType)
	c.q.ask(v+" as var(func: "+root+")"+filtered(rest), nil)
	return v
}

// across asks for the nodes that an edge leads to from those in a variable.
func (c *compilation) across(from, edge string) string {
	v := c.q.fresh("v")
	c.q.ask("var(func: uid("+from+"))", &group{attrs: []string{v + " as " + edge}})
	return v
}

// filterRule compiles one field of a filter input.
type filterRule func(c *compilation, v any) (cond, error)

// filter compiles a filter on nodes of a type to a condition.
func (c *compilation) filter(nodeType string, v any) (cond, error) {
	m, _ := v.(map[string]any)
	if len(m) == 0 {
		return nil, nil
	}
	if err := c.spend(); err != nil {
		return nil, err
	}
	rules := c.book.filters[nodeType]
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names) // the same filter is the same DQL
	var k cond
	for _, name := range names {
		value := m[name]
		if value == nil {
			continue
		}
		switch name {
		case "and":
			for _, part := range value.([]any) {
				p, err := c.filter(nodeType, part)
				if err != nil {
					return nil, err
				}
				k = append(k, p...)
			}
		case "or":
			var texts []string
			everything := false
			for _, part := range value.([]any) {
				p, err := c.filter(nodeType, part)
				if err != nil {
					return nil, err
				}
				if len(p) == 0 {
					everything = true
				}
				texts = append(texts, "("+p.String()+")")
			}
			switch {
			case len(texts) == 0:
				k = append(k, nothing)
			case !everything:
				k = append(k, atom{text: "(" + strings.Join(texts, " or ") + ")"})
			}
		case "not":
			p, err := c.filter(nodeType, value)
			if err != nil {
				return nil, err
			}
			if len(p) == 0 {
				k = append(k, nothing)
			} else {
				k = append(k, atom{text: "not (" + p.String() + ")"})
			}
		default:
			p, err := rules[name](c, value)
			if err != nil {
				return nil, err
			}
			k = append(k, p...)
		}
	}
	return k, nil
}

// nothing is a condition that no node meets.
var nothing = atom{text: `eq(xid, "")`, rank: 1, sure: true}

// equals is met by nodes whose predicate has one of the values.
func equals(predicate string, rank int, sure bool) filterRule {
	return func(c *compilation, v any) (cond, error) {
		list := stringsOf(v)
		if len(list) == 0 {
			return cond{nothing}, nil
		}
		return cond{{fmt.Sprintf("eq(%s, %s)", predicate, c.q.texts(list)), rank, sure}}, nil
	}
}

func stringsOf(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var list []string
		for _, s := range v {
			if s, ok := s.(string); ok {
				list = append(list, s)
			}
		}
		return list
	}
	return nil
}

// enums is equals for enum values whose text in the graph differs.
func enums(predicate string, rank int, stored func(string) string) filterRule {
	return func(c *compilation, v any) (cond, error) {
		var list []any
		for _, s := range stringsOf(v) {
			list = append(list, stored(s))
		}
		return equals(predicate, rank, false)(c, list)
	}
}

// truth is met by nodes whose predicate has the value; one that is missing is false.
func truth(predicate string) filterRule {
	return func(c *compilation, v any) (cond, error) {
		text := "eq(" + predicate + ", true)"
		if !v.(bool) {
			text = "not " + text
		}
		return cond{{text: text}}, nil
	}
}

// intRange is met by nodes whose predicate lies within {min, max}.
func intRange(predicate string, rank int) filterRule {
	return func(c *compilation, v any) (cond, error) {
		m := v.(map[string]any)
		lo, hasLo := m["min"].(int64)
		hi, hasHi := m["max"].(int64)
		switch {
		case hasLo && hasHi:
			return cond{{fmt.Sprintf("between(%s, %s, %s)", predicate, c.q.number(lo), c.q.number(hi)), rank, false}}, nil
		case hasLo:
			return cond{{fmt.Sprintf("ge(%s, %s)", predicate, c.q.number(lo)), rank + 5, false}}, nil
		case hasHi:
			return cond{{fmt.Sprintf("le(%s, %s)", predicate, c.q.number(hi)), rank + 5, false}}, nil
		}
		return nil, nil
	}
}

// floatRange is intRange for numbers with a fraction.
func floatRange(predicate string) filterRule {
	return func(c *compilation, v any) (cond, error) {
		m := v.(map[string]any)
		var k cond
		if lo, ok := m["min"].(float64); ok {
			k = append(k, atom{text: fmt.Sprintf("ge(%s, %s)", predicate, c.q.decimal(lo))})
		}
		if hi, ok := m["max"].(float64); ok {
			k = append(k, atom{text: fmt.Sprintf("le(%s, %s)", predicate, c.q.decimal(hi))})
		}
		return k, nil
	}
}

// period is met by nodes whose day lies within {from, to}.
func period(c *compilation, v any) (cond, error) {
	from, to, err := periodDays(v)
	if err != nil || from == 0 && to == 0 {
		return nil, err
	}
	if to == 0 {
		return cond{{fmt.Sprintf("ge(day, %s)", c.q.number(from)), 45, false}}, nil
	}
	if list := daysOf(from, to, 31); list != nil {
		return cond{{c.q.days(list), 28, false}}, nil // a month has few incidents
	}
	return cond{{fmt.Sprintf("between(day, %s, %s)", c.q.number(from), c.q.number(to)), 40, false}}, nil
}

// daysOf writes the days of a period out, nil when there are more than so many.
func daysOf(from, to int64, most int) []int64 {
	day, err := time.Parse("20060102", fmt.Sprint(from))
	if err != nil || dayNumber(day.AddDate(0, 0, most)) <= to {
		return nil
	}
	var list []int64
	for ; dayNumber(day) <= to; day = day.AddDate(0, 0, 1) {
		list = append(list, dayNumber(day))
	}
	return list
}

// daysWritten begins the function that gives the nodes of some days.
const daysWritten = "eq(day, ["

// days is that function. On incidents it is faster than between.
func (q *question) days(list []int64) string {
	names := make([]string, len(list))
	for i, d := range list {
		names[i] = q.number(d)
	}
	return daysWritten + strings.Join(names, ", ") + "])"
}

// incidentPeriod is period for incidents, which alone have a month: their index holds nothing else.
func incidentPeriod(c *compilation, v any) (cond, error) {
	k, err := period(c, v)
	if err != nil || len(k) == 0 {
		return k, err
	}
	from, to, _ := periodDays(v)
	if to == 0 || from == 0 {
		return k, nil
	}
	months := atom{c.q.months(from, to), k[0].rank - 1, true}
	if first, _ := bucket(from, "MONTH"); first == from {
		if _, last := bucket(to, "MONTH"); last == to {
			return cond{months}, nil
		}
	}
	k[0].rank = 0
	return cond{months, k[0]}, nil
}

// months is the function that gives the incidents of the months of two days and those between.
func (q *question) months(from, to int64) string {
	first, last := q.number(from/100), q.number(to/100)
	if first == last {
		return "eq(month, " + first + ")"
	}
	return "between(month, " + first + ", " + last + ")"
}

// periodDays gives the first and last day of a period as 20240116; a last day of 0 leaves the end open.
func periodDays(v any) (from, to int64, err error) {
	m, _ := v.(map[string]any)
	if s, ok := m["from"].(string); ok {
		if from, _, err = days(s); err != nil {
			return 0, 0, badInput("period.from: %s", err)
		}
	}
	if s, ok := m["to"].(string); ok {
		if _, to, err = days(s); err != nil {
			return 0, 0, badInput("period.to: %s", err)
		}
		if to < from {
			return 0, 0, badInput("The period ends before it begins.")
		}
	}
	return from, to, nil
}

// published is met by articles that were published within {from, to}.
func published(c *compilation, v any) (cond, error) {
	from, to, err := periodDays(v)
	if err != nil {
		return nil, err
	}
	var k cond
	if from > 0 {
		k = append(k, atom{fmt.Sprintf("ge(published, %s)", c.q.text(dateText(from)+"T00:00:00Z")), 50, true})
	}
	if to > 0 {
		k = append(k, atom{fmt.Sprintf("le(published, %s)", c.q.text(dateText(to)+"T23:59:59.999999999Z")), 55, true})
	}
	return k, nil
}

// names is met by nodes by their name or any other spelling of it.
func names(c *compilation, v any) (cond, error) {
	m := v.(map[string]any)
	var k cond
	spellings := stringsOf(m["in"])
	if s, ok := m["is"].(string); ok {
		k = append(k, atom{fmt.Sprintf("eq(spelling, %s)", c.q.text(schema.Spelling(s))), 3, false})
	}
	if m["in"] != nil {
		if len(spellings) == 0 {
			return cond{nothing}, nil
		}
		for i, s := range spellings {
			spellings[i] = schema.Spelling(s)
		}
		k = append(k, atom{"eq(spelling, " + c.q.texts(spellings) + ")", 4, false})
	}
	for _, pattern := range []struct{ field, form string }{{"contains", "%s"}, {"startsWith", "^%s"}} {
		s, ok := m[pattern.field].(string)
		if !ok {
			continue
		}
		s = schema.Spelling(s)
		if len([]rune(s)) < 3 {
			return nil, badInput("name.%s needs at least three letters or digits.", pattern.field)
		}
		// A spelling holds letters, digits and spaces only: nothing of it means anything in an expression.
		k = append(k, atom{fmt.Sprintf("regexp(spelling, %s)", c.q.text("/"+fmt.Sprintf(pattern.form, s)+"/")), 20, false})
	}
	if s, ok := m["matches"].(string); ok {
		expression, err := expression(s)
		if err != nil {
			return nil, err
		}
		k = append(k, atom{fmt.Sprintf("regexp(name, %s)", c.q.text("/"+expression+"/i")), 25, false})
	}
	return k, nil
}

// expression checks a regular expression of a user's: it must be one, be short, and hold three letters in a
// row that every match has, for without them the index is of no use.
func expression(s string) (string, error) {
	const longest = 200
	if len(s) > longest {
		return "", badInput("A regular expression has at most %d bytes.", longest)
	}
	re, err := syntax.Parse(s, syntax.Perl)
	if err != nil {
		return "", badInput("This is not a regular expression (RE2 syntax).")
	}
	if literalRun(re.Simplify()) < 3 {
		return "", badInput("A regular expression needs three letters in a row that every match has, as in \"pakist.*\".")
	}
	// In the form /expression/flags only a slash means anything more.
	return strings.ReplaceAll(s, "/", `\x2f`), nil
}

// literalRun gives the length of the longest run of characters that every match of an expression holds.
func literalRun(re *syntax.Regexp) int {
	switch re.Op {
	case syntax.OpLiteral:
		return len(re.Rune)
	case syntax.OpCapture, syntax.OpPlus:
		return literalRun(re.Sub[0])
	case syntax.OpConcat:
		most := 0
		for _, s := range re.Sub {
			most = max(most, literalRun(s))
		}
		return most
	case syntax.OpAlternate:
		least := -1
		for _, s := range re.Sub {
			if n := literalRun(s); least < 0 || n < least {
				least = n
			}
		}
		return max(least, 0)
	}
	return 0
}

// words is met by nodes whose text holds all the words, in any form of theirs. sure tells that only nodes of one
// type have the predicate.
func words(predicate string, rank int, sure bool) filterRule {
	return func(c *compilation, v any) (cond, error) {
		s := v.(string)
		if strings.TrimSpace(schema.Spelling(s)) == "" {
			return nil, badInput("A search needs at least one word.")
		}
		return cond{{fmt.Sprintf("alloftext(%s, %s)", predicate, c.q.text(s)), rank, sure}}, nil
	}
}

// related is met by nodes that an edge joins to a node of another type that meets a filter. back is the edge
// from that node to these. only tells that back leads from anything to these nodes' type alone.
func related(nodeType string, rank int, back ...string) filterRule {
	return func(c *compilation, v any) (cond, error) {
		k, err := c.filter(nodeType, v)
		if err != nil {
			return nil, err
		}
		from := c.set(nodeType, k)
		to := make([]string, len(back))
		for i, edge := range back {
			to[i] = c.across(from, edge)
		}
		return cond{{"uid(" + strings.Join(to, ", ") + ")", rank, true}}, nil
	}
}

// through is related over a node in between: edges lead back in the order given.
func through(nodeType string, rank int, back ...string) filterRule {
	return func(c *compilation, v any) (cond, error) {
		k, err := c.filter(nodeType, v)
		if err != nil {
			return nil, err
		}
		set := c.set(nodeType, k)
		for _, edge := range back {
			set = c.across(set, edge)
		}
		return cond{{"uid(" + set + ")", rank, true}}, nil
	}
}

// near is met by places within {kilometres} of {latitude, longitude}.
func near(c *compilation, v any) (cond, error) {
	m := v.(map[string]any)
	lat, lon, km := m["latitude"].(float64), m["longitude"].(float64), m["kilometres"].(float64)
	if err := coordinates(lat, lon); err != nil {
		return nil, err
	}
	if km <= 0 || km > 5000 {
		return nil, badInput("A radius lies between 0 and 5000 kilometres.")
	}
	// Dgraph takes no variables here; these are numbers, and nothing else can come of them.
	return cond{{fmt.Sprintf("near(point, [%.6f, %.6f], %.0f)", lon, lat, km*1000), 15, true}}, nil
}

// within the box {south, west, north, east}.
func box(c *compilation, v any) (cond, error) {
	m := v.(map[string]any)
	s, w, n, e := m["south"].(float64), m["west"].(float64), m["north"].(float64), m["east"].(float64)
	for _, p := range [][2]float64{{s, w}, {n, e}} {
		if err := coordinates(p[0], p[1]); err != nil {
			return nil, err
		}
	}
	if s >= n || w >= e {
		return nil, badInput("A box has its south below its north and its west before its east; cut one that crosses 180 degrees in two.")
	}
	return cond{{fmt.Sprintf("within(point, [[[%.6f, %.6f], [%.6f, %.6f], [%.6f, %.6f], [%.6f, %.6f], [%.6f, %.6f]]])",
		w, s, e, s, e, n, w, n, w, s), 15, true}}, nil
}

func coordinates(lat, lon float64) error {
	if lat < -90 || lat > 90 || lon < -180 || lon > 180 {
		return badInput("Latitude lies between -90 and 90 degrees, longitude between -180 and 180.")
	}
	return nil
}
