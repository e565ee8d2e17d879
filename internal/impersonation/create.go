package impersonation

import (
	"context"
	"errors"
	"strings"

	"understudy/internal/audit"
	"understudy/internal/clerkapi"
	"understudy/internal/fault"
)

// statusPending is what Clerk calls a fresh actor token.
const statusPending = "pending"

var errOtherToken = errors.New("actor token: not pending, or for another user")

// Create runs the steps up to a checked ticket: policy, audit intent, actor
// token, ticket URL. The ticket stays inside; [Service.Open] and
// [Service.CopyLink] use it. The request to Clerk is sent at most once: it has
// no idempotency key, and each one may spend a unit of the monthly quota.
func (s *Service) Create(ctx context.Context, r Request) (Impersonation, error) {
	r.Reason, r.Override, r.Reference = strings.TrimSpace(r.Reason), strings.TrimSpace(r.Override), strings.TrimSpace(r.Reference)
	who := s.Operator()
	user, err := s.checkPolicy(ctx, who, r)
	if err != nil {
		return Impersonation{}, err
	}
	intent, err := s.writeIntent(ctx, who, r)
	if err != nil {
		return Impersonation{}, err
	}
	it := s.prepare(r, user, intent)
	if err := s.requestToken(ctx, it, r, intent); err != nil {
		return Impersonation{}, s.failed(ctx, it, err)
	}
	if err := s.writeIssued(ctx, it); err != nil {
		return Impersonation{}, s.withdraw(ctx, it, err)
	}
	s.add(it, r.LinkLife)
	return s.snapshot(it), nil
}

func (s *Service) checkPolicy(ctx context.Context, who audit.Operator, r Request) (clerkapi.User, error) {
	// What the operator typed is checked before Clerk is asked who the user is.
	operator := clerkapi.UserID(who.ID)
	if err := s.Policy().Check(operator, Subject{User: clerkapi.User{ID: r.UserID}}, r); err != nil {
		return clerkapi.User{}, err
	}
	if err := s.Admit(ctx, who, freshFor); err != nil {
		return clerkapi.User{}, err
	}
	user, err := s.Users.Recent(ctx, r.UserID, freshFor)
	if err != nil {
		return clerkapi.User{}, err
	}
	memberships, err := s.memberships(ctx, r.UserID, freshFor)
	if err != nil {
		return clerkapi.User{}, rolesUnknown(err)
	}
	return user, s.Policy().Check(operator, Subject{user, memberships}, r)
}

// writeIntent puts on disk what is about to be asked of Clerk. If that fails,
// nothing is asked.
func (s *Service) writeIntent(ctx context.Context, who audit.Operator, r Request) (audit.Record, error) {
	return s.Log.Append(ctx, audit.Record{
		Event: audit.Requested, Record: s.NewID(), Operator: who,
		Instance: string(s.Instance), User: string(r.UserID),
		Reason: r.Reason, Override: r.Override, Reference: r.Reference,
		LinkSeconds:    int(r.LinkLife.Seconds()),
		SessionSeconds: int(r.SessionLength.Seconds()),
	})
}

func (s *Service) prepare(r Request, user clerkapi.User, intent audit.Record) *item {
	now := s.Now()
	return &item{Impersonation: Impersonation{
		ID: intent.Record, UserID: user.ID, UserEmail: user.Email,
		UserName: user.Name(),
		Reason:   r.Reason, Reference: r.Reference, State: Pending, CreatedAt: now,
		LinkExpiresAt: now.Add(r.LinkLife), SessionEndsAt: now.Add(r.LinkLife + r.SessionLength),
	}}
}

// requestToken asks Clerk once, and keeps the answer only if all of it is what
// was asked for.
func (s *Service) requestToken(ctx context.Context, it *item, r Request, intent audit.Record) error {
	token, err := s.Tokens.CreateActorToken(ctx, clerkapi.ActorTokenRequest{
		UserID: r.UserID,
		Actor: clerkapi.Actor{
			Sub: intent.Operator.ID, Iss: issuer, RID: intent.Record, Log: audit.Head{Seq: intent.Seq, Hash: intent.Hash}.String(), Ref: r.Reference,
		},
		LinkLife: r.LinkLife, SessionLength: r.SessionLength,
	})
	if err != nil {
		s.noteQuota(err)
		return err
	}
	it.token, it.ticket = token.ID, token.URL
	if token.Status != statusPending || token.UserID != r.UserID {
		return s.refuse(ctx, it, errOtherToken)
	}
	if err := s.Gate.Check(token.URL.Reveal()); err != nil {
		return s.refuse(ctx, it, err)
	}
	return nil
}

// refuse revokes a token whose ticket must not be opened.
func (s *Service) refuse(ctx context.Context, it *item, reason error) error {
	refusal := fault.New(fault.TicketRefused, reason)
	if err := s.Tokens.RevokeActorToken(ctx, it.token); err != nil && fault.CodeOf(err) != fault.TokenNotPending {
		return refusal.WithMessage("Clerk's sign-in link did not look right, so it was not opened. It could not be revoked either: it runs out by itself.")
	}
	return refusal
}

// failed records that nothing came of the request, and why.
func (s *Service) failed(ctx context.Context, it *item, cause error) error {
	f := fault.From(cause)
	result := audit.Result{Code: string(f.Code), ActorToken: string(it.token), TraceID: f.TraceID}
	if err := s.record(detached(ctx), it, audit.Failed, result); err != nil {
		return errors.Join(cause, err)
	}
	return cause
}

// writeIssued records the token's id: Clerk does not tell it again, and without
// it the token could not be revoked after a crash.
func (s *Service) writeIssued(ctx context.Context, it *item) error {
	return s.record(detached(ctx), it, audit.Issued, audit.Result{ActorToken: string(it.token)})
}

// withdraw revokes a token that could not be recorded: what the log does not
// know must not be usable.
func (s *Service) withdraw(ctx context.Context, it *item, cause error) error {
	if err := s.Tokens.RevokeActorToken(detached(ctx), it.token); err != nil {
		return errors.Join(cause, err)
	}
	return fault.New(fault.AuditUnwritable, cause).
		WithMessage("The record could not be written, so the sign-in link was revoked again.")
}

// detached keeps a record from being lost because the operator pressed Cancel:
// by then the request has left.
func detached(ctx context.Context) context.Context { return context.WithoutCancel(ctx) }
