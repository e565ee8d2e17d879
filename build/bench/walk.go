package main

import (
	"context"
	"fmt"
	"net/http"
	"time"

	sdk "github.com/clerk/clerk-sdk-go/v2"
	"github.com/clerk/clerk-sdk-go/v2/user"

	"understudy/internal/clerkapi"
	"understudy/internal/directory"
	"understudy/internal/secret"
)

// walkPages is how many pages a walk has, walks how often each is made.
const (
	walkPages = 100
	walks     = 3
)

// measureWalk walks through the newest users with the directory, and with the
// call that Clerk's own client offers for it. The two take turns, so that what
// else the machine does slows both.
func (b *bench) measureWalk(ctx context.Context) ([]figure, error) {
	var ours, theirs []time.Duration
	var ourCalls, theirCalls []int
	for range walks {
		took, calls, err := b.walk(ctx, b.walkDirectory)
		if err != nil {
			return nil, fmt.Errorf("directory: %w", err)
		}
		ours, ourCalls = append(ours, took), append(ourCalls, calls)
		if took, calls, err = b.walk(ctx, b.walkSDK); err != nil {
			return nil, fmt.Errorf("user.List: %w", err)
		}
		theirs, theirCalls = append(theirs, took), append(theirCalls, calls)
	}
	time, calls := ms(median(theirs)), float64(median(theirCalls))
	return []figure{
		{
			Name: "100 pages of 100 users", Value: ms(median(ours)), Unit: "ms", Samples: walks,
			Baseline: time, Compared: "with user.List", Mark: 0.55 * time, Rule: "0.55 × baseline",
		},
		{
			Name: "… requests", Value: float64(median(ourCalls)), Unit: "requests", Samples: walks,
			Baseline: calls, Compared: "with user.List", Mark: calls / 2, Rule: "half of the baseline",
		},
	}, nil
}

// walk times a walk and counts all requests of it.
func (b *bench) walk(ctx context.Context, along func(context.Context) error) (time.Duration, int, error) {
	from := b.now()
	err := along(ctx)
	took := b.now().Sub(from)
	return took, b.clerk.count(listUsers, from) + b.clerk.count(countUsers, from), err
}

func (b *bench) walkDirectory(ctx context.Context) error {
	key, err := secret.ParseKey(clerkKey)
	if err != nil {
		return fmt.Errorf("key: %w", err)
	}
	client, err := clerkapi.New(clerkapi.Config{BaseURL: b.clerk.url, Key: key, Now: b.now})
	if err != nil {
		return fmt.Errorf("client: %w", err)
	}
	defer client.CloseIdle()
	users := directory.New(client, client, b.now, client.Skew)
	ask := directory.Request{Total: -1, View: directory.View{
		Order: clerkapi.Order{Field: clerkapi.ByCreated, Descending: true}, PinnedAt: b.now(),
	}}
	for range walkPages {
		page, err := users.Page(ctx, ask)
		if err != nil {
			return fmt.Errorf("row %d: %w", ask.Index, err)
		}
		if len(page.Rows) < directory.PageSize {
			return fmt.Errorf("row %d: only %d rows", ask.Index, len(page.Rows))
		}
		ask.Index += len(page.Rows)
		ask.After = page.Rows[len(page.Rows)-1].ID
	}
	return nil
}

func (b *bench) walkSDK(ctx context.Context) error {
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	client := user.NewClient(&sdk.ClientConfig{BackendConfig: sdk.BackendConfig{
		URL: &b.clerk.url, Key: new(clerkKey), HTTPClient: &http.Client{Transport: transport},
	}})
	for page := range int64(walkPages) {
		params := &user.ListParams{OrderBy: new("-created_at")}
		params.Limit, params.Offset = new(int64(directory.PageSize)), new(page*directory.PageSize)
		found, err := client.List(ctx, params)
		if err != nil {
			return fmt.Errorf("page %d: %w", page, err)
		}
		if len(found.Users) < directory.PageSize {
			return fmt.Errorf("page %d: only %d users", page, len(found.Users))
		}
	}
	return nil
}
