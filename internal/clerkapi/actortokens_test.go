package clerkapi

import (
	"encoding/json"
	"net/http"
	"reflect"
	"testing"
	"time"

	"understudy/internal/fault"
)

const tokenAddress = "https://clerk.acme.test/v1/tickets/accept?ticket=Canary"

func TestCreateActorToken(t *testing.T) {
	s := newServer(t, reply(http.StatusOK, `{"object":"actor_token","id":"act_1","status":"pending",
		"user_id":"user_jane","actor":{"sub":"user_operator"},"token":"Canary","url":"`+tokenAddress+`"}`))
	client, _ := newClient(t, s.URL, nil)
	request := tokenRequest()
	request.Actor = Actor{Sub: "user_operator", Iss: "understudy", RID: "r1", Log: "1:ab", Ref: "T-1"}
	request.LinkLife = 90*time.Second + time.Millisecond

	token, err := client.CreateActorToken(t.Context(), request)
	if err != nil {
		t.Fatal(everyPrint(err))
	}
	if token.ID.String() != "act_1" || token.Status != "pending" || token.UserID.String() != "user_jane" || token.URL.Reveal() != tokenAddress {
		t.Errorf("token = %+v", token)
	}
	sent := s.requests()
	if len(sent) != 1 || sent[0].method != http.MethodPost || sent[0].path != "/v1/actor_tokens" {
		t.Fatalf("requests = %+v", sent)
	}
	var got any
	if err := json.Unmarshal([]byte(sent[0].body), &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"user_id":                         "user_jane",
		"actor":                           map[string]any{"sub": "user_operator", "iss": "understudy", "rid": "r1", "log": "1:ab", "ref": "T-1"},
		"expires_in_seconds":              90.0,
		"session_max_duration_in_seconds": 1800.0,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("body = %v, want %v", got, want)
	}
	if got := sent[0].header.Get("Content-Type"); got != "application/json" {
		t.Errorf("Content-Type = %q", got)
	}
}

// TestCreateActorTokenKeepsTheID: an answer that is odd in everything else
// still gives the id, so that the token can be revoked.
func TestCreateActorTokenKeepsTheID(t *testing.T) {
	cases := map[string]string{
		"alone":              `{"id":"act_1"}`,
		"wrong types":        `{"id":"act_1","status":1,"user_id":[],"url":{"a":1}}`,
		"nulls":              `{"id":"act_1","status":null,"user_id":null,"url":null}`,
		"a user that is not": `{"id":"act_1","user_id":"../organizations"}`,
	}
	for name, body := range cases {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, reply(http.StatusOK, body))
			client, _ := newClient(t, s.URL, nil)
			token, err := client.CreateActorToken(t.Context(), tokenRequest())
			if err != nil || token.ID.String() != "act_1" || !token.UserID.IsZero() || token.Status != "" || !token.URL.IsZero() {
				t.Errorf("token = %+v, %v", token, err)
			}
		})
	}
}

func TestCreateActorTokenMeanings(t *testing.T) {
	cases := map[string]struct {
		status     int
		code, meta string
		want       fault.Code
	}{
		"user missing":           {422, "form_param_missing", `{"param_name":"user_id"}`, fault.UserGone},
		"user invalid":           {422, "form_param_value_invalid", `{"param_name":"user_id"}`, fault.UserGone},
		"user not found":         {404, "resource_not_found", "", fault.UserGone},
		"actor missing":          {422, "form_param_missing", `{"param_name":"actor"}`, fault.OperatorGone},
		"actor.sub missing":      {422, "form_param_missing", `{"param_name":"actor.sub"}`, fault.OperatorGone},
		"actor.sub invalid":      {422, "form_param_value_invalid", `{"param_name":"actor.sub"}`, fault.OperatorGone},
		"sub invalid":            {422, "form_param_value_invalid", `{"param_name":"sub"}`, fault.OperatorGone},
		"operator not found":     {404, "resource_not_found", `{"param_name":"actor.sub"}`, fault.OperatorGone},
		"another field":          {422, "form_param_value_invalid", `{"param_name":"expires_in_seconds"}`, fault.ClerkRefused},
		"a field without a name": {422, "form_param_missing", `{}`, fault.ClerkRefused},
		"a name that is none":    {422, "form_param_missing", `{"param_name":5}`, fault.ClerkRefused},
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, reply(test.status, clerkError(test.code, test.meta)))
			client, _ := newClient(t, s.URL, nil)
			_, err := client.CreateActorToken(t.Context(), tokenRequest())
			wantCode(t, err, test.want)
			wantNoCanary(t, everyPrint(err))
			if got := s.count(http.MethodPost); got != 1 {
				t.Errorf("%d POSTs, want 1", got)
			}
		})
	}
}

func TestCreateActorTokenRefusesWhatMakesNoSense(t *testing.T) {
	cases := map[string]struct {
		change func(*ActorTokenRequest)
		want   fault.Code
	}{
		"user id":        {func(r *ActorTokenRequest) { r.UserID = UserID{} }, fault.IDInvalid},
		"link life":      {func(r *ActorTokenRequest) { r.LinkLife = 999 * time.Millisecond }, fault.Internal},
		"session length": {func(r *ActorTokenRequest) { r.SessionLength = 0 }, fault.Internal},
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, reply(http.StatusOK, `{"id":"act_1"}`))
			client, _ := newClient(t, s.URL, nil)
			request := tokenRequest()
			test.change(&request)
			_, err := client.CreateActorToken(t.Context(), request)
			wantCode(t, err, test.want)
			if got := len(s.requests()); got != 0 {
				t.Errorf("%d requests were made", got)
			}
		})
	}
}

func TestRevokeActorToken(t *testing.T) {
	cases := map[string]struct {
		handler http.HandlerFunc
		want    fault.Code
	}{
		"revoked":        {reply(200, `{"id":"act_1","status":"revoked"}`), ""},
		"accepted":       {reply(400, clerkError("actor_token_cannot_be_revoked_code", "")), fault.TokenNotPending},
		"unknown":        {reply(404, clerkError("resource_not_found", "")), fault.ClerkNotFound},
		"still pending":  {reply(200, `{"id":"act_1","status":"pending"}`), fault.ClerkAnswer},
		"another token":  {reply(200, `{"id":"act_2","status":"revoked"}`), fault.ClerkAnswer},
		"nothing":        {reply(200, `{}`), fault.ClerkAnswer},
		"captive portal": {page(200), fault.ClerkAnswer},
		"broken":         {page(502), fault.ClerkBroken},
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, test.handler)
			client, _ := newClient(t, s.URL, nil)
			err := client.RevokeActorToken(t.Context(), actorTokenID("act_1"))
			wantCode(t, err, test.want)
			sent := s.requests()
			if len(sent) != 1 || sent[0].method != http.MethodPost || sent[0].path != "/v1/actor_tokens/act_1/revoke" || sent[0].body != "{}" {
				t.Errorf("requests = %+v", sent)
			}
		})
	}
}
