package extract

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"incidentgraph/loader/article"
	"incidentgraph/loader/extract/classify"
	"incidentgraph/loader/gazetteer"
	"incidentgraph/loader/language"
	"incidentgraph/schema"
)

// reading is the state of reading one article.
type reading struct {
	coder     *Coder
	doc       article.Document
	published time.Time
	sentences []*sentence
	cast      *cast
	claims    []*claim
	explain   bool
	// weights is how much the article speaks of each state, from 0 to 1.
	weights map[string]float64
	// main is the day the article speaks of most, once found.
	main *moment
	// filed is the place of the dateline, once looked for.
	filed      *gazetteer.PlaceChoice
	filedKnown bool
	// scenes is where things happen in the article, see scene, once found.
	scenes map[string]float64
	// placed is how often the article names each place, stages the states where most happens in it; once found.
	placed map[string]int
	stages []string
	// dated is how often the article names each time, once found.
	dated map[string]int
	// counted is what each sentence counts, once asked.
	counted []*counted
	// costly is where each sentence tells incidents that may cost lives, once asked.
	costly [][]costlyTelling
	// leads are the actors that the article speaks of most, once found.
	leads []*actor
	// vocabulary numbers the words of the sentences that tell acts.
	vocabulary vocabulary
	// folks tells of the words of which it was asked whether they are nouns for people.
	folks map[string]bool
	// histories are the acts that the rules find, by type, see recordActs; pointed is what was asked of them last.
	histories map[string]*history
	pointed   pointed
	// bodies are the organisations that persons serve, see bodyOf, once found.
	bodies map[*actor]*actor
	// issuedBy is the office-holder who issues what a government publishes, nil when unknown.
	issuedBy *actor
	// topicType says in a word whether the article tells of war.
	topicType string
	// gist is the mean meaning of the words of the article.
	gist []float32
	// ruled are the claims of a reading by the rules alone, ruledAt the same by sentence and token.
	ruled   []*claim
	ruledAt map[[2]int]*claim
	// ruledOf are the claims of ruled of which an actor is a side.
	ruledOf map[*actor][]*claim
	// said are the edges that the models hold for told, nil while the rules read.
	said saidEdges
	// weighed, considered and reacted are what the models thought of, kept for Explain.
	weighed    []weighed
	considered []*edge
	reacted    []reacted
	settled    []settled
	*room      // that the article is read in
	// lesson is what the models learn from the article, nil when they are used.
	lesson *lesson
}

// room is memory that one article after the other uses.
type room struct {
	features []*classify.Features
	scratch  classify.Scratch
}

// mostRooms is how many rooms are kept for the next articles: one for each that is read at the same time.
const mostRooms = 64

// room gives one that nobody uses.
func (c *Coder) room() *room {
	select {
	case m := <-c.rooms:
		return m
	default:
		return &room{}
	}
}

// leave gives a room back, without what the article left in it.
func (c *Coder) leave(m *room) {
	for _, f := range m.features {
		f.Reset()
	}
	select {
	case c.rooms <- m:
	default:
	}
}

// read finds everything in the article, in the order of the stages.
func (c *Coder) read(doc article.Document, explain bool, lesson *lesson) *reading {
	r := &reading{coder: c, doc: doc, explain: explain, cast: newCast(c), lesson: lesson, vocabulary: vocabulary{}, room: c.room()}
	defer func() { c.leave(r.room) }()
	if len(doc.Published) >= 10 {
		if t, err := time.Parse("2006-01-02", doc.Published[:10]); err == nil {
			r.published, r.cast.year = t, t.Year()
		}
	}
	var numbers, starts []int
	var texts []string
	for n, s := range doc.Sentences {
		if roleTells(s.Role) {
			numbers, starts, texts = append(numbers, n), append(starts, s.Start), append(texts, doc.Text[s.Start:s.End])
		}
	}
	parsed := c.model.ParseAll(texts, starts)
	namesAgain(parsed)
	for k, p := range parsed {
		x := newSentence(doc.Sentences[numbers[k]], numbers[k], p)
		x.cast = r.cast
		r.sentences = append(r.sentences, x)
	}
	for _, s := range r.sentences {
		s.quoted = quotedTokens(s)
	}
	r.name()
	r.resolve()
	r.quotes()
	r.speakers()
	for _, s := range r.sentences {
		s.settled = true
	}
	r.topicType = r.topicOf()
	r.gist = r.gistOfAll()
	if r.offTopic() {
		return r
	}
	r.byRules()
	for _, s := range r.sentences {
		if r.lesson != nil && !r.lesson.second {
			r.claims = append(r.claims, r.lesson.sentence(r, s)...)
			continue
		}
		r.claims = append(r.claims, r.weigh(s)...)
	}
	if r.lesson != nil {
		r.lesson.edges(r)
		r.lesson.settle(r)
		return r
	}
	r.gather(r.choose(r.claims), func(*claim) bool { return true })
	r.claimants()
	r.settlePlaces()
	r.landStruck()
	r.settleDays()
	r.settleTolls()
	r.settle()
	r.leadersFirst()
	return r
}

// namesAgain makes names of the nouns that are the end of a name elsewhere in the article: "Letts" of "Jack Letts".
func namesAgain(parsed []language.Sentence) {
	names := map[string]bool{}
	for _, p := range parsed {
		for _, t := range p.Tokens {
			if t.Tag == "PROPN" && t.Relation == "flat" {
				names[t.Text] = true
			}
		}
	}
	for _, p := range parsed {
		for i := range p.Tokens {
			if t := &p.Tokens[i]; t.Tag == "NOUN" && names[t.Text] && capitalised(t.Text) {
				t.Tag, t.Penn, t.Lemma = "PROPN", "NNP", t.Text
			}
		}
	}
}

// byRules reads the article by the rules alone, as the models are told of it.
func (r *reading) byRules() {
	for k, s := range r.sentences {
		s.index = k
		s.ruled, s.why = make([][]*claim, len(s.tokens)), make([]string, len(s.tokens))
		for i := range s.tokens {
			s.ruled[i], s.why[i] = r.proposed(s, i)
			for _, c := range s.ruled[i] {
				r.claims = append(r.claims, c.copied())
			}
		}
	}
	r.gather(r.claims, answerMatters)
	r.complete()
	r.settleRules()
	r.ruled = r.claims
	r.claims, r.scenes = nil, nil
	r.recordActs()
}

// gather makes incidents of the claims of single words, given in text order: with their day,
// place and toll, one for each happening, linked to what they answer where that is asked for.
func (r *reading) gather(claims []*claim, asked func(*claim) bool) {
	r.claims = r.fuseAll(claims)
	r.circumstances()
	r.merge()
	r.place()
	r.answer(asked)
}

// place gives the incidents that tell no place of their own one.
func (r *reading) place() {
	for _, c := range r.claims {
		r.somewhere(c)
	}
	for _, c := range r.claims {
		r.spoken(c)
	}
}

// copied gives a claim that may be changed without the other.
func (c *claim) copied() *claim {
	out := *c
	out.initiators = out.initiators[:len(out.initiators):len(out.initiators)]
	out.targets = out.targets[:len(out.targets):len(out.targets)]
	out.about = out.about[:len(out.about):len(out.about)]
	out.weapons = out.weapons[:len(out.weapons):len(out.weapons)]
	return &out
}

// fuseAll fuses the claims of each sentence, given in text order.
func (r *reading) fuseAll(claims []*claim) []*claim {
	var out []*claim
	for len(claims) > 0 {
		n := 1
		for n < len(claims) && claims[n].s == claims[0].s {
			n++
		}
		out = append(out, r.fuse(claims[0].s, claims[:n])...)
		claims = claims[n:]
	}
	return out
}

// circumstances finds when and where the claims happened, who says so and how many it cost.
func (r *reading) circumstances() {
	for i, cl := range r.claims {
		cl.order = i
		r.date(cl)
		r.locate(cl)
		r.judge(cl)
	}
	r.casualties()
}

// An article is about sport or entertainment when it has this many of their words, and one
// in at most so many words of the text.
const (
	gameWords   = 4
	gameDensity = 100
)

