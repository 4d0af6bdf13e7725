package language

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// span is a half-open range of bytes.
type span struct{ start, end int }

// tokenSpans cuts one sentence into words by the conventions of UD English
// EWT: contractions and possessives apart ("do|n't", "Iran|'s"), hyphenated
// compounds apart ("al|-|Adl", "F|-|16") except after affixes ("pro-Beijing"),
// amounts apart from their units ("$|5|bn", "10:30|pm"), abbreviations,
// numbers, times, addresses and emoticons whole. The spans are byte offsets
// into text, appended to out in text order.
func tokenSpans(text string, out []span) []span {
	tail := len(text)
	for tail > 0 {
		r, n := utf8.DecodeLastRuneInString(text[:tail])
		if !isSpace(r) && !isClosing(r) {
			break
		}
		tail -= n
	}
	i := 0
	for i < len(text) {
		r, n := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[i:])
		}
		if isSpace(r) {
			i += n
			continue
		}
		j := i + n
		for j < len(text) {
			r, n = rune(text[j]), 1
			if r >= utf8.RuneSelf {
				r, n = utf8.DecodeRuneInString(text[j:])
			}
			if isSpace(r) {
				break
			}
			j += n
		}
		out = chunkSpans(text, i, j, tail, out)
		i = j
	}
	return out
}

// isSpace also takes control and invisible format characters, which are no part of any word.
func isSpace(r rune) bool {
	if r < utf8.RuneSelf {
		return r <= ' ' || r == 0x7f
	}
	return unicode.IsSpace(r) || unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) && r != '\u200d'
}

func isClosing(r rune) bool {
	switch r {
	case '"', '\'', '”', '’', ')', ']', '}', '»':
		return true
	}
	return false
}

// chunkSpans cuts text[i:j], which holds no space. Nothing but closing quotes
// and brackets follows tail, so that a full stop before it ends the sentence.
func chunkSpans(text string, i, j, tail int, out []span) []span {
	first := len(out)
	begun := false
	for i < j {
		if k := emoticonEnd(text, i, j); k > i {
			out = append(out, span{i, k})
			i = k
			continue
		}
		if !begun && len(out)-first < 8 && wordAt(text, i, j) {
			begun = true
			if k := addressEnd(text, i, j); k > i {
				out = append(out, span{i, k})
				i = k
				continue
			}
		}
		r, n := utf8.DecodeRuneInString(text[i:j])
		switch {
		case isWordRune(r) || (r == '@' || r == '#') && wordAt(text, i+n, j) && !digitAt(text, i+n, j) || startsElision(text, i, j):
			k := wordEnd(text, i, j, tail)
			out = splitWord(text, i, k, out)
			i = k
		case currencyEnd(text, i, j) > i:
			k := currencyEnd(text, i, j)
			out = append(out, span{i, k})
			i = k
		case r == '+' && !begun && codeEnd(text, i, j) > i:
			k := codeEnd(text, i, j)
			out = append(out, span{i, k})
			i = k
		case r == '.' && isFile(text[i+1:j]):
			k := lettersEnd(text, i+1, j)
			out = append(out, span{i, k})
			i = k
		default:
			k := symbolEnd(text, i, j)
			out = append(out, span{i, k})
			i = k
			begun = begun && r != '<' && r != '/'
		}
	}
	return out
}

// codeEnd gives the end of the code of a country for its telephones ("+44") at i, or i.
func codeEnd(text string, i, j int) int {
	k := i + 1
	for digitAt(text, k, j) {
		k++
	}
	if k == i+1 || k > i+4 || wordAt(text, k, j) {
		return i
	}
	return k
}

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || unicode.IsNumber(r)
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	}
	return unicode.IsLetter(r) || unicode.IsMark(r)
}

func wordAt(text string, i, j int) bool {
	if i >= j {
		return false
	}
	r, _ := utf8.DecodeRuneInString(text[i:j])
	return isWordRune(r)
}

func digitAt(text string, i, j int) bool { return i < j && isDigit(text[i]) }

// apostropheEnd gives the end of an apostrophe at i, or i.
func apostropheEnd(text string, i, j int) int {
	if i >= j {
		return i
	}
	switch text[i] {
	case '\'', '`':
		return i + 1
	}
	if r, n := utf8.DecodeRuneInString(text[i:j]); r == '’' || r == '‘' || r == 'ʼ' {
		return i + n
	}
	return i
}

// clitics are the parts that may follow an apostrophe.
var clitics = map[string]bool{"s": true, "ll": true, "ve": true, "re": true, "d": true, "m": true}

