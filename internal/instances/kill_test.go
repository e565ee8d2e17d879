package instances

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptrace"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"understudy/internal/browser"
	"understudy/internal/clerkapi"
	"understudy/internal/emulator"
	"understudy/internal/held"
	"understudy/internal/impersonation"
	"understudy/internal/secret"
	"understudy/internal/settings"
)

// The steps of an impersonation at which the process is killed.
const (
	intentWritten  = "intent written"
	requestSent    = "request sent"
	replyIn        = "reply in"
	outcomeWritten = "outcome written"
	browserStarted = "browser started"
	openingWritten = "opening written"
)

// kills is how often the process is killed, in turn at each step.
const kills = 200

// Variables that the victim is told by, in its environment.
const (
	stepVariable   = "UNDERSTUDY_TEST_KILL_AT"
	folderVariable = "UNDERSTUDY_TEST_FOLDER"
	clerkVariable  = "UNDERSTUDY_TEST_CLERK"
	targetVariable = "UNDERSTUDY_TEST_TARGET" // instance and user
)

// TestMain is the victim as well: a process that impersonates somebody and
// stands still at the step where it is to be killed.
func TestMain(m *testing.M) {
	if step := os.Getenv(stepVariable); step != "" {
		fmt.Println("came past", step, "with", impersonateUntil(step))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// impersonateUntil returns only if the step does not come.
func impersonateUntil(step string) error {
	v := victim{step: step, next: clerkapi.NewTransport()}
	dir := os.Getenv(folderVariable)
	store, err := settings.Open(filepath.Join(dir, "config"), settings.Managed{})
	if err != nil {
		return err
	}
	key, err := secret.ParseKey(testKey)
	if err != nil {
		return err
	}
	instance, user, _ := strings.Cut(os.Getenv(targetVariable), " ")
	manager := New(Config{
		Settings: store, Keys: &keys{
			kept:  map[string]secret.Key{instance: key},
			bases: map[string]string{instance: os.Getenv(clerkVariable)},
		},
		AuditDir: filepath.Join(dir, "audit"), Opener: v, Clipboard: &clipboard{},
		APIURL: os.Getenv(clerkVariable), Version: "test", Transport: v, Now: time.Now, NewID: rand.Text,
		AfterFunc: func(time.Duration, func()) {},
	})
	ctx := context.Background()
	w, err := manager.Select(ctx, instance)
	if err != nil {
		return err
	}
	i, err := w.Impersonations.Create(ctx, impersonation.Request{
		UserID: userID(user), LinkLife: time.Minute, SessionLength: 10 * time.Minute,
	})
	if err != nil {
		return err
	}
	_, err = w.Impersonations.Open(ctx, i.ID, "default")
	v.reach(openingWritten)
	return err
}

// victim is the network and the browser of a process that is to be killed.
type victim struct {
	step string
	next http.RoundTripper
}

// reach says that a step has come, and if it is the one, waits for the end.
func (v victim) reach(step string) {
	if step == v.step {
		fmt.Println(step)
		select {}
	}
}

func (v victim) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method != http.MethodPost || !strings.HasSuffix(r.URL.Path, "/actor_tokens") {
		return v.next.RoundTrip(r)
	}
	v.reach(intentWritten)
	sent := func(httptrace.WroteRequestInfo) { v.reach(requestSent) }
	trace := httptrace.WithClientTrace(r.Context(), &httptrace.ClientTrace{WroteRequest: sent})
	response, err := v.next.RoundTrip(r.WithContext(trace))
	v.reach(replyIn)
	return response, err
}

func (v victim) Open(ctx context.Context, _ string, visit browser.Visit) (held.Window, error) {
	v.reach(outcomeWritten)
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, visit.Ticket.Reveal(), nil)
	if err != nil {
		return nil, err
	}
	response, err := (&http.Client{Jar: jar}).Do(request)
	if err != nil {
		return nil, err
	}
	_, err = io.Copy(io.Discard, response.Body)
	v.reach(browserStarted)
	return nil, errors.Join(err, response.Body.Close())
}

func (victim) Close(string) {}

// TestKilledAtEveryStep kills the process in the middle of an impersonation.
// The next start must list it, be able to end it, and find the record whole.
func TestKilledAtEveryStep(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	o.pickOperator(w)
	instance, user := w.Instance.ID, somebody(t, w).ID

	steps := []struct {
		name string
		want impersonation.State // after the next start has asked Clerk
	}{
		{intentWritten, impersonation.Unknown},
		{requestSent, impersonation.Unknown},
		{replyIn, impersonation.Unknown},
		{outcomeWritten, impersonation.Unknown},
		{browserStarted, impersonation.Live},
		{openingWritten, impersonation.Live},
	}
	for n := range kills {
		step := steps[n%len(steps)]
		if err := o.manager.Close(); err != nil {
			t.Fatal(err)
		}
		o.killAt(step.name, instance+" "+user.String())
		o.restart()
		w, err := o.manager.Select(t.Context(), instance)
		if err != nil {
			t.Fatal(err)
		}
		board := w.Impersonations.Live(t.Context())
		if board.Problem != nil || len(board.Items) != 1 || board.Items[0].State != step.want {
			t.Fatalf("killed with %q, the board has %+v", step.name, board)
		}
		ended, err := w.Impersonations.End(t.Context(), board.Items[0].ID)
		if err != nil || ended.State != impersonation.Ended {
			t.Fatalf("killed with %q, ended with %+v, %v", step.name, ended, err)
		}
		for _, session := range o.clerk.Server().Sessions() {
			if session.Status == "active" {
				t.Fatalf("killed with %q, a session is left: %+v", step.name, session)
			}
		}
		past, err := w.History.Recent()
		if err != nil || len(past) != n+1 {
			t.Fatalf("killed with %q, %d of %d are on record, %v", step.name, len(past), n+1, err)
		}
	}
	history, err := o.manager.History()
	if err != nil {
		t.Fatal(err)
	}
	if v, err := history.Verify(t.Context()); err != nil || !v.State.Holds() {
		t.Errorf("verified %+v, %v", v, err)
	}
}

// killAt runs a process in this office and kills it at a step.
func (o *office) killAt(step, target string) {
	o.t.Helper()
	process := exec.CommandContext(o.t.Context(), os.Args[0])
	process.Env = append(os.Environ(),
		stepVariable+"="+step, folderVariable+"="+o.dir, clerkVariable+"="+o.clerk.APIURL(), targetVariable+"="+target)
	process.Stderr = os.Stderr
	out, err := process.StdoutPipe()
	if err != nil {
		o.t.Fatal(err)
	}
	if err := process.Start(); err != nil {
		o.t.Fatal(err)
	}
	said, err := bufio.NewReader(out).ReadString('\n')
	if killErr := process.Process.Kill(); killErr != nil {
		o.t.Fatal(killErr)
	}
	_ = process.Wait() // it was killed
	if strings.TrimSpace(said) != step {
		o.t.Fatalf("waited for %q, got %q, %v", step, said, err)
	}
}
