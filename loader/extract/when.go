package extract

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"incidentgraph/loader/language"
)

// moment is a stretch of time that words tell: a day, a month or a year.
type moment struct {
	first, last int // tokens, last exclusive
	year        int
	month       int // 0 when only the year is known
	day         int // 0 when only the month is known
	future      bool
	// since marks a beginning ("since 1992"), which is not when a single act happened.
	since bool
	// event is the token of the event that "hours before the meeting" counts from, 0 for none.
	event int
	// of is the token of the event that the moment is of and of nothing else: "two weeks after they
	// struck"; 0 for none.
	of int
	// hours marks "hours after", which leaves the day to what it counts from.
	hours bool
	// weak marks a vague expression ("last week" has no day) whose day must not be made up.
	weak bool
}

// recalled gives the same time for what is told elsewhere, without the words that tell it.
func (m moment) recalled() moment {
	m.first, m.last, m.event = 0, 0, 0
	return m
}

func (m moment) String() string {
	switch {
	case m.year == 0:
		return ""
	case m.month == 0:
		return strconv.Itoa(m.year)
	case m.day == 0:
		return time.Date(m.year, time.Month(m.month), 1, 0, 0, 0, 0, time.UTC).Format("2006-01")
	}
	return time.Date(m.year, time.Month(m.month), m.day, 0, 0, 0, 0, time.UTC).Format("2006-01-02")
}

// dateOf writes a time as a date, "" for nil.
func dateOf(m *moment) string {
	if m == nil {
		return ""
	}
	return m.String()
}

// time is the first day of the moment.
func (m moment) time() time.Time {
	return time.Date(m.year, time.Month(max(m.month, 1)), max(m.day, 1), 0, 0, 0, 0, time.UTC)
}

// end is the last day of the moment.
func (m moment) end() time.Time {
	switch {
	case m.month == 0:
		return time.Date(m.year, 12, 31, 0, 0, 0, 0, time.UTC)
	case m.day == 0:
		return time.Date(m.year, time.Month(m.month)+1, 0, 0, 0, 0, 0, time.UTC)
	}
	return m.time()
}

// shifted gives the moment n days, weeks, months or years (by the first letter of unit) after
// m, in the coarser grain of the two; the zero moment when m is too coarse to count from.
func (m moment) shifted(n int, unit string, exact bool) moment {
	t := m.time()
	out := moment{weak: true}
	switch {
	case unit == "y":
		t = t.AddDate(n, 0, 0)
	case m.month == 0:
		return moment{}
	case unit == "m":
		t = t.AddDate(0, n, 0)
		out.month = int(t.Month())
	case m.day == 0:
		return moment{}
	case unit == "w":
		t = t.AddDate(0, 0, 7*n)
		out.month = int(t.Month())
	default:
		t = t.AddDate(0, 0, n)
		out.month = int(t.Month())
		if exact {
			out.day, out.weak = t.Day(), false
		}
	}
	out.year = t.Year()
	return out
}

// precision names the grain of a date as String writes it.
func precision(date string) string {
	switch len(date) {
	case 4:
		return "YEAR"
	case 7:
		return "MONTH"
	case 10:
		return "DAY"
	}
	return ""
}

func dayMoment(t time.Time) moment {
	return moment{year: t.Year(), month: int(t.Month()), day: t.Day()}
}

// months holds the names of the months and their abbreviations of three letters ("sept" too), in small letters.
var months = func() map[string]int {
	out := map[string]int{"sept": int(time.September)}
	for m := time.January; m <= time.December; m++ {
		name := strings.ToLower(m.String())
		out[name], out[name[:3]] = int(m), int(m)
	}
	return out
}()

// monthNumber reads the name of a month, 0 when it is none.
func monthNumber(w string) int {
	if len(w) < len("may") || len(w) > len("september.") {
		return 0
	}
	return months[strings.TrimSuffix(strings.ToLower(w), ".")]
}

// weekdays holds the names of the days of the week, in small letters.
var weekdays = func() map[string]time.Weekday {
	out := map[string]time.Weekday{}
	for d := time.Sunday; d <= time.Saturday; d++ {
		out[strings.ToLower(d.String())] = d
	}
	return out
}()

