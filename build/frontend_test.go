package main

import (
	"errors"
	"os"
	"testing"
)

func TestWorkIsDoneOnceForTheSameInputs(t *testing.T) {
	p, _ := testProject(t)
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(p.path(name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("input", "one")
	stamp := p.path("cache/stamp")
	runs := 0
	try := func(want int) {
		t.Helper()
		err := p.unlessDone(stamp, []string{"input", "missing"}, func() error { runs++; return nil })
		if err != nil {
			t.Fatal(err)
		}
		if runs != want {
			t.Errorf("ran %d times, want %d", runs, want)
		}
	}
	try(1)
	try(1)
	write("input", "two")
	try(2)
	write("missing", "now there")
	try(3)

	write("input", "three")
	boom := errors.New("boom")
	if err := p.unlessDone(stamp, []string{"input", "missing"}, func() error { return boom }); !errors.Is(err, boom) {
		t.Errorf("err = %v", err)
	}
	try(4) // a failed step is not remembered as done
}
