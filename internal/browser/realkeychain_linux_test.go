//go:build realbrowser

package browser

import (
	"bufio"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/godbus/dbus/v5"
)

// keychains are the names of the keychains of Linux on the session bus: the Secret
// Service and KWallet in its three versions.
var keychains = []string{
	"org.freedesktop.secrets", "org.kde.kwalletd", "org.kde.kwalletd5", "org.kde.kwalletd6",
}

// TestARealBrowserLeavesTheKeychainAlone opens tickets on desktops whose keychain
// browsers use for themselves, and watches the bus.
func TestARealBrowserLeavesTheKeychainAlone(t *testing.T) {
	for _, desktop := range []string{"GNOME", "XFCE", "KDE"} {
		t.Run(desktop, func(t *testing.T) {
			t.Setenv("DBUS_SESSION_BUS_ADDRESS", newBus(t))
			t.Setenv("XDG_CURRENT_DESKTOP", desktop)
			t.Setenv("KDE_SESSION_VERSION", map[string]string{"KDE": "6"}[desktop])
			asked := watchKeychains(t)
			app := newApp(t)
			b, _ := newRealBrowsers(t)
			var visits []visit
			for _, id := range slices.Sorted(maps.Keys(real)) {
				v := app.prepare(id, app.users[len(visits)])
				if _, err := b.Open(t.Context(), id, v.visit(t, func() {})); err != nil {
					t.Fatalf("%s: %v", id, err)
				}
				visits = append(visits, v)
			}
			app.expectPages(visits) // by then a cookie was kept, for which they ask the keychain
			for _, v := range visits {
				b.Close(v.impersonation)
			}
			b.Wait(t.Context())
			if calls := asked(); len(calls) > 0 {
				t.Errorf("%d calls to a keychain: %q", len(calls), calls)
			}
		})
	}
}

// newBus starts a message bus and returns its address.
func newBus(t *testing.T) string {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = read.Close() }()
	bus := exec.CommandContext(t.Context(), "dbus-daemon", "--session", "--nofork", "--nosyslog", "--print-address=3")
	bus.ExtraFiles = []*os.File{write}
	err = bus.Start()
	_ = write.Close()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = bus.Process.Kill()
		_ = bus.Wait()
	})
	address, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(address)
}

// watchKeychains stands in for every keychain on the session bus, with one that
// answers nothing, and returns what lists the calls to them since.
func watchKeychains(t *testing.T) (asked func() []string) {
	t.Helper()
	var mu sync.Mutex
	var calls []string
	address := os.Getenv("DBUS_SESSION_BUS_ADDRESS")
	service, err := dbus.Connect(address, dbus.WithIncomingInterceptor(func(m *dbus.Message) {
		if m.Type == dbus.TypeMethodCall {
			mu.Lock()
			defer mu.Unlock()
			calls = append(calls, m.Headers[dbus.FieldInterface].String()+" "+m.Headers[dbus.FieldMember].String())
		}
	}))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = service.Close() })
	for _, name := range keychains {
		if reply, err := service.RequestName(name, 0); err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
			t.Fatalf("%s: %v, %v", name, reply, err)
		}
	}
	return func() []string {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(calls)
	}
}
