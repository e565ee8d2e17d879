package durable_test

import (
	"io/fs"
	"testing"
)

// wantMode has nothing to compare: Windows keeps no such bits.
func wantMode(*testing.T, string, fs.FileMode) {}
