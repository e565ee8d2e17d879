package managed

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"understudy/internal/fault"
	"understudy/internal/settings"
)

// deployed is a policy as an administrator leaves it; here that is whoever runs
// the test.
func deployed(t *testing.T, content string) File {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "understudy")
	path := filepath.Join(folder, "policy.json")
	if err := errors.Join(os.Mkdir(folder, 0o700), os.WriteFile(path, []byte(content), 0o600)); err != nil {
		t.Fatal(err)
	}
	return File{Path: path, Owner: os.Getuid()}
}

func TestLoad(t *testing.T) {
	managed, err := deployed(t, `{"version": 1, "rules": {"longest_session_minutes": 30}}`).Load()
	if err != nil {
		t.Fatal(err)
	}
	rules := managed.RulesOf("ins_1", settings.Rules{LongestSession: 60, MonthlyQuota: 5})
	if rules.LongestSession != 30 || rules.MonthlyQuota != 5 {
		t.Errorf("got %+v", rules)
	}
}

func TestNoFileManagesNothing(t *testing.T) {
	for _, missing := range []string{"policy.json", filepath.Join("no", "folder", "policy.json")} {
		managed, err := File{Path: filepath.Join(t.TempDir(), missing)}.Load()
		if err != nil || len(managed.RulesManaged("ins_1"))+len(managed.Preferences.Names()) > 0 {
			t.Errorf("%s: %+v, %v", missing, managed, err)
		}
	}
}

func TestABrokenPolicySaysWhere(t *testing.T) {
	file := deployed(t, "{\n  \"version\": 1,\n  \"rools\": {}\n}")
	_, err := file.Load()
	want := "The policy file of your organization, " + file.Path + `, cannot be used: line 3, column 3: there is no setting "rools" here.`
	if got := fault.From(err); got.Code != fault.PolicyUnusable || got.Sentence() != want {
		t.Errorf("got %q\nwant %q", got.Sentence(), want)
	}
}

func TestAFileThatIsNotAnAdministratorsIsRefused(t *testing.T) {
	const good = `{"version": 1}`
	tests := []struct {
		name  string
		spoil func(t *testing.T, f *File) error
		says  string
		unix  bool
	}{
		{"a folder", func(_ *testing.T, f *File) error { return errors.Join(os.Remove(f.Path), os.Mkdir(f.Path, 0o700)) }, "not a regular file", false},
		{"a gigabyte", func(_ *testing.T, f *File) error { return os.Truncate(f.Path, 1<<30) }, "far too large", false},
		{"a device", func(_ *testing.T, f *File) error { f.Path = "/dev/zero"; return nil }, "not a regular file", true},
		{"a link to a device", func(_ *testing.T, f *File) error {
			return errors.Join(os.Remove(f.Path), os.Symlink("/dev/zero", f.Path))
		}, "not a regular file", true},
		{"written by the group", func(_ *testing.T, f *File) error { return os.Chmod(f.Path, 0o620) }, "written by others", true},
		{"written by the world", func(_ *testing.T, f *File) error { return os.Chmod(f.Path, 0o602) }, "written by others", true},
		{"in a folder of the world", func(_ *testing.T, f *File) error { return os.Chmod(filepath.Dir(f.Path), 0o777) }, "its folder can be written", true},
		{"of somebody else", func(_ *testing.T, f *File) error { f.Owner++; return nil }, "does not belong to the administrator", true},
		{"a link into a folder of the world", func(t *testing.T, f *File) error {
			t.Helper()
			open := t.TempDir()
			target := filepath.Join(open, "policy.json")
			return errors.Join(os.Rename(f.Path, target), os.Symlink(target, f.Path), os.Chmod(open, 0o777))
		}, "its folder can be written", true},
		{"below a file", func(_ *testing.T, f *File) error { f.Path = filepath.Join(f.Path, "policy.json"); return nil }, "could not be read", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.unix && runtime.GOOS == "windows" {
				t.Skip("permissions and links are different there")
			}
			file := deployed(t, good)
			if err := tt.spoil(t, &file); err != nil {
				t.Fatal(err)
			}
			_, err := file.Load()
			if got := fault.From(err); err == nil || got.Code != fault.PolicyUnusable || !strings.Contains(got.Sentence(), tt.says) {
				t.Errorf("got %v, want %q", err, tt.says)
			}
		})
	}
}

