package directory

import (
	"errors"
	"strconv"
	"strings"
	"time"
)

// dateRange is open at an end that is zero. Both ends are exclusive, as in
// Clerk's *_after and *_before, which count in milliseconds.
type dateRange struct{ after, before time.Time }

var errDates = errors.New("not a date")

// parseDates reads 2026-01-31, 2026-01, 2026, each alone (within it) or after
// <, <=, > or >=, and ages such as <30d (less than 30 days ago) or >2w (more
// than two weeks ago) in h, d, w, m (30 days) and y (365 days).
func parseDates(s string, now time.Time) (dateRange, error) {
	rest := strings.TrimLeft(s, "<>=")
	op := s[:len(s)-len(rest)]
	if op != "" && op != "<" && op != "<=" && op != ">" && op != ">=" {
		return dateRange{}, errDates
	}
	if age, ok := parseAge(rest); ok {
		return ageRange(op, now.Add(-age))
	}
	first, next, err := parsePeriod(rest, now.Location())
	if err != nil {
		return dateRange{}, err
	}
	switch op {
	case "<":
		return dateRange{before: first}, nil
	case "<=":
		return dateRange{before: next}, nil
	case ">":
		return dateRange{after: justBefore(next)}, nil
	case ">=":
		return dateRange{after: justBefore(first)}, nil
	default:
		return dateRange{after: justBefore(first), before: next}, nil
	}
}

// ageRange turns an age into a bound: less than 30 days ago is after that
// moment. An age without a sign means within it.
func ageRange(op string, then time.Time) (dateRange, error) {
	if strings.HasPrefix(op, ">") {
		return dateRange{before: then}, nil
	}
	return dateRange{after: then}, nil
}

// justBefore makes an inclusive start exclusive, in Clerk's unit.
func justBefore(t time.Time) time.Time { return t.Add(-time.Millisecond) }

func parseAge(s string) (time.Duration, bool) {
	const day = 24 * time.Hour
	units := map[byte]time.Duration{'h': time.Hour, 'd': day, 'w': 7 * day, 'm': 30 * day, 'y': 365 * day}
	if len(s) < 2 {
		return 0, false
	}
	unit, known := units[s[len(s)-1]]
	n, err := strconv.ParseUint(s[:len(s)-1], 10, 16)
	if !known || err != nil || n == 0 || n > 10_000 {
		return 0, false
	}
	return time.Duration(n) * unit, true
}

// parsePeriod gives the first moment of a day, month or year, and of the next.
func parsePeriod(s string, where *time.Location) (first, next time.Time, err error) {
	for _, period := range []struct {
		layout              string
		years, months, days int
	}{{time.DateOnly, 0, 0, 1}, {"2006-01", 0, 1, 0}, {"2006", 1, 0, 0}} {
		if first, err = time.ParseInLocation(period.layout, s, where); err == nil {
			if first.Year() < 1970 {
				break
			}
			return first, first.AddDate(period.years, period.months, period.days), nil
		}
	}
	return time.Time{}, time.Time{}, errDates
}
