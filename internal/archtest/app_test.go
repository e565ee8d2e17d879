package archtest

import (
	"go/ast"
	"path"
	"slices"
	"strings"
	"testing"
)

// TestAppListsAllThatTheWindowCanCall holds app.go to the methods that its subjects
// have: the comment above each subject names them, in their order. Go promotes no
// method whose name two subjects have, and says nothing.
func TestAppListsAllThatTheWindowCanCall(t *testing.T) {
	offered := boundMethods(t)
	offeredBy := map[string]string{}
	for subject, methods := range offered {
		for _, name := range methods {
			if other, taken := offeredBy[name]; taken {
				t.Errorf("%s and %s both have %s: the window can call neither", other, subject, name)
			}
			offeredBy[name] = subject
		}
	}
	for subject, listed := range listedMethods(t) {
		if !slices.Equal(listed, offered[subject]) {
			t.Errorf("app.go lists %v\nof %s, which has %v", listed, subject, offered[subject])
		}
		delete(offered, subject)
	}
	for subject, methods := range offered {
		t.Errorf("App embeds no %s, so the window cannot call %v", subject, methods)
	}
}

// TestASubjectHasNothingButItsCalls keeps what subjects share from being bound with
// them, and their fields from hiding a method of another subject.
func TestASubjectHasNothingButItsCalls(t *testing.T) {
	offered := boundMethods(t)
	for name, fields := range structs(t, "internal/bridge") {
		if _, subject := offered[name]; !subject {
			continue
		}
		if !strings.HasSuffix(name, "Calls") {
			t.Errorf("%s has exported methods, so its name must end in Calls: the journal finds the method by that", name)
		}
		if len(fields) != 1 || embedded(fields[0]) != "Scope" {
			t.Errorf("%s has more than the Scope that all subjects share", name)
		}
	}
	for _, field := range structs(t, "internal/bridge")["Scope"] {
		if len(field.Names) == 0 {
			t.Errorf("Scope embeds %s, whose methods would be bound", embedded(field))
		}
	}
}

// boundMethods are the exported methods in internal/bridge, and any of App's own, by
// their receivers and in the order of their file.
func boundMethods(t *testing.T) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	for _, f := range sources(t) {
		for _, d := range f.syntax.Decls {
			method, ok := d.(*ast.FuncDecl)
			if !ok || method.Recv == nil || !method.Name.IsExported() {
				continue
			}
			subject := embedded(method.Recv.List[0])
			if f.within("internal/bridge") || f.path == "app.go" || subject == "App" {
				found[subject] = append(found[subject], method.Name.Name)
			}
		}
	}
	if len(found) == 0 {
		t.Fatal("found no bound methods")
	}
	return found
}

// listedMethods are the names in the comments above the fields of App, by the type
// that is embedded there.
func listedMethods(t *testing.T) map[string][]string {
	t.Helper()
	listed := map[string][]string{}
	for _, field := range structs(t, ".")["App"] {
		if len(field.Names) > 0 {
			t.Errorf("App has a field %s beside its subjects", field.Names[0])
		}
		listed[embedded(field)] = strings.Split(strings.Join(strings.Fields(field.Doc.Text()), " "), ", ")
	}
	return listed
}

// structs are the fields of the structs that a folder declares, by their names.
func structs(t *testing.T, folder string) map[string][]*ast.Field {
	t.Helper()
	found := map[string][]*ast.Field{}
	for _, f := range sources(t) {
		if path.Dir(f.path) != folder {
			continue
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			if spec, ok := n.(*ast.TypeSpec); ok {
				if s, ok := spec.Type.(*ast.StructType); ok {
					found[spec.Name.Name] = s.Fields.List
				}
			}
			return true
		})
	}
	return found
}

// embedded is the name of a field's type, without its package and its pointer.
func embedded(field *ast.Field) string {
	typ := field.Type
	if pointer, ok := typ.(*ast.StarExpr); ok {
		typ = pointer.X
	}
	switch typ := typ.(type) {
	case *ast.SelectorExpr:
		return typ.Sel.Name
	case *ast.Ident:
		return typ.Name
	}
	return ""
}
