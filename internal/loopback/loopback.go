// Package loopback serves HTTP on this computer alone, for a browser that brings
// or fetches one thing. It bounds every request and tells whose a connection is. The
// handler decides which requests it answers.
package loopback

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"time"
)

// goodbye is how long an answer may take to arrive on this computer.
const goodbye = time.Second

// address is this computer by its number: a name could be pointed elsewhere.
const address = "127.0.0.1"

// Host is what a browser calls a port of this computer.
func Host(port int) string { return net.JoinHostPort(address, strconv.Itoa(port)) }

// Network is the way of a computer to itself. All fields are required.
type Network struct {
	// Bind takes an address of this computer to listen on.
	Bind func(ctx context.Context, host string) (net.Listener, error)
	OS   string // as runtime.GOOS has it
	UID  int    // the user's number, -1 on Windows
	// Files are those of the computer, from its root. Linux alone is asked for any.
	Files fs.FS
}

// ThisComputer is the network of the one that the program runs on.
func ThisComputer() Network {
	return Network{
		Bind: func(ctx context.Context, host string) (net.Listener, error) {
			return (&net.ListenConfig{}).Listen(ctx, "tcp4", host)
		},
		OS: runtime.GOOS, UID: os.Getuid(), Files: os.DirFS("/"),
	}
}

// ErrNoOwners is why nothing is served on a Linux that hides whose connections
// come in.
var ErrNoOwners = errors.New("loopback: the kernel does not list connections")

// Server listens on one port.
type Server struct {
	// Host is the address as a request's Host header has it.
	Host string

	network  Network
	listener net.Listener
	server   *http.Server
}

// Listen binds a port, any free one with 0. A request may take so long to
// arrive. Nothing is answered before [Server.Serve].
func (n Network) Listen(ctx context.Context, port int, patience time.Duration) (*Server, error) {
	if !n.knowsOwners() {
		return nil, ErrNoOwners
	}
	listener, err := n.Bind(ctx, Host(port))
	if err != nil {
		return nil, fmt.Errorf("loopback: %w", err)
	}
	server := &http.Server{
		ReadTimeout: patience, MaxHeaderBytes: 16 << 10,
		ErrorLog: log.New(io.Discard, "", 0), // it would quote what was sent
	}
	server.SetKeepAlivesEnabled(false)
	return &Server{Host: listener.Addr().String(), network: n, listener: listener, server: server}, nil
}

// Serve begins to answer, and returns at once.
func (s *Server) Serve(handler http.Handler) {
	s.server.Handler = handler
	go func() { _ = s.server.Serve(s.listener) }()
}

// IsForeign reports whether a connection is not from a program of this user.
// remote is the other end, as a request has it while it is being answered.
func (s *Server) IsForeign(remote string) bool { return s.network.isForeign(remote, s.Host) }

// Stop stops listening at once, also if Serve has not come to it yet. An answer
// that is on its way still arrives.
func (s *Server) Stop() { _ = s.listener.Close() }

// Close stops listening and waits a short time for answers on their way, so that
// refusals arrive, too.
func (s *Server) Close() {
	s.Stop()
	ctx, cancel := context.WithTimeout(context.Background(), goodbye)
	defer cancel()
	if s.server.Shutdown(ctx) != nil {
		_ = s.server.Close()
	}
}
