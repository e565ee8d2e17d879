package instances

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"understudy/internal/audit"
	"understudy/internal/browser"
	"understudy/internal/clerkapi"
	"understudy/internal/directory"
	"understudy/internal/emulator"
	"understudy/internal/fault"
	"understudy/internal/held"
	"understudy/internal/impersonation"
	"understudy/internal/loopback"
	"understudy/internal/operator"
	"understudy/internal/secret"
	"understudy/internal/settings"
	"understudy/internal/viewonly"
	"understudy/internal/workspace"
)

// keys is a keychain that can refuse.
type keys struct {
	declines bool // the question for the password of a new keyring
	kept     map[string]secret.Key
	bases    map[string]string // the address of the API that each was kept for
	fails    error
	calls    int
}

var _ Keys = (*keys)(nil)

func (k *keys) SaveKey(_ context.Context, id string, key secret.Key, apiURL string) error {
	k.calls++
	if k.fails == nil {
		k.kept[id], k.bases[id] = key, apiURL
	}
	return k.fails
}

// CreateKeyring ends what fails for want of a keyring, unless it is declined.
func (k *keys) CreateKeyring(context.Context) error {
	if k.declines {
		return fault.New(fault.KeychainDeclined, nil)
	}
	k.fails = nil
	return nil
}

func (k *keys) LoadKey(_ context.Context, id string) (secret.Key, string, error) {
	k.calls++
	if key, ok := k.kept[id]; ok || k.fails != nil {
		return key, k.bases[id], k.fails
	}
	return secret.Key{}, "", fault.New(fault.KeychainNoKey, nil)
}

func (k *keys) DeleteKey(_ context.Context, id string) error {
	k.calls++
	if k.fails == nil {
		delete(k.kept, id)
	}
	return k.fails
}

// clipboard is a text.
type clipboard struct {
	text    string
	onWrite func(text string) // nil: nobody looks
}

var _ workspace.Clipboard = (*clipboard)(nil)

func (c *clipboard) Read(context.Context) (string, error) { return c.text, nil }
func (c *clipboard) Write(_ context.Context, text string) error {
	c.text = text
	if c.onWrite != nil {
		c.onWrite(text)
	}
	return nil
}

// visitor opens tickets as a browser does: with cookies, following redirects.
type visitor struct {
	t      *testing.T
	client *http.Client
	page   string
}

var _ impersonation.Opener = (*visitor)(nil)

func (v *visitor) Close(string) {}

func (v *visitor) Open(ctx context.Context, _ string, visit browser.Visit) (held.Window, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, visit.Ticket.Reveal(), nil)
	if err != nil {
		v.t.Fatal(err)
	}
	response, err := v.client.Do(request)
	if err != nil {
		v.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	v.page = string(body)
	return nil, err
}

// office is a computer with Understudy on it, and a Clerk that answers.
type office struct {
	t         *testing.T
	dir       string
	clerk     *emulator.Running
	keys      *keys
	vault     audit.Vault
	clipboard *clipboard
	visitor   *visitor
	person    *person
	store     *settings.Store
	managed   settings.Managed
	apiURL    string // of the next start; "" for clerk's address
	manager   *Manager
	// ahead is how far the computer's clock has moved on since the start, in
	// nanoseconds. Work in the background reads it too.
	ahead atomic.Int64
}

func (o *office) now() time.Time { return time.Now().Add(time.Duration(o.ahead.Load())) }

const testKey = "sk_test_CanaryCanaryCanaryCanaryCanaryCanary00"

func newOffice(t *testing.T, instance emulator.Config) *office {
	t.Helper()
	instance.Now = time.Now
	if instance.Users == 0 {
		instance.Users = 50
	}
	running, err := emulator.Start(t.Context(), "127.0.0.1:0", instance)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = running.Close() })
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	o := &office{
		t: t, dir: t.TempDir(), clerk: running, keys: &keys{kept: map[string]secret.Key{}, bases: map[string]string{}},
		clipboard: &clipboard{text: testKey}, visitor: &visitor{t: t, client: &http.Client{Jar: jar}},
	}
	o.person = newPerson(t, running.Server().OperatorID())
	o.restart()
	return o
}

