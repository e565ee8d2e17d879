package secret_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"understudy/internal/fault"
	"understudy/internal/secret"
)

// Keys of others, as in their documentation. Nobody can tell likeClerks from a key of
// Clerk's by its look.
const (
	stripeLong  = "sk_live_51H8aXbKdL2mNoPqR3sTuVwXyZ0aBcDeFgHiJkLmNoPqRsTuVwXyZ1234567890AbCdEfGhIjKlMnOpQrStUvWxYz00AbCdEfGhI"
	stripeOld   = "sk_test_4eC39HqLyjWDarjtT1zdp7dc"
	paystack    = "sk_live_0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c"
	checkout    = "sk_test_0b9b5db6-f223-49d0-b68f-f6643dd4f808"
	likeClerks  = "sk_live_Q1w2E3r4T5y6U7i8O9p0A1s2D3f4G5h6J7k8L9z0X1"
	clerkWith51 = "sk_live_51y9xW7vU5tS3rQ1pN9mL7kJ5hG3fE1dC9bA7zY5xW"
)

// TestAKeyUnderAnotherNameIsNotClerks has one key each, which looks like Clerk's.
func TestAKeyUnderAnotherNameIsNotClerks(t *testing.T) {
	t.Parallel()
	for _, pattern := range []string{
		`{"stripeSecretKey":"KEY"}`, `{"stripe":{"secretKey":"KEY"}}`, `{"clerk":{"publishableKey":"pk_test_a"},"stripe":{"secretKey":"KEY"}}`,
		"{\n  \"stripe\":\n  {\n    \"secretKey\":\n      \"KEY\"\n  }\n}", `{"payments":{"live":{"secret":"KEY"}}}`, `{"secretKey":"KEY"}`,
		`{"clerk":{"stripe":{"secretKey":"KEY"}}}`, `{"clerk":{"acme":{"key":"KEY"}}}`, `"{\"stripe\":{\"secretKey\":\"KEY\"}}"`,
		`{"name":"STRIPE_SECRET_KEY","value":"KEY"}`, `{"value":"KEY","name":"STRIPE_SECRET_KEY"}`, `[{"key":"CLERK_SECRET_KEY","value":""},{"key":"ACME","value":"KEY"}]`,
		`stripe_secret_key = "KEY"`, "stripe = {\n  secret_key = \"KEY\"\n}", "variable \"stripe_secret_key\" {\n  type    = string\n  default = \"KEY\"\n}",
		"stripe:\n  secretKey: KEY", "stripe:\n  live:\n    key: 'KEY'", "stripe:\n- KEY", "stripe:\n  keys:\n    - KEY", "stripe_key: |\n  KEY", "stripe: &x\n  secret: KEY",
		"clerk:\n  publishable: pk_test_x\nstripe:\n  secret: KEY", "clerk:\n  secret:\nacme:\n  secret: KEY", "- name: STRIPE_SECRET_KEY\n  value: KEY", "env:\n- name: ACME_KEY\n  value: KEY",
		"[stripe]\nsecret_key = \"KEY\"", "[clerk]\na = 1\n[stripe]\nsecret_key = \"KEY\"", "[clerk.stripe]\nkey=KEY", "[[clerk]]\na=1\n[[acme]]\nkey=KEY", "stripe.secret.key=KEY", "stripe.secret-key: KEY", "Stripe__SecretKey=KEY",
		"STRIPE_SECRET_KEY=KEY", "export stripe_secret_key='KEY'", "SECRET_KEY=KEY", "secret_key=KEY", "CLERK_SECRET_KEY=\nSECRET_KEY=KEY", "CLERK_NOTE=(see\nAPI_KEY=KEY", "ENV STRIPE_SECRET_KEY KEY", "ENV ACME_SECRET_KEY KEY", "setx STRIPE_KEY KEY",
		"      - STRIPE_SECRET_KEY=KEY", "docker run -e CLERK_PUBLISHABLE_KEY=pk_test_x -e SECRET_KEY=KEY", "export STRIPE_SECRET_KEY=\\\nKEY",
		"const stripeSecretKey = 'KEY'", "const stripe = new Stripe('KEY')", "const stripe = new Stripe(\n  'KEY',\n)", "new PaymentGateway('KEY')", `require("stripe")("KEY")`, `Stripe.api_key = "KEY"`, `stripe.Key = "KEY"`, `acme.Key = "KEY"`, `Stripe::setApiKey("KEY")`, `os.environ["STRIPE_SECRET_KEY"] = "KEY"`, `process.env.STRIPE_KEY || "KEY"`, `let stripe_key: &str = "KEY"`, `clerk({ stripeKey: 'KEY' })`, `'stripe' => ['secret' => 'KEY']`, `$stripe->key = 'KEY'`, `set("STRIPE_KEY", "KEY")`, `set("ACME_KEY", "KEY")`,
		`<add key="STRIPE_SECRET_KEY" value="KEY" />`, "<stripe><secretKey>KEY</secretKey></stripe>", "<stripeSecretKey>\n  KEY\n</stripeSecretKey>", "<dict><key>ClerkName</key><string>x</string><key>StripeKey</key><string>KEY</string></dict>",
		"| STRIPE_SECRET_KEY | KEY |", "STRIPE_SECRET_KEY,KEY", "Stripe: KEY", "Acme: KEY", "Stripe:\nKEY", "Our stripe key is KEY", "Stripe\nKEY", "# Stripe\nKEY", "stripe and clerk: KEY", "CLERK_STRIPE_SECRET_KEY=KEY",
		`curl https://api.stripe.com/v1/charges -u KEY:`, `curl -H "Authorization: Bearer KEY" https://api.stripe.com/v1/charges`, "https://example.com/?stripe_key=KEY&a=b", "https://example.com/?acme_key=KEY",
		"Lemon Squeezy KEY", "LEMON_SQUEEZY_KEY=KEY", "sk_test_key = KEY", "acme_keys: KEY, " + testKey[:10],
		"CLERK_SECRET_KEY=KEY\nSTRIPE_SECRET_KEY=KEY",
	} {
		if key, err := secret.ParseKey(strings.ReplaceAll(pattern, "KEY", likeClerks)); err == nil {
			t.Errorf("%s: took %s as Clerk's", pattern, key.Hint())
		}
	}
}

