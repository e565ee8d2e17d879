package journal

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"understudy/internal/fault"
	"understudy/internal/sentence"
)

// canaries are what the journal must never hold.
func canaries() []string {
	return []string{
		"sk_test_" + "CanaryKey0123456789", "https://clerk.acme.com/v1/tickets/accept?ticket=eyJhbGciOi.eyJ9.c2ln",
		"priya@meridian.org", "Priya Raman", "Invoices page is empty", "org:acme", "user_2nk20AFJFRCmaAQDEibXwqfm0f0",
	}
}

func kept(t *testing.T, write func(*slog.Logger)) (*Journal, string) {
	t.Helper()
	j := New(t.TempDir(), nil)
	write(j.Logger())
	lines, err := j.Lines()
	if err != nil {
		t.Fatal(err)
	}
	return j, strings.Join(lines, "\n")
}

func TestNoAttributeCarriesACanary(t *testing.T) {
	names := slices.Concat([]string{"name", "query", "err", "fault", "msg", "level"}, slices.Collect(keysOf()))
	for _, canary := range canaries() {
		_, text := kept(t, func(log *slog.Logger) {
			for _, name := range names {
				group, inner, grouped := strings.Cut(name, ".")
				attribute := slog.String(name, canary)
				if grouped {
					attribute = slog.Group(group, slog.String(inner, canary))
				}
				log.LogAttrs(t.Context(), slog.LevelInfo, "call", attribute)
				log.With(attribute).WithGroup(group).Info("call")
			}
			log.Info(canary)
			failure := fault.New(fault.ClerkRefused, errors.New(canary)).Saying(sentence.Of("reason_pattern.hint", "hint", canary))
			log.LogAttrs(t.Context(), slog.LevelWarn, "call", slog.Any("fault", failure))
		})
		if strings.Contains(text, canary) || !strings.Contains(text, `"code":"clerk_refused"`) {
			t.Errorf("%q: the journal holds\n%s", canary, text)
		}
	}
}

// twoFaced is a number as a text, and a name as JSON.
type twoFaced struct{ Name string }

func (twoFaced) String() string { return "7" }

func TestNoValueCarriesACanaryThatItsTextHides(t *testing.T) {
	for name := range allowed {
		for _, value := range []any{twoFaced{"Priya"}, &twoFaced{"Priya"}, []string{"Priya"}, errors.New("Priya Raman")} {
			_, text := kept(t, func(log *slog.Logger) {
				group, inner, grouped := strings.Cut(name, ".")
				attribute := slog.Any(name, value)
				if grouped {
					attribute = slog.Group(group, slog.Any(inner, value))
				}
				log.LogAttrs(t.Context(), slog.LevelInfo, "call", attribute)
			})
			if strings.Contains(text, "Priya") {
				t.Errorf("%s: the journal holds\n%s", name, text)
			}
		}
	}
}

func keysOf() func(func(string) bool) {
	return func(yield func(string) bool) {
		for name := range allowed {
			if !yield(name) {
				return
			}
		}
	}
}

func TestAFailureIsKeptByItsCodeAndTheTypesOfItsCauses(t *testing.T) {
	cause := &os.PathError{Op: "open", Path: "/home/priya", Err: os.ErrPermission}
	failure := fault.New(fault.ClerkRefused, cause).WithRequest("GET /users/{user_id}", 422).WithTrace("a1b2c3")
	_, text := kept(t, func(log *slog.Logger) {
		log.LogAttrs(t.Context(), slog.LevelWarn, "call", slog.Any("fault", failure))
	})
	want := `"fault":{"code":"clerk_refused","request":"GET /users/{user_id}","status":422,"trace":"a1b2c3","causes":"*fs.PathError, *errors.errorString"}`
	if !strings.Contains(text, want) {
		t.Errorf("kept\n%s\nwant %s", text, want)
	}
}

func TestAPanicIsKeptByItsStackAndNotByWhatWasThrown(t *testing.T) {
	_, text := kept(t, func(log *slog.Logger) {
		defer func() {
			log.LogAttrs(t.Context(), slog.LevelWarn, "call", slog.Any("fault", fault.Panicked(recover())))
		}()
		panic("Priya Raman")
	})
	if strings.Contains(text, "Priya") || strings.Contains(text, withheld) || !strings.Contains(text, "journal.TestAPanicIsKept") {
		t.Errorf("kept\n%s", text)
	}
}

