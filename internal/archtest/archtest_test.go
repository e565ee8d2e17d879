// Package archtest fails when the code stops having the shape it was given. It
// says which package may import which, and where a function may be called. Each
// rule has its reason.
package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// module is the path of the module whose code is checked.
const module = "understudy/"

// doors says which folders alone may import a package of the outside world.
var doors = []struct {
	imports string // path, or beginning of it
	only    []string
	because string
}{
	{"github.com/clerk/", []string{"internal/clerkapi", "build/bench"}, "one place bounds bodies, refuses redirects and turns failures into faults; the benchmark compares with it"},
	{"github.com/zalando/go-keyring", []string{"internal/keychain"}, "one place serialises, times out and reads back"},
	{"github.com/wailsapp/", []string{"internal/desktop"}, "the rest of the program can be tested without a window"},
	{"golang.org/x/oauth2", []string{"internal/operator"}, "one place signs the operator in; its tokens go nowhere else"},
	{"github.com/coreos/go-oidc/", []string{"internal/operator"}, "one place checks the proof of who the operator is"},
	{"github.com/vektah/gqlparser/", []string{"internal/viewonly"}, "one place judges what a page sends"},
	{"golang.org/x/net/websocket", []string{"internal/desktop", "internal/emulator"}, "only what stands in for a window or an app holds sockets open"},
	{"golang.org/x/image/", []string{"internal/avatar"}, "one place decodes what strangers uploaded, with bounds"},
	{"github.com/godbus/", []string{"internal/keychain", "internal/presence"}, "what the system says has one meaning, in one place each"},
	{"net/http/httptest", nil, "it is for tests"},
	{"os/exec", []string{"internal/browser", "internal/desktop", "internal/keychain", "build"}, "starting programs is what a ticket must not reach by accident; the keychain reads exit codes"},
	{"unsafe", []string{"internal/browser/process_windows.go"}, "nothing else here needs it; Windows takes the limits of a job object by address"},
}

// flow says what a package of this module may import of the others. A package
// that is not listed may import leaves only.
var flow = map[string][]string{
	"":                       {"internal/bridge", "internal/program"},
	"internal/audit":         {"internal/durable"},
	"internal/avatar":        {},
	"internal/bidi":          {},
	"internal/bridge":        {"internal/audit", "internal/avatar", "internal/browser", "internal/clerkapi", "internal/directory", "internal/doctor", "internal/durable", "internal/history", "internal/impersonation", "internal/instances", "internal/journal", "internal/operator", "internal/report", "internal/settings", "internal/viewonly", "internal/workspace"},
	"internal/browser":       {"internal/durable", "internal/held", "internal/loopback", "internal/viewonly"},
	"internal/clerkapi":      {},
	"internal/commandline":   {"internal/audit", "internal/doctor", "internal/managed", "internal/report", "internal/settings"},
	"internal/desktop":       {},
	"internal/directory":     {"internal/clerkapi"},
	"internal/doctor":        {"internal/browser", "internal/journal", "internal/keychain", "internal/managed"},
	"internal/durable":       {},
	"internal/emulator":      {"internal/emulator"},
	"internal/fault":         {},
	"internal/held":          {"internal/pipe", "internal/report", "internal/viewonly"},
	"internal/history":       {"internal/audit", "internal/report"},
	"internal/impersonation": {"internal/audit", "internal/browser", "internal/clerkapi", "internal/held", "internal/operator", "internal/report", "internal/settings", "internal/viewonly"},
	"internal/instances":     {"internal/audit", "internal/clerkapi", "internal/emulator", "internal/held", "internal/history", "internal/impersonation", "internal/operator", "internal/settings", "internal/workspace"},
	"internal/journal":       {"internal/durable"},
	"internal/keychain":      {},
	"internal/loopback":      {},
	"internal/managed":       {"internal/clerkapi", "internal/settings"},
	"internal/operator":      {"internal/clerkapi", "internal/loopback"},
	"internal/pipe":          {},
	"internal/presence":      {},
	"internal/program":       {"*"},
	"internal/report":        {"internal/viewonly"},
	"internal/secret":        {},
	"internal/sentence":      {},
	"internal/settings":      {"internal/durable", "internal/viewonly"},
	"internal/viewonly":      {},
	"internal/workspace":     {"internal/audit", "internal/clerkapi", "internal/directory", "internal/held", "internal/history", "internal/impersonation", "internal/operator", "internal/settings", "internal/viewonly"},
	"build":                  {},
	"build/bench":            {"*"},
	"build/window":           {},
}

// leaves may be imported everywhere: values and words that everything speaks.
var leaves = []string{"internal/bidi", "internal/fault", "internal/secret", "internal/sentence"}

// calls are functions that only some files may use.
var calls = []struct {
	name    string // package.Function
	only    []string
	because string
}{
	{"time.Now", []string{"internal/program", "internal/emulator/cmd/", "build/"}, "the clock is handed in, so that tests decide what time it is"},
	{"clerk.SetKey", nil, "a global key would mix instances"},
	{"runtime.BrowserOpenURL", nil, "it opens what any script asks for; tickets go through internal/browser"},
	{"keyring.MockInit", nil, "it changes the whole process and cannot be undone"},
	{"keyring.DeleteAll", nil, "it would take keys that are not ours"},
	{"clerkapi.Must", nil, "it panics on what is no id; it is for tests"},
	{"http.Get", nil, "it has no timeout"},
	{"http.Post", nil, "it has no timeout"},
}

