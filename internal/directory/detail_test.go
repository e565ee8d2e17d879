package directory

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"understudy/internal/fault"
)

func TestRecentFetchesAgainAfterAMinute(t *testing.T) {
	c, now := &clerk{}, noon
	d := New(c, c, func() time.Time { return now }, c.ahead)
	for _, step := range []struct {
		after time.Duration
		gets  int
	}{{0, 1}, {59 * time.Second, 1}, {2 * time.Second, 2}, {-time.Hour, 3}} {
		now = now.Add(step.after)
		if _, err := d.Recent(t.Context(), userID("user_1"), time.Minute); err != nil {
			t.Fatal(err)
		}
		if c.gets != step.gets {
			t.Errorf("after %v: %d requests, want %d", step.after, c.gets, step.gets)
		}
	}
}

func TestRecentForgets(t *testing.T) {
	c := &clerk{}
	d := New(c, c, fixed, c.ahead)
	for i := range 3 * keepRecent {
		id := userID(fmt.Sprintf("user_%d", i))
		if _, err := d.Recent(t.Context(), id, time.Minute); err != nil {
			t.Fatal(err)
		}
		if _, err := d.RecentMemberships(t.Context(), id, time.Minute); err != nil {
			t.Fatal(err)
		}
	}
	if len(d.recent.known) > keepRecent || len(d.places.known) > keepRecent {
		t.Errorf("keeps %d users and the places of %d", len(d.recent.known), len(d.places.known))
	}
}

// TestDetailDoesNotWaitForMemberships: somebody in thousands of organizations is
// shown as soon as anybody else.
func TestDetailDoesNotWaitForMemberships(t *testing.T) {
	c := &clerk{noOrgs: fault.New(fault.ClerkForbidden, nil)}
	got, err := New(c, c, fixed, c.ahead).Detail(t.Context(), userID("user_1"))
	if err != nil || got.User.ID.String() != "user_1" || !got.At.Equal(noon) || c.asked != 0 {
		t.Errorf("got %+v, %v, with %d requests for memberships", got, err, c.asked)
	}
	c.err = errors.New("down")
	if _, err := New(c, c, fixed, c.ahead).Detail(t.Context(), userID("user_1")); !errors.Is(err, c.err) {
		t.Errorf("got %v", err)
	}
}

func TestRecentMemberships(t *testing.T) {
	c, now := &clerk{}, noon
	d := New(c, c, func() time.Time { return now }, c.ahead)
	for _, step := range []struct {
		after time.Duration
		asked int
	}{{0, 1}, {59 * time.Second, 1}, {2 * time.Second, 2}, {-time.Hour, 3}} {
		now = now.Add(step.after)
		all, err := d.RecentMemberships(t.Context(), userID("user_1"), time.Minute)
		if err != nil || len(all) != 1 || c.asked != step.asked || c.gets != 0 {
			t.Errorf("after %v: got %v, %v in %d requests", step.after, all, err, c.asked)
		}
	}
	c.noOrgs = fault.New(fault.ClerkForbidden, nil)
	if _, err := d.RecentMemberships(t.Context(), userID("user_2"), time.Minute); fault.CodeOf(err) != fault.ClerkForbidden {
		t.Errorf("got %v: unknown is not none", err)
	}
	c.noOrgs = nil
	if all, err := d.RecentMemberships(t.Context(), userID("user_2"), time.Minute); err != nil || len(all) != 1 {
		t.Errorf("got %v, %v after Clerk knows them again", all, err)
	}
}
