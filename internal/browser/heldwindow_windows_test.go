package browser

import (
	"os"
	"os/exec"
	"testing"
	"time"
)

// TestABrowserEndsWithUnderstudy although it does not obey its pipe: the job object
// ends with the program that has it.
func TestABrowserEndsWithUnderstudy(t *testing.T) {
	d := newHeldDesk(t, "stubborn")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program := exec.Command(self)
	program.Env = append(os.Environ(), role+"=understudy", "PROFILES="+d.ProfileDir)
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if _, err := os.Stat(d.helper); err == nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("no browser was started")
		}
	}
	if err := program.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = program.Wait()
	d.expectNoHelper()
}
