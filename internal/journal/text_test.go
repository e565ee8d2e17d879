package journal

import (
	"strings"
	"testing"
)

func TestTextPutsTheNewestCallFirstAndItsRequestsBelow(t *testing.T) {
	lines := []string{
		`{"time":"2026-11-30T12:00:01Z","level":"INFO","msg":"clerk","attempt":1,"ms":96,"request":"GET /users","status":200,"trace":"aa","call":"OLD"}`,
		`{"time":"2026-11-30T12:00:02Z","level":"INFO","msg":"call","method":"ListUsers","ms":120,"call":"OLD"}`,
		`{"time":"2026-11-30T12:00:03Z","level":"WARN","msg":"clerk","attempt":1,"ms":5,"fault":{"code":"clerk_busy","request":"GET /users/{user_id}","status":429},"call":"NEW"}`,
		`{"time":"2026-11-30T12:00:03Z","level":"INFO","msg":"clerk","attempt":2,"ms":7,"request":"GET /users/{user_id}","status":200,"call":"NEW"}`,
		`torn`,
		`{"time":"2026-11-30T12:00:04Z","level":"WARN","msg":"call","method":"GetUser","ms":14,"fault":{"code":"internal","causes":"*fs.PathError","stack":"main.run:12"},"call":"NEW"}`,
	}
	want := []string{
		"a line that cannot be read",
		"2026-11-30 12:00:04 GetUser                            14 ms  internal           NEW",
		"                    *fs.PathError",
		"                    main.run:12",
		"                      GET /users/{user_id}              5 ms  429 clerk_busy",
		"                      GET /users/{user_id} (attempt 2)      7 ms  200",
		"2026-11-30 12:00:02 ListUsers                         120 ms  ok                 OLD",
		"                      GET /users                       96 ms  200                aa",
	}
	if got := strings.Split(strings.TrimSuffix(Text(lines), "\n"), "\n"); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestTextKeepsEveryAttributeOfALine(t *testing.T) {
	for name, form := range map[string]string{
		"method": `"method":"Canary"`, "request": `"request":"GET /canary"`, "trace": `"request":"GET /x","trace":"ca"`,
		"status": `"request":"GET /x","status":418`, "fault.code": `"method":"X","fault":{"code":"canary"}`,
		"fault.request": `"fault":{"request":"GET /canary"}`, "fault.status": `"fault":{"status":418,"code":"x"}`,
		"fault.trace": `"fault":{"trace":"ca"}`, "fault.causes": `"method":"X","fault":{"causes":"*canary.E"}`,
		"fault.stack": `"method":"X","fault":{"stack":"canary.go:1"}`, "call": `"method":"X","call":"CANARY"`,
	} {
		text := strings.ToLower(Text([]string{`{"time":"2026-11-30T12:00:01Z","msg":"m",` + form + `}`}))
		if !strings.Contains(text, "canary") && !strings.Contains(text, "418") && !strings.Contains(text, "ca\n") {
			t.Errorf("%s is not in %q", name, text)
		}
	}
}
