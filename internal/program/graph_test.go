package program

import (
	"slices"
	"testing"

	"understudy/internal/held"
	"understudy/internal/impersonation"
)

type emitted []string

func (e *emitted) Emit(name, data string) { *e = append(*e, name+": "+data) }

func TestTheMarkOfAPageBringsTheWindowForward(t *testing.T) {
	var done emitted
	out := ports{events: &done, raise: func() { done = append(done, "raised") }}
	out.ask("imp_1", held.AskPath, impersonation.Place{Host: "app.acme.com", Path: "/api/search"})
	if want := []string{"raised", "asked: imp_1 path app.acme.com /api/search"}; !slices.Equal(done, want) {
		t.Errorf("got %q", done)
	}
}