// startsElision tells whether the apostrophe at i belongs to the word after
// it: "'s" alone, "'90s", "'em", "'til".
func startsElision(text string, i, j int) bool {
	k := apostropheEnd(text, i, j)
	if k == i || k >= j || text[i] == '`' {
		return false
	}
	if digitAt(text, k, j) {
		e := k
		for digitAt(text, e, j) {
			e++
		}
		return e-k == 2 && apostropheEnd(text, e, j) == e
	}
	e := lettersEnd(text, k, j)
	switch fold(text[k:e]) {
	case "s", "ll", "ve", "re", "em", "til", "cause", "bout":
		return apostropheEnd(text, e, j) == e
	}
	return false
}

func lettersEnd(text string, i, j int) int {
	for i < j {
		r, n := utf8.DecodeRuneInString(text[i:j])
		if !isLetter(r) {
			break
		}
		i += n
	}
	return i
}

// fold lowers ASCII letters; longer words than any the tables hold come back empty.
func fold(s string) string {
	if len(s) > 24 {
		return ""
	}
	for i := 0; i < len(s); i++ {
		if 'A' <= s[i] && s[i] <= 'Z' {
			b := []byte(s)
			for j := range b {
				if 'A' <= b[j] && b[j] <= 'Z' {
					b[j] += 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return s
}

// currencyEnd gives the end of a currency sign, alone or behind the letters
// of its country ("US$"), or i.
func currencyEnd(text string, i, j int) int {
	k := i
	for k < j && k < i+3 && 'A' <= text[k] && text[k] <= 'Z' {
		k++
	}
	if k >= j {
		return i
	}
	r, n := utf8.DecodeRuneInString(text[k:j])
	if r == '$' || k == i && unicode.Is(unicode.Sc, r) {
		k += n
		for r == '$' && k < j && text[k] == '$' {
			k++
		}
		return k
	}
	return i
}

// symbolEnd gives the end of the punctuation starting at i: runs of one character and runs of sentence-final marks
// are one word, but those of full stops alone; all else stands alone.
func symbolEnd(text string, i, j int) int {
	r, n := utf8.DecodeRuneInString(text[i:j])
	k := i + n
	final := r == '!' || r == '?' || r == '.' && (k == j || text[k] != '.')
	for k < j {
		s, m := utf8.DecodeRuneInString(text[k:j])
		same := s == r && (r == '.' || r == '-' || r == '*' || r == '=' || r == '_' || r == '~' || r == '\'' || r == '`' || r == '<' || r == '>' || r == '+' || r == '—' || r == '…' || r == '’' || r == '‘')
		if !same && !(final && (s == '.' || s == '!' || s == '?')) && !(r == '‘' && s == '’') {
			break
		}
		k += m
	}
	return k
}

// addressEnd gives the end of a web or mail address at i, which is a word
// whatever it contains, or i.
func addressEnd(text string, i, j int) int {
	if n := strings.IndexAny(text[i:j], "\"<"); n > 0 {
		j = i + n // "The Cat"<cat@example.com>
	}
	if isAddress(text[i:j]) {
		k := j
		for k > i {
			r, n := utf8.DecodeLastRuneInString(text[i:k])
			switch r {
			case '.', ',', ';', ':', '!', '?', '"', '\'', '”', '’', ')', ']', '>', '»', '…':
				k -= n
				continue
			}
			break
		}
		return k
	}
	return i
}

func emoticonEnd(text string, i, j int) int {
	c := text[i]
	if c != ':' && c != ';' && c != '=' {
		return i
	}
	k := i + 1
	if k < j && (text[k] == '-' || text[k] == '\'') {
		k++
	}
	if k >= j {
		return i
	}
	switch text[k] {
	case ')', '(', 'D', 'P', 'p', '/', '|':
		if k+1 == j || text[k+1] == text[k] {
			for k < j && text[k] == text[i+1] {
				k++
			}
			if k < j {
				k++
			}
			return min(k, j)
		}
	}
	return i
}

// isAddress recognises web and mail addresses by structure: a scheme, "www.",
// an @ between word characters, or dotted lower-case labels ending in a
// domain that news text names.
func isAddress(s string) bool {
	if !isWordStart(s) {
		return false
	}
	slash := false
	for k := 0; k+2 < len(s); k++ {
		slash = slash || s[k] == '/'
		if s[k] == ':' && s[k+1] == '/' && s[k+2] == '/' && k > 1 {
			return true
		}
		if s[k] == '@' && k > 0 && !slash && isWordStart(s[k+1:]) {
			return true
		}
	}
	if len(s) > 4 && fold(s[:4]) == "www." || isGroup(s) {
		return true
	}
	e := len(s)
	for e > 0 && !isWordStart(s[e-1:]) {
		e--
	}
	for k := 0; k < e; k++ {
		if s[k] == '/' {
			e = k
			break
		}
		if s[k] >= utf8.RuneSelf {
			return false
		}
	}
	for k := e - 1; k > 0; k-- {
		if s[k] == '.' {
			return domains[fold(s[k+1:e])] && lowerBefore(s[:k])
		}
	}
	return false
}

// isGroup recognises the name of a newsgroup: three and more words of small letters with full stops between.
func isGroup(s string) bool {
	s = strings.TrimRight(s, ".,;:)")
	stops := 0
	for k := range len(s) {
		switch c := s[k]; {
		case c == '.' && k > 1 && s[k-1] != '.' && s[k-2] != '.':
			stops++
		case c == '-' && stops > 1:
		case c < 'a' || c > 'z':
			return false
		}
	}
	return stops >= 2
}

func isWordStart(s string) bool {
	return len(s) > 0 && isWordRune(rune(s[0]))
}

func lowerBefore(s string) bool {
	return len(s) > 1 && ('a' <= s[len(s)-1] && s[len(s)-1] <= 'z' || isDigit(s[len(s)-1]))
}

var domains = map[string]bool{
	"com": true, "org": true, "net": true, "gov": true, "edu": true, "mil": true, "int": true, "info": true,
	"uk": true, "ca": true, "de": true, "fr": true, "ru": true, "ir": true, "il": true, "tv": true, "eu": true,
	"au": true, "nz": true, "cn": true, "jp": true, "ua": true, "tr": true,
}

// wordEnd gives the end of the word starting at i: letters and digits, and
// the marks between them that do not part words.
func wordEnd(text string, i, j, tail int) int {
	if k := currencyEnd(text, i, j); k > i {
		return k
	}
	k := i
	if a := apostropheEnd(text, i, j); a > i {
		k = a
	} else if text[i] == '@' || text[i] == '#' {
		k = i + 1
		for k < j {
			r, n := utf8.DecodeRuneInString(text[k:j])
			if !isWordRune(r) && r != '_' {
				break
			}
			k += n
		}
		return max(k, i+1)
	}
	for k < j {
		r, n := utf8.DecodeRuneInString(text[k:j])
		if isWordRune(r) {
			k += n
			continue
		}
		if k == i || !joins(text, i, k, n, j, tail) {
			break
		}
		k += n
	}
	return k
}

// joins tells whether the mark text[k:k+n] inside the chunk text[..:j]
// belongs to the word begun at i.
func joins(text string, i, k, n, j, tail int) bool {
	next := k + n
	switch r, _ := utf8.DecodeRuneInString(text[k:j]); r {
	case '.':
		if digitAt(text, next, j) && (isDigit(text[k-1]) || digitsOnly(text[i:k])) {
			return true
		}
		if next < j && text[next] == '.' {
			return false
		}
		if wordAt(text, next, j) {
			// "U.S", "p.m", "a.k.a"; but "ended.The" is two sentences run together.
			return dotted(text, i, k) || dottedAhead(text, next, j) && k-i <= 2 || isFile(text[next:j])
		}
		return abbreviated(text[i:k], dotted(text, i, k), next >= tail)
	case ',':
		return isDigit(text[k-1]) && threeDigits(text, next, j) && startsWithDigit(text[i:k])
	case ':':
		return isDigit(text[k-1]) && digitAt(text, next, j) && digitsOnly(text[i:k])
	case '/':
		return (isDigit(text[k-1]) && digitAt(text, next, j)) ||
			k-i == 1 && wordAt(text, next, j) && !isDigit(text[i])
	case '&':
		return k-i <= 3 && wordAt(text, next, j)
	case '\'', '’', '`', 'ʼ':
		return wordAt(text, next, j)
	case '_', '\u200d':
		return true
	case '-':
		if !wordAt(text, next, j) {
			return false
		}
		if affixes[fold(text[i:k])] {
			// "UN-backed" begins with a name, not a prefix
			return k-i < 2 || text[i:k] != strings.ToUpper(text[i:k]) || text[next] < 'a' || text[next] > 'z'
		}
		return numberChain(text, i, j)
	}
	return false
}

func startsWithDigit(s string) bool { return len(s) > 0 && isDigit(s[0]) }

func digitsOnly(s string) bool {
	if len(s) > 40 {
		return false
	}
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) && s[i] != ':' && s[i] != '.' && s[i] != ',' {
			return false
		}
	}
	return len(s) > 0
}

func threeDigits(text string, i, j int) bool {
	n := 0
	for n < 4 && digitAt(text, i+n, j) {
		n++
	}
	return n == 3
}

// numberChain tells whether digits joined by at least two hyphens start at i, or three and four by one:
// a date or a telephone number.
func numberChain(text string, i, j int) bool {
	hyphens, last, k := 0, i, i
	for ; k < j; k++ {
		if text[k] == '-' && k > i && digitAt(text, k+1, j) {
			hyphens++
			last = k
		} else if !isDigit(text[k]) {
			break
		}
		if k-i > 40 {
			return false
		}
	}
	if wordAt(text, k, j) {
		return false
	}
	return hyphens >= 2 || hyphens == 1 && last-i == 3 && k-last == 5
}

// dotted tells whether text[i:k] is single letters parted by full stops ("U", "U.S", "a.k").
func dotted(text string, i, k int) bool {
	if k-i > 12 {
		return false
	}
	letter := false
	for ; i < k; i++ {
		c := text[i]
		switch {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
			if letter {
				return false
			}
			letter = true
		case c == '.':
			letter = false
		default:
			return false
		}
	}
	return letter
}

// dottedAhead tells whether a single letter and a full stop follow, as after "Ph" in "Ph.D.".
func dottedAhead(text string, i, j int) bool {
	return i < j && isLetter(rune(text[i])) && (i+1 == j || !isWordRune(rune(text[i+1])))
}

func isFile(s string) bool {
	e := lettersEnd(s, 0, len(s))
	switch fold(s[:e]) {
	case "doc", "pdf", "xls", "ppt", "txt", "htm", "html", "url", "jpg", "gif", "exe", "zip", "com", "org", "net":
		return true
	}
	return false
}

// abbreviated tells whether the full stop after word belongs to it.
func abbreviated(word string, initials, last bool) bool {
	if initials {
		// "George W. Bush", "the U.S."; but "Plan B." ends a sentence.
		return len(word) > 1 || !last && word != "I" && 'A' <= word[0] && word[0] <= 'Z'
	}
	return abbreviations[fold(word)] && !(last && neverLast[fold(word)])
}

// splitWord parts contractions, possessives and units from text[i:j].
func splitWord(text string, i, j int, out []span) []span {
	if k := unitStart(text, i, j); k > i {
		return append(out, span{i, k}, span{k, j})
	}
	if k := contraction(text, i, j); k > 0 {
		return append(out, span{i, i + k}, span{i + k, j})
	}
	if decade(text[i:j]) {
		return append(out, span{i, j})
	}
	for k := j - 1; k > i && k > j-6; k-- {
		a := apostropheEnd(text, k, j)
		if a == k {
			continue
		}
		rest := fold(text[a:j])
		if clitics[rest] && (rest != "m" || fold(text[i:k]) == "i") && (rest != "d" || cliticHosts[fold(text[i:k])] || k-i > 3) {
			return append(out, span{i, k}, span{k, j})
		}
		if rest == "t" && k-1 > i && (text[k-1] == 'n' || text[k-1] == 'N') {
			return append(out, span{i, k - 1}, span{k - 1, j})
		}
		break
	}
	return append(out, span{i, j})
}

// decade tells that a word is digits with "'s" behind, which are several and own nothing: "the 1980's".
func decade(w string) bool {
	k := 0
	for k < len(w) && isDigit(w[k]) {
		k++
	}
	a := apostropheEnd(w, k, len(w))
	return k > 0 && a > k && w[a:] == "s"
}

// cliticHosts may carry "'d" though they are short.
var cliticHosts = map[string]bool{"i": true, "he": true, "we": true, "she": true, "you": true, "it": true, "who": true}

// unitStart gives where a unit follows digits ("5|bn", "10|km", "4|pm"), or i.
func unitStart(text string, i, j int) int {
	k := i
	for k < j && (isDigit(text[k]) || (text[k] == '.' || text[k] == ',' || text[k] == ':') && k > i && digitAt(text, k+1, j)) {
		k++
	}
	if k == i || k == j {
		return i
	}
	if units[fold(text[k:j])] {
		return k
	}
	return i
}

// contraction gives where a word text[i:j] that is two words without an apostrophe parts, or 0. Some are that only before
// certain words: "its" before "the".
func contraction(text string, i, j int) int {
	c := contractions[fold(text[i:j])]
	if c.at == 0 || c.before == nil {
		return c.at
	}
	k := j
	for k < len(text) && text[k] == ' ' {
		k++
	}
	if k > j && c.before[fold(text[k:lettersEnd(text, k, len(text))])] {
		return c.at
	}
	return 0
}