func TestImports(t *testing.T) {
	for _, f := range sources(t) {
		for _, spec := range f.syntax.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			for _, door := range doors {
				if !strings.HasPrefix(imported, door.imports) || slices.ContainsFunc(door.only, f.within) {
					continue
				}
				t.Errorf("%s imports %s, which is for %v alone: %s", f.path, imported, door.only, door.because)
			}
			if inner, ours := strings.CutPrefix(imported, module); ours && !mayImport(f, inner) {
				t.Errorf("%s imports %s: data goes one way, see flow in this test", f.path, inner)
			}
		}
	}
}

// mayImport reports whether a file may import a package of this module.
func mayImport(f source, imported string) bool {
	if slices.Contains(leaves, imported) {
		return true
	}
	allowed, known := flow[f.area()]
	return known && slices.ContainsFunc(allowed, func(a string) bool {
		return a == "*" || imported == a || strings.HasPrefix(imported, a+"/")
	})
}

func TestEveryPackageHasItsPlace(t *testing.T) {
	for _, f := range sources(t) {
		if _, known := flow[f.area()]; !known {
			t.Errorf("%s is in a package that flow does not know", f.path)
		}
	}
}

// TestRulesAreAboutCodeThatExists fails where a rule outlives the code it is about.
func TestRulesAreAboutCodeThatExists(t *testing.T) {
	files := sources(t)
	var places []string
	for _, door := range doors {
		places = append(places, door.only...)
		imports := func(f source) bool { return f.imports(door.imports) }
		if len(door.only) > 0 && !slices.ContainsFunc(files, imports) {
			t.Errorf("nothing imports %s", door.imports)
		}
	}
	for _, c := range calls {
		places = append(places, c.only...)
	}
	for area, allowed := range flow {
		places = append(places, area)
		for _, imported := range allowed {
			imports := func(f source) bool { return f.area() == area && (imported == "*" || f.imports(module+imported)) }
			if !slices.ContainsFunc(files, imports) {
				t.Errorf("%s may import %s, and does not", area, imported)
			}
		}
	}
	for _, place := range places {
		if place != "" && !slices.ContainsFunc(files, func(f source) bool { return f.within(place) }) {
			t.Errorf("there is no %s", place)
		}
	}
}

func TestCalls(t *testing.T) {
	for _, f := range sources(t) {
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			selected, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			on, ok := selected.X.(*ast.Ident)
			if !ok {
				return true
			}
			for _, c := range calls {
				if on.Name+"."+selected.Sel.Name == c.name && !slices.ContainsFunc(c.only, f.within) {
					t.Errorf("%s uses %s: %s", f.path, c.name, c.because)
				}
			}
			return true
		})
	}
}

func TestNoInitAndEveryPackageSaysWhatItIsFor(t *testing.T) {
	documented := map[string]bool{}
	for _, f := range sources(t) {
		dir := path.Dir(f.path)
		documented[dir] = documented[dir] || f.syntax.Doc != nil
		for _, d := range f.syntax.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s has an init: what runs at start is written in internal/program", f.path)
			}
		}
	}
	for dir, has := range documented {
		if !has {
			t.Errorf("package %s does not say what it is for", dir)
		}
	}
}

// TestTopLevel keeps the root as small as it is: a stranger reads it first.
func TestTopLevel(t *testing.T) {
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	allowed := []string{"main.go", "app.go", "internal", "frontend", "build", "wails.json", "go.mod", "go.sum", "README.md"}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(allowed, e.Name()) {
			t.Errorf("%s does not belong at the top level", e.Name())
		}
	}
}

// TestModuleNames keeps imports of the window from meaning another file where the
// file system does not tell capitals apart: "./Views" would find views.ts before
// Views.tsx on macOS and Windows.
func TestModuleNames(t *testing.T) {
	named := map[string]string{}
	err := filepath.WalkDir(filepath.Join(root, "frontend", "src"), func(file string, entry fs.DirEntry, err error) error {
		extension := filepath.Ext(file)
		if err != nil || entry.IsDir() || (extension != ".ts" && extension != ".tsx") {
			return err
		}
		name := strings.ToLower(strings.TrimSuffix(file, extension))
		if other, taken := named[name]; taken {
			t.Errorf("%s and %s are one name to an import", other, file)
		}
		named[name] = file
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(named) == 0 {
		t.Error("found no modules")
	}
}

// root is the top of the module, seen from this package.
var root = filepath.Join("..", "..")

// source is a Go file that is not a test.
type source struct {
	path   string // from the root, with slashes
	syntax *ast.File
}

// within reports whether the file is the one named, or in that folder.
func (f source) within(place string) bool {
	return f.path == place || strings.HasPrefix(f.path, strings.TrimSuffix(place, "/")+"/")
}

// imports reports whether the file imports a package whose path begins like that.
func (f source) imports(prefix string) bool {
	return slices.ContainsFunc(f.syntax.Imports, func(spec *ast.ImportSpec) bool {
		return strings.HasPrefix(strings.Trim(spec.Path.Value, `"`), prefix)
	})
}

// area is the folder that flow knows the file's package by.
func (f source) area() string {
	parts := strings.Split(path.Dir(f.path), "/")
	if parts[0] == "." {
		return ""
	}
	return strings.Join(parts[:min(2, len(parts))], "/")
}

func sources(t *testing.T) []source {
	t.Helper()
	var found []source
	err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if name := entry.Name(); file != root && (strings.HasPrefix(name, ".") || name == "node_modules" || name == "frontend" || name == "bin") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		syntax, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(root, file)
		found = append(found, source{filepath.ToSlash(relative), syntax})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Fatal("found no sources")
	}
	return found
}
