package emulator

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// dripEvery is the pause between two bytes of a dripping body.
const dripEvery = 100 * time.Millisecond

// recording is an answer that was caught on its way out.
type recording struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (r *recording) Header() http.Header         { return r.header }
func (r *recording) WriteHeader(status int)      { r.status = status }
func (r *recording) Write(p []byte) (int, error) { return r.body.Write(p) } //nolint:wrapcheck // never fails

// breaker sends a broken answer. real is the whole one for the kinds that break
// it, nil for the others.
type breaker struct {
	needsReal bool
	send      func(f Fault, w http.ResponseWriter, r *http.Request, real *recording)
}

func breakers() map[FaultKind]breaker {
	return map[FaultKind]breaker{
		FaultError:         {false, sendError},
		FaultHTML:          {false, sendHTML},
		FaultHang:          {false, hang},
		FaultDrip:          {true, drip},
		FaultResetBefore:   {false, resetBefore},
		FaultResetInside:   {true, resetInside},
		FaultHuge:          {false, sendHuge},
		FaultTruncated:     {true, truncate},
		FaultWrongTypes:    {true, wrongTypes},
		FaultReplace:       {true, replaceField},
		FaultEmpty:         {false, fixedBody("")},
		FaultNull:          {false, fixedBody("null")},
		FaultObject:        {false, fixedBody("{}")},
		FaultRedirect:      {false, redirect},
		FaultCaptivePortal: {false, captivePortal},
		FaultGzipBomb:      {false, gzipBomb},
	}
}

// breaking puts the faults between the client and the handlers.
func (s *Server) breaking(next http.Handler) http.Handler {
	kinds := breakers()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f, met := s.draw(r)
		if !met {
			next.ServeHTTP(w, r)
			return
		}
		b := kinds[f.Kind]
		var real *recording
		if b.needsReal || f.Applied {
			real = &recording{header: http.Header{}, status: http.StatusOK}
			next.ServeHTTP(real, r)
		}
		b.send(f, w, r, real)
	})
}

func sendError(f Fault, w http.ResponseWriter, _ *http.Request, _ *recording) {
	if f.RetryAfter != "" {
		w.Header().Set("Retry-After", f.RetryAfter)
	}
	text := http.StatusText(f.Status)
	writeJSON(w, f.Status, errorBody{
		Errors:  []*apiError{{Code: f.Code, Message: text, LongMessage: text + ", on purpose.", Meta: map[string]any{}}},
		TraceID: "00000000000000000000000000000bad",
	})
}

func writePage(w http.ResponseWriter, status int, page string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, page)
}

func sendHTML(f Fault, w http.ResponseWriter, _ *http.Request, _ *recording) {
	status := f.Status
	if status == 0 {
		status = http.StatusBadGateway
	}
	writePage(w, status, "<html><head><title>"+strconv.Itoa(status)+" Bad Gateway</title></head><body><center><h1>Bad Gateway</h1></center><hr><center>proxy</center></body></html>")
}

func captivePortal(_ Fault, w http.ResponseWriter, _ *http.Request, _ *recording) {
	writePage(w, http.StatusOK, "<!doctype html><title>Hotel Wi-Fi</title><form method=post><input name=room><button>Sign in</button></form>")
}

func hang(_ Fault, _ http.ResponseWriter, r *http.Request, _ *recording) {
	<-r.Context().Done()
}

func copyHeader(w http.ResponseWriter, real *recording) {
	maps.Copy(w.Header(), real.header)
}

func drip(_ Fault, w http.ResponseWriter, r *http.Request, real *recording) {
	copyHeader(w, real)
	w.WriteHeader(real.status)
	body := real.body.Bytes()
	for i := range max(0, len(body)-1) {
		_, _ = w.Write(body[i : i+1])
		_ = http.NewResponseController(w).Flush()
		if !wait(r.Context(), dripEvery) {
			return
		}
	}
	<-r.Context().Done()
}

// reset drops the connection with RST where the system allows it. A handler that
// panics with ErrAbortHandler closes it in the middle of an answer.
func reset(w http.ResponseWriter) {
	connection, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if tcp, ok := connection.(interface{ SetLinger(sec int) error }); ok {
		_ = tcp.SetLinger(0)
	}
	_ = connection.Close()
}

func resetBefore(_ Fault, w http.ResponseWriter, _ *http.Request, _ *recording) {
	reset(w)
}

