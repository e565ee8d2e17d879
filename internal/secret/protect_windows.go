package secret

// Protect does nothing: on Windows every program of a user can read the memory of
// the others, and what they could be denied their owner could grant them again.
func Protect() error { return nil }
