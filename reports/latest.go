package reports

import (
	"path/filepath"

	"github.com/google/renameio/v2"
)

// pointLatest lets OUT/latest lead to the run's folder, in one step: as a
// relative symbolic link made by link, or, where the file system has none, as a
// text file that holds the folder's name.
func (f *Folder) pointLatest(link func(target, name string) error) error {
	name, target := filepath.Join(f.out, latest), filepath.Base(f.path)
	if link(target, name) != nil {
		if err := renameio.WriteFile(name, []byte(target+"\n"), 0o600, renameio.WithTempDir(f.out)); err != nil {
			return err
		}
	}
	return syncFolder(f.out)
}
