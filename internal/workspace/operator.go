package workspace

import (
	"context"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
	"understudy/internal/operator"
	"understudy/internal/settings"
)

// chosenIn is who acts in an instance as the settings have it. An outsider whom the
// settings cannot have from [Workspace.ActAs] is nobody.
func chosenIn(kept settings.Instance) operator.Operator {
	if id, err := clerkapi.ParseUserID(kept.OperatorID); err == nil {
		return operator.Operator{ID: id}
	}
	outsider, err := operator.Outsider(kept.Outsider.Name, kept.Outsider.Address)
	if err != nil {
		return operator.Operator{}
	}
	return outsider
}

// Choose puts who acts into the settings of an instance.
func Choose(who operator.Operator) func(*settings.Instance) {
	var outsider settings.Outsider
	if who.Outside {
		outsider = settings.Outsider{Name: who.Name, Address: who.Email}
	}
	return func(i *settings.Instance) { i.OperatorID, i.Outsider = who.ID.String(), outsider }
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
	w.operators.Keep(w.Instance.ID, fetched)
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
	if err := w.keep(Choose(who)); err != nil {
		return operator.Operator{}, err
	}
	w.operators.Keep(w.Instance.ID, who)
	return w.KnownOperator(), nil
}

// KnownOperator is who acts and whether that is proven now, without asking
// Clerk: name and email may be missing.
func (w *Workspace) KnownOperator() operator.Operator {
	return w.operators.Of(w.Instance.ID).With(w.operators.proof(w.Instance), w.Rules().SignIn.Lasts(), w.now())
}
