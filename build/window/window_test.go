//go:build window

package window

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"understudy/internal/emulator"
	"understudy/internal/journal"
)

// The marked key: nothing else in the world contains it.
const canaryKey = "sk_test_" + "CanaryKeyThatMustNotBeFoundAnywhere12345"

// The user who is impersonated is one of the newest users of the stand-in.
const (
	userName  = "Ingrid Solheim"
	userEmail = "ingrid.solheim@fjordbank.example"
	reason    = "Invoices page is empty"

	// newestEmail is in the first row until the search has narrowed the table.
	newestEmail = "noor.haddad@northwind.example"
)

// TestFromKeyToSession is the main job on real parts. Each step needs the one
// before it, so the first failure ends the test.
func TestFromKeyToSession(t *testing.T) {
	clerk := startClerk(t)
	opened := filepath.Join(t.TempDir(), "opened")
	app := startApp(t, clerk.APIURL(), opened)
	s := openScreen(t)
	step := func(name string, run func(t *testing.T)) {
		if !t.Run(name, run) {
			t.FailNow()
		}
	}

	var readout readout
	step("paste the secret key", func(t *testing.T) {
		s.waitFor(t, "push button", "Explore the sample workspace")
		readout.add(t, s, "the first screen")
		setClipboard(t, canaryKey)
		s.press(t, "push button", "Paste secret key")
		s.waitFor(t, "heading", "Which user are you?")
		readout.add(t, s, "the key is pasted")
	})
	step("the key is in the keychain and no longer on the clipboard", func(t *testing.T) {
		if stored := keychainEntries(t); !strings.Contains(stored, canaryKey) {
			t.Error("the Secret Service does not hold the key")
		}
		if clipboard(t) == canaryKey {
			t.Error("the key is still on the clipboard")
		}
	})
	step("say who acts", func(t *testing.T) {
		s.typeInto(t, "", "Search for yourself*", "maya@northwind.example")
		s.waitForText(t, "Maya Lindqvist")
		s.key(t, "Return")
		s.waitForText(t, "1 found")
		readout.add(t, s, "a candidate is picked")
		s.press(t, "push button", "Continue as Maya Lindqvist (unverified)")
		s.waitFor(t, "", "Users")
		s.waitForText(t, "2,500 users")
		readout.add(t, s, "the users are there")
	})
	step("find the user", func(t *testing.T) {
		s.typeInto(t, "", "Search users", userEmail)
		s.waitWithoutText(t, newestEmail)
		s.waitForText(t, userEmail)
		s.waitForText(t, "1 of 2,500") // and not what part of the address found
		readout.add(t, s, "a user is searched for")
		s.key(t, "Down")
		s.key(t, "Return")
		s.do(t, "focused", "push button", "Impersonate…")
		readout.add(t, s, "the user is opened")
	})
	step("impersonate them", func(t *testing.T) {
		s.press(t, "push button", "Impersonate…")
		s.press(t, "radio button", "Your default browser*")
		readout.add(t, s, "the dialog is open")
		s.typeInto(t, "", "Reason", reason)
		s.press(t, "push button", "Impersonate")
		s.do(t, "gone", "dialog", "Impersonate*")
	})

	var ticket string
	step("one address was opened, and a browser is signed in with it", func(t *testing.T) {
		ticket = handedOver(t, waitForOpened(t, opened))
		s.waitForText(t, "Browser opened for "+userName)
		readout.add(t, s, "the browser has the link")
		page := visit(t, ticket)
		for _, want := range []string{userName, "Maya Lindqvist"} {
			if !strings.Contains(page, want) {
				t.Errorf("the page does not mention %q", want)
			}
		}
	})
	step("Clerk has a session that says who acts and on which record", func(t *testing.T) {
		sessions := clerk.Server().Sessions()
		if len(sessions) != 1 {
			t.Fatalf("%d sessions, want 1", len(sessions))
		}
		actor := sessions[0].Actor
		if actor["sub"] != clerk.Server().OperatorID() || actor["iss"] != "understudy" {
			t.Errorf("actor %v", actor)
		}
		for _, name := range []string{"rid", "log"} {
			if text, _ := actor[name].(string); text == "" {
				t.Errorf("actor has no %q: %v", name, actor)
			}
		}
		if posts := clerk.Server().CountRequests(http.MethodPost, "/v1/actor_tokens"); posts != 1 {
			t.Errorf("%d actor tokens were asked for, want 1", posts)
		}
	})
	step("the window says that they are in", func(t *testing.T) {
		s.waitForText(t, "Signed in as "+userName)
		readout.add(t, s, "the user's session runs")
	})
	step("History shows it", func(t *testing.T) {
		s.press(t, "push button", "History")
		s.waitForText(t, reason)
		readout.add(t, s, "History is open", "said: Messages", "said: Session") // the message goes, the time runs
	})
	step("a screen reader is told all of it", readout.compare)

	step("a second start gives way to the first", func(t *testing.T) {
		second := startApp(t, clerk.APIURL(), opened)
		if err := second.cmd.Wait(); err == nil {
			t.Error("it opened a window of its own")
		}
		s.waitForText(t, reason) // the first still answers
	})

	pid := app.cmd.Process.Pid
	step("the web process knows the user but not the key", func(t *testing.T) {
		web := webProcess(t, pid)
		if !memoryHolds(t, web, userEmail) {
			t.Error("not even the user's address is found: the search does not work")
		}
		if memoryHolds(t, web, canaryKey) {
			t.Error("the key is in the memory of the web process")
		}
	})
	step("key and ticket are in no argument list and no environment", func(t *testing.T) {
		checkNowhere(t, ticket, processesWith)
	})
	app.stop(t)
	step("key and ticket are in no file and no log", func(t *testing.T) {
		checkNowhere(t, ticket, func(t *testing.T, text string) []string {
			t.Helper()
			return filesWith(t, text, os.Getenv("HOME"), os.Getenv("XDG_RUNTIME_DIR"), app.dir)
		})
	})
	step("the journal has each call and nobody in it", func(t *testing.T) {
		kept := journalOfTheProgram(t)
		for _, line := range []string{`"method":"CreateActorToken"`, `"request":"POST /actor_tokens","status":200`} {
			if !strings.Contains(kept, line) {
				t.Errorf("the journal lacks %s", line)
			}
		}
		for _, canary := range []string{userName, userEmail, "Solheim", "maya", "Lindqvist", reason, "user_2", "ticket", canaryKey} {
			if strings.Contains(kept, canary) {
				t.Errorf("the journal holds %q", canary)
			}
		}
	})
	step("the next start has the key from the keychain", func(t *testing.T) {
		again := startApp(t, clerk.APIURL(), opened)
		s.waitForText(t, newestEmail)
		again.stop(t)
	})
}

