package secret

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// verdict is whose a key is, by what stands around it. A later one is surer.
type verdict int

const (
	nobodys verdict = iota // it has no name
	others                 // its names do not say Clerk
	context                // the text around it says Clerk
	clerks                 // its name says Clerk
	vendors                // its name says another vendor
)

// vendorNames are vendors whose keys begin with sk_test_ or sk_live_, or that
// people keep beside Clerk's. They only decide where no name is: everything under
// a name that does not say Clerk is others' anyway.
const vendorNames = `stripe|paystack|paymongo|moyasar|korapay|flutterwave|razorpay|checkout\.com|lemon.?squeezy|openai|anthropic|elevenlabs`

var (
	vendorName = regexp.MustCompile(`(?i)` + vendorNames)
	clerkName  = regexp.MustCompile(`(?i)clerk`)
	anyName    = regexp.MustCompile(`(?i)clerk|` + vendorNames)
)

var (
	// neutral words say what a value is and not whose.
	neutral = regexp.MustCompile(`^(?:` +
		`secret|secrets|key|keys|api|apikey|apikeys|secretkey|token|tokens|value|values|val|default|data|string|str|` +
		`text|stringdata|env|envs|environ|environment|environments|production|prod|development|dev|test|testing|live|` +
		`staging|stage|preview|local|sandbox|backend|server|client|private|auth|authentication|config|configuration|cfg|` +
		`conf|settings|options|opts|params|props|credentials|credential|creds|vars|variables|variable|var|let|const|` +
		`export|set|app|apps|public|next|vite|nuxt|react|expo|process|os|sk|main|current|primary|id|name|http` +
		`)$`)
	// headerWord stands before a key that has no name.
	headerWord = regexp.MustCompile(`(?i)^(?:authorization|bearer|headers?)$`)
)

// said is what one name says.
type said int

const (
	nothing said = iota
	kind         // its kind, not its owner
	clerk
	other
	vendor
)

// say judges a name by its innermost part that says whose it is: secretKey in
// clerk.secretKey says nothing, clerk does.
func (p piece) say() said {
	text := p.text
	if strings.Contains(text, "://") {
		return p.mention()
	}
	parts := strings.FieldsFunc(strings.ReplaceAll(text, "__", "."), func(r rune) bool { return r == '.' || r == '/' })
	slices.Reverse(parts)
	result := nothing
	for _, part := range parts {
		switch saidHere := (piece{text: part}).mention(); {
		case saidHere != nothing:
			return saidHere
		case headerWord.MatchString(strings.Trim(part, "-")):
		case isNeutral(part):
			result = kind
		case p.assigned || isIdentifier(part) || len(parts) > 1:
			return other
		}
	}
	if result == kind && !p.assigned && !isIdentifier(text) {
		return nothing
	}
	return result
}

// mention looks for a vendor in a word.
func (p piece) mention() said {
	switch isClerk, isVendor := clerkName.MatchString(p.text), vendorName.MatchString(p.text); {
	case isVendor:
		return vendor
	case isClerk:
		return clerk
	}
	return nothing
}

// isNeutral reports whether all words of a name are neutral. Single letters and
// numbers are.
func isNeutral(name string) bool {
	for _, word := range wordsOf(name) {
		isShort := len(word) < 2 || strings.Trim(word, "0123456789") == ""
		if !isShort && !neutral.MatchString(word) && !headerWord.MatchString(word) {
			return false
		}
	}
	return true
}

// isIdentifier tells names from the words of a sentence: they have an underscore
// or a dash, or a capital after a small letter, or several of them.
func isIdentifier(word string) bool {
	words := wordsOf(word)
	return len(words) > 1 || len(words) == 1 && len(words[0]) > 1 && strings.Contains(word, strings.ToUpper(words[0]))
}

// wordsOf splits a name where its style does, and makes its words small.
func wordsOf(name string) []string {
	var words []string
	var word strings.Builder
	flush := func() {
		if word.Len() > 0 {
			words = append(words, strings.ToLower(word.String()))
			word.Reset()
		}
	}
	small := false
	for _, r := range name {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			flush()
			small = false
			continue
		case unicode.IsUpper(r) && small:
			flush()
		}
		word.WriteRune(r)
		small = unicode.IsLower(r)
	}
	flush()
	return words
}

// ownerByLook names the vendor whose keys look like a word, "" for Clerk's look.
// Stripe's keys have 24 characters after the prefix, or 99 that begin with 51
// (docs.stripe.com/keys), Paystack's 40 hexadecimal digits, Checkout.com's are
// UUIDs. It is not sure of what one key of Clerk in 3,844 begins with by chance.
func ownerByLook(word string) (owner string, isSure bool) {
	runes := []rune(word)
	if len(runes) <= len(testPrefix) || isMasked(word) {
		return "", false
	}
	const longestOfClerk = 64
	body := string(runes[len(testPrefix):])
	isLong := len(body) > longestOfClerk && len(body) <= maxBody && !strings.Contains(body, "_")
	switch {
	case hexadecimal.MatchString(body) && strings.ContainsAny(body, "0123456789") && strings.ContainsAny(body, "abcdef"):
		return "Paystack", true
	case uuid.MatchString(body):
		return "Checkout.com", true
	case stripeShort.MatchString(body), isLong:
		return "Stripe", true
	case strings.HasPrefix(body, "51"):
		return "Stripe", false
	}
	return "", false
}

var (
	hexadecimal = regexp.MustCompile(`^[0-9a-f]{32,}$`)
	uuid        = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)
	stripeShort = regexp.MustCompile(`^[0-9a-zA-Z]{24}$`)
)
