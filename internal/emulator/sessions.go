package emulator

import (
	"cmp"
	"encoding/json"
	"net/http"
	"slices"
	"time"
)

// idleLimit ends the session of an impersonation that shows no activity
// (https://clerk.com/docs/users/user-impersonation).
const idleLimit = 10 * time.Minute

// The statuses of a session that the stand-in gives, besides those of a scene. Clerk
// does not document the status of an idle session, nor of one that a ticket pushed out.
const (
	statusActive    = "active"
	statusPending   = "pending"   // signed in, with something to do before the app lets the user in
	statusRevoked   = "revoked"   // through the Backend API
	statusEnded     = "ended"     // signed out
	statusExpired   = "expired"   // its time was up
	statusAbandoned = "abandoned" // idle too long
	statusReplaced  = "replaced"  // another ticket was accepted in the same browser
)

type session struct {
	id, client string
	user       int
	actor      json.RawMessage // nil when nobody acts
	status     string
	tasks      []string // to do before a pending session becomes active
	createdAt  time.Time
	updatedAt  time.Time
	activeAt   time.Time
	expiresAt  time.Time
	browser    activity
}

func (s *session) impersonated() bool { return s.actor != nil }

// lives reports whether somebody is signed in, pending or not.
func (s *session) lives() bool {
	switch s.status {
	case statusRevoked, statusEnded, statusExpired, statusAbandoned, statusReplaced:
		return false
	default:
		return true
	}
}

// actorSub is the one part of an actor payload that Clerk asks for.
func actorSub(payload json.RawMessage) string {
	var actor struct {
		Sub string `json:"sub"`
	}
	_ = json.Unmarshal(payload, &actor) // it had a sub when it was taken in
	return actor.Sub
}

// settle ends the session if its time is up or nobody used it.
func (s *session) settle(now time.Time) {
	if !s.lives() {
		return
	}
	idleAt := s.activeAt.Add(idleLimit)
	switch {
	case s.impersonated() && idleAt.Before(s.expiresAt) && !now.Before(idleAt):
		s.end(idleAt, statusAbandoned)
	case !now.Before(s.expiresAt):
		s.end(s.expiresAt, statusExpired)
	}
}

// end gives a session that lives its last status.
func (s *session) end(at time.Time, status string) {
	if s.lives() {
		s.status, s.updatedAt = status, at
	}
}

// activity is what Clerk tells about the browser of a session.
type activity struct {
	Object      string `json:"object"`
	ID          string `json:"id"`
	DeviceType  string `json:"device_type"`
	IsMobile    bool   `json:"is_mobile"`
	BrowserName string `json:"browser_name"`
	IPAddress   string `json:"ip_address"`
	City        string `json:"city"`
	Country     string `json:"country"`
}

type sessionTask struct {
	Key string `json:"key"`
}

type sessionResource struct {
	Object         string          `json:"object"`
	ID             string          `json:"id"`
	UserID         string          `json:"user_id"`
	ClientID       string          `json:"client_id"`
	Actor          json.RawMessage `json:"actor"`
	Status         string          `json:"status"`
	LastActiveOrg  *string         `json:"last_active_organization_id"`
	LastActiveAt   int64           `json:"last_active_at"`
	LatestActivity activity        `json:"latest_activity"`
	ExpireAt       int64           `json:"expire_at"`
	AbandonAt      int64           `json:"abandon_at"`
	Tasks          []sessionTask   `json:"tasks"`
	UpdatedAt      int64           `json:"updated_at"`
	CreatedAt      int64           `json:"created_at"`
}

func (s *Server) sessionResource(x *session) sessionResource {
	var tasks []sessionTask
	for _, key := range x.tasks {
		tasks = append(tasks, sessionTask{key})
	}
	return sessionResource{
		Tasks:  tasks,
		Object: "session", ID: x.id, UserID: s.userID(x.user), ClientID: x.client, Actor: x.actor, Status: x.status,
		LastActiveAt: x.activeAt.UnixMilli(), LatestActivity: x.browser,
		ExpireAt: x.expiresAt.UnixMilli(), AbandonAt: x.activeAt.Add(idleLimit).UnixMilli(),
		UpdatedAt: x.updatedAt.UnixMilli(), CreatedAt: x.createdAt.UnixMilli(),
	}
}

