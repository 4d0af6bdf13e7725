package schema

import (
	"slices"
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

// beginning is how many letters of a word completion looks up.
const beginning = 8

// Beginnings gives how the words of spellings begin, each beginning of up to eight letters once, sorted: by them
// names are completed without being read.
func Beginnings(spellings []string) []string {
	var all []string
	for _, s := range spellings {
		for word := range strings.FieldsSeq(s) {
			letters := []rune(Beginning(word))
			for n := range letters {
				all = append(all, string(letters[:n+1]))
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Beginning gives the longest part of a word that Beginnings has of words that begin with it.
func Beginning(word string) string {
	letters := []rune(word)
	return string(letters[:min(len(letters), beginning)])
}