func TestEachSystemHasItsPlaceForThePolicy(t *testing.T) {
	for goos, want := range map[string]string{
		"linux":   "/etc/understudy/policy.json",
		"darwin":  "/Library/Application Support/Understudy/policy.json",
		"windows": `C:\ProgramData\Understudy\policy.json`,
	} {
		if got := pathOn(goos, `C:\ProgramData`); got != want {
			t.Errorf("%s: got %s", goos, got)
		}
	}
}

// good uses every setting once.
const good = `{
  "$schema": "https://example.org/policy.schema.json",
  "version": 1,
  "api_url": "https://API.clerk.com",
  "preferences": {"theme": "dark", "density": "compact", "session_minutes": 10, "link_seconds": 120,
    "reason_always": true, "zoom": 110, "show_pictures": false, "lock_minutes": 5, "columns": [{"id": "email", "width": 200, "hidden": false}]},
  "rules": {
    "sign_in": {"required": true, "hours": 8, "client_id": "cl_1", "after_lock": true},
    "permission": {"organization": "org_1", "name": "org:dashboard:access", "hide_table": true},
    "protected": {"roles": ["org:admin"], "roles_effect": "ask", "domains": ["acme.com"], "domains_effect": "refuse",
      "metadata": {"role": ["admin", "owner"], "vip": ["true"]}, "metadata_effect": "refuse", "blocked_effect": "refuse"},
    "reason": {"pattern": "#\\d+", "hint": "Begin with the ticket number.", "reference": "\\d{4,}", "address": "https://acme.zendesk.com/agent/tickets/{ref}"},
    "longest_session_minutes": 30,
    "monthly_quota": 500
  },
  "instances": {"ins_1": {"longest_session_minutes": 10}}
}`

func TestParse(t *testing.T) {
	managed, err := Parse([]byte(good))
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]int{"ins_1": 10, "ins_2": 30} {
		rules := managed.RulesOf(id, settings.Rules{})
		if rules.LongestSession != want || !rules.SignIn.Required || rules.Reason.Pattern != `#\d+` {
			t.Errorf("%s: got %+v", id, rules)
		}
		if names := managed.RulesManaged(id); len(names) != 20 || !slices.Contains(names, "protected.blocked_effect") {
			t.Errorf("%s: %d managed, %v", id, len(names), names)
		}
	}
	if got := managed.APIURL; got != "https://api.clerk.com/v1" {
		t.Errorf("the address of the API is %s", got)
	}
	if names := managed.Preferences.Names(); len(names) != 9 {
		t.Errorf("managed preferences %v", names)
	}
}

