package browser

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"understudy/internal/fault"
	"understudy/internal/loopback"
	"understudy/internal/sentence"
)

const (
	// handoffLife is how long a browser may take to ask for its ticket.
	handoffLife = 30 * time.Second
	nonceBytes  = 32
)

var (
	errSilent   = errors.New("browser: did not ask for the ticket")
	errObserved = errors.New("browser: somebody else asked for the ticket")
)

// handoff gives a ticket, or another address that is nobody else's business, to
// the one browser that was started for it. The browser is told an address on this
// computer with a secret in its path; whoever asks for it first is sent on to the
// target, which so stands in no argument list.
//
// Argument lists can be read by the other users of a computer. Therefore a
// second request for the address, or one by another user, means that somebody
// reads them: then the offer ends at once and stolen is called.
type handoff struct {
	// stop stops listening.
	stop       func()
	host, path string
	target     func() string // a function, so that nothing prints it
	stolen     func()
	// foreign reports whether a connection from that address is another user's.
	foreign func(remote string) bool

	taken chan struct{} // closed when the target was given
	over  chan struct{} // closed when it will not be given any more

	mu     sync.Mutex
	given  bool
	warned bool
	ending sync.Once
}

func newHandoff(host string, target func() string, random io.Reader, stolen func()) (*handoff, error) {
	var nonce [nonceBytes]byte
	if _, err := io.ReadFull(random, nonce[:]); err != nil {
		return nil, fmt.Errorf("nonce: %w", err)
	}
	return &handoff{
		host: host, path: "/" + base64.RawURLEncoding.EncodeToString(nonce[:]), target: target, stolen: stolen,
		stop: func() {}, foreign: func(string) bool { return false },
		taken: make(chan struct{}), over: make(chan struct{}),
	}, nil
}

// address is what the browser is told to open.
func (h *handoff) address() string { return "http://" + h.host + h.path }

// ServeHTTP answers the one request that is the browser's own navigation, and
// refuses all that a page, another program or another name for this computer
// could send.
func (h *handoff) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Cache-Control", "no-store")
	header.Set("Referrer-Policy", "no-referrer")
	switch {
	case r.Host != h.host:
		w.WriteHeader(http.StatusMisdirectedRequest)
	case subtle.ConstantTimeCompare([]byte(r.RequestURI), []byte(h.path)) == 0:
		w.WriteHeader(http.StatusNotFound)
	case r.Method != http.MethodGet:
		w.WriteHeader(http.StatusMethodNotAllowed)
	case !isNavigation(r.Header):
		w.WriteHeader(http.StatusForbidden)
	case h.foreign(r.RemoteAddr) || !h.give():
		w.WriteHeader(http.StatusGone)
		h.warn()
	default:
		header.Set("Location", h.target())
		w.WriteHeader(http.StatusFound)
	}
}

// isNavigation reports whether a request is for a page that the user asked for:
// https://www.w3.org/TR/fetch-metadata/. Older browsers do not say.
func isNavigation(header http.Header) bool {
	site, dest := header.Get("Sec-Fetch-Site"), header.Get("Sec-Fetch-Dest")
	return (site == "" || site == "none") && (dest == "" || dest == "document")
}

// give reports whether the target may be given, which is so once.
func (h *handoff) give() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	select {
	case <-h.over:
		return false
	default:
	}
	if h.given {
		return false
	}
	h.given = true
	close(h.taken)
	return true
}

func (h *handoff) wasGiven() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.given
}

// failure says why the offer ended without having been taken.
func (h *handoff) failure() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.warned {
		return fault.New(fault.BrowserFailed, errObserved).
			Saying(sentence.Of("browser_failed.observed"))
	}
	return fault.New(fault.BrowserFailed, errSilent)
}

// warn tells, once, that the address is known to somebody else.
func (h *handoff) warn() {
	h.mu.Lock()
	first := !h.warned
	h.warned = true
	h.mu.Unlock()
	if first {
		go h.stolen()
	}
	h.end()
}

// end withdraws the offer: when it returns, nobody is listened to any more.
func (h *handoff) end() {
	h.ending.Do(func() {
		close(h.over)
		h.stop()
	})
}

// delivered waits until the browser has the target, or will not have it: closed
// is closed when nobody wants that any more, ended when the browser cannot ask.
func (h *handoff) delivered(ctx context.Context, closed, ended <-chan struct{}) error {
	var failure error
	select {
	case <-h.taken:
	case <-ctx.Done():
		failure = ctx.Err()
	case <-closed:
		failure = fault.New(fault.BrowserFailed, errClosed)
	case <-ended:
		failure = fault.New(fault.BrowserFailed, errExited)
	case <-h.over:
		failure = h.failure()
	}
	if h.wasGiven() { // even if another case came in the same moment
		return nil
	}
	return failure
}

// offer listens on this computer alone and holds out a target there until it is
// withdrawn or handoffLife is over. It goes on listening after the target was
// given, to notice a second request. Where that cannot be, nothing else is tried:
// the target would stand in an argument list.
func (b *Browsers) offer(target func() string, stolen func()) (*handoff, error) {
	server, err := b.Network.Listen(context.Background(), 0, handoffLife)
	switch {
	case errors.Is(err, loopback.ErrNoOwners):
		return nil, fault.New(fault.HandoffFailed, err).
			Saying(sentence.Of("handoff_failed.owners"))
	case err != nil:
		return nil, fault.New(fault.HandoffFailed, err)
	}
	h, err := newHandoff(server.Host, target, b.Random, stolen)
	if err != nil {
		server.Stop()
		return nil, fault.New(fault.BrowserFailed, err)
	}
	h.stop, h.foreign = server.Stop, server.IsForeign
	server.Serve(h)
	go func() {
		select {
		case <-h.over:
		case <-b.After(handoffLife):
			h.end()
		}
		server.Close()
	}()
	return h, nil
}
