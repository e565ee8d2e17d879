package report

import (
	"slices"
	"strings"
)

// id stands for a part of an address that could name somebody or something.
const id = ":id"

// Bounds of a shape, in bytes.
const (
	maxPart = 20 // a longer part is an id
	maxHost = 200
	maxPath = 120
)

// Shape is host and path of a URL, with ids replaced by ":id": "acme.com/users/:id". A
// part stays only if it looks like words or a version, so every part with a digit,
// an @, a percent sign or 20 characters and more is an id. A slug of letters alone, as
// in /team/north, cannot be told from the name of a page and stays. The host stays, as
// whoever allows a connection must read which. A URL that is not of http or of a
// WebSocket is its scheme alone.
func Shape(address string) string {
	host, path := shape(address)
	return host + path
}

func shape(address string) (host, path string) {
	scheme, rest, found := strings.Cut(address, ":")
	scheme = strings.ToLower(scheme)
	switch scheme {
	case "http", "https", "ws", "wss":
	case "about", "blob", "data", "file", "chrome", "javascript", "mailto":
		return scheme + ":", ""
	default:
		return id, ""
	}
	rest, found2 := strings.CutPrefix(rest, "//")
	if !found || !found2 {
		return id, ""
	}
	rest, _, _ = strings.Cut(rest, "#")
	rest, _, _ = strings.Cut(rest, "?")
	authority, path, _ := strings.Cut(strings.ReplaceAll(rest, `\`, "/"), "/")
	authority = authority[strings.LastIndexByte(authority, '@')+1:]
	usual := map[string]string{"http": ":80", "ws": ":80", "https": ":443", "wss": ":443"}[scheme]
	return shapeHost(strings.TrimSuffix(authority, usual)), "/" + shapePath(path)
}

func shapePath(path string) string {
	parts := strings.Split(path, "/")
	length := 0
	for i, part := range parts {
		if !isName(part) {
			parts[i] = id
		}
		if length += len(parts[i]) + 1; length > maxPath {
			return strings.Join(append(parts[:i], "…"), "/")
		}
	}
	return strings.Join(parts, "/")
}

// shapeHost is a host with its port in small letters, or ":id" if it is none.
func shapeHost(host string) string {
	host = strings.ToLower(host)
	if host == "" || len(host) > maxHost || strings.Trim(host, "abcdefghijklmnopqrstuvwxyz0123456789-_.:[]") != "" {
		return id
	}
	return host
}

// isName reports whether a part of an address is words, such as "sign_in" or
// "index.html", or a version.
func isName(part string) bool {
	if part == "" || part == "oauth2" || part == "2fa" || isVersion(part) {
		return true
	}
	if len(part) >= maxPart || hasIDPrefix(part) {
		return false
	}
	stem, extension, dotted := strings.Cut(part, ".")
	if dotted && !slices.Contains([]string{"html", "htm", "php", "aspx", "jsp", "json", "xml", "js", "css", "csv", "pdf", "txt", "png", "svg", "ico"}, extension) {
		return isProcedure(part) // else it may be the name of a person
	}
	return areWords(stem)
}

// isVersion finds "v1" and "v12".
func isVersion(part string) bool {
	digits, found := strings.CutPrefix(part, "v")
	return found && digits != "" && len(digits) <= 2 && strings.Trim(digits, "0123456789") == ""
}

// hasIDPrefix finds ids of Clerk by the word before their underscore.
func hasIDPrefix(part string) bool {
	prefix, _, found := strings.Cut(part, "_")
	return found && slices.Contains([]string{"user", "org", "sess", "client", "act", "ins", "inv", "orgmem", "orginv", "idn", "sia", "sua", "dvb"}, prefix)
}

// isProcedure finds names of remote calls, as in "invoice.byId": they have a capital
// inside, and people in addresses do not.
func isProcedure(part string) bool {
	if strings.ToLower(part) == part {
		return false
	}
	return !slices.ContainsFunc(strings.Split(part, "."), func(s string) bool { return s == "" || !areWords(s) })
}

// areWords reports whether a text is words of letters with a hyphen or underscore
// between them, each in small letters, capitals or with capitals at its humps.
func areWords(text string) bool {
	return !slices.ContainsFunc(strings.FieldsFunc(text, func(r rune) bool { return r == '-' || r == '_' }), func(word string) bool {
		return !isWord(word)
	})
}

func isWord(word string) bool {
	if len(word) <= 4 && isAll(word, 'A', 'Z') {
		return true
	}
	if len(word) >= 6 && isAll(strings.ToLower(word), 'a', 'f') {
		return false // a number in hex
	}
	capital := -1 // where the last hump begins
	for i, r := range word {
		switch {
		case r >= 'a' && r <= 'z':
		case r >= 'A' && r <= 'Z':
			if i > 0 && i-max(capital, 0) < 2 {
				return false // humps of one letter are no word
			}
			capital = i
		default:
			return false
		}
	}
	return capital < 0 || len(word)-capital >= 2
}

func isAll(text string, first, last rune) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r < first || r > last })
}
