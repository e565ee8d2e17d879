package report

import (
	"mime"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"understudy/internal/viewonly"
)

// Bounds of a report. Their worst case stays under [MaxBytes].
const (
	maxRows    = 400 // of pages, sent and held back, each
	maxOthers  = 100 // of connections, refused and downloads, each
	maxReasons = 50  // of modes and allowed, each
	maxReason  = 300 // characters of a reason; the audit log has all of it
	maxHow     = 40
	maxType    = 80 // bytes of a media type behind its slash
)

// Recorder writes a report. It may be used from several goroutines. Times may come in
// any order.
type Recorder struct {
	mu     sync.Mutex
	report Report
}

// NewRecorder begins an empty report.
func NewRecorder() *Recorder {
	return &Recorder{report: Report{Version: version, Pages: []Row{}, Sent: []Row{}, HeldBack: []Row{}}}
}

// Page counts a page that was opened, also one that the app opened without loading.
func (r *Recorder) Page(url string, at time.Time) {
	r.count(&r.report.Pages, maxRows, &r.report.Beyond.Pages, rowOf("", url, 0), at)
}

// Sent counts a change that reached the server. Signing in and staying so is none.
// status is 0 where no answer came.
func (r *Recorder) Sent(method, url string, status int, at time.Time) {
	if status < 100 || status > 999 {
		status = 0
	}
	r.count(&r.report.Sent, maxRows, &r.report.Beyond.Sent, rowOf(method, url, status), at)
}

// HeldBack counts a change that was not sent.
func (r *Recorder) HeldBack(method, url string, at time.Time) {
	r.count(&r.report.HeldBack, maxRows, &r.report.Beyond.HeldBack, rowOf(method, url, 0), at)
}

// Connection counts a WebSocket, or one that was refused. host may have a port.
func (r *Recorder) Connection(host string, allowed bool, at time.Time) {
	row := Row{Host: shapeHost(host)}
	if allowed {
		r.count(&r.report.Connections, maxOthers, &r.report.Beyond.Connections, row, at)
	} else {
		r.count(&r.report.Refused, maxOthers, &r.report.Beyond.Refused, row, at)
	}
}

// Downloaded counts a file by its media type, such as "text/csv; charset=utf-8".
func (r *Recorder) Downloaded(mediaType string, bytes int64, at time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	media := typeOf(mediaType)
	i := slices.IndexFunc(r.report.Downloads, func(d Download) bool { return d.MediaType == media })
	if i < 0 {
		if len(r.report.Downloads) == maxOthers {
			r.report.Beyond.Downloads++
			return
		}
		i = len(r.report.Downloads)
		r.report.Downloads = append(r.report.Downloads, Download{MediaType: media, First: at.UTC(), Last: at.UTC()})
	}
	found := &r.report.Downloads[i]
	found.Count++
	found.Bytes += max(0, bytes)
	found.First, found.Last = earlier(found.First, at.UTC()), later(found.Last, at.UTC())
}

// Mode adds a change of mode. until is zero where the mode has no end of its own.
func (r *Recorder) Mode(mode viewonly.Mode, reason string, until, at time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.report.Modes) == maxReasons {
		r.report.Beyond.Modes++
		return
	}
	if mode != viewonly.AllowChanges {
		mode = viewonly.ViewOnly
	}
	r.report.Modes = append(r.report.Modes, Mode{Mode: mode, Reason: cut(reason, maxReason), Until: until.UTC(), At: at.UTC()})
}

// PathAllowed adds a path that was allowed for this session.
func (r *Recorder) PathAllowed(url, reason string, at time.Time) {
	r.allow(Allowed{Path: Shape(url), Reason: cut(reason, maxReason), At: at.UTC()})
}

// HostAllowed adds a host that a page may connect to in this session.
func (r *Recorder) HostAllowed(host, reason string, at time.Time) {
	r.allow(Allowed{Host: shapeHost(host), Reason: cut(reason, maxReason), At: at.UTC()})
}

func (r *Recorder) allow(one Allowed) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.report.Allowed) == maxReasons {
		r.report.Beyond.Allowed++
		return
	}
	r.report.Allowed = append(r.report.Allowed, one)
}

// Ended says how it ended, in a word such as "ended_by_operator". The first one counts.
func (r *Recorder) Ended(how string, at time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.report.How == "" {
		r.report.How, r.report.Ended = cut(how, maxHow), at.UTC()
	}
}

// Report is what was recorded until now.
func (r *Recorder) Report() Report {
	r.mu.Lock()
	defer r.mu.Unlock()
	copied := r.report
	for _, rows := range []*[]Row{&copied.Pages, &copied.Sent, &copied.HeldBack, &copied.Connections, &copied.Refused} {
		*rows = slices.Clone(*rows)
	}
	copied.Downloads = slices.Clone(copied.Downloads)
	copied.Modes = slices.Clone(copied.Modes)
	copied.Allowed = slices.Clone(copied.Allowed)
	return copied
}

// count adds one to the row that is like it, or begins that row. beyond counts what
// finds the list full.
func (r *Recorder) count(rows *[]Row, most int, beyond *int, row Row, at time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	at = at.UTC()
	i := slices.IndexFunc(*rows, func(other Row) bool {
		return other.Method == row.Method && other.Host == row.Host && other.Path == row.Path && other.Status == row.Status
	})
	if i < 0 {
		if len(*rows) == most {
			*beyond++
			return
		}
		row.First, row.Last = at, at
		i, *rows = len(*rows), append(*rows, row)
	}
	found := &(*rows)[i]
	found.Count++
	found.First, found.Last = earlier(found.First, at), later(found.Last, at)
}

func rowOf(method, url string, status int) Row {
	host, path := shape(url)
	switch method {
	case "", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE":
	default:
		method = "OTHER" // a page may name one as it likes
	}
	return Row{Method: method, Host: host, Path: path, Status: status}
}

// typeOf is a media type without its parameters, "other" for one that is odd.
func typeOf(text string) string {
	media, _, _ := mime.ParseMediaType(text)
	family, kind, _ := strings.Cut(media, "/")
	known := slices.Contains([]string{"application", "audio", "font", "image", "model", "text", "video"}, family)
	if !known || kind == "" || len(kind) > maxType || strings.Trim(kind, "abcdefghijklmnopqrstuvwxyz0123456789.+-") != "" {
		return "other"
	}
	return media
}

// cut shortens a text to so many characters, and makes it one that JSON can hold.
func cut(text string, most int) string {
	text = strings.ToValidUTF8(text, "")
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most-1]) + "…"
}

func earlier(one, other time.Time) time.Time {
	if other.Before(one) {
		return other
	}
	return one
}

func later(one, other time.Time) time.Time {
	if other.After(one) {
		return other
	}
	return one
}
