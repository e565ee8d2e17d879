package desktop

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
)

// IgnoreRelativeFolders takes away the folders that are not absolute, as
// https://specifications.freedesktop.org/basedir-spec/latest/ asks, and says so:
// somebody meant something by them. Elsewhere than on Linux nothing reads them.
func IgnoreRelativeFolders(program string, errs io.Writer) {
	if runtime.GOOS != "linux" {
		return
	}
	for _, variable := range []string{"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"} {
		dir := os.Getenv(variable)
		if dir == "" || filepath.IsAbs(dir) {
			continue
		}
		_, _ = fmt.Fprintf(errs, "%s: %s is not an absolute path and is ignored.\n", program, variable)
		_ = os.Unsetenv(variable) // fails for names alone that no variable has
	}
}

// DataDir is where a program keeps what is neither a setting nor a cache:
// os has no function for it. Sources: the XDG base directory specification,
// Apple's File System Programming Guide, Microsoft's Known Folders.
func DataDir() (string, error) {
	if runtime.GOOS != "linux" {
		if dir := os.Getenv("LOCALAPPDATA"); runtime.GOOS == "windows" && dir != "" {
			return dir, nil
		}
		return os.UserConfigDir() //nolint:wrapcheck // main says what it was for
	}
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return dir, nil
	}
	home, err := os.UserHomeDir()
	return filepath.Join(home, ".local", "share"), err
}
