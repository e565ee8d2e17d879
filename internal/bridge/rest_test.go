package bridge_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"understudy/internal/bridge"
)

// The clock stands still but for what is waited for.
func TestARequestRestsUntilItsTime(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		after func(now time.Time) int64
		want  time.Duration
	}{
		"at once":                 {func(time.Time) int64 { return 0 }, 0},
		"while typing rests":      {func(now time.Time) int64 { return now.Add(200 * time.Millisecond).UnixMilli() }, 200 * time.Millisecond},
		"a time that has passed":  {func(now time.Time) int64 { return now.Add(-time.Hour).UnixMilli() }, 0},
		"the clock was set back":  {func(now time.Time) int64 { return now.Add(time.Hour).UnixMilli() }, time.Second},
		"a time before all times": {func(time.Time) int64 { return -1 << 63 }, 0},
		"a time after all times":  {func(time.Time) int64 { return 1<<63 - 1 }, time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				if err := (bridge.UsersRequest{NotBefore: c.after(began)}).Rest(t.Context(), began); err != nil {
					t.Fatal(err)
				}
				if rested := time.Since(began); rested != c.want {
					t.Errorf("rested %v, want %v", rested, c.want)
				}
			})
		})
	}
}

func TestARequestThatIsCancelledDoesNotRest(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(50*time.Millisecond, cancel)
		began := time.Now()
		err := bridge.UsersRequest{NotBefore: began.Add(200 * time.Millisecond).UnixMilli()}.Rest(ctx, began)
		if rested := time.Since(began); !errors.Is(err, context.Canceled) || rested != 50*time.Millisecond {
			t.Errorf("%v after %v", err, rested)
		}
	})
}
