//go:build window

package window

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

// spellings are the bytes that a text can be found as: UTF-8, and UTF-16 as
// JavaScript engines and toolkits keep it.
func spellings(text string) [][]byte {
	wide := []byte{}
	for _, unit := range utf16.Encode([]rune(text)) {
		wide = append(wide, byte(unit), byte(unit>>8))
	}
	return [][]byte{[]byte(text), wide}
}

func containsAny(data []byte, texts [][]byte) bool {
	return slices.ContainsFunc(texts, func(text []byte) bool { return bytes.Contains(data, text) })
}

// filesWith lists the files below the folders that hold the text.
func filesWith(t *testing.T, text string, folders ...string) []string {
	t.Helper()
	var found []string
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			switch {
			case errors.Is(err, fs.ErrNotExist):
				return nil // gone since the folder was listed
			case err != nil:
				return err
			case !entry.Type().IsRegular():
				return nil
			}
			data, err := os.ReadFile(path)
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			if containsAny(data, spellings(text)) {
				found = append(found, path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return found
}

// processesWith lists the processes of this machine whose argument list or
// environment holds the text.
func processesWith(t *testing.T, text string) []string {
	t.Helper()
	var found []string
	for _, name := range []string{"cmdline", "environ"} {
		paths, err := filepath.Glob("/proc/[0-9]*/" + name)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			data, err := os.ReadFile(path)
			if err != nil {
				continue // ended since, or not ours to read
			}
			if bytes.Contains(data, []byte(text)) {
				found = append(found, path)
			}
		}
	}
	return found
}

// webProcess is the process in which WebKit runs the page.
func webProcess(t *testing.T, app int) int {
	t.Helper()
	parents := map[int]int{}
	names := map[int]string{}
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range stats {
		data, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		// "PID (NAME) STATE PPID …", see proc_pid_stat(5).
		open, end := bytes.IndexByte(data, '('), bytes.LastIndexByte(data, ')')
		pid, err1 := strconv.Atoi(strings.TrimSpace(string(data[:open])))
		parent, err2 := strconv.Atoi(strings.Fields(string(data[end+1:]))[1])
		if err := errors.Join(err1, err2); err != nil {
			t.Fatal(err)
		}
		parents[pid], names[pid] = parent, string(data[open+1:end])
	}
	for pid, name := range names {
		if !strings.HasPrefix(name, "WebKitWebProces") {
			continue
		}
		for ancestor := pid; ancestor > 1; ancestor = parents[ancestor] {
			if ancestor == app {
				return pid
			}
		}
	}
	t.Fatal("no web process below the app")
	return 0
}

// memoryHolds reports whether the text stands anywhere in the memory that a
// process can write to.
func memoryHolds(t *testing.T, pid int, text string) bool {
	t.Helper()
	maps, err := os.ReadFile(fmt.Sprintf("/proc/%d/maps", pid))
	if err != nil {
		t.Fatal(err)
	}
	m := memory{
		bytes: openFile(t, fmt.Sprintf("/proc/%d/mem", pid)),
		pages: openFile(t, fmt.Sprintf("/proc/%d/pagemap", pid)),
	}
	texts := spellings(text)
	for line := range strings.Lines(string(maps)) {
		span, rest, _ := strings.Cut(line, " ")
		if !strings.HasPrefix(rest, "rw") {
			continue
		}
		from, to, _ := strings.Cut(span, "-")
		start, err1 := strconv.ParseUint(from, 16, 63)
		end, err2 := strconv.ParseUint(to, 16, 63)
		if err := errors.Join(err1, err2); err != nil {
			t.Fatal(err)
		}
		if m.holds(int64(start), int64(end), texts) {
			return true
		}
	}
	return false
}

func openFile(t *testing.T, path string) *os.File {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	return file
}

// memory is that of another process, see proc_pid_mem(5) and proc_pid_pagemap(5).
type memory struct{ bytes, pages io.ReaderAt }

// holds looks at the pages of a span that are in use: WebKit reserves gigabytes
// that it never touches.
func (m memory) holds(start, end int64, texts [][]byte) bool {
	const stretch = 256 << 20
	page := int64(os.Getpagesize())
	for at := start; at < end; at += stretch {
		entries := make([]byte, 8*(min(stretch, end-at)/page))
		n, _ := m.pages.ReadAt(entries, at/page*8)
		for first := 0; first < n/8; first++ {
			last := first
			for last < n/8 && entries[8*last+7]&0xc0 != 0 { // bits 63 and 62: in memory, in swap
				last++
			}
			if last > first && m.runHolds(at+int64(first)*page, at+int64(last)*page, end, texts) {
				return true
			}
			first = last
		}
	}
	return false
}

// runHolds reads a run of pages in pieces that reach into what follows them, so
// that a text on the border of two is found. Memory that cannot be read holds nothing.
func (m memory) runHolds(start, end, limit int64, texts [][]byte) bool {
	const piece = 1 << 20
	const reach = 4 << 10
	buffer := make([]byte, piece+reach)
	for at := start; at < end; at += piece {
		n, _ := m.bytes.ReadAt(buffer[:min(piece, end-at)+min(reach, limit-end)], at)
		if containsAny(buffer[:n], texts) {
			return true
		}
	}
	return false
}
