package fault

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"understudy/internal/sentence"
)

var update = flag.Bool("update", false, "rewrite testdata/codes.golden")

// TestCodes pins the catalogue: the front end switches on these codes, and its
// tests read the same file.
func TestCodes(t *testing.T) {
	var lines []string
	for _, code := range Codes() {
		lines = append(lines, string(code))
	}
	slices.Sort(lines)
	got := strings.Join(lines, "\n") + "\n"
	golden := filepath.Join("testdata", "codes.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the codes changed: run go test ./internal/fault -update, and look at what the front end does with them\n%s", got)
	}
}

func TestSentencesArePlain(t *testing.T) {
	for _, code := range Codes() {
		failure := New(code, nil)
		for _, said := range []string{failure.Sentence(), failure.Next()} {
			if said != "" && !strings.HasSuffix(said, ".") {
				t.Errorf("%s: %q is no sentence", code, said)
			}
			for _, jargon := range []string{"HTTP", "401", "404", "422", "JSON", "nil", "invalid", "error"} {
				if strings.Contains(said, jargon) {
					t.Errorf("%s: %q says %q", code, said, jargon)
				}
			}
		}
		if failure.Sentence() == "" {
			t.Errorf("%s says nothing", code)
		}
	}
}

func TestFrom(t *testing.T) {
	busy := New(ClerkBusy, nil).WithTrace("t1").WithRetryAfter(4 * time.Second)
	tests := []struct {
		name string
		err  error
		want Code
	}{
		{"nothing", nil, ""},
		{"a fault", busy, ClerkBusy},
		{"a wrapped fault", fmt.Errorf("list users: %w", busy), ClerkBusy},
		{"one of several", errors.Join(errors.New("x"), busy), ClerkBusy},
		{"cancelled", fmt.Errorf("call: %w", context.Canceled), Canceled},
		{"too late", context.DeadlineExceeded, ClerkTimeout},
		{"anything else", errors.New("x"), Internal},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := CodeOf(tt.err); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestErrorKeepsItsCauseToItself(t *testing.T) {
	cause := errors.New("Get https://api.clerk.com/v1/users?query=priya@meridian.org")
	err := New(ClerkUnreachable, cause)
	if strings.Contains(fmt.Sprintf("%v %s %q", err, err, err), "priya") {
		t.Error("the text quotes its cause")
	}
	if !errors.Is(err, cause) {
		t.Error("the cause is lost")
	}
}

func TestErrorsWithTheSameCodeAreTheSame(t *testing.T) {
	if !errors.Is(New(Yourself, errors.New("x")), New(Yourself, nil)) || errors.Is(New(Yourself, nil), New(UserGone, nil)) {
		t.Error("errors.Is does not compare codes")
	}
}

func TestOwnMessageReplacesTheSentence(t *testing.T) {
	plain := New(LimitExceeded, nil)
	own := plain.Saying(sentence.Of("impersonation_limit.all", "limit", 5))
	if own.Sentence() != "All 5 impersonations of this billing period are used." || plain.Sentence() == own.Sentence() {
		t.Errorf("got %q and %q", own.Sentence(), plain.Sentence())
	}
	if unknown := New("no_such_code", nil); unknown.Sentence() != New(Internal, nil).Sentence() {
		t.Errorf("a code without an entry says %q", unknown.Sentence())
	}
}
