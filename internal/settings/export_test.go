package settings

// Impatient makes a store try for a lock that another process has only once.
func (s *Store) Impatient() { s.file.tries = 1 }
