package doctor_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"understudy/internal/browser"
	"understudy/internal/doctor"
	"understudy/internal/journal"
	"understudy/internal/keychain"
	"understudy/internal/managed"
	"understudy/internal/sentence"
)

// expect runs one check and compares its state and a part of its detail.
func expect(t *testing.T, check doctor.Check, state doctor.State, part string) {
	t.Helper()
	results := doctor.Run(t.Context(), []doctor.Check{check})
	if len(results) != 1 || results[0].State != state || !strings.Contains(results[0].Detail, part) {
		t.Errorf("%+v, want %s with %q", results, state, part)
	}
}

func TestEachStateOfTheKeychainIsTold(t *testing.T) {
	for state, want := range map[keychain.State]doctor.State{
		keychain.Ready: doctor.Good, keychain.Locked: doctor.Warning, keychain.NoKeyring: doctor.Warning,
		keychain.Absent: doctor.Failed, keychain.Broken: doctor.Failed, keychain.Declined: doctor.Failed, keychain.TimedOut: doctor.Failed,
	} {
		expect(t, doctor.Keychain("your keyring", func(context.Context) keychain.State { return state }), want, "your keyring")
	}
}

func TestBrowsersWithoutAPrivateWindowAreAWarning(t *testing.T) {
	own := browser.Browser{ID: "default"}
	barred := browser.Browser{ID: "firefox", Name: "Firefox", Isolated: true, Barrier: sentence.Of("barrier.private", "browser", "Firefox")}
	open := browser.Browser{ID: "chromium", Name: "Chromium", Isolated: true}
	expect(t, doctor.Browsers(func() []browser.Browser { return []browser.Browser{own, barred} }), doctor.Warning, "does not allow private windows")
	expect(t, doctor.Browsers(func() []browser.Browser { return []browser.Browser{open, own} }), doctor.Good, "Chromium, the default browser")
}

func TestAFolderThatCannotBeUsedFails(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	private, file := filepath.Join(home, "private"), filepath.Join(home, "file")
	if err := os.Mkdir(private, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	expect(t, doctor.Folders(private, filepath.Join(home, "later")), doctor.Good, "not made yet")
	expect(t, doctor.Folders(private, file), doctor.Failed, "~"+string(filepath.Separator)+"file cannot be used")
	for _, result := range doctor.Run(t.Context(), []doctor.Check{doctor.Folders(private, file)}) {
		if strings.Contains(result.Detail, home) {
			t.Errorf("names the folder of the user: %s", result.Detail)
		}
	}
}

func TestAFolderOutsideOfTheHomeIsToldByItsLastName(t *testing.T) {
	for home, folder := range map[string]string{"priya": "priyanka/understudy", "home/priya": "share/priya/understudy"} {
		at := t.TempDir()
		t.Setenv("HOME", filepath.Join(at, home))
		t.Setenv("USERPROFILE", filepath.Join(at, home))
		check := doctor.Folders(filepath.Join(at, folder))
		if _, detail := check.Look(t.Context()); detail != filepath.Join("…", "understudy")+" not made yet" {
			t.Errorf("%s: %s", folder, detail)
		}
	}
}

func TestAPolicyThatIsNotTakenFails(t *testing.T) {
	path := filepath.Join(t.TempDir(), "policy.json")
	expect(t, doctor.Policy(managed.File{Path: path, Owner: os.Getuid()}), doctor.Good, "manages nothing")
	if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	expect(t, doctor.Policy(managed.File{Path: path, Owner: os.Getuid()}), doctor.Failed, "")
}

func TestClerksClockIsCompared(t *testing.T) {
	clock := time.Now()
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" {
			t.Error("a key was sent")
		}
		w.Header().Set("Date", clock.UTC().Format(http.TimeFormat))
	}))
	t.Cleanup(server.Close)
	for ahead, want := range map[time.Duration]doctor.State{
		0: doctor.Good, 30 * time.Second: doctor.Warning, -30 * time.Second: doctor.Warning, 2 * time.Hour: doctor.Failed,
	} {
		now := func() time.Time { return clock.Add(-ahead) }
		expect(t, doctor.Clerk(server.URL, server.Client().Transport, now), want, "ahead of this one")
	}
	expect(t, doctor.Clerk(server.URL, http.DefaultTransport, time.Now), doctor.Failed, "certificate")
	server.Close()
	expect(t, doctor.Clerk(server.URL, server.Client().Transport, time.Now), doctor.Failed, "cannot be reached")
}

func TestTheJournalIsCounted(t *testing.T) {
	of := journal.New(t.TempDir(), nil)
	of.Logger().Info("call")
	expect(t, doctor.Journal(of), doctor.Good, "1 line")
}

func TestACheckThatPanicsHasFailedAndTheOthersCount(t *testing.T) {
	broken := doctor.Check{Name: "Broken", Look: func(context.Context) (doctor.State, string) { panic("Priya Raman") }}
	good := doctor.Check{Name: "Good", Look: func(context.Context) (doctor.State, string) { return doctor.Good, "fine" }}
	results := doctor.Run(t.Context(), []doctor.Check{broken, good})
	want := []doctor.Result{{Name: "Broken", State: doctor.Failed, Detail: "the check itself failed"}, {Name: "Good", State: doctor.Good, Detail: "fine"}}
	if !slices.Equal(results, want) {
		t.Errorf("got %+v, want %+v", results, want)
	}
}
