//go:build realkeyring && linux

package presence

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"
)

// TestRealBus plays logind on a real bus of its own. It needs dbus-daemon:
//
//	go test -tags realkeyring -run TestRealBus ./internal/presence
func TestRealBus(t *testing.T) {
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", startBus(t))
	bus, err := dbus.ConnectSystemBus()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bus.Close() })
	if _, err := bus.RequestName(login, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	const manager, mine, others = dbus.ObjectPath("/org/freedesktop/login1"),
		dbus.ObjectPath("/org/freedesktop/login1/session/_32"), dbus.ObjectPath("/org/freedesktop/login1/session/_33")
	asked := make(chan dbus.ObjectPath, 10)
	me := uint32(os.Getuid())
	for path, uid := range map[dbus.ObjectPath]uint32{mine: me, others: me + 1} {
		if err := bus.Export(session{path, uid, asked}, path, properties); err != nil {
			t.Fatal(err)
		}
	}
	aways := make(chan struct{}, 10_000)
	over := make(chan struct{})
	go func() {
		defer close(over)
		System(t.Context(), func() { aways <- struct{}{} })
	}()
	emit := func(path dbus.ObjectPath, name string, body ...any) {
		t.Helper()
		if err := bus.Emit(path, name, body...); err != nil {
			t.Fatal(err)
		}
	}
	hint := func(path dbus.ObjectPath, locked bool) {
		emit(path, properties+".PropertiesChanged", sessionInterface,
			map[string]dbus.Variant{"LockedHint": dbus.MakeVariant(locked)}, []string{})
	}
	// Signals are handled one after the other: when it is asked whose session was
	// locked, what came before is done.
	settle := func() (said int) {
		emit(others, sessionInterface+".Lock")
		if got := <-asked; got != others {
			t.Fatalf("asked whose %s is", got)
		}
		return len(aways)
	}
	// Nobody says from when on System listens, to this last of all: until it does, it
	// is sent again.
	for len(aways) == 0 {
		emit(manager, managerInterface+".PrepareForSleep", true)
		select {
		case <-over:
			t.Fatal("nobody listens")
		default:
		}
	}
	before := settle()
	emit(manager, managerInterface+".PrepareForSleep", false)
	hint(mine, false)
	emit(others, sessionInterface+".Lock")
	<-asked
	hint(others, true)
	<-asked
	if said := settle(); said != before {
		t.Errorf("%d signals were taken for a lock", said-before)
	}
	emit(mine, sessionInterface+".Lock")
	<-asked
	hint(mine, true)
	<-asked
	emit(manager, managerInterface+".PrepareForSleep", true)
	if said := settle(); said != before+3 {
		t.Errorf("heard %d of 3", said-before)
	}
}

// session answers whose it is.
type session struct {
	path  dbus.ObjectPath
	uid   uint32
	asked chan<- dbus.ObjectPath
}

// Get is the method of org.freedesktop.DBus.Properties.
func (s session) Get(string, string) (dbus.Variant, *dbus.Error) {
	s.asked <- s.path
	return dbus.MakeVariant(owner{UID: s.uid, Path: "/"}), nil
}

// startBus starts a bus that can start no services and gives its address.
func startBus(t *testing.T) string {
	t.Helper()
	home := t.TempDir()
	config := filepath.Join(home, "bus.conf")
	text := fmt.Sprintf(`<busconfig><type>system</type><listen>unix:path=%s/bus</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow own="*"/><allow receive_sender="*"/></policy></busconfig>`, home)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	daemon := exec.CommandContext(t.Context(), "dbus-daemon", "--config-file="+config, "--nofork", "--print-address=1")
	out, err := daemon.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := daemon.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = daemon.Process.Kill()
		_ = daemon.Wait()
	})
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("no address of a bus: %v", err)
	}
	return strings.TrimSpace(address)
}
