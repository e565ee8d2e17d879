package browser

import (
	"crypto/rand"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func made(t *testing.T, base string, at time.Time) *profile {
	t.Helper()
	p, err := newProfile(base, "rid", map[string]string{"user.js": "content"}, rand.Reader, at)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.marker.Close() })
	return p
}

// abandoned is a profile whose browser and program are gone.
func abandoned(t *testing.T, base string, at time.Time) *profile {
	t.Helper()
	p := made(t, base, at)
	if err := p.marker.Close(); err != nil {
		t.Fatal(err)
	}
	return p
}

func exists(t *testing.T, path string) bool {
	t.Helper()
	_, err := os.Lstat(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return err == nil
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestProfileHasWhatTheBrowserNeeds(t *testing.T) {
	base := filepath.Join(t.TempDir(), "data", "browsers")
	first, second := made(t, base, noon), made(t, base, noon)
	if first.dir() == second.dir() {
		t.Error("two windows share a folder")
	}
	if got, err := os.ReadFile(filepath.Join(first.dir(), "user.js")); string(got) != "content" {
		t.Errorf("user.js holds %q, %v", got, err)
	}
}

func TestProfileThatCannotBeMadeLeavesNothing(t *testing.T) {
	base := t.TempDir()
	if _, err := newProfile(base, "rid", nil, io.LimitReader(rand.Reader, 7), noon); err == nil {
		t.Error("made without a name")
	}
	if _, err := newProfile(base, "rid", map[string]string{marker + "/is a file": ""}, rand.Reader, noon); err == nil {
		t.Error("made without its files")
	}
	if left, err := os.ReadDir(base); len(left) > 0 || err != nil {
		t.Errorf("left behind: %v, %v", left, err)
	}
	write(t, filepath.Join(base, "file"), "")
	if _, err := newProfile(filepath.Join(base, "file"), "rid", nil, rand.Reader, noon); err == nil {
		t.Error("made within a file")
	}
}

func TestWipeRemovesTheFolderAndNothingElse(t *testing.T) {
	base, outside := t.TempDir(), t.TempDir()
	write(t, filepath.Join(outside, "precious"), "")
	p := made(t, base, noon)
	write(t, filepath.Join(p.dir(), "Default", "Cache", "data_0"), "x")
	if err := os.Symlink(outside, filepath.Join(p.dir(), "link")); err != nil {
		t.Fatal(err)
	}
	p.release()
	p.wipe(nil) // it takes no second attempt, so it needs no clock
	if exists(t, p.dir()) {
		t.Error("the folder is still there")
	}
	if !exists(t, filepath.Join(outside, "precious")) || !exists(t, base) {
		t.Error("more than the folder is gone")
	}
}

// shelf is a folder of profile folders.
type shelf struct {
	t    *testing.T
	base string
}

func TestSweep(t *testing.T) {
	long, short := noon.Add(-old), noon.Add(-old+time.Second)
	tests := []struct {
		name    string
		arrange func(s shelf) (path string)
		goes    bool
	}{
		{"an old profile", func(s shelf) string { return abandoned(s.t, s.base, long).dir() }, true},
		{"a young one", func(s shelf) string { return abandoned(s.t, s.base, short).dir() }, false},
		{"one of the future", func(s shelf) string { return abandoned(s.t, s.base, noon.Add(time.Hour)).dir() }, false},
		{"one in use", func(s shelf) string { return made(s.t, s.base, long).dir() }, false},
		{"a folder of the user's", func(s shelf) string {
			write(s.t, filepath.Join(s.base, "mine", "prefs.js"), "")
			return filepath.Join(s.base, "mine")
		}, false},
		{"a marker that says nothing", func(s shelf) string {
			write(s.t, filepath.Join(s.base, "odd", marker), "yesterday")
			return filepath.Join(s.base, "odd")
		}, false},
		{"a file", func(s shelf) string {
			write(s.t, filepath.Join(s.base, "file"), "")
			return filepath.Join(s.base, "file")
		}, false},
		{"a link to another folder", func(s shelf) string {
			elsewhere := abandoned(s.t, s.t.TempDir(), long).dir()
			if err := os.Symlink(elsewhere, filepath.Join(s.base, "link")); err != nil {
				s.t.Fatal(err)
			}
			return elsewhere
		}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			base := t.TempDir()
			path := tt.arrange(shelf{t, base})
			sweep(base, noon)
			if exists(t, path) == tt.goes {
				t.Errorf("is there: %v", !tt.goes)
			}
		})
	}
	sweep(filepath.Join(t.TempDir(), "never made"), noon)
}

func TestSweepKnowsTheFoldersOfConfinedBrowsers(t *testing.T) {
	c := Computer{OS: goosLinux, Home: t.TempDir(), Env: func(string) string { return "" }}
	var all []string
	for _, dir := range []string{"snap/firefox/common/understudy", "snap/chromium/common/understudy", ".var/app/com.google.Chrome/understudy"} {
		all = append(all, abandoned(t, filepath.Join(c.Home, dir), noon.Add(-old)).dir())
	}
	own := t.TempDir()
	all = append(all, abandoned(t, own, noon.Add(-old)).dir())
	New(Config{Computer: c, ProfileDir: own, Now: func() time.Time { return noon }}).Sweep()
	for _, dir := range all {
		if exists(t, dir) {
			t.Errorf("%s was not swept", dir)
		}
	}
}
