package instances

import (
	"testing"
	"time"

	"understudy/internal/emulator"
	"understudy/internal/impersonation"
)

func TestTheBrowserIsRememberedWithTheInstance(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	o.pickOperator(w)
	if got := w.Browser(); got != "" {
		t.Errorf("before the first ticket: %q", got)
	}
	i, err := w.Impersonations.Create(t.Context(), impersonation.Request{
		UserID: somebody(t, w).ID, LinkLife: time.Minute, SessionLength: 10 * time.Minute,
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.OpenTicket(t.Context(), i.ID, "firefox"); err != nil {
		t.Fatal(err)
	}
	o.restart()
	if w, err = o.manager.Select(t.Context(), w.Instance.ID); err != nil {
		t.Fatal(err)
	}
	if got := w.Browser(); got != "firefox" {
		t.Errorf("after a restart: %q", got)
	}
}
