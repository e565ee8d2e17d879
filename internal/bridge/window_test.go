package bridge

import (
	"slices"
	"testing"
)

// told is what the window tells, in order.
type told struct{ words []string }

func (t *told) Used()  { t.words = append(t.words, "used") }
func (t *told) Back()  { t.words = append(t.words, "back") }
func (t *told) Look()  { t.words = append(t.words, "look") }
func (t *told) Leave() { t.words = append(t.words, "leave") }
func (t *told) Stay()  { t.words = append(t.words, "stay") }
func (t *told) close() { t.words = append(t.words, "close") }

func TestCallsOfTheWindowArePassedOn(t *testing.T) {
	said := &told{}
	s := diagnosticsOf(t, "").Scope
	s.Presence, s.Closing, s.Close = said, said, said.close
	running, done := s.begin(t.Context(), "r")
	defer done()
	c := &WindowCalls{s}
	_, quit := c.Quit(false)
	for _, err := range []error{quit, c.StayOpen(), c.ReportUse(), c.Cancel("r")} {
		if err != nil {
			t.Error(err)
		}
	}
	if want := []string{"leave", "close", "stay", "used"}; !slices.Equal(said.words, want) || running.Err() == nil {
		t.Errorf("got %v, want %v; the call that was cancelled ends with %v", said.words, want, running.Err())
	}
}