func resetInside(_ Fault, w http.ResponseWriter, _ *http.Request, real *recording) {
	copyHeader(w, real)
	body := real.body.Bytes()
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(real.status)
	_, _ = w.Write(body[:len(body)/2])
	_ = http.NewResponseController(w).Flush()
	reset(w)
}

func truncate(_ Fault, w http.ResponseWriter, _ *http.Request, real *recording) {
	copyHeader(w, real)
	w.WriteHeader(real.status)
	body := real.body.Bytes()
	_, _ = w.Write(body[:len(body)/2])
}

func wrongTypes(_ Fault, w http.ResponseWriter, _ *http.Request, real *recording) {
	var value any
	decoder := json.NewDecoder(bytes.NewReader(real.body.Bytes()))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	writeJSON(w, real.status, swapTypes(value))
}

// swapTypes makes numbers of strings and strings of numbers, all the way down.
func swapTypes(value any) any {
	switch v := value.(type) {
	case map[string]any:
		for name, inner := range v {
			v[name] = swapTypes(inner)
		}
		return v
	case []any:
		for i, inner := range v {
			v[i] = swapTypes(inner)
		}
		return v
	case string:
		return len(v)
	case json.Number:
		return v.String()
	case bool:
		return []bool{v}
	default:
		return value
	}
}

func replaceField(f Fault, w http.ResponseWriter, _ *http.Request, real *recording) {
	var value any
	decoder := json.NewDecoder(bytes.NewReader(real.body.Bytes()))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	writeJSON(w, real.status, replaced(value, strings.Split(f.Field, "/")[1:], f.Value))
}

// replaced puts with in the place that path leads to. An answer without that place
// stays as it is.
func replaced(value any, path []string, with json.RawMessage) any {
	if len(path) == 0 {
		return with
	}
	name := strings.NewReplacer("~1", "/", "~0", "~").Replace(path[0])
	switch v := value.(type) {
	case map[string]any:
		switch inner, there := v[name]; {
		case there && len(path) == 1 && len(with) == 0:
			delete(v, name)
		case there:
			v[name] = replaced(inner, path[1:], with)
		}
	case []any:
		switch i, err := strconv.Atoi(name); {
		case err != nil || i < 0 || i >= len(v):
		case len(path) == 1 && len(with) == 0:
			return slices.Delete(v, i, i+1)
		default:
			v[i] = replaced(v[i], path[1:], with)
		}
	}
	return value
}

func fixedBody(body string) func(Fault, http.ResponseWriter, *http.Request, *recording) {
	return func(_ Fault, w http.ResponseWriter, _ *http.Request, _ *recording) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, body)
	}
}

func redirect(f Fault, w http.ResponseWriter, _ *http.Request, _ *recording) {
	status := f.Status
	if status == 0 {
		status = http.StatusFound
	}
	w.Header().Set("Location", f.Location)
	w.WriteHeader(status)
}

// The flood is JSON as far as it goes: an array with one object with one very
// long string, made of blocks.
const (
	floodHead  = `[{"id":"`
	floodTail  = `"}]`
	floodBlock = 1 << 20
)

// flood writes head, blocks until the size is reached, and tail.
func flood(w io.Writer, size int, head, block, tail []byte) {
	_, err := w.Write(head)
	for sent := 0; sent < size && err == nil; sent += floodBlock {
		_, err = w.Write(block) // fails when the client has had enough
	}
	_, _ = w.Write(tail)
}

func sendHuge(f Fault, w http.ResponseWriter, _ *http.Request, _ *recording) {
	w.Header().Set("Content-Type", "application/json")
	flood(w, f.floodSize(), []byte(floodHead), bytes.Repeat([]byte("a"), floodBlock), []byte(floodTail))
}

// gzipBomb packs each part by itself: gzip members that follow each other unpack
// to one stream (RFC 1952, section 2.2).
func gzipBomb(f Fault, w http.ResponseWriter, _ *http.Request, _ *recording) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Encoding", "gzip")
	pack := func(part []byte) []byte {
		var packed bytes.Buffer
		packer := gzip.NewWriter(&packed)
		_, _ = packer.Write(part) // a buffer takes everything
		_ = packer.Close()
		return packed.Bytes()
	}
	flood(w, f.floodSize(), pack([]byte(floodHead)), pack(bytes.Repeat([]byte("a"), floodBlock)), pack([]byte(floodTail)))
}
