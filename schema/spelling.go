package schema

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Spelling gives the form under which a name is looked up: lower case, without
// accents and apostrophes, other punctuation as single spaces, without a leading "the".
// "The Jaish al-Adl" and "Jaish Al Adl" have one spelling; it never merges names that differ in a letter.
func Spelling(name string) string {
	var b strings.Builder
	space := false
	for _, r := range norm.NFKD.String(name) {
		switch {
		case unicode.Is(unicode.Mn, r) || r == '\'' || r == '’' || r == 'ʼ' || r == '`':
			continue
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(unicode.ToLower(r))
		default:
			space = true
		}
	}
	return strings.TrimPrefix(b.String(), "the ")
}
