package browser

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"

	"golang.org/x/sys/windows"
)

// prepare lets a browser inherit its pipes. Nothing else is inherited, and a
// program outlives the one that started it.
func prepare(cmd *exec.Cmd, _ *os.File, theirs *pipes) {
	if theirs == nil {
		return
	}
	handles := []syscall.Handle{syscall.Handle(theirs.in.Fd()), syscall.Handle(theirs.out.Fd())}
	for _, handle := range handles {
		_ = windows.SetHandleInformation(windows.Handle(handle), windows.HANDLE_FLAG_INHERIT, windows.HANDLE_FLAG_INHERIT)
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{AdditionalInheritedHandles: handles}
}

// switches tell a browser of its pipes.
func (p *pipes) switches() []string {
	return []string{"--remote-debugging-pipe", fmt.Sprintf("--remote-debugging-io-pipes=%d,%d", p.in.Fd(), p.out.Fd())}
}

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
