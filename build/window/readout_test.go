//go:build window

package window

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// readout is what a screen reader says in the course of the main job: the place
// of the focus, what was announced, and the whole of a dialog.
type readout struct{ text strings.Builder }

// changing matches what differs between runs and machines: ports, times, dates,
// and the browsers that are installed.
var changing = regexp.MustCompile(`(?m)127\.0\.0\.1:\d+|\d+:\d\d|\d+ (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)$|^  radio button, .* New private .*\n`)

// add notes what is said once the window has come to rest: two answers alike. Lines
// that begin in one of some ways are left out.
func (r *readout) add(t *testing.T, s *screen, when string, leftOut ...string) {
	t.Helper()
	hear := func() string {
		lines := strings.Split(changing.ReplaceAllString(s.do(t, "heard", "", ""), ""), "\n")
		return strings.Join(slices.DeleteFunc(lines, func(line string) bool {
			return slices.ContainsFunc(leftOut, func(way string) bool { return strings.HasPrefix(line, way) })
		}), "\n")
	}
	before, now := "", hear()
	eventually(t, func() bool {
		before, now = now, hear()
		return before == now
	}, func() string { return "the window does not come to rest:\n" + now })
	r.text.WriteString("# " + when + "\n" + now + "\n\n")
}

// compare fails unless the read-out is the one that was read and found good. It
// leaves the new one where it can be read and taken.
func (r *readout) compare(t *testing.T) {
	kept, made := filepath.Join("testdata", "readout.txt"), filepath.Join("..", ".cache", "readout.txt")
	want, err := os.ReadFile(kept)
	if err != nil {
		t.Fatal(err)
	}
	got := r.text.String()
	if got == string(want) {
		return
	}
	if err := os.WriteFile(made, []byte(got), 0o644); err != nil {
		t.Error(err)
	}
	t.Errorf("a screen reader is told\n%s\nand not what is in %s: read %s, and take it if it is right", got, kept, made)
}
