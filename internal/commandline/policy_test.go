package commandline

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"understudy/internal/managed"
)

func TestPolicy(t *testing.T) {
	write := func(content string) string {
		path := filepath.Join(t.TempDir(), "policy.json")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := write(`{"version": 1, "preferences": {"theme": "dark"}, "rules": {"monthly_quota": 5}, "instances": {"ins_1": {}}}`)
	bad := write("{\n  \"version\": 1,\n  \"rools\": {}\n}")
	toothless := write(`{"version": 1, "rules": {"permission": {"organization": "org_1", "name": "org:a:b"}, "reason": {"hint": "A number"}}}`)
	missing := filepath.Join(t.TempDir(), "policy.json")
	tests := []struct {
		name      string
		args      []string
		deployed  string
		want      int
		out, errs string
	}{
		{"a good one", []string{"check", good}, missing, 0, good + ": good, it manages 1 preference, 1 rule of every instance, 0 more of 1 instance\n", ""},
		{"a bad one", []string{"check", bad}, missing, 1, "", bad + ":3:3: there is no setting \"rools\" here\n"},
		{"one with rules that prove nothing", []string{"check", toothless}, missing, 2, toothless + ": good", toothless + ": warning: rules.permission.name needs sign_in.required"},
		{"each warning has a line", []string{"check", toothless}, missing, 2, "", "\n" + toothless + ": warning: rules.reason.hint needs reason.pattern"},
		{"the deployed one proves nothing", []string{"check"}, toothless, 2, toothless + ": good", "warning: "},
		{"none", []string{"check", missing}, missing, 1, "", missing + ": there is no such file\n"},
		{"a folder", []string{"check", filepath.Dir(missing)}, missing, 1, "", filepath.Dir(missing) + ": it is not a regular file\n"},
		{"the deployed one", []string{"check"}, good, 0, good + ": good", ""},
		{"the deployed one is bad", []string{"check"}, bad, 1, "", "line 3, column 3"},
		{"nothing is deployed", []string{"check"}, missing, 0, missing + ": it manages nothing\n", ""},
		{"the schema", []string{"schema"}, missing, 0, managed.Schema(), ""},
		{"nothing to do", nil, missing, exitUsage, "", "usage: "},
		{"too much to do", []string{"check", good, bad}, missing, exitUsage, "", "usage: "},
		{"something else", []string{"burn"}, missing, exitUsage, "", "usage: "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out, errs bytes.Buffer
			p := Policy{Deployed: managed.File{Path: tt.deployed, Owner: os.Getuid()}, Out: &out, Err: &errs}
			if got := p.Run(tt.args); got != tt.want || !strings.HasPrefix(out.String(), tt.out) || !strings.Contains(errs.String(), tt.errs) {
				t.Errorf("exit %d, want %d: %s%s", got, tt.want, out.String(), errs.String())
			}
		})
	}
}
