package held

import (
	"time"

	"understudy/internal/pipe"
)

// Requests are held for the whole browser at once, so that no new tab is too early
// for it. The rest of a page's guard takes effect in its own session. Therefore
// the document of a frame waits until the page that has the frame is armed.

// ownedWithin is how long a document waits for that.
const ownedWithin = 10 * time.Second

// owner is who has a frame, once armed is closed.
type owner struct {
	armed chan struct{}
	page  *target
}

// ownerOf is that of a frame, which may not be known yet. The caller holds mu.
func (h *Held) ownerOf(frame string) *owner {
	of := h.frames[frame]
	if of == nil {
		of = &owner{armed: make(chan struct{})}
		h.frames[frame] = of
	}
	return of
}

// ownAll notes the frames that a page has already: another page may have filled a
// window that it opened.
func (h *Held) ownAll(session string, t *target) {
	type tree struct {
		Frame struct {
			ID string `json:"id"`
		} `json:"frame"`
		Children []tree `json:"childFrames"`
	}
	var shown struct {
		Tree tree `json:"frameTree"`
	}
	if h.call(session, "Page.getFrameTree", nil, &shown) != nil {
		return // it is gone
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for all := []tree{shown.Tree}; len(all) > 0; all = append(all[1:], all[0].Children...) {
		h.has(all[0].Frame.ID, t)
	}
}

// has notes who has a frame. The caller holds mu.
func (h *Held) has(frame string, t *target) {
	of := h.ownerOf(frame)
	if of.page == nil {
		of.page = t
		close(of.armed)
	}
}

// framed takes in that a page got a frame, or lost one.
func (h *Held) framed(e pipe.Event) {
	var frame struct {
		ID     string `json:"frameId"`
		Reason string `json:"reason"`
	}
	t := h.target(e.Session)
	if t == nil || !decode(e, &frame) {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case e.Method == "Page.frameAttached":
		h.has(frame.ID, t)
	case frame.Reason == "remove": // and not to be another target's
		delete(h.frames, frame.ID)
	}
}

// owned waits until the page of a frame is armed, and reports whether it is. A
// request of no frame waits for none.
func (h *Held) owned(frame string) bool {
	if frame == "" {
		return true
	}
	h.mu.Lock()
	of := h.ownerOf(frame)
	h.mu.Unlock()
	late := time.NewTimer(ownedWithin)
	defer late.Stop()
	select {
	case <-of.armed:
		return true
	case <-late.C:
		return false
	case <-h.ctx.Done():
		return false
	}
}

// pageWith is the page that has a frame, nil if that is not known. The caller holds mu.
func (h *Held) pageWith(frame string) *target {
	of := h.frames[frame]
	if of == nil || of.page == nil {
		return nil
	}
	return h.targets[of.page.page]
}

// sessionWith is the session of that page, "" if it is not known.
func (h *Held) sessionWith(frame string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	if t := h.pageWith(frame); t != nil {
		return t.page
	}
	return ""
}
