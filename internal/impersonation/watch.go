package impersonation

import (
	"context"
	"strings"
	"time"

	"understudy/internal/audit"
	"understudy/internal/browser"
	"understudy/internal/fault"
	"understudy/internal/held"
	"understudy/internal/report"
	"understudy/internal/settings"
	"understudy/internal/viewonly"
)

// open opens the ticket in a browser, and holds the browser if it can be held. Why
// changes are allowed, and for how long, is on record before. The caller holds
// it.busy.
func (s *Service) open(ctx context.Context, it *item, browserID string) error {
	mode, rules := it.request.Mode, s.Policy().Changes()
	if why, length := it.request.ChangesReason, minutes(rules); mode == viewonly.AllowChanges && (why != "" || length > 0) {
		allowed := audit.Record{Event: audit.ChangesAllowed, Reason: why}
		if length > 0 {
			allowed.Until = it.LinkExpiresAt.Add(length) // at the latest: it counts from the sign-in
		}
		if err := s.recordChange(ctx, it, allowed); err != nil {
			return err
		}
	}
	later := detached(ctx)
	window, err := s.Opener.Open(ctx, browserID, browser.Visit{
		Impersonation: it.ID, Ticket: it.ticket, Required: rules.Allow == settings.AllowNever,
		Mode: mode, Land: it.request.Land, Watcher: it.view,
		Rules:  viewonly.Rules{Frontends: s.Gate.addresses(), Paths: rules.Paths, Hosts: rules.Hosts, HoldGraphQL: rules.HoldGraphQL},
		Mark:   held.Mark{Operator: s.Operator().Name, User: it.UserName, Changes: rules.Allow != settings.AllowNever},
		Stolen: func() { s.endStolen(later, it) },
		Closed: func() { s.windowClosed(later, it) },
	})
	if err != nil {
		return err
	}
	it.view.begin(window, mode, func(turn int) { s.signedIn(it, window, turn) }, func(ask held.Ask) { s.asked(later, it.ID, ask) })
	return nil
}

// minutes is how long changes are allowed at most, 0 for the whole session.
func minutes(rules settings.Changes) time.Duration { return time.Duration(rules.Minutes) * time.Minute }

// signedIn has the next look ask Clerk at once, and starts the time that changes are
// allowed for, unless the operator has chosen another mode since that turn.
func (s *Service) signedIn(it *item, window held.Window, turn int) {
	s.locked(func() { s.checked = time.Time{} })
	length := minutes(s.Policy().Changes())
	if it.request.Mode != viewonly.AllowChanges || length <= 0 {
		return
	}
	next, begun := it.view.setModeAfter(turn, window, viewonly.AllowChanges, it.request.ChangesReason, s.Now().Add(length))
	if begun {
		s.AfterFunc(length, s.fallBack(it, window, next))
	}
}

// asked does what the mark's buttons ask for. It passes on all that needs a reason.
func (s *Service) asked(ctx context.Context, id string, ask held.Ask) {
	switch ask.Kind {
	case held.AskEnd:
		_, _ = s.End(ctx, id) // the live board shows what it did
	case held.AskView:
		_, _ = s.ViewOnlyAgain(ctx, id)
	case held.AskChanges, held.AskPath, held.AskConnection, held.AskShow:
		place := Place{Host: ask.Host}
		if ask.URL != "" {
			host, path, _ := strings.Cut(report.Shape(ask.URL), "/")
			place = Place{Host: host, Path: "/" + path}
		}
		s.Asked(id, ask.Kind, place)
	}
}

// saveReport keeps what was seen beside the audit log, and returns what the closing
// record says of it: nothing where nobody watched.
func (s *Service) saveReport(ctx context.Context, it *item, how Ending) (audit.Result, error) {
	if it.view.heldWindow() == nil {
		return audit.Result{}, nil
	}
	it.view.recorder.Ended(string(how), s.Now())
	seen := it.view.recorder.Report()
	content, err := seen.Encode()
	if err != nil {
		return audit.Result{}, fault.New(fault.AuditUnwritable, err)
	}
	hash, err := s.Log.SaveReport(ctx, it.ID, content)
	figures := seen.Figures()
	return audit.Result{Report: hash, Pages: figures.Pages, Sent: figures.Sent, HeldBack: figures.HeldBack}, err
}
