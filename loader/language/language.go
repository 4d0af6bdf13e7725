package language

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"incidentgraph/loader/language/network"
)

//go:embed model.bin
var embedded string

// Model analyses sentences. It may be used from several goroutines.
type Model struct {
	network   *network.Model
	tags      [][2]string // universal and Penn tag, by class of the network
	lemmas    *lemmatiser
	scratches chan *scratch // that nobody uses
}

type scratch struct {
	spans   []span
	words   []string
	network network.Scratch
	pieces  []piece
	batch   [][]string
}

// piece is what is read as one tree: tokens of a sentence, or of a part of a very long one.
type piece struct {
	sentence, from, to int
}

// mostScratches is how many are kept: one for each text that is read at the same time. A sync.Pool would lose them, and
// the words that they remember, to the garbage collector.
const mostScratches = 64

func (m *Model) scratch() *scratch {
	select {
	case sc := <-m.scratches:
		return sc
	default:
		return new(scratch)
	}
}

func (m *Model) leave(sc *scratch) {
	select {
	case m.scratches <- sc:
	default:
	}
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
	m := &Model{network: net, lemmas: lemmas, scratches: make(chan *scratch, mostScratches)}
	for _, t := range net.Tags {
		universal, penn, _ := strings.Cut(t, " ")
		m.tags = append(m.tags, [2]string{universal, penn})
	}
	return m, nil
}

// Parse cuts text, one sentence that begins at byte offset of its document,
// into words and analyses them. It takes any text and time in proportion to its length.
func (m *Model) Parse(text string, offset int) Sentence {
	return m.ParseAll([]string{text}, []int{offset})[0]
}

// ParseAll is Parse for several sentences, by text and offset. It is faster than one by one.
func (m *Model) ParseAll(texts []string, offsets []int) []Sentence {
	sc := m.scratch()
	defer m.leave(sc)
	out := make([]Sentence, len(texts))
	sentences := make([][]Token, len(texts))
	for k, text := range texts {
		sc.spans = tokenSpans(text, sc.spans[:0])
		tokens := make([]Token, len(sc.spans))
		for i, s := range sc.spans {
			tokens[i] = Token{Start: offsets[k] + s.start, End: offsets[k] + s.end, Text: text[s.start:s.end]}
		}
		out[k] = Sentence{Start: offsets[k], End: offsets[k] + len(text), Tokens: tokens}
		sentences[k] = tokens
	}
	m.analyse(sentences, sc)
	return out
}

// Annotate analyses words that are already cut: it fills in all fields but Start, End and Text.
func (m *Model) Annotate(tokens []Token) {
	sc := m.scratch()
	defer m.leave(sc)
	m.analyse([][]Token{tokens}, sc)
}

// Width is the length of Token.State.
func (m *Model) Width() int { return m.network.Width }

const (
	// longest is how many words are read as one tree, because the time for a
	// tree grows with the square of its words. What is longer is read in
	// pieces, and the later ones hang on the root of the first.
	longest = 160
	// unread is where a text stops being a sentence: words behind it are not
	// looked at and hang on the root.
	unread = 4000
)

// atOnce is how many words the network reads at once: enough that its weights are fetched seldom, few enough that
// what it makes of them stays near the processor.
const atOnce = 128

func (m *Model) analyse(sentences [][]Token, sc *scratch) {
	sc.pieces = sc.pieces[:0]
	for k, tokens := range sentences {
		tokens = tokens[:min(len(tokens), unread)]
		for from := 0; from < len(tokens); {
			to := pieceEnd(tokens, from)
			sc.pieces = append(sc.pieces, piece{k, from, to})
			from = to
		}
	}
	root, at := -1, -1 // of the sentence that is at
	for rest := sc.pieces; len(rest) > 0; {
		n, words := 0, 0
		for n < len(rest) && (n == 0 || words+rest[n].to-rest[n].from <= atOnce) {
			words += rest[n].to - rest[n].from
			n++
		}
		for k, r := range m.read(sentences, rest[:n], sc) {
			p := rest[k]
			if p.sentence != at {
				root, at = -1, p.sentence
			}
			root = m.fill(sentences[p.sentence], p, &r, root)
		}
		rest = rest[n:]
	}
	for _, tokens := range sentences {
		hang(tokens)
	}
}

// read asks the network about pieces.
func (m *Model) read(sentences [][]Token, pieces []piece, sc *scratch) []network.Reading {
	sc.words, sc.batch = sc.words[:0], sc.batch[:0]
	for _, p := range pieces {
		for _, t := range sentences[p.sentence][p.from:p.to] {
			sc.words = append(sc.words, t.Text)
		}
	}
	words := sc.words
	for _, p := range pieces {
		sc.batch, words = append(sc.batch, words[:p.to-p.from]), words[p.to-p.from:]
	}
	return m.network.ReadAll(sc.batch, &sc.network)
}

// fill writes what the network read of a piece into its tokens. It takes the root of the pieces before it, -1 for
// none, and gives that of the sentence.
func (m *Model) fill(tokens []Token, p piece, r *network.Reading, root int) int {
	states, width := append([]float32(nil), r.States...), m.network.Width
	for i := range tokens[p.from:p.to] {
		t, tag := &tokens[p.from+i], m.tags[r.Tags[i]]
		t.State = states[i*width:][:width:width]
		t.Tag, t.Penn = tag[0], tag[1]
		t.Lemma = m.lemmas.lemma(t.Text, t.Tag, t.Penn)
		t.Relation = m.network.Relations[r.Relations[i]]
		switch h := int(r.Heads[i]); {
		case h >= 0:
			t.Head = p.from + h
		case root < 0:
			t.Head, root = -1, p.from+i
		default:
			t.Head, t.Relation = root, "parataxis"
		}
	}
	return root
}

// hang hangs the words that are not read on the root of their sentence.
func hang(tokens []Token) {
	if len(tokens) <= unread {
		return
	}
	root := slices.IndexFunc(tokens, func(t Token) bool { return t.Head < 0 })
	for i := unread; i < len(tokens); i++ {
		t := &tokens[i]
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
