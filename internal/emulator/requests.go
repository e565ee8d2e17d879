package emulator

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// keptRequests bounds the log, so that a stand-in that runs for days stays small.
const keptRequests = 10_000

// Request is one line of the log: a request without its headers and body.
type Request struct {
	Method string     `json:"method"`
	Path   string     `json:"path"`
	Query  url.Values `json:"query"`
	Time   time.Time  `json:"time"`
}

type requestLog struct {
	mu      sync.Mutex
	entries []Request
}

func (l *requestLog) add(r *http.Request, at time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.entries) == keptRequests {
		l.entries = append(l.entries[:0], l.entries[keptRequests/2:]...)
	}
	l.entries = append(l.entries, Request{r.Method, r.URL.Path, r.URL.Query(), at})
}

// Requests returns what was asked so far, oldest first, at most the last 10,000.
func (s *Server) Requests() []Request {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	return append([]Request(nil), s.log.entries...)
}

// CountRequests counts logged requests of a method whose path has a prefix. An
// empty method counts all methods.
func (s *Server) CountRequests(method, pathPrefix string) int {
	n := 0
	for _, r := range s.Requests() {
		if (method == "" || r.Method == method) && strings.HasPrefix(r.Path, pathPrefix) {
			n++
		}
	}
	return n
}

// ResetRequests empties the log.
func (s *Server) ResetRequests() {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	s.log.entries = nil
}
