package workspace

import (
	"context"

	"understudy/internal/clerkapi"
	"understudy/internal/directory"
	"understudy/internal/fault"
	"understudy/internal/impersonation"
	"understudy/internal/operator"
	"understudy/internal/secret"
	"understudy/internal/settings"
)

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
	return m.candidate(key, apiURL, Instance{
		ID: string(clerks.ID), Name: primaryName(domains), Environment: clerks.Environment,
		KeyHint: key.Hint(), Frontends: impersonation.Frontends(domains),
	})
}

// candidate builds what an instance needs to be used, without asking Clerk.
func (m *Manager) candidate(key secret.Key, apiURL string, instance Instance) (*candidate, error) {
	client, err := m.client(key, apiURL)
	if err != nil {
		return nil, err
	}
	gate, err := impersonation.NewGate(instance.Frontends, apiURL)
	if err != nil {
		return nil, fault.New(fault.ClerkAnswer, err)
	}
	return &candidate{key: key, client: client, instance: instance, gate: gate}, nil
}

func (m *Manager) client(key secret.Key, apiURL string) (*clerkapi.Client, error) {
	return clerkapi.New(clerkapi.Config{
		BaseURL: apiURL, Key: key, Now: m.config.Now,
		UserAgent: "understudy/" + m.config.Version, Transport: m.config.Transport,
		OnWait: m.config.OnWait,
	})
}

// remember keeps an instance in the settings. Its key is in the keychain.
func (m *Manager) remember(found *candidate) error {
	return m.config.Settings.Update(func(s *settings.Settings) error {
		kept, known := s.Instance(found.instance.ID)
		kept.ID, kept.Name = found.instance.ID, found.instance.Name
		kept.Environment = string(found.instance.Environment)
		kept.FrontendAPI = found.instance.Frontends
		kept.KeyHint, kept.Fingerprint = found.key.Hint(), found.key.Fingerprint()
		kept.ConnectedAt = m.config.Now().UTC()
		s.Selected = kept.ID
		if !known {
			s.Instances = append(s.Instances, kept)
			return nil
		}
		for i := range s.Instances {
			if s.Instances[i].ID == kept.ID {
				s.Instances[i] = kept
			}
		}
		return nil
	})
}

// use puts an instance in place of the one in use.
func (m *Manager) use(found *candidate, store *settings.Store) (*Workspace, error) {
	history, err := m.openHistory()
	if err != nil {
		return nil, err
	}
	kept, _ := store.Get().Instance(found.instance.ID)
	w := m.build(found, store, history)
	w.release = func() error { return nil }
	w.operator = operator.Operator{ID: clerkapi.UserID(kept.OperatorID)}
	w.searches, w.browser = kept.Searches, kept.Browser
	past, _, err := history.Latest(lookBack)
	if err != nil {
		return nil, err
	}
	w.Impersonations.Recover(past)
	return w, m.replace(w)
}

// build puts a workspace together; nothing of it asks Clerk anything yet.
func (m *Manager) build(found *candidate, store *settings.Store, history *History) *Workspace {
	w := &Workspace{
		Instance:  found.instance,
		Directory: directory.New(found.client, found.client, m.config.Now),
		History:   history, client: found.client, settings: store,
		signIn: m.config.SignIn, proofs: m.proofs, now: m.config.Now,
		permissions: operator.NewPermissions(found.client, m.config.Now),
	}
	w.Impersonations = impersonation.New(impersonation.Config{
		Instance: clerkapi.InstanceID(found.instance.ID), Gate: found.gate,
		Admit: w.admit, Policy: w.policy, Operator: w.auditOperator,
		Tokens: found.client, Sessions: found.client, Users: w.Directory,
		Log: history.log, Opener: m.config.Opener, Clipboard: tickets{m.config.Clipboard},
		Now: m.config.Now, NewID: m.config.NewID, AfterFunc: m.config.AfterFunc,
	})
	return w
}

func (m *Manager) replace(w *Workspace) error {
	m.mu.Lock()
	before := m.current
	m.current = w
	m.mu.Unlock()
	if before != nil {
		return before.close()
	}
	return nil
}

// History is the record to show: that of the sample workspace while it is in
// use, else the real one, whether or not an instance is in use. It needs no key.
func (m *Manager) History() (*History, error) {
	if w, err := m.Current(); err == nil {
		return w.History, nil
	}
	return m.openHistory()
}

// Running is how many impersonations of the instance in use are not known to be
// over. Nobody is asked.
func (m *Manager) Running() int {
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
		KeyHint: kept.KeyHint, Frontends: kept.FrontendAPI,
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