// offTopic tells that an article is about sport or entertainment, where "France" beats
// "Argentina" and nobody is attacked. Each word counts once.
func (r *reading) offTopic() bool {
	seen, words := map[string]bool{}, 0
	for _, s := range r.sentences {
		words += len(s.tokens)
		for i := range s.tokens {
			if w := s.lemma(i); r.coder.lexicon.classes["offtopic"][w] {
				seen[w] = true
			}
		}
	}
	return len(seen) >= gameWords && len(seen)*gameDensity >= words
}

// topicOf tells in a word how much of an article is about fighting.
func (r *reading) topicOf() string {
	n := 0
	for _, s := range r.sentences {
		for i := range s.tokens {
			if t := r.coder.find(s, i); t != nil && t.kind == "ASSAULT" {
				n++
				break
			}
		}
	}
	switch {
	case n*2 >= len(r.sentences):
		return "war"
	case n*5 >= len(r.sentences):
		return "some war"
	}
	return "no war"
}

// name finds all mentions and who the named ones are.
func (r *reading) name() {
	for _, s := range r.sentences {
		s.mentions = r.coder.mentionsOf(r.doc.Text, s)
		s.rehang(r.coder)
	}
	for _, s := range r.sentences {
		for _, m := range s.mentions {
			if m.places != nil && m.near && len(m.entries) == 0 {
				r.cast.bodies[m.places.Candidates[0].Country]++
			}
			if len(m.entries) == 1 && !m.doubtful {
				if e := m.entries[0]; e.Country != "" && !s.ofEnvoy(m) {
					r.cast.countries[e.Country]++
					if e.Kind == string(schema.ArmedGroup) || e.Kind == string(schema.OtherActor) {
						r.cast.bodies[e.Country]++
					}
					if m.form != gazetteer.Surname {
						r.cast.told[e.Country] = true
					}
				}
			}
		}
	}
	r.cast.text = r.doc.Text
	r.cast.home, r.cast.filed = r.coder.homeOf(r.doc.Publisher), r.filedState()
	// Full names first, so that a surname in the headline finds its owner.
	for _, long := range []bool{true, false} {
		for _, s := range r.sentences {
			for _, m := range s.mentions {
				if (m.last-m.first > 1) == long {
					r.cast.name(m, r.doc.Text)
				}
			}
		}
	}
	r.choosePlaces()
	for _, s := range r.sentences {
		r.appose(s)
	}
	r.persons()
	r.cast.twins(r.sentences)
	r.shortNames()
	r.plurals()
	for _, s := range r.sentences {
		r.identify(s)
	}
	for _, s := range r.sentences {
		for _, m := range s.mentions {
			if len(m.actors) == 1 && m.actors[0].person && !m.person {
				m.person, m.kind = true, schema.Person
			}
		}
	}
}

// persons makes persons of the unknown names that only persons have reason to bear: who
// speaks, whose age is told, who is called by the last word of the name alone.
func (r *reading) persons() {
	for _, s := range r.sentences {
		for _, m := range s.mentions {
			if m.shape != named || m.kind != schema.OtherActor || len(m.actors) != 1 || !r.humanName(m.actors[0]) {
				continue
			}
			people := s.namedAfter(m)
			if people != nil || r.speaks(s, m) || aged(s, m) || r.bySurname(s, m) || r.besidePerson(s, m) || !m.locative && r.coder.is("patronym", s.tokens[m.first].Text) || s.whoFollows(m) {
				a := m.actors[0]
				r.cast.becomePerson(a)
				if people != nil && a.country == "" {
					a.country = people.country
				}
			}
		}
	}
}

// identify makes what a sentence says that a named person is the person: "Mehmet Aksoy, a
// film-maker and activist", "Holmes was a soldier".
func (r *reading) identify(s *sentence) {
	for _, n := range s.mentions {
		if n.shape != nominal || len(n.actors) > 0 || n.noun == nil || n.plural || n.noun.Has("kin") || n.noun.Class == gazetteer.Body {
			continue
		}
		who := s.identical(n.head)
		if who < 0 {
			continue
		}
		for _, m := range s.mentionsAt(who) {
			if m.shape != named || m.head != who || len(m.actors) != 1 || !m.actors[0].person && !r.humanName(m.actors[0]) {
				continue
			}
			a := m.actors[0]
			r.cast.becomePerson(a)
			m.person, m.kind = a.person, a.kind
			r.owner(s, indexOf(s.mentions, n))
			if n.country != "" && a.country != "" && n.country != a.country {
				continue
			}
			if a.country == "" {
				a.country = n.country
			}
			if n.noun.Class == gazetteer.Office && a.role == "" {
				a.role = n.office
			}
			n.actors, n.person, n.kind = m.actors, true, schema.Person
			a.call(n.name)
			break
		}
	}
}

// identical gives the token that what token i heads is said to be the same as: what it is in
// apposition to or the subject that it is predicated of, -1 for none.
func (s *sentence) identical(i int) int {
	if base(s.tokens[i].Relation) == "conj" && s.tokens[i].Head >= 0 {
		i = s.tokens[i].Head
	}
	if base(s.tokens[i].Relation) == "appos" {
		return s.tokens[i].Head
	}
	if s.child(i, "cop") < 0 {
		return -1
	}
	for t := range s.tokens {
		if s.tokens[t].Head == i && (s.tokens[t].Tag == "PART" || s.tokens[t].Penn == "MD" || base(s.tokens[t].Relation) == "mark" || base(s.tokens[t].Relation) == "advmod" && s.lemma(t) == "never") {
			return -1 // "is no", "would be", "if he were"
		}
	}
	return s.child(i, "nsubj")
}

// shortNames finds the persons whom one word of their name means that is a place's name or
// unknown as well: "Muthana says" in an article about Hoda Muthana, "Daniel" of Daniel Montalvo.
func (r *reading) shortNames() {
	given := map[string]*actor{}
	for _, a := range r.cast.actors {
		if words := strings.Fields(schema.Spelling(a.name)); a.person && len(words) > 1 {
			if given[words[0]] != nil {
				a = nil
			}
			given[words[0]] = a
		}
	}
	for _, s := range r.sentences {
		for _, m := range s.mentions {
			if m.shape != named || m.last-m.first != 1 || m.near || m.inner || len(m.entries) > 0 || len(m.actors) > 1 || len(m.actors) == 0 && m.places == nil || len(m.actors) == 1 && !m.unknown() {
				continue
			}
			a := r.cast.surname(m.name)
			if a == nil {
				a = given[schema.Spelling(m.name)]
			}
			if a != nil && (len(m.actors) == 0 || m.actors[0] != a) {
				m.actors, m.place = nil, nil
				a.call(m.name)
				r.cast.attach(m, a)
			}
		}
	}
}

// plurals finds the surnames of persons of the article that were taken for nouns in the
// plural, as at the start of a sentence: "Foulkes said".
func (r *reading) plurals() {
	for _, s := range r.sentences {
		for i, t := range s.tokens {
			if t.Tag != "NOUN" || base(t.Relation) != "nsubj" || !strings.HasSuffix(t.Text, "s") || !capitalised(t.Text) || s.mentioned(i) || len(s.children[i]) > 0 {
				continue
			}
			a := r.cast.surname(t.Text)
			if a == nil {
				continue
			}
			m := &mention{sentence: s, first: i, last: i + 1, head: i, shape: named, kind: schema.Person, person: true, name: t.Text}
			at := slices.IndexFunc(s.mentions, func(o *mention) bool { return o.first > i })
			if at < 0 {
				at = len(s.mentions)
			}
			s.mentions = slices.Insert(s.mentions, at, m)
			a.call(m.name)
			r.cast.attach(m, a)
		}
	}
}

// humanName tells that an unknown name has the form of a person's: two to four words, none
// in capitals throughout.
func (r *reading) humanName(a *actor) bool {
	words := strings.Fields(a.name)
	if !strings.HasPrefix(a.key, "name/other/") || len(words) < 2 || len(words) > 4 {
		return false
	}
	for _, w := range words {
		if len(w) > 1 && strings.ToUpper(w) == w || strings.EqualFold(w, "of") || strings.EqualFold(w, "for") {
			return false
		}
	}
	return r.coder.nameKind(words[len(words)-1]) == "" && !r.coder.is("thing", words[0]) && !r.coder.is("thing", words[len(words)-1])
}

