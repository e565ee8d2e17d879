package directory

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
)

// slow answers when it is let, or fails when its context ends.
type slow struct {
	*clerk
	let chan struct{}
}

func (s slow) ListUsers(ctx context.Context, p clerkapi.UserPage) ([]clerkapi.User, error) {
	select {
	case <-s.let:
		return s.clerk.ListUsers(ctx, p)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func fetchAhead(t *testing.T, c *clerk) (*Directory, chan struct{}) {
	t.Helper()
	let := make(chan struct{})
	d := New(slow{c, let}, c, fixed, c.ahead)
	d.FetchAhead(t.Context())
	return d, let
}

func TestPageFetchedAhead(t *testing.T) {
	t.Parallel()
	first := Request{View: newest, Total: -1}
	t.Run("is handed out once, pinned to when it was asked for", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			c := &clerk{n: 950}
			d, let := fetchAhead(t, c)
			synctest.Wait()
			if _, ok := d.Arrived(); ok {
				t.Error("handed out before it was there")
			}
			close(let)
			synctest.Wait()
			page, ok := d.Arrived()
			if !ok || len(page.Rows) != PageSize || page.Rows[0].ID.String() != "user_949" || !page.PinnedAt.Equal(noon) {
				t.Errorf("got %d rows, pinned to %v, %v", len(page.Rows), page.PinnedAt, ok)
			}
			if _, ok := d.Arrived(); ok {
				t.Error("handed out twice")
			}
			if _, err := d.Page(t.Context(), first); err != nil || len(c.pages) != 2 {
				t.Errorf("%d requests, %v: the page after that is a new one", len(c.pages), err)
			}
		})
	})
	t.Run("is pinned by the clock at Clerk", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			d, let := fetchAhead(t, &clerk{n: 950, skew: time.Hour})
			close(let)
			synctest.Wait()
			if page, ok := d.Arrived(); !ok || !page.PinnedAt.Equal(noon.Add(time.Hour)) {
				t.Errorf("pinned to %v, %v", page.PinnedAt, ok)
			}
		})
	})
	t.Run("is waited for by who asks for it", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			c := &clerk{n: 950}
			d, let := fetchAhead(t, c)
			go func() {
				synctest.Wait()
				close(let)
			}()
			page, err := d.Page(t.Context(), first)
			if err != nil || len(page.Rows) != PageSize || len(c.pages) != 1 {
				t.Errorf("%d rows after %d requests, %v", len(page.Rows), len(c.pages), err)
			}
		})
	})
	t.Run("is no answer to another question", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			c := &clerk{n: 950}
			d, let := fetchAhead(t, c)
			close(let)
			synctest.Wait()
			page, err := d.Page(t.Context(), Request{View: newest, Index: 100, Total: -1})
			if err != nil || page.Rows[0].ID.String() != "user_849" {
				t.Errorf("got %v, %v", page.Rows[0].ID, err)
			}
		})
	})
	t.Run("tells its failure to who asks, and is asked for again", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			c := &clerk{n: 950, err: fault.New(fault.ClerkBroken, nil)}
			d, let := fetchAhead(t, c)
			close(let)
			synctest.Wait()
			if _, ok := d.Arrived(); ok {
				t.Error("a failure was handed out as a page")
			}
			_, err := d.Page(t.Context(), first)
			if fault.CodeOf(err) != fault.ClerkBroken || len(c.pages) != 1 {
				t.Errorf("got %v after %d requests", err, len(c.pages))
			}
			c.err = nil
			if _, err := d.Page(t.Context(), first); err != nil {
				t.Error(err)
			}
		})
	})
	t.Run("ends when nobody waits any more", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			d, _ := fetchAhead(t, &clerk{n: 950})
			ctx, cancel := context.WithCancel(t.Context())
			ahead := d.ahead
			go func() {
				synctest.Wait()
				cancel()
			}()
			_, err := d.Page(ctx, first)
			if fault.CodeOf(err) != fault.Canceled {
				t.Errorf("got %v", err)
			}
			<-ahead.done
		})
	})
}
