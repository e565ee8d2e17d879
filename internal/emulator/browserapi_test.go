package emulator

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

const formType = "application/x-www-form-urlencoded"

// signIn posts the ticket of a link, as the script of the app's sign-in page does.
// It returns Clerk's code of a refusal, or the id of the session.
func (b *browser) signIn(link string) (code, created string) {
	b.s.t.Helper()
	u, err := url.Parse(link)
	if err != nil {
		b.s.t.Fatal(err)
	}
	form := url.Values{"strategy": {"ticket"}, "ticket": {u.Query().Get("ticket")}}
	_, answer := b.send(http.MethodPost, signInsPath, formType, form.Encode())
	var told struct {
		errorBody

		Response signInResource `json:"response"`
	}
	if err := json.Unmarshal([]byte(answer), &told); err != nil {
		b.s.t.Fatalf("%s: %v", answer, err)
	}
	if len(told.Errors) > 0 {
		return told.Errors[0].Code, ""
	}
	return "", told.Response.CreatedSessionID
}

func TestTheAppsSignInPageCompletesATicket(t *testing.T) {
	s := newStand(t, func(c *Config) { c.Scene.SignInPage = true })
	link := s.impersonate(s.server.UserID(250)).URL
	b := s.newBrowser()
	page := b.open(link)
	if !strings.Contains(page, "sign-in.js") || strings.Contains(page, "Overdue") || len(s.server.Sessions()) != 0 {
		t.Errorf("the page is not the sign-in page, or the ticket was used:\n%s", page)
	}
	if last := s.server.Requests(); last[len(last)-1].Path != signInPath || !last[len(last)-1].Query.Has(ticketParam) {
		t.Errorf("the link led to %+v", last[len(last)-1])
	}
	code, created := b.signIn(link)
	x := s.server.Sessions()
	if code != "" || len(x) != 1 || x[0].ID != created || x[0].Status != statusActive {
		t.Fatalf("%s: session %s, there are %+v", code, created, x)
	}
	if page := b.open("/"); !strings.Contains(page, "Overdue") {
		t.Errorf("the app is not shown afterwards:\n%s", page)
	}
}

func TestTicketsThatTheSignInPageCannotUse(t *testing.T) {
	for want, prepare := range map[string]func(*stand, *browser) (link string){
		"session_creation_not_allowed": func(s *stand, b *browser) string {
			b.signIn(s.impersonate(s.server.UserID(251)).URL)
			return s.impersonate(s.server.UserID(250)).URL
		},
		"actor_token_already_used_code": func(s *stand, _ *browser) string {
			link := s.impersonate(s.server.UserID(250)).URL
			s.newBrowser().signIn(link)
			return link
		},
		"actor_token_revoked_code": func(s *stand, _ *browser) string {
			token := s.impersonate(s.server.UserID(250))
			send[actorTokenResource](s, http.MethodPost, "/actor_tokens/"+token.ID+"/revoke", "")
			return token.URL
		},
		"ticket_expired_code": func(s *stand, _ *browser) string {
			link := s.impersonate(s.server.UserID(250)).URL
			s.clock.advance(time.Hour)
			return link
		},
		"ticket_invalid_code": func(*stand, *browser) string { return "?ticket=a.b.c" },
		"user_banned": func(s *stand, _ *browser) string {
			link := s.impersonate(s.server.UserID(250)).URL
			send[userResource](s, http.MethodPost, "/users/"+s.server.UserID(250)+"/ban", "")
			return link
		},
	} {
		t.Run(want, func(t *testing.T) {
			s := newStand(t, func(c *Config) { c.Scene.SignInPage = true })
			b := s.newBrowser()
			link := prepare(s, b)
			before := len(s.server.Sessions())
			if code, created := b.signIn(link); code != want || created != "" || len(s.server.Sessions()) != before {
				t.Errorf("%s, session %q", code, created)
			}
		})
	}
}

func TestOnlyTheStrategyTicketSignsIn(t *testing.T) {
	s := newStand(t)
	if status, answer := s.newBrowser().send(http.MethodPost, signInsPath, formType, "strategy=password&identifier=x"); status != http.StatusUnprocessableEntity {
		t.Errorf("%d %s", status, answer)
	}
}

func TestABrowserKeepsItsSessionAndTakesTokens(t *testing.T) {
	s := newStand(t)
	b := s.newBrowser()
	_, created := b.signIn(s.impersonate(s.server.UserID(250)).URL)
	session := "/v1/client/sessions/" + created
	s.clock.advance(idleLimit - time.Second)
	if status, answer := b.send(http.MethodPost, session+"/touch", formType, ""); status != http.StatusOK {
		t.Fatalf("touch: %d %s", status, answer)
	}
	s.clock.advance(time.Minute)
	status, answer := b.send(http.MethodPost, session+"/tokens", formType, "")
	var token struct {
		JWT string `json:"jwt"`
	}
	if err := json.Unmarshal([]byte(answer), &token); err != nil || status != http.StatusOK {
		t.Fatalf("tokens: %d %s", status, answer)
	}
	parts := strings.Split(token.JWT, ".")
	payload, err := base64.RawURLEncoding.DecodeString(parts[min(1, len(parts)-1)])
	if err != nil {
		t.Fatal(err)
	}
	var claims struct {
		Sub, Sid string
		Exp      int64
		Act      struct{ Sub string }
	}
	if err := json.Unmarshal(payload, &claims); err != nil || claims.Sub != s.server.UserID(250) || claims.Sid != created ||
		claims.Act.Sub != s.server.OperatorID() || claims.Exp != s.clock.now().Add(tokenLife).Unix() {
		t.Errorf("claims %s", payload)
	}
	for _, c := range []struct {
		browser *browser
		path    string
		status  int
	}{
		{s.newBrowser(), session + "/touch", http.StatusUnauthorized},
		{s.newBrowser(), "/v1/me/sessions/" + created + "/revoke", http.StatusUnauthorized},
		{b, "/v1/client/sessions/sess_x/touch", http.StatusNotFound},
	} {
		if status, answer := c.browser.send(http.MethodPost, c.path, formType, ""); status != c.status {
			t.Errorf("%s: %d %s, want %d", c.path, status, answer, c.status)
		}
	}
	if status, answer := b.send(http.MethodPost, "/v1/me/sessions/"+created+"/revoke", formType, ""); status != http.StatusOK || s.server.Sessions()[0].Status != statusRevoked {
		t.Errorf("revoke: %d %s", status, answer)
	}
	if status, _ := b.send(http.MethodPost, session+"/touch", formType, ""); status != http.StatusUnauthorized {
		t.Errorf("touch of a session that has ended: %d", status)
	}
}
