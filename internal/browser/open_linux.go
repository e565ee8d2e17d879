package browser

import "understudy/internal/secret"

// openDefault asks the desktop (xdg-open(1), part of xdg-utils).
func (b *Browsers) openDefault(ticket secret.TicketURL) error {
	return b.run("xdg-open", ticket.Reveal())
}
