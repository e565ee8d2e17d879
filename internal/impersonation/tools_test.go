package impersonation

import (
	"strings"
	"testing"

	"understudy/internal/clerkapi"
	"understudy/internal/operator"
)

func TestAnActorPayloadSaysItsOperatorAndTool(t *testing.T) {
	maya := operator.Operator{ID: userID("user_maya"), Email: "maya@acme.example"}
	outsider := operator.Operator{Outside: true, Name: "Maya", Email: "maya@acme.example"}
	tests := []struct {
		name  string
		who   operator.Operator
		actor clerkapi.Actor
		want  Origin
	}{
		{"a colleague", maya, clerkapi.Actor{Sub: "user_jonas", Iss: "understudy", RID: "r"}, Origin{OperatorID: "user_jonas"}},
		{"the operator elsewhere", maya, clerkapi.Actor{Sub: "user_maya", Iss: "understudy", RID: "r"}, Origin{OperatorID: "user_maya", Own: true}},
		{"an outsider elsewhere", outsider, clerkapi.Actor{Sub: "maya@acme.example", Iss: "understudy"}, Origin{OperatorID: "maya@acme.example", Own: true}},
		{"a colleague who is an outsider", maya, clerkapi.Actor{Sub: "jonas@acme.example", Iss: "understudy"}, Origin{OperatorID: "jonas@acme.example"}},
		{"nobody acts here", operator.Operator{}, clerkapi.Actor{Iss: "understudy", RID: "r"}, Origin{}},
		{"Clerk's command line tool", maya, clerkapi.Actor{Sub: "cli:jonas@acme.example", Iss: "clerk-cli"}, Origin{OperatorID: "jonas@acme.example", Foreign: true, Tool: "Clerk CLI"}},
		{"Clerk's command line tool with more behind", maya, clerkapi.Actor{Sub: "cli:jonas@acme.example:laptop", Iss: "clerk-cli"}, Origin{OperatorID: "jonas@acme.example", Foreign: true, Tool: "Clerk CLI"}},
		{"Clerk's command line tool without its name", maya, clerkapi.Actor{Sub: "cli:jonas@acme.example"}, Origin{OperatorID: "jonas@acme.example", Foreign: true, Tool: "Clerk CLI"}},
		{"the operator with Clerk's command line tool", maya, clerkapi.Actor{Sub: "cli:Maya@acme.example", Iss: "clerk-cli"}, Origin{OperatorID: "Maya@acme.example", Own: true, Foreign: true, Tool: "Clerk CLI"}},
		{"an operator without an address", operator.Operator{ID: userID("user_maya")}, clerkapi.Actor{Sub: "cli:", Iss: "clerk-cli"}, Origin{Foreign: true, Tool: "Clerk CLI"}},
		{"the dashboard", maya, clerkapi.Actor{Sub: "user_maya", Iss: "https://dashboard.clerk.com"}, Origin{Foreign: true, Tool: "Clerk Dashboard"}},
		{"an agent task", maya, clerkapi.Actor{Sub: "agent_1", Iss: "https://clerk.acme.com", Type: "agent"}, Origin{OperatorID: "agent_1", Foreign: true, Tool: "an agent task"}},
		{"a tool with a name", maya, clerkapi.Actor{Sub: "user_jonas", Iss: "\u202eadmin panel"}, Origin{OperatorID: "user_jonas", Foreign: true, Tool: "admin panel"}},
		{"the operator with a tool without a name", maya, clerkapi.Actor{Sub: "user_maya"}, Origin{OperatorID: "user_maya", Own: true, Foreign: true}},
		{"a payload that cannot be read", maya, clerkapi.Actor{}, Origin{Foreign: true}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := originOf(tt.actor, tt.who); got != tt.want {
				t.Errorf("got  %+v\nwant %+v", got, tt.want)
			}
		})
	}
}

func TestPreflightSaysWhatIsOnRecordOfOthers(t *testing.T) {
	tests := []struct {
		name  string
		actor clerkapi.Actor
		want  string
	}{
		{"a colleague", clerkapi.Actor{Sub: "jonas@acme.example", Iss: "understudy"}, "jonas@acme.example is signed in as this user: You can join; both are recorded."},
		{"the operator elsewhere", clerkapi.Actor{Sub: "user_maya", Iss: "understudy"}, "You already have a session as this user on another computer: You can join; both are recorded."},
		{"the operator with another tool", clerkapi.Actor{Sub: "user_maya"}, "You already have a session as this user: It is not in Understudy's history."},
		{"the dashboard", clerkapi.Actor{Sub: "user_x1", Iss: "https://dashboard.clerk.com"}, "Somebody is signed in as this user with Clerk Dashboard: It is not in Understudy's history."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			w.colleague(sessionID("sess_1"), &tt.actor)
			got := only(t, w.service.Preflight(t.Context(), userID("user_priya")), RuleColleague)
			if said := got.Name.String() + ": " + got.Sentence.String(); said != tt.want {
				t.Errorf("got  %q\nwant %q", said, tt.want)
			}
		})
	}
}

func TestEndAllTakesTheOperatorsOwnSessionsElsewhere(t *testing.T) {
	for _, elsewhere := range []bool{true, false} {
		w := newWorld(t)
		w.signIn(w.create(), sessionID("sess_here"))
		w.colleague(sessionID("sess_mine"), &clerkapi.Actor{Sub: "user_maya", Iss: "understudy", RID: "r2"})
		w.colleague(sessionID("sess_theirs"), &clerkapi.Actor{Sub: "user_jonas", Iss: "understudy", RID: "r3"})
		w.service.Live(t.Context())
		want := 1
		if elsewhere {
			want = 2
		}
		if ended, failed := w.service.EndAll(t.Context(), elsewhere); ended != want || failed != 0 {
			t.Errorf("elsewhere %v: %d ended, %d failed", elsewhere, ended, failed)
		}
		steps := strings.Join(w.steps, ", ")
		if strings.Contains(steps, "revoke sess_mine") != elsewhere || strings.Contains(steps, "revoke sess_theirs") {
			t.Errorf("elsewhere %v: %s", elsewhere, steps)
		}
	}
}
