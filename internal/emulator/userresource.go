package emulator

import "strings"

// The shapes below are the schemas of the same names in Clerk's Backend API
// specification. Times are Unix milliseconds; a nil pointer is null.

type userResource struct {
	ID                        string                    `json:"id"`
	Object                    string                    `json:"object"`
	Username                  *string                   `json:"username"`
	FirstName                 *string                   `json:"first_name"`
	LastName                  *string                   `json:"last_name"`
	ImageURL                  string                    `json:"image_url"`
	HasImage                  bool                      `json:"has_image"`
	PrimaryEmailAddressID     *string                   `json:"primary_email_address_id"`
	PrimaryPhoneNumberID      *string                   `json:"primary_phone_number_id"`
	PrimaryWeb3WalletID       *string                   `json:"primary_web3_wallet_id"`
	PasswordEnabled           bool                      `json:"password_enabled"`
	TwoFactorEnabled          bool                      `json:"two_factor_enabled"`
	TOTPEnabled               bool                      `json:"totp_enabled"`
	BackupCodeEnabled         bool                      `json:"backup_code_enabled"`
	EmailAddresses            []emailAddressResource    `json:"email_addresses"`
	PhoneNumbers              []phoneNumberResource     `json:"phone_numbers"`
	Web3Wallets               []web3WalletResource      `json:"web3_wallets"`
	Passkeys                  []passkeyResource         `json:"passkeys"`
	ExternalAccounts          []externalAccountResource `json:"external_accounts"`
	SAMLAccounts              []struct{}                `json:"saml_accounts"`
	EnterpriseAccounts        []enterpriseResource      `json:"enterprise_accounts"`
	PublicMetadata            publicMetadata            `json:"public_metadata"`
	PrivateMetadata           privateMetadata           `json:"private_metadata"`
	UnsafeMetadata            struct{}                  `json:"unsafe_metadata"`
	ExternalID                *string                   `json:"external_id"`
	LastSignInAt              *int64                    `json:"last_sign_in_at"`
	Banned                    bool                      `json:"banned"`
	Locked                    bool                      `json:"locked"`
	LockoutExpiresInSeconds   *int64                    `json:"lockout_expires_in_seconds"`
	VerificationAttemptsLeft  *int64                    `json:"verification_attempts_remaining"`
	CreatedAt                 int64                     `json:"created_at"`
	UpdatedAt                 int64                     `json:"updated_at"`
	DeleteSelfEnabled         bool                      `json:"delete_self_enabled"`
	CreateOrganizationEnabled bool                      `json:"create_organization_enabled"`
	LastActiveAt              *int64                    `json:"last_active_at"`
	MFAEnabledAt              *int64                    `json:"mfa_enabled_at"`
	MFADisabledAt             *int64                    `json:"mfa_disabled_at"`
	LegalAcceptedAt           *int64                    `json:"legal_accepted_at"`
	Deprovisioned             bool                      `json:"deprovisioned"`
}

// The metadata of the sample app. Public metadata is about its product; its staff
// alone may see private metadata.
type publicMetadata struct {
	Plan  string `json:"plan"`
	Seats int    `json:"seats"`
	Role  string `json:"role,omitempty"`
	Notes string `json:"notes,omitempty"`
}

type privateMetadata struct {
	BillingAccount string `json:"billing_account"`
	Churn          string `json:"churn_risk"`
	// NoImpersonation is what Understudy looks for; nothing of Clerk's own.
	NoImpersonation bool `json:"no_impersonation,omitempty"`
}

type verificationResource struct {
	Object   string `json:"object"`
	Status   string `json:"status"`
	Strategy string `json:"strategy"`
	Attempts *int   `json:"attempts"`
	ExpireAt *int64 `json:"expire_at"`
}

type emailAddressResource struct {
	ID           string               `json:"id"`
	Object       string               `json:"object"`
	EmailAddress string               `json:"email_address"`
	Reserved     bool                 `json:"reserved"`
	Verification verificationResource `json:"verification"`
	LinkedTo     []linkResource       `json:"linked_to"`
	CreatedAt    int64                `json:"created_at"`
	UpdatedAt    int64                `json:"updated_at"`
}

type linkResource struct {
	Type string `json:"type"`
	ID   string `json:"id"`
}

