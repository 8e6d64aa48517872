package reports

import (
	"bufio"
	"errors"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
)

// pending is a file in the making: it has a temporary name beside its real one.
type pending struct {
	*bufio.Writer
	temp *renameio.PendingFile
}

// fileSet is files of one folder that are made together and then published, or
// discarded, together.
type fileSet struct {
	dir   string
	files []*pending
}

// create starts the file name (a base name).
func (s *fileSet) create(name string) (*pending, error) {
	temp, err := renameio.NewPendingFile(filepath.Join(s.dir, name),
		renameio.WithTempDir(s.dir), renameio.WithStaticPermissions(0o600))
	if err != nil {
		return nil, err
	}
	p := &pending{bufio.NewWriterSize(temp, 64<<10), temp}
	s.files = append(s.files, p)
	return p, nil
}

// publish gives every file its real name. All of them are on the disk before the
// first is renamed, so that a full disk leaves none of them rather than some.
func (s *fileSet) publish() error {
	for _, p := range s.files {
		if err := errors.Join(p.Flush(), p.temp.Sync()); err != nil {
			return err
		}
	}
	for _, p := range s.files {
		if err := p.temp.CloseAtomicallyReplace(); err != nil {
			return err
		}
	}
	s.files = nil
	return syncFolder(s.dir)
}

// discard removes what was not published.
func (s *fileSet) discard() {
	for _, p := range s.files {
		_ = p.temp.Cleanup() // already failing: the first error is the one to tell
	}
	s.files = nil
}

// syncFolder makes the names in dir durable; a rename alone is not.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
