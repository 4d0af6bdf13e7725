package gazetteer

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// PlaceMatch is a stretch of words that is the name of at least one place.
type PlaceMatch struct {
	// Start and End are indices into the words asked about, End exclusive.
	Start, End int
	// Candidates are all places of that name, the best known first.
	Candidates []Place
	// Grain is the kind of place the words around the name call for: region in
	// "Helmand province", city in "the town of Rask", water in "Niger River",
	// "" when they call for none.
	Grain PlaceKind
	// Spatial tells that the words around mark a place: "in Nancy", "Nancy, France".
	Spatial bool
	// Beside holds the places that the words around put this one in: all meanings
	// of Lebanon in "Tripoli, Lebanon". It is for PlaceContext.
	Beside []Place
}

// maxPlaceWords is the longest name looked for, in words; hyphens and
// apostrophes that stand alone count.
const maxPlaceWords = 9

// Find gives the place names in the words of one sentence, from left to right,
// the longest at each word, none inside another. A name starts with a capital
// or with the Arabic article ("al-Tanf"). Words may be split at hyphens and
// apostrophes or not. Parts by compass ("southeast Iran", see Part) are found as
// well. Whether a name that is found means a place here, and
// which, is for the caller to say: see Choose.
func (p *Places) Find(words []string) []PlaceMatch {
	var out []PlaceMatch
	for i := 0; i < len(words); {
		end, q := p.longest(words, i)
		if end > 0 {
			out = append(out, PlaceMatch{
				Start:      i,
				End:        end,
				Candidates: p.answer(q, p.also(words[i:end])),
				Grain:      grainAround(words, i, end),
			})
			i = end
			continue
		}
		if parts, n := p.Part(words[i:]); n > 0 {
			out = append(out, PlaceMatch{Start: i, End: i + n, Candidates: parts, Grain: PartPlace})
			i += n
			continue
		}
		i++
	}
	beside(words, out)
	return out
}

// longest gives the end of the longest name that starts at words[i], 0 when
// there is none, and the query that finds it.
func (p *Places) longest(words []string, i int) (end int, found query) {
	if !startsPlace(words, i) {
		return 0, query{}
	}
	var buf [64]byte
	q := query{writtenSeed, soundSeed, singleRef}
	soundLetters := 0
	for j := i; j < len(words) && j < i+maxPlaceWords; j++ {
		w := words[j]
		if j > i && endsBefore(words, j) {
			break
		}
		if j > i {
			q.shape = joinedShape(q.shape, words, j)
		} else if strings.IndexByte(w, '-') >= 0 {
			q.shape = 0
		}
		q.written = placeHash(q.written, appendWritten(buf[:0], w))
		key := appendSound(buf[:0], w)
		q.sound = placeHash(q.sound, key)
		soundLetters += len(key)
		if !lastWord(words, i, j) {
			continue
		}
		bySound := soundLetters >= minSound && len(key) > 0 && strings.IndexByte(w, '.') < 0 && p.found(q.sound, q.shape)
		byWriting := p.found(q.written, q.shape)
		if bySound && !byWriting {
			bySound = p.also(words[i:j+1]) == (meaning{})
		}
		if bySound || byWriting {
			end, found = j+1, q
			if !bySound {
				found.sound = 0
			}
		}
	}
	return end, found
}

// joinedShape is the shape of a name that goes on with words[j]: spaced, once
// two words stand side by side, else open where it is joined by a hyphen.
func joinedShape(shape placeRef, words []string, j int) placeRef {
	w := words[j]
	switch {
	case isHyphenWord(w) || isApostropheWord(w) || isApostropheFirst(w):
		if shape == singleRef {
			return 0
		}
		return shape
	case isHyphenWord(words[j-1]) || isApostropheWord(words[j-1]) || w == ".":
		return shape
	}
	return spacedRef
}

// startsPlace tells whether a name can start at words[i].
func startsPlace(words []string, i int) bool {
	w := words[i]
	hyphen := i+1 < len(words) && isHyphenWord(words[i+1])
	switch w {
	case "As", "An", "At", "Us", "En", "The":
		return hyphen || w == "The"
	case "al", "el", "ad", "ash", "as", "ar", "an", "at", "az":
		return hyphen
	}
	r, _ := utf8.DecodeRuneInString(w)
	if unicode.IsUpper(r) {
		return true
	}
	if head, tail, ok := strings.Cut(w, "-"); ok && (head == "al" || head == "el" || len(head) <= 3 && arabicArticle([]byte(head))) {
		r, _ = utf8.DecodeRuneInString(tail)
		return unicode.IsUpper(r)
	}
	return r == '\u2018' || r == '\u02bb' // "‘Afrin"
}

// endsBefore tells whether words[j] cannot be part of a name that began before it.
func endsBefore(words []string, j int) bool {
	w := words[j]
	if isHyphenWord(w) || isApostropheWord(w) {
		return false
	}
	if w == "." {
		switch strings.ToLower(words[j-1]) {
		case "st", "mt", "ft":
			return false
		}
		return true
	}
	if w == "'s" || w == "\u2019s" {
		return true
	}
	r, _ := utf8.DecodeRuneInString(w)
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !isApostrophe(r)
}

// lastWord tells whether a name that began at words[i] can end with words[j]:
// with a capital, a number, the rest of a split word, or a noun for a site.
func lastWord(words []string, i, j int) bool {
	w := words[j]
	if isHyphenWord(w) || isApostropheWord(w) {
		return false
	}
	if j == i || isHyphenWord(words[j-1]) || isApostropheWord(words[j-1]) {
		return true
	}
	if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) || unicode.IsDigit(r) {
		return true
	}
	if strings.Contains(w, "-") || isApostropheFirst(w) {
		return true // "al-Zor", "'a" of "Sana'a"
	}
	return grainOf(w) != ""
}

func isApostropheFirst(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return isApostrophe(r)
}

func isHyphenWord(w string) bool {
	r, size := utf8.DecodeRuneInString(w)
	return size == len(w) && size > 0 && isHyphen(r)
}

func isApostropheWord(w string) bool {
	r, size := utf8.DecodeRuneInString(w)
	return size == len(w) && size > 0 && isApostrophe(r)
}

// grainAround reads the kind of place off the words beside words[start:end].
func grainAround(words []string, start, end int) PlaceKind {
	if end < len(words) {
		if g := grainOf(words[end]); g != "" {
			return g
		}
		if end+1 < len(words) && (words[end] == "refugee" || words[end] == "air" || words[end] == "nuclear" || words[end] == "border") {
			return grainOf(words[end+1])
		}
	}
	if start >= 2 && words[start-1] == "of" {
		return grainOf(words[start-2])
	}
	return ""
}

// grainOf gives the kind of place that a noun names, "" for other words.
func grainOf(word string) PlaceKind {
	switch strings.ToLower(word) {
	case "province", "provinces", "governorate", "region", "district", "county", "oblast", "state", "prefecture",
		"department", "canton", "territory", "emirate", "subdistrict", "voivodeship", "enclave", "peninsula":
		return RegionPlace
	case "city", "town", "village", "township", "capital", "suburb", "neighborhood", "neighbourhood", "municipality", "settlement":
		return CityPlace
	case "river", "sea", "strait", "gulf", "lake", "ocean", "canal", "bay", "dam":
		return WaterPlace
	case "airport", "airfield", "airbase", "base", "camp", "crossing", "plant", "port", "prison", "reactor", "facility", "refinery":
		return SitePlace
	case "island", "islands", "mountain", "mountains", "valley", "desert", "hills", "pass":
		return LandPlace
	}
	return ""
}
