package clerkapi

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"understudy/internal/secret"
)

func TestEachRequestIsToldByItsShapeAndOutcome(t *testing.T) {
	const user = "user_2nk20AFJFRCmaAQDEibXwqfm0f0"
	answers := 0
	s := newServer(t, func(w http.ResponseWriter, _ *http.Request) {
		if answers++; answers == 1 {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		_, _ = w.Write([]byte(`{"id":"` + user + `","object":"user","first_name":"Priya"}`))
	})
	key, err := secret.ParseKey(canaryKey)
	if err != nil {
		t.Fatal(err)
	}
	var told strings.Builder
	client, err := New(Config{
		BaseURL: s.URL, Key: key, Now: nowAtNoon, Log: slog.New(slog.NewTextHandler(&told, nil)),
		Sleep: func(context.Context, time.Duration) error { return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.GetUser(t.Context(), userID(user)); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(told.String()), "\n")
	if len(lines) != 2 || !strings.Contains(lines[0], `level=WARN msg=clerk attempt=1`) ||
		!strings.Contains(lines[0], `fault.request="GET /users/{user_id}" fault.status=502`) ||
		!strings.Contains(lines[1], `attempt=2`) || !strings.Contains(lines[1], `request="GET /users/{user_id}" status=200`) {
		t.Errorf("told\n%s", told.String())
	}
	for _, canary := range []string{user, "Priya", canaryKey} {
		if strings.Contains(told.String(), canary) {
			t.Errorf("told %s", canary)
		}
	}
}
