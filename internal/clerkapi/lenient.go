package clerkapi

import (
	"errors"
	"strconv"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"understudy/internal/sentence"
)

// The types below read a field of an answer whatever stands there: fields change
// their type now and then, and one that is only shown must not hide the rest. They
// fail only for what is no JSON. Fields that decide something are checked where
// they are used.

// lenient is a string, or "" for any other JSON value.
type lenient string

// UnmarshalJSONFrom implements [json.UnmarshalerFrom].
func (l *lenient) UnmarshalJSONFrom(from *jsontext.Decoder) error {
	*l = ""
	if from.PeekKind() != '"' {
		return from.SkipValue() //nolint:wrapcheck // the caller says of what
	}
	token, err := from.ReadToken()
	if err == nil {
		*l = lenient(token.String())
	}
	return err //nolint:wrapcheck // the caller says of what
}

// flag is a yes or a no. unsaid is a missing one or null, odd any other JSON value.
type flag byte

const (
	unsaid flag = iota
	no
	yes
	odd
)

// UnmarshalJSONFrom implements [json.UnmarshalerFrom].
func (f *flag) UnmarshalJSONFrom(from *jsontext.Decoder) error {
	switch from.PeekKind() {
	case 't':
		*f = yes
	case 'f':
		*f = no
	case 'n':
		*f = unsaid
	default:
		*f = odd
	}
	return from.SkipValue() //nolint:wrapcheck // the caller says of what
}

// part is an object. Any other JSON value leaves it empty.
type part[T any] struct {
	value  T
	isRead bool
}

// UnmarshalJSONFrom implements [json.UnmarshalerFrom].
func (p *part[T]) UnmarshalJSONFrom(from *jsontext.Decoder) error {
	if p.isRead = from.PeekKind() == '{'; !p.isRead {
		return from.SkipValue() //nolint:wrapcheck // the caller says of what
	}
	return json.UnmarshalDecode(from, &p.value) //nolint:wrapcheck // the caller says of what
}

// list is an array. Any other JSON value leaves it empty; isOdd says that it is
// neither an array nor missing nor null.
type list[T any] struct {
	items  []T
	isRead bool
	isOdd  bool
}

// UnmarshalJSONFrom implements [json.UnmarshalerFrom].
func (l *list[T]) UnmarshalJSONFrom(from *jsontext.Decoder) error {
	kind := from.PeekKind()
	l.isRead, l.isOdd = kind == '[', kind != '[' && kind != 'n'
	if !l.isRead {
		return from.SkipValue() //nolint:wrapcheck // the caller says of what
	}
	return json.UnmarshalDecode(from, &l.items) //nolint:wrapcheck // the caller says of what
}

// unixMillis is a time in milliseconds since 1970, as Clerk writes all of them. A
// value that is no number is the zero time. So is a number before 1970 or after the
// year 9999, which the standard library cannot write as JSON. isOdd tells these from
// a time that is missing or null.
type unixMillis struct {
	time.Time
	isOdd bool
}

// UnmarshalJSONFrom implements [json.UnmarshalerFrom].
func (m *unixMillis) UnmarshalJSONFrom(from *jsontext.Decoder) error {
	const year10000 = 253402300800000
	kind := from.PeekKind()
	*m = unixMillis{isOdd: kind != 'n'}
	if kind != '0' {
		return from.SkipValue() //nolint:wrapcheck // the caller says of what
	}
	raw, err := from.ReadValue()
	if err != nil {
		return err //nolint:wrapcheck // the caller says of what
	}
	// A number too large for a float is infinite, which the bounds refuse.
	if f, err := strconv.ParseFloat(string(raw), 64); (err == nil || errors.Is(err, strconv.ErrRange)) && f > 0 && f < year10000 {
		*m = unixMillis{Time: time.UnixMilli(int64(f)).UTC()}
	}
	return nil
}

// duration is a number of seconds up to a year. Any other JSON value is none.
type duration time.Duration

// UnmarshalJSONFrom implements [json.UnmarshalerFrom].
func (d *duration) UnmarshalJSONFrom(from *jsontext.Decoder) error {
	const year = 366 * 24 * 60 * 60
	*d = 0
	if from.PeekKind() != '0' {
		return from.SkipValue() //nolint:wrapcheck // the caller says of what
	}
	raw, err := from.ReadValue()
	if err != nil {
		return err //nolint:wrapcheck // the caller says of what
	}
	if seconds, err := strconv.ParseFloat(string(raw), 64); err == nil && seconds > 0 && seconds <= year {
		*d = duration(seconds * float64(time.Second))
	}
	return nil
}

// unreadable is what an answer lacks that decides something, as words of a
// sentence: "the id of the instance".
type unreadable struct{ what sentence.Sentence }

func (u unreadable) Error() string { return u.what.String() + " is missing or cannot be read" }

// elements reads an array without looking into its elements, so that each can fail
// by itself. null is not an empty array.
func elements(body []byte) ([]jsontext.Value, error) {
	var found []jsontext.Value
	err := json.Unmarshal(body, &found, jsontext.AllowInvalidUTF8(true), jsontext.AllowDuplicateNames(true))
	if err == nil && found == nil {
		err = errors.New("null")
	}
	return found, err
}
