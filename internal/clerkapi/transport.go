package clerkapi

import (
	"bytes"
	"context"
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
// reads them itself, up to what there is room for. The SDK reads bodies without a
// limit, goes twice through JSON that others decode, follows redirects with the
// key in hand, and loses status and headers of an error that is not JSON.
type guard struct {
	next          http.RoundTripper
	authorization string // with the key
	userAgent     string
	now           func() time.Time
	skew          *skew
}

// RoundTrip sends the request once. The body of the answer is put into the
// delivery of the request's context, the SDK gets none. An answer that is not 2xx
// becomes errRedirect or a *refusalError; http.Client therefore never sees a
// Location to follow.
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
	body := response.Body
	defer func() { _ = body.Close() }()
	if err := inspect(response); err != nil {
		return nil, err
	}
	if err := deliveryOf(request.Context()).read(body); err != nil {
		return nil, err
	}
	response.Body = http.NoBody
	return response, nil
}

// delivery is the body of an answer, and how many bytes it may have.
type delivery struct {
	room int64
	body bytes.Buffer
}

// read fails with errTooBig where there is not room enough. It counts after
// decompression, so a small bomb is as harmless as a large body.
func (d *delivery) read(from io.Reader) error {
	n, err := d.body.ReadFrom(io.LimitReader(from, d.room+1))
	if err == nil && n > d.room {
		return errTooBig
	}
	return err //nolint:wrapcheck // http.Client wraps it
}

// deliveryKey is where the context of every request has its delivery.
type deliveryKey struct{}

func withDelivery(ctx context.Context, d *delivery) context.Context {
	return context.WithValue(ctx, deliveryKey{}, d)
}

func deliveryOf(ctx context.Context) *delivery {
	d, _ := ctx.Value(deliveryKey{}).(*delivery)
	return d
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
