package gazetteer

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"incidentgraph/schema"
)

// The marks that may follow a name in the files.
const (
	markDoubtful = "?" // also means something else
	markCity     = "@" // a seat of government that is a city's name as well
)

// column is what a cell of a file of actors holds.
type column uint8

const (
	columnKey column = iota
	columnKind
	columnCountry
	columnScript
	columnName
	columnNames
	columnAdjectives
	columnPeople
	columnSeats
	columnSurnames
	columnOffice
)

// format is the layout of a file of actors.
type format struct {
	file    string
	columns []column
	kind    string // of entries in files without that column
	own     bool   // an analyst's file
}

var organisationColumns = []column{columnKey, columnName, columnKind, columnCountry, columnNames}

var actorFormats = []format{
	{file: "states.tsv", kind: "state", columns: []column{columnKey, columnKind, columnCountry, columnScript, columnName, columnNames, columnAdjectives, columnPeople, columnSeats}},
	{file: "organisations.tsv", columns: organisationColumns},
	{file: "groups.tsv", columns: organisationColumns},
	{file: "persons.tsv", kind: "person", columns: []column{columnKey, columnName, columnCountry, columnSurnames, columnNames, columnOffice}},
}

var ownFormat = format{file: "actors", columns: organisationColumns, own: true}

// line is one entry of a file.
type line struct {
	file   string
	number int
	cells  []string
	starts []int // column of each cell's first character, from 1
}

func (l line) errorf(cell int, text string, args ...any) error {
	at := 1
	if cell < len(l.starts) {
		at = l.starts[cell]
	}
	return fmt.Errorf("gazetteer: %s:%d:%d: %w", l.file, l.number, at, fmt.Errorf(text, args...))
}

// eachLine calls do for every line that is not empty or a comment. Cells are
// parted by tabs; missing ones at the end are empty.
func eachLine(r io.Reader, file string, cells int, do func(line) error) error {
	in := bufio.NewScanner(r)
	in.Buffer(nil, 1<<20)
	for n := 1; in.Scan(); n++ {
		text := in.Text()
		if n == 1 {
			text = strings.TrimPrefix(text, "\ufeff")
		}
		text = strings.TrimSuffix(text, "\r")
		if strings.TrimSpace(text) == "" || text[0] == '#' {
			continue
		}
		l := line{file: file, number: n, cells: make([]string, 0, cells), starts: make([]int, 0, cells)}
		at := 1
		for cell := range strings.SplitSeq(text, "\t") {
			l.cells = append(l.cells, strings.TrimSpace(cell))
			l.starts = append(l.starts, at)
			at += utf8.RuneCountInString(cell) + 1
		}
		if !utf8.ValidString(text) {
			return l.errorf(0, "the line is not UTF-8")
		}
		if len(l.cells) > cells {
			return l.errorf(cells, "%d columns, the file has %d", len(l.cells), cells)
		}
		for len(l.cells) < cells {
			l.cells = append(l.cells, "")
			l.starts = append(l.starts, at-1)
		}
		if err := do(l); err != nil {
			return err
		}
	}
	if err := in.Err(); err != nil {
		return fmt.Errorf("gazetteer: reading %s: %w", file, err)
	}
	return nil
}

// written is a name as a file gives it.
type written struct {
	text           string
	doubtful, city bool
}

func splitNames(cell string) []written {
	if cell == "" {
		return nil
	}
	out := make([]written, 0, strings.Count(cell, "|")+1)
	for name := range strings.SplitSeq(cell, "|") {
		w := written{text: name}
		for {
			if rest, ok := strings.CutSuffix(w.text, markDoubtful); ok {
				w.text, w.doubtful = rest, true
			} else if rest, ok := strings.CutSuffix(w.text, markCity); ok {
				w.text, w.city = rest, true
			} else {
				break
			}
		}
		out = append(out, w)
	}
	return out
}

func texts(names []written) []string {
	var out []string
	for _, n := range names {
		out = append(out, n.text)
	}
	return out
}

// readActors adds the actors of a file.
func (g *Gazetteer) readActors(r io.Reader, f format) error {
	var c cutter
	return eachLine(r, f.file, len(f.columns), func(l line) error { return g.addLine(l, f, &c) })
}

