package settings

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"sync"

	"understudy/internal/fault"
)

// Store is the settings of this run of the program, and where they are kept.
// Its methods may be called from several goroutines, and other processes may have
// stores of the same folder: a change is made to what the file has then, so that
// none is lost. An instance that one of them forgot stays forgotten, whatever
// another changes of it. Of two changes of the same value, the later one counts.
type Store struct {
	file    *file // nil: they are kept for this run only
	managed Managed
	refusal error

	turn sync.Mutex // held by the change under way, which may have to wait for a process
	mu   sync.Mutex
	own  kept // without what is managed
}

// kept is what a file had when it was read or written last.
type kept struct {
	settings Settings
	content  []byte      // nil if there was no file
	info     fs.FileInfo // nil if there was no file
}

// Open reads the settings in a folder; without a file they are the [Defaults].
// Managed values are not in that file and never get there. A file that cannot be read
// or understood is left as it is, and the error is [fault.SettingsUnreadable]. The
// store then has the defaults and the managed values, and refuses every change, see
// [Store.Refusal].
func Open(dir string, managed Managed) (*Store, error) {
	s := &Store{file: newFile(dir), managed: managed, own: kept{settings: Defaults()}}
	found, err := s.file.load()
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		s.refusal = err
	default:
		s.own = found
	}
	return s, s.refusal
}

// Refuse makes the settings refuse every change for a reason that was found at the
// start. It is called before anybody uses them.
func (s *Store) Refuse(why error) { s.refusal = why }

// Refusal is the reason why these settings cannot change, and why nothing that relies
// on them may be done. It is nil if nothing is in the way.
func (s *Store) Refusal() error { return s.refusal }

// Memory gives settings that are kept for this run only, as the sample workspace
// needs them.
func Memory() *Store { return &Store{own: kept{settings: Defaults()}} }

// Get gives a copy of the settings as they are now, with managed values in place of
// the operator's own. Another process may have changed the file. If it cannot be read
// any more, the settings read before still hold.
func (s *Store) Get() Settings {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.file != nil && s.refusal == nil && s.file.differs(s.own.info) {
		if found, err := s.file.load(); err == nil {
			s.own = found
		}
	}
	return s.managed.over(s.own.settings)
}

// Managed gives the values that an administrator set.
func (s *Store) Managed() Managed { return s.managed }

// ChangePreferences changes the operator's own preferences. A change of a managed one is
// fault.SettingManaged; the other failures are those of [Store.Update].
func (s *Store) ChangePreferences(change PreferencesPatch) error {
	return s.Update(func(own *Settings) error {
		if overlap(change.Names(), s.managed.Preferences.Names()) {
			return fault.New(fault.SettingManaged, nil)
		}
		own.Preferences = change.Over(own.Preferences)
		return nil
	})
}

// ChangeRules changes the operator's own rules of an instance; nothing if it is not
// connected. The failures are those of [Managed.ChangedRules] and [Store.Update].
func (s *Store) ChangeRules(id string, change RulesPatch) error {
	return s.Update(func(own *Settings) (err error) {
		own.Change(id, func(i *Instance) { i.Rules, err = s.managed.ChangedRules(id, i.Rules, change) })
		return err
	})
}

// Update changes the operator's own settings and returns when they are on the disk.
// change gets a copy of what is kept then, with nothing of what is managed, and must
// not call the store. The settings stay as they were if they refuse, or change fails
// or leaves a value that is not possible ([fault.SettingInvalid]); also if another
// process has the file for too long ([fault.SettingsInUse]), or it cannot be read any
// more ([fault.SettingsUnreadable]) or written ([fault.SettingsUnwritable]).
func (s *Store) Update(change func(*Settings) error) error {
	if s.refusal != nil {
		return s.refusal
	}
	s.turn.Lock()
	defer s.turn.Unlock()
	if s.file == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		next, err := s.changed(change)
		if err == nil {
			s.own.settings = next
		}
		return err
	}
	return s.file.exclusively(func() error {
		s.mu.Lock()
		defer s.mu.Unlock()
		found, err := s.file.load()
		switch {
		case errors.Is(err, fs.ErrNotExist): // the settings of this run are written anew
		case err != nil:
			return err
		default:
			s.own = found
		}
		next, err := s.changed(change)
		if err != nil {
			return err
		}
		content, err := s.encode(next)
		if err != nil {
			return fault.New(fault.SettingsUnwritable, err)
		}
		info, err := s.file.write(content)
		if err != nil {
			return err
		}
		s.own = kept{settings: next, content: content, info: info}
		return nil
	})
}

// changed gives the operator's own settings after a change.
func (s *Store) changed(change func(*Settings) error) (Settings, error) {
	next := s.own.settings.clone()
	if err := change(&next); err != nil {
		return Settings{}, err
	}
	next.Version = version
	if err := next.validate(); err != nil {
		return Settings{}, fault.New(fault.SettingInvalid, err)
	}
	return next.clone(), nil
}

// encode makes the content of the file. It keeps fields of the old content that this
// version does not know.
func (s *Store) encode(next Settings) ([]byte, error) {
	known, err := encode(next)
	if err != nil {
		return nil, err
	}
	merged, err := merge(bytes.TrimSpace(s.own.content), known)
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
