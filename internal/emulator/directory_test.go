package emulator

import (
	"reflect"
	"testing"
)

func TestCreationGrowsStrictlyWithTheIndex(t *testing.T) {
	for _, n := range []int{1, 2, 300, 2500, million} {
		d := New(Config{Users: n, Seed: 3, Now: newClock().now}).users
		for i := 1; i < n; i++ {
			if d.createdAt(i) <= d.createdAt(i-1) {
				t.Fatalf("%d users: user %d was created no later than the one before", n, i)
			}
		}
		if d.createdAt(n-1) >= d.start {
			t.Errorf("%d users: the newest was created in the future", n)
		}
	}
}

func TestSameSeedSamePeople(t *testing.T) {
	clock := newClock()
	first := New(Config{Users: 400, Seed: 9, Now: clock.now}).users
	again := New(Config{Users: 400, Seed: 9, Now: clock.now}).users
	other := New(Config{Users: 400, Seed: 10, Now: clock.now}).users
	for i := range 400 {
		if !reflect.DeepEqual(first.user(i, ""), again.user(i, "")) {
			t.Fatalf("user %d differs between two runs", i)
		}
		if first.user(i, "").ID == other.user(i, "").ID {
			t.Fatalf("user %d has the same id with another seed", i)
		}
	}
}

func TestAddressesAreUnique(t *testing.T) {
	d := New(Config{Users: 20_000, Seed: 1, Now: newClock().now}).users
	seen := map[string]int{}
	for i := range d.n {
		u := d.user(i, "")
		values := []string{u.ID, deref(u.Username), deref(u.ExternalID)}
		for _, e := range u.EmailAddresses {
			values = append(values, e.EmailAddress, e.ID)
		}
		for _, p := range u.PhoneNumbers {
			values = append(values, p.PhoneNumber)
		}
		for _, a := range u.ExternalAccounts {
			values = append(values, a.ProviderUserID)
		}
		for _, v := range values {
			if owner, taken := seen[v]; taken && v != "" {
				t.Fatalf("%q belongs to %d and %d", v, owner, i)
			}
			seen[v] = i
		}
	}
}

// TestTheSampleHasEveryKindOfUser names the users that the tables and dialogs of a
// client must cope with.
func TestTheSampleHasEveryKindOfUser(t *testing.T) {
	d := New(Config{Users: DefaultUsers, Seed: 1, Now: newClock().now}).users
	kinds := map[string]func(userResource) bool{
		"banned":             func(u userResource) bool { return u.Banned },
		"locked":             func(u userResource) bool { return u.Locked },
		"without email":      func(u userResource) bool { return len(u.EmailAddresses) == 0 },
		"without name":       func(u userResource) bool { return u.FirstName == nil && u.LastName == nil },
		"with username":      func(u userResource) bool { return u.Username != nil },
		"with phone":         func(u userResource) bool { return len(u.PhoneNumbers) > 0 },
		"with wallet":        func(u userResource) bool { return len(u.Web3Wallets) > 0 },
		"with Google":        func(u userResource) bool { return len(u.ExternalAccounts) > 0 },
		"with external id":   func(u userResource) bool { return u.ExternalID != nil },
		"with two steps":     func(u userResource) bool { return u.TwoFactorEnabled },
		"never signed in":    func(u userResource) bool { return u.LastSignInAt == nil && u.LastActiveAt == nil },
		"nothing but the id": func(u userResource) bool { return d.displayName(indexOf(d, u.ID)) == u.ID },
		"primary not first": func(u userResource) bool {
			return len(u.EmailAddresses) > 1 && u.PrimaryEmailAddressID != nil && u.EmailAddresses[0].ID != *u.PrimaryEmailAddressID
		},
		"addresses, none primary": func(u userResource) bool { return len(u.EmailAddresses) > 1 && u.PrimaryEmailAddressID == nil },
		"only a phone":            func(u userResource) bool { return isOnly(u) && len(u.PhoneNumbers) > 0 },
		"only a wallet":           func(u userResource) bool { return isOnly(u) && len(u.Web3Wallets) > 0 },
		"only a company sign-in":  func(u userResource) bool { return isOnly(u) && len(u.EnterpriseAccounts) > 0 },
		"only passkeys": func(u userResource) bool {
			return len(u.EmailAddresses) == 0 && len(u.Passkeys) > 1 && u.Passkeys[1].Name == "" && !u.PasswordEnabled
		},
		"locked for a time":       func(u userResource) bool { return u.Locked && u.LockoutExpiresInSeconds != nil },
		"with markup in the name": func(u userResource) bool { return deref(u.FirstName) == "<script>alert('name')</script>" },
	}
	missing := map[string]bool{}
	for name := range kinds {
		missing[name] = true
	}
	for i := range d.n {
		u := d.user(i, "")
		for name, is := range kinds {
			if is(u) {
				delete(missing, name)
			}
		}
	}
	for name := range missing {
		t.Errorf("nobody is %s", name)
	}
}

// isOnly reports whether somebody has no name, no address, no password and one way in.
func isOnly(u userResource) bool {
	ways := len(u.PhoneNumbers) + len(u.Web3Wallets) + len(u.EnterpriseAccounts) + len(u.Passkeys) + len(u.ExternalAccounts)
	return ways == 1 && u.FirstName == nil && u.LastName == nil && u.Username == nil && len(u.EmailAddresses) == 0 && !u.PasswordEnabled
}

func indexOf(d *directory, id string) int {
	i, _ := d.ids.index(id)
	return i
}

func TestTheOperatorIsThereHoweverFewUsers(t *testing.T) {
	for _, n := range []int{1, 2, 5, 2500} {
		s := New(Config{Users: n, Seed: 1, Now: newClock().now})
		if i, known := s.ids.index(s.OperatorID()); !known || s.users.displayName(i) != "Maya Lindqvist" {
			t.Errorf("with %d users the operator is %q", n, s.users.displayName(i))
		}
	}
}
