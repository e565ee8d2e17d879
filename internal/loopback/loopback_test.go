package loopback

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"
)

func listen(t *testing.T) *Server {
	t.Helper()
	s, err := ThisComputer().Listen(t.Context(), 0, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func get(t *testing.T, s *Server) (status int, err error) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+s.Host, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err
	}
	return response.StatusCode, response.Body.Close()
}

func TestAnAnswerOnItsWayArrives(t *testing.T) {
	s := listen(t)
	closed := make(chan struct{})
	s.Serve(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		s.Stop()
		go func() {
			s.Close()
			close(closed)
		}()
		w.WriteHeader(http.StatusGone)
	}))
	if status, err := get(t, s); status != http.StatusGone || err != nil {
		t.Errorf("got %d, %v", status, err)
	}
	<-closed
}

func TestNothingIsAnsweredAfterStop(t *testing.T) {
	s := listen(t)
	s.Stop() // before Serve has come to it
	s.Serve(http.NotFoundHandler())
	if _, err := get(t, s); err == nil {
		t.Error("somebody listens")
	}
}

func TestTheServerListensOnThisComputerAlone(t *testing.T) {
	s := listen(t)
	if !strings.HasPrefix(s.Host, "127.0.0.1:") || s.Host == Host(0) {
		t.Errorf("listens on %s", s.Host)
	}
}

func TestNothingIsServedWithoutAPort(t *testing.T) {
	n := ThisComputer()
	n.Bind = func(context.Context, string) (net.Listener, error) { return nil, syscall.EADDRINUSE }
	if _, err := n.Listen(t.Context(), 0, time.Minute); !errors.Is(err, syscall.EADDRINUSE) {
		t.Errorf("got %v", err)
	}
}

func TestNothingIsServedOnALinuxThatHidesOwners(t *testing.T) {
	n := ThisComputer()
	n.OS, n.Files = "linux", fstest.MapFS{}
	if _, err := n.Listen(t.Context(), 0, time.Minute); !errors.Is(err, ErrNoOwners) {
		t.Errorf("got %v", err)
	}
}

func TestAProgramOfThisUserIsNotForeign(t *testing.T) {
	s := listen(t)
	foreign := make(chan bool, 1)
	s.Serve(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { foreign <- s.IsForeign(r.RemoteAddr) }))
	if _, err := get(t, s); err != nil || <-foreign {
		t.Errorf("this program counts as another user's, or %v", err)
	}
}
