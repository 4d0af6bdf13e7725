package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"incidentgraph/loader/gazetteer"
	"incidentgraph/schema"
)

// shape tells how a mention stands for its actor.
type shape uint8

const (
	named    shape = iota + 1 // a name: "Iran", "Hossein Amirabdollahian"
	nominal                   // a noun phrase: "Iranian border guards", "the minister"
	pronoun                   // "he", "they"
	modifier                  // a state's adjective or name inside another phrase: "Iranian" in "Iranian airstrikes"
)

// mention is a stretch of tokens that speaks of an actor, a place or both.
type mention struct {
	sentence          *sentence
	first, last, head int // tokens, last exclusive
	shape             shape
	kind              schema.ActorKind
	name              string // as written, without article, count and title
	entries           []*gazetteer.Entry
	form              gazetteer.Form
	doubtful          bool
	people            *gazetteer.Entry // the state whose people a noun like "Iranians" means
	noun              *gazetteer.Noun  // the body, folk or office noun of a nominal
	office            string           // office of a person, in lower case
	title             string           // the office as written before the name, in lower case
	country           string           // the state it is said to belong to
	owner             *mention         // who "its" or "Iran's" points to
	definite, plural  bool
	guessed           bool // its state is that of the text around it
	flagged           bool // a ship, which stands for the state whose flag it flies and tells no place
	described         bool // a plural noun whose words say who is meant: "western powers"
	person            bool
	standing          string                // what the office holder serves: "government", "military", "igo", "armed_group", "" when unknown
	gender            byte                  // 'f' or 'm' where the noun before the name tells
	capital           string                // the state whose seat of government is meant
	holder            *mention              // the name before the noun: "Assad" in "the Assad regime"
	places            *gazetteer.PlaceMatch // what places the name may mean
	place             *gazetteer.PlaceChoice
	inner             bool // inside a phrase that names something else
	near              bool // an exact preposition of place stands before it
	locative          bool // a preposition of place stands before it
	actors            []*actor
}

// pointing lists the kinds of actors that a noun like "group" may point back to, with
// the word class that holds the nouns of each.
var pointing = []struct {
	class string
	kind  schema.ActorKind
}{
	{"points-group", schema.ArmedGroup}, {"points-igo", schema.IGO}, {"points-ngo", schema.NGO}, {"points-force", schema.Military},
	{"points-body", schema.Government}, {"points-media", schema.Media}, {"points-company", schema.Company}, {"points-party", schema.OtherActor},
	{"points-state", schema.State},
}

// holds tells that token i is one of those of a mention.
func (m *mention) holds(i int) bool { return m.first <= i && i < m.last }

// pointsTo gives the kinds of actors that a noun points back to, none when it does not.
func (c *Coder) pointsTo(lemma string) []schema.ActorKind {
	var out []schema.ActorKind
	for _, p := range pointing {
		if c.is(p.class, lemma) {
			out = append(out, p.kind)
		}
	}
	return out
}

// is tells that a word, in any letter case, belongs to a word class.
func (c *Coder) is(class, word string) bool {
	set := c.lexicon.classes[class]
	if set[word] {
		return true
	}
	low := strings.ToLower(word)
	return low != word && set[low]
}

// calendar words are capitalised and name nobody.
func calendarWord(w string) bool {
	if _, ok := weekday(w); ok {
		return true
	}
	if monthNumber(w) > 0 {
		return true
	}
	if _, rest, ok := strings.Cut(strings.ToLower(w), "-"); ok && monthNumber(rest) > 0 {
		return true
	}
	return false
}

// titleCase tells that a sentence is written like a headline, most words capitalised,
// so that a capital tells nothing of names.
func (s *sentence) titleCase() bool {
	capitals, words := 0, 0
	for _, t := range s.tokens {
		if len(t.Text) > 3 && t.Tag != "PUNCT" && t.Tag != "NUM" {
			words++
			if capitalised(t.Text) {
				capitals++
			}
		}
	}
	return words >= 3 && capitals*10 >= words*8
}

func capitalised(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r)
}

// finding is what the gazetteers know of the words of one sentence, by token.
type finding struct {
	words  []string
	actors []*gazetteer.Match
	nouns  []*gazetteer.NounMatch
	places []*gazetteer.PlaceMatch
}

// look asks the gazetteers about the words of sentence s.
func (c *Coder) look(s *sentence) *finding {
	n := len(s.tokens)
	f := &finding{words: make([]string, n), actors: make([]*gazetteer.Match, n), nouns: make([]*gazetteer.NounMatch, n), places: make([]*gazetteer.PlaceMatch, n)}
	for i, t := range s.tokens {
		f.words[i] = t.Text
	}
	names, nouns := c.actors.FindAll(f.words)
	matches := c.fitting(s, names)
	for k := range matches {
		for i := matches[k].First; i < matches[k].Last; i++ {
			f.actors[i] = &matches[k]
		}
	}
	for k := range nouns {
		// "U.S. Secretary of State": the state is found for itself, the office begins behind it.
		for m := f.actors[nouns[k].First]; m != nil && m.Last < nouns[k].Last; m = f.actors[nouns[k].First] {
			nouns[k].First = m.Last
		}
		// "The national security council" is a state's, not the Security Council.
		if m := f.actors[nouns[k].Last-1]; m != nil && m.First > nouns[k].First && m.Last == nouns[k].Last && nouns[k].Noun.Class == gazetteer.Body {
			for i := m.First; i < m.Last; i++ {
				f.actors[i] = nil
			}
		}
		for i := nouns[k].First; i < nouns[k].Last; i++ {
			f.nouns[i] = &nouns[k]
		}
	}
	places := c.places.Find(f.words)
	for k := range places {
		for i := places[k].Start; i < places[k].End; i++ {
			f.places[i] = &places[k]
			if n := f.nouns[i]; n != nil && places[k].Start < n.First && n.Last <= places[k].End && n.Noun.Class == gazetteer.Body && capitalised(f.words[n.First]) {
				for j := n.First; j < n.Last; j++ {
					f.nouns[j] = nil // "the West Bank"
				}
			}
			if m := f.actors[i]; m != nil && c.partOfPlace(f, m, &places[k]) {
				for j := m.First; j < m.Last; j++ {
					f.actors[j] = nil
				}
			}
		}
	}
	return f
}

// partOfPlace tells that the name of somebody is part of the name of a place and of nothing else here: "Abbas" in
// "Bandar Abbas", but not "Santos" in "General Santos said".
func (c *Coder) partOfPlace(f *finding, m *gazetteer.Match, p *gazetteer.PlaceMatch) bool {
	return p.Start <= m.First && m.Last <= p.End && p.End-p.Start > m.Last-m.First && m.Entries[0].Kind != string(schema.State) && m.Form != gazetteer.Adjective &&
		(c.locativeAt(f.words, p.Start) || !c.is("nametitle", f.words[p.Start]) && m.Form == gazetteer.Surname)
}

