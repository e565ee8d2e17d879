package operator

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
)

// maxAnswer bounds an answer of the provider: discovery, keys and tokens are a
// few kilobytes each.
const maxAnswer = 256 << 10

var (
	errOrigin   = errors.New("sign-in: a request to another origin")
	errRedirect = errors.New("sign-in: the answer is a redirect")
	errTooBig   = fmt.Errorf("sign-in: the answer has more than %d bytes", maxAnswer)
	errHTML     = errors.New("sign-in: the answer is a web page")
	errStatus   = errors.New("sign-in: the server has a problem")
)

// wire carries the requests of one sign-in. It goes to one origin alone, follows
// no redirect and bounds what it reads. It also remembers the first failure on
// the way, which go-oidc does not always hand on.
type wire struct {
	next   http.RoundTripper
	origin string

	mu     sync.Mutex
	failed *fault.Error
}

func (w *wire) client() *http.Client { return &http.Client{Transport: w, Timeout: requestTimeout} }

// RoundTrip sends the request once.
func (w *wire) RoundTrip(request *http.Request) (*http.Response, error) {
	if originOf(request.URL) != w.origin {
		return nil, w.fail(fault.New(fault.SignInRefused, errOrigin))
	}
	response, err := w.next.RoundTrip(request)
	if err != nil {
		return nil, w.fail(clerkapi.ConnectionFault(err))
	}
	if failure := inspect(response); failure != nil {
		_ = response.Body.Close()
		return nil, w.fail(failure)
	}
	response.Body = &boundedBody{ReadCloser: response.Body, wire: w, left: maxAnswer}
	return response, nil
}

// inspect judges an answer by what comes before its body. A plain refusal is
// left to who asked.
func inspect(response *http.Response) *fault.Error {
	switch status := response.StatusCode; {
	case status >= http.StatusMultipleChoices && status < http.StatusBadRequest:
		return fault.New(fault.ClerkRedirect, errRedirect)
	case status == http.StatusTooManyRequests:
		return fault.New(fault.ClerkBusy, errStatus)
	case status >= http.StatusInternalServerError:
		return fault.New(fault.ClerkBroken, errStatus)
	case status == http.StatusOK && strings.HasPrefix(response.Header.Get("Content-Type"), "text/html"):
		return fault.New(fault.ClerkAnswer, errHTML)
	default:
		return nil
	}
}

// fail remembers a failure if it is the first.
func (w *wire) fail(failure *fault.Error) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.failed == nil {
		w.failed = failure
	}
	return failure
}

// explain is what went wrong on the way, else what follows from an answer that
// arrived.
func (w *wire) explain(otherwise *fault.Error) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.failed != nil {
		return w.failed
	}
	return otherwise
}

// boundedBody fails once more than left bytes were read, counted after
// decompression.
type boundedBody struct {
	io.ReadCloser
	wire *wire
	left int64
}

func (b *boundedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.left -= int64(n)
	switch {
	case b.left < 0:
		return 0, b.wire.fail(fault.New(fault.ClerkAnswerTooBig, errTooBig))
	case err != nil && !errors.Is(err, io.EOF):
		return n, b.wire.fail(clerkapi.ConnectionFault(err))
	default:
		return n, err //nolint:wrapcheck // io.EOF must stay itself
	}
}
