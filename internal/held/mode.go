package held

import (
	"net/url"
	"time"

	"understudy/internal/viewonly"
)

func (h *Held) isViewOnly() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.modeNow() == viewonly.ViewOnly
}

// modeNow is the mode by the clock on the wall. The timer that ends a permission
// stands still while the computer sleeps. The caller holds mu.
func (h *Held) modeNow() viewonly.Mode {
	if until := h.mark.ChangesUntil; !until.IsZero() && !h.visit.Now().Before(until) {
		return viewonly.ViewOnly
	}
	return h.mode
}

// SetMode changes what the operator may do. It returns once no request passes by
// the old mode any more. until is shown in the mark, zero for no end.
func (h *Held) SetMode(mode viewonly.Mode, until time.Time) {
	h.mu.Lock()
	h.mode, h.mark.Mode, h.mark.ChangesUntil = mode, mode, until
	documents := h.sessions((*target).isDocument)
	wasLoose := h.loose
	h.loose = h.loose && mode != viewonly.ViewOnly
	h.mu.Unlock()
	for session, t := range documents {
		_ = h.setNarrow(session, t, mode == viewonly.ViewOnly) // it fails where the page is gone
	}
	if wasLoose && mode == viewonly.ViewOnly {
		h.reloadAll()
	}
	h.showMark()
}

// Allow lets more be sent from now on. A connection that it allows is made by
// documents that are loaded from now on, so that all are loaded anew.
func (h *Held) Allow(change func(*viewonly.Rules)) error {
	h.mu.Lock()
	rules := h.rules
	hosts := len(rules.Hosts)
	change(&rules)
	judge, err := viewonly.New(rules)
	if err == nil {
		h.rules, h.judge = rules, judge
	}
	h.mu.Unlock()
	if err == nil && len(rules.Hosts) != hosts {
		h.reloadAll()
	}
	return err
}

// reloadAll loads every page anew and ends the workers that pages share: nothing
// else closes their connections. Installed service workers go, since their scripts
// would come back as they were.
func (h *Held) reloadAll() {
	h.mu.Lock()
	pages := h.sessions(func(t *target) bool { return t.Kind == page && !t.isBrowsers() })
	shared := h.sessions(func(t *target) bool { return t.Kind == sharedWorker || t.Kind == serviceWorker })
	h.mu.Unlock()
	for _, t := range shared {
		if u, err := url.Parse(t.URL); err == nil && t.Kind == serviceWorker {
			for session := range pages {
				h.send(session, "Storage.clearDataForOrigin", map[string]any{"origin": u.Scheme + "://" + u.Host, "storageTypes": "service_workers"})
			}
		}
		h.send("", "Target.closeTarget", map[string]any{"targetId": t.ID})
	}
	for session := range pages {
		h.send(session, "Page.reload", nil)
	}
}

// sessions are those whose targets are of a kind. The caller holds mu.
func (h *Held) sessions(which func(*target) bool) map[string]*target {
	found := map[string]*target{}
	for session, t := range h.targets {
		if which(t) {
			found[session] = t
		}
	}
	return found
}

func (h *Held) locked(f func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	f()
}
