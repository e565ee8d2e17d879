//go:build e2e

package managed

import "os"

// policyVariable names another policy for the program that browser tests drive.
const policyVariable = "UNDERSTUDY_E2E_POLICY"

// System is a policy of the test's own, written by whoever runs it.
func System() (File, error) {
	if path := os.Getenv(policyVariable); path != "" {
		return File{Path: path, Owner: os.Getuid()}, nil
	}
	return system()
}
