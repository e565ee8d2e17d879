package emulator

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestHowSessionsEnd(t *testing.T) {
	cases := []struct {
		name    string
		end     func(*stand, *browser, Session)
		status  string
		message string
	}{
		{"time is up", func(s *stand, b *browser, _ Session) {
			for range 3 { // a page now and then, so that it is not for being idle
				s.clock.advance(5 * time.Minute)
				b.do(http.MethodGet, "/")
			}
		}, statusExpired, "Session expired"},
		{"ten idle minutes", func(s *stand, b *browser, _ Session) {
			s.clock.advance(idleLimit - time.Second)
			b.open("/status") // the page's script is not the user
			b.open("/?watch")
			s.clock.advance(time.Second)
		}, statusAbandoned, "Signed out for being idle"},
		{"revoked", func(s *stand, _ *browser, x Session) {
			send[sessionResource](s, http.MethodPost, "/sessions/"+x.ID+"/revoke", "")
		}, statusRevoked, "This session was ended"},
		{"the user is banned", func(s *stand, _ *browser, x Session) {
			send[userResource](s, http.MethodPost, "/users/"+x.UserID+"/ban", "")
		}, statusRevoked, "This session was ended"},
		{"signed out", func(_ *stand, b *browser, _ Session) { b.do(http.MethodPost, signOutPath) }, statusEnded, "You are signed out"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newStand(t)
			b := s.newBrowser()
			b.open(s.impersonate(s.server.UserID(250)).URL)
			x := s.server.Sessions()[0]
			if x.Status != statusActive {
				t.Fatalf("status %s before the end", x.Status)
			}
			c.end(s, b, x)
			if got := get[sessionResource](s, "/sessions/"+x.ID); got.Status != c.status {
				t.Errorf("status %s, want %s", got.Status, c.status)
			}
			if page := b.open("/"); !strings.Contains(page, c.message) || strings.Contains(page, "left</span>") {
				t.Errorf("the page does not say %q:\n%s", c.message, page)
			}
			if status := b.open(statusPath); !strings.Contains(status, `"signed_in":false`) {
				t.Errorf("the script is told %s", status)
			}
		})
	}
}

func TestATicketSignsOutWhoeverWasThere(t *testing.T) {
	s := newStand(t)
	b := s.newBrowser()
	response, err := b.client.PostForm(s.url+signInPath, url.Values{"user_id": {s.server.OperatorID()}})
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if page := b.open("/"); !strings.Contains(page, "Maya Lindqvist") || strings.Contains(page, "is signed in as") {
		t.Fatalf("the operator is not signed in as themselves:\n%s", page)
	}
	b.open(s.impersonate(s.server.UserID(250)).URL)
	sessions := s.server.Sessions()
	if len(sessions) != 2 {
		t.Fatalf("%d sessions", len(sessions))
	}
	for _, x := range sessions {
		if want := map[bool]string{true: statusActive, false: statusReplaced}[x.Actor != nil]; x.Status != want {
			t.Errorf("session of %v is %s, want %s", x.Actor, x.Status, want)
		}
	}
	if sessions[0].ClientID != sessions[1].ClientID {
		t.Error("one browser has two clients")
	}
}

func TestListSessions(t *testing.T) {
	s := newStand(t)
	user := s.server.UserID(250)
	for range 3 {
		s.newBrowser().open(s.impersonate(user).URL)
		s.clock.advance(time.Second)
	}
	other := s.newBrowser()
	other.open(s.impersonate(s.server.UserID(251)).URL)
	all := get[[]sessionResource](s, "/sessions?user_id="+user)
	if len(all) != 3 || all[0].CreatedAt < all[2].CreatedAt {
		t.Fatalf("%d sessions, or not newest first", len(all))
	}
	send[sessionResource](s, http.MethodPost, "/sessions/"+all[1].ID+"/revoke", "")
	cases := []struct {
		query string
		want  int
	}{
		{"user_id=" + user, 3},
		{"user_id=" + user + "&status=active", 2},
		{"user_id=" + user + "&status=revoked", 1},
		{"user_id=" + user + "&limit=2", 2},
		{"user_id=" + user + "&limit=2&offset=2", 1},
		{"client_id=" + all[0].ClientID, 1},
		{"user_id=user_nobody", 0},
	}
	for _, c := range cases {
		if got := get[[]sessionResource](s, "/sessions?"+c.query); len(got) != c.want {
			t.Errorf("%s: %d sessions, want %d", c.query, len(got), c.want)
		}
	}
	page := get[list[sessionResource]](s, "/sessions?paginated=true&limit=1&user_id="+user)
	if len(page.Data) != 1 || page.TotalCount != 3 {
		t.Errorf("paginated: %d of %d", len(page.Data), page.TotalCount)
	}
	if status, code, _ := s.refusal(http.MethodGet, "/sessions", ""); status != 422 || code != "missing_query_parameters" {
		t.Errorf("without user and client: %d %s", status, code)
	}
	if status, _, _ := s.refusal(http.MethodPost, "/sessions/sess_x/revoke", ""); status != http.StatusNotFound {
		t.Errorf("revoking an unknown one: %d", status)
	}
}

