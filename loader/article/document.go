// Package article turns what a publisher sends (plain text, JSON) into a
// Document: its text unchanged, who published it when, and its sentences with
// byte offsets and the part each plays on the page.
//
// Sentences never cross blocks (paragraphs, list items, titles, captions), and a block is judged as a whole, because a caption reads like a
// sentence. The splitter is our own: github.com/neurosnap/sentences was tried and is about as good on plain
// prose (better on informal writing, slightly worse on news), but it knows neither blocks nor quotations and parts
// "Enough!" from the name of who said it. What the words of a page give away is listed in words/*.txt, one entry a line.
package article

// Document is one article, ready to be read.
type Document struct {
	ID        string
	URL       string
	Title     string
	Publisher string
	// Published is "2006-01-02" or a full RFC 3339 time, "" when the article does not tell.
	Published string
	// Language is an ISO 639-1 code.
	Language string
	// Dateline is the place and day that stand before the first words of the story.
	Dateline Dateline
	// Text is the article's text as valid UTF-8. All offsets are bytes into it.
	Text      string
	Sentences []Sentence
}

// Sentence is a stretch of Document.Text that is read as one sentence.
type Sentence struct {
	// Start and End are byte offsets into Document.Text, without surrounding white space.
	Start, End int
	// Block numbers the paragraph, caption or list item the sentence stands in, from 0.
	Block int
	Role  Role
	// Quoted tells that the sentence as a whole lies inside quotation marks that
	// were opened in an earlier sentence or enclose it fully.
	Quoted bool
	// StartsQuoted tells that quotation marks opened in an earlier sentence of the block
	// are still open where this one starts, wherever they close.
	StartsQuoted bool
}

// Dateline tells where and when a story was filed ("TEHRAN, Jan 17 (Agency) -").
type Dateline struct {
	// Place as written, "CAMPINAS, Brazil", "" without one.
	Place string
	// Date is "2006-01-02"; "--01-02" when neither the dateline nor the article tells the year; "" without one.
	Date string
	// Agency is the name in brackets, "" without one.
	Agency string
}

// Role is the part a sentence plays on the page. Only Headline and Story sentences tell events.
type Role uint8

const (
	Story     Role = iota // running text
	Headline              // the title or a line under it (standfirst)
	Label                 // section labels, kickers, lone words, "Highlights:"
	Byline                // author, bureau, date and time lines, view counts, agency tags standing alone
	Caption               // describes a picture ("(L)", "For representation only", "Photo:")
	Promotion             // "Read more", "Related", "Subscribe", share buttons, cookie notes, copyright
)
