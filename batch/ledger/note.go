package ledger

import (
	"os"
	"path/filepath"
	"regexp"

	"github.com/google/renameio/v2"
)

// lockNoteName is the file beside the ledger that says who holds the lock.
const lockNoteName = "lock.json"

// halfNote is the name of such a file in the making.
var halfNote = regexp.MustCompile(`^\.` + regexp.QuoteMeta(lockNoteName) + `[0-9]+$`)

// writeNote writes a small file beside the ledger, whole or not at all. Only who
// holds the run lock may.
func writeNote(path string, text []byte) error {
	return renameio.WriteFile(path, append(text, '\n'), 0o600, renameio.WithTempDir(filepath.Dir(path)))
}

// sweepNotes removes the halves of notes that processes left in dir which died
// while they wrote. Only who holds the run lock may.
func sweepNotes(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !halfNote.MatchString(e.Name()) {
			continue
		}
		if err := os.Remove(filepath.Join(dir, e.Name())); err != nil {
			return err
		}
	}
	return nil
}
