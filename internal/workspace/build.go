package workspace

import (
	"context"
	"errors"
	"slices"

	"understudy/internal/clerkapi"
	"understudy/internal/directory"
	"understudy/internal/fault"
	"understudy/internal/impersonation"
	"understudy/internal/operator"
	"understudy/internal/secret"
	"understudy/internal/settings"
)

// candidate is a key that was accepted, the only address that it is sent to, and
// the instance that it opens.
type candidate struct {
	key      secret.Key
	apiURL   string
	instance Instance
	// now is where Clerk just said that the instance signs in, nil if it was not
	// asked: instance has what was pinned.
	now []string
}

// verify asks Clerk what instance a key belongs to and where it signs in.
func (m *Manager) verify(ctx context.Context, key secret.Key, apiURL string) (*candidate, error) {
	client, err := m.client(key, apiURL)
	if err != nil {
		return nil, err
	}
	clerks, err := client.Instance(ctx)
	if err != nil {
		return nil, err
	}
	if clerks.Environment != key.Environment() {
		return nil, fault.New(fault.KeyEnvironment, nil)
	}
	domains, err := client.Domains(ctx)
	if err != nil {
		return nil, err
	}
	now, err := impersonation.Frontends(domains, apiURL)
	if err != nil {
		return nil, err
	}
	return &candidate{key: key, apiURL: apiURL, now: now, instance: Instance{
		ID: string(clerks.ID), Name: primaryName(domains), Environment: clerks.Environment,
		KeyHint: key.Hint(), Fingerprint: key.Fingerprint(), Frontends: now,
	}}, nil
}

func (m *Manager) client(key secret.Key, apiURL string) (*clerkapi.Client, error) {
	return clerkapi.New(clerkapi.Config{
		BaseURL: apiURL, Key: key, Now: m.config.Now,
		UserAgent: "understudy/" + m.config.Version, Transport: m.config.Transport,
		Log: m.config.Log, OnWait: m.config.OnWait, OnAnswer: m.config.OnAnswer,
	})
}

// remember keeps an instance in the settings. Its key is in the keychain. Of one
// that was connected before only the key is new: where it signs in stays what was
// pinned then, see [Workspace.Moved]. Connected at another API, it is pinned anew.
func (m *Manager) remember(found *candidate) error {
	return m.config.Settings.Update(func(s *settings.Settings) error {
		if _, known := s.Instance(found.instance.ID); !known {
			s.Instances = append(s.Instances, settings.Instance{
				ID: found.instance.ID, Name: found.instance.Name,
				Environment: string(found.instance.Environment), FrontendAPI: found.instance.Frontends,
				APIURL: found.apiURL, ConnectedAt: m.config.Now().UTC(),
			})
			s.Change(found.instance.ID, choose(m.actors.of(found.instance.ID)))
		}
		s.Change(found.instance.ID, func(i *settings.Instance) {
			if baseOf(i.APIURL) != found.apiURL {
				i.FrontendAPI, i.APIURL = found.instance.Frontends, found.apiURL
			}
			i.KeyHint, i.Fingerprint = found.instance.KeyHint, found.instance.Fingerprint
		})
		s.Selected = found.instance.ID
		return nil
	})
}

// use puts an instance in place of the one in use, unless a later attempt than
// this one began meanwhile. Nothing of it waits for Clerk.
func (m *Manager) use(turn int, found *candidate) (*Workspace, error) {
	history, err := m.openHistory()
	if err != nil {
		return nil, err
	}
	kept, _ := m.config.Settings.Get().Instance(found.instance.ID)
	w, err := m.build(found, m.config.Settings, history)
	if err != nil {
		return nil, err
	}
	m.actors.learn(found.instance.ID, chosenIn(kept))
	w.searches, w.browser, w.rules = kept.Searches, kept.Browser, kept.Rules
	past, _, err := history.Latest(lookBack)
	if err != nil {
		return nil, err
	}
	w.Impersonations.Recover(past)
	if err := m.replace(turn, w); err != nil {
		return nil, err
	}
	go func() { _, _ = w.Moved(w.period()) }() // who needs the answer gets the failure too
	return w, nil
}

