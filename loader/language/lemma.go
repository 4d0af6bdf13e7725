package language

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/aaaton/golem/v4"
	"github.com/aaaton/golem/v4/dicts/en"
)

//go:embed irregular.txt
var irregularText string

// lemmatiser finds dictionary forms: irregular forms from a table, regular
// ones by cutting the ending their tag calls for and asking golem's
// dictionary which of the possible stems is a word. Golem alone does not see
// tags, and has no irregular past ("shot", "left").
type lemmatiser struct {
	words      map[string][]tagged // forms that have a lemma under some tags
	verbs      map[string]string   // past forms and participles
	nouns      map[string]string   // plurals
	adjectives map[string]string   // comparatives and superlatives
	dictionary *golem.Lemmatizer
}

// tagged is the lemma of a form under a tag, universal, Penn's or "*" for any.
type tagged struct{ tag, lemma string }

func newLemmatiser() (*lemmatiser, error) {
	dictionary, err := golem.New(en.New())
	if err != nil {
		return nil, err
	}
	l := &lemmatiser{map[string][]tagged{}, map[string]string{}, map[string]string{}, map[string]string{}, dictionary}
	forms := func(m map[string]string, lemma string, cells ...string) {
		for _, cell := range cells {
			for form := range strings.SplitSeq(cell, "/") {
				if _, taken := m[form]; !taken {
					m[form] = lemma
				}
			}
		}
	}
	for _, f := range lines(irregularText) {
		switch {
		case f[0] == "verb" && len(f) == 4:
			forms(l.verbs, f[1], f[2:]...)
		case f[0] == "noun" && len(f) == 3:
			forms(l.nouns, f[1], f[2])
		case f[0] == "adjective" && len(f) == 4:
			forms(l.adjectives, f[1], f[2:]...)
		case f[0] == "word" && len(f) == 4:
			l.words[f[1]] = append(l.words[f[1]], tagged{f[2], f[3]})
		}
	}
	return l, nil
}

// lemma gives the dictionary form of a word with its universal and Penn tag.
func (l *lemmatiser) lemma(form, tag, penn string) string {
	proper := tag == "PROPN" || penn == "NNP"
	if proper && penn != "NNPS" {
		return form
	}
	low := lower(form)
	if strings.IndexByte(low, 0xe2) >= 0 {
		low = strings.ReplaceAll(low, "’", "'")
	}
	if known := l.words[low]; known != nil {
		for _, t := range [...]string{penn, tag, "*"} {
			for _, w := range known {
				if w.tag == t {
					return w.lemma
				}
			}
		}
	}
	switch penn {
	case "NNS", "NNPS":
		out := l.singular(low)
		if proper {
			if n := len(low) - len(out); n > 0 && n < len(form) && low[:len(out)] == out {
				return form[:len(form)-n]
			}
			return form
		}
		return out
	case "VBD", "VBN":
		if w, ok := l.verbs[low]; ok {
			return w
		}
		return l.past(low)
	case "VBG":
		return l.stem(low, "ing")
	case "VBZ":
		return l.present(low)
	case "JJR", "RBR":
		return l.degree(low, "er")
	case "JJS", "RBS":
		return l.degree(low, "est")
	case "CD":
		if startsWithDigit(low) {
			return strings.ReplaceAll(low, ",", "")
		}
	}
	return low
}

func lower(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; 'A' <= c && c <= 'Z' || c >= utf8.RuneSelf {
			return strings.Map(unicode.ToLower, s)
		}
	}
	return s
}

// known tells whether the dictionary lists w as a base form.
func (l *lemmatiser) known(w string) bool {
	return l.dictionary.InDict(w) && l.dictionary.Lemma(w) == w
}

