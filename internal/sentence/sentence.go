// Package sentence is the catalogue of the sentences that Go has for people: a file of
// JSON per language, which the window reads too. A sentence is handed on as its key and
// what it is about. The window writes it out, and Go only where there is no window.
//
// A text names what is put into it: "{{name}}", or "{{at|moment}}" for a time. A key
// with "_one" and one with "_other" are the same sentence for different counts, of which
// the name is "count".
package sentence

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"understudy/internal/bidi"
)

//go:embed en.json
var english []byte

// texts are those of the language by key. They are read when Go first writes one out.
//
//nolint:gochecknoglobals // the catalogue is the package
var texts = sync.OnceValue(func() map[string]string {
	var all map[string]string
	if err := json.Unmarshal(english, &all); err != nil {
		panic(err) // the tests read it too
	}
	return all
})

// Sentence is a text of the catalogue with what it is about. The zero value says nothing.
type Sentence struct {
	Key string
	// With has what is put into the text, by name.
	With map[string]Value
}

// Value is what is put into a text. One field is set.
type Value struct {
	Texts     []string // one, or several with commas between them
	Number    *int64
	Time      time.Time
	Sentences []Sentence // one, or several after each other
}

// Of returns the sentence of a key. Names and what they stand for alternate, as with
// slog:
//
//	sentence.Of("session_too_long.most", "minutes", 30)
//
// Their values are strings, ints, int64s, [time.Time]s, Sentences, or lists of strings
// or of sentences. A test reads all calls, so the key and the names are literals.
func Of(key string, pairs ...any) Sentence {
	s := Sentence{Key: key}
	for pair := range slices.Chunk(pairs, 2) {
		s = s.And(pair[0].(string), pair[1]) //nolint:forcetypeassert // the test reads all calls
	}
	return s
}

// Keys lists all keys, for the tests that hold code and catalogue together.
func Keys() []string {
	var keys []string
	for key := range texts() {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// Has reports whether the catalogue has a key.
func Has(key string) bool { return texts()[key] != "" }

// placeholder is a name in a text, and behind a bar the form of a time.
var placeholder = regexp.MustCompile(`\{\{(\w+)(?:\|(\w+))?\}\}`)

// Names lists what the text of a key is about, each once.
func Names(key string) []string {
	var names []string
	for _, found := range placeholder.FindAllStringSubmatch(texts()[key], -1) {
		names = append(names, found[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// And returns a copy that is about one thing more.
func (s Sentence) And(name string, value any) Sentence {
	with := maps.Clone(s.With)
	if with == nil {
		with = map[string]Value{}
	}
	with[name] = valueOf(value)
	return Sentence{Key: s.Key, With: with}
}

func valueOf(value any) Value {
	switch value := value.(type) {
	case string:
		return Value{Texts: []string{value}}
	case []string:
		return Value{Texts: value}
	case int:
		number := int64(value)
		return Value{Number: &number}
	case int64:
		return Value{Number: &value}
	case time.Time:
		return Value{Time: value}
	case Sentence:
		return Value{Sentences: []Sentence{value}}
	case []Sentence:
		return Value{Sentences: value}
	default: // nothing else may reach a sentence, such as a type that hides a secret
		panic(fmt.Sprintf("sentence: a %T", value))
	}
}

// IsZero reports whether it says nothing.
func (s Sentence) IsZero() bool { return s.Key == "" }

// String is the sentence in English.
func (s Sentence) String() string {
	return placeholder.ReplaceAllStringFunc(s.text(), func(found string) string {
		parts := placeholder.FindStringSubmatch(found)
		return s.With[parts[1]].written(parts[2])
	})
}

func (s Sentence) text() string {
	if text, ok := texts()[s.Key]; ok {
		return text
	}
	if count := s.With["count"].Number; count != nil && *count == 1 {
		return texts()[s.Key+"_one"]
	}
	return texts()[s.Key+"_other"]
}

// written is a value as it is written in a sentence, a time in that form.
func (v Value) written(form string) string {
	switch {
	case v.Number != nil:
		return strconv.FormatInt(*v.Number, 10)
	case !v.Time.IsZero():
		return v.Time.Format(forms()[form])
	case v.Sentences != nil:
		return joined(v.Sentences, " ", Sentence.String)
	default:
		return joined(v.Texts, ", ", bidi.Embed)
	}
}

func joined[T any](all []T, between string, write func(T) string) string {
	parts := make([]string, 0, len(all))
	for _, one := range all {
		parts = append(parts, write(one))
	}
	return strings.Join(parts, between)
}

// forms are how times are written.
func forms() map[string]string {
	return map[string]string{"day": "2 Jan", "moment": "2 Jan 2006, 15:04"}
}
