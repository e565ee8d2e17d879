package instances

import (
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"understudy/internal/clerkapi"
	"understudy/internal/emulator"
	"understudy/internal/fault"
	"understudy/internal/settings"
)

// trap is a server at another address than the one where keys were verified.
type trap struct {
	url      string
	requests atomic.Int64
	keys     atomic.Int64 // requests that had a key with them
}

func newTrap(t *testing.T) *trap {
	t.Helper()
	trapped := &trap{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		trapped.requests.Add(1)
		if r.Header.Get("Authorization") != "" {
			trapped.keys.Add(1)
		}
		w.WriteHeader(http.StatusUnauthorized)
	}))
	t.Cleanup(server.Close)
	trapped.url = server.URL + "/v1"
	return trapped
}

// ways are all that an operator, or the start of the program, does with a key that
// is stored.
func ways(t *testing.T, o *office, id string) map[string]func() error {
	t.Helper()
	choose := func() error {
		_, err := o.manager.Select(t.Context(), id)
		return err
	}
	return map[string]func() error{
		"opening it ahead of the window": func() error {
			o.manager.OpenLast(t.Context())
			<-o.manager.opening.done
			if o.manager.Opened() != nil {
				t.Error("it was opened")
			}
			return choose()
		},
		"choosing it": choose,
		"unlocking it": func() error {
			o.manager.Lock()
			return choose()
		},
		"replacing its key": func() error {
			_, err := o.manager.ReplaceKeyFromClipboard(t.Context(), id)
			return err
		},
		"coming back from the sample workspace": func() error {
			if _, err := o.manager.ConnectSample(t.Context()); err != nil {
				t.Fatal(err)
			}
			return choose()
		},
	}
}

func TestAStoredKeyGoesToTheAddressWhereItWasVerifiedAndNowhereElse(t *testing.T) {
	for name, edit := range map[string]func(o *office, id, other string){
		"another address is set": func(*office, string, string) {},
		"the settings were edited to name it": func(o *office, id, other string) {
			o.edit(func(s *settings.Settings) { s.Change(id, func(i *settings.Instance) { i.APIURL = other }) })
		},
		"the settings were edited to name none": func(o *office, id, _ string) {
			o.edit(func(s *settings.Settings) { s.Change(id, func(i *settings.Instance) { i.APIURL = "" }) })
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t, emulator.Config{})
			w := o.connect()
			o.pickOperator(w)
			id, there := w.Instance.ID, newTrap(t)
			edit(o, id, there.url)
			for way, do := range ways(t, o, id) {
				o.apiURL = there.url
				o.restart()
				o.clipboard.text = testKey
				if err := do(); fault.CodeOf(err) != fault.InstanceElsewhere {
					t.Errorf("%s: %v", way, err)
				}
			}
			if got := there.requests.Load(); got != 0 {
				t.Errorf("%d requests to the other address, %d with a key", got, there.keys.Load())
			}
		})
	}
}

func TestTheAddressOfAnotherDayIsKeptWhenTheVariableIsGone(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	id, clerks := w.Instance.ID, newTrap(t) // stands for api.clerk.com
	for name, edited := range map[string]string{"as it was": o.clerk.APIURL(), "edited": "", "edited to Clerk's": clerks.url} {
		o.edit(func(s *settings.Settings) { s.Change(id, func(i *settings.Instance) { i.APIURL = edited }) })
		o.apiURL = clerks.url
		o.restart()
		_, err := o.manager.Select(t.Context(), id)
		if fault.CodeOf(err) != fault.InstanceElsewhere {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := clerks.requests.Load(); got != 0 {
		t.Errorf("%d requests", got)
	}
}

func TestAKeyOfAnOlderVersionGoesToClerkAlone(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	id := o.connect().Instance.ID
	delete(o.keys.bases, id) // an item that names no address
	o.edit(func(s *settings.Settings) { s.Change(id, func(i *settings.Instance) { i.APIURL = "" }) })
	o.restart()
	o.clerk.Server().ResetRequests()
	_, err := o.manager.Select(t.Context(), id)
	expectCode(t, err, fault.InstanceElsewhere)
	o.edit(func(s *settings.Settings) { s.Change(id, func(i *settings.Instance) { i.APIURL = o.clerk.APIURL() }) })
	_, err = o.manager.Select(t.Context(), id)
	expectCode(t, err, fault.InstanceElsewhere)
	if asked := o.clerk.Server().Requests(); len(asked) != 0 {
		t.Errorf("asked %v", asked)
	}
	o.manager.config.APIURL = clerkapi.PublicURL
	o.edit(func(s *settings.Settings) { s.Change(id, func(i *settings.Instance) { i.APIURL = "" }) })
	kept, _ := o.store.Get().Instance(id)
	if key, err := o.manager.storedKey(t.Context(), kept); err != nil || key.Reveal() != testKey {
		t.Errorf("at Clerk's own address: %v", err)
	}
}

func TestConnectingAnewAtAnotherAddress(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	first := o.connect()
	if err := o.manager.Describe(first.Instance.ID, "Mine", "teal"); err != nil {
		t.Fatal(err)
	}
	before := o.clerk
	o.clerk = newOffice(t, emulator.Config{}).clerk // the same instance, behind another address
	o.restart()
	before.Server().ResetRequests()
	o.clipboard.text = testKey
	w := o.connect()
	if w.Instance.ID != first.Instance.ID || w.Instance.Name != "Mine" || len(o.manager.Instances()) != 1 {
		t.Errorf("connected %+v among %+v", w.Instance, o.manager.Instances())
	}
	if moved, err := w.Moved(t.Context()); err != nil || moved != nil {
		t.Errorf("what was pinned at the other address is asked about: %v, %v", moved, err)
	}
	o.restart()
	if _, err := o.manager.Select(t.Context(), w.Instance.ID); err != nil {
		t.Errorf("the next start: %v", err)
	}
	if asked := before.Server().Requests(); len(asked) != 0 {
		t.Errorf("the address before was asked %v", asked)
	}
}

// edit changes the settings file as somebody does with an editor.
func (o *office) edit(change func(*settings.Settings)) {
	o.t.Helper()
	if err := o.store.Update(func(s *settings.Settings) error { change(s); return nil }); err != nil {
		o.t.Fatal(err)
	}
}
