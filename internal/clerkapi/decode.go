package clerkapi

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// unmarshal reads an answer with what became encoding/json/v2 in Go 1.27, which
// takes half the time of encoding/json: a page of users is some 200 kB, and rows
// wait for it. It also refuses an object with a name that comes twice, which would
// say two things. Broken UTF-8 in what a user is called is no reason to show nobody.
func unmarshal(body []byte, into any) error {
	return json.Unmarshal(body, into, jsontext.AllowInvalidUTF8(true)) //nolint:wrapcheck // its callers say of what
}

// The types below hold what this program reads of Clerk's answers. Fields that
// Clerk may leave out or set to null become empty.

type userJSON struct {
	ID             string        `json:"id"`
	ExternalID     string        `json:"external_id"`
	Username       string        `json:"username"`
	FirstName      string        `json:"first_name"`
	LastName       string        `json:"last_name"`
	PrimaryEmailID string        `json:"primary_email_address_id"`
	PrimaryPhoneID string        `json:"primary_phone_number_id"`
	Emails         []contactJSON `json:"email_addresses"`
	Phones         []contactJSON `json:"phone_numbers"`
	Accounts       []accountJSON `json:"external_accounts"`
	ImageURL       string        `json:"image_url"`
	HasImage       bool          `json:"has_image"`
	Banned         bool          `json:"banned"`
	Locked         bool          `json:"locked"`
	Deprovisioned  bool          `json:"deprovisioned"`
	TwoFactor      bool          `json:"two_factor_enabled"`
	TOTP           bool          `json:"totp_enabled"`
	BackupCodes    bool          `json:"backup_code_enabled"`
	Password       bool          `json:"password_enabled"`
	CreatedAt      unixMillis    `json:"created_at"`
	UpdatedAt      unixMillis    `json:"updated_at"`
	LastActiveAt   unixMillis    `json:"last_active_at"`
	LastSignInAt   unixMillis    `json:"last_sign_in_at"`
}

// detailJSON is a user with metadata, which lists of users have as well, and
// nobody looks at there.
type detailJSON struct {
	userJSON

	PublicMetadata jsontext.Value `json:"public_metadata"`
	UnsafeMetadata jsontext.Value `json:"unsafe_metadata"`
	// PrivateMetadata is reduced to the one thing that is asked of it.
	PrivateMetadata refusesImpersonation `json:"private_metadata"`
}

// refusesImpersonation is whether metadata has a "no_impersonation" in it, however
// its words are capitalized or joined. What is neither false nor null counts:
// somebody who wrote "yes" meant it. So does metadata that says it twice, which
// cannot be read.
type refusesImpersonation bool

func (r *refusesImpersonation) UnmarshalJSON(raw []byte) error {
	var metadata struct {
		Flag jsontext.Value `json:"no_impersonation,case:ignore"`
	}
	err := unmarshal(raw, &metadata)
	flag := string(metadata.Flag)
	marked := err != nil || flag != "" && flag != "false" && flag != "null"
	*r = refusesImpersonation(object(raw) != nil && marked)
	return nil
}

// contactJSON is an email address or a phone number.
type contactJSON struct {
	ID           string `json:"id"`
	Email        string `json:"email_address"`
	Phone        string `json:"phone_number"`
	Verification struct {
		Status string `json:"status"`
	} `json:"verification"`
}

type accountJSON struct {
	Provider string `json:"provider"`
	Email    string `json:"email_address"`
}

