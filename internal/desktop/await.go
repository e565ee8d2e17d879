package desktop

import "context"

// await runs call once ready is closed and returns what it returns, or ctx's
// error if that ends first. Calls into the window system cannot be cancelled:
// an abandoned one finishes on its own and its result is dropped.
func await[T any](ctx context.Context, ready <-chan struct{}, call func() (T, error)) (T, error) {
	type outcome struct {
		value T
		err   error
	}
	done := make(chan outcome, 1)
	go func() {
		select {
		case <-ready:
			value, err := call()
			done <- outcome{value, err}
		case <-ctx.Done():
		}
	}()
	select {
	case o := <-done:
		return o.value, o.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err() //nolint:wrapcheck // callers compare it
	}
}
