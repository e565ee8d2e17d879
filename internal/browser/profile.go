package browser

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"understudy/internal/durable"
)

// marker is the file that tells a profile folder of this program from anything
// else, see [mark]. As long as the browser runs it is locked, where the OS lets a
// lock be inherited.
const marker = ".understudy-profile"

// mark is what a marker says, in a line each: when the folder was made, for which
// impersonation, and once the browser was started its process with its birth.
type mark struct {
	made          time.Time
	impersonation string
	pid           int    // 0 before the start
	birth         string // see birthOf
}

// old is the age from which a folder may be swept. It is more than the longest
// link and the longest session take together, so nobody is signed in there.
const old = 2 * time.Hour

// profile is a folder for one window of one browser.
type profile struct {
	base, name string
	marker     *os.File // open and locked; nil of an earlier run's
}

func (p *profile) dir() string { return filepath.Join(p.base, p.name) }

// newProfile makes a folder for an impersonation, with those files, below base,
// for this user only.
func newProfile(base, impersonation string, files map[string]string, random io.Reader, now time.Time) (*profile, error) {
	var id [8]byte
	if _, err := io.ReadFull(random, id[:]); err != nil {
		return nil, fmt.Errorf("profile name: %w", err)
	}
	if err := os.MkdirAll(base, 0o700); err != nil {
		return nil, fmt.Errorf("profile root: %w", err)
	}
	if err := os.Chmod(base, 0o700); err != nil { //nolint:gosec // a folder needs the x bit
		return nil, fmt.Errorf("profile root: %w", err)
	}
	root, err := durable.OpenFolder(base)
	if err != nil {
		return nil, fmt.Errorf("profile root: %w", err)
	}
	defer func() { _ = root.Close() }()
	p := &profile{base: base, name: hex.EncodeToString(id[:])}
	if err := root.Mkdir(p.name, 0o700); err != nil {
		return nil, fmt.Errorf("profile folder: %w", err)
	}
	if err := p.fill(root, impersonation, files, now); err != nil {
		return nil, errors.Join(err, root.RemoveAll(p.name))
	}
	return p, nil
}

// fill writes what a new folder holds, the marker first.
func (p *profile) fill(root *os.Root, impersonation string, files map[string]string, now time.Time) error {
	file, err := root.OpenFile(filepath.Join(p.name, marker), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("profile marker: %w", err)
	}
	_, err = fmt.Fprintf(file, "%s\n%s\n", now.UTC().Format(time.RFC3339), impersonation)
	if err == nil {
		err = lock(file)
	}
	for name, content := range files {
		path := filepath.Join(p.name, name)
		err = errors.Join(err, root.MkdirAll(filepath.Dir(path), 0o700), writeNew(root, path, content))
	}
	if err != nil {
		return errors.Join(fmt.Errorf("profile files: %w", err), file.Close())
	}
	p.marker = file
	return nil
}

// writeNew writes a file that is not there yet.
func writeNew(root *os.Root, name, content string) error {
	file, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err //nolint:wrapcheck // fill wraps
	}
	_, err = file.WriteString(content)
	return errors.Join(err, file.Close())
}

// runs notes which process the folder's browser is, for a run that comes after
// this one. Without it that run can only wait for the browser to end.
func (p *profile) runs(pid int) {
	if birth, known := birthOf(pid); known {
		_, _ = fmt.Fprintf(p.marker, "%d %s\n", pid, birth)
	}
}

// release gives up the hold on the folder, and reports whether a browser still
// holds it. A browser can outlive the process that it was started with.
func (p *profile) release() (inUse bool) {
	_ = p.marker.Close() // Windows removes no open file
	root, err := durable.OpenFolder(p.base)
	if err != nil {
		return false
	}
	defer func() { _ = root.Close() }()
	return isInUse(root, p.name)
}

// wipe removes a released folder once its browser is gone. Processes that a browser
// leaves running, or a virus scanner that is reading, may prevent that at first.
// So wipe tries for some seconds and then leaves the folder to the next sweep.
func (p *profile) wipe(after func(time.Duration) <-chan time.Time) {
	const attempts, longest = 8, 2 * time.Second
	wait := 50 * time.Millisecond
	for range attempts {
		if removeProfile(p.base, p.name) == nil {
			return
		}
		<-after(wait)
		wait = min(2*wait, longest)
	}
}

// removeProfile removes a folder below base and nothing outside of it, whatever
// links there are inside. The marker goes last, so that what is left after a
// failure is known as a profile still.
func removeProfile(base, name string) error {
	root, err := durable.OpenFolder(base)
	if err != nil {
		return fmt.Errorf("profile root: %w", err)
	}
	defer func() { _ = root.Close() }()
	entries, err := fs.ReadDir(root.FS(), name)
	if err != nil {
		return fmt.Errorf("profile folder: %w", err)
	}
	for _, entry := range entries {
		if entry.Name() != marker {
			err = errors.Join(err, root.RemoveAll(filepath.Join(name, entry.Name())))
		}
	}
	if err != nil {
		return fmt.Errorf("profile content: %w", err)
	}
	if err := root.RemoveAll(name); err != nil {
		return fmt.Errorf("profile folder: %w", err)
	}
	return nil
}

// sweep removes the profile folders in base that are marked, old and not in use. It
// leaves folders that cannot be removed now to the next sweep.
func sweep(base string, now time.Time) {
	root, err := durable.OpenFolder(base)
	if err != nil {
		return // no browser ever had a profile here
	}
	defer func() { _ = root.Close() }()
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return
	}
	for _, entry := range entries {
		found, marked := readMark(root, entry.Name())
		if marked && now.Sub(found.made) >= old && !isInUse(root, entry.Name()) {
			_ = removeProfile(base, entry.Name())
		}
	}
}

// readMark reads the marker of a profile folder. It reports false for what is
// none.
func readMark(root *os.Root, name string) (mark, bool) {
	file, err := durable.OpenRegularIn(root, filepath.Join(name, marker))
	if err != nil {
		return mark{}, false
	}
	defer func() { _ = file.Close() }() // only read
	content, err := io.ReadAll(file)
	if err != nil {
		return mark{}, false
	}
	lines := append(strings.Split(string(content), "\n"), "", "", "")
	made, err := time.Parse(time.RFC3339, lines[0])
	found := mark{made: made, impersonation: lines[1]}
	pid, birth, _ := strings.Cut(lines[2], " ")
	if number, err := strconv.Atoi(pid); err == nil && number > 1 {
		found.pid, found.birth = number, birth
	}
	return found, err == nil
}
