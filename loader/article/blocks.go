package article

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// block is a stretch of text that no sentence crosses: a paragraph, a list item, a title,
// a caption. Start and end carry no white space, and the marker of a list item is left out.
type block struct {
	start, end int
	// item tells that a list marker stood before it.
	item bool
	// lines is the number of lines it was put together from.
	lines int
}

// The widths, in characters, between which the longest line of a text lets it pass for one
// whose lines were broken to fit a page.
const (
	narrowestPage = 45
	widestPage    = 130
)

// piece is a line, or a part of one between tabs and list markers.
type piece struct {
	start, end int
	item       bool
	// first tells that nothing before it can belong to the same block.
	first bool
	// width of the whole line in characters, 0 when the piece does not end its line.
	width int
}

// blocksOf cuts text into blocks. Lines that were broken only to fit a page are put together again;
// alone tells of a line that stays on its own whatever it looks like.
func blocksOf(text string, alone func(line string) bool) []block {
	pieces, page := piecesOf(text)
	var out []block
	for i, p := range pieces {
		if i > 0 && !p.first && goesOn(text, pieces[i-1], p, page) &&
			!alone(text[p.start:p.end]) && !alone(text[pieces[i-1].start:pieces[i-1].end]) {
			last := &out[len(out)-1]
			last.end = p.end
			last.lines++
			continue
		}
		out = append(out, block{start: p.start, end: p.end, item: p.item, lines: 1})
	}
	return out
}

// goesOn tells whether the line p continues the sentence of the line before it.
func goesOn(text string, before, p piece, page int) bool {
	last, _ := utf8.DecodeLastRuneInString(text[before.start:before.end])
	first, size := utf8.DecodeRuneInString(text[p.start:p.end])
	if unicode.IsLower(first) && !strings.ContainsRune(".!?:…", last) {
		return true
	}
	if page < narrowestPage || page > widestPage {
		return false
	}
	// The line was broken to fit when the next word would not have fitted.
	word := size
	for _, r := range text[p.start+size : p.end] {
		if isBlank(r) {
			break
		}
		word++
	}
	return before.width+1+word > page
}

// piecesOf cuts text at line ends, tabs and list markers and gives the width of its longest line.
func piecesOf(text string) (pieces []piece, page int) {
	first := true // the next piece starts a block
	for at := 0; at < len(text); {
		end, next := lineEnd(text, at)
		line := text[at:end]
		if strings.TrimFunc(line, isBlank) == "" {
			first = true
			at = next
			continue
		}
		width := utf8.RuneCountInString(strings.TrimRightFunc(line, isBlank))
		page = max(page, width)
		indent := len(line) - len(strings.TrimLeft(line, " \t\u00a0\u3000"))
		first = first || indent > 1
		begin := at
		for begin < end {
			stop, resume := pieceEnd(text, begin, end)
			p := piece{first: first}
			p.start, p.end = trim(text, begin, stop)
			after := first || len(pieces) == 0 || endsStatement(text[pieces[len(pieces)-1].start:pieces[len(pieces)-1].end]) || pieces[len(pieces)-1].item
			if marker := markerLength(text[p.start:p.end], after); marker > 0 {
				p.start, p.end = trim(text, p.start+marker, p.end)
				p.item, p.first = true, true
			}
			p.first = p.first || begin > at || startsWithClock(text[p.start:p.end])
			if resume >= end {
				p.width = width
			}
			if p.start < p.end {
				pieces = append(pieces, p)
				first = false
			}
			begin = resume
		}
		at = next
	}
	return pieces, page
}

// startsWithClock tells of a time of day, with which the entries of a running report begin: "14:32 GMT".
func startsWithClock(line string) bool {
	hours := len(line) - len(strings.TrimLeft(line, "0123456789"))
	return (hours == 1 || hours == 2) && len(line) > hours+2 && line[hours] == ':' && unicode.IsDigit(rune(line[hours+1])) && unicode.IsDigit(rune(line[hours+2]))
}

