package desktop

import (
	"context"
	"os/exec"
)

// Alert shows a sentence in a box of its own, for a program that was started without
// a terminal, and returns when it is closed. The sentence is an argument, never a
// part of the script.
func Alert(sentence string) error {
	const script = `on run argv
display alert "Understudy" message (item 1 of argv) as critical
end run`
	return exec.CommandContext(context.Background(), "/usr/bin/osascript", "-e", script, sentence).Run() //nolint:gosec,wrapcheck // the sentence is data; nobody is left to tell
}
