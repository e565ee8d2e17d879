package bridge

import (
	"cmp"
	"context"

	"understudy/internal/instances"
	"understudy/internal/secret"
	"understudy/internal/settings"
	"understudy/internal/workspace"
)

// SettingsCalls read and change the preferences of the operator and the rules of the
// instance in use.
type SettingsCalls struct{ *Scope }

// GetSettings returns the preferences.
func (c *SettingsCalls) GetSettings() (s Settings, err error) {
	_, exit := c.enter("")
	defer exit(&err)
	return settingsNow(c.Manager), nil
}

// ChangeSettings changes some of the preferences and returns them all as they are
// then.
func (c *SettingsCalls) ChangeSettings(change settings.PreferencesPatch) (changed Settings, err error) {
	_, exit := c.enter("")
	defer exit(&err)
	if err := c.Manager.Settings().ChangePreferences(change); err != nil {
		return changed, err
	}
	return settingsNow(c.Manager), nil
}

// GetRules returns the rules of the instance in use.
func (c *SettingsCalls) GetRules() (Rules, error) {
	return inUse(c.Scope, "", func(_ context.Context, w *workspace.Workspace) (Rules, error) {
		return rulesNow(w), nil
	})
}

// ChangeRules changes some of the rules of the instance in use and returns them all
// as they are then.
func (c *SettingsCalls) ChangeRules(change settings.RulesPatch) (Rules, error) {
	return inUse(c.Scope, "", func(ctx context.Context, w *workspace.Workspace) (Rules, error) {
		if err := w.ChangeRules(ctx, asWritten(change)); err != nil {
			return Rules{}, err
		}
		return rulesNow(w), nil
	})
}

// asWritten makes domains what rules write: an agent pastes them as an address has
// them.
func asWritten(change settings.RulesPatch) settings.RulesPatch {
	if p := change.Protected; p != nil && p.Domains != nil {
		p.Domains = list(p.Domains, settings.Domain)
	}
	return change
}

// Settings are the preferences that are in force.
type Settings struct {
	settings.Preferences
	// Managed names the preferences that the operator cannot change.
	Managed []string `json:"managed"`
}

// Rules are those of the instance in use that are in force: the fields of
// [settings.Rules], one by one, since Wails declares no types of embedded groups.
type Rules struct {
	SignIn             settings.SignIn     `json:"sign_in"`
	Permission         settings.Permission `json:"permission"`
	Protected          settings.Protected  `json:"protected"`
	Reason             settings.Reason     `json:"reason"`
	LongestSession     int                 `json:"longest_session_minutes"`
	MonthlyQuota       int                 `json:"monthly_quota"`
	ForbidCopyingLinks bool                `json:"forbid_copying_links"`
	Changes            settings.Changes    `json:"changes"`
	// Managed names the rules that the operator cannot change: "sign_in.hours".
	Managed []string `json:"managed"`
}

func settingsNow(m *instances.Manager) Settings {
	store := m.Settings()
	return settingsOf(store.Get().Preferences, store.Managed().Preferences.Names())
}

func settingsOf(p settings.Preferences, managed []string) Settings {
	p.Columns = append([]settings.Column{}, p.Columns...)
	return Settings{Preferences: p, Managed: append([]string{}, managed...)}
}

func rulesNow(w *workspace.Workspace) Rules {
	return rulesOf(w.Rules(), w.Instance.Environment, w.ManagedRules())
}

// rulesOf spells out what an empty list or effect means.
func rulesOf(r settings.Rules, environment secret.Environment, managed []string) Rules {
	p := &r.Protected
	p.Roles, p.Domains = append([]string{}, p.Roles...), append([]string{}, p.Domains...)
	if p.Metadata == nil {
		p.Metadata = settings.Metadata{}
	}
	for _, effect := range []*settings.Effect{&p.RolesEffect, &p.DomainsEffect, &p.MetadataEffect, &p.Blocked} {
		*effect = cmp.Or(*effect, settings.Refuse)
	}
	return Rules{
		SignIn: r.SignIn, Permission: r.Permission, Protected: r.Protected, Reason: r.Reason,
		LongestSession: r.LongestSession, MonthlyQuota: r.MonthlyQuota, ForbidCopyingLinks: r.ForbidCopyingLinks,
		Changes: r.Changes.In(environment),
		Managed: append([]string{}, managed...),
	}
}
