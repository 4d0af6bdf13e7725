package main

import (
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"incidentgraph/schema"
)

// pictureFile is the picture that README shows.
const pictureFile = "fixtures/picture.svg"

// around asks for what two states and others did to each other.
const around = `{
  neighbourhood(around: {code: ["IRN", "PAK"]}, period: {from: "2024-01-10", to: "2024-01-31"}, minConfidence: 0.7) {
    nodes { id depth actor { name kind } }
    edges { source target edge type quadClass count first last }
  }
}`

// network is the answer to it.
type network struct {
	Nodes []struct {
		ID    string
		Depth int
		Actor struct{ Name, Kind string }
	}
	Edges []edge
}

type edge struct {
	Source, Target, Edge, Type, QuadClass string
	Count                                 int
	First, Last                           string
}

// mutual tells whether the edge has no direction.
func (e edge) mutual() bool {
	t, ok := schema.EventTypeByName(e.Type)
	return ok && t.Mutual
}

// label says what was done and when.
func (e edge) label() string {
	text := strings.ReplaceAll(e.Edge, "_", " ")
	if e.Count > 1 {
		text += fmt.Sprintf(" ×%d", e.Count)
	}
	if e.First != e.Last {
		return text + ", " + short(e.First) + " to " + short(e.Last)
	}
	return text + ", " + short(e.First)
}

// short sets a day without its year, and leaves what is no day as it is.
func short(date string) string {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return day.Format("2 Jan")
}

// picture draws two actors as tall bars: between them what joins them, at first each other's acts and then the
// actors that have to do with both; at the sides who has to do with one of them.
func picture(api *api) (string, error) {
	answer, err := api.ask(around)
	if err != nil {
		return "", err
	}
	var got struct {
		Data struct{ Neighbourhood network }
	}
	if err := json.Unmarshal(answer, &got); err != nil {
		return "", err
	}
	return draw(got.Data.Neighbourhood)
}

// Measures of the drawing, in its own units.
const (
	boxWidth, barWidth, rowHeight, gap, margin = 136, 78, 34, 8, 8
	reach                                      = 152 // of an edge between an outer actor and a bar
)

// Where the columns begin: left actors, left bar, middle actors, right bar, right actors.
const (
	leftBox  = margin
	leftBar  = leftBox + boxWidth + reach
	midBox   = leftBar + barWidth + reach
	rightBar = midBox + boxWidth + reach
	rightBox = rightBar + barWidth + reach
	full     = rightBox + boxWidth + margin
)

var colours = map[string]string{
	"MATERIAL_CONFLICT": "#b3261e", "VERBAL_CONFLICT": "#b06000",
	"VERBAL_COOPERATION": "#2e7d6b", "MATERIAL_COOPERATION": "#1f5fa8",
}

