package impersonation

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

	"understudy/internal/audit"
	"understudy/internal/clerkapi"
	"understudy/internal/fault"
	"understudy/internal/operator"
	"understudy/internal/secret"
	"understudy/internal/sentence"
)

// statusPending is what Clerk calls a fresh actor token.
const statusPending = "pending"

var errOtherToken = errors.New("actor token: not pending, or for another user")

// Create runs the steps up to a checked ticket: policy, audit intent, actor
// token, ticket URL. The ticket stays inside; [Service.Open] and
// [Service.CopyLink] use it. The request to Clerk is sent at most once: it has
// no idempotency key, and each one may spend a unit of the monthly quota. If it
// is not known what became of it, the impersonation is Unknown, to be ended.
func (s *Service) Create(ctx context.Context, r Request) (Impersonation, error) {
	r.Reason, r.Override, r.Reference = strings.TrimSpace(r.Reason), strings.TrimSpace(r.Override), strings.TrimSpace(r.Reference)
	r.ChangesReason, r.Land = strings.TrimSpace(r.ChangesReason), strings.TrimSpace(r.Land)
	r.Mode = s.Policy().mode(r)
	who := s.Operator()
	user, err := s.checkPolicy(ctx, who, r, freshFor)
	if err != nil {
		return Impersonation{}, err
	}
	intent, err := s.writeIntent(ctx, who, r)
	if err != nil {
		return Impersonation{}, err
	}
	it := s.prepare(r, user, intent)
	if err := s.requestToken(ctx, it, r, who, intent); err != nil {
		if fault.From(err).Undone {
			return Impersonation{}, s.failed(ctx, it, err)
		}
		return s.unclear(ctx, it, fault.From(err), unclearSentence(fault.From(err))), nil
	}
	if err := s.record(detached(ctx), it, audit.Issued, audit.Result{ActorToken: it.token.String()}); err != nil {
		return s.withdraw(ctx, it, fault.New(fault.AuditUnwritable, err).Saying(sentence.Of("audit_unwritable.withdrawn")))
	}
	if ctx.Err() != nil {
		return s.withdraw(ctx, it, fault.New(fault.Canceled, ctx.Err()).Saying(sentence.Of("canceled.withdrawn")))
	}
	s.add(it)
	return s.snapshot(it), nil
}

// checkPolicy reports whether the operator may do what is requested, by what
// Clerk said of them and of the user less than oldest ago.
func (s *Service) checkPolicy(ctx context.Context, who operator.Operator, r Request, oldest time.Duration) (clerkapi.User, error) {
	// The operator's input is checked before Clerk is asked who the user is.
	if err := s.Policy().checkRequest(who, r); err != nil {
		return clerkapi.User{}, err
	}
	if err := s.Admit(ctx, who, oldest); err != nil {
		return clerkapi.User{}, err
	}
	user, err := s.Users.Recent(ctx, r.UserID, oldest)
	if err != nil {
		return clerkapi.User{}, err
	}
	// At least a second, so that memberships that came with the user are not fetched again.
	memberships, err := s.memberships(ctx, r.UserID, max(oldest, time.Second))
	if err != nil {
		return clerkapi.User{}, rolesUnknown(err)
	}
	return user, s.Policy().Check(who, Subject{user, memberships}, r)
}

// writeIntent puts the request on disk before Clerk is asked. If that fails, nothing
// is asked.
func (s *Service) writeIntent(ctx context.Context, who operator.Operator, r Request) (audit.Record, error) {
	intent, err := s.Log.Append(ctx, audit.Record{
		Event: audit.Requested, Record: s.NewID(), Operator: OnRecord(who),
		Instance: s.Instance, User: r.UserID.String(),
		Reason: r.Reason, Override: r.Override, Reference: r.Reference,
		LinkSeconds:    int(r.LinkLife.Seconds()),
		SessionSeconds: int(r.SessionLength.Seconds()),
		Mode:           string(r.Mode),
	})
	if fault.CodeOf(err) == fault.AuditUnwritable {
		return intent, fault.From(err).Saying(sentence.Of("audit_unwritable.not_sent"))
	}
	return intent, err
}

