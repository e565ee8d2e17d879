//go:build clients

// Package clients runs Clerk's own clients against the stand-in. If they take it
// for Clerk, our client may do so, too. They are installed into this folder only, with
// npm install, and are no part of the app:
//
//	npm install && go test -tags clients .
package clients

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"understudy/internal/emulator"
)

func start(t *testing.T) *emulator.Running {
	t.Helper()
	running, err := emulator.Start(t.Context(), "127.0.0.1:0", emulator.Config{Seed: 1, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = running.Close() })
	return running
}

// run executes a program with a home folder of its own and returns what it printed.
func run(t *testing.T, server *emulator.Running, program string, args ...string) (string, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, program, args...)
	command.Env = append(os.Environ(),
		"HOME="+t.TempDir(), "CI=1", "CLERK_TELEMETRY_DISABLED=1",
		"CLERK_SECRET_KEY="+emulator.SampleKey, "CLERK_BACKEND_API_URL="+server.URL())
	output, err := command.CombinedOutput()
	return string(output), err
}

func TestJavaScriptSDK(t *testing.T) {
	server := start(t)
	if output, err := run(t, server, "node", "backend.mjs", server.URL(), server.Server().OperatorID()); err != nil {
		t.Errorf("%v\n%s", err, output)
	}
}

func TestCommandLineTool(t *testing.T) {
	server := start(t)
	clerk := func(into any, args ...string) {
		t.Helper()
		output, err := run(t, server, filepath.Join("node_modules", ".bin", "clerk"), append([]string{"--mode", "agent"}, args...)...)
		if err != nil {
			t.Fatalf("clerk %s: %v\n%s", strings.Join(args, " "), err, output)
		}
		if err := json.Unmarshal([]byte(output), into); err != nil {
			t.Fatalf("clerk %s: %v\n%s", strings.Join(args, " "), err, output)
		}
	}
	var page struct {
		Data []struct {
			ID string `json:"id"`
		} `json:"data"`
	}
	clerk(&page, "users", "list", "--limit", "100", "--offset", "100", "--order-by", "-last_sign_in_at")
	if len(page.Data) != 100 {
		t.Errorf("listed %d users", len(page.Data))
	}
	clerk(&page, "users", "list", "--query", "priya raman", "--limit", "5")
	clerk(&page, "users", "list", "--email-address", "priya.raman@meridianhealth.example")
	if len(page.Data) != 1 {
		t.Fatalf("found %d users", len(page.Data))
	}
	var count struct {
		Total int `json:"total_count"`
	}
	clerk(&count, "api", "/users/count")
	if count.Total != emulator.DefaultUsers {
		t.Errorf("counted %d users", count.Total)
	}
	var token struct {
		ID, Status, URL string
	}
	body := `{"user_id":"` + page.Data[0].ID + `","actor":{"sub":"` + server.Server().OperatorID() + `"}}`
	clerk(&token, "api", "/actor_tokens", "--data", body, "--yes")
	if token.Status != "pending" || !strings.HasPrefix(token.URL, server.URL()) {
		t.Errorf("actor token %+v", token)
	}
	clerk(&token, "api", "/actor_tokens/"+token.ID+"/revoke", "--method", "POST", "--yes")
	if token.Status != "revoked" {
		t.Errorf("actor token %+v", token)
	}
	clerk(&token, "api", "/actor_tokens", "--data", body, "--yes")
	response, err := http.Get(token.URL)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	var sessions []struct{ ID, Status string }
	clerk(&sessions, "api", "/sessions?user_id="+page.Data[0].ID)
	if len(sessions) != 1 || sessions[0].Status != "active" {
		t.Fatalf("sessions %+v", sessions)
	}
	clerk(&sessions[0], "api", "/sessions/"+sessions[0].ID+"/revoke", "--method", "POST", "--yes")
	if sessions[0].Status != "revoked" {
		t.Errorf("session %+v", sessions[0])
	}
}
