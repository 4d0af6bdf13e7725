package article

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// page is what is found out about a text block by block.
type page struct {
	text      string
	blocks    []block
	roles     []Role
	published day // from a byline, zero without
	publisher string
	dateline  Dateline
	filed     day // of the dateline, zero without
	// story[i] is where the story begins in block i, behind its dateline.
	story []int
}

// topBlocks is how many blocks from the top may be bylines by their shape alone.
const topBlocks = 12

// shortBlock is the length in bytes up to which a block is judged as a whole by a phrase inside it.
const shortBlock = 500

// readPage gives every block its role. title is the article's, "" when it is not known.
func readPage(text, title string) page {
	foldedTitle := fold(title)
	alone := func(line string) bool {
		if len(line) > shortBlock {
			return false
		}
		folded := fold(line)
		return foldedTitle != "" && sameTitle(folded, foldedTitle) || isByline(line, folded) || isCaption(line, folded) ||
			promotions.startsIn(folded) || isLabel(line, folded)
	}
	p := page{text: text, blocks: blocksOf(text, alone)}
	p.roles = make([]Role, len(p.blocks))
	p.story = make([]int, len(p.blocks))
	seenStory := false // running text has begun
	promoting := false // a heading such as "Related" stands above
	firstByline := -1  // the first byline before the running text
	datelines := 0
	for i, b := range p.blocks {
		p.story[i] = b.start
		block := text[b.start:b.end]
		folded := ""
		if len(block) <= shortBlock {
			folded = fold(block)
		}
		role := p.roleOf(block, folded, foldedTitle, b, seenStory)
		d, filed, length := Dateline{}, day{}, 0
		if role == Story || role == Label && startsWithClock(block) || role == Headline && !sameTitle(folded, foldedTitle) {
			if d, filed, length = readDateline(block, datelines == 0); length > 0 {
				role = Story
			}
		}
		statement := endsStatement(block) && strings.IndexFunc(block, unicode.IsLower) >= 0
		if role == Promotion && promotions.words["section"][strings.TrimRight(folded, ":")] {
			promoting = true
		} else if promoting && (!statement || strings.HasSuffix(block, "?")) && len(block) <= 200 {
			role = Promotion
		} else {
			promoting = false
		}
		if !seenStory && role == Byline && firstByline < 0 {
			firstByline = i
		}
		if length > 0 {
			p.story[i] = b.start + length
			seenStory = true
			if d != (Dateline{}) || filed != (day{}) {
				if datelines == 0 {
					p.dateline, p.filed = d, filed
				}
				datelines++
			}
		}
		if role == Story && statement && (len(block) > 200 || i >= topBlocks) {
			seenStory = true
		}
		p.roles[i] = role
	}
	// Short statements between the title and the byline are the standfirst.
	for i := 0; i < firstByline; i++ {
		if b := p.blocks[i]; p.roles[i] == Story && b.end-b.start <= 300 && p.story[i] == b.start {
			p.roles[i] = Headline
		}
	}
	p.readBylines()
	return p
}

// roleOf judges one block. folded is empty for a block too long to be judged as a whole.
func (p *page) roleOf(block, folded, foldedTitle string, b block, seenStory bool) Role {
	if folded == "" {
		return Story
	}
	switch {
	case foldedTitle != "" && sameTitle(folded, foldedTitle):
		return Headline
	case isCaption(block, folded):
		return Caption
	case isByline(block, folded):
		return Byline
	case isPromotion(folded):
		return Promotion
	case isLabel(block, folded):
		return Label
	}
	if endsStatement(block) || len(sentencesIn(block, 0, len(block))) > 1 {
		return Story
	}
	// No full stop: a heading, a list item or a statement cut short.
	words := len(strings.Fields(block))
	switch {
	case !seenStory && !b.item && words >= 4 && words <= 40 && len(block) <= 300:
		return Headline
	case b.item && words >= 3, words > 10:
		return Story
	}
	return Label
}

// sameTitle tells whether a folded line is the folded title, but for signs at its ends and
// the publisher's name that a title may carry behind a bar or dash.
func sameTitle(folded, title string) bool {
	strip := func(s string) string { return strings.TrimFunc(s, func(r rune) bool { return !isWord(r) }) }
	a, b := strip(folded), strip(title)
	if a == b {
		return a != ""
	}
	for _, sep := range []string{" | ", " - ", " – ", " — "} {
		if at := strings.LastIndex(b, sep); at > 20 && strip(b[:at]) == a {
			return true
		}
		if at := strings.LastIndex(a, sep); at > 20 && strip(a[:at]) == b {
			return true
		}
	}
	return false
}

