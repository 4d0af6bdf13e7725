package extract

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"incidentgraph/loader/article"
	"incidentgraph/schema"
)

// AnnotatedArticle is an article, and what a reader found in it.
type AnnotatedArticle struct {
	Document   article.Document
	Annotation Annotation
	// After is the id of the article in whose manner this one was written, and of whose world it tells, "" for none.
	After string
}

// Passages reads a file of passages, one a line: a text and, in cells behind it, the acts it tells, as
// TRIGGER=TYPE(INITIATOR; INITIATOR > TARGET; TARGET), all in the words of the text. Lines that begin with # are remarks.
func Passages(name, text string) ([]AnnotatedArticle, error) {
	var out []AnnotatedArticle
	for n, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		a, err := passage(fmt.Sprintf("%s-%d", name, n+1), line)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n+1, err)
		}
		out = append(out, a)
	}
	return out, nil
}

// passage reads one line of Passages.
func passage(id, line string) (AnnotatedArticle, error) {
	cells := strings.Split(line, "\t")
	doc, err := plainDocument(id, "2020-01-01", cells[0])
	if err != nil {
		return AnnotatedArticle{}, err
	}
	a := Annotation{ID: id, Written: true}
	actors := func(list string) (out []AnnotatedActor, err error) {
		for _, name := range strings.Split(list, ";") {
			if name = strings.TrimSpace(name); name == "" {
				continue
			}
			x := AnnotatedActor{Name: name}
			for from := 0; ; {
				at := strings.Index(doc.Text[from:], name)
				if at < 0 {
					break
				}
				x.spans = append(x.spans, [2]int{from + at, from + at + len(name)})
				from += at + len(name)
			}
			if x.spans == nil {
				return nil, fmt.Errorf("the text has no %q", name)
			}
			out = append(out, x)
		}
		return out, nil
	}
	for n, cell := range cells[1:] {
		words, rest, ok := strings.Cut(cell, "=")
		kind, sides, ok2 := strings.Cut(strings.TrimSuffix(rest, ")"), "(")
		in, to, ok3 := strings.Cut(sides, ">")
		if !ok || !ok2 || !ok3 {
			return AnnotatedArticle{}, fmt.Errorf("want TRIGGER=TYPE(INITIATOR > TARGET), have %q", cell)
		}
		e := AnnotatedEvent{ID: fmt.Sprintf("e%d", n+1), Type: kind}
		if _, ok := schema.EventTypeByName(kind); !ok {
			return AnnotatedArticle{}, fmt.Errorf("no event type is called %q", kind)
		}
		if e.Initiators, err = actors(in); err != nil {
			return AnnotatedArticle{}, err
		}
		if e.Targets, err = actors(to); err != nil {
			return AnnotatedArticle{}, err
		}
		for _, w := range strings.Split(words, "/") {
			if !strings.Contains(doc.Text, w) {
				return AnnotatedArticle{}, fmt.Errorf("the text has no %q", w)
			}
			e.Trigger = append(e.Trigger, w)
			e.Evidence = append(e.Evidence, sentenceWith(doc, w))
		}
		a.Events = append(a.Events, e)
	}
	return AnnotatedArticle{Document: doc, Annotation: a}, nil
}

// sentenceWith gives the text of the first sentence that holds the words.
func sentenceWith(doc article.Document, words string) string {
	for _, s := range doc.Sentences {
		if t := doc.Text[s.Start:s.End]; strings.Contains(t, words) {
			return t
		}
	}
	return doc.Text
}

var (
	markedDay   = regexp.MustCompile(`(?m)^# (\d{4}-\d\d-\d\d)(?: after (\S+))?$`)
	markedWords = regexp.MustCompile(`\{([\d,]+) ([^{}]+)\}`)
	markedEvent = regexp.MustCompile(`^(\d+) ([A-Z]+) ([^>]*)>(.*)$`)
	readingOf   = regexp.MustCompile(`(?m)^# (\S+)$`)
	markedActor = regexp.MustCompile(`^([\w-]+): ([^|]+)\| ([A-Z]{3}|-) (\w+)$`)
)

// Marked reads a file of articles in whose text the words for acts are marked. An article begins with a line
// "# YYYY-MM-DD", its day, or "# YYYY-MM-DD after ID", when it was written after the article of that id; in its text {N words} tell event N; a line "--" ends the text. Then come the actors, as
// "key: name; alias; alias | COUNTRY KIND" (- for no country), and the events, as "N TYPE initiator, initiator > target",
// by their keys. Behind it may stand where it happened, when, which event it answers and what it cost:
// "| at Kharg, IRN | on 1987-05-12 | to 2 | killed 11 | injured 20+".
// What stands before the first article is a remark.
func Marked(name, text string) ([]AnnotatedArticle, error) {
	var out []AnnotatedArticle
	days := markedDay.FindAllStringSubmatchIndex(text, -1)
	for n, at := range days {
		end := blockEnd(text, days, n)
		id := fmt.Sprintf("%s-%d", name, n+1)
		l, err := markedArticle(id, text[at[2]:at[3]], text[at[1]:end])
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, 1+strings.Count(text[:at[0]], "\n"), err)
		}
		if at[4] >= 0 {
			l.After = text[at[4]:at[5]]
		}
		out = append(out, l)
	}
	return out, nil
}

