package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// session is a desktop session of its own on Linux: an X server that shows
// nothing, a message bus and, where asked for, an unlocked keychain. A program
// in it touches neither the developer's screen nor their keychain.
type session struct {
	env  []string // for the programs that run in it
	dir  string   // removed at the end
	ends []func() // they end what was started, the last first
}

// hasDisplay reports whether a window can be shown to somebody.
func hasDisplay() bool {
	return runtime.GOOS != "linux" || os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != ""
}

// openSession starts the X server, with a screen of that size, and the bus.
func (p *project) openSession(ctx context.Context, width, height int) (*session, error) {
	dir, err := os.MkdirTemp("", "understudy-session-")
	if err != nil {
		return nil, fmt.Errorf("make the session's folder: %w", err)
	}
	s := &session{dir: dir}
	s.env = []string{
		"HOME=" + filepath.Join(dir, "home"), "XDG_RUNTIME_DIR=" + filepath.Join(dir, "run"),
		"XDG_CONFIG_HOME=", "XDG_DATA_HOME=", "XDG_CACHE_HOME=", "XDG_STATE_HOME=",
		"XDG_SESSION_TYPE=x11", "WAYLAND_DISPLAY=", "LANG=C.UTF-8",
	}
	err = errors.Join(os.Mkdir(s.home(), 0o700), os.Mkdir(filepath.Join(dir, "run"), 0o700))
	if err == nil {
		err = s.startServers(ctx, p, fmt.Sprintf("%dx%dx24", width, height))
	}
	if err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (s *session) home() string { return filepath.Join(s.dir, "home") }

// framebuffer is the file in which the X server keeps what its screen shows.
func (s *session) framebuffer() string { return filepath.Join(s.dir, "Xvfb_screen0") }

func (s *session) startServers(ctx context.Context, p *project, screen string) error {
	display, err := s.start(ctx, p, "", "Xvfb", "-displayfd", "3", "-screen", "0", screen, "-nolisten", "tcp",
		"-fbdir", s.dir)
	if err != nil {
		return err
	}
	s.env = append(s.env, "DISPLAY=:"+display)
	bus, err := s.start(ctx, p, "", "dbus-daemon", "--session", "--nofork", "--nosyslog", "--print-address=3")
	if err != nil {
		return err
	}
	s.env = append(s.env, "DBUS_SESSION_BUS_ADDRESS="+bus)
	return nil
}

// start runs a server of the session until it ends, and returns the line that
// it writes to its file descriptor 3 when it is ready.
func (s *session) start(ctx context.Context, p *project, stdin string, args ...string) (string, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return "", fmt.Errorf("make a pipe: %w", err)
	}
	defer func() { _ = read.Close() }()
	cmd := p.cmd(ctx, io.Discard, command{env: s.env, args: args})
	cmd.Stdin = strings.NewReader(stdin)
	cmd.ExtraFiles = []*os.File{write}
	err = cmd.Start()
	_ = write.Close()
	if err != nil {
		return "", fmt.Errorf("start %s: %w", args[0], err)
	}
	s.ends = append(s.ends, func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	line, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		return "", fmt.Errorf("%s did not say that it is ready: %w", args[0], err)
	}
	return strings.TrimSpace(line), nil
}

// unlockKeychain starts GNOME Keyring with an empty, unlocked collection.
func (s *session) unlockKeychain(ctx context.Context, p *project) error {
	cmd := p.cmd(ctx, io.Discard, command{
		env:  s.env,
		args: []string{"gnome-keyring-daemon", "--unlock", "--foreground", "--components=secrets"},
	})
	cmd.Stdin = strings.NewReader("password")
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start the keychain: %w", err)
	}
	s.ends = append(s.ends, func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	owner := command{env: s.env, args: []string{
		"dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus",
		"org.freedesktop.DBus.GetNameOwner", "string:org.freedesktop.secrets",
	}}
	return poll(ctx, 20*time.Second, func() (bool, error) {
		return p.exec(ctx, io.Discard, owner) == nil, nil
	})
}

// close ends what runs in the session and removes its folder.
func (s *session) close() {
	for _, end := range slices.Backward(s.ends) {
		end()
	}
	_ = os.RemoveAll(s.dir)
}

// poll asks until it is done, and gives up after that long.
func poll(ctx context.Context, limit time.Duration, done func() (bool, error)) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		if ok, err := done(); ok || err != nil {
			return err
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return fmt.Errorf("waited %s in vain: %w", limit, ctx.Err())
		}
	}
}
