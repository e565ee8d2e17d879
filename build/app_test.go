package main

import (
	"os"
	"runtime"
	"strings"
	"testing"
)

func TestWorkThatChangesTheTreeFails(t *testing.T) {
	p, _ := testProject(t)
	file := p.path("runtime.js")
	if err := os.WriteFile(file, []byte("1"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"git", "init", "-q"},
		{"git", "add", "."},
		{"git", "-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "-qm", "first"},
	} {
		if said, err := p.output(t.Context(), command{args: args}); err != nil {
			t.Fatal(err, said)
		}
	}
	for name, c := range map[string]struct {
		work func() error
		want string
	}{
		"nothing": {func() error { return nil }, ""},
		"content": {func() error { return os.WriteFile(file, []byte("2"), 0o600) }, "M runtime.js"},
		"added":   {func() error { return os.WriteFile(p.path("new"), nil, 0o600) }, "?? new"},
		"mode":    {func() error { return os.Chmod(file, 0o700) }, "M runtime.js"},
	} {
		if name == "mode" && runtime.GOOS == "windows" { // Windows has no such modes
			continue
		}
		t.Run(name, func(t *testing.T) {
			err := p.changingNothing(t.Context(), c.work)
			if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("err = %v, want %q", err, c.want)
			}
			if said, err := p.output(t.Context(), command{args: []string{"git", "-c", "user.name=a", "-c", "user.email=a@b.example", "stash", "-uq"}}); err != nil {
				t.Fatal(err, said)
			}
		})
	}
}
