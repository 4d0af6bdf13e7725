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
	person            bool
	places            []gazetteer.Place // what places the name may mean
	grain             gazetteer.PlaceKind
	place             *gazetteer.PlaceChoice
	inner             bool // inside a phrase that names something else
	near              bool // an exact preposition of place stands before it
	locative          bool // a preposition of place stands before it
	actors            []*actor
}

// anaphors are nouns that point back to an actor named before, with the kinds they may mean.
var anaphors = map[string][]schema.ActorKind{
	"group": {schema.ArmedGroup, schema.NGO, schema.IGO, schema.OtherActor, schema.Company}, "movement": {schema.ArmedGroup, schema.OtherActor},
	"militia": {schema.ArmedGroup}, "organisation": {schema.IGO, schema.NGO, schema.ArmedGroup}, "organization": {schema.IGO, schema.NGO, schema.ArmedGroup},
	"faction": {schema.ArmedGroup}, "party": {schema.OtherActor, schema.ArmedGroup}, "bloc": {schema.IGO}, "alliance": {schema.IGO, schema.ArmedGroup, schema.Military},
	"coalition": {schema.Military, schema.IGO}, "agency": {schema.IGO, schema.Media, schema.Government}, "company": {schema.Company}, "firm": {schema.Company},
	"country": {schema.State}, "nation": {schema.State}, "republic": {schema.State}, "kingdom": {schema.State},
}

// pairs are plural nouns that point back to the two states or parties named last.
var pairs = map[string]bool{"country": true, "side": true, "nation": true, "neighbour": true, "neighbor": true, "state": true, "party": true, "leader": true, "government": true, "rival": true, "ally": true}

var placePrepositions = map[string]bool{"in": true, "at": true, "near": true, "outside": true, "inside": true, "around": true, "across": true,
	"throughout": true, "within": true, "into": true, "toward": true, "towards": true, "from": true, "over": true, "off": true, "to": true, "through": true, "along": true, "on": true}

// exactPrepositions put what follows in a place beyond doubt; "over Christmas" does not.
var exactPrepositions = map[string]bool{"in": true, "at": true, "near": true, "outside": true, "inside": true, "around": true, "across": true, "throughout": true, "within": true}

// nameParticles are small words inside names of persons and groups.
var nameParticles = map[string]bool{"al": true, "el": true, "ul": true, "ur": true, "ud": true, "bin": true, "ibn": true, "bint": true, "abu": true, "ben": true, "de": true, "da": true, "von": true, "van": true, "der": true, "la": true, "le": true, "du": true, "di": true, "dos": true, "del": true, "ag": true}

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

// mentionsOf finds who and what places sentence s names, without telling yet who is who.
func (c *Coder) mentionsOf(text string, s *sentence) []*mention {
	n := len(s.tokens)
	words := make([]string, n)
	for i, t := range s.tokens {
		words[i] = t.Text
	}
	matches := c.fitting(s, c.actors.Find(words))
	nouns := c.actors.Nouns(words)
	placeMatches := c.places.Find(words)
	matchEnd := make(map[int]*gazetteer.Match, len(matches)) // by last token
	inMatch := make([]*gazetteer.Match, n)
	for k := range matches {
		m := &matches[k]
		matchEnd[m.Last-1] = m
		for i := m.First; i < m.Last; i++ {
			inMatch[i] = m
		}
	}
	nounAt := make([]*gazetteer.NounMatch, n)
	for k := range nouns {
		for i := nouns[k].First; i < nouns[k].Last; i++ {
			if nounAt[i] == nil {
				nounAt[i] = &nouns[k]
			}
		}
	}
	placeAt := make([]*gazetteer.PlaceMatch, n)
	for k := range placeMatches {
		for i := placeMatches[k].Start; i < placeMatches[k].End; i++ {
			placeAt[i] = &placeMatches[k]
		}
	}
	var out []*mention
	add := func(m *mention) *mention {
		m.sentence = s
		m.locative = c.locativeAt(words, m.first)
		if !m.locative {
			// "in eastern Syria", "at Iran's Ahvaz field"
			first := m.first
			for k := 0; k < 3 && first > 0 && (s.tokens[first-1].Tag == "ADJ" || s.tokens[first-1].Penn == "VBN" || words[first-1] == "-") && !capitalised(words[first-1]); k++ {
				first--
			}
			if first < m.first {
				m.locative = c.locativeAt(words, first)
			} else if m.shape == modifier && m.last < len(words) && c.lexicon.classes["venue"][strings.ToLower(words[m.last])] && first > 1 && s.tokens[first-1].Penn == "POS" {
				m.locative = c.locativeAt(words, first-2)
			}
		}
		m.near = m.first > 0 && exactPrepositions[strings.ToLower(words[m.first-1])] || m.locative && m.first > 0 && !placePrepositions[strings.ToLower(words[m.first-1])]
		if m.name == "" {
			m.name = s.text(text, m.first, m.last)
		}
		out = append(out, m)
		return m
	}
	for i := 0; i < n; {
		if s.tokens[i].Tag == "PRON" || s.tokens[i].Penn == "PRP$" {
			if isPersonal(s.tokens[i].Text) {
				add(&mention{first: i, last: i + 1, head: i, shape: pronoun})
			}
			i++
			continue
		}
		if inMatch[i] == nil && !chunkWord(s, i) {
			i++
			continue
		}
		a, b := i, i
		for b < n {
			if m := inMatch[b]; m != nil && m.First == b {
				b = m.Last
				continue
			}
			if p := placeAt[b]; p != nil && p.Start == b && p.End > b+1 && capitalised(words[b]) {
				b = p.End
				continue
			}
			if nm := nounAt[b]; nm != nil && nm.First == b && nm.Last > b+1 {
				b = nm.Last
				continue
			}
			if !chunkWord(s, b) {
				if c.joinsName(s, words, a, b, inMatch) {
					b++
					continue
				}
				break
			}
			b++
		}
		if b == a {
			// Inside a name that another phrase has cut into: no phrase begins here.
			i++
			continue
		}
		c.readChunk(text, s, words, a, b, inMatch, nounAt, placeAt, add)
		i = b
	}
	return out
}

