package emulator

import (
	"context"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"understudy/internal/emulator/invoices"
)

// Server is one stand-in instance of Clerk and the sample app that uses it. It is
// an [http.Handler] for the Backend API (/v1/…), the Frontend API
// (/v1/tickets/accept, /oauth/…, /.well-known/…), the app's page (/) and its own
// controls (/__emulator/…).
type Server struct {
	cfg     Config
	ids     *idMaker
	users   *directory
	routes  http.Handler
	log     requestLog
	signing signingKey
	render  func(http.ResponseWriter, int, view)
	hub     *hub

	mu           sync.Mutex
	scene        Scene
	faults       []*armedFault
	tokens       map[string]*actorToken
	sessions     map[string]*session
	before       map[string]*session // since before the start
	clients      map[string]*browserClient
	books        map[int]*invoices.Book  // by organization
	applications map[string]*application // by client id
	grants       map[string]*grant       // by code
	accessTokens map[string]*accessToken
	windowStart  time.Time
	windowCalls  int
	delays       uint64 // drawn so far, for the jitter
}

// New makes a server. The configuration must be valid, see [Config.Validate].
func New(cfg Config) *Server {
	cfg = cfg.withDefaults()
	start := cfg.Now()
	ids := &idMaker{seed: cfg.Seed, run: mix(uint64(start.UnixNano()))}
	s := &Server{
		cfg: cfg, ids: ids, hub: newHub(), books: map[int]*invoices.Book{}, users: newDirectory(cfg.Users, cfg.Seed, ids, start), scene: cfg.Scene,
		tokens: map[string]*actorToken{}, sessions: map[string]*session{}, clients: map[string]*browserClient{},
		applications: map[string]*application{}, grants: map[string]*grant{}, accessTokens: map[string]*accessToken{},
	}
	s.before = s.users.signedInBefore(start)
	for _, f := range cfg.Faults {
		s.faults = append(s.faults, &armedFault{Fault: f})
	}
	s.routes = s.newRoutes()
	return s
}

// OperatorID is the Clerk user id of the support agent of the sample workspace.
func (s *Server) OperatorID() string { return s.userID(0) }

// UserID returns the id of the user with an index in order of creation, oldest 0.
func (s *Server) UserID(index int) string { return s.userID(index) }

func (s *Server) userID(index int) string { return string(s.ids.user(nil, index)) }

// handler answers a request or says why not.
type handler func(http.ResponseWriter, *http.Request) *apiError

// backendRoutes are the calls of the Backend API, by pattern of [http.ServeMux].
func (s *Server) backendRoutes() map[string]handler {
	return map[string]handler{
		"GET /v1/users":           s.listUsers,
		"GET /v1/users/count":     s.countUsers,
		"GET /v1/users/{user_id}": s.getUser,
		"GET /v1/users/{user_id}/organization_memberships": s.listMemberships,
		"POST /v1/users/{user_id}/ban":                     s.setStanding(func(x *standing) { x.banned = true }),
		"POST /v1/users/{user_id}/unban":                   s.setStanding(func(x *standing) { x.banned = false }),
		"POST /v1/users/{user_id}/lock":                    s.setStanding(func(x *standing) { x.locked = true }),
		"POST /v1/users/{user_id}/unlock":                  s.setStanding(func(x *standing) { x.locked = false }),
		"GET /v1/organizations":                            s.listOrganizations,
		"GET /v1/instance":                                 s.getInstance,
		"GET /v1/domains":                                  s.listDomains,
		"POST /v1/actor_tokens":                            s.createActorToken,
		"POST /v1/actor_tokens/{actor_token_id}/revoke":    s.revokeActorToken,
		"GET /v1/sessions":                                 s.listSessions,
		"GET /v1/sessions/{session_id}":                    s.getSession,
		"POST /v1/sessions/{session_id}/revoke":            s.revokeSession,
		"GET /v1/oauth_applications":                       s.listApplications,
		"POST /v1/oauth_applications":                      s.createApplication,
		"/v1/":                                             unknownPath,
	}
}

