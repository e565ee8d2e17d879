package clerkapi

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzParseID checks that every id that passes is one plain path segment with its
// prefix.
func FuzzParseID(f *testing.F) {
	for _, seed := range []string{
		"user_2abc", "act_1", "sess_1", "org_1", "ins_1", "", "user_", "user_a\n", "user_../x", "user_a%2f",
		"user_ａ", "USER_a", "user_" + strings.Repeat("a", 65),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		parsers := map[string]func(string) (string, error){
			"user_": func(s string) (string, error) { id, err := ParseUserID(s); return id.String(), err },
			"act_":  func(s string) (string, error) { id, err := ParseActorTokenID(s); return id.String(), err },
			"sess_": func(s string) (string, error) { id, err := ParseSessionID(s); return id.String(), err },
			"org_":  func(s string) (string, error) { id, err := ParseOrganizationID(s); return id.String(), err },
			"ins_":  func(s string) (string, error) { id, err := ParseInstanceID(s); return id.String(), err },
		}
		for prefix, parse := range parsers {
			id, err := parse(s)
			if err != nil {
				if id != "" {
					t.Errorf("%q came with %v", id, err)
				}
				continue
			}
			if id != s || !strings.HasPrefix(id, prefix) || url.PathEscape(id) != id || len(id) > len(prefix)+64 {
				t.Errorf("%q passed as %q", s, id)
			}
		}
	})
}

// FuzzParseBaseURL checks that every address that passes is https or of this
// computer. It has nothing but scheme, host and path, and passes again unchanged.
func FuzzParseBaseURL(f *testing.F) {
	for _, seed := range []string{
		"", "https://api.clerk.com/v1", "http://127.0.0.1:4501", "http://[::1%25lo]:1", "https://a@b", "https://b?c#d",
		"http://localhost:4501/", "HTTPS://API.clerk.com", "https://b/%2e%2e/c", "https://b/ c",
		"http://[::1%25\x96]",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		base, err := ParseBaseURL(s)
		if err != nil {
			return
		}
		u, err := url.Parse(base)
		if err != nil || u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.Path == "" || strings.HasSuffix(u.Path, "/") {
			t.Fatalf("%q passed as %q (%v)", s, base, err)
		}
		if u.Scheme != "https" && (u.Scheme != "http" || !IsLoopback(u.Hostname())) {
			t.Errorf("%q passed as %q", s, base)
		}
		if again, err := ParseBaseURL(base); err != nil || again != base {
			t.Errorf("%q became %q, %v", base, again, err)
		}
	})
}

// FuzzParseRefusal: an error body of any form gives a failure that shows none
// of it but a plain code and a plain trace id.
func FuzzParseRefusal(f *testing.F) {
	for _, seed := range []string{
		clerkError("impersonation_limit_exceeded", `{"limit":5,"used":5}`), clerkError("form_param_missing", `{"param_name":"user_id"}`),
		`{"errors":null}`, `{"errors":[null]}`, `{"errors":[{"code":"a b"}],"clerk_trace_id":"a b"}`, `[]`, `<html>`, ``,
		`{"errors":[{"code":"impersonation_limit_exceeded","meta":{"LIMIT":1e5,"Used":-7}}]}`,
	} {
		f.Add(400, seed)
	}
	client := &Client{now: nowAtNoon}
	f.Fuzz(func(t *testing.T, status int, body string) {
		refused := parseRefusal([]byte(body))
		refused.status = status
		failure := client.explainRefusal(refused, request{path: "actor_tokens", meaning: actorTokenMeaning})
		if failure.TraceID != "" && !traceIDForm.MatchString(failure.TraceID) {
			t.Errorf("trace id %q", failure.TraceID)
		}
		words := strings.Fields(strings.TrimPrefix(refused.Error(), "HTTP "))
		if len(words) > 1 && !isCode(words[1]) {
			t.Errorf("error %q", refused.Error())
		}
		if failure.Sentence() == "" || strings.ContainsAny(failure.Sentence(), "<>{}\"\n@") {
			t.Errorf("sentence %q", failure.Sentence())
		}
	})
}

func FuzzParseRetryAfter(f *testing.F) {
	for _, seed := range []string{"", "0", "7", "-1", "99999999999999999999", "Tue, 12 May 2026 12:00:09 GMT", "Mon, 01 Jan 0001 00:00:00 GMT", "1e9"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		wait, capped, ok := parseRetryAfter(value, noon)
		if wait < 0 || wait > longestWait || capped && wait != longestWait || !ok && wait != 0 {
			t.Errorf("parseRetryAfter(%q) = %v, %v, %v", value, wait, capped, ok)
		}
	})
}

// FuzzDecode: no answer makes a decoder panic, and what it lets through has
// valid ids or none and can cross the bridge as JSON.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		janeJSON, "[" + janeJSON + "]", sessionBody, "[" + sessionBody + "]", `{"data":[],"total_count":0}`, `{"total_count":7}`, `null`, `{}`, `[]`,
		`{"id":"ins_1","environment_type":"production"}`, `{"id":"act_1","status":"pending","user_id":"user_a","url":"https://a/b"}`,
		`{"data":[{"name":"a","frontend_api_url":"b"}]}`, `{"data":[{"id":"org_1","role":"r","organization":{"id":"org_1"}}]}`,
		`[{"id":"user_a","created_at":1e308,"email_addresses":[{}],"first_name":"\ud800"}]`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		users, _ := decodeUsers(body)
		if user, err := decodeUser(body); err == nil {
			users = append(users, user)
		}
		for _, user := range users {
			if user.ID.IsZero() != user.Garbled || !utf8.ValidString(user.FirstName) {
				t.Errorf("user %+v", user)
			}
			if _, err := json.Marshal(user); err != nil {
				t.Errorf("user %+v: %v", user, err)
			}
		}
		sessions, _ := decodeSessions(body, userID("user_jane"))
		for _, session := range sessions {
			if session.UserID.String() != "user_jane" {
				t.Errorf("session %+v", session)
			}
			if _, err := json.Marshal(session); err != nil {
				t.Errorf("session %+v: %v", session, err)
			}
		}
		if token, err := decodeActorToken(body); err == nil {
			if token.ID.IsZero() {
				t.Errorf("token %+v", token)
			}
		}
		if instance, err := decodeInstance(body); err == nil {
			if instance.ID.IsZero() || instance.Environment == "" {
				t.Errorf("instance %+v", instance)
			}
		}
		domains, _ := decodeDomains(body)
		for _, domain := range domains {
			if domain.FrontendAPI == "" && !domain.Satellite {
				t.Errorf("domain %+v", domain)
			}
		}
		if count, err := decodeCount(body); err == nil && count < 0 {
			t.Errorf("count %d", count)
		}
		_, _ = decodeOrganizations(body)
		_, _ = decodeMemberships(body)
	})
}
