package emulator

import (
	"errors"
	"fmt"
	"time"
)

// SampleKey is a secret key of the right form that every [Server] accepts unless
// its Config names another. It opens nothing at Clerk.
const SampleKey = "sk_test_" + "UnderstudySampleWorkspaceOpensNothing00000"

// Limits and defaults of a [Config].
const (
	DefaultUsers = 2500
	maxUsers     = 10_000_000
)

// Environment types as GET /instance spells them.
const (
	Development = "development"
	Production  = "production"
)

// Config says what the stand-in is like when it starts. With nothing but a clock
// it is an instance of 2,500 users, of the kind that the key says, that answers
// at once and never fails.
type Config struct {
	// Users is how many users there are; 0 means [DefaultUsers].
	Users int
	// Seed decides every name, id and number.
	Seed uint64
	// Now is the clock at Clerk. It has no default.
	Now func() time.Time
	// Environment is [Development] or [Production]. Empty follows the prefix of
	// the key that asks.
	Environment string
	// SecretKey is the only key accepted. Empty accepts every well-formed one.
	SecretKey string
	// Scene is how things stand at Clerk; it can be changed while running.
	Scene Scene
	// Faults break answers; more can be added while running.
	Faults []Fault
}

func (c Config) withDefaults() Config {
	if c.Users == 0 {
		c.Users = DefaultUsers
	}
	return c
}

// Validate reports what is wrong with the configuration.
func (c Config) Validate() error {
	var problems []error
	if c.Users < 0 || c.Users > maxUsers {
		problems = append(problems, fmt.Errorf("users: %d is not between 1 and %d", c.Users, maxUsers))
	}
	switch c.Environment {
	case "", Development, Production:
	default:
		problems = append(problems, fmt.Errorf("environment: %q is neither %s nor %s", c.Environment, Development, Production))
	}
	if c.SecretKey != "" && !wellFormedKey(c.SecretKey) {
		problems = append(problems, errors.New("secret key: not of the form sk_test_… or sk_live_…"))
	}
	if c.Now == nil {
		problems = append(problems, errors.New("clock: Now is missing"))
	}
	problems = append(problems, c.Scene.validate())
	for _, f := range c.Faults {
		problems = append(problems, f.validate())
	}
	return errors.Join(problems...)
}
