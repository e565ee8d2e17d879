//go:build unix

package browser

import (
	"os"
	"os/exec"
	"syscall"
)

// prepare gives the program a session of its own, so that it survives the
// terminal of this one and can be ended with everything it starts.
//
// A browser finds its pipes at the numbers 3 and 4.
func prepare(cmd *exec.Cmd, held *os.File, theirs *pipes) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if theirs != nil {
		cmd.ExtraFiles = append(cmd.ExtraFiles, theirs.in, theirs.out)
	}
	if held != nil {
		cmd.ExtraFiles = append(cmd.ExtraFiles, held)
	}
}

// switches tell a browser of its pipes.
func (*pipes) switches() []string { return []string{"--remote-debugging-pipe"} }

// askToEnd asks the program to end.
func (p *process) askToEnd() { p.signal(syscall.SIGTERM) }

// end ends it and whatever it has started.
func (p *process) end() { p.signal(syscall.SIGKILL) }

func (p *process) signal(s syscall.Signal) {
	_ = syscall.Kill(-p.pid, s) // it fails when nothing is left, which is what was wanted
}
