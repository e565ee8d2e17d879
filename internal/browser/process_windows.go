package browser

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

// prepare does nothing: a program outlives the one that started it, and files
// are not inherited.
func prepare(*exec.Cmd, *os.File) {}

// askToEnd asks the windows of the program to close.
func (p *process) askToEnd() { p.taskkill() }

// end ends it and whatever it has started.
func (p *process) end() { p.taskkill("/F") }

// taskkill: https://learn.microsoft.com/windows-server/administration/windows-commands/taskkill.
func (p *process) taskkill(options ...string) {
	program := filepath.Join(os.Getenv("SystemRoot"), "System32", "taskkill.exe")
	args := append([]string{"/T", "/PID", strconv.Itoa(p.pid)}, options...)
	_ = exec.Command(program, args...).Run() //nolint:gosec,noctx // it fails when nothing is left, which is what was wanted
}
