//go:build realkeyring

package keychain_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/godbus/dbus/v5"

	"understudy/internal/fault"
	"understudy/internal/keychain"
)

// TestRealBusIsGivenUpWithAnOpenQuestion asks a Secret Service for a key and gives
// the call up, or lets the service end or stand still, while the question for the
// password is open. The next call finds a service that answers.
func TestRealBusIsGivenUpWithAnOpenQuestion(t *testing.T) {
	for name, c := range map[string]struct {
		isSilent    bool
		whileAsking func(cancel func(), service *questioner)
		want        fault.Code
	}{
		"canceled":          {false, func(cancel func(), _ *questioner) { cancel() }, fault.Canceled},
		"ended":             {false, func(_ func(), service *questioner) { service.end() }, fault.KeychainBroken},
		"silent":            {true, func(cancel func(), _ *questioner) { cancel() }, fault.Canceled},
		"silent then ended": {true, func(_ func(), service *questioner) { service.end() }, fault.KeychainBroken},
	} {
		t.Run(name, func(t *testing.T) {
			onOwnBus(t)
			q := &questioner{}
			if c.isSilent {
				q.silent = make(chan struct{})
				defer close(q.silent)
			}
			service := startQuestioner(t, q)
			k := open(keychain.System())
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			loaded := make(chan error)
			go func() {
				_, _, err := k.LoadKey(ctx, instance)
				loaded <- err
			}()
			<-service.asked
			c.whileAsking(cancel, service)
			if err := <-loaded; fault.CodeOf(err) != c.want {
				t.Errorf("the call that asked: %v, want %s", err, c.want)
			}
			service.end()
			startQuestioner(t, &questioner{isOpen: true})
			key, _, err := k.LoadKey(t.Context(), instance)
			if err != nil || key.Reveal() != pasted {
				t.Errorf("the next call: %v", err)
			}
		})
	}
}

// TestRealKeyringIsGivenUpWithAnOpenQuestion is the same with the real
// GNOME Keyring. Its window for passwords never comes.
func TestRealKeyringIsGivenUpWithAnOpenQuestion(t *testing.T) {
	bus := onOwnBus(t)
	owners := watchOwner(t, bus)
	stop := startKeyring(t)
	awaitOwner(t, owners, true)
	k := open(keychain.System())
	if err := k.SaveKey(t.Context(), instance, parse(t, pasted), apiURL); err != nil {
		t.Fatal(err)
	}
	window := startWindow(t)
	for name, kill := range map[string]bool{"killed": true, "given up": false} {
		lockLogin(t, bus)
		ctx, cancel := context.WithCancel(t.Context())
		loaded := make(chan error)
		go func() {
			_, _, err := k.LoadKey(ctx, instance)
			loaded <- err
		}()
		select {
		case <-window.asked:
		case err := <-loaded:
			t.Fatalf("%s: asked nobody: %v", name, err)
		}
		want := fault.Canceled
		if kill {
			want = fault.KeychainBroken
			stop()
		} else {
			cancel()
		}
		if err := <-loaded; fault.CodeOf(err) != want {
			t.Errorf("%s: the call that asked: %v, want %s", name, err, want)
		}
		cancel()
		stop()
		awaitOwner(t, owners, false)
		stop = startKeyring(t)
		awaitOwner(t, owners, true)
		if key, _, err := k.LoadKey(t.Context(), instance); err != nil || key.Reveal() != pasted {
			t.Errorf("%s: the next call: %v", name, err)
		}
	}
}

// lockLogin locks the collection that keys are in.
func lockLogin(t *testing.T, bus *dbus.Conn) {
	t.Helper()
	var locked []dbus.ObjectPath
	var prompt dbus.ObjectPath
	err := bus.Object("org.freedesktop.secrets", "/org/freedesktop/secrets").
		Call("org.freedesktop.Secret.Service.Lock", 0, []dbus.ObjectPath{loginPath}).Store(&locked, &prompt)
	if err != nil || len(locked) != 1 {
		t.Fatalf("locked %v, %v", locked, err)
	}
}

// onOwnBus gives the test a session bus and a home that nobody else has.
func onOwnBus(t *testing.T) *dbus.Conn {
	t.Helper()
	home := t.TempDir()
	for name, value := range map[string]string{
		"HOME": home, "XDG_RUNTIME_DIR": home, "XDG_DATA_HOME": filepath.Join(home, "data"), "DISPLAY": "", "WAYLAND_DISPLAY": "",
	} {
		t.Setenv(name, value)
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", startBus(t, home))
	return connect(t)
}

func connect(t *testing.T) *dbus.Conn {
	t.Helper()
	bus, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bus.Close() })
	return bus
}
