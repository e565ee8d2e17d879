// Package avatar brings users' pictures into the window. The window itself may
// load nothing from the network, and a picture is a file that a stranger
// uploaded: so this program fetches it, only from Clerk's image hosts, decodes
// it, and hands on a small PNG of its own making, or nothing.
package avatar

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"
)

const (
	path    = "/avatar"
	timeout = 10 * time.Second // to fetch a picture and to decode it
	// maxBytes is the most that is read of a picture.
	maxBytes = 200_000
	// maxCached bounds the pictures in memory: about 10 kB each.
	maxCached = 500
	// maxFetches is how many pictures are fetched and decoded at once.
	maxFetches = 4
)

// Path is where the window finds the picture at an address of Clerk's, "" for
// an address that pictures are not fetched from.
func Path(address string) string {
	if _, err := parse(address); err != nil {
		return ""
	}
	return path + "?" + url.Values{"of": {address}}.Encode()
}

// Pictures serves GET requests for the addresses that [Path] gives. It answers
// every failure with 404, since the window shows initials in any case.
type Pictures struct {
	client  *http.Client
	enabled func() bool
	slots   chan struct{}

	mu     sync.Mutex
	cached map[string][]byte // PNG by address
	forgot int               // how often all of them were forgotten
}

// New returns a handler that fetches through transport while enabled says so.
func New(transport http.RoundTripper, enabled func() bool) *Pictures {
	return &Pictures{
		client: &http.Client{
			Transport:     transport,
			CheckRedirect: func(*http.Request, []*http.Request) error { return errRedirect },
		},
		enabled: enabled, slots: make(chan struct{}, maxFetches), cached: map[string][]byte{},
	}
}

var (
	errAddress   = errors.New("not an address of Clerk's pictures")
	errRedirect  = errors.New("the picture is somewhere else")
	errStatus    = errors.New("no picture")
	errTooBig    = errors.New("the picture is too big")
	errForgotten = errors.New("nobody waits for this picture any more")

	errTooManyScans = errors.New("the picture takes too long to decode")
)

// ServeHTTP implements [http.Handler].
func (p *Pictures) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet || r.URL.Path != path || !p.enabled() {
		http.NotFound(w, r)
		return
	}
	picture, err := p.picture(r.Context(), r.URL.Query().Get("of"))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "image/png")
	_, _ = w.Write(picture) //nolint:gosec // a PNG that reencode made; a failure means the window went on
}

func (p *Pictures) picture(ctx context.Context, address string) ([]byte, error) {
	source, err := parse(address)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	known, forgot := p.cached[address], p.forgot
	p.mu.Unlock()
	if known != nil {
		return known, nil
	}
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-ctx.Done():
		return nil, fmt.Errorf("wait for a turn: %w", ctx.Err())
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	content, err := p.fetch(ctx, source)
	if err != nil {
		return nil, err
	}
	picture, err := reencode(ctx, content)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if forgot != p.forgot {
		return nil, errForgotten
	}
	if len(p.cached) >= maxCached {
		clear(p.cached)
	}
	p.cached[address] = picture
	return picture, nil
}

// Forget drops every picture, and those on their way too. The instance in use has
// changed or is gone, and pictures of its users must not be shown any more.
func (p *Pictures) Forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	clear(p.cached)
	p.forgot++
}

func (p *Pictures) fetch(ctx context.Context, source *url.URL) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, source.String(), nil) //nolint:gosec // parse checked the host
	if err != nil {
		return nil, fmt.Errorf("ask for a picture: %w", err)
	}
	request.Header.Set("Accept", "image/png, image/jpeg, image/webp")
	response, err := p.client.Do(request) //nolint:gosec // parse checked the host
	if err != nil {
		return nil, fmt.Errorf("fetch a picture: %w", err)
	}
	defer func() { _ = response.Body.Close() }() // only read
	if response.StatusCode != http.StatusOK {
		return nil, errStatus
	}
	content, err := io.ReadAll(io.LimitReader(response.Body, maxBytes+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read a picture: %w", err)
	case len(content) > maxBytes:
		return nil, errTooBig
	}
	return content, nil
}

// parse takes an address on one of the hosts that Clerk's image_url names.
// Source: image_url in Clerk's OpenAPI file and documentation.
func parse(address string) (*url.URL, error) {
	source, err := url.Parse(address)
	if err != nil || len(address) > 2048 || source.Scheme != "https" || source.User != nil ||
		(source.Host != "img.clerk.com" && source.Host != "images.clerk.dev") {
		return nil, errAddress
	}
	return source, nil
}
