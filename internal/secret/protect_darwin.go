package secret

import (
	"errors"
	"fmt"

	"golang.org/x/sys/unix"
)

// Protect keeps debuggers from attaching to this program (PT_DENY_ATTACH in
// ptrace(2)) and core dumps from being written.
func Protect() error {
	none := unix.Rlimit{}
	if err := errors.Join(unix.PtraceDenyAttach(), unix.Setrlimit(unix.RLIMIT_CORE, &none)); err != nil {
		return fmt.Errorf("protect the memory: %w", err)
	}
	return nil
}
