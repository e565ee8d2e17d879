package browser

import (
	"bytes"
	"path"
	"slices"
	"strings"
)

// snapRoots are where snapd mounts snaps, and puts commands into "bin", by
// distribution.
var snapRoots = [...]string{"/snap/", "/var/lib/snapd/snap/"} //nolint:gochecknoglobals // a constant

// ownFolder is the folder for profiles within the folder of a confined browser.
const ownFolder = "understudy"

// findOnLinux looks in PATH, at .desktop files for what is installed elsewhere,
// at Snap and at Flatpak, in this order.
func findOnLinux(c Computer, p product) (installation, bool) {
	for _, name := range p.linux.commands {
		if program := c.command(name); program != "" {
			return confined(c, p, program), true
		}
	}
	for _, name := range p.linux.commands {
		if program := desktopEntry(c, p, name+".desktop"); program != "" {
			return confined(c, p, program), true
		}
	}
	for _, dir := range snapRoots {
		if program := dir + "bin/" + p.linux.snap; p.linux.snap != "" && c.has(program) {
			return confined(c, p, program), true
		}
	}
	return findFlatpak(c, p)
}

// confined says how a program found on Linux is started. A snap may not read
// hidden folders nor /tmp, so it has its profiles in the folder that it shares
// between its revisions (https://snapcraft.io/docs/data-locations). Ubuntu's
// firefox and chromium-browser are scripts that start the snap.
func confined(c Computer, p product, program string) installation {
	found := installation{product: p, program: program}
	isSnap := func(root string) bool {
		content, dir := c.read(program), root+"bin/"
		return strings.HasPrefix(program, dir) ||
			bytes.HasPrefix(content, []byte("#!")) && bytes.Contains(content, []byte(dir+p.linux.snap))
	}
	if p.linux.snap != "" && slices.ContainsFunc(snapRoots[:], isSnap) {
		found.profiles = snapProfiles(c, p)
	}
	return found
}

// findFlatpak looks where Flatpak exports a command for each app, for all users
// and for this one.
func findFlatpak(c Computer, p product) (installation, bool) {
	flatpak := c.command("flatpak")
	if flatpak == "" || p.linux.flatpak == "" {
		return installation{}, false
	}
	for _, dir := range flatpakBases(c) {
		if c.has(path.Join(dir, "exports/bin", p.linux.flatpak)) {
			return installation{
				product: p, program: flatpak, before: []string{"run", p.linux.flatpak}, profiles: flatpakProfiles(c, p),
			}, true
		}
	}
	return installation{}, false
}

// flatpakBases are where Flatpak keeps apps, for all users and for this one.
func flatpakBases(c Computer) []string {
	return []string{"/var/lib/flatpak", path.Join(dataHome(c), "flatpak")}
}

func snapProfiles(c Computer, p product) string {
	return path.Join(c.Home, "snap", p.linux.snap, "common", ownFolder)
}

// flatpakProfiles is in the folder that an app sees under the same path inside
// of its sandbox (https://docs.flatpak.org/en/latest/sandbox-permissions.html).
func flatpakProfiles(c Computer, p product) string {
	return path.Join(c.Home, ".var/app", p.linux.flatpak, ownFolder)
}

// profileDirs are the folders for profiles that some browsers need apart from
// the usual one.
func profileDirs(c Computer) []string {
	var all []string
	if c.OS != goosLinux {
		return nil
	}
	for _, p := range products() {
		if p.linux.snap != "" {
			all = append(all, snapProfiles(c, p))
		}
		if p.linux.flatpak != "" {
			all = append(all, flatpakProfiles(c, p))
		}
	}
	return all
}

// desktopEntry returns the program of a .desktop file, if it is the product's
// own and not a wrapper that somebody put before it.
func desktopEntry(c Computer, p product, name string) string {
	dirs := c.Env("XDG_DATA_DIRS")
	if dirs == "" {
		dirs = "/usr/local/share:/usr/share"
	}
	for _, dir := range append([]string{dataHome(c)}, strings.Split(dirs, ":")...) {
		program := execOf(string(c.read(path.Join(dir, "applications", name))))
		if path.IsAbs(program) && slices.Contains(p.linux.commands, path.Base(program)) && c.has(program) {
			return program
		}
	}
	return ""
}

// execOf finds the program in the text of a desktop entry
// (https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html),
// past an "env NAME=value" before it. Other entries of the file, such as the
// one for a new private window, have the same program.
func execOf(text string) string {
	for line := range strings.Lines(text) {
		command, ok := strings.CutPrefix(line, "Exec=")
		if !ok {
			continue
		}
		if quoted, ok := strings.CutPrefix(command, `"`); ok {
			program, _, _ := strings.Cut(quoted, `"`)
			return program
		}
		for word := range strings.FieldsSeq(command) {
			if path.Base(word) != "env" && !strings.Contains(word, "=") {
				return word
			}
		}
	}
	return ""
}

// dataHome: https://specifications.freedesktop.org/basedir-spec/latest/.
func dataHome(c Computer) string {
	if dir := c.Env("XDG_DATA_HOME"); path.IsAbs(dir) {
		return dir
	}
	return path.Join(c.Home, ".local/share")
}
