package workspace

import (
	"context"
	"strings"

	"understudy/internal/fault"
	"understudy/internal/secret"
)

// Clipboard is the system clipboard, as text.
type Clipboard interface {
	Read(ctx context.Context) (string, error)
	Write(ctx context.Context, text string) error
}

// ClearIf wipes the clipboard if what it holds now is what was put there.
// Failing to is no failure of what was done before.
func ClearIf(ctx context.Context, clipboard Clipboard, isOurs func(text string) bool) {
	if now, err := clipboard.Read(ctx); err == nil && isOurs(now) {
		_ = clipboard.Write(ctx, "")
	}
}

// copiedPage stands in the place of a browser: it copies the address of a page and
// forgets it again. Another program that reads it there can open the page, but the
// answer comes to this program, which takes it from this user's connections alone.
type copiedPage struct {
	clipboard Clipboard
	address   string
}

// OpenUnseen puts the address on the clipboard.
func (p *copiedPage) OpenUnseen(ctx context.Context, address string, _ func()) error {
	p.address = address
	if err := p.clipboard.Write(ctx, address); err != nil {
		return fault.New(fault.ClipboardFailed, nil)
	}
	return nil
}

// clear wipes the clipboard if it still holds the address.
func (p *copiedPage) clear(ctx context.Context) {
	if p.address != "" {
		ClearIf(ctx, p.clipboard, func(now string) bool { return strings.TrimSpace(now) == p.address })
	}
}

// tickets lets impersonations copy a ticket and forget it again.
type tickets struct{ clipboard Clipboard }

// WriteTicket puts the ticket URL on the clipboard.
func (t tickets) WriteTicket(ctx context.Context, ticket secret.TicketURL) error {
	if err := t.clipboard.Write(ctx, ticket.Reveal()); err != nil {
		return fault.New(fault.ClipboardFailed, nil)
	}
	return nil
}

// ClearTicket wipes the clipboard if it still holds the ticket URL.
func (t tickets) ClearTicket(ctx context.Context, ticket secret.TicketURL) {
	if !ticket.IsZero() {
		ClearIf(ctx, t.clipboard, func(now string) bool { return strings.TrimSpace(now) == ticket.Reveal() })
	}
}
