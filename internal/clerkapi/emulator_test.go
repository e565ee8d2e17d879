package clerkapi_test

import (
	"context"
	"net/http"
	"net/http/cookiejar"
	"slices"
	"testing"
	"time"

	"understudy/internal/clerkapi"
	"understudy/internal/emulator"
	"understudy/internal/fault"
	"understudy/internal/secret"
)

// start returns a client of a stand-in for Clerk, with waits that take no time.
func start(t *testing.T) (*clerkapi.Client, *emulator.Running) {
	t.Helper()
	clerk, err := emulator.Start(t.Context(), "127.0.0.1:0", emulator.Config{Users: 300, Seed: 1, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = clerk.Close() })
	key, err := secret.ParseKey(emulator.SampleKey)
	if err != nil {
		t.Fatal(err)
	}
	client, err := clerkapi.New(clerkapi.Config{
		BaseURL: clerk.URL(),
		Key:     key,
		Now:     time.Now,
		Sleep:   func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.CloseIdle)
	return client, clerk
}

func must[T any](t *testing.T, value T, err error) T {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestInstanceAgainstTheStandIn(t *testing.T) {
	client, clerk := start(t)
	instance, err := client.Instance(t.Context())
	if must(t, instance, err).Environment != secret.Development {
		t.Errorf("instance = %+v", instance)
	}
	domains, err := client.Domains(t.Context())
	if got := must(t, domains, err); len(got) == 0 || got[0].FrontendAPI != clerk.URL() {
		t.Errorf("domains = %+v", got)
	}
}

// TestDirectoryAgainstTheStandIn reads all users by cursor and by offset, which
// must be the same ones.
func TestDirectoryAgainstTheStandIn(t *testing.T) {
	client, clerk := start(t)
	total, err := client.CountUsers(t.Context(), clerkapi.UserFilter{})
	if must(t, total, err) != 300 {
		t.Errorf("count = %d", total)
	}
	read := func(next func(page *clerkapi.UserPage, seen []clerkapi.UserID)) []clerkapi.UserID {
		var seen []clerkapi.UserID
		page := clerkapi.UserPage{Limit: 100, Order: clerkapi.Order{Field: clerkapi.ByCreated, Descending: true}}
		for {
			users, err := client.ListUsers(t.Context(), page)
			for _, user := range must(t, users, err) {
				seen = append(seen, user.ID)
			}
			if len(users) < page.Limit {
				return seen
			}
			next(&page, seen)
		}
	}
	byCursor := read(func(page *clerkapi.UserPage, seen []clerkapi.UserID) { page.After = seen[len(seen)-1] })
	byOffset := read(func(page *clerkapi.UserPage, seen []clerkapi.UserID) { page.Offset = len(seen) })
	if len(byCursor) != 300 || !slices.Equal(byCursor, byOffset) {
		t.Errorf("%d by cursor, %d by offset", len(byCursor), len(byOffset))
	}
	if got := clerk.Server().CountRequests(http.MethodGet, "/v1/users"); got != 9 {
		t.Errorf("%d requests, want a count and two times four pages", got)
	}

	user, err := client.GetUser(t.Context(), byCursor[0])
	if must(t, user, err).ID != byCursor[0] || user.CreatedAt.IsZero() {
		t.Errorf("user = %+v", user)
	}
	_, err = client.GetUser(t.Context(), userID("user_nobody"))
	if fault.CodeOf(err) != fault.UserGone || fault.From(err).TraceID == "" {
		t.Errorf("nobody: %v", err)
	}
}

func TestOrganizationsAgainstTheStandIn(t *testing.T) {
	client, _ := start(t)
	found, err := client.FindOrganizations(t.Context(), "", 20)
	if len(must(t, found, err)) == 0 {
		t.Fatal("there are no organizations")
	}
	first := found[0]
	members, err := client.ListUsers(t.Context(), clerkapi.UserPage{
		Limit:  1,
		Filter: clerkapi.UserFilter{Organizations: []clerkapi.OrganizationID{first.ID}},
	})
	if len(must(t, members, err)) == 0 {
		t.Fatalf("%s has no members", first.ID)
	}
	memberships, err := client.Memberships(t.Context(), members[0].ID)
	isFirst := func(m clerkapi.Membership) bool { return m.OrganizationID == first.ID && m.Role != "" }
	if !slices.ContainsFunc(must(t, memberships, err), isFirst) {
		t.Errorf("memberships = %+v, without %s", memberships, first.ID)
	}
}

// TestImpersonationAgainstTheStandIn goes from a token to a session and its end.
func TestImpersonationAgainstTheStandIn(t *testing.T) {
	client, clerk := start(t)
	request := clerkapi.ActorTokenRequest{
		UserID:        userID(clerk.Server().UserID(1)),
		Actor:         clerkapi.Actor{Sub: clerk.Server().OperatorID(), Iss: "understudy", RID: "r1", Log: "1:ab"},
		LinkLife:      time.Minute,
		SessionLength: 10 * time.Minute,
	}
	unused, err := client.CreateActorToken(t.Context(), request)
	must(t, unused, err)
	if err := client.RevokeActorToken(t.Context(), unused.ID); err != nil {
		t.Errorf("revoking a pending token: %v", err)
	}
	if err := client.RevokeActorToken(t.Context(), unused.ID); fault.CodeOf(err) != fault.TokenNotPending {
		t.Errorf("revoking it again: %v", err)
	}

	token, err := client.CreateActorToken(t.Context(), request)
	if must(t, token, err).Status != "pending" || token.UserID != request.UserID {
		t.Errorf("token = %+v", token)
	}
	openInBrowser(t, token.URL)
	if err := client.RevokeActorToken(t.Context(), token.ID); fault.CodeOf(err) != fault.TokenNotPending {
		t.Errorf("revoking an accepted token: %v", err)
	}
	sessions, err := client.Sessions(t.Context(), request.UserID)
	if len(must(t, sessions, err)) != 1 || sessions[0].Actor == nil || *sessions[0].Actor != request.Actor || sessions[0].ExpireAt.IsZero() {
		t.Fatalf("sessions = %+v", sessions)
	}
	for range 2 { // the second time it has ended already
		if err := client.RevokeSession(t.Context(), sessions[0].ID); err != nil {
			t.Errorf("revoking the session: %v", err)
		}
	}
	sessions, err = client.Sessions(t.Context(), request.UserID)
	if len(must(t, sessions, err)) != 1 || !sessions[0].Over() {
		t.Errorf("left over: %+v", sessions)
	}
	if err := client.RevokeSession(t.Context(), sessionID("sess_unknown")); fault.CodeOf(err) != fault.ClerkNotFound {
		t.Errorf("an unknown session: %v", err)
	}
}

func openInBrowser(t *testing.T, ticket secret.TicketURL) {
	t.Helper()
	jar, err := cookiejar.New(nil)
	must(t, jar, err)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, ticket.Reveal(), http.NoBody)
	must(t, request, err)
	response, err := (&http.Client{Jar: jar}).Do(request)
	if must(t, response, err).StatusCode != http.StatusOK {
		t.Errorf("the ticket page says %s", response.Status)
	}
	_ = response.Body.Close()
}

// TestRefusalsOfAnInstanceHaveTheirSentence makes an instance refuse every link, by its
// plan or by its limit.
func TestRefusalsOfAnInstanceHaveTheirSentence(t *testing.T) {
	cases := map[string]struct {
		scene    emulator.Scene
		sentence string
	}{
		"plan":  {emulator.Scene{PlanLacksImpersonation: true}, "Your Clerk plan does not include impersonation."},
		"limit": {emulator.Scene{MonthlyLimit: 1}, "The one impersonation of this billing period is used."},
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			client, clerk := start(t)
			if err := clerk.Server().SetScene(test.scene); err != nil {
				t.Fatal(err)
			}
			request := clerkapi.ActorTokenRequest{
				UserID:        userID(clerk.Server().UserID(1)),
				Actor:         clerkapi.Actor{Sub: clerk.Server().OperatorID()},
				LinkLife:      time.Minute,
				SessionLength: time.Minute,
			}
			_, err := client.CreateActorToken(t.Context(), request)
			if test.scene.MonthlyLimit > 0 {
				_, err = client.CreateActorToken(t.Context(), request)
			}
			if err == nil || fault.From(err).Sentence() != test.sentence {
				t.Errorf("%v, want %q", err, test.sentence)
			}
		})
	}
}

