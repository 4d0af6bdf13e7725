package graph

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"incidentgraph/schema"
)

// hit is a node found by a search.
type hit struct {
	kind    string
	node    *node
	score   float64
	snippet string
	marks   [][2]int
}

// searches are the kinds of nodes that can be searched for.
func searches() []struct{ kind, node, about string } {
	return []struct{ kind, node, about string }{
		{"ACTOR", "Actor", "Actors, by name and other spellings."},
		{"LOCATION", "Location", "Places, by name and other spellings."},
		{"INCIDENT", "Incident", "Incidents, by title."},
		{"ARTICLE", "Article", "Articles, by title and text."},
	}
}

// search compiles a search over nodes of several kinds.
func search(c *compilation, f *field) (shape, error) {
	text, _ := f.args["text"].(string)
	folded := schema.Spelling(text)
	if folded == "" {
		return nil, badInput("A search needs at least one letter or digit.")
	}
	if len(text) > 200 {
		return nil, badInput("A search has at most 200 bytes.")
	}
	size, err := c.size(f.args["first"], 10)
	if err != nil {
		return nil, err
	}
	wanted := stringsOf(f.args["kinds"])
	fields, err := c.collect(c.book.object("SearchResult"), f.sets)
	if err != nil {
		return nil, err
	}
	var find []func(answer *node) []hit
	bodies := map[string]*group{}
	for _, k := range searches() {
		if f.args["kinds"] != nil && !slices.Contains(wanted, k.kind) {
			continue
		}
		body := &group{attrs: []string{"uid", "xid"}}
		bodies[k.kind] = body
		switch k.kind {
		case "ACTOR", "LOCATION":
			body.attr("name", "alias", "code")
			find = append(find, c.searchNames(k.kind, k.node, folded, text, size, body))
		case "INCIDENT":
			body.attr("title", "day")
			find = append(find, c.searchText(k.kind, k.node, text, size, body, "title"))
		case "ARTICLE":
			body.attr("title", "text", "day")
			find = append(find, c.searchText(k.kind, k.node, text, size, body, "title", "text"))
		}
	}
	write, err := within(c, size, func() (func(*writer, hit), error) {
		return writeFields(c, fields, func(f *field) (func(*writer, hit), error) {
			switch f.name {
			case "__typename":
				return func(w *writer, _ hit) { w.string("SearchResult") }, nil
			case "kind":
				return func(w *writer, h hit) { w.string(h.kind) }, nil
			case "score":
				return func(w *writer, h hit) { w.float(h.score) }, nil
			case "snippet":
				return func(w *writer, h hit) { w.string(h.snippet) }, nil
			case "marks":
				mark, err := c.collect(c.book.object("Mark"), f.sets)
				if err != nil {
					return nil, err
				}
				inner, err := writeFields(c, mark, func(f *field) (func(*writer, [2]int), error) {
					return func(w *writer, m [2]int) {
						switch f.name {
						case "__typename":
							w.string("Mark")
						case "start":
							w.int(int64(m[0]))
						default:
							w.int(int64(m[1]))
						}
					}, nil
				})
				return func(w *writer, h hit) { writeList(w, h.marks, inner) }, err
			}
			shapes := map[string]shape{}
			for _, k := range searches() {
				if bodies[k.kind] == nil {
					continue
				}
				var err error
				if shapes[k.kind], err = c.object(k.node, place{group: bodies[k.kind]}, f.sets); err != nil {
					return nil, err
				}
			}
			return func(w *writer, h hit) { shapes[h.kind](w, h.node) }, nil
		})
	})
	return func(w *writer, answer *node) {
		var hits []hit
		seen := map[string]bool{}
		for _, f := range find {
			for _, h := range f(answer) {
				if !seen[h.node.uid()] {
					seen[h.node.uid()] = true
					hits = append(hits, h)
				}
			}
		}
		slices.SortStableFunc(hits, func(a, b hit) int {
			return cmp.Or(cmp.Compare(b.score, a.score), strings.Compare(a.node.text("xid"), b.node.text("xid")))
		})
		writeList(w, hits[:min(len(hits), size)], write)
	}, err
}

