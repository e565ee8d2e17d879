package browser

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// left is a desk whose program has ended and was started anew, with a window on
// it that is still open. first is the run before.
func left(t *testing.T, script string) (d *desk, first *window) {
	t.Helper()
	d = newDesk(t)
	d.elapse(lookAgain)
	// Here the run before lives on and wipes the same folder, so that one of the
	// two finds it gone.
	for _, wait := range []time.Duration{50, 200, 400, 800, 1600, 2000} {
		d.elapse(wait * time.Millisecond)
	}
	d.install("firefox", script)
	o := d.open(t.Context(), "rid")
	fetch(t, o.address)
	if err := <-o.result; err != nil {
		t.Fatal(err)
	}
	first = d.window()
	_ = first.profile.marker.Close() // as the end of a program does
	d.Browsers = New(d.Config)
	return d, first
}

func TestAWindowOfAnEarlierRunIsClosed(t *testing.T) {
	for name, script := range map[string]string{"one that obeys": tells, "one that does not": stubborn} {
		t.Run(name, func(t *testing.T) {
			d, first := left(t, script)
			if script == stubborn {
				d.elapse(patience)
			}
			d.Close("another")
			d.Wait(t.Context())
			if len(d.profileFolders()) != 1 {
				t.Fatal("the end of another impersonation closed the window")
			}
			d.Close("rid")
			d.Close("rid")
			<-first.process.exited
			d.expectNothingLeft()
		})
	}
}

// remark changes what the marker of the only folder says of the process.
func (d *desk) remark(process string) {
	d.t.Helper()
	file := filepath.Join(d.ProfileDir, d.profileFolders()[0], marker)
	content, err := os.ReadFile(file)
	if err != nil {
		d.t.Fatal(err)
	}
	lines := strings.SplitAfter(string(content), "\n")
	if err := os.WriteFile(file, []byte(lines[0]+lines[1]+process), 0o600); err != nil {
		d.t.Fatal(err)
	}
}

// TestABrowserThatIsNotCertainIsLeftAlone: its folder is in use, and no process
// is known to be the one.
func TestABrowserThatIsNotCertainIsLeftAlone(t *testing.T) {
	for name, process := range map[string]func(pid int) string{
		"the number was another's": func(pid int) string { return fmt.Sprintf("%d 12345@another-start\n", pid) },
		"no birth":                 func(pid int) string { return fmt.Sprintf("%d\n", pid) },
		"no process":               func(int) string { return "" },
		"not a number":             func(int) string { return "x 1@y\n" },
		"everybody":                func(int) string { return "-1 1@y\n" },
	} {
		t.Run(name, func(t *testing.T) {
			d, first := left(t, tells)
			d.remark(process(first.process.pid))
			d.Close("rid")
			d.Wait(t.Context())
			select {
			case <-first.process.exited:
				t.Error("it was ended")
			default:
			}
			if len(d.profileFolders()) != 1 {
				t.Error("its folder was taken")
			}
			first.process.kill()
			<-first.process.exited
		})
	}
}

// TestAProcessWithTheSameNumberIsLeftAlone: the browser is gone and its number
// is another program's.
func TestAProcessWithTheSameNumberIsLeftAlone(t *testing.T) {
	d, first := left(t, tells)
	first.process.kill()
	<-first.process.exited
	<-first.gone
	other := exec.Command("sleep", "1000")
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	abandoned(t, d.ProfileDir, morning)
	d.remark(fmt.Sprintf("%d 12345@another-start\n", other.Process.Pid))
	d.Close("rid")
	d.expectNothingLeft()
	if _, known := birthOf(other.Process.Pid); !known {
		t.Error("another program was ended")
	}
	_ = other.Process.Kill()
	_ = other.Wait()
}

func TestABirthTellsAProcessFromAnother(t *testing.T) {
	child := exec.Command("sleep", "1000")
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	first, known := birthOf(child.Process.Pid)
	again, still := birthOf(child.Process.Pid)
	if !known || !still || first != again || first == "" {
		t.Errorf("%q, then %q", first, again)
	}
	if own, _ := birthOf(1); own == first {
		t.Error("two processes were born as one")
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = child.Wait() // it was killed
	if birth, known := birthOf(child.Process.Pid); known && birth == first {
		t.Error("a process outlived its end")
	}
}
