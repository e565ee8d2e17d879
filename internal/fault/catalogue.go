package fault

// Code names a failure. The set is pinned by testdata/codes.golden, which the
// front end's tests read too.
type Code string

// Failures of the program itself.
const (
	Internal Code = "internal"
	Canceled Code = "canceled"
)

// Mistakes in a pasted key.
const (
	KeyMissing      Code = "key_missing"
	KeyPublishable  Code = "key_publishable"
	KeyWebhook      Code = "key_webhook"
	KeySeveral      Code = "key_several"
	KeyTruncated    Code = "key_truncated"
	KeyLookalike    Code = "key_lookalike"
	KeyTooLong      Code = "key_too_long"
	KeyUnrecognized Code = "key_unrecognized"
	KeyFile         Code = "key_file"
	KeyRefused      Code = "key_refused"
	KeyEnvironment  Code = "key_environment"
	KeyNotStored    Code = "key_not_stored"
	KeyOfAnother    Code = "key_of_another_instance"
)

// States of the OS keychain other than ready.
const (
	KeychainAbsent    Code = "keychain_absent"
	KeychainNoKeyring Code = "keychain_no_keyring"
	KeychainLocked    Code = "keychain_locked"
	KeychainDeclined  Code = "keychain_declined"
	KeychainTimedOut  Code = "keychain_timed_out"
	KeychainBroken    Code = "keychain_broken"
	KeychainNoKey     Code = "keychain_no_key"
)

// The way to Clerk and what it answers.
const (
	ClerkUnreachable   Code = "clerk_unreachable"
	ClerkTimeout       Code = "clerk_timeout"
	ClerkCertificate   Code = "clerk_certificate"
	ClerkRedirect      Code = "clerk_redirect"
	ClerkAnswer        Code = "clerk_answer"
	ClerkAnswerTooBig  Code = "clerk_answer_too_big"
	ClerkBroken        Code = "clerk_broken"
	ClerkBusy          Code = "clerk_busy"
	ClerkForbidden     Code = "clerk_forbidden"
	ClerkRefused       Code = "clerk_refused"
	ClerkNotFound      Code = "clerk_not_found"
	ClerkLocked        Code = "clerk_resource_locked"
	AppOutdated        Code = "app_outdated"
	OrganizationsOff   Code = "organizations_off"
	PlanLacks          Code = "plan_lacks_impersonation"
	LimitExceeded      Code = "impersonation_limit"
	UserGone           Code = "user_gone"
	OperatorGone       Code = "operator_gone"
	TokenNotPending    Code = "actor_token_not_pending"
	APIAddress         Code = "api_address"
	APIAddressManaged  Code = "api_address_managed"
	InstanceHostChange Code = "instance_host_changed"
	InstanceElsewhere  Code = "instance_elsewhere"
)

// Search, instances, settings.
const (
	SearchInvalid      Code = "search_invalid"
	IDInvalid          Code = "id_invalid"
	NotConnected       Code = "not_connected"
	InstanceUnknown    Code = "instance_unknown"
	Locked             Code = "locked"
	SettingsUnreadable Code = "settings_unreadable"
	SettingsUnwritable Code = "settings_unwritable"
	SettingsInUse      Code = "settings_in_use"
	SettingInvalid     Code = "setting_invalid"
	SettingManaged     Code = "setting_managed"
	PolicyUnusable     Code = "policy_unusable"
)

// Impersonation, browser, audit log.
const (
	OperatorMissing      Code = "operator_missing"
	Yourself             Code = "yourself"
	ReasonMissing        Code = "reason_missing"
	ReasonTooLong        Code = "reason_too_long"
	UserBanned           Code = "user_banned"
	UserLocked           Code = "user_locked"
	UserDeprovisioned    Code = "user_deprovisioned"
	UserProtected        Code = "user_protected"
	OverrideMissing      Code = "override_missing"
	ReasonPattern        Code = "reason_pattern"
	ReferenceMissing     Code = "reference_missing"
	ReferenceInvalid     Code = "reference_invalid"
	SessionTooLong       Code = "session_too_long"
	LengthInvalid        Code = "length_invalid"
	TicketRefused        Code = "ticket_refused"
	LinkExpired          Code = "link_expired"
	LinkUsed             Code = "link_used"
	ImpersonationUnknown Code = "impersonation_unknown"
	ImpersonationUnclear Code = "impersonation_unclear"
	EndIncomplete        Code = "end_incomplete"
	BrowserMissing       Code = "browser_missing"
	BrowserFailed        Code = "browser_failed"
	BrowserUnheld        Code = "browser_unheld"
	NotWatched           Code = "not_watched"
	ChangesForbidden     Code = "changes_forbidden"
	ChangesReason        Code = "changes_reason_missing"
	PlaceInvalid         Code = "place_invalid"
	LandInvalid          Code = "open_at_invalid"
	HandoffFailed        Code = "handoff_failed"
	ClipboardFailed      Code = "clipboard_failed"
	CopyingForbidden     Code = "copying_forbidden"
	AuditUnwritable      Code = "audit_unwritable"
	AuditUnreadable      Code = "audit_unreadable"
	AuditInUse           Code = "audit_in_use"
	ExportFailed         Code = "export_failed"
	SaveFailed           Code = "save_failed" // of a file that is no export
	HistoryBroken        Code = "history_broken"
	ReportNone           Code = "report_none"
	ReportDamaged        Code = "report_damaged"
)

