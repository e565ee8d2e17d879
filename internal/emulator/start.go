package emulator

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// Running is a server that listens.
type Running struct {
	server   *Server
	url      string
	http     *http.Server
	served   chan error
	stopping sync.Once
	closed   error
}

// closeWithin is how long Close waits for answers under way.
const closeWithin = 2 * time.Second

// Start listens on a loopback address, "127.0.0.1:0" for any free port, until the
// context ends or [Running.Close] is called.
func Start(ctx context.Context, listen string, cfg Config) (*Running, error) {
	if err := cfg.Validate(); err != nil {
		return nil, fmt.Errorf("configuration: %w", err)
	}
	if !loopbackHost(listen) {
		return nil, fmt.Errorf("listen on %s: not a loopback address", listen)
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", listen)
	if err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	server := New(cfg)
	running := &Running{
		server: server, url: "http://" + listener.Addr().String(), served: make(chan error, 1),
		http: &http.Server{Handler: server, ReadHeaderTimeout: 10 * time.Second},
	}
	running.http.RegisterOnShutdown(func() { close(server.hub.closed) }) // it does not know of WebSockets
	go func() { running.served <- running.http.Serve(listener) }()
	context.AfterFunc(ctx, func() { _ = running.Close() })
	return running, nil
}

// URL is where the Frontend API and the app's page are, "http://127.0.0.1:PORT".
func (r *Running) URL() string { return r.url }

// APIURL is where the Backend API is: URL and "/v1".
func (r *Running) APIURL() string { return r.url + "/v1" }

// Server gives access to what a test looks at and sets.
func (r *Running) Server() *Server { return r.server }

// Close stops listening, waits a moment for answers under way and then cuts them
// off. It may be called more than once.
func (r *Running) Close() error {
	r.stopping.Do(func() {
		ctx, cancel := context.WithTimeout(context.Background(), closeWithin)
		defer cancel()
		if err := r.http.Shutdown(ctx); err != nil {
			r.closed = r.http.Close()
		}
		if err := <-r.served; !errors.Is(err, http.ErrServerClosed) {
			r.closed = errors.Join(r.closed, err)
		}
	})
	return r.closed
}
