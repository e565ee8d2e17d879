package instances

import (
	"context"
	"os"

	"understudy/internal/fault"
	"understudy/internal/secret"
	"understudy/internal/sentence"
	"understudy/internal/workspace"
)

// ConnectFromClipboard connects with the key on the clipboard and wipes it from
// there once it is kept, unless something else was copied meanwhile. A key that
// the keychain did not take stays there until [Manager.HoldInMemory].
func (m *Manager) ConnectFromClipboard(ctx context.Context) (*workspace.Workspace, error) {
	return pasted(ctx, m.config.Clipboard, m.Connect)
}

// pasted does something with a key on the clipboard, and wipes it from there if
// that worked, unless something else was copied meanwhile.
func pasted[T any](ctx context.Context, clipboard workspace.Clipboard, use func(ctx context.Context, key string) (T, error)) (T, error) {
	var nothing T
	key, err := clipboard.Read(ctx)
	if err != nil {
		return nothing, fault.New(fault.ClipboardFailed, nil)
	}
	result, err := use(ctx, key)
	if err != nil {
		return nothing, err
	}
	workspace.ClearIf(ctx, clipboard, func(now string) bool { return now == key })
	return result, nil
}

// isKey reports whether a text is that key, however it is wrapped.
func isKey(key secret.Key) func(text string) bool {
	return func(text string) bool {
		parsed, err := secret.ParseKey(text)
		return err == nil && parsed.Reveal() == key.Reveal()
	}
}

// maxKeyFile is far above any .env file.
const maxKeyFile = 1 << 20

// ConnectFromFile connects with the key in a text file, such as .env.
func (m *Manager) ConnectFromFile(ctx context.Context, path string) (*workspace.Workspace, error) {
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
		return fault.New(fault.KeyFile, err).Saying(sentence.Of("key_file.none"))
	case fault.KeyUnrecognized:
		if !failure.Said.IsZero() { // it says what is wrong with the key that is there
			return err
		}
		return fault.New(fault.KeyFile, err).Saying(sentence.Of("key_file.none"))
	case fault.KeySeveral:
		return failure.Saying(sentence.Of("key_several.file"))
	default:
		return err
	}
}
