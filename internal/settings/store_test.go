package settings_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"understudy/internal/fault"
	"understudy/internal/settings"
)

func example(id string) settings.Instance {
	return settings.Instance{
		ID: id, Name: "Invoices <live>", Environment: "production",
		FrontendAPI: []string{"https://clerk.example.com", "http://127.0.0.1:4501"},
		KeyHint:     "sk_live_…x7Q2", Fingerprint: "0123456789abcdef", OperatorID: "user_2abc", Browser: "firefox", Color: "orange",
		ConnectedAt: time.Date(2026, time.March, 4, 12, 0, 0, 0, time.UTC),
	}
}

func open(t *testing.T, dir string) *settings.Store {
	t.Helper()
	store, err := settings.Open(dir, settings.Managed{})
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	return store
}

func update(t *testing.T, store *settings.Store, change func(*settings.Settings)) {
	t.Helper()
	if err := store.Update(func(s *settings.Settings) error { change(s); return nil }); err != nil {
		t.Fatalf("update: %v", err)
	}
}

func filePath(dir string) string { return filepath.Join(dir, "settings.json") }

func writeFile(t *testing.T, dir, content string) {
	t.Helper()
	if err := os.WriteFile(filePath(dir), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func readFile(t *testing.T, dir string) []byte {
	t.Helper()
	content, err := os.ReadFile(filePath(dir))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestAFirstStartHasDefaultsAndNoFile(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "understudy")
	if got := open(t, dir).Get(); !reflect.DeepEqual(got, settings.Defaults()) {
		t.Errorf("got %+v", got)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("made the folder only by reading: %v", err)
	}
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "understudy")
	store := open(t, dir)
	update(t, store, func(s *settings.Settings) {
		s.Instances = append(s.Instances, example("ins_1"), example("ins_2"))
		s.Selected = "ins_2"
		s.Preferences = settings.Preferences{
			Theme: settings.ThemeDark, Density: settings.DensityCompact, SessionMinutes: 60, LinkSeconds: 600,
			ReasonAlways: true, Zoom: 125,
		}
		s.Window = settings.Window{X: -20, Y: 40, Width: 1280, Height: 800, Maximized: true}
	})
	again := open(t, dir).Get()
	if !reflect.DeepEqual(again, store.Get()) {
		t.Errorf("read    %+v\nwritten %+v", again, store.Get())
	}
	if found, ok := again.Instance("ins_2"); !ok || !reflect.DeepEqual(found, example("ins_2")) {
		t.Errorf("found %+v, %v", found, ok)
	}
	if _, ok := again.Instance("ins_3"); ok {
		t.Error("found an instance that is not there")
	}
}

// TestUnknownFieldsStay: a newer program wrote the file, an older one changes
// something in it.
func TestUnknownFieldsStay(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	writeFile(t, dir, `{
		"version": 1, "rules": {"protected": ["org:admin"], "big": 12345678901234567890},
		"instances": [
			{"id": "ins_1", "environment": "production", "order": 1.50, "oauth": {"client": "x"}},
			{"id": "ins_2", "environment": "development", "order": 2}
		],
		"preferences": {"theme": "dark", "zoom": 100, "fonts": ["name", null]},
		"window": {"width": 800, "height": 600, "screen": {"name": "left"}}
	}`)
	store := open(t, dir)
	update(t, store, func(s *settings.Settings) {
		s.Instances = []settings.Instance{example("ins_3"), s.Instances[0]}
		s.Preferences.Theme = settings.ThemeLight
	})
	update(t, store, func(s *settings.Settings) { s.Window.Width = 900 })

	file := readFile(t, dir)
	var got any
	decoder := json.NewDecoder(bytes.NewReader(file))
	decoder.UseNumber()
	if err := decoder.Decode(&got); err != nil {
		t.Fatal(err)
	}
	for _, kept := range []struct {
		path []any
		want string
	}{
		{[]any{"rules"}, `{"big":12345678901234567890,"protected":["org:admin"]}`},
		{[]any{"instances", 1, "order"}, `1.50`},
		{[]any{"instances", 1, "oauth"}, `{"client":"x"}`},
		{[]any{"preferences", "fonts"}, `["name",null]`},
		{[]any{"window", "screen"}, `{"name":"left"}`},
		{[]any{"window", "width"}, `900`},
		{[]any{"preferences", "theme"}, `"light"`},
	} {
		value := got
		for _, step := range kept.path {
			switch step := step.(type) {
			case string:
				value = value.(map[string]any)[step]
			case int:
				value = value.([]any)[step]
			}
		}
		text, err := json.Marshal(value)
		if err != nil || string(text) != kept.want {
			t.Errorf("%v is %s, want %s", kept.path, text, kept.want)
		}
	}
	if strings.Contains(string(file), "ins_2") {
		t.Error("an instance that was forgotten is still there")
	}
	if strings.Count(string(file), `"order"`) != 1 {
		t.Error("unknown fields went to another instance")
	}
}

func TestAFieldThatAFileLacksHasItsDefault(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	writeFile(t, dir, `{"version": 1, "instances": null, "preferences": {"theme": "dark"}}`)
	want := settings.Defaults()
	want.Preferences.Theme = settings.ThemeDark
	if got := open(t, dir).Get(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
}

func TestADamagedFileIsRefused(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]string{
		"empty":              "",
		"torn":               `{"version": 1, "instances": [{"id": "ins`,
		"NULs":               "\x00\x00\x00\x00",
		"not an object":      `[1, 2]`,
		"null":               `null`,
		"no version":         `{}`,
		"version 0":          `{"version": 0}`,
		"version -1":         `{"version": -1}`,
		"newer":              `{"version": 2}`,
		"version is text":    `{"version": "1"}`,
		"version is huge":    `{"version": 1e99}`,
		"instances is text":  `{"version": 1, "instances": "ins_1"}`,
		"zoom is text":       `{"version": 1, "preferences": {"zoom": "100"}}`,
		"impossible theme":   `{"version": 1, "preferences": {"theme": "pink"}}`,
		"key as hint":        `{"version": 1, "instances": [{"id": "ins_1", "environment": "production", "key_hint": "sk_live_abcdefabcdefabcdef"}]}`,
		"text after the end": `{"version": 1} {"version": 1}`,
		"deeply nested":      `{"version": 1, "x": ` + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + `}`,
		"2 MB":               `{"version": 1, "x": "` + strings.Repeat("x", 2<<20) + `"}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			writeFile(t, dir, content)
			_, err := settings.Open(dir, settings.Managed{})
			if fault.CodeOf(err) != fault.SettingsUnreadable {
				t.Errorf("opened with %v", err)
			}
			if got := string(readFile(t, dir)); got != content {
				t.Error("the file was changed")
			}
			if strings.Contains(fmt.Sprint(err), "abcdef") {
				t.Errorf("the error quotes the file: %v", err)
			}
		})
	}
	t.Run("a folder", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		if err := os.Mkdir(filePath(dir), 0o700); err != nil {
			t.Fatal(err)
		}
		if _, err := settings.Open(dir, settings.Managed{}); fault.CodeOf(err) != fault.SettingsUnreadable {
			t.Errorf("opened with %v", err)
		}
	})
	t.Run("a file in place of the folder", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		writeFile(t, dir, "{}")
		store, err := settings.Open(filePath(dir), settings.Managed{})
		if err == nil { // Windows says that there is no such file
			err = store.Update(func(*settings.Settings) error { return nil })
		}
		if code := fault.CodeOf(err); code != fault.SettingsUnreadable && code != fault.SettingsUnwritable {
			t.Errorf("opened with %v", err)
		}
	})
}

func TestAnImpossibleValueIsRefused(t *testing.T) {
	t.Parallel()
	preference := func(change func(*settings.Preferences)) func(*settings.Settings) {
		return func(s *settings.Settings) { change(&s.Preferences) }
	}
	instance := func(change func(*settings.Instance)) func(*settings.Settings) {
		return func(s *settings.Settings) { change(&s.Instances[0]) }
	}
	type change = func(*settings.Settings)
	for name, c := range map[string]struct {
		change change
		field  string // "" for a value that is possible
	}{
		"nothing":              {func(*settings.Settings) {}, ""},
		"theme":                {preference(func(p *settings.Preferences) { p.Theme = "" }), "theme"},
		"density":              {preference(func(p *settings.Preferences) { p.Density = "tiny" }), "density"},
		"session of 10":        {preference(func(p *settings.Preferences) { p.SessionMinutes = 10 }), ""},
		"session of 31":        {preference(func(p *settings.Preferences) { p.SessionMinutes = 31 }), "session_minutes"},
		"link of 59":           {preference(func(p *settings.Preferences) { p.LinkSeconds = 59 }), "link_seconds"},
		"link of 600":          {preference(func(p *settings.Preferences) { p.LinkSeconds = 600 }), ""},
		"link of 601":          {preference(func(p *settings.Preferences) { p.LinkSeconds = 601 }), "link_seconds"},
		"zoom of 79":           {preference(func(p *settings.Preferences) { p.Zoom = 79 }), "zoom"},
		"a column twice":       {preference(func(p *settings.Preferences) { p.Columns = []settings.Column{{ID: "name"}, {ID: "name"}} }), "columns"},
		"a nameless column":    {preference(func(p *settings.Preferences) { p.Columns = []settings.Column{{Width: 100}} }), "columns"},
		"an invisible column":  {preference(func(p *settings.Preferences) { p.Columns = []settings.Column{{ID: "name", Width: 3}} }), "columns"},
		"zoom of 201":          {preference(func(p *settings.Preferences) { p.Zoom = 201 }), "zoom"},
		"browser on two lines": {instance(func(i *settings.Instance) { i.Browser = "a\nb" }), "instances[0].browser"},
		"browser not UTF-8":    {instance(func(i *settings.Instance) { i.Browser = "\xff" }), "instances[0].browser"},
		"window far away":      {func(s *settings.Settings) { s.Window.X = -100_001 }, "window place"},
		"window of no height":  {func(s *settings.Settings) { s.Window.Height = -1 }, "window size"},
		"selected unknown":     {func(s *settings.Settings) { s.Selected = "ins_9" }, "selected"},
		"selected none":        {func(s *settings.Settings) { s.Selected = "" }, ""},
		"twice":                {func(s *settings.Settings) { s.Instances = append(s.Instances, example("ins_1")) }, "instances[1].id, which is there twice"},
		"id with a colon":      {func(s *settings.Settings) { s.Instances = []settings.Instance{example("a:b")}; s.Selected = "" }, "instances[0].id"},
		"name with bidi":       {instance(func(i *settings.Instance) { i.Name = "a\u202eb" }), "instances[0].name"},
		"name in Arabic":       {instance(func(i *settings.Instance) { i.Name = "فواتير" }), ""},
		"name too long":        {instance(func(i *settings.Instance) { i.Name = strings.Repeat("x", 101) }), "instances[0].name"},
		"environment":          {instance(func(i *settings.Instance) { i.Environment = "staging" }), "instances[0].environment"},
		"address, no scheme":   {instance(func(i *settings.Instance) { i.FrontendAPI = []string{"x.example"} }), "instances[0].frontend_api"},
		"address with a path":  {instance(func(i *settings.Instance) { i.FrontendAPI = []string{"https://x.example/__clerk"} }), ""},
		"address, user info":   {instance(func(i *settings.Instance) { i.FrontendAPI = []string{"https://a@x.example"} }), "instances[0].frontend_api"},
		"address, two dots":    {instance(func(i *settings.Instance) { i.FrontendAPI = []string{"https://x..example"} }), "instances[0].frontend_api"},
		"address on IPv6":      {instance(func(i *settings.Instance) { i.FrontendAPI = []string{"http://[::1]:4501"} }), ""},
		"a key for a hint":     {instance(func(i *settings.Instance) { i.KeyHint = "sk_live_abcdefabcdefabcdefabcdef" }), "instances[0].key_hint"},
		"fingerprint too long": {instance(func(i *settings.Instance) { i.Fingerprint = strings.Repeat("a", 64) }), "instances[0].fingerprint"},
		"operator by email":    {instance(func(i *settings.Instance) { i.OperatorID = "me@example.com" }), "instances[0].operator_id"},
		"operator not chosen":  {instance(func(i *settings.Instance) { i.OperatorID = "" }), ""},
		"color in CSS":         {instance(func(i *settings.Instance) { i.Color = "red;background:url(x)" }), "instances[0].color"},
		"connected in year 0":  {instance(func(i *settings.Instance) { i.ConnectedAt = time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC) }), "instances[0].connected_at"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			store := open(t, dir)
			update(t, store, func(s *settings.Settings) {
				s.Instances, s.Selected = []settings.Instance{example("ins_1")}, "ins_1"
			})
			before, file := store.Get(), readFile(t, dir)
			err := store.Update(func(s *settings.Settings) error { c.change(s); return nil })
			if c.field == "" {
				if err != nil {
					t.Errorf("refused: %v", errors.Unwrap(err))
				}
				return
			}
			if fault.CodeOf(err) != fault.SettingInvalid || errors.Unwrap(err).Error() != c.field {
				t.Errorf("err %v, %v, want %s", err, errors.Unwrap(err), c.field)
			}
			if !reflect.DeepEqual(store.Get(), before) || !bytes.Equal(readFile(t, dir), file) {
				t.Error("something was changed")
			}
		})
	}
}

func TestAFailedChangeChangesNothing(t *testing.T) {
	t.Parallel()
	store := settings.Memory()
	failure := errors.New("no")
	err := store.Update(func(s *settings.Settings) error {
		s.Preferences.Zoom = 200
		return failure
	})
	if !errors.Is(err, failure) || store.Get().Preferences.Zoom != 100 {
		t.Errorf("err %v, zoom %d", err, store.Get().Preferences.Zoom)
	}
}

// TestAFailedWriteChangesNothing: the folder is gone and cannot be made again.
func TestAFailedWriteChangesNothing(t *testing.T) {
	t.Parallel()
	parent := t.TempDir()
	dir := filepath.Join(parent, "understudy")
	store := open(t, dir)
	update(t, store, func(s *settings.Settings) { s.Preferences.Zoom = 110 })
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	bigger := func(s *settings.Settings) error { s.Preferences.Zoom = 120; return nil }
	if err := store.Update(bigger); fault.CodeOf(err) != fault.SettingsUnwritable {
		t.Errorf("updated: %v", err)
	}
	if zoom := store.Get().Preferences.Zoom; zoom != 110 {
		t.Errorf("zoom %d", zoom)
	}
	if err := os.Remove(dir); err != nil {
		t.Fatal(err)
	}
	if err := store.Update(bigger); err != nil {
		t.Errorf("not mended by a new folder: %v", err)
	}
	if zoom := open(t, dir).Get().Preferences.Zoom; zoom != 120 {
		t.Errorf("zoom %d", zoom)
	}
}

func TestConcurrentUpdatesAllCount(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	store := open(t, dir)
	var wg sync.WaitGroup
	for number := range 20 {
		wg.Go(func() {
			err := store.Update(func(s *settings.Settings) error {
				s.Instances = append(s.Instances, example(fmt.Sprintf("ins_%d", number)))
				return nil
			})
			if err != nil {
				t.Error(err)
			}
			if got := len(store.Get().Instances); got == 0 {
				t.Error("nothing there after an update")
			}
		})
	}
	wg.Wait()
	if got := len(open(t, dir).Get().Instances); got != 20 {
		t.Errorf("%d instances", got)
	}
}

func TestTheStoreGivesOutCopies(t *testing.T) {
	t.Parallel()
	store := settings.Memory()
	var leaked *settings.Settings
	update(t, store, func(s *settings.Settings) {
		s.Instances = []settings.Instance{example("ins_1")}
		leaked = s
	})
	got := store.Get()
	got.Instances[0].Name, got.Instances[0].FrontendAPI[0] = "changed", "evil.example"
	leaked.Instances[0].Name, leaked.Instances[0].FrontendAPI[0] = "changed", "evil.example"
	if now := store.Get(); !reflect.DeepEqual(now.Instances, []settings.Instance{example("ins_1")}) {
		t.Errorf("changed from outside: %+v", now.Instances)
	}
}

// FuzzOpen looks for files that panic, or that are accepted and then cannot be
// written and read again.
func FuzzOpen(f *testing.F) {
	f.Add([]byte(`{"version":1}`))
	f.Add([]byte(`{"version":1,"instances":[{"id":"ins_1","environment":"production","x":[{"id":1},{"id":1}]}],"selected":"ins_1"}`))
	f.Add([]byte(`{"version":1,"\u017felected":"","preferences":{"ZOOM":90}}`))
	f.Add([]byte(`{"Version":1,"version":1,"preferences":{"theme":"dark","Theme":"light"},"window":null}`))
	f.Fuzz(func(t *testing.T, content []byte) {
		dir := t.TempDir()
		writeFile(t, dir, string(content))
		store, err := settings.Open(dir, settings.Managed{})
		if err != nil {
			if fault.CodeOf(err) != fault.SettingsUnreadable {
				t.Fatal(err)
			}
			return
		}
		update(t, store, func(s *settings.Settings) { s.Preferences.Zoom = 150 })
		if again := open(t, dir).Get(); !reflect.DeepEqual(again, store.Get()) {
			t.Fatalf("read    %+v\nwritten %+v", again, store.Get())
		}
	})
}
