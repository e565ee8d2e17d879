package clerkapi

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/net/http2"

	"understudy/internal/fault"
)

// TestAPostOnARefusedStreamIsSentOnce has an HTTP/2 server that takes the POST and says
// that it refused it. Go's transport would believe that and send it up to six times.
func TestAPostOnARefusedStreamIsSentOnce(t *testing.T) {
	var posts atomic.Int32
	s := httptest.NewUnstartedServer(http.NotFoundHandler())
	s.EnableHTTP2 = true
	s.Config.TLSNextProto = map[string]func(*http.Server, *tls.Conn, http.Handler){
		"h2": func(_ *http.Server, conn *tls.Conn, _ http.Handler) { refuseStreams(conn, &posts) },
	}
	s.StartTLS()
	t.Cleanup(s.Close)
	transport := NewTransport()
	transport.TLSClientConfig.RootCAs = s.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	client, _ := newClient(t, s.URL, func(c *Config) { c.Transport = transport })

	_, err := client.CreateActorToken(t.Context(), tokenRequest())
	wantCode(t, err, fault.ClerkUnreachable)
	if got := posts.Load(); got != 1 {
		t.Errorf("%d POSTs, want 1", got)
	}
}

// TestARequestLeavesADeadConnection has a first connection that is dead and does not
// say so. The request gets its answer on a second one, within its time.
func TestARequestLeavesADeadConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		listener := newPipeListener()
		s := httptest.NewUnstartedServer(reply(http.StatusOK, janeJSON))
		s.Listener = listener
		s.EnableHTTP2 = true
		s.StartTLS()
		transport := NewTransport()
		transport.TLSClientConfig.RootCAs = s.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
		dials := 0
		transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
			if dials++; dials > 1 {
				return listener.dial(ctx, network, address)
			}
			near, far := net.Pipe()
			go func() { _, _ = io.Copy(io.Discard, tls.Server(far, s.TLS)) }()
			return near, nil
		}
		client, _ := newClient(t, "https://example.com", func(c *Config) {
			c.Transport = transport
			c.Now = time.Now
		})
		start := time.Now()
		user, err := client.GetUser(t.Context(), userID("user_jane"))
		if err != nil || user.ID.String() != "user_jane" || dials != 2 {
			t.Errorf("user %q after %d connections, %s", user.ID, dials, everyPrint(err))
		}
		if got := time.Since(start); got >= getTimeout {
			t.Errorf("it took %v", got)
		}
		client.CloseIdle()
		s.Close()
	})
}

func refuseStreams(conn *tls.Conn, posts *atomic.Int32) {
	if _, err := io.ReadFull(conn, make([]byte, len(http2.ClientPreface))); err != nil {
		return
	}
	framer := http2.NewFramer(conn, conn)
	if framer.WriteSettings() != nil {
		return
	}
	for {
		frame, err := framer.ReadFrame()
		if err != nil {
			return
		}
		data, isData := frame.(*http2.DataFrame)
		if !isData || !data.StreamEnded() {
			continue
		}
		posts.Add(1)
		if framer.WriteRSTStream(data.StreamID, http2.ErrCodeRefusedStream) != nil {
			return
		}
	}
}
