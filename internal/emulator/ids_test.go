package emulator

import (
	"regexp"
	"testing"
	"time"
)

func TestUserIDsLeadBackToTheirIndex(t *testing.T) {
	m := &idMaker{seed: 7}
	form := regexp.MustCompile(`^user_[0-9A-Za-z]{27}$`)
	for _, index := range []int{0, 1, 2, 61, 62, 2499, 99_999} {
		id := string(m.user(nil, index))
		if !form.MatchString(id) {
			t.Errorf("id %q of %d is not of Clerk's form", id, index)
		}
		if back, ok := m.index(id); !ok || back != index {
			t.Errorf("index of %q is %d, %t, want %d", id, back, ok, index)
		}
	}
	if last, ok := m.index(string(m.user(nil, maxUsers-1))); !ok || last != maxUsers-1 {
		t.Errorf("the last id leads to %d, %t", last, ok)
	}
}

func TestForeignIDsLeadNowhere(t *testing.T) {
	m := &idMaker{seed: 7}
	id := string(m.user(nil, 5))
	for name, foreign := range map[string]string{
		"empty":         "",
		"no prefix":     id[len(userTag):],
		"short":         id[:len(id)-1],
		"long":          id + "0",
		"other noise":   id[:len(id)-1] + "_",
		"of other seed": string((&idMaker{seed: 8}).user(nil, 5)),
		"before first":  "user_00000" + id[10:],
		"beyond last":   "user_zzzzz" + id[10:],
		"a path":        "user_../organizations",
	} {
		if index, ok := m.index(foreign); ok {
			t.Errorf("%s: %q leads to %d", name, foreign, index)
		}
	}
}

// A browser that kept a cookie of the run before must not meet a new session.
func TestAnotherRunMakesOtherIDs(t *testing.T) {
	clock := newClock()
	before := New(Config{Users: 1, Now: clock.now}).ids.fresh("client_")
	clock.advance(time.Minute)
	after := New(Config{Users: 1, Now: clock.now}).ids.fresh("client_")
	if before == after {
		t.Errorf("both runs made %s", after)
	}
}
