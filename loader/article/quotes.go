package article

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// quotesIn finds the stretches of text[start:end], one block, that stand in quotation marks, marks included.
// A quotation that is still open at the end of its block reaches to that end, for a quotation of several
// paragraphs opens anew in each and closes in the last. Double marks are followed first; single ones
// count only in a block without double ones and where they open before and close after a word, so that
// apostrophes are not taken for them. sentences are the block's, in order.
func quotesIn(text string, start, end int, sentences []span) []span {
	if strings.ContainsAny(text[start:end], "\"“”«»„") {
		return doubleQuotes(text, start, end, sentences)
	}
	if strings.ContainsAny(text[start:end], "'‘’") {
		return singleQuotes(text, start, end)
	}
	return nil
}

func doubleQuotes(text string, start, end int, sentences []span) []span {
	var out []span
	open, depth := -1, 0
	next := 0 // the first sentence that starts after at
	for at := start; at < end; {
		r, size := utf8.DecodeRuneInString(text[at:end])
		var opens, closes bool
		switch r {
		case '“', '„', '«':
			opens = true
		case '”', '»':
			closes = true
		case '"':
			for at+size < end && text[at+size] == '"' { // doubled by a careless export
				size++
			}
			before, _ := utf8.DecodeLastRuneInString(text[start:at])
			after, _ := utf8.DecodeRuneInString(text[at+size : end])
			startsWord := at == start || isBlank(before) || strings.ContainsRune("([{-–—/‘'", before)
			endsWord := at+size == end || isBlank(after)
			opens = startsWord && !endsWord || startsWord && endsWord && depth == 0
			if !startsWord && !endsWord { // between signs or letters: as the state asks
				opens = depth == 0 && isWord(after) && !isWord(before)
			}
			closes = !opens
			if closes && depth == 0 && unicode.IsDigit(before) {
				closes = false // inches
			}
		}
		for next < len(sentences) && sentences[next].start < at {
			next++
		}
		switch {
		case opens && depth > 0 && next < len(sentences) && sentences[next].start == at:
			// A sentence that opens anew: the earlier one was never closed.
			before, _ := trim(text, open, at)
			if next > 0 {
				out = append(out, span{before, sentences[next-1].end})
			}
			open, depth = at, 1
		case opens && depth > 0 && endOf(sentences, open) < at:
			// A quotation within one that was opened in another sentence: that one was never closed.
			out = append(out, span{open, endOf(sentences, open)})
			open, depth = at, 1
		case opens:
			if depth == 0 {
				open = at
			}
			depth++
		case closes && depth > 0:
			if depth--; depth == 0 {
				out = append(out, span{open, at + size})
			}
		}
		at += size
	}
	if depth > 0 {
		last := sort.Search(len(sentences), func(i int) bool { return sentences[i].end > open })
		if len(sentences)-last > longestOpen {
			end = endOf(sentences, open)
		}
		out = append(out, span{open, end})
	}
	return out
}

// longestOpen is how many sentences a quotation may have that its block does not close: more are
// those of a text without paragraphs that forgot to.
const longestOpen = 8

// endOf gives where the sentence ends that a place lies in.
func endOf(sentences []span, at int) int {
	i := sort.Search(len(sentences), func(i int) bool { return sentences[i].end > at })
	if i == len(sentences) {
		return at
	}
	return sentences[i].end
}

func singleQuotes(text string, start, end int) []span {
	var out []span
	open := -1
	for at := start; at < end; {
		r, size := utf8.DecodeRuneInString(text[at:end])
		if r == '\'' || r == '‘' || r == '’' {
			before, _ := utf8.DecodeLastRuneInString(text[start:at])
			after, _ := utf8.DecodeRuneInString(text[at+size : end])
			startsWord := (at == start || isBlank(before) || strings.ContainsRune("([{-–—", before)) && unicode.IsLetter(after) && r != '’'
			// A quotation that closes follows a full stop or comma or its last word; "ministers' meeting" closes only what is open.
			endsWord := !isWord(after) && at > start && !isBlank(before)
			switch {
			case open < 0 && startsWord:
				open = at
			case open >= 0 && endsWord:
				out = append(out, span{open, at + size})
				open = -1
			}
		}
		at += size
	}
	return out
}

// markQuoted sets StartsQuoted and Quoted of the sentences of one block.
func markQuoted(text string, sentences []Sentence, quotes []span) {
	q := 0
	for i := range sentences {
		s := &sentences[i]
		for q < len(quotes) && quotes[q].end <= s.Start {
			q++
		}
		if q == len(quotes) {
			return
		}
		s.StartsQuoted = quotes[q].start < s.Start
		inked := func(r rune) bool { return isWord(r) }
		from := s.Start + max(0, strings.IndexFunc(text[s.Start:s.End], inked))
		last := strings.LastIndexFunc(text[s.Start:s.End], inked)
		s.Quoted = last >= 0 && quotes[q].start <= from && s.Start+last < quotes[q].end
	}
}
