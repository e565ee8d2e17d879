package keychain_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"understudy/internal/fault"
	"understudy/internal/keychain"
	"understudy/internal/secret"
)

const (
	instance = "ins_2abcDEF"
	apiURL   = "https://api.example.com/v1"
	pasted   = "sk_test_aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7dE9"
	other    = "sk_live_zY9xW7vU5tS3rQ1pN9mL7kJ5hG3fE1dC9bA7zY5xW3"
)

// fake is a keychain in memory. It is called by one goroutine at a time, as
// the interface promises; running says if that is broken.
type fake struct {
	state   keychain.State
	entries map[string]string
	calls   []string
	fail    error // every operation
	failGet error // Get alone
	ignore  bool  // Set and Delete report success and do nothing
	garble  bool  // Set keeps something else
	panics  bool
	// prompt, if not nil, holds every operation up until something is sent.
	prompt  chan struct{}
	running bool
}

var _ keychain.Backend = (*fake)(nil)

func newFake() *fake { return &fake{state: keychain.Ready, entries: map[string]string{}} }

func (f *fake) Probe(context.Context) keychain.State { return f.state }

func (f *fake) begin(call string) error {
	if f.running {
		panic("two calls at once")
	}
	f.running = true
	defer func() { f.running = false }()
	f.calls = append(f.calls, call)
	if f.prompt != nil {
		<-f.prompt
	}
	if f.panics {
		panic("the service ended")
	}
	return f.fail
}

func (f *fake) Get(service, account string) (string, error) {
	if err := errors.Join(f.begin("get"), f.failGet); err != nil {
		return "", err
	}
	value, ok := f.entries[service+":"+account]
	if !ok {
		return "", keychain.ErrNotFound
	}
	return value, nil
}

func (f *fake) Set(service, account, value string) error {
	if err := f.begin("set"); err != nil || f.ignore {
		return err
	}
	if f.garble {
		value = strings.ToUpper(value)
	}
	f.entries[service+":"+account] = value
	return nil
}

func (f *fake) Delete(service, account string) error {
	if err := f.begin("delete"); err != nil || f.ignore {
		return err
	}
	if _, ok := f.entries[service+":"+account]; !ok {
		return keychain.ErrNotFound
	}
	delete(f.entries, service+":"+account)
	return nil
}

