package browser

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"understudy/internal/fault"
)

// grace is how long a start may take to fail where nothing else tells of its
// success: a program that is missing something fails within milliseconds.
const grace = time.Second

// process is a program that was started.
type process struct {
	cmd    *exec.Cmd
	exited chan struct{} // closed when it has ended
	err    error         // how; to be read once exited is closed
}

// launch starts a program that outlives this one. It inherits the lock on held,
// if that is not nil.
func launch(program string, args []string, held *os.File) (*process, error) {
	//nolint:gosec,noctx // the program was found on this computer, there is no shell, and it outlives the call
	cmd := exec.Command(program, args...)
	prepare(cmd, held)
	if err := cmd.Start(); err != nil {
		return nil, errors.New("browser: " + filepath.Base(program) + " did not start")
	}
	p := &process{cmd: cmd, exited: make(chan struct{})}
	go func() {
		p.err = cmd.Wait()
		close(p.exited)
	}()
	return p, nil
}

// run starts a program that passes an address on, and watches it through the
// grace period.
func (b *Browsers) run(program string, args []string) error {
	p, err := launch(program, args, nil)
	if err != nil {
		return fault.New(fault.BrowserFailed, err)
	}
	select {
	case <-p.exited:
		if p.err != nil {
			return fault.New(fault.BrowserFailed, p.err)
		}
		return nil
	case <-b.After(grace):
		return nil
	}
}
