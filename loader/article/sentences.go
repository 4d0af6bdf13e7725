package article

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	terminators = ".!?…。！？؟"
	closers     = "\"'”’»›)]}″"
	openers     = "\"'“‘«‹([{„"
)

// maxSentence is the length in bytes beyond which a stretch without any full stop is cut at a
// semicolon, comma or space, so that what reads sentences never meets one of megabytes.
const maxSentence = 4096

// span is a stretch [start, end) of a text.
type span struct{ start, end int }

// sentencesIn cuts text[start:end], one block, into sentences. Each begins and ends with ink. Signs without
// letter or digit belong to the sentence before them, and to none at the start of a block.
func sentencesIn(text string, start, end int) []span {
	var out []span
	add := func(from, to int) {
		if strings.IndexFunc(text[from:to], isWord) >= 0 {
			out = append(out, span{from, to})
		} else if n := len(out); n > 0 && to-out[n-1].start <= maxSentence {
			out[n-1].end = to
		}
	}
	emit := func(from, to int) {
		from, to = trim(text, from, to)
		for to-from > maxSentence {
			cut := cutPoint(text, from, from+maxSentence)
			add(trim(text, from, cut))
			from, to = trim(text, cut, to)
		}
		add(from, to)
	}
	s := scanner{text: text, start: start, end: end, cased: strings.IndexFunc(text[start:end], unicode.IsUpper) >= 0}
	from := start
	for at := start; at < end; {
		r, size := utf8.DecodeRuneInString(text[at:end])
		if !strings.ContainsRune(terminators, r) {
			s.pass(r, at, size)
			at += size
			continue
		}
		sign := at
		for at < end {
			r, size = utf8.DecodeRuneInString(text[at:end])
			if !strings.ContainsRune(terminators, r) {
				break
			}
			at += size
		}
		signEnd := at
		at = s.close(at)
		next, _ := trim(text, at, end)
		if next == end {
			break
		}
		if s.boundary(from, sign, signEnd, at, next) {
			emit(from, at)
			from, at = next, next
			s.brackets = s.brackets[:0]
		}
	}
	emit(from, end)
	return out
}

// cutPoint finds the best place to cut in text[from:limit]: after the last semicolon, comma or white space in its second half.
func cutPoint(text string, from, limit int) int {
	half := from + (limit-from)/2
	for _, signs := range []string{";", ",", " \n\t"} {
		if at := strings.LastIndexAny(text[half:limit], signs); at >= 0 {
			return half + at + 1
		}
	}
	for !utf8.RuneStart(text[limit]) {
		limit--
	}
	return limit
}

// scanner walks over one block and remembers the quotation marks and brackets that are open.
type scanner struct {
	text       string
	start, end int
	// cased tells whether the block has capitals at all.
	cased bool
	// quoting tells that a straight quotation mark is open.
	quoting  bool
	brackets []int
}

func (s *scanner) pass(r rune, at, size int) {
	switch r {
	case '"':
		s.quoting = !s.quoting
	case '(', '[':
		s.brackets = append(s.brackets, at)
	case ')', ']':
		if n := len(s.brackets); n > 0 {
			s.brackets = s.brackets[:n-1]
		}
	}
}

// close moves over the closing signs and footnote numbers that follow a full stop.
func (s *scanner) close(at int) int {
	for at < s.end {
		r, size := utf8.DecodeRuneInString(s.text[at:s.end])
		switch {
		case r == '[':
			digits := strings.TrimLeft(s.text[at+1:min(at+5, s.end)], "0123456789")
			n := min(at+5, s.end) - at - 1 - len(digits)
			if n == 0 || !strings.HasPrefix(digits, "]") {
				return at
			}
			at += n + 2
			continue
		case r == '"' && !s.quoting:
			// A mark that opens: "said."We" lacks its space.
			if next, _ := utf8.DecodeRuneInString(s.text[at+1 : s.end]); isWord(next) {
				return at
			}
		case !strings.ContainsRune(closers, r):
			return at
		}
		s.pass(r, at, size)
		at += size
	}
	return at
}

// boundary tells whether a sentence that began at from ends with the sign [sign, signEnd) and the
// closing signs up to at, when the next ink stands at next.
func (s *scanner) boundary(from, sign, signEnd, at, next int) bool {
	glued := next == at
	opened, word := s.firstWord(next)
	first := firstRune(word)
	starter := starters[word]
	if glued {
		// A lost space: "the attack.The ministry". Scripts without spaces need none.
		if r, _ := utf8.DecodeLastRuneInString(s.text[:signEnd]); strings.ContainsRune("。！？", r) {
			return true
		}
		if !starter && !(opened && unicode.IsUpper(first)) || opened && s.text[next] != '"' && s.text[next] != 0xe2 {
			return false
		}
		before := s.wordBefore(from, sign)
		return len(before) > 2 && strings.IndexFunc(before, func(r rune) bool { return !unicode.IsLower(r) }) < 0
	}
	if s.inBrackets(from, at) {
		return false
	}
	if unicode.IsLower(first) && s.cased && !isArticleName(word, s.text[next:s.end]) {
		return false
	}
	switch s.text[sign:signEnd] {
	case ".":
		return s.stopEnds(from, sign, next, word, starter || opened)
	case "...", "…", "....":
		if before, _ := utf8.DecodeLastRuneInString(s.text[:sign]); isBlank(before) && at == signEnd {
			return starter || opened
		}
		return true
	}
	// ! and ?
	return !(at > signEnd && s.namesSpeaker(next))
}

