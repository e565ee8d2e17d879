package bridge

import (
	"context"
	"strings"
	"sync"

	"understudy/internal/instances"
	"understudy/internal/settings"
	"understudy/internal/workspace"
)

// SettingsCalls read and save the preferences of the operator and the rules of the
// instance in use.
type SettingsCalls struct{ *Scope }

// GetSettings returns the preferences.
func (c *SettingsCalls) GetSettings() (s Settings, err error) {
	_, exit := c.enter("")
	defer exit(&err)
	return c.shown.settings.keep(settingsNow(c.Manager)), nil
}

// SaveSettings keeps what the window changed of the preferences, and returns them
// as they are then.
func (c *SettingsCalls) SaveSettings(s Settings) (saved Settings, err error) {
	_, exit := c.enter("")
	defer exit(&err)
	shown := c.shown.settings.previous(settingsNow(c.Manager))
	err = c.Manager.Settings().Update(func(now *settings.Settings) error { s.apply(shown, &now.Preferences); return nil })
	if err != nil {
		return saved, err
	}
	return c.shown.settings.keep(settingsNow(c.Manager)), nil
}

func settingsNow(m *instances.Manager) Settings {
	store := m.Settings()
	return settingsOf(store.Get().Preferences, store.Managed().Preferences())
}

// GetRules returns the rules of the instance in use.
func (c *SettingsCalls) GetRules() (Rules, error) {
	return inUse(c.Scope, "", func(_ context.Context, w *workspace.Workspace) (Rules, error) {
		return c.shown.rules.keep(rulesNow(w)), nil
	})
}

// SaveRules keeps what the window changed of the rules of the instance in use, and
// returns them as they are then.
func (c *SettingsCalls) SaveRules(r Rules) (Rules, error) {
	return inUse(c.Scope, "", func(ctx context.Context, w *workspace.Workspace) (Rules, error) {
		shown := c.shown.rules.previous(rulesNow(w))
		err := w.SaveRules(ctx, func(now *settings.Rules) { r.apply(shown, now) })
		if err != nil {
			return Rules{}, err
		}
		return c.shown.rules.keep(rulesNow(w)), nil
	})
}

func rulesNow(w *workspace.Workspace) Rules { return rulesOf(w.Rules(), w.ManagedRules()) }

// Settings are the operator's preferences.
type Settings struct {
	Theme          string `json:"theme"`   // "system", "light", "dark"
	Density        string `json:"density"` // "compact", "normal", "relaxed"
	Zoom           int    `json:"zoom"`    // percent, 80 to 200
	SessionMinutes int    `json:"sessionMinutes"`
	LinkSeconds    int    `json:"linkSeconds"`
	ReasonAlways   bool   `json:"reasonAlways"`
	LockMinutes    int    `json:"lockMinutes"` // 0: never by itself
	ShowPictures   bool   `json:"showPictures"`
	// Columns are those of the users table that were changed, in their order.
	Columns []Column `json:"columns"`
	// Managed names the fields above that the operator cannot change.
	Managed []string `json:"managed"`
}

// Column is a column of the users table.
type Column struct {
	ID     string `json:"id"`
	Width  int    `json:"width"` // in pixels at a zoom of 100 %, 0: as the window has it
	Hidden bool   `json:"hidden"`
	ByRoom bool   `json:"byRoom"` // nobody chose: it is hidden where there is no room
}

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

// settingsOf converts the operator's preferences, of which some are managed.
func settingsOf(p settings.Preferences, managed []string) Settings {
	return Settings{
		Theme: string(p.Theme), Density: string(p.Density), Zoom: p.Zoom,
		SessionMinutes: p.SessionMinutes, LinkSeconds: p.LinkSeconds, ReasonAlways: p.ReasonAlways,
		LockMinutes:  p.LockMinutes,
		ShowPictures: p.ShowPictures,
		Columns:      list(p.Columns, func(c settings.Column) Column { return Column(c) }),
		Managed:      list(managed, camelCase),
	}
}

func (s Settings) preferences() settings.Preferences {
	return settings.Preferences{
		Theme: settings.Theme(s.Theme), Density: settings.Density(s.Density), Zoom: s.Zoom,
		SessionMinutes: s.SessionMinutes, LinkSeconds: s.LinkSeconds, ReasonAlways: s.ReasonAlways,
		ShowPictures: s.ShowPictures, LockMinutes: s.LockMinutes,
		Columns: list(s.Columns, func(c Column) settings.Column { return settings.Column(c) }),
	}
}

// apply makes the changes of the window to the preferences: where it differs from
// what it was shown.
func (s Settings) apply(shown Settings, now *settings.Preferences) {
	settings.Patch(now, shown.preferences(), s.preferences())
}

// rulesOf converts the rules of an instance, of which some are managed.
func rulesOf(r settings.Rules, managed []string) Rules {
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

// apply makes the changes of the window to the rules of an instance: where it
// differs from what it was shown. What is managed is among it as it was shown.
func (r Rules) apply(shown Rules, now *settings.Rules) {
	settings.Patch(now, shown.rules(), r.rules())
}

// camelCase turns the name of a setting in a policy into that of its field here.
func camelCase(path string) string {
	words := strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '_' })
	for i := range words[1:] {
		words[i+1] = capitalized(words[i+1])
	}
	return strings.Join(words, "")
}

// shown is what the window was given last of something that it saves as a whole.
// What it saves is compared with that: the rest is not the window's change, and
// another window may have changed it. The zero value was given nothing.
type shown[T any] struct {
	mu   sync.Mutex
	last *T
}

// keep notes what the window is given, and returns it.
func (s *shown[T]) keep(given T) T {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last = &given
	return given
}

// previous is what the window was given last; before that, what there is now.
func (s *shown[T]) previous(now T) T {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last == nil {
		return now
	}
	return *s.last
}
