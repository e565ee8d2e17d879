package clerkapi

import (
	"errors"
	"net/netip"
	"net/url"
	"strings"

	"github.com/clerk/clerk-sdk-go/v2"

	"understudy/internal/fault"
)

// version is the first part of every path of the API.
const version = "/v1"

// ParseBaseURL checks an address for the API, such as CLERK_API_URL holds, and
// returns it in the form that requests use. The key is sent there, so it must
// be https; plain http is for this computer alone. "" is Clerk's own address,
// and one without a path gets Clerk's, /v1. Anything else is fault.APIAddress.
func ParseBaseURL(s string) (string, error) {
	if s == "" {
		return clerk.APIURL, nil
	}
	u, err := url.Parse(s)
	if err != nil {
		// The parser's error quotes the address, which may hold a password.
		return "", refuseAddress("it cannot be parsed")
	}
	switch {
	case u.Hostname() == "" || u.Opaque != "":
		return "", refuseAddress("it has no host")
	case strings.Contains(u.Hostname(), "%"):
		// The zone of an IPv6 address is a matter of one network card (RFC 6874),
		// and does not print back the same.
		return "", refuseAddress("its host has a zone")
	case u.User != nil:
		return "", refuseAddress("it has a user name")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return "", refuseAddress("it has a query or a fragment")
	case strings.Contains(u.Path, "..") || strings.Contains(u.Path, "//") || u.RawPath != "":
		return "", refuseAddress("its path is not plain")
	case u.Scheme == "http" && !IsLoopback(u.Hostname()):
		return "", refuseAddress("it is http to another computer")
	case u.Scheme != "http" && u.Scheme != "https":
		return "", refuseAddress("it is neither https nor http")
	}
	u.Path = strings.TrimSuffix(u.Path, "/")
	if u.Path == "" {
		u.Path = version
	}
	return u.String(), nil
}

func refuseAddress(reason string) error {
	return fault.New(fault.APIAddress, errors.New(reason))
}

// IsLoopback reports whether host is this computer. Of names it trusts only
// "localhost", which RFC 6761 reserves.
func IsLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}