func parse(t *testing.T, text string) secret.Key {
	t.Helper()
	key, err := secret.ParseKey(text)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func open(backend keychain.Backend) *keychain.Keychain {
	return keychain.New(keychain.DevService, backend, keychain.Patience)
}

// operations are the three things done with a key.
func operations(t *testing.T) map[string]func(context.Context, *keychain.Keychain) error {
	t.Helper()
	key := parse(t, pasted)
	return map[string]func(context.Context, *keychain.Keychain) error{
		"get": func(ctx context.Context, k *keychain.Keychain) error {
			_, _, err := k.LoadKey(ctx, instance)
			return err
		},
		"set":    func(ctx context.Context, k *keychain.Keychain) error { return k.SaveKey(ctx, instance, key, apiURL) },
		"delete": func(ctx context.Context, k *keychain.Keychain) error { return k.DeleteKey(ctx, instance) },
	}
}

func TestKeyRoundTrip(t *testing.T) {
	t.Parallel()
	f := newFake()
	k := open(f)
	if err := k.SaveKey(t.Context(), instance, parse(t, other), apiURL); err != nil {
		t.Fatal(err)
	}
	if err := k.SaveKey(t.Context(), instance, parse(t, pasted), apiURL); err != nil {
		t.Fatal(err)
	}
	key, kept, err := k.LoadKey(t.Context(), instance)
	if err != nil || key.Reveal() != pasted || kept != apiURL {
		t.Fatalf("loaded another key, or one for %q: %v", kept, err)
	}
	if want := `{"v":2,"key":"` + pasted + `","api":"` + apiURL + `"}`; f.entries["understudy-dev:"+instance] != want {
		t.Errorf("kept as %q", f.entries)
	}
	if err := k.DeleteKey(t.Context(), instance); err != nil || len(f.entries) != 0 {
		t.Fatalf("still kept: %v", err)
	}
	if _, _, err := k.LoadKey(t.Context(), instance); fault.CodeOf(err) != fault.KeychainNoKey {
		t.Errorf("loaded after it was removed: %v", err)
	}
	if err := k.DeleteKey(t.Context(), instance); err != nil {
		t.Errorf("removing what is not there: %v", err)
	}
}

func TestEveryStateForEveryOperation(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		set  func(*fake)
		want fault.Code
	}{
		"absent, seen before":  {func(f *fake) { f.state = keychain.Absent }, fault.KeychainAbsent},
		"absent, seen in use":  {func(f *fake) { f.fail = keychain.ErrAbsent }, fault.KeychainAbsent},
		"locked":               {func(f *fake) { f.state, f.fail = keychain.Locked, keychain.ErrLocked }, fault.KeychainLocked},
		"declined":             {func(f *fake) { f.fail = keychain.ErrDeclined }, fault.KeychainDeclined},
		"broken":               {func(f *fake) { f.fail = errors.New("message recipient disconnected " + pasted) }, fault.KeychainBroken},
		"the library panics":   {func(f *fake) { f.panics = true }, fault.KeychainBroken},
		"nobody ever answers":  {func(f *fake) { f.prompt = make(chan struct{}) }, fault.KeychainTimedOut},
		"the bus hangs itself": {func(f *fake) { f.state, f.fail = keychain.TimedOut, errors.New("no reply") }, fault.KeychainBroken},
	} {
		for operation, do := range operations(t) {
			t.Run(name+"/"+operation, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					f := newFake()
					c.set(f)
					err := do(t.Context(), open(f))
					synctest.Wait()
					if fault.CodeOf(err) != c.want {
						t.Errorf("err %v, want %s", err, c.want)
					}
					if err != nil && strings.Contains(err.Error(), pasted) {
						t.Errorf("the error shows the key: %v", err)
					}
					if c.want == fault.KeychainAbsent && f.state == keychain.Absent && len(f.calls) != 0 {
						t.Errorf("called without a keychain: %v", f.calls)
					}
					if len(f.calls) > 1 {
						t.Errorf("tried again after no: %v", f.calls)
					}
					if f.prompt != nil {
						close(f.prompt) // lets the goroutine end
					}
				})
			})
		}
	}
}

func TestAChangeThatWasNotMadeIsAFailure(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		set    func(*fake)
		before map[string]string
		save   fault.Code
		remove fault.Code
	}{
		"question dismissed, nothing there": {
			set: func(f *fake) { f.ignore = true }, before: map[string]string{},
			save: fault.KeyNotStored, remove: "",
		},
		"question dismissed, older one there": {
			set: func(f *fake) { f.ignore = true }, before: map[string]string{"understudy-dev:" + instance: "older"},
			save: fault.KeyNotStored, remove: fault.KeychainDeclined,
		},
		"another value is kept": {
			set: func(f *fake) { f.garble = true }, before: map[string]string{},
			save: fault.KeyNotStored, remove: "",
		},
		"dies before it is read back": {
			set: func(f *fake) { f.failGet = errors.New("disconnected") }, before: map[string]string{},
			save: fault.KeychainBroken, remove: fault.KeychainBroken,
		},
		"locks before it is read back": {
			set: func(f *fake) { f.failGet = keychain.ErrLocked }, before: map[string]string{},
			save: fault.KeychainLocked, remove: fault.KeychainLocked,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFake()
			f.entries = maps.Clone(c.before)
			c.set(f)
			if err := open(f).SaveKey(t.Context(), instance, parse(t, pasted), apiURL); fault.CodeOf(err) != c.save {
				t.Errorf("save: %v, want %s", err, c.save)
			}
			f.entries = maps.Clone(c.before)
			if err := open(f).DeleteKey(t.Context(), instance); fault.CodeOf(err) != c.remove {
				t.Errorf("delete: %v, want %q", err, c.remove)
			}
		})
	}
}