// aged tells that a mention is followed by an age: "Shamima Begum, 19,".
func aged(s *sentence, m *mention) bool {
	t := s.tokens
	return m.last+2 < len(t) && t[m.last].Text == "," && t[m.last+1].Tag == "NUM" && len(t[m.last+1].Text) == 2 && (t[m.last+2].Text == "," || t[m.last+2].Text == ".")
}

// bySurname tells that a mention calls by one word who has a longer name, and acts.
func (r *reading) bySurname(s *sentence, m *mention) bool {
	switch rel := s.tokens[m.head].Relation; base(rel) {
	case "nsubj", "obj":
	default:
		if rel != "nmod:poss" {
			return false
		}
	}
	return m.last-m.first == 1 && m.first == m.head && s.child(m.head, "det") < 0 && strings.HasSuffix(m.actors[0].name, " "+s.tokens[m.head].Text)
}

// besidePerson tells that a mention stands in a list with a person: "Kotey and Elsheikh".
func (r *reading) besidePerson(s *sentence, m *mention) bool {
	if base(s.tokens[m.head].Relation) != "conj" {
		return false
	}
	for _, o := range s.mentions {
		if o.head == s.tokens[m.head].Head && o.shape == named {
			return len(o.actors) == 1 && o.actors[0].person
		}
	}
	return false
}

// namedAfter gives the counted people one of whom a mention names: "two British fighters, Alexanda Kotey and El Shafee
// Elsheikh", nil for none.
func (s *sentence) namedAfter(m *mention) *mention {
	h := s.tokens[m.head].Head
	switch base(s.tokens[m.head].Relation) {
	case "appos":
	case "conj":
		if base(s.tokens[h].Relation) == "appos" {
			h = s.tokens[h].Head
		} else if first := s.child(h, "appos"); first < 0 || first > m.head {
			return nil
		}
	default:
		return nil
	}
	for _, o := range s.mentions {
		if o.head == h && o.shape != modifier && o.plural && o.noun != nil && o.noun.Class != gazetteer.Body && s.countAt(h) != nil {
			return o
		}
	}
	return nil
}

// whoFollows tells that "who", "whose" or "whom" goes on after a mention, as it does after persons.
func (s *sentence) whoFollows(m *mention) bool {
	t := m.last
	if t < len(s.tokens) && s.tokens[t].Text == "," {
		t++
	}
	return t < len(s.tokens) && (s.tokens[t].Penn == "WP" || s.tokens[t].Penn == "WP$") && !strings.EqualFold(s.tokens[t].Text, "what")
}

// speaks tells that a mention is the subject of a word of saying.
func (r *reading) speaks(s *sentence, m *mention) bool {
	h := s.tokens[m.head].Head
	return base(s.tokens[m.head].Relation) == "nsubj" && h >= 0 && s.verbal(h) && len(r.coder.lexicon.reporting[s.lemma(h)]) > 0
}

// appose joins mentions that stand beside each other for one actor: "Iran's foreign
// minister, Hossein Amirabdollahian", "Democratic Union Party (PYD)", "X, also known as Y".
func (r *reading) appose(s *sentence) {
	for i, m := range s.mentions {
		if m.shape == modifier || m.shape == pronoun {
			continue
		}
		r.owner(s, i)
		if i+1 >= len(s.mentions) {
			continue
		}
		if t := m.first - 1; m.shape == nominal && len(m.actors) == 0 && t > 1 && s.tokens[t].Text == ")" {
			// "the Jaish al-Adl (Army of Justice) terrorist group"
			for _, o := range s.mentions {
				if o.shape == named && !o.person && o.last == t && len(o.actors) == 1 && (m.noun == nil || m.noun.Class == gazetteer.Folk) {
					m.actors = o.actors
				}
			}
		}
		next := r.following(s, i)
		if next == nil || next.shape == pronoun {
			continue
		}
		end := m.last
		if m.personal() && m.shape == nominal {
			end, next = r.pastBody(s, end, next)
		}
		between := s.between(end, next.first)
		if next.shape == named && len(next.actors) == 1 && m.personal() && m.shape == nominal && m.noun != nil && !m.plural && (between == "," || between == "") ||
			between == "," && s.presents(m, next) && len(next.actors) == 1 ||
			next.person && next.shape == nominal && m.shape == named && len(m.actors) == 1 && (between == "," || between == ", the" || between == ", a") {
			who := next
			if m.shape == named {
				who = m
			}
			r.cast.becomePerson(who.actors[0])
			who.person, who.kind = who.actors[0].person, who.actors[0].kind
		}
		switch {
		case m.personal() && m.shape == nominal && next.person && next.shape == named && (between == "," || between == "") && m.noun != nil && !m.plural:
			r.title(next, m)
		case between == "," && next.person && s.presents(m, next):
			r.title(next, m) // "his Dutch visitor, Minister Brinkhof", "a lawyer, Ahmed Sharif"
		case m.shape == nominal && m.noun != nil && m.noun.Has("kin") && !m.plural && next.shape == named && len(next.actors) == 1 &&
			(between == "" || between == "," && base(s.tokens[next.head].Relation) == "appos"):
			r.kin(next, m)
		case m.person && m.shape == named && next.shape == nominal && next.noun != nil && next.noun.Has("kin") && !next.plural && len(m.actors) == 1 &&
			base(s.tokens[next.head].Relation) == "appos" && kinBetween(between):
			r.kin(m, next)
		case m.person && m.shape == named && next.person && next.shape == nominal && !next.plural && (between == "," || between == ", the" || between == ", a" || between == ", then" || between == ", now" || between == "("):
			r.owner(s, indexOf(s.mentions, next))
			if between == "(" && next.country == "" {
				continue
			}
			r.title(m, next)
		case (between == ", the" || between == ",") && m.shape == nominal && m.noun != nil && m.noun.Class == gazetteer.Body && !m.plural && next.shape == named && !next.person && len(next.actors) == 1 &&
			s.tokens[next.head].Relation == "appos" && s.tokens[next.head].Head == m.head && next.actors[0].kind != schema.State:
			m.actors = next.actors // "the main opposition party, the Movement for Democratic Change"
			next.actors[0].call(m.name)
			if a := next.unlisted(); a != nil && a.country == "" {
				a.country = m.country
			}
		case (between == "(" || between == "( the") && next.last < len(s.tokens) && m.shape == named && next.shape == named && !m.person && !next.person &&
			len(m.actors) == 1 && (len(next.actors) == 1 || next.kind == schema.OtherActor) && strings.Contains(s.textOr(next.last), ")"):
			r.same(m, next)
		case isAlso(between) && m.shape == named && next.shape == named && len(m.actors) == 1 && len(next.actors) == 1:
			r.same(m, next)
		case between == "," && m.shape == named && !m.person && next.shape == nominal && next.noun != nil && next.kind == m.kind && s.tokens[next.head].Relation == "appos":
			if len(m.actors) == 1 {
				next.actors = m.actors
			}
		}
	}
}

// presents tells that a noun for one of the people tells who the one is whose name follows: "a lawyer, Ahmed Sharif".
func (s *sentence) presents(m, next *mention) bool {
	return m.shape == nominal && m.noun != nil && m.noun.Class == gazetteer.Folk && !m.noun.Has("kin") && !m.plural && next.shape == named &&
		s.tokens[next.head].Relation == "appos" && s.tokens[next.head].Head == m.head
}

// kinBetween tells that only a comma and whose kin it is stand between a name and a noun for kin.
func kinBetween(between string) bool {
	switch between {
	case ", his", ", her", ", their", ", whose", ", the":
		return true
	}
	return false
}

// kin gives the person of mention p as somebody's kin, as mention o calls it: "her husband, Yago Riedijk".
func (r *reading) kin(p, o *mention) {
	a := p.actors[0]
	r.cast.becomePerson(a)
	if !a.person {
		return
	}
	p.person, p.kind = true, schema.Person
	o.actors = p.actors
	a.gender = r.coder.genderOf(o.name, a.gender)
	if old, ok := r.cast.kin[o.noun.Words]; ok && old != a {
		a = nil
	}
	r.cast.kin[o.noun.Words] = a
}

