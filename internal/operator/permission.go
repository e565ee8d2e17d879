package operator

import (
	"context"
	"slices"
	"time"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
	"understudy/internal/sentence"
)

// Requirement is what an operator must have in an organization.
type Requirement struct {
	Organization clerkapi.OrganizationID
	Permission   string // "org:dashboard:access"
}

// Organizations is what a permission needs of Clerk.
type Organizations interface {
	Memberships(ctx context.Context, id clerkapi.UserID) ([]clerkapi.Membership, error)
	FindOrganizations(ctx context.Context, query string, limit int) ([]clerkapi.Organization, error)
}

// Permissions asks Clerk whether operators have what is required of them. Without
// an answer the operator is refused. It may be used from several goroutines: one
// asks, the others wait for its answer.
type Permissions struct {
	orgs Organizations
	now  func() time.Time
	turn chan struct{} // held while Clerk is asked, and to read the answer
	last answer
}

type answer struct {
	who     clerkapi.UserID
	what    Requirement
	at      time.Time
	refusal error
}

// NewPermissions returns the permissions in the instance behind orgs.
func NewPermissions(orgs Organizations, now func() time.Time) *Permissions {
	return &Permissions{orgs: orgs, now: now, turn: make(chan struct{}, 1)}
}

// Check returns nil for an operator who has the permission, as Clerk said less
// than oldest ago,
// fault.PermissionMissing, whose sentence names it, for one who has not, and
// fault.PermissionUnknown if Clerk could not be asked.
func (p *Permissions) Check(ctx context.Context, who clerkapi.UserID, what Requirement, oldest time.Duration) error {
	select {
	case p.turn <- struct{}{}:
		defer func() { <-p.turn }()
	case <-ctx.Done():
		return fault.From(ctx.Err())
	}
	now := p.now()
	if age := now.Sub(p.last.at); p.last.who == who && p.last.what == what && age >= 0 && age < oldest {
		return p.last.refusal
	}
	memberships, err := p.orgs.Memberships(ctx, who)
	if err != nil {
		return unknown(err)
	}
	p.last = answer{who: who, what: what, at: now, refusal: p.judge(ctx, memberships, what)}
	return p.last.refusal
}

// Forget drops the answer, so that Clerk is asked anew.
func (p *Permissions) Forget(ctx context.Context) {
	select {
	case p.turn <- struct{}{}:
		p.last = answer{}
		<-p.turn
	case <-ctx.Done():
	}
}

func (p *Permissions) judge(ctx context.Context, memberships []clerkapi.Membership, what Requirement) error {
	i := slices.IndexFunc(memberships, func(m clerkapi.Membership) bool { return m.OrganizationID == what.Organization })
	isUnread := func(m clerkapi.Membership) bool { return m.OrganizationID.IsZero() }
	switch {
	case i < 0 && slices.ContainsFunc(memberships, isUnread):
		return unread(sentence.Of("permission_unknown.organization"))
	case i < 0:
		return missing(sentence.Of("permission_missing.outside", "organization", p.nameOf(ctx, what.Organization), "permission", what.Permission))
	}
	switch in := memberships[i]; {
	case slices.Contains(in.Permissions, what.Permission):
		return nil
	case in.UnreadPermissions:
		return unread(sentence.Of("permission_unknown.permission"))
	default:
		return missing(sentence.Of("permission_missing.without", "permission", what.Permission, "organization", quoted(in.OrganizationName)))
	}
}

// nameOf is the name of an organization that the operator is not in, its id if
// Clerk does not tell. Others may be found too, whose names quote the id.
func (p *Permissions) nameOf(ctx context.Context, id clerkapi.OrganizationID) any {
	found, err := p.orgs.FindOrganizations(ctx, id.String(), 20)
	i := slices.IndexFunc(found, func(o clerkapi.Organization) bool { return o.ID == id })
	if err != nil || i < 0 {
		return id.String()
	}
	return quoted(found[i].Name)
}

func quoted(name string) sentence.Sentence { return sentence.Of("quoted", "name", name) }

func missing(says sentence.Sentence) error {
	return fault.New(fault.PermissionMissing, nil).Saying(says)
}

// unread says what of Clerk's answer cannot be read.
func unread(says sentence.Sentence) error {
	return fault.New(fault.PermissionUnknown, nil).Saying(says)
}

// unknown says why Clerk could not be asked, in the words of that failure.
func unknown(err error) error {
	cause := fault.From(err)
	if cause.Code == fault.Canceled {
		return cause
	}
	return fault.New(fault.PermissionUnknown, err).
		Saying(sentence.Of("permission_unknown.because", "why", cause.Says())).
		WithTrace(cause.TraceID).WithRetryAfter(cause.RetryAfter)
}
