package extract

import (
	"slices"
	"strings"

	"incidentgraph/loader/article"
	"incidentgraph/loader/language"
	"incidentgraph/schema"
)

// sentence is a sentence of the article with its parse and what was found in it.
type sentence struct {
	article.Sentence
	number   int
	tokens   []language.Token
	lemmas   []string // of the tokens, in small letters
	lows     []string // the words as written, in small letters
	children [][]int
	// mentions are the actors and places named, in text order.
	mentions []*mention
	// speaker is who utters the sentence when it stands in quotation marks.
	speaker *actor
	// heard tells in a word by what it is known who the speaker is.
	heard string
	// perhaps is who may speak where nobody is known to: whose statement was announced before.
	perhaps *actor
	// voices are those for whom who speaks may speak, once found.
	voices []voice
	// quoted marks tokens inside quotation marks.
	quoted  []bool
	slotsOf [][]slot
	// times are the expressions of time, weapons the tokens that name weapons; found once.
	times   *[]moment
	weapons *[]armed
	cast    *cast
	// settled tells that it is known who its mentions mean; from then on asked keeps what was found out of each token.
	settled bool
	asked   []asked
	// index is its place among the sentences that are read.
	index int
	// gist is the mean meaning of its words, once asked.
	gist []float32
	// ruled are the claims that the lexicon makes of each token, why the reasons for which it makes none.
	ruled [][]*claim
	why   []string
}

// asked is what was found out of a token of a settled sentence, each with whether it was sought.
type asked struct {
	act, saying                              *trigger  // see Coder.find and Coder.sayingEntry
	arguments                                []slot    // see Coder.argumentSlots
	counted                                  []int     // see sentence.counted, nil when it was not sought
	link                                     string    // see sentence.linkOf, "" when it was not sought
	vector                                   []float32 // see reading.vector, nil when it was not sought
	hints                                    []hint    // see lexicon.hintsOf
	soughtAct, soughtSaying, soughtArguments bool
	soughtHints                              bool
}

// slot is a dependent of a predicate under the name its deep role has: "nsubj" and
// "obj" after passives, participles, relative clauses, control and coordination are
// undone; prepositions for obliques ("on"); "poss", "amod", "compound" for nouns.
type slot struct {
	name  string
	token int
}

func newSentence(s article.Sentence, number int, p language.Sentence) *sentence {
	repair(p.Tokens)
	out := &sentence{Sentence: s, number: number, tokens: p.Tokens}
	out.lemmas, out.lows = make([]string, len(p.Tokens)), make([]string, len(p.Tokens))
	for i := range p.Tokens {
		out.lemmas[i], out.lows[i] = strings.ToLower(p.Tokens[i].Lemma), strings.ToLower(p.Tokens[i].Text)
	}
	out.hang()
	return out
}

// hang notes what hangs on what, and forgets what was found by it.
func (s *sentence) hang() {
	s.children = childrenOf(s.tokens)
	s.slotsOf = make([][]slot, len(s.tokens))
	s.asked = make([]asked, len(s.tokens))
}

// rehang mends what the parser hangs wrongly, where it takes knowledge of words: it gives a relative clause with "who" that hangs on a
// thing to the people whose it is ("an American fighter with Somali heritage, who was killed"), a participle behind an object to that
// ("freed two Italians jailed in 1981"), and what is avenged to the word for revenge ("in retaliation for an attack").
func (s *sentence) rehang(words *Coder) {
	moved := false
	for i := range s.tokens {
		if h := s.tokens[i].Head; s.tokens[i].Relation == "xcomp" && s.tokens[i].Penn == "VBN" && h >= 0 && !words.is("causing", s.lemma(h)) {
			if o := s.child(h, "obj"); o >= 0 && o == i-1 && s.tokens[o].Tag != "PRON" {
				s.tokens[i].Head, s.tokens[i].Relation, moved = o, "acl", true
			}
			continue
		}
		if base(s.tokens[i].Relation) == "obl" && s.tokens[i].Head < i {
			first := i
			for first > 0 && s.tokens[first-1].Head == i {
				first--
			}
			if before := first - 1; before >= 0 && s.nominal(before) && words.is("reprisal", s.lemma(before)) && s.tokens[before].Head == s.tokens[i].Head &&
				(s.lows[first] == "for" || s.lows[first] == "to") {
				s.tokens[i].Head, s.tokens[i].Relation, moved = before, "nmod", true
			}
			continue
		}
		if s.tokens[i].Relation != "acl:relcl" {
			continue
		}
		h, who := s.tokens[i].Head, s.child(i, "nsubj", "nsubj:pass")
		if who < 0 || s.lows[who] != "who" || s.tokens[h].Tag != "NOUN" || s.someone(h) {
			continue
		}
		for n, g := 0, h; n < 2 && base(s.tokens[g].Relation) == "nmod"; n++ {
			if g = s.tokens[g].Head; s.someone(g) {
				s.tokens[i].Head, moved = g, true
				break
			}
		}
	}
	if moved {
		s.hang()
	}
}

// childrenOf gives the dependents of each token in text order.
func childrenOf(tokens []language.Token) [][]int {
	count := make([]int, len(tokens))
	for i := range tokens {
		if h := tokens[i].Head; h >= 0 {
			count[h]++
		}
	}
	out, all := make([][]int, len(tokens)), make([]int, len(tokens))
	for i, n := range count {
		out[i], all = all[:0:n], all[n:]
	}
	for i := range tokens {
		if h := tokens[i].Head; h >= 0 {
			out[h] = append(out[h], i)
		}
	}
	return out
}

