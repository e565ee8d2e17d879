package bridge

import (
	"slices"
	"testing"

	"understudy/internal/settings"
)

// TestAWindowSavesWhatItChangedAndNothingElse: another window changed the theme, the
// columns and a rule after this one was shown them.
func TestAWindowSavesWhatItChangedAndNothingElse(t *testing.T) {
	var shown Shown[Settings]
	given := shown.Keep(SettingsOf(settings.Defaults().Preferences, nil))
	now := settings.Defaults().Preferences
	now.Theme, now.Columns = settings.ThemeDark, []settings.Column{{ID: "email", Width: 100}}

	given.Zoom = 110
	given.Apply(shown.Last(Settings{}), &now)
	if now.Zoom != 110 || now.Theme != settings.ThemeDark || len(now.Columns) != 1 {
		t.Errorf("got %+v", now)
	}

	rules := RulesOf(settings.Rules{}, nil)
	changed := rules
	changed.ReasonPattern, changed.ProtectedRoles = "#", []string{"org:admin"}
	kept := settings.Rules{SignIn: settings.SignIn{Required: true}, Reason: settings.Reason{Hint: "A number"}}
	changed.Apply(rules, &kept)
	if !kept.SignIn.Required || kept.Reason.Hint != "A number" || kept.Reason.Pattern != "#" || !slices.Equal(kept.Protected.Roles, []string{"org:admin"}) {
		t.Errorf("got %+v", kept)
	}
}

func TestAWindowThatWasShownNothingSavesWhatDiffers(t *testing.T) {
	var shown Shown[Settings]
	now := settings.Defaults().Preferences
	whole := SettingsOf(now, nil)
	whole.Theme = "light"
	whole.Apply(shown.Last(SettingsOf(now, nil)), &now)
	if now.Theme != settings.ThemeLight {
		t.Errorf("got %+v", now)
	}
}
