package extract

import (
	"bufio"
	"embed"
	"fmt"
	"io"
	"path"
	"sort"
	"strings"

	"incidentgraph/schema"
)

//go:embed lexicon/*.txt
var lexiconFiles embed.FS

// title is the state whose office-holders bear a title; doubtful tells that others do as well.
type title struct {
	state    string
	doubtful bool
}

// lexicon is what is known of words: which name an act, which lend their sides to
// one, which tell of saying, and which make what they govern unreal.
type lexicon struct {
	// triggers maps a head lemma to its entries, most specific first.
	triggers map[string][]trigger
	classes  map[string]map[string]bool
	// light maps the lemma of a verb that lends its subject to an event noun.
	light map[string][]trigger
	// reporting maps the lemma of a word of saying to its entries, most specific first.
	reporting map[string][]trigger
	weapons   map[string]string
	// titles maps a title that one state uses more than others to that state.
	titles map[string]title
	// fleets maps what stands before the name of a ship to the state whose flag it flies.
	fleets map[string]string
	// unreal holds words whose complement did not happen, by lemma, with the
	// relations of the complement they govern.
	unreal map[string]map[string]bool
	// casualties maps the lemma of a word that counts dead or wounded to its entries.
	casualties map[string][]trigger
	// hints tell which types of acts a word hints at.
	hints map[hinting][]hint
	// idle are the lemmas that tell no act.
	idle map[string]bool
	// genders maps given names, in lower case, to 'f' or 'm'.
	genders map[string]byte
	// own tells that what is read now comes from an analyst.
	own bool
	// constraints are the conditions by their text, as many triggers have the same.
	constraints map[string]constraint
	// classesOf maps a word to the names of the classes that hold it, sorted.
	classesOf map[string][]string
}

// trigger is one line of a lexicon: words that name an act, and where its sides stand.
type trigger struct {
	head        string
	pos         byte // 'v' verb, 'n' noun, 'a' adjective or participle as predicate
	constraints []constraint
	// kind is the event type, "" for what looks like an act and is none; for words
	// of saying it is the status they give.
	kind  string
	frame frame
	where string // file and line
	own   bool   // from an analyst's file, and so to be trusted
}

// frame says in which slots of a trigger its sides stand, tried in order.
type frame struct {
	initiator, target, mutual []string
	kill, injure, place       []string
	mode, weapon              string
	reversed                  bool // a light verb whose subject is the target
	future                    bool
}

// constraint is a condition on the slots of a trigger.
type constraint struct {
	slot    string
	words   map[string]bool
	any     bool
	actor   bool
	place   bool
	armed   bool
	negated bool
}

// typeFiles gives the lexicon file of each event type, and none.txt.
func typeFiles() map[string]string {
	files := map[string]string{"none.txt": ""}
	for _, t := range schema.EventTypes() {
		files[strings.ToLower(t.Name)+".txt"] = t.Name
	}
	return files
}

func loadLexicon() (*lexicon, error) {
	l := &lexicon{
		triggers: map[string][]trigger{}, classes: map[string]map[string]bool{}, light: map[string][]trigger{},
		reporting: map[string][]trigger{}, casualties: map[string][]trigger{}, weapons: map[string]string{}, titles: map[string]title{}, fleets: map[string]string{}, unreal: map[string]map[string]bool{},
		constraints: map[string]constraint{}, hints: map[hinting][]hint{}, genders: map[string]byte{}, idle: map[string]bool{},
	}
	// Classes come first: the other files name them.
	entries, err := lexiconFiles.ReadDir("lexicon")
	if err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	sort.SliceStable(names, func(i, j int) bool {
		return strings.HasPrefix(names[i], "classes") && !strings.HasPrefix(names[j], "classes")
	})
	for _, name := range names {
		f, err := lexiconFiles.Open(path.Join("lexicon", name))
		if err != nil {
			return nil, fmt.Errorf("lexicon: %w", err)
		}
		err = l.read(f, name)
		f.Close()
		if err != nil {
			return nil, err
		}
	}
	l.sort()
	l.index()
	return l, nil
}

// index finds the classes of each word.
func (l *lexicon) index() {
	l.classesOf = map[string][]string{}
	for name, words := range l.classes {
		for w := range words {
			l.classesOf[w] = append(l.classesOf[w], name)
		}
	}
	for _, names := range l.classesOf {
		sort.Strings(names)
	}
}

// sort puts the most specific pattern of each head first: more conditions, then
// fewer words in them, then the text of the line, so that the order of files does not matter.
func (l *lexicon) sort() {
	for _, m := range []map[string][]trigger{l.triggers, l.light, l.reporting, l.casualties} {
		for _, ts := range m {
			sort.SliceStable(ts, func(i, j int) bool { return ts[i].weight() > ts[j].weight() })
		}
	}
}

// aux tells that an auxiliary is part of the pattern.
func (t trigger) aux() bool {
	for _, c := range t.constraints {
		if c.slot == "aux" && !c.negated {
			return true
		}
	}
	return false
}

