package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
)

// Names of steps that others need.
const (
	stepBuildStandIns = "build the emulator and the program for browser tests"
	stepBuildRelease  = "build the app as it is released"
)

// testPrograms are what the tests of the whole program start.
type testPrograms struct{ emulator, e2e, release string }

func (p *project) testPrograms() testPrograms {
	return testPrograms{
		emulator: p.path("build/.cache/" + executable("clerk-emulator")),
		e2e:      p.path("build/.cache/" + executable("understudy-e2e")),
		release:  p.path("build/.cache/" + executable("understudy")),
	}
}

// buildStandIns compiles the emulator and the app without a window.
func (p *project) buildStandIns() step {
	programs := p.testPrograms()
	return do(stepBuildStandIns, func(ctx context.Context, out io.Writer) error {
		env := []string{"CGO_ENABLED=0"}
		err := p.exec(ctx, out, command{env: env, args: []string{
			"go", "build", "-o", programs.emulator, "./internal/emulator/cmd/clerk-emulator",
		}})
		if err != nil {
			return err
		}
		return p.exec(ctx, out, command{env: env, args: []string{
			"go", "build", "-tags", "e2e", "-o", programs.e2e, ".",
		}})
	}, stepBuildFrontend)
}

// wholeProgramTests run the program as a whole on Linux: in a browser, with a
// real keychain, and as the real window that is released.
func (p *project) wholeProgramTests(work, version string, chosen selection) []step {
	release := p.testPrograms().release
	return []step{
		p.buildStandIns(),
		{
			name: stepBrowserTests, needs: []string{stepBuildStandIns},
			run: func(ctx context.Context, out io.Writer) (tally, error) {
				return p.playwright(ctx, out, filepath.Join(work, "playwright.json"), chosen.forPlaywright()...)
			},
		},
		{name: "keychain and screen lock on a real bus", run: func(ctx context.Context, out io.Writer) (tally, error) {
			return p.goTest(ctx, out, nil, "-count=1", "-tags", "realkeyring", "-run", "^TestReal", "./internal/keychain", "./internal/presence")
		}},
		{name: "two users at once in real browsers", run: p.realBrowserTests},
		p.buildApp(stepBuildRelease, release, version),
		do("the sample workspace opens", func(ctx context.Context, out io.Writer) error {
			app := command{args: []string{release, "--sample"}}
			return p.pictureOf(ctx, out, app, filepath.Join(work, "sample.png"))
		}, stepBuildRelease),
		{name: "a real window from key to session", needs: []string{stepBuildRelease}, run: p.windowTests},
	}
}

// playwright runs the browser tests and counts them.
func (p *project) playwright(ctx context.Context, out io.Writer, report string, args ...string) (tally, error) {
	env, err := p.playwrightEnv(ctx)
	if err != nil {
		return tally{}, err
	}
	env = append(env, "PLAYWRIGHT_JSON_OUTPUT_NAME="+report)
	err = p.exec(ctx, out, command{
		dir: "frontend", env: env,
		args: append([]string{"npx", "playwright", "test", "--reporter=list,json"}, args...),
	})
	return readPlaywright(report, err)
}

// playwrightEnv tells the browser tests where the programs are.
func (p *project) playwrightEnv(ctx context.Context) ([]string, error) {
	wails, err := p.output(ctx, command{args: []string{"go", "list", "-m", "-f", "{{.Dir}}", "github.com/wailsapp/wails/v2"}})
	if err != nil {
		return nil, err
	}
	programs := p.testPrograms()
	return []string{
		"UNDERSTUDY_E2E_WAILS=" + wails,
		"UNDERSTUDY_E2E_PROGRAM=" + programs.e2e,
		"UNDERSTUDY_E2E_EMULATOR=" + programs.emulator,
	}, nil
}

// realBrowserTests open tickets in Chromium and Firefox, on a screen of their own.
func (p *project) realBrowserTests(ctx context.Context, out io.Writer) (tally, error) {
	s, env, err := p.openTestSession(ctx)
	if err != nil {
		return tally{}, err
	}
	defer s.close()
	return p.goTest(ctx, out, append(env, "CGO_ENABLED=0"), "-count=1", "-tags", "realbrowser",
		"-run", "^(TestTwoUsersAtOnce|TestUserClosesARealBrowser|TestARealBrowserOfAnEarlierRunIsClosed|TestARealBrowserInUseFetchesItsTicket|TestARealBrowserLeavesTheKeychainAlone|TestNoWayToWrite|TestTabsWriteNothing|TestARendererThatCrashedIsGuardedAgain|TestABrowserThatIsKilledWritesNothing|TestABodyOfAHundredMegabytesIsNotSent|TestTheBrowserEndsWithUnderstudy|TestTheSampleAppInABrowserThatIsHeld|TestTheSampleAppsSignInPageIsRefused|TestMark.+)$", "./internal/browser", "./internal/held")
}

// openTestSession opens a session for Go tests, and returns their environment:
// the session has a home folder of its own, and Go keeps using the real one's
// caches.
func (p *project) openTestSession(ctx context.Context) (*session, []string, error) {
	caches, err := p.output(ctx, command{args: []string{"go", "env", "GOCACHE", "GOMODCACHE", "GOPATH"}})
	if err != nil {
		return nil, nil, err
	}
	found := strings.Split(caches, "\n")
	if len(found) != 3 {
		return nil, nil, fmt.Errorf("go env answered %q", caches)
	}
	s, err := p.openSession(ctx, 1280, 900)
	if err != nil {
		return nil, nil, err
	}
	return s, append(slices.Clone(s.env), "GOCACHE="+found[0], "GOMODCACHE="+found[1], "GOPATH="+found[2]), nil
}

// windowTests drives the released program through the accessibility tree,
// inside a desktop session with an unlocked keychain.
func (p *project) windowTests(ctx context.Context, out io.Writer) (tally, error) {
	s, env, err := p.openTestSession(ctx)
	if err != nil {
		return tally{}, err
	}
	defer s.close()
	if err := s.unlockKeychain(ctx, p); err != nil {
		return tally{}, err
	}
	env = append(env, "UNDERSTUDY_PROGRAM="+p.testPrograms().release)
	return p.goTest(ctx, out, env, "-count=1", "-tags", "window", "./build/window")
}

// runScreenshots takes the pictures with the browser that the tests use.
func runScreenshots(ctx context.Context, p *project, _ []string) error {
	folder := p.path("build/.cache/screenshots")
	err := p.runOrStop(ctx, p.install(toBuild, toTest), p.installFrontend(), p.buildFrontend(), p.buildStandIns(),
		do("take the pictures", func(ctx context.Context, out io.Writer) error {
			env, err := p.playwrightEnv(ctx)
			if err != nil {
				return err
			}
			return p.exec(ctx, out, command{
				dir:  "frontend",
				env:  append(env, "UNDERSTUDY_SCREENSHOTS="+folder),
				args: []string{"npx", "playwright", "test", "--config", "playwright.screenshots.config.ts"},
			})
		}))
	if err != nil {
		return err
	}
	p.printf("pictures: %s\n", folder)
	return nil
}
