package browser

import "understudy/internal/sentence"

// safari has neither a private mode nor a profile that can be asked for from
// outside, so it is never isolated.
type safari struct{}

// arguments are those of open(1): Safari takes no address as an argument.
func (safari) arguments(_, _, address string) []string { return []string{"-a", "Safari", address} }

func (safari) heldArguments(string, string, []string, bool) []string { return nil }

func (safari) unheld(Computer, installation) Unheld { return ByKind }

func (safari) files() map[string]string { return nil }

func (safari) barrier(Computer, installation) sentence.Sentence { return sentence.Sentence{} }

func safaris() []product {
	return []product{{id: "safari", name: "Safari", family: safari{}, bundle: "Safari", binary: "Safari"}}
}
