package settings

import "slices"

// How many searches are kept of an instance.
const (
	maxPinned = 20
	maxRecent = 8
)

// maxSearch is the most bytes of a search text.
const maxSearch = 1000

// Searches are what an operator searched for in an instance, as they typed it.
// This can name a person, if the operator did: it is the only such text that is
// kept, and nothing that Clerk answered is added to it.
type Searches struct {
	Pinned []string `json:"pinned"` // in the order in which they were pinned
	Recent []string `json:"recent"` // the latest first; none of them is pinned
}

// Remember makes a text the latest search.
func (s *Searches) Remember(text string) {
	if text == "" || slices.Contains(s.Pinned, text) {
		return
	}
	s.Recent = append([]string{text}, without(s.Recent, text)...)
	s.Recent = s.Recent[:min(len(s.Recent), maxRecent)]
}

// Pin keeps a search until it is unpinned. The oldest pin gives way when there
// are too many.
func (s *Searches) Pin(text string) {
	if text == "" || slices.Contains(s.Pinned, text) {
		return
	}
	s.Recent = without(s.Recent, text)
	s.Pinned = append(s.Pinned, text)
	s.Pinned = s.Pinned[max(0, len(s.Pinned)-maxPinned):]
}

// Unpin makes a pinned search one of the recent ones.
func (s *Searches) Unpin(text string) {
	if slices.Contains(s.Pinned, text) {
		s.Pinned = without(s.Pinned, text)
		s.Remember(text)
	}
}

// Forget drops what is not pinned.
func (s *Searches) Forget() { s.Recent = nil }

func (s *Searches) clone() Searches {
	return Searches{Pinned: slices.Clone(s.Pinned), Recent: slices.Clone(s.Recent)}
}

func (s *Searches) valid() bool {
	isNoSearch := func(text string) bool { return text == "" || !isLine(text, maxSearch) }
	return len(s.Pinned) <= maxPinned && len(s.Recent) <= maxRecent &&
		!slices.ContainsFunc(s.Pinned, isNoSearch) && !slices.ContainsFunc(s.Recent, isNoSearch)
}

func without(all []string, text string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(other string) bool { return other == text })
}
