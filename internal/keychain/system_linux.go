package keychain

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/godbus/dbus/v5"
)

// Place is the name that people know the keychain by. The desktop decides which
// Secret Service runs.
func Place() string {
	desktops := strings.Split(os.Getenv("XDG_CURRENT_DESKTOP"), ":")
	switch {
	case slices.Contains(desktops, "GNOME"):
		return "GNOME Keyring"
	case slices.Contains(desktops, "KDE"):
		return "KWallet"
	}
	return "your keychain"
}

// The Secret Service API
// (https://specifications.freedesktop.org/secret-service-spec/latest/).
const (
	serviceName         = "org.freedesktop.secrets"
	servicePath         = dbus.ObjectPath("/org/freedesktop/secrets")
	serviceInterface    = "org.freedesktop.Secret.Service"
	collectionInterface = "org.freedesktop.Secret.Collection"
	promptInterface     = "org.freedesktop.Secret.Prompt"
	nowhere             = dbus.ObjectPath("/")
	loginCollection     = dbus.ObjectPath("/org/freedesktop/secrets/collection/login")
)

// probePatience bounds a look at the bus, which takes milliseconds. It is short
// because a service that does not even answer this is stuck.
const probePatience = 5 * time.Second

// Probe implements Backend. It starts neither a bus nor a service. A service that
// its first use would start counts as ready.
func (system) Probe(ctx context.Context) State {
	ctx, cancel := context.WithTimeout(ctx, probePatience)
	defer cancel()
	bus, err := dbus.SessionBusPrivateNoAutoStartup(dbus.WithContext(ctx))
	if err != nil {
		return Absent
	}
	defer func() { _ = bus.Close() }() // nothing was written
	state, err := look(ctx, bus)
	switch {
	case ctx.Err() != nil:
		return TimedOut
	case err != nil:
		return Broken
	}
	return state
}

// look asks the bus for a Secret Service and the service for the collection
// that go-keyring uses: the one named login, else the default one.
func look(ctx context.Context, bus *dbus.Conn) (State, error) {
	if err := errors.Join(bus.Auth(nil), bus.Hello()); err != nil {
		return Broken, err
	}
	var owned bool
	if err := ask(ctx, bus.BusObject(), "org.freedesktop.DBus.NameHasOwner", &owned, serviceName); err != nil {
		return Broken, err
	}
	if !owned {
		var startable []string
		err := ask(ctx, bus.BusObject(), "org.freedesktop.DBus.ListActivatableNames", &startable)
		if slices.Contains(startable, serviceName) {
			return Ready, err
		}
		return Absent, err
	}
	collection, err := findCollection(ctx, bus)
	if err != nil {
		return Broken, err
	}
	if collection == nowhere {
		return NoKeyring, nil
	}
	var locked bool
	if err := property(ctx, bus, collection, collectionInterface, "Locked", &locked); err != nil {
		return Broken, err
	}
	if locked {
		return Locked, nil
	}
	return Ready, nil
}

// findCollection gives the path of the collection, nowhere if there is none.
func findCollection(ctx context.Context, bus *dbus.Conn) (dbus.ObjectPath, error) {
	var collections []dbus.ObjectPath
	if err := property(ctx, bus, servicePath, serviceInterface, "Collections", &collections); err != nil {
		return "", err
	}
	if slices.Contains(collections, loginCollection) {
		return loginCollection, nil
	}
	var found dbus.ObjectPath
	err := ask(ctx, bus.Object(serviceName, servicePath), serviceInterface+".ReadAlias", &found, "default")
	return found, err
}

func property(ctx context.Context, bus *dbus.Conn, path dbus.ObjectPath, of, name string, into any) error {
	var value dbus.Variant
	if err := ask(ctx, bus.Object(serviceName, path), "org.freedesktop.DBus.Properties.Get", &value, of, name); err != nil {
		return err
	}
	return value.Store(into) //nolint:wrapcheck // only whether there is one matters
}

func ask(ctx context.Context, object dbus.BusObject, method string, into any, args ...any) error {
	return object.CallWithContext(ctx, method, dbus.FlagNoAutoStart, args...).Store(into) //nolint:wrapcheck // as above
}

// meaning reads what go-keyring says of a Secret Service. For a collection that
// stayed locked it has one text, whether a question was dismissed or could not
// be shown; with a display it could.
func meaning(err error) error {
	var reply dbus.Error
	switch {
	case strings.HasPrefix(err.Error(), "failed to unlock correct collection"):
		if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
			return ErrLocked
		}
		return ErrDeclined
	case errors.As(err, &reply) && reply.Name == "org.freedesktop.Secret.Error.IsLocked":
		return ErrLocked
	case errors.As(err, &reply) && reply.Name == "org.freedesktop.DBus.Error.ServiceUnknown":
		return ErrAbsent
	}
	return nil
}
