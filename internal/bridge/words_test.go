package bridge

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"understudy/internal/audit"
	"understudy/internal/impersonation"
)

var update = flag.Bool("update", false, "rewrite testdata/words.golden")

// TestWords pins the words that the window switches on; its tests read the same file.
func TestWords(t *testing.T) {
	stages, endings := constants(t, "audit", "Stage"), constants(t, "impersonation", "Ending")
	var results []string
	for _, stage := range stages {
		for _, ending := range append(endings, "") {
			results = append(results, resultOf(audit.Stage(stage), impersonation.Ending(ending)))
		}
	}
	var lines strings.Builder
	for _, kind := range []struct {
		name  string
		words []string
	}{
		{"impersonation.state", constants(t, "impersonation", "State")},
		{"impersonation.ended", endings},
		{"finding.effect", constants(t, "impersonation", "Effect")},
		{"entry.result", results},
		{"record.event", constants(t, "audit", "Event")},
		{"head.state", constants(t, "history", "HeadState")},
		{"watching.mode", constants(t, "viewonly", "Mode")},
		{"watching.signIn", constants(t, "held", "Outcome")},
		{"asked.kind", constants(t, "held", "AskKind")},
	} {
		slices.Sort(kind.words)
		lines.WriteString(kind.name + ": " + strings.Join(slices.Compact(kind.words), " ") + "\n")
	}
	golden := filepath.Join("testdata", "words.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(lines.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if lines.String() != string(want) {
		t.Errorf("the words changed: run go test ./internal/bridge -update, and follow them in the window\n%s", lines.String())
	}
}

// constants returns the values of all constants of a string type of a package.
func constants(t *testing.T, of, typ string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", of, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var values []string
	for _, file := range files {
		syntax, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(syntax, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			if named, ok := spec.Type.(*ast.Ident); !ok || named.Name != typ || len(spec.Values) != 1 {
				return true
			}
			if literal, ok := spec.Values[0].(*ast.BasicLit); ok {
				value, err := strconv.Unquote(literal.Value)
				if err != nil {
					t.Fatal(err)
				}
				values = append(values, value)
			}
			return true
		})
	}
	if len(values) == 0 {
		t.Fatalf("package %s has no constants of type %s", of, typ)
	}
	return values
}