// fitting drops what is part of another, unknown name: the surname "Moussa" in "Moussa
// Salaou Barmou", the state "Malaya" in "Jonathan Malaya".
func (c *Coder) fitting(s *sentence, matches []gazetteer.Match) []gazetteer.Match {
	taken := make([]bool, len(s.tokens)+1)
	surname := make([]bool, len(s.tokens)+1)
	for _, m := range matches {
		surname[m.First] = m.Form == gazetteer.Surname
		for i := m.First; i < m.Last; i++ {
			taken[i] = true
		}
	}
	out := matches[:0]
	for _, m := range matches {
		if m.Form == gazetteer.Surname && c.isMonth(s, m.First) {
			continue
		}
		if m.Last == m.First+1 && m.First > 0 && m.Entries[0].Key == "USA" && capitalised(s.tokens[m.First-1].Text) && c.is("continental", s.tokens[m.First-1].Text) {
			continue // "Latin American", "Latin America"
		}
		if m.Form == gazetteer.People && m.First > 0 && m.Entries[0].Key == "IND" && capitalised(s.tokens[m.First-1].Text) && (s.tokens[m.First-1].Tag == "ADJ" || s.tokens[m.First-1].Tag == "PROPN") {
			continue // "Ecuadorean Indians", "Miskito Indians"
		}
		if m.Entries[0].Kind == string(schema.Person) && s.hyphenGoesOn(m.Last) {
			continue // "Kim Sung" in "Kim Sung-hwan"
		}
		if m.Form == gazetteer.Surname && m.Last < len(s.tokens) && !taken[m.Last] && c.namePart(s, m.Last) &&
			(m.First == 0 || !c.is("nametitle", s.tokens[m.First-1].Text)) && !s.titleCase() {
			continue
		}
		if m.Last == m.First+1 && surname[m.Last] && s.tokens[m.Last].Relation == "flat" && s.tokens[m.Last].Head == m.First && m.Entries[0].Kind != string(schema.State) {
			continue // "Asad" in "Asad Khan", the agency Hina in "Hina Sharif"
		}
		if m.Last-m.First == 1 && m.Entries[0].Kind == string(schema.State) && m.Form == gazetteer.Name && m.First > 0 && !taken[m.First-1] &&
			c.namePart(s, m.First-1) && c.given(s.tokens[m.First-1].Text) && !s.titleCase() {
			continue
		}
		out = append(out, m)
	}
	return out
}

// hyphenGoesOn tells that a hyphen without spaces joins small letters to the word before token i.
func (s *sentence) hyphenGoesOn(i int) bool {
	t := s.tokens
	return i+1 < len(t) && t[i].Text == "-" && s.hyphened(i+1) >= 0 && strings.ToLower(t[i+1].Text) == t[i+1].Text && t[i+1].Tag != "VERB" && t[i+1].Tag != "ADJ" && t[i+1].Tag != "ADP"
}

// isMonth tells that token i is the name of a month and stands as one: "that May", "May 12".
func (c *Coder) isMonth(s *sentence, i int) bool {
	if monthNumber(s.tokens[i].Text) == 0 {
		return false
	}
	return i > 0 && c.is("beforemonth", s.tokens[i-1].Text) || i+1 < len(s.tokens) && s.tokens[i+1].Tag == "NUM" || i > 0 && s.tokens[i-1].Tag == "NUM"
}

// namePart tells that token i is written like a part of a name.
func (c *Coder) namePart(s *sentence, i int) bool {
	t := s.tokens[i]
	return t.Tag == "PROPN" && capitalised(t.Text) && !calendarWord(t.Text)
}

// mentionsOf finds who and what places sentence s names, without telling yet who is who.
func (c *Coder) mentionsOf(text string, s *sentence) []*mention {
	f := c.look(s)
	var out []*mention
	add := func(m *mention) {
		m.sentence = s
		c.stands(s, f.words, m)
		if m.name == "" {
			m.name = s.text(text, m.first, m.last)
		}
		out = append(out, m)
	}
	for i := 0; i < len(s.tokens); {
		if strings.EqualFold(s.tokens[i].Text, "those") && s.noDeterminer(i) {
			m := &mention{first: i, last: i + 1, head: i, shape: nominal, described: true, plural: true}
			if end := s.clauseAfter(m); end > m.last && s.tokens[end-1].End-s.tokens[i].Start <= longestDescription {
				m.name = s.text(text, i, end) // "those who fled": the words after it say who is meant
				add(m)
			}
			i++
			continue
		}
		if s.tokens[i].Tag == "PRON" || s.tokens[i].Penn == "PRP$" {
			if c.is("personal", s.tokens[i].Text) {
				add(&mention{first: i, last: i + 1, head: i, shape: pronoun})
			}
			i++
			continue
		}
		// Inside a name that another phrase has cut into, no phrase begins.
		b := i
		if f.actors[i] != nil || c.chunkWord(s, i) || c.lonePlace(s, f, i) {
			b = c.chunkEnd(s, f, i)
		}
		if b == i {
			i++
			continue
		}
		c.readPhrase(text, s, f, i, b, add)
		i = b
	}
	return out
}

// noDeterminer tells that token i stands for a noun and not before one.
func (s *sentence) noDeterminer(i int) bool {
	return base(s.tokens[i].Relation) != "det" || s.tokens[i].Head < i
}

// lonePlace tells that token i, taken for an adverb or the like, is the name of a place of one word: "in Agartala".
func (c *Coder) lonePlace(s *sentence, f *finding, i int) bool {
	w := f.places[i]
	if w == nil || w.Start != i || w.End != i+1 || i == 0 || !capitalised(f.words[i]) {
		return false
	}
	switch s.tokens[i].Tag {
	case "ADV", "VERB", "X", "INTJ":
		return c.locativeAt(f.words, i) && !calendarWord(f.words[i]) && !s.titleCase()
	}
	return false
}

// chunkEnd gives the end of the base noun phrase that begins at token a: a itself for none.
func (c *Coder) chunkEnd(s *sentence, f *finding, a int) int {
	b := a
	for b < len(s.tokens) {
		if m := f.actors[b]; m != nil && m.First == b {
			b = m.Last
			continue
		}
		if p := f.places[b]; p != nil && p.Start == b && p.End > b+1 && capitalised(f.words[b]) {
			b = p.End
			continue
		}
		if nm := f.nouns[b]; nm != nil && nm.First == b && nm.Last > b+1 {
			b = nm.Last
			continue
		}
		if b > a && s.tokens[b].Tag == "DET" && s.tokens[b-1].Tag != "DET" && !capitalised(f.words[b]) && !c.is("nameparticle", f.words[b]) {
			return b // "told the army": a word that was taken for part of the phrase
		}
		if b > a && s.tokens[b].Tag == "ADJ" && !capitalised(f.words[b]) && s.nominal(b-1) && s.tokens[b].Head > b && !s.under(b-1, s.tokens[b].Head) {
			return b // "in northern Italy last month"
		}
		if b > a && s.tokens[b].Relation == "xcomp" && s.lemma(b) == "hostage" {
			return b // "took two nuns hostage"
		}
		if h := s.tokens[b].Head; b > a && s.tokens[b].Tag == "ADJ" && h >= a && h < b && s.tokens[h].Tag == "NOUN" && f.nouns[b] == nil && f.actors[b] == nil && !capitalised(f.words[b]) {
			return b // "forces loyal to Haftar"
		}
		if n := c.nickname(s, a, b); n > 0 {
			b += n
			continue
		}
		if b == a && c.lonePlace(s, f, b) {
			return b + 1
		}
		if !c.chunkWord(s, b) && !c.joinsName(s, f, a, b) && !(b > a && c.mistagged(s, f, b)) {
			return b
		}
		b++
	}
	return b
}

