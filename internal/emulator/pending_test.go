package emulator

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestAPendingSessionLivesUntilItsTasksAreDone(t *testing.T) {
	s := newStand(t)
	if err := s.server.SetScene(Scene{PendingEvery: 1, Tasks: "choose-organization,setup-mfa"}); err != nil {
		t.Fatal(err)
	}
	user := s.server.UserID(250)
	b := s.newBrowser()
	page := b.open(s.impersonate(user).URL)
	if !strings.Contains(page, "choose organization, setup mfa") || strings.Contains(page, "Overdue") {
		t.Errorf("the app is shown, or the page does not say what it waits for:\n%s", page)
	}
	if all := get[[]sessionResource](s, "/sessions?status=active&user_id="+user); len(all) != 0 {
		t.Errorf("it is listed as active: %+v", all)
	}
	all := get[[]sessionResource](s, "/sessions?user_id="+user)
	if len(all) != 1 || all[0].Status != statusPending || len(all[0].Tasks) != 2 || all[0].Tasks[0].Key != "choose-organization" {
		t.Fatalf("Clerk lists %+v", all)
	}
	b.do(http.MethodPost, tasksPath)
	if page := b.open("/"); !strings.Contains(page, "Overdue") {
		t.Errorf("the app is not shown afterwards:\n%s", page)
	}
	if x := get[sessionResource](s, "/sessions/"+all[0].ID); x.Status != statusActive || len(x.Tasks) != 0 {
		t.Errorf("afterwards it is %+v", x)
	}
}

func TestAPendingSessionEndsLikeAnother(t *testing.T) {
	for name, end := range map[string]func(*stand, *browser, Session){
		statusRevoked: func(s *stand, _ *browser, x Session) {
			send[sessionResource](s, http.MethodPost, "/sessions/"+x.ID+"/revoke", "")
		},
		statusAbandoned: func(s *stand, _ *browser, _ Session) { s.clock.advance(idleLimit + time.Second) },
		statusEnded:     func(_ *stand, b *browser, _ Session) { b.do(http.MethodPost, signOutPath) },
	} {
		t.Run(name, func(t *testing.T) {
			s := newStand(t)
			if err := s.server.SetScene(Scene{PendingEvery: 1, PendingStatus: "limbo"}); err != nil {
				t.Fatal(err)
			}
			b := s.newBrowser()
			b.open(s.impersonate(s.server.UserID(250)).URL)
			x := s.server.Sessions()[0]
			if x.Status != "limbo" {
				t.Fatalf("it begins as %s", x.Status)
			}
			end(s, b, x)
			if got := get[sessionResource](s, "/sessions/"+x.ID).Status; got != name {
				t.Errorf("it ends as %s", got)
			}
		})
	}
}