func TestLinesOfACallAreFoundByItsID(t *testing.T) {
	j, _ := kept(t, func(log *slog.Logger) {
		for _, id := range []string{"ONE", "TWO", ""} {
			ctx := context.Context(t.Context())
			if id != "" {
				ctx = WithCall(ctx, id)
			}
			log.LogAttrs(ctx, slog.LevelInfo, "clerk", slog.Int("status", 200))
			log.LogAttrs(ctx, slog.LevelInfo, "call", slog.String("method", "ListUsers"))
		}
	})
	lines, err := j.LinesOf("TWO")
	if err != nil || len(lines) != 2 || !strings.Contains(lines[0], `"clerk"`) || !strings.Contains(lines[1], "ListUsers") {
		t.Errorf("found %q, %v", lines, err)
	}
	if lines, err := j.LinesOf(""); err != nil || len(lines) != 0 {
		t.Errorf("of no call: %q, %v", lines, err)
	}
}

func TestTheRingHoldsTwoFilesAndForgetsTheOldest(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "folder")
	r := &ring{dir: dir, limit: 100}
	for _, number := range "0123456789" {
		if _, err := r.Write([]byte(`{"n":` + string(number) + `,"pad":"` + strings.Repeat("x", 20) + "\"}\n")); err != nil {
			t.Fatal(err)
		}
	}
	lines, err := (&Journal{dir: dir}).Lines()
	if err != nil || len(lines) != 4 || !strings.Contains(lines[3], `"n":9`) || !strings.Contains(lines[0], `"n":6`) {
		t.Errorf("holds %q, %v", lines, err)
	}
	if _, err := r.Write(make([]byte, 101)); !errors.Is(err, errTooLong) {
		t.Errorf("a long line: %v", err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 2 {
		t.Errorf("%d files, %v", len(files), err)
	}
}

func TestTheNextRunGoesOnWhereTheLastOneEnded(t *testing.T) {
	dir := t.TempDir()
	for range 2 {
		New(dir, nil).Logger().Info("call")
	}
	// A crash has cut the last line.
	file, err := os.OpenFile(filepath.Join(dir, newerFile), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.WriteString(`{"time":"2026-`); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	New(dir, nil).Logger().Info("call")
	if lines, err := New(dir, nil).Lines(); err != nil || len(lines) != 3 {
		t.Errorf("%d lines, %v", len(lines), err)
	}
}

func TestAMirrorSeesTheLinesAndKeepsNone(t *testing.T) {
	var terminal strings.Builder
	j := Mirror(&terminal)
	j.Logger().Info("call")
	if lines, err := j.Lines(); err != nil || len(lines) != 0 || !strings.Contains(terminal.String(), `"msg":"call"`) {
		t.Errorf("keeps %q, %v; the terminal shows %q", lines, err, terminal.String())
	}
	Mirror(nil).Logger().Info("call")
}

func TestLinesOfTwoProcessesStayWhole(t *testing.T) {
	dir := t.TempDir()
	one, other := New(dir, nil), New(dir, nil)
	for range 5 {
		one.Logger().Info("call", "method", "ListUsers")
		other.Logger().Info("call", "method", "GetUser")
	}
	if lines, err := one.Lines(); err != nil || len(lines) != 10 {
		t.Errorf("%d lines of 10 are whole, %v: %q", len(lines), err, lines)
	}
}

func TestALineThatCannotBeWrittenStopsNoLaterOne(t *testing.T) {
	r := &ring{dir: t.TempDir(), limit: 100}
	_, first := r.Write([]byte("{}\n"))
	broken := r.file.Close()
	_, failed := r.Write([]byte("{}\n"))
	if _, err := r.Write([]byte("{}\n")); err != nil || failed == nil || errors.Join(first, broken) != nil {
		t.Errorf("%v, then %v; before %v, %v", failed, err, first, broken)
	}
}

// brokenWriter is a terminal that was closed.
type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, os.ErrClosed }

func TestAMirrorThatFailsKeepsNoLineFromTheFile(t *testing.T) {
	j := New(t.TempDir(), brokenWriter{})
	j.Logger().Info("call")
	if lines, err := j.Lines(); err != nil || len(lines) != 1 {
		t.Errorf("keeps %q, %v", lines, err)
	}
}
