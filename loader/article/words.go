package article

import (
	"embed"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed words/*.txt
var wordFiles embed.FS

// The word lists, read once from the embedded files; nothing changes them.
var (
	abbreviations = kindOf(lines("abbreviations.txt"))
	starters      = set(lines("starters.txt"))
	speechVerbs   = set(lines("speech.txt"))
	labels        = set(lines("labels.txt"))
	speakers      = set(lines("speakers.txt"))
	captions      = newPhrases(lines("captions.txt"))
	promotions    = newPhrases(lines("promotion.txt"))
	bylines       = newPhrases(lines("bylines.txt"))
)

func lines(name string) []string {
	data, err := wordFiles.ReadFile("words/" + name)
	if err != nil {
		panic(err) // the files are part of the binary
	}
	var out []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
}

func set(lines []string) map[string]bool {
	out := make(map[string]bool, len(lines))
	for _, line := range lines {
		out[line] = true
	}
	return out
}

// kindOf reads lines "KIND WORD".
func kindOf(lines []string) map[string]string {
	out := make(map[string]string, len(lines))
	for _, line := range lines {
		kind, word, _ := strings.Cut(line, " ")
		out[word] = kind
	}
	return out
}

// phrases is a list of phrases and how each must stand in a block.
type phrases struct {
	// starts holds the phrases of the kind "starts" by their first letter.
	starts map[rune][]string
	others map[string][]string
	words  map[string]map[string]bool
}

// newPhrases reads lines "HOW PHRASE". The kinds whole, section, noise, trade and outlet are looked up
// as they stand, all others are searched for.
func newPhrases(lines []string) phrases {
	p := phrases{starts: map[rune][]string{}, others: map[string][]string{}, words: map[string]map[string]bool{}}
	for _, line := range lines {
		how, phrase, _ := strings.Cut(line, " ")
		switch how {
		case "starts":
			first := firstRune(phrase)
			p.starts[first] = append(p.starts[first], phrase)
		case "whole", "section", "noise", "trade", "outlet":
			if p.words[how] == nil {
				p.words[how] = map[string]bool{}
			}
			p.words[how][phrase] = true
		default:
			p.others[how] = append(p.others[how], phrase)
		}
	}
	return p
}

// startsIn tells whether the folded text begins with one of the phrases, as whole words.
func (p phrases) startsIn(folded string) bool {
	first := firstRune(folded)
	for _, phrase := range p.starts[first] {
		if rest, ok := strings.CutPrefix(folded, phrase); ok && wordEnds(phrase, rest) {
			return true
		}
	}
	return false
}

// endsIn tells whether the folded text ends with one of the phrases of kind "ends", as whole words.
func (p phrases) endsIn(folded string) bool {
	for _, phrase := range p.others["ends"] {
		if rest, ok := strings.CutSuffix(folded, phrase); ok {
			if last, _ := utf8.DecodeLastRuneInString(rest); rest == "" || !isWord(last) || !startsWithWord(phrase) {
				return true
			}
		}
	}
	return false
}

// has tells whether a phrase of the kind stands anywhere in the folded text.
func (p phrases) has(kind, folded string) bool {
	for _, phrase := range p.others[kind] {
		for rest := folded; ; {
			at := strings.Index(rest, phrase)
			if at < 0 {
				break
			}
			before, _ := utf8.DecodeLastRuneInString(rest[:at])
			rest = rest[at+len(phrase):]
			if wordEnds(phrase, rest) && (!startsWithWord(phrase) || !isWord(before)) {
				return true
			}
		}
	}
	return false
}

// wordEnds tells whether phrase, followed by rest, ends where a word ends.
func wordEnds(phrase, rest string) bool {
	last, _ := utf8.DecodeLastRuneInString(phrase)
	next, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || !isWord(last) || !isWord(next)
}

func startsWithWord(phrase string) bool {
	first := firstRune(phrase)
	return isWord(first)
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func isWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// fold writes text in lower case, with straight apostrophes and single spaces, as the word lists are.
func fold(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	gap := false
	for _, r := range text {
		switch {
		case isBlank(r):
			gap = b.Len() > 0
			continue
		case r == '’' || r == '‘':
			r = '\''
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// isBlank tells whether r takes up no ink: white space, control characters, marks of
// writing direction and joiners.
func isBlank(r rune) bool {
	if r < utf8.RuneSelf {
		return r <= ' ' || r == 0x7f
	}
	return unicode.IsSpace(r) || unicode.In(r, unicode.Cc, unicode.Cf) || r == 0x2800
}
