package language

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"incidentgraph/loader/language/network"
)

//go:embed model.bin
var embedded string

// Model analyses sentences. It may be used from several goroutines.
type Model struct {
	network   *network.Model
	tags      [][2]string // universal and Penn tag, by class of the network
	lemmas    *lemmatiser
	scratches sync.Pool
}

type scratch struct {
	spans   []span
	words   []string
	network network.Scratch
}

// Load reads the model that is part of the program.
func Load() (*Model, error) { return Decode(embedded) }

// Decode reads a model file written by the command train.
func Decode(data string) (*Model, error) {
	net, err := network.Decode(data)
	if err != nil {
		return nil, fmt.Errorf("read language model: %w", err)
	}
	lemmas, err := newLemmatiser()
	if err != nil {
		return nil, fmt.Errorf("read dictionary of lemmas: %w", err)
	}
	m := &Model{network: net, lemmas: lemmas}
	for _, t := range net.Tags {
		universal, penn, _ := strings.Cut(t, " ")
		m.tags = append(m.tags, [2]string{universal, penn})
	}
	m.scratches.New = func() any { return new(scratch) }
	return m, nil
}

// Words cuts text, one sentence that begins at byte offset of its document,
// into words, without analysing them.
func Words(text string, offset int) []Token {
	spans := tokenSpans(text, nil)
	out := make([]Token, len(spans))
	for i, s := range spans {
		out[i] = Token{Start: offset + s.start, End: offset + s.end, Text: text[s.start:s.end], Head: -1}
	}
	return out
}

// Parse cuts text, one sentence that begins at byte offset of its document,
// into words and analyses them. It takes any text and time in proportion to its length.
func (m *Model) Parse(text string, offset int) Sentence {
	sc := m.scratches.Get().(*scratch)
	defer m.scratches.Put(sc)
	sc.spans = tokenSpans(text, sc.spans[:0])
	out := Sentence{Start: offset, End: offset + len(text), Tokens: make([]Token, len(sc.spans))}
	for i, s := range sc.spans {
		out.Tokens[i] = Token{Start: offset + s.start, End: offset + s.end, Text: text[s.start:s.end]}
	}
	m.analyse(out.Tokens, sc)
	return out
}

// Annotate analyses words that are already cut: it fills in all fields but Start, End and Text.
func (m *Model) Annotate(tokens []Token) {
	sc := m.scratches.Get().(*scratch)
	defer m.scratches.Put(sc)
	m.analyse(tokens, sc)
}

// Lemma gives the dictionary form of a word whose Text, Tag and Penn are known.
func (m *Model) Lemma(w Token) string { return m.lemmas.lemma(w.Text, w.Tag, w.Penn) }

const (
	// longest is how many words are read as one tree, because the time for a
	// tree grows with the square of its words. What is longer is read in
	// pieces, and the later ones hang on the root of the first.
	longest = 160
	// unread is where a text stops being a sentence: words behind it are not
	// looked at and hang on the root.
	unread = 4000
)

func (m *Model) analyse(tokens []Token, sc *scratch) {
	root := -1
	rest := tokens[min(len(tokens), unread):]
	tokens = tokens[:len(tokens)-len(rest)]
	for from := 0; from < len(tokens); {
		piece := tokens[from:pieceEnd(tokens, from)]
		sc.words = sc.words[:0]
		for i := range piece {
			sc.words = append(sc.words, piece[i].Text)
		}
		r := m.network.Read(sc.words, &sc.network)
		states, width := append([]float32(nil), r.States...), m.network.Width
		for i := range piece {
			t, tag := &piece[i], m.tags[r.Tags[i]]
			t.State = states[i*width:][:width:width]
			t.Tag, t.Penn = tag[0], tag[1]
			t.Lemma = m.Lemma(*t)
			t.Relation = m.network.Relations[r.Relations[i]]
			switch h := int(r.Heads[i]); {
			case h >= 0:
				t.Head = from + h
			case root < 0:
				t.Head, root = -1, from+i
			default:
				t.Head, t.Relation = root, "parataxis"
			}
		}
		from += len(piece)
	}
	for i := range rest {
		t := &rest[i]
		t.Lemma, t.Tag, t.Penn, t.Head, t.Relation = lower(t.Text), "X", "FW", root, "dep"
	}
}

// pieceEnd gives the end of the piece that starts at from: all that is left,
// or as much as is read at once, if possible up to a mark.
func pieceEnd(tokens []Token, from int) int {
	if len(tokens)-from <= longest {
		return len(tokens)
	}
	for _, marks := range [...]string{".;!?", ",:-–—"} {
		for end := from + longest; end > from+longest/2; end-- {
			if strings.Contains(marks, tokens[end-1].Text) {
				return end
			}
		}
	}
	return from + longest
}
