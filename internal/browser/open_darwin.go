package browser

import "understudy/internal/secret"

// openDefault asks Launch Services (open(1)).
func (b *Browsers) openDefault(ticket secret.TicketURL) error {
	return b.run("/usr/bin/open", ticket.Reveal())
}