func weekday(w string) (time.Weekday, bool) {
	if len(w) < len("monday") || len(w) > len("wednesday") {
		return 0, false
	}
	d, ok := weekdays[strings.ToLower(w)]
	return d, ok
}

// dayNumber reads "16", "16th"; 0 when the word is no day of a month.
func dayNumber(w string) int {
	if w == "" || w[0] < '0' || w[0] > '9' {
		return 0 // most words: a failure to read a number costs more
	}
	for _, suffix := range []string{"st", "nd", "rd", "th"} {
		w = strings.TrimSuffix(w, suffix)
	}
	n, err := strconv.Atoi(w)
	if err != nil || n < 1 || n > 31 {
		return 0
	}
	return n
}

// spelledDay reads token i as a day of the month before it, in a word, "March eight", where it counts nothing that follows; else 0.
func spelledDay(tokens []language.Token, i int) int {
	if i >= len(tokens) || tokens[i].Tag != "NUM" || tokens[i].Head > i {
		return 0
	}
	if d := numberWords[strings.ToLower(tokens[i].Text)]; d <= 31 {
		return d
	}
	return 0
}

func yearNumber(w string) int {
	if len(w) != 4 {
		return 0
	}
	n, err := strconv.Atoi(w)
	if err != nil || n < 1900 || n > 2100 {
		return 0
	}
	return n
}

// A month that is a word or a name as well ("may", "Theresa May", "march", "Jan Egeland") is one only
// behind a word that leads to a time, or with its day or year.
var doubtfulMonths = map[string]bool{"may": true, "march": true, "mar": true, "dec": true, "jan": true, "jun": true}

var leadsToMonth = map[string]bool{
	"in": true, "since": true, "of": true, "last": true, "this": true, "next": true, "that": true, "until": true, "till": true,
	"early": true, "late": true, "mid": true, "during": true, "one": true,
}

// monthAt tells that token i, which is a doubtful month, is one here.
func monthAt(tokens []language.Token, i int) bool {
	if !capitalised(tokens[i].Text) {
		return false
	}
	next := i + 1
	if next < len(tokens) && (tokens[next].Text == "." || tokens[next].Text == ",") {
		next++
	}
	if next < len(tokens) && (dayNumber(tokens[next].Text) > 0 || yearNumber(tokens[next].Text) > 0 || spelledDay(tokens, next) > 0) {
		return true
	}
	return i > 0 && (leadsToMonth[strings.ToLower(tokens[i-1].Text)] || dayNumber(tokens[i-1].Text) > 0)
}

// rangeWords join the first and the last day of a stretch.
var rangeWords = map[string]bool{"-": true, "–": true, "and": true, "to": true}

// seasons are the months in which the seasons of the north end; a winter belongs to two years.
var seasons = map[string]int{"spring": 5, "summer": 8, "autumn": 11, "fall": 11}

// halfYear is how far a month without a year may lie ahead to be the next such, not the last.
const halfYear = 183 * 24 * time.Hour

// yearBehind gives the year told with a later mention of the month in a list of days: "on 4
// April and from 5-6 April 2016"; 0 for none.
func yearBehind(tokens []language.Token, from, month int) int {
	for i := from; i+1 < len(tokens); i++ {
		if monthNumber(tokens[i].Text) == month && capitalised(tokens[i].Text) {
			return yearNumber(tokens[i+1].Text)
		}
	}
	return 0
}

// promises are the auxiliaries of what is to come, foretells those and that of what was to come;
// the day beside the latter may be that of the telling ("announced it would withdraw on Tuesday").
var (
	promises  = map[string]bool{"will": true, "'ll": true, "’ll": true, "shall": true}
	foretells = map[string]bool{"will": true, "'ll": true, "’ll": true, "shall": true, "would": true}
)

