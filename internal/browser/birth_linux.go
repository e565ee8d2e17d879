package browser

import (
	"fmt"
	"os"
	"strings"
)

// birthOf tells a process from every other that ever had or will have its
// number: when it started, in ticks since the start of the computer, and which
// start that was (proc_pid_stat(5), random(4)). It is not known of one that has
// ended, even if nobody has taken note of that yet.
func birthOf(pid int) (birth string, known bool) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return "", false
	}
	boot, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return "", false
	}
	// The second field is the program's name, in parentheses, which may hold any
	// character. After it come the state, field 3, and the start, field 22.
	const state, start = 0, 22 - 3
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	if len(fields) <= start || fields[state] == "Z" || fields[state] == "X" {
		return "", false
	}
	return fields[start] + "@" + strings.TrimSpace(string(boot)), true
}
