package clerkapi

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"understudy/internal/fault"
)

// calls is one of each kind: for a token, about a user, a list, organizations.
func calls() map[string]func(context.Context, *Client) error {
	return map[string]func(context.Context, *Client) error{
		"POST /actor_tokens": func(ctx context.Context, c *Client) error {
			_, err := c.CreateActorToken(ctx, tokenRequest())
			return err
		},
		"POST /actor_tokens/{actor_token_id}/revoke": func(ctx context.Context, c *Client) error {
			return c.RevokeActorToken(ctx, actorTokenID("act_1"))
		},
		"GET /users/{user_id}": func(ctx context.Context, c *Client) error {
			_, err := c.GetUser(ctx, userID("user_jane"))
			return err
		},
		"GET /users": func(ctx context.Context, c *Client) error {
			_, err := c.ListUsers(ctx, UserPage{Limit: 1})
			return err
		},
		"GET /organizations": func(ctx context.Context, c *Client) error {
			_, err := c.FindOrganizations(ctx, "acme", 1)
			return err
		},
		"GET /sessions": func(ctx context.Context, c *Client) error {
			_, err := c.Sessions(ctx, userID("user_jane"))
			return err
		},
		"POST /sessions/{session_id}/revoke": func(ctx context.Context, c *Client) error {
			return c.RevokeSession(ctx, sessionID("sess_1"))
		},
		"POST /oauth_applications": func(ctx context.Context, c *Client) error {
			_, err := c.CreateOAuthApplication(ctx, OAuthApplication{})
			return err
		},
	}
}

// TestEachDocumentedRefusalHasItsOwnMeaning lists the codes of Clerk's catalogue
// (https://clerk.com/docs/errors/backend-api) that the calls here can get.
func TestEachDocumentedRefusalHasItsOwnMeaning(t *testing.T) {
	const token = "POST /actor_tokens"
	tests := []struct {
		status int
		code   string
		want   fault.Code
		only   string // the call that can get it, "" for all
		retry  bool
	}{
		{400, "deprovisioned", fault.UserDeprovisioned, token, false},
		{409, "resource_locked", fault.ClerkLocked, "", true},
		{400, "api_version_invalid", fault.AppOutdated, "", false},
		{410, "operation_deprecated", fault.AppOutdated, "", false},
		{410, "endpoint_gone", fault.AppOutdated, "", false},
		{400, "actor_token_cannot_be_revoked_code", fault.TokenNotPending, "POST /actor_tokens/{actor_token_id}/revoke", false},
		{400, "request_body_invalid", fault.ClerkRefused, "", false},
		{401, "clerk_key_invalid", fault.KeyRefused, "", false},
		{401, "authorization_header_format_invalid", fault.KeyRefused, "", false},
		{401, "authentication_invalid", fault.KeyRefused, "", false},
		{402, "unsupported_subscription_plan_features", fault.PlanLacks, "", false},
		{403, "authorization_invalid", fault.ClerkForbidden, "", false},
		{403, "organization_not_enabled_in_instance", fault.OrganizationsOff, "GET /organizations", false},
		{403, "user_banned", fault.UserBanned, token, false},
		{403, "user_locked", fault.UserLocked, token, false},
		{422, "form_param_missing", fault.ClerkRefused, "GET /users", false},
		{422, "form_param_format_invalid", fault.ClerkRefused, "GET /users", false},
		{422, "form_param_value_invalid", fault.ClerkRefused, "GET /users", false},
		{422, "impersonation_limit_exceeded", fault.LimitExceeded, token, false},
		{429, "too_many_requests", fault.ClerkBusy, "", true},
		{500, "internal_clerk_error", fault.ClerkBroken, "", true},
	}
	for _, test := range tests {
		for shape, call := range calls() {
			if test.only != "" && test.only != shape {
				continue
			}
			t.Run(test.code+" "+shape, func(t *testing.T) {
				s := newServer(t, reply(test.status, clerkError(test.code, "")))
				client, _ := newClient(t, s.URL, nil)
				failure := wantFault(t, call(t.Context(), client), test.want)
				if failure.Retry() != test.retry || failure.Sentence() == "" {
					t.Errorf("%q, retry %v", failure.Sentence(), failure.Retry())
				}
				if failure.Request != shape || failure.Status != test.status {
					t.Errorf("details %q %d, want %q %d", failure.Request, failure.Status, shape, test.status)
				}
				if all := failure.Sentence() + failure.Next(); strings.Contains(strings.ReplaceAll(all, "in Clerk, under", ""), "Clerk ") && !strings.Contains(all, "Clerk plan") {
					t.Errorf("%q names Clerk, which was not asked", all)
				}
				wantNoCanary(t, everyPrint(failure))
			})
		}
	}
}

func TestClerkItselfIsCalledByItsName(t *testing.T) {
	client, _ := newClient(t, "", func(c *Config) {
		c.Transport = answering(func(*http.Request) (*http.Response, error) { return nil, http.ErrSchemeMismatch })
	})
	_, err := client.GetUser(t.Context(), userID("user_jane"))
	if got := wantFault(t, err, fault.ClerkCertificate).Sentence(); !strings.Contains(got, "connection to Clerk is") {
		t.Errorf("it says %q", got)
	}
}

type answering func(*http.Request) (*http.Response, error)

func (a answering) RoundTrip(r *http.Request) (*http.Response, error) { return a(r) }

func TestWithOrganizationsTurnedOffNobodyIsInOne(t *testing.T) {
	s := newServer(t, reply(403, clerkError("organization_not_enabled_in_instance", "")))
	client, _ := newClient(t, s.URL, nil)
	if all, err := client.Memberships(t.Context(), userID("user_jane")); err != nil || len(all) > 0 {
		t.Errorf("got %v, %s", all, everyPrint(err))
	}
}
