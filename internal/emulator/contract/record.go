package contract

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"
	"sync"
)

// Recorder keeps every exchange with the handler that it stands before.
type Recorder struct {
	next http.Handler

	mu        sync.Mutex
	exchanges []Exchange
}

// Record puts a recorder before a handler.
func Record(next http.Handler) *Recorder { return &Recorder{next: next} }

// Exchanges returns what was recorded so far.
func (rec *Recorder) Exchanges() []Exchange {
	rec.mu.Lock()
	defer rec.mu.Unlock()
	return append([]Exchange(nil), rec.exchanges...)
}

// ServeHTTP passes a request on and keeps it with its answer.
func (rec *Recorder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	tee := &tee{ResponseWriter: w, status: http.StatusOK}
	rec.next.ServeHTTP(tee, r)
	rec.mu.Lock()
	defer rec.mu.Unlock()
	rec.exchanges = append(rec.exchanges, Exchange{
		Request: r, Body: body, Status: tee.status, Header: w.Header().Clone(), Answer: tee.body.Bytes(),
	})
}

// tee keeps a copy of what is written.
type tee struct {
	http.ResponseWriter

	status int
	body   bytes.Buffer
}

// Hijack hands the connection over, as to a WebSocket.
func (t *tee) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return http.NewResponseController(t.ResponseWriter).Hijack() //nolint:wrapcheck // the handler is to see what it would see without us
}

func (t *tee) WriteHeader(status int) {
	t.status = status
	t.ResponseWriter.WriteHeader(status)
}

func (t *tee) Write(p []byte) (int, error) {
	t.body.Write(p)
	return t.ResponseWriter.Write(p) //nolint:wrapcheck // the handler is to see what it would see without us
}
