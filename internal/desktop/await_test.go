package desktop

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestAwait(t *testing.T) {
	open := make(chan struct{})
	close(open)

	t.Run("returns what the call returns", func(t *testing.T) {
		got, err := await(t.Context(), open, func() (string, error) { return "text", nil })
		if got != "text" || err != nil {
			t.Errorf("got %q, %v", got, err)
		}
	})
	t.Run("does not call before the window is ready", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			called := false
			_, err := await(ctx, make(chan struct{}), func() (string, error) { called = true; return "", nil })
			if !errors.Is(err, context.DeadlineExceeded) || called {
				t.Errorf("err = %v, called = %t", err, called)
			}
		})
	})
	t.Run("leaves a call that hangs", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			hang := make(chan struct{})
			defer close(hang)
			_, err := await(ctx, open, func() (string, error) { <-hang; return "late", nil })
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("err = %v", err)
			}
		})
	})
}
