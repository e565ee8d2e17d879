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

// Lock is [TryLock] that waits for another process, however long it takes. Nobody
// is passed over for long: the system wakes those who wait.
func Lock(file *os.File) error {
	for {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX)
		if !errors.Is(err, syscall.EINTR) {
			return err //nolint:wrapcheck // the caller wraps
		}
	}
}