// isCaption judges a whole block: what a picture shows may read like any sentence.
func isCaption(block, folded string) bool {
	if strings.HasPrefix(block, "![") || captions.startsIn(folded) || captions.endsIn(folded) {
		return true
	}
	sentences := sentencesIn(block, 0, len(block))
	if len(sentences) <= 3 && captions.has("contains", folded) {
		return true
	}
	if len(sentences) > 2 || !captions.has("hints", folded) {
		return false
	}
	for _, word := range strings.Fields(folded) {
		if speechVerbs[strings.Trim(word, ".,;:\"")] {
			return false
		}
	}
	return !strings.ContainsAny(folded, "\"“”")
}

func isPromotion(folded string) bool {
	whole := strings.TrimRight(folded, ":. >»…")
	return promotions.words["whole"][whole] || promotions.words["section"][whole] || promotions.startsIn(folded)
}

// isLabel tells of section names and other words that stand on a page without saying anything.
func isLabel(block, folded string) bool {
	whole := strings.Trim(folded, " :.*#-–—|[]()/")
	if whole == "" || labels[whole] {
		return true
	}
	if strings.Count(block, " | ") > 1 || strings.Count(block, " > ") > 1 || strings.Count(block, " / ") > 2 {
		return !endsStatement(block) // a path of menus
	}
	words := len(strings.Fields(block))
	if strings.IndexFunc(block, unicode.IsLetter) < 0 {
		return true
	}
	upper := strings.IndexFunc(block, unicode.IsLower) < 0 && strings.IndexFunc(block, unicode.IsUpper) >= 0
	if upper && words <= 4 && !strings.ContainsAny(block, ".!?,") {
		return true
	}
	return words <= 3 && strings.HasSuffix(block, ":") && !endsInSpeech(folded)
}

// endsInSpeech tells of a line like "Minister Ellwood said:", which belongs to what follows.
func endsInSpeech(folded string) bool {
	words := strings.Fields(strings.TrimRight(folded, ":"))
	return len(words) > 0 && speechVerbs[words[len(words)-1]]
}

// isByline tells of lines on who wrote, edited or sent the article and when.
func isByline(block, folded string) bool {
	if len(block) > 300 {
		return false
	}
	if bylines.startsIn(folded) || bylines.words["whole"][strings.TrimRight(folded, ".:")] || isAgencyTag(block) {
		return true
	}
	words := strings.Fields(folded)
	if strings.IndexFunc(block, unicode.IsLetter) < 0 && strings.ContainsAny(block, "0123456789") && len(block) <= 24 {
		return true // a count of views, a clock
	}
	if endsWithWordStop(block) {
		return false
	}
	if len(words) <= 8 && bylines.endsIn(folded) {
		return true
	}
	if isByName(block) || isOutlet(block) {
		return true
	}
	if len(block) > 140 {
		return false
	}
	// A date or clock with little beside it.
	rest := 0
	_, where, dated := findDay(block)
	clock := strings.Contains(block, ":")
	for _, a := range atomsOf(block) {
		if dated && a.start >= where.start && a.end <= where.end || bylines.words["noise"][strings.ToLower(a.text)] {
			continue
		}
		if a.number() >= 0 && clock {
			continue
		}
		rest++
	}
	if dated {
		return rest <= 5
	}
	return rest == 0 && isClock(block)
}

// endsWithWordStop tells of a full stop at the end, but for that of "a.m.".
func endsWithWordStop(block string) bool {
	last, _ := utf8.DecodeLastRuneInString(block)
	return strings.ContainsRune(".!?", last) && !strings.HasSuffix(block, ".m.")
}

