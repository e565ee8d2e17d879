package workspace

import (
	"understudy/internal/directory"
	"understudy/internal/settings"
)

// Searches are the recent and pinned searches of this instance.
func (w *Workspace) Searches() settings.Searches {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.searches
}

// RememberSearch makes a search the latest one, in its canonical form. A text that
// cannot be read is fault.SearchInvalid.
func (w *Workspace) RememberSearch(text string) (settings.Searches, error) {
	return w.changeSearches(text, (*settings.Searches).Remember)
}

// PinSearch keeps a search until it is unpinned.
func (w *Workspace) PinSearch(text string, pinned bool) (settings.Searches, error) {
	if pinned {
		return w.changeSearches(text, (*settings.Searches).Pin)
	}
	return w.changeSearches(text, (*settings.Searches).Unpin)
}

// ForgetSearches drops the searches that are not pinned.
func (w *Workspace) ForgetSearches() (settings.Searches, error) {
	return w.changeSearches("", func(s *settings.Searches, _ string) { s.Forget() })
}

// changeSearches keeps a change with the instance; of one that is in no settings
// file it lasts as long as the instance is in use.
func (w *Workspace) changeSearches(text string, change func(*settings.Searches, string)) (settings.Searches, error) {
	search, err := directory.ParseSearch(text)
	if err != nil {
		return settings.Searches{}, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	changed := w.searches
	change(&changed, search.String())
	// Another window may have changed those that are kept: its changes stay.
	err = w.keep(func(i *settings.Instance) {
		change(&i.Searches, search.String())
		changed = i.Searches
	})
	if err != nil {
		return settings.Searches{}, err
	}
	w.searches = changed
	return changed, nil
}
