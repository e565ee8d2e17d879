package impersonation

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"understudy/internal/audit"
	"understudy/internal/fault"
	"understudy/internal/held"
	"understudy/internal/sentence"
	"understudy/internal/settings"
	"understudy/internal/viewonly"
)

// Changes are the rules for changes, with what is empty spelled out.
func (p Policy) Changes() settings.Changes { return p.Rules.Changes.In(p.Environment) }

// checkChanges is about allowing changes, in the dialog or later.
func (p Policy) checkChanges(reason string) error {
	switch allow := p.Changes().Allow; {
	case allow == settings.AllowNever:
		return fault.New(fault.ChangesForbidden, nil)
	case allow == settings.AllowReason && reason == "":
		return fault.New(fault.ChangesReason, nil)
	case utf8.RuneCountInString(reason) > maxReason:
		return fault.New(fault.ReasonTooLong, nil)
	}
	return nil
}

// mode is the one that was asked for, or else the rules' own. Where that needs a
// reason that was not given, it is view only.
func (p Policy) mode(r Request) viewonly.Mode {
	mode := cmp.Or(r.Mode, p.Changes().Default)
	if r.Mode == "" && p.checkChanges(r.ChangesReason) != nil {
		return viewonly.ViewOnly
	}
	return mode
}

// checkMode is about the mode that was chosen in the dialog.
func (p Policy) checkMode(r Request) error {
	switch r.Mode {
	case viewonly.ViewOnly:
		return nil
	case viewonly.AllowChanges:
		return p.checkChanges(r.ChangesReason)
	default:
		return fault.New(fault.SettingInvalid, nil)
	}
}

// maxLand is far above the path of any page.
const maxLand = 2 << 10

// isLand reports whether a text is a path of the app, which a browser takes for no
// other address. Empty: where the app leads by itself.
func isLand(path string) bool {
	return path == "" || len(path) <= maxLand && strings.HasPrefix(path, "/") && !strings.HasPrefix(path, "//") &&
		!strings.ContainsFunc(path, func(r rune) bool { return r <= ' ' || r == 0x7f || r == '\\' })
}

// AllowChanges lets changes be sent from now on, for as long as was asked and the
// rules allow; 0 is as long as they allow. It is on record before it takes effect.
func (s *Service) AllowChanges(ctx context.Context, id, reason string, length time.Duration) (Impersonation, error) {
	it, window, err := s.heldOne(id)
	if err != nil {
		return Impersonation{}, err
	}
	reason = strings.TrimSpace(reason)
	if err := s.Policy().checkChanges(reason); err != nil {
		return Impersonation{}, err
	}
	it.busy.Lock()
	defer it.busy.Unlock()
	if s.snapshot(it).State == Ended {
		return Impersonation{}, fault.New(fault.ImpersonationUnknown, nil)
	}
	if err := s.allowChanges(ctx, it, window, reason, length); err != nil {
		return Impersonation{}, err
	}
	return s.snapshot(it), nil
}

// allowChanges records and then allows. The caller holds it.busy.
func (s *Service) allowChanges(ctx context.Context, it *item, window held.Window, reason string, length time.Duration) error {
	longest := minutes(s.Policy().Changes())
	if longest > 0 && (length <= 0 || length > longest) {
		length = longest
	}
	var until time.Time
	if length > 0 {
		until = s.Now().Add(length)
	}
	if err := s.recordChange(ctx, it, audit.Record{Event: audit.ChangesAllowed, Reason: reason, Until: until}); err != nil {
		return err
	}
	turn := it.view.setMode(window, viewonly.AllowChanges, reason, until)
	if length > 0 {
		s.AfterFunc(length, s.fallBack(it, window, turn))
	}
	return nil
}

// fallBack returns what ends a permission that nothing ended before. It holds
// neither the service nor its key, which must be able to leave the memory before.
func (s *Service) fallBack(it *item, window held.Window, turn int) func() {
	log, ended := s.Log, s.changeRecord(it, audit.Record{Event: audit.ChangesOver, Result: audit.Result{Code: string(ByTime)}})
	return func() {
		if _, over := it.view.setModeAfter(turn, window, viewonly.ViewOnly, "", time.Time{}); over {
			_, _ = log.Append(context.Background(), ended) // the record that allowed it says until when
		}
	}
}

