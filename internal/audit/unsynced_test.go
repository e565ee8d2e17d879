package audit

import (
	"context"
	"io/fs"
	"os"
)

// unsynced is a file that does not wait for the disk.
type unsynced struct{ *os.File }

func (unsynced) Sync() error { return nil }

var _ file = unsynced{}

func openUnsynced(path string, flag int, mode fs.FileMode) (file, error) {
	opened, err := os.OpenFile(path, flag, mode)
	return unsynced{opened}, err
}

// WriteUnsynced fills a log fast, for benchmarks.
func WriteUnsynced(dir string, options Options, records int, record func(number int) Record) error {
	log, err := openWith(openUnsynced, dir, options)
	if err != nil {
		return err
	}
	for number := range records {
		if _, err := log.Append(context.Background(), record(number)); err != nil {
			return err
		}
	}
	return log.Close()
}
