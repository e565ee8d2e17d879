// Package window holds the test of the real thing: the program as it is
// released, in a real window, with a real keychain, driven through the
// accessibility tree against the stand-in for Clerk. It runs inside a desktop
// session of its own: go run ./build test -only 'real window'.
package window