// TestALateKeyIsNotKept: the keychain takes the key after the operator gave up
// or the time was over.
func TestALateKeyIsNotKept(t *testing.T) {
	t.Parallel()
	for name, giveUp := range map[string]bool{"canceled": true, "timed out": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f := newFake()
				f.prompt = make(chan struct{})
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				k := open(f)
				key := parse(t, pasted)
				saved := make(chan error)
				go func() { saved <- k.SaveKey(ctx, instance, key, apiURL) }()
				synctest.Wait()
				want := fault.KeychainTimedOut
				if giveUp {
					cancel()
					want = fault.Canceled
				}
				if err := <-saved; fault.CodeOf(err) != want {
					t.Errorf("err %v, want %s", err, want)
				}
				close(f.prompt)
				synctest.Wait()
				if len(f.entries) != 0 || !slices.Equal(f.calls, []string{"set", "get", "delete"}) {
					t.Errorf("kept %d entries after %v", len(f.entries), f.calls)
				}
			})
		})
	}
}

// TestALateRefusalIsNotWorkedAround: nothing more is asked of the keychain, and
// the older key stays.
func TestALateRefusalIsNotWorkedAround(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.entries["understudy-dev:"+instance] = "older"
		f.prompt, f.fail = make(chan struct{}), keychain.ErrDeclined
		if err := open(f).SaveKey(t.Context(), instance, parse(t, pasted), apiURL); fault.CodeOf(err) != fault.KeychainTimedOut {
			t.Error(err)
		}
		close(f.prompt)
		synctest.Wait()
		if f.entries["understudy-dev:"+instance] != "older" || !slices.Equal(f.calls, []string{"set"}) {
			t.Errorf("calls %v, entries %v", f.calls, f.entries)
		}
	})
}

// TestALateAnswerServesTheNextCall: while a question is open there is no
// second one; the next call waits for it, and its own result is the right one.
func TestALateAnswerServesTheNextCall(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.entries["understudy-dev:"+instance] = `{"v":1,"key":"` + pasted + `"}`
		f.prompt = make(chan struct{})
		k := open(f)
		if _, _, err := k.LoadKey(t.Context(), instance); fault.CodeOf(err) != fault.KeychainTimedOut {
			t.Error(err)
		}
		loaded := make(chan secret.Key)
		go func() {
			key, _, err := k.LoadKey(t.Context(), instance)
			if err != nil {
				t.Error(err)
			}
			loaded <- key
		}()
		synctest.Wait()
		if len(f.calls) != 1 {
			t.Errorf("asked again while a question was open: %v", f.calls)
		}
		close(f.prompt)
		if key := <-loaded; key.Reveal() != pasted {
			t.Error("loaded another key")
		}
	})
}

func TestOneCallAtATime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		k := open(f)
		key := parse(t, pasted)
		done := make(chan error)
		for range 20 {
			go func() { done <- k.SaveKey(t.Context(), instance, key, apiURL) }()
		}
		for range 20 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
	})
}

