package bridge

import (
	"context"

	"understudy/internal/clerkapi"
	"understudy/internal/operator"
	"understudy/internal/workspace"
)

// OperatorCalls say who acts, and let them prove it.
type OperatorCalls struct{ *Scope }

// Operator returns who acts.
func (c *OperatorCalls) Operator() (Operator, error) {
	return inUse(c.Scope, "", func(ctx context.Context, w *workspace.Workspace) (Operator, error) {
		known, err := w.Operator(ctx)
		return operatorOf(known), err
	})
}

// SetOperator makes a user of the instance the one who acts.
func (c *OperatorCalls) SetOperator(userID string) (Operator, error) {
	return inUse(c.Scope, "", func(ctx context.Context, w *workspace.Workspace) (Operator, error) {
		id, err := clerkapi.ParseUserID(userID)
		if err != nil {
			return Operator{}, err
		}
		picked, err := w.PickOperator(ctx, id)
		return operatorOf(picked), err
	})
}

// ActAsOutsider makes somebody who is no user of the instance the one who acts.
func (c *OperatorCalls) ActAsOutsider(name, address string) (Operator, error) {
	return inUse(c.Scope, "", func(_ context.Context, w *workspace.Workspace) (Operator, error) {
		outsider, err := operator.Outsider(name, address)
		if err != nil {
			return Operator{}, err
		}
		known, err := w.ActAs(outsider)
		return operatorOf(known), err
	})
}

// SignIn returns how operators of the instance in use sign in.
func (c *OperatorCalls) SignIn() (SignIn, error) {
	return inUse(c.Scope, "", func(_ context.Context, w *workspace.Workspace) (SignIn, error) {
		return signInOf(w), nil
	})
}

// SetSignInClient uses an OAuth application that exists at Clerk, by its client
// id; none with "".
func (c *OperatorCalls) SetSignInClient(clientID string) (SignIn, error) {
	return inUse(c.Scope, "", func(ctx context.Context, w *workspace.Workspace) (SignIn, error) {
		err := w.UseSignInApplication(ctx, clientID)
		return signInOf(w), err
	})
}

// CreateSignInApplication creates the OAuth application at Clerk.
func (c *OperatorCalls) CreateSignInApplication(requestID string) (SignIn, error) {
	return inUse(c.Scope, requestID, func(ctx context.Context, w *workspace.Workspace) (SignIn, error) {
		err := w.CreateSignInApplication(ctx)
		return signInOf(w), err
	})
}

// SignInOperator has the operator sign in with Clerk, in the browser, and makes
// whoever does the one who acts.
func (c *OperatorCalls) SignInOperator(requestID string) (SignedIn, error) {
	return c.signIn(requestID, (*workspace.Workspace).SignInOperator)
}

// SignInByLink is SignInOperator with the address of the page on the clipboard, for
// a browser of the operator's choice.
func (c *OperatorCalls) SignInByLink(requestID string) (SignedIn, error) {
	return c.signIn(requestID, (*workspace.Workspace).SignInByLink)
}

func (c *OperatorCalls) signIn(requestID string, run func(*workspace.Workspace, context.Context) (operator.Operator, error)) (SignedIn, error) {
	return inUse(c.Scope, requestID, func(ctx context.Context, w *workspace.Workspace) (SignedIn, error) {
		known, err := run(w, ctx)
		if err != nil {
			return SignedIn{}, err
		}
		return SignedIn{Operator: operatorOf(known), Problem: ProblemOf(w.Permitted(ctx))}, nil
	})
}

// Operator is who acts: the operator's own user in this instance, or somebody who is
// no user of it.
type Operator struct {
	ID    string `json:"id"` // as in the audit log
	Name  string `json:"name"`
	Email string `json:"email"`
	// Outside: they are no user of this instance, and gave name and email themselves.
	Outside  bool `json:"outside"`
	Verified bool `json:"verified"`
	// VerifiedAt is when they signed in with Clerk, VerifiedUntil when they must
	// again. "" for an unverified operator.
	VerifiedAt    string `json:"verifiedAt"`
	VerifiedUntil string `json:"verifiedUntil"`
}

// SignIn is how operators of the instance in use sign in with Clerk.
type SignIn struct {
	// ClientID is that of the OAuth application at Clerk, "" without one.
	ClientID string `json:"clientID"`
	// Required: nobody impersonates unverified.
	Required bool `json:"required"`
	// Name, RedirectURIs and Scopes are those of the application to create.
	Name         string   `json:"name"`
	RedirectURIs []string `json:"redirectURIs"`
	Scopes       []string `json:"scopes"`
}

// SignedIn is the outcome of a sign-in.
type SignedIn struct {
	Operator Operator `json:"operator"`
	// Problem is why this operator may impersonate nobody all the same, null if
	// nothing speaks against it.
	Problem *Problem `json:"problem"`
}

// operatorOf converts an operator.
func operatorOf(o operator.Operator) Operator {
	return Operator{
		ID: o.RecordID(), Name: o.Name, Email: o.Email, Outside: o.Outside,
		Verified: o.Verified, VerifiedAt: stamp(o.VerifiedAt), VerifiedUntil: stamp(o.VerifiedUntil),
	}
}

// signInOf converts how operators sign in.
func signInOf(w *workspace.Workspace) SignIn {
	rules, application := w.Rules(), w.SignInApplication()
	return SignIn{
		ClientID: rules.SignIn.ClientID, Required: rules.SignIn.Required || rules.Permission.Name != "", Name: application.Name,
		RedirectURIs: application.RedirectURIs, Scopes: application.Scopes,
	}
}
