package bridge

import (
	"context"
	"fmt"
	"time"
)

// longestRest bounds the wait for a request's time: the clock may be set meanwhile.
const longestRest = time.Second

// Rest waits until Clerk may be asked, or until ctx is done. now is the clock of
// this computer, which the window has as well.
func (r UsersRequest) Rest(ctx context.Context, now time.Time) error {
	if r.NotBefore == 0 {
		return nil
	}
	timer := time.NewTimer(min(time.UnixMilli(r.NotBefore).Sub(now), longestRest))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait for typing to rest: %w", ctx.Err())
	}
}
