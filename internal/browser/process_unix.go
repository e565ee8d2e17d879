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

// askToEnd asks the program to end.
func (p *process) askToEnd() { p.signal(syscall.SIGTERM) }

// end ends it and whatever it has started.
func (p *process) end() { p.signal(syscall.SIGKILL) }

func (p *process) signal(s syscall.Signal) {
	_ = syscall.Kill(-p.pid, s) // it fails when nothing is left, which is what was wanted
}
