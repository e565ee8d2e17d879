package clerkapi

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"understudy/internal/fault"
)

// TestRedirectsAreNotFollowed proves that the key goes to the first address
// alone: neither it nor another server gets a second request.
func TestRedirectsAreNotFollowed(t *testing.T) {
	other := newServer(t, reply(http.StatusOK, `{"id":"act_forged","status":"pending","user_id":"user_jane"}`))
	targets := map[string]string{
		"same host":  "/v1/elsewhere",
		"other port": other.URL + "/v1/actor_tokens",
		"elsewhere":  strings.Replace(other.URL, "127.0.0.1", "localhost", 1) + "/v1/actor_tokens",
		"nowhere":    "",
	}
	for name, target := range targets {
		for _, status := range []int{301, 302, 303, 307, 308} {
			for _, method := range []string{http.MethodGet, http.MethodPost} {
				t.Run(name+" "+http.StatusText(status)+" "+method, func(t *testing.T) {
					s := newServer(t, func(w http.ResponseWriter, _ *http.Request) {
						if target != "" {
							w.Header().Set("Location", target)
						}
						w.WriteHeader(status)
					})
					client, _ := newClient(t, s.URL, nil)
					var err error
					if method == http.MethodGet {
						_, err = client.GetUser(t.Context(), userID("user_jane"))
					} else {
						_, err = client.CreateActorToken(t.Context(), tokenRequest())
					}
					wantCode(t, err, fault.ClerkRedirect)
					wantNoCanary(t, everyPrint(err))
					if got := len(s.requests()); got != 1 {
						t.Errorf("%d requests to the first server, want 1", got)
					}
				})
			}
		}
	}
	if got := other.requests(); len(got) != 0 {
		t.Errorf("the other server got %d requests, the first with Authorization %q",
			len(got), got[0].header.Get("Authorization"))
	}
}

// TestHugeAnswersCostLittle sends 400 MB in every way there is.
func TestHugeAnswersCostLittle(t *testing.T) {
	const huge = 400 << 20
	const allowed = 20 << 20
	bomb := gzipOfZeros(t, huge)
	flood := func(w http.ResponseWriter) {
		chunk := make([]byte, 64<<10)
		for range huge / len(chunk) {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}
	cases := map[string]struct {
		handler http.HandlerFunc
		want    fault.Code
	}{
		"chunked": {
			func(w http.ResponseWriter, _ *http.Request) { flood(w) },
			fault.ClerkAnswerTooBig,
		},
		"with its length": {
			func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Length", "419430400")
				flood(w)
			},
			fault.ClerkAnswerTooBig,
		},
		"gzip bomb": {
			func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Encoding", "gzip")
				_, _ = w.Write(bomb)
			},
			fault.ClerkAnswerTooBig,
		},
		"as an error": {
			func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(http.StatusBadRequest)
				flood(w)
			},
			fault.ClerkAnswer,
		},
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				test.handler(w, r)
			})
			client, _ := newClient(t, s.URL, nil)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := client.GetUser(t.Context(), userID("user_jane"))
			runtime.ReadMemStats(&after)
			wantCode(t, err, test.want)
			if got := after.TotalAlloc - before.TotalAlloc; got > allowed {
				t.Errorf("%d MB were allocated", got>>20)
			}
			if got := len(s.requests()); got != 1 {
				t.Errorf("%d requests, want 1", got)
			}
		})
	}
}

// TestAnswersOfExactlyTheLimitPass pins both sides of the edge.
func TestAnswersOfExactlyTheLimitPass(t *testing.T) {
	for extra, want := range map[int]fault.Code{0: "", 1: fault.ClerkAnswerTooBig} {
		body := janeJSON + strings.Repeat(" ", maxAnswer+extra-len(janeJSON))
		s := newServer(t, reply(http.StatusOK, body))
		client, _ := newClient(t, s.URL, nil)
		if _, err := client.GetUser(t.Context(), userID("user_jane")); fault.CodeOf(err) != want {
			t.Errorf("%d bytes above the limit: %v, want %q", extra, err, want)
		}
	}
}

