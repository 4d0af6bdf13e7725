package gazetteer

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"incidentgraph/schema"
)

// Class is what a noun without a name stands for.
type Class uint8

const (
	// Body is a part of any state: "foreign ministry", "navy", "parliament".
	Body Class = iota + 1
	// Folk is people by what they are or do: "gunmen", "protesters", "villagers".
	Folk
	// Office is an office, rank or title: "prime minister", "spokesman", "general".
	Office
)

func (c Class) String() string {
	switch c {
	case Body:
		return "body"
	case Folk:
		return "folk"
	case Office:
		return "office"
	}
	return "unknown"
}

// Noun is a phrase of the files of bodies, people and offices.
type Noun struct {
	// Words is the phrase in lower case as the file has it.
	Words string
	Class Class
	// Kind is the kind of actor: one of schema.ActorKinds. For offices it is that of the
	// body the holder acts for; the holder is a person.
	Kind string
	// Same is the phrase to name it by: "foreign ministry" for "ministry of
	// foreign affairs". It is Words where the file gives no other.
	Same string
	// Marks are what the file says of an office or of people, sorted; see the
	// head of each file ("head-of-state", "spokesperson", "victim").
	Marks []string
	// Plural tells that only the plural has this meaning: "forces", "jets".
	Plural bool
	// alike tells that the singular of an office is written like a plural: "chargé d'affaires".
	alike bool
}

// Has tells whether the noun has a mark.
func (n *Noun) Has(mark string) bool {
	_, ok := slices.BinarySearch(n.Marks, mark)
	return ok
}

// NounMatch is a stretch of words that is a known noun phrase.
type NounMatch struct {
	First, Last int // indices into the words, Last exclusive
	Noun        *Noun
	// Plural tells that the head of the phrase is written in the plural.
	Plural bool
}

type nounFormat struct {
	file    string
	class   Class
	columns int
}

var nounFiles = []nounFormat{
	{file: "bodies.txt", class: Body, columns: 4},
	{file: "people.txt", class: Folk, columns: 4},
	{file: "offices.txt", class: Office, columns: 4},
}

type nounIndex struct {
	numbers map[string]int32
	trie    *trie[*Noun]
	order   []*Noun
}

func newNounIndex() *nounIndex {
	return &nounIndex{numbers: make(map[string]int32), trie: newTrie[*Noun](1 << 12)}
}

// read adds a file: words, kind, the phrase to name it by, marks. The mark
// "plural" asks for the plural.
func (x *nounIndex) read(r io.Reader, f nounFormat) error {
	var c cutter
	return eachLine(r, f.file, f.columns, func(l line) error {
		n := &Noun{Words: l.cells[0], Class: f.class, Kind: l.cells[1], Same: l.cells[2]}
		if n.Same == "" {
			n.Same = n.Words
		}
		if !isKind(n.Kind) {
			return l.errorf(1, "%q is not a kind of actor; kinds are %v", n.Kind, schema.ActorKinds())
		}
		for mark := range strings.FieldsFuncSeq(l.cells[3], func(r rune) bool { return r == ',' || r == ' ' }) {
			if mark == "plural" {
				n.Plural = true
			} else {
				n.Marks = append(n.Marks, mark)
			}
		}
		slices.Sort(n.Marks)
		c.reset()
		for word := range strings.FieldsSeq(n.Words) {
			c.cut(word, 0)
		}
		var numbers []int32
		for _, a := range c.atoms {
			word, plural := singular(c.text[a.start:a.end])
			n.alike = plural && n.Class == Office && !n.Plural
			id, ok := x.numbers[string(word)]
			if !ok {
				id = int32(len(x.numbers) + 1)
				x.numbers[string(word)] = id
			}
			numbers = append(numbers, id)
		}
		if len(numbers) == 0 {
			return l.errorf(0, "no words")
		}
		for _, other := range x.trie.labels[x.trie.grow(numbers)] {
			if other.Plural == n.Plural {
				return l.errorf(0, "%w", fmt.Errorf("%q is there already as %s", other.Words, other.Class))
			}
		}
		x.trie.add(numbers, n)
		x.order = append(x.order, n)
		return nil
	})
}

