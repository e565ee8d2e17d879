//go:build realkeyring && linux

package keychain_test

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"

	"understudy/internal/fault"
	"understudy/internal/keychain"
)

// TestRealKeyring goes through the life of a real Secret Service on a bus of
// its own: no bus, no service, open, locked, gone. It needs dbus-daemon and
// gnome-keyring-daemon, no display, and touches nobody's keyring:
//
//	go test -tags realkeyring -run TestRealKeyring ./internal/keychain
func TestRealKeyring(t *testing.T) {
	home := t.TempDir()
	for name, value := range map[string]string{
		"HOME": home, "XDG_RUNTIME_DIR": home, "XDG_DATA_HOME": filepath.Join(home, "data"),
		"DISPLAY": "", "WAYLAND_DISPLAY": "", "DBUS_SESSION_BUS_ADDRESS": "unix:path=" + filepath.Join(home, "no-bus"),
	} {
		t.Setenv(name, value)
	}
	k := open(keychain.System())
	key := parse(t, pasted)
	absent := func(t *testing.T) {
		t.Helper()
		wantKeyringState(t, k, keychain.Absent)
		if err := k.SaveKey(t.Context(), instance, key, apiURL); fault.CodeOf(err) != fault.KeychainAbsent {
			t.Errorf("save: %v", err)
		}
	}
	t.Run("no bus", absent)

	t.Setenv("DBUS_SESSION_BUS_ADDRESS", startBus(t, home))
	bus, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bus.Close() })
	owners := watchOwner(t, bus)
	t.Run("bus without a service", absent)

	stop := startKeyring(t)
	awaitOwner(t, owners, true)
	t.Run("open", func(t *testing.T) {
		wantKeyringState(t, k, keychain.Ready)
		if _, _, err := k.LoadKey(t.Context(), instance); fault.CodeOf(err) != fault.KeychainNoKey {
			t.Errorf("load before save: %v", err)
		}
		for _, text := range []string{other, pasted} {
			if err := k.SaveKey(t.Context(), instance, parse(t, text), apiURL); err != nil {
				t.Fatalf("save: %v", err)
			}
		}
		loaded, kept, err := k.LoadKey(t.Context(), instance)
		if err != nil || loaded.Reveal() != pasted || kept != apiURL {
			t.Errorf("loaded another key: %v", err)
		}
		if err := k.DeleteKey(t.Context(), instance); err != nil {
			t.Errorf("delete: %v", err)
		}
		if _, _, err := k.LoadKey(t.Context(), instance); fault.CodeOf(err) != fault.KeychainNoKey {
			t.Errorf("load after delete: %v", err)
		}
		if err := k.SaveKey(t.Context(), instance, key, apiURL); err != nil {
			t.Fatalf("save: %v", err)
		}
		wantNotInFiles(t, home, pasted)
	})
	t.Run("locked", func(t *testing.T) {
		lockLogin(t, bus)
		wantKeyringState(t, k, keychain.Locked)
		for operation, do := range operations(t) {
			if err := do(t.Context(), k); fault.CodeOf(err) != fault.KeychainLocked {
				t.Errorf("%s: %v", operation, err)
			}
		}
	})
	stop()
	awaitOwner(t, owners, false)
	t.Run("service ended", absent)
}

func wantKeyringState(t *testing.T, k *keychain.Keychain, want keychain.State) {
	t.Helper()
	if got := k.State(t.Context()); got != want {
		t.Errorf("state %s, want %s", got, want)
	}
}

// startBus starts a bus that can start no services and gives its address.
func startBus(t *testing.T, home string) string {
	t.Helper()
	config := filepath.Join(home, "bus.conf")
	text := fmt.Sprintf(`<busconfig><type>session</type><listen>unix:path=%s/bus</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow own="*"/><allow receive_sender="*"/></policy></busconfig>`, home)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	daemon := exec.CommandContext(t.Context(), "dbus-daemon", "--config-file="+config, "--nofork", "--print-address=1")
	out, err := daemon.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	start(t, daemon)
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("no address of a bus: %v", err)
	}
	return strings.TrimSpace(address)
}

// startKeyring starts a keyring whose login collection is open, and gives what
// ends it.
func startKeyring(t *testing.T) (stop func()) {
	t.Helper()
	daemon := exec.CommandContext(t.Context(), "gnome-keyring-daemon", "--unlock", "--foreground", "--components=secrets")
	daemon.Stdin = strings.NewReader("test")
	return start(t, daemon)
}

func start(t *testing.T, daemon *exec.Cmd) (stop func()) {
	t.Helper()
	if err := daemon.Start(); err != nil {
		t.Fatalf("start %s: %v", daemon.Path, err)
	}
	stop = func() {
		_ = daemon.Process.Kill()
		_ = daemon.Wait()
	}
	t.Cleanup(stop)
	return stop
}

// watchOwner tells when the name of the Secret Service gets or loses an owner.
func watchOwner(t *testing.T, bus *dbus.Conn) <-chan *dbus.Signal {
	t.Helper()
	err := bus.AddMatchSignal(dbus.WithMatchInterface("org.freedesktop.DBus"), dbus.WithMatchMember("NameOwnerChanged"),
		dbus.WithMatchArg(0, "org.freedesktop.secrets"))
	if err != nil {
		t.Fatal(err)
	}
	signals := make(chan *dbus.Signal, 10)
	bus.Signal(signals)
	return signals
}

func awaitOwner(t *testing.T, signals <-chan *dbus.Signal, owned bool) {
	t.Helper()
	for signal := range signals {
		if signal.Name != "org.freedesktop.DBus.NameOwnerChanged" || signal.Body[0] != "org.freedesktop.secrets" {
			continue
		}
		if (signal.Body[2] != "") == owned {
			return
		}
	}
	t.Fatal("the bus ended")
}

func wantNotInFiles(t *testing.T, dir, text string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		defer func() { _ = file.Close() }()
		content, err := io.ReadAll(file)
		if strings.Contains(string(content), text) {
			t.Errorf("%s holds the key", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
