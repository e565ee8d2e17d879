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
	// isStill reports whether the number is still this program's and not that of
	// another one that came later. nil: it was started by this run, which has the
	// number until it has waited for it.
	isStill func() bool
}

// launch starts a program that outlives this one. It inherits the lock on held, if
// that is not nil.
func launch(program string, args []string, held *os.File) (*process, error) {
	return begin(program, args, held, nil)
}

// begin starts a program with what it inherits.
func begin(program string, args []string, held *os.File, theirs *pipes) (*process, error) {
	//nolint:gosec,noctx // the program was found on this computer, there is no shell, and it outlives the call
	cmd := exec.Command(program, args...)
	prepare(cmd, held, theirs)
	if err := cmd.Start(); err != nil {
		return nil, errors.New("browser: " + filepath.Base(program) + " did not start")
	}
	p := &process{pid: cmd.Process.Pid, exited: make(chan struct{}), failed: make(chan struct{})}
	go func() {
		if cmd.Wait() != nil {
			close(p.failed)
		}
		close(p.exited)
	}()
	return p, nil
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
	p := &process{pid: pid, exited: make(chan struct{}), isStill: func() bool {
		now, known := birthOf(pid)
		return known && birth != "" && now == birth
	}}
	go func() {
		for p.isStill() {
			<-b.After(lookAgain)
		}
		close(p.exited)
	}()
	return p
}

// terminate asks the program to end.
func (p *process) terminate() {
	if p.isStill == nil || p.isStill() {
		p.askToEnd()
	}
}

// kill ends it and whatever it has started.
func (p *process) kill() {
	if p.isStill == nil || p.isStill() {
		p.end()
	}
}
