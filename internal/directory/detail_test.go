package directory

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"understudy/internal/clerkapi"
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
		if _, err := d.Recent(t.Context(), "user_1", time.Minute); err != nil {
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
		if _, err := d.Recent(t.Context(), clerkapi.UserID(fmt.Sprintf("user_%d", i)), time.Minute); err != nil {
			t.Fatal(err)
		}
	}
	if len(d.recent) > keepRecent {
		t.Errorf("keeps %d users", len(d.recent))
	}
}

func TestDetail(t *testing.T) {
	c := &clerk{}
	got, err := New(c, c, fixed, c.ahead).Detail(t.Context(), "user_1")
	if err != nil || got.User.ID != "user_1" || len(got.Memberships) != 1 {
		t.Errorf("got %+v, %v", got, err)
	}
	c.err = errors.New("down")
	if _, err := New(c, c, fixed, c.ahead).Detail(t.Context(), "user_1"); !errors.Is(err, c.err) {
		t.Errorf("got %v", err)
	}
}

func TestDetailWithoutMemberships(t *testing.T) {
	t.Run("is partial", func(t *testing.T) {
		c := &clerk{noOrgs: fault.New(fault.ClerkForbidden, nil)}
		d := New(c, c, fixed, c.ahead)
		got, err := d.Detail(t.Context(), "user_1")
		if err != nil || got.User.ID != "user_1" || fault.CodeOf(got.Problem) != fault.ClerkForbidden {
			t.Errorf("got %+v, %v", got, err)
		}
		if user, err := d.Recent(t.Context(), "user_1", time.Minute); err != nil || user.ID != "user_1" {
			t.Errorf("got %+v, %v", user, err)
		}
		if _, err := d.RecentMemberships(t.Context(), "user_1", time.Minute); fault.CodeOf(err) != fault.ClerkForbidden {
			t.Errorf("got %v: unknown is not none", err)
		}
		c.noOrgs = nil
		if all, err := d.RecentMemberships(t.Context(), "user_1", time.Minute); err != nil || len(all) != 1 {
			t.Errorf("got %v, %v after Clerk knows them again", all, err)
		}
		if c.gets != 1 {
			t.Errorf("the user was fetched %d times", c.gets)
		}
	})
	t.Run("fails if the user is gone", func(t *testing.T) {
		c := &clerk{noOrgs: fault.New(fault.UserGone, nil)}
		if _, err := New(c, c, fixed, c.ahead).Detail(t.Context(), "user_1"); fault.CodeOf(err) != fault.UserGone {
			t.Errorf("got %v", err)
		}
	})
	t.Run("fails if nobody waits any more", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		c := &clerk{noOrgs: context.Canceled}
		if _, err := New(c, c, fixed, c.ahead).Detail(ctx, "user_1"); fault.CodeOf(err) != fault.Canceled {
			t.Errorf("got %v", err)
		}
	})
}

func TestRecentMemberships(t *testing.T) {
	c := &clerk{}
	d := New(c, c, fixed, c.ahead)
	for range 2 {
		if all, err := d.RecentMemberships(t.Context(), "user_1", time.Minute); err != nil || len(all) != 1 || c.gets != 1 {
			t.Errorf("got %v, %v after %d requests", all, err, c.gets)
		}
	}
	c.err = fault.New(fault.ClerkBroken, nil)
	if _, err := d.RecentMemberships(t.Context(), "user_2", time.Minute); fault.CodeOf(err) != fault.ClerkBroken {
		t.Errorf("got %v", err)
	}
}