// stopEnds tells whether a single full stop at sign, followed by word, ends the sentence that began at from.
func (s *scanner) stopEnds(from, sign, next int, word string, strong bool) bool {
	before := s.wordBefore(from, sign)
	if i := strings.LastIndexAny(before, "-/–"); i >= 0 && i+1 < len(before) {
		before = before[i+1:]
	}
	if before == "" {
		return true
	}
	first := firstRune(word)
	digit := unicode.IsDigit(first)
	if strings.TrimSpace(s.text[from:sign]) == before && len(before) <= 3 && isNumberOrLetter(before) {
		return false // the number of a list item
	}
	initial := word == "A" && strings.HasPrefix(s.text[next:s.end], "A.")
	strong = strong && !initial
	kind := abbreviations[before]
	if kind == "" {
		kind = abbreviations[strings.ToLower(before)]
		if kind == "before" && len(before) < 3 || kind == "number" {
			kind = "" // "V." and the like are initials
		}
	}
	switch kind {
	case "before":
		return false
	case "number":
		return !digit
	case "either":
		return strong && !digit
	case "closing":
		return strong || unicode.IsUpper(first) && abbreviations[word] != "after"
	}
	if letter, n := utf8.DecodeRuneInString(before); n == len(before) && unicode.IsUpper(letter) {
		return strong
	}
	if isDotted(before) {
		return strong && !digit
	}
	return true
}

// isDotted tells whether a word is letters with full stops between them: "U.S", "e.u".
func isDotted(word string) bool {
	letters, dots := 0, 0
	for _, r := range word {
		switch {
		case r == '.' && letters == 1:
			letters, dots = 0, dots+1
		case unicode.IsLetter(r) && letters == 0:
			letters++
		default:
			return false
		}
	}
	return dots > 0 && letters == 1
}

func isNumberOrLetter(word string) bool {
	if strings.Trim(word, "0123456789") == "" {
		return true
	}
	r, size := utf8.DecodeRuneInString(word)
	return size == len(word) && unicode.IsLower(r)
}

// isArticleName tells of the Arabic article in small letters before a name, which may start a sentence: "al-Shabaab claimed".
func isArticleName(word, text string) bool {
	switch word {
	case "al", "el", "ash", "as", "an", "at":
		rest, ok := strings.CutPrefix(text[len(word):], "-")
		first := firstRune(rest)
		return ok && unicode.IsUpper(first)
	}
	return false
}

// wordBefore gives the word that ends at sign, without opening signs.
func (s *scanner) wordBefore(from, sign int) string {
	at := sign
	for at > from && sign-at < 40 {
		r, size := utf8.DecodeLastRuneInString(s.text[from:at])
		if isBlank(r) || strings.ContainsRune(openers+closers, r) && r != '\'' && r != '’' {
			break
		}
		at -= size
	}
	return strings.TrimLeft(s.text[at:sign], "'’")
}

// firstWord gives the word that begins at next, behind opening signs, and tells whether a quotation mark stood there.
func (s *scanner) firstWord(next int) (opened bool, word string) {
	for at := next; at < s.end; {
		r, size := utf8.DecodeRuneInString(s.text[at:s.end])
		switch {
		case isWord(r):
			stop := at
			for stop < s.end && stop-at < 40 {
				r, size := utf8.DecodeRuneInString(s.text[stop:s.end])
				if !isWord(r) {
					break
				}
				stop += size
			}
			return opened, s.text[at:stop]
		case strings.ContainsRune("\"“‘«'„", r):
			opened = true
		case !strings.ContainsRune(openers, r) && !strings.ContainsRune("-–—…¿¡", r) && !isBlank(r):
			return opened, ""
		}
		if at += size; at-next > 40 {
			break
		}
	}
	return opened, ""
}

// inBrackets tells whether at stands in a bracket that was opened inside the sentence and closes soon.
func (s *scanner) inBrackets(from, at int) bool {
	for _, open := range s.brackets {
		if first, _ := trim(s.text, from, at); open > first {
			return strings.ContainsAny(s.text[at:min(at+400, s.end)], ")]")
		}
	}
	return false
}

// namesSpeaker tells whether a name and a verb of speech follow: "Enough!" Prime Minister Sharif said.
func (s *scanner) namesSpeaker(next int) bool {
	words := strings.Fields(s.text[next:min(next+120, s.end)])
	for i, word := range words {
		word = strings.Trim(word, ",.;:")
		if i > 0 && speechVerbs[word] {
			return true
		}
		first := firstRune(word)
		if i >= 6 || !unicode.IsUpper(first) && word != "the" && word != "of" && word != "al" {
			return false
		}
	}
	return false
}
