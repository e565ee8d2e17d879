// Package journal keeps a trace of what happened, for those who look after
// Understudy: a bounded ring of JSON Lines in the data folder.
//
// A line says which call of the window ran, how long it took, how it failed, and
// what Clerk was asked meanwhile. It holds no key, ticket, address, name, reason
// or search text: only attributes of a list get in, and only values of the form
// that the list gives.
package journal

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"path/filepath"

	"understudy/internal/durable"
)

// Folder is where in the data folder the journal is.
const Folder = "journal"

// Journal is the journal of this computer's user. The zero value keeps nothing.
type Journal struct {
	dir     string
	handler slog.Handler
}

// New returns the journal in a folder, which its first line makes, for this user
// only. Every line goes to mirror too, which may be nil.
func New(dir string, mirror io.Writer) *Journal {
	var to io.Writer = &ring{dir: dir, limit: fileLimit}
	if mirror != nil {
		to = both{mirror, to}
	}
	return &Journal{dir: dir, handler: newHandler(to)}
}

// both writes into two places, into each also where the other one fails.
type both struct{ one, other io.Writer }

func (b both) Write(line []byte) (int, error) {
	_, err := b.one.Write(line)
	n, otherErr := b.other.Write(line)
	return n, errors.Join(err, otherErr)
}

// Mirror returns a journal that keeps nothing: its lines go to mirror, which may
// be nil. It is for the sample workspace, which leaves nothing on the disk.
func Mirror(mirror io.Writer) *Journal {
	if mirror == nil {
		return &Journal{}
	}
	return &Journal{handler: newHandler(mirror)}
}

// Logger returns what writes into the journal.
func (j *Journal) Logger() *slog.Logger {
	if j.handler == nil {
		return slog.New(slog.DiscardHandler)
	}
	return slog.New(j.handler)
}

// Lines returns the lines that are kept, oldest first, each a JSON object. The
// list is empty for a journal that keeps nothing.
func (j *Journal) Lines() ([]string, error) {
	lines := []string{}
	if j.dir == "" {
		return lines, nil
	}
	for _, name := range []string{olderFile, newerFile} {
		found, err := linesOf(filepath.Join(j.dir, name))
		if err != nil {
			return nil, fmt.Errorf("journal: %w", err)
		}
		lines = append(lines, found...)
	}
	return lines, nil
}

// LinesOf returns the lines of one call, oldest first.
func (j *Journal) LinesOf(call string) ([]string, error) {
	all, err := j.Lines()
	if err != nil {
		return nil, err
	}
	lines := []string{}
	for _, line := range all {
		var of struct {
			Call string `json:"call"`
		}
		if json.Unmarshal([]byte(line), &of) == nil && call != "" && of.Call == call {
			lines = append(lines, line)
		}
	}
	return lines, nil
}

// linesOf returns the whole lines of a file. A crash may have cut the last one.
func linesOf(path string) ([]string, error) {
	file, err := durable.OpenRegular(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	defer func() { _ = file.Close() }() // only read
	content, err := io.ReadAll(io.LimitReader(file, 2*fileLimit))
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	var lines []string
	for line := range bytes.Lines(content) {
		if json.Valid(line) {
			lines = append(lines, string(bytes.TrimSuffix(line, []byte("\n"))))
		}
	}
	return lines, nil
}

type callKey struct{}

// WithCall returns a context whose lines say that they belong to a call.
func WithCall(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, callKey{}, id)
}

// callOf is the call that a context belongs to, "" for none.
func callOf(ctx context.Context) string {
	id, _ := ctx.Value(callKey{}).(string)
	return id
}