// awaited are the words whose infinitive lies ahead when they themselves are not told as past: "is due to meet".
var awaited = map[string]bool{
	"expected": true, "due": true, "set": true, "scheduled": true, "slated": true, "planned": true, "poised": true, "expects": true, "expect": true,
	"plans": true, "plan": true, "planning": true, "intends": true, "intend": true, "hopes": true, "hope": true, "hoping": true, "likely": true,
	"prepares": true, "preparing": true, "ready": true, "supposed": true,
}

// awaits tells that infinitive v is what is to come: "expected to hold talks".
func awaits(tokens []language.Token, v int) bool {
	if tokens[v].Penn == "VB" && v > 1 && tokens[v-1].Penn == "TO" {
		switch strings.ToLower(tokens[v-2].Text) {
		case "is", "are", "'s", "’s", "'re":
			return true // "is to meet on Tuesday"
		}
	}
	h := tokens[v].Head
	if tokens[v].Penn != "VB" || v == 0 || h < 0 || h > v || tokens[v-1].Tag != "PART" && (v < 2 || tokens[v-2].Tag != "PART") {
		return false
	}
	if !awaited[strings.ToLower(tokens[h].Text)] {
		return false
	}
	for k := max(0, h-6); k < h; k++ {
		if tokens[k].Head == h && (tokens[k].Penn == "VBD" || tokens[k].Penn == "VBN") && strings.HasPrefix(tokens[k].Tag, "AUX") {
			return false // "were due to meet on Tuesday" says nothing of today
		}
	}
	return true
}

// ahead tells that the expression of time [first, last) dates a clause about what is to come, by its modals:
// "will visit Tokyo on Monday", "it would go to Moscow in May and hold talks there on Friday".
func ahead(tokens []language.Token, first, last int, modals map[string]bool) bool {
	i := first
	for n := 0; i >= 0 && n < 30; n++ {
		if (i < first || i >= last) && tokens[i].Tag == "VERB" {
			for k := i - 1; k >= 0 && k >= i-6; k-- {
				if tokens[k].Head != i || tokens[k].Relation != "aux" {
					continue
				}
				if tokens[i].Relation == "ccomp" && tokens[i].Head > i && foretells[strings.ToLower(tokens[k].Text)] &&
					!slices.ContainsFunc(tokens[:i], func(t language.Token) bool { return t.Tag == "VERB" }) {
					return true // "would be freed on Sunday, he said": the day is not that of the telling
				}
				return modals[strings.ToLower(tokens[k].Text)] // but not "would have met", whose nearest is "have"
			}
			if awaits(tokens, i) {
				return true
			}
			if base(tokens[i].Relation) != "conj" {
				return false
			}
		}
		i = tokens[i].Head
	}
	return false
}

// deadline tells that the word before an expression of time that begins at first, with its name at i, makes it one by which or
// until which something is to be done: "to leave by Jan. 1".
func deadline(tokens []language.Token, first, i int) bool {
	if first == 0 {
		return false
	}
	switch strings.ToLower(tokens[first-1].Text) {
	case "until", "till":
		return true
	case "by":
		h := tokens[i].Head
		if h >= 0 && tokens[h].Tag == "NUM" { // "by Jan. 1"
			h = tokens[h].Head
		}
		return h >= 0 && tokens[h].Penn == "VB"
	}
	return false
}

// aheadOf is how far ahead of the news a day without a year lies at most that dates something by name.
const aheadOf = 120 * 24 * time.Hour

// habits are the adverbs that tell an act to be done again and again, or all along.
var habits = map[string]bool{
	"repeatedly": true, "often": true, "long": true, "consistently": true, "always": true, "regularly": true, "frequently": true, "traditionally": true, "routinely": true, "usually": true,
}

