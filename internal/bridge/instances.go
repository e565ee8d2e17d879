package bridge

import (
	"context"
	"strings"

	"understudy/internal/fault"
	"understudy/internal/instances"
	"understudy/internal/workspace"
)

// InstanceCalls connect, select, arrange, lock and forget instances.
type InstanceCalls struct{ *Scope }

// ConnectFromClipboard connects the instance whose secret key was copied.
func (c *InstanceCalls) ConnectFromClipboard(requestID string) (Connection, error) {
	return c.connect(requestID, c.Manager.ConnectFromClipboard)
}

// ConnectFromFile connects the instance whose secret key is in a file that the
// operator chooses.
func (c *InstanceCalls) ConnectFromFile(requestID string) (Connection, error) {
	closed := false
	connected, err := c.connect(requestID, func(ctx context.Context) (*workspace.Workspace, error) {
		path, err := c.Dialogs.OpenEnvFile(ctx)
		if err == nil && path == "" {
			closed, err = true, context.Canceled
		}
		if err != nil {
			return nil, err
		}
		return c.Manager.ConnectFromFile(ctx, path)
	})
	if closed {
		return Connection{Canceled: true}, nil
	}
	return connected, err
}

// ConnectSample opens the sample workspace.
func (c *InstanceCalls) ConnectSample(requestID string) (Connection, error) {
	return c.connect(requestID, c.Manager.ConnectSample)
}

// KeepKeyInNewKeyring goes on with a key that found no keyring to be kept in: it has
// the system make one, which asks for a password.
func (c *InstanceCalls) KeepKeyInNewKeyring(requestID string) (Connection, error) {
	return c.connect(requestID, c.Manager.KeepInNewKeyring)
}

// HoldKeyInMemory goes on with a key that the keychain did not take.
func (c *InstanceCalls) HoldKeyInMemory() (Connection, error) {
	return c.connect("", c.Manager.HoldInMemory)
}

// SelectInstance uses a connected instance, or unlocks it. The keychain may ask for its
// password, so this can take as long as the operator does.
func (c *InstanceCalls) SelectInstance(requestID, id string) (Connection, error) {
	return c.connect(requestID, func(ctx context.Context) (*workspace.Workspace, error) {
		return c.Manager.Select(ctx, id)
	})
}

// connect is the shape of the methods that end in another instance in use: calls to
// the one before are stopped, and nothing of it stays in memory.
func (c *InstanceCalls) connect(requestID string, use func(context.Context) (*workspace.Workspace, error)) (connected Connection, err error) {
	ctx, exit := c.enter(requestID)
	defer exit(&err)
	w, err := use(ctx)
	if err != nil {
		return connected, err
	}
	c.Pictures.Forget()
	c.Presence.Back()
	return connectionOf(w), nil
}

// ListInstances returns the connected instances.
func (c *InstanceCalls) ListInstances() (all []Instance, err error) {
	_, exit := c.enter("")
	defer exit(&err)
	return instancesOf(c.Manager.Instances()), nil
}

// DescribeInstance gives an instance another name and colour, and returns all of
// them as they are then.
func (c *InstanceCalls) DescribeInstance(id, name, color string) ([]Instance, error) {
	return c.arrange(func() error { return c.Manager.Describe(id, name, color) })
}

// MoveInstance puts an instance that many places down the list, up if by is
// negative.
func (c *InstanceCalls) MoveInstance(id string, by int) ([]Instance, error) {
	return c.arrange(func() error { return c.Manager.Move(id, by) })
}

// arrange is the shape of the methods that change the list of instances.
func (c *InstanceCalls) arrange(change func() error) (all []Instance, err error) {
	_, exit := c.enter("")
	defer exit(&err)
	if err := change(); err != nil {
		return nil, err
	}
	return instancesOf(c.Manager.Instances()), nil
}

// ReplaceKey puts the key on the clipboard in the place of the one that an
// instance has.
func (c *InstanceCalls) ReplaceKey(requestID, id string) (i Instance, err error) {
	ctx, exit := c.enter(requestID)
	defer exit(&err)
	replaced, err := c.Manager.ReplaceKeyFromClipboard(ctx, id)
	if err != nil {
		return i, err
	}
	return instanceOf(replaced), nil
}

// CheckAddress tells whether the instance in use signs in where it did when it was
// connected.
func (c *InstanceCalls) CheckAddress(requestID string) (AddressCheck, error) {
	return inUse(c.Scope, requestID, func(ctx context.Context, w *workspace.Workspace) (AddressCheck, error) {
		moved, err := w.Moved(ctx)
		return addressCheckOf(w.Instance.Frontends, moved), err
	})
}