func (s *Service) prepare(r Request, user clerkapi.User, intent audit.Record) *item {
	now := s.Now()
	return &item{request: r, operator: intent.Operator.ID, view: newViewing(s.Now), Impersonation: Impersonation{
		ID: intent.Record, UserID: user.ID, UserEmail: cmp.Or(user.Reach(), user.Username),
		UserName: user.Name(),
		Reason:   r.Reason, Reference: r.Reference, State: Pending, CreatedAt: now,
		LinkExpiresAt: now.Add(r.LinkLife), SessionEndsAt: now.Add(r.LinkLife + r.SessionLength),
	}}
}

// requestToken asks Clerk once, and keeps the answer only if all of it is what
// was asked for.
func (s *Service) requestToken(ctx context.Context, it *item, r Request, who operator.Operator, intent audit.Record) error {
	token, err := s.Tokens.CreateActorToken(ctx, clerkapi.ActorTokenRequest{
		UserID: r.UserID,
		Actor: clerkapi.Actor{
			Sub: who.Sub(), Iss: issuer, RID: intent.Record, Log: audit.Head{Seq: intent.Seq, Hash: intent.Hash}.String(), Ref: r.Reference,
		},
		LinkLife: r.LinkLife, SessionLength: r.SessionLength,
	})
	s.noteQuota(err)
	if err != nil {
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
	if err := s.Tokens.RevokeActorToken(detached(ctx), it.token); err != nil {
		return fault.New(fault.TicketRefused, errors.Join(reason, err)).
			Saying(sentence.Of("ticket_refused.pending"))
	}
	return fault.New(fault.TicketRefused, reason).AsUndone()
}

// failed records that nothing came of the request, and why.
func (s *Service) failed(ctx context.Context, it *item, cause error) error {
	f := fault.From(cause)
	result := audit.Result{Code: string(f.Code), ActorToken: it.token.String(), TraceID: f.TraceID}
	if err := s.record(detached(ctx), it, audit.Failed, result); err != nil {
		return f.Saying(unrecorded(f.Says()))
	}
	return cause
}

// unrecorded adds to what is said of a step that the history lacks it.
func unrecorded(said sentence.Sentence) sentence.Sentence {
	return sentence.Of("unrecorded", "said", said)
}

// unclear makes an impersonation known of which nobody knows whether there is a
// token, and of which there is no ticket.
func (s *Service) unclear(ctx context.Context, it *item, cause *fault.Error, says sentence.Sentence) Impersonation {
	problem := fault.New(fault.ImpersonationUnclear, cause).WithTrace(cause.TraceID).Saying(says)
	result := audit.Result{Code: string(cause.Code), ActorToken: it.token.String(), TraceID: cause.TraceID}
	if err := s.record(detached(ctx), it, audit.Unclear, result); err != nil {
		problem = problem.Saying(unrecorded(says))
	}
	it.ticket, it.State, it.Problem = secret.TicketURL{}, Unknown, problem
	s.add(it)
	return s.snapshot(it)
}

func unclearSentence(cause *fault.Error) sentence.Sentence {
	switch cause.Code {
	case fault.TicketRefused:
		return cause.Says() // there is one
	case fault.Canceled:
		return sentence.Of("impersonation_unclear.stopped")
	default:
		return sentence.Of("impersonation_unclear.because", "why", cause.Says())
	}
}

// withdraw revokes a token that is not to be used after all: without its record,
// or because the operator stopped. cause says that it was revoked.
func (s *Service) withdraw(ctx context.Context, it *item, cause *fault.Error) (Impersonation, error) {
	if unused, _ := s.revokeLink(detached(ctx), it); !unused {
		return s.unclear(ctx, it, cause, sentence.Of("impersonation_unclear.pending")), nil
	}
	if cause.Code == fault.AuditUnwritable {
		return Impersonation{}, cause
	}
	if err := s.record(detached(ctx), it, audit.Revoked, audit.Result{Code: string(ByOperator), ActorToken: it.token.String()}); err != nil {
		return Impersonation{}, cause.Saying(unrecorded(cause.Says()))
	}
	return Impersonation{}, cause
}

// detached keeps a record from being lost because the operator pressed Cancel:
// by then the request has left.
func detached(ctx context.Context) context.Context { return context.WithoutCancel(ctx) }
