package viewonly

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"
)

// trick changes a URL at a random place, as somebody would who wants it misread.
func trick(r *rand.Rand, text string) string {
	pieces := []string{
		"/", "//", "/./", "/../", "/..", "/..;/", ";", "%2f", "%2F", "%5c", "%2e", "%2e%2e", "%252e", "%25", "%", "%00", "%c0%ae", "\\", "\t", "\n",
		" ", "?", "#", "@", "u:p@", ":", ":443", ":80", ".", "..", "*", "ſ", "K", "。", "／", "%EF%BC%8F", "\u200b", "?_method=DELETE", "&_method=PUT", "?%5fmethod=get",
	}
	at := r.IntN(len(text) + 1)
	switch r.IntN(5) {
	case 0, 1:
		return text[:at] + pieces[r.IntN(len(pieces))] + text[at:]
	case 2: // encode a character
		if at < len(text) {
			return text[:at] + fmt.Sprintf("%%%02x", text[at]) + text[at+1:]
		}
	case 3: // change its case
		if at < len(text) {
			c := text[at : at+1]
			if up := strings.ToUpper(c); up != c {
				c = up
			} else {
				c = strings.ToLower(c)
			}
			return text[:at] + c + text[at+1:]
		}
	case 4: // leave it out
		if at < len(text) {
			return text[:at] + text[at+1:]
		}
	}
	return text
}

// generous reads a URL as the most generous server would. It gives the host and the
// path in small letters, with all dots and slashes resolved.
func generous(text string) (host, file string) {
	text = strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7f {
			return -1
		}
		return r
	}, text)
	text, _, _ = strings.Cut(text, "#")
	text, _, _ = strings.Cut(text, "?")
	text = strings.ToLower(strings.ReplaceAll(text, `\`, "/"))
	_, rest, _ := strings.Cut(text, ":")
	host, file, _ = strings.Cut(strings.TrimLeft(rest, "/"), "/")
	host = host[strings.LastIndexByte(host, '@')+1:]
	for _, port := range []string{":443", ":80", ":"} {
		host = strings.TrimSuffix(host, port)
	}
	for range 4 {
		host, file = unescapeEach(host), unescapeEach(file)
	}
	file, _, _ = strings.Cut(file, ";")
	return strings.TrimRight(host, "."), path.Clean("/" + strings.ReplaceAll(file, `\`, "/"))
}

// mayPass says by net/url and without this package's code which writes view only may
// send.
func mayPass(method, text string) bool {
	u, err := url.Parse(text)
	if err != nil || u.User != nil || u.Scheme != "https" || path.Clean(u.Path) != u.Path || strings.Contains(u.Path, "%") {
		return false
	}
	if escaped := strings.ToLower(u.EscapedPath()); strings.Contains(escaped, "%2f") || strings.Contains(escaped, "%5c") || strings.Contains(escaped, "%2e") {
		return false
	}
	if values := u.Query()["_method"]; len(values) == 1 && method == "POST" {
		method = strings.ToUpper(values[0])
	} else if len(values) > 0 {
		return false
	}
	one := func(pattern string) bool {
		matched, err := path.Match(pattern, method+" "+u.Path)
		return err == nil && matched
	}
	anyMethod := func(pattern string) bool {
		matched, err := path.Match(pattern, u.Path)
		return err == nil && matched
	}
	prefix := ""
	switch strings.TrimSuffix(strings.ToLower(u.Host), ":443") {
	case "api.acme.com":
		return u.Path == "/find"
	case "acme.com":
		if anyMethod("/api/search") || anyMethod("/api/*/find") {
			return true
		}
		prefix = "/__clerk"
	case "clerk.acme.com":
	default:
		return false
	}
	return slices.ContainsFunc(signInEndpoints(), func(e endpoint) bool {
		return one(e.method + " " + prefix + "/" + strings.Join(e.path, "/"))
	})
}

// namesWrite says by net/url whether the query names a method that writes.
func namesWrite(text string) bool {
	text, _, _ = strings.Cut(text, "#")
	_, query, _ := strings.Cut(text, "?")
	values, _ := url.ParseQuery(strings.ReplaceAll(query, ";", "&")) // leaves out what it cannot read
	for name, methods := range values {
		for _, method := range methods {
			if strings.EqualFold(name, "_method") && !reads(strings.ToUpper(method)) {
				return true
			}
		}
	}
	return false
}

func seeds() []string {
	found := []string{"https://acme.com/api/search", "https://acme.com/api/north/find", "https://api.acme.com/find"}
	for _, host := range []string{"https://clerk.acme.com/", "https://acme.com/__clerk/"} {
		for _, file := range []string{"v1/me", "v1/me/change_password", "v1/client/sessions/s/verify", "v1/client/sign_ups", "api_keys"} {
			found = append(found, host+file)
		}
		for _, e := range signInEndpoints() {
			found = append(found, host+strings.ReplaceAll(strings.Join(e.path, "/"), "*", "sess_1"))
		}
	}
	return found
}

func checkTrick(t *testing.T, j *Judge, method, text string) {
	t.Helper()
	request := form(method, text, ticketForm)
	isRead := reads(method) && !namesWrite(text)
	if j.May(ViewOnly, request) && !isRead && !mayPass(method, text) {
		t.Errorf("view only sends %s %q", method, text)
	}
	host, file := generous(text)
	owned := host == "clerk.acme.com" && within(file, "/v1/me", "/v1/client/sign_ups", "/api_keys") ||
		host == "acme.com" && within(file, "/__clerk/v1/me", "/__clerk/v1/client/sign_ups", "/__clerk/api_keys")
	if owned && !reads(method) && j.May(AllowChanges, request) {
		t.Errorf("allow changes sends %s %q to the account", method, text)
	}
}

func within(file string, places ...string) bool {
	return slices.ContainsFunc(places, func(p string) bool { return file == p || strings.HasPrefix(file, p+"/") })
}

func methods() []string {
	return []string{"POST", "PUT", "PATCH", "DELETE", "GET", "post", "PoSt", "GET ", " GET", "get", "GET\t", "", "CONNECT", "TRACE", "PROPFIND", "HEAD\x00"}
}

func TestNoTrickMakesAWritePass(t *testing.T) {
	j := judge(t, nil)
	r := rand.New(rand.NewPCG(1, 2))
	all, ways := seeds(), methods()
	passed := 0
	for range 200_000 {
		text := all[r.IntN(len(all))]
		for range r.IntN(4) {
			text = trick(r, text)
		}
		method := ways[r.IntN(len(ways))]
		checkTrick(t, j, method, text)
		if !reads(method) && j.May(ViewOnly, form(method, text, ticketForm)) {
			passed++
		}
	}
	if passed < 1000 {
		t.Errorf("only %d writes passed: the seeds prove nothing", passed)
	}
}

func FuzzURL(f *testing.F) {
	for i, text := range seeds() {
		f.Add(methods()[i%len(methods())], text)
	}
	j := judge(f, nil)
	f.Fuzz(func(t *testing.T, method, text string) { checkTrick(t, j, method, text) })
}
