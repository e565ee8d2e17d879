//go:build e2e

package desktop

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"github.com/wailsapp/wails/v2/pkg/assetserver"
	assetoptions "github.com/wailsapp/wails/v2/pkg/options/assetserver"
)

// Environment of a test program.
const (
	// addressVariable says where to listen, 127.0.0.1 and any port by default.
	addressVariable = "UNDERSTUDY_E2E_ADDRESS"
	// wailsVariable is the folder of the Wails module, as `go list -m` tells
	// it: its runtime script is internal to it and cannot be imported.
	wailsVariable = "UNDERSTUDY_E2E_WAILS"
)

// window stands in for the Wails window. The page is served over HTTP by
// Wails' own asset server, calls and events go over a socket, and the test plays
// clipboard, dialog and menu:
//
//	GET  /e2e/channel    the socket, in place of the web view's own channel
//	GET  /e2e/clipboard  the text on the clipboard
//	POST /e2e/clipboard  puts the body there
//	POST /e2e/dialog     makes the next file dialog answer with the body
//	POST /e2e/close      closes the window, unless the program prevents it
//	POST /e2e/menu       chooses the menu item with the action in the body
type window struct {
	clipboard value
	dialog    value
	channel   channel
	closed    chan struct{}
	closeOnce sync.Once
}

func newWindow() *window { return &window{closed: make(chan struct{})} }

// raise does nothing: a test has no other windows.
func (w *window) raise() {}

// quit ends the program.
func (w *window) quit() { w.closeOnce.Do(func() { close(w.closed) }) }

func (w *window) run(o Options) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()

	handler, err := w.handler(o)
	if err != nil {
		return err
	}
	address := os.Getenv(addressVariable)
	if address == "" {
		address = "127.0.0.1:0"
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	call(ctx, o.OnStartup)
	call(ctx, o.OnDomReady)
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 5 * time.Second}
	go func() {
		select {
		case <-ctx.Done():
		case <-w.closed:
		}
		_ = server.Close()
	}()
	fmt.Printf("listening on http://%s\n", listener.Addr())
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	call(context.WithoutCancel(ctx), o.OnShutdown)
	return nil
}

func call(ctx context.Context, hook func(context.Context)) {
	if hook != nil {
		hook(ctx)
	}
}

func (w *window) handler(o Options) (http.Handler, error) {
	app := newBinding(o.App, formatter(o.FormatError))
	methods, err := json.Marshal(app.methods())
	if err != nil {
		return nil, fmt.Errorf("list the bound methods: %w", err)
	}
	script, err := os.ReadFile(filepath.Join(os.Getenv(wailsVariable), //nolint:gosec // the test's own path
		"internal", "frontend", "runtime", "runtime_prod_desktop.js"))
	if err != nil {
		return nil, fmt.Errorf("read Wails' runtime (set %s): %w", wailsVariable, err)
	}
	assets, err := assetserver.NewAssetServer(string(methods),
		assetoptions.Options{Assets: o.Assets, Handler: o.Handler, Middleware: secureHeaders}, false, nil, runtimeAssets{script})
	if err != nil {
		return nil, fmt.Errorf("serve the front end: %w", err)
	}

	mux := http.NewServeMux()
	mux.Handle("GET /e2e/channel", w.channel.handler(app.answer))
	mux.Handle("GET /e2e/clipboard", w.clipboard.reader())
	mux.Handle("POST /e2e/clipboard", w.clipboard.writer())
	mux.Handle("POST /e2e/dialog", w.dialog.writer())
	mux.Handle("POST /e2e/menu", textHandler(func(action string) { w.Emit(ActionEvent, action) }))
	mux.HandleFunc("POST /e2e/close", func(_ http.ResponseWriter, r *http.Request) {
		if o.OnBeforeClose == nil || !o.OnBeforeClose(r.Context()) {
			w.quit()
		}
	})
	mux.Handle("/", assets)
	return mux, nil
}

// runtimeAssets gives Wails' asset server its real runtime and, in place of the
// web view's message channel, a socket: a request for each call would cost more
// than the web view's own channel does, and the benchmarks would measure that.
type runtimeAssets struct{ script []byte }

func (r runtimeAssets) RuntimeDesktopJS() []byte { return r.script }
func (runtimeAssets) WebsocketIPC() []byte       { return nil }
func (runtimeAssets) DesktopIPC() []byte {
	return []byte(`
const channel = new WebSocket("/e2e/channel");
const opened = new Promise((resolve) => channel.addEventListener("open", resolve));
window.WailsInvoke = (message) => {
  if (!message.startsWith("C")) return;
  if (channel.readyState === WebSocket.OPEN) channel.send(message.slice(1));
  else opened.then(() => channel.send(message.slice(1)));
};
channel.addEventListener("message", ({ data }) => {
  if (data.startsWith("C")) window.wails.Callback(data.slice(1));
  else window.wails.EventsNotify(data.slice(1));
});
`)
}

// Emit implements [Events].
func (w *window) Emit(name, data string) {
	message, err := json.Marshal(map[string]any{"name": name, "data": []string{data}})
	if err == nil {
		w.channel.notify(message)
	}
}

// Read implements [Clipboard].
func (w *window) Read(context.Context) (string, error) { return w.clipboard.get(), nil }

// Write implements [Clipboard].
func (w *window) Write(_ context.Context, text string) error {
	w.clipboard.set(text)
	return nil
}

// OpenEnvFile implements [Dialogs]. Each answer of the test is used once.
func (w *window) OpenEnvFile(context.Context) (string, error) { return w.dialog.take(), nil }

// SaveFile implements [Dialogs], in the same way.
func (w *window) SaveFile(context.Context, string, string) (string, error) {
	return w.dialog.take(), nil
}