// repair mends what the parser is known to get wrong: a noun that is coordinated with a
// verb which has no object is that verb's object ("carried out missile and drone strikes"),
// a clause with "that" is a complement, an object belongs to the verb before it.
func repair(tokens []language.Token) {
	for i := range tokens {
		if tokens[i].Relation == "nsubj" && tokens[i].Head > i {
			finite(tokens, tokens[i].Head)
			objectBefore(tokens, i)
		}
		if base(tokens[i].Relation) == "obl" && tokens[i].Head >= 0 && tokens[i].Head < i {
			whenItWill(tokens, i)
		}
		if tokens[i].Relation == "nsubj:pass" && tokens[i].Head > i && tokens[tokens[i].Head].Penn == "VBD" {
			active(tokens, i)
		}
		if tokens[i].Relation == "case" {
			for n := 0; n < 4 && tokens[i].Head >= 0 && tokens[tokens[i].Head].Relation == "flat" && tokens[tokens[i].Head].Head > i; n++ {
				tokens[i].Head = tokens[tokens[i].Head].Head // "with Jaish al-Islam": it stands before the whole name
			}
		}
	}
	listSubjects(tokens)
	for i := range tokens {
		enumerate(tokens, i)
	}
	for i := range tokens {
		t := &tokens[i]
		if t.Relation == "obl" || t.Relation == "obl:unmarked" || t.Relation == "advmod" {
			outside(tokens, i)
		}
		if t.Relation == "acl:relcl" && t.Head >= 0 && harms[t.Lemma] {
			deadly(tokens, i)
		}
		if t.Relation == "case" && strings.EqualFold(t.Text, "with") && t.Head > i {
			besidePlace(tokens, t.Head)
		}
		if t.Penn == "POS" && t.Relation == "case" {
			owned(tokens, i)
			continue
		}
		if strings.EqualFold(t.Text, "at") && i+1 < len(tokens) && (strings.EqualFold(tokens[i+1].Text, "least") || strings.EqualFold(tokens[i+1].Text, "most")) {
			bounded(tokens, i)
			continue
		}
		if t.Relation == "obl" && t.Head >= 0 && t.Head < i && tokens[t.Head].Tag == "VERB" {
			unmarked(tokens, i)
			continue
		}
		if t.Relation == "mark" && strings.EqualFold(t.Text, "that") && t.Head >= 0 {
			// "demanded that ...": whatever it was called, a clause with "that" after a verb is its complement.
			v := &tokens[t.Head]
			if (v.Relation == "parataxis" || base(v.Relation) == "advcl" || v.Relation == "dep") && v.Head >= 0 && v.Head < t.Head && tokens[v.Head].Tag == "VERB" {
				v.Relation = "ccomp"
			}
		}
		if t.Lemma == "hostage" && t.Penn == "NN" && i > 0 && t.Head >= 0 && t.Head < i {
			captive(tokens, i)
		}
		if t.Relation == "case" && i > 0 && t.Head > i && tokens[t.Head].Relation == "nmod" && tokens[i-1].Tag == "NOUN" &&
			tokens[i-1].Relation == "conj" && tokens[t.Head].Head == tokens[i-1].Head {
			tokens[t.Head].Head = i - 1 // "death of children and injuries to girls": to hangs on injuries
		}
		if t.Relation == "conj" && t.Head >= 0 && t.Head < i {
			if ownSubject(tokens, i); tokens[i].Relation != "conj" {
				continue
			}
		}
		if t.Relation == "conj" && t.Head >= 0 && t.Head < i && t.Tag == "NOUN" && tokens[t.Head].Tag == "NOUN" {
			reattach(tokens, i)
			continue
		}
		if t.Relation == "conj" && t.Head >= 0 && t.Head < i && t.Tag == "VERB" && tokens[t.Head].Tag == "NOUN" && tokens[t.Head].Relation == "obj" {
			ownObject(tokens, i)
		}
		if t.Relation == "conj" && t.Head >= 0 && t.Head < i {
			described(tokens, i)
		}
		if t.Relation != "conj" || t.Tag != "NOUN" || t.Head < 0 || t.Head > i || tokens[t.Head].Tag != "VERB" {
			continue
		}
		free, object := true, -1
		for j := range tokens {
			if tokens[j].Head == i && (tokens[j].Relation == "cop" || base(tokens[j].Relation) == "nsubj") {
				free = false
			}
			if tokens[j].Head == t.Head && base(tokens[j].Relation) == "obj" {
				free, object = false, j
			}
		}
		if object >= 0 && object < i {
			t.Head = object // "carried out missile and drone strikes": the nouns are coordinated
		}
		if free {
			t.Relation = "obj"
		}
	}
}

// captive parts who is taken from what he is taken as: "took two nuns hostage".
func captive(tokens []language.Token, i int) {
	v, who := tokens[i].Head, i-1
	switch tokens[v].Lemma {
	case "take", "hold", "seize", "keep":
	default:
		return
	}
	if tokens[who].Head != i || !(tokens[who].Tag == "NOUN" || tokens[who].Tag == "PROPN" || tokens[who].Tag == "NUM") {
		return
	}
	for j := range tokens {
		if tokens[j].Head == i && j != who {
			if j < i {
				tokens[j].Head = who
			} else {
				tokens[j].Head = v
			}
		}
	}
	tokens[who].Head, tokens[who].Relation = v, "obj"
	tokens[i].Relation = "xcomp"
}

