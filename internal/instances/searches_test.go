package instances

import (
	"slices"
	"strings"
	"testing"

	"understudy/internal/emulator"
	"understudy/internal/fault"
)

func TestSearchesAreKeptWithTheInstance(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	if _, err := w.RememberSearch("  lind   banned:no "); err != nil {
		t.Fatal(err)
	}
	if _, err := w.PinSearch("org:acme", true); err != nil {
		t.Fatal(err)
	}
	o.restart()
	w, err := o.manager.Select(t.Context(), w.Instance.ID)
	if err != nil {
		t.Fatal(err)
	}
	got := w.Searches()
	if !slices.Equal(got.Recent, []string{"lind banned:no"}) || !slices.Equal(got.Pinned, []string{"org:acme"}) {
		t.Errorf("got %+v", got)
	}
	if got, err = w.PinSearch("org:acme", false); err != nil || len(got.Pinned) != 0 {
		t.Errorf("unpinned: %+v, %v", got, err)
	}
	if got, err = w.ForgetSearches(); err != nil || len(got.Recent) != 0 {
		t.Errorf("forgotten: %+v, %v", got, err)
	}
	_, err = w.RememberSearch("locked:yes")
	expectCode(t, err, fault.SearchInvalid)
}

func TestSearchesOfTheSampleStayInMemory(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w, err := o.manager.ConnectSample(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got, err := w.RememberSearch("marker"); err != nil || !slices.Equal(got.Recent, []string{"marker"}) {
		t.Errorf("got %+v, %v", got, err)
	}
	if strings.Contains(o.files(), "marker") {
		t.Error("a search of the sample workspace is on the disk")
	}
}
