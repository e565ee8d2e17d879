package workspace

import (
	"slices"
	"sync"

	"understudy/internal/operator"
)

// Operators are who acts in each instance of this run and how they proved it, by
// instance id. They outlast a change of the instance in use, and a lock: an instance
// whose key is held in memory is in no settings that could tell. Sign-ins are on no
// disk.
type Operators struct {
	mu     sync.Mutex
	acting map[string]operator.Operator
	proofs map[string]operator.Proof
}

// NewOperators knows nobody yet.
func NewOperators() *Operators {
	return &Operators{acting: map[string]operator.Operator{}, proofs: map[string]operator.Proof{}}
}

// Of returns who acts in an instance, the zero Operator if nobody does yet.
func (o *Operators) Of(instance string) operator.Operator {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.acting[instance]
}

// Keep makes somebody the one who acts in an instance.
func (o *Operators) Keep(instance string, who operator.Operator) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.acting[instance] = who
}

// learn takes in whom the settings know, if they know anybody: another window may
// have changed that. The name of the one who acts already stays known.
func (o *Operators) learn(instance string, chosen operator.Operator) {
	if !chosen.IsNobody() && chosen.RecordID() != o.Of(instance).RecordID() {
		o.Keep(instance, chosen)
	}
}

// Forget drops who acts in an instance, and their sign-in.
func (o *Operators) Forget(instance string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.acting, instance)
	delete(o.proofs, instance)
}

// ForgetNames drops names that were loaded with a key. It keeps what an outsider typed.
func (o *Operators) ForgetNames() {
	o.mu.Lock()
	defer o.mu.Unlock()
	for instance, who := range o.acting {
		if !who.Outside {
			o.acting[instance] = operator.Operator{ID: who.ID}
		}
	}
}

// proof returns the sign-in in an instance, no proof if who gave it is not one of its
// addresses any more.
func (o *Operators) proof(instance Instance) operator.Proof {
	o.mu.Lock()
	defer o.mu.Unlock()
	if kept := o.proofs[instance.ID]; slices.Contains(instance.Frontends, kept.Issuer) {
		return kept
	}
	return operator.Proof{}
}

// KeepProof keeps the sign-in of who acts in an instance.
func (o *Operators) KeepProof(instance string, proof operator.Proof) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.proofs[instance] = proof
}

// ForgetProof makes the operator of an instance unverified, until the next sign-in.
func (o *Operators) ForgetProof(instance string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.proofs, instance)
}
