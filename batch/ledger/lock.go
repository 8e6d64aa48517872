package ledger

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"bulkinvite/batch"
)

// runLock lets one run at a time use a ledger. The kernel frees it when the
// process dies; the note beside it says who holds it.
type runLock struct {
	lock *flock.Flock
	note string
	file fixture // what is locked
}

// holder is what stands in lock.json.
type holder struct {
	RunID   string    `json:"run_id"`
	PID     int       `json:"pid"`
	Started time.Time `json:"started"`
}

// takeLock locks dir for run, or says who holds it: *LockedError.
func takeLock(dir string, run batch.RunInfo) (*runLock, error) {
	l := &runLock{
		lock: flock.New(filepath.Join(dir, "lock")),
		note: filepath.Join(dir, lockNoteName),
	}
	ok, err := l.lock.TryLock()
	if err != nil {
		return nil, storage(dir, err)
	}
	if !ok {
		return nil, lockedBy(l.note)
	}
	l.file = fixture{what: "the lock of the ledger", path: l.lock.Path()}
	l.file.info, err = l.lock.Stat()
	if err != nil {
		return nil, errors.Join(storage(dir, err), l.lock.Unlock())
	}
	text, err := json.Marshal(holder{RunID: run.ID, PID: os.Getpid(), Started: run.Started})
	if err == nil {
		err = errors.Join(sweepNotes(dir), writeNote(l.note, text))
	}
	if err != nil {
		return nil, errors.Join(storage(dir, err), l.lock.Unlock())
	}
	return l, nil
}

func lockedBy(note string) error {
	var h holder
	text, err := os.ReadFile(note)
	if err != nil || json.Unmarshal(text, &h) != nil {
		return &LockedError{} // the holder is about to write its note
	}
	return &LockedError{RunID: h.RunID, PID: h.PID, Started: h.Started}
}

// release frees the lock. The lock file stays: removing it would let two runs
// each lock a file of that name.
func (l *runLock) release() error {
	if l == nil {
		return nil
	}
	err := os.Remove(l.note)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return errors.Join(err, l.lock.Unlock())
}
