package clerkapi

import (
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"understudy/internal/fault"
)

const sessionBody = `{"object":"session","id":"sess_1","user_id":"user_jane","client_id":"client_1","status":"active",
	"actor":{"sub":"user_operator","iss":"understudy","rid":"r1","log":"1:ab","ref":"T-1","more":{"a":[1]}},
	"created_at":1700000000000,"expire_at":1700000600000,"last_active_at":1700000001000,"abandon_at":1,"updated_at":1,
	"latest_activity":{"browser_name":"Firefox","city":"Graz","country":"AT","ip_address":"192.0.2.1"}}`

func TestSessions(t *testing.T) {
	s := newServer(t, reply(http.StatusOK, "["+sessionBody+`,
		{"id":"sess_2","user_id":"user_jane","status":"active","actor":null},
		{"id":"sess_3","user_id":"user_jane","status":"active","actor":{"sub":17}},
		{"id":"sess_4","user_id":"user_jane","status":"ended","tasks":null},
		{"id":"sess_5","user_id":"user_jane","status":"pending","tasks":[{"key":"reset-password"},{"key":7},{"key":"setup-mfa"}]},
		{"id":"sess_6","user_id":"user_jane","status":"limbo","tasks":"none"}]`))
	client, _ := newClient(t, s.URL, nil)

	got, err := client.Sessions(t.Context(), userID("user_jane"))
	if err != nil {
		t.Fatal(everyPrint(err))
	}
	want := []Session{
		{
			ID: sessionID("sess_1"), UserID: userID("user_jane"), Status: "active",
			Actor:        &Actor{Sub: "user_operator", Iss: "understudy", RID: "r1", Log: "1:ab", Ref: "T-1"},
			CreatedAt:    time.UnixMilli(1700000000000).UTC(),
			ExpireAt:     time.UnixMilli(1700000600000).UTC(),
			LastActiveAt: time.UnixMilli(1700000001000).UTC(),
			Browser:      "Firefox", City: "Graz", Country: "AT",
		},
		{ID: sessionID("sess_2"), UserID: userID("user_jane"), Status: "active"},
		{ID: sessionID("sess_3"), UserID: userID("user_jane"), Status: "active", Actor: &Actor{}},
		{ID: sessionID("sess_4"), UserID: userID("user_jane"), Status: "ended"},
		{ID: sessionID("sess_5"), UserID: userID("user_jane"), Status: "pending", Tasks: []string{"reset-password", "setup-mfa"}},
		{ID: sessionID("sess_6"), UserID: userID("user_jane"), Status: "limbo"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("sessions =\n%+v, want\n%+v", got, want)
	}
	if sent := s.requests()[0]; sent.path != "/v1/sessions" || sent.query != "limit=100&user_id=user_jane" {
		t.Errorf("%s?%s", sent.path, sent.query)
	}
}

func TestSessionsReadsAllPages(t *testing.T) {
	const all = 250
	s := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		var offset int
		_, _ = fmt.Sscan(r.URL.Query().Get("offset"), &offset)
		var list []string
		for i := offset; i < min(offset+listPage, all); i++ {
			list = append(list, fmt.Sprintf(`{"id":"sess_%d","user_id":"user_jane","status":"active"}`, i))
		}
		reply(http.StatusOK, "["+strings.Join(list, ",")+"]")(w, r)
	})
	client, _ := newClient(t, s.URL, nil)
	got, err := client.Sessions(t.Context(), userID("user_jane"))
	if err != nil || len(got) != all || got[249].ID.String() != "sess_249" {
		t.Errorf("%d sessions, %v", len(got), err)
	}
	if got := len(s.requests()); got != 3 {
		t.Errorf("%d requests, want 3", got)
	}
}

// TestSessionsEnds: a server that always gives a full page is not followed for
// ever.
func TestSessionsEnds(t *testing.T) {
	full := strings.Repeat(`{"id":"sess_1","user_id":"user_jane","status":"active"},`, listPage)
	s := newServer(t, reply(http.StatusOK, "["+strings.TrimSuffix(full, ",")+"]"))
	client, _ := newClient(t, s.URL, nil)
	_, err := client.Sessions(t.Context(), userID("user_jane"))
	wantCode(t, err, fault.ClerkAnswerTooBig)
	if got := len(s.requests()); got != listPages {
		t.Errorf("%d requests, want %d", got, listPages)
	}
}

func TestAnAnswerThatIsNoListOfSessionsIsRefused(t *testing.T) {
	for _, body := range []string{"null", `{"data":[]}`} {
		s := newServer(t, reply(http.StatusOK, body))
		client, _ := newClient(t, s.URL, nil)
		_, err := client.Sessions(t.Context(), userID("user_jane"))
		wantCode(t, err, fault.ClerkAnswer)
	}
}

