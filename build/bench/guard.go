package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"understudy/internal/held"
	"understudy/internal/secret"
	"understudy/internal/viewonly"
)

const (
	// guardedGets is how many requests one page times.
	guardedGets = 200
	// guardRounds is how often both browsers are started, by turns.
	guardRounds = 5
)

// guardPage times its requests one after the other, and tells how long they took in
// tenths of a millisecond.
const guardPage = `<!doctype html><title>guard</title><script type="module">
await fetch("/loaded");
const took = [];
for (let i = 0; i < 200; i++) {
  const began = performance.now();
  await (await fetch("/get?" + i)).text();
  took.push(Math.round((performance.now() - began) * 10));
}
await fetch("/result?" + took.join(","));
</script>`

// visit is one opening of the page.
type visit struct {
	shown time.Duration // from the start of the browser to the page's first request
	took  []time.Duration
}

// measureGuard compares a Chromium that is held in view only with one that runs by
// itself, on the same page: each request, and the time until the page runs.
func (b *bench) measureGuard(ctx context.Context) ([]figure, error) {
	var plain, guarded []visit
	for range guardRounds {
		for _, hold := range []bool{false, true} {
			one, err := b.visitGuarded(ctx, hold)
			if err != nil {
				return nil, err
			}
			if hold {
				guarded = append(guarded, one)
			} else {
				plain = append(plain, one)
			}
		}
	}
	at := func(p float64, all []visit) float64 {
		var took []time.Duration
		for _, one := range all {
			took = append(took, one.took...)
		}
		return ms(percentile(p, took))
	}
	start := func(all []visit) float64 {
		var shown []time.Duration
		for _, one := range all {
			shown = append(shown, one.shown)
		}
		return ms(percentile(0.5, shown))
	}
	const n = guardRounds * guardedGets
	return []figure{
		{
			Name: "GET in view only, p50", Value: at(0.5, guarded), Unit: "ms", Samples: n,
			Baseline: at(0.5, plain), Compared: "not held", Mark: at(0.5, plain) + 2, Rule: "not held + 2 ms",
		},
		{
			Name: "GET in view only, p95", Value: at(0.95, guarded), Unit: "ms", Samples: n,
			Baseline: at(0.95, plain), Compared: "not held", Mark: at(0.95, plain) + 2, Rule: "not held + 2 ms",
		},
		{
			Name: "browser start to page, median", Value: start(guarded), Unit: "ms", Samples: guardRounds,
			Baseline: start(plain), Compared: "not held", Mark: start(plain) + 300, Rule: "not held + 300 ms",
		},
	}, nil
}

// visitGuarded opens the page in a new browser.
func (b *bench) visitGuarded(ctx context.Context, hold bool) (visit, error) {
	ctx, stop := context.WithTimeout(ctx, time.Minute)
	defer stop()
	shown, result := make(chan time.Time, 1), make(chan string, 1)
	address, end, err := serveGuardPage(ctx, b.now, shown, result)
	if err != nil {
		return visit{}, err
	}
	defer end()
	profile, err := os.MkdirTemp(b.work, "profile-")
	if err != nil {
		return visit{}, fmt.Errorf("make a folder: %w", err)
	}
	args := []string{
		"--user-data-dir=" + profile, "--incognito", "--password-store=basic", "--no-first-run", "--no-default-browser-check",
		"--disable-features=LocalNetworkAccessChecks",
	}
	if os.Getuid() == 0 {
		args = append(args, "--no-sandbox")
	}
	began := b.now()
	stopBrowser, err := startChromium(ctx, b.now, args, hold, address)
	if err != nil {
		return visit{}, err
	}
	defer stopBrowser()
	select {
	case text := <-result:
		one := visit{shown: (<-shown).Sub(began)}
		for part := range strings.SplitSeq(text, ",") {
			tenths, err := strconv.Atoi(part)
			if err != nil {
				return visit{}, fmt.Errorf("the page told %q: %w", text, err)
			}
			one.took = append(one.took, time.Duration(tenths)*time.Millisecond/10)
		}
		return one, nil
	case <-ctx.Done():
		return visit{}, fmt.Errorf("the page told nothing: %w", ctx.Err())
	}
}

// serveGuardPage serves the page and hears what it tells.
func serveGuardPage(ctx context.Context, now func() time.Time, shown chan<- time.Time, result chan<- string) (address string, end func(), err error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, fmt.Errorf("listen: %w", err)
	}
	mux := http.NewServeMux()
	mux.Handle("/v1/tickets/accept", http.RedirectHandler("/", http.StatusSeeOther))
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, guardPage)
	})
	mux.HandleFunc("/get", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"answer":42}`) })
	mux.HandleFunc("/loaded", func(http.ResponseWriter, *http.Request) { shown <- now() })
	mux.HandleFunc("/result", func(_ http.ResponseWriter, r *http.Request) { result <- r.URL.RawQuery })
	server := &http.Server{Handler: mux, ReadHeaderTimeout: time.Minute}
	go func() { _ = server.Serve(listener) }() // it ends with end
	return "http://" + listener.Addr().String(), func() { _ = server.Close() }, nil
}

// startChromium starts the browser of this computer on the page, held or by itself.
func startChromium(ctx context.Context, now func() time.Time, args []string, hold bool, address string) (stop func(), err error) {
	ticket := address + "/v1/tickets/accept?ticket=a.b.c"
	if !hold {
		cmd := exec.CommandContext(ctx, "chromium", append(args, ticket)...)
		cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
		if err := cmd.Start(); err != nil {
			return nil, fmt.Errorf("start chromium: %w", err)
		}
		return func() {
			_ = cmd.Process.Signal(os.Interrupt)
			_ = cmd.Wait()
		}, nil
	}
	theirIn, out, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("pipe: %w", err)
	}
	in, theirOut, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("pipe: %w", err)
	}
	cmd := exec.CommandContext(ctx, "chromium", append(args, "--remote-debugging-pipe", "about:blank")...)
	cmd.ExtraFiles = []*os.File{theirIn, theirOut}
	err = cmd.Start()
	_, _ = theirIn.Close(), theirOut.Close()
	if err != nil {
		return nil, fmt.Errorf("start chromium: %w", err)
	}
	_, err = held.Hold(ctx, in, out, held.Visit{
		Now:    now,
		Ticket: secret.NewTicketURL(ticket), Mode: viewonly.ViewOnly, Rules: viewonly.Rules{Frontends: []string{address}},
	}, unwatched{})
	return func() {
		_, _ = in.Close(), out.Close()
		_ = cmd.Wait()
	}, err
}

// unwatched does not listen.
type unwatched struct{}

func (unwatched) SignedIn(held.SignIn)     {}
func (unwatched) Page(string)              {}
func (unwatched) Sent(string, string, int) {}
func (unwatched) HeldBack(string, string)  {}
func (unwatched) Disconnected(string)      {}
func (unwatched) Downloaded(string, int64) {}
func (unwatched) Asked(held.Ask)           {}
