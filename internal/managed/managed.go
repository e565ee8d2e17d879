// Package managed reads the settings that an administrator deploys for all who use
// a computer. They are a JSON file at a place that only an administrator can write
// to ([System]). policy.schema.json publishes its form.
//
// A file that is there counts, or the program does not start. A file that is broken,
// that cannot be read, or that somebody else may have written is never taken for
// none.
package managed

import (
	_ "embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"understudy/internal/fault"
	"understudy/internal/sentence"
	"understudy/internal/settings"
)

//go:embed policy.schema.json
var schema string

// Schema is the JSON Schema (2020-12) of the file.
func Schema() string { return schema }

// maxFile is the most bytes of a file that is taken for a policy.
const maxFile = 1 << 20

// File is where the policy is, and who alone may have written it.
type File struct {
	Path string
	// Owner is the user id that file and folder must belong to. Windows has none:
	// there they must belong to the administrators or the system.
	Owner int
}

// Load reads the policy; without a file it manages nothing. The failure is
// fault.PolicyUnusable and says where in the file it is.
func (f File) Load() (settings.Managed, error) {
	content, err := f.read()
	if errors.Is(err, fs.ErrNotExist) {
		return settings.Managed{}, nil
	}
	var managed settings.Managed
	if err == nil {
		managed, err = Parse(content)
	}
	if err != nil {
		return settings.Managed{}, fault.New(fault.PolicyUnusable, err).
			Saying(sentence.Of("policy_unusable.file", "file", f.Path, "problem", reason(err)))
	}
	return managed, nil
}

// ParseFile reads a policy that is not deployed yet, whoever wrote it.
func ParseFile(path string) (settings.Managed, error) {
	file, err := open(path)
	if err != nil {
		return settings.Managed{}, err
	}
	defer func() { _ = file.Close() }() // only read
	content, err := contentOf(file)
	if err != nil {
		return settings.Managed{}, err
	}
	return Parse(content)
}

// read gives the content, or fs.ErrNotExist if there is neither file nor folder.
func (f File) read() ([]byte, error) {
	file, err := open(f.Path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // only read
	target, err := filepath.EvalSymlinks(f.Path)
	if err != nil {
		return nil, fmt.Errorf("follow the policy file: %w", err)
	}
	// Somebody who can write to a folder can replace the files in it.
	for _, folder := range []string{filepath.Dir(f.Path), filepath.Dir(target)} {
		if err := f.trustFolder(folder); err != nil {
			return nil, err
		}
	}
	if err := f.trust(file, "it"); err != nil {
		return nil, err
	}
	return contentOf(file)
}

func (f File) trustFolder(path string) error {
	folder, err := os.Open(path) //nolint:gosec // the folder of the policy
	if err != nil {
		return fmt.Errorf("open the policy folder: %w", err)
	}
	defer func() { _ = folder.Close() }() // only looked at
	return f.trust(folder, "its folder")
}

// open opens a regular file. It refuses anything else before it opens it, because to
// open a pipe would wait for ever.
func open(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("look for the policy: %w", err)
	}
	if !info.Mode().IsRegular() {
		return nil, errNotRegular
	}
	file, err := os.Open(path) //nolint:gosec // where the policy is
	if err != nil {
		return nil, fmt.Errorf("open the policy: %w", err)
	}
	return file, nil
}

func contentOf(file *os.File) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read the policy: %w", err)
	case len(content) > maxFile:
		return nil, errTooBig
	}
	return content, nil
}

// placeError is why a file is not taken, whatever is in it.
type placeError string

func (e placeError) Error() string { return string(e) }

const (
	errNotRegular = placeError("it is not a regular file")
	errTooBig     = placeError("it is larger than 1 MiB, far too large for a policy")
)

// reason says in a few words why a policy is not taken.
func reason(err error) string {
	var place placeError
	var content *ContentError
	switch {
	case errors.As(err, &place):
		return place.Error()
	case errors.As(err, &content):
		return content.Error()
	case errors.Is(err, fs.ErrPermission):
		return "it may not be read"
	default:
		return "it could not be read"
	}
}

// Reason says in a few words why [ParseFile] failed.
func Reason(err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return "there is no such file"
	}
	return reason(err)
}