// fitting drops the surnames that are the first part of another, unknown name: "Moussa" in "Moussa Salaou Barmou".
func (c *Coder) fitting(s *sentence, matches []gazetteer.Match) []gazetteer.Match {
	taken := make([]bool, len(s.tokens)+1)
	for _, m := range matches {
		for i := m.First; i < m.Last; i++ {
			taken[i] = true
		}
	}
	out := matches[:0]
	for _, m := range matches {
		if m.Form == gazetteer.Surname && m.Last < len(s.tokens) && !taken[m.Last] && s.tokens[m.Last].Tag == "PROPN" && capitalised(s.tokens[m.Last].Text) &&
			(m.First == 0 || !isTitle(s.tokens[m.First-1].Text)) && !calendarWord(s.tokens[m.Last].Text) && !s.titleCase() {
			continue
		}
		out = append(out, m)
	}
	return out
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
	p := strings.ToLower(words[first-1])
	if p == "of" {
		return first > 1 && c.lexicon.classes["placenoun"][strings.ToLower(words[first-2])]
	}
	return placePrepositions[p]
}

// joinsName tells that the "of" at token b stands inside the name of an organisation: "Board of Inquiry".
func (c *Coder) joinsName(s *sentence, words []string, a, b int, inMatch []*gazetteer.Match) bool {
	if b == a || b+1 >= len(words) || !strings.EqualFold(words[b], "of") && !strings.EqualFold(words[b], "for") {
		return false
	}
	last := words[b-1]
	return capitalised(last) && s.tokens[b-1].Tag == "PROPN" && inMatch[b-1] == nil && c.lexicon.classes["organisation"][strings.ToLower(last)] &&
		capitalised(words[b+1]) && s.tokens[b+1].Tag == "PROPN" && inMatch[b+1] == nil
}

func isPersonal(w string) bool {
	switch strings.ToLower(w) {
	case "he", "she", "him", "her", "his", "they", "them", "their", "it", "its", "we", "us", "our", "i", "me", "my", "himself", "herself", "itself", "themselves", "you", "your", "hers", "theirs", "ours":
		return true
	}
	return false
}

