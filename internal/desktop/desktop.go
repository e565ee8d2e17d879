// Package desktop is the machine around the window: it runs Wails and puts
// the clipboard, the file dialog, events, the menu and the place of the window
// behind small interfaces, so that nothing else in the program touches Wails.
//
// The build tag e2e swaps the window for a plain HTTP server on the loopback
// interface: browser tests then drive the real program without a display.
package desktop

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
)

// Clipboard is the system clipboard, as text.
type Clipboard interface {
	// Read returns the text on the clipboard, "" when it holds none.
	Read(ctx context.Context) (string, error)
	// Write replaces what is on the clipboard.
	Write(ctx context.Context, text string) error
}

// Dialogs are the native dialogs.
type Dialogs interface {
	// OpenEnvFile lets the operator choose an .env file. The path is "" when
	// they close the dialog without choosing.
	OpenEnvFile(ctx context.Context) (path string, err error)
	// SaveFile lets the operator choose where a file goes; the system asks before one
	// is replaced. The path is "" when they close the dialog.
	SaveFile(ctx context.Context, title, suggested string) (path string, err error)
}

// Events reach every listener in the window. They carry ids and states, never
// personal data: should the window ever show a foreign page, it hears them too.
type Events interface {
	Emit(name, data string)
}

// ActionEvent is the event of the native menu; its data is one of the actions
// that the menu lists, for example "search".
const ActionEvent = "action"

// WaitEvent tells that a request waits; its data is what for, as clerkapi.Waiting
// has it, and how long, in milliseconds, with a space between.
const WaitEvent = "wait"

// AnswerEvent tells that Clerk answers again; it has no data.
const AnswerEvent = "answer"

// LockEvent tells that Understudy was locked; it has no data.
const LockEvent = "locked"

// AskedEvent tells what the operator asks for in an app's page, by the mark there;
// its data is the id of the impersonation, held.AskKind, and the host and path that
// it is about, with spaces between. Host and path may be empty.
const AskedEvent = "asked"

// ExportEvent tells how far an export is; its data is the window's name for the
// request and the percentage, with a space between.
const ExportEvent = "export"

// Options are what the program brings to its window. Every hook may be nil.
type Options struct {
	// ID tells apart what may run side by side, such as the sample workspace
	// and the real thing. A second process with the same ID hands its
	// arguments to the first one and exits. Letters, digits and "-" only.
	ID string
	// Assets is the built front end.
	Assets fs.FS
	// Handler answers requests for what is not among the assets; it may be nil.
	Handler http.Handler
	// App is the one struct whose methods the window can call.
	App any
	// Log receives what Wails has to say, without arguments and secrets.
	Log io.Writer
	// FormatError turns the error of a bound method into the text that the
	// window receives.
	FormatError func(error) string

	// OnStartup runs as the window starts, with a context that lives as long
	// as it. The page may already call in while this runs.
	OnStartup func(ctx context.Context)
	// OnDomReady runs when the page has loaded, just before it is shown.
	OnDomReady func(ctx context.Context)
	// OnBeforeClose may keep the window open by returning true.
	OnBeforeClose func(ctx context.Context) (prevent bool)
	// OnShutdown runs after the window is gone.
	OnShutdown func(ctx context.Context)
	// OnSecondInstance receives the arguments of a second process. Anyone on
	// this machine may have sent them.
	OnSecondInstance func(args []string)

	// LoadPlace returns the place that SavePlace was given last; false: none.
	LoadPlace func() (Place, bool)
	// SavePlace is called when the window closes.
	SavePlace func(Place)
}

// Desktop is one window and what stands around it. Make it with [New]. The
// clipboard, the dialogs and the events can be handed out at once; they work
// from the moment that [Desktop.Run] has started the window and wait until then.
type Desktop struct {
	Clipboard Clipboard
	Dialogs   Dialogs
	Events    Events

	window *window
}

// New returns a desktop that is not running yet.
func New() *Desktop {
	w := newWindow()
	return &Desktop{Clipboard: w, Dialogs: w, Events: w, window: w}
}

// ErrNoWindow is a desktop that no window can be opened on, for example since there
// is no display.
var ErrNoWindow = errors.New("no window can be opened: start Understudy in a desktop session")

// Run opens the window and returns when it is closed. It fails with [ErrNoWindow]
// where Wails can only panic.
func (d *Desktop) Run(options Options) (err error) {
	defer func() {
		if thrown := recover(); thrown != nil {
			err = fmt.Errorf("%w (%v)", ErrNoWindow, thrown)
		}
	}()
	if err := d.window.run(options); err != nil {
		return fmt.Errorf("run the window: %w", err)
	}
	return nil
}

// Raise brings the window in front of the others, for what somebody asked for there.
func (d *Desktop) Raise() { d.window.raise() }

// Quit closes the window as the operator would.
func (d *Desktop) Quit() { d.window.quit() }

// formatter wraps FormatError for Wails, where an empty text would resolve the
// promise instead of rejecting it.
func formatter(format func(error) string) func(error) any {
	return func(err error) any {
		if format == nil {
			return err.Error()
		}
		if text := format(err); text != "" {
			return text
		}
		return "internal"
	}
}