// hostile are policies that are not taken, with the place of the mistake: also
// the seeds of the fuzz target, and what the schema is compared with.
var hostile = []struct {
	name, content string
	at, says      string
	schema        bool // the schema refuses it as well
}{
	{"nothing", "", "1:1", "too early", false},
	{"blanks", " \n ", "2:2", "too early", false},
	{"half of it", `{"version": 1, "rules": {`, "1:26", "too early", false},
	{"half of a name", "{\n\"vers", "2:1", "too early", false},
	{"no version", `{}`, "1:1", `"version" is missing`, true},
	{"a newer version", `{"version": 2}`, "1:13", "version 1", true},
	{"a list", `[]`, "1:1", "{ expected", true},
	{"null", `null`, "1:1", "{ expected", true},
	{"text", `"policy"`, "1:1", "{ expected", true},
	{"an unknown field", `{"version": 1, "rools": {}}`, "1:16", `no setting "rools"`, true},
	{"an unknown rule", "{\"version\": 1,\n \"rules\": {\"reason\": {\"patern\": \"x\"}}}", "2:23", `no setting "patern"`, true},
	{"a rule at the top", `{"version": 1, "monthly_quota": 5}`, "1:16", "no setting", true},
	{"another spelling", `{"Version": 1}`, "1:2", `no setting "Version"`, true},
	{"another spelling inside", `{"version": 1, "rules": {"Monthly_Quota": 5}}`, "1:26", "no setting", true},
	{"a field twice", `{"version": 1, "version": 1}`, "1:16", "twice", false},
	{"a rule twice", `{"version": 1, "rules": {"monthly_quota": 5, "monthly_quota": 6}}`, "1:46", "twice", false},
	{"an instance twice", `{"version": 1, "instances": {"ins_1": {}, "ins_1": {}}}`, "1:43", "twice", false},
	{"an escaped field twice", `{"version": 1, "\u0076ersion": 1}`, "1:16", "twice", false},
	{"text for a number", `{"version": "1"}`, "1:13", "whole number", true},
	{"a fraction", `{"version": 1, "rules": {"monthly_quota": 1.5}}`, "1:43", "whole number", true},
	{"a number beyond all", `{"version": 1, "rules": {"monthly_quota": 1e999}}`, "1:43", "whole number", false},
	{"a number for text", `{"version": 1, "preferences": {"theme": 1}}`, "1:41", "text in quotes", true},
	{"text for true", `{"version": 1, "rules": {"sign_in": {"required": "true"}}}`, "1:50", "true or false", true},
	{"null for true", `{"version": 1, "rules": {"sign_in": {"required": null}}}`, "1:50", "true or false", true},
	{"text for a list", `{"version": 1, "rules": {"protected": {"roles": "org:admin", "roles_effect": "ask"}}}`, "1:49", "[ expected", true},
	{"a number in a list", `{"version": 1, "rules": {"protected": {"roles": [7], "roles_effect": "ask"}}}`, "1:50", "text in quotes", true},
	{"null for all rules", `{"version": 1, "rules": null}`, "1:25", "{ expected", true},
	{"an impossible length", "{\"version\": 1,\n\"rules\": {\n  \"longest_session_minutes\": 45}}", "3:30", "rules.longest_session_minutes", true},
	{"an impossible theme", `{"version": 1, "preferences": {"theme": "mauve"}}`, "1:41", "preferences.theme", true},
	{"an impossible effect", `{"version": 1, "rules": {"protected": {"blocked_effect": "warn"}}}`, "1:58", "blocked_effect", true},
	{"an impossible role", `{"version": 1, "rules": {"protected": {"roles": ["admin"], "roles_effect": "ask"}}}`, "1:49", "protected.roles", true},
	{"a domain with an @", `{"version": 1, "rules": {"protected": {"domains": ["@acme.com"], "domains_effect": "ask"}}}`, "1:51", "protected.domains", true},
	{"roles without an effect", `{"version": 1, "rules": {"protected": {"roles": ["org:admin"]}}}`, "1:49", "needs its effect", true},
	{"domains without an effect", `{"version": 1, "instances": {"ins_1": {"protected": {"domains": ["acme.com"]}}}}`, "1:65", "needs its effect", true},
	{"metadata without an effect", `{"version": 1, "rules": {"protected": {"metadata": {"role": ["admin"]}}}}`, "1:52", "needs its effect", true},
	{"metadata as a list", `{"version": 1, "rules": {"protected": {"metadata": ["admin"], "metadata_effect": "ask"}}}`, "1:52", "{ expected", true},
	{"metadata with one value outside of a list", `{"version": 1, "rules": {"protected": {"metadata": {"role": "admin"}, "metadata_effect": "ask"}}}`, "1:61", "[ expected", true},
	{"metadata with a number", `{"version": 1, "rules": {"protected": {"metadata": {"tier": [3]}, "metadata_effect": "ask"}}}`, "1:62", "text in quotes", true},
	{"metadata without a value", `{"version": 1, "rules": {"protected": {"metadata": {"role": []}, "metadata_effect": "ask"}}}`, "1:52", "protected.metadata", true},
	{"metadata without a name", `{"version": 1, "rules": {"protected": {"metadata": {"": ["x"]}, "metadata_effect": "ask"}}}`, "1:52", "protected.metadata", true},
	{"metadata named with a sign that the window writes", `{"version": 1, "rules": {"protected": {"metadata": {"a=b": ["x"]}, "metadata_effect": "ask"}}}`, "1:52", "protected.metadata", true},
	{"metadata twice", `{"version": 1, "rules": {"protected": {"metadata": {"role": ["a"], "role": ["b"]}, "metadata_effect": "ask"}}}`, "1:68", "twice", false},
	{"half of a permission", `{"version": 1, "rules": {"permission": {"name": "org:a:b"}}}`, "1:40", "needs both", true},
	{"a pattern that is none", `{"version": 1, "rules": {"reason": {"pattern": "("}}}`, "1:48", "reason.pattern", false},
	{"a pattern of Perl's", `{"version": 1, "rules": {"reason": {"pattern": "(?=x)"}}}`, "1:48", "reason.pattern", false},
	{"an address without a place", `{"version": 1, "rules": {"reason": {"address": "https://acme.com/"}}}`, "1:48", "reason.address", true},
	{"an address with the host left open", `{"version": 1, "rules": {"reason": {"address": "https://acme.com{ref}/"}}}`, "1:48", "reason.address", true},
	{"an address of another scheme", `{"version": 1, "rules": {"reason": {"address": "javascript://x/{ref}"}}}`, "1:48", "reason.address", true},
	{"an address without TLS", `{"version": 1, "rules": {"reason": {"address": "http://acme.com/{ref}"}}}`, "1:48", "reason.address", true},
	{"an address with a password", `{"version": 1, "rules": {"reason": {"address": "https://me:pw@acme.com/{ref}"}}}`, "1:48", "reason.address", true},
	{"an API in the clear", `{"version": 1, "api_url": "http://api.clerk.com"}`, "1:27", "api_url", true},
	{"an API nowhere", `{"version": 1, "api_url": ""}`, "1:27", "api_url", true},
	{"an API with a password", `{"version": 1, "api_url": "https://me:pw@api.clerk.com"}`, "1:27", "api_url", true},
	{"an API of one instance", `{"version": 1, "instances": {"ins_1": {"api_url": "https://api.clerk.com"}}}`, "1:40", "no setting", true},
	{"an instance without a name", `{"version": 1, "instances": {"": {}}}`, "1:34", "instances.", true},
	{"an instance with a path", `{"version": 1, "instances": {"../x": {}}}`, "1:38", "instances.", true},
	{"two lines in a hint", `{"version": 1, "rules": {"reason": {"hint": "a\nb"}}}`, "1:45", "reason.hint", false},
	{"NUL in a hint", `{"version": 1, "rules": {"reason": {"hint": "a\u0000b"}}}`, "1:45", "reason.hint", false},
	{"NUL", "{\"version\": 1\x00}", "1:14", "invalid character", false},
	{"a byte order mark", "\uFEFF{\"version\": 1}", "1:1", "byte order mark", false},
	{"UTF-16", "\xff\xfe{\x00}\x00", "1:1", "not UTF-8", false},
	{"Latin-1", "{\"version\": 1,\n\"rules\": {\"reason\": {\"hint\": \"gr\xfc\xdfe\"}}}", "2:33", "not UTF-8", false},
	{"a comment", "{\n// ours\n\"version\": 1}", "2:1", "invalid character", false},
	{"a comma too many", `{"version": 1,}`, "1:15", "invalid character", false},
	{"no comma", `{"version": 1 "rules": {}}`, "1:15", "invalid character", false},
	{"something behind it", `{"version": 1} {"version": 1}`, "1:16", "something follows", false},
	{"deep nesting", `{"version": 1, "rules": {"reason": {"hint": ` + strings.Repeat("[", 100_000) + `}}}`, "1:45", "text in quotes", false},
	{"deep nesting all over", strings.Repeat(`{"rules":`, 100_000), "1:11", "no setting", false},
	{"behind wide letters", `{"version": 1, "rules": {"reason": {"hint": "größer 👩🏽‍🚀", "x": 1}}}`, "1:60", `no setting "x"`, true},
}

