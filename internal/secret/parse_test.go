package secret_test

import (
	"encoding/binary"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"

	"understudy/internal/fault"
	"understudy/internal/secret"
)

const (
	testKey = "sk_test_aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7dE9"
	liveKey = "sk_live_zY9xW7vU5tS3rQ1pN9mL7kJ5hG3fE1dC9bA7zY5xW3"
)

func TestParseKeyAccepts(t *testing.T) {
	t.Parallel()
	envFile := "\ufeff# Clerk\r\n" +
		"NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY=pk_test_Y2xlcmsuZXhhbXBsZS5jb20k\r\n" +
		"CLERK_SECRET_KEY=" + testKey + "  # from the dashboard\r\n" +
		"# CLERK_SECRET_KEY=" + liveKey + "\r\n" +
		"CLERK_WEBHOOK_SECRET=whsec_abcdefabcdefabcdef\r\n" +
		"STRIPE_SECRET_KEY=sk_live_51aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n" +
		"DATABASE_URL=\"postgres://app:secret@localhost/app?sslmode=disable\"\r\n"
	cases := map[string]string{
		"bare":                      testKey,
		"spaces and line ends":      " \t" + testKey + "\r\n\n",
		"double quotes":             `"` + testKey + `"`,
		"single quotes":             "'" + testKey + "'",
		"backticks":                 "`" + testKey + "`",
		"smart quotes":              "“" + testKey + "”",
		"German quotes":             "„" + testKey + "“",
		"smart single quotes":       "‘" + testKey + "’",
		"guillemets":                "«" + testKey + "»",
		"assignment":                "CLERK_SECRET_KEY=" + testKey,
		"assignment in quotes":      `CLERK_SECRET_KEY = "` + testKey + `"`,
		"other framework's name":    "NUXT_CLERK_SECRET_KEY=" + testKey,
		"export":                    "export CLERK_SECRET_KEY='" + testKey + "';",
		"cmd":                       "set CLERK_SECRET_KEY=" + testKey,
		"PowerShell":                `$env:CLERK_SECRET_KEY = "` + testKey + `"`,
		"YAML":                      "CLERK_SECRET_KEY: " + testKey,
		"JSON":                      `{"CLERK_SECRET_KEY": "` + testKey + `", "PORT": "3000"}`,
		"bearer":                    "Bearer " + testKey,
		"header":                    "Authorization: Bearer " + testKey,
		"no-break spaces":           "\u00a0" + testKey + "\u202f",
		"byte order mark":           "\ufeff" + testKey,
		"zero-width in the middle":  testKey[:20] + "\u200b\u200d\u2060" + testKey[20:],
		"soft hyphen":               testKey[:20] + "\u00ad" + testKey[20:],
		"direction marks":           "\u202a" + testKey + "\u202c",
		"NUL at the end":            testKey + "\x00",
		"the same key twice":        testKey + "\n" + testKey,
		"twice, once assigned":      "CLERK_SECRET_KEY=" + testKey + "\n" + testKey,
		".env file":                 envFile,
		"a comment right behind it": "CLERK_SECRET_KEY=" + testKey + "#comment",
		"bare, a comment behind it": testKey + "# old: " + liveKey,
		"code, a comment behind it": testKey + "// of staging",
		"UTF-16LE":                  utf16Of(testKey, binary.LittleEndian, ""),
		"UTF-16BE":                  utf16Of(testKey, binary.BigEndian, ""),
		"UTF-16LE with a mark":      utf16Of(testKey, binary.LittleEndian, "\ufeff"),
		"UTF-16BE with a mark":      utf16Of(testKey, binary.BigEndian, "\ufeff"),
		"a file in UTF-16LE":        utf16Of(envFile, binary.LittleEndian, ""),
		"a file in UTF-16BE":        utf16Of(envFile, binary.BigEndian, ""),
	}
	for name, pasted := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			key, err := secret.ParseKey(pasted)
			if err != nil {
				t.Fatalf("refused: %v", err)
			}
			if key.Reveal() != testKey {
				t.Error("found another key than the one pasted")
			}
		})
	}
}

// utf16Of is a text as PowerShell's > and old editors write it.
func utf16Of(text string, order binary.AppendByteOrder, mark string) string {
	var encoded []byte
	for _, unit := range utf16.Encode([]rune(mark + text)) {
		encoded = order.AppendUint16(encoded, unit)
	}
	return string(encoded)
}