// build puts a workspace together; nothing of it asks Clerk anything yet.
func (m *Manager) build(found *candidate, store *settings.Store, history *History) (*Workspace, error) {
	client, err := m.client(found.key, found.apiURL)
	if err != nil {
		return nil, err
	}
	gate, err := impersonation.NewGate(found.instance.Frontends, found.apiURL)
	if err != nil {
		return nil, err
	}
	w := &Workspace{
		Instance:  found.instance,
		Directory: directory.New(client, client, m.config.Now, client.Skew),
		History:   history, client: client, settings: store, use: newPeriod(),
		signIn: m.config.SignIn, clipboard: m.config.Clipboard, proofs: m.proofs, actors: m.actors, now: m.config.Now,
		permissions: operator.NewPermissions(client, m.config.Now),
		addresses:   newAddresses(found),
		release:     func() error { return nil },
	}
	w.Impersonations = impersonation.New(impersonation.Config{
		Instance: clerkapi.InstanceID(found.instance.ID), Gate: gate,
		Admit: w.admit, Unmoved: func(ctx context.Context) error { return w.staysPut(ctx, true) }, Policy: w.policy, Operator: w.KnownOperator,
		Tokens: client, Sessions: client, Users: w.Directory,
		Log: history.log, Opener: m.config.Opener, Clipboard: tickets{m.config.Clipboard},
		Now: m.config.Now, NewID: m.config.NewID, AfterFunc: m.config.AfterFunc,
	})
	return w, nil
}

// begin starts an attempt to use an instance: attempts that began before it come
// to nothing. If the settings refuse, so does this one.
func (m *Manager) begin() (turn int, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.next(), m.config.Settings.Refusal()
}

// next makes attempts under way come to nothing. m.mu is held.
func (m *Manager) next() (turn int) {
	if m.opening != nil {
		m.opening.cancel()
		m.opening = nil
	}
	m.turn++
	return m.turn
}

// replace puts a workspace in the place of the one in use or of the lock.
func (m *Manager) replace(turn int, w *Workspace) error {
	m.mu.Lock()
	if turn != m.turn {
		m.mu.Unlock()
		return errors.Join(fault.New(fault.Canceled, nil), w.close(fault.Canceled))
	}
	before := m.current
	if m.locked != nil {
		before = m.locked.kept
	}
	m.current, m.locked = w, nil
	m.mu.Unlock()
	if before != nil {
		return before.close(fault.Canceled)
	}
	return nil
}

// History is the record to show: that of the sample workspace while it is in
// use, else the real one, whether or not an instance is in use. It needs no key,
// but it says what users wrote to the operator: while Understudy is locked it is
// not shown either.
func (m *Manager) History() (*History, error) {
	switch w, err := m.Current(); fault.CodeOf(err) {
	case "":
		return w.History, nil
	case fault.NotConnected:
		return m.openHistory()
	default:
		return nil, err
	}
}

// Running is how many impersonations of the instance in use, or of the one that
// is locked, are not known to be over. Nobody is asked.
func (m *Manager) Running() int {
	if what, locked := m.Locked(); locked {
		return len(slices.DeleteFunc(slices.Clone(what.Running), func(i impersonation.Impersonation) bool {
			return !m.config.Now().Before(i.SessionEndsAt)
		}))
	}
	w, err := m.Current()
	if err != nil {
		return 0
	}
	return w.Impersonations.Running()
}

// openHistory opens the real record once for the whole run.
func (m *Manager) openHistory() (*History, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.history != nil {
		return m.history, nil
	}
	opened, err := openHistory(m.config.AuditDir, m.config.Vault, m.config.Now, m.config.NewID())
	if err != nil {
		return nil, err
	}
	m.history = opened
	return opened, nil
}

func fromSettings(kept settings.Instance) Instance {
	return Instance{
		ID: kept.ID, Name: kept.Name, Environment: secret.Environment(kept.Environment),
		KeyHint: kept.KeyHint, Fingerprint: kept.Fingerprint, Color: kept.Color, Frontends: kept.FrontendAPI,
	}
}

// primaryName names an instance after the domain it signs in at.
func primaryName(domains []clerkapi.Domain) string {
	for _, d := range domains {
		if !d.Satellite && d.Name != "" {
			return d.Name
		}
	}
	return "Clerk"
}
