package main

import "understudy/internal/bridge"

// App is everything that the window can call: the methods of the subjects below, each
// in a file of internal/bridge. No method takes or returns a key, a ticket or its URL.
// The lists are checked by internal/archtest.
type App struct {
	// Start, Cancel, ReportUse, CopyText, JournalOf, OpenBilling, Quit, StayOpen
	bridge.WindowCalls

	// ConnectFromClipboard, ConnectFromFile, ConnectSample, KeepKeyInNewKeyring,
	// HoldKeyInMemory, SelectInstance, ListInstances, DescribeInstance, MoveInstance,
	// ReplaceKey, CheckAddress, TrustAddress, Lock, Locked, Disconnect
	bridge.InstanceCalls

	// Operator, SetOperator, ActAsOutsider, SignIn, SetSignInClient,
	// CreateSignInApplication, SignInOperator, SignInByLink
	bridge.OperatorCalls

	// ListUsers, CountUsers, FindOrganizations, GetUserNames, ListSearches,
	// RememberSearch, PinSearch, ForgetSearches
	bridge.UserCalls

	// GetUser, GetMemberships, GetSessions, GetPrivateMetadata, OpenInDashboard
	bridge.PanelCalls

	// Preflight, RecentReasons, OpenReference, ListBrowsers, CreateActorToken,
	// OpenTicket, CopyTicketLink, ListLive, EndImpersonation, EndOther, EndAll
	bridge.ImpersonationCalls

	// AllowChanges, ViewOnlyAgain, AllowPlace, DisallowPlace
	bridge.WatchingCalls

	// ListHistory, HistoryChoices, FindRecord, ListRecords
	bridge.HistoryCalls

	// GetReport, CopySummary
	bridge.ReportCalls

	// VerifyHistory, CompareHead, AcceptHistory, ExportHistory
	bridge.AuditLogCalls

	// Diagnose, SaveDiagnostics
	bridge.DiagnosticsCalls

	// GetSettings, ChangeSettings, GetRules, ChangeRules
	bridge.SettingsCalls
}

func newApp(s *bridge.Scope) *App {
	return &App{
		bridge.WindowCalls{Scope: s},
		bridge.InstanceCalls{Scope: s},
		bridge.OperatorCalls{Scope: s},
		bridge.UserCalls{Scope: s},
		bridge.PanelCalls{Scope: s},
		bridge.ImpersonationCalls{Scope: s},
		bridge.WatchingCalls{Scope: s},
		bridge.HistoryCalls{Scope: s},
		bridge.ReportCalls{Scope: s},
		bridge.AuditLogCalls{Scope: s},
		bridge.DiagnosticsCalls{Scope: s},
		bridge.SettingsCalls{Scope: s},
	}
}
