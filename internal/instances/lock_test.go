package instances

import (
	"runtime"
	"testing"
	"time"
	"weak"

	"understudy/internal/emulator"
	"understudy/internal/fault"
	"understudy/internal/impersonation"
	"understudy/internal/operator"
	"understudy/internal/settings"
	"understudy/internal/workspace"
)

// startOne impersonates somebody, up to the browser.
func startOne(t *testing.T, w *workspace.Workspace) impersonation.Impersonation {
	t.Helper()
	i, err := w.Impersonate(t.Context(), impersonation.Request{
		UserID: somebody(t, w).ID, Reason: "Ticket 48213", LinkLife: time.Minute, SessionLength: 30 * time.Minute,
	})
	if err != nil {
		t.Fatal(err)
	}
	if i, err = w.Impersonations.Open(t.Context(), i.ID, "default"); err != nil {
		t.Fatal(err)
	}
	return i
}

func TestLock(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	locks := 0
	o.manager.config.OnLock = func() { locks++ }
	w := o.connect()
	id := w.Instance.ID
	o.pickOperator(w)
	started := startOne(t, w)

	o.manager.Lock()
	_, err := o.manager.Current()
	expectCode(t, err, fault.Locked)
	_, err = o.manager.History()
	expectCode(t, err, fault.Locked)
	what, locked := o.manager.Locked()
	if !locked || what.Instance.ID != id || len(what.Running) != 1 || what.Running[0].ID != started.ID {
		t.Errorf("locked %v: %+v", locked, what)
	}
	if r := what.Running[0]; r.UserName != "" || r.UserEmail != "" || r.Reason != "" || r.SessionEndsAt.IsZero() {
		t.Errorf("a locked screen is told %+v", r)
	}
	o.manager.Lock()
	if locks != 1 {
		t.Errorf("told of %d locks", locks)
	}

	if got := o.manager.Running(); got != 1 {
		t.Errorf("%d run behind the lock: closing the window would not ask", got)
	}
	o.ahead.Add(int64(time.Hour))
	if got := o.manager.Running(); got != 0 {
		t.Errorf("%d run behind the lock when their time is up", got)
	}
	o.ahead.Add(-int64(time.Hour))

	o.keys.calls = 0
	w, err = o.manager.Select(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if o.keys.calls != 1 {
		t.Errorf("the keychain was asked %d times", o.keys.calls)
	}
	if _, locked := o.manager.Locked(); locked || w.KnownOperator().IsNobody() {
		t.Errorf("locked %v, operator %q", locked, w.KnownOperator().ID)
	}
	board := w.Impersonations.Live(t.Context())
	if len(board.Items) != 1 || board.Items[0].State != impersonation.Live {
		t.Errorf("board %+v", board)
	}
	if _, err := w.Impersonations.End(t.Context(), started.ID); err != nil {
		t.Error(err)
	}
}

func TestLockStopsWhatIsUnderWay(t *testing.T) {
	o, way, ids := newTwoInstances(t)
	w, err := o.manager.Select(t.Context(), ids[1])
	if err != nil {
		t.Fatal(err)
	}
	waiting, open := way.shut()
	failure := make(chan error, 1)
	go func() {
		users, err := page(t.Context(), w, true)
		if len(users) > 0 {
			t.Errorf("%d users arrived after the lock", len(users))
		}
		failure <- err
	}()
	<-waiting
	o.manager.Lock()
	open()
	expectCode(t, <-failure, fault.Locked)
}

// TestAfterALockNothingHasTheKey asks the garbage collector. It frees the client that
// has the key only if nothing in the program refers to it.
func TestAfterALockNothingHasTheKey(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	o.pickOperator(w)
	i := startOne(t, w)
	if err := w.Impersonations.CopyLink(t.Context(), i.ID); err != nil {
		t.Fatal(err)
	}
	client, left := weak.Make(clientOf(w)), weak.Make(w)
	w = nil
	o.manager.Lock()
	for client.Value() != nil || left.Value() != nil { // calls that still end may take a moment
		runtime.GC()
		runtime.Gosched()
		if deadline, ok := t.Deadline(); ok && time.Until(deadline) < time.Minute {
			t.Fatal("something still holds the key")
		}
	}
	runtime.KeepAlive(o)
}

func TestALockEndsAttemptsUnderWay(t *testing.T) {
	o, _, ids := newTwoInstances(t)
	slow, late := o.selectSlowly(ids[0])
	o.manager.Lock()
	close(slow.open)
	expectCode(t, <-late, fault.Canceled)
	_, err := o.manager.Current()
	expectCode(t, err, fault.Locked)
}

func TestAKeyInMemoryIsLostWithTheLock(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	o.keys.fails = fault.New(fault.KeychainAbsent, nil)
	hold := func() (*workspace.Workspace, error) {
		o.clipboard.text = testKey
		_, err := o.manager.ConnectFromClipboard(t.Context())
		expectCode(t, err, fault.KeychainAbsent)
		return o.manager.HoldInMemory(t.Context())
	}
	w, err := hold()
	if err != nil {
		t.Fatal(err)
	}
	o.pickOperator(w)
	id := w.Instance.ID
	o.manager.Lock()
	what, _ := o.manager.Locked()
	if !what.Instance.InMemory || len(o.manager.Instances()) != 0 {
		t.Errorf("locked %+v, listed %+v", what, o.manager.Instances())
	}
	_, err = o.manager.Select(t.Context(), id)
	expectCode(t, err, fault.InstanceUnknown)
	w, err = hold()
	if err != nil {
		t.Fatal(err)
	}
	if w.Instance.ID != id || w.KnownOperator().IsNobody() {
		t.Errorf("after the key was pasted again: %+v, operator %q", w.Instance, w.KnownOperator().ID)
	}
}

func TestTheSampleGoesOnBehindTheLock(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w, err := o.manager.ConnectSample(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	started := startOne(t, w)
	o.manager.Lock()
	_, err = o.manager.Current()
	expectCode(t, err, fault.Locked)
	_, err = page(t.Context(), w, true)
	expectCode(t, err, fault.Locked)
	again, err := o.manager.Select(t.Context(), SampleID)
	if err != nil || again != w {
		t.Fatalf("got %+v, %v", again, err)
	}
	if users, err := page(t.Context(), w, true); err != nil || len(users) == 0 {
		t.Errorf("%d users, %v", len(users), err)
	}
	if ended, err := w.Impersonations.End(t.Context(), started.ID); err != nil || ended.State != impersonation.Ended {
		t.Errorf("got %+v, %v", ended, err)
	}
}

func TestTheOperatorStaysAfterALockAndMaySignInAgain(t *testing.T) {
	for _, again := range []bool{false, true} {
		o := newOffice(t, emulator.Config{})
		w := o.connect()
		o.pickOperator(w)
		o.manager.operators.KeepProof(w.Instance.ID, operator.Proof{ID: w.KnownOperator().ID, At: time.Now(), Issuer: o.clerk.URL()})
		changeRules(t, w, func(r *settings.Rules) { r.SignIn.AfterLock = again })
		o.manager.Lock()
		w, err := o.manager.Select(t.Context(), w.Instance.ID)
		if err != nil {
			t.Fatal(err)
		}
		got := w.KnownOperator()
		if got.ID != userID(o.clerk.Server().OperatorID()) || got.Verified == again || got.Name != "" {
			t.Errorf("sign in again %v: %+v", again, got)
		}
	}
}

func TestALockEndsWhatIsOpenedAhead(t *testing.T) {
	o, id := restarted(t)
	o.manager.OpenLast(t.Context())
	ahead := o.manager.opening
	<-ahead.done
	o.manager.Lock()
	if o.manager.Opened() != nil {
		t.Error("handed out after the lock")
	}
	_, err := o.manager.Current()
	expectCode(t, err, fault.Locked)
	if w, err := o.manager.Select(t.Context(), id); err != nil || w == ahead.opened {
		t.Errorf("unlocked %v, %v", w == ahead.opened, err)
	}
}
