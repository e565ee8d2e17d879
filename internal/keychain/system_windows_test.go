package keychain

import (
	"errors"
	"syscall"
	"testing"
)

func TestErrorsOfCredentialManagerAreToldApart(t *testing.T) {
	t.Parallel()
	for code, want := range map[syscall.Errno]error{1312: ErrAbsent, 1223: ErrDeclined} {
		if got := tell(code); !errors.Is(got, want) {
			t.Errorf("%d: got %v, want %v", code, got, want)
		}
	}
}

// TestCredentialManager keeps and removes an entry of its own.
func TestCredentialManager(t *testing.T) {
	t.Parallel()
	const account = "test-of-understudy"
	s := System()
	if err := s.Set(DevService, account, "value"); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Get(DevService, account); err != nil || got != "value" {
		t.Errorf("got %q, %v", got, err)
	}
	if err := s.Delete(DevService, account); err != nil {
		t.Error(err)
	}
	if _, err := s.Get(DevService, account); !errors.Is(err, ErrNotFound) {
		t.Errorf("after it was removed: %v", err)
	}
}