// chunkWord tells whether token i belongs inside a base noun phrase.
func chunkWord(s *sentence, i int) bool {
	t := s.tokens[i]
	if nameParticles[strings.ToLower(t.Text)] && i+1 < len(s.tokens) && (s.tokens[i+1].Text == "-" || capitalised(s.tokens[i+1].Text)) &&
		(capitalised(t.Text) || i > 0 && (capitalised(s.tokens[i-1].Text) || s.tokens[i-1].Text == "-")) {
		return true
	}
	switch strings.ToLower(t.Text) {
	case "today", "yesterday", "tomorrow", "tonight":
		return false
	}
	switch t.Tag {
	case "NOUN", "PROPN", "ADJ", "NUM":
		return !calendarWord(t.Text) || t.Tag != "PROPN"
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

// readChunk tells what the base noun phrase of tokens a to b names, and hands each mention to add.
func (c *Coder) readChunk(text string, s *sentence, words []string, a, b int, inMatch []*gazetteer.Match, nounAt []*gazetteer.NounMatch, placeAt []*gazetteer.PlaceMatch, add func(*mention) *mention) {
	start := a
	definite, plural := false, false
	for a < b && (s.tokens[a].Tag == "DET" || s.tokens[a].Tag == "NUM" && inMatch[a] == nil) {
		switch strings.ToLower(words[a]) {
		case "the", "this", "that", "these", "those", "both":
			definite = true
		}
		a++
	}
	for b > a && (s.tokens[b-1].Tag == "NUM" || s.tokens[b-1].Tag == "DET" || s.tokens[b-1].Tag == "PUNCT") && inMatch[b-1] == nil {
		b--
	}
	if a >= b {
		// "the two", "both": a pair without a noun
		for i := start; i < a; i++ {
			if w := strings.ToLower(words[i]); w == "both" || w == "two" {
				add(&mention{first: start, last: a, head: i, shape: nominal, definite: true, plural: true})
				break
			}
		}
		return
	}
	head := b - 1
	plural = s.tokens[head].Penn == "NNS" || s.tokens[head].Penn == "NNPS"

	// What is in the phrase, left of its head.
	state, office, officeFirst := "", "", -1
	var modifiers []*mention
	i := a
	for i < b {
		if m := inMatch[i]; m != nil && m.First == i && m.Last < b || m != nil && m.First == i && m.Form == gazetteer.Adjective && s.tokens[m.Last-1].Tag == "ADJ" {
			mod := &mention{first: m.First, last: m.Last, head: m.Last - 1, shape: modifier, entries: m.Entries, form: m.Form, doubtful: m.Doubtful}
			mod.kind = schema.ActorKind(m.Entries[0].Kind)
			modifiers = append(modifiers, mod)
			if i == start && m.Form != gazetteer.Adjective && c.locativeAt(words, i) {
				// "In Turkey Minister Ellwood": the place before the title is no part of it.
				mod.shape = named
				i = m.Last
				continue
			}
			if len(m.Entries) == 1 && m.Entries[0].Country != "" && m.Entries[0].Kind != "person" && m.Entries[0].Kind != "armed_group" {
				state = m.Entries[0].Country
			}
			i = m.Last
			continue
		}
		if p := placeAt[i]; p != nil && p.Start == i && p.End < b && inMatch[i] == nil && capitalised(words[i]) && (nounAt[i] == nil || nounAt[i].First != i) &&
			(s.tokens[p.End].Tag != "PROPN" || c.lexicon.classes["venue"][strings.ToLower(words[p.End])]) && words[p.End] != "-" && !(nameParticles[strings.ToLower(words[p.End])]) {
			modifiers = append(modifiers, &mention{first: p.Start, last: p.End, head: p.End - 1, shape: modifier, places: p.Candidates, grain: p.Grain})
			i = p.End
			continue
		}
		if nm := nounAt[i]; nm != nil && nm.First == i && nm.Noun.Class == gazetteer.Office && nm.Last < b {
			office = strings.TrimSpace(office + " " + nm.Noun.Same)
			if officeFirst < 0 {
				officeFirst = nm.First
			}
			i = nm.Last
			continue
		}
		i++
	}
	for _, m := range modifiers {
		add(m)
	}

	// 1. The phrase ends in a known name.
	if m := inMatch[head]; m != nil && m.Last == b && !(m.Form == gazetteer.Adjective && s.tokens[head].Tag == "ADJ") {
		first := m.First
		x := &mention{first: first, last: b, head: head, shape: named, entries: m.Entries, form: m.Form, doubtful: m.Doubtful, office: office, country: state, definite: definite, plural: plural}
		x.kind = schema.ActorKind(m.Entries[0].Kind)
		// "Senator John Kerry" when only "Kerry" is in the gazetteer, "Shehbaz" before "Sharif".
		if x.kind == schema.Person || m.Form == gazetteer.Surname {
			for first > a && s.tokens[first-1].Tag == "PROPN" && capitalised(words[first-1]) && inMatch[first-1] == nil && nounAt[first-1] == nil && !isTitle(words[first-1]) {
				first--
			}
			if first < x.first {
				// A longer name than the known one is another person unless the entry carries it.
				x.first, x.name = first, ""
				if !anyNameIs(m.Entries, s.text(text, first, b)) {
					x.entries, x.form = nil, 0
				}
			}
			x.person, x.kind = true, schema.Person
		}
		if p := placeAt[head]; p != nil && p.End == b {
			x.places, x.grain = p.Candidates, p.Grain
		}
		if x.name == "" {
			x.name = s.text(text, x.first, b)
		}
		if x.kind == schema.Person {
			if office != "" {
				x.title = strings.ToLower(s.text(text, officeFirst, x.first))
			}
			x.first = a // the title belongs to the phrase
		}
		if m.Form == gazetteer.People || m.Form == gazetteer.Adjective {
			x.kind, x.shape, x.people, x.plural = schema.Civilians, nominal, m.Entries[0], true
			x.entries = nil
			x.country = m.Entries[0].Country
			if inMatch[head].First > a {
				x.first = m.First
			}
		}
		x.head = c.treeHead(s, x.first, b)
		add(x)
		return
	}

	// 2. The phrase ends in a noun known as body, people or office.
	if nm := nounAt[head]; nm != nil && nm.Last == b && (nm.Noun.Class != gazetteer.Office || s.tokens[head].Tag == "NOUN" || nm.First == a || s.tokens[nm.First].Tag != "PROPN" || state != "") {
		x := &mention{first: start, last: b, head: head, shape: nominal, noun: nm.Noun, kind: schema.ActorKind(nm.Noun.Kind), country: state, definite: definite, plural: nm.Plural || nm.Noun.Plural}
		nameFirst := nm.First
		for _, m := range modifiers {
			if m.last <= nm.First && m.first < nameFirst && (len(m.entries) > 0 || len(m.places) > 0) {
				nameFirst = m.first
			}
		}
		// "Nicaraguan Contra rebels", "Syrian Kurdish fighters": capitalised words in between belong to the name.
		for nameFirst > a && (capitalised(words[nameFirst-1]) && s.tokens[nameFirst-1].Tag != "DET" || words[nameFirst-1] == "-") && nameFirst-1 > start-1 && !sentenceStart(s, nameFirst-1) {
			nameFirst--
		}
		x.name = s.text(text, nameFirst, b)
		if nm.Noun.Class == gazetteer.Office {
			x.person, x.kind, x.office = true, schema.Person, strings.TrimSpace(office+" "+nm.Noun.Same)
			if x.plural {
				x.person, x.kind = false, schema.Government
			}
		}
		if len(modifiers) > 0 {
			last := modifiers[len(modifiers)-1]
			// "Hamas fighters", "YPG militia": a group's name before its people is the group.
			if len(last.entries) == 1 && last.shape == modifier && last.form != gazetteer.Adjective {
				switch last.entries[0].Kind {
				case "armed_group", "igo":
					if x.kind != schema.Person {
						x.entries, x.form = last.entries, last.form
						x.kind = schema.ActorKind(last.entries[0].Kind)
						x.shape = named
					}
				case "person":
					// "the Assad regime": the government of the person's state.
					x.country = last.entries[0].Country
				}
			}
		}
		x.head = c.treeHead(s, a, b)
		add(x)
		return
	}

	// 3. The phrase ends in a name that no list knows.
	if (s.tokens[head].Tag == "PROPN" || s.tokens[head].Tag == "X" && capitalised(words[head])) && !calendarWord(words[head]) {
		first := head
		for first > a && inMatch[first-1] == nil && (nounAt[first-1] == nil || nounAt[first-1].Noun.Class != gazetteer.Office || first-1 < officeFirst) &&
			(s.tokens[first-1].Tag == "PROPN" || s.tokens[first-1].Tag == "X" || nameParticles[strings.ToLower(words[first-1])] || first-2 >= a && c.joinsName(s, words, a, first-1, inMatch) || s.tokens[first-1].Tag == "ADJ" && capitalised(words[first-1]) && !sentenceStart(s, first-1) || words[first-1] == "-" || s.tokens[first-1].Tag == "PART") && !isTitle(words[first-1]) {
			first--
		}
		for first < head && (words[first] == "-" || isTitle(words[first])) {
			first++
		}
		x := &mention{first: first, last: b, shape: named, office: office, country: state, definite: definite, plural: plural}
		titled := first > a && isTitle(words[first-1])
		if p := placeAt[head]; p != nil && p.End == b && office == "" && !titled && (p.Start <= first || b-first > 4) {
			x.places, x.grain = p.Candidates, p.Grain
			x.first, x.name = p.Start, ""
		}
		switch {
		case office != "" || titled:
			x.person, x.kind = true, schema.Person
		case c.organisationWord(words[head]):
			x.kind = schema.OtherActor
			x.first, x.name = nameStart(s, words, a, first), ""
		case x.places != nil:
		case b-x.first >= 2 && b-x.first <= 4 && c.givenNames[strings.ToLower(words[x.first])]:
			x.person, x.kind = true, schema.Person
		default:
			x.kind = schema.OtherActor
		}
		if _, weapon := c.lexicon.weapons[strings.ToLower(s.text(text, x.first, b))]; weapon && !x.person || x.kind == schema.OtherActor && s.titleCase() && b-x.first == 1 {
			return
		}
		if x.name == "" {
			x.name = s.text(text, x.first, b)
		}
		if x.person {
			if officeFirst >= 0 && officeFirst < x.first {
				x.title = strings.ToLower(s.text(text, officeFirst, x.first))
			}
			x.first = a
		}
		x.head = c.treeHead(s, x.first, b)
		add(x)
		return
	}

	// 4. A common noun that points back.
	lemma := s.lemma(head)
	if _, ok := anaphors[lemma]; ok || pairs[lemma] && plural {
		x := &mention{first: start, last: b, head: head, shape: nominal, country: state, definite: definite, plural: plural}
		for _, m := range modifiers {
			if len(m.entries) == 1 && m.entries[0].Kind != "state" && m.form != gazetteer.Adjective {
				x.entries, x.form, x.kind, x.shape = m.entries, m.form, schema.ActorKind(m.entries[0].Kind), named
			}
		}
		if kinds := anaphors[lemma]; x.shape == nominal && !plural && len(kinds) > 0 && kinds[0] != schema.State {
			// "the Jaysh al-Dhulm group": the unknown name before the noun is the group's.
			first := head
			for first > a && (s.tokens[first-1].Tag == "PROPN" || words[first-1] == "-" || nameParticles[strings.ToLower(words[first-1])]) && inMatch[first-1] == nil && !sentenceStart(s, first-1) {
				first--
			}
			if first < head {
				x.shape, x.kind, x.first, x.last = named, kinds[0], first, b
				x.name = s.text(text, first, head)
			}
		}
		add(x)
		return
	}

	// 5. Names inside a phrase that names nobody itself: "the Mosul operation", or words
	// that were taken for one phrase and are not.
	if end := b - 1; s.tokens[head].Tag != "PROPN" {
		for end > a && (s.tokens[end-1].Tag != "PROPN" || inMatch[end-1] != nil || placeAt[end-1] != nil && placeAt[end-1].End <= end && inModifier(modifiers, end-1)) {
			end--
		}
		if end > a {
			c.readChunk(text, s, words, start, end, inMatch, nounAt, placeAt, func(m *mention) *mention {
				if m.shape == modifier {
					return m
				}
				m.inner = true
				return add(m)
			})
		}
	}
}

func inModifier(list []*mention, i int) bool {
	for _, m := range list {
		if m.first <= i && i < m.last {
			return true
		}
	}
	return false
}

// nameStart goes back over the capitalised words of an organisation's name, its state's adjective included.
func nameStart(s *sentence, words []string, a, first int) int {
	for first > a && capitalised(words[first-1]) && s.tokens[first-1].Tag != "DET" {
		first--
	}
	return first
}

func sentenceStart(s *sentence, i int) bool { return i == 0 || s.tokens[i-1].Tag == "PUNCT" && i == 1 }

func isTitle(w string) bool {
	switch strings.TrimSuffix(strings.ToLower(w), ".") {
	case "mr", "mrs", "ms", "dr", "sir", "lord", "lady", "sheikh", "ayatollah", "mullah", "gen", "col", "lt", "maj", "capt", "sen", "rep", "prof", "gov", "hojatoleslam", "dame", "madam", "rev", "adm", "sgt", "brig":
		return true
	}
	return false
}

func anyNameIs(entries []*gazetteer.Entry, name string) bool {
	want := schema.Spelling(name)
	for _, e := range entries {
		if schema.Spelling(e.Name) == want {
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

// organisationWord tells that a name ending in this word is an organisation's.
func (c *Coder) organisationWord(w string) bool {
	w = strings.ToLower(w)
	if n, ok := c.actors.Noun([]string{w}); ok && n.Class == gazetteer.Body {
		return true
	}
	return c.lexicon.classes["organisation"][w]
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
