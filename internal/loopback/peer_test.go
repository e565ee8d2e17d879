package loopback

import (
	"fmt"
	"io/fs"
	"net/netip"
	"testing"
	"testing/fstest"
)

// connections writes a table as the kernel does. Each line is from, to, owner.
func connections(lines ...[3]string) *fstest.MapFile { return connectionsIn("01", lines...) }

func connectionsIn(state string, lines ...[3]string) *fstest.MapFile {
	text := "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
	for i, line := range lines {
		text += fmt.Sprintf("%4d: %s %s %s 00000000:00000000 00:00000000 00000000 %5s        0 4711 1\n", i, line[0], line[1], state, line[2])
	}
	return &fstest.MapFile{Data: []byte(text)}
}

func TestOwnerOf(t *testing.T) {
	const browser, handoff = "127.0.0.1:40000", "127.0.0.1:4501"
	v4 := func(address string) string { return kernelIPv4(netip.MustParseAddrPort(address)) }
	v6 := func(address string) string { return kernelIPv6(netip.MustParseAddrPort(address)) }
	tests := []struct {
		name  string
		files fstest.MapFS
		uid   int
		known bool
	}{
		{"no such list, as on macOS and Windows", nil, 0, false},
		{"the browser's own end", fstest.MapFS{"proc/net/tcp": connections(
			[3]string{v4("0.0.0.0:4501"), v4("0.0.0.0:0"), "0"},
			[3]string{v4(handoff), v4(browser), "1000"}, // ours, of the same connection
			[3]string{v4(browser), v4("127.0.0.1:4502"), "1002"},
			[3]string{v4(browser), v4(handoff), "1001"},
		)}, 1001, true},
		{"a socket for IPv6", fstest.MapFS{
			"proc/net/tcp":  connections(),
			"proc/net/tcp6": connections([3]string{v6(browser), v6(handoff), "1001"}),
		}, 1001, true},
		{"not listed", fstest.MapFS{"proc/net/tcp": connections([3]string{v4(handoff), v4(browser), "1000"})}, 0, false},
		{"closed by its owner, who is not told then", fstest.MapFS{"proc/net/tcp": connectionsIn("06", [3]string{v4(browser), v4(handoff), "0"})}, 0, false},
		{"cut off", fstest.MapFS{"proc/net/tcp": {Data: []byte("header\n 0: " + v4(browser) + " " + v4(handoff) + " 01")}}, 0, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if uid, known := ownerOf(tt.files, browser, handoff); uid != tt.uid || known != tt.known {
				t.Errorf("got %d, %v", uid, known)
			}
		})
	}
	if _, known := ownerOf(nil, "pipe", handoff); known {
		t.Error("what is no address has an owner")
	}
}

func TestAConnectionIsForeignUnlessThisUserOwnsIt(t *testing.T) {
	const remote, local = "127.0.0.1:40000", "127.0.0.1:4501"
	v4 := func(address string) string { return kernelIPv4(netip.MustParseAddrPort(address)) }
	owned := func(uid string) fs.FS {
		return fstest.MapFS{"proc/net/tcp": connections([3]string{v4(remote), v4(local), uid})}
	}
	for name, tt := range map[string]struct {
		os    string
		files fs.FS
		want  bool
	}{
		"this user's on Linux":        {"linux", owned("1000"), false},
		"another user's on Linux":     {"linux", owned("1001"), true},
		"the first user's on Linux":   {"linux", owned("0"), true},
		"gone on Linux":               {"linux", fstest.MapFS{"proc/net/tcp": connections()}, true},
		"missing on Linux once":       {"linux", &forgetful{FS: owned("1000"), misses: 1}, false},
		"macOS does not say whose":    {"darwin", fstest.MapFS{}, false},
		"Windows does not say whose":  {"windows", fstest.MapFS{}, false},
		"Linux does not say whose":    {"linux", fstest.MapFS{}, true},
		"another connection on Linux": {"linux", fstest.MapFS{"proc/net/tcp": connections([3]string{v4("127.0.0.1:40001"), v4(local), "1000"})}, true},
	} {
		t.Run(name, func(t *testing.T) {
			n := Network{OS: tt.os, UID: 1000, Files: tt.files}
			if got := n.isForeign(remote, local); got != tt.want {
				t.Errorf("foreign: %v, want %v", got, tt.want)
			}
		})
	}
}

// forgetful is a kernel that leaves a line out of its first answers.
type forgetful struct {
	fs.FS

	misses int
}

func (f *forgetful) Open(name string) (fs.File, error) {
	if name == ipv4Table && f.misses > 0 {
		f.misses--
		return fstest.MapFS{name: connections()}.Open(name)
	}
	return f.FS.Open(name)
}

// TestAddressesAreWrittenAsTheKernelDoes has the forms of a little-endian machine.
// Browsers are made for such machines only.
func TestAddressesAreWrittenAsTheKernelDoes(t *testing.T) {
	address := netip.MustParseAddrPort("127.0.0.1:80")
	if got := kernelIPv4(address); got != "0100007F:0050" {
		t.Errorf("IPv4 %s", got)
	}
	if got := kernelIPv6(address); got != "0000000000000000FFFF00000100007F:0050" {
		t.Errorf("IPv6 %s", got)
	}
}
