package browser

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// birthOf tells a process from every other that ever had or will have its
// number: the moment at which it started (sysctl(3), kern.proc.pid).
func birthOf(pid int) (birth string, known bool) {
	info, err := unix.SysctlKinfoProc("kern.proc.pid", pid)
	const zombie = 5                                                               // SZOMB of sys/proc.h
	if err != nil || info.Proc.P_pid != int32(pid) || info.Proc.P_stat == zombie { //nolint:gosec // a pid fits
		return "", false
	}
	return fmt.Sprintf("%d.%06d", info.Proc.P_starttime.Sec, info.Proc.P_starttime.Usec), true
}
