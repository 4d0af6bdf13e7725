package article

import "strings"

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
		spans := sentencesIn(p.text, p.story[i], b.end)
		if p.story[i] > b.start {
			s, e := trim(p.text, b.start, p.story[i])
			out = append(out, Sentence{Start: s, End: e, Block: i, Role: Byline})
		}
		story := len(out)
		for j, s := range spans {
			role := p.roles[i]
			if role == Story {
				role = roleInside(p.text[s.start:s.end], j > 0 && j == len(spans)-1)
			}
			out = append(out, Sentence{Start: s.start, End: s.end, Block: i, Role: role})
		}
		markQuoted(p.text, out[story:], quotesIn(p.text, p.story[i], b.end, spans))
	}
	return out
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
		strings.HasPrefix(folded, "(reporting by"), strings.HasPrefix(folded, "reporting by"):
		return Byline
	case promotions.startsIn(folded):
		return Promotion
	case captions.startsIn(folded):
		return Caption
	}
	return Story
}
