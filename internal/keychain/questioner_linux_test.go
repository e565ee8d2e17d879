//go:build realkeyring

package keychain_test

import (
	"testing"

	"github.com/godbus/dbus/v5"
)

// questioner is a Secret Service with one key, which asks a question that nobody
// answers before it gives it.
type questioner struct {
	bus    *dbus.Conn
	asked  chan struct{} // one for each question
	isOpen bool          // it needs to ask nothing
	silent chan struct{} // not nil: it does not even ask, until this is closed
}

const (
	questionPath = dbus.ObjectPath("/org/freedesktop/secrets/prompt/1")
	loginPath    = dbus.ObjectPath("/org/freedesktop/secrets/collection/login")
	itemPath     = dbus.ObjectPath("/org/freedesktop/secrets/collection/login/1")
	nothingThere = dbus.ObjectPath("/")
)

func startQuestioner(t *testing.T, q *questioner) *questioner {
	t.Helper()
	q.bus, q.asked = connect(t), make(chan struct{}, 10)
	tables := map[dbus.ObjectPath]map[string]map[string]any{
		"/org/freedesktop/secrets": {
			"org.freedesktop.Secret.Service": {
				"OpenSession": func(string, dbus.Variant) (dbus.Variant, dbus.ObjectPath, *dbus.Error) {
					return dbus.MakeVariant(""), "/org/freedesktop/secrets/session/1", nil
				},
				"Unlock": func(paths []dbus.ObjectPath) ([]dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
					if q.isOpen {
						return paths, nothingThere, nil
					}
					if q.silent != nil {
						q.asked <- struct{}{}
						<-q.silent
					}
					return nil, questionPath, nil
				},
			},
			"org.freedesktop.DBus.Properties": {
				"Get": func(string, string) (dbus.Variant, *dbus.Error) {
					return dbus.MakeVariant([]dbus.ObjectPath{loginPath}), nil
				},
			},
		},
		loginPath: {
			"org.freedesktop.Secret.Collection": {
				"SearchItems": func(map[string]string) ([]dbus.ObjectPath, *dbus.Error) {
					return []dbus.ObjectPath{itemPath}, nil
				},
			},
			"org.freedesktop.DBus.Properties": {
				"Get": func(string, string) (dbus.Variant, *dbus.Error) { return dbus.MakeVariant(!q.isOpen), nil },
			},
		},
		itemPath: {
			"org.freedesktop.Secret.Item": {
				"GetSecret": func(session dbus.ObjectPath) (storedSecret, *dbus.Error) {
					return storedSecret{session, []byte{}, []byte(`{"v":1,"key":"` + pasted + `"}`), "text/plain"}, nil
				},
			},
		},
		"/org/freedesktop/secrets/session/1": {
			"org.freedesktop.Secret.Session": {"Close": func() *dbus.Error { return nil }},
		},
		questionPath: {
			"org.freedesktop.Secret.Prompt": {
				"Prompt": func(string) *dbus.Error { q.asked <- struct{}{}; return nil },
			},
		},
	}
	for path, interfaces := range tables {
		for name, methods := range interfaces {
			if err := q.bus.ExportMethodTable(methods, path, name); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := q.bus.RequestName("org.freedesktop.secrets", dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	return q
}

type storedSecret struct {
	Session     dbus.ObjectPath
	Parameters  []byte
	Value       []byte
	ContentType string
}

// end leaves the bus as a process that is killed does.
func (q *questioner) end() { _ = q.bus.Close() }

// window is what GNOME Keyring asks for a password with. It shows nothing.
type window struct{ asked chan struct{} }

func startWindow(t *testing.T) window {
	t.Helper()
	w := window{make(chan struct{}, 10)}
	bus := connect(t)
	err := bus.ExportMethodTable(map[string]any{
		"BeginPrompting": func(dbus.ObjectPath) *dbus.Error { w.asked <- struct{}{}; return nil },
		"PerformPrompt":  func(dbus.ObjectPath, string, map[string]dbus.Variant, string) *dbus.Error { return nil },
		"StopPrompting":  func(dbus.ObjectPath) *dbus.Error { return nil },
	}, "/org/gnome/keyring/Prompter", "org.gnome.keyring.internal.Prompter")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := bus.RequestName("org.gnome.keyring.SystemPrompter", dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	return w
}
