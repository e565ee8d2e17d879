package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"
)

// screen is the picture that the X server shows. Xvfb keeps it in a file
// (-fbdir), so that looking at it costs the programs that draw nothing.
type screen struct {
	file   *os.File
	header int64 // bytes before the first pixel
	stride int64 // bytes of a line
	width  int64
	height int64
	now    func() time.Time
}

// bytesPerPixel is that of a screen of 24 bits.
const bytesPerPixel = 4

// openScreen reads the header of the file, which is in X's window dump format:
// 25 numbers, big-endian (X11/XWDFile.h), a name, and the colour map with 12
// bytes for each entry.
func openScreen(path string, now func() time.Time) (*screen, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("screen: %w", err)
	}
	var h [25]uint32
	if err := binary.Read(file, binary.BigEndian, &h); err != nil {
		return nil, errors.Join(fmt.Errorf("screen: %w", err), file.Close())
	}
	const headerSize, pixmapWidth, pixmapHeight, bitsPerPixel, bytesPerLine, colours = 0, 4, 5, 11, 12, 19
	if h[bitsPerPixel] != 8*bytesPerPixel {
		return nil, errors.Join(fmt.Errorf("screen: %d bits a pixel", h[bitsPerPixel]), file.Close())
	}
	return &screen{
		file: file, header: int64(h[headerSize]) + 12*int64(h[colours]), stride: int64(h[bytesPerLine]),
		width: int64(h[pixmapWidth]), height: int64(h[pixmapHeight]), now: now,
	}, nil
}

func (s *screen) close() { _ = s.file.Close() }

// picture is lines of pixels.
type picture [][]byte

func (p picture) equal(other picture) bool { return slices.EqualFunc(p, other, bytes.Equal) }

// hasRows reports whether there is text on a fifth of the lines: rows of it, and
// not the one line that stands in a page that loads. Antialiased text has many
// colours.
func (p picture) hasRows() bool {
	withText := 0
	for _, line := range p {
		if colours(line) > 12 {
			withText++
		}
	}
	return withText > len(p)/5
}

// isEmptyPage reports whether all is in the colour of the empty page that the
// runner builds: #30506f, in the byte order of X.
func (p picture) isEmptyPage() bool {
	return !slices.ContainsFunc(p, func(line []byte) bool {
		return colours(line) > 1 || line[0] != 0x6f || line[1] != 0x50 || line[2] != 0x30
	})
}

// colours counts the colours of pixels.
func colours(pixels []byte) int {
	seen := map[uint32]struct{}{}
	for at := 0; at < len(pixels); at += bytesPerPixel {
		seen[binary.NativeEndian.Uint32(pixels[at:])] = struct{}{}
	}
	return len(seen)
}

// middle reads every fourth line of the middle of the screen. In the window
// that is where rows are: no toolbar, sidebar, panel or status bar.
func (s *screen) middle() (picture, error) {
	left, right := s.width*3/10, s.width*6/10
	var lines picture
	for y := s.height * 3 / 10; y < s.height*7/10; y += 4 {
		line := make([]byte, (right-left)*bytesPerPixel)
		if _, err := s.file.ReadAt(line, s.header+y*s.stride+left*bytesPerPixel); err != nil && !errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("screen: %w", err)
		}
		lines = append(lines, line)
	}
	return lines, nil
}

const (
	lookEvery = 4 * time.Millisecond
	stillFor  = time.Second
	// patience bounds what a window may take to show something.
	patience = 30 * time.Second
)

// settled waits until the middle shows what is wanted and has not changed for a
// second.
func (s *screen) settled(ctx context.Context, wanted func(picture) bool) error {
	var last picture
	var changed time.Time
	return s.watch(ctx, func(at time.Time, shown picture) bool {
		if !shown.equal(last) {
			last, changed = shown, at
		}
		return at.Sub(changed) >= stillFor && wanted(shown)
	})
}

// first waits until the middle shows what is wanted, and returns when it first
// did.
func (s *screen) first(ctx context.Context, wanted func(picture) bool) (found time.Time, err error) {
	err = s.watch(ctx, func(at time.Time, shown picture) bool {
		found = at
		return wanted(shown)
	})
	return found, err
}

// errNotShown says that the patience was in vain.
var errNotShown = errors.New("the window did not show it in time")

// watch looks at the middle again and again until it has seen enough.
func (s *screen) watch(ctx context.Context, enough func(at time.Time, shown picture) bool) error {
	ctx, cancel := context.WithTimeoutCause(ctx, patience, errNotShown)
	defer cancel()
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		at := s.now()
		shown, err := s.middle()
		if err != nil || enough(at, shown) {
			return err
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return fmt.Errorf("screen: %w", context.Cause(ctx))
		}
	}
}
