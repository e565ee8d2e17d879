package held

import (
	"encoding/base64"
	"net/http"
	"slices"
	"strings"

	"understudy/internal/pipe"
	"understudy/internal/viewonly"
)

// header is one of a request's or an answer's.
type header struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// paused is a request that waits, or an answer if it has headers or an error.
type paused struct {
	ID      string `json:"requestId"`
	Request struct {
		URL     string            `json:"url"`
		Method  string            `json:"method"`
		Headers map[string]string `json:"headers"`
		HasBody bool              `json:"hasPostData"`
		Entries []struct {
			Bytes *string `json:"bytes"` // base64; none of a file
		} `json:"postDataEntries"`
		Body string `json:"postData"`
	} `json:"request"`
	Frame   string   `json:"frameId"`
	Kind    string   `json:"resourceType"`
	Failed  string   `json:"responseErrorReason"`
	Status  int      `json:"responseStatusCode"`
	Text    string   `json:"responseStatusText"`
	Headers []header `json:"responseHeaders"`
}

// isAnswer does not look at the status, which a server can give as 000.
func (p *paused) isAnswer() bool { return p.Headers != nil || p.Failed != "" }

// header is one of the request's, by any spelling of its name.
func (p *paused) header(name string) string {
	for key, value := range p.Request.Headers {
		if strings.EqualFold(key, name) {
			return value
		}
	}
	return ""
}

// judged is the request as package viewonly takes it.
func (p *paused) judged() viewonly.Request {
	r := viewonly.Request{Method: p.Request.Method, URL: p.Request.URL, ContentType: p.header("Content-Type"), Whole: true}
	for _, entry := range p.Request.Entries {
		if entry.Bytes == nil {
			r.Whole = false
			continue
		}
		part, err := base64.StdEncoding.DecodeString(*entry.Bytes)
		r.Body, r.Whole = append(r.Body, part...), r.Whole && err == nil
	}
	if len(p.Request.Entries) == 0 && p.Request.HasBody {
		r.Body, r.Whole = []byte(p.Request.Body), p.Request.Body != ""
	}
	return r
}

// paused judges a request, or looks at an answer. A request that cannot be
// read stays held. They are held by the browser's own session, whichever page, frame
// or worker sends them.
func (h *Held) paused(e pipe.Event) {
	p := &paused{}
	if !decode(e, p) {
		return
	}
	if p.isAnswer() {
		go h.answered(p)
		return
	}
	request := p.judged()
	h.mu.Lock()
	kind, mode := h.judge.Kind(request), h.modeNow()
	may := h.judge.May(mode, request)
	h.mu.Unlock()
	if !may {
		h.holdBack(p, kind)
		return
	}
	params := map[string]any{"requestId": p.ID}
	if p.needsLook(kind) {
		params["interceptResponse"] = true
	}
	h.send("", "Fetch.continueRequest", params)
}

// needsLook reports whether the answer matters as well: documents and scripts of
// workers are narrowed, and of what is no read the status is told.
func (p *paused) needsLook(kind viewonly.Kind) bool {
	return kind != viewonly.Read || slices.Contains([]string{"Document", "Script", "Other"}, p.Kind)
}

// notSent is the answer to what is held back.
const notSent = "Not sent: view only. Understudy held this back, and the app never saw it."

// holdBack answers a request in the app's place. An app on another origin may read
// the answer, so that it shows a refusal and not a broken network.
func (h *Held) holdBack(p *paused, kind viewonly.Kind) {
	headers := []header{{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-store"}, {"X-Understudy", "view only"}}
	if origin := p.header("Origin"); origin != "" {
		headers = append(headers, header{"Access-Control-Allow-Origin", origin}, header{"Access-Control-Allow-Credentials", "true"})
	}
	h.send("", "Fetch.fulfillRequest", map[string]any{
		"requestId": p.ID, "responseCode": http.StatusForbidden, "responseHeaders": headers,
		"body": base64.StdEncoding.EncodeToString([]byte(notSent)),
	})
	h.watcher.HeldBack(p.Request.Method, p.Request.URL)
	h.countHeldBack(p, kind)
}

// changes reports whether the request was a change: signing in and reading by POST
// are none.
func (h *Held) changes(p *paused) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.judge.Kind(p.judged()) == viewonly.Change
}

// answered looks at an answer and lets it through.
func (h *Held) answered(p *paused) {
	if p.Kind == "Document" && !h.owned(p.Frame) {
		h.send("", "Fetch.failRequest", map[string]any{"requestId": p.ID, "errorReason": "BlockedByClient"})
		return
	}
	h.noteSignIn(p)
	if h.changes(p) {
		h.watcher.Sent(p.Request.Method, p.Request.URL, p.Status)
	}
	if p.Failed != "" || !h.narrows(p) {
		h.send("", "Fetch.continueRequest", map[string]any{"requestId": p.ID})
		return
	}
	h.narrow(p)
}
