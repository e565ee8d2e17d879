package browser

import (
	"encoding/binary"
	"fmt"
	"io/fs"
	"net/netip"
	"strconv"
	"strings"
)

// ownerOf finds the number of the user whose program made a connection from
// remote to local on this computer. It is known on Linux only, where the kernel
// lists every connection with its owner
// (https://docs.kernel.org/networking/proc_net_tcp.html).
func ownerOf(files fs.FS, remote, local string) (uid int, known bool) {
	from, err := netip.ParseAddrPort(remote)
	if err != nil {
		return 0, false
	}
	to, err := netip.ParseAddrPort(local)
	if err != nil {
		return 0, false
	}
	// A program may connect to an IPv4 address through a socket for IPv6.
	for table, form := range map[string]func(netip.AddrPort) string{"proc/net/tcp": kernelIPv4, "proc/net/tcp6": kernelIPv6} {
		content, err := fs.ReadFile(files, table)
		if err != nil {
			continue
		}
		for line := range strings.Lines(string(content)) {
			const localAddress, remoteAddress, owner = 1, 2, 7
			fields := strings.Fields(line)
			if len(fields) <= owner || fields[localAddress] != form(from) || fields[remoteAddress] != form(to) {
				continue
			}
			if uid, err := strconv.Atoi(fields[owner]); err == nil {
				return uid, true
			}
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