// blockEnd gives where the block ends that the n-th of the heads begins: at the next one or the end of the text.
func blockEnd(text string, heads [][]int, n int) int {
	if n+1 < len(heads) {
		return heads[n+1][0]
	}
	return len(text)
}

// markedArticle reads one article of Marked, without its first line.
func markedArticle(id, day, block string) (AnnotatedArticle, error) {
	marked, notes, ok := strings.Cut(block, "\n--\n")
	if !ok {
		return AnnotatedArticle{}, fmt.Errorf(`the article wants a line "--" behind its text`)
	}
	marked = strings.TrimSpace(marked)
	var text strings.Builder
	words := map[string][][2]int{}
	from := 0
	for _, m := range markedWords.FindAllStringSubmatchIndex(marked, -1) {
		text.WriteString(marked[from:m[0]])
		start := text.Len()
		text.WriteString(marked[m[4]:m[5]])
		for _, k := range strings.Split(marked[m[2]:m[3]], ",") {
			words[k] = append(words[k], [2]int{start, text.Len()})
		}
		from = m[1]
	}
	text.WriteString(marked[from:])
	doc, err := plainDocument(id, day, text.String())
	if err != nil {
		return AnnotatedArticle{}, err
	}
	a, err := readNotes(notes, words)
	if err != nil {
		return AnnotatedArticle{}, err
	}
	for _, k := range slices.Sorted(maps.Keys(words)) {
		if !slices.ContainsFunc(a.Events, func(e AnnotatedEvent) bool { return e.ID == k }) {
			return AnnotatedArticle{}, fmt.Errorf("event %s: words of the text tell it, and no line", k)
		}
	}
	a.ID, a.Written = id, true
	return AnnotatedArticle{Document: doc, Annotation: a}, nil
}

// readNotes reads the actors and events of an article, each event with the words that tell it by its number, or by the
// places that its own line gives.
func readNotes(notes string, words map[string][][2]int) (a Annotation, err error) {
	cast := map[string]AnnotatedActor{}
	actors := func(keys string) (out []AnnotatedActor, err error) {
		for _, k := range strings.Split(keys, ",") {
			if k = strings.TrimSpace(k); k == "" {
				continue
			}
			x, ok := cast[k]
			if !ok {
				return nil, fmt.Errorf("no actor has the key %q", k)
			}
			out = append(out, x)
		}
		return out, nil
	}
	for _, line := range strings.Split(notes, "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		cells := strings.Split(line, " | ")
		told, spans, byPlace := strings.Cut(cells[0], " @ ")
		if m := markedEvent.FindStringSubmatch(told); m != nil {
			e := AnnotatedEvent{ID: m[1], Type: m[2], words: words[m[1]]}
			if byPlace {
				if err := e.place(spans); err != nil {
					return a, fmt.Errorf("event %s: %w", e.ID, err)
				}
			}
			if err := e.tell(cells[1:]); err != nil {
				return a, fmt.Errorf("event %s: %w", e.ID, err)
			}
			if _, ok := schema.EventTypeByName(e.Type); !ok {
				return a, fmt.Errorf("event %s: no event type is called %q", e.ID, e.Type)
			}
			if e.words == nil {
				return a, fmt.Errorf("event %s: no words of the text tell it", e.ID)
			}
			if e.Initiators, err = actors(m[3]); err != nil {
				return a, fmt.Errorf("event %s: %w", e.ID, err)
			}
			if e.Targets, err = actors(m[4]); err != nil {
				return a, fmt.Errorf("event %s: %w", e.ID, err)
			}
			a.Events = append(a.Events, e)
			continue
		}
		m := markedActor.FindStringSubmatch(line)
		if m == nil {
			return a, fmt.Errorf("want an actor or an event, have %q", line)
		}
		names := strings.Split(m[2], ";")
		for i := range names {
			names[i] = strings.TrimSpace(names[i])
		}
		cast[m[1]] = AnnotatedActor{Name: names[0], Aliases: names[1:], Country: strings.Trim(m[3], "-"), Kind: m[4]}
	}
	return a, nil
}

