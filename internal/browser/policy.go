package browser

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"path"
)

// policy is where an administrator can set something for a browser.
type policy struct {
	dir     string // of JSON files, on Linux
	key     string // below Software\Policies in the registry of Windows
	setting string
}

// number is the value that was set, 0 if none was. On macOS it is not looked
// for: managed preferences are kept in a binary form there.
func (p policy) number(c Computer) uint64 {
	switch {
	case c.OS == goosWindows:
		for _, root := range []string{"HKLM", "HKCU"} {
			if value := c.Registry.Number(root+`\Software\Policies\`+p.key, p.setting); value != 0 {
				return value
			}
		}
	case c.OS == goosLinux && p.dir != "":
		files, _ := fs.ReadDir(c.Files, c.name(p.dir)) // no folder, no policy
		for _, file := range files {
			content := map[string]any{}
			if readJSON(c, path.Join(p.dir, file.Name()), &content) {
				if value, ok := content[p.setting].(float64); ok {
					return uint64(value)
				}
			}
		}
	}
	return 0
}

// readJSON reports whether a file could be read into a value.
func readJSON(c Computer, file string, into any) bool {
	content := c.read(file)
	return content != nil && json.Unmarshal(bytes.TrimPrefix(content, []byte("\ufeff")), into) == nil
}
