package audit

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// ExportImpersonations exports the impersonations that a query asks for into a
// file, as [History.ExportFile] does: a line of column names, then one line for each,
// the newest first. Records of the log about itself are left out.
func (h History) ExportImpersonations(ctx context.Context, path string, query Query, at Moment) error {
	return replaceExport(ctx, path, func(w io.Writer) error {
		return h.writeImpersonations(ctx, w, query, at)
	})
}

func (h History) writeImpersonations(ctx context.Context, w io.Writer, query Query, at Moment) error {
	told := h.told
	if told == nil {
		told = func(int) {}
	}
	read := meter{total: h.size(), told: told}
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	table := csv.NewWriter(w)
	_ = table.Write(impersonationColumns()) // the table keeps its error
	query.Limit = narrowPage
	for left := h.size(); ; {
		page, err := h.Page(ctx, query, at)
		if err != nil {
			return err
		}
		for _, one := range page.Found {
			if one.Stage != StageAccepted {
				_ = table.Write(impersonationCells(one))
			}
		}
		if query.Cursor = page.Next; query.Cursor == "" {
			break
		}
		next, err := h.parseCursor(query.Cursor)
		if err != nil {
			return err
		}
		read.add(left - next.before)
		left = next.before
	}
	table.Flush()
	if err := table.Error(); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

func impersonationColumns() []string {
	return []string{
		"record", "requested", "user", "operator", "operator_verified", "instance", "reason", "override",
		"reference", "browser", "link_seconds", "session_seconds", "stage", "result",
		"opened", "signed_in", "ended", "actor_token", "sessions", "seqs",
		"outcome", "pages", "sent", "held_back", "report",
	}
}

func impersonationCells(i Impersonation) []string {
	request := i.Request()
	var opened, signedIn, ended time.Time
	var browser, result, token string
	var sessions, seqs []string
	for _, r := range i.Records {
		seqs = append(seqs, strconv.FormatInt(r.Seq, 10))
		for _, session := range r.Result.Sessions {
			sessions = withOne(sessions, session)
		}
		browser, token = latest(browser, r.Browser), latest(token, r.Result.ActorToken)
		result = latest(result, r.Result.Code)
		switch r.Event {
		case Opened, Copied:
			opened = earliest(opened, r.Time)
		case SignedIn:
			signedIn = earliest(signedIn, r.Time)
		case Ended, Revoked:
			ended = r.Time
		case Requested, Issued, Unclear, Failed, Accepted, ChangesAllowed, ChangesOver, PathAllowed, ConnectionAllowed:
		}
	}
	row := []string{
		i.Record, timeCell(request.Time), request.User, request.Operator.ID, strconv.FormatBool(request.Operator.Verified),
		request.Instance, request.Reason, request.Override, request.Reference, browser,
		strconv.Itoa(request.LinkSeconds), strconv.Itoa(request.SessionSeconds), string(i.Stage), result,
		timeCell(opened), timeCell(signedIn), timeCell(ended), token, strings.Join(sessions, " "), strings.Join(seqs, " "),
		string(i.Outcome()),
	}
	closing, _ := i.Closing()
	row = append(row, reportCells(closing.Result)...)
	for n, cell := range row {
		row[n] = escapeCell(cell)
	}
	return row
}

func latest(before, now string) string {
	if now == "" {
		return before
	}
	return now
}

func earliest(before, now time.Time) time.Time {
	if before.IsZero() {
		return now
	}
	return before
}
