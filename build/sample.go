package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// runSample builds the app and opens it on the sample workspace. Where nobody
// can see a window it opens on a screen of its own, and a picture of it is
// what one gets.
func runSample(ctx context.Context, p *project, args []string) error {
	needs := []need{toBuild}
	if !hasDisplay() {
		needs = append(needs, toWindow)
	}
	err := p.runOrStop(ctx, p.install(needs...), p.installFrontend(), p.buildFrontend(), p.buildSample())
	if err != nil {
		return err
	}
	app := command{args: append([]string{p.binary(), "--sample"}, args...)}
	if hasDisplay() {
		p.printf("opening the sample workspace; it ends when the window is closed\n")
		return p.exec(ctx, p.out, app)
	}
	p.printf("there is no display: the window opens under Xvfb, to take a picture of it\n")
	picture := p.path("build/.cache/understudy.png")
	err = p.runOrStop(ctx, do("open the sample workspace", func(ctx context.Context, out io.Writer) error {
		return p.pictureOf(ctx, out, app, picture)
	}))
	if err != nil {
		return err
	}
	p.printf("picture of the window: %s\n", picture)
	return nil
}

// pictureOf opens the app in a session of its own, writes a picture of its
// window and closes it.
func (p *project) pictureOf(ctx context.Context, out io.Writer, app command, path string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	s, err := p.openSession(ctx, 1280, 800)
	if err != nil {
		return err
	}
	defer s.close()

	app.env = append(s.env, "NO_AT_BRIDGE=1")
	window := p.cmd(ctx, out, app)
	if err := window.Start(); err != nil {
		return fmt.Errorf("start the app: %w", err)
	}
	ended := make(chan error, 1)
	go func() { ended <- window.Wait() }()

	shot, err := p.settledPicture(ctx, s, ended)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return fmt.Errorf("make the picture's folder: %w", err)
	}
	if err := os.WriteFile(path, shot, 0o600); err != nil {
		return fmt.Errorf("write the picture: %w", err)
	}
	return closeWindow(window, ended)
}

// settledPicture takes pictures until there is something to see that no longer
// changes.
func (p *project) settledPicture(ctx context.Context, s *session, ended <-chan error) ([]byte, error) {
	var last []byte
	err := poll(ctx, 45*time.Second, func() (bool, error) {
		select {
		case err := <-ended:
			return false, fmt.Errorf("the app ended before it showed anything: %w", err)
		default:
		}
		var shot bytes.Buffer
		cmd := p.cmd(ctx, &shot, command{env: s.env, args: []string{"import", "-window", "root", "png:-"}})
		cmd.Stderr = io.Discard
		if err := cmd.Run(); err != nil {
			return false, fmt.Errorf("take a picture: %w", err)
		}
		picture, err := png.Decode(bytes.NewReader(shot.Bytes()))
		if err != nil {
			return false, fmt.Errorf("read the picture: %w", err)
		}
		settled := bytes.Equal(last, shot.Bytes()) && colours(picture) > enoughColours
		last = shot.Bytes()
		return settled, nil
	})
	return last, err
}

// enoughColours is more than an empty window with a menu bar has, and less than
// any screen of the app: antialiased text on several grounds.
const enoughColours = 250

func colours(picture image.Image) int {
	seen := map[[4]uint32]struct{}{}
	bounds := picture.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			r, g, b, a := picture.At(x, y).RGBA()
			seen[[4]uint32{r, g, b, a}] = struct{}{}
		}
	}
	return len(seen)
}

// closeWindow asks the app to end and waits until it has.
func closeWindow(window *exec.Cmd, ended <-chan error) error {
	if err := window.Process.Signal(os.Interrupt); err != nil {
		return fmt.Errorf("close the window: %w", err)
	}
	var exit *exec.ExitError
	if err := <-ended; err != nil && !errors.As(err, &exit) {
		return fmt.Errorf("close the window: %w", err)
	}
	return nil
}
