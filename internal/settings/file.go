package settings

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"understudy/internal/durable"
	"understudy/internal/fault"
	"understudy/internal/sentence"
)

// The names in the folder that [Open] is given. The lock is on a file of its own,
// since the other one is replaced at each change.
const (
	fileName = "settings.json"
	lockName = "settings.lock"
)

// maxFile is the most bytes of a file that is taken for settings.
const maxFile = 1 << 20

// lockPatience is how long a change waits for other processes, each of which takes
// some milliseconds.
const lockPatience = 5 * time.Second

// file is the settings on the disk.
type file struct {
	dir      string
	patience time.Duration
}

func newFile(dir string) *file { return &file{dir: dir, patience: lockPatience} }

func (f *file) path() string { return filepath.Join(f.dir, fileName) }

// exclusively makes a change while no other process makes one.
func (f *file) exclusively(change func() error) error {
	if err := durable.PrivateDir(f.dir); err != nil {
		return fault.New(fault.SettingsUnwritable, err)
	}
	lock, err := durable.OpenLock(filepath.Join(f.dir, lockName))
	if err != nil {
		return fault.New(fault.SettingsUnwritable, err)
	}
	taken := make(chan error, 1)
	go func() { taken <- durable.Lock(lock) }()
	select {
	case err = <-taken:
	case <-time.After(f.patience):
		// The lock comes when nobody wants it any more, and is given back then.
		go func() { _, _ = <-taken, lock.Close() }()
		return fault.New(fault.SettingsInUse, durable.ErrLocked)
	}
	defer func() { _ = lock.Close() }() // gives it back
	if err != nil {
		return fault.New(fault.SettingsUnwritable, err)
	}
	return change()
}

// differs reports whether the file is another one than it was, or was changed.
func (f *file) differs(was fs.FileInfo) bool {
	now, err := os.Stat(f.path())
	if err != nil {
		return false // load says what is wrong with it, when that matters
	}
	return was == nil || !os.SameFile(was, now) || !was.ModTime().Equal(now.ModTime()) || was.Size() != now.Size()
}

// load gives what the file has. The failure is fs.ErrNotExist if there is none,
// else [fault.SettingsUnreadable].
func (f *file) load() (kept, error) {
	content, info, err := f.read()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return kept{}, err
	case err != nil:
		return kept{}, fault.New(fault.SettingsUnreadable, err)
	}
	found, err := decode(content)
	return kept{settings: found, content: content, info: info}, err
}

var errTooBig = errors.New("far too large for settings")

func (f *file) read() ([]byte, fs.FileInfo, error) {
	opened, err := durable.OpenRegular(f.path())
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = opened.Close() }() // only read
	info, err := opened.Stat()
	if err != nil {
		return nil, nil, fmt.Errorf("look at settings: %w", err)
	}
	content, err := io.ReadAll(io.LimitReader(opened, maxFile+1))
	switch {
	case err != nil:
		return nil, nil, fmt.Errorf("read settings: %w", err)
	case len(content) > maxFile:
		return nil, nil, errTooBig
	}
	return content, info, nil
}

// write puts a content in the place of the one before.
func (f *file) write(content []byte) (fs.FileInfo, error) {
	if err := durable.Replace(f.path(), content); err != nil {
		return nil, fault.New(fault.SettingsUnwritable, err)
	}
	info, err := os.Stat(f.path())
	if err != nil {
		return nil, fault.New(fault.SettingsUnwritable, err)
	}
	return info, nil
}

// decode reads the file. Fields that it lacks have their default. The error is
// [fault.SettingsUnreadable].
func decode(content []byte) (Settings, error) {
	var form struct {
		Version int `json:"version"`
	}
	if err := json.Unmarshal(content, &form); err != nil {
		return Settings{}, unreadable(err, sentence.Of("settings_unreadable.form"))
	}
	if form.Version > version {
		return Settings{}, unreadable(nil, sentence.Of("settings_unreadable.newer"))
	}
	if form.Version < 1 {
		return Settings{}, unreadable(nil, sentence.Of("settings_unreadable.no_version"))
	}
	decoded := Defaults()
	if err := json.Unmarshal(content, &decoded); err != nil {
		return Settings{}, unreadable(err, sentence.Of("settings_unreadable.kind"))
	}
	if err := decoded.validate(); err != nil {
		return Settings{}, unreadable(err, sentence.Of("settings_unreadable.value", "problem", err.Error()))
	}
	return decoded.clone(), nil
}

func unreadable(err error, says sentence.Sentence) error {
	return fault.New(fault.SettingsUnreadable, err).Saying(says)
}