type phoneNumberResource struct {
	ID                      string               `json:"id"`
	Object                  string               `json:"object"`
	PhoneNumber             string               `json:"phone_number"`
	ReservedForSecondFactor bool                 `json:"reserved_for_second_factor"`
	DefaultSecondFactor     bool                 `json:"default_second_factor"`
	Reserved                bool                 `json:"reserved"`
	Verification            verificationResource `json:"verification"`
	LinkedTo                []linkResource       `json:"linked_to"`
	BackupCodes             []string             `json:"backup_codes"`
	CreatedAt               int64                `json:"created_at"`
	UpdatedAt               int64                `json:"updated_at"`
}

type web3WalletResource struct {
	ID           string               `json:"id"`
	Object       string               `json:"object"`
	Web3Wallet   string               `json:"web3_wallet"`
	Verification verificationResource `json:"verification"`
	CreatedAt    int64                `json:"created_at"`
	UpdatedAt    int64                `json:"updated_at"`
}

type externalAccountResource struct {
	ID               string               `json:"id"`
	Object           string               `json:"object"`
	Provider         string               `json:"provider"`
	IdentificationID string               `json:"identification_id"`
	ProviderUserID   string               `json:"provider_user_id"`
	ApprovedScopes   string               `json:"approved_scopes"`
	EmailAddress     string               `json:"email_address"`
	FirstName        string               `json:"first_name"`
	LastName         string               `json:"last_name"`
	PublicMetadata   struct{}             `json:"public_metadata"`
	CreatedAt        int64                `json:"created_at"`
	UpdatedAt        int64                `json:"updated_at"`
	Verification     verificationResource `json:"verification"`
}

// googleProvider is the one provider that users of the sample sign in with.
const googleProvider = "oauth_google"

// user builds the whole resource of one user. base is the address of the server.
func (d *directory) user(i int, base string) userResource {
	first, last := d.names(i)
	standing := d.standing(i)
	created, updated := d.createdAt(i), d.updatedAt(i)
	twoFactor := d.twoFactor(i)
	u := userResource{
		ID: string(d.ids.user(nil, i)), Object: "user",
		Username: optional(d.appendUsername(nil, i)), FirstName: optional(first.text), LastName: optional(last.text),
		ImageURL:        base + avatarPath,
		PasswordEnabled: d.hasPassword(i), TwoFactorEnabled: twoFactor, TOTPEnabled: twoFactor, BackupCodeEnabled: twoFactor,
		Passkeys: d.passkeys(i), SAMLAccounts: []struct{}{}, EnterpriseAccounts: d.enterpriseAccounts(i),
		PublicMetadata: d.publicMetadata(i), PrivateMetadata: d.privateMetadata(i),
		ExternalID:   optional(d.appendExternalID(nil, i)),
		LastSignInAt: optionalTime(d.lastSignIn(i)), LastActiveAt: optionalTime(d.lastActive(i)),
		Banned: standing.banned, Locked: standing.locked, Deprovisioned: d.isDeprovisioned(i),
		CreatedAt: created, UpdatedAt: updated, DeleteSelfEnabled: true, CreateOrganizationEnabled: true,
		MFAEnabledAt: optionalTime(created, twoFactor), LegalAcceptedAt: &created,
	}
	if standing.locked {
		const lockout = 3600
		seconds, none := int64(lockout), int64(0)
		u.LockoutExpiresInSeconds, u.VerificationAttemptsLeft = &seconds, &none
	}
	d.addIdentifications(&u, i)
	return u
}

func (d *directory) isDeprovisioned(i int) bool {
	p := d.person(i)
	return p != nil && p.deprovisioned
}

