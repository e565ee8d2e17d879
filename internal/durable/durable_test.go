package durable_test

import (
	"os"
	"path/filepath"
	"testing"

	"understudy/internal/durable"
)

func TestPrivateDirClosesAnOpenFolder(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "a", "b")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := durable.PrivateDir(dir); err != nil {
		t.Fatal(err)
	}
	wantMode(t, dir, 0o700)
}

func TestReplace(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "settings.json")
	for _, content := range []string{"old, and longer", "new"} {
		if err := durable.Replace(path, []byte(content)); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(path)
		if err != nil || string(got) != content {
			t.Fatalf("read %q, %v", got, err)
		}
	}
	wantMode(t, path, 0o600)
	wantNames(t, dir, "settings.json")
}

func TestReplaceLeavesNothingWhenItFails(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "settings.json")
	if err := os.MkdirAll(filepath.Join(path, "in the way"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := durable.Replace(path, []byte("new")); err == nil {
		t.Fatal("replaced a folder")
	}
	wantNames(t, dir, "settings.json")
	if err := durable.Replace(filepath.Join(dir, "missing", "settings.json"), nil); err == nil {
		t.Fatal("wrote into a folder that does not exist")
	}
}

func wantNames(t *testing.T, dir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, entry := range entries {
		got = append(got, entry.Name())
	}
	if len(got) != len(want) || got[0] != want[0] {
		t.Errorf("folder holds %q, want %q", got, want)
	}
}
