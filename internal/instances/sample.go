package instances

import (
	"context"
	"errors"
	"os"

	"understudy/internal/clerkapi"
	"understudy/internal/emulator"
	"understudy/internal/fault"
	"understudy/internal/history"
	"understudy/internal/secret"
	"understudy/internal/settings"
	"understudy/internal/workspace"
)

// The sample workspace is the same every time.
const (
	sampleName  = "Northwind" // the app behind the stand-in's ticket page
	sampleUsers = 2500
	sampleSeed  = 1
	// samplePending: some have a step to do before the app lets them in, Camille
	// Laurent on the first page among them.
	samplePending = 277
)

// ConnectSample uses the sample workspace: a stand-in for Clerk within this
// process, with settings in memory and an audit log in a folder that is removed
// when it is left. Nothing of the real ones is touched.
func (m *Manager) ConnectSample(ctx context.Context) (*workspace.Workspace, error) {
	turn, err := m.begin()
	if err != nil {
		return nil, err
	}
	//nolint:contextcheck // the stand-in outlives the call that starts it
	running, err := emulator.Start(context.Background(), "127.0.0.1:0", emulator.Config{
		Users: sampleUsers, Seed: sampleSeed, Now: m.config.Now,
		Environment: string(secret.Development), Scene: emulator.Scene{PendingEvery: samplePending},
	})
	if err != nil {
		return nil, fault.New(fault.Internal, err)
	}
	w, err := m.buildSample(ctx, running)
	if err != nil {
		return nil, errors.Join(err, running.Close())
	}
	if err := m.replace(turn, w); err != nil {
		return nil, err
	}
	return w, nil
}

func (m *Manager) buildSample(ctx context.Context, running *emulator.Running) (*workspace.Workspace, error) {
	key, err := secret.ParseKey(emulator.SampleKey)
	if err != nil {
		return nil, err
	}
	found, err := m.verify(ctx, key, running.APIURL())
	if err != nil {
		return nil, err
	}
	found.instance.ID, found.instance.Name, found.instance.Sample = SampleID, sampleName, true
	found.instance.Fingerprint = "" // the key is everybody's
	dir, err := os.MkdirTemp("", "understudy-sample-")
	if err != nil {
		return nil, fault.New(fault.AuditUnwritable, err)
	}
	own, err := history.Open(dir, nil, m.config.Now, m.config.NewID())
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	store := settings.Memory()
	preferences := m.config.Settings.Get().Preferences
	if err := store.Update(func(s *settings.Settings) error { s.Preferences = preferences; return nil }); err != nil {
		return nil, errors.Join(err, own.Close(), os.RemoveAll(dir))
	}
	m.operators.Forget(SampleID) // of a stand-in before this one
	w, err := m.build(found, store, own, func() error {
		return errors.Join(running.Close(), own.Close(), os.RemoveAll(dir))
	})
	if err != nil {
		return nil, errors.Join(err, own.Close(), os.RemoveAll(dir))
	}
	me, err := clerkapi.ParseUserID(running.Server().OperatorID())
	if err == nil {
		_, err = w.PickOperator(ctx, me)
	}
	if err != nil {
		return nil, errors.Join(err, w.Close(fault.Canceled))
	}
	return w, nil
}