// outside takes a circumstance that stands before a noun from the clause behind that noun, which cannot reach it, and gives it to
// the verb that governs the noun: "Yesterday two companies specialised in transport struck an accord".
func outside(tokens []language.Token, i int) {
	h := tokens[i].Head
	if h < 0 || base(tokens[h].Relation) != "acl" || i > tokens[h].Head || tokens[h].Head > h {
		return
	}
	for v := tokens[h].Head; v >= 0; v = tokens[v].Head {
		if tokens[v].Tag == "VERB" || tokens[v].Head < 0 {
			tokens[i].Head = v
			return
		}
	}
}

// deadly gives a relative clause that tells whom something killed to the attack it was: "the attack on the frigate in the Gulf,
// which killed 37".
func deadly(tokens []language.Token, i int) {
	which := false
	for j := tokens[i].Head + 1; j < i; j++ {
		which = which || tokens[j].Head == i && base(tokens[j].Relation) == "nsubj" && (tokens[j].Penn == "WDT" || tokens[j].Penn == "WP" && !strings.EqualFold(tokens[j].Text, "who"))
	}
	for h, n := tokens[i].Head, 0; which && h >= 0 && n < 5; n++ {
		switch tokens[h].Lemma {
		case "attack", "strike", "airstrike", "raid", "bombing", "bombardment", "shelling", "assault", "explosion", "blast", "offensive", "ambush":
			tokens[i].Head = h
			return
		}
		if base(tokens[h].Relation) != "nmod" {
			return
		}
		h = tokens[h].Head
	}
}

// whenItWill gives a circumstance that stands behind a second verb, of what lies ahead, to that verb, where the parser gave it to the first:
// "met Erdogan and will visit Ankara in May".
func whenItWill(tokens []language.Token, i int) {
	first, second, will := tokens[i].Head, -1, -1
	for j := first + 1; j < i; j++ {
		switch {
		case tokens[j].Head == first && tokens[j].Relation == "conj" && tokens[j].Tag == "VERB":
			second = j
		case tokens[j].Relation == "aux" && tokens[j].Lemma == "will":
			will = tokens[j].Head
		}
	}
	if second >= 0 && will == second && tokens[first].Penn == "VBD" {
		tokens[i].Head = second
	}
}

// objectBefore gives a verb that has no object the noun right behind it, which the parser took for the subject of a second verb with the one
// that is: "Israel bombed Beirut and Hezbollah fired rockets".
func objectBefore(tokens []language.Token, i int) {
	v := tokens[i].Head // the second verb, behind token i
	if tokens[v].Relation != "conj" || i == 0 {
		return
	}
	first, begin := tokens[v].Head, i
	for begin > 0 && tokens[begin-1].Head == i {
		begin--
	}
	if first != begin-1 || tokens[first].Tag != "VERB" {
		return
	}
	other, joins := -1, -1
	for j := range tokens {
		switch {
		case tokens[j].Head == first && (base(tokens[j].Relation) == "obj" || base(tokens[j].Relation) == "ccomp"):
			return
		case tokens[j].Head == i && tokens[j].Relation == "conj" && j < v:
			other = j
		}
	}
	for j := i; other > i && j < other; j++ {
		if tokens[j].Relation == "cc" && tokens[j].Head == other {
			joins = j
		}
	}
	if joins < 0 {
		return
	}
	tokens[i].Head, tokens[i].Relation = first, "obj"
	tokens[other].Head, tokens[other].Relation = v, "nsubj"
	tokens[joins].Head = v
}

// ownSubject makes a noun that is coordinated with a verb, or with what hangs on it, the subject of the verb right behind it: "Germany sold
// and Italy gave", "Libya bombed a village and Chad closed its border".
func ownSubject(tokens []language.Token, i int) {
	h, v := tokens[i].Head, i+1
	for v < len(tokens) && (tokens[v].Head == i && tokens[v].Relation == "flat" || tokens[v].Tag == "ADV" && tokens[v].Head > v) {
		v++
	}
	if v >= len(tokens) || tokens[i].Tag != "PROPN" && tokens[i].Tag != "NOUN" || tokens[v].Tag != "VERB" || tokens[v].Relation != "conj" || tokens[v].Penn == "VBG" {
		return
	}
	switch base(tokens[h].Relation) {
	case "obj", "obl", "nmod":
		for n := 0; tokens[h].Tag != "VERB" && tokens[h].Head >= 0 && n < 3; n++ {
			h = tokens[h].Head
		}
	}
	if tokens[h].Tag != "VERB" || tokens[v].Head != h || tokens[i].Tag == "NOUN" && h == tokens[i].Head {
		return
	}
	joins := -1
	for j := range tokens {
		switch {
		case tokens[j].Head == v && base(tokens[j].Relation) == "nsubj":
			return
		case j < i && tokens[j].Relation == "cc" && (tokens[j].Head == i || tokens[j].Head == v):
			joins = j
		}
	}
	if joins < 0 {
		return
	}
	tokens[joins].Head = v
	tokens[i].Head, tokens[i].Relation = v, "nsubj"
}

// farOwn is how many words behind a verb its object is looked for.
const farOwn = 20

// ownObject joins a verb that was taken for one more object with the verb that governs it, when a noun follows that is its
// own: "killed 11 soldiers and wounded 22 civilians".
func ownObject(tokens []language.Token, i int) {
	h := tokens[i].Head
	for j := i + 1; j < min(len(tokens), i+farOwn); j++ {
		if tokens[j].Head == h && tokens[j].Relation == "conj" && tokens[j].Tag == "NOUN" && tokens[h].Head >= 0 {
			tokens[j].Head, tokens[j].Relation = i, "obj"
			tokens[i].Head = tokens[h].Head
			if tokens[i].Penn == "VBN" {
				tokens[i].Penn = "VBD"
			}
			return
		}
	}
}

