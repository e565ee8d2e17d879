package settings_test

import (
	"errors"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"understudy/internal/fault"
	"understudy/internal/settings"
)

// broken are the ways in which a settings file cannot be read.
func broken() map[string]func(t *testing.T, path string) {
	ways := map[string]func(t *testing.T, path string){
		"a pipe": pipe,
		"a folder": func(t *testing.T, path string) {
			t.Helper()
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		},
		"a link to itself": func(t *testing.T, path string) {
			t.Helper()
			if err := os.Symlink(path, path); err != nil {
				t.Fatal(err)
			}
		},
	}
	for name, content := range map[string]string{
		"empty": "", "blank": " \n", "NULs": strings.Repeat("\x00", 64), "not UTF-8": "\xff\xfe{\x00}\x00",
		"torn": `{"version": 1, "instances": [`, "a list": `[]`, "null": `null`, "text": `"settings"`, "a number": `1`,
		"no version": `{}`, "version 0": `{"version": 0}`, "a newer version": `{"version": 2}`, "version as text": `{"version": "1"}`,
		"instances as text":   `{"version": 1, "instances": "none"}`,
		"an instance as text": `{"version": 1, "instances": ["ins_1"]}`,
		"rules as a list":     `{"version": 1, "instances": [{"id": "ins_1", "environment": "production", "rules": []}]}`,
		"rules of another kind": `{"version": 1, "instances": [{"id": "ins_1", "environment": "production",
			"rules": {"sign_in": {"required": "no"}}}]}`,
		"a theme that is none":  `{"version": 1, "preferences": {"theme": "pink"}}`,
		"an instance twice":     `{"version": 1, "instances": [{"id": "a", "environment": "production"}, {"id": "a", "environment": "production"}]}`,
		"selected that is none": `{"version": 1, "selected": "ins_9"}`,
		"an API that is none":   `{"version": 1, "instances": [{"id": "ins_1", "environment": "production", "api_url": "javascript:x"}]}`,
		"huge":                  `{"version": 1, "x": "` + strings.Repeat("x", 2<<20) + `"}`,
		"deep":                  `{"version": 1, "x": ` + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + `}`,
	} {
		ways[name] = func(t *testing.T, path string) {
			t.Helper()
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	return ways
}

func TestManagedRulesHoldWhateverTheSettingsAre(t *testing.T) {
	t.Parallel()
	managed := manage(t, `{"reason_always": true}`,
		`{"sign_in": {"required": true}, "protected": {"roles": ["org:admin"], "roles_effect": "refuse"}, "reason": {"pattern": "#"}}`, `{}`)
	for name, prepare := range broken() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			prepare(t, filePath(dir))
			store, err := settings.Open(dir, managed)
			if fault.CodeOf(err) != fault.SettingsUnreadable || store == nil || !errors.Is(store.Refusal(), err) {
				t.Fatalf("opened with %v", err)
			}
			if !store.Get().Preferences.ReasonAlways {
				t.Error("a managed preference does not hold")
			}
			got := store.Managed().RulesOf("ins_1", settings.Rules{})
			if !got.SignIn.Required || !slices.Contains(got.Protected.Roles, "org:admin") || got.Reason.Pattern != "#" {
				t.Errorf("managed rules do not hold: %+v", got)
			}
			before := store.Get()
			if err := store.Update(func(s *settings.Settings) error { s.Preferences.Zoom = 200; return nil }); !errors.Is(err, store.Refusal()) {
				t.Errorf("changed: %v", err)
			}
			if !reflect.DeepEqual(store.Get(), before) {
				t.Error("the settings changed")
			}
		})
	}
}