// Failures to find out who the operator is, and limits of what they may do.
const (
	SignInNotSetUp    Code = "sign_in_not_set_up"
	SignInUnavailable Code = "sign_in_unavailable"
	SignInPorts       Code = "sign_in_ports"
	SignInClock       Code = "sign_in_clock"
	SignInDeclined    Code = "sign_in_declined"
	SignInTimedOut    Code = "sign_in_timed_out"
	SignInRefused     Code = "sign_in_refused"
	SignInRequired    Code = "sign_in_required"
	PermissionMissing Code = "permission_missing"
	PermissionUnknown Code = "permission_unknown"
	OperatorName      Code = "operator_name"
	OperatorAddress   Code = "operator_address"
	SignInApplication Code = "sign_in_application"
)

// retries tells of each code whether the same action may succeed if it is simply
// tried again.
//
//nolint:gochecknoglobals // a table; never changed
var retries = map[Code]bool{
	Internal: true,
	Canceled: true,

	KeyMissing:      true,
	KeyPublishable:  true,
	KeyWebhook:      true,
	KeySeveral:      true,
	KeyTruncated:    true,
	KeyLookalike:    true,
	KeyTooLong:      true,
	KeyUnrecognized: true,
	KeyFile:         true,
	KeyRefused:      false,
	KeyEnvironment:  false,
	KeyOfAnother:    true,
	KeyNotStored:    true,

	KeychainAbsent:    true,
	KeychainNoKeyring: true,
	KeychainLocked:    true,
	KeychainDeclined:  true,
	KeychainTimedOut:  true,
	KeychainBroken:    true,
	KeychainNoKey:     false,

	ClerkUnreachable:   true,
	ClerkTimeout:       true,
	ClerkCertificate:   false,
	ClerkRedirect:      true,
	ClerkAnswer:        true,
	ClerkAnswerTooBig:  true,
	ClerkBroken:        true,
	ClerkBusy:          true,
	ClerkForbidden:     false,
	ClerkRefused:       false,
	ClerkNotFound:      false,
	ClerkLocked:        true,
	AppOutdated:        false,
	OrganizationsOff:   false,
	PlanLacks:          false,
	LimitExceeded:      false,
	UserGone:           false,
	OperatorGone:       false,
	TokenNotPending:    false,
	APIAddress:         false,
	APIAddressManaged:  false,
	InstanceElsewhere:  false,
	InstanceHostChange: false,

	SearchInvalid:      false,
	IDInvalid:          false,
	NotConnected:       false,
	InstanceUnknown:    false,
	Locked:             false,
	SettingsUnreadable: false,
	SettingsUnwritable: true,
	SettingsInUse:      true,
	SettingInvalid:     false,
	SettingManaged:     false,
	PolicyUnusable:     false,

	OperatorMissing:      false,
	Yourself:             false,
	ReasonMissing:        false,
	ReasonTooLong:        false,
	UserBanned:           false,
	UserLocked:           false,
	UserDeprovisioned:    false,
	UserProtected:        false,
	OverrideMissing:      false,
	ReasonPattern:        false,
	ReferenceMissing:     false,
	ReferenceInvalid:     false,
	SessionTooLong:       false,
	LengthInvalid:        false,
	TicketRefused:        false,
	LinkExpired:          false,
	LinkUsed:             false,
	ImpersonationUnclear: false,
	ImpersonationUnknown: false,
	EndIncomplete:        true,
	BrowserMissing:       true,
	BrowserFailed:        true,
	BrowserUnheld:        false,
	ReportDamaged:        false,
	ReportNone:           false,
	LandInvalid:          false,
	PlaceInvalid:         false,
	ChangesReason:        false,
	ChangesForbidden:     false,
	NotWatched:           false,
	HandoffFailed:        true,
	ClipboardFailed:      true,
	CopyingForbidden:     false,
	AuditUnwritable:      true,
	AuditUnreadable:      true,
	ExportFailed:         true,
	SaveFailed:           true,
	HistoryBroken:        false,
	AuditInUse:           true,

	SignInNotSetUp:    false,
	SignInUnavailable: true,
	SignInPorts:       true,
	SignInClock:       true,
	SignInDeclined:    true,
	SignInTimedOut:    true,
	SignInRefused:     true,
	SignInRequired:    false,
	PermissionMissing: true,
	PermissionUnknown: true,
	OperatorName:      false,
	OperatorAddress:   false,
	SignInApplication: true,
}

// Codes lists every code, for the tests that pin them.
func Codes() []Code {
	codes := make([]Code, 0, len(retries))
	for code := range retries {
		codes = append(codes, code)
	}
	return codes
}
