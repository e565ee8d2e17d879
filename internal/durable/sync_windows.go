package durable

// SyncDir does nothing: Windows cannot flush a folder, and NTFS journals names.
func SyncDir(string) error { return nil }

// withoutWaiting is nothing: a name in a folder of Windows leads to no pipe.
const withoutWaiting = 0