// active makes the subject of a verb in the past that no auxiliary makes passive one of the active voice: "the president hit
// back." A headline leaves the auxiliary out.
func active(tokens []language.Token, i int) {
	if tokens[len(tokens)-1].Tag != "PUNCT" {
		return
	}
	for j := i + 1; j < tokens[i].Head; j++ {
		if tokens[j].Head == tokens[i].Head && base(tokens[j].Relation) == "aux" {
			return
		}
	}
	tokens[i].Relation = "nsubj"
}

// described joins a noun that is coordinated with a name to the noun in apposition that no comma parts it from: "Mehmet Aksoy,
// the film-maker and activist,".
func described(tokens []language.Token, i int) {
	h := tokens[i].Head
	if tokens[i].Tag != "NOUN" || tokens[h].Tag != "PROPN" {
		return
	}
	for a := i - 1; a > h && tokens[a].Text != ","; a-- {
		if tokens[a].Relation == "appos" && tokens[a].Head == h {
			tokens[i].Head = a
			return
		}
	}
}

// few are the numbers of people that a list behind them names.
var few = map[string]int{"two": 2, "three": 3, "four": 4, "five": 5}

// enumerate hangs on noun i the names that say who its people are, when there are as many as it counts: "two Americans, James Foley
// and Steven Sotloff", often taken for three in one list.
func enumerate(tokens []language.Token, i int) {
	if tokens[i].Penn != "NNS" && tokens[i].Penn != "NNPS" || i+1 >= len(tokens) || tokens[i+1].Text != "," {
		return
	}
	count := 0
	for j := max(0, i-4); j < i; j++ {
		if tokens[j].Head == i && tokens[j].Relation == "nummod" {
			count = few[strings.ToLower(tokens[j].Text)]
		}
	}
	if count == 0 {
		return
	}
	var heads []int
	joined := false
	at := i + 1
	for at < len(tokens) && !joined && len(heads) < count {
		if tokens[at].Text == "," {
			at++
		}
		if at < len(tokens) && tokens[at].Tag == "CCONJ" {
			joined = true
			at++
		}
		from, head := at, -1
		for at < len(tokens) && tokens[at].Tag == "PROPN" {
			at++
		}
		for t := at - 1; t >= from; t-- {
			if h := tokens[t].Head; h < from || h >= at {
				head = t
			}
		}
		if head < 0 {
			return
		}
		heads = append(heads, head)
	}
	if !joined || len(heads) != count {
		return
	}
	for h, n := tokens[i].Head, 0; h >= 0 && n < len(tokens); h, n = tokens[h].Head, n+1 {
		if h > i && h < at {
			return // no word may hang on what hangs on it
		}
	}
	for n, h := range heads {
		tokens[h].Head, tokens[h].Relation = heads[0], "conj"
		if n == 0 {
			tokens[h].Head, tokens[h].Relation = i, "appos"
		}
	}
}

// listSubjects joins what was taken for two subjects of one verb and is a list of names: "Russia,
// Iran and Turkey have agreed".
func listSubjects(tokens []language.Token) {
	for b := range tokens {
		if base(tokens[b].Relation) != "nsubj" {
			continue
		}
		v := tokens[b].Head
		for a := b - 1; a >= 0; a-- {
			if base(tokens[a].Relation) == "nsubj" && tokens[a].Head == v && v > b && listed(tokens, a, b) {
				tokens[b].Head, tokens[b].Relation = a, "conj"
				for j := b + 1; j < v; j++ {
					if tokens[j].Head == b && tokens[j].Relation == "conj" {
						tokens[j].Head = a
					}
				}
				break
			}
		}
	}
}

// listed tells that only words of a list stand between the names headed by tokens a and b:
// "and", or commas when "and" follows b.
func listed(tokens []language.Token, a, b int) bool {
	if tokens[a].Tag == "PRON" || tokens[b].Tag == "PRON" {
		return false
	}
	comma, and := false, false
	for i := a + 1; i < b; i++ {
		switch t := tokens[i]; {
		case t.Text == ",":
			comma = true
		case t.Tag == "CCONJ" && t.Head == b:
			and = true
		case (t.Head == a || t.Head == b || t.Head > a && t.Head < b) && t.Tag != "VERB" && t.Tag != "AUX" && t.Tag != "SCONJ" && t.Tag != "ADP" && t.Relation != "appos":
		default:
			return false
		}
	}
	if and || !comma || tokens[b].Tag != "PROPN" {
		return and
	}
	for i := b + 1; i < tokens[b].Head; i++ {
		if (tokens[i].Head == b || tokens[i].Head == a) && tokens[i].Relation == "conj" && tokens[i].Tag == "PROPN" {
			return true
		}
	}
	return false
}

// besidePlace takes a phrase with "with" from the name of a place or day before it, and gives it
// to what happened there: "met in Riyadh with the king", "talks on Monday with Iran".
func besidePlace(tokens []language.Token, t int) {
	name := tokens[t].Head
	if base(tokens[t].Relation) != "nmod" || name < 0 || name > t || tokens[name].Tag != "PROPN" || tokens[name].Head < 0 || tokens[name].Head > name {
		return
	}
	switch base(tokens[name].Relation) {
	case "obl", "nmod":
	default:
		return
	}
	for j := range tokens[:name] {
		if tokens[j].Head == name && tokens[j].Relation == "case" {
			switch strings.ToLower(tokens[j].Text) {
			case "in", "at", "on":
				tokens[t].Head, tokens[t].Relation = tokens[name].Head, tokens[name].Relation
				return
			}
		}
	}
}

