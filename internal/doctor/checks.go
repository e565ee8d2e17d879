package doctor

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"understudy/internal/browser"
	"understudy/internal/fault"
	"understudy/internal/journal"
	"understudy/internal/keychain"
	"understudy/internal/managed"
)

// Computer says which program runs on which system, with which web view. "" is one of
// an unknown version.
func Computer(version string, webView func() string) Check {
	return Check{"Computer", func(context.Context) (State, string) {
		return Good, fmt.Sprintf("Understudy %s, %s/%s, %s; %s",
			version, runtime.GOOS, runtime.GOARCH, runtime.Version(), cmp.Or(webView(), "web view of an unknown version"))
	}}
}

// Keychain says whether the place for keys can be used, by its own word.
func Keychain(place string, look func(context.Context) keychain.State) Check {
	return Check{"Keychain", func(ctx context.Context) (State, string) {
		switch state := look(ctx); state {
		case keychain.Ready:
			return Good, place + " can be used"
		case keychain.Locked, keychain.NoKeyring:
			return Warning, place + ": " + string(state)
		default:
			return Failed, place + ": " + string(state)
		}
	}}
}

// Browsers names those that a ticket can be opened in. Without one that is isolated
// the agent's own sessions are signed out.
func Browsers(list func() []browser.Browser) Check {
	return Check{"Browsers", func(context.Context) (State, string) {
		var open, barred []string
		isolated := false
		for _, found := range list() {
			if !found.Barrier.IsZero() {
				barred = append(barred, found.Name+" ("+found.Barrier.String()+")")
				continue
			}
			open = append(open, cmp.Or(found.Name, "the default browser"))
			isolated = isolated || found.Isolated
		}
		detail := strings.Join(open, ", ")
		if len(barred) > 0 {
			detail += "; barred: " + strings.Join(barred, ", ")
		}
		if !isolated {
			return Warning, detail + "; none has a private window of its own"
		}
		return Good, detail
	}}
}

// Folders looks at whether others can read a folder of Understudy's. A missing folder
// is good, since it is made when it is needed. Windows has no such bits.
func Folders(folders ...string) Check {
	return Check{"Folders", func(context.Context) (State, string) {
		state, details := Good, []string{}
		for _, dir := range folders {
			found, err := os.Stat(dir)
			switch {
			case errors.Is(err, fs.ErrNotExist):
				details = append(details, short(dir)+" not made yet")
			case err != nil || !found.IsDir():
				state = Failed
				details = append(details, short(dir)+" cannot be used")
			case runtime.GOOS != "windows" && found.Mode().Perm()&0o077 != 0:
				state = Failed
				details = append(details, fmt.Sprintf("%s is open to others (%o)", short(dir), found.Mode().Perm()))
			default:
				details = append(details, fmt.Sprintf("%s %o", short(dir), found.Mode().Perm()))
			}
		}
		return state, strings.Join(details, "; ")
	}}
}

// short is a path without the name of the user in it. Of a folder that is not in
// their home only the last name is told: the others may be theirs.
func short(path string) string {
	if home, err := os.UserHomeDir(); err == nil {
		if rest, err := filepath.Rel(home, path); err == nil && filepath.IsLocal(rest) {
			return filepath.Join("~", rest)
		}
	}
	return filepath.Join("…", filepath.Base(path))
}

// Policy says what the administrator deployed, and whether it is taken.
func Policy(file managed.File) Check {
	return Check{"Policy", func(context.Context) (State, string) {
		policy, err := file.Load()
		if err != nil {
			return Failed, fault.From(err).Sentence()
		}
		if len(policy.Warnings()) > 0 {
			return Warning, file.Path + ": " + strings.Join(policy.Warnings(), " ")
		}
		return Good, file.Path + ": " + policy.String()
	}}
}

// Clocks further apart than these make the times of sessions hard to trust, and a
// sign-in with Clerk impossible.
const (
	noticeable = 10 * time.Second
	tooFar     = time.Minute
)

// Clerk asks the server without a key, and compares its clock with this one.
func Clerk(url string, transport http.RoundTripper, now func() time.Time) Check {
	return Check{"Clerk", func(ctx context.Context) (State, string) {
		request, err := http.NewRequestWithContext(ctx, http.MethodHead, url, nil)
		if err != nil {
			return Failed, "the address of Clerk's API cannot be used"
		}
		began := now()
		answer, err := transport.RoundTrip(request)
		if err != nil {
			return Failed, request.URL.Host + " cannot be reached: " + why(err)
		}
		_ = answer.Body.Close() // a HEAD has none
		took := now().Sub(began).Round(time.Millisecond)
		theirs, err := http.ParseTime(answer.Header.Get("Date"))
		if err != nil {
			return Warning, fmt.Sprintf("%s answers in %s, without its time", request.URL.Host, took)
		}
		ahead := theirs.Sub(now()).Round(time.Second)
		detail := fmt.Sprintf("%s answers in %s; its clock is %s ahead of this one", request.URL.Host, took, ahead)
		switch {
		case ahead.Abs() >= tooFar:
			return Failed, detail
		case ahead.Abs() >= noticeable:
			return Warning, detail
		}
		return Good, detail
	}}
}

// why a request had no answer, without what the error quotes.
func why(err error) string {
	if _, unknown := errors.AsType[*net.DNSError](err); unknown {
		return "its name is not known here"
	}
	if _, distrusted := errors.AsType[*tls.CertificateVerificationError](err); distrusted {
		return "its certificate is not trusted here"
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return "it does not answer in time"
	}
	return "the connection fails"
}

// Journal says how much the journal holds.
func Journal(of *journal.Journal) Check {
	return Check{journalName, func(context.Context) (State, string) {
		result := countLines(of.Lines())
		return result.State, result.Detail
	}}
}

const journalName = "Journal"

func countLines(lines []string, err error) Result {
	if err != nil {
		return Result{journalName, Failed, "the journal cannot be read"}
	}
	return Result{journalName, Good, fmt.Sprintf("%d lines", len(lines))}
}
