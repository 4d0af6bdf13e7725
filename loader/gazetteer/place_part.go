package gazetteer

import (
	"bytes"
	"slices"
	"strings"
)

// minWhole is the least number of inhabitants of a town whose parts are spoken
// of, unless the news knows it.
const minWhole = 50_000

// Part reads a part of a place by compass off the start of words: "southeast
// Iran", "northern Syria". It gives one place of kind
// part for each place that the name after the compass word may mean, the best
// known first, and the number of words read, 0 when words begin otherwise or
// are themselves a name ("North Korea", "Northern Ireland").
//
// A part is named as written ("southeast Iran"), has the key of the whole with
// the direction ("part/IRN/southeast"), lies in the whole (Region, unless that
// is a state), and has its coordinates, for nobody says where a part ends.
func (p *Places) Part(words []string) ([]Place, int) {
	direction, n := compass(words)
	if n == 0 || n >= len(words) {
		return nil, 0
	}
	if end, _ := p.longest(words, 0); end > n {
		return nil, 0
	}
	length, q := p.longest(words[n:], 0)
	end := n + length
	if length == 0 || p.also(words[n:end]).common {
		return nil, 0
	}
	name := joinWords(words[:end])
	out := slices.DeleteFunc(p.answer(q, meaning{}), func(w Place) bool {
		return w.Sounds || !w.Known && w.Population < minWhole
	})
	if len(out) == 0 {
		return nil, 0
	}
	for i := range out {
		whole := &out[i]
		if whole.Kind != StatePlace {
			whole.Region = whole.Key
		}
		whole.Key = "part/" + whole.Key + "/" + direction
		whole.Kind = PartPlace
		whole.Name = name
	}
	return out, end
}

// compass reads a direction off the start of words, "southeast" for "south -
// eastern", and gives the number of words it takes.
func compass(words []string) (direction string, n int) {
	if words[0] == "" || strings.IndexByte("nsewcNSEWC", words[0][0]) < 0 {
		return "", 0
	}
	var buf [32]byte
	letters := buf[:0]
	for i, w := range words {
		if i > 2 || len(w) > len("northeastern") || i != 1 && isHyphenWord(w) || i > 0 && endsBefore(words, i) {
			break
		}
		letters = appendWritten(letters, w)
		if d, ok := directions[string(bytes.TrimSuffix(letters, []byte("ern")))]; ok {
			direction, n = d, i+1
		}
	}
	return direction, n
}

var directions = map[string]string{
	"north": "north", "south": "south", "east": "east", "west": "west", "central": "central",
	"northeast": "northeast", "northwest": "northwest", "southeast": "southeast", "southwest": "southwest",
}

// joinWords writes words as running text: no space around a hyphen or before an apostrophe.
func joinWords(words []string) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 && !isHyphenWord(w) && !isHyphenWord(words[i-1]) && !isApostropheFirst(w) {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return b.String()
}

// also tells what else the name made of words is.
func (p *Places) also(words []string) meaning {
	if len(words) > 3 {
		return meaning{}
	}
	var buf [64]byte
	key := buf[:0]
	for _, w := range words {
		key = appendWritten(key, w)
	}
	return p.alsoWord(key)
}
