package settings

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	instanceID  = regexp.MustCompile(`^[A-Za-z0-9._-]{1,128}$`) // an id is an account of the keychain
	operatorID  = regexp.MustCompile(`^(user_[A-Za-z0-9]{1,100})?$`)
	keyHint     = regexp.MustCompile(`^(sk_(test|live)_…[A-Za-z0-9]{4})?$`) // so that no key ever gets here
	fingerprint = regexp.MustCompile(`^([0-9a-f]{16})?$`)
	word        = regexp.MustCompile(`^[a-z0-9-]{0,40}$`)
	columnID    = regexp.MustCompile(`^[A-Za-z]{1,40}$`)
	address     = regexp.MustCompile(`^https?://([A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9a-f:]{2,39}\])(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]{0,200})?$`)
)

// validate says which setting has a value that it cannot have. The text names
// the field as the file does, never the value.
func (s Settings) validate() error {
	p := s.Preferences
	errs := []error{
		check(p.Theme == ThemeSystem || p.Theme == ThemeLight || p.Theme == ThemeDark, "theme"),
		check(p.Density == DensityCompact || p.Density == DensityNormal || p.Density == DensityRelaxed, "density"),
		check(slices.Contains([]int{10, 30, 60}, p.SessionMinutes), "session_minutes"),
		check(within(p.LinkSeconds, 60, 600), "link_seconds"),
		check(within(p.Zoom, 80, 200), "zoom"),
		check(within(p.LockMinutes, 0, maxLock), "lock_minutes"),
		check(areColumns(p.Columns), "columns"),
		check(within(s.Window.X, -maxPixels, maxPixels) && within(s.Window.Y, -maxPixels, maxPixels), "window place"),
		check(within(s.Window.Width, 0, maxPixels) && within(s.Window.Height, 0, maxPixels), "window size"),
	}
	seen := map[string]bool{}
	for i, instance := range s.Instances {
		errs = append(errs, check(!seen[instance.ID], fmt.Sprintf("instances[%d].id, which is there twice", i)))
		seen[instance.ID] = true
		if err := instance.validate(); err != nil {
			errs = append(errs, fmt.Errorf("instances[%d].%w", i, err))
		}
	}
	errs = append(errs, check(s.Selected == "" || seen[s.Selected], "selected"))
	return first(errs)
}

// areColumns reports whether every column has a name of its own and a width
// that can be seen.
func areColumns(all []Column) bool {
	named := map[string]bool{}
	for _, c := range all {
		if named[c.ID] || !columnID.MatchString(c.ID) || (c.Width != 0 && !within(c.Width, 40, 2000)) {
			return false
		}
		named[c.ID] = true
	}
	return true
}

// maxPixels bounds the place of a window: beyond any desk full of screens.
const maxPixels = 100_000

// maxLock is a working day, in minutes. A longer time is meant as never.
const maxLock = 8 * 60

func (i Instance) validate() error {
	return first([]error{
		check(instanceID.MatchString(i.ID), "id"),
		check(isLine(i.Name, 100), "name"),
		check(i.Environment == "development" || i.Environment == "production", "environment"),
		check(len(i.FrontendAPI) <= 20 && !slices.ContainsFunc(i.FrontendAPI, isNoAddress), "frontend_api"),
		check(i.APIURL == "" || !isNoAddress(i.APIURL), "api_url"),
		check(keyHint.MatchString(i.KeyHint), "key_hint"),
		check(fingerprint.MatchString(i.Fingerprint), "fingerprint"),
		check(operatorID.MatchString(i.OperatorID), "operator_id"),
		check(isLine(i.Outsider.Name, 400) && isLine(i.Outsider.Address, 1016), "outsider"),
		check(isLine(i.Browser, 200), "browser"),
		check(word.MatchString(i.Color), "color"),
		check(within(i.ConnectedAt.Year(), 1, 9999), "connected_at"),
		check(i.Searches.valid(), "searches"),
		rulesOf(i),
	})
}

func rulesOf(i Instance) error {
	if err := i.Rules.validate(); err != nil {
		return fmt.Errorf("rules.%w", err)
	}
	return nil
}

// invalidError is the name of a setting with an impossible value.
type invalidError struct{ field string }

func (e *invalidError) Error() string { return e.field }

func check(ok bool, field string) error {
	if ok {
		return nil
	}
	return &invalidError{field}
}

// first is the first error: one at a time is what can be mended.
func first(errs []error) error {
	i := slices.IndexFunc(errs, func(err error) bool { return err != nil })
	if i < 0 {
		return nil
	}
	return errs[i]
}

func within(n, low, high int) bool { return low <= n && n <= high }

// isLine reports whether a text is one printable line of at most that many
// bytes.
func isLine(text string, most int) bool {
	return len(text) <= most && utf8.ValidString(text) &&
		!strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) })
}

func isNoAddress(text string) bool {
	return !address.MatchString(text) || strings.Contains(text, "..")
}
