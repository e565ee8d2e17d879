package impersonation

import (
	"cmp"
	"mime"
	"net"
	"slices"
	"sync"
	"time"

	"understudy/internal/clerkapi"
	"understudy/internal/held"
	"understudy/internal/report"
	"understudy/internal/viewonly"
)

// viewing is what is seen and allowed in the browser of one impersonation. It is
// told by the browser, see [held.Watcher], and holds no key.
type viewing struct {
	now      func() time.Time
	recorder *report.Recorder

	// switching is held while the browser changes its mode, which may take seconds.
	switching sync.Mutex

	mu       sync.Mutex
	window   held.Window    // nil: nobody watches
	signedIn func()         // called once, on a goroutine of its own
	asked    func(held.Ask) // on a goroutine of its own
	signIn   held.SignIn
	mode     viewonly.Mode
	until    time.Time
	turn     int
	allowed  []Allowed
}

// Allowed is a place that was allowed by hand, in one impersonation.
type Allowed struct {
	Place

	Reason string
	At     time.Time
}

func newViewing(now func() time.Time) *viewing {
	return &viewing{now: now, recorder: report.NewRecorder()}
}

// begin takes in the window that is held from now on, nil if none is. signedIn gets the
// turn that the window begins with.
func (v *viewing) begin(window held.Window, mode viewonly.Mode, signedIn func(turn int), asked func(held.Ask)) {
	v.mu.Lock()
	v.window, v.mode, v.until, v.asked = window, "", time.Time{}, asked
	v.turn++
	turn := v.turn
	v.signedIn = func() { signedIn(turn) }
	if window != nil {
		v.mode = mode
	}
	v.tellSignedIn() // a sign-in may be quicker than this
	v.mu.Unlock()
	if window != nil {
		v.recorder.Mode(mode, "", time.Time{}, v.now())
	}
}

func (v *viewing) heldWindow() held.Window {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.window
}

// setMode changes the mode and returns its turn. Of two changes at once the later
// one counts, in the browser too.
func (v *viewing) setMode(window held.Window, mode viewonly.Mode, reason string, until time.Time) (turn int) {
	v.switching.Lock()
	defer v.switching.Unlock()
	return v.change(window, mode, reason, until)
}

// setModeAfter is setMode, but does nothing and returns false if another change came
// after that turn.
func (v *viewing) setModeAfter(turn int, window held.Window, mode viewonly.Mode, reason string, until time.Time) (next int, changed bool) {
	v.switching.Lock()
	defer v.switching.Unlock()
	if !v.isAt(turn) {
		return 0, false
	}
	return v.change(window, mode, reason, until), true
}

// change is setMode. The caller holds switching.
func (v *viewing) change(window held.Window, mode viewonly.Mode, reason string, until time.Time) (turn int) {
	v.mu.Lock()
	v.turn++
	turn, v.mode, v.until = v.turn, mode, until
	v.mu.Unlock()
	window.SetMode(mode, until)
	v.recorder.Mode(mode, reason, until, v.now())
	return turn
}

// isAt reports whether no change came after that turn.
func (v *viewing) isAt(turn int) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.turn == turn
}

