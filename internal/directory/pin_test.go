package directory

import (
	"reflect"
	"testing"
	"time"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
)

func TestCountNewer(t *testing.T) {
	c := &clerk{newer: 14}
	n, err := New(c, c, fixed, c.ahead).CountNewer(t.Context(), newest)
	if err != nil || n != 14 {
		t.Fatalf("got %d, %v", n, err)
	}
	want := []clerkapi.UserFilter{{CreatedAfter: justBefore(noon)}}
	if !reflect.DeepEqual(c.counts, want) {
		t.Errorf("asked %+v, want %+v", c.counts, want)
	}
}

func TestCountNewerCountsWhatTheViewWouldShow(t *testing.T) {
	const address = "priya@meridian.org"
	after := justBefore(noon)
	whole, part := clerkapi.UserFilter{Emails: []string{address}}, clerkapi.UserFilter{EmailQuery: address}
	newerWhole, newerPart := whole, part
	newerWhole.CreatedAfter, newerPart.CreatedAfter = after, after
	tests := []struct {
		name, query string
		has         bool // somebody has the address
		asked       []clerkapi.UserFilter
		newer       int64
	}{
		{"somebody has the address", address, true, []clerkapi.UserFilter{whole, newerWhole}, 0},
		{"nobody has the address", address, false, []clerkapi.UserFilter{whole, newerPart}, 2},
		{"a part of an address", "email:" + address, true, []clerkapi.UserFilter{newerPart}, 2},
		{"an id", "user_1", true, nil, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, view := &clerk{n: 3, newer: 2, emails: map[string]bool{address: tt.has}}, newest
			view.Query = tt.query
			n, err := New(c, c, fixed, c.ahead).CountNewer(t.Context(), view)
			if err != nil || n != tt.newer || !reflect.DeepEqual(c.counts, tt.asked) {
				t.Errorf("got %d, %v after %+v", n, err, c.counts)
			}
		})
	}
	t.Run("Clerk is broken", func(t *testing.T) {
		c, view := &clerk{err: fault.New(fault.ClerkBroken, nil)}, newest
		view.Query = address
		if _, err := New(c, c, fixed, c.ahead).CountNewer(t.Context(), view); fault.CodeOf(err) != fault.ClerkBroken {
			t.Errorf("got %v", err)
		}
	})
}

func TestAViewIsPinnedByTheClockAtClerk(t *testing.T) {
	for _, skew := range []time.Duration{0, time.Hour, -time.Hour} {
		c := &clerk{skew: skew}
		if got := New(c, c, fixed, c.ahead).Now(); !got.Equal(noon.Add(skew)) {
			t.Errorf("pinned to %s, want %s", got, noon.Add(skew))
		}
	}
}

// TestAUserWhoIsNamedIsNotHiddenByThePin allows for a clock here that is behind. By it,
// a user who just signed up was created after the pin.
func TestAUserWhoIsNamedIsNotHiddenByThePin(t *testing.T) {
	before := day(2026, 1, 1)
	for query, want := range map[string]clerkapi.UserFilter{
		"user_1":                        {UserIDs: []string{"user_1"}},
		"id:user_1 id:user_2":           {UserIDs: []string{"user_1", "user_2"}},
		"id:user_1 created:<2026-01-01": {UserIDs: []string{"user_1"}, CreatedBefore: before},
		"ext:7":                         {ExternalIDs: []string{"7"}},
		"priya@meridian.org":            {Emails: []string{"priya@meridian.org"}},
		"email:priya@meridian.org":      {EmailQuery: "priya@meridian.org", CreatedBefore: noon},
		"priya":                         {Query: "priya", CreatedBefore: noon},
	} {
		t.Run(query, func(t *testing.T) {
			c, view := &clerk{n: 1, emails: map[string]bool{"priya@meridian.org": true}}, newest
			view.Query = query
			d := New(c, c, fixed, c.ahead)
			if _, err := d.Page(t.Context(), Request{View: view, Total: -1}); err != nil {
				t.Fatal(err)
			}
			if _, err := d.Count(t.Context(), view); err != nil {
				t.Fatal(err)
			}
			if got := []clerkapi.UserFilter{c.pages[0].Filter, c.counts[0]}; !reflect.DeepEqual(got, []clerkapi.UserFilter{want, want}) {
				t.Errorf("asked %+v, want %+v", got, want)
			}
		})
	}
}

func TestPinKeepsAnEarlierBound(t *testing.T) {
	view := newest
	view.Query = "created:<2026-01-01"
	c := &clerk{}
	if _, err := New(c, c, fixed, c.ahead).Page(t.Context(), Request{View: view, Total: -1}); err != nil {
		t.Fatal(err)
	}
	if got := c.pages[0].Filter.CreatedBefore; !got.Equal(day(2026, 1, 1)) {
		t.Errorf("bound is %v", got)
	}
}

// TestPagesAskAlikeWhileTheClockGoesOn: Clerk's cursor wants the same parameters.
func TestPagesAskAlikeWhileTheClockGoesOn(t *testing.T) {
	c, now := &clerk{n: 950}, noon
	d := New(c, c, func() time.Time { return now }, c.ahead)
	view := newest
	view.Query = "signed-in:<24h"
	for _, r := range []Request{{View: view, Total: -1}, {View: view, Index: 100, After: userID("user_850"), Total: -1}} {
		if _, err := d.Page(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		now = now.Add(time.Minute)
	}
	if _, err := d.Count(t.Context(), view); err != nil {
		t.Fatal(err)
	}
	want := clerkapi.UserFilter{LastSignInAfter: noon.Add(-24 * time.Hour), CreatedBefore: noon}
	asked := []clerkapi.UserFilter{c.pages[0].Filter, c.pages[1].Filter, c.counts[0]}
	if !reflect.DeepEqual(asked, []clerkapi.UserFilter{want, want, want}) {
		t.Errorf("asked %+v", asked)
	}
}

// TestDaysBeginWhereTheOperatorIs: the pin is a moment, without a place.
func TestDaysBeginWhereTheOperatorIs(t *testing.T) {
	tokyo := time.FixedZone("", 9*60*60)
	c := &clerk{}
	view := newest
	view.Query = "created:2026-01-31"
	if _, err := New(c, c, func() time.Time { return noon.In(tokyo) }, c.ahead).Page(t.Context(), Request{View: view, Total: -1}); err != nil {
		t.Fatal(err)
	}
	if got, want := c.pages[0].Filter.CreatedBefore, time.Date(2026, 2, 1, 0, 0, 0, 0, tokyo); !got.Equal(want) {
		t.Errorf("the day ends %s, want %s", got, want)
	}
}
