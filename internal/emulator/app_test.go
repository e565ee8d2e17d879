package emulator

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/websocket"
)

const jsonType = "application/json"

// signedIn is a browser in which an operator acts as a user.
func (s *stand) signedIn(user string) *browser {
	s.t.Helper()
	b := s.newBrowser()
	b.open(s.impersonate(user).URL)
	return b
}

// colleagues returns two users who see the same invoices, and one who does not.
func colleagues(s *stand) (one, other, stranger string) {
	s.t.Helper()
	health := get[list[organizationResource]](s, "/organizations?query=meridian").Data[0].ID
	of := func(organization string) (found []string) {
		for i := range 300 {
			id := s.server.UserID(i)
			m := s.server.users.memberships(nil, i)
			if (len(m) > 0 && s.server.users.orgs[m[0].org].id == health) == (organization == health) {
				found = append(found, id)
			}
		}
		return found
	}
	inside, outside := of(health), of("")
	return inside[0], inside[1], outside[len(outside)-1]
}

func TestAnInvoiceIsChangedForItsOrganization(t *testing.T) {
	s := newStand(t)
	one, other, stranger := colleagues(s)
	b := s.signedIn(one)
	status, answer := b.send(http.MethodPatch, "/api/invoices/NW-4481", jsonType, `{"due":"2027-01-15","note":"Extended as agreed by phone."}`)
	if status != http.StatusOK || !strings.Contains(answer, `"due":"2027-01-15"`) {
		t.Fatalf("%d %s", status, answer)
	}
	const shown = "<td>Jan 15, 2027</td>"
	for name, c := range map[string]struct {
		user string
		want bool
	}{"the user": {one, true}, "a colleague": {other, true}, "another organization": {stranger, false}} {
		reader := b
		if c.user != one {
			reader = s.signedIn(c.user)
		}
		if page := reader.open("/"); strings.Contains(page, shown) != c.want {
			t.Errorf("%s sees it: %t\n%s", name, !c.want, page)
		}
	}
	_, answer = b.send(http.MethodPost, graphQLPath, jsonType, `{"query":"query Invoice($id: ID!) { invoice(id: $id) { note } }","variables":{"id":"NW-4481"}}`)
	if answer != `{"data":{"invoice":{"note":"Extended as agreed by phone."}}}` {
		t.Errorf("the note is %s", answer)
	}
}

func TestUsersWithoutAnOrganizationHaveInvoicesOfTheirOwn(t *testing.T) {
	s := newStand(t)
	var alone []string
	for i := range 300 {
		if s.server.users.memberships(nil, i) == nil {
			alone = append(alone, s.server.UserID(i))
		}
	}
	one, other := s.signedIn(alone[0]), s.signedIn(alone[1])
	one.send(http.MethodPatch, "/api/invoices/NW-4481", jsonType, `{"due":"2027-01-15"}`)
	if page := one.open("/"); !strings.Contains(page, "Jan 15, 2027") {
		t.Errorf("it is not kept:\n%s", page)
	}
	if page := other.open("/"); !strings.Contains(page, "Personal account") || strings.Contains(page, "Jan 15, 2027") {
		t.Errorf("another user sees it:\n%s", page)
	}
}

func TestTheAppsCardsFollowItsInvoices(t *testing.T) {
	s := newStand(t)
	b := s.signedIn(s.server.UserID(250))
	cards := func() string {
		_, page, _ := strings.Cut(b.open("/"), `id="cards"`)
		page, _, _ = strings.Cut(page, "</dl>")
		return page
	}
	for _, want := range []string{"£12,480.00", "£1,960.50", "£31,204.75", "Dec 18"} {
		if got := cards(); !strings.Contains(got, want) {
			t.Errorf("the cards lack %s:\n%s", want, got)
		}
	}
	b.send(http.MethodPatch, "/api/invoices/NW-4479", jsonType, `{"due":"2026-11-20"}`)
	for _, want := range []string{"£12,480.00", "£8,170.00", "Dec 20"} {
		if got := cards(); !strings.Contains(got, want) {
			t.Errorf("with one more late, the cards lack %s:\n%s", want, got)
		}
	}
	if page := b.open("/"); !strings.Contains(page, "<td>2 days late</td>") || !strings.Contains(page, `<tr class="late" id="NW-4479">`) {
		t.Errorf("the row does not say that it is late, or its script does not find it:\n%s", page)
	}
	if status, _ := b.send(http.MethodPost, invoicesPath, jsonType, `{"customer":"Quay <b>Vets</b>","pence":123456789}`); status != http.StatusOK {
		t.Errorf("a new one: %d", status)
	}
	if page := b.open("/"); !strings.Contains(page, "Quay &lt;b&gt;Vets") || !strings.Contains(page, "<td>£1,234,567.89</td>") {
		t.Errorf("the new one is not shown:\n%s", page)
	}
}

