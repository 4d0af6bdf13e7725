package language

import (
	_ "embed"
	"sync"
)

//go:embed model.bin
var modelData string

var pool = sync.Pool{New: func() any { return new(scratch) }}

// Load reads the model that is part of the program.
func Load() (*Model, error) { return decode(modelData) }

// New reads a model written by the trainer.
func New(data []byte) (*Model, error) { return decode(string(data)) }

// Parse cuts text, one sentence that begins at byte offset of its document,
// into words and analyses them. It may be called from several goroutines.
func (m *Model) Parse(text string, offset int) Sentence {
	sc := pool.Get().(*scratch)
	defer pool.Put(sc)
	sc.spans = tokenSpans(text, sc.spans[:0])
	out := Sentence{Start: offset, End: offset + len(text), Tokens: make([]Token, len(sc.spans))}
	for i, s := range sc.spans {
		out.Tokens[i] = Token{Start: offset + s.start, End: offset + s.end, Text: text[s.start:s.end]}
	}
	m.analyse(out.Tokens, sc)
	return out
}

// Annotate fills in tags, lemmas, heads and relations of words that are already cut.
func (m *Model) Annotate(tokens []Token) {
	sc := pool.Get().(*scratch)
	defer pool.Put(sc)
	m.analyse(tokens, sc)
}

// longest is how many words are parsed as one tree; a longer run of words is
// parsed in pieces, the later ones hung on the root of the first.
const longest = 400

func (m *Model) analyse(tokens []Token, sc *scratch) {
	root := -1
	for from := 0; from < len(tokens); from += longest {
		piece := tokens[from:min(from+longest, len(tokens))]
		sc.ws = sc.ws[:0]
		for i := range piece {
			sc.ws = append(sc.ws, describe(piece[i].Text))
		}
		m.tag(sc)
		m.parse(sc)
		for i := range piece {
			t := &piece[i]
			t.Tag, t.Penn = m.tags[sc.ws[i].tag][0], m.tags[sc.ws[i].tag][1]
			t.Lemma = m.lemmas.lemma(t.Text, t.Tag, t.Penn)
			if h := int(sc.st.head[i]); h < len(piece) {
				t.Head, t.Relation = from+h, m.relations[sc.st.rel[i]]
				continue
			}
			t.Head, t.Relation = root, "parataxis"
			if root < 0 {
				root, t.Relation = from+i, "root"
			}
		}
	}
}
