package emulator

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

// Lifetimes in seconds of actor tokens and of the sessions they start, unless the
// request says otherwise (Clerk's Backend API specification, POST /actor_tokens).
const (
	defaultTokenLife   = 3600
	defaultSessionLife = 1800
	maxLife            = 10 * 365 * 24 * 3600
)

// maxBody bounds what a request may carry.
const maxBody = 1 << 20

// tokenStatus is where an actor token stands. An expired one stays pending.
type tokenStatus string

const (
	tokenPending  tokenStatus = "pending"
	tokenAccepted tokenStatus = "accepted"
	tokenRevoked  tokenStatus = "revoked"
)

type actorToken struct {
	id          string
	status      tokenStatus
	user        int
	actor       json.RawMessage
	ticket      string
	environment string
	sessionLife time.Duration
	expiresAt   time.Time
	createdAt   time.Time
	updatedAt   time.Time
}

type actorTokenResource struct {
	Object    string          `json:"object"`
	ID        string          `json:"id"`
	Status    tokenStatus     `json:"status"`
	UserID    string          `json:"user_id"`
	Actor     json.RawMessage `json:"actor"`
	Token     string          `json:"token,omitempty"`
	URL       string          `json:"url,omitempty"`
	CreatedAt int64           `json:"created_at"`
	UpdatedAt int64           `json:"updated_at"`
}

func (s *Server) tokenResource(t *actorToken, base string) actorTokenResource {
	resource := actorTokenResource{
		Object: "actor_token", ID: t.id, Status: t.status, UserID: s.userID(t.user), Actor: t.actor,
		CreatedAt: t.createdAt.UnixMilli(), UpdatedAt: t.updatedAt.UnixMilli(),
	}
	if t.status == tokenPending {
		resource.Token, resource.URL = t.ticket, base+ticketPath+"?ticket="+t.ticket
	}
	return resource
}

// actorTokenRequest is the body of POST /actor_tokens. Pointers tell a missing
// value from an empty one.
type actorTokenRequest struct {
	UserID      *string         `json:"user_id"`
	Actor       json.RawMessage `json:"actor"`
	TokenLife   *int            `json:"expires_in_seconds"`
	SessionLife *int            `json:"session_max_duration_in_seconds"`
}

func parseActorTokenRequest(body io.Reader) (*actorTokenRequest, *apiError) {
	var fields map[string]json.RawMessage
	if err := json.NewDecoder(body).Decode(&fields); err != nil {
		return nil, errBody()
	}
	var request actorTokenRequest
	for name, value := range fields {
		var target any
		switch name {
		case "user_id":
			target = &request.UserID
		case "actor":
			request.Actor = value
			continue
		case "expires_in_seconds":
			target = &request.TokenLife
		case "session_max_duration_in_seconds":
			target = &request.SessionLife
		default:
			return nil, errParam("form_param_unknown", name, name+" is not a valid parameter for this request.")
		}
		if err := json.Unmarshal(value, target); err != nil {
			return nil, errValue(name, "has the wrong type.")
		}
	}
	return &request, request.check()
}

func (q *actorTokenRequest) check() *apiError {
	if q.UserID == nil || *q.UserID == "" {
		return errMissing("user_id")
	}
	if len(q.Actor) == 0 || bytes.Equal(q.Actor, []byte("null")) {
		return errMissing("actor")
	}
	var payload map[string]any
	if err := json.Unmarshal(q.Actor, &payload); err != nil {
		return errValue("actor", "must be an object.")
	}
	if sub, given := payload["sub"]; !given || sub == "" {
		return errMissing("actor.sub")
	} else if _, text := sub.(string); !text {
		return errValue("actor.sub", "must be a string.")
	}
	for name, seconds := range map[string]*int{"expires_in_seconds": q.TokenLife, "session_max_duration_in_seconds": q.SessionLife} {
		if seconds != nil && (*seconds < 1 || *seconds > maxLife) {
			return errValue(name, fmt.Sprintf("must be between 1 and %d.", maxLife))
		}
	}
	return nil
}

func (s *Server) createActorToken(w http.ResponseWriter, r *http.Request) *apiError {
	request, refused := parseActorTokenRequest(http.MaxBytesReader(w, r.Body, maxBody))
	if refused != nil {
		return refused
	}
	user, known := s.users.ids.index(*request.UserID)
	if !known || user >= s.users.n {
		return errNotFound("user", *request.UserID)
	}
	token, refused := s.issue(user, request, environmentOf(r))
	if refused != nil {
		return refused
	}
	writeJSON(w, http.StatusOK, s.tokenResource(token, baseURL(r)))
	if s.Scene().BanAfterToken {
		s.changeStanding(user, func(standing *standing) { standing.banned = true })
	}
	return nil
}

// issue makes a token if the plan and the month allow another one.
func (s *Server) issue(user int, request *actorTokenRequest, environment string) (*actorToken, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.scene.PlanLacksImpersonation {
		return nil, &apiError{
			http.StatusPaymentRequired, "unsupported_subscription_plan_features", "unsupported plan features",
			"Some features are not supported in your current plan. Upgrade your subscription to unlock them.",
			map[string]any{"unsupported_features": []string{"impersonation"}},
		}
	}
	if limit := s.scene.MonthlyLimit; limit > 0 && len(s.tokens) >= limit {
		return nil, &apiError{
			http.StatusUnprocessableEntity, "impersonation_limit_exceeded", "Impersonation limit exceeded",
			"You have reached the limit of impersonations for this month.",
			map[string]any{"limit": limit, "used": len(s.tokens)},
		}
	}
	now := s.nowLocked()
	token := &actorToken{
		id: s.ids.fresh("act_"), status: tokenPending, user: user, actor: request.Actor, environment: environment,
		sessionLife: seconds(request.SessionLife, defaultSessionLife),
		expiresAt:   now.Add(seconds(request.TokenLife, defaultTokenLife)),
		createdAt:   now, updatedAt: now,
	}
	token.ticket = s.signTicket(token)
	s.tokens[token.id] = token
	return token.copy(), nil
}

// copy lets a token be read without the lock.
func (t *actorToken) copy() *actorToken {
	c := *t
	return &c
}

func seconds(given *int, fallback int) time.Duration {
	if given == nil {
		given = &fallback
	}
	return time.Duration(*given) * time.Second
}

func (s *Server) revokeActorToken(w http.ResponseWriter, r *http.Request) *apiError {
	id := r.PathValue("actor_token_id")
	s.mu.Lock()
	defer s.mu.Unlock()
	token := s.tokens[id]
	if token == nil {
		return errNotFound("actor token", id)
	}
	if token.status != tokenPending {
		return &apiError{
			http.StatusBadRequest, "actor_token_cannot_be_revoked_code", "actor token cannot be revoked",
			fmt.Sprintf("Actor token cannot be revoked because its status is %s. Only pending tokens can be revoked.", token.status), nil,
		}
	}
	token.status, token.updatedAt = tokenRevoked, s.nowLocked()
	writeJSON(w, http.StatusOK, s.tokenResource(token, baseURL(r)))
	return nil
}
