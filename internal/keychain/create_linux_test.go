//go:build realkeyring

package keychain_test

import (
	"context"
	"os/exec"
	"testing"

	"github.com/godbus/dbus/v5"

	"understudy/internal/fault"
	"understudy/internal/keychain"
)

// empty is a Secret Service without a collection, which asks before it makes one.
type empty struct {
	bus       *dbus.Conn
	asked     chan struct{}
	dismissed chan struct{}
	alias     chan string
}

func startEmpty(t *testing.T) *empty {
	t.Helper()
	e := &empty{connect(t), make(chan struct{}, 1), make(chan struct{}, 1), make(chan string, 1)}
	methods := map[string]map[string]any{
		"org.freedesktop.Secret.Service": {
			"ReadAlias": func(string) (dbus.ObjectPath, *dbus.Error) { return nothingThere, nil },
			"CreateCollection": func(_ map[string]dbus.Variant, alias string) (dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
				e.alias <- alias
				return nothingThere, questionPath, nil
			},
		},
		"org.freedesktop.DBus.Properties": {
			"Get": func(string, string) (dbus.Variant, *dbus.Error) { return dbus.MakeVariant([]dbus.ObjectPath{}), nil },
		},
	}
	for name, table := range methods {
		if err := e.bus.ExportMethodTable(table, "/org/freedesktop/secrets", name); err != nil {
			t.Fatal(err)
		}
	}
	question := map[string]any{
		"Prompt":  func(string) *dbus.Error { e.asked <- struct{}{}; return nil },
		"Dismiss": func() *dbus.Error { e.dismissed <- struct{}{}; return nil },
	}
	if err := e.bus.ExportMethodTable(question, questionPath, "org.freedesktop.Secret.Prompt"); err != nil {
		t.Fatal(err)
	}
	if _, err := e.bus.RequestName("org.freedesktop.secrets", dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	return e
}

// answer ends the question, as another one is ended before.
func (e *empty) answer(t *testing.T, dismissed bool) {
	t.Helper()
	for path, no := range map[dbus.ObjectPath]bool{questionPath + "0": !dismissed, questionPath: dismissed} {
		err := e.bus.Emit(path, "org.freedesktop.Secret.Prompt.Completed", no, dbus.MakeVariant(loginPath))
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestRealBusMakesAKeyring(t *testing.T) {
	for name, c := range map[string]struct {
		whileAsking func(t *testing.T, cancel func(), service *empty)
		want        fault.Code
	}{
		"a password": {func(t *testing.T, _ func(), e *empty) { t.Helper(); e.answer(t, false) }, ""},
		"no":         {func(t *testing.T, _ func(), e *empty) { t.Helper(); e.answer(t, true) }, fault.KeychainDeclined},
		"given up":   {func(_ *testing.T, cancel func(), _ *empty) { cancel() }, fault.Canceled},
		"ended":      {func(_ *testing.T, _ func(), e *empty) { _ = e.bus.Close() }, fault.KeychainBroken},
	} {
		t.Run(name, func(t *testing.T) {
			onOwnBus(t)
			service := startEmpty(t)
			k := open(keychain.System())
			wantKeyringState(t, k, keychain.NoKeyring)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			made := make(chan error)
			go func() { made <- k.CreateKeyring(ctx) }()
			if alias := <-service.alias; alias != "default" {
				t.Errorf("made as %q", alias)
			}
			<-service.asked
			c.whileAsking(t, cancel, service)
			if err := <-made; fault.CodeOf(err) != c.want {
				t.Errorf("got %v, want %q", err, c.want)
			}
			if c.want == fault.Canceled {
				<-service.dismissed
			}
		})
	}
}

// TestRealKeyringWithoutACollection is a desktop where nobody has had a keyring yet.
func TestRealKeyringWithoutACollection(t *testing.T) {
	bus := onOwnBus(t)
	owners := watchOwner(t, bus)
	start(t, exec.CommandContext(t.Context(), "gnome-keyring-daemon", "--foreground", "--components=secrets"))
	awaitOwner(t, owners, true)
	k := open(keychain.System())
	wantKeyringState(t, k, keychain.NoKeyring)
	if err := k.SaveKey(t.Context(), instance, parse(t, pasted), apiURL); fault.CodeOf(err) != fault.KeychainNoKeyring {
		t.Errorf("save: %v", err)
	}
	if _, _, err := k.LoadKey(t.Context(), instance); fault.CodeOf(err) != fault.KeychainNoKey {
		t.Errorf("load: %v", err)
	}
	window := startWindow(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	made := make(chan error)
	go func() { made <- k.CreateKeyring(ctx) }()
	select {
	case <-window.asked:
	case err := <-made:
		t.Fatalf("asked nobody: %v", err)
	}
	cancel()
	if err := <-made; fault.CodeOf(err) != fault.Canceled {
		t.Errorf("given up: %v", err)
	}
	wantKeyringState(t, k, keychain.NoKeyring)
}