// owned hangs a name with "'s" that was taken for a subject or object of its own on the
// noun it owns: "Pompeo's nine-country tour ended".
func owned(tokens []language.Token, mark int) {
	name := tokens[mark].Head
	if name < 0 || name > mark || tokens[name].Head < 0 {
		return
	}
	switch base(tokens[name].Relation) {
	case "nsubj", "obj", "iobj":
	default:
		return
	}
	for j := mark + 1; j < len(tokens) && j < mark+8; j++ {
		switch t := tokens[j]; {
		case t.Tag == "VERB" && t.Relation != "amod", t.Tag == "AUX", t.Tag == "SCONJ":
			return
		case t.Tag == "NOUN" || t.Tag == "PROPN":
			if t.Head == tokens[name].Head && base(t.Relation) != "compound" {
				tokens[name].Head, tokens[name].Relation = j, "nmod:poss"
				return
			}
		}
	}
}

// bounded takes the "at" of "at least four countries" for what it is, no preposition, and
// the noun it seemed to govern for the object of its verb.
func bounded(tokens []language.Token, at int) {
	noun := -1
	for j := at + 2; j < len(tokens) && j < at+6; j++ {
		if tokens[j].Tag == "NOUN" || tokens[j].Tag == "PROPN" {
			noun = j
			break
		}
	}
	if tokens[at].Relation != "case" || noun < 0 {
		return
	}
	tokens[at].Relation = "advmod"
	t := &tokens[noun]
	if t.Head < 0 || t.Head > at || tokens[t.Head].Tag != "VERB" || base(t.Relation) != "obl" {
		return
	}
	for j := range tokens {
		if j != noun && tokens[j].Head == t.Head && base(tokens[j].Relation) == "obj" || tokens[j].Head == noun && tokens[j].Relation == "case" {
			return
		}
	}
	t.Relation = "obj"
}

// unmarked makes an object of a noun that was called an oblique though it has no preposition
// and its verb no object: "killed more than 90 people".
func unmarked(tokens []language.Token, noun int) {
	for j := range tokens {
		if tokens[j].Head == noun && (tokens[j].Relation == "case" || tokens[j].Relation == "mark") ||
			tokens[j].Head == tokens[noun].Head && (base(tokens[j].Relation) == "obj" || tokens[j].Relation == "aux:pass") {
			return
		}
	}
	tokens[noun].Relation = "obj"
}

// finite makes a verb of a past form with a subject that was taken for a participle before
// its object: "the Guards fired missiles". The noun it was hung on becomes its object.
func finite(tokens []language.Token, v int) {
	t := &tokens[v]
	if t.Tag != "VERB" || t.Relation != "amod" || t.Head <= v {
		return
	}
	noun := &tokens[t.Head]
	t.Head, t.Relation, t.Penn = noun.Head, "ccomp", "VBD"
	if t.Head < 0 {
		t.Relation = "root"
	}
	noun.Head, noun.Relation = v, "obj"
}

// reattach gives a noun that is coordinated with an object across a second verb to that verb:
// "killed 11 soldiers and wounded 22 civilians".
func reattach(tokens []language.Token, i int) {
	first := tokens[i].Head
	for v := first + 1; v < i; v++ {
		if tokens[v].Tag != "VERB" || tokens[v].Relation != "conj" || tokens[v].Head != tokens[first].Head {
			continue
		}
		for j := range tokens {
			if tokens[j].Head == v && base(tokens[j].Relation) == "obj" {
				return
			}
		}
		tokens[i].Head, tokens[i].Relation = v, "obj"
		return
	}
}

// base cuts the subtype off a relation.
func base(relation string) string {
	b, _, _ := strings.Cut(relation, ":")
	return b
}

func (s *sentence) lemma(i int) string { return s.lemmas[i] }
func (s *sentence) low(i int) string   { return s.lows[i] }

// child gives the first dependent of i with one of the relations, -1 for none.
func (s *sentence) child(i int, relations ...string) int {
	for _, c := range s.children[i] {
		for _, r := range relations {
			if s.tokens[c].Relation == r {
				return c
			}
		}
	}
	return -1
}

func (s *sentence) verbal(i int) bool {
	return s.tokens[i].Tag == "VERB" || s.tokens[i].Tag == "AUX"
}

func (s *sentence) nominal(i int) bool {
	switch s.tokens[i].Tag {
	case "NOUN", "PROPN", "PRON", "NUM", "SYM":
		return true
	}
	return false
}

// passive tells that the surface subject of predicate i is its deep object.
func (s *sentence) passive(i int) bool {
	if s.child(i, "aux:pass") >= 0 || s.child(i, "nsubj:pass") >= 0 && (s.tokens[i].Penn != "VBD" || s.child(i, "obj") < 0) {
		return true // a past form with an object has a subject, whatever that was called
	}
	if s.tokens[i].Penn != "VBN" || s.child(i, "obj") >= 0 || s.tokens[i].Relation == "acl:relcl" && s.child(i, "nsubj") >= 0 {
		return false
	}
	for _, c := range s.children[i] {
		if s.tokens[c].Relation == "aux" && s.lemma(c) == "have" {
			return false
		}
	}
	if s.child(i, "nsubj") >= 0 && s.tokens[len(s.tokens)-1].Text == "." {
		return false // "the army and the rebels fought": a past form taken for a participle; headlines have no full stop
	}
	if s.tokens[i].Relation == "conj" {
		h := s.tokens[i].Head
		if s.verbal(h) && s.child(i, "nsubj") < 0 {
			return s.passive(h)
		}
	}
	return true
}