// ViewOnlyAgain holds changes back from now on, and then records that.
func (s *Service) ViewOnlyAgain(ctx context.Context, id string) (Impersonation, error) {
	it, window, err := s.heldOne(id)
	if err != nil {
		return Impersonation{}, err
	}
	it.view.setMode(window, viewonly.ViewOnly, "", time.Time{})
	err = s.recordChange(detached(ctx), it, audit.Record{Event: audit.ChangesOver, Result: audit.Result{Code: string(ByOperator)}})
	return s.snapshot(it), err
}

// Place is a path that something was held back for, or a host that a socket was
// refused to, as [Impersonation] has them. The other one is empty.
type Place struct {
	Host string // of a path too
	Path string // with ":id" where any one segment may stand
}

// AllowPlace lets more be sent in view only, for the rest of this impersonation. It
// is on record before it takes effect. A connection is made once the pages have been
// loaded anew, which happens at once.
func (s *Service) AllowPlace(ctx context.Context, id string, place Place, reason string) (Impersonation, error) {
	it, window, err := s.heldOne(id)
	if err != nil {
		return Impersonation{}, err
	}
	if reason = strings.TrimSpace(reason); reason == "" {
		return Impersonation{}, fault.New(fault.ChangesReason, nil)
	}
	if err := s.Policy().checkChanges(reason); err != nil {
		return Impersonation{}, err
	}
	pattern, err := place.pattern()
	if err != nil {
		return Impersonation{}, fault.New(fault.PlaceInvalid, err)
	}
	r := audit.Record{Event: audit.ConnectionAllowed, Reason: reason, Host: place.Host}
	if place.Path != "" {
		r = audit.Record{Event: audit.PathAllowed, Reason: reason, Path: place.Host + place.Path}
	}
	if err := s.recordChange(ctx, it, r); err != nil {
		return Impersonation{}, err
	}
	if err := it.view.allow(window, place, pattern, reason); err != nil {
		return Impersonation{}, fault.New(fault.PlaceInvalid, err)
	}
	return s.snapshot(it), nil
}

// DisallowPlace takes that back at once.
func (s *Service) DisallowPlace(id string, place Place) (Impersonation, error) {
	it, window, err := s.heldOne(id)
	if err != nil {
		return Impersonation{}, err
	}
	pattern, err := place.pattern()
	if err == nil {
		err = it.view.disallow(window, place, pattern)
	}
	if err != nil {
		return Impersonation{}, fault.New(fault.PlaceInvalid, err)
	}
	return s.snapshot(it), nil
}

var errPlace = errors.New("impersonation: no host")

// pattern is the rule of [viewonly.Rules] that allows a place. An app on this
// computer may be plain http.
func (p Place) pattern() (string, error) {
	if p.Host == "" || strings.Contains(p.Host, ":id") {
		return "", errPlace
	}
	if p.Path == "" {
		return p.Host, viewonly.CheckHost(p.Host)
	}
	scheme := "https://"
	if isThisComputer(p.Host) {
		scheme = "http://"
	}
	pattern := scheme + p.Host + strings.ReplaceAll(p.Path, ":id", "*")
	return pattern, viewonly.CheckPath(pattern)
}

// heldOne finds an impersonation whose browser is held, with its window. An ended one
// counts as unknown: its report is closed.
func (s *Service) heldOne(id string) (*item, held.Window, error) {
	it, err := s.find(id)
	if err != nil {
		return nil, nil, err
	}
	window := it.view.heldWindow()
	switch {
	case s.snapshot(it).State == Ended:
		return nil, nil, fault.New(fault.ImpersonationUnknown, nil)
	case window == nil:
		return nil, nil, fault.New(fault.NotWatched, nil)
	}
	return it, window, nil
}

// recordChange puts a change of what may be sent on record.
func (s *Service) recordChange(ctx context.Context, it *item, r audit.Record) error {
	if _, err := s.Log.Append(ctx, s.changeRecord(it, r)); err != nil {
		return fault.New(fault.AuditUnwritable, err).Saying(sentence.Of("audit_unwritable.unchanged"))
	}
	return nil
}

// changeRecord fills in whom a record is about and who acts.
func (s *Service) changeRecord(it *item, r audit.Record) audit.Record {
	r.Record, r.Operator, r.Instance, r.User = it.ID, OnRecord(s.Operator()), s.Instance, it.UserID.String()
	return r
}
