package extract

import (
	"maps"
	"slices"
	"sort"
	"strconv"
	"strings"

	"incidentgraph/loader/gazetteer"
	"incidentgraph/schema"
)

// actor is one actor of an article with all that the article calls it.
type actor struct {
	key     string // the authority's, else made of what it is
	name    string
	aliases []string
	kind    schema.ActorKind
	country string
	role    string
	folk    string   // the noun that people without a name are called by
	titles  []string // the offices written with the name, in lower case
	person  bool
	// mentions is how often it is named; subject how often as a subject.
	mentions int
	seen     []int // numbers of the sentences that name it
	gender   byte  // 'f' or 'm', as a title, office, given name or pronoun has told
	// indefinite tells that no words say which of several is meant: "a British diplomat".
	indefinite bool
	order      int
}

// id is the actor's key as the article ends: an authority's as it is, else made of kind, state and name.
func (a *actor) id() string {
	if strings.HasPrefix(a.key, "name/") {
		return "name/" + string(a.kind) + "/" + a.country + "/" + schema.Spelling(a.name)
	}
	return a.key
}

func (a *actor) call(name string) {
	name = strings.Join(strings.Fields(name), " ")
	name = strings.TrimSuffix(strings.TrimSuffix(name, "'s"), "’s")
	name = strings.TrimPrefix(strings.TrimPrefix(name, "the "), "The ")
	if name == "" || name == a.name {
		return
	}
	for _, x := range a.aliases {
		if x == name {
			return
		}
	}
	a.aliases = append(a.aliases, name)
}

// cast is the actors of one article, and finds who a mention means.
type cast struct {
	coder   *Coder
	actors  []*actor
	byKey   map[string]*actor
	byName  map[string]*actor   // spelling of any name -> actor
	persons map[string][]*actor // last word of the name, folded -> persons
	// countries counts how often each state is spoken of.
	countries map[string]int
	// bodies counts how often each state's groups and places are spoken of.
	bodies map[string]int
	// told are the states that it speaks of by more than the surnames of their people.
	told map[string]bool
	// recent are the actors mentioned so far, the latest last.
	recent []reference
	pair   []*actor // the two persons meant last as two
	text   string   // of the article
	// kin are the persons whom an apposition names as somebody's kin, by the noun: nil for several.
	kin map[string]*actor
	// regimes counts how often the article speaks of a state's regime.
	regimes map[string]int
	home    string // the state of the publisher, when its name tells
	filed   string // the state of the dateline, when there is one
	year    int    // of publication, 0 when it is not known
}

// reference is an actor met at a place in the text.
type reference struct {
	actor    *actor
	sentence int
	token    int
	subject  bool
	plural   bool
	shape    shape
	listed   bool // one of several in a list that is a subject
	paired   bool // one of two that a phrase names
	abroad   bool // of an envoy, who says nothing of whose the others are: "the British ambassador"
	scene    bool // where something happens: "in Italy"
}

func newCast(c *Coder) *cast {
	return &cast{coder: c, byKey: map[string]*actor{}, byName: map[string]*actor{}, persons: map[string][]*actor{}, countries: map[string]int{}, bodies: map[string]int{}, told: map[string]bool{}, kin: map[string]*actor{}, regimes: map[string]int{}}
}

// namelessKey begins the keys of actors without a name.
const namelessKey = "of/"

// unnamed gives the key of an actor without a name: the state it is of, its kind, and what it is called.
func unnamed(country string, kind schema.ActorKind, words string) string {
	return namelessKey + country + "/" + string(kind) + "/" + schema.Spelling(words)
}

// nameless tells that the actor has no name.
func (a *actor) nameless() bool { return strings.HasPrefix(a.key, namelessKey) }

func (k *cast) make(key, name string, kind schema.ActorKind, country string) *actor {
	if a := k.byKey[key]; a != nil {
		return a
	}
	a := &actor{key: key, name: name, kind: kind, country: country, person: kind == schema.Person, order: len(k.actors)}
	k.byKey[key] = a
	k.actors = append(k.actors, a)
	k.byName[schema.Spelling(name)] = a
	return a
}

// state gives the actor of a state by its code.
func (k *cast) state(code string) *actor {
	if a := k.byKey[code]; a != nil {
		return a
	}
	name := code
	if e := k.coder.actors.Entry(code); e != nil {
		name = e.Name
	}
	return k.make(code, name, schema.State, code)
}

func (k *cast) fromEntry(e *gazetteer.Entry) *actor {
	a := k.byKey[e.Key]
	if a == nil {
		country := e.Country
		if country == "" {
			country = k.homeOfPeople(e.Key)
		}
		a = k.make(e.Key, e.Name, schema.ActorKind(e.Kind), country)
		if a.person {
			k.rememberPerson(a, e.Name)
			if e.Office != "" {
				a.titles = officesIn(e.Office, k.year)
				a.role = strings.Join(a.titles, ", ")
			}
		}
	}
	return a
}

// homeOfPeople gives the state where the article speaks of a people without one: of those
// where they live that whose places and bodies it names most, else the one that it names
// most itself, "" for none. Who fights them is named more often than where they live.
func (k *cast) homeOfPeople(key string) string {
	spoken, near := map[string]int{}, map[string]int{}
	for code := range k.coder.lexicon.classes["homes-"+key] {
		if n := k.countries[code]; n > 0 {
			spoken[code] = n
		}
		if n := k.bodies[code]; n > 0 {
			near[code] = n
		}
	}
	if code := heaviest(near); code != "" {
		return code
	}
	return heaviest(spoken)
}

// settleIn gives an actor without a name a state, and makes it one with whom the article
// calls so in that state.
func (k *cast) settleIn(a *actor, code string, sentences []*sentence) {
	if code == "" {
		return
	}
	a.country = code
	rest, ok := strings.CutPrefix(a.key, namelessKey+"/")
	if !ok {
		return
	}
	if a.kind == schema.Military {
		a.name = k.ofState(a.name, a.kind, code)
	}
	key := namelessKey + code + "/" + rest
	if b := k.byKey[key]; b != nil && b != a {
		k.join(b, a, sentences)
		return
	}
	delete(k.byKey, a.key)
	a.key = key
	k.byKey[key] = a
}

// officesIn gives the offices that a gazetteer's note ("foreign secretary 2016-2018, prime
// minister 2019-2022") tells of a year: those held then and those without years; when all
// had ended, the last as a former one; all when the year is not known.
func officesIn(note string, year int) []string {
	var out []string
	former, last := "", ""
	for part := range strings.SplitSeq(note, ",") {
		words := strings.Fields(part)
		if len(words) == 0 || fate(words[0]) {
			continue
		}
		if office := officeOf(part); office != "" {
			last = office // "president 2017-2021, 2025-"
		}
		from, to, ok := yearsOf(words[len(words)-1])
		switch {
		case year == 0 || !ok || from <= year && year <= to:
			out = appendWord(out, last)
		case to < year:
			former = last
		}
	}
	if len(out) == 0 && former != "" {
		out = append(out, "former "+former)
	}
	return out
}

// fate tells that a gazetteer's note goes on with what became of somebody: "killed 2015".
func fate(word string) bool {
	switch word {
	case "killed", "died", "executed", "hanged", "murdered", "assassinated", "arrested", "jailed", "captured":
		return true
	}
	return false
}

// yearsOf reads "2016-2018" or "2023-", the latter without an end.
func yearsOf(word string) (from, to int, ok bool) {
	a, b, ok := strings.Cut(word, "-")
	if !ok {
		return 0, 0, false
	}
	from, err := strconv.Atoi(a)
	if err != nil {
		return 0, 0, false
	}
	if to, err = strconv.Atoi(b); err != nil {
		to = 1 << 20
	}
	return from, to, true
}