// prepositions gives the case words of a noun, joined where they are fixed ("because of" -> "because").
func (s *sentence) prepositions(i int) []string {
	var out []string
	for _, c := range s.children[i] {
		if s.tokens[c].Relation == "case" && s.tokens[c].Tag != "PART" {
			out = append(out, s.lemma(c))
		}
	}
	return out
}

// preposition gives the first of them, "" for none.
func (s *sentence) preposition(i int) string {
	for _, c := range s.children[i] {
		if s.tokens[c].Relation == "case" && s.tokens[c].Tag != "PART" {
			return s.lemma(c)
		}
	}
	return ""
}

// heldAgainst tells that the clause of token i says what the object of the clause above does: "accused Russia of
// shelling", "thanked Egypt for freeing", "kept Iran from attacking", "warned it against firing".
func (s *sentence) heldAgainst(i int) bool {
	for _, c := range s.children[i] {
		if r := s.tokens[c].Relation; r == "mark" || r == "case" {
			switch s.lows[c] {
			case "of", "for", "from", "against":
				return true
			}
		}
	}
	return false
}

func relative(t language.Token) bool {
	switch t.Penn {
	case "WP", "WDT", "WP$":
		return true
	}
	return false
}

// slots gives the dependents of token i by deep role.
func (s *sentence) slots(i int) []slot {
	if s.slotsOf[i] != nil {
		return s.slotsOf[i]
	}
	// A guard against going round: whoever asks for i while i is being made sees nothing.
	s.slotsOf[i] = []slot{}
	var out []slot
	switch {
	case !s.nominal(i):
		out = s.verbSlots(i)
	case s.child(i, "cop") < 0:
		out = s.nounSlots(i)
	default: // "Iran is a close ally of Syria": a predicate with the slots of a noun
		out = s.verbSlots(i)
		for _, sl := range s.nounSlots(i) {
			if !slices.Contains(out, sl) {
				out = append(out, sl)
			}
		}
	}
	s.slotsOf[i] = out
	return out
}

// subjects gives the surface subjects of predicate i, its own or inherited.
func (s *sentence) subjects(i, depth int) []int {
	if depth > 8 {
		return nil
	}
	subject := -1
	for _, c := range s.children[i] {
		switch s.tokens[c].Relation {
		case "nsubj", "nsubj:pass", "nsubj:outer":
			// Of two subjects, which is one too many, the nearer is the verb's own.
			if s.tokens[c].Penn != "EX" && (subject < 0 || abs(c-i) < abs(subject-i)) {
				subject = c
			}
		}
	}
	if subject >= 0 {
		if relative(s.tokens[subject]) {
			if a := s.antecedentOf(i, subject); a >= 0 {
				return []int{a}
			}
		}
		return []int{subject}
	}
	h := s.tokens[i].Head
	if rel := base(s.tokens[i].Relation); rel == "root" || rel == "ccomp" || rel == "parataxis" {
		if t := s.before(i); t >= 0 {
			return []int{t}
		}
	}
	if h < 0 {
		return nil
	}
	switch rel := s.tokens[i].Relation; {
	case rel == "conj" && (s.verbal(h) || s.child(h, "cop") >= 0):
		return s.subjects(h, depth+1)
	case rel == "xcomp":
		for _, sl := range []string{"obj", "iobj"} {
			if o := s.child(h, sl); o >= 0 && !s.passive(h) && (s.mentioned(o) || s.tokens[i].Penn != "VBG") {
				return []int{o}
			}
		}
		return s.subjects(h, depth+1)
	case base(rel) == "advcl" && (s.tokens[i].Penn == "VBG" || s.tokens[i].Penn == "VB" || s.tokens[i].Penn == "VBN") && s.child(i, "aux") < 0:
		if o := s.child(h, "obj"); o >= 0 && s.mentioned(o) && !s.passive(h) && s.heldAgainst(i) {
			return []int{o}
		}
		if s.verbal(h) {
			return s.subjects(h, depth+1)
		}
		return s.governing(h, depth+1)
	case rel == "acl" && (s.tokens[i].Penn == "VBN" || s.tokens[i].Penn == "VBD" || s.tokens[i].Penn == "VBZ"):
		return []int{h}
	case rel == "acl" && s.tokens[i].Penn == "VBG":
		// "in condemning": who does the main act condemns.
		for _, c := range s.children[i] {
			if r := s.tokens[c].Relation; r == "mark" || r == "case" {
				for g, n := h, 0; g >= 0 && n < 10; g, n = s.tokens[g].Head, n+1 {
					if s.verbal(g) {
						return s.subjects(g, depth+1)
					}
				}
			}
		}
		// "a US statement urging restraint", "Iran's letter accusing": whose words they are.
		for _, c := range s.children[h] {
			if r := s.tokens[c].Relation; r == "nmod:poss" || r == "amod" || r == "compound" {
				for _, m := range s.mentions {
					if m.holds(c) && m.kind == schema.State {
						return []int{c}
					}
				}
			}
		}
		// "issued a statement condemning": who issued it condemns.
		for _, m := range s.mentions {
			if m.shape != modifier && m.holds(h) {
				return []int{h}
			}
		}
		if g := s.governing(h, depth+1); len(g) > 0 {
			return g
		}
		return []int{h}
	case rel == "acl":
		return s.governing(h, depth+1)
	case rel == "parataxis" && s.verbal(h) && s.tokens[i].Penn == "VBG":
		return s.subjects(h, depth+1)
	}
	return nil
}