func TestParseKeyRefuses(t *testing.T) {
	t.Parallel()
	body := strings.TrimPrefix(testKey, "sk_test_")
	cases := map[string]struct {
		pasted string
		want   fault.Code
	}{
		"nothing":                        {"", fault.KeyMissing},
		"only spaces":                    {" \r\n\t\u00a0", fault.KeyMissing},
		"only invisible characters":      {"\ufeff\u200b", fault.KeyMissing},
		"only quotes":                    {`""`, fault.KeyMissing},
		"only a comment":                 {"# CLERK_SECRET_KEY=" + testKey, fault.KeyMissing},
		"publishable key":                {"pk_test_Y2xlcmsuZXhhbXBsZS5jb20k", fault.KeyPublishable},
		"publishable key, production":    {"NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY=pk_live_Y2xlcmsk", fault.KeyPublishable},
		"webhook secret":                 {"whsec_" + body, fault.KeyWebhook},
		"two keys":                       {testKey + "\n" + liveKey, fault.KeySeveral},
		"two keys on one line":           {testKey + ", " + liveKey, fault.KeySeveral},
		"two keys glued":                 {testKey + liveKey, fault.KeySeveral},
		"a whole one and a cut one":      {testKey + "\n" + testKey[:30], fault.KeySeveral},
		"body of 19":                     {"sk_test_" + body[:19], fault.KeyTruncated},
		"prefix alone":                   {"sk_live_", fault.KeyTruncated},
		"cut within the prefix":          {"sk_te", fault.KeyTruncated},
		"hidden by dots":                 {"sk_live_••••••••••••••••••••••••", fault.KeyTruncated},
		"hidden by asterisks":            {"sk_live_************************", fault.KeyTruncated},
		"shortened with an ellipsis":     {testKey[:40] + "…", fault.KeyTruncated},
		"shortened with three dots":      {testKey[:40] + "...", fault.KeyTruncated},
		"the app's own hint":             {"sk_live_…x7Q2", fault.KeyTruncated},
		"Cyrillic а in the body":         {"sk_test_" + "а" + body[1:], fault.KeyLookalike},
		"Cyrillic ѕ in the prefix":       {"ѕk_test_" + body, fault.KeyLookalike},
		"Greek omicron":                  {testKey[:30] + "ο" + testKey[31:], fault.KeyLookalike},
		"full-width":                     {"ｓｋ＿ｔｅｓｔ＿" + body, fault.KeyLookalike},
		"full-width digit":               {testKey[:30] + "７" + testKey[31:], fault.KeyLookalike},
		"combining mark":                 {testKey[:30] + "\u0301" + testKey[30:], fault.KeyLookalike},
		"body of 129":                    {"sk_test_" + strings.Repeat("a", 129), fault.KeyTooLong},
		"cut by a comment":               {testKey[:20] + "#comment", fault.KeyUnrecognized},
		"UTF-16 with another letter":     {utf16Of(testKey[:30]+"ο"+testKey[31:], binary.LittleEndian, "\ufeff"), fault.KeyLookalike},
		"64 KiB and a byte":              {strings.Repeat(" ", 64<<10-len(testKey)+1) + testKey, fault.KeyTooLong},
		"1 MB":                           {strings.Repeat("sk_test_", 1<<17), fault.KeyTooLong},
		"dash in the body":               {"sk_test_" + body[:20] + "-" + body[20:], fault.KeyUnrecognized},
		"upper-case prefix":              {"SK_TEST_" + body, fault.KeyUnrecognized},
		"prose":                          {"Here is what you asked for.", fault.KeyUnrecognized},
		"another vendor's key":           {"sk-proj-" + body, fault.KeyUnrecognized},
		"Stripe's variable":              {"STRIPE_SECRET_KEY=" + liveKey, fault.KeyUnrecognized},
		".env file without the key":      {"PORT=3000\nDEBUG=true\n", fault.KeyUnrecognized},
		"invalid UTF-8":                  {"\xff\xfe\xfd", fault.KeyUnrecognized},
		"UTF-16 of a key is no key here": {"s\x00k\x00-\x00", fault.KeyUnrecognized},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			key, err := secret.ParseKey(c.pasted)
			if got := fault.CodeOf(err); got != c.want {
				t.Errorf("code %q, want %q", got, c.want)
			}
			if !key.IsZero() {
				t.Error("gave a key with the refusal")
			}
		})
	}
}