// TestASessionWithoutAnIDIsNotEnded has sessions that lack their id or their user. Only
// a session that is known to be the user's may be ended.
func TestASessionWithoutAnIDIsNotEnded(t *testing.T) {
	cases := map[string]struct {
		body string
		want Session
	}{
		"no id":            {`{"user_id":"user_jane","status":"active"}`, Session{UserID: userID("user_jane"), Status: "active"}},
		"no user":          {`{"id":"sess_1","status":"active"}`, Session{UserID: userID("user_jane"), Status: "active"}},
		"somebody else's":  {`{"id":"sess_1","user_id":"user_john","status":"active"}`, Session{UserID: userID("user_jane"), Status: "active"}},
		"no status":        {`{"id":"sess_1","user_id":"user_jane"}`, Session{ID: sessionID("sess_1"), UserID: userID("user_jane")}},
		"a time as a text": {`{"id":"sess_1","user_id":"user_jane","status":"active","expire_at":"soon"}`, Session{ID: sessionID("sess_1"), UserID: userID("user_jane"), Status: "active"}},
		"an odd actor":     {`{"id":"sess_1","user_id":"user_jane","status":"active","actor":"me"}`, Session{ID: sessionID("sess_1"), UserID: userID("user_jane"), Status: "active", Actor: &Actor{}}},
		"a number":         {`7`, Session{UserID: userID("user_jane"), Actor: &Actor{}}},
		"two ids":          {`{"id":"sess_1","id":"sess_2","user_id":"user_jane"}`, Session{UserID: userID("user_jane"), Actor: &Actor{}}},
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, reply(http.StatusOK, "["+test.body+"]"))
			client, _ := newClient(t, s.URL, nil)
			got, err := client.Sessions(t.Context(), userID("user_jane"))
			if err != nil || !reflect.DeepEqual(got, []Session{test.want}) {
				t.Errorf("sessions = %+v, %v; want %+v", got, err, test.want)
			}
		})
	}
}

func TestRevokeSession(t *testing.T) {
	ended := `{"id":"sess_1","user_id":"user_jane","status":"ended"}`
	running := `{"id":"sess_1","user_id":"user_jane","status":"active"}`
	refused := reply(400, clerkError("session_not_active", ""))
	cases := map[string]struct {
		revoke, lookup http.HandlerFunc
		want           fault.Code
		gets           int
	}{
		"revoked":                   {reply(200, strings.Replace(ended, "ended", "revoked", 1)), nil, "", 0},
		"had ended":                 {reply(200, ended), nil, "", 0},
		"refused, had ended":        {refused, reply(200, ended), "", 1},
		"refused, still running":    {refused, reply(200, running), fault.ClerkRefused, 1},
		"refused, lookup unknown":   {refused, reply(404, clerkError("resource_not_found", "")), fault.ClerkRefused, 1},
		"unknown":                   {reply(404, clerkError("resource_not_found", "")), nil, fault.ClerkNotFound, 0},
		"answer says still pending": {reply(200, strings.Replace(running, "active", "pending", 1)), nil, fault.ClerkAnswer, 0},
		"answer says something new": {reply(200, strings.Replace(running, "active", "limbo", 1)), nil, fault.ClerkAnswer, 0},
		"answer says still running": {reply(200, running), nil, fault.ClerkAnswer, 0},
		"answer about another":      {reply(200, strings.Replace(ended, "sess_1", "sess_2", 1)), nil, fault.ClerkAnswer, 0},
		"nothing":                   {reply(200, "{}"), nil, fault.ClerkAnswer, 0},
		"broken":                    {page(502), nil, fault.ClerkBroken, 0},
		"key refused":               {reply(401, clerkError("clerk_key_invalid", "")), nil, fault.KeyRefused, 0},
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, func(w http.ResponseWriter, r *http.Request) {
				switch {
				case r.Method == http.MethodPost && r.URL.Path == "/v1/sessions/sess_1/revoke":
					test.revoke(w, r)
				case r.Method == http.MethodGet && r.URL.Path == "/v1/sessions/sess_1" && test.lookup != nil:
					test.lookup(w, r)
				default:
					t.Errorf("unexpected %s %s", r.Method, r.URL.Path)
				}
			})
			client, _ := newClient(t, s.URL, nil)
			err := client.RevokeSession(t.Context(), sessionID("sess_1"))
			wantCode(t, err, test.want)
			if posts, gets := s.count(http.MethodPost), s.count(http.MethodGet); posts != 1 || gets != test.gets {
				t.Errorf("%d POSTs and %d GETs, want 1 and %d", posts, gets, test.gets)
			}
		})
	}
}
