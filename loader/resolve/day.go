package resolve

import (
	"strconv"
	"time"
)

// Days are numbers as the graph keeps them: 20240116.

// Interval gives the first and last day of a date in writing, "2024-01-16", "2024-01" or "2024", and its precision; zeros when it is none.
func Interval(date string) (first, last int, precision string) {
	for _, f := range []struct {
		layout, precision   string
		years, months, days int
	}{{time.DateOnly, "DAY", 0, 0, 1}, {"2006-01", "MONTH", 0, 1, 0}, {"2006", "YEAR", 1, 0, 0}} {
		t, err := time.Parse(f.layout, date)
		if err != nil || t.Year() < 1 {
			continue
		}
		return number(t), number(t.AddDate(f.years, f.months, f.days).AddDate(0, 0, -1)), f.precision
	}
	return 0, 0, ""
}

func number(t time.Time) int { return t.Year()*10000 + int(t.Month())*100 + t.Day() }

// plus gives the day that is n days later.
func plus(day, n int) int {
	return number(time.Date(day/10000, time.Month(day/100%100), day%100+n, 0, 0, 0, 0, time.UTC))
}

// next tells whether two days follow each other.
func next(a, b int) bool { return plus(a, 1) == b || plus(b, 1) == a }

func written(day int) string { return strconv.Itoa(day) }