func draw(n network) (string, error) {
	names := map[string]string{}
	var bars []string
	for _, node := range n.Nodes {
		// The picture is of those who decide: the unnamed and civilians are left out.
		if node.Actor.Kind == "CIVILIANS" || node.Actor.Kind == "OTHER" {
			continue
		}
		names[node.ID] = node.Actor.Name
		if node.Depth == 0 {
			bars = append(bars, node.ID)
		}
	}
	if len(bars) != 2 {
		return "", fmt.Errorf("the picture is of two actors, not of %d", len(bars))
	}
	slices.SortFunc(bars, func(a, b string) int { return strings.Compare(names[a], names[b]) })
	between := map[string][2][]edge{} // by outer actor, with each bar
	var direct []edge
	slices.SortFunc(n.Edges, func(a, b edge) int {
		return strings.Compare(a.First+a.Edge+names[a.Source]+names[a.Target], b.First+b.Edge+names[b.Source]+names[b.Target])
	})
	for _, e := range n.Edges {
		from, to := slices.Index(bars, e.Source), slices.Index(bars, e.Target)
		switch {
		case names[e.Source] == "" || names[e.Target] == "":
		case from >= 0 && to >= 0:
			direct = append(direct, e)
		case from >= 0:
			both := between[e.Target]
			both[from] = append(both[from], e)
			between[e.Target] = both
		case to >= 0:
			both := between[e.Source]
			both[to] = append(both[to], e)
			between[e.Source] = both
		}
	}
	outer := make([]string, 0, len(between))
	for id := range between {
		outer = append(outer, id)
	}
	slices.SortFunc(outer, func(a, b string) int { return strings.Compare(names[a], names[b]) })

	var b strings.Builder
	y := [3]int{margin, margin, margin} // of the left, middle and right column
	for _, e := range direct {
		arrow(&b, e, leftBar+barWidth, rightBar, y[1]+rowHeight/2, e.Source == bars[0])
		y[1] += rowHeight
	}
	if len(direct) > 0 {
		y[1] += gap
	}
	for _, id := range outer {
		edges := between[id]
		column, x := 1, midBox
		switch {
		case len(edges[1]) == 0:
			column, x = 0, leftBox
		case len(edges[0]) == 0:
			column, x = 2, rightBox
		}
		top := y[column]
		for i, e := range edges[0] {
			row := top + i*rowHeight + rowHeight/2
			if column == 0 {
				arrow(&b, e, leftBox+boxWidth, leftBar, row, e.Source == id)
			} else {
				arrow(&b, e, leftBar+barWidth, midBox, row, e.Source != id)
			}
		}
		for i, e := range edges[1] {
			row := top + i*rowHeight + rowHeight/2
			if column == 2 {
				arrow(&b, e, rightBar+barWidth, rightBox, row, e.Source != id)
			} else {
				arrow(&b, e, midBox+boxWidth, rightBar, row, e.Source == id)
			}
		}
		height := max(len(edges[0]), len(edges[1])) * rowHeight
		box(&b, "actor", x, top+2, boxWidth, height-4, names[id])
		y[column] += height + gap
	}
	bottom := max(slices.Max(y[:])-gap, margin+2*rowHeight)
	box(&b, "bar", leftBar, margin, barWidth, bottom-margin, names[bars[0]])
	box(&b, "bar", rightBar, margin, barWidth, bottom-margin, names[bars[1]])

	var out strings.Builder
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="14">`+"\n", full, bottom+margin)
	out.WriteString("<!-- Drawn from the sample graph: go run ./.ci/readme -update -->\n")
	out.WriteString("<style>.actor rect{fill:#eef1f5;stroke:#5b6675}.bar rect{fill:#26313f}.bar text{fill:#fff;font-weight:bold}text{fill:#1d242d}</style>\n")
	for _, class := range slices.Sorted(maps.Keys(colours)) {
		fmt.Fprintf(&out, `<marker id="%s" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z" fill="%s"/></marker>`+"\n",
			class, colours[class])
	}
	fmt.Fprintf(&out, `<rect width="%d" height="%d" rx="6" fill="#fff"/>`+"\n", full, bottom+margin)
	out.WriteString(b.String())
	out.WriteString("</svg>\n")
	return out.String(), nil
}

// arrow draws an edge between two columns; forward tells that the left side acts.
func arrow(b *strings.Builder, e edge, left, right, y int, forward bool) {
	ends := ""
	if forward || e.mutual() {
		ends += fmt.Sprintf(` marker-end="url(#%s)"`, e.QuadClass)
	}
	if !forward || e.mutual() {
		ends += fmt.Sprintf(` marker-start="url(#%s)"`, e.QuadClass)
	}
	fmt.Fprintf(b, `<line x1="%d" y1="%d" x2="%d" y2="%d" stroke="%s" stroke-width="1.5"%s/>`+"\n", left+2, y+6, right-2, y+6, colours[e.QuadClass], ends)
	fmt.Fprintf(b, `<text x="%d" y="%d" text-anchor="middle" style="fill:%s">%s</text>`+"\n", (left+right)/2, y+1, colours[e.QuadClass], html.EscapeString(e.label()))
}

// box draws an actor, its name on two lines where one is too short, and cut where both are.
func box(b *strings.Builder, class string, x, y, w, h int, name string) {
	lines := wrap(name, w/8)
	fmt.Fprintf(b, `<g class="%s"><rect x="%d" y="%d" width="%d" height="%d" rx="4"/>`, class, x, y, w, h)
	for i, line := range lines {
		fmt.Fprintf(b, `<text x="%d" y="%d" text-anchor="middle">%s</text>`, x+w/2, y+h/2+5+13*i-13*(len(lines)-1)/2, html.EscapeString(line))
	}
	b.WriteString("</g>\n")
}

// wrap breaks a name at a space into at most two lines of about so many characters.
func wrap(name string, most int) []string {
	lines := []string{""}
	for word := range strings.FieldsSeq(name) {
		last := &lines[len(lines)-1]
		switch {
		case *last == "":
			*last = word
		case utf8.RuneCountInString(*last+" "+word) <= most || len(lines) == 2:
			*last += " " + word
		default:
			lines = append(lines, word)
		}
	}
	for i, line := range lines {
		if letters := []rune(line); len(letters) > most {
			lines[i] = strings.TrimSpace(string(letters[:most-1])) + "…"
		}
	}
	return lines
}