// user fails without a valid id: a row must be somebody.
func (raw userJSON) user() (User, error) {
	id, err := ParseUserID(raw.ID)
	if err != nil {
		return User{}, errors.New("user: no id")
	}
	user := User{
		ID:           id,
		ExternalID:   raw.ExternalID,
		Username:     raw.Username,
		FirstName:    raw.FirstName,
		LastName:     raw.LastName,
		Emails:       contacts(raw.Emails, raw.PrimaryEmailID),
		Phones:       contacts(raw.Phones, raw.PrimaryPhoneID),
		ImageURL:     raw.ImageURL,
		HasImage:     raw.HasImage,
		Banned:       raw.Banned,
		Locked:       raw.Locked,
		Deprovision:  raw.Deprovisioned,
		TwoFactor:    raw.TwoFactor,
		TOTP:         raw.TOTP,
		BackupCodes:  raw.BackupCodes,
		Password:     raw.Password,
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
	for _, account := range raw.Accounts {
		user.Accounts = append(user.Accounts, ExternalAccount{
			Provider: strings.TrimPrefix(account.Provider, "oauth_"),
			Email:    account.Email,
		})
	}
	return user, nil
}

// contacts marks the one whose id is primary. Both ids are optional, and two
// missing ones do not make a match.
func contacts(list []contactJSON, primary string) []Contact {
	var contacts []Contact
	for _, raw := range list {
		contacts = append(contacts, Contact{
			Value:    raw.Email + raw.Phone, // each has one of the two
			Verified: raw.Verification.Status == "verified",
			Primary:  primary != "" && raw.ID == primary,
		})
	}
	return contacts
}

func decodeUsers(body []byte) ([]User, error) {
	var page []userJSON
	if err := decodeList(body, &page); err != nil {
		return nil, err
	}
	users := make([]User, 0, len(page))
	for _, raw := range page {
		user, err := raw.user()
		if err != nil {
			return nil, err
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
	user, err := raw.user()
	if err != nil {
		return User{}, err
	}
	user.PublicMetadata, user.UnsafeMetadata = object(raw.PublicMetadata), object(raw.UnsafeMetadata)
	var public refusesImpersonation
	if len(user.PublicMetadata) > 0 {
		if err := unmarshal(user.PublicMetadata, &public); err != nil {
			return User{}, fmt.Errorf("user: %w", err)
		}
	}
	user.NoImpersonation = bool(public || raw.PrivateMetadata)
	return user, nil
}

// decodePrivateMetadata reads nothing else of a user but whose it is.
func decodePrivateMetadata(body []byte) (owner UserID, metadata []byte, err error) {
	var raw struct {
		ID      string         `json:"id"`
		Private jsontext.Value `json:"private_metadata"`
	}
	if err := unmarshal(body, &raw); err != nil {
		return "", nil, fmt.Errorf("private metadata: %w", err)
	}
	return UserID(raw.ID), object(raw.Private), nil
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
	if err := unmarshal(body, &raw); err != nil {
		return 0, fmt.Errorf("count: %w", err)
	}
	if raw.Total == nil || *raw.Total < 0 {
		return 0, errors.New("count: no total_count")
	}
	return *raw.Total, nil
}

type organizationJSON struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Slug string `json:"slug"`
}

func (raw organizationJSON) organization() (Organization, error) {
	id, err := ParseOrganizationID(raw.ID)
	if err != nil {
		return Organization{}, errors.New("organization: no id")
	}
	return Organization{ID: id, Name: raw.Name, Slug: raw.Slug}, nil
}

func decodeOrganizations(body []byte) ([]Organization, error) {
	var raw struct {
		Data []organizationJSON `json:"data"`
	}
	if err := unmarshal(body, &raw); err != nil {
		return nil, fmt.Errorf("organizations: %w", err)
	}
	if raw.Data == nil {
		return nil, errors.New("organizations: no data")
	}
	organizations := make([]Organization, 0, len(raw.Data))
	for _, item := range raw.Data {
		organization, err := item.organization()
		if err != nil {
			return nil, err
		}
		organizations = append(organizations, organization)
	}
	return organizations, nil
}

func decodeMemberships(body []byte) ([]Membership, error) {
	var raw struct {
		Data []struct {
			Role         string           `json:"role"`
			Permissions  []string         `json:"permissions"`
			Organization organizationJSON `json:"organization"`
		} `json:"data"`
	}
	if err := unmarshal(body, &raw); err != nil {
		return nil, fmt.Errorf("memberships: %w", err)
	}
	if raw.Data == nil {
		return nil, errors.New("memberships: no data")
	}
	memberships := make([]Membership, 0, len(raw.Data))
	for _, item := range raw.Data {
		organization, err := item.Organization.organization()
		if err != nil {
			return nil, err
		}
		memberships = append(memberships, Membership{
			OrganizationID:   organization.ID,
			OrganizationName: organization.Name,
			Role:             item.Role,
			Permissions:      item.Permissions,
		})
	}
	return memberships, nil
}

// decodeList reads a bare array. null is not an empty list.
func decodeList[T any](body []byte, list *[]T) error {
	if err := unmarshal(body, list); err != nil {
		return fmt.Errorf("list: %w", err)
	}
	if *list == nil {
		return errors.New("list: null")
	}
	return nil
}

// unixMillis is a time in milliseconds since 1970, as Clerk writes all of them.
// null, and what is not between 1970 and the year 10000, is the zero time: the
// standard library cannot write a later one as JSON.
type unixMillis struct{ time.Time }

func (m *unixMillis) UnmarshalJSON(raw []byte) error {
	const year10000 = 253402300800000
	m.Time = time.Time{}
	if string(raw) == "null" {
		return nil
	}
	// A number too large for a float is infinite, which the bounds refuse.
	f, err := strconv.ParseFloat(string(raw), 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) {
		return errors.New("a time is not a number")
	}
	if f > 0 && f < year10000 {
		m.Time = time.UnixMilli(int64(f)).UTC()
	}
	return nil
}
