//go:build unix

package durable

import (
	"errors"
	"os"
	"syscall"
)

// TryLock takes the file for this process and fails at once with ErrLocked if
// another has it. Closing the file, or the end of the process, gives it back;
// child processes do not inherit it.
func TryLock(file *os.File) error {
	err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return ErrLocked
	}
	return err //nolint:wrapcheck // the caller wraps
}
