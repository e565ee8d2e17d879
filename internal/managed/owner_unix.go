//go:build unix

package managed

import (
	"fmt"
	"os"
	"runtime"
	"syscall"
)

// root is the administrator on every unix.
const root = 0

// system is where the policy of this computer is.
func system() (File, error) { return File{Path: pathOn(runtime.GOOS, ""), Owner: root}, nil }

// trust refuses what somebody else than the owner may have written.
func (f File) trust(file *os.File, what string) error {
	info, err := file.Stat()
	if err != nil {
		return fmt.Errorf("look at the owner: %w", err)
	}
	const groupOrWorld = 0o022
	if info.Mode().Perm()&groupOrWorld != 0 {
		return placeError(what + " can be written by others than its owner")
	}
	if stat, ok := info.Sys().(*syscall.Stat_t); !ok || int(stat.Uid) != f.Owner {
		return placeError(what + " does not belong to the administrator")
	}
	return nil
}