// TestNoTextTakesLong has texts that are as long as is looked at. All are read to
// their end or given up; the test ends by the limit of go test if one is not.
func TestNoTextTakesLong(t *testing.T) {
	t.Parallel()
	for _, part := range []string{
		"sk_test_a ", "stripe sk_live_" + strings.Repeat("a", 30) + ",", "a(", "a(b)(c)", "{", "{]", "- ", "- \n", "<a>", "</a>", "a=b ", "a:\n", "[a]\n", "\\n", "a.b.", "&quot;", "sk_test_",
	} {
		text := strings.Repeat(part, 64<<10/len(part))
		half := len(part) * (len(text) / len(part) / 2)
		for _, pasted := range []string{text, text[:half] + strings.Repeat(")", half)} {
			if _, err := secret.ParseKey(pasted); err == nil {
				t.Errorf("found a key in a text of %q", part)
			}
		}
	}
}

func TestKeyFacts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pasted      string
		environment secret.Environment
		hint        string
	}{
		{testKey, secret.Development, "sk_test_…7dE9"},
		{liveKey, secret.Production, "sk_live_…5xW3"},
	} {
		key, err := secret.ParseKey(c.pasted)
		if err != nil {
			t.Fatal(err)
		}
		if key.Environment() != c.environment || key.Hint() != c.hint {
			t.Errorf("got %s %s, want %s %s", key.Environment(), key.Hint(), c.environment, c.hint)
		}
		if print := key.Fingerprint(); !regexp.MustCompile(`^[0-9a-f]{16}$`).MatchString(print) {
			t.Errorf("fingerprint %q", print)
		}
	}
	var none secret.Key
	if !none.IsZero() || none.Reveal() != "" || none.Hint() != "" || none.Fingerprint() != "" {
		t.Error("the zero value is not empty")
	}
}

// FuzzParseKey looks for input that panics, that gives something that is not a
// key, or that finds its way into the refusal.
func FuzzParseKey(f *testing.F) {
	for _, seed := range []string{
		"", testKey, liveKey, "CLERK_SECRET_KEY=" + testKey, "export CLERK_SECRET_KEY='" + liveKey + "';",
		"ｓｋ＿ｔｅｓｔ＿", "sk_test_•••", "pk_test_a\nwhsec_b", "# " + testKey, "\xff\ufeff\u200b", testKey + liveKey,
		`{"stripe":{"secretKey":"` + liveKey + `\n"}}`, "stripe:\n- name: x\n  value: " + testKey, "[clerk]\n<a b='" + testKey + "'/>", "sk_live_!",
	} {
		f.Add(seed)
	}
	valid := regexp.MustCompile(`^sk_(test|live)_[A-Za-z0-9]{20,128}$`)
	sentences := map[string]bool{"That key has another name than CLERK_SECRET_KEY.": true}
	withValue := regexp.MustCompile(`^Character \d{1,5} of that key is (unreadable|[^“]*“.”|an accent of its own)?( ?\(?U\+[0-9A-F]{4,6}\)?)?\. [A-Z][a-z ]+\.$|^That looks like a key of (Stripe|Paystack|Checkout\.com)\. `)
	for _, code := range fault.Codes() {
		sentences[fault.New(code, nil).Sentence()] = true
	}
	f.Fuzz(func(t *testing.T, pasted string) {
		key, err := secret.ParseKey(pasted)
		if err != nil {
			refusal := fault.From(err)
			if !strings.HasPrefix(string(refusal.Code), "key_") || !sentences[refusal.Sentence()] && !withValue.MatchString(refusal.Sentence()) || refusal.Unwrap() != nil {
				t.Fatalf("refused with %q", err)
			}
			return
		}
		if !valid.MatchString(key.Reveal()) {
			t.Fatalf("accepted %q", key.Reveal())
		}
		again, err := secret.StoredKey(key.Reveal())
		if err != nil || again.Reveal() != key.Reveal() {
			t.Fatalf("not accepted again: %v", err)
		}
	})
}