// nickname gives the number of tokens of a nickname in quotation marks inside a name, from
// token b on: "John “J.D.” Dorrian"; 0 for none.
func (c *Coder) nickname(s *sentence, a, b int) int {
	if b == a || b+3 >= len(s.tokens) || !c.is("quotemark", s.tokens[b].Text) || !c.namePart(s, b-1) {
		return 0
	}
	for n := 2; n <= 3 && b+n+1 < len(s.tokens); n++ {
		if c.is("quotemark", s.tokens[b+n].Text) && capitalised(s.tokens[b+1].Text) && c.namePart(s, b+n+1) {
			return n + 1
		}
	}
	return 0
}

// stands tells whether mention m stands as a place.
func (c *Coder) stands(s *sentence, words []string, m *mention) {
	m.locative = c.locativeAt(words, m.first)
	if !m.locative {
		// "in eastern Syria", "at Iran's Ahvaz field"
		first := m.first
		for k := 0; k < 3 && first > 0 && (s.tokens[first-1].Tag == "ADJ" || s.tokens[first-1].Penn == "VBN" || words[first-1] == "-") && !capitalised(words[first-1]); k++ {
			first--
		}
		if first < m.first {
			m.locative = c.locativeAt(words, first)
		} else if m.shape == modifier && m.last < len(words) && c.is("venue", words[m.last]) && first > 1 && s.tokens[first-1].Penn == "POS" {
			m.locative = c.locativeAt(words, first-2)
		}
	}
	m.near = m.first > 0 && (c.is("inside", words[m.first-1]) || m.locative && !c.is("toplace", words[m.first-1]))
}

// locativeAt tells that the phrase that begins at token first stands as a place: "in Kerman",
// "the city of Kerman", but not "the minister of Iran".
func (c *Coder) locativeAt(words []string, first int) bool {
	if first > 1 && strings.EqualFold(words[first-1], "the") {
		first--
	}
	if first < 1 {
		return false
	}
	if first > 1 && strings.EqualFold(words[first-1], "to") && strings.EqualFold(words[first-2], "according") {
		return false
	}
	if strings.EqualFold(words[first-1], "of") {
		return first > 1 && c.is("placenoun", words[first-2])
	}
	return c.is("toplace", words[first-1])
}

// joinsName tells that the "of" at token b stands inside the name of an organisation: "Board of Inquiry".
func (c *Coder) joinsName(s *sentence, f *finding, a, b int) bool {
	if b == a || b+1 >= len(f.words) || !strings.EqualFold(f.words[b], "of") && !strings.EqualFold(f.words[b], "for") {
		return false
	}
	return c.namePart(s, b-1) && f.actors[b-1] == nil && c.is("organisation", f.words[b-1]) && c.namePart(s, b+1) && f.actors[b+1] == nil
}

// mistagged tells that token i is the last word of a name that was taken for another word, "Nuri Said", "Samah Hadid", or the
// first behind an office.
func (c *Coder) mistagged(s *sentence, f *finding, i int) bool {
	t := s.tokens[i]
	if t.Tag == "VERB" && i > 0 && i+1 < len(s.tokens) && capitalised(t.Text) && s.tokens[i+1].Tag == "PROPN" && !calendarWord(t.Text) && !s.titleCase() {
		// "Foreign minister Mads Ravn"
		if o := f.nouns[i-1]; o != nil && o.Last == i && o.Noun.Class == gazetteer.Office && !o.Plural && f.actors[i] == nil && capitalised(s.tokens[i+1].Text) {
			return true
		}
	}
	switch t.Tag {
	case "VERB", "ADV", "INTJ", "AUX", "NUM", "ADJ", "NOUN", "SCONJ", "X":
	default:
		return false
	}
	return i > 0 && len(t.Text) > 2 && capitalised(t.Text) && strings.ToUpper(t.Text) != t.Text && f.actors[i] == nil && f.actors[i-1] == nil && f.nouns[i] == nil && f.nouns[i-1] == nil &&
		c.namePart(s, i-1) && !strings.ContainsAny(s.tokens[i-1].Text, ".-") && strings.ToUpper(s.tokens[i-1].Text) != s.tokens[i-1].Text && !calendarWord(t.Text) && !s.titleCase() &&
		(c.given(s.tokens[i-1].Text) || i > 1 && f.nouns[i-2] != nil && f.nouns[i-2].Noun.Class == gazetteer.Office && f.nouns[i-2].Last == i-1 && !f.nouns[i-2].Plural)
}

// chunkWord tells whether token i belongs inside a base noun phrase.
func (c *Coder) chunkWord(s *sentence, i int) bool {
	t := s.tokens[i]
	if c.is("nameparticle", t.Text) && i+1 < len(s.tokens) && (s.tokens[i+1].Text == "-" || capitalised(s.tokens[i+1].Text)) &&
		(capitalised(t.Text) || i > 0 && (capitalised(s.tokens[i-1].Text) || s.tokens[i-1].Text == "-")) {
		return true
	}
	switch t.Tag {
	case "NOUN":
		return !c.is("adverbial", t.Text)
	case "PROPN":
		return !calendarWord(t.Text)
	case "ADJ", "NUM":
		return true
	case "DET":
		return t.Penn != "WDT"
	case "VERB":
		// participles before a noun: "armed men", "retired general"
		return i+1 < len(s.tokens) && t.Relation == "amod" && t.Head > i
	case "PUNCT", "SYM":
		return (t.Text == "-" || t.Text == "–" || t.Text == "&" || t.Text == "/") && i > 0 && i+1 < len(s.tokens) &&
			s.tokens[i-1].End == t.Start && t.End == s.tokens[i+1].Start
	case "X":
		return capitalised(t.Text)
	}
	return false
}

