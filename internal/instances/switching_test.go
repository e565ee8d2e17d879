package instances

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"

	"understudy/internal/clerkapi"
	"understudy/internal/directory"
	"understudy/internal/emulator"
	"understudy/internal/fault"
	"understudy/internal/secret"
	"understudy/internal/workspace"
)

const liveKey = "sk_live_CanaryCanaryCanaryCanaryCanaryCanary00"

// street is the way to two stand-ins for Clerk, each for one key. While it is shut,
// requests for users wait. They are answered when it opens, even if nobody wants the
// answer any more.
type street struct {
	hosts map[string]string // by key
	next  http.RoundTripper

	mu      sync.Mutex
	barrier chan struct{} // nil: open
	waiting chan struct{}
}

func (s *street) RoundTrip(r *http.Request) (*http.Response, error) {
	s.mu.Lock()
	barrier, waiting := s.barrier, s.waiting
	s.mu.Unlock()
	key := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	r = r.Clone(context.WithoutCancel(r.Context()))
	r.URL.Host = s.hosts[key]
	if barrier != nil && strings.HasPrefix(r.URL.Path, "/v1/users") {
		waiting <- struct{}{}
		<-barrier
	}
	return s.next.RoundTrip(r)
}

func (s *street) CloseIdleConnections() {}

// shut makes requests wait until open is called, and gives one signal for each.
func (s *street) shut() (waiting <-chan struct{}, open func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	barrier, arrived := make(chan struct{}), make(chan struct{}, 100)
	s.barrier, s.waiting = barrier, arrived
	return arrived, func() {
		s.mu.Lock()
		s.barrier = nil
		s.mu.Unlock()
		close(barrier)
	}
}

// newTwoInstances is an office with a development and a production instance, whose
// users have nothing in common.
func newTwoInstances(t *testing.T) (o *office, way *street, ids [2]string) {
	t.Helper()
	o = newOffice(t, emulator.Config{Seed: 1})
	other, err := emulator.Start(t.Context(), "127.0.0.1:0", emulator.Config{Seed: 2, Users: 50, Now: o.manager.config.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.Close() })
	way = &street{next: clerkapi.NewTransport(), hosts: map[string]string{
		testKey: strings.TrimPrefix(o.clerk.URL(), "http://"), liveKey: strings.TrimPrefix(other.URL(), "http://"),
	}}
	o.manager.config.Transport = way
	for i, key := range []string{testKey, liveKey} {
		o.clipboard.text = key
		ids[i] = o.connect().Instance.ID
	}
	return o, way, ids
}

// page asks for the users of a workspace as the window does.
func page(ctx context.Context, w *workspace.Workspace, mayStop bool) ([]clerkapi.User, error) {
	return workspace.During(ctx, w, mayStop, func(ctx context.Context, w *workspace.Workspace) ([]clerkapi.User, error) {
		found, err := w.Directory.Page(ctx, directory.Request{
			View: directory.View{Order: clerkapi.Order{Field: clerkapi.ByCreated, Descending: true}}, Total: -1,
		})
		return found.Rows, err
	})
}

func TestTwoInstancesSwitchedAHundredTimes(t *testing.T) {
	o, way, ids := newTwoInstances(t)
	home := map[clerkapi.UserID]string{} // the instance that a user is of
	for _, id := range ids {
		w, err := o.manager.Select(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		users, err := page(t.Context(), w, true)
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range users {
			if home[u.ID] != "" {
				t.Fatal("the two have a user in common")
			}
			home[u.ID] = id
		}
	}
	const asking = 4
	for i := range 100 {
		w, err := o.manager.Current()
		if err != nil {
			t.Fatal(err)
		}
		waiting, open := way.shut()
		failures := make(chan error, asking)
		for n := range asking {
			go func() {
				users, err := page(t.Context(), w, n%2 == 0)
				if len(users) > 0 {
					t.Errorf("switch %d: %d users arrived from the instance that was left", i, len(users))
				}
				failures <- err
			}()
		}
		for range asking {
			<-waiting
		}
		w, err = o.manager.Select(t.Context(), ids[i%2])
		if err != nil {
			t.Fatal(err)
		}
		open()
		for range asking {
			expectCode(t, <-failures, fault.Canceled)
		}
		users, err := page(t.Context(), w, true)
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range users {
			if home[u.ID] != ids[i%2] {
				t.Fatalf("switch %d shows a user of the other instance", i)
			}
		}
	}
}

// slowKeys is a keychain that waits for its password before it opens one key.
type slowKeys struct {
	*keys
	waits string
	asked chan struct{}
	open  chan struct{}
}

func (k *slowKeys) LoadKey(ctx context.Context, id string) (secret.Key, string, error) {
	if id == k.waits {
		k.asked <- struct{}{}
		<-k.open
	}
	return k.keys.LoadKey(ctx, id)
}

// selectSlowly begins to select an instance whose key the keychain holds back
// until keys.open is closed. late tells what came of it.
func (o *office) selectSlowly(id string) (keys *slowKeys, late <-chan error) {
	keys = &slowKeys{keys: o.keys, waits: id, asked: make(chan struct{}), open: make(chan struct{})}
	o.manager.config.Keys = keys
	outcome := make(chan error, 1)
	go func() {
		_, err := o.manager.Select(o.t.Context(), id)
		outcome <- err
	}()
	<-keys.asked
	return keys, outcome
}

func TestTheLatestAttemptWins(t *testing.T) {
	o, _, ids := newTwoInstances(t)
	slow, late := o.selectSlowly(ids[0])
	if _, err := o.manager.Select(t.Context(), ids[1]); err != nil {
		t.Fatal(err)
	}
	close(slow.open)
	expectCode(t, <-late, fault.Canceled)
	if w, err := o.manager.Current(); err != nil || w.Instance.ID != ids[1] {
		t.Errorf("in use is %+v, %v", w, err)
	}
}
