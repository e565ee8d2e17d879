package clerkapi

import (
	"errors"
	"net/netip"
	"net/url"
	"regexp"
	"strings"

	"github.com/clerk/clerk-sdk-go/v2"

	"understudy/internal/fault"
)

// version is the first part of every path of the API.
const version = "/v1"

// PublicURL is Clerk's own address of the API, as [ParseBaseURL] returns it.
const PublicURL = clerk.APIURL

// BillingURL is the page where the plan of an application is changed.
const BillingURL = "https://dashboard.clerk.com/settings/billing"

// maxBaseURL bounds an address: it is kept beside the key, where there is little
// room.
const maxBaseURL = 200

var (
	plainHost = regexp.MustCompile(`^([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]{2,39}\])(:[0-9]{1,5})?$`)
	plainPath = regexp.MustCompile(`^[A-Za-z0-9._~/-]*$`)
)

// ParseBaseURL checks an address for the API, such as CLERK_API_URL holds, and
// returns it in the form that requests use. The key is sent there, so it must
// be https; plain http is for this computer alone. "" is Clerk's own address,
// and one without a path gets Clerk's, /v1. Two spellings of one address give
// the same text. Anything else is fault.APIAddress.
func ParseBaseURL(s string) (string, error) {
	if s == "" {
		return PublicURL, nil
	}
	u, err := url.Parse(s)
	if err != nil {
		// The parser's error quotes the address, which may hold a password.
		return "", refuseAddress("it cannot be parsed")
	}
	u.Host = strings.ToLower(u.Host)
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
	u.Host = strings.TrimSuffix(u.Host, defaultPort(u.Scheme))
	u.Path = strings.TrimSuffix(u.Path, "/")
	if u.Path == "" {
		u.Path = version
	}
	switch {
	case !plainHost.MatchString(u.Host) || strings.Contains(u.Host, ".."):
		return "", refuseAddress("its host is not plain")
	case !plainPath.MatchString(u.Path):
		return "", refuseAddress("its path is not plain")
	case len(u.String()) > maxBaseURL:
		return "", refuseAddress("it is too long")
	}
	return u.String(), nil
}

// defaultPort is what an address may leave out.
func defaultPort(scheme string) string {
	if scheme == "http" {
		return ":80"
	}
	return ":443"
}

// ChooseBaseURL returns the address of the API for a run. managed is the
// administrator's address from [ParseBaseURL], "" for none, and leaves no choice.
// Another address in the variable gives fault.APIAddressManaged. It is not ignored,
// because the person who set it would believe that it is in use.
func ChooseBaseURL(variable, managed string) (string, error) {
	address, err := ParseBaseURL(variable)
	switch {
	case err != nil:
		return "", err
	case managed == "" || managed == address:
		return address, nil
	case variable != "":
		return "", fault.New(fault.APIAddressManaged, nil)
	default:
		return managed, nil
	}
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

// hostOf is what stands for Clerk in sentences about a base URL: "" for Clerk itself.
func hostOf(base string) string {
	if base == PublicURL {
		return ""
	}
	u, err := url.Parse(base)
	if err != nil {
		return ""
	}
	return u.Host
}

// DashboardOf is the page of a user in Clerk's dashboard. Its own address has the id
// of the application, which the API does not tell: Clerk leads to that which was
// used last.
func DashboardOf(id UserID) string {
	return "https://dashboard.clerk.com/last-active?path=users/" + id.String()
}