// phrase is a base noun phrase that is being read.
type phrase struct {
	*finding
	coder       *Coder
	s           *sentence
	text        string
	start       int // the first token, determiners and numbers included
	first, last int // tokens, without them, last exclusive
	end         int // of the name: last, or behind a "IV" or "Jr"
	definite    bool
	plural      bool
	modifiers   []*mention
	state       string // the state its modifiers tell
	office      string // the offices among its modifiers
	officeFirst int    // their first token, -1 for none
	standing    string // what such an officer serves
	add         func(*mention)
}

// readPhrase tells what the base noun phrase of tokens a to b names, and hands each mention to add.
func (c *Coder) readPhrase(text string, s *sentence, f *finding, a, b int, add func(*mention)) {
	p := &phrase{finding: f, coder: c, s: s, text: text, start: a, first: a, last: b, officeFirst: -1, add: add}
	if !p.trim() {
		return
	}
	p.readModifiers()
	for _, m := range p.modifiers {
		add(m)
	}
	for _, read := range []func() bool{p.knownName, p.capital, p.bloc, p.knownNoun, p.unknownName, p.backPointer, p.innerNames} {
		if read() {
			return
		}
	}
}

// trim cuts determiners and numbers off both ends; a pair without a noun ("both", "the
// two") ends the reading.
func (p *phrase) trim() bool {
	tokens := p.s.tokens
	for p.first < p.last && (tokens[p.first].Tag == "DET" || tokens[p.first].Tag == "NUM" && p.actors[p.first] == nil) {
		if p.coder.is("definite", p.words[p.first]) {
			p.definite = true
		}
		p.first++
	}
	p.end = p.last
	if p.last > p.first+2 && p.coder.is("generation", p.words[p.last-1]) && p.coder.namePart(p.s, p.last-2) && p.actors[p.last-1] == nil {
		p.last-- // "Charles H. Keating IV"
	}
	for p.last > p.first && p.actors[p.last-1] == nil && (tokens[p.last-1].Tag == "NUM" || tokens[p.last-1].Tag == "DET" || tokens[p.last-1].Tag == "PUNCT") {
		p.last--
	}
	if p.first < p.last {
		p.plural = tokens[p.last-1].Penn == "NNS" || tokens[p.last-1].Penn == "NNPS"
		return true
	}
	for i := p.start; i < p.first; i++ {
		switch base(tokens[i].Relation) {
		case "nsubj", "obj", "iobj", "obl", "nmod", "conj":
		default:
			continue // "Iran and Iraq both said"
		}
		if w := strings.ToLower(p.words[i]); w == "both" || w == "two" {
			p.add(&mention{first: p.start, last: p.first, head: i, shape: nominal, definite: true, plural: true})
			break
		}
	}
	return false
}

// readModifiers reads what stands in the phrase left of its head: states, places, offices.
func (p *phrase) readModifiers() {
	for i := p.first; i < p.last; {
		if m := p.actors[i]; m != nil && m.First == i && m.Last+1 < p.last && p.words[m.Last] == "-" && p.words[m.Last+1] == "member" {
			i = m.Last // "NATO-member Norway" tells of Norway
			continue
		}
		place := p.places[i]
		if place != nil && (place.Start != i || place.End >= p.last) {
			place = nil
		}
		if place != nil && capitalised(p.words[i]) && p.coder.is("airport", strings.ToLower(p.words[place.End])) {
			i = p.addPlace(place)
			continue
		}
		if m := p.actors[i]; m != nil && m.First == i && (m.Last < p.last || m.Form == gazetteer.Adjective && p.s.tokens[m.Last-1].Tag == "ADJ" && !p.oneOf(m)) {
			if m.Form != gazetteer.Adjective || !p.coder.is("descent", strings.ToLower(p.words[p.last-1])) {
				p.actorModifier(m)
			}
			i = m.Last
			continue
		}
		if place != nil && p.placeModifier(place) {
			i = p.addPlace(place)
			continue
		}
		if m := p.nouns[i]; m != nil && m.First == i && m.Noun.Class == gazetteer.Office && m.Last < p.last {
			p.office = strings.TrimSpace(p.office + " " + m.Noun.Same)
			p.standing = m.Noun.Kind
			if p.officeFirst < 0 {
				p.officeFirst = m.First
			}
			i = m.Last
			continue
		}
		if m := p.nouns[i]; m != nil && m.First == i && p.nounModifier(m) {
			i = m.Last
			continue
		}
		i++
	}
}

// nounModifier reads a noun before the head of the phrase that tells who does it, if it is one.
func (p *phrase) nounModifier(m *gazetteer.NounMatch) bool {
	if m.Last >= p.last || p.nouns[p.last-1] != nil || p.actors[p.last-1] != nil || !p.actorNoun(m) {
		return false
	}
	from := m.First
	if from > p.first {
		if a := p.actors[from-1]; a != nil && a.Form == gazetteer.Adjective && a.Last == from {
			from = a.First // "Kurdish rebel camps"
		}
	}
	name := p.s.text(p.text, from, m.Last)
	if m.Noun.Class == gazetteer.Folk && !strings.HasSuffix(name, "s") {
		name += "s" // "a rebel assault": the rebels
	}
	p.modifiers = append(p.modifiers, &mention{first: m.First, last: m.Last, head: m.Last - 1, shape: modifier, kind: schema.ActorKind(m.Noun.Kind),
		noun: m.Noun, definite: true, country: p.state, name: name})
	return true
}

// actorNoun tells that a noun before another tells who does it: "a regime offensive",
// "coalition airstrikes", "the rebel assault".
func (p *phrase) actorNoun(m *gazetteer.NounMatch) bool {
	if m.Plural || m.Noun.Plural || p.s.tokens[m.Last-1].Tag != "NOUN" && p.s.tokens[m.Last-1].Tag != "PROPN" || p.words[m.Last] == "-" && !p.sponsors(m.Last) || m.First > p.first && p.words[m.First-1] == "-" {
		return false
	}
	return p.coder.is("actornoun", m.Noun.Words[strings.LastIndexByte(m.Noun.Words, ' ')+1:])
}

// actorModifier reads a known name inside the phrase.
func (p *phrase) actorModifier(m *gazetteer.Match) {
	e := m.Entries[0]
	mod := &mention{first: m.First, last: m.Last, head: m.Last - 1, shape: modifier, entries: m.Entries, form: m.Form, doubtful: m.Doubtful, kind: schema.ActorKind(e.Kind)}
	p.modifiers = append(p.modifiers, mod)
	switch {
	case m.First == p.start && m.Form != gazetteer.Adjective && mod.kind == schema.State && p.coder.locativeAt(p.words, m.First):
		// "In Turkey Minister Ellwood": the place before the title is no part of it.
		mod.shape = named
	case p.sponsors(m.Last):
		// "Turkish-backed rebels" are not Turkey's.
	case len(m.Entries) == 1 && e.Country != "" && mod.kind != schema.Person && mod.kind != schema.ArmedGroup:
		p.state = e.Country
	}
}

