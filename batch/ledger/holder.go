package ledger

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// Holder is the run that took a ledger's run lock last.
type Holder struct {
	RunID   string
	PID     int
	Started time.Time
	Alive   bool // it holds the lock still; else it died with it
}

// FindHolder says who holds the run lock of the ledger in dir, by the note beside
// the lock; false when nobody does. It does not touch the lock, so that it can
// turn nobody away. The error is a *[StorageError].
func FindHolder(dir string) (Holder, bool, error) {
	var h holder
	text, err := os.ReadFile(filepath.Join(dir, lockNoteName))
	if errors.Is(err, fs.ErrNotExist) {
		return Holder{}, false, nil
	}
	if err != nil {
		return Holder{}, false, storage(dir, err)
	}
	if err := json.Unmarshal(text, &h); err != nil {
		return Holder{}, false, &StorageError{Path: dir, Reason: "the file lock.json cannot be read: the next run writes it anew", Err: err}
	}
	return Holder{RunID: h.RunID, PID: h.PID, Started: h.Started, Alive: alive(h.PID, h.Started)}, true, nil
}

// begunLate is how much later than its run a process may seem to have begun:
// clocks are set.
const begunLate = time.Minute

// alive reports whether the process that began a run at started is still there.
// Its number may be another process's by now, above all after the machine went
// down: that one began later.
func alive(pid int, started time.Time) bool {
	if pid <= 0 {
		return false
	}
	process, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	if err := process.Signal(syscall.Signal(0)); err != nil && !errors.Is(err, syscall.EPERM) {
		return false
	}
	began, known := processBegan(pid)
	return !known || !began.After(started.Add(begunLate))
}