// moments finds the expressions of time in a sentence, resolved against the day
// the article was published (zero when unknown: then only what is absolute is found).
// A weekday is the nearest past one, the day of publication included, as newswires use it.
// told is the moment told last before the sentence, where what is told goes on from there
// (zero for none): it gives a month its year, and "a month later" its beginning.
func moments(tokens []language.Token, published time.Time, told moment) []moment {
	known := !published.IsZero()
	low := make([]string, len(tokens))
	for i, t := range tokens {
		low[i] = strings.ToLower(t.Text)
	}
	word := func(i int) string {
		if i < 0 || i >= len(low) {
			return ""
		}
		return low[i]
	}
	ago := func(days int) moment { return dayMoment(published.AddDate(0, 0, -days)) }
	var out []moment
	before := func() moment { // what was told last, here or before
		if n := len(out); n > 0 && !out[n-1].future {
			return out[n-1]
		}
		return told
	}
	lastMonth := func(month int) int { // year of the nearest past such month
		if !known {
			return before().year
		}
		if month <= int(published.Month()) {
			return published.Year()
		}
		return published.Year() - 1
	}
	add := func(m moment, first, last int) {
		m.first, m.last = first, last
		if p := word(first - 1); p == "since" {
			m.since = true
		}
		out = append(out, m)
	}
	for i := 0; i < len(tokens); i++ {
		w := low[i]
		next := word(i + 1)
		switch {
		case monthNumber(w) > 0 && tokens[i].Tag != "AUX" && (!doubtfulMonths[w] || monthAt(tokens, i)):
			m := moment{month: monthNumber(w)}
			first, last := i, i+1
			if next == "." {
				last++
			}
			if d := dayNumber(word(last)); d > 0 {
				m.day = d
				last++
			} else if d := spelledDay(tokens, last); d > 0 {
				m.day = d
				last++
			} else if d := dayNumber(word(i - 1)); d > 0 && tokens[i-1].Tag != "SYM" {
				m.day = d
				first = i - 1
				if begin := dayNumber(word(i - 3)); begin > 0 && begin < d && rangeWords[word(i-2)] {
					m.day = begin // "from 5-6 April" began on the 5th
					first = i - 3
				}
			} else if word(i-1) == "of" && dayNumber(word(i-2)) > 0 && strings.IndexAny(word(i-2), "snrt") > 0 {
				m.day = dayNumber(word(i - 2))
				first = i - 2
			}
			comma := last
			if word(comma) == "," {
				comma++
			}
			if y := yearNumber(word(comma)); y > 0 {
				m.year = y
				last = comma + 1
			} else if word(comma) == "last" && word(comma+1) == "year" && known {
				m.year = published.Year() - 1
				last = comma + 2
			} else if y := yearBehind(tokens, last, m.month); y > 0 {
				m.year = y
			} else if t := before(); t.year > 0 && (word(last) == "that" && word(last+1) == "year" || word(last) == "of" && word(last+1) == "that" && word(last+2) == "year") {
				m.year = t.year
			} else if p := deadline(tokens, first, i); known && (p || ahead(tokens, first, last, foretells)) {
				m.year = published.Year()
				back := published.Sub(m.end())
				if back > 0 && (!p || word(first-1) == "by" || back > halfYear) {
					m.year++
				} else if p && -back > halfYear {
					m.year--
				}
				m.future = m.time().After(published)
			} else {
				m.year = lastMonth(m.month)
				if t := before(); word(first-1) == "that" && t.year > 0 {
					m.year = t.year
				}
				if word(first-1) == "last" && known && m.day == 0 && m.month == int(published.Month()) && m.year == published.Year() {
					m.year-- // in April, "last April" is not this one
				}
				if h := tokens[max(last-1, i)].Head; known && m.day > 0 && m.year < published.Year() && h >= 0 && h < first && tokens[h].Tag == "NOUN" &&
					(moment{year: published.Year(), month: m.month, day: m.day}).time().Sub(published) < aheadOf {
					m.year = published.Year() // "invited him to talks on September 15"
				}
				if m.day > 0 && known && m.year == published.Year() && m.month <= int(published.Month()) && m.time().After(published.AddDate(0, 0, 20)) {
					m.year--
				}
			}
			if m.year == 0 {
				continue
			}
			if m.day > 0 {
				if time.Date(m.year, time.Month(m.month), m.day, 0, 0, 0, 0, time.UTC).Month() != time.Month(m.month) {
					m.day = 0
				} else if known && !m.future {
					m.future = time.Date(m.year, time.Month(m.month), m.day, 0, 0, 0, 0, time.UTC).After(published.AddDate(0, 0, 1))
				}
			}
			add(m, first, last)
			i = last - 1
		case strings.HasPrefix(w, "mid-") || strings.HasPrefix(w, "early-") || strings.HasPrefix(w, "late-"):
			_, rest, _ := strings.Cut(w, "-")
			if n := monthNumber(rest); n > 0 && lastMonth(n) > 0 {
				add(moment{year: lastMonth(n), month: n}, i, i+1)
			}
		case yearNumber(w) > 0 && (tokens[i].Tag == "NUM" || tokens[i].Tag == "NOUN"):
			switch word(i - 1) {
			case "'s", "’s", "a", "his", "her", "its", "their":
				// "Iraq's 1988 attack", "a 2013 pact", but not "Iraq's 2000 men"
				if word(i-1) != "a" && (i+1 == len(tokens) || tokens[i+1].Penn == "NNS") {
					continue
				}
				fallthrough
			case "in", "since", "of", "from", "until", "during", "by", "to", "-", "–", "after", "before", "the", "(", "early", "late", ",":
				y := yearNumber(w)
				add(moment{year: y, future: known && y > published.Year()}, i, i+1)
			}
		case (w == "days" || w == "weeks" || w == "months" || w == "years" || w == "day" || w == "week" || w == "month" || w == "year") &&
			(next == "earlier" || next == "later" || next == "before" && (i+2 == len(tokens) || word(i+2) == "," || word(i+2) == ".")) && before().year > 0:
			n, exact := countOf(word(i - 1))
			if word(i-1) == "the" {
				n, exact = 1, true
			}
			if n == 0 {
				continue
			}
			if next != "later" {
				n = -n
			}
			if m := before().shifted(n, w[:1], exact); m.year > 0 {
				m.future = known && m.time().After(published)
				add(m, i-1, i+2)
			}
		case (w == "following" || w == "next") && word(i-1) == "the" && (next == "day" || next == "week" || next == "month" || next == "year") && before().year > 0:
			if m := before().shifted(1, next[:1], true); m.year > 0 {
				m.future = known && m.time().After(published)
				add(m, i-1, i+2)
			}
		case (w == "that" || w == "same" && word(i-1) == "the") && (next == "day" && before().day > 0 || next == "month" && before().month > 0 || next == "year" && before().year > 0) &&
			(len(out) == 0 || out[len(out)-1].last < i-1):
			// "that year" is the one told before
			m := before()
			m = moment{year: m.year, month: m.month, day: m.day, weak: m.weak}
			switch next {
			case "month":
				m.day = 0
			case "year":
				m.month, m.day = 0, 0
			}
			add(m, i, i+2)
		case w == "9/11":
			add(moment{year: 2001, month: 9, day: 11}, i, i+1)
		case !known:
			continue
		case (w == "year" || w == "month" || w == "week" || w == "day") && word(i-1) == "-" || (w == "year" || w == "month" || w == "week") && next == "-" && word(i+2) == "old":
			// "the seven-year war", "the week-old offensive": since when it lasts
			n, exact := countOf(word(i - 2))
			if word(i-1) != "-" {
				n, exact = 1, false
			}
			of := tokens[i].Head
			for h := of; h >= 0 && h < i+4 && h != i && tokens[h].Tag == "ADJ"; h = tokens[h].Head {
				of = tokens[h].Head
			}
			if n == 0 || of <= i || !lasting[low[of]] || w == "day" && word(i+2) != "old" {
				continue // "a three-day truce" is to last so long
			}
			m := dayMoment(published).shifted(-n, w[:1], exact)
			m.of, m.since = of, true
			add(m, max(i-2, 0), i+1)
		case (w == "past" || w == "last") && (word(i+2) == "years" || word(i+2) == "months" || word(i+2) == "decades"):
			// "in the past three years" reaches back to where these began
			if n, exact := countOf(next); exact {
				m := dayMoment(published).shifted(-n*decade(word(i+2)), unitOf(word(i+2)), true)
				m.since = true
				add(m, i, i+3)
			}
		case w == "decade" && next == "ago", w == "decades" && next == "ago":
			if n, exact := countOf(word(i - 1)); exact {
				add(dayMoment(published).shifted(-10*n, "y", true), i-1, i+2)
			}
		case (w == "start" || w == "beginning") && next == "of" && (word(i+2) == "the" || word(i+2) == "this") && word(i+3) == "year":
			add(moment{year: published.Year(), month: 1, weak: true}, i, i+4)
		case w == "eve" && (word(i-1) == "'s" || word(i-1) == "’s") && word(i-2) == "year" && word(i-3) == "new":
			add(moment{year: published.Year() - 1, month: 12, day: 31}, i-3, i+1)
		case w == "day" && (word(i-1) == "'s" || word(i-1) == "’s") && word(i-2) == "year" && word(i-3) == "new":
			add(moment{year: published.Year(), month: 1, day: 1}, i-3, i+1)
		case w == "christmas" && (next == "day" || next == "eve"):
			day := 25
			if next == "eve" {
				day--
			}
			add(moment{year: lastMonth(12), month: 12, day: day}, i, i+2)
		case w == "weekend" && word(i-1) == "the" && (word(i-2) == "over" || word(i-2) == "at" || word(i-2) == "during"):
			m := ago((int(published.Weekday()) + 7) % 7)
			m.day, m.weak = 0, true
			add(m, i-2, i+1)
		case w == "today" || w == "tonight" || w == "overnight":
			add(ago(0), i, i+1)
		case w == "yesterday":
			add(ago(1), i, i+1)
		case w == "tomorrow":
			m := ago(-1)
			m.future = true
			add(m, i, i+1)
		case w == "last" && next == "night":
			add(ago(1), i, i+2)
		case w == "this" && (next == "morning" || next == "afternoon" || next == "evening"):
			add(ago(0), i, i+2)
		case (w == "last" || w == "past" || w == "this" || w == "previous") && (next == "week" || next == "weekend"):
			m := ago(7)
			if next == "weekend" {
				m = ago(int(published.Weekday()))
			}
			switch w {
			case "past":
				m = ago(0) // "in the past week" reaches up to now
			case "this":
				m = ago((int(published.Weekday()) + 6) % 7 / 2) // the middle of what there has been of it
			}
			m.day, m.weak = 0, true
			add(m, i, i+2)
		case (w == "last" || w == "this" || w == "past") && (next == "month" || next == "year"):
			t := published
			if next == "month" {
				if w == "last" {
					t = time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, -1, 0)
				}
				add(moment{year: t.Year(), month: int(t.Month()), weak: true}, i, i+2)
				continue
			}
			y := t.Year()
			if w == "last" {
				y--
			}
			add(moment{year: y, weak: true}, i, i+2)
		case (w == "last" || w == "this") && monthNumber(next) > 0:
			continue // the month itself is met next
		case w == "last" && seasons[next] > 0 && word(i-1) != "the":
			y := published.Year()
			if int(published.Month()) <= seasons[next] {
				y-- // it has not yet come
			}
			add(moment{year: y, weak: true}, i, i+2)
		case w == "next" && (next == "week" || next == "month" || next == "year"):
			add(moment{year: published.Year(), future: true, weak: true}, i, i+2)
		case (w == "day" || w == "night") && word(i-1) == "previous":
			m := ago(1)
			if t := before(); t.day > 0 {
				m = t.shifted(-1, "d", true)
			}
			add(m, i-1, i+1)
		case w == "hours" || w == "hour" || w == "minutes":
			switch next {
			case "ago", "before", "earlier", "after", "later":
				m := ago(0)
				if next == "before" || next == "after" {
					m.hours = true
					for j := i + 2; j < len(tokens) && j < i+6; j++ {
						if tokens[j].Tag == "NOUN" {
							m.event = j
							break
						}
					}
				}
				add(m, i, i+2)
			}
		case w == "days" || w == "weeks" || w == "months" || w == "years" || w == "day" || w == "week" || w == "month" || w == "year":
			of := 0
			switch next {
			case "ago", "earlier":
			case "since", "after":
				// "six weeks since they surrendered", "a day after they struck" counts back from the news, or the day told beside it
				if of = tokens[i+1].Head; of < i+2 || told.year > 0 && published.Sub(told.end()) > historicalAfter {
					continue
				}
			default:
				continue
			}
			n, exact := countOf(word(i - 1))
			if n == 0 && of > 0 && word(i-1) != "the" {
				continue
			}
			if n == 0 {
				n, exact = 1, word(i-1) == "a" || word(i-1) == "the"
			}
			var t time.Time
			switch w[:1] {
			case "d":
				t = published.AddDate(0, 0, -n)
			case "w":
				t = published.AddDate(0, 0, -7*n)
			case "m":
				t = published.AddDate(0, -n, 0)
			default:
				t = published.AddDate(-n, 0, 0)
			}
			m := dayMoment(t)
			if !exact || w[0] != 'd' {
				m.day, m.weak = 0, true
			}
			if w[0] == 'y' {
				m.month = 0
			}
			m.of = of
			if t := before(); of > 0 && exact && len(out) > 0 && t.day > 0 && !t.weak && m.day > 0 {
				// "met on Sunday, two days after they struck"
				m = t.shifted(-n, "d", true)
				m.of = of
			}
			last := i + 2
			switch {
			case next == "ago" && word(last) == "today": // "seven years ago today"
				m = dayMoment(t)
				last++
			case next == "ago" && word(last) == "this" && word(last+1) == "month":
				m.month = int(t.Month())
				last += 2
			}
			add(m, max(i-1, 0), last)
			i = last - 1
		default:
			if d, ok := weekday(w); ok {
				if word(i-1) == "next" {
					add(moment{year: published.Year(), future: true, weak: true}, i-1, i+1)
					continue
				}
				back := (int(published.Weekday()) - int(d) + 7) % 7
				if word(i-1) == "last" && back == 0 {
					back = 7
				}
				// "Friday, August 21, 2015" is one expression; the month tells.
				if monthNumber(word(i+2)) > 0 && next == "," || monthNumber(next) > 0 || dayNumber(next) > 0 && monthNumber(word(i+2)) > 0 {
					continue
				}
				p := word(i - 1)
				if p == "on" {
					p = word(i - 3) // "until noon on Saturday"
				}
				if p == "until" || p == "till" || ahead(tokens, i, i+1, promises) {
					m := ago(back - 7)
					if back == 0 {
						m = ago(0) // "will meet later on Wednesday"
					}
					m.future = true
					add(m, i, i+1)
					continue
				}
				add(ago(back), i, i+1)
			}
		}
	}
	return out
}