// checkNowhere fails if key or ticket are found. The ticket is looked for by
// its signature, which is in it however the address is written.
func checkNowhere(t *testing.T, ticket string, find func(*testing.T, string) []string) {
	t.Helper()
	signature := ticket[strings.LastIndexByte(ticket, '.')+1:]
	for name, text := range map[string]string{"key": canaryKey, "ticket": signature} {
		if found := find(t, text); len(found) > 0 {
			t.Errorf("the %s is in %s", name, strings.Join(found, ", "))
		}
	}
}

func startClerk(t *testing.T) *emulator.Running {
	t.Helper()
	clerk, err := emulator.Start(t.Context(), "127.0.0.1:0", emulator.Config{Seed: 1, Now: time.Now, SecretKey: canaryKey})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = clerk.Close() })
	return clerk
}

// app is the running program.
type app struct {
	cmd *exec.Cmd
	dir string // its log
}

// startApp starts the released program with a browser that writes down what it
// is asked to open.
func startApp(t *testing.T, apiURL, opened string) *app {
	t.Helper()
	bin := t.TempDir()
	script := "#!/bin/sh\nprintf '%s\\n' \"$@\" >> '" + opened + "'\n"
	if err := os.WriteFile(filepath.Join(bin, "xdg-open"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	a := &app{dir: t.TempDir()}
	log, err := os.Create(filepath.Join(a.dir, "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	a.cmd = exec.Command(os.Getenv("UNDERSTUDY_PROGRAM"))
	a.cmd.Env = append(os.Environ(), "CLERK_API_URL="+apiURL, "PATH="+bin+":"+os.Getenv("PATH"))
	a.cmd.Stdout, a.cmd.Stderr = log, log
	if err := a.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = a.cmd.Process.Kill()
		if t.Failed() {
			said, _ := os.ReadFile(log.Name())
			t.Logf("the program said:\n%s", said)
		}
	})
	return a
}

// stop closes the program as a logout does, and wants it to end well.
func (a *app) stop(t *testing.T) {
	t.Helper()
	if err := a.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := a.cmd.Wait(); err != nil {
		t.Errorf("the program ended with %v", err)
	}
}

// journalOfTheProgram is all that the program wrote into its journal.
func journalOfTheProgram(t *testing.T) string {
	t.Helper()
	data := os.Getenv("XDG_DATA_HOME")
	if data == "" {
		data = filepath.Join(os.Getenv("HOME"), ".local", "share")
	}
	lines, err := journal.New(filepath.Join(data, "understudy", journal.Folder), nil).Lines()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}

func setClipboard(t *testing.T, text string) {
	t.Helper()
	// xclip stays, to hand the text out, until somebody else owns the clipboard.
	cmd := exec.Command("xclip", "-selection", "clipboard", "-in")
	cmd.Stdin = strings.NewReader(text)
	if err := cmd.Run(); err != nil {
		t.Fatalf("xclip: %v", err)
	}
}

func clipboard(t *testing.T) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	out, err := exec.CommandContext(ctx, "xclip", "-selection", "clipboard", "-out").Output()
	if err != nil {
		return "" // an empty clipboard has nothing to hand out
	}
	return string(out)
}

// keychainEntries is everything that the Secret Service keeps for Understudy.
func keychainEntries(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("secret-tool", "search", "--all", "service", "understudy").CombinedOutput()
	if err != nil {
		t.Fatalf("secret-tool: %v\n%s", err, out)
	}
	return string(out)
}

// waitForOpened waits for the address that the browser was asked to open, and
// wants it to be the only one.
func waitForOpened(t *testing.T, path string) string {
	t.Helper()
	var lines []string
	eventually(t, func() bool {
		data, _ := os.ReadFile(path)
		lines = strings.Fields(string(data))
		return len(lines) > 0 && strings.HasSuffix(string(data), "\n")
	}, func() string { return "no browser was asked to open anything" })
	if len(lines) != 1 {
		t.Fatalf("%d addresses were opened, want 1", len(lines))
	}
	return lines[0]
}

// handedOver fetches what the browser was told to open, and returns the ticket that
// it is sent to.
func handedOver(t *testing.T, address string) string {
	t.Helper()
	client := &http.Client{Timeout: patience, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	ticket := answer.Header.Get("Location")
	if !strings.Contains(ticket, "ticket=") || strings.Contains(address, "ticket=") {
		t.Fatalf("the browser was told a ticket, or is sent to none: %s", answer.Status)
	}
	return ticket
}

// visit opens the address as a browser does and returns the page it ends on.
func visit(t *testing.T, address string) string {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := url.Parse(address); err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar, Timeout: patience}
	answer, err := client.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("the page answered %s", answer.Status)
	}
	return string(page)
}

func TestWithoutADisplayTheProgramSaysSoInASentence(t *testing.T) {
	for _, display := range []string{"", ":4711"} {
		cmd := exec.Command(os.Getenv("UNDERSTUDY_PROGRAM"), "--sample")
		cmd.Env = append(os.Environ(), "DISPLAY="+display, "WAYLAND_DISPLAY=", "HOME="+t.TempDir())
		said, _ := cmd.CombinedOutput()
		if code := cmd.ProcessState.ExitCode(); code != 1 || !strings.Contains(string(said), "desktop session") || strings.Contains(string(said), "goroutine") {
			t.Errorf("with the display %q it ends with %d and says\n%s", display, code, said)
		}
	}
}
