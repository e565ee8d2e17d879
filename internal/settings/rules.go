package settings

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"understudy/internal/fault"
)

// Rules are what a company asks of those who impersonate in one instance. The
// zero value asks for nothing beyond what Understudy itself does: never
// yourself, a reason on production, nobody who is banned or locked.
type Rules struct {
	SignIn     SignIn     `json:"sign_in"`
	Permission Permission `json:"permission"`
	Protected  Protected  `json:"protected"`
	Reason     Reason     `json:"reason"`
	// LongestSession is the most minutes that can be chosen, 0: no other limit
	// than the program's own.
	LongestSession int `json:"longest_session_minutes"`
	// MonthlyQuota is how many impersonations a month the plan has, 0: not known.
	// Clerk has no endpoint that tells it.
	MonthlyQuota int `json:"monthly_quota"`
	// ForbidCopyingLinks: sign-in links go to browsers of this computer alone.
	ForbidCopyingLinks bool    `json:"forbid_copying_links"`
	Changes            Changes `json:"changes"`
}

// SignIn is how the operator proves who they are.
type SignIn struct {
	// Required: nobody impersonates unverified.
	Required bool `json:"required"`
	// Hours after which it is asked for again, 0: [DefaultSignInHours].
	Hours int `json:"hours"`
	// ClientID is that of the OAuth application at Clerk; empty until it is
	// created or typed in.
	ClientID string `json:"client_id"`
	// AfterLock asks for it again when Understudy was locked.
	AfterLock bool `json:"after_lock"`
}

// DefaultSignInHours is how long a sign-in counts if nothing else is set.
const DefaultSignInHours = 12

// Lasts is how long a sign-in counts.
func (s SignIn) Lasts() time.Duration {
	if s.Hours == 0 {
		return DefaultSignInHours * time.Hour
	}
	return time.Duration(s.Hours) * time.Hour
}

// Permission is what an operator must have in an organization of the instance.
// Without a name nothing is asked.
type Permission struct {
	Organization string `json:"organization"` // org_…
	Name         string `json:"name"`         // "org:dashboard:access"
	// HideTable hides the users from who lacks it; else only Impersonate is
	// refused.
	HideTable bool `json:"hide_table"`
}

// Effect is what a rule does with a user it is about.
type Effect string

// The effects. An empty one is Refuse: a rule that was not read is not taken
// for a permission.
const (
	Refuse Effect = "refuse" // never
	Ask    Effect = "ask"    // only with an override reason
)

// Protected is who may not be impersonated just so. A user whose public or
// private metadata has a true "no_impersonation" is never, whatever is set here.
type Protected struct {
	Roles         []string `json:"roles"` // "org:admin", in whichever organization
	RolesEffect   Effect   `json:"roles_effect"`
	Domains       []string `json:"domains"` // of email addresses: "acme.com", and those below it
	DomainsEffect Effect   `json:"domains_effect"`
	// Metadata is what stands in a user's metadata, whichever of the three: "role":
	// "admin" or "owner". It can only take something away, so that unsafe metadata,
	// which users write themselves, counts as well.
	Metadata       Metadata `json:"metadata"`
	MetadataEffect Effect   `json:"metadata_effect"`
	// Blocked is about users who are banned, locked or deprovisioned.
	Blocked Effect `json:"blocked_effect"`
}

// Reason is what has to be said of an impersonation, beyond that there is one.
type Reason struct {
	// Pattern is a regular expression (RE2) that the reason must match somewhere.
	Pattern string `json:"pattern"`
	// Hint says in words what Pattern asks for: "Begin with the ticket number".
	Hint string `json:"hint"`
	// Reference is a regular expression (RE2) that the whole reference must
	// match; with it a reference must be given.
	Reference string `json:"reference"`
	// Address is where a reference leads, https only, with {ref} in its place
	// somewhere behind the host: "https://acme.zendesk.com/agent/tickets/{ref}".
	Address string `json:"address"`
}

// placeholder is where a reference goes in an address.
const placeholder = "{ref}"