func TestACanceledCallNeverStarts(t *testing.T) {
	t.Parallel()
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	for name, do := range operations(t) {
		f := newFake()
		k := open(f)
		for range 50 { // the select may go either way
			if err := do(canceled, k); fault.CodeOf(err) != fault.Canceled {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

func TestAnEntryOfAnOlderVersionNamesNoAddress(t *testing.T) {
	t.Parallel()
	f := newFake()
	f.entries["understudy-dev:"+instance] = `{"v":1,"key":"` + pasted + `"}`
	key, kept, err := open(f).LoadKey(t.Context(), instance)
	if err != nil || key.Reveal() != pasted || kept != "" {
		t.Errorf("loaded one for %q, %v", kept, err)
	}
}

func TestEntriesThatAreNoKey(t *testing.T) {
	t.Parallel()
	for name, value := range map[string]string{
		"empty": "", "not JSON": pasted, "no key": `{"v":1}`, "another kind": `{"v":1,"key":"pk_test_abc"}`,
		"wrong type": `{"v":1,"key":["` + pasted + `"]}`, "newer": `{"v":3,"key":"` + pasted + `","api":"` + apiURL + `"}`,
		"no address": `{"v":2,"key":"` + pasted + `"}`, "an address before there were any": `{"v":1,"key":"` + pasted + `","api":"` + apiURL + `"}`,
	} {
		f := newFake()
		f.entries["understudy-dev:"+instance] = value
		key, _, err := open(f).LoadKey(t.Context(), instance)
		if fault.CodeOf(err) != fault.KeychainNoKey || !key.IsZero() {
			t.Errorf("%s: %v", name, err)
		}
		for cause := err; cause != nil; cause = errors.Unwrap(cause) {
			if strings.Contains(cause.Error(), pasted) {
				t.Errorf("%s: the error shows the key: %v", name, cause)
			}
		}
	}
}

func TestAccountsAndSizes(t *testing.T) {
	t.Parallel()
	f := newFake()
	k := open(f)
	for _, account := range []string{"", "a:b", "a b", "../x", "ü", "a\n", "$(x)", strings.Repeat("a", 129)} {
		for name, err := range map[string]error{
			"save":       k.Save(t.Context(), account, "x"),
			"save a key": k.SaveKey(t.Context(), account, parse(t, pasted), apiURL),
			"delete":     k.Delete(t.Context(), account),
		} {
			if fault.CodeOf(err) != fault.IDInvalid {
				t.Errorf("%s %q: %v", name, account, err)
			}
		}
		if _, err := k.Load(t.Context(), account); fault.CodeOf(err) != fault.IDInvalid {
			t.Errorf("load %q: %v", account, err)
		}
	}
	if err := k.Save(t.Context(), "audit-head", strings.Repeat("x", 2049)); fault.CodeOf(err) != fault.KeyNotStored {
		t.Errorf("2049 bytes: %v", err)
	}
	if len(f.calls) != 0 {
		t.Errorf("calls %v", f.calls)
	}
	if err := k.Save(t.Context(), "audit-head", strings.Repeat("x", 2048)); err != nil {
		t.Errorf("2048 bytes: %v", err)
	}
}

func TestState(t *testing.T) {
	t.Parallel()
	f := newFake()
	f.state = keychain.Locked
	if got := open(f).State(t.Context()); got != keychain.Locked || len(f.calls) != 0 {
		t.Errorf("state %s after %v", got, f.calls)
	}
	if keychain.Place() == "" {
		t.Error("the place has no name")
	}
}

// maker is a fake that can make the keyring that it lacks.
type maker struct {
	*fake
	declined bool
}

func (m maker) Create(context.Context) error {
	if m.declined {
		return keychain.ErrDeclined
	}
	m.state = keychain.Ready
	return nil
}

func TestWithoutAKeyringNothingIsKeptUntilThereIsOne(t *testing.T) {
	f := newFake()
	f.state = keychain.NoKeyring
	k, key := open(maker{f, false}), parse(t, pasted)
	if err := k.SaveKey(t.Context(), instance, key, apiURL); fault.CodeOf(err) != fault.KeychainNoKeyring {
		t.Errorf("save a key: %v", err)
	}
	if err := k.Save(t.Context(), "audit-head", "1:ab"); fault.CodeOf(err) != fault.KeychainNoKeyring {
		t.Errorf("save: %v", err)
	}
	if _, _, err := k.LoadKey(t.Context(), instance); fault.CodeOf(err) != fault.KeychainNoKey {
		t.Errorf("load: %v", err)
	}
	if err := k.DeleteKey(t.Context(), instance); err != nil {
		t.Errorf("delete: %v", err)
	}
	if len(f.calls) > 0 {
		t.Errorf("asked %v", f.calls)
	}
	if err := open(maker{f, true}).CreateKeyring(t.Context()); fault.CodeOf(err) != fault.KeychainDeclined {
		t.Errorf("declined: %v", err)
	}
	if err := k.CreateKeyring(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := k.SaveKey(t.Context(), instance, key, apiURL); err != nil {
		t.Errorf("save with a keyring: %v", err)
	}
	if err := open(newFake()).CreateKeyring(t.Context()); fault.CodeOf(err) != fault.KeychainAbsent {
		t.Errorf("where none can be made: %v", err)
	}
}
