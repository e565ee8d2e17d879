package clerkapi

import (
	"bytes"
	"fmt"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"understudy/internal/sentence"
)

// unmarshal reads an answer with what became encoding/json/v2 in Go 1.27. Unlike
// encoding/json it refuses an object with a name that comes twice, which would say
// two things, and its decoders read a field that is odd without losing the rest.
// Broken UTF-8 in what a user is called is no reason to show nobody.
func unmarshal(body []byte, into any) error {
	return json.Unmarshal(body, into, jsontext.AllowInvalidUTF8(true)) //nolint:wrapcheck // its callers say of what
}

// The types below hold what this program reads of Clerk's answers. Fields that
// Clerk may leave out or set to null become empty, and so do those that are only
// shown and cannot be read.

type userJSON struct {
	ID             lenient                 `json:"id"`
	ExternalID     lenient                 `json:"external_id"`
	Username       lenient                 `json:"username"`
	FirstName      lenient                 `json:"first_name"`
	LastName       lenient                 `json:"last_name"`
	PrimaryEmailID lenient                 `json:"primary_email_address_id"`
	PrimaryPhoneID lenient                 `json:"primary_phone_number_id"`
	PrimaryWallet  lenient                 `json:"primary_web3_wallet_id"`
	Emails         list[part[contactJSON]] `json:"email_addresses"`
	Phones         list[part[contactJSON]] `json:"phone_numbers"`
	Wallets        list[part[contactJSON]] `json:"web3_wallets"`
	Passkeys       list[part[passkeyJSON]] `json:"passkeys"`
	Accounts       list[part[accountJSON]] `json:"external_accounts"`
	Enterprise     list[part[accountJSON]] `json:"enterprise_accounts"`
	SAML           list[part[accountJSON]] `json:"saml_accounts"`
	ImageURL       lenient                 `json:"image_url"`
	HasImage       flag                    `json:"has_image"`
	Banned         flag                    `json:"banned"`
	Locked         flag                    `json:"locked"`
	Lockout        duration                `json:"lockout_expires_in_seconds"`
	Deprovisioned  flag                    `json:"deprovisioned"`
	TwoFactor      flag                    `json:"two_factor_enabled"`
	TOTP           flag                    `json:"totp_enabled"`
	BackupCodes    flag                    `json:"backup_code_enabled"`
	Password       flag                    `json:"password_enabled"`
	CreatedAt      unixMillis              `json:"created_at"`
	UpdatedAt      unixMillis              `json:"updated_at"`
	LastActiveAt   unixMillis              `json:"last_active_at"`
	LastSignInAt   unixMillis              `json:"last_sign_in_at"`
}

// detailJSON is a user with metadata, which lists of users have as well, and
// nobody looks at there.
type detailJSON struct {
	userJSON

	PublicMetadata  jsontext.Value `json:"public_metadata"`
	UnsafeMetadata  jsontext.Value `json:"unsafe_metadata"`
	PrivateMetadata jsontext.Value `json:"private_metadata"`
}

// mark is what metadata says of impersonation.
type mark struct {
	// refuses is true if it has a "no_impersonation", however its words are
	// capitalized or joined. Every value but false and null counts, since somebody
	// who wrote "yes" meant it. Metadata with two of them cannot be read, and counts.
	refuses bool
	// isOdd is true if it is there, and neither an object nor null.
	isOdd bool
}

func markOf(raw jsontext.Value) mark {
	if object(raw) == nil {
		return mark{isOdd: len(raw) > 0 && string(raw) != "null"}
	}
	var metadata struct {
		Flag jsontext.Value `json:"no_impersonation,case:ignore"`
	}
	err := unmarshal(raw, &metadata)
	flag := string(metadata.Flag)
	return mark{refuses: err != nil || flag != "" && flag != "false" && flag != "null"}
}