// sponsors tells that the name that ends before token i is tied to a participle that makes
// it the backer or keeper of what follows: "Turkish-backed", "US-supplied", "Kurdish-held".
func (p *phrase) sponsors(i int) bool {
	return i+1 < p.last && p.words[i] == "-" && p.coder.is("sponsored", p.words[i+1])
}

// addPlace adds the name of a place to the modifiers, and gives the token behind it.
func (p *phrase) addPlace(m *gazetteer.PlaceMatch) int {
	p.modifiers = append(p.modifiers, &mention{first: m.Start, last: m.End, head: m.End - 1, shape: modifier, places: m})
	return m.End
}

// placeModifier tells that a place's name stands before a noun for a place: "Mosul
// operation", but not "Nancy Pelosi".
func (p *phrase) placeModifier(m *gazetteer.PlaceMatch) bool {
	next := p.words[m.End]
	return p.actors[m.Start] == nil && capitalised(p.words[m.Start]) && (p.nouns[m.Start] == nil || p.nouns[m.Start].First != m.Start) &&
		(p.s.tokens[m.End].Tag != "PROPN" || p.coder.is("venue", next)) && next != "-" && !p.coder.is("nameparticle", next)
}

// mention begins a mention of the phrase from token first on.
func (p *phrase) mention(first int, as shape, kind schema.ActorKind) *mention {
	return &mention{first: first, last: p.last, head: p.last - 1, shape: as, kind: kind, country: p.state, definite: p.definite, plural: p.plural}
}

// bygone makes of those who once were something people by themselves: "former US officials" are not the US government,
// "former members of Hamas" not Hamas, and "the former president" is not the one in office.
func (p *phrase) bygone(m *mention) {
	if m.people != nil || m.person == p.plural || m.person && m.shape != nominal {
		return
	}
	for i := p.start; i < m.head; i++ {
		if !p.coder.is("formerly", p.words[i]) {
			continue
		}
		former := strings.ToLower(p.words[i]) + " "
		m.name = former + p.s.text(p.text, i+1, p.last)
		if m.person {
			m.office = former + strings.TrimPrefix(m.office, former)
			return
		}
		if len(m.entries) > 0 {
			m.country = m.entries[0].Country
		}
		m.shape, m.kind, m.entries = nominal, schema.OtherActor, nil
		m.described, m.plural = true, true
		return
	}
}

// finish hangs a mention into the parse, from token first of the phrase on, and hands it over.
func (p *phrase) finish(m *mention, first int) bool {
	m.head = p.coder.treeHead(p.s, first, p.last)
	p.bygone(m)
	p.add(m)
	return true
}

// entitle gives a person the offices before the name; they belong to the phrase.
func (p *phrase) entitle(m *mention) {
	m.office, m.standing = p.office, p.standing
	p.serves(m)
	if p.officeFirst >= 0 && p.officeFirst < m.first {
		m.title = strings.ToLower(p.s.text(p.text, p.officeFirst, m.first))
	}
	m.first = p.first
}

// serves makes a person who holds an office of an organisation of states or of an armed group one that serves it, and
// who is of the state where that is at home: "UN special envoy", "a Hamas commander".
func (p *phrase) serves(m *mention) {
	for _, mod := range p.modifiers {
		if mod.shape != modifier || mod.kind != schema.IGO && mod.kind != schema.ArmedGroup || p.against(mod.first) || p.sponsors(mod.last) {
			continue
		}
		m.standing = string(mod.kind)
		if m.country == "" && mod.kind == schema.ArmedGroup && len(mod.entries) == 1 {
			m.country = mod.entries[0].Country
		}
	}
}

// knownName reads a phrase that ends in a known name.
func (p *phrase) knownName() bool {
	head := p.last - 1
	match := p.actors[head]
	if match == nil || match.Last != p.last || match.Form == gazetteer.Adjective && p.s.tokens[head].Tag == "ADJ" && !p.oneOf(match) {
		return false
	}
	if match.First > p.first && p.coder.lexicon.fleets[p.words[match.First-1]] != "" {
		return false // a ship called after somebody: "USS Carney"
	}
	m := p.mention(match.First, named, schema.ActorKind(match.Entries[0].Kind))
	m.entries, m.form, m.doubtful, m.office = match.Entries, match.Form, match.Doubtful, p.office
	if m.kind == schema.Person || m.form == gazetteer.Surname {
		p.lengthen(m)
	}
	if w := p.places[head]; w != nil && w.End == p.last {
		m.places = w
	}
	m.name = p.s.text(p.text, m.first, p.last)
	if m.kind == schema.Person {
		m.name = p.s.text(p.text, m.first, max(p.end, p.last))
		p.entitle(m)
	}
	if m.form == gazetteer.People || m.form == gazetteer.Adjective {
		m.kind, m.shape, m.people, m.plural = schema.Civilians, nominal, m.entries[0], true
		m.country, m.entries = m.entries[0].Country, nil
	}
	return p.finish(m, m.first)
}

// oneOf tells that the adjective of a state stands for one of its people: "killed a Palestinian".
func (p *phrase) oneOf(m *gazetteer.Match) bool {
	head := p.last - 1
	switch base(p.s.tokens[head].Relation) {
	case "nsubj", "obj", "obl", "nmod", "conj":
	default:
		return false
	}
	return m.First == head && head == p.first && p.start < p.first && p.coder.is("indefinite", p.words[p.start]) && len(m.Entries) == 1 && m.Entries[0].Kind == string(schema.State)
}

// lengthen takes the words before a known surname into the name, "Shehbaz" before "Sharif":
// a longer name than the known one is another person unless the gazetteer has it.
func (p *phrase) lengthen(m *mention) {
	first := p.pastParticles(m.first)
	for first > p.first && capitalised(p.words[first-1]) && p.s.tokens[first-1].Tag != "DET" && !p.sentenceAdjective(first-1) && !calendarWord(p.words[first-1]) &&
		p.actors[first-1] == nil && p.nouns[first-1] == nil && !(p.places[first-1] != nil && p.coder.locativeAt(p.words, p.places[first-1].Start)) && !p.coder.is("nametitle", p.words[first-1]) {
		first--
	}
	first = p.pastBody(first)
	if first < m.first && !anyNameIs(m.entries, p.s.text(p.text, first, p.last)) {
		m.entries, m.form = nil, 0
	}
	m.first, m.person, m.kind = first, true, schema.Person
}

// pastParticles goes back from token first over what joins it to a capitalised word of the same name: "Majed al-" of "Suliman
// Majed al-Shaheen".
func (p *phrase) pastParticles(first int) int {
	i := first
	for i > p.first && (p.words[i-1] == "-" || p.coder.is("nameparticle", p.words[i-1])) {
		i--
	}
	if i < first && i > p.first && capitalised(p.words[i-1]) && p.s.tokens[i-1].Tag == "PROPN" && p.actors[i-1] == nil && p.nouns[i-1] == nil && !p.coder.is("nametitle", p.words[i-1]) {
		return i
	}
	return first
}