// TestAPageOfUsersWithLargeMetadataPasses: of each kind of metadata Clerk keeps up
// to 8 KB.
func TestAPageOfUsersWithLargeMetadataPasses(t *testing.T) {
	const metadata = 8 << 10
	filled := `{"note":"` + strings.Repeat("n", metadata) + `"}`
	var body strings.Builder
	for i := range 100 {
		separator := ","
		if i == 0 {
			separator = "["
		}
		fmt.Fprintf(&body, `%s{"id":"user_%d","public_metadata":%s,"private_metadata":%s,"unsafe_metadata":%s}`, separator, i, filled, filled, filled)
	}
	body.WriteString("]")
	if body.Len() < maxAnswer {
		t.Fatalf("%d bytes fit into any answer", body.Len())
	}
	s := newServer(t, reply(http.StatusOK, body.String()))
	client, _ := newClient(t, s.URL, nil)
	users, err := client.ListUsers(t.Context(), UserPage{Limit: 100})
	if err != nil || len(users) != 100 || users[99].ID.String() != "user_99" {
		t.Errorf("%d users, %s", len(users), everyPrint(err))
	}
	if got := len(s.requests()); got != 1 {
		t.Errorf("%d requests, want 1", got)
	}
}

func TestAPageOfUsersIsBoundedToo(t *testing.T) {
	for limit, room := range map[int]int{1: maxAnswer, 100: 100 * userRoom} {
		for extra, want := range map[int]fault.Code{0: "", 1: fault.ClerkAnswerTooBig} {
			s := newServer(t, reply(http.StatusOK, "[]"+strings.Repeat(" ", room+extra-len("[]"))))
			client, _ := newClient(t, s.URL, nil)
			if _, err := client.ListUsers(t.Context(), UserPage{Limit: limit}); fault.CodeOf(err) != want {
				t.Errorf("a page of %d, %d bytes above the limit: %v, want %q", limit, extra, err, want)
			}
		}
	}
}

func gzipOfZeros(t *testing.T, size int64) []byte {
	t.Helper()
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.CopyN(w, zeros{}, size); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func TestABadCertificateIsRefused(t *testing.T) {
	s := httptest.NewUnstartedServer(reply(http.StatusOK, janeJSON))
	s.Config.ErrorLog = quiet()
	s.StartTLS()
	t.Cleanup(s.Close)
	plain := newServer(t, reply(http.StatusOK, janeJSON))

	trusting := NewTransport()
	trusting.TLSClientConfig.RootCAs = x509.NewCertPool()
	trusting.TLSClientConfig.RootCAs.AddCert(s.Certificate())

	cases := map[string]struct {
		base      string
		transport *http.Transport
		want      fault.Code
	}{
		"of an unknown issuer": {s.URL, NewTransport(), fault.ClerkCertificate},
		"for another name":     {strings.Replace(s.URL, "127.0.0.1", "localhost", 1), trusting, fault.ClerkCertificate},
		"none at all":          {strings.Replace(plain.URL, "http:", "https:", 1), NewTransport(), fault.ClerkCertificate},
		"in order":             {s.URL, trusting, ""},
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			client, waited := newClient(t, test.base, func(c *Config) { c.Transport = test.transport })
			_, err := client.GetUser(t.Context(), userID("user_jane"))
			wantCode(t, err, test.want)
			wantNoCanary(t, everyPrint(err))
			if len(waited.list) != 0 {
				t.Errorf("it was tried again after %v", waited.list)
			}
		})
	}
	if got := len(plain.requests()); got != 0 {
		t.Errorf("%d requests went out in the clear", got)
	}
}

