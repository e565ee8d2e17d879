package directory

import (
	"context"
	"fmt"

	"understudy/internal/clerkapi"
)

// ahead is a page that is fetched before anybody asks for it.
type ahead struct {
	request Request
	cancel  context.CancelFunc
	done    chan struct{} // closed when page and err are set
	page    Page
	err     error
}

// FetchAhead begins to fetch the first rows, newest first, which is what a
// window shows at its start. [Directory.Arrived] has them if they came in time;
// else the first call of [Directory.Page] for these rows waits for them.
func (d *Directory) FetchAhead(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	a := &ahead{cancel: cancel, done: make(chan struct{}), request: Request{
		View:  View{Order: clerkapi.Order{Field: clerkapi.ByCreated, Descending: true}, PinnedAt: d.Now()},
		Total: -1,
	}}
	d.mu.Lock()
	d.ahead = a
	d.mu.Unlock()
	go func() {
		defer cancel()
		defer close(a.done)
		a.page, a.err = d.find(ctx, a.request)
	}()
}

// Arrived returns the page that was fetched ahead, once, if it is there.
func (d *Directory) Arrived() (Page, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.ahead == nil {
		return Page{}, false
	}
	select {
	case <-d.ahead.done:
	default:
		return Page{}, false
	}
	if d.ahead.err != nil { // for the call of Page that tells it
		return Page{}, false
	}
	page := d.ahead.page
	d.ahead = nil
	return page, true
}

// takeAhead returns what is being fetched ahead if it answers r, nil otherwise.
func (d *Directory) takeAhead(r Request) *ahead {
	d.mu.Lock()
	defer d.mu.Unlock()
	a := d.ahead
	if a == nil || r.Index != 0 || r.View.Query != a.request.View.Query || r.View.Order != a.request.View.Order {
		return nil
	}
	d.ahead = nil
	return a
}

// wait returns the page when it is there. If ctx ends first, the request ends too,
// since nobody else waits for it.
func (a *ahead) wait(ctx context.Context) (Page, error) {
	select {
	case <-a.done:
		return a.page, a.err
	case <-ctx.Done():
		a.cancel()
		return Page{}, fmt.Errorf("wait for the first rows: %w", ctx.Err())
	}
}
