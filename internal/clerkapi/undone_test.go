package clerkapi

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"understudy/internal/fault"
)

// TestUndoneIsSaidOnlyWhereItIsKnown: a request that never left and one that Clerk
// refused came to nothing. Of any other failure nobody knows.
func TestUndoneIsSaidOnlyWhereItIsKnown(t *testing.T) {
	nowhere := httptest.NewServer(http.NotFoundHandler())
	nowhere.Close()
	badCertificate := httptest.NewTLSServer(http.NotFoundHandler())
	t.Cleanup(badCertificate.Close)
	answers := map[string]struct {
		handler http.HandlerFunc
		undone  bool
	}{
		"400":                     {reply(400, clerkError("request_body_invalid", "")), true},
		"401":                     {reply(401, clerkError("clerk_key_invalid", "")), true},
		"402":                     {reply(402, clerkError("unsupported_subscription_plan_features", "")), true},
		"404":                     {reply(404, clerkError("resource_not_found", "")), true},
		"409":                     {reply(409, clerkError("resource_locked", "")), true},
		"422":                     {reply(422, clerkError("impersonation_limit_exceeded", `{"limit":5,"used":5}`)), true},
		"429":                     {busy("7"), true},
		"408":                     {reply(408, clerkError("request_timeout", "")), false},
		"500":                     {reply(500, clerkError("internal_clerk_error", "")), false},
		"500 with a refusal's":    {reply(500, clerkError("user_locked", "")), false},
		"403 of something else":   {page(403), false},
		"429 of something else":   {page(429), false},
		"502 of something else":   {page(502), false},
		"400 in another form":     {reply(400, `{"error":"no"}`), false},
		"403 of a gateway":        {reply(403, `{"errors":[{"message":"Forbidden"}]}`), false},
		"404 of JSON:API":         {reply(404, `{"errors":[{"status":"404","code":"NOT_FOUND","title":"Not Found"}]}`), false},
		"409 without a word":      {reply(409, `{"errors":[{}]}`), false},
		"200 that makes no sense": {reply(200, "{}"), false},
		"200 with a web page":     {page(200), false},
		"a redirect":              {reply(304, ""), false},
		"closed at once":          {hangUp("", false), false},
		"reset at once":           {hangUp("", true), false},
		"reset within the answer": {hangUp(halfAnAnswer, true), false},
	}
	for name, test := range answers {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, test.handler)
			client, _ := newClient(t, s.URL, nil)
			_, err := client.CreateActorToken(t.Context(), tokenRequest())
			if got := fault.From(err).Undone; got != test.undone {
				t.Errorf("%v is said to be undone: %v", err, got)
			}
		})
	}
	for name, address := range map[string]string{"nobody listens": nowhere.URL, "a certificate of nobody": badCertificate.URL} {
		t.Run(name, func(t *testing.T) {
			client, _ := newClient(t, address, nil)
			if _, err := client.CreateActorToken(t.Context(), tokenRequest()); !fault.From(err).Undone {
				t.Errorf("%v is not said to be undone", err)
			}
		})
	}
}

func TestStoppingIsUndoneUntilTheRequestLeaves(t *testing.T) {
	arrived, ctx := make(chan struct{}), t.Context()
	s := newServer(t, func(_ http.ResponseWriter, r *http.Request) {
		close(arrived)
		<-r.Context().Done()
	})
	client, _ := newClient(t, s.URL, nil)
	before, stop := context.WithCancel(ctx)
	stop()
	if _, err := client.CreateActorToken(before, tokenRequest()); !fault.From(err).Undone || fault.CodeOf(err) != fault.Canceled {
		t.Errorf("before: %v", err)
	}
	during, stop := context.WithTimeout(ctx, time.Minute)
	defer stop()
	go func() { <-arrived; stop() }()
	if _, err := client.CreateActorToken(during, tokenRequest()); fault.From(err).Undone || fault.CodeOf(err) != fault.Canceled {
		t.Errorf("after: %v", err)
	}
	if got := s.count(http.MethodPost); got != 1 {
		t.Errorf("%d POSTs, want 1", got)
	}
}
