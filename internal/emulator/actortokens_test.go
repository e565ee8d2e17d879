package emulator

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestActorTokenRequestsThatAreRefused(t *testing.T) {
	s := newStand(t)
	user := s.server.UserID(10)
	cases := []struct {
		name, body  string
		status      int
		code, param string
	}{
		{"not JSON", `user_id=1`, 400, "request_body_invalid", ""},
		{"no user", `{"actor":{"sub":"x"}}`, 422, "form_param_missing", "user_id"},
		{"empty user", `{"user_id":"","actor":{"sub":"x"}}`, 422, "form_param_missing", "user_id"},
		{"user a number", `{"user_id":1,"actor":{"sub":"x"}}`, 422, "form_param_value_invalid", "user_id"},
		{"user unknown", `{"user_id":"user_2nQx8ZkT0vYd4LrWc1abcdefghi","actor":{"sub":"x"}}`, 404, "resource_not_found", ""},
		{"no actor", `{"user_id":"` + user + `"}`, 422, "form_param_missing", "actor"},
		{"actor null", `{"user_id":"` + user + `","actor":null}`, 422, "form_param_missing", "actor"},
		{"actor a string", `{"user_id":"` + user + `","actor":"me"}`, 422, "form_param_value_invalid", "actor"},
		{"no sub", `{"user_id":"` + user + `","actor":{"rid":"1"}}`, 422, "form_param_missing", "actor.sub"},
		{"empty sub", `{"user_id":"` + user + `","actor":{"sub":""}}`, 422, "form_param_missing", "actor.sub"},
		{"sub a number", `{"user_id":"` + user + `","actor":{"sub":7}}`, 422, "form_param_value_invalid", "actor.sub"},
		{"life 0", `{"user_id":"` + user + `","actor":{"sub":"x"},"expires_in_seconds":0}`, 422, "form_param_value_invalid", "expires_in_seconds"},
		{"session negative", `{"user_id":"` + user + `","actor":{"sub":"x"},"session_max_duration_in_seconds":-1}`, 422, "form_param_value_invalid", "session_max_duration_in_seconds"},
		{"life a word", `{"user_id":"` + user + `","actor":{"sub":"x"},"expires_in_seconds":"1h"}`, 422, "form_param_value_invalid", "expires_in_seconds"},
		{"unknown parameter", `{"user_id":"` + user + `","actor":{"sub":"x"},"reason":"y"}`, 422, "form_param_unknown", "reason"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			status, code, param := s.refusal(http.MethodPost, "/actor_tokens", c.body)
			if status != c.status || code != c.code || param != c.param {
				t.Errorf("%d %s %s, want %d %s %s", status, code, param, c.status, c.code, c.param)
			}
		})
	}
	if s.tokens() != 0 {
		t.Errorf("%d tokens were made", s.tokens())
	}
}

func TestOnlyPendingTokensCanBeRevoked(t *testing.T) {
	s := newStand(t)
	pending := s.impersonate(s.server.UserID(10))
	revoked := send[actorTokenResource](s, http.MethodPost, "/actor_tokens/"+pending.ID+"/revoke", "")
	if revoked.Status != tokenRevoked || revoked.URL != "" || revoked.UserID != pending.UserID {
		t.Errorf("revoked token %+v", revoked)
	}
	accepted := s.impersonate(s.server.UserID(11))
	s.newBrowser().open(accepted.URL)
	for word, token := range map[string]actorTokenResource{"revoked": pending, "accepted": accepted} {
		status, body := s.call(http.MethodPost, "/actor_tokens/"+token.ID+"/revoke", "")
		if status != http.StatusBadRequest || !strings.Contains(string(body), "actor_token_cannot_be_revoked_code") || !strings.Contains(string(body), word) {
			t.Errorf("revoking one that is %s: %d %s", word, status, body)
		}
	}
	if status, code, _ := s.refusal(http.MethodPost, "/actor_tokens/act_unknown/revoke", ""); status != http.StatusNotFound || code != "resource_not_found" {
		t.Errorf("revoking an unknown one: %d %s", status, code)
	}
}