// negates tells that a negation is part of the pattern.
func (t trigger) negates() bool {
	for _, c := range t.constraints {
		if c.slot == "advmod" && !c.negated && c.words["not"] {
			return true
		}
	}
	return false
}

func (t trigger) weight() int {
	w := 0
	for _, c := range t.constraints {
		switch {
		case c.negated:
			w++
		case c.any:
			w += 2
		case c.actor || c.place || c.armed:
			w += 3
		default:
			w += 4
		}
	}
	if t.kind == "" {
		w++
	}
	return w
}

// read adds the lines of one file.
func (l *lexicon) read(r io.Reader, name string) error {
	types := typeFiles()
	sc := bufio.NewScanner(r)
	for n := 1; sc.Scan(); n++ {
		line := strings.TrimRight(sc.Text(), " \t\r")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		where := fmt.Sprintf("%s:%d", name, n)
		cells := strings.Split(line, "\t")
		var err error
		switch kind, isType := types[name]; {
		case isType:
			err = l.addTrigger(cells, kind, where)
		case strings.HasPrefix(name, "classes"):
			err = l.addClass(cells)
		case name == "light.txt":
			err = l.addLight(cells, where)
		case name == "reporting.txt":
			err = l.addReporting(cells, where)
		case name == "weapons.txt":
			err = l.addWeapon(cells)
		case name == "unreal.txt":
			err = l.addUnreal(cells)
		case name == "titles.txt":
			if len(cells) != 2 {
				err = fmt.Errorf("want TITLE and STATE, have %d columns", len(cells))
				break
			}
			code, doubtful := strings.CutSuffix(cells[1], "?")
			l.titles[cells[0]] = title{code, doubtful}
		case name == "fleets.txt":
			if len(cells) != 2 {
				err = fmt.Errorf("want PREFIX and STATE, have %d columns", len(cells))
				break
			}
			l.fleets[cells[0]] = cells[1]
		case name == "given.txt":
			if len(cells) != 2 || cells[1] != "f" && cells[1] != "m" {
				err = fmt.Errorf("want NAME and f or m, have %q", cells)
				break
			}
			l.genders[cells[0]] = cells[1][0]
		case name == "hints.txt":
			err = l.addHints(cells)
		case name == "idle.txt":
			l.idle[line] = true
		case name == "casualties.txt":
			err = l.addCasualty(cells, where)
		default:
			err = fmt.Errorf("no such lexicon")
		}
		if err != nil {
			return fmt.Errorf("lexicon %s: %w", where, err)
		}
	}
	return sc.Err()
}

func (l *lexicon) addTrigger(cells []string, kind, where string) error {
	if len(cells) < 2 || len(cells) > 3 {
		return fmt.Errorf("want PATTERN, POS and FRAME, have %d columns", len(cells))
	}
	t := trigger{kind: kind, where: where, own: l.own}
	if len(cells[1]) != 1 || !strings.Contains("vna", cells[1]) {
		return fmt.Errorf("part of speech %q is not v, n or a", cells[1])
	}
	t.pos = cells[1][0]
	frameText := ""
	if len(cells) == 3 {
		frameText = cells[2]
	}
	if err := l.parsePattern(&t, cells[0], frameText); err != nil {
		return err
	}
	l.triggers[t.head] = append(l.triggers[t.head], t)
	return nil
}

// hinting is a word that hints at acts: a lemma as one part of speech, 'v', 'n' or 'a'.
type hinting struct {
	lemma string
	pos   byte
}

// hint is the name of an event type, with how strongly a word hints at it: 1 at times, 2 often, 3 nearly always.
type hint struct{ kind, grade string }

// addHints reads a line of hints: a lemma, its part of speech, and types with their grade: "oust	v	COERCE:3 ASSAULT:1".
func (l *lexicon) addHints(cells []string) error {
	if len(cells) != 3 || len(cells[1]) != 1 || !strings.Contains("vna", cells[1]) {
		return fmt.Errorf("want LEMMA, POS (v, n or a) and HINTS, have %q", cells)
	}
	k := hinting{cells[0], cells[1][0]}
	if l.hints[k] != nil {
		return fmt.Errorf("%s as %s stands there twice", cells[0], cells[1])
	}
	for _, h := range strings.Fields(cells[2]) {
		kind, grade, _ := strings.Cut(h, ":")
		if _, ok := schema.EventTypeByName(kind); !ok || len(grade) != 1 || !strings.Contains("123", grade) {
			return fmt.Errorf("hint %q is not TYPE:GRADE, with a grade from 1 to 3", h)
		}
		l.hints[k] = append(l.hints[k], hint{kind, grade})
	}
	return nil
}

// hintsOf gives what token i of a sentence hints at by its word alone.
func (l *lexicon) hintsOf(s *sentence, i int) []hint {
	a := &s.asked[i]
	if !a.soughtHints {
		a.soughtHints = true
		pos := byte('n')
		switch s.tokens[i].Tag {
		case "VERB", "AUX":
			pos = 'v'
		case "ADJ":
			pos = 'a'
		}
		a.hints = l.hints[hinting{s.lemmas[i], pos}]
		if a.hints == nil {
			a.hints = l.hints[hinting{s.lows[i], pos}] // "hostilities"
		}
	}
	return a.hints
}