// TestAPostWhoseAnswerIsLostIsNotSentAgain has answers that are lost or broken after the
// actor token was made. A second POST would make a second token.
func TestAPostWhoseAnswerIsLostIsNotSentAgain(t *testing.T) {
	cases := map[emulator.FaultKind]fault.Code{
		emulator.FaultHTML:          fault.ClerkBroken,
		emulator.FaultResetBefore:   fault.ClerkUnreachable,
		emulator.FaultResetInside:   fault.ClerkUnreachable,
		emulator.FaultHuge:          fault.ClerkAnswerTooBig,
		emulator.FaultTruncated:     fault.ClerkAnswer,
		emulator.FaultWrongTypes:    fault.ClerkAnswer,
		emulator.FaultEmpty:         fault.ClerkAnswer,
		emulator.FaultNull:          fault.ClerkAnswer,
		emulator.FaultObject:        fault.ClerkAnswer,
		emulator.FaultCaptivePortal: fault.ClerkAnswer,
		emulator.FaultGzipBomb:      fault.ClerkAnswerTooBig,
	}
	for kind, want := range cases {
		t.Run(string(kind), func(t *testing.T) {
			client, clerk := start(t)
			if err := clerk.Server().Inject(emulator.Fault{Kind: kind, Applied: true}); err != nil {
				t.Fatal(err)
			}
			_, err := client.CreateActorToken(t.Context(), clerkapi.ActorTokenRequest{
				UserID:        userID(clerk.Server().UserID(1)),
				Actor:         clerkapi.Actor{Sub: clerk.Server().OperatorID()},
				LinkLife:      time.Minute,
				SessionLength: time.Minute,
			})
			if got := fault.CodeOf(err); got != want {
				t.Errorf("code = %q, want %q", got, want)
			}
			if got := clerk.Server().CountRequests("", "/v1"); got != 1 {
				t.Errorf("%d requests, want 1", got)
			}
		})
	}
}
