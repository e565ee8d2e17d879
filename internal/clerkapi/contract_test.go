package clerkapi_test

import (
	"net/http/httptest"
	"testing"
	"time"

	"understudy/internal/clerkapi"
	"understudy/internal/emulator"
	"understudy/internal/emulator/contract"
	"understudy/internal/secret"
)

// TestEveryRequestKeepsTheContract sends every request that the client can send,
// with every parameter that it knows, and checks each against what Clerk takes.
func TestEveryRequestKeepsTheContract(t *testing.T) {
	clerks, err := contract.Load()
	if err != nil {
		t.Fatal(err)
	}
	server := emulator.New(emulator.Config{Users: 300, Seed: 1, Now: time.Now})
	recorder := contract.Record(server)
	listener := httptest.NewServer(recorder)
	t.Cleanup(listener.Close)
	key, err := secret.ParseKey(emulator.SampleKey)
	if err != nil {
		t.Fatal(err)
	}
	client, err := clerkapi.New(clerkapi.Config{BaseURL: listener.URL, Key: key, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.CloseIdle)
	sendEverything(t, client, userID(server.UserID(5)), userID(server.OperatorID()))

	endpoints := []string{
		"Instance", "Domains", "FindOrganizations", "Memberships", "GetUser", "CountUsers", "ListUsers",
		"CreateActorToken", "RevokeActorToken", "Sessions", "RevokeSession",
		"CreateOAuthApplication", "FindOAuthApplication",
	}
	operations := map[string]bool{}
	for _, x := range recorder.Exchanges() {
		operations[clerks.Operation(x.Request)] = true
		if err := clerks.CheckRequest(x); err != nil {
			t.Errorf("%s %s: %v", x.Request.Method, x.Request.URL, err)
		}
	}
	if len(operations) != len(endpoints) {
		t.Errorf("asked for %d operations, and the client has %d methods", len(operations), len(endpoints))
	}
}

// sendEverything calls each method of the client. Only the requests count here;
// other tests check the answers.
func sendEverything(t *testing.T, client *clerkapi.Client, user, operator clerkapi.UserID) {
	t.Helper()
	ctx, yes, day := t.Context(), true, time.Now().Add(-24*time.Hour)
	everything := clerkapi.UserFilter{
		Query: "a", EmailQuery: "b", PhoneQuery: "4", UsernameQuery: "c", NameQuery: "d",
		UserIDs: []string{user.String()}, Emails: []string{"a@b.example"}, ExternalIDs: []string{"crm-1"},
		Organizations: []clerkapi.OrganizationID{organizationID("org_1")}, Banned: &yes,
		CreatedBefore: day, CreatedAfter: day, LastActiveBefore: day, LastActiveAfter: day,
		LastSignInBefore: day, LastSignInAfter: day,
	}
	_, _ = client.Instance(ctx)
	_, _ = client.Domains(ctx)
	_, _ = client.FindOrganizations(ctx, "meridian", 20)
	_, _ = client.Memberships(ctx, user)
	_, _ = client.GetUser(ctx, user)
	_, _ = client.CountUsers(ctx, everything)
	for _, field := range []clerkapi.OrderField{
		clerkapi.ByCreated, clerkapi.ByLastSignIn, clerkapi.ByFirstName, clerkapi.ByEmail, clerkapi.ByUsername,
	} {
		_, _ = client.ListUsers(ctx, clerkapi.UserPage{Filter: everything, Order: clerkapi.Order{Field: field, Descending: true}, Limit: 500, Offset: 100})
	}
	_, _ = client.ListUsers(ctx, clerkapi.UserPage{Order: clerkapi.Order{Field: clerkapi.ByCreated}, Limit: 100, After: user})
	token, err := client.CreateActorToken(ctx, clerkapi.ActorTokenRequest{
		UserID: user, Actor: clerkapi.Actor{Sub: operator.String(), Iss: "understudy", RID: "r", Log: "1:a", Ref: "48213"},
		LinkLife: time.Minute, SessionLength: 30 * time.Minute,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := client.RevokeActorToken(ctx, token.ID); err != nil {
		t.Error(err)
	}
	_, _ = client.CreateOAuthApplication(ctx, clerkapi.OAuthApplication{
		Name: "Understudy", RedirectURIs: []string{"http://127.0.0.1:21847/callback"}, Scopes: []string{"openid", "profile"},
	})
	_, _ = client.FindOAuthApplication(ctx, "cl_1")
	_, _ = client.Sessions(ctx, user)
	_ = client.RevokeSession(ctx, sessionID("sess_1"))
}
