package impersonation

import (
	"time"

	"understudy/internal/audit"
	"understudy/internal/clerkapi"
)

// Recover makes known what earlier runs began in this instance and did not see
// the end of. The tickets are gone with those runs; what is left is to find the
// sessions and to end them. The next [Service.Live] tells what became of each.
func (s *Service) Recover(past []audit.Impersonation) {
	for _, p := range past {
		request := p.Request()
		user, err := clerkapi.ParseUserID(request.User)
		if err != nil || request.Instance != s.Instance || !unfinishedAt(p.Stage) {
			continue
		}
		linkLife := time.Duration(request.LinkSeconds) * time.Second
		linkEnds := request.Time.Add(linkLife)
		// By its timer the link lasts once more as long at most, should the clock have been set back.
		it := &item{request: Request{LinkLife: linkLife}, view: newViewing(s.Now), Impersonation: Impersonation{
			ID: p.Record, UserID: user, Reason: request.Reason, Reference: request.Reference, State: Unknown,
			CreatedAt: request.Time, LinkExpiresAt: linkEnds,
			SessionEndsAt: linkEnds.Add(time.Duration(request.SessionSeconds) * time.Second),
		}}
		for _, r := range p.Records {
			if token, err := clerkapi.ParseActorTokenID(r.Result.ActorToken); err == nil {
				it.token = token
			}
			if r.Browser != "" {
				it.Browser = r.Browser
			}
			if r.Event == audit.SignedIn {
				it.accepted = true
			}
		}
		it.recorded = p.Stage == audit.StageLive
		s.add(it)
	}
}

// unfinishedAt reports whether something may still be open at Clerk. A link that
// ran out is among them: it is revoked when the next check finds it.
func unfinishedAt(stage audit.Stage) bool {
	switch stage {
	case audit.StageRequested, audit.StagePending, audit.StageOpened, audit.StageLive, audit.StageExpired, audit.StageUnknown:
		return true
	case audit.StageRevoked, audit.StageEnded, audit.StageFailed, audit.StageAccepted:
		return false
	}
	return true
}
