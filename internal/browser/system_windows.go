package browser

import (
	"golang.org/x/sys/windows"

	"understudy/internal/fault"
)

// openDefault calls ShellExecute
// (https://learn.microsoft.com/windows/win32/api/shellapi/nf-shellapi-shellexecutew):
// the handler of https is asked directly, no command line is put together.
func (*Browsers) openDefault(address string) error {
	verb, err := windows.UTF16PtrFromString("open")
	if err != nil {
		return fault.New(fault.BrowserFailed, err)
	}
	target, err := windows.UTF16PtrFromString(address)
	if err != nil {
		return fault.New(fault.BrowserFailed, err)
	}
	if err := windows.ShellExecute(0, verb, target, nil, nil, windows.SW_SHOWNORMAL); err != nil {
		return fault.New(fault.BrowserFailed, err)
	}
	return nil
}
