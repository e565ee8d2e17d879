//go:build !linux

package presence

import "context"

// System has nobody to listen to: macOS and Windows tell only programs with a
// message loop of their own, which belongs to the window.
func System(context.Context, func()) {}