func TestTheAppsAPIReadsAndRefuses(t *testing.T) {
	s := newStand(t)
	signedIn, nobody := s.signedIn(s.server.UserID(250)), s.newBrowser()
	for _, c := range []struct {
		name, method, path, body string
		browser                  *browser
		status                   int
		answer                   string
	}{
		{"search", "POST", searchPath, `{"text":"harbor"}`, signedIn, 200, `{"ids":["NW-4481","NW-4449"]}`},
		{"customers", "POST", graphQLPath, `{"query":"{ customers { name } }"}`, signedIn, 200, `{"name":"Lindgren Optics"}`},
		{"reminder", "POST", graphQLPath, `{"query":"mutation { remind(id: \"NW-4452\") { reminders } }"}`, signedIn, 200, `{"data":{"remind":{"reminders":1}}}`},
		{"unknown invoice", "PATCH", "/api/invoices/NW-1", `{}`, signedIn, 404, "resource_not_found"},
		{"no day", "PATCH", "/api/invoices/NW-4481", `{"due":"soon"}`, signedIn, 422, "invoice_invalid"},
		{"no JSON", "PATCH", "/api/invoices/NW-4481", `due=soon`, signedIn, 400, "request_body_invalid"},
		{"unknown field", "PATCH", "/api/invoices/NW-4481", `{"pence":1}`, signedIn, 400, "request_body_invalid"},
		{"too long", "POST", searchPath, `{"text":"` + strings.Repeat("x", maxBody) + `"}`, signedIn, 400, "request_body_invalid"},
		{"not signed in", "PATCH", "/api/invoices/NW-4481", `{"note":"x"}`, nobody, 401, "signed_out"},
		{"search, not signed in", "POST", searchPath, `{"text":""}`, nobody, 401, "signed_out"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if status, answer := c.browser.send(c.method, c.path, jsonType, c.body); status != c.status || !strings.Contains(answer, c.answer) {
				t.Errorf("%d %s, want %d %s", status, answer, c.status, c.answer)
			}
		})
	}
}

func TestNothingIsWrittenOnceTheSessionHasEnded(t *testing.T) {
	s := newStand(t)
	one, other, _ := colleagues(s)
	b := s.signedIn(one)
	send[sessionResource](s, http.MethodPost, "/sessions/"+s.server.Sessions()[0].ID+"/revoke", "")
	if status, answer := b.send(http.MethodPatch, "/api/invoices/NW-4481", jsonType, `{"due":"2027-01-15"}`); status != http.StatusUnauthorized {
		t.Errorf("%d %s", status, answer)
	}
	if page := s.signedIn(other).open("/"); strings.Contains(page, "2027") {
		t.Error("it was written all the same")
	}
}

// connect opens the WebSocket as a page of an origin does.
func (b *browser) connect(origin string) (*websocket.Conn, error) {
	b.s.t.Helper()
	config, err := websocket.NewConfig("ws"+strings.TrimPrefix(b.s.url, "http")+livePath, origin)
	if err != nil {
		b.s.t.Fatal(err)
	}
	home, err := http.NewRequestWithContext(b.s.t.Context(), http.MethodGet, b.s.url, nil)
	if err != nil {
		b.s.t.Fatal(err)
	}
	for _, cookie := range b.client.Jar.Cookies(home.URL) {
		home.AddCookie(cookie)
	}
	config.Header = home.Header
	page, err := config.DialContext(b.s.t.Context())
	if err != nil {
		return nil, err
	}
	b.s.t.Cleanup(func() { _ = page.Close() })
	return page, page.SetDeadline(time.Now().Add(20 * time.Second))
}

