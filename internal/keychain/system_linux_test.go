package keychain

import (
	"errors"
	"fmt"
	"testing"

	"github.com/godbus/dbus/v5"
	"github.com/zalando/go-keyring"
)

func TestErrorsOfASecretServiceAreToldApart(t *testing.T) {
	stayedLocked := errors.New("failed to unlock correct collection '/org/freedesktop/secrets/collection/login'")
	unknown := dbus.Error{Name: "org.freedesktop.DBus.Error.ServiceUnknown"}
	isLocked := dbus.Error{Name: "org.freedesktop.Secret.Error.IsLocked"}
	for name, c := range map[string]struct {
		err     error
		x11     string
		wayland string
		want    error
	}{
		"no error":                  {nil, "", "", nil},
		"not found":                 {keyring.ErrNotFound, "", "", ErrNotFound},
		"could not ask":             {stayedLocked, "", "", ErrLocked},
		"asked on X11":              {stayedLocked, ":0", "", ErrDeclined},
		"asked on Wayland":          {stayedLocked, "", "wayland-0", ErrDeclined},
		"no such service":           {unknown, "", "", ErrAbsent},
		"no such service, wrapped":  {fmt.Errorf("call: %w", unknown), "", "", ErrAbsent},
		"locked in between, on X11": {isLocked, ":0", "", ErrLocked},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("DISPLAY", c.x11)
			t.Setenv("WAYLAND_DISPLAY", c.wayland)
			if got := tell(c.err); !errors.Is(got, c.want) || (got == nil) != (c.want == nil) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
	for _, err := range []error{dbus.Error{Name: "org.freedesktop.DBus.Error.NoReply"}, errors.New("broken pipe"), keyring.ErrSetDataTooBig} {
		got := tell(err)
		for _, kind := range []error{ErrNotFound, ErrAbsent, ErrLocked, ErrDeclined} {
			if got == nil || errors.Is(got, kind) {
				t.Errorf("%v taken for %v", err, kind)
			}
		}
	}
}

func TestPlaceFollowsTheDesktop(t *testing.T) {
	for desktop, want := range map[string]string{
		"GNOME": "GNOME Keyring", "ubuntu:GNOME": "GNOME Keyring", "KDE": "KWallet", "": "your keychain", "sway": "your keychain",
	} {
		t.Setenv("XDG_CURRENT_DESKTOP", desktop)
		if got := Place(); got != want {
			t.Errorf("%q: %q, want %q", desktop, got, want)
		}
	}
}
