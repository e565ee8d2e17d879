package browser

import (
	"golang.org/x/sys/windows"

	"understudy/internal/fault"
	"understudy/internal/secret"
)

// openDefault calls ShellExecute
// (https://learn.microsoft.com/windows/win32/api/shellapi/nf-shellapi-shellexecutew):
// the handler of https is asked directly, no command line is put together.
func (*Browsers) openDefault(ticket secret.TicketURL) error {
	verb, err := windows.UTF16PtrFromString("open")
	if err != nil {
		return fault.New(fault.BrowserFailed, err)
	}
	address, err := windows.UTF16PtrFromString(ticket.Reveal())
	if err != nil {
		return fault.New(fault.BrowserFailed, err)
	}
	if err := windows.ShellExecute(0, verb, address, nil, nil, windows.SW_SHOWNORMAL); err != nil {
		return fault.New(fault.BrowserFailed, err)
	}
	return nil
}
