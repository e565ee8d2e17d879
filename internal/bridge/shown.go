package bridge

import (
	"sync"

	"understudy/internal/settings"
)

// Shown is what the window was given last of something that it saves as a whole.
// What it saves is compared with that: the rest is not the window's change, and
// another window may have changed it. The zero value was given nothing.
type Shown[T any] struct {
	mu   sync.Mutex
	last *T
}

// Keep notes what the window is given, and returns it.
func (s *Shown[T]) Keep(given T) T {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last = &given
	return given
}

// Last is what the window was given last; before that, what there is now.
func (s *Shown[T]) Last(now T) T {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last == nil {
		return now
	}
	return *s.last
}

// Apply makes the changes of the window to the preferences: where it differs from
// what it was shown.
func (s Settings) Apply(shown Settings, now *settings.Preferences) {
	settings.Patch(now, shown.preferences(), s.preferences())
}

// Apply makes the changes of the window to the rules of an instance: where it
// differs from what it was shown. What is managed is among it as it was shown.
func (r Rules) Apply(shown Rules, now *settings.Rules) {
	settings.Patch(now, shown.rules(), r.rules())
}