// before gives the phrase that stands right before finite verb i: its subject, when the
// parse gives it none. Of a list of names it is the first.
func (s *sentence) before(i int) int {
	switch s.tokens[i].Penn {
	case "VBD", "VBZ", "VBP":
	default:
		return -1
	}
	last := i
	for last > 0 && (s.tokens[last-1].Tag == "ADV" || s.tokens[last-1].Tag == "AUX") {
		last--
	}
	if last > 1 && s.tokens[last-1].Text == "," {
		last-- // the comma that closes an apposition
	}
	found, listed := -1, false
	for k := len(s.mentions) - 1; k >= 0; k-- {
		m := s.mentions[k]
		if m.shape == modifier || m.last > last {
			continue
		}
		if found >= 0 && m.shape == pronoun && m.last == last {
			last = m.first // "his" of "his counterpart"
			continue
		}
		if found < 0 {
			if m.last != last || m.shape == pronoun {
				return -1
			}
			found, last = m.head, m.first
			continue
		}
		closes, ok := s.listed(m.last, last)
		if !ok || !closes && !listed {
			break
		}
		found, last, listed = m.head, m.first, true
	}
	return found
}

// governing gives the subject of the verb that governs noun h: who has the plan in "has a plan to attack".
func (s *sentence) governing(h, depth int) []int {
	for _, c := range s.children[h] {
		if s.tokens[c].Relation == "nmod:poss" {
			return []int{c}
		}
	}
	if g := s.tokens[h].Head; g >= 0 && s.verbal(g) && base(s.tokens[h].Relation) == "obj" {
		return s.subjects(g, depth+1)
	}
	return nil
}

// antecedent gives the noun that the relative clause around i hangs on, -1 for none.
func (s *sentence) antecedent(i int) int {
	for n := 0; i >= 0 && n < 8; n++ {
		if s.tokens[i].Relation == "acl:relcl" {
			return s.tokens[i].Head
		}
		i = s.tokens[i].Head
	}
	return -1
}

// antecedentOf gives the noun that relative pronoun p of the clause around i stands for:
// where the parse has no relative clause, the phrase right before the pronoun.
func (s *sentence) antecedentOf(i, p int) int {
	if a := s.antecedent(i); a >= 0 && a < p {
		return a
	}
	for k := len(s.mentions) - 1; k >= 0; k-- {
		m := s.mentions[k]
		if m.shape == modifier || m.shape == pronoun || m.last > p || p-m.last > 6 {
			continue
		}
		for t := m.last; t < p; t++ {
			if s.verbal(t) {
				return -1
			}
		}
		return m.head
	}
	return -1
}

func (s *sentence) verbSlots(i int) []slot {
	var out []slot
	add := func(name string, t int) { out = append(out, slot{name, t}) }
	passive := s.verbal(i) && s.passive(i)
	subjectName := "nsubj"
	if passive {
		subjectName = "obj"
	}
	for _, t := range s.subjects(i, 0) {
		add(subjectName, t)
	}
	if r := s.tokens[i].Relation; !s.verbal(i) && s.tokens[i].Head >= 0 && (r == "amod" || r == "acl") && s.child(i, "nsubj") < 0 {
		add("nsubj", s.tokens[i].Head) // "forces loyal to the president"
	}
	hasObject := false
	for _, c := range s.children[i] {
		t := s.tokens[c]
		switch t.Relation {
		case "obj", "iobj":
			if relative(t) {
				if a := s.antecedentOf(i, c); a >= 0 {
					add(t.Relation, a)
				}
				hasObject = true
				continue
			}
			if passive && t.Relation == "obj" {
				add("obj2", c)
				continue
			}
			add(t.Relation, c)
			hasObject = true
		case "obl:agent":
			add("nsubj", c)
			add("by", c)
		case "compound:prt":
			add("prt", c)
		case "advmod":
			add("advmod", c)
			// "back", "off", "out" are particles to some annotators and adverbs to others.
			add("prt", c)
		case "obl:unmarked":
			// "shot down a jet": an object behind a particle is at times called oblique.
			if !passive && s.child(i, "obj") < 0 && s.child(i, "compound:prt") >= 0 && s.mentioned(c) {
				add("obj", c)
				hasObject = true
			}
		case "amod", "compound":
			if s.nominal(i) {
				add(t.Relation, c) // of a noun as predicate: "is a legitimate target"
			}
		case "aux", "xcomp", "ccomp", "advcl", "parataxis", "mark":
			add(t.Relation, c)
			if t.Relation == "ccomp" || t.Relation == "parataxis" {
				continue
			}
		}
		s.clauseSlots(c, add)
		if r := base(t.Relation); r == "obl" || r == "nmod" {
			for _, p := range s.prepositions(c) {
				target := c
				if relative(t) {
					if a := s.antecedentOf(i, c); a >= 0 {
						target = a
					}
				}
				if p == "by" && passive && t.Relation != "obl:agent" {
					add("nsubj", target)
				}
				add(p, target)
			}
		}
	}
	if !hasObject || s.child(i, "obj") < 0 && !passive {
		// "promised Ukraine" without a second object: the only one is the object.
		if o := s.child(i, "iobj"); o >= 0 && s.child(i, "obj") < 0 {
			add("obj", o)
			hasObject = true
		}
	}
	// "the town they attacked": the gap is the object.
	if s.tokens[i].Relation == "acl:relcl" && !hasObject && !passive && s.child(i, "nsubj") >= 0 && !relative(s.tokens[s.child(i, "nsubj")]) {
		add("obj", s.tokens[i].Head)
		hasObject = true
	}
	// "attacked and looted the village": the object belongs to both.
	if !hasObject && !passive {
		for _, c := range s.children[i] {
			if s.tokens[c].Relation == "conj" && s.verbal(c) && s.child(c, "nsubj") < 0 && s.child(c, "nsubj:pass") < 0 {
				between := false
				for _, d := range s.children[i] {
					if d > i && d < c && (base(s.tokens[d].Relation) == "obl" || s.tokens[d].Relation == "xcomp") {
						between = true
					}
				}
				if o := s.child(c, "obj"); o >= 0 && !between {
					add("obj", o)
				}
			}
		}
	}
	// Predicates that are passive in coordination share the agent: "were attacked and looted by rebels".
	if passive {
		for _, c := range s.children[i] {
			if s.tokens[c].Relation == "conj" && s.verbal(c) {
				if o := s.child(c, "obl:agent"); o >= 0 {
					add("nsubj", o)
				}
			}
		}
	}
	return out
}

