package workspace

import (
	"context"
	"slices"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
	"understudy/internal/operator"
	"understudy/internal/sentence"
	"understudy/internal/settings"
)

// applicationName is what Clerk calls Understudy when it asks the operator to
// sign in.
const applicationName = "Understudy"

// SignInOperator has somebody sign in with Clerk, in the browser. That user becomes the
// operator, also if another one was picked before. Cancelling ctx stops the wait. Clerk
// is asked first where the instance signs in and what time it is. It fails as
// [operator.SignIn.Run] does, with fault.InstanceHostChange if the addresses are not
// those that were pinned, and with fault.OperatorGone if the user is not of this instance.
func (w *Workspace) SignInOperator(ctx context.Context) (operator.Operator, error) {
	return w.signInBy(ctx, w.signIn)
}

// SignInByLink is SignInOperator without opening anything: the address of the
// sign-in page is on the clipboard while it waits, to be pasted into a browser of
// this computer. Of its own failures it has fault.ClipboardFailed.
func (w *Workspace) SignInByLink(ctx context.Context) (operator.Operator, error) {
	link := &copiedPage{clipboard: w.clipboard}
	defer link.clear(context.WithoutCancel(ctx))
	return w.signInBy(ctx, w.signIn.Through(link))
}

func (w *Workspace) signInBy(ctx context.Context, signIn *operator.SignIn) (operator.Operator, error) {
	if err := w.staysPut(ctx, true); err != nil {
		return operator.Operator{}, err
	}
	proof, err := signIn.Run(ctx, operator.Application{
		Issuers: w.Instance.Frontends, ClientID: w.Rules().SignIn.ClientID, Ahead: w.client.Skew(),
	})
	if err != nil {
		return operator.Operator{}, err
	}
	if _, err := w.PickOperator(ctx, proof.ID); err != nil {
		return operator.Operator{}, err
	}
	w.operators.KeepProof(w.Instance.ID, proof)
	w.permissions.Forget(ctx)
	return w.KnownOperator(), nil
}

// ForgetSignIn makes the operator unverified, until the next sign-in.
func (w *Workspace) ForgetSignIn() { w.operators.ForgetProof(w.Instance.ID) }

// SignInApplication is the OAuth application that Understudy needs at Clerk, with
// no client id.
func (w *Workspace) SignInApplication() clerkapi.OAuthApplication {
	return clerkapi.OAuthApplication{
		Name: applicationName, RedirectURIs: operator.RedirectURIs(w.signIn.Ports), Scopes: operator.Scopes(),
	}
}

// UseSignInApplication keeps the client id of an application that exists at Clerk;
// none with "". The failures are those of [Workspace.ChangeRules].
func (w *Workspace) UseSignInApplication(ctx context.Context, clientID string) error {
	return w.ChangeRules(ctx, settings.RulesPatch{SignIn: &settings.SignInPatch{ClientID: &clientID}})
}

func (w *Workspace) checkSignInApplication(ctx context.Context, clientID string) error {
	found, err := w.client.FindOAuthApplication(ctx, clientID)
	if fault.CodeOf(err) == fault.ClerkNotFound {
		return fault.New(fault.SignInApplication, err).Saying(sentence.Of("sign_in_application.unknown"))
	}
	if err != nil {
		return err
	}
	var lacks []sentence.Sentence
	needed := w.SignInApplication()
	if !found.Public {
		lacks = append(lacks, sentence.Of("sign_in_application.private"))
	}
	if missing := without(needed.RedirectURIs, found.RedirectURIs); len(missing) > 0 {
		lacks = append(lacks, sentence.Of("sign_in_application.redirects", "count", len(missing), "missing", missing))
	}
	if missing := without(needed.Scopes, found.Scopes); len(missing) > 0 {
		lacks = append(lacks, sentence.Of("sign_in_application.scopes", "count", len(missing), "missing", missing))
	}
	if len(lacks) > 0 {
		return fault.New(fault.SignInApplication, nil).
			Saying(sentence.Of("sign_in_application.lacks", "lacks", lacks))
	}
	return nil
}

// without lists what of all is not among some.
func without(all, some []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(one string) bool { return slices.Contains(some, one) })
}

// CreateSignInApplication creates that application at Clerk and keeps its client id in
// the rules. It asks once, and does not try again by itself after a failure.
func (w *Workspace) CreateSignInApplication(ctx context.Context) error {
	created, err := w.client.CreateOAuthApplication(ctx, w.SignInApplication())
	if err != nil {
		return err
	}
	return w.keepRules(settings.RulesPatch{SignIn: &settings.SignInPatch{ClientID: &created}})
}