func (l *lexicon) parsePattern(t *trigger, pattern, frameText string) error {
	words := strings.Fields(pattern)
	if len(words) == 0 {
		return fmt.Errorf("empty pattern")
	}
	t.head = words[0]
	for _, w := range words[1:] {
		c, err := l.parseConstraint(w)
		if err != nil {
			return err
		}
		t.constraints = append(t.constraints, c)
	}
	var err error
	t.frame, err = parseFrame(frameText)
	return err
}

func (l *lexicon) parseConstraint(w string) (constraint, error) {
	if c, ok := l.constraints[w]; ok {
		return c, nil
	}
	c, text := constraint{}, w
	w, c.negated = strings.CutPrefix(w, "!")
	slot, values, ok := strings.Cut(w, ":")
	if !ok {
		return c, fmt.Errorf("condition %q is not slot:words", w)
	}
	c.slot = slot
	c.words = map[string]bool{}
	for _, v := range strings.Split(values, "|") {
		switch {
		case v == "*":
			c.any = true
		case v == "@actor":
			c.actor = true
		case v == "@place":
			c.place = true
		case v == "@armed":
			c.armed = true
		case strings.HasPrefix(v, "@"):
			class, ok := l.classes[v[1:]]
			if !ok {
				return c, fmt.Errorf("class %q is not in classes.txt", v)
			}
			for m := range class {
				c.words[m] = true
			}
		default:
			c.words[v] = true
		}
	}
	l.constraints[text] = c
	return c, nil
}

func parseFrame(text string) (frame, error) {
	var f frame
	for _, part := range strings.Fields(text) {
		key, value, ok := strings.Cut(part, "=")
		if !ok {
			if part == "rev" {
				f.reversed = true
				continue
			}
			return f, fmt.Errorf("frame %q is not key=value", part)
		}
		list := strings.Split(value, ",")
		switch key {
		case "i":
			f.initiator = list
		case "t":
			f.target = list
		case "m":
			f.mutual = list
		case "kill":
			f.kill = list
		case "injure":
			f.injure = list
		case "place":
			f.place = list
		case "mode":
			f.mode = value
		case "weapon":
			f.weapon = value
		case "fut":
			f.future = value == "yes"
		case "rev":
			f.reversed = value == "yes"
		case "past", "inside", "modal":
		default:
			return f, fmt.Errorf("frame key %q is not known", key)
		}
	}
	return f, nil
}

func (l *lexicon) addClass(cells []string) error {
	if len(cells) != 2 {
		return fmt.Errorf("want CLASS and WORDS, have %d columns", len(cells))
	}
	set := l.classes[cells[0]]
	if set == nil {
		set = map[string]bool{}
		l.classes[cells[0]] = set
	}
	for _, w := range strings.Split(cells[1], "|") {
		set[w] = true
	}
	return nil
}

func (l *lexicon) addLight(cells []string, where string) error {
	t := trigger{where: where, pos: 'v'}
	text := ""
	if len(cells) > 1 {
		text = cells[len(cells)-1]
	}
	if text == "v" {
		text = ""
	}
	if err := l.parsePattern(&t, cells[0], text); err != nil {
		return err
	}
	l.light[t.head] = append(l.light[t.head], t)
	return nil
}

func (l *lexicon) addReporting(cells []string, where string) error {
	if len(cells) < 3 {
		return fmt.Errorf("want PATTERN, POS and CLASS, have %d columns", len(cells))
	}
	t := trigger{where: where, pos: cells[1][0], kind: cells[2]}
	text := ""
	if len(cells) > 3 {
		text = cells[3]
	}
	if err := l.parsePattern(&t, cells[0], text); err != nil {
		return err
	}
	l.reporting[t.head] = append(l.reporting[t.head], t)
	return nil
}

func (l *lexicon) addCasualty(cells []string, where string) error {
	if len(cells) != 3 {
		return fmt.Errorf("want PATTERN, POS and FRAME, have %d columns", len(cells))
	}
	t := trigger{where: where, pos: cells[1][0]}
	if err := l.parsePattern(&t, cells[0], cells[2]); err != nil {
		return err
	}
	l.casualties[t.head] = append(l.casualties[t.head], t)
	return nil
}

func (l *lexicon) addWeapon(cells []string) error {
	if len(cells) < 1 || len(cells) > 2 {
		return fmt.Errorf("want WORDS and WEAPON, have %d columns", len(cells))
	}
	canonical := cells[len(cells)-1]
	for _, w := range strings.Split(cells[0], "|") {
		l.weapons[w] = canonical
	}
	return nil
}

func (l *lexicon) addUnreal(cells []string) error {
	if len(cells) != 2 {
		return fmt.Errorf("want WORD and SLOTS, have %d columns", len(cells))
	}
	set := map[string]bool{}
	for _, s := range strings.Split(cells[1], ",") {
		set[s] = true
	}
	l.unreal[cells[0]] = set
	return nil
}
