package workspace

import (
	"context"
	"sync"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
	"understudy/internal/operator"
	"understudy/internal/settings"
)

// actors are who acts in each instance of this run, by instance id. They outlast a
// change of the instance in use, and a lock: an instance whose key is held in memory
// is in no settings that could tell.
type actors struct {
	mu   sync.Mutex
	kept map[string]operator.Operator
}

func (a *actors) of(instance string) operator.Operator {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.kept[instance]
}

func (a *actors) keep(instance string, who operator.Operator) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.kept[instance] = who
}

// learn takes in whom the settings know, if they know anybody: another window may
// have changed that. Of who acts already the name stays known.
func (a *actors) learn(instance string, chosen operator.Operator) {
	if !chosen.IsNobody() && chosen.RecordID() != a.of(instance).RecordID() {
		a.keep(instance, chosen)
	}
}

func (a *actors) forget(instance string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.kept, instance)
}

// forgetNames drops what was loaded with a key. What an outsider typed was not.
func (a *actors) forgetNames() {
	a.mu.Lock()
	defer a.mu.Unlock()
	for instance, who := range a.kept {
		if !who.Outside {
			a.kept[instance] = operator.Operator{ID: who.ID}
		}
	}
}

// chosenIn is who acts in an instance as the settings have it. An outsider whom the
// settings cannot have from [Workspace.ActAs] is nobody.
func chosenIn(kept settings.Instance) operator.Operator {
	if kept.OperatorID != "" {
		return operator.Operator{ID: clerkapi.UserID(kept.OperatorID)}
	}
	outsider, err := operator.Outsider(kept.Outsider.Name, kept.Outsider.Address)
	if err != nil {
		return operator.Operator{}
	}
	return outsider
}

// choose puts who acts into the settings of an instance.
func choose(who operator.Operator) func(*settings.Instance) {
	var outsider settings.Outsider
	if who.Outside {
		outsider = settings.Outsider{Name: who.Name, Address: who.Email}
	}
	return func(i *settings.Instance) { i.OperatorID, i.Outsider = string(who.ID), outsider }
}

// Operator is who acts in this workspace. Name and email are fetched when they
// are not known yet; the failure is fault.OperatorMissing before the first pick
// and fault.OperatorGone when Clerk knows that user no more.
func (w *Workspace) Operator(ctx context.Context) (operator.Operator, error) {
	known := w.KnownOperator()
	switch {
	case known.IsNobody():
		return operator.Operator{}, fault.New(fault.OperatorMissing, nil)
	case known.Name != "" || known.Email != "":
		return known, nil
	}
	fetched, err := operator.Pick(ctx, w.client, known.ID)
	if err != nil {
		return operator.Operator{}, err
	}
	w.actors.keep(w.Instance.ID, fetched)
	return w.KnownOperator(), nil
}

// PickOperator makes a user of the instance the one who acts, and remembers it
// with the instance.
func (w *Workspace) PickOperator(ctx context.Context, id clerkapi.UserID) (operator.Operator, error) {
	picked, err := operator.Pick(ctx, w.client, id)
	if err != nil {
		return operator.Operator{}, err
	}
	return w.ActAs(picked)
}

// ActAs makes somebody the one who acts, and remembers it with the instance.
func (w *Workspace) ActAs(who operator.Operator) (operator.Operator, error) {
	if err := w.keep(choose(who)); err != nil {
		return operator.Operator{}, err
	}
	w.actors.keep(w.Instance.ID, who)
	return w.KnownOperator(), nil
}

// KnownOperator is who acts and whether that is proven now, without asking
// Clerk: name and email may be missing.
func (w *Workspace) KnownOperator() operator.Operator {
	return w.actors.of(w.Instance.ID).With(w.proofs.of(w.Instance), w.Rules().SignIn.Lasts(), w.now())
}