func TestHTTP2WithGzip(t *testing.T) {
	var protocol, encoding atomic.Value
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		protocol.Store(r.Proto)
		encoding.Store(r.Header.Get("Accept-Encoding"))
		w.Header().Set("Content-Encoding", "gzip")
		packed := gzip.NewWriter(w)
		_, _ = io.WriteString(packed, janeJSON)
		_ = packed.Close()
	}))
	s.EnableHTTP2 = true
	s.StartTLS()
	t.Cleanup(s.Close)
	transport := NewTransport()
	transport.TLSClientConfig = &tls.Config{RootCAs: s.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs}
	client, _ := newClient(t, s.URL, func(c *Config) { c.Transport = transport })

	user, err := client.GetUser(t.Context(), userID("user_jane"))
	if err != nil || user.ID.String() != "user_jane" {
		t.Fatalf("user %q, %s", user.ID, everyPrint(err))
	}
	if protocol.Load() != "HTTP/2.0" || encoding.Load() != "gzip" {
		t.Errorf("spoke %v with %v", protocol.Load(), encoding.Load())
	}
}

// TestAPostOnAClosedConnectionIsSentOnce has a server that closes a kept connection
// when the next request is on it. Go's transport sends such a request again if it can.
func TestAPostOnAClosedConnectionIsSentOnce(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	var posts atomic.Int32
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go answerGETsOnly(conn, &posts)
		}
	}()
	client, _ := newClient(t, "http://"+listener.Addr().String(), nil)
	if _, err := client.GetUser(t.Context(), userID("user_jane")); err != nil {
		t.Fatal(everyPrint(err))
	}
	_, err = client.CreateActorToken(t.Context(), tokenRequest())
	wantCode(t, err, fault.ClerkUnreachable)
	if got := posts.Load(); got != 1 {
		t.Errorf("%d POSTs, want 1", got)
	}
}

func answerGETsOnly(conn net.Conn, posts *atomic.Int32) {
	defer conn.Close()
	reader := bufio.NewReader(conn)
	for {
		request, err := http.ReadRequest(reader)
		if err != nil {
			return
		}
		_, _ = io.Copy(io.Discard, request.Body)
		if request.Method == http.MethodPost {
			posts.Add(1)
			return
		}
		response := http.Response{
			StatusCode: http.StatusOK, ProtoMajor: 1, ProtoMinor: 1,
			ContentLength: int64(len(janeJSON)), Body: io.NopCloser(strings.NewReader(janeJSON)),
		}
		if response.Write(conn) != nil {
			return
		}
	}
}

func TestAnUnreachableClerkIsAskedAgain(t *testing.T) {
	s := newServer(t, reply(http.StatusOK, janeJSON))
	s.Close()
	client, waited := newClient(t, s.URL, nil)
	_, err := client.ListUsers(t.Context(), UserPage{Limit: 1, Filter: UserFilter{Query: canarySearch}})
	wantCode(t, err, fault.ClerkUnreachable)
	wantNoCanary(t, everyPrint(err))
	if len(waited.list) != retries {
		t.Errorf("waits = %v", waited.list)
	}
}

// TestEveryAnswerIsClosed counts bodies. An open body keeps its connection for ever.
func TestEveryAnswerIsClosed(t *testing.T) {
	for name, handler := range map[string]http.HandlerFunc{
		"good":       reply(http.StatusOK, janeJSON),
		"too big":    reply(http.StatusOK, strings.Repeat(" ", maxAnswer+1)),
		"refused":    reply(http.StatusNotFound, `{"errors":[]}`),
		"a web page": func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Type", "text/html") },
	} {
		t.Run(name, func(t *testing.T) {
			watched := &closingTransport{next: NewTransport()}
			client, _ := newClient(t, newServer(t, handler).URL, func(c *Config) { c.Transport = watched })
			_, _ = client.GetUser(t.Context(), userID("user_jane"))
			if watched.closed != watched.opened || watched.opened == 0 {
				t.Errorf("%d of %d answers were closed", watched.closed, watched.opened)
			}
		})
	}
}

// closingTransport counts the bodies that it gives away and those that come back.
type closingTransport struct {
	next           http.RoundTripper
	opened, closed int
}

func (c *closingTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := c.next.RoundTrip(r)
	if err == nil {
		c.opened++
		response.Body = &closingBody{response.Body, c}
	}
	return response, err
}

type closingBody struct {
	io.ReadCloser
	of *closingTransport
}

func (b *closingBody) Close() error {
	b.of.closed++
	return b.ReadCloser.Close()
}
