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

type entry struct {
	sentence string
	next     string
	retry    bool
}

//nolint:gochecknoglobals // the catalogue is the package
var catalogue = map[Code]entry{
	Internal: {"Something went wrong.", "Copy the details and send them to your administrator.", true},
	Canceled: {"Stopped.", "", true},

	KeyMissing:      {"There is no secret key on the clipboard.", "Copy it in Clerk, under API keys, and paste again.", true},
	KeyPublishable:  {"That is the publishable key. Understudy needs the secret key.", "You'll find it below the publishable key in Clerk, under API keys. It starts with sk_.", true},
	KeyWebhook:      {"That is a webhook signing secret. Understudy needs the secret key.", "Copy the one that starts with sk_ in Clerk, under API keys.", true},
	KeySeveral:      {"There is more than one secret key in what you copied.", "Copy just the one you want to connect.", true},
	KeyTruncated:    {"That key is cut off.", "Copy it again with the copy button in Clerk, so that none of it is missing.", true},
	KeyLookalike:    {"That key has letters that only look like the right ones.", "It may have come through a chat or a document. Copy it straight from Clerk.", true},
	KeyTooLong:      {"What you copied is far too long for a key.", "Copy just the secret key in Clerk, under API keys.", true},
	KeyUnrecognized: {"What you copied is not a Clerk secret key.", "A secret key starts with sk_test_ or sk_live_.", true},
	KeyFile:         {"That file could not be read.", "Choose a text file, such as .env, that has a line CLERK_SECRET_KEY=….", true},
	KeyRefused:      {"{server} did not accept this key.", "It may have been deleted or replaced. Copy a current one in Clerk, under API keys.", false},
	KeyEnvironment:  {"The key and Clerk disagree on whether this instance is production or development.", "Copy the key again in Clerk, under API keys.", false},
	KeyOfAnother:    {"That key belongs to another instance.", "Copy a key of this one in Clerk, under API keys. The key that was here is still in use.", true},
	KeyNotStored:    {"The keychain did not store the key correctly.", "Try again, or keep the key until you quit.", true},

	KeychainAbsent:    {"This computer has no keychain that Understudy can use.", "On Linux, install and start GNOME Keyring or KWallet. Without one, you can keep the key until you quit.", true},
	KeychainNoKeyring: {"This computer has no keychain for your keys yet.", "Create one: your computer asks for a new password for it. If you use KeePassXC, open its database and try again.", true},
	KeychainLocked:    {"Your keychain is locked.", "Unlock it and try again.", true},
	KeychainDeclined:  {"Access to the keychain was denied.", "Allow it when your computer asks, then try again.", true},
	KeychainTimedOut:  {"Your keychain was not unlocked.", "Your computer may still be asking for its password. Answer it and try again.", true},
	KeychainBroken:    {"Your keychain failed.", "Log out and in again, or restart the computer, then try again.", true},
	KeychainNoKey:     {"The key of this instance is no longer in your keychain.", "Paste it again to continue.", false},

	ClerkUnreachable:   {"{server} cannot be reached.", "Check your connection, then try again.", true},
	ClerkTimeout:       {"{server} did not answer in time.", "Try again in a moment.", true},
	ClerkCertificate:   {"The connection to {server} is not safe: its certificate could not be checked.", "A hotel or company network may be in between. Nothing was sent.", false},
	ClerkRedirect:      {"Something other than {server} answered, often a Wi-Fi sign-in page.", "Sign in to the network in your browser, then try again.", true},
	ClerkAnswer:        {"Unexpected answer from {server}.", "Try again. If this continues, copy the details and send them to your administrator.", true},
	ClerkAnswerTooBig:  {"The answer from {server} was too large to be right.", "Try again. If this continues, copy the details and send them to your administrator.", true},
	ClerkBroken:        {"{server} is having problems.", "Try again in a moment{status}.", true},
	ClerkBusy:          {"Too many requests. {server} asks us to wait.", "", true},
	ClerkForbidden:     {"{server} does not allow this.", "The key or the plan may not cover it.", false},
	ClerkRefused:       {"{server} did not accept the request.", "Copy the details and send them to your administrator.", false},
	ClerkNotFound:      {"This no longer exists in {server}.", "Refresh to see how things are now.", false},
	ClerkLocked:        {"{server} is changing this just now.", "Try again in a moment.", true},
	AppOutdated:        {"{server} no longer works with this version of Understudy.", "Update Understudy, or ask your administrator for a newer version.", false},
	OrganizationsOff:   {"Organizations are turned off for this instance.", "", false},
	PlanLacks:          {"Your Clerk plan does not include impersonation.", "Change the plan in Clerk, under Billing.", false},
	LimitExceeded:      {"All impersonations of this billing period are used.", "Raise the limit in Clerk, under Billing, or wait for the next period.", false},
	UserGone:           {"This user no longer exists.", "Refresh the list to see who is there now.", false},
	OperatorGone:       {"Your own user no longer exists in Clerk.", "Choose again who you are.", false},
	TokenNotPending:    {"This link was already used or canceled.", "If somebody is signed in with it, end the session instead.", false},
	APIAddress:         {"CLERK_API_URL is not an address that Understudy uses.", "It must be https, or http on this computer.", false},
	APIAddressManaged:  {"Your organization does not allow the address in CLERK_API_URL.", "Start Understudy without it, or ask your administrator.", false},
	InstanceElsewhere:  {"This instance was connected at another API address, so its key was not sent.", "Start Understudy with that address, or paste the key to connect the instance at this one.", false},
	InstanceHostChange: {"The sign-in address of this instance has changed since you connected it.", "Compare both addresses and trust the new one before you impersonate.", false},

	SearchInvalid:      {"This search isn't possible.", "", false},
	IDInvalid:          {"That isn't a Clerk ID.", "", false},
	NotConnected:       {"No instance is connected.", "Connect one first.", false},
	InstanceUnknown:    {"This instance is not connected here.", "Connect it with its secret key.", false},
	Locked:             {"Understudy is locked.", "Unlock it to continue.", false},
	SettingsUnreadable: {"The settings file could not be read.", "Understudy left it as it is. Fix or move the file, then restart.", false},
	SettingsUnwritable: {"The settings could not be saved.", "Check that your disk is not full, then try again.", true},
	SettingsInUse:      {"Another Understudy is changing the settings.", "Try again in a moment. If this continues, close the other one.", true},
	SettingInvalid:     {"That value isn't allowed.", "", false},
	SettingManaged:     {"Your organization manages this setting.", "Ask your administrator to change it.", false},
	PolicyUnusable:     {"Your organization's settings can't be used, so Understudy does not start.", "Ask your administrator to fix the policy file, then restart.", false},

	OperatorMissing:      {"Choose who you are first.", "", false},
	Yourself:             {"This is you.", "You cannot impersonate yourself.", false},
	ReasonMissing:        {"Enter a reason. It is saved in the history.", "", false},
	ReasonTooLong:        {"The reason is too long.", "Keep it under 500 characters.", false},
	UserBanned:           {"Banned users can't sign in.", "Unban this user first.", false},
	UserLocked:           {"Locked users can't sign in.", "Unlock this user first.", false},
	UserDeprovisioned:    {"Deprovisioned users can't sign in.", "", false},
	UserProtected:        {"This user is protected by your rules.", "", false},
	OverrideMissing:      {"This user is protected. Explain why you need this account.", "", false},
	ReasonPattern:        {"The reason doesn't match what your rules require.", "", false},
	ReferenceMissing:     {"Enter the ticket's reference.", "", false},
	ReferenceInvalid:     {"That doesn't look like a reference.", "", false},
	SessionTooLong:       {"Your organization does not allow sessions that long.", "", false},
	LengthInvalid:        {"That length isn't possible.", "", false},
	TicketRefused:        {"Clerk's sign-in link did not look right, so it was not opened.", "It was canceled. Copy the details and send them to your administrator.", false},
	LinkExpired:          {"The sign-in link expired.", "Impersonate again for a new one.", false},
	LinkUsed:             {"The sign-in link was already used.", "End the session, or impersonate again for a new one.", false},
	ImpersonationUnclear: {"Clerk may have created the sign-in link.", "If so, it used one impersonation of your plan. Choose Check and end to look for it at Clerk.", false},
	ImpersonationUnknown: {"This impersonation is no longer listed.", "Refresh to see how things are now.", false},
	EndIncomplete:        {"The session may not have ended.", "Try again. Otherwise it keeps running until it expires.", true},
	BrowserMissing:       {"No browser was found on this computer.", "Install one, or copy the link.", true},
	BrowserFailed:        {"The browser did not open.", "Try again, or copy the link.", true},
	BrowserUnheld:        {"This browser can't hold back changes, and your organization allows view only.", "Choose another browser.", false},
	NotWatched:           {"Understudy doesn't hold this browser, so it can't change what is sent.", "", false},
	ChangesForbidden:     {"Your organization allows view only.", "", false},
	ChangesReason:        {"Say why you need to change something.", "", false},
	PlaceInvalid:         {"This can't be allowed by itself.", "Allow changes for a while instead.", false},
	LandInvalid:          {"Open at takes a path of the app, like /settings.", "", false},
	HandoffFailed:        {"Understudy couldn't pass the link to the browser: no port is free on this computer.", "Close other programs and try again, or copy the link.", true},
	ClipboardFailed:      {"The clipboard could not be used.", "Try again.", true},
	CopyingForbidden:     {"Your rules don't allow copying sign-in links.", "Open the link in a browser instead.", false},
	AuditUnwritable:      {"The history could not be written.", "Check that your disk is not full and that the history folder can be written.", true},
	AuditUnreadable:      {"The history could not be read.", "Check that the history folder can be read, then try again.", true},
	ExportFailed:         {"The export could not be written.", "Choose another folder, or check that the disk is not full. The history itself is untouched.", true},
	SaveFailed:           {"The file could not be written.", "Choose another folder, or check that the disk is not full.", true},
	HistoryBroken:        {"A history that was changed cannot be accepted.", "Export everything and send it to your security team.", false},
	ReportNone:           {"There is no report of this impersonation.", "Its browser was not watched, or it has not ended yet.", false},
	ReportDamaged:        {"The report of this impersonation doesn't match the history.", "It was changed or removed. Send the history to your security team.", false},
	AuditInUse:           {"Another Understudy is writing the history.", "Close it and try again.", true},

	SignInNotSetUp:    {"Sign-in with Clerk is not set up for this instance.", "Set it up once, or continue unverified.", false},
	SignInUnavailable: {"This instance does not offer sign-in with Clerk.", "Copy the details and send them to your administrator. Where the rules allow it, you can continue unverified.", true},
	SignInPorts:       {"Sign-in cannot start: all ports it needs are in use on this computer.", "Close other programs that wait for a sign-in, then try again.", true},
	SignInClock:       {"This computer's clock differs from Clerk's, so a sign-in cannot be checked.", "Set the clock of this computer, then try again.", true},
	SignInDeclined:    {"You were not signed in.", "Clerk came back without a sign-in. Try again, and allow it when Clerk asks.", true},
	SignInTimedOut:    {"Nobody signed in within five minutes.", "Try again, and look for the page in your browser.", true},
	SignInRefused:     {"Clerk's sign-in could not be verified, so it does not count.", "Try again. If this continues, copy the details and send them to your administrator.", true},
	SignInRequired:    {"Sign in with Clerk first.", "This instance requires a verified operator.", false},
	PermissionMissing: {"You do not have the permission that is required here.", "Ask your administrator for it.", true},
	PermissionUnknown: {"Couldn't check your permission.", "Nothing was done. Try again.", true},
	OperatorName:      {"Enter your name, on one line.", "", false},
	OperatorAddress:   {"Enter your work address, such as maya@acme.example.", "", false},
	SignInApplication: {"This OAuth application can't be used to sign in.", "Change it in Clerk, under OAuth applications, then try again.", true},
}

// Codes lists every code, for the tests that pin the catalogue.
func Codes() []Code {
	codes := make([]Code, 0, len(catalogue))
	for code := range catalogue {
		codes = append(codes, code)
	}
	return codes
}
