package directory

import (
	"regexp"
	"strings"
)

// The window knows the same meanings, in features/users/search/meaning.ts.
var (
	wholeAddress = regexp.MustCompile("^[^ @,;<>()\\[\\]{}\"`“”„‘«»]+@[^ @,;<>()\\[\\]{}\"'`“”„’«».]+(?:\\.[^ @,;<>()\\[\\]{}\"'`“”„’«».]+)+$")
	wholeWallet  = regexp.MustCompile(`^0x[0-9A-Fa-f]{40}$`)
	// dialled is what a telephone number is written with. Between its digits people
	// put spaces, dots, slashes, brackets and any of the dashes.
	dialled = regexp.MustCompile(`^\(?(\+|00)?[0-9 ()./\x{2009}\x{202f}\x{2010}-\x{2015}\x{2212}-]*$`)
	noDigit = regexp.MustCompile(`[^0-9]`)
	// noPhone are a date and an address in a network.
	noPhone  = regexp.MustCompile(`^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}$|^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}$|^\d{1,3}(?:\.\d{1,3}){3}$`)
	numbered = regexp.MustCompile(`^[^ @]*[0-9][^ @]*$`)
)

// Digits that a telephone number has at least and at most.
const fewestDigits, mostDigits = 7, 15

// kind is what a whole search text names somebody by, as the prefix of a
// condition; "" are words.
type kind string

// meaningOf returns what free text names users by, and their values as Clerk keeps
// them: one, or the items of a list, each once. Without a kind there are none.
func meaningOf(text string) (kind, []string) {
	items := itemsOf(text)
	if len(items) == 0 {
		return "", nil
	}
	of := kindOf(items)
	if of == "" {
		return "", nil
	}
	for i, item := range items {
		items[i] = valueOf(of, item)
	}
	return of, distinct(items)
}

func kindOf(items []string) kind {
	switch {
	case all(items, isAddress):
		return "email"
	case all(items, isUserID):
		return "id"
	case all(items, isPhone):
		return "phone"
	case all(items, isWallet):
		return "wallet"
	}
	return ""
}

// valueOf is a value as Clerk keeps it.
func valueOf(of kind, text string) string {
	switch of {
	case "email":
		return strings.ToLower(text)
	case "phone":
		if number := phoneOf(text); number != "" {
			return number
		}
		if match := dialled.FindStringSubmatch(text); match != nil {
			digits := noDigit.ReplaceAllString(text, "")
			if match[1] == "" && len(digits) >= fewestDigits {
				return strings.TrimPrefix(digits, "0")
			}
			return strings.TrimPrefix(match[1], "00") + digits
		}
	}
	return text
}

func isAddress(text string) bool  { return wholeAddress.MatchString(text) }
func isPhone(text string) bool    { return phoneOf(text) != "" }
func isWallet(text string) bool   { return wholeWallet.MatchString(text) }
func isNumbered(text string) bool { return numbered.MatchString(text) }

// isWholePhone tells a number in the form that Clerk keeps: with its country.
func isWholePhone(text string) bool {
	return strings.HasPrefix(text, "+") && len(text) > fewestDigits
}

// phoneOf returns the digits of a telephone number, with a plus before its
// country. Without a country it is a part of the number only, and its leading 0 is
// cut off, which Clerk does not keep. It returns "" for a text that may be another
// kind of number.
func phoneOf(text string) string {
	match := dialled.FindStringSubmatch(text)
	if match == nil || noPhone.MatchString(text) {
		return ""
	}
	digits := noDigit.ReplaceAllString(strings.ReplaceAll(text, "(0)", ""), "")
	switch {
	case len(digits) > mostDigits+len("00"):
		return ""
	case match[1] == "+" && len(digits) > 0:
		return "+" + digits
	case len(digits) < fewestDigits:
		return ""
	case match[1] == "00":
		return "+" + digits[len("00"):]
	case !noDigit.MatchString(text): // a bare number may be anything
		return ""
	}
	return strings.TrimPrefix(digits, "0")
}
