package bridge

import (
	"testing"
	"time"

	"understudy/internal/browser"
	"understudy/internal/fault"
	"understudy/internal/impersonation"
)

func TestActorTokenRequest(t *testing.T) {
	got, err := ActorTokenRequest{UserID: "user_1", Reason: "r", LinkSeconds: 60, SessionMinutes: 30}.requestOf()
	want := impersonation.Request{UserID: userID("user_1"), Reason: "r", LinkLife: time.Minute, SessionLength: 30 * time.Minute}
	if err != nil || got != want {
		t.Errorf("got %+v, %v", got, err)
	}
	if _, err := (ActorTokenRequest{UserID: "org_1"}).requestOf(); fault.CodeOf(err) != fault.IDInvalid {
		t.Errorf("got %v", err)
	}
}

func TestTheBrowserUsedLastIsChosen(t *testing.T) {
	t.Parallel()
	all := []browser.Browser{{ID: "firefox", Isolated: true}, {ID: browser.Default}}
	for chosen, want := range map[string][]bool{"": {false, false}, "firefox": {true, false}, "gone": {false, false}} {
		got := browsersOf(all, chosen)
		if got[0].Chosen != want[0] || got[1].Chosen != want[1] {
			t.Errorf("%q: got %+v", chosen, got)
		}
	}
}
