package clerkapi

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/clerk/clerk-sdk-go/v2"
)

const (
	// maxAnswer is far above what Clerk answers and far below what hurts. Only
	// lists of users have more room, see ListUsers.
	maxAnswer = 2 << 20
	// maxRefusal bounds the body of an answer that is not 2xx. Clerk's are
	// well under a kilobyte.
	maxRefusal = 64 << 10
	// maxHeaders bounds the headers of an answer.
	maxHeaders = 64 << 10
)

var (
	errRedirect = errors.New("the answer is a redirect")
	errTooBig   = errors.New("the answer has more bytes than there is room for")
	errHTML     = errors.New("the answer is a web page")
)

// NewTransport returns the pool of connections for Clerk: HTTP/2 where the
// server speaks it, gzip, the system's certificates and proxy. Idle connections
// go after 30 seconds, before a server or a sleeping computer kills them.
func NewTransport() *http.Transport {
	dialer := &net.Dialer{Timeout: 10 * time.Second}
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            dialer.DialContext,
		ForceAttemptHTTP2:      true,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    10 * time.Second,
		MaxIdleConnsPerHost:    8,
		IdleConnTimeout:        30 * time.Second,
		MaxResponseHeaderBytes: maxHeaders,
		// A connection that did not survive the computer's sleep looks alive. Pings
		// find it out before the request on it runs out of time.
		HTTP2: &http.HTTP2Config{SendPingTimeout: 5 * time.Second, PingTimeout: 5 * time.Second},
	}
}

// guard stands between the SDK and the network and lets only 2xx answers of
// bounded size pass. The SDK reads bodies without a limit, follows redirects
// with the key in hand, and loses status and headers of an error that is not
// JSON.
type guard struct {
	next      http.RoundTripper
	userAgent string
	now       func() time.Time
	skew      *skew
}

// RoundTrip sends the request once. An answer that is not 2xx becomes
// errRedirect or a *refusalError; http.Client therefore never sees a Location to
// follow.
func (g *guard) RoundTrip(request *http.Request) (*http.Response, error) {
	request = request.Clone(request.Context())
	if g.userAgent != "" {
		request.Header.Set("User-Agent", g.userAgent)
	}
	if request.Method == http.MethodPost {
		// Without GetBody the transport cannot send a body a second time, as it
		// does when an HTTP/2 server says that it refused the first.
		request.GetBody = nil
	}
	response, err := g.next.RoundTrip(request)
	if err != nil {
		return nil, err //nolint:wrapcheck // http.Client wraps it
	}
	g.skew.note(response.Header, g.now())
	if err := inspect(response); err != nil {
		_ = response.Body.Close()
		return nil, err
	}
	response.Body = &cappedBody{ReadCloser: response.Body, left: roomOf(request.Context())}
	return response, nil
}

// roomKey is where the context of a request has how many bytes its answer may
// have.
type roomKey struct{}

func withRoom(ctx context.Context, bytes int64) context.Context {
	return context.WithValue(ctx, roomKey{}, bytes)
}

func roomOf(ctx context.Context) int64 {
	if bytes, ok := ctx.Value(roomKey{}).(int64); ok {
		return bytes
	}
	return maxAnswer
}

// CloseIdleConnections is how http.Client closes the pool of the next transport.
func (g *guard) CloseIdleConnections() {
	(&http.Client{Transport: g.next}).CloseIdleConnections()
}

// inspect judges an answer by what comes before its body.
func inspect(response *http.Response) error {
	switch status := response.StatusCode; {
	case status >= 300 && status < 400:
		return errRedirect
	case status < 200 || status >= 300:
		return readRefusal(response)
	case strings.HasPrefix(response.Header.Get("Content-Type"), "text/html"):
		return errHTML
	default:
		return nil
	}
}

// cappedBody fails with errTooBig once more than left bytes were read. It counts
// after decompression, so a small bomb is as harmless as a large body.
type cappedBody struct {
	io.ReadCloser
	left int64
}

func (b *cappedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.left -= int64(n)
	if b.left < 0 {
		return 0, errTooBig
	}
	return n, err //nolint:wrapcheck // io.EOF must stay itself
}

// refusalError is an answer that is neither 2xx nor a redirect.
type refusalError struct {
	status     int
	retryAfter string
	traceID    string
	// errors is empty when the body is not in Clerk's form.
	errors []clerk.Error
}

// readRefusal takes what is of use from the answer. A body that cannot be read
// is no reason to lose the status.
func readRefusal(response *http.Response) *refusalError {
	body, _ := io.ReadAll(io.LimitReader(response.Body, maxRefusal))
	refused := parseRefusal(body)
	refused.status = response.StatusCode
	refused.retryAfter = response.Header.Get("Retry-After")
	if refused.traceID == "" {
		refused.traceID = parseTraceID(response.Header.Get(traceHeader))
	}
	return refused
}

// parseRefusal reads Clerk's error form. It is the SDK's type, whose TraceID
// is filled from the body alone.
func parseRefusal(body []byte) *refusalError {
	var form clerk.APIErrorResponse
	if err := json.Unmarshal(body, &form); err != nil {
		return &refusalError{}
	}
	return &refusalError{errors: form.Errors, traceID: parseTraceID(form.TraceID)}
}

// Error names the status and Clerk's code. The text beside it may quote what
// was sent and stays out.
func (r *refusalError) Error() string {
	text := fmt.Sprintf("HTTP %d", r.status)
	if len(r.errors) > 0 {
		text += " " + plainWord(r.errors[0].Code)
	}
	return text
}