func (g *Gazetteer) addLine(l line, f format, room *cutter) error {
	var cell [columnOffice + 1]string
	var at [columnOffice + 1]int
	for i, c := range f.columns {
		cell[c], at[c] = l.cells[i], i
		if !utf8.ValidString(l.cells[i]) || strings.ContainsFunc(l.cells[i], unicode.IsControl) {
			return l.errorf(i, "control character")
		}
	}
	if k := cell[columnKind]; k != "" && !isKind(k) {
		return l.errorf(at[columnKind], "%q is not a kind of actor; kinds are %v", k, schema.ActorKinds())
	}
	if c := cell[columnCountry]; c != "" && !isCode(c) {
		return l.errorf(at[columnCountry], "%q is not an ISO 3166 alpha-3 code", c)
	}
	e := g.entries[cell[columnKey]]
	if e != nil {
		if !f.own {
			return l.errorf(at[columnKey], "the key %q is there already", e.Key)
		}
		if cell[columnName] == "" && cell[columnNames] == "" {
			return l.errorf(at[columnName], "no name to add to %q", e.Key)
		}
		changed := *e
		changed.Aliases = append([]string(nil), e.Aliases...)
		g.replace(e, &changed)
		e = &changed
	} else {
		name := splitNames(cell[columnName])
		if len(name) != 1 {
			return l.errorf(at[columnName], "an actor needs one name")
		}
		e = &Entry{Key: cell[columnKey], Name: name[0].text, Kind: cell[columnKind], Country: cell[columnCountry], Office: cell[columnOffice]}
		if e.Kind == "" {
			e.Kind = f.kind
		}
		if e.Kind == "" {
			return l.errorf(at[columnKind], "an actor needs a kind; kinds are %v", schema.ActorKinds())
		}
		if e.Country == "" && e.Kind == "state" {
			e.Country = e.Key
		}
		if e.Country != "" && g.entries[e.Country] == nil && e.Country != e.Key {
			return l.errorf(at[columnCountry], "no state has the code %q", e.Country)
		}
		if e.Key == "" {
			e.Key = e.Kind + "/" + slug(e.Name)
			if g.entries[e.Key] != nil {
				return l.errorf(at[columnName], "an actor of this kind and name is there already; give its key %q to add names", e.Key)
			}
		}
		g.entries[e.Key] = e
		g.order = append(g.order, e)
		if cell[columnScript] == "other" {
			g.names.foreign[e.Key] = true
		}
	}
	for _, c := range []struct {
		column column
		form   Form
	}{
		{columnName, Name}, {columnNames, Name}, {columnAdjectives, Adjective},
		{columnPeople, People}, {columnSeats, Seat}, {columnSurnames, Surname},
	} {
		names := splitNames(cell[c.column])
		for _, n := range names {
			form := c.form
			if n.city {
				form = Seat
			}
			if err := g.names.add(e, n, form, f.own, room); err != nil {
				return l.errorf(at[c.column], "%w", err)
			}
		}
		switch c.column {
		case columnName:
			if e.Name == "" && len(names) == 1 {
				e.Name = names[0].text
			} else if len(names) == 1 && names[0].text != e.Name {
				e.Aliases = append(e.Aliases, names[0].text)
			}
		case columnNames, columnSurnames:
			e.Aliases = append(e.Aliases, texts(names)...)
		case columnAdjectives:
			e.Adjectives = append(e.Adjectives, texts(names)...)
		}
	}
	return nil
}

// replace puts a changed entry in the place of another.
func (g *Gazetteer) replace(old, changed *Entry) {
	g.entries[old.Key] = changed
	for i := range g.order {
		if g.order[i] == old {
			g.order[i] = changed
		}
	}
	g.names.replace(old, changed)
}

// isCode tells whether s has the form of an alpha-3 code.
func isCode(s string) bool {
	return len(s) == 3 && strings.IndexFunc(s, func(r rune) bool { return r < 'A' || r > 'Z' }) < 0
}

// slug makes a part of a key of a name: "Jaish al-Adl" is "jaish-al-adl".
func slug(name string) string {
	var parts []string
	for w := range strings.FieldsFuncSeq(name, func(r rune) bool { return unicode.IsSpace(r) || isHyphen(r) }) {
		if p := plain(w); p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, "-")
}
