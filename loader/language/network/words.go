package network

import (
	"unicode"
	"unicode/utf8"
)

// Dictionary maps hashed features, which are never 0, to rows. It never grows beyond the size it is made for.
type Dictionary struct {
	entries []entry
	mask    uint64
	// maybe has a bit set for the last bits of each key, and few others: most features that are asked for are not
	// known, and the bits stay in the processor's cache, as the entries do not.
	maybe []uint64
	bits  uint64
}

type entry struct {
	key uint64
	row int32
}

// NewDictionary makes a dictionary for n keys.
func NewDictionary(n int) Dictionary {
	size := 16
	for size < 2*n {
		size *= 2
	}
	return Dictionary{make([]entry, size), uint64(size - 1), make([]uint64, size/16), uint64(4*size - 1)}
}

// Add gives key, which is new, a row.
func (d *Dictionary) Add(key uint64, row int32) {
	at := key & d.mask
	for d.entries[at].key != 0 {
		at = (at + 1) & d.mask
	}
	d.entries[at] = entry{key, row}
	d.maybe[key&d.bits/64] |= 1 << (key % 64)
}

// Row gives the row of key, or -1.
func (d *Dictionary) Row(key uint64) int32 {
	if d.maybe[key&d.bits/64]>>(key%64)&1 == 0 {
		return -1
	}
	return d.find(key)
}

// find looks for key among the entries.
func (d *Dictionary) find(key uint64) int32 {
	for at := key & d.mask; d.entries[at].key != 0; at = (at + 1) & d.mask {
		if d.entries[at].key == key {
			return d.entries[at].row
		}
	}
	return -1
}

// Rows appends the rows of those of the keys that have one. It is faster than to ask for each: first all keys are held
// against the bits, so that the processor waits for several entries at the same time.
func (d *Dictionary) Rows(keys []uint64, rows []int32) []int32 {
	var likely [64]uint64
	for len(keys) > 0 {
		some, n := keys[:min(len(keys), len(likely))], 0
		for _, key := range some {
			likely[n] = key
			n += int(d.maybe[key&d.bits/64] >> (key % 64) & 1)
		}
		for _, key := range likely[:n] {
			if r := d.find(key); r >= 0 {
				rows = append(rows, r)
			}
		}
		keys = keys[len(some):]
	}
	return rows
}

// inOrder gives the keys by row.
func (d *Dictionary) inOrder(n int) []uint64 {
	out := make([]uint64, n)
	for _, e := range d.entries {
		if e.key != 0 {
			out[e.row] = e.key
		}
	}
	return out
}

// Kinds of features.
const (
	kindForm = iota + 1
	kindCased
	kindShape
	kindPlainShape
	kindPrefix
	kindSuffix = kindPrefix + 8
)

const (
	longestPrefix = 4
	longestSuffix = 5
	tellingAffix  = 3
	longestWord   = 48 // bytes that features look at
)

func hash(kind int, s []byte) uint64 {
	h := uint64(14695981039346656037) ^ uint64(kind)*0x9E3779B97F4A7C15
	for _, c := range s {
		h = (h ^ uint64(c)) * 1099511628211
	}
	h ^= h >> 32
	h *= 0xD6E8FEB86659FD93
	h ^= h >> 32
	if h == 0 {
		h = 1
	}
	return h
}

// feature is something the network sees of a word.
type feature struct {
	hash    uint64
	telling bool // tells most words apart; a word never met before lacks these
}

// features appends the features of a word. With caseless, nothing is told of
// capitals: for text in which they mean nothing.
func features(word string, caseless bool, out []feature) []feature {
	if len(word) > longestWord {
		k := longestWord
		for k > 0 && !utf8.RuneStart(word[k]) {
			k--
		}
		word = word[:k]
	}
	var lowBuf, shapeBuf [4 * longestWord]byte
	low, shape := lowBuf[:0], shapeBuf[:0]
	var last byte
	run := 0
	upper := false
	for _, r := range word {
		c := byte('?')
		switch {
		case r < utf8.RuneSelf:
			c = byte(r)
			switch {
			case 'a' <= c && c <= 'z':
				low = append(low, c)
				c = 'x'
			case 'A' <= c && c <= 'Z':
				low = append(low, c+'a'-'A')
				c, upper = 'X', true
			case '0' <= c && c <= '9':
				low = append(low, '0')
				c = '0'
			case c == '`':
				low = append(low, '\'')
			default:
				low = append(low, c)
			}
		case r == '’' || r == '‘':
			low = append(low, '\'')
			c = '\''
		case r == '“' || r == '”':
			low = append(low, '"')
			c = '"'
		case r == '–' || r == '—':
			low = append(low, '-', '-')
			c = '-'
		case unicode.IsUpper(r):
			low = utf8.AppendRune(low, unicode.ToLower(r))
			c, upper = 'X', true
		case unicode.IsLetter(r):
			low = utf8.AppendRune(low, r)
			c = 'x'
		default:
			low = utf8.AppendRune(low, r)
		}
		if caseless && c == 'X' {
			c = 'x'
		}
		if c == last {
			run++
		} else {
			run = 0
		}
		if run < 2 && len(shape) < 12 {
			shape = append(shape, c)
		}
		last = c
	}
	out = append(out, feature{hash(kindForm, low), true})
	if caseless {
		out = append(out, feature{hash(kindPlainShape, shape), false})
	} else {
		if upper {
			cased := append(low, byte('0'+min(len(shape), 2)), shape[0], shape[len(shape)-1])
			out = append(out, feature{hash(kindCased, cased), true})
		}
		out = append(out, feature{hash(kindShape, shape), false})
	}
	k := 0
	for n := 1; n <= longestPrefix && k < len(low); n++ {
		_, m := utf8.DecodeRune(low[k:])
		k += m
		out = append(out, feature{hash(kindPrefix+n, low[:k]), n > tellingAffix})
	}
	k = len(low)
	for n := 1; n <= longestSuffix && k > 0; n++ {
		_, m := utf8.DecodeLastRune(low[:k])
		k -= m
		out = append(out, feature{hash(kindSuffix+n, low[k:]), n > tellingAffix})
	}
	return out
}

// caseless tells whether capitals mean nothing in a sentence: it has several
// words of letters and hardly a lower-case letter.
func caseless(words []string) bool {
	upper, lower := 0, 0
	for _, w := range words {
		for i := 0; i < len(w) && i < longestWord; i++ {
			switch c := w[i]; {
			case 'a' <= c && c <= 'z':
				lower++
			case 'A' <= c && c <= 'Z':
				upper++
			}
		}
	}
	return upper >= 8 && lower*10 < upper
}
