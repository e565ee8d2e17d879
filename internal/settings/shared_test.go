package settings_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"understudy/internal/durable"
	"understudy/internal/fault"
	"understudy/internal/settings"
)

// The variables that make this test a program which changes settings.
const (
	folderVariable = "SETTINGS_TEST_FOLDER"
	nameVariable   = "SETTINGS_TEST_NAME"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(folderVariable); dir != "" {
		if err := connectMany(dir, os.Getenv(nameVariable)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// perProcess is how many instances each process adds.
const perProcess = 20

// connectMany adds instances one by one, and forgets every second one.
func connectMany(dir, name string) error {
	store, err := settings.Open(dir, settings.Managed{})
	if err != nil {
		return err
	}
	for n := range perProcess {
		id := fmt.Sprintf("ins_%s_%d", name, n)
		err := store.Update(func(s *settings.Settings) error {
			s.Instances = append(s.Instances, example(id))
			return nil
		})
		if err == nil && n%2 == 1 {
			err = store.Update(func(s *settings.Settings) error {
				s.Instances = slices.DeleteFunc(s.Instances, func(i settings.Instance) bool { return i.ID == id })
				return nil
			})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func TestProcessesLoseNothingOfEachOther(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	writeFile(t, dir, `{"version": 1, "newer": {"x": 12345678901234567890}}`)
	var running []*exec.Cmd
	for name := range 4 {
		process := exec.CommandContext(t.Context(), os.Args[0])
		process.Env = append(os.Environ(), folderVariable+"="+dir, nameVariable+"="+strconv.Itoa(name))
		process.Stderr = os.Stderr
		if err := process.Start(); err != nil {
			t.Fatal(err)
		}
		running = append(running, process)
	}
	for _, process := range running {
		if err := process.Wait(); err != nil {
			t.Error(err)
		}
	}
	if got := len(open(t, dir).Get().Instances); got != 4*perProcess/2 {
		t.Errorf("%d instances are left of %d", got, 4*perProcess/2)
	}
	if !bytes.Contains(readFile(t, dir), []byte("12345678901234567890")) {
		t.Error("a field of a newer version is gone")
	}
	wantNames(t, dir, "settings.json", "settings.lock")
}

func wantNames(t *testing.T, dir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, entry := range entries {
		got = append(got, entry.Name())
	}
	if !slices.Equal(got, want) {
		t.Errorf("the folder holds %q", got)
	}
}

// TestTwoStoresAreAsOne makes random changes through one of two stores at a time,
// and the same ones to settings in memory. Both see each of them.
func TestTwoStoresAreAsOne(t *testing.T) {
	t.Parallel()
	for seed := range uint64(10) {
		random := rand.New(rand.NewPCG(seed, 0))
		dir := t.TempDir()
		writeFile(t, dir, `{"version": 1, "kept": true, "preferences": {"kept": [1]}}`)
		stores, model := []*settings.Store{open(t, dir), open(t, dir)}, settings.Memory()
		var done []string
		for step := range 40 {
			name, change := randomChange(random, step)
			done = append(done, name)
			errs := []error{stores[random.IntN(2)].Update(change), model.Update(change)}
			if fault.CodeOf(errs[0]) != fault.CodeOf(errs[1]) {
				t.Fatalf("seed %d: %v where one store alone says %v, after %v", seed, errs[0], errs[1], done)
			}
			for i, store := range stores {
				if got, want := store.Get(), model.Get(); !reflect.DeepEqual(got, want) {
					t.Fatalf("seed %d: after %v store %d has\n%+v, want\n%+v", seed, done, i, got, want)
				}
			}
		}
		if again := open(t, dir).Get(); !reflect.DeepEqual(again, model.Get()) {
			t.Fatalf("seed %d: the file has %+v", seed, again)
		}
		var file struct {
			Kept        bool
			Preferences struct{ Kept []int }
		}
		if err := json.Unmarshal(readFile(t, dir), &file); err != nil || !file.Kept || len(file.Preferences.Kept) != 1 {
			t.Fatalf("seed %d: fields of a newer version are gone: %v", seed, err)
		}
	}
}

// randomChange is one that the program makes, to one of a few instances.
func randomChange(random *rand.Rand, step int) (string, func(*settings.Settings) error) {
	id := fmt.Sprint("ins_", random.IntN(4))
	note := fmt.Sprint("step ", step)
	changes := map[string]func(*settings.Settings){
		"connect": func(s *settings.Settings) {
			if _, known := s.Instance(id); !known {
				s.Instances = append(s.Instances, example(id))
			}
			s.Selected = id
		},
		"forget": func(s *settings.Settings) {
			s.Instances = slices.DeleteFunc(s.Instances, func(i settings.Instance) bool { return i.ID == id })
			if s.Selected == id {
				s.Selected = ""
			}
		},
		"move": func(s *settings.Settings) { slices.Reverse(s.Instances) },
		"name": func(s *settings.Settings) { s.Change(id, func(i *settings.Instance) { i.Name = note }) },
		"search": func(s *settings.Settings) {
			s.Change(id, func(i *settings.Instance) { i.Searches.Remember(note) })
		},
		"rules":  func(s *settings.Settings) { s.Change(id, func(i *settings.Instance) { i.Rules.MonthlyQuota = step }) },
		"zoom":   func(s *settings.Settings) { s.Preferences.Zoom = 80 + step },
		"theme":  func(s *settings.Settings) { s.Preferences.Theme = settings.ThemeDark },
		"window": func(s *settings.Settings) { s.Window.X = step },
		"refuse": func(s *settings.Settings) { s.Preferences.Zoom = 7 },
	}
	names := []string{"connect", "connect", "forget", "move", "name", "search", "rules", "zoom", "theme", "window", "refuse"}
	name := names[random.IntN(len(names))]
	return name + " " + id, func(s *settings.Settings) error { changes[name](s); return nil }
}

func TestAnInstanceThatAnotherWindowForgotIsNotBroughtBack(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	here, there := open(t, dir), open(t, dir)
	update(t, here, func(s *settings.Settings) { s.Instances = append(s.Instances, example("ins_1"), example("ins_2")) })
	update(t, there, func(s *settings.Settings) { s.Instances = s.Instances[1:] })
	found := true
	update(t, here, func(s *settings.Settings) {
		found = s.Change("ins_1", func(i *settings.Instance) { i.Name = "Mine" })
	})
	if _, there := here.Get().Instance("ins_1"); found || there {
		t.Error("a change brought back what was forgotten")
	}
}

func TestAFileThatWasDamagedMeanwhileIsLeftAsItIs(t *testing.T) {
	t.Parallel()
	for name, damage := range broken() {
		dir := t.TempDir()
		store := open(t, dir)
		update(t, store, func(s *settings.Settings) { s.Instances = append(s.Instances, example("ins_1")) })
		before := store.Get()
		if err := os.Remove(filePath(dir)); err != nil {
			t.Fatal(err)
		}
		damage(t, filePath(dir))
		if got := store.Get(); !reflect.DeepEqual(got, before) {
			t.Errorf("%s: what was known is gone: %+v", name, got)
		}
		err := store.Update(func(s *settings.Settings) error { s.Preferences.Zoom = 110; return nil })
		if fault.CodeOf(err) != fault.SettingsUnreadable {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAFileThatIsGoneIsWrittenAnew(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	store := open(t, dir)
	update(t, store, func(s *settings.Settings) { s.Instances = append(s.Instances, example("ins_1")) })
	if err := os.Remove(filePath(dir)); err != nil {
		t.Fatal(err)
	}
	update(t, store, func(s *settings.Settings) { s.Preferences.Zoom = 110 })
	if got := open(t, dir).Get(); len(got.Instances) != 1 || got.Preferences.Zoom != 110 {
		t.Errorf("got %+v", got)
	}
}

// TestALockThatCannotBeHadIsSaid: the other process stands still in the middle of
// a change.
func TestALockThatCannotBeHadIsSaid(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	store := open(t, dir)
	update(t, store, func(s *settings.Settings) { s.Preferences.Zoom = 110 })
	lock, err := durable.OpenLock(filepath.Join(dir, "settings.lock"))
	if err == nil {
		err = durable.TryLock(lock)
	}
	if err != nil {
		t.Fatal(err)
	}
	zoom := func(s *settings.Settings) error { s.Preferences.Zoom = 120; return nil }
	store.Wait(time.Millisecond)
	err = store.Update(zoom)
	if fault.CodeOf(err) != fault.SettingsInUse || !strings.Contains(fault.From(err).Sentence(), "Another Understudy") {
		t.Errorf("updated: %v", err)
	}
	if got := store.Get().Preferences.Zoom; got != 110 {
		t.Errorf("zoom %d", got)
	}
	if err := lock.Close(); err != nil {
		t.Fatal(err)
	}
	store.Wait(time.Minute)
	if err := store.Update(zoom); err != nil {
		t.Errorf("when it was let go: %v", err)
	}
}