// lineEnd finds the end of the line that starts at at, and the start of the next.
func lineEnd(text string, at int) (end, next int) {
	for i := at; i < len(text); i++ {
		switch text[i] {
		case '\n', '\v', '\f':
			return i, i + 1
		case '\r':
			if i+1 < len(text) && text[i+1] == '\n' {
				return i, i + 2
			}
			return i, i + 1
		case 0xe2: // U+2028 and U+2029, line and paragraph separator
			if strings.HasPrefix(text[i:], "\u2028") || strings.HasPrefix(text[i:], "\u2029") {
				return i, i + 3
			}
		}
	}
	return len(text), len(text)
}

// pieceEnd finds where the piece that starts at begin ends within its line, and where the next one starts:
// at a tab after text, with a sign that stands alone before it ("&\t" in old agency copy), or
// at a bullet in the middle of the line.
func pieceEnd(text string, begin, end int) (stop, resume int) {
	inked := false
	for i, r := range text[begin:end] {
		i += begin
		size := 1
		if r == '\\' && escapedTab(text[begin:end], i-begin) {
			r, size = '\t', 2
		}
		switch {
		case r == '\t' && inked:
			stop = i
			if before, n := utf8.DecodeLastRuneInString(text[begin:i]); strings.ContainsRune("&|*•", before) {
				if gap, _ := utf8.DecodeLastRuneInString(text[begin : i-n]); i-n == begin || isBlank(gap) {
					stop -= n
				}
			}
			return stop, i + size
		case strings.ContainsRune(bullets, r) && inked && r != '·':
			before, _ := utf8.DecodeLastRuneInString(text[begin:i])
			after, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r) : end])
			if isBlank(before) && isBlank(after) {
				return i, i
			}
		case !isBlank(r):
			inked = true
		}
	}
	return end, end
}

// escapedTab tells whether the backslash at i is that of a tab or line end which an export left as
// two letters: it follows white space or a sign, never a word.
func escapedTab(line string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(line[:i])
	return i+1 < len(line) && strings.IndexByte("tnr", line[i+1]) >= 0 && (i == 0 || isBlank(before) || strings.ContainsRune("&.!?\"", before))
}

const bullets = "•●▪◦■►▸‣·∙"

// markerLength is the length of the list marker that line starts with, 0 without one. A number counts
// only where a statement has ended before (fresh), else "on January\n17. The" would be a list.
func markerLength(line string, fresh bool) int {
	if line == "" {
		return 0
	}
	r, size := utf8.DecodeRuneInString(line)
	rest := line[size:]
	gap := func(s string) bool { return s == "" || s[0] == ' ' || s[0] == '\t' || strings.HasPrefix(s, "\u00a0") }
	switch {
	case strings.ContainsRune(bullets, r):
		return size
	case strings.ContainsRune("-–—*+>.", r) && gap(rest):
		return size
	case r == '#':
		n := len(line) - len(strings.TrimLeft(line, "#"))
		if gap(line[n:]) {
			return n
		}
	case fresh && r == '(' || fresh && unicode.IsDigit(r):
		digits := strings.TrimPrefix(line, "(")
		n := len(digits) - len(strings.TrimLeft(digits, "0123456789"))
		if n == 0 || n > 2 || n == len(digits) {
			return 0
		}
		open := len(line) - len(digits)
		if sign := digits[n]; (sign == ')' || sign == '.' && open == 0) && gap(digits[n+1:]) {
			return open + n + 1
		}
	}
	return 0
}

// endsStatement tells whether the text ends in a full stop or the like, perhaps within closing signs or before a footnote.
func endsStatement(text string) bool {
	for text != "" {
		r, size := utf8.DecodeLastRuneInString(text)
		switch {
		case strings.ContainsRune(terminators, r) || r == ':' || r == ';':
			return true
		case strings.ContainsRune(closers, r) || isBlank(r):
			text = text[:len(text)-size]
			if r == ']' {
				if digits := strings.TrimRight(text, "0123456789"); strings.HasSuffix(digits, "[") {
					text = digits[:len(digits)-1]
				}
			}
		default:
			return false
		}
	}
	return false
}

// trim narrows [start, end) to what carries ink.
func trim(text string, start, end int) (int, int) {
	s := strings.TrimLeftFunc(text[start:end], isBlank)
	start = end - len(s)
	return start, start + len(strings.TrimRightFunc(s, isBlank))
}
