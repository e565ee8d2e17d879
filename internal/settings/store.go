package settings

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"sync"

	"understudy/internal/durable"
	"understudy/internal/fault"
)

// fileName is the file in the folder that [Open] is given.
const fileName = "settings.json"

// maxFile is the most bytes of a file that is taken for settings.
const maxFile = 1 << 20

// Store is the settings of this run of the program, and where they are kept.
// Its methods may be called from several goroutines.
type Store struct {
	write   func(content []byte) error
	managed Managed
	refusal error

	mu      sync.Mutex
	own     Settings // without what is managed
	content []byte   // the file as it was read or written last, nil if there is none
}

// Open reads the settings in a folder; without a file they are the [Defaults].
// What is managed is not in that file and never gets there. A file that cannot be
// read or understood is left as it is, and the error is
// [fault.SettingsUnreadable]. The store is then one that has the defaults under
// what is managed, and refuses: see [Store.Refusal].
func Open(dir string, managed Managed) (*Store, error) {
	path := filepath.Join(dir, fileName)
	current, content, err := load(path)
	write := func(content []byte) error {
		return errors.Join(durable.PrivateDir(dir), durable.Replace(path, content))
	}
	return &Store{write: write, managed: managed, refusal: err, own: current, content: content}, err
}

// load gives the settings in a file and its content, nil if there is none.
func load(path string) (Settings, []byte, error) {
	content, err := read(path)
	switch {
	case err != nil:
		return Defaults(), nil, fault.New(fault.SettingsUnreadable, err)
	case content == nil:
		return Defaults(), nil, nil
	}
	found, err := decode(content)
	if err != nil {
		return Defaults(), nil, err
	}
	return found, content, nil
}

// Refuse makes the settings refuse: why is what stands in the way of this start.
// It is called before anybody uses them.
func (s *Store) Refuse(why error) { s.refusal = why }

// Refusal is why these settings change nothing, and why nothing may be done that
// stands on them; nil if nothing is in the way.
func (s *Store) Refusal() error { return s.refusal }

// Memory gives settings that are kept for this run only: those of the sample
// workspace.
func Memory() *Store {
	return &Store{write: func([]byte) error { return nil }, own: Defaults()}
}

// Get gives the settings as they are now, with what is managed in place of the
// operator's own. Changing what it gives changes nothing.
func (s *Store) Get() Settings {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.managed.apply(s.own)
}

// Managed is what an administrator set.
func (s *Store) Managed() Managed { return s.managed }

// Update changes the settings and returns when they are on the disk. change
// gets a copy, and must not call the store. If the settings refuse, change fails, touches a managed
// value ([fault.SettingManaged]), or leaves a value that is not possible
// ([fault.SettingInvalid]), or the file cannot be written
// ([fault.SettingsUnwritable]), the settings stay as they were.
func (s *Store) Update(change func(*Settings) error) error {
	if s.refusal != nil {
		return s.refusal
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	effective := s.managed.apply(s.own)
	changed := effective.clone()
	if err := change(&changed); err != nil {
		return err
	}
	next, err := s.managed.release(changed, s.own, effective)
	if err != nil {
		return err
	}
	next.Version = version
	if err := next.validate(); err != nil {
		return fault.New(fault.SettingInvalid, err)
	}
	content, err := s.encode(next)
	if err != nil {
		return fault.New(fault.SettingsUnwritable, err)
	}
	if err := s.write(content); err != nil {
		return fault.New(fault.SettingsUnwritable, err)
	}
	s.own, s.content = next, content
	return nil
}

// encode makes the file: what is known, laid over what was there.
func (s *Store) encode(next Settings) ([]byte, error) {
	known, err := encode(next)
	if err != nil {
		return nil, err
	}
	merged, err := merge(bytes.TrimSpace(s.content), known)
	if err != nil {
		return nil, err
	}
	var file bytes.Buffer
	if err := json.Indent(&file, merged, "", "  "); err != nil {
		return nil, fmt.Errorf("lay out settings: %w", err)
	}
	file.WriteByte('\n')
	return file.Bytes(), nil
}

var errTooBig = errors.New("far too large for settings")

// read gives the content of the file, nil if there is none.
func read(path string) ([]byte, error) {
	file, err := durable.OpenRegular(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	}
	defer func() { _ = file.Close() }() // only read
	content, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read settings: %w", err)
	case len(content) > maxFile:
		return nil, errTooBig
	}
	return content, nil
}

// decode reads the file. What it lacks has its default.
func decode(content []byte) (Settings, error) {
	var form struct {
		Version int `json:"version"`
	}
	if err := json.Unmarshal(content, &form); err != nil {
		return Settings{}, unreadable(err, "The settings file is damaged: it is not JSON of the right form.")
	}
	if form.Version > version {
		return Settings{}, unreadable(nil, "The settings were written by a newer Understudy.")
	}
	if form.Version < 1 {
		return Settings{}, unreadable(nil, "The settings file is damaged: it has no version.")
	}
	decoded := Defaults()
	if err := json.Unmarshal(content, &decoded); err != nil {
		return Settings{}, unreadable(err, "The settings file is damaged: a value is of the wrong kind.")
	}
	if err := decoded.validate(); err != nil {
		return Settings{}, unreadable(err, fmt.Sprintf("The settings file has an impossible value: %s.", err))
	}
	return decoded.clone(), nil
}

func unreadable(err error, sentence string) error {
	return fault.New(fault.SettingsUnreadable, err).WithMessage(sentence)
}
