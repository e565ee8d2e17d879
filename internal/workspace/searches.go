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

// RememberSearch makes a search the latest one, in its canonical form. One that
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

// changeSearches keeps a change with the instance. The sample workspace, and an
// instance whose key is held for this run only, are in no settings file: their
// searches last as long as they are in use.
func (w *Workspace) changeSearches(text string, change func(*settings.Searches, string)) (settings.Searches, error) {
	search, err := directory.ParseSearch(text)
	if err != nil {
		return settings.Searches{}, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	changed := w.searches
	change(&changed, search.String())
	err = w.settings.Update(func(s *settings.Settings) error {
		for i := range s.Instances {
			if s.Instances[i].ID == w.Instance.ID {
				s.Instances[i].Searches = changed
			}
		}
		return nil
	})
	if err != nil {
		return settings.Searches{}, err
	}
	w.searches = changed
	return changed, nil
}
