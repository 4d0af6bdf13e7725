package article

import (
	"strings"
	"unicode"
)

// annotate fills in the sentences of d from its text, and what its bylines and dateline
// tell and the publisher's own data do not: day, publisher, dateline.
func annotate(d *Document) {
	p := readPage(d.Text, d.Title)
	if d.Published == "" {
		d.Published = p.publishedDay(d.URL)
	}
	if d.Publisher == "" {
		d.Publisher = p.publisher
	}
	d.Dateline = p.dateline
	if p.filed != (day{}) {
		d.Dateline.Date = p.filed.near(d.Published).String()
	}
	d.Sentences = p.sentences()
}

// publishedDay is the day of publication as bylines, dateline or address tell it, "" when none has a year.
func (p *page) publishedDay(url string) string {
	if p.published.year != 0 {
		return p.published.String()
	}
	if p.filed.year != 0 {
		return p.filed.String()
	}
	if d, ok := dayInURL(url); ok {
		return d.String()
	}
	return ""
}

// sentences cuts every block and gives its sentences their roles.
func (p *page) sentences() []Sentence {
	var out []Sentence
	for i, b := range p.blocks {
		if p.story[i] > b.start {
			s, e := trim(p.text, b.start, p.story[i])
			out = append(out, Sentence{Start: s, End: e, Block: i, Role: Byline})
		}
		first := len(out)
		spans := sentencesIn(p.text, p.story[i], b.end)
		for j, s := range spans {
			role := p.roles[i]
			if role == Story {
				role = roleInside(p.text[s.start:s.end], j > 0 && j == len(spans)-1)
			}
			if end := repeatedLabel(p.text[s.start:s.end]); role == Story && end > 0 {
				out = append(out, Sentence{Start: s.start, End: s.start + end, Block: i, Role: Label})
				s.start, _ = trim(p.text, s.start+end, s.end)
			}
			out = append(out, Sentence{Start: s.start, End: s.end, Block: i, Role: role})
		}
		markQuoted(p.text, out[first:], quotesIn(p.text, p.story[i], b.end, spans))
	}
	if n := len(out); n > 1 && out[n-1].Role == Story && isAuthorNote(p.text[out[n-1].Start:out[n-1].End]) {
		out[n-1].Role = Byline
	}
	return out
}

// repeatedLabel finds the name of a section that was run into its first sentence, which begins with
// the same name ("Saudi Arabia Saudi Arabia is locked into ..."), and gives its length.
func repeatedLabel(sentence string) int {
	head := sentence[:runeFloor(sentence, min(len(sentence), 80))]
	for end, r := range head {
		if r != ' ' {
			continue
		}
		name, rest := head[:end], head[end+1:]
		first := firstRune(name)
		if !unicode.IsUpper(first) || strings.Count(name, " ") > 2 {
			return 0
		}
		if after, ok := strings.CutPrefix(rest, name); ok && len(name) > 3 && (after == "" || !isWord(firstRune(after))) {
			return end
		}
	}
	return 0
}

// isAuthorNote tells of a last line on the author, which carries no full stop: "A. Doe is a Harbour Wire columnist".
func isAuthorNote(sentence string) bool {
	if len(sentence) > 300 || endsStatement(sentence) {
		return false
	}
	folded := fold(sentence)
	for _, verb := range []string{" is a ", " is an ", " is the "} {
		if _, trade, ok := strings.Cut(folded, verb); ok {
			for i, word := range strings.FieldsFunc(trade, func(r rune) bool { return !isWord(r) }) {
				if i < 8 && bylines.words["trade"][word] {
					return true
				}
			}
		}
	}
	return false
}

// roleInside judges a sentence within running text: agency tags, credits and promotion are often
// run into the last paragraph.
func roleInside(sentence string, last bool) Role {
	if len(sentence) > shortBlock {
		return Story
	}
	folded := fold(sentence)
	switch {
	case isAgencyTag(sentence), last && bylines.startsIn(folded), strings.HasPrefix(folded, "additional reporting"),
		strings.HasPrefix(folded, "(reporting by"), strings.HasPrefix(folded, "reporting by"), last && isSignature(sentence):
		return Byline
	case promotions.startsIn(folded):
		return Promotion
	case captions.startsIn(folded):
		return Caption
	}
	return Story
}

// isSignature tells of names alone, without a full stop, as letters and old copy end: "Zev Moses Vancouver, Canada".
func isSignature(sentence string) bool {
	words := strings.Fields(sentence)
	for _, word := range words {
		if !unicode.IsUpper(firstRune(word)) {
			return false
		}
	}
	return len(words) > 1 && len(words) <= 6 && !endsStatement(sentence)
}
