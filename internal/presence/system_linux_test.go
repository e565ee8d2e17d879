package presence

import (
	"testing"

	"github.com/godbus/dbus/v5"
)

func TestLogindSaysThatTheOperatorLeaves(t *testing.T) {
	changed := func(name string, value any) []any {
		return []any{sessionInterface, map[string]dbus.Variant{name: dbus.MakeVariant(value)}, []string{}}
	}
	for name, c := range map[string]struct {
		signal string
		body   []any
		want   bool
	}{
		"going to sleep":      {managerInterface + ".PrepareForSleep", []any{true}, true},
		"waking up":           {managerInterface + ".PrepareForSleep", []any{false}, false},
		"no word about sleep": {managerInterface + ".PrepareForSleep", nil, false},
		"not a word":          {managerInterface + ".PrepareForSleep", []any{"true"}, false},
		"lock":                {sessionInterface + ".Lock", nil, true},
		"unlock":              {sessionInterface + ".Unlock", nil, false},
		"screen locked":       {properties + ".PropertiesChanged", changed("LockedHint", true), true},
		"screen unlocked":     {properties + ".PropertiesChanged", changed("LockedHint", false), false},
		"another property":    {properties + ".PropertiesChanged", changed("IdleHint", true), false},
		"a property in words": {properties + ".PropertiesChanged", changed("LockedHint", "yes"), false},
		"no properties":       {properties + ".PropertiesChanged", []any{sessionInterface}, false},
		"odd properties":      {properties + ".PropertiesChanged", []any{sessionInterface, 1}, false},
		"somebody else":       {"org.freedesktop.DBus.NameAcquired", []any{"x"}, false},
	} {
		if got := saysAway(&dbus.Signal{Name: c.signal, Body: c.body}); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
