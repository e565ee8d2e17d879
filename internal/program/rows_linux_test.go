package program

import (
	"os"

	"understudy/internal/bridge"
	"understudy/internal/fault"
	"understudy/internal/keychain"
	"understudy/internal/settings"
)

const hint = `"keyHint":"sk_test_…ry00"`

// rows are all bound methods, by subject.
func rows() map[string]row {
	return map[string]row{
		"Start":     {given: locked, answer: `"locked":true`},
		"Cancel":    {args: []any{"r"}, answer: "null"},
		"ReportUse": {answer: "null"},
		"CopyText": {
			args: []any{"words"}, done: copied, shows: "words",
			refused: fault.ClipboardFailed, without: func(d *desk) { d.clipFails = os.ErrClosed },
		},
		"JournalOf": {
			given: connected, args: []any{failed}, answer: `\"method\":\"GetUser\"`,
			refused: fault.Internal, without: func(d *desk) { d.write("data/understudy/journal/journal.jsonl/in the way", "") }, wrong: []any{"X"},
		},
		"OpenBilling": {
			given: connected, done: opened, shows: "https://dashboard.clerk.com/",
			refused: fault.NotConnected,
		},
		"Quit": {
			given: created, args: []any{true}, answer: `{"ended":1,"failed":0}`,
			done: func(d *desk) string { return textOf(d, d.closed) }, shows: "true",
			refused: fault.NotConnected,
		},
		"StayOpen": {answer: "null"},

		"ConnectFromClipboard": {
			args: []any{"r"}, answer: hint, done: stored, shows: key,
			refused: fault.KeyUnrecognized, without: func(d *desk) { d.clipboard = "words" },
		},
		"ConnectFromFile": {
			given: func(d *desk) { d.write("a.env", "CLERK_SECRET_KEY="+key); d.dialog = d.path("a.env") },
			args:  []any{"r"}, answer: hint, done: stored, shows: key,
			refused: fault.KeyFile, without: func(d *desk) { d.dialog = d.path("gone") },
		},
		"ConnectSample": {
			args: []any{"r"}, answer: `"environment":"sample"`,
			refused: fault.SettingsUnreadable, without: unreadable,
		},
		"KeepKeyInNewKeyring": {
			given: unkept(keychain.ErrNoKeyring), args: []any{"r"}, answer: hint, done: stored, shows: key,
			refused: fault.NotConnected,
		},
		"HoldKeyInMemory": {
			given: unkept(keychain.ErrAbsent), answer: `"inMemory":true`,
			refused: fault.NotConnected,
		},
		"SelectInstance": {
			given: locked, args: []any{"r", instance}, answer: hint,
			refused: fault.InstanceUnknown,
		},
		"ListInstances": {given: connected, answer: hint},
		"DescribeInstance": {
			given: connected, args: []any{instance, "Shop", "violet"}, answer: `"name":"Shop"`,
			refused: fault.SettingInvalid, without: connected, wrong: []any{instance, "", ""},
		},
		"MoveInstance": {
			given: connected, args: []any{instance, 1}, answer: hint,
			refused: fault.SettingsUnreadable, without: unreadable,
		},
		"ReplaceKey": {
			given: connected, args: []any{"r", instance}, answer: hint,
			refused: fault.InstanceUnknown, without: connected, wrong: []any{"r", "ins_unknown"},
		},
		"CheckAddress": {
			given: moved, args: []any{"r"}, answer: `"changed":true,"pinned":["https://clerk.old.example"]`,
			refused: fault.NotConnected,
		},
		"TrustAddress": {
			given: moved, args: []any{"r", addresses}, answer: hint,
			refused: fault.InstanceHostChange, without: moved, wrong: []any{"r", []string{"https://elsewhere.example"}},
		},
		"Lock": {
			given: connected, answer: "null", done: func(d *desk) string { return textOf(d, must(d.app.Start())(d).Locked) }, shows: "true",
		},
		"Locked": {
			given: locked, answer: hint,
			refused: fault.NotConnected, without: connected,
		},
		"Disconnect": {
			given: connected, args: []any{instance}, answer: "null", done: listed, shows: "[]",
			refused: fault.SettingsUnreadable, without: unreadable,
		},

		"Operator": {
			given: connected, answer: `"email":"maya@northwind.example"`,
			refused: fault.NotConnected,
		},
		"SetOperator": {
			given: connected, args: []any{maya}, answer: `"verified":false`,
			refused: fault.IDInvalid, without: connected, wrong: []any{"org_1"},
		},
		"ActAsOutsider": {
			given: connected, args: []any{"Ada", "ada@help.example"}, answer: `"outside":true`,
			refused: fault.OperatorName, without: connected, wrong: []any{"", ""},
		},
		"SignIn": {
			given: signInSetUp, answer: `"required":false`,
			refused: fault.NotConnected,
		},
		"SetSignInClient": {
			given: signInSetUp, args: []any{clientID}, answer: `"clientID":"`,
			refused: fault.SignInApplication, without: connected, wrong: []any{"unknown"},
		},
		"CreateSignInApplication": {
			given: connected, args: []any{"r"}, answer: `"scopes":["openid"`,
			refused: fault.NotConnected,
		},
		"SignInOperator": {
			given: signInSetUp, args: []any{"r"}, answer: `"verified":true`,
			refused: fault.SignInNotSetUp, without: connected,
		},
		"SignInByLink": {
			given: signInSetUp, args: []any{"r"}, answer: `"verified":true`,
			refused: fault.SignInNotSetUp, without: connected,
		},

		"ListUsers": {
			given: connected, args: []any{bridge.UsersRequest{Total: -1}}, answer: `"last":true,"total":50`,
			refused: fault.IDInvalid, without: connected, wrong: []any{bridge.UsersRequest{AfterID: "org_1"}},
		},
		"CountUsers": {
			given: connected, args: []any{bridge.CountRequest{}}, answer: "50",
			refused: fault.NotConnected,
		},
		"FindOrganizations": {
			given: connected, args: []any{"r", "a"}, answer: `"id":"org_`,
			refused: fault.NotConnected,
		},
		"GetUserNames": {
			given: connected, args: []any{"r", users}, answer: `"id":"user_`,
			refused: fault.IDInvalid, without: connected, wrong: []any{"r", []string{"org_1"}},
		},
		"ListSearches": {
			given: connected, answer: `{"pinned":[],"recent":[]}`,
			refused: fault.NotConnected,
		},
		"RememberSearch": {
			given: connected, args: []any{"lind"}, answer: `"recent":["lind"]`,
			refused: fault.NotConnected,
		},
		"PinSearch": {
			given: connected, args: []any{"lind", true}, answer: `"pinned":["lind"]`,
			refused: fault.NotConnected,
		},
		"ForgetSearches": {
			given:   func(d *desk) { connected(d); must(d.app.RememberSearch("lind"))(d) },
			answer:  `{"pinned":[],"recent":[]}`,
			refused: fault.NotConnected,
		},

		"GetUser": {
			given: connected, args: []any{"r", user, true}, answer: `"emails":[{`,
			refused: fault.IDInvalid, without: connected, wrong: []any{"r", "org_1", false},
		},
		"GetMemberships": {
			given: connected, args: []any{"r", user}, answer: "[",
			refused: fault.IDInvalid, without: connected, wrong: []any{"r", "org_1"},
		},
		"GetSessions": {
			given: elsewhere, args: []any{"r", user}, answer: `"operatorID":"a colleague"`,
			refused: fault.IDInvalid, without: connected, wrong: []any{"r", "org_1"},
		},
		"GetPrivateMetadata": {
			given: connected, args: []any{"r", user}, answer: `"`,
			refused: fault.IDInvalid, without: connected, wrong: []any{"r", "org_1"},
		},
		"OpenInDashboard": {
			given: connected, args: []any{user}, done: opened, shows: "https://dashboard.clerk.com/",
			refused: fault.IDInvalid, without: connected, wrong: []any{"org_1"},
		},

		"Preflight": {
			given: elsewhere, args: []any{"r", user}, answer: `"effect":"warn"`,
			refused: fault.IDInvalid, without: connected, wrong: []any{"r", "org_1"},
		},
		"RecentReasons": {
			given: created, answer: `["Ticket 48213"]`,
			refused: fault.NotConnected,
		},
		"OpenReference": {
			given: func(d *desk) { connected(d); must(d.app.ChangeRules(references()))(d) },
			args:  []any{"48213"}, done: opened, shows: "https://help.example/48213",
			refused: fault.ReferenceInvalid, without: connected,
		},
		"ListBrowsers": {answer: `"id":"default"`},
		"CreateActorToken": {
			given: connected, args: []any{request}, answer: `"state":"pending"`,
			refused: fault.IDInvalid, without: connected, wrong: []any{bridge.ActorTokenRequest{UserID: "org_1"}},
		},
		"OpenTicket": {
			given: created, args: []any{begun, "default"}, answer: `"browser":"default"`, done: opened, shows: "http://127.0.0.1:",
			refused: fault.BrowserMissing, without: created, wrong: []any{begun, "netscape"},
		},
		"CopyTicketLink": {
			given: created, args: []any{begun}, done: copied, shows: "/tickets/accept?ticket=",
			refused: fault.LinkExpired, without: ended,
		},
		"ListLive": {
			given: created, answer: `"state":"pending"`,
			refused: fault.NotConnected,
		},
		"EndImpersonation": {
			given: created, args: []any{begun}, answer: `"state":"ended"`,
			refused: fault.ImpersonationUnknown, without: connected,
		},
		"EndOther": {
			given: elsewhere, args: []any{user, session},
			done: func(d *desk) string { return d.clerk.Server().Sessions()[0].Status }, shows: "revoked",
			refused: fault.IDInvalid, without: connected, wrong: []any{user, "org_1"},
		},
		"EndAll": {
			given: created, answer: `{"ended":1,"failed":0}`,
			refused: fault.NotConnected,
		},

		"AllowChanges": {
			given: watched, args: []any{begun, "Resend an invitation", 5}, answer: `"mode":"allow_changes"`,
			refused: fault.NotWatched, without: created,
		},
		"ViewOnlyAgain": {
			given: watched, args: []any{begun}, answer: `"mode":"view_only"`,
			refused: fault.NotWatched, without: created,
		},
		"AllowPlace": {
			given: watched, args: []any{begun, bridge.Place{Host: "live.acme.example"}, "It shows nothing"}, answer: `"host":"live.acme.example"`,
			refused: fault.PlaceInvalid, without: watched, wrong: []any{begun, bridge.Place{Host: ":id.example"}, "It shows nothing"},
		},
		"DisallowPlace": {
			given: watched, args: []any{begun, allowed}, answer: `"allowed":[]`,
			refused: fault.NotWatched, without: created,
		},

		"ListHistory": {
			given: ended, args: []any{"r", bridge.HistoryRequest{}}, answer: `"reason":"Ticket 48213"`,
			refused: fault.SettingsUnreadable, without: unreadable,
		},
		"HistoryChoices": {
			given: ended, args: []any{"r"}, answer: `"operators":["user_`,
			refused: fault.SettingsUnreadable, without: unreadable,
		},
		"FindRecord": {
			given: ended, args: []any{int64(1)}, answer: `"reason":"Ticket 48213"`,
			refused: fault.ImpersonationUnknown,
		},
		"GetReport": {
			given: reported, args: []any{begun}, answer: `"heldBack":[]`,
			refused: fault.ReportNone, without: ended,
		},
		"CopySummary": {
			given: reported, args: []any{begun}, answer: "changed nothing", done: copied, shows: "changed nothing",
			refused: fault.ReportNone, without: ended,
		},
		"ListRecords": {
			given: ended, args: []any{begun}, answer: `"event":"requested"`,
			refused: fault.ImpersonationUnknown,
		},

		"VerifyHistory": {
			given: ended, answer: `"state":"good"`,
			refused: fault.SettingsUnreadable, without: unreadable,
		},
		"CompareHead": {
			given: remembered, args: []any{"r"}, answer: `"state":"matches"`,
			refused: fault.KeychainDeclined, without: func(d *desk) { d.vault.fail(keychain.ErrDeclined) },
		},
		"AcceptHistory": {
			given: differing, args: []any{"r"},
			done: func(d *desk) string { return textOf(d, must(d.app.ListHistory("", bridge.HistoryRequest{}))(d)) }, shows: `"result":"accepted"`,
			refused: fault.NotConnected,
		},
		"ExportHistory": {
			given: func(d *desk) { ended(d); d.dialog = d.path("export.csv") }, args: []any{"r", bridge.ExportRequest{Format: "csv"}},
			answer: "export.csv", done: exported, shows: "Ticket 48213",
			refused: fault.ExportFailed, without: func(d *desk) { d.dialog = d.path("gone/export.csv") },
		},

		"Diagnose": {args: []any{"r"}, answer: `{"name":"Journal","state":"good"`},
		"SaveDiagnostics": {
			given: diagnosed, answer: "report.txt",
			done: saved, shows: "\nComputer: good\n",
			refused: fault.SaveFailed, without: func(d *desk) { diagnosed(d); d.dialog = d.path("gone/report.txt") },
		},

		"GetSettings": {answer: `"theme":"system"`},
		"ChangeSettings": {
			args: []any{settings.PreferencesPatch{Zoom: new(110)}}, answer: `"zoom":110`,
			refused: fault.SettingInvalid, wrong: []any{settings.PreferencesPatch{Zoom: new(7)}},
		},
		"GetRules": {
			given: connected, answer: `"sign_in":{"required":false`,
			refused: fault.NotConnected,
		},
		"ChangeRules": {
			given: connected, args: []any{references()}, answer: `"reference":"\\d+"`,
			refused: fault.SettingInvalid, without: connected, wrong: []any{settings.RulesPatch{SignIn: &settings.SignInPatch{Hours: new(-1)}}},
		},
	}
}
