package viewonly

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// place is a rule of Paths: an origin, "" if it is not known yet, and segments of
// which * stands for any one.
type place struct {
	origin string
	path   []string
}

// matches reports whether a plain address is in the place.
func (p place) matches(to address) bool {
	return p.origin != "" && p.origin == to.origin() && matches(p.path, to.path)
}

// matches compares segment by segment. A * stands for one that is not empty.
func matches(pattern, path []string) bool {
	return slices.EqualFunc(pattern, path, func(want, got string) bool {
		return want == got || want == "*" && got != ""
	})
}

var errPath = errors.New(`a path begins with / or https://, has no query and names one segment or more; * stands for a whole segment`)

// CheckPath checks a rule of [Rules.Paths]: "/api/search" and "/api/*/find" are of the
// app, "https://api.acme.com/find" is of another host. Each * stands for one segment.
// At least one segment is fixed.
func CheckPath(pattern string) error {
	_, err := parsePlace(pattern, "")
	return err
}

func parsePlace(pattern, home string) (place, error) {
	origin, full := home, pattern
	ofApp := strings.HasPrefix(pattern, "/")
	if ofApp {
		full = "https://app" + pattern
	}
	to, legible := readAddress(full)
	if !legible || !to.plain || strings.ContainsAny(pattern, "?#") {
		return place{}, fmt.Errorf("%q: %w", pattern, errPath)
	}
	if !ofApp {
		origin = to.origin()
	}
	fixed := false
	for _, segment := range to.path {
		if segment != "*" && strings.Contains(segment, "*") {
			return place{}, fmt.Errorf("%q: %w", pattern, errPath)
		}
		fixed = fixed || segment != "*" && segment != ""
	}
	if !fixed {
		return place{}, fmt.Errorf("%q: %w", pattern, errPath)
	}
	return place{origin, to.path}, nil
}

var errHost = errors.New("a host is a name such as live.acme.com, with a port if it is not 443")

// CheckHost checks a rule of [Rules.Hosts]: a name, with a port unless it is 443. The
// host ends up in a Content-Security-Policy, which knows no address of IPv6.
func CheckHost(host string) error {
	named, ok := readHost(host, "https")
	if !ok || strings.ContainsAny(host, "[]") || strings.HasSuffix(strings.Split(named, ":")[0], ".") {
		return fmt.Errorf("%q: %w", host, errHost)
	}
	return nil
}

// parseHome reads the origin of the app, "" if it is not known.
func parseHome(text string) (string, error) {
	if text == "" {
		return "", nil
	}
	to, legible := readAddress(strings.TrimSuffix(text, "/") + "/")
	if !legible || !to.plain || to.raw != "" || to.query != "" {
		return "", fmt.Errorf("not the origin of an app: %q", text)
	}
	return to.origin(), nil
}
