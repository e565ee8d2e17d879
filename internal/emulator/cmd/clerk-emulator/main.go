// Command clerk-emulator runs the stand-in for Clerk by itself, for developing
// against it and for benchmarks. Package emulator says what it does and does not
// do. Point a client of Clerk's Backend API at the address it prints.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"understudy/internal/emulator"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	listen, cfg, err := parse(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	running, err := emulator.Start(ctx, listen, cfg)
	if err != nil {
		fmt.Fprintln(stderr, "clerk-emulator:", err)
		return 1
	}
	fmt.Fprintf(stdout, "clerk-emulator: %d users, ready at %s\n", cfg.Users, running.APIURL())
	<-ctx.Done()
	if err := running.Close(); err != nil {
		fmt.Fprintln(stderr, "clerk-emulator:", err)
		return 1
	}
	return 0
}

func parse(args []string, stderr io.Writer) (listen string, cfg emulator.Config, err error) {
	cfg.Now = time.Now
	flags := flag.NewFlagSet("clerk-emulator", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&listen, "listen", "127.0.0.1:4501", "loopback `address` and port; port 0 is any free one")
	flags.IntVar(&cfg.Users, "users", emulator.DefaultUsers, "how many users there are")
	flags.Uint64Var(&cfg.Seed, "seed", 1, "decides every name, id and number")
	flags.StringVar(&cfg.Environment, "environment", "", "development or production; unset follows the key")
	flags.StringVar(&cfg.SecretKey, "secret-key", "", "the only `key` accepted; unset accepts every well-formed one")
	flags.DurationVar(&cfg.Scene.Latency, "latency", 0, "delay of each answer")
	flags.DurationVar(&cfg.Scene.Jitter, "jitter", 0, "how far the delay varies either way")
	flags.BoolVar(&cfg.Scene.RateLimit, "rate-limit", false, "answer 429 beyond Clerk's limits")
	flags.BoolVar(&cfg.Scene.PlanLacksImpersonation, "no-impersonation", false, "refuse actor tokens with 402")
	flags.IntVar(&cfg.Scene.MonthlyLimit, "monthly-limit", 0, "refuse further actor tokens with 422; 0 is no limit")
	flags.BoolVar(&cfg.Scene.SignInPage, "sign-in-page", false, "let the app's sign-in page complete tickets, as at Clerk")
	flags.BoolVar(&cfg.Scene.BanAfterToken, "ban-after-token", false, "ban each user right after an actor token was made")
	flags.BoolVar(&cfg.Scene.PromptIgnored, "ignore-prompt", false, "let any session in the browser answer OAuth applications")
	flags.BoolVar(&cfg.Scene.OrganizationsOff, "no-organizations", false, "refuse what is asked of organizations with 403")
	flags.IntVar(&cfg.Scene.PendingEvery, "pending-every", 0, "impersonations of every so many users begin pending; 1 is everybody")
	flags.StringVar(&cfg.Scene.Tasks, "tasks", "", "what pending sessions wait for: Clerk's `keys` with commas between them")
	flags.StringVar(&cfg.Scene.PendingStatus, "pending-status", "", "the status of pending sessions; unset is pending")
	flags.DurationVar(&cfg.Scene.ClockOffset, "clock-offset", 0, "how far Clerk's clock is ahead")
	flags.Func("fault", "break answers: `kind[,key=value…]`, as in reset-inside,method=POST,times=1; may be repeated", func(text string) error {
		f, err := emulator.ParseFault(text)
		cfg.Faults = append(cfg.Faults, f)
		return err
	})
	if err := flags.Parse(args); err != nil {
		return "", cfg, fmt.Errorf("arguments: %w", err)
	}
	if flags.NArg() > 0 {
		fmt.Fprintln(stderr, "clerk-emulator: unexpected:", flags.Arg(0))
		return "", cfg, errors.New("unexpected argument")
	}
	return listen, cfg, nil
}