// pastBody goes from an office over the bodies and states it is held in to the name that
// follows: "the foreign minister of Iran, Hossein ...", "the head at Iraq's Defence Ministry, ...".
func (r *reading) pastBody(s *sentence, end int, next *mention) (int, *mention) {
	for hop := 0; hop < 3 && end < len(s.tokens) && next.first <= end+2; hop++ {
		if s.tokens[end].Penn != "POS" && !r.coder.is("officelink", s.tokens[end].Text) {
			break
		}
		after := r.following(s, indexOf(s.mentions, next))
		if after == nil {
			break
		}
		end, next = next.last, after
	}
	return end, next
}

// between gives the words of tokens from to to in lower case, without an age after a comma;
// "..." for more than a few.
func (s *sentence) between(from, to int) string {
	if from+2 < len(s.tokens) && s.tokens[from].Text == "," && s.tokens[from+1].Tag == "NUM" && s.tokens[from+2].Text == "," {
		from += 2
	}
	if to-from > 6 {
		return "..."
	}
	var words []string
	for t := from; t < to; t++ {
		words = append(words, strings.ToLower(s.tokens[t].Text))
	}
	return strings.Join(words, " ")
}

func indexOf(list []*mention, m *mention) int {
	for i, x := range list {
		if x == m {
			return i
		}
	}
	return -1
}

// personal tells that a mention can be one person: an office, or a noun like "official", "commander".
func (m *mention) personal() bool {
	return m.person || m.noun != nil && m.noun.Class == gazetteer.Folk && !m.plural && m.kind != schema.Civilians && m.kind != schema.State
}

func (r *reading) following(s *sentence, i int) *mention {
	for _, m := range s.mentions[i+1:] {
		if m.shape != modifier && m.first >= s.mentions[i].last {
			return m
		}
	}
	return nil
}

func isAlso(between string) bool {
	switch between {
	case ", also known as", "also known as", "( also known as", ", known as", "or", ", or", ", aka", "( aka", "( formerly", ", formerly known as", ", formerly", ", also called", "( or", ", also spelled":
		return true
	}
	return false
}

// same makes two named mentions one actor.
func (r *reading) same(m, next *mention) {
	if len(next.actors) == 1 {
		a, b := m.actors[0], next.actors[0]
		if a.kind == schema.State || b.kind == schema.State || a.person != b.person {
			return
		}
		// Two authorities' actors stay two.
		if !strings.HasPrefix(a.key, "name/") && !strings.HasPrefix(b.key, "name/") {
			return
		}
		r.cast.join(a, b, r.sentences)
		return
	}
	m.actors[0].call(next.name)
	r.cast.byName[schema.Spelling(next.name)] = m.actors[0]
	next.actors = m.actors
}

// title gives the person of mention p the office of mention o, and o the person.
func (r *reading) title(p, o *mention) {
	if len(p.actors) != 1 {
		return
	}
	a := p.actors[0]
	if o.country != "" && a.country != "" && o.country != a.country {
		return
	}
	if (a.role == "" || strings.HasPrefix(a.key, "name/")) && o.office != "" {
		a.role = o.office
	}
	if a.country == "" && strings.HasPrefix(a.key, "name/") {
		a.country = o.country
	}
	a.call(o.name)
	r.cast.entitle(a, o.name)
	o.actors = p.actors
}

// ownersNear is how many mentions before and after one its owner is looked for.
const ownersNear = 6

// owner reads the state that mention i of a sentence belongs to from "Iran's", "its", "of
// Iran", "for the Chinese ministry", "in Kabul".
func (r *reading) owner(s *sentence, i int) {
	m := s.mentions[i]
	if m.shape == pronoun || m.owner != nil || m.country != "" && m.shape == nominal {
		return
	}
	for k := max(0, i-ownersNear); k < min(len(s.mentions), i+ownersNear); k++ {
		o := s.mentions[k]
		switch {
		case o == m:
		case o.last < len(s.tokens) && s.tokens[o.last].Penn == "POS" && o.last < m.head && m.first >= o.last-1 && m.first <= o.last+2,
			o.shape == pronoun && o.first == m.first-1 && s.tokens[o.first].Penn == "PRP$" && !r.fromElsewhere(s, m):
			m.belongs(o)
		case m.owner != nil && m.owner.shape == pronoun: // "its soldiers from Mali"
		case m.shape == nominal && o.shape != modifier && o.first > m.last && (o.first <= m.last+2 || s.ends(m, o)) && r.linksOwner(s, m):
			r.owner(s, k)
			m.belongs(o)
		case m.person && m.shape == named && m.title != "" && m.last < len(s.tokens) && o.first == m.last+1 && o.kind == schema.State && strings.EqualFold(s.tokens[m.last].Text, "of"):
			m.belongs(o) // "King Hassan of Morocco"
		}
	}
	if m.owner == nil && m.shape == nominal && m.kind != schema.ArmedGroup {
		r.sharesOwner(s, i)
	}
	if a := m.unlisted(); a != nil && a.country == "" && m.owner != nil && (!a.person || m.title != "") {
		a.country = m.country // "Saudi Arabia's Civil Defense Authority", "Russia's deputy prime minister Ivan Petrov"
	}
}

// fromElsewhere tells that words behind a mention say of which states somebody's counterparts are: "his counterparts from France and
// Italy" are not of his own.
func (r *reading) fromElsewhere(s *sentence, m *mention) bool {
	return m.noun != nil && m.noun.Has("counterpart") && m.last < len(s.tokens) && r.linksOwner(s, m)
}

// sharesOwner gives mention i the owner of the one that it is joined to, where that is named behind both: "the government and
// people of Iraq".
func (r *reading) sharesOwner(s *sentence, i int) {
	m := s.mentions[i]
	next := r.following(s, i)
	if next == nil || next.shape != nominal || next.kind == schema.ArmedGroup {
		return
	}
	switch s.between(m.last, next.first) {
	case "and", "and the":
		if r.owner(s, indexOf(s.mentions, next)); next.owner != nil && next.owner.shape != pronoun && next.owner.first >= next.last {
			m.belongs(next.owner)
		}
	}
}

// farOwner is how many words behind a mention the name of whose it is may stand.
const farOwner = 6

// ends tells that a name ends the phrase that hangs on people, and is the only one in it: "members of the pro-western
// Free Syrian Army", "fighters of the Shia group Hezbollah".
func (s *sentence) ends(m, o *mention) bool {
	if o.shape != named || m.noun == nil || m.noun.Class != gazetteer.Folk || !m.plural || o.first > m.last+farOwner || !s.under(o.head, m.head) {
		return false
	}
	for t := m.last + 1; t < o.first; t++ {
		switch s.tokens[t].Tag {
		case "NOUN", "ADJ", "DET", "PUNCT", "PROPN", "ADV":
		default:
			return false
		}
	}
	return !slices.ContainsFunc(s.mentions, func(x *mention) bool {
		return x != o && x.shape == named && x.first >= m.last && x.last <= o.first
	})
}

// linksOwner tells that the word behind a mention leads to whom it belongs: "soldiers of Iran", "an adviser to the
// ministry", but not "an envoy to Iran".
func (r *reading) linksOwner(s *sentence, m *mention) bool {
	link := s.tokens[m.last].Text
	return r.coder.is("ownerlink", link) || strings.EqualFold(link, "to") && r.coder.is("servant", s.lemma(m.last-1))
}

// belongs records that a mention belongs to another, and to its state or place.
func (m *mention) belongs(o *mention) {
	if len(o.actors) == 1 || o.shape == pronoun || o.shape == nominal {
		m.owner = o
	}
	if m.country != "" || m.standing == string(schema.IGO) {
		return
	}
	switch {
	case len(o.actors) == 1:
		m.country = o.actors[0].country
	case len(o.entries) == 1:
		m.country = o.entries[0].Country
	case o.place != nil:
		m.country = o.place.Country
	default:
		m.country = o.country
	}
}

// unlisted gives the actor that a mention names when no list knows it, else nil.
func (m *mention) unlisted() *actor {
	if len(m.actors) == 1 && m.shape == named && strings.HasPrefix(m.actors[0].key, "name/") {
		return m.actors[0]
	}
	return nil
}