// isByName tells of "By Anna Smith and J. Doe" or "By ANNA SMITH, Harbour Wire": only names follow.
func isByName(block string) bool {
	rest, ok := strings.CutPrefix(block, "By ")
	if !ok {
		rest, ok = strings.CutPrefix(block, "BY ")
	}
	if !ok || len(block) > 120 {
		return false
	}
	for i, word := range strings.Fields(rest) {
		first := firstRune(word)
		switch {
		case unicode.IsUpper(first):
		case i > 0 && (word == "and" || word == "in" || word == "for" || word == "|" || word == "of" || word == "with" || word == "&" || word == "-" || word == "de" || word == "al" || word == "bin" || word == "van"):
		default:
			return false
		}
	}
	return true
}

// isOutlet tells of a publisher's name standing alone: "Northern Gazette", "The Lakeside Courier".
func isOutlet(line string) bool {
	words := strings.Fields(line)
	for _, word := range words {
		if !unicode.IsUpper(firstRune(word)) && word != "of" && word != "and" {
			return false
		}
	}
	folded := fold(line)
	if strings.HasPrefix(line, "By ") || labels[folded] || isPromotion(folded) || strings.IndexFunc(line, unicode.IsLower) < 0 {
		return false
	}
	return len(words) > 1 && len(words) <= 5 && bylines.words["outlet"][strings.ToLower(words[len(words)-1])]
}

// isAgencyTag tells of "(Harbour Wire)" or "-- AFP" standing alone.
func isAgencyTag(block string) bool {
	if len(block) > 40 {
		return false
	}
	if inner, ok := strings.CutPrefix(strings.TrimRight(block, "."), "("); ok && strings.HasSuffix(inner, ")") {
		return isAgencyName(strings.TrimSuffix(inner, ")"))
	}
	if name := strings.TrimLeft(block, "-–— "); name != block {
		return isAgencyName(strings.TrimRight(name, "."))
	}
	return false
}

// isAgencyName tells of one to four words, each with a capital, as an agency signs.
func isAgencyName(s string) bool {
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '/' || r == ',' })
	for _, word := range words {
		if first := firstRune(word); !unicode.IsUpper(first) {
			return false
		}
	}
	return len(words) > 0 && len(words) <= 4
}

// readBylines takes the day and the publisher from the bylines at the top.
func (p *page) readBylines() {
	for i, b := range p.blocks {
		if i >= topBlocks {
			break
		}
		if p.roles[i] != Byline {
			continue
		}
		block := p.text[b.start:b.end]
		if d, _, ok := findDay(block); ok && (p.published == (day{}) || p.published.year == 0 && d.year != 0) {
			p.published = d
		}
		if p.publisher == "" {
			p.publisher = publisherIn(block)
		}
	}
	if p.publisher == "" {
		p.publisher = p.dateline.Agency
	}
}

// publisherIn reads "Defensemirror.com bureau", "Source: Harbour Wire", "By A. Doe | Harbour Wire", "Northern Gazette".
func publisherIn(line string) string {
	if key, value, ok := strings.Cut(line, ":"); ok {
		switch strings.ToLower(strings.TrimSpace(key)) {
		case "source", "publisher", "published by":
			return strings.TrimSpace(value)
		}
	}
	if isOutlet(line) {
		return line
	}
	for _, sep := range []string{"|", ","} {
		if at := strings.LastIndex(line, sep); isByName(line) && at >= 0 && isOutlet(strings.TrimSpace(line[at+1:])) {
			return strings.TrimSpace(line[at+1:])
		}
	}
	if name, ok := strings.CutPrefix(line, "Published by "); ok {
		return strings.TrimSpace(name)
	}
	for _, suffix := range []string{" bureau", " Bureau", " newsroom", " Newsroom", " news desk", " News Desk", " Web Desk", " web desk"} {
		if name, ok := strings.CutSuffix(line, suffix); ok {
			return strings.TrimSpace(name)
		}
	}
	return ""
}