// A session without an actor does not end for being idle; its own time is longer.
func TestAnOrdinarySessionOutlivesAnIdleHour(t *testing.T) {
	s := newStand(t)
	b := s.newBrowser()
	response, err := b.client.PostForm(s.url+signInPath, url.Values{"user_id": {s.server.OperatorID()}})
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	s.clock.advance(time.Hour)
	if x := s.server.Sessions()[0]; x.Status != statusActive {
		t.Errorf("status %s after an idle hour", x.Status)
	}
	s.clock.advance(ordinarySession)
	if x := s.server.Sessions()[0]; x.Status != statusExpired {
		t.Errorf("status %s after a week", x.Status)
	}
}

func TestPageIsSafeWithHostileNames(t *testing.T) {
	s := newStand(t)
	for k, p := range hostiles() {
		if p.email == "" {
			continue
		}
		users := get[[]userResource](s, "/users?email_address="+url.QueryEscape(p.email))
		if len(users) != 1 {
			t.Fatalf("hostile %d: %d users with %s", k, len(users), p.email)
		}
		page := s.newBrowser().open(s.impersonate(users[0].ID).URL)
		for _, markup := range []string{"<script>alert", "<img src=x"} {
			if strings.Contains(page, markup) {
				t.Errorf("%s stands in the page as it is", markup)
			}
		}
	}
}

func TestPageHeadersAndSections(t *testing.T) {
	s := newStand(t)
	b := s.newBrowser()
	b.open(s.impersonate(s.server.UserID(250)).URL)
	for _, sec := range sections(time.Time{}, "", nil) {
		page := b.open(sec.Path)
		for _, want := range []string{
			"<h1>" + sec.Title + "</h1>", `aria-current="page">` + sec.Title,
			fmt.Sprintf(`content="3;url=%s?watch"`, sec.Path), "15:00</span> left",
		} {
			if !strings.Contains(page, want) {
				t.Errorf("%s lacks %s", sec.Path, want)
			}
		}
		if strings.Contains(page, "<style") || strings.Contains(page, " style=") {
			t.Errorf("%s has styles that its policy forbids", sec.Path)
		}
	}
	response, err := b.client.Get(s.url + "/")
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	for header, want := range map[string]string{
		"Content-Security-Policy": pagePolicy + "; form-action 'self'", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
	} {
		if got := response.Header.Get(header); got != want {
			t.Errorf("%s is %q, want %q", header, got, want)
		}
	}
	for _, asset := range []string{"app.css", "app.js", "invoices.js", "sign-in.js", "icon.svg", "avatar.svg"} {
		if b.open(assetsPath+asset) == "" {
			t.Errorf("%s is empty", asset)
		}
	}
}

func TestPeopleAreSignedInSinceBeforeTheStart(t *testing.T) {
	s := newStand(t)
	i := slices.IndexFunc(everybody(s), func(u userResource) bool { return deref(u.FirstName) == "Priya" && deref(u.LastName) == "Raman" })
	priya := everybody(s)[i].ID
	sessions := get[[]sessionResource](s, "/sessions?user_id="+priya)
	if len(sessions) != 2 || sessions[0].LatestActivity.BrowserName != "Chrome" || !sessions[1].LatestActivity.IsMobile || string(sessions[0].Actor) != "null" {
		t.Errorf("got %+v", sessions)
	}
	if began := s.server.Sessions(); len(began) != 0 {
		t.Errorf("%d sessions began since the start", len(began))
	}
}
