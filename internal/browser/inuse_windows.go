package browser

import "os"

// lock does nothing: see isInUse.
func lock(*os.File) error { return nil }

// isInUse reports whether a browser runs on a profile folder: Windows renames no
// folder in which a file is open, and browsers keep theirs open.
func isInUse(root *os.Root, name string) bool {
	other := name + "-unused"
	return root.Rename(name, other) != nil || root.Rename(other, name) != nil
}
