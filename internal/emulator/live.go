package emulator

import (
	"net/http"
	"sync"
	"time"

	"golang.org/x/net/websocket"
)

// livePath is the WebSocket that tells the app's pages that invoices have changed.
const livePath = "/live"

// liveCheck is how often a connection looks whether its session still lives.
const liveCheck = 250 * time.Millisecond

// hub tells open pages of changes. A page that has not taken in the last word
// needs no second one.
type hub struct {
	mu     sync.Mutex
	pages  map[chan struct{}]int // the organization of each
	closed chan struct{}
}

func newHub() *hub { return &hub{pages: map[chan struct{}]int{}, closed: make(chan struct{})} }

func (h *hub) join(organization int) chan struct{} {
	h.mu.Lock()
	defer h.mu.Unlock()
	changed := make(chan struct{}, 1)
	h.pages[changed] = organization
	return changed
}

func (h *hub) leave(changed chan struct{}) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.pages, changed)
}

func (h *hub) publish(organization int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for changed, of := range h.pages {
		if of != organization {
			continue
		}
		select {
		case changed <- struct{}{}:
		default:
		}
	}
}

// follow connects a page of the app. The browser sends its cookie with any page's
// connection, so that only the app's own origin is answered.
func (s *Server) follow(w http.ResponseWriter, r *http.Request) *apiError {
	if r.Header.Get("Origin") != baseURL(r) {
		return &apiError{http.StatusForbidden, "origin_invalid", "is invalid", "Only the app's own pages may connect.", nil}
	}
	x, _, found := s.current(r)
	if !found || x.status != statusActive {
		return errSignedOut()
	}
	websocket.Server{Handler: func(page *websocket.Conn) { s.feed(page, x.id, s.organizationOf(x.user)) }}.ServeHTTP(w, r)
	return nil
}

// feed tells a page of changes for as long as its session lives. A page has nothing
// to say, and one that says something is cut off.
func (s *Server) feed(page *websocket.Conn, sessionID string, organization int) {
	defer page.Close()
	page.MaxPayloadBytes = 1
	changed := s.hub.join(organization)
	defer s.hub.leave(changed)
	gone := make(chan struct{})
	go func() {
		var said []byte
		_ = websocket.Message.Receive(page, &said)
		close(gone)
	}()
	check := time.NewTicker(liveCheck)
	defer check.Stop()
	for {
		select {
		case <-changed:
			if websocket.Message.Send(page, "changed") != nil {
				return
			}
		case <-check.C:
			if !s.isActive(sessionID) {
				return
			}
		case <-gone:
			return
		case <-s.hub.closed:
			return
		}
	}
}

func (s *Server) isActive(sessionID string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	x := s.sessions[sessionID]
	x.settle(s.nowLocked())
	return x.status == statusActive
}
