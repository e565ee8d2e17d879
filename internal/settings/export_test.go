package settings

import "time"

// Wait makes a store wait that long for a lock that another process has.
func (s *Store) Wait(patience time.Duration) { s.file.patience = patience }