// Link is where a reference leads, "" without an address or for a reference
// that would lead elsewhere. All of the reference that means something in an
// address is escaped.
func (r Reason) Link(reference string) string {
	if r.Address == "" || strings.Trim(reference, ".") == "" { // a browser goes up at ".."
		return ""
	}
	return strings.ReplaceAll(r.Address, placeholder, strings.ReplaceAll(url.QueryEscape(reference), "+", "%20"))
}

// The bounds of the rules.
const (
	maxListed  = 100
	maxPattern = 500
	maxHours   = 24 * 30
	maxQuota   = 1_000_000
)

var (
	clientID     = regexp.MustCompile(`^[A-Za-z0-9_-]{0,100}$`)
	organization = regexp.MustCompile(`^(org_[A-Za-z0-9]{1,64})?$`)
	clerkName    = regexp.MustCompile(`^org:[a-z0-9_:]{1,100}$`) // of a role or a permission
	emailDomain  = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{1,58}[a-z0-9])$`)
)

// Validate is fault.SettingInvalid if a rule has a value that it cannot have.
func (r Rules) Validate() error {
	if err := r.validate(); err != nil {
		return fault.New(fault.SettingInvalid, err)
	}
	return nil
}

// validate says which rule has a value that it cannot have.
func (r Rules) validate() error {
	return first([]error{
		check(within(r.SignIn.Hours, 0, maxHours), "sign_in.hours"),
		check(clientID.MatchString(r.SignIn.ClientID), "sign_in.client_id"),
		check(organization.MatchString(r.Permission.Organization), "permission.organization"),
		check(r.Permission.Name == "" || clerkName.MatchString(r.Permission.Name), "permission.name"),
		check((r.Permission.Name == "") == (r.Permission.Organization == ""), "permission, which needs both organization and name"),
		check(areAll(r.Protected.Roles, clerkName), "protected.roles"),
		check(areAll(r.Protected.Domains, emailDomain), "protected.domains"),
		check(r.Protected.RolesEffect.valid(), "protected.roles_effect"),
		check(r.Protected.DomainsEffect.valid(), "protected.domains_effect"),
		check(r.Protected.Metadata.valid(), "protected.metadata"),
		check(r.Protected.MetadataEffect.valid(), "protected.metadata_effect"),
		check(r.Protected.Blocked.valid(), "protected.blocked_effect"),
		check(isPattern(r.Reason.Pattern), "reason.pattern"),
		check(isLine(r.Reason.Hint, maxPattern), "reason.hint"),
		check(isPattern(r.Reason.Reference), "reason.reference"),
		check(isTicketAddress(r.Reason.Address), "reason.address"),
		check(slices.Contains([]int{0, 10, 30, 60}, r.LongestSession), "longest_session_minutes"),
		check(within(r.MonthlyQuota, 0, maxQuota), "monthly_quota"),
		r.Changes.validate(),
	})
}

func (r Rules) clone() Rules {
	r.Protected.Roles = slices.Clone(r.Protected.Roles)
	r.Protected.Domains = slices.Clone(r.Protected.Domains)
	r.Protected.Metadata = r.Protected.Metadata.clone()
	r.Changes.Paths, r.Changes.Hosts = slices.Clone(r.Changes.Paths), slices.Clone(r.Changes.Hosts)
	return r
}

func (e Effect) valid() bool { return e == "" || e == Refuse || e == Ask }

func areAll(list []string, form *regexp.Regexp) bool {
	return areEach(list, form.MatchString)
}

func areEach(list []string, form func(string) bool) bool {
	return len(list) <= maxListed && !slices.ContainsFunc(list, func(one string) bool { return !form(one) })
}

func isPattern(text string) bool {
	_, err := regexp.Compile(text)
	return err == nil && isLine(text, maxPattern)
}

// isTicketAddress takes a placeholder behind the host alone: before it, a
// reference could choose the host.
func isTicketAddress(text string) bool {
	if text == "" {
		return true
	}
	before, _, found := strings.Cut(text, placeholder)
	u, err := url.Parse(before)
	example := strings.ReplaceAll(text, placeholder, "1")
	whole, wholeErr := url.Parse(example)
	return found && err == nil && wholeErr == nil && whole.String() == example && len(text) <= maxPattern &&
		u.Scheme == "https" && u.Hostname() != "" && u.User == nil && strings.HasPrefix(u.Path, "/")
}
