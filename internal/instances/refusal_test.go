package instances

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"understudy/internal/emulator"
	"understudy/internal/fault"
	"understudy/internal/settings"
)

// uses are all that can be done with a manager, but for looking at what it lists
// and letting go.
func uses(ctx context.Context, m *Manager, id string) map[string]func() error {
	second := func(_ any, err error) error { return err }
	return map[string]func() error{
		"connect from the clipboard": func() error { return second(m.ConnectFromClipboard(ctx)) },
		"connect":                    func() error { return second(m.Connect(ctx, testKey)) },
		"open the sample":            func() error { return second(m.ConnectSample(ctx)) },
		"hold the key in memory":     func() error { return second(m.HoldInMemory(ctx)) },
		"select":                     func() error { return second(m.Select(ctx, id)) },
		"replace the key":            func() error { return second(m.ReplaceKeyFromClipboard(ctx, id)) },
		"trust an address":           func() error { return second(m.Trust(ctx, []string{"https://clerk.example.com"})) },
		"forget":                     func() error { return m.Forget(ctx, id) },
		"describe":                   func() error { return m.Describe(id, "Mine", "teal") },
		"move":                       func() error { return m.Move(id, 1) },
		"use":                        func() error { return second(m.Current()) },
		"read the history":           func() error { return second(m.History()) },
	}
}

// TestNothingIsDoneWhileTheStartHasAProblem: with settings that cannot be read, and
// with good ones of a start that another problem stops.
func TestNothingIsDoneWhileTheStartHasAProblem(t *testing.T) {
	for name, damage := range map[string]func(*office) *settings.Store{
		"the settings cannot be read": func(o *office) *settings.Store {
			path := filepath.Join(o.dir, "config", "settings.json")
			if err := os.WriteFile(path, []byte(`{"version": 1, "instances": [`), 0o600); err != nil {
				t.Fatal(err)
			}
			store, err := settings.Open(filepath.Dir(path), o.managed)
			expectCode(t, err, fault.SettingsUnreadable)
			return store
		},
		"the policy cannot be used": func(o *office) *settings.Store {
			store, err := settings.Open(filepath.Join(o.dir, "config"), settings.Managed{})
			if err != nil {
				t.Fatal(err)
			}
			store.Refuse(fault.New(fault.PolicyUnusable, nil))
			return store
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t, emulator.Config{})
			o.managed = manage(t, `{"sign_in": {"required": true}}`)
			w := o.connect()
			o.pickOperator(w)
			id := w.Instance.ID
			if err := o.manager.Close(); err != nil {
				t.Fatal(err)
			}
			o.clerk.Server().ResetRequests()
			before := o.keys.calls
			o.clipboard.text = testKey
			config := o.manager.config
			config.Settings = damage(o)
			o.manager = New(config)
			o.manager.OpenLast(t.Context())
			for use, do := range uses(t.Context(), o.manager, id) {
				if err := do(); !errors.Is(err, config.Settings.Refusal()) || err == nil {
					t.Errorf("%s: %v", use, err)
				}
			}
			if o.manager.opening != nil || o.keys.calls != before || len(o.clerk.Server().Requests()) > 0 {
				t.Errorf("asked the keychain %d times and Clerk %v", o.keys.calls-before, o.clerk.Server().Requests())
			}
			if len(o.keys.kept) != 1 {
				t.Error("the key is gone")
			}
		})
	}
}
