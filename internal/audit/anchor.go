package audit

import (
	"context"
	"errors"
	"sync"

	"understudy/internal/fault"
)

// Vault keeps a short text where whoever edits the log's files does not reach
// it: the OS keychain. Load's error is [fault.KeychainNoKey] if there is none.
type Vault interface {
	Load(ctx context.Context, account string) (string, error)
	Save(ctx context.Context, account, value string) error
}

// headAccount is the head's place in the vault.
const headAccount = "audit-head"

// LoadHead gets the head that a log left in the vault, nil if it left none.
func LoadHead(ctx context.Context, vault Vault) (*Head, error) {
	text, err := vault.Load(ctx, headAccount)
	switch {
	case fault.CodeOf(err) == fault.KeychainNoKey:
		return nil, nil //nolint:nilnil // no head is an answer of its own
	case err != nil:
		return nil, err
	}
	head, err := ParseHead(text)
	if err != nil {
		return nil, fault.New(fault.KeychainBroken, err)
	}
	return &head, nil
}

// anchor brings each new head into the vault, behind the back of Append: a
// keychain may take minutes, or ask for a password.
//
// Before the first one it compares the head in the vault with the log. If the
// log does not contain it, the log was rewritten, and the vault is left as it
// is: overwriting it would remove the proof. After any failure nothing more is
// stored until the log is opened anew, so that somebody who said no to the
// keychain is not asked again at every step.
type anchor struct {
	latest  chan Head         // holds the newest head that is not stored
	flushes chan chan<- error // answered once latest is empty
	accepts chan acceptance
	cancel  context.CancelFunc // ends run
	done    sync.WaitGroup     // until run has ended
}

// acceptance is a head that is to be stored whatever the vault has. reply is
// answered once it is there.
type acceptance struct {
	head  Head
	reply chan<- error
}

func startAnchor(vault Vault, dir string, opened Head) *anchor {
	ctx, cancel := context.WithCancel(context.Background())
	a := &anchor{latest: make(chan Head, 1), flushes: make(chan chan<- error), accepts: make(chan acceptance), cancel: cancel}
	a.done.Go(func() { a.run(ctx, vault, dir, opened) })
	return a
}

func (a *anchor) run(ctx context.Context, vault Vault, dir string, opened Head) {
	compared := false
	var failure error
	store := func(head Head) {
		if failure == nil && !compared {
			failure = compare(ctx, vault, dir, opened)
			compared = true
		}
		if failure == nil {
			failure = vault.Save(ctx, headAccount, head.String())
		}
	}
	for {
		select {
		case <-ctx.Done():
			return
		case head := <-a.latest:
			store(head)
		case reply := <-a.flushes:
			select {
			case head := <-a.latest:
				store(head)
			default:
			}
			reply <- failure
		case accepted := <-a.accepts:
			compared, failure = true, nil
			store(accepted.head)
			accepted.reply <- failure
		}
	}
}

var errNotContained = errors.New("the log does not contain the head that the vault remembers")

// compare checks that the log, as it was when it was opened, contains the head
// that the vault remembers.
func compare(ctx context.Context, vault Vault, dir string, opened Head) error {
	remembered, err := LoadHead(ctx, vault)
	if err != nil || remembered == nil || *remembered == opened {
		return err
	}
	history, err := Snapshot(dir)
	if err != nil {
		return err
	}
	if remembered.Seq > opened.Seq || history.Compare(*remembered) != "" {
		return fault.New(fault.AuditUnreadable, errNotContained)
	}
	return nil
}

// offer hands over the newest head in place of an older one that still waits.
// It never blocks: only Append calls it, one at a time.
func (a *anchor) offer(head Head) {
	select {
	case <-a.latest:
	default:
	}
	a.latest <- head
}

// flush waits until the newest head is in the vault.
func (a *anchor) flush(ctx context.Context) error {
	reply := make(chan error, 1)
	return ask(ctx, a.flushes, chan<- error(reply), reply)
}

// accept puts a head into the vault in place of whatever is there.
func (a *anchor) accept(ctx context.Context, head Head) error {
	reply := make(chan error, 1)
	return ask(ctx, a.accepts, acceptance{head, reply}, reply)
}

// ask hands a question to run and waits for the reply.
func ask[Q any](ctx context.Context, questions chan<- Q, question Q, reply <-chan error) error {
	select {
	case questions <- question:
	case <-ctx.Done():
		return fault.New(fault.KeychainTimedOut, ctx.Err())
	}
	select {
	case err := <-reply:
		return err
	case <-ctx.Done():
		return fault.New(fault.KeychainTimedOut, ctx.Err())
	}
}

func (a *anchor) stop() {
	a.cancel()
	a.done.Wait()
}
