package presence

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// desk is a computer with a clock that can be made to jump, and a count of how
// often its operator was said to be away.
type desk struct {
	*Watch
	t *testing.T

	mu    sync.Mutex
	jump  time.Duration
	limit time.Duration
	aways int
	says  func() // called by the system when the operator leaves
}

// atDesk runs a test at a desk that is watched, in a time of its own.
func atDesk(t *testing.T, limit time.Duration, test func(d *desk)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		d := &desk{t: t, limit: limit}
		locked := func(f func()) { d.mu.Lock(); defer d.mu.Unlock(); f() }
		d.Watch = New(Config{
			Limit:  func() (l time.Duration) { locked(func() { l = d.limit }); return l },
			Now:    func() (now time.Time) { locked(func() { now = time.Now().Add(d.jump) }); return now },
			System: func(_ context.Context, away func()) { locked(func() { d.says = away }) },
			Away:   func() { locked(func() { d.aways++ }) },
		})
		ctx, cancel := context.WithCancel(t.Context())
		go d.Run(ctx)
		synctest.Wait()
		test(d)
		cancel()
	})
}

// passes lets time pass, and then checks whether the operator was away meanwhile.
func (d *desk) passes(while time.Duration, away bool) {
	d.t.Helper()
	time.Sleep(while)
	synctest.Wait()
	d.mu.Lock()
	defer d.mu.Unlock()
	if (d.aways > 0) != away {
		d.t.Errorf("after %s: said to be away %d times, want any: %v", while, d.aways, away)
	}
	d.aways = 0
}

// jumps sets the clock on the wall, as a sleep does and somebody can.
func (d *desk) jumps(by time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.jump += by
}

func TestNobodyAtTheWindow(t *testing.T) {
	atDesk(t, 15*time.Minute, func(d *desk) {
		d.passes(14*time.Minute, false)
		d.Used()
		d.passes(15*time.Minute-time.Second, false)
		d.passes(tick+time.Second, true)
		d.passes(time.Hour, true)
		d.Back()
		d.passes(14*time.Minute, false)
	})
}

func TestTheLimitHoldsBetweenTwoLooks(t *testing.T) {
	atDesk(t, time.Minute, func(d *desk) {
		time.Sleep(time.Second) // out of step with the ticks
		d.Back()
		d.passes(time.Minute-time.Millisecond, false)
		d.Look()
		d.passes(0, false)
		time.Sleep(time.Millisecond)
		d.Look()
		d.passes(0, true)
	})
}

func TestAnOperatorWhoComesTooLateWasAway(t *testing.T) {
	atDesk(t, time.Minute, func(d *desk) {
		time.Sleep(time.Second)
		d.Back()
		time.Sleep(time.Minute)
		d.Used()
		d.passes(0, true)
		d.passes(30*time.Second, false)
	})
}

func TestWithoutALimitNobodyIsAway(t *testing.T) {
	atDesk(t, 0, func(d *desk) {
		d.passes(1000*time.Hour, false)
		d.mu.Lock()
		d.limit = time.Minute // in the settings, from one moment to the next
		d.mu.Unlock()
		d.passes(tick, true)
	})
}

func TestASleepIsNoticedWhenItIsOver(t *testing.T) {
	for name, by := range map[string]time.Duration{"an hour": time.Hour, "a minute": time.Minute} {
		t.Run(name, func(t *testing.T) {
			atDesk(t, 0, func(d *desk) {
				d.passes(time.Minute, false)
				d.jumps(by)
				d.passes(tick, true)
				d.passes(time.Minute, false)
			})
		})
	}
	t.Run("by the key press that ends it", func(t *testing.T) {
		atDesk(t, 0, func(d *desk) {
			d.jumps(time.Hour)
			d.Used()
			d.passes(0, true)
		})
	})
	t.Run("but not a clock that is set back, or a slow computer", func(t *testing.T) {
		atDesk(t, time.Minute, func(d *desk) {
			d.jumps(-time.Hour)
			d.passes(tick, false)
			d.Back()
			d.jumps(slept - time.Second)
			d.passes(tick, false)
		})
	})
}

func TestTheSystemSaysSo(t *testing.T) {
	atDesk(t, 0, func(d *desk) {
		d.says()
		d.passes(0, true)
	})
}
