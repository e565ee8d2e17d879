package viewonly

import (
	"net/url"
	"strings"
)

// unclear is the method of a request that names several: it neither reads nor stands
// in a table.
const unclear = ""

// methodOf is the method that counts. Clerk's JavaScript sends PATCH, PUT and DELETE
// as a POST with _method in the query. A GET with _method is not known to be taken for
// a write by any server, and is held back all the same.
func methodOf(method, address string) string {
	named, found := namedMethod(address)
	switch {
	case !found:
		return method
	case reads(method) && reads(named):
		return named
	case reads(method) || reads(named):
		return unclear
	case method == "POST":
		return named
	}
	return unclear
}

// namedMethod is the value of _method in the query, in capitals. It is unclear where
// there are several values.
func namedMethod(address string) (method string, found bool) {
	address, _, _ = strings.Cut(address, "#")
	_, query, _ := strings.Cut(address, "?")
	for query != "" {
		var pair string
		pair, query = cutPair(query)
		name, value, _ := strings.Cut(pair, "=")
		if !strings.EqualFold(unescaped(name), "_method") {
			continue
		}
		if found {
			return unclear, true
		}
		method, found = strings.ToUpper(unescaped(value)), true
	}
	return method, found
}

// cutPair cuts a query behind its first pair. Some servers split at a semicolon.
func cutPair(query string) (pair, rest string) {
	if i := strings.IndexAny(query, "&;"); i >= 0 {
		return query[:i], query[i+1:]
	}
	return query, ""
}

// unescaped is a part of a query, decoded once, or as it stands if it cannot be.
func unescaped(part string) string {
	if text, err := url.QueryUnescape(part); err == nil {
		return text
	}
	return part
}
