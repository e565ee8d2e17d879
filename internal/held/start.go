package held

// FeaturesOff are features of Chromium that a browser is started without, as its
// guard would not see them: reports that the browser itself sends, and pages that come
// back as they were when changes were allowed.
const FeaturesOff = "Reporting,NetworkErrorLogging,BackForwardCache"

// Preferences are those of the profile that a browser is started on, by the name of
// their file. It fetches no page ahead: such a request is not held, and the page would
// be shown without the policy of [Held].
const (
	PreferencesFile = "Default/Preferences"
	Preferences     = `{"net": {"network_prediction_options": 2}}`
)
