package browser

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"path"
	"reflect"

	"howett.net/plist"

	"understudy/internal/sentence"
)

// policies are where administrators set something for a browser.
type policies struct {
	dirs   []string // of JSON files, on Linux; a later one wins
	key    string   // below Software\Policies in the registry of Windows
	domain string   // of preferences on macOS, which is the id of the bundle
}

// set is what administrators have set for a browser, by name.
type set map[string]any

// number is a whole number or a yes, 0 without one.
func (s set) number(name string) int {
	value := reflect.ValueOf(s[name])
	switch {
	case value.CanFloat():
		return int(value.Float())
	case value.CanInt():
		return int(value.Int())
	case value.CanUint():
		return int(value.Uint()) //nolint:gosec // too large a number means nothing here
	case value.Kind() == reflect.Bool && value.Bool():
		return 1
	default:
		return 0
	}
}

// text is a text, "" without one.
func (s set) text(name string) string {
	text, _ := s[name].(string)
	return text
}

// texts is a list of texts; what else stands there is left out.
func (s set) texts(name string) []string {
	all, _ := s[name].([]any)
	var texts []string
	for _, one := range all {
		if text, ok := one.(string); ok {
			texts = append(texts, text)
		}
	}
	return texts
}

// below is an object, empty without one.
func (s set) below(name string) set {
	object, _ := s[name].(map[string]any)
	return object
}

// jsonIn reads the JSON files of a folder, in order.
func jsonIn(c Computer, dir string, into set) {
	files, _ := fs.ReadDir(c.Files, c.name(dir)) // no folder, no policy
	for _, file := range files {
		one := set{}
		if readJSON(c, path.Join(dir, file.Name()), &one) {
			into.add(one)
		}
	}
}

func (s set) add(more set) { maps.Copy(s, more) }

// inRegistry reads some values of a key, and some keys below it as lists. A value
// of the machine (HKLM) wins over one of the user (HKCU), as in the browsers.
func (p policies) inRegistry(c Computer, numbers, texts, lists []string) set {
	found := set{}
	for _, root := range []string{"HKCU", "HKLM"} {
		key := root + `\Software\Policies\` + p.key
		for _, name := range numbers {
			if value, is := c.Registry.Number(key, name); is {
				found[name] = value
			}
		}
		for _, name := range texts {
			if value := c.Registry.Text(key, name); value != "" {
				found[name] = value
			}
		}
		for _, name := range lists {
			var all []any
			for _, text := range c.Registry.Texts(key + `\` + name) {
				all = append(all, text)
			}
			if len(all) > 0 {
				found[name] = all
			}
		}
	}
	return found
}

// inPreferences reads what a profile of the company sets on macOS: for all, then
// for this user (https://support.apple.com/guide/deployment/depfda5bd4f7).
func (p policies) inPreferences(c Computer) set {
	found := set{}
	for _, dir := range []string{managedPreferences, path.Join(managedPreferences, path.Base(c.Home))} {
		found.add(readPlist(c, path.Join(dir, p.domain+".plist")))
	}
	return found
}

const managedPreferences = "/Library/Managed Preferences"

// readPlist reads a property list, binary or XML; nil if it cannot be read.
func readPlist(c Computer, file string) set {
	content := c.read(file)
	var found map[string]any
	if content == nil {
		return nil
	}
	if _, err := plist.Unmarshal(content, &found); err != nil {
		return nil // macOS would not take it either
	}
	return found
}

// readJSON reports whether a file could be read into a value.
func readJSON(c Computer, file string, into any) bool {
	content := c.read(file)
	return content != nil && json.Unmarshal(bytes.TrimPrefix(content, []byte("\ufeff")), into) == nil
}

// The reasons why a browser cannot open a ticket.
func privateIsOff(name string) sentence.Sentence {
	return sentence.Of("barrier.private", "browser", name)
}

func addressIsBlocked(name string) sentence.Sentence {
	return sentence.Of("barrier.address", "browser", name)
}
