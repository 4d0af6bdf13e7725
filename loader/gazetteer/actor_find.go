package gazetteer

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// nameIndex finds names in words. A word is cut into atoms at hyphens, and
// before a possessive s, so that "al-Adl" is found whether a tokenizer parts
// it or not. Atoms that fold alike have one number; a name that must stand as
// written also keeps its atoms' own numbers.
type nameIndex struct {
	folded   map[string]int32 // fold of an atom, its number
	exact    map[string]atomNumbers
	families map[string]string // fold of a spelling, fold of the first of its family
	first    []int32           // node after a first atom, by number
	trie     *trie[nameLabel]
	foreign  map[string]bool // states whose names are transliterated
	generic  map[string]bool
	words    map[string]bool
}

// atomNumbers are the numbers of a known atom as written and folded.
type atomNumbers struct{ own, fold int32 }

// nameLabel is one name of one entry.
type nameLabel struct {
	entry *Entry
	form  Form
	own   []int32 // atoms as written
	cases []letterCase
	// fold allows other spellings of the same sound.
	fold           bool
	doubtful, city bool
	// word tells that in a sentence in capitals the name looks like a common word.
	word bool
	// analyst marks a name from an analyst's file that hides others.
	analyst bool
}

// letterCase is how an atom is written, and at least must be written to be a name.
type letterCase uint8

const (
	anyCase  letterCase = iota
	capital             // first letter
	mixed               // more capitals than the first letter, not all: "LeT", "MoD"
	capitals            // all letters, two or more
)

func newNameIndex(families map[string]string, generic, words map[string]bool) *nameIndex {
	return &nameIndex{
		folded: make(map[string]int32, 1<<14), exact: make(map[string]atomNumbers, 1<<14), families: families,
		trie: newTrie[nameLabel](1 << 15), foreign: make(map[string]bool), generic: generic, words: words,
		first: make([]int32, 1, 1<<14),
	}
}

func (x *nameIndex) clone() *nameIndex {
	c := *x
	c.folded, c.exact, c.foreign = maps.Clone(x.folded), maps.Clone(x.exact), maps.Clone(x.foreign)
	c.first = slices.Clone(x.first)
	c.trie = x.trie.clone()
	return &c
}

func (x *nameIndex) replace(old, changed *Entry) {
	for i, labels := range x.trie.labels {
		for j, l := range labels {
			if l.entry == old {
				fresh := slices.Clone(x.trie.labels[i])
				fresh[j].entry = changed
				x.trie.labels[i] = fresh
			}
		}
	}
}

// loadFamilies reads the spellings of names that Fold does not bring together.
func loadFamilies() (map[string]string, error) {
	data, err := actorFiles.ReadFile("actors/spellings.txt")
	if err != nil {
		return nil, fmt.Errorf("gazetteer: %w", err)
	}
	out := make(map[string]string)
	err = eachLine(bytes.NewReader(data), "spellings.txt", 1, func(l line) error {
		names := strings.Fields(l.cells[0])
		head := Fold(names[0])
		for _, n := range names {
			f := Fold(n)
			if had, ok := out[f]; ok && had != head {
				return l.errorf(0, "%q is in two families", n)
			}
			out[f] = head
		}
		return nil
	})
	return out, err
}

// foldOf is the fold of a plain atom, with the families of spellings.
func (x *nameIndex) foldOf(dst []byte, atom string) []byte {
	dst = appendFold(dst, atom)
	if head, ok := x.families[string(dst)]; ok {
		return append(dst[:0], head...)
	}
	return dst
}

func (x *nameIndex) number(atom []byte) atomNumbers {
	if n, ok := x.exact[string(atom)]; ok {
		return n
	}
	text := string(atom)
	var buffer [64]byte
	key := x.foldOf(buffer[:0], text)
	fold, ok := x.folded[string(key)]
	if !ok {
		fold = int32(len(x.folded) + 1)
		x.folded[string(key)] = fold
	}
	n := atomNumbers{own: int32(len(x.exact) + 1), fold: fold}
	x.exact[text] = n
	for len(x.first) <= int(fold) {
		x.first = append(x.first, 0)
	}
	return n
}

const (
	// shortest is the length in letters from which a name of one word may be
	// spelt otherwise, for surnames also of the other spelling: shorter ones
	// meet English words and names (Salih, Sally).
	shortest        = 5
	shortestSurname = 6
	// longestMixed is the length in letters up to which small letters in an
	// abbreviation must be met as they are ("LeT", not "Let").
	longestMixed = 4
)