// officeOf cuts the years off a gazetteer's note ("president 1993-2001").
func officeOf(note string) string {
	first, _, _ := strings.Cut(note, ";")
	words := strings.Fields(first)
	for len(words) > 0 && strings.ContainsAny(words[len(words)-1], "0123456789") {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}

func (k *cast) rememberPerson(a *actor, name string) {
	words := k.withoutGeneration(strings.Fields(schema.Spelling(name)))
	if len(words) == 0 {
		return
	}
	last := words[len(words)-1]
	for _, p := range k.persons[last] {
		if p == a {
			return
		}
	}
	k.persons[last] = append(k.persons[last], a)
}

// withoutGeneration cuts what tells a father from his son off the words of a name: "Jr", "IV".
func (k *cast) withoutGeneration(words []string) []string {
	if n := len(words); n > 2 && k.coder.is("generation", words[n-1]) {
		return words[:n-1]
	}
	return words
}

// pick chooses among the meanings of an ambiguous name: one already in the article, else one who was in office when it was
// published, else one of a state the article speaks of, else the first.
func (k *cast) pick(entries []*gazetteer.Entry, country string) *gazetteer.Entry {
	best, bestScore := entries[0], -1
	for i, e := range entries {
		score := 0
		if k.byKey[e.Key] != nil {
			score += 1000
		}
		if country != "" && e.Country == country {
			score += 500
		}
		if k.year != 0 && e.ServedIn(k.year) {
			score += 300
		}
		score += 2 * min(k.countries[e.Country], 100)
		score -= i
		if score > bestScore {
			best, bestScore = e, score
		}
	}
	return best
}

// name resolves the named mentions of a sentence: first pass, so that later
// names are known when pronouns and short forms are resolved.
func (k *cast) name(m *mention, text string) {
	if m.shape != named && m.shape != modifier || len(m.actors) > 0 {
		return
	}
	switch {
	case len(m.entries) > 0:
		if m.form == gazetteer.Surname || m.person {
			// A person of the article with this surname comes before the one of the list.
			if a := k.personNamed(m.name, m.country, m.sentence.number); a != nil {
				if m.shape == named {
					a.call(m.name)
				}
				k.attach(m, a)
				return
			}
		}
		if m.form == gazetteer.Surname && !k.spokenOf(m) {
			m.entries, m.form, m.person = nil, 0, true
			k.namePerson(m)
			return
		}
		if m.doubtful && !k.trusted(m) {
			return
		}
		e := k.pick(m.entries, m.country)
		if m.shape == named && e.Kind == string(schema.Government) && e.Country != "" {
			of := m.stateBefore()
			if of == "" && !strings.Contains(m.name, " ") && !k.told[e.Country] {
				of = k.filed // "LIMA - Congress voted"
			}
			if of != "" && of != e.Country {
				k.attach(m, k.ownBody(m, of)) // "Peru's Congress" is not that of the United States
				return
			}
		}
		a := k.before(m, k.fromEntry(e))
		if m.shape == named || m.form == gazetteer.Name || m.form == gazetteer.Abbreviation {
			a.call(m.name)
		}
		k.attach(m, a)
		if m.shape == named && a.kind == schema.Military {
			k.alikeNamed(m)
		}
	case m.person:
		k.namePerson(m)
	case m.places != nil && !m.near && m.last-m.first == 1 && k.surname(m.name) != nil:
		k.attach(m, k.surname(m.name))
	case m.places != nil && m.kind == "":
	case m.kind != "" && m.shape == named:
		if m.kind == schema.OtherActor && m.last-m.first == 1 {
			if a := k.compass(m.name); a != nil {
				k.attach(m, a)
				return
			}
			// A lone unknown name is the end of a longer one told elsewhere.
			if a := k.unknownNamed(m.name); a != nil {
				k.attach(m, a)
				return
			}
		}
		if a := k.byName[schema.Spelling(m.name)]; a != nil {
			k.attach(m, a)
			return
		}
		if a := k.personNamed(m.name, m.country, m.sentence.number); a != nil {
			k.attach(m, a)
			return
		}
		a := k.make("name/"+string(m.kind)+"/"+m.country+"/"+schema.Spelling(m.name), m.name, m.kind, m.country)
		k.attach(m, a)
	}
}

// public tells that an actor is a state or one of its bodies of government.
func (a *actor) public() bool { return a.kind == schema.State || a.kind == schema.Government }

// ownBody gives the body of a state that is called as one of another is: "Peru's Congress".
func (k *cast) ownBody(m *mention, code string) *actor {
	name := m.name
	if !strings.Contains(name, " ") {
		name = k.adjectival(code, name)
	}
	a := k.make("name/"+string(schema.Government)+"/"+code+"/"+schema.Spelling(name), name, schema.Government, code)
	a.call(m.name)
	return a
}

// stateBefore gives the state whose adjective or possessive stands before the name of a mention, "" for none.
func (m *mention) stateBefore() string {
	for _, o := range m.sentence.mentions {
		if o.kind == schema.State && len(o.entries) == 1 && o.last == m.first-1 && m.sentence.tokens[o.last].Penn == "POS" {
			return o.entries[0].Country
		}
	}
	return m.country
}

// trusted tells whether a doubtful name ("Georgia", "Bush") is meant as the actor here.
func (k *cast) trusted(m *mention) bool {
	if m.office != "" || m.country != "" {
		return true
	}
	for _, e := range m.entries {
		if k.byKey[e.Key] != nil {
			return true
		}
	}
	if m.entries[0].Kind == "state" {
		// A state's name is doubted only where the article speaks of another place or person of that name.
		return m.shape == modifier || !m.sentenceTitleBefore()
	}
	if m.kind == schema.Person {
		for _, e := range m.entries {
			if k.countries[e.Country] > 0 {
				return true
			}
		}
		return k.year != 0 && m.entries[0].ServedIn(k.year) // "the Assad regime" of 2015, with no word of Syria
	}
	return m.sentence.tokens[m.head].Tag == "PROPN"
}

// spokenOf tells that the article speaks of one of those a surname may mean, by his office or otherwise, or of the state
// of one, or he is in office: "Keating" in an article about an American is no Australian, "President Reagan" is one wherever he is named.
func (k *cast) spokenOf(m *mention) bool {
	for _, e := range m.entries {
		if e.Country == "" || k.told[e.Country] || k.byKey[e.Key] != nil || k.year != 0 && e.ServedIn(k.year) ||
			m.office != "" && slices.ContainsFunc(officesIn(e.Office, k.year), func(held string) bool { return holds(held, m.office) }) {
			return true
		}
	}
	return len(k.told) == 0
}

func (m *mention) sentenceTitleBefore() bool {
	return m.first > 0 && m.sentence.cast.coder.is("nametitle", m.sentence.tokens[m.first-1].Text)
}

func (k *cast) attach(m *mention, a *actor) {
	m.actors = []*actor{a}
	a.mentions++
	a.seen = append(a.seen, m.sentence.number)
	if m.country == "" {
		m.country = a.country
	} else if a.person && m.title != "" && k.former(m.country) {
		a.country = m.country // a Soviet minister of 1987, whatever state he led later
	} else if a.country == "" && strings.HasPrefix(a.key, "name/") && (a.person || a.kind == schema.OtherActor) {
		a.country = m.country
	}
	if a.person && m.gender != 0 {
		a.gender = m.gender
	} else if a.person && a.gender == 0 {
		a.gender = k.coder.givenGender(a.name)
	}
	if a.person && m.title != "" {
		k.entitle(a, m.title)
		if k.coder.is("calling", m.title) {
			a.call(strings.ToUpper(m.title[:1]) + m.title[1:] + " " + m.name)
		}
		a.gender = k.coder.genderOf(m.title, a.gender)
	}
	if a.person && m.office != "" && !k.coder.is("nametitle", m.office) {
		if a.role == "" || len(m.office) > len(a.role) {
			a.role = m.office
		}
	}
	if m.kind == "" {
		m.kind = a.kind
	}
}

// former tells that a state is no more.
func (k *cast) former(code string) bool { return k.coder.is("former", code) }

// before gives the state that governed from a seat when the article was written, where it
// is not today's: Moscow was the Soviet Union in 1987.
func (k *cast) before(m *mention, a *actor) *actor {
	if m.form != gazetteer.Seat || k.year == 0 || k.year > lastOldYear {
		return a
	}
	spoken := map[string]int{}
	old := k.coder.lexicon.classes["before-"+a.key]
	for code := range old {
		if n := k.countries[code]; n > 0 || len(old) == 1 {
			spoken[code] = n + 1
		}
	}
	if code := heaviest(spoken); code != "" {
		return k.state(code)
	}
	return a
}

// genderOf gives what a title or office tells of who bears it, known where it tells nothing.
func (c *Coder) genderOf(title string, known byte) byte {
	for _, w := range strings.Fields(strings.ToLower(title)) {
		switch {
		case c.is("female", w) || strings.HasSuffix(w, "woman"):
			return 'f'
		case c.is("male", w):
			return 'm'
		}
	}
	return known
}

// givenGender gives what the given name at the head of a full name tells of who bears it, 0 for nothing.
func (c *Coder) givenGender(name string) byte {
	if given, _, more := strings.Cut(name, " "); more {
		return c.lexicon.genders[strings.ToLower(given)]
	}
	return 0
}

// entitle records an office written with a person's name; some offices tell the state.
func (k *cast) entitle(a *actor, title string) {
	title = strings.TrimPrefix(strings.ToLower(strings.TrimSpace(title)), "the ")
	a.titles = appendWord(a.titles, title)
	if a.country == "" {
		a.country = k.coder.lexicon.titles[title].state
	}
}

// stateOfTitle gives the state that a title without a name tells, "" for none: "the Foreign Secretary" is British; a senator is of
// where he is, and American where the article speaks of the United States or of no state that can be his.
func (k *cast) stateOfTitle(s *sentence, m *mention) string {
	t := k.coder.lexicon.titles[strings.ToLower(m.name)]
	if !t.doubtful || k.told[t.state] {
		return t.state
	}
	if here := k.stateHere(s, m, false); here != "" {
		return here
	}
	var cannot []string
	if base(s.tokens[m.head].Relation) == "nsubj" {
		cannot = k.facing(s, m)
	}
	for code := range k.told {
		if !slices.Contains(cannot, code) {
			return ""
		}
	}
	return t.state
}

// personNamed finds a person of the article by full name or by surname: of several with the name the one named nearest
// before sentence at; of several with the surname alone the one named far more often, else the first, for others keep
// their full names.
func (k *cast) personNamed(name, country string, at int) *actor {
	words := strings.Fields(schema.Spelling(name))
	for len(words) > 1 && k.coder.is("nametitle", words[0]) {
		words = words[1:]
	}
	words = k.withoutGeneration(words)
	if len(words) == 0 {
		return nil
	}
	candidates := k.persons[words[len(words)-1]]
	if len(words) == 1 && len(candidates) == 1 {
		return candidates[0]
	}
	var found *actor
	nearest := 1 << 30
	for _, a := range candidates {
		if country != "" && a.country != "" && a.country != country {
			continue
		}
		if len(words) == 1 {
			if found == nil || a.mentions > 2*found.mentions || a.order < found.order && found.mentions <= 2*a.mentions {
				found = a
			}
			continue
		}
		full := " " + strings.Join(k.withoutGeneration(strings.Fields(schema.Spelling(a.name))), " ") + " "
		if !strings.HasSuffix(full, " "+strings.Join(words, " ")+" ") && !samePerson(words, strings.Fields(full)) {
			continue
		}
		if far := a.farFrom(at); far < nearest {
			found, nearest = a, far
		}
	}
	return found
}

// farFrom tells how many sentences lie between a sentence and the nearest that names the
// actor; one before counts as nearer than one after.
func (a *actor) farFrom(at int) int {
	best := 1 << 20
	for i := len(a.seen) - 1; i >= max(0, len(a.seen)-maxBack); i-- {
		far := at - a.seen[i]
		if far < 0 {
			far = 1000 - far
		}
		best = min(best, far)
	}
	return best
}

// samePerson tells whether a shorter name fits a longer one: first and last word agree.
func samePerson(a, b []string) bool {
	if len(a) < 2 || len(b) < 2 || a[len(a)-1] != b[len(b)-1] {
		return false
	}
	return a[0] == b[0] || len(a[0]) == 1 && strings.HasPrefix(b[0], a[0]) || len(b[0]) == 1 && strings.HasPrefix(a[0], b[0])
}

// compass gives South Korea for "the South" in an article that speaks of it.
func (k *cast) compass(name string) *actor {
	switch name {
	case "North", "South", "East", "West":
	default:
		return nil
	}
	for _, a := range k.actors {
		if a.kind == schema.State && strings.HasPrefix(a.name, name+" ") {
			return a
		}
	}
	return nil
}

// unknownNamed finds an actor of unknown kind whose name of several words ends in this one.
func (k *cast) unknownNamed(name string) *actor {
	want := schema.Spelling(name)
	for _, a := range k.actors {
		if a.kind == schema.OtherActor && strings.HasPrefix(a.key, "name/") && strings.HasSuffix(schema.Spelling(a.name), " "+want) {
			return a
		}
	}
	return nil
}

// surname finds the person of the article whose name ends in this word, nil when there is none.
func (k *cast) surname(name string) *actor {
	if list := k.persons[schema.Spelling(name)]; len(list) == 1 {
		return list[0]
	}
	return nil
}

// becomePerson makes an actor of unknown kind a person, as an office or title beside its name tells.
func (k *cast) becomePerson(a *actor) {
	if a.kind != schema.OtherActor || !strings.HasPrefix(a.key, "name/other/") {
		return
	}
	a.kind, a.person = schema.Person, true
	k.rememberPerson(a, a.name)
}

func (k *cast) namePerson(m *mention) {
	if u := k.byName[schema.Spelling(m.name)]; u != nil {
		k.becomePerson(u)
	} else if u := k.unknownNamed(m.name); u != nil {
		k.becomePerson(u)
	}
	if a := k.personNamed(m.name, m.country, m.sentence.number); a != nil {
		if len(strings.Fields(m.name)) > len(strings.Fields(a.name)) {
			old := a.name
			a.name = m.name
			a.call(old)
		} else {
			a.call(m.name)
		}
		k.attach(m, a)
		return
	}
	a := k.make("name/person/"+m.country+"/"+schema.Spelling(m.name), m.name, schema.Person, m.country)
	k.rememberPerson(a, m.name)
	k.attach(m, a)
}

// join makes two actors one: an apposition, an acronym or an "also known as" says so.
func (k *cast) join(into, from *actor, sentences []*sentence) {
	if into == from {
		return
	}
	if strings.HasPrefix(into.key, "name/") && !strings.HasPrefix(from.key, "name/") && !from.nameless() {
		into, from = from, into
	}
	into.call(from.name)
	for _, n := range from.aliases {
		into.call(n)
	}
	if into.country == "" {
		into.country = from.country
	}
	if into.role == "" {
		into.role = from.role
	}
	into.mentions += from.mentions
	for name, a := range k.byName {
		if a == from {
			k.byName[name] = into
		}
	}
	for key, a := range k.byKey {
		if a == from {
			k.byKey[key] = into
		}
	}
	for last, ps := range k.persons {
		for i, p := range ps {
			if p == from {
				k.persons[last][i] = into
			}
		}
	}
	for i, a := range k.actors {
		if a == from {
			k.actors = append(k.actors[:i:i], k.actors[i+1:]...)
			break
		}
	}
	for _, s := range sentences {
		for _, m := range s.mentions {
			for i, a := range m.actors {
				if a == from {
					m.actors[i] = into
				}
			}
		}
	}
}

// see records that a mention was met, for what later points back to it.
func (k *cast) see(s *sentence, m *mention) {
	if m.shape == modifier && m.kind != schema.State && m.kind != schema.ArmedGroup {
		return
	}
	k.serve(s, m)
	rel := base(s.tokens[m.head].Relation)
	listed := m.shape == named && (rel == "nsubj" && s.child(m.head, "conj") >= 0 || rel == "conj" && s.tokens[m.head].Head >= 0 && base(s.tokens[s.tokens[m.head].Head].Relation) == "nsubj") ||
		m.shape != modifier && rel == "nsubj" && len(m.actors) > 1
	abroad := s.ofEnvoy(m)
	for _, a := range m.actors {
		k.recent = append(k.recent, reference{a, s.number, m.head, rel == "nsubj" && m.shape != modifier, m.plural || len(m.actors) > 1, m.shape, listed, len(m.actors) == 2, abroad, m.near || m.locative})
	}
}

// ofEnvoy tells that a mention is an envoy, or tells of which state one is: "the British ambassador". He is where others rule.
func (s *sentence) ofEnvoy(m *mention) bool {
	if m.noun != nil && m.noun.Has("diplomat") {
		return true
	}
	if m.shape != modifier {
		return false
	}
	for _, o := range s.mentions {
		if o != m && o.noun != nil && o.noun.Has("diplomat") && o.holds(m.head) {
			return true
		}
	}
	return false
}

// serve gives an office-holder whose state nobody tells the state the text is most about:
// newspapers leave it out at home. Who serves an organisation has none.
func (k *cast) serve(s *sentence, m *mention) {
	if len(m.actors) != 1 || !m.person || m.standing == "" {
		return
	}
	if a := m.actors[0]; a.person && a.country == "" && strings.HasPrefix(a.key, "name/person/") {
		switch m.standing {
		case string(schema.Government), string(schema.Military):
			if a.country = k.home; a.country == "" {
				a.country = k.mainCountry(s, m.head, k.facing(s, m)...)
			}
			m.country = a.country
		}
	}
}

// lastOldYear is the last year of the states that broke up at the end of the cold war.
const lastOldYear = 1991

// maxBack is how many references back anything is looked for, so that long texts cost no more than short ones.
const maxBack = 500

// latest finds the actor met last that fits, looking at most back sentences back; a
// subject of the same or the sentence before is preferred to a nearer object.
func (k *cast) latest(s *sentence, token, back int, fits func(reference) bool) *actor {
	var best *actor
	bestScore := -1 << 30
	last := len(k.recent) - 1
	if last >= 0 && k.recent[last].sentence > s.number {
		last = sort.Search(len(k.recent), func(i int) bool { return k.recent[i].sentence > s.number }) - 1
	}
	for i := last; i >= max(0, last+1-maxBack); i-- {
		r := k.recent[i]
		if s.number-r.sentence > back {
			break
		}
		if r.sentence == s.number && r.token >= token || !fits(r) {
			continue
		}
		score := -10 * (s.number - r.sentence)
		if r.subject {
			score += 12
		}
		if r.shape == named {
			score += 2
		}
		if r.shape == modifier {
			score -= 14
		}
		score += min(r.actor.mentions, 4)
		if r.sentence == s.number {
			score += 3
		}
		if score > bestScore {
			best, bestScore = r.actor, score
		}
	}
	return best
}

// resolve finds who a nominal or pronoun means: second pass, in text order.
func (k *cast) resolve(s *sentence, m *mention) {
	if len(m.actors) > 0 {
		return
	}
	switch m.shape {
	case pronoun:
		k.resolvePronoun(s, m)
	case nominal:
		k.resolveNominal(s, m)
	case modifier:
		if m.noun != nil {
			k.resolveNominal(s, m)
		}
	}
}

func (k *cast) resolvePronoun(s *sentence, m *mention) {
	w := strings.ToLower(s.tokens[m.head].Text)
	at := m.head
	if o := s.gloss(m); o != nil {
		k.resolve(s, o)
		if len(o.actors) > 0 {
			m.actors, m.kind, m.country, m.person, m.plural = o.actors, o.kind, o.country, o.person, o.plural
			return
		}
	}
	if a := k.selfSpeaking(s, m, w); a != nil {
		k.point(m, a)
		return
	}
	if a := k.reproached(s, at); a != nil {
		k.point(m, a)
		return
	}
	inQuote := s.quoted != nil && s.quoted[at]
	reflexive := s.tokens[at].Penn == "PRP$" || strings.HasSuffix(w, "self") || strings.HasSuffix(w, "selves")
	// Who says what stands in quotation marks is not named there first.
	h := s.tokens[at].Head
	says := s.quoted != nil && !inQuote && h >= 0 && base(s.tokens[at].Relation) == "nsubj" && k.coder.saying(s, h)
	struck, faced := k.struckBy(s, at), s.facedBySubject(at)
	other := func(r reference) bool {
		if slices.Contains(faced, r.actor.key) {
			return false
		}
		if struck >= 0 && r.sentence == s.number && s.tokens[r.token].Head == struck && base(s.tokens[r.token].Relation) == "nsubj" {
			return false
		}
		return reflexive || r.sentence != s.number || !s.besideIn(r.token, at) && !(says && s.quoted[r.token])
	}
	switch w {
	case "he", "him", "his", "himself", "she", "her", "herself", "hers":
		gender := byte('m')
		if k.coder.is("female", w) {
			gender = 'f'
		}
		fits := func(r reference) bool {
			if inQuote && r.actor == s.speaker {
				return false // nobody calls himself "he"
			}
			return other(r) && r.actor.person && !r.plural && (r.actor.gender == 0 || r.actor.gender == gender)
		}
		if a := k.latest(s, at, 4, fits); a != nil {
			a.gender = gender
			k.point(m, a)
		}
	case "they", "them", "their", "themselves", "theirs":
		several := func(r reference) bool {
			if !other(r) {
				return false
			}
			switch r.actor.kind {
			case schema.Person, schema.State, schema.Media:
				return false
			}
			return !strings.HasPrefix(r.actor.key, "name/other/")
		}
		if list := k.listedSubject(s, at); len(list) > 1 {
			m.actors, m.plural = list, true
			m.kind = list[0].kind
			return
		}
		a := k.latest(s, at, 2, func(r reference) bool { return r.plural && several(r) })
		if a == nil {
			a = k.latest(s, at, 2, several)
		}
		if a != nil {
			k.point(m, a)
		}
	case "it", "its", "itself":
		if base(s.tokens[at].Relation) == "expl" {
			return
		}
		a := k.latest(s, at, 2, func(r reference) bool {
			return other(r) && !r.actor.person && r.actor.kind != schema.Civilians && r.actor.kind != schema.Media && !(r.plural && r.shape == nominal) && !strings.HasPrefix(r.actor.key, "name/other/")
		})
		if a != nil {
			k.point(m, a)
		}
	case "we", "us", "our", "ours", "i", "me", "my":
		if s.speaker != nil {
			m.actors = []*actor{s.speaker}
			m.kind, m.country = s.speaker.kind, s.speaker.country
			if w != "i" && w != "me" && w != "my" && s.speaker.person && s.speaker.country != "" && w == "our" {
				m.actors = []*actor{k.state(s.speaker.country)}
			}
		}
	}
}

// gloss gives the mention in brackets behind a pronoun that says who is meant: "They (the
// Kuwaitis)", "them [the group]"; nil for none.
func (s *sentence) gloss(m *mention) *mention {
	if m.last+2 >= len(s.tokens) || s.tokens[m.last].Text != "(" && s.tokens[m.last].Text != "[" {
		return nil
	}
	for _, o := range s.mentions {
		if o.first > m.last && o.first <= m.last+2 && o.shape != modifier && o.last < len(s.tokens) && (s.tokens[o.last].Text == ")" || s.tokens[o.last].Text == "]") {
			return o
		}
	}
	return nil
}

// besideIn tells that token i is the subject of the verb that token j is an object of: "Iran
// condemned it" is of something else than Iran.
func (s *sentence) besideIn(i, j int) bool {
	switch base(s.tokens[j].Relation) {
	case "obj", "iobj", "obl":
		return s.tokens[i].Head == s.tokens[j].Head && base(s.tokens[i].Relation) == "nsubj"
	}
	return false
}

// facedBySubject gives the keys of the known names to whom something is done by the verb of which the pronoun at token i is the subject:
// "it" in "It called on Russia" is not Russia.
func (s *sentence) facedBySubject(i int) (keys []string) {
	v := s.tokens[i].Head
	if v < 0 || base(s.tokens[i].Relation) != "nsubj" {
		return nil
	}
	for _, o := range s.mentions {
		if o.head > v && s.slotOf(o.head, v) && o.shape == named && len(o.entries) == 1 {
			keys = append(keys, o.entries[0].Key)
		}
	}
	return keys
}

// attacks tells that a verb or noun may tell of an attack.
func (c *Coder) attacks(lemma string) bool {
	return slices.ContainsFunc(c.lexicon.triggers[lemma], func(t trigger) bool { return t.kind == "ASSAULT" })
}

// reproached gives whom "its" or "his" at token i means in what somebody is condemned, punished or thanked for: Iran in "Canada condemned
// Iran for its attack on Israel", and not Canada; nil for none.
func (k *cast) reproached(s *sentence, i int) *actor {
	person := false
	switch s.low(i) {
	case "its", "their":
	case "his", "her":
		person = true
	default:
		return nil
	}
	n := s.tokens[i].Head
	if n < i || s.tokens[i].Relation != "nmod:poss" {
		return nil
	}
	if h := s.tokens[n].Head; h >= 0 && s.nominal(h) && k.coder.is("reprisal", s.lemma(h)) && s.preposition(h) == "in" {
		n = h // "in response to its attack"
	} else if p := s.preposition(n); p != "for" && p != "over" && p != "about" {
		return nil
	}
	v := s.tokens[n].Head
	for depth := 0; depth < 2 && v >= 0 && s.nominal(v); depth++ {
		v = s.tokens[v].Head // "imposed sanctions over"
	}
	if v < 0 || v > n || !s.verbal(v) || s.passive(v) {
		return nil
	}
	reproach := func(t *trigger) bool {
		return t != nil && (t.kind == "ACCUSE" || t.kind == "SANCTION" || t.kind == "SUPPORT")
	}
	if o := s.child(v, "obj"); !reproach(k.coder.find(s, v)) && (o < 0 || !reproach(k.coder.find(s, o))) {
		return nil
	}
	for _, o := range slices.Backward(s.mentions) {
		if o.head <= v || o.last > i || len(o.actors) != 1 {
			continue
		}
		if a := o.actors[0]; a.person == person && a.kind != schema.Civilians && a.kind != schema.Media {
			return a
		}
	}
	return nil
}

// struckBy gives the verb that tells of an attack on what the possessive at token at owns, in what another is said to say: its
// subject is not the owner. "Pakistan said India had killed three of its soldiers" is of Pakistan's. It gives -1 for none.
func (k *cast) struckBy(s *sentence, at int) int {
	n := s.tokens[at].Head
	if n < 0 || s.tokens[at].Relation != "nmod:poss" {
		return -1
	}
	if which := s.child(n, "amod"); which >= 0 && s.lows[which] == "own" {
		return -1
	}
	for base(s.tokens[n].Relation) == "nmod" && s.tokens[n].Head >= 0 {
		n = s.tokens[n].Head
	}
	v := s.tokens[n].Head
	if v < 0 || base(s.tokens[n].Relation) != "obj" {
		return -1
	}
	if !k.coder.attacks(s.lemma(v)) {
		return -1
	}
	for h := s.tokens[v].Head; h >= 0; h = s.tokens[h].Head {
		if k.coder.saying(s, h) && len(s.subjects(h, 0)) > 0 {
			return v
		}
	}
	if s.accordingTo(v) >= 0 {
		return v
	}
	return -1
}

// accordingTo gives whom the clause of token v is told by: "according to Iraq", -1 for none.
func (s *sentence) accordingTo(v int) int {
	for _, ch := range s.children[v] {
		if base(s.tokens[ch].Relation) != "obl" {
			continue
		}
		for _, c := range s.children[ch] {
			if s.lows[c] == "according" {
				return ch
			}
		}
	}
	return -1
}

// listedSubject gives those whom the sentence before names together as a subject, for "they":
// "Johnson and Jaafari met. They agreed ...". None when the same sentence or the one before
// speaks of several others, unless "they" is a subject as those are and the others are not.
func (k *cast) listedSubject(s *sentence, at int) []*actor {
	var list []*actor
	from := -1
	for i := len(k.recent) - 1; i >= max(0, len(k.recent)-maxBack); i-- {
		r := k.recent[i]
		if r.sentence == s.number && r.token >= at || r.shape == modifier {
			continue
		}
		if s.number-r.sentence > 1 || from >= 0 && r.sentence != from {
			break
		}
		if r.plural && r.shape != pronoun && !r.listed && (r.subject || base(s.tokens[at].Relation) != "nsubj") {
			return nil
		}
		if r.listed {
			from = r.sentence
			list = append([]*actor{r.actor}, list...)
		}
	}
	var out []*actor
	for _, a := range list {
		out = appendActor(out, a)
	}
	return out
}

// selfSpeaking resolves the subject of what is said to who says it: "the police said they had killed".
func (k *cast) selfSpeaking(s *sentence, m *mention, w string) *actor {
	v := s.tokens[m.head].Head
	if base(s.tokens[m.head].Relation) != "nsubj" || v < 0 || s.tokens[v].Head < 0 || base(s.tokens[v].Relation) != "ccomp" && base(s.tokens[v].Relation) != "parataxis" {
		return nil
	}
	h := s.tokens[v].Head
	if !k.coder.saying(s, h) {
		return nil
	}
	for _, t := range s.subjects(h, 0) {
		for _, o := range s.mentions {
			if o.first > t || t >= o.last || o.shape == modifier || len(o.actors) != 1 {
				continue
			}
			a := o.actors[0]
			switch w {
			case "he", "she":
				if a.person {
					return a
				}
			case "it":
				if !a.person && a.kind != schema.Media && a.kind != schema.Civilians {
					return a
				}
			case "they":
				if !a.person && a.kind != schema.Media && a.kind != schema.State {
					return a
				}
			}
		}
	}
	return nil
}

// point attaches a mention that has no name of its own.
func (k *cast) point(m *mention, a *actor) {
	m.actors = []*actor{a}
	m.kind, m.country, m.person = a.kind, a.country, a.person
}

func (k *cast) resolveNominal(s *sentence, m *mention) {
	foreign := m.noun != nil && m.kind == schema.ArmedGroup && k.coder.is("client", m.noun.Same)
	if foreign {
		m.country = "" // the proxies of a state are not of that state
	}
	lemma := s.lemma(m.head)
	if m.last-1 != m.head {
		lemma = s.lemma(m.last - 1)
	}
	if m.noun != nil && !s.qualified(m) && (k.coder.multinational(m) || k.courtOfStates(s, m)) {
		m.country = "" // peacekeepers in Mali, "the court in The Hague"
		foreign = true
	}
	for _, o := range []*mention{m.owner, m.holder} {
		if o != nil && len(o.actors) == 1 && m.country == "" && !foreign {
			m.country = o.actors[0].country
		}
	}
	if list := s.enumerated(m); list != nil {
		m.actors, m.person = list, true
		return
	}
	if m.people != nil {
		// "the Kuwaitis" act as Kuwait; "eleven Kuwaitis" are people.
		if e := m.people; m.definite && e.Country != "" || e.Country != "" && m.first == m.head && s.countAt(m.head) == nil && !s.someOf(m.head) && !k.coder.is("indefinite", s.textOr(m.first-1)) {
			a := k.state(e.Country)
			a.call(m.name)
			k.attach(m, a)
		} else {
			a := k.make(unnamed(e.Country, schema.Civilians, m.name), m.name, schema.Civilians, e.Country)
			k.callAsDescribed(s, m, a)
			k.attach(m, a)
		}
		return
	}
	if m.noun != nil && m.noun.Kind == string(schema.State) {
		m.noun, m.person = nil, false
	}
	if m.described {
		k.describe(s, m)
		return
	}
	// "both sides", "the two countries"; "two opposition leaders" are new ones
	if len(m.entries) == 0 && m.plural && (m.noun == nil || twoOf(s, m) && (m.definite || strings.EqualFold(m.name, s.tokens[m.head].Text))) && (k.coder.is("pair", lemma) || lemma == "two" || lemma == "both") {
		// "two of its soldiers" are no pair of states.
		if (m.definite || s.countAt(m.head) != nil) && !s.hasSlot(m.head, "of") {
			if m.noun != nil && m.noun.Class == gazetteer.Office {
				m.actors = k.lastPersons(s, m.head)
			} else {
				m.actors = k.lastPair(s, m.head, howMany(s, m), k.coder.is("points-state", lemma) || k.coder.is("neighbour", lemma))
				if m.actors == nil && lemma == "leader" {
					m.actors = k.lastPersons(s, m.head)
				}
			}
		}
		return
	}
	if m.noun != nil && m.definite && m.plural && twoOf(s, m) && k.coder.is("human-pair", lemma) && !s.hasSlot(m.head, "of") {
		if two := k.lastPersons(s, m.head); two != nil {
			m.actors, m.person = two, true // "the two men"
			return
		}
	}
	if m.noun == nil && k.coder.is("host", lemma) {
		k.resolveHosts(s, m)
		return
	}
	if m.noun == nil {
		kinds := k.coder.pointsTo(lemma)
		if len(kinds) == 0 || m.plural || !m.definite {
			return
		}
		if a := k.latest(s, m.head, 12, func(r reference) bool {
			if r.actor.nameless() && lemma != "party" || strings.HasPrefix(r.actor.key, "territory/") {
				return false // "the group" is one that has a name, and no people
			}
			for _, kind := range kinds {
				if r.actor.kind == kind {
					return true
				}
			}
			return false
		}); a != nil {
			k.point(m, a)
		}
		return
	}
	if m.person {
		k.resolveOffice(s, m)
		return
	}
	if m.owner != nil && len(m.owner.actors) == 1 && m.owner.actors[0].kind == schema.ArmedGroup && m.noun.Class == gazetteer.Folk && m.kind != schema.Civilians {
		// "its fighters", "members of the group": the group.
		k.point(m, m.owner.actors[0])
		return
	}
	if o := m.owner; o != nil && o.shape == pronoun && len(o.actors) == 1 && (o.actors[0].kind == schema.ArmedGroup || o.actors[0].kind == schema.Military) && m.plural && k.coder.is("own-men", lemma) {
		k.point(m, o.actors[0]) // "UNITA said its men blew up a bridge"
		return
	}
	if o := m.owner; o != nil && len(o.actors) == 1 && o.actors[0].kind != schema.State && !o.actors[0].person && k.coder.is("column", lemma) && strings.EqualFold(s.textOr(m.last), "of") {
		k.point(m, o.actors[0]) // "a convoy of Spanish troops" is those troops
		return
	}
	if o := m.owner; o != nil && o.shape == named && len(o.actors) == 1 && o.actors[0].kind == schema.IGO && m.noun.Class == gazetteer.Body {
		k.point(m, o.actors[0]) // "the EU's delegation" is the EU, as "the EU delegation" is
		return
	}
	if a := k.kinOf(m); a != nil {
		k.callAsDescribed(s, m, a)
		k.attach(m, a)
		return
	}
	if m.noun.Words == "regime" && m.country == "" {
		m.country = heaviest(k.regimes)
	}
	if k.governing(m, m.country) {
		return
	}
	if a := k.coalition(s, m); a != nil {
		a.call(m.name)
		k.attach(m, a)
		return
	}
	if a := k.jihadists(s, m); a != nil {
		k.point(m, a)
		return
	}
	if a := k.fallen(s, m); a != nil {
		k.point(m, a)
		return
	}
	if m.noun.Same == "ship" && m.country != "" {
		// A ship stands for the state whose flag it flies.
		a := k.state(m.country)
		a.call(m.name)
		m.flagged = true
		k.attach(m, a)
		return
	}
	if m.definite && !m.plural && m.noun.Same == "alliance" && m.owner == nil && !s.qualified(m) {
		if a := k.latest(s, m.head, 12, func(r reference) bool { return k.coder.is("alliances", r.actor.key) }); a != nil {
			k.point(m, a)
			return
		}
	}
	// "the ministry", "the militants", "the army": back to the last one so called.
	if m.definite && m.country == "" && !s.qualified(m) || m.definite && m.owner != nil {
		if a := k.latest(s, m.head, 30, func(r reference) bool {
			armed := m.noun.Class == gazetteer.Folk && m.kind == schema.ArmedGroup && r.actor.kind == schema.ArmedGroup
			if r.actor.person || r.shape == modifier && !armed {
				return false
			}
			if m.country != "" && r.actor.country != m.country {
				return false
			}
			if m.noun.Words == "rebel" && k.coder.is("jihadist", r.actor.key) {
				return false // who writes of rebels does not mean Islamic State
			}
			low := strings.ToLower(r.actor.name)
			if strings.HasSuffix(low, m.noun.Words) || strings.HasSuffix(low, m.noun.Same) {
				return true
			}
			return armed || m.noun.Words == "terrorist group" && r.actor.kind == schema.ArmedGroup
		}); a != nil {
			k.point(m, a)
			return
		}
	}
	country := m.country
	if country == "" && m.kind != schema.Civilians {
		country = s.peopleBefore(m)
	}
	if _, weapon := k.coder.lexicon.weapons[lemma]; weapon && country == "" && m.noun.Class == gazetteer.Body && !k.coder.is("owning", s.tokens[m.first].Text) {
		return // "a tank", "drones": things without an owner are nobody; "government warplanes" have one
	}
	if country == "" {
		country = k.stateless(s, m)
	}
	if m.plural && (governs(m.noun.Same) || m.noun.Class == gazetteer.Office && k.coder.is("ruler", m.noun.Same) && len(k.named(s, m)) > 1) {
		// "the governments of Burkina Faso and Mali", "the presidents of Russia and Turkey": those states.
		for _, a := range k.named(s, m) {
			if a.kind == schema.State {
				m.actors = appendActor(m.actors, a)
			}
		}
		if len(m.actors) > 0 {
			return
		}
		country = m.country
	}
	if k.governing(m, country) {
		m.guessed = true
		return
	}
	same := m.noun.Same
	// Folk, and a body called by more words than the noun's, go by what the text calls them, an official body by what it is.
	words := same
	if m.noun.Class != gazetteer.Body && (m.noun.Class == gazetteer.Folk || m.name != "" && len(strings.Fields(m.name)) > len(strings.Fields(m.noun.Words))) {
		words = m.name
	}
	key := unnamed(country, m.kind, words)
	name := m.name
	if name == "" {
		name = same
	}
	if m.noun.Class == gazetteer.Body && strings.ToLower(name) == name {
		name = same
	}
	if whose := k.whose(s, m); whose != "" {
		name += whose
		key += " " + schema.Spelling(whose)
	}
	a := k.sameFolk(m, same, country)
	switch {
	case a == nil:
		a = k.make(key, k.ofState(name, m.kind, country), m.kind, country)
		a.folk = same
	case a.country == "":
		a.country = m.country
	}
	k.callOwned(s, m, a)
	if capitalised(m.name) && !capitalised(a.name) {
		// "Iranian police" says more than "police station".
		a.name, m.name = m.name, a.name
	}
	a.call(m.name)
	k.callAsDescribed(s, m, a)
	k.attach(m, a)
	k.alike(s, m, same, country)
	k.alikeBehind(s, m, same, country)
}

// resolveHosts takes the hosts of somebody for the state told of last that is not his: the one that he visits.
func (k *cast) resolveHosts(s *sentence, m *mention) {
	if m.owner == nil || len(m.owner.actors) != 1 || m.owner.actors[0].country == "" {
		return
	}
	guest := m.owner.actors[0].country
	if a := k.latest(s, m.head, 3, func(r reference) bool { return r.actor.kind == schema.State && r.actor.country != guest }); a != nil {
		k.point(m, a)
	}
}

// enumerated gives the persons whose names right behind it say who the people of a mention are: "two Americans, James Foley and Steven
// Sotloff"; nil for none.
func (s *sentence) enumerated(m *mention) []*actor {
	first := s.child(m.head, "appos")
	if !m.plural || first < 0 || s.tokens[first].Tag != "PROPN" || s.child(first, "conj") < 0 {
		return nil
	}
	list := s.conjuncts(first)
	var out []*actor
	for _, t := range list {
		for _, p := range s.mentionsAt(t) {
			if p.shape == named && len(p.actors) == 1 && p.actors[0].person {
				out = appendActor(out, p.actors[0])
			}
		}
	}
	if len(out) != len(list) {
		return nil
	}
	return out
}

// named gives the actors in a list behind a noun that says whose it is: those of "the governments of Burkina Faso and
// Mali" and of "officials from Israel and Hamas".
func (k *cast) named(s *sentence, m *mention) []*actor {
	var out []*actor
	if link := strings.ToLower(s.textOr(m.last)); link != "of" && link != "from" {
		return nil
	}
	for _, o := range s.mentions {
		if o.first > m.last && o.first <= m.last+2 && o.shape != modifier {
			for _, t := range s.coordinated(o.head) {
				for _, p := range s.mentionsAt(t) {
					for _, a := range p.actors {
						out = appendActor(out, a)
					}
				}
			}
		}
	}
	return out
}

// alikeBehind adds the people or bodies of the other states in a list behind their noun: "the foreign ministers of Armenia
// and Azerbaijan" are those of either.
func (k *cast) alikeBehind(s *sentence, m *mention, same, country string) {
	if !m.plural || country == "" || k.coder.is("article", s.tokens[m.first].Text) && !m.definite {
		return
	}
	list := k.named(s, m)
	if len(list) < 2 || !slices.ContainsFunc(list, func(a *actor) bool { return a.kind == schema.State && a.country == country }) {
		return
	}
	m.actors[len(m.actors)-1].call(k.ofState(m.noun.Words, m.kind, country))
	for _, a := range list {
		if a.kind == schema.State && a.country != country {
			name := k.ofState(same, m.kind, a.country)
			b := k.make(unnamed(a.country, m.kind, same), name, m.kind, a.country)
			b.call(name)
			b.mentions++
			m.actors = appendActor(m.actors, b)
		}
	}
}

// someOf tells that the people at token i are some of them only: "thousands of Algerians marched". Those who "were
// killed" are counted for their state.
func (s *sentence) someOf(i int) bool {
	h := s.tokens[i].Head
	killed := h >= 0 && s.tokens[h].Relation == "nsubj:pass" && s.child(s.tokens[h].Head, "aux:pass") >= 0
	return h >= 0 && h < i && !killed && base(s.tokens[i].Relation) == "nmod" && s.partitive(h) && strings.EqualFold(s.preposition(i), "of")
}

// kinOf gives whom "his family" or "Begum's husband" means: who was named as such, else an
// actor called after whose kin they are; nil when that is not one person.
func (k *cast) kinOf(m *mention) *actor {
	if !m.noun.Has("kin") || m.owner == nil || len(m.owner.actors) != 1 || !m.owner.actors[0].person {
		return nil
	}
	o := m.owner.actors[0]
	if a := k.kin[m.noun.Words]; a != nil && a != o && !m.plural {
		return a
	}
	a := k.make(unnamed(o.country, schema.Civilians, o.name)+" "+m.noun.Words, o.name+"'s "+m.name, schema.Civilians, o.country)
	if m.owner.shape == named {
		a.call(m.owner.name + "'s " + m.name)
	}
	return a
}

// qualified tells that a name stands before the noun of a mention: "the Kurdish authorities".
func (s *sentence) qualified(m *mention) bool {
	for _, o := range s.mentions {
		if o != m && o.shape == modifier && len(o.entries) > 0 && m.first <= o.first && o.last <= m.head {
			return true
		}
	}
	return false
}

// peopleBefore gives the state of a people without one whose name stands before the noun of a
// mention: "Kurdish forces"; "" for none.
func (s *sentence) peopleBefore(m *mention) string {
	for _, o := range s.mentions {
		if o.shape == modifier && o.form == gazetteer.Adjective && len(o.entries) == 1 && o.entries[0].Country == "" && len(o.actors) == 1 && m.first <= o.first && o.last <= m.head {
			return o.actors[0].country
		}
	}
	return ""
}

// jihadists gives the group that the article names most of those that "jihadists" or "the
// terror group" mean when no word says whose or how many they are; nil for none. In a
// quotation a terrorist is whom the speaker calls one.
func (k *cast) jihadists(s *sentence, m *mention) *actor {
	group := !m.plural && m.definite && strings.Contains(m.noun.Words, " ")
	if m.kind != schema.ArmedGroup || m.noun.Class != gazetteer.Folk || m.country != "" || !m.plural && !group || !k.coder.is("jihad", m.noun.Words) ||
		s.countAt(m.head) != nil || len(strings.Fields(m.name)) > len(strings.Fields(m.noun.Words)) {
		return nil
	}
	var best *actor
	for _, a := range k.actors {
		if k.coder.is("jihadist", a.key) && a.mentions > 1 && (best == nil || a.mentions > best.mentions) {
			best = a
		}
	}
	return best
}

// fallenBack is how many sentences back the group is looked for of which fighters have fallen.
const fallenBack = 2

// fallen gives the armed group that the text spoke of last where it counts dead "fighters" or "rebels" of whom no word says whose they
// are: "jets bombed an al-Shabaab camp. Sixty fighters were killed". It gives nil where that group may be the one that killed them.
func (k *cast) fallen(s *sentence, m *mention) *actor {
	if m.kind != schema.ArmedGroup || m.noun.Class != gazetteer.Folk || !m.plural || m.country != "" || m.owner != nil || s.countAt(m.head) == nil ||
		!strings.EqualFold(m.name, s.tokens[m.head].Text) || s.qualified(m) || s.hasSlot(m.head, "of") || s.hasSlot(m.head, "from") {
		return nil
	}
	v := s.tokens[m.head].Head
	if v < 0 || !s.verbal(v) {
		return nil
	}
	switch s.tokens[m.head].Relation {
	case "nsubj:pass":
		if !harms[s.lemma(v)] {
			return nil
		}
	case "nsubj":
		if s.lemma(v) != "die" {
			return nil
		}
	default:
		return nil
	}
	by := s.child(v, "obl:agent")
	return k.latest(s, m.head, fallenBack, func(r reference) bool {
		return r.actor.kind == schema.ArmedGroup && !(by >= 0 && slices.ContainsFunc(s.mentionsAt(by), func(o *mention) bool { return containsActor(o.actors, r.actor) }))
	})
}

// coalition gives whom "the coalition" and its forces mean: the one that the article names
// most, else the one against a foe that it names; nil for the coalition of a state.
func (k *cast) coalition(s *sentence, m *mention) *actor {
	if m.country != "" || m.noun.Same != "coalition" && m.noun.Same != "coalition forces" || m.plural && m.noun.Same == "coalition" {
		return nil
	}
	for t := m.first; t < m.last; t++ {
		if k.coder.is("othercoalition", s.tokens[t].Text) {
			return nil
		}
	}
	var best *actor
	for _, a := range k.actors {
		if a.kind == schema.Military && strings.HasSuffix(strings.ToLower(a.name), "coalition") && (best == nil || a.mentions > best.mentions) {
			best = a
		}
	}
	if best != nil {
		return best
	}
	for _, foe := range k.actors {
		for key := range k.coder.lexicon.classes["coalition-"+foe.key] {
			if e := k.coder.actors.Entry(key); e != nil {
				return k.fromEntry(e)
			}
		}
	}
	return nil
}

// describe makes an actor of a plural noun that says by its words who is meant.
func (k *cast) describe(s *sentence, m *mention) {
	name := m.name
	if m.noun != nil {
		name += k.whose(s, m)
	}
	a := k.make(unnamed(m.country, schema.OtherActor, name), name, schema.OtherActor, m.country)
	if m.noun != nil || !k.coder.is("definite", s.tokens[m.head].Text) {
		k.callAsDescribed(s, m, a)
	}
	k.attach(m, a)
}

// longestDescription is how many bytes the words that describe an actor may have to be one
// of its names.
const longestDescription = 80

// mostDescriptions is how many names an actor may have before descriptions add no more.
const mostDescriptions = 24

// callAsDescribed calls an actor without a name by the words of a mention: as they stand
// without an article ("anti-Baghdad Kurdish guerrillas", "his family"), and with the words
// after them that tell whose or from where ("people of Turkey").
func (k *cast) callAsDescribed(s *sentence, m *mention, a *actor) {
	if m.shape == modifier || len(a.aliases) >= mostDescriptions {
		return
	}
	first := m.first
	for first < m.head && (k.coder.is("definite", s.tokens[first].Text) || k.coder.is("article", s.tokens[first].Text)) {
		first++
	}
	for m.people != nil && first > 0 && s.tokens[first-1].Head == m.head && (s.tokens[first-1].Tag == "NUM" || s.tokens[first-1].Tag == "ADJ") {
		first-- // "four Britons"
	}
	ends := []int{m.last}
	if end := k.describedTo(s, m.last); end > m.last {
		ends = append(ends, end)
		if who := s.clauseBehind(end-1, end); strings.EqualFold(s.tokens[end-1].Text, "those") && who > end {
			ends = append(ends, who) // "families of those who lost their lives"
		}
	}
	if end := s.clauseAfter(m); end > m.last {
		ends = append(ends, end)
	}
	if end := k.together(s, m); end > m.last {
		ends = append(ends, end)
		if of := k.describedTo(s, end); of > end {
			ends = append(ends, of)
		}
	}
	firsts := []int{first}
	if of := s.countFrom(first); of < first {
		firsts = append(firsts, of)
	}
	if first > 0 && first == m.first && s.tokens[first-1].Penn == "PRP$" && m.noun != nil && m.noun.Class == gazetteer.Folk {
		firsts = append(firsts, first-1) // "her three brothers" are "three brothers" as well
	}
	if o := m.owner; o != nil && o.shape == nominal && first > 0 && o.last == first-1 && s.tokens[o.last].Penn == "POS" {
		firsts = append(firsts, o.first) // "the victims' families"
	}
	if counted := k.pastCount(s, first, m.head); counted > first {
		firsts = append(firsts, counted)
	}
	if of := first - 1; of > 0 && strings.EqualFold(s.tokens[of].Text, "of") && s.partitive(of-1) {
		firsts = append(firsts, of-1) // "hundreds of people"
	}
	for _, from := range firsts {
		for _, end := range ends {
			if name := s.text(k.text, from, end); len(name) <= longestDescription {
				a.call(name)
			}
		}
	}
	for _, o := range s.mentions {
		// "US-allied Kurdish militias" are "Kurdish militias" as well.
		if o.shape == modifier && o.first > first && o.last < m.last && o.last <= m.head && len(o.entries) > 0 && s.tokens[o.first-1].Text != "-" && s.tokens[o.last].Text != "-" {
			a.call(s.text(k.text, o.first, m.last))
		}
	}
}

// describedTo gives the end of the words behind token from that tell whose or from where
// those before it are: "of Turkey", "from Iraq and Syria"; from for none.
func (k *cast) describedTo(s *sentence, from int) int {
	if from >= len(s.tokens) || !k.coder.is("describelink", s.tokens[from].Text) {
		return from
	}
	end := from
	for _, o := range s.mentions {
		if o.shape == modifier || o.first <= end && o.last <= end {
			continue
		}
		listed := end > from && k.listed(s, end, o.first) && base(s.tokens[o.head].Relation) == "conj"
		if end == from && o.first > from && o.first <= from+2 || listed {
			end = o.last
			continue
		}
		if o.first > end {
			break
		}
	}
	return end
}

// longestClause is how many words behind a noun tell at most who is meant.
const longestClause = 10

// clauseAfter gives the end of the clause or participle right behind a mention that tells who
// is meant, up to the next comma: "forces loyal to Assad", "women who fled"; its own end for none.
func (s *sentence) clauseAfter(m *mention) int {
	if !m.plural || m.noun != nil && m.noun.Class != gazetteer.Folk && m.kind != schema.Military && m.kind != schema.ArmedGroup {
		return m.last
	}
	return s.clauseBehind(m.first, m.last)
}

// clauseBehind is clauseAfter of the tokens from first on that end before begins.
func (s *sentence) clauseBehind(first, begins int) int {
	t := s.tokens
	if begins+1 >= len(t) || t[begins].Tag == "PUNCT" {
		return begins
	}
	opens := false
	end := begins
	for i := begins; i < len(t) && (t[i].Tag != "PUNCT" || t[i].Text == "-"); i++ {
		top := i
		for n := 0; top >= 0 && t[top].Head >= begins && n < longestClause; n++ {
			top = t[top].Head
		}
		if t[top].Head < first || t[top].Head >= begins {
			break
		}
		if i == begins {
			rel := t[top].Relation
			opens = rel == "acl:relcl" || (top == begins && (rel == "acl" || rel == "amod"))
			if !opens {
				return begins
			}
		}
		if end-begins >= longestClause || i-begins > 2 && t[i].Tag == "CCONJ" && len(t)-i > longestClause {
			break
		}
		end = i + 1
	}
	if end-begins < 2 || end-begins > longestClause {
		return begins
	}
	switch t[end-1].Tag {
	case "DET", "ADP", "SCONJ", "CCONJ", "PART", "AUX":
		return begins // the parse has cut it short
	}
	if t[end-1].Penn == "PRP$" {
		return begins
	}
	return end
}

// together gives the end of a list of people without a name that a mention begins: "women
// and children", "his brother and two nieces"; its own end for none.
func (k *cast) together(s *sentence, m *mention) int {
	end, last := m.last, m.last
	if m.noun == nil || m.noun.Class != gazetteer.Folk {
		return end
	}
	for _, o := range s.mentions {
		if o.first <= last || o.shape == modifier || o.shape == pronoun {
			continue
		}
		if o.noun == nil || o.noun.Class != gazetteer.Folk || o.shape != nominal || !k.listed(s, last, o.first) {
			break
		}
		last = o.last
		if s.tokens[o.first-1].Tag == "CCONJ" {
			end = last // a list without "and" has no end that is told
		}
	}
	return end
}

// countFrom gives where the words begin that say of the number at token i that it is a bound: "more than 2,000 people",
// "over 80"; i for none.
func (s *sentence) countFrom(i int) int {
	from := i
	for s.tokens[i].Tag == "NUM" && from > 0 && s.tokens[from-1].Tag != "PUNCT" && s.under(from-1, i) {
		from--
	}
	return from
}

// pastCount goes past the words that say how many: "about 300", "at least two million".
func (k *cast) pastCount(s *sentence, first, head int) int {
	at := first
	for i := first; i < head; i++ {
		if s.tokens[i].Tag == "NUM" && s.tokens[i+1].Text != "-" {
			at = i + 1
		}
	}
	if at < head && k.coder.is("further", s.tokens[at].Text) {
		return first // "15 other soldiers" are not "other soldiers" of a second kind
	}
	return at
}

// sameFolk finds the people without a name that the article has already called by the same
// noun: "masked gunmen" and "the gunmen" are one, Indian and Chinese soldiers are not.
// Civilians are met too often in one article to be one.
func (k *cast) sameFolk(m *mention, same, country string) *actor {
	if m.noun.Class != gazetteer.Folk || m.kind == schema.Civilians {
		return nil
	}
	for _, a := range k.actors {
		if a.folk == same && a.kind == m.kind && (a.country == country || a.country == "" || country == "") {
			return a
		}
	}
	return nil
}

// callOwned calls an actor after whose it is, where a name right before says so: "Tonroe's commanding officer".
func (k *cast) callOwned(s *sentence, m *mention, a *actor) {
	o := m.owner
	if o == nil || o.shape != named || len(o.actors) != 1 || o.first >= m.first || m.first-o.last > 3 {
		return
	}
	a.call(o.name + "'s " + m.name)
	if words := s.text(k.text, o.first, m.last); len(words) <= longestDescription {
		a.call(words)
	}
}

// alike adds the people or bodies of the other states in a list of adjectives: "Russian,
// Syrian and Iranian forces" are three.
func (k *cast) alike(s *sentence, m *mention, same, country string) {
	at := m.first
	for i := len(s.mentions) - 1; i >= 0; i-- {
		o := s.mentions[i]
		if o.last+6 < at {
			return
		}
		// "US and French forces": without an article the name of a state is an adjective.
		bare := o.shape == modifier || o.form == gazetteer.Adjective || o.form == gazetteer.Abbreviation && (o.first == 0 || !k.coder.is("definite", s.tokens[o.first-1].Text))
		if !bare || o.last >= at || len(o.actors) != 1 || o.actors[0].kind != schema.State && o.form != gazetteer.Adjective {
			continue
		}
		if !k.listed(s, o.last, at) {
			return
		}
		at = o.first
		if o.actors[0].kind != schema.State || o.actors[0].country == country && s.peopleBefore(m) == "" {
			continue
		}
		if own := strings.ToLower(s.tokens[m.first].Text) + " "; strings.HasPrefix(same, own) {
			same = strings.TrimPrefix(same, own) // of "Syrian and Kurdish forces" the Syrian are not Kurdish
		}
		m.actors[len(m.actors)-1].call(k.ofState(m.noun.Words, m.kind, country))
		adjective, of := s.tokens[o.head].Text+" ", o.actors[0].country
		whole := adjective + same
		name, words := whole, whole
		if m.plural {
			name = adjective + strings.ToLower(s.tokens[m.last-1].Text)
		}
		if m.noun.Class == gazetteer.Body {
			words = same // as where it stands alone
		}
		b := k.make(unnamed(of, m.kind, words), name, m.kind, of)
		b.call(whole)
		b.call(adjective + m.noun.Words)
		b.call(name)
		b.mentions++
		m.actors = append([]*actor{b}, m.actors...)
	}
}

// alikeNamed adds the forces of the other states in "US, Indian and Pakistani troops", where the gazetteer knows the last.
func (k *cast) alikeNamed(m *mention) {
	s := m.sentence
	if m.first < 2 || s.tokens[m.first-1].Tag != "CCONJ" || s.tokens[m.last-1].Penn != "NNS" || m.last-m.first != 2 {
		return
	}
	at := m.first
	for _, o := range slices.Backward(s.mentions) {
		if o.last >= at || o.form != gazetteer.Adjective && o.form != gazetteer.Abbreviation || len(o.entries) != 1 || o.entries[0].Kind != string(schema.State) {
			continue
		}
		if !k.listed(s, o.last, at) {
			return
		}
		at = o.first
		of := o.entries[0].Country
		words := []string{s.tokens[o.head].Text, s.tokens[m.last-1].Text}
		name := strings.Join(words, " ")
		b := k.byName[schema.Spelling(name)]
		for _, match := range k.coder.actors.Find(words) {
			if b == nil && match.First == 0 && match.Last == 2 && len(match.Entries) == 1 {
				b = k.fromEntry(match.Entries[0])
			}
		}
		if b == nil {
			b = k.make(unnamed(of, schema.Military, name), name, schema.Military, of)
		}
		b.call(name)
		b.mentions++
		m.actors, m.plural = append([]*actor{b}, m.actors...), true
	}
}

// listed tells that only commas and conjunctions stand between two tokens.
func (k *cast) listed(s *sentence, from, to int) bool {
	for t := from; t < to; t++ {
		if !k.coder.is("listword", s.tokens[t].Text) {
			return false
		}
	}
	return to-from <= 2
}

// governing takes the government of a state for the state.
func (k *cast) governing(m *mention, country string) bool {
	if m.kind != schema.Government || country == "" || !governs(m.noun.Same) || m.plural {
		return false
	}
	a := k.state(country)
	a.call(m.name)
	k.attach(m, a)
	return true
}

// ofState puts the adjective of a state before the name of its official or armed body:
// "Iraqi forces" says more than "forces".
func (k *cast) ofState(name string, kind schema.ActorKind, country string) string {
	if strings.ToLower(name) != name || kind != schema.Government && kind != schema.Military {
		return name
	}
	return k.adjectival(country, name)
}

// adjectival puts the adjective of a state, where it has one, before a name.
func (k *cast) adjectival(country, name string) string {
	e := k.coder.actors.Entry(country)
	if e == nil || len(e.Adjectives) == 0 {
		return name
	}
	return e.Adjectives[0] + " " + name
}

// whose gives the words after a noun for people that say whose they are: " of the victims"; "" for none.
func (k *cast) whose(s *sentence, m *mention) string {
	if m.noun.Class != gazetteer.Folk || !m.plural || m.last >= len(s.tokens) {
		return ""
	}
	link := strings.ToLower(s.tokens[m.last].Text)
	if link != "of" && link != "in" {
		return ""
	}
	for _, o := range s.mentions {
		if o.first <= m.last || o.first > m.last+2 || o.shape == modifier || o.shape == pronoun {
			continue
		}
		if o.last < len(s.tokens) && s.tokens[o.last].Penn == "POS" || o.shape == nominal && o.noun == nil {
			return "" // "members of the group": who that is, this name cannot tell
		}
		if link == "in" || len(o.name) > 60 {
			return "" // where they were does not name them
		}
		if o.definite && o.shape == nominal {
			link += " the"
		}
		return " " + link + " " + o.name
	}
	return ""
}

// stateless gives the state of a body or people whose words name none: for people that of
// the place where they are told of, else that of those called the same before; for both the
// state that the text is most about. Armed groups have none.
func (k *cast) stateless(s *sentence, m *mention) string {
	// "a delegation from the IMF", "ministers of the Global Coalition"
	if k.coder.multinational(m) || k.courtOfStates(s, m) {
		return ""
	}
	if code := k.hosts(s, m); code != "" {
		return code
	}
	ofAlliance := m.owner != nil && len(m.owner.actors) == 1 && m.owner.shape == named && m.owner.actors[0].country == "" && !m.owner.actors[0].person
	if m.kind != schema.Civilians && (ofAlliance || k.manyStates(s, m)) {
		return ""
	}
	if m.kind == schema.Military {
		if unit := unitStruck(s, m); unit != nil && unit.country != "" {
			return unit.country // soldiers are of the convoy that is struck, wherever it is
		}
	}
	if m.noun.Class == gazetteer.Body {
		switch {
		case m.kind == schema.IGO || m.kind == schema.ArmedGroup || m.kind == schema.OtherActor || m.noun.Same == "ship":
			return "" // ships are of any flag
		case !m.definite && (m.kind == schema.Military || m.kind == schema.Government):
			for _, afar := range []bool{false, true} {
				if code := k.stateHere(s, m, afar); code != "" {
					return code
				}
			}
		}
		if m.definite && m.owner == nil && strings.EqualFold(m.name, m.noun.Words) {
			for _, code := range slices.Sorted(maps.Keys(k.coder.lexicon.classes["body-"+m.noun.Words])) {
				if slices.ContainsFunc(k.actors, func(a *actor) bool { return a.country == code }) {
					return code
				}
			}
		}
		if m.definite && k.home != "" && k.coder.is("ministry", m.noun.Same) {
			return k.home // a ministry that publishes what it says
		}
		return k.mainCountry(s, m.head, k.confronted(s, m)...)
	}
	switch m.kind {
	case schema.Civilians, schema.Government, schema.Military, schema.Company:
	default:
		if m.noun.Class != gazetteer.Office {
			return ""
		}
	}
	if code := k.stateHere(s, m, false); code != "" {
		return code
	}
	if m.noun.Class == gazetteer.Folk {
		if code := stateStruck(s, m); code != "" {
			return code
		}
	}
	if code := k.stateHere(s, m, true); code != "" {
		return code
	}
	for i := len(k.recent) - 1; i >= max(0, len(k.recent)-maxBack); i-- {
		if a := k.recent[i].actor; a.kind == m.kind && a.country != "" && strings.EqualFold(a.name, m.name) {
			return a.country
		}
	}
	if m.noun.Class == gazetteer.Folk {
		if code := s.whereRebelsAre(m); code != "" {
			return code
		}
		return k.mainCountry(s, m.head, k.strikers(s, m)...)
	}
	return k.mainCountry(s, m.head)
}

// multinational tells that a mention is of people or forces of no state in particular, wherever they are: "peacekeepers".
func (c *Coder) multinational(m *mention) bool {
	return m.noun != nil && (c.is("multinational", m.noun.Same) || c.is("multinational", m.noun.Words))
}

// courtOfStates tells that a court is one of many states: "the tribunal in The Hague".
func (k *cast) courtOfStates(s *sentence, m *mention) bool {
	if !k.coder.is("court", m.noun.Same) && !k.coder.is("court", m.noun.Words) {
		return false
	}
	for _, o := range s.mentions {
		if o.first > m.head && o.first <= m.head+3 && o.place != nil && k.coder.is("courtseat", o.name) {
			return true
		}
	}
	return false
}

// strikers gives the states that the sentence has attack what a mention is part of: the families in "Israel bombed a school
// sheltering displaced families" are hardly theirs, while police and soldiers often strike at home.
func (k *cast) strikers(s *sentence, m *mention) (codes []string) {
	for v, n := s.tokens[m.head].Head, 0; v >= 0 && n < farthest; v, n = s.tokens[v].Head, n+1 {
		if !k.coder.attacks(s.lemma(v)) {
			continue
		}
		for _, t := range s.subjects(v, 0) {
			if a := s.actorAt(t); a != nil && t != m.head && a.kind == schema.State {
				codes = append(codes, a.country)
			}
		}
	}
	return codes
}

// confronted gives the states to which a body that is a subject does something: Iran in "the Senate voted to impose sanctions on Iran".
func (k *cast) confronted(s *sentence, m *mention) []string {
	if base(s.tokens[m.head].Relation) != "nsubj" || !m.governs() {
		return nil
	}
	codes := k.facing(s, m)
	for _, o := range s.mentions {
		if o.head < m.head || o.shape != named || len(o.actors) != 1 || o.actors[0].kind != schema.State || !s.under(o.head, s.tokens[m.head].Head) {
			continue
		}
		switch s.preposition(o.head) {
		case "against", "on", "to":
			codes = append(codes, o.actors[0].country)
		}
	}
	return codes
}

// doneBy gives the participle behind a noun of which a mention is the agent: "displaced" of the Taliban in "families displaced by the
// Taliban"; -1 for none.
func (s *sentence) doneBy(m *mention) int {
	v := s.tokens[m.head].Head
	if v < 0 || base(s.tokens[v].Relation) != "acl" || s.preposition(m.head) != "by" {
		return -1
	}
	return v
}

// whereRebelsAre gives the state of the armed group that did something to those a mention names, as a participle tells: of the Taliban in
// "families displaced by the Taliban"; "" for none.
func (s *sentence) whereRebelsAre(m *mention) string {
	for _, o := range s.mentions {
		if len(o.actors) == 1 && o.actors[0].kind == schema.ArmedGroup {
			if v := s.doneBy(o); v >= 0 && s.tokens[v].Head == m.head {
				return o.actors[0].country
			}
		}
	}
	return ""
}

// hosts gives the state to which the sentence has somebody go who meets those that a mention is of: they are at home there, as the
// officials in "Kerry met senior officials on his trip to Cairo". It gives "" where they do not meet a guest.
func (k *cast) hosts(s *sentence, m *mention) string {
	i := s.firstOfList(m.head)
	v := s.tokens[i].Head
	if v < 0 {
		return ""
	}
	switch base(s.tokens[i].Relation) {
	case "obj":
	case "obl", "nmod":
		if s.preposition(i) != "with" {
			return ""
		}
	default:
		return ""
	}
	if t := k.coder.find(s, v); t == nil || t.kind != "CONSULT" {
		return ""
	}
	for _, o := range s.mentions {
		code, ok := o.stateAt(true)
		if !ok || o.shape == modifier || s.ofEnvoy(o) {
			continue
		}
		h := s.tokens[o.head].Head
		if h >= 0 && base(s.tokens[o.head].Relation) == "obj" && k.coder.is("visiting", s.lemma(h)) ||
			s.preposition(o.head) == "to" && o.first > 1 && (h >= 0 && k.coder.is("visiting", s.lemma(h)) || k.coder.is("visiting", s.lemma(o.first-2))) {
			return code
		}
	}
	return ""
}

// manyStates tells that a mention is of people or bodies of a part of the world that holds many states: "European leaders".
func (k *cast) manyStates(s *sentence, m *mention) bool {
	for i := m.first; i < m.head; i++ {
		if k.coder.is("regional", s.tokens[i].Text) && capitalised(s.tokens[i].Text) {
			return true
		}
	}
	return false
}

// stateHere gives the state of the place nearest to a mention in its sentence, "" for none; with afar, of one where those are
// who tell of it.
func (k *cast) stateHere(s *sentence, m *mention, afar bool) string {
	best, code := 1<<20, ""
	for _, o := range s.mentions {
		if !o.locative || o.shape == modifier || abs(o.first-m.head) >= best || strings.EqualFold(s.textOr(o.first-1), "to") {
			continue // where somebody goes to is not where he is from
		}
		if of, ok := o.stateAt(o.near); ok && k.fromAfar(s, m, o) == afar {
			best, code = abs(o.first-m.head), of
		}
	}
	return code
}

// fromAfar tells that a place is where those are who tell of a mention, as Geneva of the dead in "aid officials in Geneva said
// that twelve people had died".
func (k *cast) fromAfar(s *sentence, m, place *mention) bool {
	teller := k.teller(s, place.head)
	return teller >= 0 && teller != k.teller(s, m.head)
}

// teller gives the subject of a verb of saying, or what tells where it is said, to which token i belongs; -1 for none.
func (k *cast) teller(s *sentence, i int) int {
	for n := 0; i >= 0 && n < farthest; i, n = s.tokens[i].Head, n+1 {
		switch base(s.tokens[i].Relation) {
		case "nsubj", "obl":
			if k.coder.saying(s, s.tokens[i].Head) {
				return i
			}
		}
	}
	return -1
}

// stateAt gives the state of the place that a mention names; the name of a state is one where asPlace says so.
func (m *mention) stateAt(asPlace bool) (code string, ok bool) {
	switch {
	case m.place != nil && m.place.Country != "":
		return m.place.Country, true
	case asPlace && len(m.actors) == 1 && m.actors[0].kind == schema.State && m.shape == named:
		return m.actors[0].country, true
	}
	return "", false
}

// stateStruck gives the state of the place that is hit when it costs what a mention names: of Kharkiv in "hit Kharkiv,
// wounding six residents" and in "the shelling of Kharkiv killed six", "" for none.
func stateStruck(s *sentence, m *mention) string {
	if base(s.tokens[m.head].Relation) != "obj" {
		return ""
	}
	for v, steps := s.tokens[m.head].Head, 0; v >= 0 && steps < 3; v, steps = s.tokens[v].Head, steps+1 {
		subject := s.child(v, "nsubj")
		for _, o := range s.mentions {
			if o.shape == modifier || o.first <= m.head && m.head < o.last {
				continue
			}
			t := o.head
			if s.tokens[t].Relation == "appos" || s.tokens[t].Relation == "flat" { // "the southern capital, Juba"
				t = s.tokens[t].Head
			}
			h, relation := s.tokens[t].Head, base(s.tokens[t].Relation)
			object := h == v && relation == "obj"
			if !object && (subject < 0 || h != subject || relation != "nmod") {
				continue
			}
			if code, ok := o.stateAt(object); ok {
				return code
			}
			if unit := o.unit(); object && unit != nil {
				return unit.country // "hit the frigate Stark, killing 37 sailors"
			}
		}
		switch base(s.tokens[v].Relation) {
		case "advcl", "conj", "xcomp", "acl":
		default:
			return ""
		}
	}
	return ""
}

// unit gives the force or the ship that a mention is, nil for none.
func (m *mention) unit() *actor {
	if len(m.actors) == 1 && (m.actors[0].kind == schema.Military || m.flagged) {
		return m.actors[0]
	}
	return nil
}

// unitStruck gives the unit whose loss a mention is, the convoy in "attacked a Polish convoy, killing five soldiers", nil for none.
func unitStruck(s *sentence, m *mention) *actor {
	if base(s.tokens[m.head].Relation) != "obj" {
		return nil
	}
	v := s.tokens[m.head].Head
	if v < 0 || base(s.tokens[v].Relation) != "advcl" && base(s.tokens[v].Relation) != "conj" {
		return nil
	}
	for _, o := range s.mentions {
		if unit := o.unit(); unit != nil && o.shape != modifier && o.head != m.head && s.tokens[o.head].Head == s.tokens[v].Head && base(s.tokens[o.head].Relation) == "obj" {
			return unit
		}
	}
	return nil
}

func governs(noun string) bool {
	switch noun {
	case "government", "regime", "administration", "leadership", "govt":
		return true
	}
	return false
}

// filedWeight is how much a dateline speaks for its state, beside six for a state that the text names as often.
const filedWeight = 6

// mainCountry gives the state that the text before a token is most about, "" when none
// stands out or it is one of those that it cannot be.
func (k *cast) mainCountry(s *sentence, token int, cannot ...string) string {
	score := map[string]int{}
	near := [...]int{4, 3, 2, 1} // by how many sentences back
	for i := len(k.recent) - 1; i >= max(0, len(k.recent)-maxBack); i-- {
		r := k.recent[i]
		if s.number-r.sentence >= len(near) {
			break
		}
		if r.actor.country != "" && !r.abroad {
			score[r.actor.country] += near[s.number-r.sentence]
		}
	}
	for code, n := range k.countries {
		score[code] += min(n, 6)
	}
	if k.filed != "" {
		score[k.filed] += filedWeight
	}
	code := heaviest(score)
	if slices.Contains(cannot, code) {
		return ""
	}
	return code
}

// heaviest gives the key of the largest value, the first by name among equals.
func heaviest(score map[string]int) string {
	keys := make([]string, 0, len(score))
	for c := range score {
		keys = append(keys, c)
	}
	sort.Strings(keys)
	best := ""
	for _, c := range keys {
		if best == "" || score[c] > score[best] {
			best = c
		}
	}
	return best
}

// resolveOffice finds the holder of an office that is named alone: "the minister", "Pakistan's prime minister".
func (k *cast) resolveOffice(s *sentence, m *mention) {
	written := strings.ToLower(m.name)
	if m.country == "" {
		m.country = k.stateOfTitle(s, m)
	}
	lastWritten := strings.ToLower(s.tokens[m.last-1].Text)
	if a := k.latest(s, m.head, 60, func(r reference) bool {
		if !r.actor.person || m.country != "" && r.actor.country != m.country {
			return false
		}
		if holds(r.actor.role, m.office) || holds(r.actor.role, written) {
			return true
		}
		switch m.office {
		case "minister":
			if k.coder.officeHas(r.actor.role, "minister") {
				return true
			}
		case "envoy", "diplomat":
			if k.coder.officeHas(r.actor.role, "diplomat") {
				return true
			}
		}
		for _, t := range r.actor.titles {
			if holds(t, lastWritten) {
				return true
			}
		}
		return false
	}); a != nil && (m.definite || m.country != "") {
		a.call(m.name)
		k.point(m, a)
		return
	}
	if m.owner != nil && len(m.owner.actors) == 1 && !m.owner.actors[0].person && m.noun.Has("spokesperson") {
		// A spokesperson without a name speaks for the body.
		k.point(m, m.owner.actors[0])
		return
	}
	if m.country == "" && !m.definite && !m.noun.Has("spokesperson") && base(s.tokens[m.head].Relation) != "obj" && base(s.tokens[m.head].Relation) != "nsubj" {
		return
	}
	country := m.country
	if country == "" && m.standing != string(schema.IGO) && m.standing != string(schema.ArmedGroup) {
		if k.home != "" && m.definite {
			country = k.home // "the Minister" of a ministry that publishes what he did
		} else if country = k.hosts(s, m); country == "" {
			country = k.mainCountry(s, m.head, k.facing(s, m)...)
		}
	}
	a := k.make(unnamed(country, schema.Person, m.office), m.name, schema.Person, country)
	a.role = m.office
	a.indefinite = a.indefinite || k.coder.is("article", s.tokens[m.first].Text) || s.countAt(m.head) != nil
	k.callAsDescribed(s, m, a)
	k.callOwned(s, m, a)
	k.attach(m, a)
}

// officers makes an office-holder without a name one with the person of the same state who
// holds the office and is named elsewhere in the article: "the Foreign Secretary" of a
// statement that is signed below, "the Turkish leader". Of several it is the one named by
// far most.
func (k *cast) officers(sentences []*sentence) {
	for _, a := range append([]*actor(nil), k.actors...) {
		if !a.person || a.role == "" || a.indefinite || !a.nameless() || k.coder.many(a.role) {
			continue
		}
		var best *actor
		second := 0
		for _, b := range k.actors {
			if !b.person || b.country != a.country || b.nameless() || !k.holdsSame(b, a.role) {
				continue
			}
			if best == nil || b.mentions > best.mentions {
				best, b = b, best
			}
			if b != nil {
				second = max(second, b.mentions)
			}
		}
		if best != nil && best.mentions >= 2*second {
			k.join(best, a, sentences)
		}
	}
}

// many tells that a state has many who hold an office at once: judges, lawmakers, governors.
func (c *Coder) many(office string) bool {
	n, ok := c.actors.Noun(strings.Fields(office))
	return ok && (n.Has("judiciary") || n.Has("legislator") || n.Has("regional") || n.Has("former")) || c.is("many", office)
}

// holdsSame tells that a person has an office by any of its names: a state's leader is its
// president, king or prime minister.
func (k *cast) holdsSame(b *actor, office string) bool {
	if b.role == "former "+office {
		return false
	}
	for _, t := range append([]string{b.role}, b.titles...) {
		if holds(t, office) {
			return true
		}
		n, ok := k.coder.actors.Noun(strings.Fields(t))
		if ok && (n.Same == office || k.coder.is("ruler", office) && (n.Has("head-of-state") || n.Has("head-of-government") || n.Has("monarch"))) {
			return true
		}
	}
	return false
}

// twins makes persons one whose names differ in the spelling of the given name only:
// "Mohammad" and "Mohammed El Hindawi", "Sergej" and "Sergei Skripal".
func (k *cast) twins(sentences []*sentence) {
	var surnames []string
	for last, list := range k.persons {
		if len(list) > 1 {
			surnames = append(surnames, last)
		}
	}
	sort.Strings(surnames)
	for _, last := range surnames {
		list := append([]*actor(nil), k.persons[last]...)
		for i, a := range list {
			for _, b := range list[i+1:] {
				if a != b && k.byKey[a.key] == a && k.byKey[b.key] == b && a.twin(b) {
					if b.mentions > a.mentions {
						k.join(b, a, sentences)
						break
					}
					k.join(a, b, sentences)
				}
			}
		}
	}
}

// twin tells that two persons with one surname are one under two spellings.
func (a *actor) twin(b *actor) bool {
	if !a.person || !b.person || !strings.HasPrefix(a.key, "name/") && !strings.HasPrefix(b.key, "name/") ||
		a.country != "" && b.country != "" && a.country != b.country || a.gender != 0 && b.gender != 0 && a.gender != b.gender {
		return false
	}
	x, y := strings.Fields(schema.Spelling(a.name)), strings.Fields(schema.Spelling(b.name))
	if len(x) < 2 || len(x) != len(y) {
		return false
	}
	for i := 1; i < len(x); i++ {
		if x[i] != y[i] {
			return false
		}
	}
	return min(len(x[0]), len(y[0])) >= twinLetters && oneApart(x[0], y[0])
}

// twinLetters is how many letters two given names have at least that one letter parts and
// that are yet one.
const twinLetters = 5

// oneApart tells that one letter changed, put in or left out makes x of y.
func oneApart(x, y string) bool {
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(y)-len(x) > 1 {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	if len(x) == len(y) {
		return i == len(x) || x[i+1:] == y[i+1:]
	}
	return x[i:] == y[i+1:]
}

// holds tells that who has a role has an office: the role ends in its words, and no word
// before them makes it another ("vice president", "presidential spokesman").
func holds(role, office string) bool {
	if role == office {
		return role != ""
	}
	before, ok := strings.CutSuffix(role, " "+office)
	if !ok || office == "" {
		return false
	}
	for w := range strings.FieldsSeq(before) {
		switch w {
		case "vice", "deputy", "former", "ex", "shadow", "opposition", "assistant":
			return false
		}
	}
	return true
}

// officeHas tells that an office has a mark: "defence secretary" is a minister's, "chargé d'affaires" a diplomat's.
func (c *Coder) officeHas(office, mark string) bool {
	n, ok := c.actors.Noun(strings.Fields(office))
	return ok && n.Has(mark)
}

// twoOf tells that a noun says it means two: "both neighbours", "the two governments".
func twoOf(s *sentence, m *mention) bool {
	for i := m.first; i < m.head; i++ {
		if w := strings.ToLower(s.tokens[i].Text); w == "both" || w == "two" {
			return true
		}
	}
	return false
}

// howMany gives how many a noun says it means, two unless it says more: "the three countries".
func howMany(s *sentence, m *mention) int {
	for i := m.first; i < m.head; i++ {
		switch strings.ToLower(s.tokens[i].Text) {
		case "three":
			return 3
		case "four":
			return 4
		}
	}
	return 2
}

// pairBack is how many sentences back the two are looked for whom "both sides" means.
const pairBack = 6

// lastPair gives the two, or n, that "both sides" before a token means: of those named in the last
// sentences the two the article names most, the nearer before the farther, those before others that a phrase names
// together. Who speaks of both sides or asks something of them is neither. Bodies and forces stand for their state
// unless that leaves only one side.
func (k *cast) lastPair(s *sentence, token, n int, states bool) []*actor {
	pair := k.listedStates(s, token, n)
	if pair == nil {
		pair = k.pairOf(s, token, n, func(a *actor) *actor { return k.party(a, states) })
	}
	if pair == nil && !states {
		pair = k.pairOf(s, token, n, func(a *actor) *actor {
			switch a.kind {
			case schema.State, schema.Government, schema.Military, schema.ArmedGroup:
				return a
			}
			return nil
		})
	}
	return pair
}

// listedStates gives the n states that a list names as the subject of the nearest sentence before that has such a list, nil for none:
// "France, Germany and Italy imposed sanctions on Syria. The three countries".
func (k *cast) listedStates(s *sentence, token, n int) []*actor {
	var list []*actor
	number := -1
	for i := len(k.recent) - 1; i >= max(0, len(k.recent)-maxBack); i-- {
		r := k.recent[i]
		if r.sentence == s.number && r.token >= token || !r.listed || r.actor.kind != schema.State || r.shape == modifier {
			continue
		}
		if s.number-r.sentence > pairBack || number >= 0 && r.sentence != number {
			break
		}
		number = r.sentence
		if !containsActor(list, r.actor) {
			list = append(list, r.actor)
		}
	}
	if len(list) != n || n < 3 {
		return nil
	}
	slices.Reverse(list)
	return list
}

// pairOf is lastPair among whom the actors named stand for, nil for who is no side.
func (k *cast) pairOf(s *sentence, token, n int, side func(*actor) *actor) []*actor {
	score := map[*actor]int{}
	var found []*actor
	for i := len(k.recent) - 1; i >= max(0, len(k.recent)-maxBack); i-- {
		r := k.recent[i]
		if s.number-r.sentence > pairBack {
			break
		}
		if r.sentence == s.number && (r.token >= token || r.scene || r.subject && s.child(r.token, "conj") < 0) || s.speaker != nil && s.speaker.sameSide(r.actor) {
			continue
		}
		a := side(r.actor)
		if a == nil {
			continue
		}
		if _, ok := score[a]; !ok {
			found = append(found, a)
			score[a] = pairBack - (s.number - r.sentence)
		}
		score[a] += 2
		if r.paired {
			score[a] += 2 * pairBack
		}
	}
	for _, a := range found {
		score[a] += min(a.mentions, 10)
	}
	sort.SliceStable(found, func(i, j int) bool { return score[found[i]] > score[found[j]] })
	if len(found) < 2 {
		return nil
	}
	return found[:min(n, len(found))]
}

// lastPersons gives the two persons whom "the two men" or "both leaders" before a token means: those whom the nearest
// sentence names that names just two, or two beside its subject; else those meant before, else the two named last.
func (k *cast) lastPersons(s *sentence, token int) []*actor {
	var last, all, others []*actor // the nearest first; others are no subjects
	number := -1                   // of the sentence that names all
	two := func() []*actor {
		switch {
		case len(all) == 2:
			return all
		case len(others) == 2:
			return others
		}
		return nil
	}
	for i := len(k.recent) - 1; i >= max(0, len(k.recent)-maxBack); i-- {
		r := k.recent[i]
		if s.number-r.sentence > pairBack || r.sentence != number && two() != nil {
			break
		}
		if !r.actor.person || r.sentence == s.number && r.token >= token {
			continue
		}
		if len(last) < 2 {
			last = appendActor(last, r.actor)
		}
		alone := r.subject && !r.listed
		if r.actor.nameless() || r.actor == s.speaker || r.sentence == s.number && alone {
			continue // who speaks of them is neither
		}
		if r.sentence != number {
			all, others, number = nil, nil, r.sentence
		}
		all = appendActor(all, r.actor)
		if !alone {
			others = appendActor(others, r.actor)
		}
	}
	if pair := two(); pair != nil {
		last = pair
	} else if k.pair != nil {
		return k.pair
	}
	if len(last) < 2 {
		return nil
	}
	k.pair = []*actor{last[1], last[0]}
	return k.pair
}

// party gives whom an actor stands for as one of two sides: its state, an armed group
// itself; nil for who is no side.
func (k *cast) party(a *actor, states bool) *actor {
	switch {
	case a.kind == schema.State, !states && a.kind == schema.ArmedGroup:
		return a
	case a.kind == schema.Government || a.kind == schema.Military || a.person:
		return k.byKey[a.country]
	}
	return nil
}

// sameSide tells that two actors are one or of one state.
func (a *actor) sameSide(b *actor) bool {
	return a == b || a.sideOf() != "" && a.sideOf() == b.sideOf()
}

// sideOf gives the state whose side an actor takes, "" for armed groups, which may fight the
// state that they are in.
func (a *actor) sideOf() string {
	if a.kind == schema.ArmedGroup {
		return ""
	}
	return a.country
}
