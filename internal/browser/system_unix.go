//go:build unix

package browser

import (
	"os/exec"

	"understudy/internal/fault"
	"understudy/internal/secret"
)

// openDefault gives the address itself to the default browser, which is no
// child of this program: it may start the browser, or tell one that runs.
func (b *Browsers) openDefault(ticket secret.TicketURL) error {
	program, args := systemCommand(b.Computer.OS, ticket.Reveal())
	file, err := exec.LookPath(program)
	if err != nil {
		return fault.New(fault.BrowserMissing, errUnknown)
	}
	return b.run(file, args)
}
