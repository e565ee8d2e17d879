package bridge

import (
	"understudy/internal/clerkapi"
	"understudy/internal/fault"
	"understudy/internal/workspace"
)

// WindowCalls serve the window itself, from its first frame to its end.
type WindowCalls struct{ *Scope }

// Start returns what the window needs for its first frame.
func (c *WindowCalls) Start() (s Start, err error) {
	_, exit := c.enter("")
	defer exit(&err)
	s = c.Run
	s.Items, s.Selected = instancesOf(c.Manager.Instances()), c.Manager.Selected()
	s.Settings = settingsNow(c.Manager)
	if w := c.Manager.Opened(); w != nil {
		s.Opened = openedOf(w)
	}
	_, s.Locked = c.Manager.Locked()
	return s, nil
}

// Cancel stops a running call by the window's name for it.
func (c *WindowCalls) Cancel(requestID string) (err error) {
	_, exit := c.enter("")
	defer exit(&err)
	c.cancel(requestID)
	return nil
}

// ReportUse tells that somebody uses the window.
func (c *WindowCalls) ReportUse() (err error) {
	_, exit := c.enter("")
	defer exit(&err)
	c.Presence.Used()
	return nil
}

// CopyText puts text from the window on the clipboard.
func (c *WindowCalls) CopyText(text string) (err error) {
	ctx, exit := c.enter("")
	defer exit(&err)
	if err := c.Clipboard.Write(ctx, text); err != nil {
		return fault.New(fault.ClipboardFailed, err)
	}
	return nil
}

// JournalOf returns the lines of the journal about one call, each a JSON object.
func (c *WindowCalls) JournalOf(call string) (lines []string, err error) {
	_, exit := c.enter("")
	defer exit(&err)
	if lines, err = c.Journal.LinesOf(call); err != nil {
		return []string{}, fault.New(fault.Internal, err)
	}
	return lines, nil
}

// OpenBilling opens the page of Clerk where the plan is changed, in the default browser.
func (c *WindowCalls) OpenBilling() error {
	return c.openPage(func(*workspace.Workspace) (string, error) { return clerkapi.BillingURL, nil })
}

// Quit closes the window, with endRunning after ending what this machine started. If
// something could not be ended the window stays.
func (c *WindowCalls) Quit(endRunning bool) (result EndResult, err error) {
	ctx, exit := c.enter("")
	defer exit(&err)
	if endRunning {
		w, err := c.current()
		if err != nil {
			return result, err
		}
		if result, err = workspace.During(ctx, w, false, endAll(false)); err != nil || result.Failed > 0 {
			return result, err
		}
	}
	c.Closing.Leave()
	c.Close()
	return result, nil
}

// StayOpen tells that the operator does not want to close the window after all.
func (c *WindowCalls) StayOpen() (err error) {
	_, exit := c.enter("")
	defer exit(&err)
	c.Closing.Stay()
	return nil
}

// Start is what the window needs to draw its first frame.
type Start struct {
	Version  string `json:"version"`
	OS       string `json:"os"` // "darwin", "windows", "linux"
	Keychain string `json:"keychain"`
	APIURL   string `json:"apiURL"` // "" if it is Clerk's own and nothing set it
	// APIManaged: the administrator set the address of the API, nothing else may.
	APIManaged bool   `json:"apiManaged"`
	Sample     bool   `json:"sample"` // started with --sample: connect it at once
	Selected   string `json:"selected"`
	Locked     bool   `json:"locked"` // the page was loaded anew while Understudy was locked
	// Problem is why nothing can be connected: it is shown in place of the
	// first screen.
	Problem  *Problem   `json:"problem"`
	Items    []Instance `json:"instances"`
	Settings Settings   `json:"settings"`
	// Opened is the instance that was used last if it is in use again by now.
	Opened *Connection `json:"opened"`
}