func (s *sentence) nounSlots(i int) []slot {
	var out []slot
	add := func(name string, t int) { out = append(out, slot{name, t}) }
	for _, c := range s.children[i] {
		t := s.tokens[c]
		switch r := base(t.Relation); {
		case t.Relation == "nmod:poss":
			add("poss", c)
		case r == "amod":
			add("amod", c)
		case t.Relation == "compound" || t.Relation == "nmod:desc" || t.Relation == "nmod:unmarked":
			for _, first := range s.children[c] {
				// "a US-Russia agreement" is one of both.
				if s.tokens[first].Relation == "compound" && first+2 == c && s.tokens[c-1].Text == "-" {
					add("compound", first)
				}
			}
			add("compound", c)
		case t.Relation == "det":
			add("det", c)
		case t.Relation == "nummod":
			add("nummod", c)
		case r == "nmod" || r == "obl":
			for _, p := range s.prepositions(c) {
				add(p, c)
			}
		case t.Relation == "appos":
			add("appos", c)
		case t.Relation == "acl" && t.Tag == "VERB":
			add("acl", c)
			for _, sl := range s.slots(c) {
				switch {
				case t.Penn == "VBN" && (sl.name == "nsubj" || sl.name == "by") && sl.token != i:
					add("by", sl.token)
				case t.Penn == "VBN" && sl.name != "obj" && sl.name != "nsubj" && sl.name != "advmod":
					add(sl.name, sl.token)
				case t.Penn == "VBG" && sl.name == "obj":
					add(s.lemma(c)+"ing", sl.token)
				case t.Penn == "VBG" && sl.name == "at" || sl.name == "against" || sl.name == "on":
					add(sl.name, sl.token)
				}
			}
		case t.Relation == "acl" || t.Relation == "acl:relcl":
			add(t.Relation, c)
		}
		s.clauseSlots(c, add)
	}
	return out
}

// clauseSlots adds a clause under the names it may bear: parsers and annotators do not agree
// whether "offer to help", "committed to helping" hold an xcomp, an advcl or an acl.
func (s *sentence) clauseSlots(c int, add func(string, int)) {
	t := s.tokens[c]
	switch base(t.Relation) {
	case "advcl", "acl", "ccomp", "xcomp", "obl":
	default:
		return
	}
	if !s.verbal(c) {
		return
	}
	for _, m := range s.children[c] {
		if s.tokens[m].Relation != "mark" && s.tokens[m].Relation != "case" {
			continue
		}
		w := s.low(m)
		if w == "to" {
			for _, name := range []string{"xcomp", "acl", "advcl"} {
				if name != t.Relation {
					add(name, c)
				}
			}
		}
		if t.Penn == "VBG" {
			add(w, c) // "to helping", "for attacking"
		}
		break
	}
}

// under tells whether token j lies in the subtree of i.
func (s *sentence) under(j, i int) bool {
	for n := 0; j >= 0 && n < 200; n++ {
		if j == i {
			return true
		}
		j = s.tokens[j].Head
	}
	return false
}

// conjuncts gives i and what is coordinated with it, in text order.
func (s *sentence) conjuncts(i int) []int {
	out := []int{i}
	for _, c := range s.children[i] {
		if s.tokens[c].Relation == "conj" && s.nominal(c) {
			out = append(out, s.conjuncts(c)...)
		}
	}
	return out
}

// joined tells whether tokens i and j are coordinated.
func (s *sentence) joined(i, j int) bool {
	return s.firstOfList(i) == s.firstOfList(j)
}

// firstOfList gives the first of what token i is coordinated with.
func (s *sentence) firstOfList(i int) int {
	for s.tokens[i].Relation == "conj" && s.tokens[i].Head >= 0 {
		i = s.tokens[i].Head
	}
	return i
}

// text gives the words of tokens first to last, exclusive, as written.
func (s *sentence) text(text string, first, last int) string {
	if first >= last {
		return ""
	}
	return text[s.tokens[first].Start:s.tokens[last-1].End]
}