func (s *Server) listSessions(w http.ResponseWriter, r *http.Request) *apiError {
	p := params{values: r.URL.Query()}
	limit, offset := p.window()
	userID, clientID, status := p.text("user_id"), p.text("client_id"), p.text("status")
	paginated := p.flag("paginated")
	if userID == "" && clientID == "" {
		p.fail(&apiError{
			http.StatusUnprocessableEntity, "missing_query_parameters", "Missing query parameters",
			"At least one of the following query parameters is required: client_id, user_id.", nil,
		})
	}
	if p.problem != nil {
		return p.problem
	}
	found := []sessionResource{}
	for _, x := range s.settledSessions(s.sessions, s.before) {
		resource := s.sessionResource(&x)
		if (userID == "" || resource.UserID == userID) && (clientID == "" || x.client == clientID) && (status == "" || x.status == status) {
			found = append(found, resource)
		}
	}
	page := window(found, limit, offset)
	if paginated != nil && *paginated {
		writeJSON(w, http.StatusOK, page)
	} else {
		writeJSON(w, http.StatusOK, page.Data)
	}
	return nil
}

// settledSessions returns copies of sessions as they stand now, newest first.
func (s *Server) settledSessions(of ...map[string]*session) []session {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.nowLocked()
	var all []session
	for _, sessions := range of {
		for _, x := range sessions {
			x.settle(now)
			all = append(all, *x)
		}
	}
	slices.SortFunc(all, func(a, b session) int {
		return cmp.Or(b.createdAt.Compare(a.createdAt), cmp.Compare(b.id, a.id))
	})
	return all
}

func (s *Server) getSession(w http.ResponseWriter, r *http.Request) *apiError {
	return s.withSession(w, r, func(*session, time.Time) {})
}

func (s *Server) revokeSession(w http.ResponseWriter, r *http.Request) *apiError {
	return s.withSession(w, r, func(x *session, now time.Time) { x.end(now, statusRevoked) })
}

func (s *Server) withSession(w http.ResponseWriter, r *http.Request, change func(*session, time.Time)) *apiError {
	id := r.PathValue("session_id")
	s.mu.Lock()
	defer s.mu.Unlock()
	x := cmp.Or(s.sessions[id], s.before[id])
	if x == nil {
		return errNotFound("session", id)
	}
	now := s.nowLocked()
	x.settle(now)
	change(x, now)
	writeJSON(w, http.StatusOK, s.sessionResource(x))
	return nil
}

// Session is what a test may know of a session.
type Session struct {
	ID       string `json:"id"`
	UserID   string `json:"user_id"`
	ClientID string `json:"client_id"`
	// Status is one of Clerk's words: active, pending, revoked, ended, expired, abandoned,
	// replaced.
	Status string `json:"status"`
	// Actor is the whole payload given with the actor token, nil when the user
	// signed in alone.
	Actor     map[string]any `json:"actor"`
	CreatedAt time.Time      `json:"created_at"`
	ExpireAt  time.Time      `json:"expire_at"`
}

// Sessions returns every session that began since the start, newest first.
func (s *Server) Sessions() []Session {
	var all []Session
	for _, x := range s.settledSessions(s.sessions) {
		var actor map[string]any
		if x.impersonated() {
			_ = json.Unmarshal(x.actor, &actor) // it was an object when it was taken in
		}
		all = append(all, Session{
			ID: x.id, UserID: s.userID(x.user), ClientID: x.client, Status: x.status, Actor: actor,
			CreatedAt: x.createdAt, ExpireAt: x.expiresAt,
		})
	}
	return all
}