// add enters a name of an entry; c is room to work in.
func (x *nameIndex) add(e *Entry, w written, form Form, analyst bool, c *cutter) error {
	c.reset()
	for word := range strings.FieldsSeq(w.text) {
		c.cut(word, 0)
	}
	l := nameLabel{entry: e, form: form, doubtful: w.doubtful, city: w.city, analyst: analyst && !w.doubtful}
	l.own = make([]int32, 0, len(c.atoms))
	l.cases = make([]letterCase, 0, len(c.atoms))
	var room [16]int32
	folds := room[:0]
	for i, a := range c.atoms {
		text := c.text[a.start:a.end]
		if a.barrier {
			return fmt.Errorf("the name %q holds punctuation that parts names", w.text)
		}
		n := x.number(text)
		folds = append(folds, n.fold)
		l.own = append(l.own, n.own)
		if i > 0 && x.generic[string(text)] {
			a.letters = anyCase
		}
		if a.letters == mixed && len(text) > longestMixed {
			a.letters = capital // "McGurk" may be "Mcgurk"
		}
		l.cases = append(l.cases, a.letters)
	}
	if len(folds) == 0 {
		return fmt.Errorf("the name %q has no letters", w.text)
	}
	if len(folds) == 1 {
		l.word = x.words[string(c.text[c.atoms[0].start:c.atoms[0].end])]
		if form == Name && l.cases[0] >= mixed {
			l.form = Abbreviation
		}
	}
	l.fold = x.mayFold(e, l, c.atoms[0])
	node := x.trie.grow(folds)
	x.first[folds[0]] = x.trie.step(0, folds[0])
	for _, old := range x.trie.labels[node] {
		if old.entry == e && old.form == l.form && slices.Equal(old.own, l.own) && slices.Equal(old.cases, l.cases) {
			return nil // such as "US" and "U.S."
		}
	}
	x.trie.labels[node] = append(x.trie.labels[node], l)
	return nil
}

// mayFold tells whether a name may be met in other spellings. States,
// organisations and their like have the spellings of their file. Names of
// groups and persons in several words may; names in one word when they are
// long enough and come from another script.
func (x *nameIndex) mayFold(e *Entry, l nameLabel, a atom) bool {
	if l.form == Abbreviation || e.Kind != "person" && e.Kind != "armed_group" {
		return false
	}
	if len(l.own) > 1 {
		return true
	}
	return a.end-a.start >= shortest && (e.Kind == "armed_group" || x.foreign[e.Country])
}

// atom is a piece of a word; its text is in the cutter.
type atom struct {
	start, end  int // into cutter.text
	word        int
	first, last bool // of its word
	letters     letterCase
	barrier     bool // punctuation that no name spans
}

// cutter cuts words into atoms.
type cutter struct {
	text  []byte
	atoms []atom
	lower bool // a lower-case letter was met
	upper int  // words of three or more capitals
}

func (c *cutter) reset() {
	*c = cutter{text: c.text[:0], atoms: c.atoms[:0]}
}

// cutWords cuts the words of a sentence.
func cutWords(words []string) *cutter {
	c := &cutter{text: make([]byte, 0, 8*len(words)), atoms: make([]atom, 0, len(words)+len(words)/4+1)}
	for i, w := range words {
		c.cut(w, i)
	}
	return c
}