func TestAKeyUnderClerksNameIsTaken(t *testing.T) {
	t.Parallel()
	for _, pattern := range []string{
		`{"clerkSecretKey":"KEY"}`, `{"clerk":{"secretKey":"KEY"}}`, `{"stripe":{"secretKey":"` + stripeLong + `"},"clerk":{"secretKey":"KEY"}}`, "{\n  \"clerk\": {\n    \"secretKey\": \"KEY\"\n  }\n}",
		`{"app":{"auth":{"Clerk":{"Secret-Key":"KEY"}}}}`, `"{\"clerk\":{\"secretKey\":\"KEY\"}}"`, `{"name":"CLERK_SECRET_KEY","value":"KEY"}`, `{"value":"KEY","key":"clerk_secret_key"}`,
		`clerk_secret_key = "KEY"`, "clerk = {\n  secret_key = \"KEY\"\n}", "variable \"clerk_secret_key\" {\n  default = \"KEY\"\n}", "key = \"CLERK_SECRET_KEY\"\nvalue = \"KEY\"",
		"clerk:\n  secretKey: KEY", "clerk:\n  live:\n    key: 'KEY'", "clerk_key: >-\n  KEY", "env:\n- name: ACME\n  value: x\n- name: CLERK_SECRET_KEY\n  value: KEY", "a:\n  clerk:\n    # the key\n\n    secret: KEY", "clerk:\n- KEY",
		"[clerk]\nsecret_key = \"KEY\"", "[env.clerk]\r\nsecret_key = \"KEY\"\r\n", "clerk.secret.key=KEY", "clerk.secret-key: KEY", "Clerk__SecretKey=KEY", "app.clerk/secret=KEY",
		"export clerk_secret_key='KEY'", "ENV CLERK_SECRET_KEY KEY", "      - CLERK_SECRET_KEY=KEY", "docker run -e STRIPE_SECRET_KEY=" + stripeOld + " -e CLERK_SECRET_KEY=KEY app", "fly secrets set CLERK_SECRET_KEY=KEY",
		"const clerkSecretKey = 'KEY'", "const clerkSecretKey: string = 'KEY'", "createClerkClient({ secretKey: 'KEY' })", `clerk.SetKey("KEY")`, `ENV['CLERK_SECRET_KEY'] = 'KEY'`, `process.env.CLERK_SECRET_KEY ?? "KEY"`, `'clerk' => ['secret' => 'KEY']`,
		`<add key="CLERK_SECRET_KEY" value="KEY" />`, "<clerk><secretKey>KEY</secretKey></clerk>", "<key>ClerkSecretKey</key>\n<string>KEY</string>",
		"| CLERK_SECRET_KEY | KEY |", "Clerk: KEY", "Clerk:\nKEY", `curl https://api.clerk.com/v1/users -H "Authorization: Bearer KEY"`, "Stripe " + stripeLong + "\nClerk KEY", "KEY\n" + paystack, stripeLong + "\nKEY", checkout + " KEY",
		`CLERK_SECRET_KEY="KEY\n"`, `CLERK_SECRET_KEY="KEY\r\n"`, `CLERK_SECRET_KEY="KEY\\n"`, `KEY\n`, `CLERK_SECRET_KEY=\"KEY\"`, `CLERK_SECRET_KEY='"KEY"'`, `CLERK_SECRET_KEY=\u0022KEY\u0022`, `CLERK_SECRET_KEY=&quot;KEY&quot;`,
		`STRIPE_SECRET_KEY="` + likeClerks + `\n"` + "\n" + `CLERK_SECRET_KEY="KEY\n"`, `CLERK_SECRET_KEY="KEY\nSTRIPE_SECRET_KEY=` + likeClerks + `\n"`,
	} {
		for _, want := range []string{testKey, liveKey, clerkWith51} {
			key, err := secret.ParseKey(strings.ReplaceAll(pattern, "KEY", want))
			isNameless := err != nil && want == clerkWith51 // looks like Stripe's where no name speaks for it
			if !isNameless && (err != nil || key.Reveal() != want) {
				t.Errorf("%s with %s: found %s, %v", pattern, want[:10], key.Hint(), err)
			}
		}
	}
}

