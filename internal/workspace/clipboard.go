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
// there once it is kept, unless something else was copied meanwhile. A key that
// the keychain did not take stays there until [Manager.HoldInMemory].
func (m *Manager) ConnectFromClipboard(ctx context.Context) (*Workspace, error) {
	return pasted(ctx, m.config.Clipboard, m.Connect)
}

// pasted does something with a key on the clipboard, and wipes it from there if
// that worked, unless something else was copied meanwhile.
func pasted[T any](ctx context.Context, clipboard Clipboard, use func(ctx context.Context, key string) (T, error)) (T, error) {
	var nothing T
	key, err := clipboard.Read(ctx)
	if err != nil {
		return nothing, fault.New(fault.ClipboardFailed, nil)
	}
	result, err := use(ctx, key)
	if err != nil {
		return nothing, err
	}
	clearIf(ctx, clipboard, func(now string) bool { return now == key })
	return result, nil
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
	w, err := m.Connect(ctx, string(text))
	return w, aboutFile(err)
}

// aboutFile says of a file what is said of the clipboard otherwise.
func aboutFile(err error) error {
	switch failure := fault.From(err); fault.CodeOf(err) {
	case fault.KeyMissing:
		return fault.New(fault.KeyFile, err).WithMessage("There is no secret key in that file.")
	case fault.KeyUnrecognized:
		if failure.Message != "" { // it says what is wrong with the key that is there
			return err
		}
		return fault.New(fault.KeyFile, err).WithMessage("There is no secret key in that file.")
	case fault.KeySeveral:
		return failure.WithMessage("There is more than one secret key in that file.")
	default:
		return err
	}
}

// clearIf wipes the clipboard if what it holds now is what was put there.
// Failing to is no failure of what was done before.
func clearIf(ctx context.Context, clipboard Clipboard, isOurs func(text string) bool) {
	if now, err := clipboard.Read(ctx); err == nil && isOurs(now) {
		_ = clipboard.Write(ctx, "")
	}
}

// isKey reports whether a text is that key, however it is wrapped.
func isKey(key secret.Key) func(text string) bool {
	return func(text string) bool {
		parsed, err := secret.ParseKey(text)
		return err == nil && parsed.Reveal() == key.Reveal()
	}
}

// copiedPage stands in the place of a browser: it copies the address of a page and
// forgets it again. Whoever else reads it there can open the page, but the answer
// comes back to this program, which takes it from this user's connections alone.
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
		clearIf(ctx, p.clipboard, func(now string) bool { return strings.TrimSpace(now) == p.address })
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
		clearIf(ctx, t.clipboard, func(now string) bool { return strings.TrimSpace(now) == ticket.Reveal() })
	}
}
