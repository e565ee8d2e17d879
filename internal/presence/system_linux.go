package presence

import (
	"context"
	"errors"
	"os"

	"github.com/godbus/dbus/v5"
)

// Names on the bus of logind, see org.freedesktop.login1(5).
const (
	login            = "org.freedesktop.login1"
	managerInterface = login + ".Manager"
	sessionInterface = login + ".Session"
	properties       = "org.freedesktop.DBus.Properties"
)

// System calls away when logind says that the computer goes to sleep, or that the
// screen of one of this user's sessions is locked. For that a desktop sets the
// session's LockedHint, and `loginctl lock-session` sends Lock. Without a system bus
// it returns at once.
func System(ctx context.Context, away func()) {
	bus, err := dbus.ConnectSystemBus(dbus.WithContext(ctx), dbus.WithSignalHandler(dbus.NewSequentialSignalHandler()))
	if err != nil {
		return
	}
	defer func() { _ = bus.Close() }() // nothing was written
	signals := make(chan *dbus.Signal, 16)
	bus.Signal(signals)
	from := dbus.WithMatchSender(login)
	err = errors.Join(
		bus.AddMatchSignalContext(ctx, from, dbus.WithMatchInterface(sessionInterface), dbus.WithMatchMember("Lock")),
		bus.AddMatchSignalContext(ctx, from, dbus.WithMatchInterface(properties), dbus.WithMatchMember("PropertiesChanged"),
			dbus.WithMatchArg(0, sessionInterface)),
		bus.AddMatchSignalContext(ctx, from, dbus.WithMatchInterface(managerInterface), dbus.WithMatchMember("PrepareForSleep")),
	)
	if err != nil {
		return
	}
	for {
		select {
		case signal, open := <-signals:
			if !open {
				return
			}
			if saysAway(signal) && (signal.Name == managerInterface+".PrepareForSleep" || isMine(ctx, bus, signal.Path)) {
				away()
			}
		case <-ctx.Done():
			return
		}
	}
}

// saysAway reports whether a signal is about somebody leaving, and not coming
// back.
func saysAway(signal *dbus.Signal) bool {
	switch signal.Name {
	case managerInterface + ".PrepareForSleep":
		starting, ok := one[bool](signal.Body)
		return ok && starting
	case sessionInterface + ".Lock":
		return true
	case properties + ".PropertiesChanged":
		if len(signal.Body) < 2 {
			return false
		}
		changed, ok := signal.Body[1].(map[string]dbus.Variant)
		if !ok {
			return false
		}
		locked, ok := changed["LockedHint"].Value().(bool)
		return ok && locked
	}
	return false
}

func one[T any](body []any) (value T, ok bool) {
	if len(body) != 1 {
		return value, false
	}
	value, ok = body[0].(T)
	return value, ok
}

// owner is the form of a session's property User.
type owner struct {
	UID  uint32
	Path dbus.ObjectPath
}

// isMine reports whether a session is one of this user's. If that cannot be found
// out it counts as such: to lock for nothing is the smaller harm.
func isMine(ctx context.Context, bus *dbus.Conn, session dbus.ObjectPath) bool {
	var user owner
	err := bus.Object(login, session).
		CallWithContext(ctx, properties+".Get", 0, sessionInterface, "User").Store(&user)
	return err != nil || int(user.UID) == os.Getuid()
}
