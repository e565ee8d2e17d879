package held

import (
	"encoding/base64"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"understudy/internal/pipe"
	"understudy/internal/viewonly"
)

// A WebSocket is no request that could be judged. So each document and each script
// of a worker gets one more policy, which the engine itself enforces. A policy more
// can only narrow what the app's own allow.

// policy is that one more, with the hosts that a rule allows sockets to.
func (h *Held) policy() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := []string{"connect-src http: https: data: blob: filesystem:"}
	for _, host := range h.rules.Hosts {
		all = append(all, "ws://"+host, "wss://"+host)
	}
	return strings.Join(all, " ")
}

// narrows reports whether an answer gets the policy. While changes are allowed it
// does not, and what was loaded then is noted.
func (h *Held) narrows(p *paused) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.modeNow() == viewonly.AllowChanges {
		h.loose = true
		return false
	}
	return !p.isRedirect() && slices.Contains([]string{"Document", "Script", "Other"}, p.Kind)
}

// isRedirect reports whether the browser goes on to another address. It shows any
// other answer, such as a 300 or a 302 without a place to go to.
func (p *paused) isRedirect() bool {
	switch p.Status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return len(valuesOf(p.Headers, "Location")) > 0
	default:
		return false
	}
}

// valuesOf are those of all headers with that name, in any spelling.
func valuesOf(headers []header, name string) []string {
	var found []string
	for _, one := range headers {
		if strings.EqualFold(one.Name, name) {
			found = append(found, one.Value)
		}
	}
	return found
}

// narrow adds the policy to an answer. A script gets it in its headers. Of a
// document the browser has read the headers before, so that it is answered anew,
// with what Clerk or the app had said. It shows when all of it has come.
func (h *Held) narrow(p *paused) {
	headers := append(slices.Clone(p.Headers), header{"Content-Security-Policy", h.policy()})
	if p.Kind != "Document" || !mayRunScripts(p.Headers) {
		h.send("", "Fetch.continueResponse", map[string]any{
			"requestId": p.ID, "responseCode": p.Status, "responsePhrase": phrase(p), "responseHeaders": headers,
		})
		return
	}
	body, err := h.body(p)
	if err == nil {
		err = h.conn.Send("", "Fetch.fulfillRequest", map[string]any{
			"requestId": p.ID, "responseCode": p.Status, "responsePhrase": phrase(p),
			"responseHeaders": slices.DeleteFunc(headers, describesBytes), "body": base64.StdEncoding.EncodeToString(body),
		})
	}
	if err != nil { // too long, or it never ended
		h.send("", "Fetch.failRequest", map[string]any{"requestId": p.ID, "errorReason": "Failed"})
	}
}

// body is that of an answer, whole and decoded. A page that goes on streaming has
// as long as any other command.
func (h *Held) body(p *paused) ([]byte, error) {
	var body struct {
		Body   string `json:"body"`
		Base64 bool   `json:"base64Encoded"`
	}
	if err := h.call("", "Fetch.getResponseBody", map[string]any{"requestId": p.ID}, &body); err != nil {
		return nil, err
	}
	if !body.Base64 {
		return []byte(body.Body), nil
	}
	return base64.StdEncoding.DecodeString(body.Body) //nolint:wrapcheck // nobody reads it
}

// phrase is the text of a status, which the browser wants to have.
func phrase(p *paused) string {
	if p.Text != "" {
		return p.Text
	}
	return http.StatusText(p.Status)
}

// describesBytes reports whether a header is about bytes on the wire, which the
// browser has decoded.
func describesBytes(h header) bool {
	switch strings.ToLower(h.Name) {
	case "content-encoding", "content-length", "transfer-encoding":
		return true
	default:
		return false
	}
}

// mayRunScripts reports whether an answer to a navigation can become a document
// with scripts. If its type is missing, vague or said twice, the browser may take it
// for one.
func mayRunScripts(headers []header) bool {
	dispositions, types := valuesOf(headers, "Content-Disposition"), valuesOf(headers, "Content-Type")
	if len(dispositions) == 1 {
		if kind, _, err := mime.ParseMediaType(dispositions[0]); err == nil && kind == "attachment" {
			return false
		}
	}
	if len(types) != 1 {
		return true
	}
	kind, _, err := mime.ParseMediaType(types[0])
	isMarkup := func(part string) bool { return strings.Contains(kind, part) }
	if err != nil || slices.ContainsFunc([]string{"html", "xml", "xsl", "unknown", "*"}, isMarkup) {
		return true
	}
	return !slices.Contains([]string{"application", "audio", "font", "image", "text", "video"}, strings.SplitN(kind, "/", 2)[0])
}

// navigated tells of a page that is shown. Of frames inside of it nothing is told.
func (h *Held) navigated(e pipe.Event) {
	var to struct {
		URL     string `json:"url"`
		FrameID string `json:"frameId"`
		Frame   struct {
			ID     string `json:"id"`
			Parent string `json:"parentId"`
			URL    string `json:"url"`
		} `json:"frame"`
	}
	t := h.target(e.Session)
	if !decode(e, &to) || t == nil || t.Kind != page || to.Frame.Parent != "" {
		return
	}
	address := to.URL
	h.mu.Lock()
	if to.Frame.ID != "" {
		t.frame, t.URL, address = to.Frame.ID, to.Frame.URL, to.Frame.URL
	}
	isTop := to.FrameID == "" || to.FrameID == t.frame
	h.mu.Unlock()
	if to.Frame.ID != "" {
		go h.addMark(e.Session, t)
	}
	if !isTop || !strings.HasPrefix(address, "http") {
		return
	}
	h.watcher.Page(address)
	if to.Frame.ID != "" {
		h.arrived(e.Session, address)
	}
}

// issue tells of a socket that the policy refused.
func (h *Held) issue(e pipe.Event) {
	var told struct {
		Issue struct {
			Details struct {
				Policy struct {
					Blocked   string `json:"blockedURL"`
					Directive string `json:"violatedDirective"`
				} `json:"contentSecurityPolicyIssueDetails"`
			} `json:"details"`
		} `json:"issue"`
	}
	if !decode(e, &told) || !strings.HasPrefix(told.Issue.Details.Policy.Directive, "connect-src") {
		return
	}
	u, err := url.Parse(told.Issue.Details.Policy.Blocked)
	if err != nil || u.Scheme != "ws" && u.Scheme != "wss" {
		return
	}
	h.refuseSocket(e.Session, u.Host)
}

// download tells of a file once it is there: its kind and size, not its name.
func (h *Held) download(e pipe.Event) {
	var told struct {
		GUID  string `json:"guid"`
		Name  string `json:"suggestedFilename"`
		Total int64  `json:"totalBytes"`
		Got   int64  `json:"receivedBytes"`
		State string `json:"state"`
	}
	if !decode(e, &told) {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case e.Method == "Browser.downloadWillBegin":
		h.files[told.GUID] = extension(told.Name)
	case told.State == "completed":
		h.watcher.Downloaded(h.files[told.GUID], max(told.Total, told.Got))
		delete(h.files, told.GUID)
	case told.State == "canceled":
		delete(h.files, told.GUID)
	}
}

// extension is the end of a file's name, if it is one that says a kind.
func extension(name string) string {
	_, end, found := strings.Cut(name[strings.LastIndexByte(name, '/')+1:], ".")
	end = strings.ToLower(end[strings.LastIndexByte(end, '.')+1:])
	isPlain := !strings.ContainsFunc(end, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	if !found || !isPlain || len(end) > 8 {
		return ""
	}
	return end
}
