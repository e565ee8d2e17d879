package settings

import (
	"reflect"
	"slices"
	"strings"

	"understudy/internal/viewonly"
)

// PreferencesPatch is some of the [Preferences]: the fields that are not nil. A
// policy file is decoded into it, and so is a change that the window asks for.
type PreferencesPatch struct {
	Theme          *Theme   `json:"theme,omitempty"`
	Density        *Density `json:"density,omitempty"`
	SessionMinutes *int     `json:"session_minutes,omitempty"`
	LinkSeconds    *int     `json:"link_seconds,omitempty"`
	ReasonAlways   *bool    `json:"reason_always,omitempty"`
	Zoom           *int     `json:"zoom,omitempty"`
	ShowPictures   *bool    `json:"show_pictures,omitempty"`
	Columns        []Column `json:"columns,omitempty"` // all of them; empty: as the window has them
	LockMinutes    *int     `json:"lock_minutes,omitempty"`
}

// RulesPatch is some of the [Rules]: the fields that are not nil, of the groups
// that are not nil. Lists and metadata are replaced as a whole.
type RulesPatch struct {
	SignIn             *SignInPatch     `json:"sign_in,omitempty"`
	Permission         *PermissionPatch `json:"permission,omitempty"`
	Protected          *ProtectedPatch  `json:"protected,omitempty"`
	Reason             *ReasonPatch     `json:"reason,omitempty"`
	LongestSession     *int             `json:"longest_session_minutes,omitempty"`
	MonthlyQuota       *int             `json:"monthly_quota,omitempty"`
	ForbidCopyingLinks *bool            `json:"forbid_copying_links,omitempty"`
	Changes            *ChangesPatch    `json:"changes,omitempty"`
}

// ChangesPatch is some of [Changes].
type ChangesPatch struct {
	Default     *viewonly.Mode `json:"default,omitempty"`
	Allow       *Allow         `json:"allow,omitempty"`
	Minutes     *int           `json:"minutes,omitempty"`
	Paths       []string       `json:"paths,omitempty"`
	Hosts       []string       `json:"hosts,omitempty"`
	HoldGraphQL *bool          `json:"hold_graphql,omitempty"`
}

// SignInPatch is some of [SignIn].
type SignInPatch struct {
	Required  *bool   `json:"required,omitempty"`
	Hours     *int    `json:"hours,omitempty"`
	ClientID  *string `json:"client_id,omitempty"`
	AfterLock *bool   `json:"after_lock,omitempty"`
}

// PermissionPatch is some of [Permission].
type PermissionPatch struct {
	Organization *string `json:"organization,omitempty"`
	Name         *string `json:"name,omitempty"`
	HideTable    *bool   `json:"hide_table,omitempty"`
}

// ProtectedPatch is some of [Protected].
type ProtectedPatch struct {
	Roles          []string `json:"roles,omitempty"`
	RolesEffect    *Effect  `json:"roles_effect,omitempty"`
	Domains        []string `json:"domains,omitempty"`
	DomainsEffect  *Effect  `json:"domains_effect,omitempty"`
	Metadata       Metadata `json:"metadata,omitempty"`
	MetadataEffect *Effect  `json:"metadata_effect,omitempty"`
	Blocked        *Effect  `json:"blocked_effect,omitempty"`
}

// ReasonPatch is some of [Reason].
type ReasonPatch struct {
	Pattern   *string `json:"pattern,omitempty"`
	Hint      *string `json:"hint,omitempty"`
	Reference *string `json:"reference,omitempty"`
	Address   *string `json:"address,omitempty"`
}

// Over returns the preferences with the patch over them.
func (p PreferencesPatch) Over(whole Preferences) Preferences {
	lay(reflect.ValueOf(p), reflect.ValueOf(&whole).Elem())
	return whole
}

// Names returns the names of the fields that the patch sets, in order, as a policy
// file has them: "session_minutes".
func (p PreferencesPatch) Names() []string {
	return slices.Sorted(slices.Values(lay(reflect.ValueOf(p), reflect.ValueOf(new(Preferences)).Elem())))
}

// Over returns the rules with the patch over them.
func (p RulesPatch) Over(whole Rules) Rules {
	lay(reflect.ValueOf(p), reflect.ValueOf(&whole).Elem())
	return whole
}

// Names returns the names of the fields that the patch sets, in order, as a policy
// file has them: "reason.pattern".
func (p RulesPatch) Names() []string {
	return slices.Sorted(slices.Values(lay(reflect.ValueOf(p), reflect.ValueOf(new(Rules)).Elem())))
}

// lay sets each field of whole that a patch sets, and returns their names. Fields
// of the two have the same names.
func lay(patch, whole reflect.Value) []string {
	var names []string
	for field, value := range patch.Fields() {
		if value.IsNil() {
			continue
		}
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		target := whole.FieldByName(field.Name)
		if value.Kind() == reflect.Pointer {
			value = value.Elem()
		}
		if value.Kind() != reflect.Struct {
			target.Set(value)
			names = append(names, name)
			continue
		}
		for _, inner := range lay(value, target) {
			names = append(names, name+"."+inner)
		}
	}
	return names
}

// overlap reports whether two lists have a name in common.
func overlap(one, other []string) bool {
	return slices.ContainsFunc(one, func(name string) bool { return slices.Contains(other, name) })
}
