package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// freeRelative matches a sentence that opens with a free relative clause, as "What is
// not listed may…": a reader has to hold all of it before the subject comes.
var freeRelative = regexp.MustCompile(`(?i)^(what(ever)?|who(ever|m|mever|se)?|which(ever)?|wherever|that of|those (of|that|who|whose|which)|one that|so long)\b`)

// sentenceEnd is where the next sentence of a comment begins.
var sentenceEnd = regexp.MustCompile(`[.!?:]\s+`)

// testName finds the names of component and browser tests.
var testName = regexp.MustCompile(`(?m)\b(?:test|it|describe)(?:\.\w+)*\(\s*"([^"]+)"|\]\)\(\s*"([^"]+)"`)

func TestSentencesOpenWithTheirSubject(t *testing.T) {
	for _, text := range texts(t) {
		for _, sentence := range sentences(text.words) {
			if freeRelative.MatchString(sentence) && !strings.HasSuffix(sentence, "?") {
				t.Errorf("%s: open with the subject: %q", text.place, sentence)
			}
		}
	}
}

func TestFreeRelativesAreRecognised(t *testing.T) {
	for words, want := range map[string]int{
		"What is listed may pass.":                      1,
		"It passes. Whoever asks is told so.":           1,
		"One that is gone is left out.":                 1,
		"one that is gone is left out":                  1,
		"The rest is left out, whatever it is.":         0,
		"Those are the rows. What is the row's number?": 0,
		"Whatsoever": 0,
	} {
		got := 0
		for _, sentence := range sentences(words) {
			if freeRelative.MatchString(sentence) && !strings.HasSuffix(sentence, "?") {
				got++
			}
		}
		if got != want {
			t.Errorf("%q: %d, want %d", words, got, want)
		}
	}
}

// text is a comment or the name of a test.
type text struct{ place, words string }

// sentences cuts a text, whose lines may begin anywhere, into its sentences.
func sentences(words string) []string {
	words = strings.Join(strings.Fields(words), " ")
	var cut []string
	for {
		end := sentenceEnd.FindStringIndex(words)
		if end == nil {
			return append(cut, words)
		}
		cut = append(cut, strings.TrimSpace(words[:end[1]]))
		words = words[end[1]:]
	}
}

// texts returns the comments and test names of all hand-written sources.
func texts(t *testing.T) []text {
	t.Helper()
	var found []text
	err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := entry.Name(); entry.IsDir() {
			isForeign := name == "node_modules" || name == "wailsjs" || name == "testdata" || name == "dist" || name == "bin"
			if isForeign || file != root && strings.HasPrefix(name, ".") {
				return filepath.SkipDir
			}
			return nil
		}
		switch filepath.Ext(file) {
		case ".go":
			more, err := goTexts(file)
			found = append(found, more...)
			return err
		case ".ts", ".tsx":
			more, err := scriptTexts(file)
			found = append(found, more...)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Fatal("found no texts")
	}
	return found
}

func goTexts(file string) ([]text, error) {
	set := token.NewFileSet()
	syntax, err := parser.ParseFile(set, file, nil, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	var found []text
	for _, group := range syntax.Comments {
		found = append(found, text{set.Position(group.Pos()).String(), group.Text()})
	}
	for _, d := range syntax.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && strings.HasPrefix(f.Name.Name, "Test") {
			found = append(found, text{set.Position(f.Pos()).String(), inWords(strings.TrimPrefix(f.Name.Name, "Test"))})
		}
	}
	return found, nil
}

// inWords writes a name of Go with spaces: "OneThatIsGone" is "One That Is Gone".
func inWords(name string) string {
	return regexp.MustCompile(`([a-z])([A-Z])`).ReplaceAllString(name, "$1 $2")
}

// scriptTexts reads comments of TypeScript line by line: a line of code is no comment,
// and a block comment ends where its last line says so.
func scriptTexts(file string) ([]text, error) {
	source, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var found []text
	var comment strings.Builder
	inBlock := false
	for line := range strings.Lines(string(source)) {
		line = strings.TrimSpace(line)
		if start, isLine := strings.CutPrefix(line, "//"); isLine && !inBlock {
			comment.WriteString(start + " ")
			continue
		}
		if start, isBlock := strings.CutPrefix(line, "/*"); isBlock {
			line, inBlock = start, true
		}
		if inBlock {
			inBlock = !strings.Contains(line, "*/")
			comment.WriteString(strings.Trim(line, "*/ ") + " ")
			if inBlock {
				continue
			}
		}
		if comment.Len() > 0 {
			found = append(found, text{file, comment.String()})
			comment.Reset()
		}
		if _, behind, has := strings.Cut(line, " // "); has && !strings.Contains(behind, "\"") {
			found = append(found, text{file, behind})
		}
	}
	for _, name := range testName.FindAllStringSubmatch(string(source), -1) {
		found = append(found, text{file, name[1] + name[2]})
	}
	return found, nil
}
