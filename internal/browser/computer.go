package browser

import (
	"io/fs"
	"path"
	"strings"
)

// The values of Computer.OS, as runtime.GOOS spells them.
const (
	goosLinux   = "linux"
	goosMacOS   = "darwin"
	goosWindows = "windows"
)

// Computer is where browsers are looked for.
type Computer struct {
	OS   string // as runtime.GOOS has it
	Home string // the user's folder, absolute
	// Files are those of the whole computer, from its root. On Windows the
	// drives are the folders at the top: "C:/Program Files".
	Files fs.FS
	// Env returns an environment variable, "" if it is not set.
	Env func(name string) string
	// Registry is that of Windows, nil elsewhere.
	Registry Registry
}

// Registry reads the registry of Windows. Keys begin with HKCU\ or HKLM\.
type Registry interface {
	// Subkeys are the names of the keys below a key.
	Subkeys(key string) []string
	// Text is a value of a key, "" if there is none. The default value of a key
	// has the name "".
	Text(key, name string) string
	// Texts are the text values of a key, whatever their names.
	Texts(key string) []string
	// Number is a value of a key, false if there is none.
	Number(key, name string) (uint64, bool)
}

// name turns an absolute path into its name in Files.
func (c Computer) name(file string) string {
	if c.OS == goosWindows {
		file = strings.ReplaceAll(file, `\`, "/")
	}
	return strings.TrimPrefix(path.Clean(file), "/")
}

// has reports whether there is a file, not a folder, at an absolute path.
func (c Computer) has(file string) bool {
	info, err := fs.Stat(c.Files, c.name(file))
	return err == nil && info.Mode().IsRegular()
}

// read returns the content of a file, nil if it cannot be read.
func (c Computer) read(file string) []byte {
	if !c.has(file) {
		return nil // a pipe would never end
	}
	content, err := fs.ReadFile(c.Files, c.name(file))
	if err != nil {
		return nil
	}
	return content
}

// follow returns where an absolute path leads by the links at its end.
func (c Computer) follow(file string) string {
	const most = 16 // links in a circle have no end
	for range most {
		target, err := fs.ReadLink(c.Files, c.name(file))
		if err != nil {
			return file
		}
		if !path.IsAbs(target) {
			target = path.Join(path.Dir(file), target)
		}
		file = target
	}
	return file
}

// command finds a program in PATH as a shell on Linux would, "" if it is not
// there.
func (c Computer) command(name string) string {
	for dir := range strings.SplitSeq(c.Env("PATH"), ":") {
		file := path.Join(dir, name)
		info, err := fs.Stat(c.Files, c.name(file))
		if path.IsAbs(dir) && err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0 {
			return file
		}
	}
	return ""
}
