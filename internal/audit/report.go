package audit

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"understudy/internal/durable"
	"understudy/internal/fault"
)

// reportsFolder holds the reports of impersonations, beside the files of the log:
// reports/<id of the impersonation>.json. A report counts only if the closing record
// has its SHA-256 in Result.Report; of several such records the last one counts.
const reportsFolder = "reports"

// maxReport is the longest report that is kept, in bytes.
const maxReport = 1 << 20

const reportEnding = ".json"

// reportIDs are the ids that can name a file on every system.
var reportIDs = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

var errReport = errors.New("no report: its id or its length is out of bounds")

// SaveReport keeps the report of an impersonation, for this user only, and returns its
// SHA-256 as lower-case hex for the closing record. It is on the disk then. A
// report that was kept before is replaced, so no record with a hash may exist yet.
// The code is [fault.AuditUnwritable], or [fault.Canceled] if ctx was done before.
func (l *Log) SaveReport(ctx context.Context, id string, content []byte) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", fault.New(fault.Canceled, err)
	}
	if !reportIDs.MatchString(id) || len(content) == 0 || len(content) > maxReport {
		return "", unwritable(errReport)
	}
	folder := filepath.Join(l.dir, reportsFolder)
	if err := durable.PrivateDir(folder); err != nil {
		return "", unwritable(err)
	}
	if err := durable.Replace(filepath.Join(folder, id+reportEnding), content); err != nil {
		return "", unwritable(err)
	}
	return hashOf(content), nil
}

// Report gives the report of an impersonation, if it is the one that its closing
// record names. Else the code is [fault.ReportDamaged], also where the file is gone.
// Where no record names one it is [fault.ReportNone], and where nothing is on record
// of the impersonation [fault.ImpersonationUnknown].
func (h History) Report(id string) ([]byte, error) {
	found, err := h.Of(id)
	if err != nil {
		return nil, err
	}
	closing, has := found.Closing()
	if !has {
		return nil, fault.New(fault.ReportNone, nil)
	}
	content, err := h.readReport(id)
	if err != nil || hashOf(content) != closing.Result.Report {
		return nil, fault.New(fault.ReportDamaged, err)
	}
	return content, nil
}

// Closing is the last record that names a report. It is false if none does.
func (i Impersonation) Closing() (Record, bool) {
	for _, record := range slices.Backward(i.Records) {
		if record.Result.Report != "" {
			return record, true
		}
	}
	return Record{}, false
}

// readReport reads the file of a report. Its error is [os.ErrNotExist] if there is none.
func (h History) readReport(id string) ([]byte, error) {
	if !reportIDs.MatchString(id) {
		return nil, errReport
	}
	file, err := durable.OpenRegular(filepath.Join(h.dir, reportsFolder, id+reportEnding))
	if err != nil {
		return nil, fmt.Errorf("open report: %w", err)
	}
	defer func() { _ = file.Close() }() // only read
	content, err := io.ReadAll(io.LimitReader(file, maxReport+1))
	if err != nil {
		return nil, fmt.Errorf("read report: %w", err)
	}
	return content, nil
}

// ReportProblem is what is wrong with a report.
type ReportProblem string

// The problems of a report.
const (
	ReportChanged ReportProblem = "changed" // its bytes are not those that the record names
	ReportMissing ReportProblem = "missing" // the record names one, and there is none
	// ReportExtra is a file that no record names. A crash leaves one, between the
	// report and the record that closes the impersonation.
	ReportExtra ReportProblem = "extra"
)

// ReportFinding is a report that is not as the log says.
type ReportFinding struct {
	Problem ReportProblem
	Seq     int64  // number of the record that names it, 0 of an extra one
	File    string // "reports/ID.json"
}

// String is a sentence.
func (f ReportFinding) String() string {
	switch f.Problem {
	case ReportMissing:
		return fmt.Sprintf("The report that record %d names is missing: %s.", f.Seq, f.File)
	case ReportExtra:
		return fmt.Sprintf("No record names %s.", f.File)
	case ReportChanged:
	}
	return fmt.Sprintf("The report that record %d names was changed: %s.", f.Seq, f.File)
}

// named is a report as a record names it.
type named struct {
	seq  int64
	hash string
}

// checkReports compares the files of reports with those that records name, by the id
// of the impersonation. Problems come in the order of the records, extra files last.
func (h History) checkReports(ctx context.Context, all map[string]named) ([]ReportFinding, error) {
	var found []ReportFinding
	for id, report := range all {
		if err := ctx.Err(); err != nil {
			return nil, fault.New(fault.Canceled, err)
		}
		problem := ReportChanged
		switch content, err := h.readReport(id); {
		case err == nil && hashOf(content) == report.hash:
			continue
		case errors.Is(err, os.ErrNotExist):
			problem = ReportMissing
		}
		found = append(found, ReportFinding{problem, report.seq, reportsFolder + "/" + id + reportEnding})
	}
	slices.SortFunc(found, func(a, b ReportFinding) int { return cmp.Compare(a.Seq, b.Seq) })
	folder := filepath.Join(h.dir, reportsFolder)
	entries, err := os.ReadDir(folder)
	if err != nil && !isMissing(folder) {
		return nil, unreadable(err)
	}
	for _, entry := range entries {
		id, isReport := strings.CutSuffix(entry.Name(), reportEnding)
		if _, known := all[id]; !known || !isReport {
			found = append(found, ReportFinding{ReportExtra, 0, reportsFolder + "/" + entry.Name()})
		}
	}
	return found, nil
}
