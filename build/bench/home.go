package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"understudy/internal/clerkapi"
	"understudy/internal/impersonation"
	"understudy/internal/instances"
	"understudy/internal/keychain"
	"understudy/internal/settings"
)

// home is a home folder in which an instance is connected.
type home struct {
	dir   string
	clerk *clerk
}

// audit is where the program keeps its record.
func (h home) audit() string { return filepath.Join(h.dir, ".local", "share", "understudy", "audit") }

// env is for a program that runs in this home. The settings must be found there
// and nowhere else.
func (h home) env() []string {
	return append(os.Environ(), "HOME="+h.dir, "CLERK_API_URL="+h.clerk.url, "NO_AT_BRIDGE=1")
}

// connect makes a home and connects an instance in it, with the program's own
// code: settings, key in the keychain, operator. The caller closes the manager.
func (b *bench) connect(ctx context.Context, c *clerk, opener impersonation.Opener) (home, *instances.Manager, error) {
	dir, err := os.MkdirTemp(b.work, "home-")
	if err != nil {
		return home{}, nil, fmt.Errorf("make a home: %w", err)
	}
	h := home{dir, c}
	store, err := settings.Open(filepath.Join(dir, ".config", "understudy"), settings.Managed{})
	if err != nil {
		return home{}, nil, fmt.Errorf("settings: %w", err)
	}
	keys := keychain.New(keychain.Service, keychain.System(), keychain.Patience)
	manager := instances.New(instances.Config{
		Settings: store, Keys: keys, Vault: keys, AuditDir: h.audit(), Opener: opener,
		APIURL: c.url, Version: "benchmark", Transport: clerkapi.NewTransport(),
		Now: b.now, NewID: rand.Text, AfterFunc: func(d time.Duration, f func()) { time.AfterFunc(d, f) },
	})
	connected, err := manager.Connect(ctx, clerkKey)
	if err != nil {
		return home{}, nil, fmt.Errorf("connect: %w", err)
	}
	me, err := clerkapi.ParseUserID(c.server.OperatorID())
	if err == nil {
		_, err = connected.PickOperator(ctx, me)
	}
	if err != nil {
		return home{}, nil, fmt.Errorf("pick the operator: %w", err)
	}
	return h, manager, nil
}
