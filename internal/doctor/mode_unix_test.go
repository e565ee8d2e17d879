//go:build unix

package doctor_test

import (
	"os"
	"testing"

	"understudy/internal/doctor"
)

func TestAFolderThatOthersCanReadFails(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	expect(t, doctor.Folders(dir), doctor.Failed, "open to others (755)")
}
