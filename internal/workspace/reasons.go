package workspace

import "slices"

// recentReasons is how many reasons are offered.
const recentReasons = 3

// RecentReasons returns the latest reasons given in this instance, each once, newest
// first.
func (w *Workspace) RecentReasons() ([]string, error) {
	recent, err := w.History.Recent()
	if err != nil {
		return nil, err
	}
	var reasons []string
	for _, i := range recent {
		request := i.Request()
		if request.Instance != w.Instance.ID || request.Reason == "" || slices.Contains(reasons, request.Reason) {
			continue
		}
		if reasons = append(reasons, request.Reason); len(reasons) == recentReasons {
			break
		}
	}
	return reasons, nil
}
