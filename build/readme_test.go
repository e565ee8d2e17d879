package main

import (
	"slices"
	"strings"
	"testing"
)

func TestShellLines(t *testing.T) {
	markdown := "# Title\n```sh\ngo run ./build run   # opens it\n# a remark\n\nX=1 go test ./...\n```\ntext\n```go\nfunc main() {}\n```\n```sh\nlast\n```\n"
	want := []string{"go run ./build run", "X=1 go test ./...", "last"}
	if got := shellLines(markdown); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPathsOfTheRepositoryAreFoundInText(t *testing.T) {
	text := "`app.go`, [bridge](internal/bridge), `internal/fault/catalogue.go`, `go.sum`, `build/bin/understudy`, internal/plain"
	want := []string{"app.go", "internal/bridge", "internal/fault/catalogue.go"}
	if got := paths(text); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestReadmeCommandsAreKnown(t *testing.T) {
	cases := map[string]struct {
		line string
		want string // part of the error, "" for none
	}{
		"a task":            {"go run ./build test -long", ""},
		"no such task":      {"go run ./build fly", "no task"},
		"the program":       {"understudy audit verify", ""},
		"with a variable":   {"CLERK_API_URL=http://127.0.0.1:1 understudy", ""},
		"go without a path": {"go test", "not a command"},
		"something else":    {"curl example.com", "not a command"},
		"a missing tool":    {"go tool -modfile=build/tools/none/go.mod none build", "no pinned tool"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p, _ := testProject(t)
			err := p.checkCommand(t.Context(), c.line)
			switch {
			case c.want == "" && err != nil:
				t.Errorf("%q: %v", c.line, err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("%q: got %v, want %q", c.line, err, c.want)
			}
		})
	}
}