func TestThePlanAndTheMonth(t *testing.T) {
	s := newStand(t, func(c *Config) { c.Scene.MonthlyLimit = 1 })
	body := `{"user_id":"` + s.server.UserID(10) + `","actor":{"sub":"x"}}`
	send[actorTokenResource](s, http.MethodPost, "/actor_tokens", body)
	status, answer := s.call(http.MethodPost, "/actor_tokens", body)
	var e errorBody
	if err := json.Unmarshal(answer, &e); err != nil {
		t.Fatal(err)
	}
	if status != http.StatusUnprocessableEntity || e.Errors[0].Code != "impersonation_limit_exceeded" ||
		e.Errors[0].Meta["limit"] != 1.0 || e.Errors[0].Meta["used"] != 1.0 {
		t.Errorf("over the limit: %d %s", status, answer)
	}
	if err := s.server.SetScene(Scene{PlanLacksImpersonation: true}); err != nil {
		t.Fatal(err)
	}
	if status, code, _ := s.refusal(http.MethodPost, "/actor_tokens", body); status != http.StatusPaymentRequired || code != "unsupported_subscription_plan_features" {
		t.Errorf("without the plan: %d %s", status, code)
	}
}

func TestTicketsThatAreRefused(t *testing.T) {
	cases := []struct {
		name    string
		prepare func(*stand, *browser, actorTokenResource) string // returns the ticket to open
		status  int
		code    string
	}{
		{"no ticket", func(*stand, *browser, actorTokenResource) string { return "" }, 400, "ticket_invalid_code"},
		{"forged", func(_ *stand, _ *browser, token actorTokenResource) string {
			return token.Token[:len(token.Token)-4] + "AAAA"
		}, 400, "ticket_invalid_code"},
		{"changed", func(_ *stand, _ *browser, token actorTokenResource) string { return "e30" + token.Token[3:] }, 400, "ticket_invalid_code"},
		{"revoked", func(s *stand, _ *browser, token actorTokenResource) string {
			send[actorTokenResource](s, http.MethodPost, "/actor_tokens/"+token.ID+"/revoke", "")
			return token.Token
		}, 400, "actor_token_revoked_code"},
		{"used", func(s *stand, _ *browser, token actorTokenResource) string {
			s.newBrowser().open(token.URL)
			return token.Token
		}, 400, "actor_token_already_used_code"},
		{"expired", func(s *stand, _ *browser, token actorTokenResource) string {
			s.clock.advance(time.Minute)
			return token.Token
		}, 400, "ticket_expired_code"},
		{"expired by Clerk's clock alone", func(s *stand, _ *browser, token actorTokenResource) string {
			if err := s.server.SetScene(Scene{ClockOffset: time.Hour}); err != nil {
				s.t.Fatal(err)
			}
			return token.Token
		}, 400, "ticket_expired_code"},
		{"banned", func(s *stand, _ *browser, token actorTokenResource) string {
			send[userResource](s, http.MethodPost, "/users/"+token.UserID+"/ban", "")
			return token.Token
		}, 403, "user_banned"},
		{"locked", func(s *stand, _ *browser, token actorTokenResource) string {
			send[userResource](s, http.MethodPost, "/users/"+token.UserID+"/lock", "")
			return token.Token
		}, 403, "user_locked"},
		{"another impersonation runs there", func(s *stand, b *browser, token actorTokenResource) string {
			b.open(s.impersonate(s.server.UserID(20)).URL)
			return token.Token
		}, 409, "session_creation_not_allowed"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newStand(t)
			send[userResource](s, http.MethodPost, "/users/"+s.server.UserID(10)+"/unban", "")
			send[userResource](s, http.MethodPost, "/users/"+s.server.UserID(10)+"/unlock", "")
			b, token := s.newBrowser(), s.impersonate(s.server.UserID(10))
			ticket := c.prepare(s, b, token)
			before := len(s.server.Sessions())
			status, page := b.do(http.MethodGet, ticketPath+"?ticket="+ticket)
			if status != c.status || !strings.Contains(page, c.code) {
				t.Errorf("the browser was shown %d %s", status, page)
			}
			if status, code, _ := s.refusalAt(ticketPath+"?ticket="+ticket, b); status != c.status || code != c.code {
				t.Errorf("%d %s, want %d %s", status, code, c.status, c.code)
			}
			if after := len(s.server.Sessions()); after != before {
				t.Errorf("%d sessions, want %d", after, before)
			}
		})
	}
}

// refusalAt asks as a program in the same browser does, which gets JSON.
func (s *stand) refusalAt(path string, b *browser) (status int, code, trace string) {
	s.t.Helper()
	request, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, s.url+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	response, err := b.client.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	var e errorBody
	if err := json.NewDecoder(response.Body).Decode(&e); err != nil || len(e.Errors) != 1 {
		s.t.Fatalf("not an error of Clerk's form: %v", err)
	}
	return response.StatusCode, e.Errors[0].Code, e.TraceID
}
