package workspace

import (
	"context"
	"os"
	"strings"

	"understudy/internal/fault"
	"understudy/internal/secret"
)

// Clipboard is the system clipboard, as text.
type Clipboard interface {
	Read(ctx context.Context) (string, error)
	Write(ctx context.Context, text string) error
}

// ConnectFromClipboard connects with the key on the clipboard and wipes it from
// there once it is kept, unless something else was copied meanwhile.
func (m *Manager) ConnectFromClipboard(ctx context.Context) (*Workspace, error) {
	pasted, err := m.config.Clipboard.Read(ctx)
	if err != nil {
		return nil, fault.New(fault.ClipboardFailed, nil)
	}
	w, err := m.Connect(ctx, pasted)
	if err != nil {
		return nil, err
	}
	clearIfStill(ctx, m.config.Clipboard, pasted)
	return w, nil
}

// maxKeyFile is far above any .env file.
const maxKeyFile = 1 << 20

// ConnectFromFile connects with the key in a text file, such as .env.
func (m *Manager) ConnectFromFile(ctx context.Context, path string) (*Workspace, error) {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxKeyFile {
		return nil, fault.New(fault.KeyFile, err)
	}
	text, err := os.ReadFile(path) //nolint:gosec // the operator chose the file
	if err != nil {
		return nil, fault.New(fault.KeyFile, err)
	}
	return m.Connect(ctx, string(text))
}

// clearIfStill wipes the clipboard if it holds just that text. Failing to is
// no failure of what was done before: the operator copied it there.
func clearIfStill(ctx context.Context, clipboard Clipboard, text string) {
	if now, err := clipboard.Read(ctx); err == nil && strings.TrimSpace(now) == strings.TrimSpace(text) {
		_ = clipboard.Write(ctx, "")
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
		clearIfStill(ctx, t.clipboard, ticket.Reveal())
	}
}
