//go:build e2e

package desktop

import (
	"fmt"
	"io"
	"net/http"
	"sync"
)

// value is a text that the test and the program share.
type value struct {
	mu   sync.Mutex
	text string
}

func (v *value) get() string {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.text
}

func (v *value) set(text string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.text = text
}

func (v *value) take() string {
	v.mu.Lock()
	defer v.mu.Unlock()
	text := v.text
	v.text = ""
	return text
}

func (v *value) reader() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, v.get()) })
}

func (v *value) writer() http.Handler { return textHandler(v.set) }

// textHandler hands the body of a request to use.
func textHandler(use func(string)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		use(string(body))
	})
}

// broadcast sends events to every page that listens.
type broadcast struct {
	mu        sync.Mutex
	listeners map[chan []byte]struct{}
}

func (b *broadcast) send(message []byte) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for listener := range b.listeners {
		listener <- message
	}
}

func (b *broadcast) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	messages := make(chan []byte, 100)
	b.mu.Lock()
	if b.listeners == nil {
		b.listeners = map[chan []byte]struct{}{}
	}
	b.listeners[messages] = struct{}{}
	b.mu.Unlock()
	defer func() {
		b.mu.Lock()
		delete(b.listeners, messages)
		b.mu.Unlock()
	}()

	w.Header().Set("Content-Type", "text/event-stream")
	w.WriteHeader(http.StatusOK)
	flush := http.NewResponseController(w).Flush
	for err := flush(); err == nil; err = flush() {
		select {
		case message := <-messages:
			_, _ = fmt.Fprintf(w, "data: %s\n\n", message)
		case <-r.Context().Done():
			return
		}
	}
}
