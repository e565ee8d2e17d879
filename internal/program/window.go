package program

import (
	"context"
	"fmt"
	"io/fs"
	"runtime"
	"time"

	"understudy/internal/bridge"
	"understudy/internal/commandline"
	"understudy/internal/desktop"
	"understudy/internal/fault"
	"understudy/internal/secret"
	"understudy/internal/settings"
)

// windowPatience is how long the end of the program waits for browser windows
// that were told to close. The next start sweeps the windows left then.
const windowPatience = 10 * time.Second

// open builds the program and runs its window until it is closed.
func (p Program) open(asked commandline.Window) error {
	if err := secret.Protect(); err != nil {
		return err
	}
	if err := desktop.PrepareEnvironment(); err != nil {
		return fmt.Errorf("environment: %w", err)
	}
	content, err := fs.Sub(p.Assets, "frontend/dist")
	if err != nil {
		return fmt.Errorf("front end: %w", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	computer, err := p.Computer()
	if err != nil {
		return err
	}
	window := desktop.New()
	built := p.build(ctx, computer, asked, ports{
		clipboard: window.Clipboard, dialogs: window.Dialogs, events: window.Events, raise: window.Raise, quit: window.Quit,
	})
	if refusal := built.settings.Refusal(); refusal != nil {
		_, _ = fmt.Fprintln(p.Err, fault.From(refusal).Sentence())
	}
	id := name
	if asked.Sample {
		id += "-sample"
	}
	place := windowPlace{store: built.settings, keep: !asked.Sample}
	err = window.Run(desktop.Options{
		ID: id, Assets: content, Handler: built.scope.Pictures, App: p.Bind(built.scope), Log: p.Err, FormatError: bridge.FormatError,
		LoadPlace: place.load, SavePlace: place.save,
		OnStartup: func(context.Context) {
			built.scope.Journal.Logger().Info("start", "version", p.Version, "system", runtime.GOOS+"/"+runtime.GOARCH)
			go built.scope.Browsers.Sweep()
			go built.presence.Run(ctx)
			if !asked.Sample {
				built.scope.Manager.OpenLast(ctx)
			}
		},
		OnBeforeClose: func(context.Context) bool { return built.closing.Prevent() },
	})
	cancel()
	closing, stop := context.WithTimeout(context.Background(), windowPatience)
	defer stop()
	built.scope.Browsers.Wait(closing)
	if closeErr := built.scope.Manager.Close(); err == nil {
		err = closeErr
	}
	return err
}

// windowPlace keeps the place of the window in the settings.
type windowPlace struct {
	store *settings.Store
	keep  bool // false in the sample workspace, which changes no settings
}

func (p windowPlace) load() (desktop.Place, bool) {
	w := p.store.Get().Window
	return desktop.Place{X: w.X, Y: w.Y, Width: w.Width, Height: w.Height, Maximised: w.Maximized}, w.Width > 0
}

func (p windowPlace) save(place desktop.Place) {
	if !p.keep {
		return
	}
	// A place that cannot be kept is no reason to keep the window open.
	_ = p.store.Update(func(s *settings.Settings) error {
		s.Window = settings.Window{X: place.X, Y: place.Y, Width: place.Width, Height: place.Height, Maximized: place.Maximised}
		return nil
	})
}
