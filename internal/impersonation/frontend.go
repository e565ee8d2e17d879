package impersonation

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/idna"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
	"understudy/internal/sentence"
)

var errFrontendUnsafe = errors.New("frontend api: not an address that tickets are opened at")

// Frontends returns the addresses to pin for domains. They are the Frontend API of
// each primary domain, and the proxy in front of it where there is one. It leaves out
// addresses that [NewGate] refuses. If none is left, the failure says what is wrong
// with the first of them. apiBase is the address of the Backend API in use.
func Frontends(domains []clerkapi.Domain, apiBase string) ([]string, error) {
	var found []string
	var unusable error
	for _, d := range domains {
		if d.Satellite {
			continue
		}
		for _, address := range []string{d.FrontendAPI, d.Proxy} {
			if address == "" {
				continue
			}
			address = asASCII(address)
			if _, err := NewGate([]string{address}, apiBase); err != nil {
				if unusable == nil {
					unusable = err
				}
				continue
			}
			found = append(found, address)
		}
	}
	if len(found) > 0 {
		return found, nil
	}
	if unusable == nil {
		_, unusable = NewGate(nil, apiBase)
	}
	return nil, unusable
}

// asASCII writes an address of another alphabet as tickets have it. It returns other
// texts as they are, and [NewGate] refuses those that are no address.
func asASCII(address string) string {
	front, err := url.Parse(address)
	if err != nil || !strings.ContainsFunc(front.Host, func(r rune) bool { return r > unicode.MaxASCII }) {
		return address
	}
	return plainFrontend(front).String()
}

// SameFrontends reports whether two lists are of the same addresses, in whichever
// order and letters.
func SameFrontends(a, b []string) bool { return slices.Equal(plainSorted(a), plainSorted(b)) }

func plainSorted(addresses []string) []string {
	plain := make([]string, 0, len(addresses))
	for _, address := range addresses {
		if front, err := url.Parse(address); err == nil {
			address = plainFrontend(front).String()
		}
		plain = append(plain, address)
	}
	slices.Sort(plain)
	return plain
}

// plainFrontend is an address as browsers write it: its host in small letters, and
// other alphabets as punycode.
func plainFrontend(front *url.URL) *url.URL {
	plain := *front
	host := strings.ToLower(front.Hostname())
	if ascii, err := idna.Lookup.ToASCII(host); err == nil && front.Port() == "" {
		plain.Host = ascii
	} else {
		plain.Host = strings.ToLower(front.Host)
	}
	return &plain
}

// parseFrontend refuses addresses that no ticket may be opened at: a port or a dot at
// the end makes another origin of it in a browser. Only this computer, which loopback
// is, may have a port, and plain http.
func parseFrontend(address, loopback string) (*url.URL, error) {
	front, err := url.Parse(address)
	if err != nil || front.Host == "" {
		return nil, unusableFrontend(sentence.Of("clerk_answer.no_address"))
	}
	says := func(what sentence.Sentence) error {
		return unusableFrontend(sentence.Of("clerk_answer.address", "host", front.Host, "what", what))
	}
	isHere := loopback != "" && front.Host == loopback
	switch {
	case front.Scheme != "https" && (front.Scheme != "http" || !isHere):
		return nil, says(sentence.Of("clerk_answer.address.plain"))
	case front.User != nil:
		return nil, says(sentence.Of("clerk_answer.address.user"))
	case strings.HasSuffix(front.Host, ":") || front.Port() != "" && !isHere:
		return nil, says(sentence.Of("clerk_answer.address.port"))
	case strings.HasSuffix(front.Hostname(), "."):
		return nil, says(sentence.Of("clerk_answer.address.dot"))
	case front.RawQuery != "" || front.ForceQuery || front.Fragment != "":
		return nil, says(sentence.Of("clerk_answer.address.query"))
	}
	front.Path = strings.TrimSuffix(front.Path, "/")
	return front, nil
}

func unusableFrontend(says sentence.Sentence) error {
	return fault.New(fault.ClerkAnswer, errFrontendUnsafe).Saying(says)
}
