package browser

import (
	"golang.org/x/sys/windows"

	"understudy/internal/fault"
)

// openDefault calls ShellExecute
// (https://learn.microsoft.com/windows/win32/api/shellapi/nf-shellapi-shellexecutew):
// the handler of the address is asked directly, no command line is put together.
func (*Browsers) openDefault(address string) (*process, error) {
	verb, err := windows.UTF16PtrFromString("open")
	if err != nil {
		return nil, fault.New(fault.BrowserFailed, err)
	}
	target, err := windows.UTF16PtrFromString(address)
	if err != nil {
		return nil, fault.New(fault.BrowserFailed, err)
	}
	if err := windows.ShellExecute(0, verb, target, nil, nil, windows.SW_SHOWNORMAL); err != nil {
		return nil, fault.New(fault.BrowserFailed, err)
	}
	done := &process{exited: make(chan struct{})}
	close(done.exited)
	return done, nil
}
