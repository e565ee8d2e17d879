package emulator

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// ticketPath is the Frontend API address that an actor token's URL leads to.
const ticketPath = "/v1/tickets/accept"

// clientCookie holds the id of the browser, as Clerk's does on its own host.
const clientCookie = "__client"

// ordinarySession is how long a session without an actor lasts, Clerk's default.
const ordinarySession = 7 * 24 * time.Hour

// ticketClaims is the payload of a ticket: a JWT, as Clerk's, of which a client
// needs to know nothing but its form.
type ticketClaims struct {
	Instance string `json:"eid"`
	Expires  int64  `json:"exp"`
	IssuedAt int64  `json:"iat"`
	Source   string `json:"st"`
	ID       string `json:"rid"`
}

func (s *Server) signTicket(t *actorToken) string {
	claims, _ := json.Marshal(ticketClaims{ // strings and numbers always encode
		Instance: s.instanceID(t.environment), Expires: t.expiresAt.Unix(), IssuedAt: t.createdAt.Unix(),
		Source: "actor_token", ID: t.id,
	})
	signed := encodeSegment([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + encodeSegment(claims)
	return signed + "." + encodeSegment(s.ticketMAC(signed))
}

func (s *Server) ticketMAC(signed string) []byte {
	mac := hmac.New(sha256.New, binary.BigEndian.AppendUint64([]byte("ticket"), s.cfg.Seed))
	mac.Write([]byte(signed))
	return mac.Sum(nil)
}

// tokenOf finds the actor token of a ticket, nil if the ticket was not made here.
func (s *Server) tokenOf(ticket string) *actorToken {
	dot := strings.LastIndexByte(ticket, '.')
	if dot < 0 {
		return nil
	}
	signature, err := base64.RawURLEncoding.DecodeString(ticket[dot+1:])
	if err != nil || !hmac.Equal(signature, s.ticketMAC(ticket[:dot])) {
		return nil
	}
	_, payload, _ := strings.Cut(ticket[:dot], ".")
	raw, err := base64.RawURLEncoding.DecodeString(payload)
	if err != nil {
		return nil
	}
	var claims ticketClaims
	if err := json.Unmarshal(raw, &claims); err != nil {
		return nil
	}
	return s.tokens[claims.ID]
}

// browserClient is one browser: a cookie and the session that it shows.
type browserClient struct {
	id      string
	session *session // the last one, active or not; nil before the first
}

// acceptTicket signs the browser in as the user of an actor token and sends it on to
// the app. At Clerk the app's sign-in page stands in between and completes the
// sign-in with a script; here it does if the scene says so.
func (s *Server) acceptTicket(w http.ResponseWriter, r *http.Request) *apiError {
	ticket := r.URL.Query().Get("ticket")
	if s.Scene().SignInPage {
		http.Redirect(w, r, signInPath+"?"+url.Values{ticketParam: {ticket}}.Encode(), http.StatusSeeOther)
		return nil
	}
	if _, refused := s.useTicket(w, r, ticket); refused != nil {
		if strings.Contains(r.Header.Get("Accept"), "text/html") {
			s.showRefusal(w, refused)
			return nil
		}
		return refused
	}
	http.Redirect(w, r, "/", http.StatusSeeOther)
	return nil
}

// useTicket starts the session that a ticket is for, and returns a copy. It first
// signs out the user of the session before.
func (s *Server) useTicket(w http.ResponseWriter, r *http.Request, ticket string) (session, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.nowLocked()
	token := s.tokenOf(ticket)
	if refused := s.refuseTicket(token, s.clientLocked(r), now); refused != nil {
		return session{}, refused
	}
	token.status, token.updatedAt = tokenAccepted, now
	client := s.signInLocked(r, now, &session{user: token.user, actor: token.actor, expiresAt: now.Add(token.sessionLife)})
	setClient(w, client)
	return *client.session, nil
}

// refuseTicket says why a ticket is not accepted, with the codes of
// https://clerk.com/docs/errors/frontend-api; that banned and locked users are
// refused at this point is not documented.
func (s *Server) refuseTicket(token *actorToken, client *browserClient, now time.Time) *apiError {
	bad := func(status int, code, message, long string) *apiError {
		return &apiError{status, code, message, long, nil}
	}
	switch {
	case token == nil:
		return bad(http.StatusBadRequest, "ticket_invalid_code", "is invalid", "The ticket is invalid.")
	case token.status == tokenRevoked:
		return bad(http.StatusBadRequest, "actor_token_revoked_code", "actor token revoked", "This actor token has been revoked and cannot be used.")
	case token.status == tokenAccepted:
		return bad(http.StatusBadRequest, "actor_token_already_used_code", "actor token already used", "This actor token has already been used.")
	case !now.Before(token.expiresAt):
		return bad(http.StatusBadRequest, "ticket_expired_code", "is expired", "The ticket is expired.")
	}
	if refused := s.refuseUser(token.user); refused != nil {
		return refused
	}
	if client != nil && client.session != nil {
		client.session.settle(now)
		if client.session.impersonated() && client.session.lives() {
			return bad(http.StatusConflict, "session_creation_not_allowed", "Session creation not allowed",
				"An impersonation is already running in this browser. End it before starting another one.")
		}
	}
	return nil
}

// clientLocked returns the browser that asks, nil if it is new.
func (s *Server) clientLocked(r *http.Request) *browserClient {
	cookie, err := r.Cookie(clientCookie)
	if err != nil {
		return nil
	}
	return s.clients[cookie.Value]
}

// signInLocked starts a session in the browser that asks, in place of any other.
func (s *Server) signInLocked(r *http.Request, now time.Time, x *session) *browserClient {
	client := s.clientLocked(r)
	if client == nil {
		client = &browserClient{id: s.ids.fresh("client_")}
		s.clients[client.id] = client
	}
	if client.session != nil {
		client.session.end(now, statusReplaced)
	}
	x.id, x.client = s.ids.fresh("sess_"), client.id
	s.scene.begin(x)
	x.createdAt, x.updatedAt, x.activeAt = now, now, now
	x.browser = browserActivity(r, s.ids.fresh("sess_activity_"))
	s.sessions[x.id] = x
	client.session = x
	return client
}

func setClient(w http.ResponseWriter, client *browserClient) {
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // plain http on the loopback address
		Name: clientCookie, Value: client.id, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// browserActivity reads off the request what Clerk would tell of the browser. The
// place is invented.
func browserActivity(r *http.Request, id string) activity {
	browser := "Unknown"
	for _, known := range [][2]string{{"Firefox/", "Firefox"}, {"Edg/", "Edge"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}} {
		if strings.Contains(r.UserAgent(), known[0]) {
			browser = known[1]
			break
		}
	}
	return activity{
		Object: "session_activity", ID: id, DeviceType: "desktop", BrowserName: browser,
		IPAddress: "127.0.0.1", City: "Leeds", Country: "GB",
	}
}