// addIdentifications fills what a user is reached and signs in by.
func (d *directory) addIdentifications(u *userResource, i int) {
	primary := string(d.appendEmail(nil, i))
	google := string(d.appendGoogleID(nil, i))
	verified := func(object, strategy string) verificationResource {
		return verificationResource{Object: object, Status: "verified", Strategy: strategy}
	}
	u.ExternalAccounts, u.EmailAddresses = []externalAccountResource{}, []emailAddressResource{}
	u.PhoneNumbers, u.Web3Wallets = []phoneNumberResource{}, []web3WalletResource{}
	var links []linkResource
	if google != "" {
		account := externalAccountResource{
			ID: string(d.ids.of(nil, "eac_", i, 'g')), Object: "external_account", Provider: googleProvider,
			IdentificationID: string(d.ids.of(nil, "idn_", i, 'g')), ProviderUserID: google,
			ApprovedScopes: "email openid profile", EmailAddress: primary, FirstName: deref(u.FirstName), LastName: deref(u.LastName),
			CreatedAt: u.CreatedAt, UpdatedAt: u.UpdatedAt, Verification: verified("verification_oauth", googleProvider),
		}
		account.Verification.ExpireAt = &account.CreatedAt
		u.ExternalAccounts = append(u.ExternalAccounts, account)
		links = []linkResource{{googleProvider, account.IdentificationID}}
	}
	for n, address := range d.emails(i) {
		e := emailAddressResource{
			ID: string(d.ids.of(nil, "idn_", i, uint64(n))), Object: "email_address", EmailAddress: address,
			Verification: verified("verification_otp", "email_code"), LinkedTo: []linkResource{},
			CreatedAt: u.CreatedAt, UpdatedAt: u.CreatedAt,
		}
		if address == primary {
			u.PrimaryEmailAddressID = &e.ID
			if links != nil {
				e.LinkedTo, e.Verification = links, verified("verification_from_oauth", "from_oauth_google")
			}
		}
		u.EmailAddresses = append(u.EmailAddresses, e)
	}
	// Nobody promises that the primary address comes first: with some it does not.
	if e := u.EmailAddresses; len(e) == 2 && i%2 == 0 && d.person(i) == nil {
		e[0], e[1] = e[1], e[0]
	}
	if number := string(d.appendPhone(nil, i)); number != "" {
		id := string(d.ids.of(nil, "idn_", i, 'p'))
		u.PrimaryPhoneNumberID = &id
		u.PhoneNumbers = append(u.PhoneNumbers, phoneNumberResource{
			ID: id, Object: "phone_number", PhoneNumber: number, Verification: verified("verification_otp", "phone_code"),
			LinkedTo: []linkResource{}, CreatedAt: u.CreatedAt, UpdatedAt: u.CreatedAt,
		})
	}
	if wallet := string(d.appendWallet(nil, i)); wallet != "" {
		id := string(d.ids.of(nil, "idn_", i, 'w'))
		u.PrimaryWeb3WalletID = &id
		u.Web3Wallets = append(u.Web3Wallets, web3WalletResource{
			ID: id, Object: "web3_wallet", Web3Wallet: wallet, Verification: verified("verification_web3", "web3_metamask_signature"),
			CreatedAt: u.CreatedAt, UpdatedAt: u.CreatedAt,
		})
	}
}

func (d *directory) publicMetadata(i int) publicMetadata {
	plans := [...]string{"free", "free", "team", "team", "business"}
	h := d.hash(i, saltAccount) >> 24
	found := publicMetadata{Plan: plans[h%uint64(len(plans))], Seats: 1 + int(h>>8%40)}
	if p := d.person(i); p != nil {
		found.Role = p.role
	}
	return found
}

func (d *directory) privateMetadata(i int) privateMetadata {
	risks := [...]string{"low", "low", "medium", "high"}
	h := d.hash(i, saltAccount) >> 40
	p := d.person(i)
	return privateMetadata{
		BillingAccount: "acct-" + string(appendBase62(nil, h, 6)), Churn: risks[h%uint64(len(risks))],
		NoImpersonation: p != nil && p.noImpersonation,
	}
}

// displayName is what the sample app calls a user: the name, else how they sign in.
func (d *directory) displayName(i int) string {
	first, last := d.names(i)
	for _, candidate := range []string{
		strings.TrimSpace(first.text + " " + last.text),
		string(d.appendUsername(nil, i)), string(d.appendEmail(nil, i)), string(d.appendPhone(nil, i)),
	} {
		if candidate != "" {
			return candidate
		}
	}
	return string(d.ids.user(nil, i))
}

func optional[T string | []byte](text T) *string {
	if len(text) == 0 {
		return nil
	}
	s := string(text)
	return &s
}

func optionalTime(at int64, ever bool) *int64 {
	if !ever {
		return nil
	}
	return &at
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
