package bridge

import (
	"strings"

	"understudy/internal/impersonation"
	"understudy/internal/settings"
)

// Rules are those of the instance in use. A field is named as in a policy, in
// camel case: "sign_in.hours" is signInHours.
type Rules struct {
	SignInRequired          bool     `json:"signInRequired"`
	SignInHours             int      `json:"signInHours"` // 0: 12
	SignInClientID          string   `json:"signInClientId"`
	SignInAfterLock         bool     `json:"signInAfterLock"`
	PermissionOrganization  string   `json:"permissionOrganization"`
	PermissionName          string   `json:"permissionName"`
	PermissionHideTable     bool     `json:"permissionHideTable"`
	ProtectedRoles          []string `json:"protectedRoles"`
	ProtectedRolesEffect    string   `json:"protectedRolesEffect"` // "refuse", "ask"
	ProtectedDomains        []string `json:"protectedDomains"`
	ProtectedDomainsEffect  string   `json:"protectedDomainsEffect"`
	ProtectedMetadata       []string `json:"protectedMetadata"` // "role=admin"
	ProtectedMetadataEffect string   `json:"protectedMetadataEffect"`
	ProtectedBlockedEffect  string   `json:"protectedBlockedEffect"`
	ReasonPattern           string   `json:"reasonPattern"`
	ReasonHint              string   `json:"reasonHint"`
	ReasonReference         string   `json:"reasonReference"`
	ReasonAddress           string   `json:"reasonAddress"`
	LongestSessionMinutes   int      `json:"longestSessionMinutes"` // 0: no limit
	MonthlyQuota            int      `json:"monthlyQuota"`          // 0: not known
	ForbidCopyingLinks      bool     `json:"forbidCopyingLinks"`
	// Managed names the fields above that the operator cannot change.
	Managed []string `json:"managed"`
}

// Finding is one thing to know before an impersonation.
type Finding struct {
	Rule     string `json:"rule"`
	Effect   string `json:"effect"` // "refuse", "ask", "unchecked", "warn"
	Name     string `json:"name"`   // the rule in words, "Admin of Meridian Health"
	Sentence string `json:"sentence"`
	Until    string `json:"until"` // when it is over by itself, "" if that is not known
}

// RulesOf converts the rules of an instance, of which some are managed.
func RulesOf(r settings.Rules, managed []string) Rules {
	return Rules{
		SignInRequired: r.SignIn.Required, SignInHours: r.SignIn.Hours,
		SignInClientID: r.SignIn.ClientID, SignInAfterLock: r.SignIn.AfterLock,
		PermissionOrganization: r.Permission.Organization, PermissionName: r.Permission.Name,
		PermissionHideTable: r.Permission.HideTable,
		ProtectedRoles:      append([]string{}, r.Protected.Roles...), ProtectedRolesEffect: effectOf(r.Protected.RolesEffect),
		ProtectedDomains: append([]string{}, r.Protected.Domains...), ProtectedDomainsEffect: effectOf(r.Protected.DomainsEffect),
		ProtectedMetadata: r.Protected.Metadata.Lines(), ProtectedMetadataEffect: effectOf(r.Protected.MetadataEffect),
		ProtectedBlockedEffect: effectOf(r.Protected.Blocked),
		ReasonPattern:          r.Reason.Pattern, ReasonHint: r.Reason.Hint,
		ReasonReference: r.Reason.Reference, ReasonAddress: r.Reason.Address,
		LongestSessionMinutes: r.LongestSession, MonthlyQuota: r.MonthlyQuota, ForbidCopyingLinks: r.ForbidCopyingLinks,
		Managed: list(managed, camelCase),
	}
}

// effectOf spells out what an empty effect means.
func effectOf(e settings.Effect) string {
	if e == "" {
		return string(settings.Refuse)
	}
	return string(e)
}

func (r Rules) rules() settings.Rules {
	return settings.Rules{
		SignIn: settings.SignIn{
			Required: r.SignInRequired, Hours: r.SignInHours, ClientID: r.SignInClientID, AfterLock: r.SignInAfterLock,
		},
		Permission: settings.Permission{
			Organization: r.PermissionOrganization, Name: r.PermissionName, HideTable: r.PermissionHideTable,
		},
		Protected: settings.Protected{
			Roles: append([]string{}, r.ProtectedRoles...), RolesEffect: settings.Effect(r.ProtectedRolesEffect),
			Domains: list(r.ProtectedDomains, settings.Domain), DomainsEffect: settings.Effect(r.ProtectedDomainsEffect),
			Metadata: settings.MetadataOf(r.ProtectedMetadata), MetadataEffect: settings.Effect(r.ProtectedMetadataEffect),
			Blocked: settings.Effect(r.ProtectedBlockedEffect),
		},
		Reason: settings.Reason{
			Pattern: r.ReasonPattern, Hint: r.ReasonHint, Reference: r.ReasonReference, Address: r.ReasonAddress,
		},
		LongestSession: r.LongestSessionMinutes, MonthlyQuota: r.MonthlyQuota, ForbidCopyingLinks: r.ForbidCopyingLinks,
	}
}

// FindingsOf converts what is to be known before an impersonation.
func FindingsOf(all []impersonation.Finding) []Finding {
	return list(all, func(f impersonation.Finding) Finding {
		return Finding{Rule: string(f.Rule), Effect: string(f.Effect), Name: f.Name, Sentence: f.Sentence, Until: stamp(f.Until)}
	})
}

// camelCase turns the name of a setting in a policy into that of its field here.
func camelCase(path string) string {
	words := strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '_' })
	for i := range words[1:] {
		words[i+1] = capitalized(words[i+1])
	}
	return strings.Join(words, "")
}