// capital reads "the Nigerian capital".
func (p *phrase) capital() bool {
	if p.state == "" || p.plural || p.s.lemma(p.last-1) != "capital" {
		return false
	}
	m := p.mention(p.start, nominal, "")
	m.capital = p.state
	return p.finish(m, p.first)
}

// bloc reads a part of the world that acts: "Europe", "the west".
func (p *phrase) bloc() bool {
	head := p.last - 1
	if p.last-p.first != 1 || !p.coder.is("bloc", p.words[head]) || p.start == p.first && !capitalised(p.words[head]) || p.coder.locativeAt(p.words, p.start) ||
		p.last < len(p.words) && (p.coder.is("partlink", p.words[p.last]) || p.s.tokens[p.last].Tag == "PROPN" || p.s.tokens[p.last].Tag == "NOUN") {
		return false
	}
	if r := base(p.s.tokens[head].Relation); r == "compound" || r == "advmod" || r == "amod" {
		return false
	}
	m := p.mention(p.first, named, schema.OtherActor)
	m.name = strings.ToUpper(p.words[head][:1]) + p.words[head][1:]
	return p.finish(m, p.first)
}

// knownNoun reads a phrase that ends in a noun for a body, people or an office.
func (p *phrase) knownNoun() bool {
	head := p.last - 1
	match := p.nouns[head]
	if match == nil || match.Last != p.last {
		return false
	}
	noun := match.Noun
	if head > p.first && p.coder.lexicon.weapons[strings.ToLower(p.words[head-1]+" "+p.words[head])] != "" && noun.Class != gazetteer.Body {
		return true // "a nerve agent"
	}
	if noun.Class == gazetteer.Office && p.s.tokens[head].Tag != "NOUN" && match.First != p.first && p.s.tokens[match.First].Tag == "PROPN" && p.state == "" {
		return false
	}
	if (noun.Has("child") || noun.Has("woman")) && p.last+1 < len(p.words) && p.s.tokens[p.last].Penn == "POS" && p.coder.is("venue", p.words[p.last+1]) {
		return true // "a children's hospital"
	}
	if p.coder.is("uncounted", noun.Words) && strings.EqualFold(p.s.textOr(p.last), "of") {
		return false // "thousands of miners"
	}
	if noun.Class == gazetteer.Body && p.ofThings(match.First) {
		return false // "a production unit"
	}
	if h := p.s.tokens[head].Head; p.coder.is("loss", noun.Words) && h >= 0 && p.coder.is("suffering", p.s.lemma(h)) {
		return true // "suffered heavy casualties"
	}
	if noun.Words == "hostage" && p.s.tokens[head].Relation == "xcomp" {
		return true // "took two nuns hostage"
	}
	if p.joined(p.last) {
		return true // "rebel-held", "government-backed": part of an adjective
	}
	m := p.mention(p.start, nominal, schema.ActorKind(noun.Kind))
	m.noun, m.plural = noun, match.Plural || noun.Plural || noun.Class == gazetteer.Folk && p.plural
	m.name = p.s.text(p.text, p.nounStart(match.First), p.last)
	if noun.Class == gazetteer.Office {
		m.person, m.kind, m.office = true, schema.Person, strings.TrimSpace(p.office+" "+noun.Same)
		m.standing = noun.Kind
		p.serves(m)
		if m.plural {
			m.person, m.kind = false, schema.Government
			switch kind := schema.ActorKind(noun.Kind); kind {
			case schema.Military, schema.ArmedGroup, schema.OtherActor:
				m.kind = kind
			}
		}
	}
	m.described = m.plural && noun.Kind == string(schema.State) && (noun.Class == gazetteer.Body && strings.Contains(noun.Words, " ") || p.describes())
	p.groupBefore(m)
	return p.finish(m, p.first)
}

// ofThings tells that the noun from token first on, that a common noun stands before, is no
// armed body: "a production unit", "a power plant battery".
func (p *phrase) ofThings(first int) bool {
	return first > p.first && first == p.last-1 && p.coder.is("plainunit", p.s.lemma(first)) && p.s.tokens[first-1].Tag == "NOUN" && p.s.tokens[first-1].Relation == "compound" &&
		p.nouns[first-1] == nil && p.actors[first-1] == nil && !p.coder.is("armedword", p.s.lemma(first-1))
}

// joined tells that a hyphen ties the phrase that ends before token i to a participle.
func (p *phrase) joined(i int) bool {
	t := p.s.tokens
	return i+1 < len(t) && t[i].Text == "-" && p.s.hyphened(i+1) >= 0 && (t[i+1].Penn == "VBN" || t[i+1].Penn == "VBG" || t[i+1].Tag == "ADJ")
}

// nounStart gives where the name of people or a body begins: at the state or place before
// the noun, and the capitalised words in between ("Nicaraguan Contra rebels", "Syrian Kurdish fighters").
func (p *phrase) nounStart(first int) int {
	for _, m := range p.modifiers {
		if m.last <= first && (len(m.entries) > 0 || m.places != nil) {
			first = m.first
			break
		}
	}
	for first > p.first && p.s.tokens[first-1].Tag != "DET" &&
		(!p.sentenceStart(first-1) || p.coder.is("regional", p.words[first]) || p.coder.is("regional", p.words[first-1])) &&
		(capitalised(p.words[first-1]) || p.words[first-1] == "-" || p.coder.is("nameparticle", p.words[first-1]) && p.words[first] == "-") {
		first--
	}
	return first
}

// against tells that the name that begins at token i is a foe's: "the anti-Assad alliance".
func (p *phrase) against(i int) bool {
	if i > p.start && p.words[i-1] == "-" {
		i--
	}
	return i > p.start && p.coder.is("against", p.words[i-1])
}

// groupBefore reads the known name right before the noun: "Hamas fighters" are the group,
// "the Assad regime" is the person's government.
func (p *phrase) groupBefore(m *mention) {
	if len(p.modifiers) == 0 {
		return
	}
	last := p.modifiers[len(p.modifiers)-1]
	if last.shape != modifier || last.form == gazetteer.Adjective || p.against(last.first) {
		return
	}
	switch last.kind {
	case schema.ArmedGroup, schema.IGO, schema.NGO:
		if m.kind != schema.Person && len(last.entries) == 1 && (m.plural || m.noun.Class == gazetteer.Body || strings.HasSuffix(m.noun.Same, " group")) {
			m.entries, m.form, m.kind, m.shape = last.entries, last.form, last.kind, named
		} else if m.country == "" && len(last.entries) == 1 && last.kind == schema.ArmedGroup {
			m.country = last.entries[0].Country // "a Hamas gunman" in Jerusalem is no Israeli
		}
	case schema.Military:
		// "KPA civil police posts": the army's own.
		if m.noun.Class == gazetteer.Folk && m.kind == schema.Military && m.plural && len(last.entries) == 1 || m.noun.Same == "police" {
			m.entries, m.form, m.kind, m.shape = last.entries, last.form, last.kind, named
		}
	case schema.Person:
		m.holder = last
	}
}

