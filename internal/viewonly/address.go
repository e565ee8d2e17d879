package viewonly

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// address is a URL of http or https, taken apart.
type address struct {
	scheme string
	host   string   // small letters, without the port that the scheme has anyway
	path   []string // segments, decoded once; of no use unless plain
	raw    string   // the path as it stands
	query  string
	// plain is false where two servers could read the URL in two ways: with a user
	// in it, an empty segment, a dot segment, or a segment whose decoded form has a
	// slash, backslash, percent sign, semicolon or control character.
	plain bool
}

// origin is scheme and host, such as "https://acme.com".
func (a address) origin() string { return a.scheme + "://" + a.host }

// readAddress takes a URL apart. It reports false for one that no browser writes
// like this, and for one that is not of http or https.
func readAddress(text string) (address, bool) {
	scheme, rest, found := strings.Cut(text, "://")
	scheme = strings.ToLower(scheme)
	if !found || scheme != "https" && scheme != "http" {
		return address{}, false
	}
	rest, _, _ = strings.Cut(rest, "#")
	rest, query, _ := strings.Cut(rest, "?")
	if strings.ContainsFunc(rest, isStrange) {
		return address{}, false
	}
	authority, path, slash := strings.Cut(rest, "/")
	to := address{scheme: scheme, query: query, raw: path, plain: slash}
	if at := strings.LastIndexByte(authority, '@'); at >= 0 {
		authority, to.plain = authority[at+1:], false
	}
	if to.host, found = readHost(authority, scheme); !found {
		return address{}, false
	}
	segments := strings.Split(path, "/")
	for i, segment := range segments {
		decoded, ok := decode(segment)
		last := i == len(segments)-1 // a path may end with a slash
		to.plain = to.plain && ok && (decoded != "" || last)
		segments[i] = decoded
	}
	to.path = segments
	return to, true
}

// isStrange finds what a browser strips, encodes or turns into something else.
func isStrange(r rune) bool { return r <= ' ' || r >= 0x7f || r == '\\' }

// readHost takes host and port of a URL. The port of the scheme is left out.
func readHost(authority, scheme string) (string, bool) {
	host, port := strings.ToLower(authority), ""
	if i := strings.LastIndexByte(host, ':'); i > strings.LastIndexByte(host, ']') {
		host, port = host[:i], host[i+1:]
		if number, err := strconv.ParseUint(port, 10, 16); err != nil || strconv.FormatUint(number, 10) != port {
			return "", false
		}
	}
	name, bracket := strings.CutPrefix(host, "[")
	letters := "abcdefghijklmnopqrstuvwxyz0123456789-_."
	if bracket {
		name, bracket = strings.CutSuffix(name, "]")
		letters = "abcdef0123456789:."
		if !bracket {
			return "", false
		}
	}
	if name == "" || strings.Trim(name, letters) != "" {
		return "", false
	}
	if port == "" || scheme == "https" && port == "443" || scheme == "http" && port == "80" {
		return host, true
	}
	return host + ":" + port, true
}

// decode decodes a segment once. It reports false for one that is not plain.
func decode(segment string) (string, bool) {
	text, err := url.PathUnescape(segment)
	if err != nil || !utf8.ValidString(text) || strings.ContainsAny(text, `/\%;`) || strings.ContainsFunc(text, unicode.IsControl) {
		return "", false
	}
	if text != "" && strings.Trim(text, ". ") == "" || strings.Count(text, ".") != strings.Count(segment, ".") {
		return "", false
	}
	return text, true
}

// loose is the path as the most generous server could read it: decoded again and
// again, in small letters.
func (a address) loose() string {
	text := a.raw
	for range 4 {
		text = unescapeEach(text)
	}
	return strings.ToLower(text)
}

// unescapeEach decodes what can be decoded, and leaves the rest as it stands.
func unescapeEach(text string) string {
	var decoded strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '%' && i+2 < len(text) {
			if b, err := strconv.ParseUint(text[i+1:i+3], 16, 8); err == nil {
				decoded.WriteByte(byte(b))
				i += 2
				continue
			}
		}
		decoded.WriteByte(text[i])
	}
	return decoded.String()
}