// closed is what next returns for a connection that the server has closed.
const closed = "closed"

// next is the next message, or why there is none.
func next(page *websocket.Conn) string {
	var message string
	switch err := websocket.Message.Receive(page, &message); {
	case err == nil:
		return message
	case errors.Is(err, io.EOF):
		return closed
	default:
		return err.Error()
	}
}

func TestPagesAreToldOfChangesInTheirOrganization(t *testing.T) {
	s := newStand(t)
	one, other, stranger := colleagues(s)
	writer, reader, outsider := s.signedIn(one), s.signedIn(other), s.signedIn(stranger)
	inside, err := reader.connect(s.url)
	if err != nil {
		t.Fatal(err)
	}
	outside, err := outsider.connect(s.url)
	if err != nil {
		t.Fatal(err)
	}
	writer.send(http.MethodPatch, "/api/invoices/NW-4481", jsonType, `{"note":"x"}`)
	if got := next(inside); got != "changed" {
		t.Errorf("the colleague was told %q", got)
	}
	outsider.do(http.MethodPost, signOutPath) // ends the connection
	if got := next(outside); got != closed {
		t.Errorf("another organization was told %q", got)
	}
}

func TestAPageIsCutOffWithItsSession(t *testing.T) {
	for name, end := range map[string]func(*stand, *browser, *websocket.Conn){
		"signed out":      func(_ *stand, b *browser, _ *websocket.Conn) { b.do(http.MethodPost, signOutPath) },
		"idle":            func(s *stand, _ *browser, _ *websocket.Conn) { s.clock.advance(idleLimit) },
		"it says a thing": func(_ *stand, _ *browser, page *websocket.Conn) { _ = websocket.Message.Send(page, "a long word") },
	} {
		t.Run(name, func(t *testing.T) {
			s := newStand(t)
			b := s.signedIn(s.server.UserID(250))
			page, err := b.connect(s.url)
			if err != nil {
				t.Fatal(err)
			}
			end(s, b, page)
			if got := next(page); got != closed {
				t.Errorf("it was told %q", got)
			}
		})
	}
}

func TestOnlyTheAppsOwnPagesConnect(t *testing.T) {
	s := newStand(t)
	b := s.signedIn(s.server.UserID(250))
	for name, try := range map[string]func() (*websocket.Conn, error){
		"another origin": func() (*websocket.Conn, error) { return b.connect("http://evil.example") },
		"another port":   func() (*websocket.Conn, error) { return b.connect("http://127.0.0.1:1") },
		"not signed in":  func() (*websocket.Conn, error) { return s.newBrowser().connect(s.url) },
	} {
		if _, err := try(); err == nil {
			t.Errorf("%s: connected", name)
		}
	}
}

func TestAnOpenConnectionDoesNotHoldTheStandInOpen(t *testing.T) {
	clock := newClock()
	running, err := Start(t.Context(), "127.0.0.1:0", Config{Users: 300, Seed: 1, Now: clock.now})
	if err != nil {
		t.Fatal(err)
	}
	s := &stand{t, running.Server(), running.Server(), clock, running.URL()}
	page, err := s.signedIn(s.server.UserID(250)).connect(s.url)
	if err != nil {
		t.Fatal(err)
	}
	if err := running.Close(); err != nil {
		t.Error(err)
	}
	if got := next(page); got != closed {
		t.Errorf("it was told %q", got)
	}
}

// The connection of a page is no activity of the user.
func TestALiveConnectionDoesNotKeepASessionAlive(t *testing.T) {
	s := newStand(t)
	b := s.signedIn(s.server.UserID(250))
	s.clock.advance(idleLimit - time.Second)
	if _, err := b.connect(s.url); err != nil {
		t.Fatal(err)
	}
	s.clock.advance(time.Second)
	var status statusResource
	if err := json.Unmarshal([]byte(b.open(statusPath)), &status); err != nil || status.SignedIn {
		t.Errorf("it still lives: %+v, %v", status, err)
	}
}