// lasting are the nouns for what is as old as the words before it tell: "the seven-year war".
var lasting = map[string]bool{
	"war": true, "conflict": true, "fighting": true, "campaign": true, "insurgency": true, "rebellion": true, "revolt": true, "uprising": true, "struggle": true,
	"siege": true, "occupation": true, "blockade": true, "offensive": true, "crackdown": true, "bombardment": true, "standoff": true, "feud": true,
}

// decade is how many of its years or months a unit of time counts: ten years for decades.
func decade(unit string) int {
	if strings.HasPrefix(unit, "decade") {
		return 10
	}
	return 1
}

// unitOf gives the letter of a unit by which shifted counts; decades are counted in years.
func unitOf(unit string) string {
	if strings.HasPrefix(unit, "m") {
		return "m"
	}
	return "y"
}

// countOf reads a number word of small counts; exact is false for "several", "few".
func countOf(w string) (n int, exact bool) {
	if v, ok := numberWords[w]; ok {
		return v, true
	}
	switch w {
	case "several", "few":
		return 3, false
	case "couple":
		return 2, false
	}
	if v, err := strconv.Atoi(strings.ReplaceAll(w, ",", "")); err == nil && v > 0 {
		return v, true
	}
	return 0, false
}

// numberWords are the number words met in counts of people and days.
var numberWords = map[string]int{
	"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
	"nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
	"both": 2,
}