func TestAMistakeIsFoundAtItsPlace(t *testing.T) {
	for _, tt := range hostile {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse([]byte(tt.content))
			content, ok := errors.AsType[*ContentError](err)
			if !ok {
				t.Fatalf("got %v", err)
			}
			if at := strings.Join([]string{strconv.Itoa(content.Line), strconv.Itoa(content.Column)}, ":"); at != tt.at || !strings.Contains(content.Reason, tt.says) {
				t.Errorf("got %s: %s\nwant %s: %s", at, content.Reason, tt.at, tt.says)
			}
		})
	}
}

// FuzzParse checks that each file is either a policy that the settings take, or has a
// mistake at one of its lines.
func FuzzParse(f *testing.F) {
	f.Add([]byte(good))
	for _, h := range hostile {
		if len(h.content) < 1000 {
			f.Add([]byte(h.content))
		}
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		managed, err := Parse(content)
		if err == nil {
			if err := managed.RulesOf("ins_1", settings.Rules{}).Validate(); err != nil {
				t.Errorf("taken, and no good: %v", err)
			}
			return
		}
		mistake, ok := errors.AsType[*ContentError](err)
		if !ok || mistake.Line < 1 || mistake.Column < 1 || mistake.Line > strings.Count(string(content), "\n")+1 {
			t.Errorf("got %v", err)
		}
	})
}