// Nouns gives the known bodies, people and offices in the words of a sentence,
// longest first from the left and without overlaps. Words are a tokenizer's
// texts, not lemmas, in any letter case; singular and plural are both found,
// but for nouns that are Plural. Only the words are looked at: that "general"
// is a noun and not an adjective is for the caller to see.
func (g *Gazetteer) Nouns(words []string) []NounMatch { return g.nouns.find(cutWords(words)) }

func (x *nounIndex) find(c *cutter) []NounMatch {
	numbers := make([]int32, len(c.atoms))
	plurals := make([]bool, len(c.atoms))
	for i, a := range c.atoms {
		if a.barrier {
			continue
		}
		word, plural := singular(c.text[a.start:a.end])
		numbers[i], plurals[i] = x.numbers[string(word)], plural
	}
	var out []NounMatch
	for i := 0; i < len(c.atoms); {
		m, n := x.longest(c.atoms[i:], numbers[i:], plurals[i:])
		if n == 0 {
			i++
			continue
		}
		out = append(out, m)
		i += n
	}
	return out
}

// Noun gives the known body, people or office that the words as a whole are.
func (g *Gazetteer) Noun(words []string) (*Noun, bool) {
	m := g.Nouns(words)
	if len(m) == 1 && m[0].First == 0 && m[0].Last == len(words) {
		return m[0].Noun, true
	}
	return nil, false
}

// AllNouns gives every known body, people and office in the order of the files.
func (g *Gazetteer) AllNouns() []*Noun { return append([]*Noun(nil), g.nouns.order...) }

func (x *nounIndex) longest(atoms []atom, numbers []int32, plurals []bool) (NounMatch, int) {
	var best NounMatch
	length := 0
	if !atoms[0].first || atoms[0].barrier {
		return best, 0
	}
	node, head := int32(0), -1
	for i := 0; i < len(atoms) && numbers[i] != 0; i++ {
		if node = x.trie.step(node, numbers[i]); node == 0 {
			break
		}
		// The head is the last word, or the one before "of" and the like.
		if i+1 < len(atoms) && head < 0 && numbers[i+1] != 0 && (numbers[i+1] == x.numbers["of"] || numbers[i+1] == x.numbers["for"]) {
			head = i
		}
		if !atoms[i].last {
			continue
		}
		plural := plurals[i]
		if head >= 0 && head < i {
			plural = plurals[head]
		}
		var noun *Noun
		for _, n := range x.trie.labels[node] {
			if !n.Plural || plural {
				if noun == nil || n.Plural {
					noun = n
				}
			}
		}
		if noun != nil {
			best = NounMatch{First: atoms[0].word, Last: atoms[i].word + 1, Noun: noun, Plural: plural && (head >= 0 || !noun.alike)}
			length = i + 1
		}
	}
	return best, length
}

// singular gives the singular of a plain word and whether it was a plural.
// Words that only look like plurals come out shorter on both sides of a
// comparison and so still meet.
func singular(w []byte) ([]byte, bool) {
	n := len(w)
	switch {
	case n >= 3 && string(w[n-3:]) == "men":
		return append(w[:n-2:n-2], "an"...), true
	case string(w) == "children":
		return w[:5], true
	case n < 3 || w[n-1] != 's' || w[n-2] == 's' || w[n-2] == 'u' || n > 3 && string(w[n-3:]) == "sis":
		return w, false
	case n > 4 && string(w[n-3:]) == "ies":
		return append(w[:n-3:n-3], 'y'), true
	case n > 4 && w[n-2] == 'e' && (w[n-3] == 'x' || w[n-3] == 'h' && (w[n-4] == 'c' || w[n-4] == 's') || w[n-3] == 's' && w[n-4] == 's'):
		return w[:n-2], true
	}
	return w[:n-1], true
}
