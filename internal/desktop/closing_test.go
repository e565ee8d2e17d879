package desktop

import (
	"testing"
	"testing/synctest"
)

func TestClosing(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		running bool
		answer  func(*Closing) // between the first attempt and the second
		first   bool           // whether each attempt is prevented
		second  bool
		asked   int
	}{
		"nothing runs":        {running: false, answer: func(*Closing) {}},
		"the page is silent":  {running: true, answer: func(*Closing) {}, first: true, asked: 1},
		"the operator leaves": {running: true, answer: (*Closing).Leave, first: true, asked: 1},
		"the operator stays":  {running: true, answer: (*Closing).Stay, first: true, second: true, asked: 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				asked := 0
				closing := NewClosing(func() bool { return c.running }, func() { asked++ })
				first := closing.Prevent()
				synctest.Wait()
				c.answer(closing)
				second := closing.Prevent()
				synctest.Wait()
				if first != c.first || second != c.second || asked != c.asked {
					t.Errorf("prevented %v then %v, asked %d times", first, second, asked)
				}
			})
		})
	}
}
