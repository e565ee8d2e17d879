package secret_test

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"understudy/internal/secret"
)

const protectedVariable = "UNDERSTUDY_TEST_PROTECTED"

// TestAProtectedProgramCannotBeReadOrDumped has a program protect itself and start
// another one. The program still reads in /proc about itself as far as it must.
func TestAProtectedProgramCannotBeReadOrDumped(t *testing.T) {
	t.Parallel()
	if os.Getenv(protectedVariable) != "" {
		describeProtected(t)
		return
	}
	program := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	program.Env = append(os.Environ(), protectedVariable+"=1")
	out, err := program.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, want := range []string{
		"before: dumpable 1", "after: dumpable 0, core dumps of at most 0 and 0 bytes", "knows itself", "a program it starts: dumpable 1",
	} {
		if !strings.Contains(string(out), want) {
			t.Errorf("lacks %q: %s", want, out)
		}
	}
}

func describeProtected(t *testing.T) {
	t.Helper()
	dumpable, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0)
	if os.Getenv(protectedVariable) == "2" {
		fmt.Println("a program it starts: dumpable", dumpable, err)
		return
	}
	fmt.Println("before: dumpable", dumpable, err)
	if err := secret.Protect(); err != nil {
		t.Fatal(err)
	}
	dumpable, _ = unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0)
	var core unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_CORE, &core); err != nil {
		t.Fatal(err)
	}
	fmt.Printf("after: dumpable %d, core dumps of at most %d and %d bytes\n", dumpable, core.Cur, core.Max)
	_, statErr := os.ReadFile(fmt.Sprintf("/proc/%d/stat", os.Getpid()))
	_, tcpErr := os.ReadFile("/proc/self/net/tcp")
	if path, err := os.Executable(); err == nil && path != "" && statErr == nil && tcpErr == nil {
		fmt.Println("knows itself")
	}
	started := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	started.Env = append(os.Environ(), protectedVariable+"=2")
	out, err := started.CombinedOutput()
	fmt.Println(string(out), err)
}