func TestAKeyOfAnotherVendorsLookIsRefused(t *testing.T) {
	t.Parallel()
	for vendor, keys := range map[string][]string{
		"Stripe": {stripeLong, stripeOld, clerkWith51}, "Paystack": {paystack}, "Checkout.com": {checkout},
	} {
		for _, key := range keys {
			for _, pasted := range []string{key, `"` + key + `\n"`, "Bearer " + key} {
				_, err := secret.ParseKey(pasted)
				if fault.CodeOf(err) != fault.KeyUnrecognized || !strings.Contains(fault.From(err).Sentence(), vendor) {
					t.Errorf("%s: %v", vendor, err)
				}
			}
		}
	}
	if key, err := secret.ParseKey("CLERK_SECRET_KEY=" + clerkWith51); err != nil || key.Reveal() != clerkWith51 {
		t.Errorf("a key that only looks like Stripe's, with Clerk's name: %v", err)
	}
	if key, err := secret.StoredKey(clerkWith51); err != nil || key.Reveal() != clerkWith51 {
		t.Errorf("a key that only looks like Stripe's, from the keychain: %v", err)
	}
}

func TestARefusalSaysWhichCharacterIsWrong(t *testing.T) {
	t.Parallel()
	at := func(place int, wrong string) string {
		runes := []rune(testKey)
		return string(runes[:place-1]) + wrong + string(runes[place:])
	}
	for want, pasted := range map[string]string{
		"Character 12 of that key is the Cyrillic “а” (U+0430).": at(12, "а"),
		"Character 1 of that key is the Cyrillic “ѕ” (U+0455).":  at(1, "ѕ"),
		"Character 31 of that key is the Greek “ο” (U+03BF).":    "CLERK_SECRET_KEY=" + at(31, "ο"),
		"Character 20 of that key is a full-width “７”.":          at(20, "７"),
		"Character 50 of that key is “-”.":                       at(50, "-"),
		"Character 15 of that key is “_”.":                       at(15, "_"),
		"Character 9 of that key is an accent of its own":        at(9, "\u0301"),
		"Character 40 of that key is unreadable.":                at(40, "\xff"),
	} {
		_, err := secret.ParseKey(pasted)
		got := fault.From(err).Sentence()
		if !strings.HasPrefix(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
		if strings.Contains(got, testKey[20:26]) || strings.Contains(got, testKey[40:]) {
			t.Errorf("%q shows the key", got)
		}
	}
}

// TestOnlyClerksKeyIsFoundAmongOthers writes keys of several vendors, Clerk's
// among them or not, under random names in random formats, order and nesting.
func TestOnlyClerksKeyIsFoundAmongOthers(t *testing.T) {
	t.Parallel()
	for seed := range uint64(1_000) {
		random := rand.New(rand.NewPCG(seed, 17))
		text, want := mixture(random)
		key, err := secret.ParseKey(text)
		switch {
		case err == nil && key.Reveal() != want:
			t.Fatalf("seed %d: took the key of another from\n%s", seed, text)
		case err != nil && want != "":
			t.Fatalf("seed %d: %v, with Clerk's key in\n%s", seed, err, text)
		}
	}
}

// mixture gives a text and Clerk's key in it, "" if there is none.
func mixture(random *rand.Rand) (text, want string) {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	body := func(length int, from string) string {
		made := make([]byte, length)
		for i := range made {
			made[i] = from[random.IntN(len(from))]
		}
		return string(made)
	}
	pick := func(from ...string) string { return from[random.IntN(len(from))] }
	prefix := pick("sk_test_", "sk_live_")
	made := map[string]string{
		"stripe": prefix + "51" + body(97, letters), "paystack": prefix + body(40, "0123456789abcdef"), "paymongo": prefix + body(24, letters),
		"moyasar": prefix + body(40, letters), "acme": prefix + body(42, letters), "checkout": prefix + "0b9b5db6-f223-49d0-b68f-f6643dd4f808",
	}
	if random.IntN(4) > 0 {
		want = prefix + body(42, letters)
		made["clerk"] = want
	}
	var entries []entry
	for vendor, key := range made {
		if vendor == "clerk" || random.IntN(2) == 0 {
			parts := append([]string{vendor}, strings.Fields(pick("secret key", "api key", "key", "live secret", "secret"))...)
			entries = append(entries, entry{parts, key + pick("", "", `\n`, `\r\n`)})
		}
	}
	// Maps go in another order each time: only the seed decides here.
	sortEntries(entries)
	random.Shuffle(len(entries), func(i, j int) { entries[i], entries[j] = entries[j], entries[i] })
	return formats[random.IntN(len(formats))](random, entries), want
}

func sortEntries(entries []entry) {
	for i := range entries {
		for j := i; j > 0 && entries[j].name[0] < entries[j-1].name[0]; j-- {
			entries[j], entries[j-1] = entries[j-1], entries[j]
		}
	}
}

// entry is a key and the words of its name, whose first is the vendor.
type entry struct {
	name []string
	key  string
}

func camel(words []string) string {
	name := words[0]
	for _, word := range words[1:] {
		name += strings.ToUpper(word[:1]) + word[1:]
	}
	return name
}

func styled(random *rand.Rand, words []string) string {
	switch random.IntN(6) {
	case 0:
		return strings.ToUpper(strings.Join(words, "_"))
	case 1:
		return strings.Join(words, "_")
	case 2:
		return strings.Join(words, "-")
	case 3:
		return strings.Join(words, ".")
	case 4:
		return strings.ToUpper(words[0][:1]) + camel(words)[1:]
	}
	return camel(words)
}

var wrappers = []string{"app", "services", "production", "credentials", "settings"}

var formats = []func(*rand.Rand, []entry) string{
	lines("%s=%s"), lines("%s = \"%s\""), lines("%s: %s"), lines("export %s='%s';"), lines("      - %s=%s"), lines("ENV %s %s"),
	lines("const %s = '%s'"), lines("%s,%s"), lines("| %s | %s |"), lines("{\"name\": \"%s\", \"value\": \"%s\"},"), lines("- name: %s\n  value: %s"),
	lines("<add key=\"%s\" value=\"%s\"/>"), lines("os.environ[\"%s\"] = \"%s\""),
	func(r *rand.Rand, all []entry) string { // one line of JSON or an object of code
		var items []string
		for _, e := range all {
			items = append(items, fmt.Sprintf("%q:%q", styled(r, e.name), e.key))
		}
		return "{" + strings.Join(items, ",") + "}"
	},
	func(r *rand.Rand, all []entry) string { // nested JSON, plain, indented or in a string
		tree := map[string]any{}
		for _, e := range all {
			tree[e.name[0]] = map[string]any{"publishableKey": "pk_test_x", camel(e.name[1:]): e.key}
		}
		text, _ := json.MarshalIndent(map[string]any{wrappers[r.IntN(len(wrappers))]: tree}, "", strings.Repeat(" ", r.IntN(3)))
		if r.IntN(3) == 0 {
			text, _ = json.Marshal(string(text))
		}
		return string(text)
	},
	func(r *rand.Rand, all []entry) string { // YAML
		text := wrappers[r.IntN(len(wrappers))] + ":\n"
		for _, e := range all {
			text += fmt.Sprintf("  %s:\n    other: 1\n    # a comment\n    %s: %s\n", e.name[0], styled(r, e.name[1:]), e.key)
		}
		return text
	},
	func(r *rand.Rand, all []entry) string { // TOML, INI
		var text strings.Builder
		for _, e := range all {
			fmt.Fprintf(&text, "[%s]\nport = 1\n%s = \"%s\"\n\n", e.name[0], styled(r, e.name[1:]), e.key)
		}
		return text.String()
	},
	func(r *rand.Rand, all []entry) string { // HCL, code
		var text strings.Builder
		for _, e := range all {
			fmt.Fprintf(&text, "%s {\n  port = 1\n  %s = \"%s\"\n}\n", e.name[0], styled(r, e.name[1:]), e.key)
		}
		return text.String()
	},
	func(_ *rand.Rand, all []entry) string { // XML
		var text strings.Builder
		for _, e := range all {
			fmt.Fprintf(&text, "<%s>\n <port>1</port><%s>%s</%[2]s>\n</%[1]s>\n", e.name[0], camel(e.name[1:]), e.key)
		}
		return text.String()
	},
}

func lines(format string) func(*rand.Rand, []entry) string {
	return func(r *rand.Rand, all []entry) string {
		var text strings.Builder
		for _, e := range all {
			text.WriteString(fmt.Sprintf(format, styled(r, e.name), e.key) + "\n")
			if r.IntN(3) == 0 {
				text.WriteString("PORT=3000\n\n")
			}
		}
		return text.String()
	}
}
