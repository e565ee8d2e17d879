package browser

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// process is a program that was started, by this run of Understudy or one before.
type process struct {
	pid    int
	exited chan struct{} // closed when it has ended
	failed chan struct{} // closed when it has ended with a failure, nil if that is not known
	// birth tells it from a program that later has the same number, of one that an
	// earlier run started; see birthOf.
	birth string
	group group // it and everything that it starts
}

// errStart is the failure to start a program. It names no argument.
func errStart(program string) error {
	return errors.New("browser: " + filepath.Base(program) + " did not start")
}

// pass starts a program that passes an address on, and that this program has no
// business to end: it may become the operator's own browser.
func pass(program string, args []string) (*process, error) {
	//nolint:gosec,noctx // the program was found on this computer, there is no shell, and it outlives the call
	cmd := exec.Command(program, args...)
	detach(cmd)
	if err := cmd.Start(); err != nil {
		return nil, errStart(program)
	}
	return follow(cmd), nil
}

// launch starts a browser as a group of its own, with the files that it inherits.
func launch(program string, args []string, marker *os.File, theirs *pipes) (*process, error) {
	//nolint:gosec,noctx // the program was found on this computer, there is no shell, and it outlives the call
	cmd := exec.Command(program, args...)
	inherit(cmd, marker, theirs)
	group, err := startGroup(cmd)
	if err != nil {
		return nil, errors.Join(errStart(program), err)
	}
	p := follow(cmd)
	p.group = group
	return p, nil
}

// follow waits for the end of a program that was started.
func follow(cmd *exec.Cmd) *process {
	p := &process{pid: cmd.Process.Pid, exited: make(chan struct{}), failed: make(chan struct{})}
	go func() {
		if cmd.Wait() != nil {
			close(p.failed)
		}
		close(p.exited)
	}()
	return p
}

// pipes are what a browser that is held reads its commands from (in) and writes
// its answers to (out).
type pipes struct{ in, out *os.File }

// newPipes returns the browser's two ends, and this program's.
func newPipes() (theirs, ours *pipes, err error) {
	theirIn, ourOut, err := os.Pipe()
	if err != nil {
		return nil, nil, fmt.Errorf("pipe: %w", err)
	}
	ourIn, theirOut, err := os.Pipe()
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("pipe: %w", err), theirIn.Close(), ourOut.Close())
	}
	return &pipes{in: theirIn, out: theirOut}, &pipes{in: ourIn, out: ourOut}, nil
}

func (p *pipes) close() { _, _ = p.in.Close(), p.out.Close() }

func (p *process) hasFailed() bool {
	select {
	case <-p.failed:
		return true
	default:
		return false
	}
}

// lookAgain is how long the end of a program may go unnoticed that an earlier run
// started: only its own parent is told.
const lookAgain = 100 * time.Millisecond

// adopt follows a program that an earlier run started, by its number and its
// birth (see birthOf). If that is not it, it counts as ended.
func (b *Browsers) adopt(pid int, birth string) *process {
	p := &process{pid: pid, birth: birth, exited: make(chan struct{})}
	go func() {
		for p.isStill() {
			<-b.After(lookAgain)
		}
		close(p.exited)
	}()
	return p
}

// isStill reports whether the number of an adopted program is still its own.
func (p *process) isStill() bool {
	now, known := birthOf(p.pid)
	return known && p.birth != "" && now == p.birth
}

// isAdopted reports whether an earlier run started it.
func (p *process) isAdopted() bool { return p.failed == nil }

// terminate asks the program to end.
func (p *process) terminate() {
	if !p.isAdopted() || p.isStill() {
		p.askToEnd()
	}
}

// kill ends it and whatever it has started.
func (p *process) kill() {
	if !p.isAdopted() || p.isStill() {
		p.end()
	}
}
