package emulator

import (
	"net/http"
	"time"
)

// The calls of the Frontend API that a browser makes to sign in by ticket and to
// stay signed in, and one that no impersonation may make.
const (
	signInsPath = "/v1/client/sign_ins"
	touchPath   = "/v1/client/sessions/{session_id}/touch"
	tokensPath  = "/v1/client/sessions/{session_id}/tokens" //nolint:gosec // it is an address
	revokePath  = "/v1/me/sessions/{session_id}/revoke"
	// ticketParam carries the ticket to the app's sign-in page.
	ticketParam = "__clerk_ticket"
	// tokenLife is how long a session token is good for.
	tokenLife = time.Minute
)

// wrapped is an answer of the Frontend API. It has the state of the browser beside
// what was asked for.
type wrapped[T any] struct {
	Response T              `json:"response"`
	Client   clientResource `json:"client"`
}

type clientResource struct {
	Object         string          `json:"object"`
	ID             string          `json:"id"`
	Sessions       []clientSession `json:"sessions"`
	SignIn         *signInResource `json:"sign_in"`
	SignUp         *signInResource `json:"sign_up"` // nobody signs up
	LastSession    *string         `json:"last_active_session_id"`
	LastStrategy   *string         `json:"last_authentication_strategy"`
	CookieExpireAt *int64          `json:"cookie_expires_at"`
	CaptchaBypass  bool            `json:"captcha_bypass"`
	CreatedAt      int64           `json:"created_at"`
	UpdatedAt      int64           `json:"updated_at"`
}

// clientSession is a session as its own browser sees it.
type clientSession struct {
	sessionResource

	PublicUserData publicUserData `json:"public_user_data"`
	FactorAges     []int          `json:"factor_verification_age"`
}

type signInResource struct {
	Object           string    `json:"object"`
	ID               string    `json:"id"`
	Status           string    `json:"status"`
	Identifiers      []string  `json:"supported_identifiers"`
	FirstFactors     []string  `json:"supported_first_factors"`
	SecondFactors    []string  `json:"supported_second_factors"`
	FirstFactor      *struct{} `json:"first_factor_verification"`
	SecondFactor     *struct{} `json:"second_factor_verification"`
	Identifier       *string   `json:"identifier"`
	UserData         *struct{} `json:"user_data"`
	CreatedSessionID string    `json:"created_session_id"`
	AbandonAt        int64     `json:"abandon_at"`
}

// clientSession describes a session for its own browser.
func (s *Server) clientSession(x *session, r *http.Request) clientSession {
	return clientSession{s.sessionResource(x), s.publicUserData(x.user, r), []int{0, -1}}
}

// clientResource describes the browser of a session.
func (s *Server) clientResource(x *session, r *http.Request) clientResource {
	resource := clientResource{
		Object: "client", ID: x.client, Sessions: []clientSession{},
		CreatedAt: x.createdAt.UnixMilli(), UpdatedAt: x.updatedAt.UnixMilli(),
	}
	if x.lives() {
		resource.Sessions = append(resource.Sessions, s.clientSession(x, r))
		resource.LastSession = &x.id
	}
	return resource
}

// createSignIn completes a sign-in by ticket, which the app's sign-in page posts.
func (s *Server) createSignIn(w http.ResponseWriter, r *http.Request) *apiError {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	if strategy := r.PostFormValue("strategy"); strategy != "ticket" {
		return errValue("strategy", "is not ticket, the only one here.")
	}
	x, refused := s.useTicket(w, r, r.PostFormValue("ticket"))
	if refused != nil {
		return refused
	}
	writeJSON(w, http.StatusOK, wrapped[signInResource]{
		signInResource{
			Object: "sign_in_attempt", ID: s.ids.fresh("sia_"), Status: "complete", Identifiers: []string{},
			CreatedSessionID: x.id, AbandonAt: x.createdAt.Add(24 * time.Hour).UnixMilli(),
		}, s.clientResource(&x, r),
	})
	return nil
}

// ownSession returns a copy of the session in the path, after a change. It must be
// that of the browser that asks, and live.
func (s *Server) ownSession(r *http.Request, change func(*session, time.Time)) (x session, refused *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	client, now := s.clientLocked(r), s.nowLocked()
	if client == nil || client.session == nil {
		return session{}, errSignedOut()
	}
	client.session.settle(now)
	switch {
	case !client.session.lives():
		return session{}, errSignedOut()
	case client.session.id != r.PathValue("session_id"):
		return session{}, errNotFound("session", r.PathValue("session_id"))
	}
	change(client.session, now)
	return *client.session, nil
}

// errSignedOut is Clerk's answer to a browser that nobody is signed in at.
func errSignedOut() *apiError {
	return &apiError{http.StatusUnauthorized, "signed_out", "Signed out", "You are signed out", nil}
}

func touchSession(x *session, now time.Time) { x.activeAt = now }

// revokeOwnSession ends a session at the wish of its user.
func revokeOwnSession(x *session, now time.Time) { x.end(now, statusRevoked) }

// changeSession answers a change of a browser's own session.
func (s *Server) changeSession(change func(*session, time.Time)) handler {
	return func(w http.ResponseWriter, r *http.Request) *apiError {
		x, refused := s.ownSession(r, change)
		if refused != nil {
			return refused
		}
		writeJSON(w, http.StatusOK, wrapped[clientSession]{s.clientSession(&x, r), s.clientResource(&x, r)})
		return nil
	}
}

// createSessionToken signs a token that a backend could verify. The app here asks
// for none.
func (s *Server) createSessionToken(w http.ResponseWriter, r *http.Request) *apiError {
	now := s.now()
	x, refused := s.ownSession(r, func(*session, time.Time) {})
	if refused != nil {
		return refused
	}
	claims := map[string]any{
		"sub": s.userID(x.user), "sid": x.id, "iss": baseURL(r), "azp": baseURL(r),
		"iat": now.Unix(), "exp": now.Add(tokenLife).Unix(),
	}
	if x.impersonated() {
		claims["act"] = x.actor
	}
	token, err := s.signing.sign(s.keyID(), claims)
	if err != nil {
		return errInternal(err)
	}
	writeJSON(w, http.StatusOK, map[string]string{"jwt": token})
	return nil
}
