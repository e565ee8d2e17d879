//go:build window

package window

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// patience is how long anything may take to turn up in the window. It only
// passes in full when the test is about to fail.
const patience = 30 * time.Second

// screen is what a screen reader has of the window, and a keyboard.
type screen struct {
	t       *testing.T
	ask     *json.Encoder
	answers *bufio.Scanner
}

func openScreen(t *testing.T) *screen {
	t.Helper()
	cmd := exec.Command("/usr/bin/python3", "-W", "ignore", "accessibility.py")
	cmd.Stderr = os.Stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = stdin.Close()
		_ = cmd.Wait()
	})
	answers := bufio.NewScanner(stdout)
	answers.Buffer(nil, 8<<20)
	return &screen{t: t, ask: json.NewEncoder(stdin), answers: answers}
}

type question struct {
	Do      string  `json:"do"`
	Role    string  `json:"role"`
	Name    string  `json:"name"`
	Seconds float64 `json:"seconds"`
}

// do asks one question and fails the test unless the answer is yes.
func (s *screen) do(t *testing.T, action, role, name string) string {
	t.Helper()
	if err := s.ask.Encode(question{action, role, name, patience.Seconds()}); err != nil {
		t.Fatal(err)
	}
	if !s.answers.Scan() {
		t.Fatalf("the accessibility bridge ended: %v", s.answers.Err())
	}
	var answer struct {
		OK    bool   `json:"ok"`
		Text  string `json:"text"`
		Error string `json:"error"`
	}
	if err := json.Unmarshal(s.answers.Bytes(), &answer); err != nil {
		t.Fatal(err)
	}
	if !answer.OK {
		t.Fatal(answer.Error)
	}
	return answer.Text
}

func (s *screen) waitFor(t *testing.T, role, name string) { t.Helper(); s.do(t, "wait", role, name) }

func (s *screen) press(t *testing.T, role, name string) { t.Helper(); s.do(t, "press", role, name) }

// typeInto puts the focus on a text box and types, as a person would.
func (s *screen) typeInto(t *testing.T, role, name, text string) {
	t.Helper()
	s.do(t, "focus", role, name)
	s.xdotool(t, "type", "--delay", "12", text)
}

func (s *screen) key(t *testing.T, key string) { t.Helper(); s.xdotool(t, "key", key) }

func (s *screen) xdotool(t *testing.T, args ...string) {
	t.Helper()
	if out, err := exec.Command("xdotool", args...).CombinedOutput(); err != nil {
		t.Fatalf("xdotool: %v\n%s", err, out)
	}
}

// waitForText waits until a text stands somewhere in the window.
func (s *screen) waitForText(t *testing.T, text string) {
	t.Helper()
	var seen string
	eventually(t, func() bool {
		seen = s.do(t, "text", "", "")
		return strings.Contains(seen, text)
	}, func() string { return "not on screen: " + text + "\n" + seen })
}

// waitWithoutText waits until a text stands nowhere in the window.
func (s *screen) waitWithoutText(t *testing.T, text string) {
	t.Helper()
	eventually(t, func() bool { return !strings.Contains(s.do(t, "text", "", ""), text) },
		func() string { return "still on screen: " + text })
}

// eventually asks until the answer is yes.
func eventually(t *testing.T, yes func() bool, otherwise func() string) {
	t.Helper()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(patience); !yes(); <-tick.C {
		if time.Now().After(deadline) {
			t.Fatal(otherwise())
		}
	}
}
