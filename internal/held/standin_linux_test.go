//go:build realbrowser

package held

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"understudy/internal/emulator"
	"understudy/internal/secret"
	"understudy/internal/viewonly"
)

// diary is a watcher that a test can wait for.
type diary struct {
	t     *testing.T
	lines chan string
	read  []string
}

func newDiary(t *testing.T) *diary {
	t.Helper()
	return &diary{t: t, lines: make(chan string, 10_000)}
}

func (d *diary) SignedIn(o SignIn)   { d.lines <- fmt.Sprint("signed in ", o.Outcome, " ", o.Code) }
func (d *diary) Page(address string) { d.lines <- "page " + path(address) }
func (d *diary) HeldBack(method, address string) {
	d.lines <- "held back " + method + " " + path(address)
}
func (d *diary) Disconnected(string)      { d.lines <- "disconnected" }
func (d *diary) Downloaded(string, int64) {}
func (d *diary) Asked(Ask)                {}
func (d *diary) Sent(method, address string, status int) {
	d.lines <- fmt.Sprint("sent ", method, " ", path(address), " ", status)
}

// path is what follows the host, without ids of sessions.
func path(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	parts := strings.Split(u.Path, "/")
	for k, part := range parts {
		if strings.HasPrefix(part, "sess_") {
			parts[k] = ":id"
		}
	}
	return strings.Join(parts, "/")
}

// await waits for lines to be written, in any order.
func (d *diary) await(want ...string) {
	d.t.Helper()
	patience := time.After(20 * time.Second)
	for _, line := range want {
		for !slices.Contains(d.read, line) {
			select {
			case next := <-d.lines:
				d.read = append(d.read, next)
			case <-patience:
				d.t.Fatalf("%q was not seen, but %q", line, d.read)
			}
		}
	}
}

// sample is the stand-in, whose app's own sign-in page completes tickets.
type sample struct {
	t      *testing.T
	server *emulator.Server
	url    string
}

func newSample(t *testing.T) *sample {
	t.Helper()
	server := emulator.New(emulator.Config{Users: 300, Seed: 1, Now: time.Now, Scene: emulator.Scene{SignInPage: true}})
	listener := httptest.NewServer(server)
	t.Cleanup(listener.Close)
	return &sample{t, server, listener.URL}
}

// link makes an actor token for a user.
func (s *sample) link() secret.TicketURL {
	s.t.Helper()
	body := fmt.Sprintf(`{"user_id":%q,"actor":{"sub":%q}}`, s.server.UserID(250), s.server.OperatorID())
	r := httptest.NewRequestWithContext(s.t.Context(), http.MethodPost, s.url+"/v1/actor_tokens", strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+emulator.SampleKey)
	w := httptest.NewRecorder()
	s.server.ServeHTTP(w, r)
	var token struct {
		URL string `json:"url"`
	}
	if err := json.Unmarshal(w.Body.Bytes(), &token); err != nil || token.URL == "" {
		s.t.Fatalf("no actor token: %s, %v", w.Body, err)
	}
	return secret.NewTicketURL(token.URL)
}

// hold opens a link in a browser that is held.
func (s *sample) hold(link secret.TicketURL, mode viewonly.Mode) (*Held, *diary) {
	s.t.Helper()
	in, out := chromium(s.t)
	d := newDiary(s.t)
	held, err := Hold(s.t.Context(), in, out, Visit{
		Now:    time.Now,
		Ticket: link, Mode: mode, Land: "/customers", Rules: viewonly.Rules{Frontends: []string{s.url}},
	}, d)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() {
		held.Close()
		<-held.Gone()
	})
	return held, d
}

// run runs a script in the page, and returns its text.
func (s *sample) run(h *Held, script string) string {
	s.t.Helper()
	session := ""
	h.locked(func() {
		for id := range h.sessions(func(t *target) bool { return t.Kind == page && !t.isBrowsers() }) {
			session = id
		}
	})
	var answer struct {
		Result    struct{ Value string }
		Exception json.RawMessage `json:"exceptionDetails"`
	}
	err := h.call(session, "Runtime.evaluate", map[string]any{
		"expression": "(async () => {" + until + script + "})()", "awaitPromise": true, "returnByValue": true,
	}, &answer)
	if err != nil || answer.Exception != nil {
		s.t.Fatalf("%s: %v %s", script, err, answer.Exception)
	}
	return answer.Result.Value
}