// place reads where the words for an event stand: "12-18 40-47".
func (e *AnnotatedEvent) place(spans string) error {
	for _, span := range strings.Fields(spans) {
		var w [2]int
		if n, err := fmt.Sscanf(span, "%d-%d", &w[0], &w[1]); n != 2 || err != nil || w[0] >= w[1] {
			return fmt.Errorf("want FROM-TO, have %q", span)
		}
		e.words = append(e.words, w)
	}
	return nil
}

// tell reads what the line of an event tells beside its sides: "at Karrada, IRQ", "on 2016-07-03", "to 3".
func (e *AnnotatedEvent) tell(cells []string) error {
	for _, cell := range cells {
		what, value, _ := strings.Cut(cell, " ")
		switch what {
		case "at":
			name, country, _ := strings.Cut(value, ", ")
			e.Place = &AnnotatedPlace{Name: name, Country: strings.Trim(country, "-")}
		case "to":
			e.InResponseTo = value
		case "on":
			if !dateForm.MatchString(value) {
				return fmt.Errorf("want a day as 2024-01-16, a month as 2024-01 or a year, have %q", value)
			}
			e.Date = value
		case "killed", "injured":
			t, err := readToll(value)
			if err != nil {
				return err
			}
			if what == "killed" {
				e.Killed = t
			} else {
				e.Injured = t
			}
		default:
			return fmt.Errorf("want \"at PLACE, COUNTRY\", \"on DATE\", \"to EVENT\", \"killed COUNT\" or \"injured COUNT\", have %q", cell)
		}
	}
	return nil
}

// dateForm is a day, month or year as annotations and incidents write it.
var dateForm = regexp.MustCompile(`^\d{4}(-\d\d){0,2}$`)

// tollForm is a count: "11", "90+" for at least 90, "-50" for at most 50, "3-5".
var tollForm = regexp.MustCompile(`^(\d*)(-|\+)?(\d*)$`)

// readToll reads a count in the form of tollForm.
func readToll(text string) (*AnnotatedToll, error) {
	m := tollForm.FindStringSubmatch(text)
	wrong := fmt.Errorf("want a count as 11, 90+, -50 or 3-5, have %q", text)
	if m == nil || m[1]+m[3] == "" || m[2] == "+" && m[3] != "" || m[2] == "-" && m[3] == "" {
		return nil, wrong
	}
	bound := func(digits string) (*int, error) {
		if digits == "" {
			return nil, nil
		}
		n, err := strconv.Atoi(digits)
		if err != nil {
			return nil, wrong
		}
		return &n, nil
	}
	low, err := bound(m[1])
	if err != nil {
		return nil, err
	}
	high := low
	if m[2] != "" {
		if high, err = bound(m[3]); err != nil {
			return nil, err
		}
	}
	return &AnnotatedToll{Min: low, Max: high}, nil
}

// Readings reads a file of what readers have found in articles that stand elsewhere, in the order of the file: "# ID" of
// the article, then the actors and events as in Marked, where an event's line goes on with the bytes of the article's text
// that tell it, and may tell its place, its date, the event that it answers and its toll as there:
// "1 ASSAULT a > b @ 12-18 40-47 | at Karrada, IRQ | on 2016-07 | to 3".
// Lines before the first article are remarks.
func Readings(name, text string) ([]Annotation, error) {
	var out []Annotation
	heads := readingOf.FindAllStringSubmatchIndex(text, -1)
	for n, at := range heads {
		a, err := readNotes(text[at[1]:blockEnd(text, heads, n)], nil)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, 1+strings.Count(text[:at[0]], "\n"), err)
		}
		a.ID = text[at[2]:at[3]]
		out = append(out, a)
	}
	return out, nil
}

// Fits tells whether the annotation can be one of this text: whether its words begin where words do. Where they end need be
// no end of a word, since a space may be missing ("airstrikesin advance").
func (a Annotation) Fits(text string) error {
	inWord := func(i int) bool { // the first of both may be a capital
		return i > 0 && i < len(text) && lower(text[i-1]|' ') && lower(text[i])
	}
	for _, e := range a.Events {
		for _, w := range e.words {
			if w[1] > len(text) || inWord(w[0]) {
				return fmt.Errorf("article %s, event %s: no words stand at %d-%d; is it another version of the text?", a.ID, e.ID, w[0], w[1])
			}
		}
	}
	return nil
}

func lower(b byte) bool { return b >= 'a' && b <= 'z' }

// plainDocument is an article of just a text.
func plainDocument(id, day, text string) (doc article.Document, err error) {
	data, err := json.Marshal(map[string]string{"id": id, "text": text, "publishedAt": day})
	if err != nil {
		return doc, err
	}
	for d, err := range article.Read(id+".json", bytes.NewReader(data), article.Overrides{}) {
		if err != nil {
			return doc, err
		}
		doc = d
	}
	if doc.Text != text {
		return doc, fmt.Errorf("the text does not come back as it was written")
	}
	return doc, nil
}
