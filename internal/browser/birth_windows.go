package browser

import (
	"strconv"

	"golang.org/x/sys/windows"
)

// birthOf tells a process from every other that ever had or will have its
// number: the moment at which it was created (GetProcessTimes), in steps of
// 100 ns. It is not known of one that has ended.
func birthOf(pid int) (birth string, known bool) {
	process, err := windows.OpenProcess(windows.PROCESS_QUERY_LIMITED_INFORMATION|windows.SYNCHRONIZE, false, uint32(pid)) //nolint:gosec // a pid fits
	if err != nil {
		return "", false
	}
	defer func() { _ = windows.CloseHandle(process) }()
	if state, err := windows.WaitForSingleObject(process, 0); err != nil || state != uint32(windows.WAIT_TIMEOUT) {
		return "", false
	}
	var created, exited, kernel, user windows.Filetime
	if err := windows.GetProcessTimes(process, &created, &exited, &kernel, &user); err != nil {
		return "", false
	}
	return strconv.FormatInt(created.Nanoseconds(), 10), true
}