// until has a script wait for something in its page.
const until = `const until = (what) => new Promise((resolve) => {
	const look = () => { const value = what(); if (value) resolve(value); else setTimeout(look, 20); };
	look();
});
const find = (selector) => until(() => document.querySelector(selector));
`

// noBanner waits until the app has dropped its own bar.
const noBanner = `
const shown = () => getComputedStyle(document.querySelector(".banner")).display;
await until(() => document.readyState === "complete" && shown() === "none");
return shown();
`

// saveNote changes an invoice as a person does, and returns what the app says of it.
const saveNote = `
await until(() => document.readyState === "complete");
document.querySelector("#NW-4481 button").click();
const panel = await find("#edit[open] form");
panel.note.value = "Extended";
panel.requestSubmit();
await until(() => document.querySelector("#alert").textContent !== "" || !document.querySelector("#edit").open);
return document.querySelector("#alert").textContent;
`

// revokeOwn ends the user's session below /v1/me, and returns the status.
const revokeOwn = `
const answer = await fetch("/v1/me/sessions/" + "SESSION" + "/revoke", { method: "POST" });
return String(answer.status);
`

// TestTheSampleAppInABrowserThatIsHeld signs in through the app's own sign-in page,
// as at Clerk, and then does in it what a person does.
func TestTheSampleAppInABrowserThatIsHeld(t *testing.T) {
	const save = "/api/invoices/NW-4481"
	for mode, want := range map[viewonly.Mode]struct {
		saved, live string
		seen        []string
		writes      int
	}{
		viewonly.ViewOnly: {
			"Could not save. Something went wrong. Try again later.", "Not live",
			[]string{"held back PATCH " + save, "disconnected"},
			0,
		},
		viewonly.AllowChanges: {"", "Live", []string{"sent PATCH " + save + " 200"}, 1},
	} {
		t.Run(string(mode), func(t *testing.T) {
			s := newSample(t)
			held, d := s.hold(s.link(), mode)
			d.await("signed in accepted ", "page /customers")
			for _, call := range []string{"/touch", "/tokens"} {
				if n := s.server.CountRequests(http.MethodPost, "/v1/client/sessions/"+s.server.Sessions()[0].ID+call); n != 1 {
					t.Errorf("%s came %d times", call, n)
				}
			}

			s.run(held, `setTimeout(() => location.assign("/")); return "";`)
			d.read = nil
			d.await("page /")
			if got := s.run(held, noBanner); got != "none" {
				t.Errorf("the app's own bar is shown beside the mark: %s", got)
			}
			if got := s.run(held, saveNote); got != want.saved {
				t.Errorf("the app says %q", got)
			}
			d.await(want.seen...)
			if n := s.server.CountRequests(http.MethodPatch, save); n != want.writes {
				t.Errorf("%d changes reached the app", n)
			}
			if got := s.run(held, `await until(() => document.querySelector("#live").textContent === "`+want.live+`"); return "so";`); got != "so" {
				t.Errorf("the page is not %s", want.live)
			}

			x := s.server.Sessions()[0]
			if got := s.run(held, strings.Replace(revokeOwn, "SESSION", x.ID, 1)); got != "403" {
				t.Errorf("a write below /v1/me is answered with %s", got)
			}
			d.await("held back POST /v1/me/sessions/:id/revoke")
			if now := s.server.Sessions()[0]; now.Status != "active" {
				t.Errorf("the session is %s", now.Status)
			}
		})
	}
}

func TestTheSampleAppsSignInPageIsRefused(t *testing.T) {
	s := newSample(t)
	link := s.link()
	_, first := s.hold(link, viewonly.ViewOnly)
	first.await("signed in accepted ")
	_, second := s.hold(link, viewonly.ViewOnly)
	second.await("signed in refused actor_token_already_used_code")
}