func (v *viewing) allow(window held.Window, place Place, pattern, reason string) error {
	err := window.Allow(func(r *viewonly.Rules) {
		if place.Path == "" {
			r.Hosts = append(slices.Clone(r.Hosts), pattern)
		} else {
			r.Paths = append(slices.Clone(r.Paths), pattern)
		}
	})
	if err != nil {
		return err
	}
	if place.Path == "" {
		v.recorder.HostAllowed(place.Host, reason, v.now())
	} else {
		v.recorder.PathAllowed(pattern, reason, v.now())
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.allowed = append(v.allowed, Allowed{place, reason, v.now()})
	return nil
}

func (v *viewing) disallow(window held.Window, place Place, pattern string) error {
	is := func(one string) bool { return one == pattern }
	err := window.Allow(func(r *viewonly.Rules) {
		r.Hosts = slices.DeleteFunc(slices.Clone(r.Hosts), is)
		r.Paths = slices.DeleteFunc(slices.Clone(r.Paths), is)
	})
	if err != nil {
		return err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.allowed = slices.DeleteFunc(v.allowed, func(a Allowed) bool { return a.Place == place })
	return nil
}

// Watching is what is known of an impersonation through its browser.
type Watching struct {
	// Watched: its browser is held. Else Mode is empty, and nobody knows what is sent.
	Watched      bool
	Mode         viewonly.Mode
	ChangesUntil time.Time // zero: to the end
	SignIn       held.SignIn
	Sent         int // changes
	HeldBack     []HeldBack
	HeldBackAll  int
	HeldBackMore int      // places beyond the rows of HeldBack
	Refused      []string // hosts that sockets were refused to
	Allowed      []Allowed
}

// HeldBack counts what was held back for one method and place.
type HeldBack struct {
	Place

	Method string
	Count  int
	Last   time.Time
}

// shownPlaces is how many places of what was held back are told one by one.
const shownPlaces = 50

// watching is how things stand.
func (v *viewing) watching() Watching {
	v.mu.Lock()
	w := Watching{Watched: v.window != nil, Mode: v.mode, ChangesUntil: v.until, SignIn: v.signIn, Allowed: slices.Clone(v.allowed)}
	v.mu.Unlock()
	if !w.Watched {
		return w
	}
	seen := v.recorder.Report()
	w.Sent, w.HeldBackAll = seen.Figures().Sent, seen.Figures().HeldBack
	shown := min(len(seen.HeldBack), shownPlaces)
	w.HeldBackMore = len(seen.HeldBack) - shown
	for _, row := range seen.HeldBack[:shown] {
		w.HeldBack = append(w.HeldBack, HeldBack{Place{row.Host, row.Path}, row.Method, row.Count, row.Last})
	}
	isAllowed := func(host string) bool {
		return slices.ContainsFunc(w.Allowed, func(a Allowed) bool { return a.Place == Place{Host: host} })
	}
	for _, row := range seen.Refused {
		if !isAllowed(row.Host) {
			w.Refused = append(w.Refused, row.Host)
		}
	}
	return w
}

// SignedIn is a [held.Watcher]'s.
func (v *viewing) SignedIn(s held.SignIn) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.signIn = s
	v.tellSignedIn()
}

// tellSignedIn tells of a sign-in once. The caller holds mu.
func (v *viewing) tellSignedIn() {
	if v.signIn.Outcome == held.Accepted && v.signedIn != nil {
		go v.signedIn() // the browser's events wait for this
		v.signedIn = nil
	}
}

// Page is a [held.Watcher]'s.
func (v *viewing) Page(url string) { v.recorder.Page(url, v.now()) }

// Sent is a [held.Watcher]'s.
func (v *viewing) Sent(method, url string, status int) { v.recorder.Sent(method, url, status, v.now()) }

// HeldBack is a [held.Watcher]'s.
func (v *viewing) HeldBack(method, url string) { v.recorder.HeldBack(method, url, v.now()) }

// Disconnected is a [held.Watcher]'s.
func (v *viewing) Disconnected(host string) { v.recorder.Connection(host, false, v.now()) }

// Downloaded is a [held.Watcher]'s.
func (v *viewing) Downloaded(extension string, size int64) {
	kind := mime.TypeByExtension("." + extension)
	v.recorder.Downloaded(cmp.Or(kind, "application/octet-stream"), size, v.now())
}

// Asked is a [held.Watcher]'s.
func (v *viewing) Asked(ask held.Ask) {
	v.mu.Lock()
	tell := v.asked
	v.mu.Unlock()
	if tell != nil {
		go tell(ask)
	}
}

// isThisComputer reports whether a host, with a port or without, is this computer.
func isThisComputer(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return clerkapi.IsLoopback(host)
}
