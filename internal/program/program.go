// Package program is Understudy as a whole: its command line, its object graph and
// the life of its window. It is the only place that knows the clock, the randomness,
// the environment and the folders of this computer.
package program

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"time"

	"understudy/internal/bridge"
	"understudy/internal/browser"
	"understudy/internal/clerkapi"
	"understudy/internal/commandline"
	"understudy/internal/desktop"
	"understudy/internal/doctor"
	"understudy/internal/fault"
	"understudy/internal/journal"
	"understudy/internal/keychain"
	"understudy/internal/loopback"
)

// Development is the version of a build that is no release. It has a keychain entry
// of its own.
const Development = "development"

// name is the folder of settings and history, and tells this program's window
// from others'.
const name = "understudy"

// auditFolder is where in the data folder the history is.
const auditFolder = "audit"

// Program is Understudy before it is started. All fields are required.
type Program struct {
	Version string
	Assets  fs.FS // has the built front end in frontend/dist
	// Bind returns the struct whose methods the window can call.
	Bind     func(*bridge.Scope) any
	Computer func() (Computer, error)
	Out, Err io.Writer
}

// Run returns the exit code, see [commandline.Program.Run].
func (p Program) Run(args []string) int {
	desktop.IgnoreRelativeFolders(name, p.Err)
	return commandline.Program{
		Version: p.Version,
		Commands: map[string]func([]string) int{
			"audit":  p.command(p.audit),
			"doctor": p.command(p.doctor),
			"policy": p.command(p.policy),
		},
		Open: p.open, Alert: desktop.Alert, Out: p.Out, Err: p.Err,
	}.Run(args)
}

// command looks at the computer for a run without a window.
func (p Program) command(run func(c Computer, args []string) int) func([]string) int {
	return func(args []string) int {
		c, err := p.Computer()
		if err != nil {
			_, _ = fmt.Fprintln(p.Err, err)
			return 1
		}
		return run(c, args)
	}
}

// audit returns the exit code of [commandline.Audit].
func (p Program) audit(c Computer, args []string) int {
	return commandline.Audit{
		Dir: c.data(auditFolder), Vault: p.keychain(c), Now: timeOfDay, Out: p.Out, Err: p.Err,
	}.Run(context.Background(), args)
}

// policy returns the exit code of [commandline.Policy], which is for administrators.
func (p Program) policy(c Computer, args []string) int {
	return commandline.Policy{Deployed: c.Policy, Out: p.Out, Err: p.Err}.Run(args)
}

// doctor looks at what the program stands on, and returns the exit code of
// [commandline.Doctor].
func (p Program) doctor(c Computer, args []string) int {
	policy, _ := c.Policy.Load() // its check says what is wrong with it
	apiURL, err := clerkapi.ChooseBaseURL(c.APIURL, policy.APIURL)
	browsers := browser.New(browser.Config{Computer: c.Browsers, Network: loopback.ThisComputer(), ProfileDir: c.data(browsersFolder)})
	checks := append(p.checks(c, p.keychain(c), browsers, apiURL, err), doctor.Journal(journal.New(c.data(journal.Folder), nil)))
	return commandline.Doctor{Out: p.Out, Err: p.Err, Checks: checks}.Run(context.Background(), args)
}

// checks are those of `understudy doctor` and of the window's diagnostics, without the
// journal. addressErr is why there is no apiURL.
func (p Program) checks(c Computer, keys *keychain.Keychain, browsers *browser.Browsers, apiURL string, addressErr error) []doctor.Check {
	clerk := doctor.Clerk(apiURL, clerkapi.NewTransport(), time.Now)
	if refused := fault.From(addressErr); refused != nil {
		clerk.Look = func(context.Context) (doctor.State, string) { return doctor.Failed, refused.Sentence() }
	}
	return []doctor.Check{
		p.aboutComputer(),
		doctor.Keychain(keychain.Place(), keys.State),
		doctor.Browsers(browsers.List),
		doctor.Folders(filepath.Join(c.ConfigDir, name), c.data(auditFolder), c.data(browsersFolder), c.data(journal.Folder)),
		doctor.Policy(c.Policy),
		clerk,
	}
}

func (p Program) aboutComputer() doctor.Check { return doctor.Computer(p.Version, desktop.WebView) }

// keychain is the one of the computer under this build's service name.
func (p Program) keychain(c Computer) *keychain.Keychain {
	service := keychain.Service
	if p.Version == Development {
		service = keychain.DevService
	}
	return keychain.New(service, c.Keychain, keychain.Patience)
}
