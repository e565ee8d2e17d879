package workspace

import "understudy/internal/settings"

// Rules are what is asked of those who impersonate in this instance.
func (w *Workspace) Rules() settings.Rules {
	if kept, ok := w.settings.Get().Instance(w.Instance.ID); ok {
		return kept.Rules
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.rules
}

// ChangeRules changes the rules and keeps them with the instance; those of an
// instance that is in no settings file, for as long as it is in use. The failure
// is fault.SettingInvalid for a value that is not possible.
func (w *Workspace) ChangeRules(change func(*settings.Rules)) error {
	if _, ok := w.settings.Get().Instance(w.Instance.ID); ok {
		return w.keep(func(i *settings.Instance) { change(&i.Rules) })
	}
	changed := w.Rules()
	change(&changed)
	if err := changed.Validate(); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.rules = changed
	return nil
}
