package workspace

import (
	"context"
	"time"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
	"understudy/internal/operator"
	"understudy/internal/sentence"
)

// Permitted returns nil if the operator has the permission that the rules ask
// for, or if they ask for none. Clerk's answer counts for a minute. The failures
// are fault.PermissionMissing, fault.PermissionUnknown, fault.OperatorMissing if
// nobody knows who acts, and fault.SignInRequired if that is not proven: anybody
// can pick a user who has the permission.
func (w *Workspace) Permitted(ctx context.Context) error {
	return w.permitted(ctx, w.KnownOperator(), permissionLasts)
}

// permissionLasts is how long Clerk's answer counts.
const permissionLasts = time.Minute

func (w *Workspace) permitted(ctx context.Context, who operator.Operator, oldest time.Duration) error {
	rule := w.Rules().Permission
	switch {
	case rule.Name == "":
		return nil
	case who.IsNobody():
		return fault.New(fault.OperatorMissing, nil)
	case !who.Verified:
		return unverified(who)
	}
	organization, err := clerkapi.ParseOrganizationID(rule.Organization)
	if err != nil {
		return err
	}
	return w.permissions.Check(ctx, who.ID, operator.Requirement{Organization: organization, Permission: rule.Name}, oldest)
}

// MayRead returns nil unless the rules hide users from operators without the
// permission, and this one has it not. Until somebody has signed in,
// fault.SignInRequired says the only way to them.
func (w *Workspace) MayRead(ctx context.Context) error {
	if !w.Rules().Permission.HideTable {
		return nil
	}
	if who := w.KnownOperator(); !who.Verified {
		return unverified(who)
	}
	return w.Permitted(ctx)
}

// admit refuses an operator who may impersonate nobody.
func (w *Workspace) admit(ctx context.Context, who operator.Operator, oldest time.Duration) error {
	if w.Rules().SignIn.Required && !who.Verified {
		return unverified(who)
	}
	return w.permitted(ctx, who, oldest)
}

// unverified says what is missing for an operator whom the rules want verified.
func unverified(who operator.Operator) error {
	required := fault.New(fault.SignInRequired, nil)
	if who.Outside {
		return required.Saying(sentence.Of("sign_in_required.outside"))
	}
	return required
}
