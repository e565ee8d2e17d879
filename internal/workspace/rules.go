package workspace

import (
	"context"

	"understudy/internal/fault"
	"understudy/internal/settings"
)

// Rules returns the rules of this instance: the managed values, and the operator's own
// where nothing is managed.
func (w *Workspace) Rules() settings.Rules {
	kept, ok := w.settings.Get().Instance(w.Instance.ID)
	w.mu.Lock()
	defer w.mu.Unlock()
	if ok {
		w.rules = kept.Rules // they stay in force if another window forgets the instance
		return kept.Rules
	}
	return w.settings.Managed().RulesOf(w.Instance.ID, w.rules)
}

// ManagedRules names the rules that the operator cannot change, as a policy does.
func (w *Workspace) ManagedRules() []string {
	return w.settings.Managed().RulesManaged(w.Instance.ID)
}

// ChangeRules changes the rules and keeps them with the instance; those of an
// instance that is in no settings file, for as long as it is in use. The failures
// are those of [settings.Store.ChangeRules]. Another application to sign in with is
// taken only once it is known that operators can: fault.SignInApplication names all
// that has to be changed at Clerk first.
func (w *Workspace) ChangeRules(ctx context.Context, change settings.RulesPatch) error {
	before := w.Rules()
	if id := change.Over(before).SignIn.ClientID; id != "" && id != before.SignIn.ClientID {
		if err := w.checkSignInApplication(ctx, id); err != nil {
			return err
		}
	}
	return w.keepRules(change)
}

func (w *Workspace) keepRules(change settings.RulesPatch) error {
	if _, ok := w.settings.Get().Instance(w.Instance.ID); ok {
		return w.settings.ChangeRules(w.Instance.ID, change)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	changed, err := w.settings.Managed().ChangedRules(w.Instance.ID, w.rules, change)
	if err != nil {
		return err
	}
	w.rules = changed
	return nil
}

// LinkOf is where a reference leads, or fault.ReferenceInvalid.
func (w *Workspace) LinkOf(reference string) (string, error) {
	address := w.Rules().Reason.Link(reference)
	if address == "" {
		return "", fault.New(fault.ReferenceInvalid, nil)
	}
	return address, nil
}
