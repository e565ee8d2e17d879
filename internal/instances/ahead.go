package instances

import (
	"context"

	"understudy/internal/workspace"
)

// opening is an instance that is opened before the window asks for it.
type opening struct {
	id     string
	cancel context.CancelFunc
	done   chan struct{} // closed when the rest is set
	opened *workspace.Workspace
	err    error
}

// OpenLast begins to use the instance that was used last, and to fetch its first
// rows: a web view takes longer to show its first page than the keychain and
// Clerk do to answer. [Manager.Opened] has it if that went well in time; else
// [Manager.Select] goes on from here, so that it waits, fails and is cancelled
// as if it had begun there.
func (m *Manager) OpenLast(ctx context.Context) {
	id := m.config.Settings.Get().Selected
	turn, err := m.begin()
	if id == "" || err != nil {
		return
	}
	waiting, cancel := context.WithCancel(ctx)
	o := &opening{id: id, cancel: cancel, done: make(chan struct{})}
	m.mu.Lock()
	m.opening = o
	m.mu.Unlock()
	go func() {
		defer cancel()
		defer close(o.done)
		o.opened, o.err = m.open(waiting, turn, id)
		if o.err == nil {
			o.opened.FetchAhead()
		}
	}()
}

// Opened returns the workspace that was opened ahead, once. It is nil while it
// is not there, and if it failed: Select tells why.
func (m *Manager) Opened() *workspace.Workspace {
	m.mu.Lock()
	defer m.mu.Unlock()
	o := m.opening
	if o == nil {
		return nil
	}
	select {
	case <-o.done:
	default:
		return nil
	}
	if o.err == nil {
		m.opening = nil
	}
	return o.opened
}

// takeOpening returns the instance that is being opened ahead if it has that id, else
// nil. It ends the opening of another instance, because the operator chose this one.
func (m *Manager) takeOpening(id string) *opening {
	m.mu.Lock()
	o := m.opening
	m.opening = nil
	m.mu.Unlock()
	if o == nil || o.id == id {
		return o
	}
	o.cancel()
	<-o.done
	return nil
}

// wait returns the outcome. If ctx ends first, the opening ends too, since nobody else
// waits for it.
func (o *opening) wait(ctx context.Context) (*workspace.Workspace, error) {
	defer context.AfterFunc(ctx, o.cancel)()
	<-o.done
	return o.opened, o.err
}
