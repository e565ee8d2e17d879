package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// debian lists the packages of Debian and Ubuntu.
func debian(n need) []string {
	switch n {
	case toBuild:
		return []string{"gcc", "libc6-dev", "pkg-config", "libgtk-3-dev", "libwebkit2gtk-4.1-dev"}
	case toWindow:
		return []string{"xvfb", "dbus", "imagemagick"}
	case toTest:
		packages := []string{
			"chromium", "gnome-keyring", "libsecret-tools", "at-spi2-core",
			"python3-gi", "gir1.2-atspi-2.0", "xdotool", "xclip",
		}
		if !hasProgram("firefox") { // Ubuntu has it from elsewhere, and no such package
			packages = append(packages, "firefox-esr")
		}
		return packages
	}
	return nil
}

// others are the commands for systems whose packages are not installed by this
// runner but named.
func others() map[string]string {
	return map[string]string{
		"Fedora": "sudo dnf install gcc pkgconf gtk3-devel webkit2gtk4.1-devel xorg-x11-server-Xvfb dbus-daemon ImageMagick " +
			"chromium firefox gnome-keyring libsecret at-spi2-core python3-gobject xdotool xclip",
		"Arch": "sudo pacman -S --needed base-devel gtk3 webkit2gtk-4.1 xorg-server-xvfb dbus imagemagick " +
			"chromium firefox gnome-keyring libsecret at-spi2-core python-gobject xdotool xclip",
		"openSUSE": "sudo zypper install gcc pkgconf gtk3-devel webkit2gtk3-devel xorg-x11-server-Xvfb dbus-1 ImageMagick " +
			"chromium firefox gnome-keyring libsecret-tools at-spi2-core python3-gobject xdotool xclip",
	}
}

func (p *project) installSystem(ctx context.Context, out io.Writer, needs []need) error {
	if !hasProgram("apt-get") {
		return p.lookForPrograms(ctx, out, needs)
	}
	var wanted []string
	for _, n := range needs {
		wanted = append(wanted, debian(n)...)
	}
	missing, err := p.missingPackages(ctx, wanted)
	if err != nil || len(missing) == 0 {
		return err
	}
	apt := []string{"apt-get"}
	if os.Getuid() != 0 {
		apt = []string{"sudo", "apt-get"}
	}
	_, _ = fmt.Fprintf(out, "  installing with %s: %s\n", strings.Join(apt, " "), strings.Join(missing, " "))
	env := []string{"DEBIAN_FRONTEND=noninteractive"}
	var said strings.Builder
	for _, args := range [][]string{
		append(slices.Clone(apt), "update", "-q"),
		append(append(slices.Clone(apt), "install", "-q", "-y", "--no-install-recommends"), missing...),
	} {
		if err := p.exec(ctx, &said, command{env: env, args: args}); err != nil {
			return fmt.Errorf("%w\n%s", err, said.String())
		}
	}
	return nil
}

// missingPackages asks dpkg which of the packages are not installed. It takes
// a few milliseconds, so that a warm start costs nothing.
func (p *project) missingPackages(ctx context.Context, wanted []string) ([]string, error) {
	query := append([]string{"dpkg-query", "-W", "-f", "${db:Status-Status} ${Package}\n"}, wanted...)
	// dpkg-query fails when it does not know a package, and still lists the others.
	listed, err := p.output(ctx, command{args: query})
	if ctx.Err() != nil {
		return nil, err
	}
	installed := map[string]bool{}
	for line := range strings.Lines(listed) {
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), "installed "); ok {
			installed[name] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(wanted), func(name string) bool { return installed[name] }), nil
}

// lookForPrograms checks by name on systems without apt, and tells the command
// that installs what is missing.
func (p *project) lookForPrograms(ctx context.Context, out io.Writer, needs []need) error {
	programs := map[need][]string{
		toBuild:  {"gcc", "pkg-config"},
		toWindow: {"Xvfb", "dbus-daemon", "import"},
		toTest:   {"chromium", "firefox", "gnome-keyring-daemon", "secret-tool", "xdotool", "xclip"},
	}
	var missing []string
	for _, n := range needs {
		for _, name := range programs[n] {
			if !hasProgram(name) {
				missing = append(missing, name)
			}
		}
	}
	libraries := command{args: []string{"pkg-config", "--exists", "gtk+-3.0", "webkit2gtk-4.1"}}
	if p.exec(ctx, io.Discard, libraries) != nil {
		missing = append(missing, "GTK 3 and WebKitGTK 4.1 (development files)")
	}
	if len(missing) == 0 {
		return nil
	}
	for system, line := range others() {
		_, _ = fmt.Fprintf(out, "  %s: %s\n", system, line)
	}
	return fmt.Errorf("missing: %s", strings.Join(missing, ", "))
}

// hasProgram reports whether a program of that name is in PATH.
func hasProgram(name string) bool {
	_, err := exec.LookPath(name)
	return err == nil
}
