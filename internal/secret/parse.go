package secret

import (
	"slices"
	"strings"

	"understudy/internal/fault"
	"understudy/internal/sentence"
)

const (
	// maxPasted is the most that is looked at. A .env file is far below it.
	maxPasted = 64 << 10

	// minBody and maxBody bound what follows the prefix. Clerk's keys have 42
	// or 43 characters there; the bounds leave room for it to change that.
	minBody = 20
	maxBody = 128

	// maxKeys bounds the work on a text that is made to cost time.
	maxKeys = 100
)

// ParseKey finds the one secret key in what somebody pasted: the key alone, or
// in quotes, after "Bearer", in an assignment such as
// export CLERK_SECRET_KEY="…"; or in a whole file of settings or code. Invisible
// characters that chats and documents add are dropped.
//
// Keys of Stripe and of others begin the same way and must not be sent to Clerk.
// So a key under a name counts only if the name says Clerk, or if the names
// around it do: the part of JSON, YAML, TOML, HCL, XML or code that it stands in.
// A key without a name counts unless it looks like another vendor's. The same
// key twice is one key.
//
// A refusal is a *fault.Error with one of the Key… codes. It holds nothing of
// what was pasted but, at most, the one character that is wrong.
func ParseKey(pasted string) (Key, error) {
	if len(pasted) > maxPasted {
		return Key{}, fault.New(fault.KeyTooLong, nil)
	}
	found := find(plain(fromUTF16(pasted)))
	switch {
	case len(found.keys) > 1, found.tooMany:
		return Key{}, fault.New(fault.KeySeveral, nil)
	case len(found.keys) == 1:
		return checked(found.keys[0])
	case found.publishable:
		return Key{}, fault.New(fault.KeyPublishable, nil)
	case found.webhook:
		return Key{}, fault.New(fault.KeyWebhook, nil)
	case found.owner != "":
		return Key{}, fault.New(fault.KeyUnrecognized, nil).Saying(sentence.Of("key_unrecognized.owner", "vendor", found.owner))
	case found.foreign:
		return Key{}, fault.New(fault.KeyUnrecognized, nil).
			Saying(sentence.Of("key_unrecognized.name"))
	case found.empty:
		return Key{}, fault.New(fault.KeyMissing, nil)
	default:
		return Key{}, fault.New(fault.KeyUnrecognized, nil)
	}
}

// StoredKey returns a key that ParseKey accepted before and that was kept alone,
// without the name that spoke for it then.
func StoredKey(value string) (Key, error) { return checked(value) }

// findings is what a text holds.
type findings struct {
	keys        []string // words that are, or are meant to be, Clerk's secret keys; each once
	publishable bool
	webhook     bool
	foreign     bool   // a key under somebody else's name
	owner       string // the vendor whose keys look like one without a name
	empty       bool
	tooMany     bool
}

// find reads the text and decides whose each key is. A key that stands at
// several places belongs to whom the surest of them says.
func find(text string) findings {
	words, candidates := read(text)
	if len(candidates) > maxKeys {
		return findings{tooMany: true}
	}
	found := findings{empty: len(words) == 0}
	for _, word := range words {
		found.publishable = found.publishable || isPublishable(word)
		found.webhook = found.webhook || isWebhook(word)
	}
	mentions := mentionsIn(text)
	verdicts := map[string]verdict{}
	var order []string
	for _, c := range candidates {
		if !slices.Contains(order, c.word) {
			order = append(order, c.word)
		}
		verdicts[c.word] = max(verdicts[c.word], c.verdict(mentions))
	}
	for _, word := range order {
		owner, isSure := ownerByLook(word)
		switch v := verdicts[word]; {
		case v == others || v == vendors:
			found.foreign = true
		case owner != "" && (v == nobodys || v == context && isSure):
			found.owner = owner
		default:
			found.keys = append(found.keys, word)
		}
	}
	return found
}

// checked turns a word that is meant as a key into one, or says what is wrong
// with it.
func checked(word string) (Key, error) {
	body, ok := strings.CutPrefix(word, testPrefix)
	if !ok {
		body, ok = strings.CutPrefix(word, livePrefix)
	}
	at, wrong := firstWrong(word)
	switch {
	case strings.Contains(body, testPrefix), strings.Contains(body, livePrefix):
		return Key{}, fault.New(fault.KeySeveral, nil)
	case isMasked(word), len([]rune(word)) <= len(testPrefix):
		return Key{}, fault.New(fault.KeyTruncated, nil)
	case wrong != 0 && isForeignLetter(wrong):
		return Key{}, fault.New(fault.KeyLookalike, nil).
			Saying(sentence.Of("key_lookalike.character", "at", at, "character", describe(wrong)))
	case wrong != 0:
		return Key{}, fault.New(fault.KeyUnrecognized, nil).
			Saying(sentence.Of("key_unrecognized.character", "at", at, "character", describe(wrong)))
	case !ok:
		return Key{}, fault.New(fault.KeyTruncated, nil)
	case len(body) < minBody:
		return Key{}, fault.New(fault.KeyTruncated, nil)
	case len(body) > maxBody:
		return Key{}, fault.New(fault.KeyTooLong, nil)
	}
	return newKey(word), nil
}
