package browser

import (
	"io/fs"
	"os"
	"runtime"
	"strings"

	"golang.org/x/sys/windows/registry"
)

// ThisComputer is the one that the program runs on.
func ThisComputer() Computer {
	return Computer{
		OS: runtime.GOOS, Home: os.Getenv("USERPROFILE"),
		Files: drives{}, Env: os.Getenv, Registry: systemRegistry{},
	}
}

// drives are the files of all drives, "C:/Windows".
type drives struct{}

func (drives) Open(name string) (fs.File, error) {
	drive, rest, below := strings.Cut(name, "/")
	if !below {
		rest = "."
	}
	return os.DirFS(drive + `\`).Open(rest) //nolint:wrapcheck // fs.FS asks for its own errors
}

// systemRegistry reads the registry. Keys and values that cannot be read count as
// absent, so their browser is not found, or not forbidden.
type systemRegistry struct{}

func open(path string, access uint32) (registry.Key, error) {
	root, rest, _ := strings.Cut(path, `\`)
	if root == "HKCU" {
		return registry.OpenKey(registry.CURRENT_USER, rest, access) //nolint:wrapcheck // nobody reads it
	}
	return registry.OpenKey(registry.LOCAL_MACHINE, rest, access) //nolint:wrapcheck // nobody reads it
}

func (systemRegistry) Subkeys(path string) []string {
	key, err := open(path, registry.ENUMERATE_SUB_KEYS)
	if err != nil {
		return nil
	}
	defer func() { _ = key.Close() }()
	names, err := key.ReadSubKeyNames(-1)
	if err != nil {
		return nil
	}
	return names
}

func (systemRegistry) Texts(path string) []string {
	key, err := open(path, registry.QUERY_VALUE)
	if err != nil {
		return nil
	}
	defer func() { _ = key.Close() }()
	names, err := key.ReadValueNames(-1)
	if err != nil {
		return nil
	}
	var all []string
	for _, name := range names {
		if text, _, err := key.GetStringValue(name); err == nil {
			all = append(all, text)
		}
	}
	return all
}

func (systemRegistry) Text(path, name string) string {
	key, err := open(path, registry.QUERY_VALUE)
	if err != nil {
		return ""
	}
	defer func() { _ = key.Close() }()
	text, _, err := key.GetStringValue(name)
	if err != nil {
		return ""
	}
	return text
}

func (systemRegistry) Number(path, name string) (uint64, bool) {
	key, err := open(path, registry.QUERY_VALUE)
	if err != nil {
		return 0, false
	}
	defer func() { _ = key.Close() }()
	number, _, err := key.GetIntegerValue(name)
	return number, err == nil
}