// unknownName reads a phrase that ends in a name that no list of actors knows.
func (p *phrase) unknownName() bool {
	head := p.last - 1
	if t := p.s.tokens[head]; t.Tag != "PROPN" && !(t.Tag == "X" && capitalised(t.Text)) && !(head > p.first && p.coder.mistagged(p.s, p.finding, head)) && !p.placed(head) && !p.syllable(head) || calendarWord(t.Text) {
		return false
	}
	first := p.pastBody(p.pastPlace(p.nameStart(head)))
	titled := first > p.first && p.coder.is("nametitle", p.words[first-1])
	m := p.mention(first, named, schema.OtherActor)
	if w := p.places[head]; w != nil && w.End == p.last && p.office == "" && !titled && (w.Start <= first || p.last-first > 4) {
		m.places, m.first = w, w.Start
	}
	flag := p.coder.lexicon.fleets[p.words[first]]
	if flag == "" && first > p.first && p.nouns[first-1] != nil && p.coder.is("flag", p.nouns[first-1].Noun.Same) && !capitalised(p.words[first-1]) {
		flag = p.state
	}
	if flag != "" {
		// "the U.S. frigate Stark" and "USS Stark" stand for the state whose flag it flies.
		if e := p.coder.actors.Entry(flag); e != nil {
			m.first, m.kind, m.name, m.entries, m.form, m.places = p.first, schema.State, e.Name, []*gazetteer.Entry{e}, gazetteer.Name, nil
			m.flagged = true
			return p.finish(m, p.first)
		}
	}
	kind := p.coder.nameKind(p.words[head])
	switch {
	case p.office != "" || titled:
		m.person, m.kind = true, schema.Person
	case kind != "" && (m.places == nil || m.places.Start == head): // not "the West Bank"
		m.kind = kind
		for m.first > p.first && capitalised(p.words[m.first-1]) && p.s.tokens[m.first-1].Tag != "DET" {
			m.first-- // the state's adjective belongs to the name
		}
	case m.places != nil && (!alsoName(m.places) || m.last-m.first > 1 || p.s.tokens[head].Relation != "nsubj"):
		m.kind = ""
	case p.last-m.first >= 2 && p.last-m.first <= 4 && !p.coder.is("nameparticle", p.words[m.first]) && p.coder.given(p.words[m.first]), p.folkBefore(m.first):
		m.person, m.kind = true, schema.Person
	}
	if p.noName(m) {
		return true
	}
	if m.kind == schema.OtherActor && p.nobody(m.first) {
		m.kind = ""
	}
	m.name = p.s.text(p.text, m.first, p.last)
	if m.person {
		m.name = p.s.text(p.text, m.first, max(p.end, p.last))
	}
	if p.folkBefore(m.first) {
		m.gender = p.coder.genderOf(p.words[m.first-1], 0)
	}
	if m.person {
		p.entitle(m)
	}
	return p.finish(m, m.first)
}

// syllable tells that token i ends a given name that a hyphen divides: "Yun Byung-se".
func (p *phrase) syllable(i int) bool {
	return i-2 > p.first && p.words[i-1] == "-" && p.s.hyphened(i) >= 0 && p.coder.namePart(p.s, i-2) && p.coder.namePart(p.s, i-3) &&
		strings.ToLower(p.words[i]) == p.words[i] && p.nouns[i] == nil
}

// placed tells that token i, taken for another word, ends a place's name: it has a capital inside a sentence, behind a
// preposition of place.
func (p *phrase) placed(i int) bool {
	w := p.places[i]
	return w != nil && w.Start == p.first && w.End == p.last && capitalised(p.words[i]) && !p.sentenceStart(w.Start) &&
		p.nouns[i] == nil && p.coder.locativeAt(p.words, w.Start) && !p.s.titleCase()
}

// nameStart goes back over the words of an unknown name that ends at token head.
func (p *phrase) nameStart(head int) int {
	first := head
	for first > p.first && p.inName(first-1) {
		first--
	}
	for first < head && (p.words[first] == "-" || p.coder.is("nametitle", p.words[first])) {
		first++
	}
	return first
}

// pastPlace goes past a place that stands before a name without a comma: "in Salisbury Yakovenko".
func (p *phrase) pastPlace(first int) int {
	if w := p.places[first]; w != nil && w.Start == first && w.End < p.last && p.coder.locativeAt(p.words, first) && p.places[p.last-1] == nil &&
		p.coder.nameKind(p.words[p.last-1]) == "" && !p.coder.is("venue", p.words[p.last-1]) && !p.coder.is("placenoun", p.words[p.last-1]) && p.s.tokens[p.last-1].Relation != p.s.tokens[first].Relation {
		return w.End
	}
	return first
}

// pastBody goes past a body or place that stands before a person's name without a comma: the
// end of "the minister for the Middle East Tobias Ellwood".
func (p *phrase) pastBody(first int) int {
	last := p.words[p.last-1]
	if p.coder.given(p.words[first]) || p.coder.nameKind(last) != "" || p.coder.is("thing", last) || p.coder.is("inanimate", p.words[first]) {
		return first
	}
	for i := max(first+1, p.last-4); i+1 < p.last; i++ {
		t := p.s.tokens[i+1]
		if !p.coder.given(p.words[i]) && !(t.Relation == "flat" && t.Head == i) || p.s.tokens[i].Tag != "PROPN" || len(p.words[i]) < 3 || p.coder.is("nameparticle", p.words[i]) {
			continue
		}
		w := p.places[i-1]
		if w != nil && w.End == i && (p.s.tokens[i].Relation != "flat" || w.End-w.Start > 1 || p.coder.given(p.words[i]) && !p.coder.given(p.words[i-1])) || p.coder.nameKind(p.words[i-1]) != "" {
			return i
		}
	}
	return first
}

// given tells that a known person bears a given name.
func (c *Coder) given(word string) bool { return c.givenNames[strings.ToLower(word)] != nil }

// inName tells that token i can stand inside an unknown name.
func (p *phrase) inName(i int) bool {
	t := p.s.tokens[i]
	if p.actors[i] != nil || p.coder.is("nametitle", t.Text) || p.nouns[i] != nil && p.nouns[i].Noun.Class == gazetteer.Office && i >= p.officeFirst {
		return false
	}
	switch {
	case t.Tag == "PROPN" && capitalised(t.Text), t.Tag == "VERB" && p.coder.mistagged(p.s, p.finding, i), t.Tag == "X", t.Tag == "PART", t.Text == "-", p.coder.is("nameparticle", t.Text), p.coder.is("quotemark", t.Text):
		return true
	case t.Tag == "ADJ":
		return capitalised(t.Text) && !p.sentenceStart(i)
	}
	return i-1 >= p.first && p.coder.joinsName(p.s, p.finding, p.first, i)
}

