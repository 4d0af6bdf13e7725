package language

import (
	_ "embed"
	"strconv"
	"strings"
)

//go:embed affixes.txt
var affixText string

//go:embed abbreviations.txt
var abbreviationText string

//go:embed units.txt
var unitText string

//go:embed contractions.txt
var contractionText string

var (
	affixes       = wordSet(affixText)
	abbreviations = wordSet(abbreviationText)
	neverLast     = flagged(abbreviationText, "inner")
	units         = wordSet(unitText)
	contractions  = splitPoints(contractionText)
)

// lines gives the fields of each entry of a data file: one entry a line, "#" starts a comment.
func lines(text string) [][]string {
	var out [][]string
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		if f := strings.Fields(line); len(f) > 0 {
			out = append(out, f)
		}
	}
	return out
}

func wordSet(text string) map[string]bool {
	out := map[string]bool{}
	for _, f := range lines(text) {
		out[f[0]] = true
	}
	return out
}

func flagged(text, flag string) map[string]bool {
	out := map[string]bool{}
	for _, f := range lines(text) {
		if len(f) > 1 && f[1] == flag {
			out[f[0]] = true
		}
	}
	return out
}

// splitPoint is where a word parts, and before which words alone, nil for any.
type splitPoint struct {
	at     int
	before map[string]bool
}

func splitPoints(text string) map[string]splitPoint {
	out := map[string]splitPoint{}
	for _, f := range lines(text) {
		at, err := strconv.Atoi(f[1])
		if err != nil {
			continue
		}
		p := splitPoint{at: at}
		for _, w := range f[2:] {
			if p.before == nil {
				p.before = map[string]bool{}
			}
			p.before[w] = true
		}
		out[f[0]] = p
	}
	return out
}
