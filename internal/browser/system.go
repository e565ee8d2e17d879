package browser

// systemOpen is open(1) of macOS.
const systemOpen = "/usr/bin/open"

// systemCommand is the program that takes an address to the default browser,
// with its arguments: Launch Services on macOS, xdg-open of xdg-utils on Linux.
// Windows needs none.
func systemCommand(goos, address string) (program string, args []string) {
	if goos == goosMacOS {
		return systemOpen, []string{address}
	}
	return "xdg-open", []string{address}
}
