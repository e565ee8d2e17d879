package secret

import (
	"errors"
	"fmt"

	"golang.org/x/sys/unix"
)

// Protect keeps the memory of this program from other programs of the same user:
// none of them can attach to it or read /proc/PID/mem (PR_SET_DUMPABLE(2const)),
// and no core dump is written. Programs that it starts can be attached to again.
// Root can read everything still.
func Protect() error {
	none := unix.Rlimit{}
	if err := errors.Join(unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0), unix.Setrlimit(unix.RLIMIT_CORE, &none)); err != nil {
		return fmt.Errorf("protect the memory: %w", err)
	}
	return nil
}