// resolve goes through the article in order and finds who pronouns and nominals mean.
func (r *reading) resolve() {
	r.regimes()
	for _, s := range r.sentences {
		for _, m := range s.mentions {
			if len(m.actors) == 0 {
				r.cast.resolve(s, m)
			}
			r.cast.see(s, m)
		}
	}
	r.cast.officers(r.sentences)
	r.origins()
}

// surroundings is how often the sentences that name an actor speak of each state: the first
// of them, all of them, and the places in them.
type surroundings struct {
	sentence           *sentence
	first, all, places map[string]int
	// defied are the states and governments that sentences about rebels speak of, and foe that of a government named with them.
	defied map[string]int
	foe    string
}

// origins gives a state to persons and to armed people without a name of whom no words tell
// it: to persons the one that both the sentence that brings them in and all that name them
// speak of most, to armed people that of the places where they are told of. Rebels are of the state whose government is named in
// one phrase with them, and of the only state that is spoken of beside them where no place is told.
func (r *reading) origins() {
	around, international := map[*actor]*surroundings{}, map[*actor]bool{}
	for _, s := range r.sentences {
		for _, m := range s.mentions {
			for _, a := range m.actors {
				if a.person && m.standing == string(schema.IGO) {
					international[a] = true
				}
				if a.country != "" || m.shape == pronoun || !strings.HasPrefix(a.key, "name/") && !strings.HasPrefix(a.key, namelessKey+"/") ||
					!a.person && a.kind != schema.ArmedGroup && a.kind != schema.Military || r.coder.multinational(m) {
					continue
				}
				x := around[a]
				if x == nil {
					x = &surroundings{sentence: s, first: map[string]int{}, all: map[string]int{}, places: map[string]int{}, defied: map[string]int{}}
					around[a] = x
				}
				if m.noun != nil && (r.coder.is("rebelling", m.noun.Words) || r.coder.is("rebelling", m.noun.Same)) {
					s.governments(x.defied)
					if x.foe == "" {
						x.foe = s.governmentWith(m)
					}
				}
				r.states(s, a, m, func(code string, place, weight int) {
					x.all[code] += weight
					if x.sentence == s {
						x.first[code] += weight
					}
					if place > 0 {
						x.places[code] += place
					}
				})
			}
		}
	}
	for _, a := range append([]*actor(nil), r.cast.actors...) {
		x := around[a]
		switch {
		case x == nil || a.country != "" || international[a]:
		case a.person:
			r.byName(a, x.first)
			r.byName(a, x.all)
			if code := heaviest(x.all); code == heaviest(x.first) {
				a.country = code
			}
		case x.foe != "":
			r.cast.settleIn(a, x.foe, r.sentences)
		case len(x.places) == 0 && len(x.defied) == 1:
			r.cast.settleIn(a, heaviest(x.defied), r.sentences)
		case len(x.places) == 0:
			r.cast.settleIn(a, r.cast.filed, r.sentences)
		default:
			r.cast.settleIn(a, heaviest(x.places), r.sentences)
		}
	}
}

// governments counts the states that the sentence speaks of as such or by their governments.
func (s *sentence) governments(count map[string]int) {
	for _, m := range s.mentions {
		if m.shape == modifier {
			continue
		}
		for _, a := range m.actors {
			if a.country != "" && a.public() {
				count[a.country]++
			}
		}
	}
}

// governmentWith gives the state whose government stands in one phrase with a mention: "the Philippine government and Muslim
// rebels", "" for none.
func (s *sentence) governmentWith(m *mention) string {
	for _, o := range s.mentions {
		if o.shape != modifier && len(o.actors) == 1 && o.head != m.head && s.joined(o.head, m.head) {
			if a := o.actors[0]; a.public() {
				return a.country
			}
		}
	}
	return ""
}

// byName makes the states weigh more where a known person bears the given name of a.
func (r *reading) byName(a *actor, weights map[string]int) {
	given, _, _ := strings.Cut(strings.ToLower(a.name), " ")
	for code := range r.coder.givenNames[given] {
		if weights[code] > 0 {
			weights[code] *= 3
		}
	}
}

// states calls tell for each state that a sentence speaks of, of itself or by a place or
// somebody else in it, with the weights that it has as a place and as a state for whose home is asked, where at names the one
// of whom it is asked. Whom somebody accuses, meets or visits says nothing of where he is from.
func (r *reading) states(s *sentence, a *actor, at *mention, tell func(code string, place, weight int)) {
	for _, m := range s.mentions {
		if r.cast.opposite(s, at, m) || m.shape == modifier && r.cast.opposite(s, at, s.modified(m)) || s.sentTo(a, m) || s.ofEnvoy(m) {
			continue
		}
		place := 0
		if _, named := m.stateAt(m.near); named && (len(m.actors) == 0 || m.locative) {
			if place = 2; r.cast.fromAfar(s, at, m) {
				place = 1
			}
		}
		if m.place != nil && m.place.Country != "" {
			tell(m.place.Country, place, 1)
			continue
		}
		for _, o := range m.actors {
			if o != a && o.country != "" && o.kind != schema.ArmedGroup && m.shape != pronoun {
				weight := 1
				if m.form == gazetteer.Adjective {
					weight = 2
				}
				tell(o.country, place, weight)
			}
		}
	}
}

// governs tells that a mention is of a body of a state by what it is: "the cabinet".
func (m *mention) governs() bool {
	return m.kind == schema.Government && m.noun != nil && m.noun.Class == gazetteer.Body
}

// opposite tells that one of two mentions, the former a person or a body of a state, is the subject and the latter, a state by its name or
// his counterpart there, the object of one verb that tells what somebody does to another, or the other way round: nobody is accused by
// his own. There may be no latter.
func (k *cast) opposite(s *sentence, a, b *mention) bool {
	if b == nil || !a.person && !a.governs() {
		return false
	}
	counterpart := b.noun != nil && b.noun.Has("counterpart") && b.country != "" || strings.Contains(b.office, "counterpart")
	if !counterpart && (b.shape != named || b.kind != schema.State) {
		return false
	}
	for n := 0; n < 2; n++ {
		if v := s.tokens[a.head].Head; v >= 0 && base(s.tokens[a.head].Relation) == "nsubj" && s.slotOf(b.head, v) {
			if t := k.coder.find(s, v); t != nil {
				return t.kind != "" && t.kind != "RETREAT"
			}
			return !k.coder.is("ruling", s.lemma(v))
		}
		a, b = b, a
	}
	return false
}

// modified gives the mention in whose phrase the modifier m stands, nil for none: the counterpart of "Iranian counterpart".
func (s *sentence) modified(m *mention) *mention {
	for _, o := range s.mentions {
		if o != m && o.shape == nominal && o.holds(m.head) {
			return o
		}
	}
	return nil
}

// sentTo tells that a mention is of the state to which an actor is sent: "Ivan Petrov, an envoy to Syria".
func (s *sentence) sentTo(a *actor, m *mention) bool {
	if m.first == 0 || !strings.EqualFold(s.tokens[m.first-1].Text, "to") {
		return false
	}
	for _, o := range s.mentions {
		if o.last == m.first-1 && o.shape == nominal && containsActor(o.actors, a) {
			return true
		}
	}
	return false
}

// slotOf tells that token i is an object of verb v.
func (s *sentence) slotOf(i, v int) bool {
	switch base(s.tokens[i].Relation) {
	case "obj", "iobj", "obl":
		return s.tokens[i].Head == v
	}
	return false
}

// facing gives the states that a person meets or accuses, or that accuse him, as the other side of one verb: they are
// hardly his own.
func (k *cast) facing(s *sentence, m *mention) (codes []string) {
	for _, o := range s.mentions {
		switch {
		case !k.opposite(s, m, o) && !k.dealsWith(s, m, o) && !k.punishes(s, m, o):
		case len(o.actors) == 1:
			codes = append(codes, o.actors[0].country)
		case len(o.actors) == 0 && o.country != "":
			codes = append(codes, o.country) // not met yet
		}
	}
	return codes
}