// searchNames asks for nodes with a name that is the text, or whose words begin with those of the text.
func (c *compilation) searchNames(kind, nodeType, folded, text string, size int, body *group) func(*node) []hit {
	degree, begins := "count(~initiators)", "actor_begins"
	if kind == "LOCATION" {
		degree, begins = "count(~location)", "place_begins"
	}
	body.attr("degree: " + degree)
	words := strings.Fields(folded)
	beginnings := make([]string, len(words))
	for i, w := range words {
		beginnings[i] = "eq(" + begins + ", " + c.q.text(schema.Beginning(w)) + ")"
	}
	// Of very many whose names begin so, those that came into the graph first are looked at.
	const most = 500
	roots := []struct{ function, rest string }{
		{"eq(spelling, " + c.q.text(folded) + ")", "type(" + nodeType + ")"},
		{fmt.Sprintf("%s, first: %d", beginnings[0], most), strings.Join(beginnings[1:], " and ")},
	}
	if kind == "ACTOR" {
		roots = append(roots, struct{ function, rest string }{"eq(code, " + c.q.text(strings.ToUpper(text)) + ")", ""})
	}
	var aliases []string
	for _, root := range roots {
		// Of several that fit, those with the most incidents are likely meant.
		all, count, alias := c.q.fresh("v"), c.q.fresh("v"), c.q.fresh("q")
		c.q.ask(all+" as var(func: "+root.function+")"+filtered(root.rest), &group{attrs: []string{count + " as " + degree}})
		c.q.ask(fmt.Sprintf("%s(func: uid(%s), orderdesc: val(%s), first: %d)", alias, all, count, max(2*size, 1)), body)
		aliases = append(aliases, alias)
	}
	return func(answer *node) []hit {
		var hits []hit
		for _, alias := range aliases {
			for _, n := range answer.nodes(alias) {
				degree, _ := n.int("degree")
				h := hit{kind: kind, node: n}
				for i, name := range append([]string{n.text("name"), n.text("code")}, n.texts("alias")...) {
					score := nameScore(schema.Spelling(name), folded, words)
					if i > 1 {
						score -= 0.02 // another spelling counts a little less than the name
					}
					if score > h.score {
						h.snippet, h.score = name, score
					}
				}
				if h.score == 0 {
					continue // its words begin so in different names, or differ beyond their beginnings
				}
				if kind == "LOCATION" {
					h.score -= 0.03 // of a state and its territory the state is meant
				}
				h.score = min(h.score+math.Log10(1+float64(degree))/50, 1)
				h.snippet, h.marks = snippet(h.snippet, folded, math.MaxInt)
				hits = append(hits, h)
			}
		}
		return hits
	}
}

// nameScore tells how well a spelling fits what is searched for, from 0 to 0.9.
func nameScore(spelling, folded string, words []string) float64 {
	switch {
	case spelling == folded:
		return 0.9
	case strings.HasPrefix(spelling, folded):
		return 0.75
	case strings.Contains(" "+spelling, " "+folded):
		return 0.6
	}
	for _, w := range words {
		if !strings.Contains(" "+spelling, " "+w) {
			return 0
		}
	}
	return 0.55
}

// searchText asks for nodes one of whose texts holds all words, latest first.
func (c *compilation) searchText(kind, nodeType, text string, size int, body *group, predicates ...string) func(*node) []hit {
	aliases := make([]string, len(predicates))
	for i, p := range predicates {
		aliases[i] = c.q.fresh("q")
		ofType := "type(" + nodeType + ")"
		if p == "text" {
			ofType = "" // only articles have one
		}
		c.q.ask(fmt.Sprintf("%s(func: alloftext(%s, %s), orderdesc: day, first: %d)", aliases[i], p, c.q.text(text), max(size, 1))+filtered(ofType), body)
	}
	return func(answer *node) []hit {
		var hits []hit
		for i, p := range predicates {
			for rank, n := range answer.nodes(aliases[i]) {
				h := hit{kind: kind, node: n, score: 0.5 - 0.15*float64(i) - 0.001*float64(rank)}
				h.snippet, h.marks = snippet(n.text(p), schema.Spelling(text), 200)
				hits = append(hits, h)
			}
		}
		return hits
	}
}

// snippet cuts about most characters out of a text where most of the words searched for stand, and gives where in
// it, in characters, they do. Words match by their beginning, as full-text search does by stem.
func snippet(text, folded string, most int) (string, [][2]int) {
	runes := []rune(text)
	var marks [][2]int
	var of []int // which of the words each mark is
	for start := 0; start < len(runes); {
		if !wordRune(runes[start]) {
			start++
			continue
		}
		end := start
		for end < len(runes) && wordRune(runes[end]) {
			end++
		}
		word := schema.Spelling(string(runes[start:end]))
		for i, wanted := range strings.Fields(folded) {
			if sameStem(word, wanted) {
				marks, of = append(marks, [2]int{start, end}), append(of, i)
				break
			}
		}
		start = end
	}
	if len(runes) <= most {
		return text, marks
	}
	from, best := 0, 0
	for i, m := range marks {
		begin := max(0, min(m[0]-most/4, len(runes)-most))
		seen := map[int]bool{}
		for j := i; j < len(marks) && marks[j][1] <= begin+most; j++ {
			seen[of[j]] = true
		}
		if len(seen) > best {
			from, best = begin, len(seen)
		}
	}
	to := min(from+most, len(runes))
	var inside [][2]int
	for _, m := range marks {
		if m[0] >= from && m[1] <= to {
			inside = append(inside, [2]int{m[0] - from, m[1] - from})
		}
	}
	return string(runes[from:to]), inside
}

func wordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\'' || r == '’'
}

// sameStem tells whether a word begins like the one searched for, but for an ending of up to three letters.
func sameStem(word, wanted string) bool {
	if word == "" {
		return false
	}
	common := 0
	for common < min(len(word), len(wanted)) && word[common] == wanted[common] {
		common++
	}
	return common == len(wanted) || common >= 4 && common >= len(wanted)-3 && common >= len(word)-3
}
