package desktop

import (
	"bytes"
	"strings"
	"testing"

	"github.com/wailsapp/wails/v2/pkg/logger"
)

var _ logger.Logger = redactingLogger{}

func TestLoggerKeepsArgumentsAndSecretsOut(t *testing.T) {
	cases := map[string]struct{ message, want string }{
		"a failed call": {
			`process message error: C{"name":"main.App.GetUser","args":["user_1"]} -> boom`,
			"ERROR wails: process message error: C[redacted]\n",
		},
		"a key": {
			"failed with sk_live_abcdefgh", "ERROR wails: failed with [redacted]\n",
		},
		"a ticket": {
			"opening https://x.clerk.accounts.dev/v1/tickets/accept?ticket=abc now",
			"ERROR wails: opening https://x.clerk.accounts.dev/v1/tickets/accept?[redacted] now\n",
		},
		"a token":         {"got eyJhbGciOi.eyJzdWIi.c2ln back", "ERROR wails: got [redacted] back\n"},
		"an address":      {"no user ada@example.com found", "ERROR wails: no user [redacted] found\n"},
		"several lines":   {"one\r\ntwo", "ERROR wails: one  two\n"},
		"a harmless line": {"failed to init GTK", "ERROR wails: failed to init GTK\n"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			redactingLogger{&out}.Error(c.message)
			if out.String() != c.want {
				t.Errorf("logged %q, want %q", out.String(), c.want)
			}
		})
	}
}

func TestLoggerDropsWhatThePageCanTurnOn(t *testing.T) {
	var out bytes.Buffer
	l := redactingLogger{&out}
	l.Print("json call result data")
	l.Trace("json call result data")
	l.Debug("json call result data")
	if out.Len() != 0 {
		t.Errorf("logged %q, want nothing", out.String())
	}
	l.Info("one")
	l.Warning("two")
	l.Fatal("three")
	if got := strings.Count(out.String(), "\n"); got != 3 {
		t.Errorf("logged %d lines, want 3", got)
	}
}