// dealsWith tells that a mention is a subject, and another the name of a state with which it has or breaks something: "suspended all
// contacts with Russia".
func (k *cast) dealsWith(s *sentence, m, o *mention) bool {
	v := s.tokens[m.head].Head
	if v < 0 || base(s.tokens[m.head].Relation) != "nsubj" || o.head < v || o.shape != named || o.kind != schema.State {
		return false
	}
	switch s.preposition(o.head) {
	case "with", "against":
		n := s.tokens[o.head].Head
		return n == v || s.tokens[n].Head == v && base(s.tokens[n].Relation) == "obj" && s.nominal(n)
	}
	return false
}

// punishes tells that a mention is a body that is a subject, and another of people of a state whom it accuses or sends away: "the justice
// department charged two Chinese hackers".
func (k *cast) punishes(s *sentence, m, o *mention) bool {
	v := s.tokens[m.head].Head
	if v < 0 || base(s.tokens[m.head].Relation) != "nsubj" || !m.governs() || o.shape == named || o.shape == pronoun || s.tokens[o.head].Head != v || base(s.tokens[o.head].Relation) != "obj" {
		return false
	}
	t := k.coder.find(s, v)
	return t != nil && (t.kind == "ACCUSE" || t.kind == "SANCTION")
}

// regimes counts which states' regimes the article speaks of, for those it leaves without a state.
func (r *reading) regimes() {
	for _, s := range r.sentences {
		for _, m := range s.mentions {
			if m.noun == nil || m.noun.Words != "regime" {
				continue
			}
			code := m.country
			for _, o := range []*mention{m.owner, m.holder} {
				if o != nil && len(o.actors) == 1 && code == "" {
					code = o.actors[0].country
				}
			}
			if code != "" {
				r.cast.regimes[code]++
			}
		}
	}
}

// speakers finds who "I", "we" and "our" mean, once it is known who speaks where.
func (r *reading) speakers() {
	r.cast.recent = nil
	for _, s := range r.sentences {
		for _, m := range s.mentions {
			if m.guessed && s.speaker != nil && s.quoted[m.head] && r.cast.governs(s.speaker) && m.noun.Words != "regime" {
				// "The government is confident ...", a minister says: his own.
				m.actors, m.country = []*actor{r.cast.state(s.speaker.country)}, s.speaker.country
			}
			if m.shape == pronoun {
				if len(m.actors) == 1 && m.actors[0] == s.speaker && s.quoted != nil && s.quoted[m.head] {
					m.actors = nil
				}
				r.cast.resolve(s, m)
			}
			r.cast.see(s, m)
		}
	}
}

// governs tells that an actor speaks for the government of its state.
func (k *cast) governs(a *actor) bool {
	if a.country == "" {
		return false
	}
	if a.person {
		for _, n := range k.coder.actors.Nouns(strings.Fields(a.role)) {
			if n.Noun.Kind == string(schema.Government) && !n.Noun.Has("diplomat") {
				return true
			}
		}
		return false
	}
	return a.public()
}

// quotes tells for each sentence who speaks in its quotation marks. Sentences that one
// pair of marks holds together are one quotation; its speaker is the one named in it, else
// who is about to speak ("Boris Johnson said:"), else the one before it in the paragraph or
// the text, else the one after. Words in marks that are no whole statement have only the
// speaker whom their sentence names.
func (r *reading) quotes() {
	own, told := make([]*actor, len(r.sentences)), make([]bool, len(r.sentences))
	for i, s := range r.sentences {
		own[i], told[i] = r.speakerOf(s, own[:i])
	}
	r.issuedBy = r.issuer()
	var speaker, statement *actor
	spoke, announced := 0, 0
	for i := 0; i < len(r.sentences); {
		// One run: sentences joined by an open quotation mark.
		end := i + 1
		for end < len(r.sentences) && r.sentences[end].StartsQuoted && r.sentences[end].Block == r.sentences[end-1].Block {
			end++
		}
		var said *actor
		for k := end - 1; k >= i; k-- {
			if own[k] != nil {
				said = own[k]
			}
		}
		foreign := false
		for k := i; k < end && said == nil; k++ {
			foreign = foreign || told[k]
		}
		switch {
		case said != nil:
		case foreign:
			speaker = nil // somebody speaks of whom nothing is known: no other does
		case speaker != nil && i-spoke > 1 && r.sentences[i].utters():
			// Nobody is told to speak: the last speaker does, unless the sentence before is about another one.
			if a := doer(r.sentences[i-1], named); a != nil && a.person {
				said = a
			}
		}
		for k := i; k < end; k++ {
			s := r.sentences[k]
			uttered := s.utters()
			if own[k] != nil {
				said = own[k]
			}
			switch {
			case own[k] != nil:
				s.speaker, s.heard = own[k], "here"
			case said != nil:
				s.speaker, s.heard = said, "quotation"
			case foreign:
			case uttered && speaker != nil:
				s.speaker, s.heard = speaker, "before"
			case uttered && end < len(r.sentences) && r.sentences[end].Block == s.Block && own[end] != nil:
				s.speaker, s.heard = own[end], "after"
			case statement != nil && (firstPerson(s) || r.cast.home != "" && r.cast.governs(statement)):
				s.speaker, s.heard = statement, "statement"
			case statement == nil && r.cast.home != "" && firstPerson(s):
				// A government's own statement speaks for the state, or for its minister who says "I".
				s.speaker, s.heard = r.cast.state(r.cast.home), "publisher"
				if r.issuedBy != nil && s.saysI() {
					s.speaker = r.issuedBy
				}
			}
			if s.speaker == nil && statement != nil && k-announced <= statementWithin {
				s.perhaps = statement
			}
			if own[k] != nil {
				speaker, spoke = own[k], k
				switch {
				case s.announces():
					statement, announced = own[k], k
				case statement != own[k] && r.cast.home == "":
					statement = nil // in a newspaper who says "I" after another has spoken is its writer
				}
			} else if said != nil {
				speaker, spoke = said, k
			} else if uttered && s.speaker == speaker {
				spoke = k
			}
		}
		i = end
	}
}

// statementWithin is how many sentences a statement without quotation marks may go on at least.
const statementWithin = 10

// announces tells that what somebody says follows a colon without quotation marks: in the
// same sentence, or in the next ones.
func (s *sentence) announces() bool {
	for i, t := range s.tokens {
		if t.Text == ":" && i > 0 && (i+1 == len(s.tokens) || !isQuoteMark(s.tokens[i+1].Text)) && s.tokens[i-1].Tag != "NUM" {
			return true
		}
	}
	return false
}

// statedWords is how many words in quotation marks are more than a name or an epithet.
const statedWords = 5

// utters tells that what stands in quotation marks is a statement, and not a word or two that
// the paper does not make its own.
func (s *sentence) utters() bool {
	if s.Quoted || s.StartsQuoted {
		return true
	}
	n, verb := 0, false
	for i, q := range s.quoted {
		if !q {
			n, verb = 0, false
			continue
		}
		if s.tokens[i].Tag != "PUNCT" {
			n++
		}
		verb = verb || s.tokens[i].Tag == "VERB" || s.tokens[i].Tag == "AUX"
		if verb && n >= statedWords {
			return true
		}
	}
	return false
}

// speakersBack is how many sentences back somebody is who still speaks.
const speakersBack = 12

// lastPerson gives the last of some speakers who is a person, nil for none.
func lastPerson(speakers []*actor) *actor {
	for k := len(speakers) - 1; k >= max(0, len(speakers)-speakersBack); k-- {
		if speakers[k] != nil && speakers[k].person {
			return speakers[k]
		}
	}
	return nil
}

// doer gives the one actor that stands as the subject of the main clause of a sentence in
// one of some shapes, nil for none.
func doer(s *sentence, shapes ...shape) *actor {
	for _, m := range s.mentions {
		if !slices.Contains(shapes, m.shape) || len(m.actors) != 1 || m.unknown() || base(s.tokens[m.head].Relation) != "nsubj" {
			continue
		}
		if h := s.tokens[m.head].Head; h >= 0 && s.tokens[h].Head < 0 {
			return m.actors[0]
		}
	}
	return nil
}

// issuerWithin is how many sentences of a government's statement tell who issues it.
const issuerWithin = 2

