//go:build unix

package audit

import (
	"errors"
	"os"
	"syscall"
)

// lock takes the file for this process and fails at once with errLocked if
// another has it. Closing the file, or the end of the process, gives it back;
// child processes do not inherit it.
func lock(file *os.File) error {
	err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return errLocked
	}
	return err //nolint:wrapcheck // the caller wraps
}
