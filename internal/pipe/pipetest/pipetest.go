// Package pipetest plays a browser at the other end of a pipe. Tests use it where a
// real browser would be too much, on every system.
package pipetest

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"strings"
)

// command is what a browser is told.
type command struct {
	ID      int    `json:"id"`
	Session string `json:"sessionId"`
	Method  string `json:"method"`
	Params  struct {
		URL string `json:"url"`
	} `json:"params"`
}

// Pipes are those that a browser was started with, by its arguments.
func Pipes(args []string) (in, out *os.File) {
	numbers := [2]uintptr{3, 4} // where a Unix has them
	for _, arg := range args {
		if handles, is := strings.CutPrefix(arg, "--remote-debugging-io-pipes="); is {
			_, _ = fmt.Sscanf(handles, "%d,%d", &numbers[0], &numbers[1])
		}
	}
	return os.NewFile(numbers[0], "in"), os.NewFile(numbers[1], "out")
}

// Play obeys until it is told to close, or its pipe ends. It has one page. It opens
// the addresses that it is sent to as a browser would, without running their scripts.
func Play(in io.Reader, out io.Writer) {
	say := func(text string, args ...any) { _, _ = fmt.Fprintf(out, text+"\x00", args...) }
	jar, _ := cookiejar.New(nil) // it fails for no options
	client := http.Client{Jar: jar}
	from := bufio.NewReader(in)
	for {
		line, err := from.ReadBytes(0)
		if err != nil {
			return
		}
		var told command
		if json.Unmarshal(line[:len(line)-1], &told) != nil {
			return
		}
		say(`{"id":%d,"sessionId":%q,"result":{"identifier":"1"}}`, told.ID, told.Session)
		switch {
		case told.Method == "Browser.close":
			return
		case told.Method == "Target.setAutoAttach" && told.Session == "":
			say(`{"method":"Target.attachedToTarget","params":{"sessionId":"page","targetInfo":{"targetId":"1","type":"page","url":"about:blank"}}}`)
		case told.Method == "Page.navigate":
			if answer, err := client.Get(told.Params.URL); err == nil { //nolint:noctx // the end of the pipe ends the program
				_ = answer.Body.Close()
				say(`{"method":"Page.frameNavigated","sessionId":"page","params":{"frame":{"id":"1","url":%q}}}`, answer.Request.URL)
			}
		}
	}
}
