package keychain_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"understudy/internal/fault"
	"understudy/internal/keychain"
)

// cuttable is a keychain whose calls can be given up. It keeps the value of a Set that
// was given up, and reports a failure.
type cuttable struct {
	*fake
	cut   chan struct{}
	state keychain.State // once Set was called
}

func (c *cuttable) Attend(ctx context.Context, work func() error) error {
	stop := context.AfterFunc(ctx, func() { close(c.cut) })
	defer stop()
	return work()
}

func (c *cuttable) Set(service, account, value string) error {
	err := c.fake.Set(service, account, value)
	c.fake.state = c.state
	<-c.cut
	return errors.Join(err, errors.New("the connection was closed"))
}

// TestAKeyIsRemovedAfterItsSaveWasGivenUp has a keychain that kept the key although it
// reported a failure. The key stays where its removal would ask for the password.
func TestAKeyIsRemovedAfterItsSaveWasGivenUp(t *testing.T) {
	t.Parallel()
	for state, left := range map[keychain.State]int{keychain.Ready: 0, keychain.Locked: 1} {
		t.Run(string(state), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c := &cuttable{newFake(), make(chan struct{}), state}
				if err := open(c).SaveKey(t.Context(), instance, parse(t, pasted), apiURL); fault.CodeOf(err) != fault.KeychainTimedOut {
					t.Error(err)
				}
				synctest.Wait()
				if len(c.entries) != left {
					t.Errorf("%d entries after %v", len(c.entries), c.calls)
				}
			})
		})
	}
}
