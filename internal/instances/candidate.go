package instances

import (
	"context"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
	"understudy/internal/impersonation"
	"understudy/internal/secret"
	"understudy/internal/workspace"
)

// candidate is a key that was accepted, the only address that it is sent to, and
// the instance that it opens.
type candidate struct {
	key      secret.Key
	apiURL   string
	instance workspace.Instance
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
	return &candidate{key: key, apiURL: apiURL, now: now, instance: workspace.Instance{
		ID: clerks.ID.String(), Name: primaryName(domains), Environment: clerks.Environment,
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

// primaryName names an instance after the domain it signs in at.
func primaryName(domains []clerkapi.Domain) string {
	for _, d := range domains {
		if !d.Satellite && d.Name != "" {
			return d.Name
		}
	}
	return "Clerk"
}