// readDateline reads "TEHRAN, Jan 17 (Agency) - " at the start of a block and gives its length in bytes,
// 0 without one; the time of day before an entry of a running report has a length and no dateline. A place in capitals needs nothing beside it, one in small letters a day or an agency.
// lone allows a colon as the only separator, which later in an article names a speaker.
func readDateline(block string, lone bool) (d Dateline, filed day, length int) {
	head := block[:runeFloor(block, min(len(block), 120))]
	end, sep := datelineEnd(head)
	if end < 0 {
		return Dateline{}, day{}, 0
	}
	left := strings.TrimSpace(head[:end])
	if isClock(left) {
		length, _ = trim(block, end+len(sep), len(block))
		return d, filed, length
	}
	if at := strings.IndexByte(left, '('); at >= 0 {
		inner, rest, ok := strings.Cut(left[at+1:], ")")
		if !ok || strings.Trim(rest, " ,") != "" || !isAgencyName(inner) {
			return Dateline{}, day{}, 0
		}
		d.Agency, left = strings.TrimSpace(inner), strings.TrimRight(left[:at], " ,")
	}
	if found, where, ok := findDay(left); ok {
		if tail := strings.Trim(left[where.end:], " ,."); tail != "" {
			if !isAgencyName(tail) || d.Agency != "" {
				return Dateline{}, day{}, 0
			}
			d.Agency = tail
		}
		filed = found
		left = left[:where.start]
		for _, weekday := range []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"} {
			left = strings.TrimSuffix(strings.TrimRight(left, " ,"), weekday)
		}
		left = strings.TrimRight(left, " ,")
	}
	if left != "" && !isPlaceName(left) {
		return Dateline{}, day{}, 0
	}
	capital := false
	for _, word := range strings.FieldsFunc(left, func(r rune) bool { return r == ' ' || r == '/' || r == ',' }) {
		if speakers[strings.ToLower(strings.Trim(word, "."))] {
			return Dateline{}, day{}, 0
		}
		capital = capital || (len(word) > 3 || len(word) > 2 && sep != ":") && strings.IndexFunc(word, unicode.IsLower) < 0
	}
	if sep == ":" && (!lone || !capital || d.Agency == "" && filed == (day{}) && strings.Contains(left, ",")) {
		return Dateline{}, day{}, 0
	}
	if !capital && d.Agency == "" && filed == (day{}) || left == "" && d.Agency == "" {
		return Dateline{}, day{}, 0
	}
	d.Place = left
	length, _ = trim(block, end+len(sep), len(block))
	return d, filed, length
}

// isClock tells of a time of day as entries of a running report begin: "14:32 GMT".
func isClock(s string) bool {
	for i, a := range atomsOf(s) {
		if a.number() < 0 && (i == 0 || !bylines.words["noise"][strings.ToLower(a.text)]) {
			return false
		}
	}
	return strings.Contains(s, ":") && len(s) <= 24 && strings.ContainsAny(s, "0123456789")
}

// datelineEnd finds the dash or colon that closes a dateline.
func datelineEnd(head string) (at int, sep string) {
	depth := 0
	for i, r := range head {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		case '-', '–', '—':
			before, _ := utf8.DecodeLastRuneInString(head[:i])
			rest := strings.TrimLeft(head[i:], "-–—")
			after, _ := utf8.DecodeRuneInString(rest)
			if depth == 0 && (isBlank(before) || before == ')') && (isBlank(after) || r == '—' || r == '–') && rest != "" {
				return i, head[i : len(head)-len(rest)]
			}
			if depth == 0 && r != '-' && rest != "" {
				return i, head[i : len(head)-len(rest)]
			}
		case ':':
			if after := firstRune(head[i+1:]); depth == 0 && after != utf8.RuneError && isBlank(after) {
				return i, ":"
			}
		case '.', '!', '?', '"', '“', ';':
			if r != '.' || depth == 0 && !shortAbbreviation(head[:i]) {
				return -1, ""
			}
		}
	}
	return -1, ""
}

// shortAbbreviation tells whether the text ends in a word of at most four letters: "Jan", "Sept", "U.S".
func shortAbbreviation(text string) bool {
	at := strings.LastIndexAny(text, " ,.(/")
	return len(text)-at-1 <= 4
}

// isPlaceName tells of up to six capitalised words, as places are written.
func isPlaceName(s string) bool {
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '/' || r == ',' })
	for _, word := range words {
		first := firstRune(word)
		if starters[word] || !unicode.IsUpper(first) && word != "and" && word != "of" && word != "de" && word != "al" && !strings.HasPrefix(word, "al-") && !strings.HasPrefix(word, "el-") {
			return false
		}
		if strings.ContainsAny(word, "0123456789:()") {
			return false
		}
	}
	return len(words) > 0 && len(words) <= 6
}

// runeFloor moves at back to the start of a rune.
func runeFloor(s string, at int) int {
	for at > 0 && at < len(s) && !utf8.RuneStart(s[at]) {
		at--
	}
	return at
}
