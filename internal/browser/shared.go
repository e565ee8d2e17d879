package browser

import (
	"context"
	"errors"
	"net/netip"
	"net/url"
	"time"

	"understudy/internal/fault"
)

// openShared opens a ticket in a browser that the operator uses already, which
// begin tells an address. It is waited for until it has asked for the ticket.
func (b *Browsers) openShared(ctx context.Context, begin opener, v Visit) error {
	if v.Required {
		return fault.New(fault.BrowserUnheld, nil)
	}
	w := newWindow(v.Impersonation) // for as long as it is waited for, so that Close ends the wait
	b.add(w)
	defer b.remove(w)
	return b.handOver(ctx, w.closed, begin, v.Ticket.Reveal, v.Stolen)
}

// opener has a browser open an address. It returns the program that passes the
// address on.
type opener func(address string) (*process, error)

// handOver has a browser fetch its target from this program.
func (b *Browsers) handOver(ctx context.Context, closed <-chan struct{}, begin opener, target func() string, stolen func()) error {
	offered, err := b.offer(target, stolen)
	if err != nil {
		return err
	}
	passing, err := begin(offered.address())
	if err == nil {
		err = offered.delivered(ctx, closed, passing.failed)
	}
	if err != nil {
		offered.end()
	}
	return err
}

// in opens addresses in a browser of this computer.
func (b *Browsers) in(found installation) opener {
	return func(address string) (*process, error) {
		passing, err := pass(found.program, found.family.arguments(b.Computer.OS, "", address))
		if err != nil {
			return nil, fault.New(fault.BrowserFailed, err)
		}
		return passing, nil
	}
}

// maxPage is far above the address of any page that is opened here.
const maxPage = 8 << 10

var errNoPage = errors.New("browser: neither https nor on this computer")

// checkPage returns nil for an address that the default browser may open: https,
// or http on this computer. That it leads where it should, the caller has checked.
func checkPage(address string) error {
	u, err := url.Parse(address)
	switch {
	case err != nil || len(address) > maxPage || u.String() != address || u.Host == "" || u.User != nil:
		return fault.New(fault.BrowserFailed, errNoPage)
	case u.Scheme != "https" && (u.Scheme != "http" || !isThisComputer(u.Hostname())):
		return fault.New(fault.BrowserFailed, errNoPage)
	}
	return nil
}

// isThisComputer reports whether a host is this computer, by number or by the
// name that RFC 6761 reserves for it.
func isThisComputer(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// grace is how long a start may take to fail where nothing else tells of its
// success. xdg-open tries one browser after the other, which takes seconds when
// none works; it runs on only as the browser that it became.
const grace = 5 * time.Second

// OpenPage opens a page that everybody may know of in the default browser, where
// the operator is at home. The address stands in an argument list.
func (b *Browsers) OpenPage(address string) error {
	if err := checkPage(address); err != nil {
		return err
	}
	passing, err := b.openDefault(address)
	if err != nil {
		return err
	}
	select {
	case <-passing.exited:
	case <-b.After(grace):
	}
	if passing.hasFailed() {
		return fault.New(fault.BrowserFailed, errExited)
	}
	return nil
}

// OpenUnseen opens a page in the default browser as a ticket is opened: its
// address stands in no argument list. It returns once the browser has asked for
// it. seen is called, at most once and on a goroutine of its own, when somebody
// else asked for it too.
func (b *Browsers) OpenUnseen(ctx context.Context, address string, seen func()) error {
	if err := checkPage(address); err != nil {
		return err
	}
	return b.handOver(ctx, nil, b.openDefault, func() string { return address }, seen)
}