// TrustAddress pins where the instance in use signs in now. shown is what the
// operator was shown of that.
func (c *InstanceCalls) TrustAddress(requestID string, shown []string) (Connection, error) {
	return c.connect(requestID, func(ctx context.Context) (*workspace.Workspace, error) {
		return c.Manager.Trust(ctx, shown)
	})
}

// Lock lets go of the keys. SelectInstance gets the one of an instance back.
func (c *InstanceCalls) Lock() (err error) {
	_, exit := c.enter("")
	defer exit(&err)
	c.Manager.Lock()
	return nil
}

// Locked returns what is locked; the failure is fault.NotConnected if nothing is.
func (c *InstanceCalls) Locked() (l Locked, err error) {
	_, exit := c.enter("")
	defer exit(&err)
	what, locked := c.Manager.Locked()
	if !locked {
		return l, fault.New(fault.NotConnected, nil)
	}
	return lockedOf(what), nil
}

// Disconnect forgets an instance and its key.
func (c *InstanceCalls) Disconnect(id string) (err error) {
	ctx, exit := c.enter("")
	defer exit(&err)
	return c.Manager.Forget(ctx, id)
}

// Instance is one connected Clerk instance, or the sample workspace.
type Instance struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Environment string `json:"environment"` // "production", "development", "sample"
	KeyHint     string `json:"keyHint"`     // "sk_live_…x7Q2"
	FrontendAPI string `json:"frontendAPI"`
	Fingerprint string `json:"fingerprint"` // of the key, 16 hex digits, "" of the sample
	Color       string `json:"color"`       // name of a colour of the window, "" for the environment's colour
	// InMemory: the key is held for this run only, the keychain has no copy.
	InMemory bool `json:"inMemory"`
}

// Connection is the outcome of connecting to or selecting an instance.
type Connection struct {
	// Canceled: the operator closed the file dialog.
	Canceled bool     `json:"canceled"`
	Instance Instance `json:"instance"`
	// Operator is who acts; its id is "" until the operator picked themselves.
	// After a start its name and email are still to be asked for with Operator.
	Operator Operator `json:"operator"`
	// Users are the first rows, newest first, if they were fetched ahead.
	Users *UsersPage `json:"users"`
}

// AddressCheck compares where an instance signs in with what was pinned when it
// was connected.
type AddressCheck struct {
	Changed bool     `json:"changed"`
	Pinned  []string `json:"pinned"`
	Now     []string `json:"now"` // empty unless changed
}

// Locked is what the window may show while Understudy is locked.
type Locked struct {
	Instance Instance `json:"instance"`
	// Running are the impersonations that were not over, without names.
	Running []Impersonation `json:"running"`
}

// instanceOf converts an instance.
func instanceOf(i workspace.Instance) Instance {
	environment := string(i.Environment)
	if i.Sample {
		environment = "sample"
	}
	return Instance{
		ID: i.ID, Name: i.Name, Environment: environment, KeyHint: i.KeyHint,
		FrontendAPI: strings.Join(i.Frontends, ", "), InMemory: i.InMemory,
		Fingerprint: i.Fingerprint, Color: i.Color,
	}
}

// instancesOf converts a list of instances.
func instancesOf(all []workspace.Instance) []Instance { return list(all, instanceOf) }

// connectionOf converts the workspace that is in use now.
func connectionOf(w *workspace.Workspace) Connection {
	return Connection{Instance: instanceOf(w.Instance), Operator: operatorOf(w.KnownOperator())}
}

// openedOf converts the workspace that was opened while the window was being
// made, with its first rows if they are there.
func openedOf(w *workspace.Workspace) *Connection {
	c := connectionOf(w)
	if page, ok := w.Directory.Arrived(); ok {
		users := pageOf(0, page, w.KnownOperator())
		c.Users = &users
	}
	return &c
}

// addressCheckOf compares what was pinned with where the instance signs in now,
// nil if that is the same.
func addressCheckOf(pinned, moved []string) AddressCheck {
	return AddressCheck{Changed: moved != nil, Pinned: append([]string{}, pinned...), Now: append([]string{}, moved...)}
}

// lockedOf converts what is known while Understudy is locked.
func lockedOf(l instances.Locked) Locked {
	return Locked{Instance: instanceOf(l.Instance), Running: list(l.Running, impersonationOf)}
}
