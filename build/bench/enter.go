package main

import (
	"context"
	"fmt"
	"time"

	"understudy/internal/browser"
	"understudy/internal/clerkapi"
	"understudy/internal/directory"
	"understudy/internal/held"
	"understudy/internal/impersonation"
)

// enters is how often somebody is impersonated.
const enters = 60

// measureEnter times what is between the confirmation of the dialog and the
// start of the browser: policy, record of the intent on disk, actor token,
// record of the token on disk, check of the address. All of it is the real
// thing but the browser.
func (b *bench) measureEnter(ctx context.Context) ([]figure, error) {
	stub := &browserStub{now: b.now}
	_, manager, err := b.connect(ctx, b.clerk, stub)
	if err != nil {
		return nil, err
	}
	defer func() { _ = manager.Close() }()
	w, err := manager.Current()
	if err != nil {
		return nil, fmt.Errorf("workspace: %w", err)
	}
	page, err := w.Directory.Page(ctx, directory.Request{Total: -1, View: directory.View{
		Order: clerkapi.Order{Field: clerkapi.ByCreated}, PinnedAt: b.now(),
	}})
	if err != nil {
		return nil, fmt.Errorf("users: %w", err)
	}

	began := b.now()
	var took []time.Duration
	for _, user := range page.Rows {
		if w.KnownOperator().Is(user) || user.Banned || user.Locked {
			continue
		}
		if len(took) == enters {
			break
		}
		w.Impersonations.Preflight(ctx, user.ID) // as the dialog does
		entered := b.now()
		created, err := w.Impersonations.Create(ctx, impersonation.Request{
			UserID: user.ID, Reason: "benchmark", LinkLife: time.Minute, SessionLength: 10 * time.Minute,
		})
		if err == nil {
			_, err = w.Impersonations.Open(ctx, created.ID, "")
		}
		if err != nil {
			return nil, fmt.Errorf("impersonate: %w", err)
		}
		took = append(took, stub.opened.Sub(entered))
	}
	trip := ms(roundTrip(b.clerk.between(createActorToken, began, b.now())))
	return []figure{{
		Name: "Enter to browser start, p95", Value: ms(percentile(0.95, took)), Unit: "ms", Samples: len(took),
		Baseline: trip, Compared: "round trip", Mark: trip + 20, Rule: "round trip + 20 ms",
	}}, nil
}

// browserStub notes when it is started.
type browserStub struct {
	now    func() time.Time
	opened time.Time
}

var _ impersonation.Opener = (*browserStub)(nil)

func (s *browserStub) Open(context.Context, string, browser.Visit) (held.Window, error) {
	s.opened = s.now()
	return nil, nil //nolint:nilnil // a browser that is not held has no window
}

func (s *browserStub) Close(string) {}
