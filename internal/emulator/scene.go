package emulator

import (
	"cmp"
	"errors"
	"strings"
	"time"
)

// Scene is how things stand at Clerk, apart from the users. In JSON durations are
// nanoseconds, as encoding/json has them.
type Scene struct {
	// Latency delays each answer, give or take Jitter.
	Latency time.Duration `json:"latency"`
	Jitter  time.Duration `json:"jitter"`
	// RateLimit switches Clerk's limits on: 100 calls in 10 seconds on a
	// development instance, 1000 on a production one.
	RateLimit bool `json:"rate_limit"`
	// PlanLacksImpersonation refuses actor tokens with 402.
	PlanLacksImpersonation bool `json:"plan_lacks_impersonation"`
	// MonthlyLimit is after how many actor tokens further ones are refused with
	// 422; 0 is no limit.
	MonthlyLimit int `json:"monthly_limit"`
	// SignInPage leads a ticket to the app's sign-in page, whose script posts it, as at
	// Clerk. Refusals are then answers to that script.
	SignInPage bool `json:"sign_in_page"`
	// BanAfterToken bans each user right after an actor token for them was made,
	// before anybody can use it.
	BanAfterToken bool `json:"ban_after_token"`
	// PromptIgnored answers an OAuth application for whoever is signed in in the
	// browser, an impersonated session too, though it asks for a sign-in.
	PromptIgnored bool `json:"prompt_ignored"`
	// PendingEvery makes impersonations of every so many users begin pending: they
	// wait for Tasks, which the user does in the browser. 1 is everybody, 0 nobody.
	PendingEvery int `json:"pending_every"`
	// Tasks are Clerk's keys with commas between them. Empty gives each user one of
	// those that Clerk has.
	Tasks string `json:"tasks"`
	// PendingStatus is the status of such a session, Clerk's "pending" if empty.
	PendingStatus string `json:"pending_status"`
	// SatelliteWithoutAddress adds a satellite domain that has no address yet.
	SatelliteWithoutAddress bool `json:"satellite_without_address"`
	// OrganizationsOff refuses what is asked of organizations with 403, as on an
	// instance that has them turned off.
	OrganizationsOff bool `json:"organizations_off"`
	// Extremes gives some of the newest users words, dates and metadata that no table
	// expects. They are found and ordered by what they were.
	Extremes bool `json:"extremes"`
	// ClockOffset is how far the clock at Clerk is ahead; it may be negative.
	ClockOffset time.Duration `json:"clock_offset"`
}

func (c Scene) validate() error {
	if c.Latency < 0 || c.Jitter < 0 || c.Jitter > c.Latency {
		return errors.New("scene: latency and jitter cannot be negative, nor jitter more than latency")
	}
	if c.MonthlyLimit < 0 {
		return errors.New("scene: the monthly limit cannot be negative")
	}
	if c.PendingEvery < 0 {
		return errors.New("scene: not every so many users can be pending")
	}
	return nil
}

// begin gives a new session its status and what it waits for.
func (c Scene) begin(x *session) {
	x.status = statusActive
	if !x.impersonated() || c.PendingEvery == 0 || x.user%c.PendingEvery != 0 {
		return
	}
	x.status = cmp.Or(c.PendingStatus, statusPending)
	all := []string{"choose-organization", "reset-password", "setup-mfa"}
	x.tasks = []string{all[x.user/c.PendingEvery%len(all)]}
	if c.Tasks != "" {
		x.tasks = strings.Split(c.Tasks, ",")
	}
}

// Scene returns how things stand.
func (s *Server) Scene() Scene {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.scene
}

// SetScene changes how things stand, from the next request on.
func (s *Server) SetScene(scene Scene) error {
	if err := scene.validate(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scene = scene
	return nil
}
