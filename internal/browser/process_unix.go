//go:build unix

package browser

import (
	"os"
	"os/exec"
	"syscall"
)

// group is nothing here: a program and what it starts have the number of its first
// process in common.
type group struct{}

// detach gives a program a session of its own, so that it survives the terminal of
// this one.
func detach(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }

// inherit hands a browser its pipes, which it finds at the numbers 3 and 4, and the
// locked marker of its folder.
func inherit(cmd *exec.Cmd, marker *os.File, theirs *pipes) {
	detach(cmd)
	if theirs != nil {
		cmd.ExtraFiles = append(cmd.ExtraFiles, theirs.in, theirs.out)
	}
	cmd.ExtraFiles = append(cmd.ExtraFiles, marker)
}

// startGroup starts a program that can be ended with everything it starts.
func startGroup(cmd *exec.Cmd) (group, error) {
	return group{}, cmd.Start() //nolint:wrapcheck // launch says which program
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
