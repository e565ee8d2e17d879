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

// terminate asks the windows of the program to close.
func (p *process) terminate() { p.taskkill() }

// kill ends it and whatever it has started.
func (p *process) kill() { p.taskkill("/F") }

// taskkill: https://learn.microsoft.com/windows-server/administration/windows-commands/taskkill.
func (p *process) taskkill(options ...string) {
	program := filepath.Join(os.Getenv("SystemRoot"), "System32", "taskkill.exe")
	args := append([]string{"/T", "/PID", strconv.Itoa(p.cmd.Process.Pid)}, options...)
	_ = exec.Command(program, args...).Run() //nolint:gosec,noctx // it fails when nothing is left, which is what was wanted
}
