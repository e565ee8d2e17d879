package contract

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func newContract(t *testing.T) *Contract {
	t.Helper()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func exchange(t *testing.T, method, target, body string, status int, answer string) Exchange {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, target, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	return Exchange{
		Request: r, Body: []byte(body), Status: status, Answer: []byte(answer),
		Header: http.Header{"Content-Type": {"application/json"}},
	}
}

func TestAnswers(t *testing.T) {
	c := newContract(t)
	const session = `{"object":"session","id":"s","user_id":"u","client_id":"c","status":"active","last_active_at":1,"expire_at":1,"abandon_at":1,"updated_at":1,"created_at":1}`
	cases := []struct {
		name, method, target string
		status               int
		answer               string
		good                 bool
	}{
		{"count", "GET", "/v1/users/count", 200, `{"object":"total_count","total_count":3}`, true},
		{"count of another type", "GET", "/v1/users/count", 200, `{"object":"total_count","total_count":"3"}`, false},
		{"count with more", "GET", "/v1/users/count", 200, `{"object":"total_count","total_count":3,"more":1}`, false},
		{"count with less", "GET", "/v1/users/count", 200, `{"object":"total_count"}`, false},
		{"sessions", "GET", "/v1/sessions?user_id=u", 200, "[" + session + "]", true},
		{"sessions as a page", "GET", "/v1/sessions?user_id=u&paginated=true", 200, `{"data":[` + session + `],"total_count":1}`, true},
		{"a page of something else", "GET", "/v1/sessions?user_id=u&paginated=true", 200, `{"data":[{}],"total_count":1}`, false},
		{"listed refusal", "GET", "/v1/users", 422, `{"errors":[{"code":"c","message":"m","long_message":"l"}]}`, true},
		{"listed refusal of another form", "GET", "/v1/users", 422, `{"error":"no"}`, false},
		{"unlisted refusal", "GET", "/v1/users", 429, `{"errors":[{"code":"c","message":"m","long_message":"l"}]}`, true},
		{"unlisted refusal of another form", "GET", "/v1/users", 429, `slow down`, false},
		{"status that Clerk does not give", "GET", "/v1/users", 204, ``, false},
		{"no such operation", "DELETE", "/v1/users", 200, ``, false},
		{"frontend", "GET", "/.well-known/jwks.json", 200, `{"keys":[]}`, true},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			if err := c.CheckAnswer(exchange(t, tc.method, tc.target, "", tc.status, tc.answer)); (err == nil) != tc.good {
				t.Errorf("good is %t: %v", tc.good, err)
			}
		})
	}
}

func TestRequests(t *testing.T) {
	c := newContract(t)
	cases := []struct {
		name, method, target, body string
		good                       bool
	}{
		{"list", "GET", "/v1/users?limit=100&order_by=-created_at&user_id=a&user_id=b", "", true},
		{"limit too high", "GET", "/v1/users?limit=501", "", false},
		{"unknown parameter", "GET", "/v1/users?locked=true", "", false},
		{"actor token", "POST", "/v1/actor_tokens", `{"user_id":"u","actor":{"sub":"a","rid":"r"},"expires_in_seconds":60}`, true},
		{"actor without sub", "POST", "/v1/actor_tokens", `{"user_id":"u","actor":{"rid":"r"}}`, false},
		{"unknown field", "POST", "/v1/actor_tokens", `{"user_id":"u","actor":{"sub":"a"},"reason":"x"}`, false},
		{"no such operation", "GET", "/v1/actor_tokens", "", false},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			if err := c.CheckRequest(exchange(t, tc.method, tc.target, tc.body, 200, "")); (err == nil) != tc.good {
				t.Errorf("good is %t: %v", tc.good, err)
			}
		})
	}
}

func TestOperationPrefersTheLiteralPath(t *testing.T) {
	c := newContract(t)
	for target, want := range map[string]string{
		"/v1/users/count": "GET /users/count", "/v1/users/user_1": "GET /users/{user_id}",
		"/v1/tickets/accept": "GET /v1/tickets/accept", "/nowhere": "",
	} {
		if got := c.Operation(httptest.NewRequestWithContext(t.Context(), http.MethodGet, target, nil)); got != want {
			t.Errorf("%s is %q, want %q", target, got, want)
		}
	}
}

func TestRecorderKeepsBothSides(t *testing.T) {
	echo := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusAccepted)
		_, _ = io.Copy(w, r.Body)
	})
	recorder := Record(echo)
	w := httptest.NewRecorder()
	recorder.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/x", strings.NewReader("said")))
	x := recorder.Exchanges()
	if len(x) != 1 || string(x[0].Body) != "said" || string(x[0].Answer) != "said" || x[0].Status != http.StatusAccepted || w.Body.String() != "said" {
		t.Errorf("recorded %+v", x)
	}
}
