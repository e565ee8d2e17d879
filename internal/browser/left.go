package browser

import (
	"io/fs"

	"understudy/internal/durable"
)

// closeLeft closes the windows that an earlier run of the program left open for
// an impersonation, and wipes their profiles. The marker in a profile folder says
// which process its browser is. A process that may be another program with the same
// number is left alone.
func (b *Browsers) closeLeft(impersonation string) {
	for _, base := range b.bases() {
		for _, name := range profilesOf(base, impersonation) {
			b.closeOne(base, name, impersonation)
		}
	}
}

// closeOne closes the window on one folder.
func (b *Browsers) closeOne(base, name, impersonation string) {
	root, err := durable.OpenFolder(base)
	if err != nil {
		return
	}
	defer func() { _ = root.Close() }()
	found, marked := readMark(root, name)
	if !marked {
		return
	}
	running := b.adopt(found.pid, found.birth)
	if !running.isStill() && isInUse(root, name) {
		return // by nobody knows whom: the sweep takes the folder when it is free
	}
	w := newWindow(impersonation)
	w.process, w.profile = running, &profile{base: base, name: name}
	w.close()
	b.add(w)
	go b.follow(w)
}

// bases are the folders that profile folders are made in.
func (b *Browsers) bases() []string { return append(profileDirs(b.Computer), b.ProfileDir) }

// profilesOf names the profile folders in base that were made for an
// impersonation.
func profilesOf(base, impersonation string) []string {
	root, err := durable.OpenFolder(base)
	if err != nil {
		return nil // no browser ever had a profile here
	}
	defer func() { _ = root.Close() }()
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return nil
	}
	var names []string
	for _, entry := range entries {
		if found, marked := readMark(root, entry.Name()); marked && found.impersonation == impersonation {
			names = append(names, entry.Name())
		}
	}
	return names
}