// issuer gives the office-holder of the publishing state who is named in the title of a
// government's statement or first in its text, nil for none.
func (r *reading) issuer() *actor {
	if r.cast.home == "" {
		return nil
	}
	words := strings.Fields(r.doc.Title)
	for _, m := range r.coder.actors.Find(words) {
		if e := m.Entries[0]; len(m.Entries) == 1 && m.Form == gazetteer.Name && e.Kind == string(schema.Person) && e.Country == r.cast.home {
			a := r.cast.fromEntry(e)
			a.call(strings.Join(words[m.First:m.Last], " "))
			return a
		}
	}
	for i, s := range r.sentences {
		if i == issuerWithin {
			break
		}
		for _, m := range s.mentions {
			if len(m.actors) == 1 && m.shape == named && m.actors[0].person && m.actors[0].country == r.cast.home && m.actors[0].role != "" &&
				!(s.saysI() && base(s.tokens[m.head].Relation) != "nsubj") { // who says "I" does not name himself beside it
				return m.actors[0]
			}
		}
	}
	return nil
}

// saysI tells that a sentence speaks in the first person singular.
func (s *sentence) saysI() bool {
	for _, t := range s.tokens {
		if t.Text == "I" || strings.EqualFold(t.Text, "my") || strings.EqualFold(t.Text, "me") {
			return true
		}
	}
	return false
}

func anyTrue(list []bool) bool {
	for _, b := range list {
		if b {
			return true
		}
	}
	return false
}

// firstPerson tells that a sentence speaks of whoever speaks. "US" is a state.
func firstPerson(s *sentence) bool {
	for i := range s.tokens {
		if s.saysWe(i) {
			return true
		}
	}
	return false
}

// saysWe tells that token i means whoever speaks.
func (s *sentence) saysWe(i int) bool {
	switch strings.ToLower(s.tokens[i].Text) {
	case "i", "we", "our", "my", "me", "ours", "ourselves", "myself":
		return true
	case "us":
		return s.tokens[i].Text != "US"
	}
	return false
}

// deepest is how many words above a word of saying are counted at most.
const deepest = 40

// speakerOf gives the subject of the word of saying that rules the sentence: the one nearest
// to the root and outside quotation marks; nil when it is not known, or, as told tells, when
// there is none. before are the speakers of the sentences before it: when no name fits "he
// said", who spoke last still speaks.
func (r *reading) speakerOf(s *sentence, before []*actor) (found *actor, told bool) {
	if a := s.labelled(); a != nil {
		return a, true
	}
	best := 1 << 20
	for i := range s.tokens {
		if !s.verbal(i) || s.quoted != nil && s.quoted[i] || !r.coder.saying(s, i) {
			continue
		}
		depth := 0
		for j := i; s.tokens[j].Head >= 0 && depth < deepest; j = s.tokens[j].Head {
			depth++
		}
		switch {
		case s.opensQuote(i):
			depth = -1 // who says what is quoted comes before who fears or says something else
		case !s.quotes(i):
			depth += deepest
		}
		if depth >= best || depth >= 0 && !r.toldBy(s, i) {
			continue
		}
		role := "nsubj"
		if quotes := s.lemma(i) == "quote" || s.lemma(i) == "cite"; quotes && s.hasSlot(i, "obj") {
			role = "obj" // who is quoted speaks, not who quotes
		}
		for _, sl := range s.slots(i) {
			if sl.name != role || s.saysWe(sl.token) || r.coder.lexicon.classes["utterance"][s.lemma(sl.token)] {
				continue // "the statement said" goes on with whose statement it is
			}
			told = true
			subject := s.governor(sl.token)
			if s.low(subject) == "who" {
				subject = s.antecedentOf(i, subject) // "Tariq Aziz, who said"
			}
			if a := r.sayer(s, subject, before); a != nil {
				found, best = a, depth
				if a.kind == schema.Media {
					best = 1 << 20 // "Reuters reports that Boris Johnson has said ..."
				}
				break
			}
		}
	}
	if found == nil && len(s.tokens) > 0 && s.tokens[len(s.tokens)-1].Text == ":" {
		found = r.presented(s)
	}
	return found, told || found != nil
}

// sayer gives who the subject of a word of saying is, nil when it is not known.
func (r *reading) sayer(s *sentence, subject int, before []*actor) *actor {
	if subject < 0 {
		return nil
	}
	if n := s.child(subject, "nummod"); n >= 0 && s.low(n) == "one" {
		return nil // "said one diplomat"
	}
	for _, m := range s.mentions {
		if m.first > subject || subject >= m.last || m.shape == modifier || m.shape != named && m.unknown() {
			continue
		}
		if len(m.actors) == 0 {
			r.cast.resolve(s, m)
		}
		if len(m.actors) > 0 {
			return m.actors[0]
		}
	}
	if w := s.low(subject); w == "he" || w == "she" {
		return lastPerson(before)
	}
	return nil
}

// presented gives who issues the words that a sentence presents: "Minister Boris Johnson made
// the following statement:", "Statement by Boris Johnson:"; nil for nobody.
func (r *reading) presented(s *sentence) *actor {
	for i := range s.tokens {
		if !r.coder.lexicon.classes["utterance"][s.lemma(i)] || !s.nominal(i) {
			continue
		}
		a := doer(s, named, nominal)
		for _, m := range s.mentions {
			if v := s.root(); m.shape == named && len(m.actors) == 1 && m.actors[0].person && a != nil && !a.person && m.last <= v {
				a = m.actors[0] // "The task force commander, Stephen Townsend, released the following statement:"
			}
		}
		if a != nil {
			return a
		}
		for _, sl := range s.slots(i) {
			switch sl.name {
			case "by", "of", "from", "poss":
				for _, m := range s.mentionsAt(sl.token) {
					if m.shape != modifier && len(m.actors) == 1 && !m.unknown() {
						return m.actors[0]
					}
				}
			}
		}
	}
	return nil
}

// root gives the token that governs the others.
func (s *sentence) root() int {
	return slices.IndexFunc(s.tokens, func(t language.Token) bool { return t.Head < 0 })
}

// toldBy tells that the word of saying at token i rules its sentence, or what stands in
// quotation marks there, so that who says it says the sentence: not "the attack, for which
// Islamic State claimed responsibility".
func (r *reading) toldBy(s *sentence, i int) bool {
	for j := i; s.tokens[j].Head >= 0; j = s.tokens[j].Head {
		h := s.tokens[j].Head
		switch base(s.tokens[j].Relation) {
		case "conj", "parataxis", "dep":
		case "ccomp":
			if r.coder.saying(s, h) && s.verbal(h) && !s.quoted[h] && s.hasSlot(h, "nsubj") && !s.byMedia(h) {
				return s.quotes(i) // "Foulkes said North testified ..."
			}
		case "advcl":
			if !s.marked(j, "as") && s.tokens[j].Penn != "VBG" {
				return s.quotes(i)
			}
		case "xcomp":
			if s.child(h, "obj") >= 0 {
				return s.quotes(i)
			}
		default:
			return s.quotes(i)
		}
	}
	return true
}

// byMedia tells that media are the subject of token i.
func (s *sentence) byMedia(i int) bool {
	for _, t := range s.subjects(i, 0) {
		if a := s.actorAt(t); a != nil && a.kind == schema.Media {
			return true
		}
	}
	return false
}

// quotes tells that words in quotation marks hang on token i.
func (s *sentence) quotes(i int) bool {
	for j, q := range s.quoted {
		if q && s.tokens[j].Tag != "PUNCT" && s.tokens[j].Head == i {
			return true
		}
	}
	return false
}

// opensQuote tells that a quotation begins right behind token i: "who said “we will answer”".
func (s *sentence) opensQuote(i int) bool {
	return i+2 < len(s.tokens) && isQuoteMark(s.tokens[i+1].Text) && s.quoted != nil && !s.quoted[i] && s.quoted[i+2]
}

// labelled gives whose name stands before a colon at the start of a sentence, as in the
// transcript of a press conference ("SECRETARY KERRY: We ..."), nil for nobody.
func (s *sentence) labelled() *actor {
	for _, m := range s.mentions {
		if m.first <= 1 && m.last+1 < len(s.tokens) && s.tokens[m.last].Text == ":" && m.shape != modifier && len(m.actors) == 1 && m.actors[0].person {
			return m.actors[0]
		}
	}
	return nil
}

