package pipe

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

// browser is the other end of a connection, which a test plays.
type browser struct {
	t    *testing.T
	hear *bufio.Reader
	say  io.WriteCloser
}

// connect returns a connection and the browser at its other end.
func connect(t *testing.T, tell func(Event)) (*Conn, *browser) {
	t.Helper()
	ourIn, theirOut := io.Pipe()
	theirIn, ourOut := io.Pipe()
	c := New(ourIn, ourOut, tell)
	go c.Serve()
	t.Cleanup(c.Close)
	return c, &browser{t, bufio.NewReader(theirIn), theirOut}
}

func (b *browser) next() message {
	b.t.Helper()
	line, err := b.hear.ReadBytes(0)
	var m message
	if err != nil || json.Unmarshal(line[:len(line)-1], &m) != nil {
		b.t.Fatalf("heard %q, %v", line, err)
	}
	return m
}

func (b *browser) send(text string) { _, _ = io.WriteString(b.say, text+"\x00") }

func TestAnswersReachTheirCommandsInAnyOrder(t *testing.T) {
	c, b := connect(t, nil)
	got := make(chan string, 2)
	for _, method := range []string{"first", "second"} {
		go func() {
			var result struct{ Said string }
			if err := c.Call(t.Context(), "s", method, map[string]any{"a": 1}, &result); err != nil {
				t.Error(err)
			}
			got <- method + " " + result.Said
		}()
	}
	one, other := b.next(), b.next()
	if one.Session != "s" || string(one.Params) != `{"a":1}` {
		t.Errorf("heard %+v", one)
	}
	for _, m := range []message{other, one} {
		b.send(fmt.Sprintf(`{"id":%d,"result":{"Said":"%s"}}`, m.ID, m.Method))
	}
	for range 2 {
		if text := <-got; text != "first first" && text != "second second" {
			t.Errorf("mixed up: %s", text)
		}
	}
}

func TestARefusalIsAnErrorWithoutItsText(t *testing.T) {
	c, b := connect(t, nil)
	go func() {
		b.send(fmt.Sprintf(`{"id":%d,"error":{"code":-32601,"message":"no https://a.example/?ticket=x"}}`, b.next().ID))
	}()
	err := c.Call(t.Context(), "", "Fetch.enable", nil, nil)
	var refusal *RefusedError
	if !errors.As(err, &refusal) || refusal.Code != UnknownMethod || strings.Contains(err.Error(), "ticket") {
		t.Errorf("got %v", err)
	}
}

func TestEventsKeepTheirOrder(t *testing.T) {
	heard := make(chan Event, 100)
	_, b := connect(t, func(e Event) { heard <- e })
	for i := range 50 {
		b.send(fmt.Sprintf(`{"method":"e%d","sessionId":"s","params":{}}`, i))
	}
	for i := range 50 {
		if e := <-heard; e.Method != fmt.Sprint("e", i) || e.Session != "s" {
			t.Fatalf("event %d is %+v", i, e)
		}
	}
}

// TestABrokenConnectionEndsEveryCall also with what is no message, and with one that
// is too long.
func TestABrokenConnectionEndsEveryCall(t *testing.T) {
	for name, act := range map[string]func(b *browser){
		"the browser is gone": func(b *browser) { _ = b.say.Close() },
		"no JSON":             func(b *browser) { b.send("{") },
		"too long": func(b *browser) {
			_, _ = io.WriteString(b.say, strings.Repeat("a", 2<<20))
		},
	} {
		t.Run(name, func(t *testing.T) {
			c, b := connect(t, nil)
			c.mostIn = 1 << 20
			go func() {
				b.next()
				act(b)
			}()
			if err := c.Call(t.Context(), "", "m", nil, nil); !errors.Is(err, ErrClosed) {
				t.Errorf("got %v", err)
			}
			<-c.Done()
			if err := c.Send("", "m", nil); !errors.Is(err, ErrClosed) {
				t.Errorf("afterwards: %v", err)
			}
		})
	}
}

func TestACallerCanGiveUp(t *testing.T) {
	c, b := connect(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		b.next()
		cancel()
	}()
	if err := c.Call(ctx, "", "m", nil, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestAMessageThatTheBrowserWouldNotTakeIsNotSent(t *testing.T) {
	c, _ := connect(t, nil)
	c.mostOut = 1 << 10
	if err := c.Send("", "m", strings.Repeat("a", c.mostOut)); !errors.Is(err, ErrTooLong) {
		t.Errorf("got %v", err)
	}
}