// frontendRoutes are the Frontend API and where the pages post to.
func (s *Server) frontendRoutes() map[string]handler {
	return map[string]handler{
		"GET " + ticketPath:    s.acceptTicket,
		"GET " + authorizePath: s.authorize,
		"POST " + continuePath: s.continueAuthorize,
		"POST " + tokenPath:    s.exchange,
		"GET " + userInfoPath:  s.getUserInfo,
		"POST " + userInfoPath: s.getUserInfo,
		"GET " + keysPath:      s.getKeys,
		"GET " + discoveryPath: s.getDiscovery,
		"GET " + metadataPath:  s.getMetadata,
		"GET " + signInPath:    s.showSignIn,
		"POST " + signInPath:   s.signIn,
		"POST " + signOutPath:  s.signOut,
		"POST " + tasksPath:    s.doTasks,
		"POST " + signInsPath:  s.createSignIn,
		"POST " + touchPath:    s.changeSession(touchSession),
		"POST " + tokensPath:   s.createSessionToken,
		"POST " + revokePath:   s.changeSession(revokeOwnSession),
	}
}

func (s *Server) newRoutes() http.Handler {
	mux := http.NewServeMux()
	for pattern, h := range s.backendRoutes() {
		mux.Handle(pattern, s.backend(h))
	}
	sameSite := http.NewCrossOriginProtection() // a page elsewhere must not sign anybody in or out
	for _, routes := range []map[string]handler{s.frontendRoutes(), s.appRoutes()} {
		for pattern, h := range routes {
			mux.Handle(pattern, sameSite.Handler(s.answer(h)))
		}
	}
	s.routePage(mux)
	outer := http.NewServeMux()
	outer.Handle(controlPath, s.newControls())
	outer.Handle("/", s.slow(s.breaking(mux)))
	return outer
}

func unknownPath(_ http.ResponseWriter, r *http.Request) *apiError {
	return &apiError{
		http.StatusNotFound, "resource_not_found", "not found",
		"There is no " + r.Method + " " + r.URL.Path + ".", nil,
	}
}

// ServeHTTP answers only on the names of this computer: a web page that points a
// name of its own at the loopback address is not answered.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !loopbackHost(r.Host) {
		http.Error(w, "This is a stand-in for Clerk that answers on the loopback address only.", http.StatusMisdirectedRequest)
		return
	}
	if !strings.HasPrefix(r.URL.Path, controlPath) {
		s.log.add(r, s.now())
	}
	w.Header().Set("Date", s.now().UTC().Format(http.TimeFormat)) // net/http would say the real time
	s.routes.ServeHTTP(w, r)
}

func loopbackHost(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = hostport
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func (s *Server) answer(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if refused := h(w, r); refused != nil {
			s.refuse(w, refused)
		}
	})
}

// backend guards a Backend API call by its key and the rate limit.
func (s *Server) backend(h handler) http.Handler {
	return s.answer(func(w http.ResponseWriter, r *http.Request) *apiError {
		environment, refused := s.authenticate(r)
		if refused != nil {
			return refused
		}
		if refused := s.limit(w, environment); refused != nil {
			return refused
		}
		if s.Scene().OrganizationsOff && isAboutOrganizations(r) {
			return &apiError{
				http.StatusForbidden, "organization_not_enabled_in_instance", "The organizations feature is not enabled for this instance",
				"The organizations feature is not enabled for this instance. You can enable it at https://dashboard.clerk.com.", nil,
			}
		}
		return h(w, r.WithContext(context.WithValue(r.Context(), environmentKey{}, environment)))
	})
}

func isAboutOrganizations(r *http.Request) bool {
	return strings.Contains(r.URL.Path, "/organization") || r.URL.Query().Has("organization_id")
}

type environmentKey struct{}

// environmentOf returns which kind of instance the key of a request belongs to.
func environmentOf(r *http.Request) string {
	environment, _ := r.Context().Value(environmentKey{}).(string)
	return environment
}

// baseURL is the address under which the caller reached the server.
func baseURL(r *http.Request) string { return "http://" + r.Host }

// now is the clock at Clerk, which the scene may have moved.
func (s *Server) now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.nowLocked()
}

func (s *Server) nowLocked() time.Time { return s.cfg.Now().Add(s.scene.ClockOffset) }

// slow delays answers by the configured latency.
func (s *Server) slow(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !wait(r.Context(), s.delay()) {
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (s *Server) delay() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	delay := s.scene.Latency
	if jitter := s.scene.Jitter; jitter > 0 {
		s.delays++
		delay += time.Duration(mix(s.cfg.Seed^s.delays)%uint64(2*jitter)) - jitter //nolint:gosec // below twice the jitter
	}
	return delay
}

// wait reports whether the caller was still there at the end.
func wait(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
