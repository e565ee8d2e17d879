//go:build unix

package browser

import (
	"os"
	"runtime"
)

// ThisComputer is the one that the program runs on.
func ThisComputer() Computer {
	home, err := os.UserHomeDir()
	if err != nil {
		home = "/nonexistent" // nothing is found there
	}
	return Computer{OS: runtime.GOOS, Home: home, Files: os.DirFS("/"), Env: os.Getenv}
}
