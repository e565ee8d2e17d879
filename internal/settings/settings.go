// Package settings keeps what the operator chose: the connected instances, who
// they are in each, preferences, and the place of the window. One JSON file
// holds it all; there is no secret in it, and no user of Clerk but the
// operator's own id and whom the operator searched for by name ([Searches]). An
// operator who is no user is in it with name and work address ([Outsider]).
//
// Fields that this version does not know are kept, on every level, so that an
// older version does not take away what a newer one wrote.
package settings

import (
	"slices"
	"time"
)

// version is the form of the file. It is raised only if an older program would
// misread a newer file; new fields alone do not raise it.
const version = 1

// Settings is everything that is kept.
type Settings struct {
	Version     int         `json:"version"`
	Instances   []Instance  `json:"instances"` // in the order in which they are shown
	Selected    string      `json:"selected"`  // id of one of the instances; empty: none
	Preferences Preferences `json:"preferences"`
	Window      Window      `json:"window"`
}

// Instance is a Clerk instance that was connected.
type Instance struct {
	ID          string    `json:"id"`           // ins_…; the account of its key in the keychain
	Name        string    `json:"name"`         // the operator's, may be empty
	Environment string    `json:"environment"`  // "development" or "production"
	FrontendAPI []string  `json:"frontend_api"` // addresses that its tickets may lead to, pinned at connect time
	APIURL      string    `json:"api_url"`      // address of the API where it was verified; empty: Clerk's own
	KeyHint     string    `json:"key_hint"`     // "sk_live_…x7Q2"
	Fingerprint string    `json:"fingerprint"`  // of the key, 16 hex digits
	OperatorID  string    `json:"operator_id"`  // user_…; empty until chosen, and of an outsider
	Outsider    Outsider  `json:"outsider,omitzero"`
	Browser     string    `json:"browser"` // id of the one that its last ticket was opened in, may be empty
	Color       string    `json:"color"`   // name of a colour of the UI, may be empty
	ConnectedAt time.Time `json:"connected_at"`
	Searches    Searches  `json:"searches"`
	Rules       Rules     `json:"rules"`
}

// Outsider is an operator who is no user of the instance, as they say themselves.
type Outsider struct {
	Name    string `json:"name"`
	Address string `json:"address"`
}

// Theme is light or dark.
type Theme string

// The themes.
const (
	ThemeSystem Theme = "system"
	ThemeLight  Theme = "light"
	ThemeDark   Theme = "dark"
)

// Density is the height of rows.
type Density string

// The densities.
const (
	DensityCompact Density = "compact"
	DensityNormal  Density = "normal"
	DensityRelaxed Density = "relaxed"
)

// Preferences are the choices of the settings screen.
type Preferences struct {
	Theme          Theme   `json:"theme"`
	Density        Density `json:"density"`
	SessionMinutes int     `json:"session_minutes"` // 10, 30 or 60
	LinkSeconds    int     `json:"link_seconds"`    // 60 to 600
	ReasonAlways   bool    `json:"reason_always"`   // a reason is required on development too
	Zoom           int     `json:"zoom"`            // percent, 80 to 200
	ShowPictures   bool    `json:"show_pictures"`   // fetch users' pictures from Clerk
	// Columns are those of the users table that were changed, in their order;
	// the others follow as the window has them.
	Columns []Column `json:"columns"`
	// LockMinutes is after how long without a hand on the window Understudy locks
	// itself, 0: never.
	LockMinutes int `json:"lock_minutes"`
}

// Column is a column of the users table.
type Column struct {
	ID     string `json:"id"`
	Width  int    `json:"width"` // in pixels at a zoom of 100 %, 0: as the window has it
	Hidden bool   `json:"hidden"`
	ByRoom bool   `json:"by_room"` // nobody chose: it is hidden where there is no room
}

// Window is the place of the window in pixels. Zero width: not known yet.
type Window struct {
	X         int  `json:"x"`
	Y         int  `json:"y"`
	Width     int  `json:"width"`
	Height    int  `json:"height"`
	Maximized bool `json:"maximized"`
}

// Defaults are the settings of a first start.
func Defaults() Settings {
	return Settings{
		Version:   version,
		Instances: []Instance{},
		Preferences: Preferences{
			Theme: ThemeSystem, Density: DensityNormal, SessionMinutes: 30, LinkSeconds: 60, Zoom: 100,
			LockMinutes: 15,
		},
	}
}

// Instance finds a connected instance by its id.
func (s Settings) Instance(id string) (Instance, bool) {
	i := slices.IndexFunc(s.Instances, func(instance Instance) bool { return instance.ID == id })
	if i < 0 {
		return Instance{}, false
	}
	return s.Instances[i], true
}

// Change changes a connected instance in place. It reports whether there is one with
// that id.
func (s Settings) Change(id string, change func(*Instance)) (found bool) {
	i := slices.IndexFunc(s.Instances, func(instance Instance) bool { return instance.ID == id })
	if i >= 0 {
		change(&s.Instances[i])
	}
	return i >= 0
}

// clone copies all that could be changed through a shared slice.
func (s Settings) clone() Settings {
	s.Preferences.Columns = slices.Clone(s.Preferences.Columns)
	s.Instances = append([]Instance{}, s.Instances...)
	for i, instance := range s.Instances {
		s.Instances[i].FrontendAPI = append([]string{}, instance.FrontendAPI...)
		s.Instances[i].Searches = instance.Searches.clone()
		s.Instances[i].Rules = instance.Rules.clone()
	}
	return s
}
