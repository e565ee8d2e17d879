//go:build e2e

package desktop

import (
	"io"
	"net/http"
	"sync"

	"golang.org/x/net/websocket"
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

// channel is the sockets of all pages that are open.
type channel struct {
	mu    sync.Mutex
	pages map[*websocket.Conn]struct{}
}

// Each message to a page begins with what it is.
const (
	isCallback = "C"
	isEvent    = "E"
)

// notify sends an event to every page.
func (c *channel) notify(event []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for page := range c.pages {
		_ = websocket.Message.Send(page, isEvent+string(event))
	}
}

// handler takes requests from a page, any number at once, until it goes.
func (c *channel) handler(answer func(request []byte) []byte) http.Handler {
	return websocket.Handler(func(page *websocket.Conn) {
		c.mu.Lock()
		if c.pages == nil {
			c.pages = map[*websocket.Conn]struct{}{}
		}
		c.pages[page] = struct{}{}
		c.mu.Unlock()
		defer func() {
			c.mu.Lock()
			delete(c.pages, page)
			c.mu.Unlock()
		}()

		for {
			var request []byte
			if websocket.Message.Receive(page, &request) != nil {
				return
			}
			go func() { _ = websocket.Message.Send(page, isCallback+string(answer(request))) }()
		}
	})
}
