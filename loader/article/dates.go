package article

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// day is a calendar day; year is 0 when it was not told.
type day struct {
	year  int
	month time.Month
	day   int
}

// String writes "2006-01-02", or "--01-02" without a year.
func (d day) String() string {
	if d.year == 0 {
		return fmt.Sprintf("--%02d-%02d", d.month, d.day)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

func (d day) valid() bool {
	year := d.year
	if year == 0 {
		year = 2000 // a leap year: 29 February may stand without its year
	}
	t := time.Date(year, d.month, d.day, 0, 0, 0, 0, time.UTC)
	return d.month >= time.January && d.month <= time.December && t.Day() == d.day && t.Month() == d.month &&
		(d.year == 0 || d.year >= 1800 && d.year < 2200)
}

// near completes a day without year with the year that brings it nearest to the time of publication,
// when that is known.
func (d day) near(published string) day {
	p, _, ok := findDay(published)
	if d.year != 0 || !ok {
		return d
	}
	d.year = p.year
	switch {
	case p.month == time.January && d.month == time.December:
		d.year--
	case p.month == time.December && d.month == time.January:
		d.year++
	}
	return d
}

// months holds the names of the months and their abbreviations of three letters ("sept" too), in small letters.
var months = func() map[string]time.Month {
	out := map[string]time.Month{"sept": time.September}
	for m := time.January; m <= time.December; m++ {
		name := strings.ToLower(m.String())
		out[name], out[name[:3]] = m, m
	}
	return out
}()

// monthOf reads the name of a month, 0 when it is none.
func monthOf(word string) time.Month {
	if len(word) < 3 || len(word) > 9 {
		return 0
	}
	return months[strings.ToLower(word)]
}

// atom is a run of letters or of digits in a short text.
type atom struct {
	text       string
	start, end int
}

func (a atom) number() int {
	n := 0
	for _, r := range a.text {
		if r < '0' || r > '9' || n > 9999 {
			return -1
		}
		n = n*10 + int(r-'0')
	}
	return n
}

func atomsOf(text string) []atom {
	var out []atom
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		in := unicode.IsLetter
		if r >= '0' && r <= '9' {
			in = func(r rune) bool { return r >= '0' && r <= '9' }
		} else if !unicode.IsLetter(r) {
			at += size
			continue
		}
		stop := at + size
		for stop < len(text) {
			r, size := utf8.DecodeRuneInString(text[stop:])
			if !in(r) {
				break
			}
			stop += size
		}
		out = append(out, atom{text[at:stop], at, stop})
		at = stop
	}
	return out
}

// findDay finds the first calendar day in a short text, and where it stands. It reads "January 17, 2024",
// "Jan. 17", "17th of January 2024", "2024-01-17", "2024/01/17", and "17.01.2024" or "17/01/2024" where only one
// order of day and month is possible or the separator is a full stop (day first).
func findDay(text string) (d day, where span, ok bool) {
	atoms := atomsOf(text)
	between := func(i int) string {
		if i+1 < len(atoms) {
			return strings.TrimSpace(text[atoms[i].end:atoms[i+1].start])
		}
		return "\x00"
	}
	year := func(i int) int {
		if i < len(atoms) && len(atoms[i].text) == 4 {
			if n := atoms[i].number(); n >= 1800 && n < 2200 {
				return n
			}
		}
		return 0
	}
	number := func(i int) int {
		if i < len(atoms) && len(atoms[i].text) <= 2 {
			return atoms[i].number()
		}
		return -1
	}
	ordinal := func(i int) int { // the index behind "17" or "17th"
		if i+1 < len(atoms) && between(i) == "" && atoms[i].end == atoms[i+1].start {
			switch strings.ToLower(atoms[i+1].text) {
			case "st", "nd", "rd", "th":
				return i + 2
			}
		}
		return i + 1
	}
	for i := range atoms {
		last := i
		switch {
		case monthOf(atoms[i].text) != 0 && number(i+1) > 0 && isDaySeparator(between(i)):
			d = day{month: monthOf(atoms[i].text), day: number(i + 1)}
			last = ordinal(i+1) - 1
			if y := year(last + 1); y != 0 && isYearSeparator(between(last)) {
				d.year, last = y, last+1
			}
		case number(i) > 0:
			d = day{day: number(i)}
			m := ordinal(i)
			if m < len(atoms) && strings.EqualFold(atoms[m].text, "of") {
				m++
			}
			if m < len(atoms) && monthOf(atoms[m].text) != 0 && isDaySeparator(strings.TrimSpace(text[atoms[m-1].end:atoms[m].start])) {
				d.month, last = monthOf(atoms[m].text), m
				if y := year(m + 1); y != 0 && isYearSeparator(between(m)) {
					d.year, last = y, m+1
				}
			} else if sep := between(i); (sep == "." || sep == "/" || sep == "-") && between(i+1) == sep && number(i+1) > 0 && year(i+2) != 0 {
				a, b := number(i), number(i+1)
				switch {
				case sep == "." || a > 12:
					d = day{year(i + 2), time.Month(b), a}
				case b > 12:
					d = day{year(i + 2), time.Month(a), b}
				default:
					continue
				}
				last = i + 2
			} else {
				continue
			}
		case year(i) != 0 && (between(i) == "-" || between(i) == "/" || between(i) == ".") && between(i+1) == between(i) &&
			number(i+1) > 0 && number(i+2) > 0:
			d = day{year(i), time.Month(number(i + 1)), number(i + 2)}
			last = i + 2
		default:
			continue
		}
		if d.valid() {
			return d, span{atoms[i].start, atoms[last].end}, true
		}
	}
	return day{}, span{}, false
}

func isDaySeparator(s string) bool  { return s == "" || s == "." || s == "-" || s == "," }
func isYearSeparator(s string) bool { return s == "" || s == "," || s == "." || s == "-" || s == ".," }

// The forms of a publication time that are read besides RFC 3339, those with a clock and zone first.
var timeForms = []string{
	time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 MST",
	time.RFC1123Z, time.RFC1123, "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", "20060102T150405Z",
}

var dayForms = []string{"2006-01-02", "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04", "20060102", "20060102150405"}

// normalPublished turns a time as publishers write it into "2006-01-02" or RFC 3339. A clock without a zone
// says nothing about the moment and is dropped.
func normalPublished(s string) (string, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "", nil
	}
	for _, form := range timeForms {
		if t, err := time.Parse(form, s); err == nil && t.Year() > 0 {
			return t.Format(time.RFC3339), nil
		}
	}
	for _, form := range dayForms {
		if t, err := time.Parse(form, s); err == nil && t.Year() > 0 {
			return t.Format(time.DateOnly), nil
		}
	}
	if len(s) <= 100 {
		if d, _, ok := findDay(s); ok && d.year != 0 {
			return d.String(), nil
		}
	}
	return "", fmt.Errorf("the publication date %.60q is not understood: write it as 2006-01-02 or 2006-01-02T15:04:05Z", s)
}

// dayInURL finds a day in the path of an address, as "/2024/01/17/" or "/2024/jan/17/".
func dayInURL(url string) (day, bool) {
	parts := strings.FieldsFunc(url, func(r rune) bool { return r == '/' })
	for i := 0; i+2 < len(parts); i++ {
		year := atom{text: parts[i]}.number()
		d := day{year, time.Month(max(0, atom{text: parts[i+1]}.number())), atom{text: parts[i+2]}.number()}
		if m := monthOf(parts[i+1]); m != 0 {
			d.month = m
		}
		if len(parts[i]) == 4 && year > 0 && d.valid() {
			return d, true
		}
	}
	return day{}, false
}
