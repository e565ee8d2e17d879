package loopback

import (
	"encoding/binary"
	"fmt"
	"io/fs"
	"net/netip"
	"strconv"
	"strings"
)

// Linux lists every connection with its owner, those made through a socket for
// IPv6 apart: https://docs.kernel.org/networking/proc_net_tcp.html.
const linux, ipv4Table, ipv6Table = "linux", "proc/net/tcp", "proc/net/tcp6"

// knowsOwners reports whether the computer says whose connections come in, as it
// must where it can.
func (n Network) knowsOwners() bool {
	if n.OS != linux {
		return true
	}
	file, err := n.Files.Open(ipv4Table)
	if err != nil {
		return false
	}
	return file.Close() == nil
}

// looks is how often the list is read for a connection that is not on it: the
// kernel hands it out in parts, and may skip a line when another goes meanwhile.
const looks = 3

// isForeign reports whether a connection to local is of another user. On Linux
// that is so unless this user is known to be its owner: a connection that is
// listed no more was closed by somebody who did not wait for the answer. macOS
// and Windows do not say whose a connection is, so there none counts as foreign.
func (n Network) isForeign(remote, local string) bool {
	if n.OS != linux {
		return false
	}
	for range looks {
		if owner, known := ownerOf(n.Files, remote, local); known {
			return owner != n.UID
		}
	}
	return true
}

// ownerOf finds the number of the user whose program made a connection from
// remote to local on this computer. It is not known of one that is not listed.
func ownerOf(files fs.FS, remote, local string) (uid int, known bool) {
	from, err := netip.ParseAddrPort(remote)
	if err != nil {
		return 0, false
	}
	to, err := netip.ParseAddrPort(local)
	if err != nil {
		return 0, false
	}
	for table, form := range map[string]func(netip.AddrPort) string{ipv4Table: kernelIPv4, ipv6Table: kernelIPv6} {
		content, err := fs.ReadFile(files, table)
		if err != nil {
			continue
		}
		if uid, known := ownerIn(string(content), form(from), form(to)); known {
			return uid, true
		}
	}
	return 0, false
}

// ownerIn finds the owner of one end of a connection in a table.
func ownerIn(table, from, to string) (uid int, known bool) {
	const local, remote, state, owner = 1, 2, 3, 7
	const established = "01"
	for line := range strings.Lines(table) {
		fields := strings.Fields(line)
		if len(fields) <= owner || fields[local] != from || fields[remote] != to || fields[state] != established {
			continue // a connection that is being closed is listed as the first user's
		}
		if uid, err := strconv.Atoi(fields[owner]); err == nil {
			return uid, true
		}
	}
	return 0, false
}

// kernelIPv4 writes an address as /proc/net/tcp does: the bytes of the address
// as a number of the machine, in hex.
func kernelIPv4(a netip.AddrPort) string {
	ip := a.Addr().As4()
	return fmt.Sprintf("%08X:%04X", binary.NativeEndian.Uint32(ip[:]), a.Port())
}

// kernelIPv6 writes it as /proc/net/tcp6 does: four such numbers.
func kernelIPv6(a netip.AddrPort) string {
	ip := a.Addr().As16()
	var text strings.Builder
	for word := range 4 {
		_, _ = fmt.Fprintf(&text, "%08X", binary.NativeEndian.Uint32(ip[4*word:]))
	}
	return fmt.Sprintf("%s:%04X", text.String(), a.Port())
}
