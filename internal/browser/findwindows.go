package browser

import "strings"

// findOnWindows looks at what is registered as a browser, at the programs that
// Windows can start by name, and into the program folders.
// https://learn.microsoft.com/windows/win32/shell/start-menu-reg,
// https://learn.microsoft.com/windows/win32/shell/app-registration.
func findOnWindows(c Computer, p product) (installation, bool) {
	if p.exe == "" {
		return installation{}, false
	}
	suffix := `\` + strings.ToLower(p.exe)
	for _, program := range windowsPrograms(c, p) {
		if strings.HasSuffix(strings.ToLower(program), suffix) && c.has(program) {
			return installation{product: p, program: program}, true
		}
	}
	return installation{}, false
}

// windowsPrograms are the places where a browser may be.
func windowsPrograms(c Computer, p product) []string {
	exe := p.exe[strings.LastIndex(p.exe, `\`)+1:]
	var found []string
	for _, root := range []string{"HKCU", "HKLM"} {
		clients := root + `\Software\Clients\StartMenuInternet`
		for _, client := range c.Registry.Subkeys(clients) {
			found = append(found, programOf(c.Registry.Text(clients+`\`+client+`\shell\open\command`, "")))
		}
		found = append(found, programOf(c.Registry.Text(root+`\Software\Microsoft\Windows\CurrentVersion\App Paths\`+exe, "")))
	}
	for _, variable := range []string{"ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"} {
		if dir := c.Env(variable); dir != "" {
			found = append(found, dir+`\`+p.folder+`\`+exe)
		}
	}
	return found
}

// programOf is the program in a registered command: all of it, or what is
// within the quotes at its start.
func programOf(command string) string {
	if quoted, ok := strings.CutPrefix(command, `"`); ok {
		program, _, _ := strings.Cut(quoted, `"`)
		return program
	}
	return command
}
