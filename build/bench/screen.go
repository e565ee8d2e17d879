package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
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

// middle reads every fourth line of the middle of the screen. In the window
// that is where rows are: no toolbar, sidebar, panel or status bar.
func (s *screen) middle() ([]byte, error) {
	left, right := s.width*3/10, s.width*6/10
	var pixels []byte
	for y := s.height * 3 / 10; y < s.height*7/10; y += 4 {
		line := make([]byte, (right-left)*bytesPerPixel)
		if _, err := s.file.ReadAt(line, s.header+y*s.stride+left*bytesPerPixel); err != nil && !errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("screen: %w", err)
		}
		pixels = append(pixels, line...)
	}
	return pixels, nil
}

const (
	lookEvery = 4 * time.Millisecond
	stillFor  = time.Second
)

// settled waits until the middle shows what is wanted and has not changed for a
// second, and returns when it last changed.
func (s *screen) settled(ctx context.Context, wanted func(pixels []byte) bool) (time.Time, error) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	var last []byte
	var changed time.Time
	for {
		now := s.now()
		pixels, err := s.middle()
		switch {
		case err != nil:
			return time.Time{}, err
		case !bytes.Equal(pixels, last):
			last, changed = pixels, now
		case now.Sub(changed) >= stillFor && wanted(last):
			return changed, nil
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return time.Time{}, fmt.Errorf("the window never showed it: %w", ctx.Err())
		}
	}
}

// first waits until the middle shows what is wanted, and returns when it first
// did.
func (s *screen) first(ctx context.Context, wanted func(pixels []byte) bool) (time.Time, error) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		now := s.now()
		pixels, err := s.middle()
		if err != nil {
			return time.Time{}, err
		}
		if wanted(pixels) {
			return now, nil
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return time.Time{}, fmt.Errorf("the window never showed it: %w", ctx.Err())
		}
	}
}

// colours counts the colours of pixels.
func colours(pixels []byte) int {
	seen := map[uint32]struct{}{}
	for at := 0; at < len(pixels); at += bytesPerPixel {
		seen[binary.NativeEndian.Uint32(pixels[at:])] = struct{}{}
	}
	return len(seen)
}