// folkBefore tells that a noun for one human being stands right before the name: "teenager
// Yago Riedijk".
func (p *phrase) folkBefore(first int) bool {
	if first <= p.first || p.nouns[first-1] == nil {
		return false
	}
	n := p.nouns[first-1]
	return n.Last == first && n.Noun.Class == gazetteer.Folk && !n.Plural && !n.Noun.Plural && p.s.tokens[first-1].Tag == "NOUN"
}

// noName tells that the words are no actor's name: a weapon's, or a lone word of a headline.
func (p *phrase) noName(m *mention) bool {
	if m.person {
		return false
	}
	_, weapon := p.coder.lexicon.weapons[strings.ToLower(p.s.text(p.text, m.first, p.last))]
	return weapon || m.kind == schema.OtherActor && p.last-m.first == 1 && p.s.titleCase()
}

// nobody tells that the unknown name from token first on is that of what cannot act: an
// operation, a law, a feast, a river, a faith, an address, a word without a capital.
func (p *phrase) nobody(first int) bool {
	c, head := p.coder, p.words[p.last-1]
	if c.is("inanimate", p.words[first]) || c.is("inanimate", head) || p.last-first == 1 && (utf8.RuneCountInString(head) == 1 || c.is("idea", head)) {
		return true
	}
	for i := first; i < p.last; i++ {
		w := p.words[i]
		if strings.Contains(w, "@") || strings.HasPrefix(w, "www.") || strings.HasPrefix(w, "http") {
			return true
		}
		if strings.ToLower(w) != w {
			return false
		}
	}
	return true
}

// alsoName tells that the name of a place is a person's or an everyday word as well, and that
// nothing marks it as a place here.
func alsoName(w *gazetteer.PlaceMatch) bool {
	return !w.Spatial && (w.Candidates[0].Personal || w.Candidates[0].Common)
}

// backPointer reads a common noun that points back: "the group", "both countries".
func (p *phrase) backPointer() bool {
	head := p.last - 1
	lemma := p.s.lemma(head)
	kinds := p.coder.pointsTo(lemma)
	several := p.plural && p.coder.is("several", lemma)
	if len(kinds) == 0 && !several && !(p.plural && (p.coder.is("pair", lemma) || p.coder.is("host", lemma))) {
		return false
	}
	m := p.mention(p.start, nominal, "")
	m.name = p.s.text(p.text, p.first, p.last)
	m.described = several && p.describes()
	for _, mod := range p.modifiers {
		if len(mod.entries) == 1 && mod.kind != schema.State && mod.form != gazetteer.Adjective && !p.against(mod.first) {
			m.entries, m.form, m.kind, m.shape = mod.entries, mod.form, mod.kind, named
		}
	}
	if m.shape == nominal && !p.plural && len(kinds) > 0 && kinds[0] != schema.State {
		p.nameBefore(m, kinds[0])
	}
	p.add(m)
	return true
}

// describes tells that the words before a plural noun say who is meant, so that it does not
// point back: "western powers", "14 donor countries", "Kurdish groups".
func (p *phrase) describes() bool {
	for i := p.start; i < p.last-1; i++ {
		if t := p.s.tokens[i]; (t.Tag == "ADJ" || t.Tag == "NOUN" || t.Tag == "PROPN") && !p.coder.is("backward", t.Text) {
			return true
		}
	}
	return false
}

// nameBefore reads "the Jaysh al-Dhulm group": the unknown name before the noun is the group's.
func (p *phrase) nameBefore(m *mention, kind schema.ActorKind) {
	head := p.last - 1
	first := head
	for first > p.first && p.actors[first-1] == nil && !p.sentenceStart(first-1) &&
		(p.s.tokens[first-1].Tag == "PROPN" || p.words[first-1] == "-" || p.coder.is("nameparticle", p.words[first-1])) {
		first--
	}
	if first < head {
		m.shape, m.kind, m.first, m.name = named, kind, first, p.s.text(p.text, first, head)
	}
}

// innerNames reads names inside a phrase that names nobody itself ("the Mosul operation"),
// or words that were taken for one phrase and are not.
func (p *phrase) innerNames() bool {
	if p.s.tokens[p.last-1].Tag == "PROPN" {
		return false
	}
	end := p.last - 1
	for end > p.first && (p.s.tokens[end-1].Tag != "PROPN" || p.actors[end-1] != nil || p.inModifier(end-1)) {
		end--
	}
	if end == p.first {
		return false
	}
	p.coder.readPhrase(p.text, p.s, p.finding, p.start, end, func(m *mention) {
		if m.shape != modifier {
			m.inner = true
			p.add(m)
		}
	})
	return true
}

func (p *phrase) inModifier(i int) bool {
	for _, m := range p.modifiers {
		if m.holds(i) {
			return true
		}
	}
	return false
}

// sentenceAdjective tells that token i owes its capital to its place at the start of a sentence.
func (p *phrase) sentenceAdjective(i int) bool {
	return p.sentenceStart(i) && p.s.tokens[i].Tag != "PROPN"
}

func (p *phrase) sentenceStart(i int) bool {
	return i == 0 || i == 1 && p.s.tokens[0].Tag == "PUNCT"
}

func anyNameIs(entries []*gazetteer.Entry, name string) bool {
	want := schema.Spelling(name)
	for _, e := range entries {
		if schema.Spelling(e.Name) == want || e.Kind == string(schema.Person) && samePerson(strings.Fields(want), strings.Fields(schema.Spelling(e.Name))) {
			return true
		}
		for _, a := range e.Aliases {
			if schema.Spelling(a) == want {
				return true
			}
		}
	}
	return false
}

// nameKinds are the word classes whose words end the names of organisations of a kind.
var nameKinds = []struct {
	class string
	kind  schema.ActorKind
}{
	{"name-company", schema.Company}, {"name-media", schema.Media}, {"name-ngo", schema.NGO}, {"name-government", schema.Government},
	{"name-military", schema.Military}, {"organisation", schema.OtherActor},
}

// nameKind gives the kind of organisation whose name ends in this word, "" when none does.
func (c *Coder) nameKind(word string) schema.ActorKind {
	word = strings.ToLower(word)
	for _, n := range nameKinds {
		if c.is(n.class, word) {
			return n.kind
		}
	}
	if n, ok := c.actors.Noun([]string{word}); ok && n.Class == gazetteer.Body {
		return schema.ActorKind(n.Kind)
	}
	return ""
}

// treeHead gives the token of first to last whose governor lies outside: where the parse hangs the phrase.
func (c *Coder) treeHead(s *sentence, first, last int) int {
	for i := last - 1; i >= first; i-- {
		if h := s.tokens[i].Head; (h < first || h >= last) && s.tokens[i].Tag != "PUNCT" && s.tokens[i].Tag != "DET" {
			return i
		}
	}
	return last - 1
}