// hasSlot tells that something stands in a slot of token i.
func (s *sentence) hasSlot(i int, name string) bool {
	for _, sl := range s.slots(i) {
		if sl.name == name {
			return true
		}
	}
	return false
}

// governor gives for a token behind a preposition that the parse calls a subject the token
// before the preposition: "the Special Representative for Syria said".
func (s *sentence) governor(i int) int {
	if c := s.child(i, "case"); c > 0 && c < i && s.tokens[c].Penn == "IN" && s.nominal(c-1) {
		return c - 1
	}
	return i
}

// quotedTokens marks the tokens between quotation marks.
func quotedTokens(s *sentence) []bool {
	out := make([]bool, len(s.tokens))
	in := s.StartsQuoted
	for i, t := range s.tokens {
		switch mark := strings.Trim(t.Text, "\u200e\u200f\u200b"); {
		case !isQuoteMark(mark):
			out[i] = in || s.Quoted
		case mark == "“" || mark == "``" || mark == "«" || mark == "„":
			in = true
		case mark == "”" || mark == "''" || mark == "»":
			in = false
		case i == 0 && s.StartsQuoted && len(s.tokens) > 1 && t.End == s.tokens[1].Start:
			// a mark that opens anew
		default:
			in = !in
		}
	}
	return out
}

// isQuoteMark tells that a token is a double quotation mark.
func isQuoteMark(text string) bool {
	switch text {
	case "\"", "“", "”", "``", "''", "„", "«", "»":
		return true
	}
	return false
}

// How sure a place must be to be taken: without, and with words that mark a place.
const (
	surePlace   = 0.5
	markedPlace = 0.3
	// placesBack is how many places chosen before a name are weighed with it.
	placesBack = 40
)

// choosePlaces decides which place each place name means.
func (r *reading) choosePlaces() {
	r.weights = r.cast.shares()
	var chosen []gazetteer.Place
	for _, s := range r.sentences {
		for i, m := range s.mentions {
			if r.unlisted(s, m) {
				chosen = remember(chosen, m.place.Place)
				continue
			}
			if m.capital != "" {
				m.place = r.capital(m)
				continue
			}
			if m.places == nil || m.person || len(m.actors) > 0 && m.kind != schema.State && m.form != gazetteer.Seat {
				continue
			}
			ctx := gazetteer.PlaceContext{Countries: r.weights, Others: chosen, Grain: m.places.Grain, Spatial: m.places.Spatial || m.near}
			ctx.Beside = append(r.besides(s, i), m.places.Beside...)
			choice, ok := r.coder.places.Choose(m.places.Candidates, ctx)
			if !ok || choice.Confidence < markedPlace || choice.Confidence < surePlace && !ctx.Spatial {
				continue
			}
			m.place = &choice
			chosen = remember(chosen, choice.Place)
		}
	}
}

// capital gives the seat of government that "the Nigerian capital" means where it stands as a place.
func (r *reading) capital(m *mention) *gazetteer.PlaceChoice {
	if !m.locative {
		return nil
	}
	p, ok := r.coder.places.Capital(m.capital)
	if !ok {
		return nil
	}
	return &gazetteer.PlaceChoice{Place: p, Confidence: 0.9, Reason: "beside"}
}

// remember puts a place last among the latest chosen, once.
func remember(list []gazetteer.Place, p gazetteer.Place) []gazetteer.Place {
	for _, o := range list {
		if o.Key == p.Key {
			return list
		}
	}
	if len(list) == placesBack {
		list = append(list[:0:0], list[1:]...)
	}
	return append(list, p)
}

// shares gives how much the article speaks of each state, 1 for the one most spoken of.
func (k *cast) shares() map[string]float64 {
	most := 1
	for _, n := range k.countries {
		most = max(most, n)
	}
	out := make(map[string]float64, len(k.countries))
	for code, n := range k.countries {
		out[code] = float64(n) / float64(most)
	}
	return out
}

// besides gives the state that words before mention i of sentence s put it in, which the
// place gazetteer does not see: "the Pakistani city of Hyderabad", "Syria's Aleppo".
func (r *reading) besides(s *sentence, i int) []gazetteer.Place {
	m := s.mentions[i]
	var out []gazetteer.Place
	for k := max(0, i-4); k < i; k++ {
		o := s.mentions[k]
		if len(o.entries) == 0 || o.entries[0].Country == "" || o.kind != schema.State || o.last > m.first || m.first-o.last > 5 {
			continue
		}
		if s.leads(o.last, m.first) {
			out = append(out, r.coder.statePlace(o.entries[0].Country)...)
		}
	}
	return out
}

// leads tells that only words for a place stand between a state and a name: "'s northern city of".
func (s *sentence) leads(from, to int) bool {
	for t := from; t < to; t++ {
		w := s.tokens[t]
		if w.Penn != "POS" && !strings.EqualFold(w.Text, "of") && (capitalised(w.Text) || w.Tag != "ADJ" && w.Tag != "NOUN") {
			return false
		}
	}
	return true
}

// unlisted takes an unknown name that stands as a place inside a known one for a place there:
// "in Rask, southeast Iran", "a region known as Kouh-Sabz in Balochistan province".
func (r *reading) unlisted(s *sentence, m *mention) bool {
	if m.places != nil || m.shape != named || m.person || m.kind != schema.OtherActor || m.first == 0 || len(m.actors) != 1 || !strings.HasPrefix(m.actors[0].key, "name/other/") {
		return false
	}
	switch strings.ToLower(s.tokens[m.first-1].Text) {
	case "in", "at", "near", "outside", "inside", "around":
	case "as", "called", "named":
		if m.first < 2 || s.lemma(m.first-2) != "know" && s.lemma(m.first-1) != "call" {
			return false
		}
	default:
		return false
	}
	if !capitalised(s.tokens[m.last-1].Text) || r.coder.nameKind(s.tokens[m.last-1].Text) != "" {
		return false
	}
	country := ""
	for _, o := range s.mentions {
		if o.first < m.last || o.first > m.last+8 || s.anyVerb(m.last, o.first) {
			continue
		}
		if len(o.entries) > 0 && o.entries[0].Kind == "state" {
			country = o.entries[0].Country
		} else if o.places != nil {
			if choice, ok := r.coder.places.Choose(o.places.Candidates, gazetteer.PlaceContext{Countries: r.weights, Grain: o.places.Grain, Spatial: o.places.Spatial}); ok && choice.Confidence >= surePlace {
				country = choice.Country
			}
		} else {
			continue
		}
		break
	}
	if country == "" {
		return false
	}
	m.place = &gazetteer.PlaceChoice{Place: gazetteer.Place{Key: "place/" + country + "/" + schema.Spelling(m.name), Name: m.name, Kind: gazetteer.CityPlace, Country: country}, Confidence: 0.6, Reason: "beside"}
	if ps := r.coder.statePlace(country); len(ps) > 0 && country != "" {
		m.place.Latitude, m.place.Longitude = ps[0].Latitude, ps[0].Longitude
	}
	m.locative = true
	m.actors = nil
	return true
}

// anyVerb tells that a verb stands among tokens from to to.
func (s *sentence) anyVerb(from, to int) bool {
	for t := from; t < to; t++ {
		if s.tokens[t].Tag == "VERB" {
			return true
		}
	}
	return false
}

// statePlace gives the place of a state.
func (c *Coder) statePlace(code string) []gazetteer.Place {
	if p, ok := c.places.Place(code); ok {
		return []gazetteer.Place{p}
	}
	return nil
}

// homeOf gives the state that a publisher speaks for or from, "" when its name does not tell.
func (c *Coder) homeOf(publisher string) string {
	words := strings.FieldsFunc(strings.ReplaceAll(publisher, "&", "and"), func(c rune) bool { return c == ' ' || c == '/' || c == '|' || c == ',' })
	for _, m := range c.actors.Find(words) {
		e := m.Entries[0]
		if e.Kind == string(schema.IGO) {
			return "" // a delegation of the European Union to a state
		}
		if len(m.Entries) == 1 && e.Country != "" && (e.Kind == "state" || e.Kind == "government" || e.Kind == "military") {
			return e.Country
		}
	}
	return ""
}

func (r *reading) String() string {
	return fmt.Sprintf("article %s: %d sentences, %d claims", r.doc.ID, len(r.sentences), len(r.claims))
}
