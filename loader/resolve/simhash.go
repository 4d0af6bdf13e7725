package resolve

import (
	"fmt"
	"hash/fnv"
	"math/bits"
	"strings"
	"unicode"
)

// copyBits is how many of the 64 bits of two texts' fingerprints may differ for them to count as copies. Texts
// that have nothing to do with each other differ in 32 give or take 4; an agency copy with another headline
// and a paragraph cut differs in up to 10.
const copyBits = 10

// Simhash gives the fingerprint of a text: 64 bits over its word 3-grams (Charikar, "Similarity estimation
// techniques from rounding algorithms", 2002), in 16 hex digits; "" for a text of fewer than 12 words, of
// which nothing can be said.
func Simhash(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) < 12 {
		return ""
	}
	var weight [64]int
	for i := 0; i+3 <= len(words); i++ {
		h := fnv.New64a()
		for _, w := range words[i : i+3] {
			h.Write([]byte(w))
			h.Write([]byte{0})
		}
		// FNV alone mixes its high bits too little for short input.
		x := h.Sum64()
		x ^= x >> 33
		x *= 0xff51afd7ed558ccd
		x ^= x >> 33
		for b := range 64 {
			if x>>b&1 == 1 {
				weight[b]++
			} else {
				weight[b]--
			}
		}
	}
	var out uint64
	for b, w := range weight {
		if w > 0 {
			out |= 1 << b
		}
	}
	return fmt.Sprintf("%016x", out)
}

// copies tells whether the articles of two claims have near-identical texts.
func copies(a, b *Claim) bool {
	if a.Article == b.Article {
		return true
	}
	return a.Simhash != 0 && b.Simhash != 0 && bits.OnesCount64(a.Simhash^b.Simhash) <= copyBits
}
