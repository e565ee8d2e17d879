//go:build !e2e

package desktop

import (
	"context"
	"errors"
	"os"
	"os/signal"
	goruntime "runtime"
	"sync"
	"syscall"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/logger"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	"github.com/wailsapp/wails/v2/pkg/options/mac"
	"github.com/wailsapp/wails/v2/pkg/options/windows"
	"github.com/wailsapp/wails/v2/pkg/runtime"
)

// window is the Wails window. Wails hands out a context in its start-up hook
// that every later call must carry: it is kept here and nowhere else.
type window struct {
	ready chan struct{}   // closed once ctx is set
	ctx   context.Context //nolint:containedctx // the handle of Wails, not a deadline
	shown sync.Once

	mu    sync.Mutex
	place Place // to go back to from a maximised window
}

func newWindow() *window {
	return &window{
		ready: make(chan struct{}),
		place: Place{Width: defaultWidth, Height: defaultHeight},
	}
}

func (w *window) run(o Options) error {
	// Wails closes the window at the first of these: a logout is not asked.
	signaled, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return wails.Run(&options.App{ //nolint:wrapcheck // Desktop.Run does
		Title:     "Understudy",
		Width:     defaultWidth,
		Height:    defaultHeight,
		MinWidth:  minWidth,
		MinHeight: minHeight,
		// The window is shown when the page is ready: no white flash.
		StartHidden: true,

		AssetServer: &assetserver.Options{Assets: o.Assets, Handler: o.Handler, Middleware: secureHeaders},
		Bind:        []any{o.App},
		Menu:        nativeMenu(goruntime.GOOS, w.act, w.quit),

		Logger:             redactingLogger{out: o.Log},
		LogLevel:           logger.WARNING,
		LogLevelProduction: logger.WARNING,
		ErrorFormatter:     formatter(o.FormatError),

		OnStartup:     func(ctx context.Context) { w.start(ctx, o) },
		OnDomReady:    func(ctx context.Context) { w.show(ctx, o) },
		OnBeforeClose: func(ctx context.Context) bool { return w.close(ctx, signaled, o) },
		OnShutdown: func(ctx context.Context) {
			if o.OnShutdown != nil {
				o.OnShutdown(ctx)
			}
		},
		SingleInstanceLock: &options.SingleInstanceLock{
			UniqueId: o.ID,
			OnSecondInstanceLaunch: func(second options.SecondInstanceData) {
				w.secondInstance(second.Args, o)
			},
		},

		Linux: &linux.Options{
			ProgramName: o.ID,
			// Left unset in a non-nil Options it would mean "always", which
			// shows a blank window on some machines.
			WebviewGpuPolicy: linux.WebviewGpuPolicyNever,
		},
		Mac: &mac.Options{
			Preferences:                  &mac.Preferences{TabFocusesLinks: mac.Enabled},
			DisableEscapeExitsFullscreen: true,
		},
		Windows: &windows.Options{Theme: windows.SystemDefault, DisablePinchZoom: true},
	})
}

func (w *window) start(ctx context.Context, o Options) {
	w.ctx = ctx
	close(w.ready)
	if o.OnStartup != nil {
		o.OnStartup(ctx)
	}
}

// show puts the window where it was and shows it. A reload of the page calls
// it again; then there is nothing left to do.
func (w *window) show(ctx context.Context, o Options) {
	w.shown.Do(func() {
		if o.OnDomReady != nil {
			o.OnDomReady(ctx)
		}
		w.restore(ctx, o)
		runtime.WindowShow(ctx)
	})
}

// restore puts the window where it was. Wails counts the place from the
// current screen's corner and does not tell where other screens are, so a
// window that was closed on another screen opens on this one.
func (w *window) restore(ctx context.Context, o Options) {
	if o.LoadPlace == nil {
		return
	}
	saved, ok := o.LoadPlace()
	if !ok {
		return
	}
	width, height, err := currentScreen(ctx)
	if err != nil {
		return // the default place is a good one
	}
	place := saved.within(width, height)
	w.mu.Lock()
	w.place = place
	w.mu.Unlock()
	runtime.WindowSetSize(ctx, place.Width, place.Height)
	runtime.WindowSetPosition(ctx, place.X, place.Y)
	if place.Maximised {
		runtime.WindowMaximise(ctx)
	}
}

func currentScreen(ctx context.Context) (width, height int, err error) {
	screens, err := runtime.ScreenGetAll(ctx)
	if err != nil {
		return 0, 0, err //nolint:wrapcheck // never shown
	}
	for _, s := range screens {
		if s.IsCurrent {
			return s.Size.Width, s.Size.Height, nil
		}
	}
	return 0, 0, errors.New("no current screen")
}

func (w *window) close(ctx, signaled context.Context, o Options) (prevent bool) {
	if o.OnBeforeClose != nil && signaled.Err() == nil && o.OnBeforeClose(ctx) {
		// A signal that comes from now on, or came in this moment, tries again:
		// Wails hears only the first one.
		context.AfterFunc(signaled, w.quit)
		return true
	}
	if o.SavePlace != nil {
		o.SavePlace(w.current(ctx))
	}
	return false
}

// current is the place to remember. A maximised window keeps the size it had
// before, to go back to.
func (w *window) current(ctx context.Context) Place {
	if runtime.WindowIsMaximised(ctx) || runtime.WindowIsFullscreen(ctx) {
		w.mu.Lock()
		place := w.place
		w.mu.Unlock()
		place.Maximised = true
		return place
	}
	var place Place
	place.Width, place.Height = runtime.WindowGetSize(ctx)
	place.X, place.Y = runtime.WindowGetPosition(ctx)
	return place
}

func (w *window) secondInstance(args []string, o Options) {
	w.raise()
	if o.OnSecondInstance != nil {
		o.OnSecondInstance(args)
	}
}

func (w *window) raise() {
	<-w.ready
	runtime.WindowUnminimise(w.ctx)
	runtime.WindowShow(w.ctx)
}

func (w *window) act(action string) { w.Emit(ActionEvent, action) }

func (w *window) quit() {
	<-w.ready
	runtime.Quit(w.ctx)
}

// Emit implements [Events].
func (w *window) Emit(name, data string) {
	<-w.ready
	runtime.EventsEmit(w.ctx, name, data)
}

// Read implements [Clipboard].
func (w *window) Read(ctx context.Context) (string, error) {
	return await(ctx, w.ready, func() (string, error) { return runtime.ClipboardGetText(w.ctx) })
}

// Write implements [Clipboard].
func (w *window) Write(ctx context.Context, text string) error {
	_, err := await(ctx, w.ready, func() (struct{}, error) {
		return struct{}{}, runtime.ClipboardSetText(w.ctx, text)
	})
	return err
}

// OpenEnvFile implements [Dialogs].
func (w *window) OpenEnvFile(ctx context.Context) (string, error) {
	return await(ctx, w.ready, func() (string, error) {
		return runtime.OpenFileDialog(w.ctx, runtime.OpenDialogOptions{
			Title:           "Choose a file with your secret key",
			ShowHiddenFiles: true, // .env is one
		})
	})
}

// SaveFile implements [Dialogs].
func (w *window) SaveFile(ctx context.Context, title, suggested string) (string, error) {
	return await(ctx, w.ready, func() (string, error) {
		return runtime.SaveFileDialog(w.ctx, runtime.SaveDialogOptions{
			Title:           title,
			DefaultFilename: suggested,
		})
	})
}