// restart is the program started anew on the same computer.
func (o *office) restart() {
	o.t.Helper()
	if o.manager != nil {
		if err := o.manager.Close(); err != nil {
			o.t.Fatal(err)
		}
	}
	store, err := settings.Open(filepath.Join(o.dir, "config"), o.managed)
	if err != nil {
		o.t.Fatal(err)
	}
	o.store = store
	o.manager = New(Config{
		Settings: store, Keys: o.keys, Vault: o.vault, AuditDir: filepath.Join(o.dir, "audit"),
		Opener: o.visitor, Clipboard: o.clipboard, APIURL: cmp.Or(o.apiURL, o.clerk.APIURL()),
		Version: "test", Transport: clerkapi.NewTransport(), Now: o.now, NewID: rand.Text,
		SignIn: &operator.SignIn{
			Ports: freePorts(o.t), Network: loopback.ThisComputer(), Transport: clerkapi.NewTransport(), Browser: o.person,
			NewSecret: rand.Text, Now: o.now, After: time.After,
		},
		AfterFunc: func(time.Duration, func()) {},
	})
	manager := o.manager
	o.t.Cleanup(func() { _ = manager.Close() })
}

func (o *office) connect() *workspace.Workspace {
	o.t.Helper()
	w, err := o.manager.ConnectFromClipboard(o.t.Context())
	if err != nil {
		o.t.Fatal(err)
	}
	return w
}

func (o *office) pickOperator(w *workspace.Workspace) {
	o.t.Helper()
	if _, err := w.PickOperator(o.t.Context(), userID(o.clerk.Server().OperatorID())); err != nil {
		o.t.Fatal(err)
	}
}

// clientOf is what a workspace asks Clerk with.
func clientOf(w *workspace.Workspace) *clerkapi.Client {
	return w.Impersonations.Tokens.(*clerkapi.Client)
}

// somebody is a user who can be impersonated.
func somebody(t *testing.T, w *workspace.Workspace) clerkapi.User {
	t.Helper()
	page, err := w.Directory.Page(t.Context(), directory.Request{
		View: directory.View{Order: clerkapi.Order{Field: clerkapi.ByCreated, Descending: true}}, Total: -1,
	})
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(page.Rows, func(u clerkapi.User) bool {
		return !u.Banned && !u.Locked && u.Email != "" && u.ID != w.KnownOperator().ID
	})
	return page.Rows[i]
}

// files returns the text of every file of the office.
func (o *office) files() string {
	o.t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(o.dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		all.Write(text)
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return all.String()
}

func expectCode(t *testing.T, err error, want fault.Code) {
	t.Helper()
	if got := fault.CodeOf(err); got != want {
		t.Errorf("got %q (%v), want %q", got, err, want)
	}
}

func TestConnectKeepsTheKeyInTheKeychainAlone(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	o.clipboard.text = "CLERK_SECRET_KEY=\"" + testKey + "\"\n"
	w := o.connect()
	if o.keys.kept[w.Instance.ID].Reveal() != testKey {
		t.Error("the keychain does not have the key")
	}
	if o.clipboard.text != "" {
		t.Error("the key is still on the clipboard")
	}
	if strings.Contains(o.files(), "Canary") {
		t.Error("the key is in a file")
	}
	want := workspace.Instance{
		ID: w.Instance.ID, Name: w.Instance.Name, Environment: secret.Development,
		KeyHint: "sk_test_…ry00", Frontends: []string{o.clerk.URL()},
	}
	if all := o.manager.Instances(); len(all) != 1 || all[0].KeyHint != want.KeyHint || all[0].ID != want.ID ||
		!slices.Equal(all[0].Frontends, want.Frontends) || all[0].InMemory || all[0].Sample {
		t.Errorf("got %+v, want %+v", all, want)
	}
}

func TestAKeyThatCannotBeListedIsNotKept(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	if err := os.WriteFile(filepath.Join(o.dir, "config"), nil, 0o600); err != nil { // no folder can be made there
		t.Fatal(err)
	}
	_, err := o.manager.ConnectFromClipboard(t.Context())
	expectCode(t, err, fault.SettingsUnwritable)
	if len(o.keys.kept) > 0 {
		t.Error("a key stays in the keychain that the list does not show")
	}
}

func TestClipboardIsLeftAloneWhenItChanged(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	o.keys.fails = fault.New(fault.KeychainAbsent, nil)
	if _, err := o.manager.ConnectFromClipboard(t.Context()); err == nil {
		t.Fatal("there is no keychain")
	}
	o.clipboard.text = "something else"
	if _, err := o.manager.HoldInMemory(t.Context()); err != nil {
		t.Fatal(err)
	}
	if o.clipboard.text != "something else" {
		t.Error("wiped what the operator copied meanwhile")
	}
}

func TestConnectRefuses(t *testing.T) {
	tests := []struct {
		name     string
		instance emulator.Config
		pasted   string
		fault    emulator.Fault
		want     fault.Code
	}{
		{"a publishable key", emulator.Config{}, "pk_test_Y2xlcmsuYWNtZS5jb20k", emulator.Fault{}, fault.KeyPublishable},
		{"another key than Clerk's", emulator.Config{SecretKey: emulator.SampleKey}, testKey, emulator.Fault{}, fault.KeyRefused},
		{"Clerk is down", emulator.Config{}, testKey, emulator.Fault{Kind: emulator.FaultHTML}, fault.ClerkBroken},
		{"a captive portal", emulator.Config{}, testKey, emulator.Fault{Kind: emulator.FaultCaptivePortal}, fault.ClerkAnswer},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := newOffice(t, tt.instance)
			if tt.fault.Kind != "" {
				if err := o.clerk.Server().Inject(tt.fault); err != nil {
					t.Fatal(err)
				}
			}
			o.clipboard.text = tt.pasted
			_, err := o.manager.ConnectFromClipboard(t.Context())
			expectCode(t, err, tt.want)
			if o.keys.calls > 0 || len(o.manager.Instances()) > 0 {
				t.Error("a key that Clerk did not accept was kept")
			}
			if o.clipboard.text != tt.pasted {
				t.Error("the clipboard was wiped though nothing was kept")
			}
		})
	}
}

