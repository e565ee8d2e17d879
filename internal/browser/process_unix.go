//go:build unix

package browser

import (
	"os"
	"os/exec"
	"syscall"
)

// prepare gives the program a session of its own, so that it survives the
// terminal of this one and can be ended with everything it starts.
func prepare(cmd *exec.Cmd, held *os.File) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if held != nil {
		cmd.ExtraFiles = []*os.File{held}
	}
}

// terminate asks the program to end.
func (p *process) terminate() { p.signal(syscall.SIGTERM) }

// kill ends it and whatever it has started.
func (p *process) kill() { p.signal(syscall.SIGKILL) }

func (p *process) signal(s syscall.Signal) {
	_ = syscall.Kill(-p.cmd.Process.Pid, s) // it fails when nothing is left, which is what was wanted
}
