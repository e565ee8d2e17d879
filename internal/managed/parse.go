package managed

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"understudy/internal/clerkapi"
	"understudy/internal/settings"
)

// version is the form of the file.
const version = 1

// document is the form of the file.
type document struct {
	Schema      string                         `json:"$schema"` // for editors
	Version     int                            `json:"version"`
	APIURL      string                         `json:"api_url"` // the only address of Clerk's API
	Preferences settings.PreferencesPatch      `json:"preferences"`
	Rules       settings.RulesPatch            `json:"rules"`
	Instances   map[string]settings.RulesPatch `json:"instances"` // by instance id
}

// ContentError is a mistake in a policy, and where it is.
type ContentError struct {
	Line, Column int // from 1; the column in characters
	Reason       string
}

func (e *ContentError) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Reason)
}

// Parse reads a policy. It is strict where encoding/json is not: unknown and
// repeated fields, other spellings, null and a byte order mark are mistakes.
// The failure is a [*ContentError].
func Parse(content []byte) (settings.Managed, error) {
	c := &checker{content: content, decoder: json.NewDecoder(bytes.NewReader(content)), places: map[string]int{}}
	c.decoder.UseNumber()
	if err := c.check(); err != nil {
		return settings.Managed{}, err
	}
	var policy document
	if err := json.Unmarshal(content, &policy); err != nil {
		return settings.Managed{}, c.mistake(0, "it is not JSON of the right form")
	}
	switch place, found := c.places["version"]; {
	case !found:
		return settings.Managed{}, c.mistake(0, `"version" is missing`)
	case policy.Version != version:
		return settings.Managed{}, c.mistake(place, fmt.Sprintf("this Understudy reads version %d", version))
	}
	managed := settings.Managed{Preferences: policy.Preferences, Rules: policy.Rules, Instances: policy.Instances}
	if err := managed.Validate(); err != nil {
		return settings.Managed{}, c.impossible(err.Error())
	}
	if place, pinned := c.places["api_url"]; pinned {
		address, err := clerkapi.ParseBaseURL(policy.APIURL)
		if err != nil || policy.APIURL == "" {
			return settings.Managed{}, c.mistake(place, "not a possible value of api_url, which is https, or http on this computer")
		}
		managed.APIURL = address
	}
	return managed, nil
}

// checker walks through the text beside the type that it should become.
type checker struct {
	content []byte
	decoder *json.Decoder
	places  map[string]int // where each value begins, by its path
}

func (c *checker) mistake(offset int, reason string) error {
	before := c.content[:min(offset, len(c.content))]
	line := bytes.Count(before, []byte("\n")) + 1
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
	return &ContentError{line, column, reason}
}

// impossible finds the place of a value that the settings do not take, by what
// they call it: its path, and after a comma what more there is to say.
func (c *checker) impossible(name string) error {
	path, _, _ := strings.Cut(name, ",")
	for {
		if place, found := c.places[path]; found || path == "" {
			return c.mistake(place, fmt.Sprintf("not a possible value of %s", name))
		}
		path = path[:max(0, strings.LastIndexByte(path, '.'))]
	}
}

const byteOrderMark = "\uFEFF"

func (c *checker) check() error {
	if bytes.HasPrefix(c.content, []byte(byteOrderMark)) {
		return c.mistake(0, "it begins with a byte order mark; save it as UTF-8 without one")
	}
	if i := invalidUTF8(c.content); i >= 0 {
		return c.mistake(i, "it is not UTF-8 text")
	}
	if err := c.value(reflect.TypeFor[document](), ""); err != nil {
		return err
	}
	if _, at, err := c.next(); !errors.Is(err, io.EOF) {
		return c.mistake(at, "something follows the end")
	}
	return nil
}

func invalidUTF8(content []byte) int {
	for i := 0; i < len(content); {
		r, size := utf8.DecodeRune(content[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// next gives the next token and where it begins.
func (c *checker) next() (json.Token, int, error) {
	at := int(c.decoder.InputOffset())
	for at < len(c.content) && strings.IndexByte(" \t\r\n,:", c.content[at]) >= 0 {
		at++
	}
	token, err := c.decoder.Token()
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		// The offset in it is sometimes of the value and sometimes of the whole.
		return nil, at, c.mistake(at, syntax.Error())
	case errors.Is(err, io.EOF):
		return nil, at, io.EOF
	case err != nil:
		return nil, at, c.mistake(at, "it ends too early")
	}
	return token, at, nil
}

// value checks that the next value is one of a type.
func (c *checker) value(t reflect.Type, path string) error {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	token, at, err := c.next()
	if errors.Is(err, io.EOF) {
		return c.mistake(at, "it ends too early")
	}
	if err != nil {
		return err
	}
	c.places[path] = at
	switch t.Kind() {
	case reflect.Struct, reflect.Map:
		if token != json.Delim('{') {
			return c.mistake(at, "{ expected")
		}
		return c.fields(t, path)
	case reflect.Slice:
		if token != json.Delim('[') {
			return c.mistake(at, "[ expected")
		}
		for i := 0; c.decoder.More(); i++ {
			if err := c.value(t.Elem(), path+"."+strconv.Itoa(i)); err != nil {
				return err
			}
		}
		_, _, err := c.next()
		return ended(err, c, at)
	case reflect.String:
		if _, ok := token.(string); !ok {
			return c.mistake(at, "text in quotes expected")
		}
	case reflect.Bool:
		if _, ok := token.(bool); !ok {
			return c.mistake(at, "true or false expected")
		}
	default:
		number, ok := token.(json.Number)
		if _, err := strconv.Atoi(number.String()); !ok || err != nil {
			return c.mistake(at, "a whole number expected")
		}
	}
	return nil
}

// fields checks an object from behind its brace.
func (c *checker) fields(t reflect.Type, path string) error {
	seen := map[string]bool{}
	for c.decoder.More() {
		token, at, err := c.next()
		if err != nil {
			return ended(err, c, at)
		}
		name, ok := token.(string)
		if !ok {
			return c.mistake(at, "a name in quotes expected")
		}
		field, known := fieldOf(t, name)
		switch {
		case !known:
			return c.mistake(at, fmt.Sprintf("there is no setting %q here", name))
		case seen[name]:
			return c.mistake(at, fmt.Sprintf("%q is there twice", name))
		}
		seen[name] = true
		if err := c.value(field, strings.TrimPrefix(path+"."+name, ".")); err != nil {
			return err
		}
	}
	_, at, err := c.next()
	return ended(err, c, at)
}

// ended turns an end in the middle into a mistake.
func ended(err error, c *checker, at int) error {
	if errors.Is(err, io.EOF) {
		return c.mistake(at, "it ends too early")
	}
	return err
}

// fieldOf is the type of a field in the exact spelling of its tag.
func fieldOf(t reflect.Type, name string) (reflect.Type, bool) {
	if t.Kind() == reflect.Map {
		return t.Elem(), true
	}
	for field := range t.Fields() {
		if tag, _, _ := strings.Cut(field.Tag.Get("json"), ","); tag == name {
			return field.Type, true
		}
	}
	return nil, false
}
