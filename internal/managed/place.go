package managed

// pathOn is where the policy is on an operating system: a place that exists on
// each and that only its administrators write to. programData is that folder of
// Windows, as the system itself tells it and not the environment, which is the
// user's.
func pathOn(goos, programData string) string {
	switch goos {
	case "darwin":
		return "/Library/Application Support/Understudy/policy.json"
	case "windows":
		return programData + `\Understudy\policy.json`
	default:
		return "/etc/understudy/policy.json"
	}
}
