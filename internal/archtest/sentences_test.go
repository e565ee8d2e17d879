package archtest

import (
	"go/ast"
	"slices"
	"strconv"
	"strings"
	"testing"

	"understudy/internal/fault"
	"understudy/internal/sentence"
)

// TestSentencesAreThoseOfTheCatalogue holds the code to internal/sentence/en.json: each
// sentence that the code says is there and is given what it is about, and each one that
// is there is said.
func TestSentencesAreThoseOfTheCatalogue(t *testing.T) {
	said := map[string]bool{}
	for _, code := range fault.Codes() {
		for _, key := range []string{string(code), string(code) + ".next"} {
			said[key] = true
			for _, name := range sentence.Names(key) {
				if !byFault(name) {
					t.Errorf("%s is about {{%s}}, which a code alone does not tell", key, name)
				}
			}
		}
	}
	for _, f := range sources(t) {
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || !isCallOf(call, "sentence", "Of") {
				return true
			}
			key, names, ok := literals(call.Args)
			if !ok {
				t.Errorf("%s: a call of sentence.Of has no literal key, or no literal names", f.path)
				return true
			}
			for _, form := range formsOf(key) {
				said[form] = true
				if needed := sentence.Names(form); !slices.Equal(names, slices.DeleteFunc(needed, byFault)) && !countsAlone(names, needed, form) {
					t.Errorf("%s: %s is about %v, and is given %v", f.path, form, needed, names)
				}
			}
			if len(formsOf(key)) == 0 {
				t.Errorf("%s: the catalogue has no %s", f.path, key)
			}
			return true
		})
	}
	for _, key := range sentence.Keys() {
		if !said[key] {
			t.Errorf("nothing says %s", key)
		}
	}
}

// byFault reports whether a fault knows the name by itself, see Error.naming.
func byFault(name string) bool { return name == "server" || name == "status" }

// countsAlone reports whether a plural form is given all it is about and the count, which
// it need not write.
func countsAlone(names, needed []string, form string) bool {
	without := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return name == "count" })
	return (strings.HasSuffix(form, "_one") || strings.HasSuffix(form, "_other")) && slices.Equal(without, needed)
}

// formsOf lists the texts of a key: itself, or one for each count.
func formsOf(key string) []string {
	if sentence.Has(key) {
		return []string{key}
	}
	return slices.DeleteFunc([]string{key + "_one", key + "_other"}, func(form string) bool { return !sentence.Has(form) })
}

func isCallOf(call *ast.CallExpr, of, function string) bool {
	selected, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || selected.Sel.Name != function {
		return false
	}
	on, ok := selected.X.(*ast.Ident)
	return ok && on.Name == of
}

// literals are the key and the sorted names of a call of sentence.Of.
func literals(args []ast.Expr) (key string, names []string, ok bool) {
	for i, arg := range args {
		if i > 0 && i%2 == 0 {
			continue // the value of a name
		}
		literal, isLiteral := arg.(*ast.BasicLit)
		if !isLiteral {
			return "", nil, false
		}
		text, err := strconv.Unquote(literal.Value)
		if err != nil {
			return "", nil, false
		}
		if i == 0 {
			key = text
		} else {
			names = append(names, text)
		}
	}
	slices.Sort(names)
	return key, names, len(args)%2 == 1
}
