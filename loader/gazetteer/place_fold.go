package gazetteer

import "unicode/utf8"

// Spellings of one place differ first of all in case, accents, hyphens,
// apostrophes and word breaks ("Sana'a", "Şan‘ā’"; "Deir ez-Zor", "Deir Ezzor").
// The written fold drops all of these. Names that come to English out of another
// script differ in vowels, articles and final h as well ("Al Hudaydah",
// "Hodeida"); the sound fold drops those too, and is used only for states
// whose names reach the newswire by transliteration.

// appendWritten appends the written fold of s: lower-case letters and digits
// without marks, nothing between them. It gives the same bytes for "New York"
// and for "New" followed by "York".
func appendWritten(dst []byte, s string) []byte {
	for len(s) > 0 {
		word, rest := nextWord(s)
		s = rest
		from := len(dst)
		dst = appendPlain(dst, word)
		switch string(dst[from:]) {
		case "st":
			dst = append(dst[:from], "saint"...)
		case "mt":
			dst = append(dst[:from], "mount"...)
		case "ft":
			dst = append(dst[:from], "fort"...)
		}
	}
	return dst
}

// appendSound appends the sound fold of s. Articles ("al-", "ez-") and the
// joints of Persian names ("Mazar-e-Sharif") fall away, so that s may fold to
// nothing.
func appendSound(dst []byte, s string) []byte {
	var buf [64]byte
	for len(s) > 0 {
		word, rest := nextWord(s)
		s = rest
		letters := appendPlain(buf[:0], word)
		if !arabicArticle(letters) {
			dst = appendSoundWord(dst, letters)
		}
	}
	return dst
}

// nextWord cuts the first word off s at a space, hyphen, dot or slash.
func nextWord(s string) (word, rest string) {
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		switch {
		case 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z':
		case r == ' ' || r == '.' || r == '\u00a0' || isHyphen(r):
			return s[:i], s[i+size:]
		}
		i += size
	}
	return s, ""
}

// arabicArticle tells whether a folded word is the Arabic article in one of
// its assimilated spellings, or a joint of Persian and Urdu names ("e", "va").
func arabicArticle(word []byte) bool {
	switch string(word) {
	case "al", "el", "ul", "ad", "ed", "ud", "an", "en", "ar", "er", "ur", "as", "es", "us",
		"ash", "esh", "ush", "at", "et", "ath", "eth", "az", "ez", "uz", "adh", "edh", "va", "wa", "ve", "e", "i", "o":
		return true
	}
	return false
}

// appendSoundWord folds the letters of one word by sound: a run of vowels
// becomes the class of its first one (a e, i y, o u), but "ia" at the end and
// "yy" between vowels are kept; doubled letters become one, q becomes k, dh d,
// th t, gh g, ph f, dj j, and an h after the last vowel is dropped.
func appendSoundWord(dst, w []byte) []byte {
	if n := len(w); n > 2 && w[n-1] == 'h' && vowelClass(w[n-2]) != 0 {
		w = w[:n-1]
	}
	from := len(dst)
	put := func(c byte) {
		if len(dst) == from || dst[len(dst)-1] != c {
			dst = append(dst, c)
		}
	}
	for i := 0; i < len(w); i++ {
		c := w[i]
		next := byte(0)
		if i+1 < len(w) {
			next = w[i+1]
		}
		if v := vowelClass(c); v != 0 && !(c == 'y' && i == 0) {
			if v == 'a' && (next == 'w' || next == 'u') && (i+2 == len(w) || vowelClass(w[i+2]) == 0) {
				v = 'u' // "Zawr", "Zaur", "Zor"
			}
			put(v)
			last := v
			for i+1 < len(w) && vowelClass(w[i+1]) != 0 {
				if v == 'a' && i+3 < len(w) && w[i+1] == 'y' && w[i+2] == 'y' && vowelClass(w[i+3]) != 0 {
					break // "Qayyarah" is not "Qarah"
				}
				i++
				last = vowelClass(w[i])
			}
			if v == 'i' && last == 'a' && i+1 == len(w) {
				put('a') // "Malikiyah" is not "Maliki"
			}
			if v == 'u' && i+1 < len(w) && w[i+1] == 'w' && (i+2 == len(w) || vowelClass(w[i+2]) == 0) {
				i++
			}
			continue
		}
		switch {
		case c == 'q':
			put('k')
		case (c == 'd' || c == 't' || c == 'g') && next == 'h':
			put(c)
			i++
		case c == 'p' && next == 'h':
			put('f')
			i++
		case c == 'd' && next == 'j':
			put('j')
			i++
		case c == 't' && next == 'c':
			// "tch": the t is only spelling.
		default:
			put(c)
		}
	}
	return dst
}

func vowelClass(c byte) byte {
	switch c {
	case 'a', 'e':
		return 'a'
	case 'i', 'y':
		return 'i'
	case 'o', 'u':
		return 'u'
	}
	return 0
}

// placeHash is FNV-1a, 64 bits. The two folds hash apart.
const (
	writtenSeed uint64 = 14695981039346656037
	soundSeed   uint64 = writtenSeed ^ 0x9e3779b97f4a7c15
)

func placeHash(h uint64, key []byte) uint64 {
	for _, c := range key {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return h
}