func (l *lemmatiser) singular(w string) string {
	if s, ok := l.nouns[w]; ok {
		return s
	}
	n := len(w)
	switch {
	case n > 4 && strings.HasSuffix(w, "men"):
		return w[:n-2] + "an"
	case n > 8 && strings.HasSuffix(w, "children"):
		return w[:n-3]
	case n < 3 || !strings.HasSuffix(w, "s") || strings.HasSuffix(w, "ss") || strings.HasSuffix(w, "'s") || startsWithDigit(w):
		return w
	case strings.HasSuffix(w, "ies") && n > 4:
		return w[:n-3] + "y"
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "xes"), strings.HasSuffix(w, "zzes"):
		return w[:n-2]
	case strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "ses"), strings.HasSuffix(w, "oes"), strings.HasSuffix(w, "zes"):
		if l.known(w[:n-1]) || !l.known(w[:n-2]) && !strings.HasSuffix(w, "ches") && !strings.HasSuffix(w, "oes") {
			return w[:n-1]
		}
		return w[:n-2]
	}
	return w[:n-1]
}

func (l *lemmatiser) present(w string) string {
	n := len(w)
	switch {
	case n < 3 || !strings.HasSuffix(w, "s") || strings.HasSuffix(w, "ss"):
		return w
	case strings.HasSuffix(w, "ies") && n > 4:
		return w[:n-3] + "y"
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "xes"), strings.HasSuffix(w, "zzes"), strings.HasSuffix(w, "oes"):
		return w[:n-2]
	case strings.HasSuffix(w, "ches"):
		if w == "aches" || w == "caches" {
			return w[:n-1]
		}
		return w[:n-2]
	}
	return w[:n-1]
}

func (l *lemmatiser) past(w string) string {
	if strings.HasSuffix(w, "ied") && len(w) > 4 {
		return w[:len(w)-3] + "y"
	}
	return l.stem(w, "ed")
}

func (l *lemmatiser) degree(w, ending string) string {
	if s, ok := l.adjectives[w]; ok {
		return s
	}
	if i := strings.TrimSuffix(w, "i"+ending); len(i) < len(w) && len(i) > 1 {
		return i + "y"
	}
	return l.stem(w, ending)
}

// stem cuts an ending that begins with a vowel, and undoes what English
// spelling did to the stem before it: a doubled consonant or a dropped "e".
func (l *lemmatiser) stem(w, ending string) string {
	s := strings.TrimSuffix(w, ending)
	if len(s) == len(w) || len(s) < 2 || !hasVowel(s) {
		return w
	}
	n := len(s)
	last, before := s[n-1], s[n-2]
	doubled := last == before && strings.IndexByte("bdgklmnprtvz", last) >= 0
	for _, lemma := range l.dictionary.Lemmas(w) {
		if lemma == s || lemma == s+"e" || doubled && lemma == s[:n-1] {
			return lemma
		}
	}
	switch {
	case doubled && !l.known(s) && (last != 'l' || l.known(s[:n-1])):
		return s[:n-1]
	case l.known(s) || last == 'e':
		return s
	case l.known(s+"e") || dropsE(s):
		return s + "e"
	}
	return s
}

func hasVowel(s string) bool { return strings.ContainsAny(s, "aeiouy") }

// dropsE guesses for a stem no dictionary has: whether its spelling needs the "e".
func dropsE(s string) bool {
	n := len(s)
	last, before := s[n-1], s[n-2]
	switch last {
	case 'c', 'v', 'u':
		return true
	case 's', 'z':
		return before != last && strings.IndexByte("aeiounrl", before) >= 0
	case 'g':
		return before == 'd' || before == 'r' || before == 'a'
	case 't':
		return before == 'a' && n > 3 && strings.IndexByte("aeo", s[n-3]) < 0
	case 'l':
		return strings.IndexByte("bcdfgkptz", before) >= 0
	case 'r':
		return before == 'u' || before == 'i'
	case 'k', 'd':
		return before == 'a' || before == 'i' || before == 'o' && n > 2 && s[n-3] != 'o'
	}
	return false
}
