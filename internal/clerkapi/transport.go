package clerkapi

import (
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
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

// guard stands between the SDK and the network, lets only 2xx answers pass, and
// bounds them. The SDK reads bodies without a limit, follows redirects with the key
// in hand, and loses status and headers of an error that is not JSON.
type guard struct {
	next          http.RoundTripper
	authorization string // with the key
	userAgent     string
	room          int64 // bytes that an answer may have
	now           func() time.Time
	skew          *skew
}

// RoundTrip sends the request once. An answer that is not 2xx becomes errRedirect
// or a *refusalError; http.Client therefore never sees a Location to follow.
func (g *guard) RoundTrip(request *http.Request) (*http.Response, error) {
	request = request.Clone(request.Context())
	request.Header.Set("Authorization", g.authorization)
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
	response.Body = &bounded{ReadCloser: response.Body, room: g.room}
	return response, nil
}

// bounded is the body of an answer. It fails with errTooBig where there are more
// bytes than room. It counts after decompression, so a small bomb is as harmless
// as a large body.
type bounded struct {
	io.ReadCloser
	room int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p[:min(int64(len(p)), b.room+1)])
	b.room -= int64(n)
	if b.room < 0 {
		return 0, errTooBig
	}
	return n, err //nolint:wrapcheck // io.EOF must stay what it is
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
// is filled from the body alone. Gateways have errors in a list of that name too:
// without one of Clerk's codes it is not known who answered.
func parseRefusal(body []byte) *refusalError {
	var form clerk.APIErrorResponse
	if err := json.Unmarshal(body, &form); err != nil {
		return &refusalError{}
	}
	isNotClerks := func(e clerk.Error) bool { return !isCode(e.Code) }
	return &refusalError{errors: slices.DeleteFunc(form.Errors, isNotClerks), traceID: parseTraceID(form.TraceID)}
}

// Error names the status and Clerk's code. The text beside it may quote what
// was sent and stays out.
func (r *refusalError) Error() string {
	text := fmt.Sprintf("HTTP %d", r.status)
	if len(r.errors) > 0 {
		text += " " + r.errors[0].Code
	}
	return text
}
