package desktop

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestARelativeFolderIsIgnoredAndSaid: the XDG base directory specification says to
// ignore it. os.UserConfigDir fails instead, and the program would not start.
func TestARelativeFolderIsIgnoredAndSaid(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", "config")
	t.Setenv("XDG_DATA_HOME", "./data")
	t.Setenv("XDG_CACHE_HOME", filepath.Join(home, "cache"))
	var said strings.Builder
	IgnoreRelativeFolders("understudy", &said)
	const want = "understudy: XDG_CONFIG_HOME is not an absolute path and is ignored.\nunderstudy: XDG_DATA_HOME is not an absolute path and is ignored.\n"
	if said.String() != want {
		t.Errorf("said %q", said.String())
	}
	config, err := os.UserConfigDir()
	if err != nil || config != filepath.Join(home, ".config") {
		t.Errorf("settings in %q, %v", config, err)
	}
	data, err := DataDir()
	if err != nil || data != filepath.Join(home, ".local", "share") {
		t.Errorf("data in %q, %v", data, err)
	}
	if os.Getenv("XDG_CACHE_HOME") != filepath.Join(home, "cache") {
		t.Error("an absolute one is gone")
	}
}