// placeElsewhere makes Clerk say of a development key that it is a production one.
func (o *office) placeElsewhere() {
	clerk := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"object":"instance","id":"ins_1","environment_type":"production"}`)
	}))
	o.t.Cleanup(clerk.Close)
	o.manager.config.APIURL = clerk.URL + "/v1"
}

func TestConnectRefusesAKeyThatClerkPlacesElsewhere(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	o.placeElsewhere()
	_, err := o.manager.ConnectFromClipboard(t.Context())
	expectCode(t, err, fault.KeyEnvironment)
	if o.keys.calls > 0 {
		t.Error("the key was kept")
	}
}

func TestConnectFromFile(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	env := filepath.Join(t.TempDir(), ".env")
	if err := os.WriteFile(env, []byte("# keys\nNEXT_PUBLIC_URL=x\nCLERK_SECRET_KEY="+testKey+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := o.manager.ConnectFromFile(t.Context(), env); err != nil {
		t.Error(err)
	}
	for name, path := range map[string]string{"missing": env + ".no", "a folder": t.TempDir()} {
		_, err := o.manager.ConnectFromFile(t.Context(), path)
		if fault.CodeOf(err) != fault.KeyFile {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestAFileWithoutOneKeyIsNotCalledTheClipboard(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	env := filepath.Join(t.TempDir(), ".env")
	for content, want := range map[string]string{
		"":            "There is no secret key in that file.",
		"# nothing\n": "There is no secret key in that file.",
		"PORT=3000\n": "There is no secret key in that file.",
		"\xff\xfe":    "There is no secret key in that file.",
		testKey + "\n" + strings.Replace(testKey, "Canary", "Magpie", 1): "There is more than one secret key in that file.",
		"CLERK_PUBLISHABLE_KEY=pk_test_Y2xlcmsuZXhhbXBsZS5jb20k":         "That is the publishable key. Understudy needs the secret key.",
	} {
		if err := os.WriteFile(env, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := o.manager.ConnectFromFile(t.Context(), env)
		if got := fault.From(err); err == nil || got.Sentence() != want || strings.Contains(got.Next(), "copy") && got.Code == fault.KeyFile {
			t.Errorf("%q: %v", content, err)
		}
	}
}

func TestWithoutAKeyringTheKeyIsKeptInANewOne(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	if _, err := o.manager.KeepInNewKeyring(t.Context()); fault.CodeOf(err) != fault.NotConnected {
		t.Errorf("without a key: %v", err)
	}
	o.keys.fails, o.keys.declines = fault.New(fault.KeychainNoKeyring, nil), true
	_, err := o.manager.ConnectFromClipboard(t.Context())
	expectCode(t, err, fault.KeychainNoKeyring)
	_, err = o.manager.KeepInNewKeyring(t.Context())
	expectCode(t, err, fault.KeychainDeclined)
	o.keys.declines = false
	w, err := o.manager.KeepInNewKeyring(t.Context())
	if err != nil || w.Instance.InMemory || len(o.keys.kept) != 1 {
		t.Fatalf("got %+v, %v, %d kept", w, err, len(o.keys.kept))
	}
	if o.clipboard.text != "" {
		t.Error("the key is still on the clipboard")
	}
	if _, err := o.manager.HoldInMemory(t.Context()); fault.CodeOf(err) != fault.NotConnected {
		t.Errorf("the key waits still: %v", err)
	}
}

func TestWithoutAKeychainTheKeyCanBeHeldForThisRun(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	o.keys.fails = fault.New(fault.KeychainAbsent, nil)
	_, err := o.manager.ConnectFromClipboard(t.Context())
	expectCode(t, err, fault.KeychainAbsent)
	if o.clipboard.text != testKey {
		t.Error("the key is gone from the clipboard and kept nowhere")
	}
	w, err := o.manager.HoldInMemory(t.Context())
	if err != nil || !w.Instance.InMemory {
		t.Fatalf("got %+v, %v", w, err)
	}
	if o.clipboard.text != "" {
		t.Error("the key is still on the clipboard")
	}
	o.pickOperator(w)
	if all := o.manager.Instances(); len(all) != 1 || !all[0].InMemory {
		t.Errorf("listed as %+v", all)
	}
	if _, err := o.manager.Select(t.Context(), w.Instance.ID); err != nil {
		t.Errorf("cannot be selected again: %v", err)
	}
	if strings.Contains(o.files(), "Canary") {
		t.Error("the key is in a file")
	}
	_, err = o.manager.HoldInMemory(t.Context())
	expectCode(t, err, fault.NotConnected)
	o.restart()
	if all := o.manager.Instances(); len(all) != 0 {
		t.Errorf("the next run knows %+v", all)
	}
}

func TestSelectAfterARestart(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	id := o.connect().Instance.ID
	w, err := o.manager.Current()
	if err != nil {
		t.Fatal(err)
	}
	o.pickOperator(w)
	o.restart()
	_, err = o.manager.Current()
	expectCode(t, err, fault.NotConnected)
	if err := o.clerk.Server().Inject(emulator.Fault{Kind: emulator.FaultHang, Times: 1}); err != nil {
		t.Fatal(err)
	}
	// Clerk does not answer, so a Select that waited for it would never end.
	w, err = o.manager.Select(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	o.clerk.Server().ClearFaults()
	known, err := w.Operator(t.Context())
	if err != nil || known.Name == "" || known.Verified {
		t.Errorf("operator %+v, %v", known, err)
	}
	_, err = o.manager.Select(t.Context(), "ins_other")
	expectCode(t, err, fault.InstanceUnknown)
	o.keys.fails = fault.New(fault.KeychainLocked, nil)
	_, err = o.manager.Select(t.Context(), id)
	expectCode(t, err, fault.KeychainLocked)
}

func TestForget(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	id := o.connect().Instance.ID
	o.keys.fails = fault.New(fault.KeychainDeclined, nil)
	expectCode(t, o.manager.Forget(t.Context(), id), fault.KeychainDeclined)
	if len(o.manager.Instances()) != 1 {
		t.Error("the list lost an instance whose key is still there")
	}
	o.keys.fails = nil
	if err := o.manager.Forget(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if len(o.keys.kept) > 0 || len(o.manager.Instances()) > 0 || o.store.Get().Selected != "" {
		t.Errorf("left: keys %d, instances %+v", len(o.keys.kept), o.manager.Instances())
	}
	_, err := o.manager.Current()
	expectCode(t, err, fault.NotConnected)
}

// TestImpersonation is the main job on real parts: SDK, HTTP, audit log, and a
// client with cookies in the place of the browser.
func TestImpersonation(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	o.pickOperator(w)
	user := somebody(t, w)
	i, err := w.Impersonations.Create(t.Context(), impersonation.Request{
		UserID: user.ID, Reason: "Ticket 48213", LinkLife: time.Minute, SessionLength: 30 * time.Minute,
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Impersonations.Open(t.Context(), i.ID, "default"); err != nil {
		t.Fatal(err)
	}
	sessions := o.clerk.Server().Sessions()
	if len(sessions) != 1 || sessions[0].UserID != user.ID.String() || sessions[0].Status != "active" {
		t.Fatalf("Clerk has %+v", sessions)
	}
	actor := sessions[0].Actor
	if actor["sub"] != o.clerk.Server().OperatorID() || actor["rid"] != i.ID || actor["iss"] != "understudy" ||
		!strings.HasPrefix(actor["log"].(string), "1:") {
		t.Errorf("actor payload %+v", actor)
	}
	board := w.Impersonations.Live(t.Context())
	if board.Problem != nil || board.Items[0].State != impersonation.Live {
		t.Errorf("board %+v", board)
	}
	if _, err := w.Impersonations.End(t.Context(), i.ID); err != nil {
		t.Fatal(err)
	}
	if got := o.clerk.Server().Sessions()[0].Status; got != "revoked" {
		t.Errorf("the session is %s", got)
	}
	past, err := w.History.Recent()
	if err != nil || len(past) != 1 || past[0].Request().User != user.ID.String() || past[0].Stage != audit.StageEnded || past[0].Request().Reason != "Ticket 48213" {
		t.Errorf("history %+v, %v", past, err)
	}
	if v, err := w.History.Verify(t.Context()); err != nil || !v.State.Holds() || v.Records != 5 {
		t.Errorf("verified %+v, %v", v, err)
	}
	if files := o.files(); strings.Contains(files, "ticket=") || strings.Contains(files, user.Email) || strings.Contains(files, "Canary") {
		t.Error("a ticket, an address or the key is in a file")
	}
}

func TestNothingIsAskedWhenTheRecordCannotBeWritten(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	o.pickOperator(w)
	user := somebody(t, w)
	if err := w.History.Log.Close(); err != nil { // as a disk that is gone
		t.Fatal(err)
	}
	o.clerk.Server().ResetRequests()
	_, err := w.Impersonations.Create(t.Context(), impersonation.Request{
		UserID: user.ID, Reason: "r", LinkLife: time.Minute, SessionLength: 30 * time.Minute,
	})
	expectCode(t, err, fault.AuditUnwritable)
	if n := o.clerk.Server().CountRequests(http.MethodPost, "/"); n != 0 {
		t.Errorf("%d requests left", n)
	}
}

func TestARestartFindsWhatIsStillOpen(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	id := w.Instance.ID
	o.pickOperator(w)
	i, err := w.Impersonations.Create(t.Context(), impersonation.Request{
		UserID: somebody(t, w).ID, Reason: "r", LinkLife: time.Minute, SessionLength: 30 * time.Minute,
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Impersonations.Open(t.Context(), i.ID, "default"); err != nil {
		t.Fatal(err)
	}
	o.restart()
	w, err = o.manager.Select(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	board := w.Impersonations.Live(t.Context())
	if len(board.Items) != 1 || board.Items[0].ID != i.ID || board.Items[0].State != impersonation.Live {
		t.Fatalf("board %+v", board)
	}
	if got, err := w.Impersonations.End(t.Context(), i.ID); err != nil || got.State != impersonation.Ended {
		t.Errorf("got %+v, %v", got, err)
	}
	if got := o.clerk.Server().Sessions()[0].Status; got != "revoked" {
		t.Errorf("the session is %s", got)
	}
}

func TestTheSampleBeginsInViewOnly(t *testing.T) {
	w, err := newOffice(t, emulator.Config{}).manager.ConnectSample(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got := w.Rules().Changes.Default; got != viewonly.ViewOnly {
		t.Errorf("begins in %q", got)
	}
}

func TestSampleTouchesNothingReal(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w, err := o.manager.ConnectSample(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !w.Instance.Sample || w.Instance.ID != SampleID || w.KnownOperator().IsNobody() {
		t.Errorf("got %+v", w.Instance)
	}
	i, err := w.Impersonations.Create(t.Context(), impersonation.Request{
		UserID: somebody(t, w).ID, LinkLife: time.Minute, SessionLength: 30 * time.Minute,
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Impersonations.Open(t.Context(), i.ID, "default"); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(o.visitor.page, "Sample workspace") {
		t.Errorf("the page does not say what it is")
	}
	if err := w.Settings().Update(func(s *settings.Settings) error { s.Preferences.Theme = "dark"; return nil }); err != nil {
		t.Fatal(err)
	}
	if o.keys.calls != 0 || o.files() != "" || len(o.clerk.Server().Requests()) != 0 {
		t.Errorf("keychain calls %d, files %q", o.keys.calls, o.files())
	}
	if all := o.manager.Instances(); len(all) != 1 || !all[0].Sample {
		t.Errorf("listed as %+v", all)
	}
	if err := o.manager.Close(); err != nil {
		t.Error(err)
	}
	if _, err := http.Get(w.Instance.Frontends[0]); err == nil {
		t.Error("the stand-in still runs")
	}
}

func TestCancelledConnect(t *testing.T) {
	o := newOffice(t, emulator.Config{Scene: emulator.Scene{Latency: time.Hour}})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		_, err := o.manager.Connect(ctx, testKey)
		done <- err
	}()
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) && fault.CodeOf(err) != fault.Canceled {
		t.Errorf("got %v", err)
	}
}
