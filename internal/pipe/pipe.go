// Package pipe speaks Chromium's DevTools protocol over two pipes that a browser
// inherited. It knows messages and sessions, and nothing of what they are about.
//
// A message is JSON, and a NUL byte ends it:
// https://chromedevtools.github.io/devtools-protocol/. One connection carries the
// browser and each page, frame and worker in it as a session ("flat" sessions).
package pipe

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"
)

const (
	// maxIn is the longest message that is read, in bytes. A request's body is part of
	// its message, so that it may be long.
	maxIn = 160 << 20
	// maxOut is the longest message that is sent, in bytes: Chromium ends the
	// connection at 100 MiB.
	maxOut = 96 << 20
	// writeLimit is how long a browser may take to read one message.
	writeLimit = 20 * time.Second
)

// Failures of a connection.
var (
	ErrClosed  = errors.New("pipe: the browser is gone")
	ErrTooLong = errors.New("pipe: the message is too long")
)

// RefusedError is a browser's answer that a command failed.
type RefusedError struct {
	Code    int    `json:"code"`
	Message string `json:"message"` // may quote addresses: it is for no log
}

// Error is the code alone, because the message may quote an address.
func (r *RefusedError) Error() string {
	return fmt.Sprintf("pipe: the browser refused with %d", r.Code)
}

// UnknownMethod is the code of a refusal by a session that lacks the command.
const UnknownMethod = -32601

// Event is something that a session tells. Session is "" for the browser itself.
type Event struct {
	Session, Method string
	Params          json.RawMessage
}

// Conn is a connection to one browser. It is safe for concurrent use.
type Conn struct {
	in   io.ReadCloser
	out  io.WriteCloser
	tell func(Event)
	// mostIn and mostOut are the longest messages, in bytes.
	mostIn, mostOut int

	writing sync.Mutex
	closing sync.Once
	done    chan struct{}

	mu      sync.Mutex
	last    int
	waiting map[int]chan answer
}

type answer struct {
	result json.RawMessage
	err    error
}

// message is any of the three kinds: a command, its answer, an event.
type message struct {
	ID      int             `json:"id,omitempty"`
	Session string          `json:"sessionId,omitempty"`
	Method  string          `json:"method,omitempty"`
	Params  json.RawMessage `json:"params,omitempty"`
	Result  json.RawMessage `json:"result,omitempty"`
	Error   *RefusedError   `json:"error,omitempty"`
}

// New speaks over what a browser writes (in) and reads (out). It closes both. tell
// gets every event, in order and one at a time. It must not block, and must not
// call [Conn.Call], whose answer would come after it. Nothing is heard before
// [Conn.Serve].
func New(in io.ReadCloser, out io.WriteCloser, tell func(Event)) *Conn {
	return &Conn{in: in, out: out, tell: tell, mostIn: maxIn, mostOut: maxOut, done: make(chan struct{}), waiting: map[int]chan answer{}}
}

// Done is closed when the connection is.
func (c *Conn) Done() <-chan struct{} { return c.done }

// Close ends the connection. A browser ends itself when its pipes are closed.
func (c *Conn) Close() {
	c.closing.Do(func() {
		close(c.done)
		_ = c.in.Close()
		_ = c.out.Close()
		c.mu.Lock()
		defer c.mu.Unlock()
		for _, reply := range c.waiting {
			reply <- answer{err: ErrClosed}
		}
		c.waiting = nil
	})
}

// Call sends a command to a session and waits for its answer, which it decodes
// into result unless that is nil. It fails with a [RefusedError], [ErrClosed],
// [ErrTooLong] or the context's error.
func (c *Conn) Call(ctx context.Context, session, method string, params, result any) error {
	return c.Ask(session, method, params)(ctx, result)
}

// Answer waits for the answer of a command, see [Conn.Call].
type Answer func(ctx context.Context, result any) error

// Ask is [Conn.Call] in two steps: commands that are asked one after the other are
// heard in that order, without waiting for an answer in between.
func (c *Conn) Ask(session, method string, params any) Answer {
	reply := make(chan answer, 1)
	id, err := c.expect(reply)
	if err == nil {
		err = c.write(message{ID: id, Session: session, Method: method}, params)
	}
	return func(ctx context.Context, result any) error {
		if err != nil {
			return err
		}
		defer c.forget(id)
		select {
		case got := <-reply:
			if got.err != nil || result == nil {
				return got.err
			}
			if err := json.Unmarshal(got.result, result); err != nil {
				return fmt.Errorf("pipe: answer of %s: %w", method, err)
			}
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Send sends a command whose answer nobody needs.
func (c *Conn) Send(session, method string, params any) error {
	id, err := c.expect(nil)
	if err != nil {
		return err
	}
	return c.write(message{ID: id, Session: session, Method: method}, params)
}

// expect returns the next number, whose answer goes to reply.
func (c *Conn) expect(reply chan answer) (id int, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.waiting == nil {
		return 0, ErrClosed
	}
	c.last++
	if reply != nil {
		c.waiting[c.last] = reply
	}
	return c.last, nil
}

func (c *Conn) forget(id int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.waiting, id)
}

func (c *Conn) write(m message, params any) error {
	if params != nil {
		encoded, err := json.Marshal(params)
		if err != nil {
			return fmt.Errorf("pipe: parameters of %s: %w", m.Method, err)
		}
		m.Params = encoded
	}
	line, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("pipe: %s: %w", m.Method, err)
	}
	if len(line) > c.mostOut {
		return ErrTooLong
	}
	c.writing.Lock()
	defer c.writing.Unlock()
	hung := time.AfterFunc(writeLimit, c.Close) // a write to a full pipe ends in no other way
	defer hung.Stop()
	if _, err := c.out.Write(append(line, 0)); err != nil {
		c.Close()
		return ErrClosed
	}
	return nil
}

// Serve hears the browser until it is gone or says what is no message. The
// connection is closed then.
func (c *Conn) Serve() {
	defer c.Close()
	from := bufio.NewReaderSize(c.in, 64<<10)
	for {
		line, err := c.message(from)
		if err != nil {
			return
		}
		var m message
		if json.Unmarshal(line, &m) != nil {
			return // the messages after it could not be trusted either
		}
		if m.ID == 0 {
			c.tell(Event{m.Session, m.Method, m.Params})
			continue
		}
		c.resolve(m)
	}
}

// message returns the text before the next NUL byte.
func (c *Conn) message(from *bufio.Reader) ([]byte, error) {
	var whole []byte
	for {
		part, err := from.ReadSlice(0)
		if len(whole)+len(part) > c.mostIn {
			return nil, ErrTooLong
		}
		switch {
		case err == nil && whole == nil:
			return part[:len(part)-1], nil // valid until the next read; Unmarshal copies
		case err == nil:
			return append(whole, part[:len(part)-1]...), nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, err //nolint:wrapcheck // read ends with it
		}
		whole = append(whole, part...)
	}
}

func (c *Conn) resolve(m message) {
	c.mu.Lock()
	defer c.mu.Unlock()
	reply, awaited := c.waiting[m.ID]
	if !awaited {
		return
	}
	delete(c.waiting, m.ID)
	if m.Error != nil {
		reply <- answer{err: m.Error}
		return
	}
	reply <- answer{result: m.Result}
}
