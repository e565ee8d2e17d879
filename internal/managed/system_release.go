//go:build !e2e

package managed

// System is where the policy of this computer is. Nothing that a user may
// change has a say in it.
func System() (File, error) { return system() }