// cut appends the atoms of a word.
func (c *cutter) cut(word string, index int) {
	had := len(c.atoms)
	start := 0
	for i := 0; i < len(word); {
		r, n := rune(word[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(word[i:])
		}
		switch {
		case isHyphen(r) || r == '&':
			c.piece(word[start:i], index)
			start = i + n
		case isApostrophe(r) && i+n+1 == len(word) && (word[i+n] == 's' || word[i+n] == 'S'):
			c.piece(word[start:i], index)
			start = i + n
		}
		i += n
	}
	c.piece(word[start:], index)
	if len(c.atoms) == had {
		for _, r := range word {
			if !isHyphen(r) && !isApostrophe(r) && r != '&' {
				c.atoms = append(c.atoms, atom{word: index, barrier: true})
				return
			}
		}
		return
	}
	c.atoms[had].first = true
	c.atoms[len(c.atoms)-1].last = true
}

func (c *cutter) piece(s string, index int) {
	if s == "" {
		return
	}
	start := len(c.text)
	c.text = appendPlain(c.text, s)
	if len(c.text) == start {
		return
	}
	a := atom{start: start, end: len(c.text), word: index}
	upper, lower, first := 0, 0, true
	for _, r := range s {
		switch {
		case 'a' <= r && r <= 'z' || r >= utf8.RuneSelf && unicode.IsLower(r):
			lower++
			first = false
		case 'A' <= r && r <= 'Z' || r >= utf8.RuneSelf && unicode.IsUpper(r):
			if first {
				a.letters = capital
			}
			upper++
			first = false
		}
	}
	switch {
	case upper > 1 && lower == 0:
		a.letters = capitals
	case upper > 1 && a.letters == capital:
		a.letters = mixed
	}
	c.lower = c.lower || lower > 0
	if upper > 2 && lower == 0 {
		c.upper++
	}
	c.atoms = append(c.atoms, a)
}

// Find gives the known actors in the words of one sentence, longest first from
// the left and without overlaps. Words are a tokenizer's: "al-Adl" may be one
// or three, "Iran" and "'s" two. A capital in a file asks for a capital in the
// text, and all capitals for all capitals ("US", not "us"), but for the later
// words of a name that newspapers write small ("Security council"). In a
// sentence in capitals throughout, names that then look like a common word
// ("WHO") are Doubtful.
func (g *Gazetteer) Find(words []string) []Match { return g.names.find(cutWords(words)) }

// FindAll gives what Find and Nouns find in the words of one sentence.
func (g *Gazetteer) FindAll(words []string) ([]Match, []NounMatch) {
	c := cutWords(words)
	return g.names.find(c), g.nouns.find(c)
}

func (x *nameIndex) find(c *cutter) []Match {
	shouting := !c.lower && c.upper > 1
	numbers := make([]atomNumbers, len(c.atoms))
	var buffer [64]byte
	for i, a := range c.atoms {
		if a.barrier {
			continue
		}
		text := c.text[a.start:a.end]
		n, ok := x.exact[string(text)]
		if !ok && a.letters != anyCase && len(text) <= cap(buffer) {
			n.fold = x.folded[string(x.foldOf(buffer[:0], string(text)))]
		}
		numbers[i] = n
	}
	var out []Match
	for i := 0; i < len(c.atoms); {
		m, n := x.longest(c.atoms[i:], numbers[i:], shouting)
		if n == 0 {
			i++
			continue
		}
		out = append(out, m)
		i += n
	}
	return out
}

// longest gives the longest name that starts with the first atom, and its length in atoms.
func (x *nameIndex) longest(atoms []atom, numbers []atomNumbers, shouting bool) (Match, int) {
	var best Match
	length := 0
	if !atoms[0].first || numbers[0].fold == 0 {
		return best, 0
	}
	node := x.first[numbers[0].fold]
	for i := 1; node != 0; i++ {
		if labels := x.trie.labels[node]; len(labels) > 0 && atoms[i-1].last {
			if m, ok := x.choose(labels, atoms[:i], numbers[:i], shouting); ok {
				m.First, m.Last = atoms[0].word, atoms[i-1].word+1
				best, length = m, i
			}
		}
		if i == len(atoms) || numbers[i].fold == 0 {
			break
		}
		node = x.trie.step(node, numbers[i].fold)
	}
	return best, length
}

// What makes a reading rank before all of other forms.
const (
	byAnalyst = 1 << 6
	spelt     = 1 << 7 // as in the file
)

// choose gives the strongest reading of the atoms among labels: names as
// written before other spellings, an analyst's before ours, then by Form.
// Another spelling of a surname, or one that leads to several actors, is in doubt.
func (x *nameIndex) choose(labels []nameLabel, atoms []atom, numbers []atomNumbers, shouting bool) (Match, bool) {
	var m Match
	bestRank := 0
	usual := 0 // entries of m that the files do not mark as doubtful
	for _, l := range labels {
		asWritten := true
		for i := range atoms {
			asWritten = asWritten && numbers[i].own == l.own[i]
		}
		if !asWritten && (!l.fold || l.form == Surname && letters(atoms) < shortestSurname) || !casesFit(l.cases, atoms) {
			continue
		}
		rank := 1 + int(Surname-l.form)
		if l.analyst {
			rank |= byAnalyst
		}
		if asWritten {
			rank |= spelt
		}
		doubtful := l.doubtful || shouting && l.word
		switch {
		case rank < bestRank:
			continue
		case rank > bestRank:
			bestRank = rank
			m = Match{Form: l.form, Entries: []*Entry{l.entry}, Doubtful: doubtful, City: l.city}
			usual = 0
			if !l.doubtful {
				usual = 1
			}
		default:
			m.Doubtful = m.Doubtful || doubtful
			m.City = m.City || l.city
			if slices.Contains(m.Entries, l.entry) {
				continue
			}
			if l.doubtful {
				m.Entries = append(m.Entries, l.entry)
			} else {
				m.Entries = slices.Insert(m.Entries, usual, l.entry)
				usual++
			}
		}
	}
	if bestRank > 0 && bestRank < spelt && (len(m.Entries) > 1 || m.Form == Surname) {
		m.Doubtful = true
	}
	return m, bestRank > 0
}

func letters(atoms []atom) int {
	n := 0
	for _, a := range atoms {
		n += a.end - a.start
	}
	return n
}

func casesFit(want []letterCase, atoms []atom) bool {
	for i, w := range want {
		if atoms[i].letters < w {
			return false
		}
	}
	return true
}
