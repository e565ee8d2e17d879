//go:build unix

package browser

import (
	"os/exec"

	"understudy/internal/fault"
)

// openDefault gives an address to the default browser, which is no
// child of this program: it may start the browser, or tell one that runs.
func (b *Browsers) openDefault(address string) (*process, error) {
	program, args := systemCommand(b.Computer.OS, address)
	file, err := exec.LookPath(program)
	if err != nil {
		return nil, fault.New(fault.BrowserMissing, errUnknown)
	}
	passing, err := pass(file, args)
	if err != nil {
		return nil, fault.New(fault.BrowserFailed, err)
	}
	return passing, nil
}
