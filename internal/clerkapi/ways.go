package clerkapi

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// Contact is an email address, a phone number or a web3 wallet of a user.
type Contact struct {
	Value    string
	Verified bool
	Primary  bool
	AddedAt  time.Time // zero: not known
}

// ExternalAccount is a sign-in with another provider.
type ExternalAccount struct {
	Provider string // "google", without Clerk's "oauth_"
	Email    string
	// Enterprise: a company signs its people in, over SAML or OpenID Connect.
	Enterprise bool
	Connection string    // the instance's own name of the company's sign-in, "" if it gives none
	AddedAt    time.Time // zero: not known
	UsedAt     time.Time // zero: not known
}

// Passkey is a passkey of a user.
type Passkey struct {
	Name   string
	UsedAt time.Time // zero: not known
}

// Address is the primary address, or else the first one that is verified, or else
// the first one; "" without any.
func (u User) Address() string { return cmp.Or(u.Email, best(u.Emails)) }

// Reach is the best there is to tell a user by beside the name: an address, a phone
// number, a wallet, or the address of an account elsewhere; "" without any.
func (u User) Reach() string {
	reach := cmp.Or(u.Address(), best(u.Phones), best(u.Wallets))
	for _, account := range u.Accounts {
		reach = cmp.Or(reach, account.Email)
	}
	return reach
}

// Called is the best there is to call a user by: the name, or else an address, the
// username, or what else they are reached by; "" without any.
func (u User) Called() string { return cmp.Or(u.Name(), u.Address(), u.Username, u.Reach()) }

// best is the primary one of contacts, else the first verified one, else the first.
func best(contacts []Contact) string {
	for _, is := range []func(Contact) bool{
		func(c Contact) bool { return c.Primary },
		func(c Contact) bool { return c.Verified },
		func(Contact) bool { return true },
	} {
		if i := slices.IndexFunc(contacts, is); i >= 0 {
			return contacts[i].Value
		}
	}
	return ""
}

// contactJSON is an email address, a phone number or a wallet.
type contactJSON struct {
	ID           lenient `json:"id"`
	Email        lenient `json:"email_address"`
	Phone        lenient `json:"phone_number"`
	Wallet       lenient `json:"web3_wallet"`
	Verification part[struct {
		Status lenient `json:"status"`
	}] `json:"verification"`
	CreatedAt unixMillis `json:"created_at"`
}

// contacts marks the contact whose id is primary. Both ids are optional, and two
// missing ones do not make a match. Contacts that cannot be read are left out.
func contacts(from list[part[contactJSON]], primary lenient) []Contact {
	var contacts []Contact
	for _, raw := range from.items {
		value := string(raw.value.Email + raw.value.Phone + raw.value.Wallet) // each has one of them
		if value == "" {
			continue
		}
		contacts = append(contacts, Contact{
			Value:    value,
			Verified: raw.value.Verification.value.Status == "verified",
			Primary:  primary != "" && raw.value.ID == primary,
			AddedAt:  raw.value.CreatedAt.Time,
		})
	}
	return contacts
}

type passkeyJSON struct {
	Name   lenient    `json:"name"`
	UsedAt unixMillis `json:"last_used_at"`
}

// passkeys gives one that cannot be read a place: how many there are tells as well.
func passkeys(from list[part[passkeyJSON]]) []Passkey {
	var passkeys []Passkey
	for _, raw := range from.items {
		passkeys = append(passkeys, Passkey{Name: string(raw.value.Name), UsedAt: raw.value.UsedAt.Time})
	}
	return passkeys
}

// accountJSON is an account at a provider or of a company.
type accountJSON struct {
	Provider   lenient        `json:"provider"`
	Email      jsontext.Value `json:"email_address"`
	CreatedAt  unixMillis     `json:"created_at"`
	UsedAt     unixMillis     `json:"last_authenticated_at"`
	Enterprise part[named]    `json:"enterprise_connection"`
	SAML       part[named]    `json:"saml_connection"`
}

type named struct {
	Name lenient `json:"name"`
}

// email is the address of an account, "" without one. It is not readable if
// something else than a text stands there.
func (raw accountJSON) email() (address string, isReadable bool) {
	if len(raw.Email) == 0 || string(raw.Email) == "null" {
		return "", true
	}
	err := unmarshal(raw.Email, &address)
	return address, err == nil
}

// accounts lists the accounts of all kinds, and reports whether every address among
// them was read. Clerk lists a SAML account as one of a company as well.
func (raw userJSON) accounts() (all []ExternalAccount, areRead bool) {
	areRead = raw.Accounts.isRead && !raw.Enterprise.isOdd && !raw.SAML.isOdd
	for _, kind := range []list[part[accountJSON]]{raw.Accounts, raw.Enterprise, raw.SAML} {
		for _, item := range kind.items {
			_, isReadable := item.value.email()
			areRead = areRead && item.isRead && isReadable
		}
	}
	for _, item := range raw.Accounts.items {
		all = append(all, item.value.account(false))
	}
	for _, item := range slices.Concat(raw.Enterprise.items, raw.SAML.items) {
		company := item.value.account(true)
		isSame := func(other ExternalAccount) bool {
			return other.Enterprise && other.Email == company.Email
		}
		if !slices.ContainsFunc(all, isSame) {
			all = append(all, company)
		}
	}
	return all, areRead
}

func (raw accountJSON) account(isEnterprise bool) ExternalAccount {
	email, _ := raw.email()
	return ExternalAccount{
		Provider:   strings.TrimPrefix(string(raw.Provider), "oauth_"),
		Email:      email,
		Enterprise: isEnterprise,
		Connection: string(raw.Enterprise.value.Name + raw.SAML.value.Name), // each has one of them
		AddedAt:    raw.CreatedAt.Time,
		UsedAt:     raw.UsedAt.Time,
	}
}