// user reads what there is of a user. Without a valid id it is nobody's row, which
// is then Garbled.
func (raw userJSON) user() User {
	id, err := ParseUserID(string(raw.ID))
	user := User{
		ID:           id,
		Garbled:      err != nil,
		ExternalID:   string(raw.ExternalID),
		Username:     string(raw.Username),
		FirstName:    string(raw.FirstName),
		LastName:     string(raw.LastName),
		Emails:       contacts(raw.Emails, raw.PrimaryEmailID),
		Phones:       contacts(raw.Phones, raw.PrimaryPhoneID),
		Wallets:      contacts(raw.Wallets, raw.PrimaryWallet),
		Passkeys:     passkeys(raw.Passkeys),
		ImageURL:     string(raw.ImageURL),
		HasImage:     raw.HasImage == yes,
		Banned:       raw.Banned == yes,
		Locked:       raw.Locked == yes,
		Lockout:      time.Duration(raw.Lockout),
		Deprovision:  raw.Deprovisioned == yes,
		TwoFactor:    raw.TwoFactor == yes,
		TOTP:         raw.TOTP == yes,
		BackupCodes:  raw.BackupCodes == yes,
		Password:     raw.Password == yes,
		CreatedAt:    raw.CreatedAt.Time,
		UpdatedAt:    raw.UpdatedAt.Time,
		LastActiveAt: raw.LastActiveAt.Time,
		LastSignInAt: raw.LastSignInAt.Time,
	}
	for _, email := range user.Emails {
		if email.Primary {
			user.Email = email.Value
		}
	}
	accounts, areAccountsRead := raw.accounts()
	areAddressesRead := raw.Emails.isRead && areAccountsRead
	for _, email := range raw.Emails.items {
		areAddressesRead = areAddressesRead && email.value.Email != ""
	}
	user.Accounts = accounts
	// Clerk's schema lets it leave out "deprovisioned", and none of the others.
	user.Unread = Unread{
		Banned:      raw.Banned != yes && raw.Banned != no,
		Locked:      raw.Locked != yes && raw.Locked != no,
		Deprovision: raw.Deprovisioned == odd,
		Addresses:   !areAddressesRead,
		LastSignIn:  raw.LastSignInAt.isOdd,
	}
	return user
}

// decodeUsers gives every element of the page a row, so that the place of a user
// who cannot be read is not taken by the next one.
func decodeUsers(body []byte) ([]User, error) {
	page, err := elements(body)
	if err != nil {
		return nil, fmt.Errorf("users: %w", err)
	}
	users := make([]User, 0, len(page))
	for _, element := range page {
		var raw userJSON
		err := unmarshal(element, &raw)
		user := raw.user()
		if err != nil {
			user = User{ID: user.ID, Garbled: true}
		}
		users = append(users, user)
	}
	return users, nil
}

func decodeUser(body []byte) (User, error) {
	var raw detailJSON
	if err := unmarshal(body, &raw); err != nil {
		return User{}, fmt.Errorf("user: %w", err)
	}
	user := raw.user()
	if user.Garbled {
		return User{}, unreadable{sentence.Of("lacks.user")}
	}
	user.PublicMetadata, user.UnsafeMetadata = object(raw.PublicMetadata), object(raw.UnsafeMetadata)
	// Clerk's schema lets private metadata be missing or null, public metadata not.
	private := markOf(raw.PrivateMetadata)
	user.NoImpersonation = markOf(raw.PublicMetadata).refuses || private.refuses
	user.Unread.Metadata = user.PublicMetadata == nil || private.isOdd
	if user.PublicMetadata != nil {
		user.Metadata = MetadataOf(raw.PublicMetadata, raw.PrivateMetadata, raw.UnsafeMetadata)
	}
	return user, nil
}

// decodePrivateMetadata reads nothing else of a user but whose it is.
func decodePrivateMetadata(body []byte) (owner UserID, metadata []byte, err error) {
	var raw struct {
		ID      lenient        `json:"id"`
		Private jsontext.Value `json:"private_metadata"`
	}
	if err := unmarshal(body, &raw); err != nil {
		return UserID{}, nil, fmt.Errorf("private metadata: %w", err)
	}
	owner, _ = ParseUserID(string(raw.ID)) // the zero ID is no user's who was asked for
	return owner, object(raw.Private), nil
}

// object is the JSON as it is if it is an object, else nil.
func object(raw jsontext.Value) []byte {
	if bytes.HasPrefix(raw, []byte("{")) {
		return raw
	}
	return nil
}

func decodeCount(body []byte) (int64, error) {
	var raw struct {
		Total *int64 `json:"total_count"`
	}
	if err := unmarshal(body, &raw); err != nil || raw.Total == nil || *raw.Total < 0 {
		return 0, unreadable{sentence.Of("lacks.count")}
	}
	return *raw.Total, nil
}
