package ledger

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Knows reports whether a run was begun in this ledger.
func (l *Ledger) Knows(ctx context.Context, runID string) (bool, error) {
	_, _, err := l.runRow(ctx, sqlFindRun, runID)
	if errors.Is(err, ErrNoRun) {
		return false, nil
	}
	return err == nil, err
}

// Fresh reports whether no run has sent to anybody by this ledger. People who were
// skipped or adopted do not count: an adoption may have broken off.
func (l *Ledger) Fresh(ctx context.Context) (bool, error) {
	var n int
	_, err := l.row(ctx, sqlUsed, nil, &n)
	return n == 0, err
}

// Behind returns the run that was last noted beside this ledger when the ledger
// does not know it: the ledger is new, or an older copy of itself. It returns ""
// when all is well. The note lies outside the database on purpose: a ledger that was
// put back from an old copy does not know the run that it names.
func (l *Ledger) Behind(ctx context.Context) (string, error) {
	id, err := l.Noted()
	if id == "" || err != nil {
		return "", err
	}
	knows, err := l.Knows(ctx, id)
	if knows || err != nil {
		return "", err
	}
	return id, nil
}

// Noted returns the run that was last noted beside this ledger; "" for none.
func (l *Ledger) Noted() (string, error) { return Noted(filepath.Dir(l.path)) }

// Noted returns the run that was last noted in a ledger's folder, where there may be
// no ledger; "" for none.
func Noted(dir string) (string, error) {
	text, err := os.ReadFile(filepath.Join(dir, lastRunName))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return strings.TrimSpace(string(text)), storage(filepath.Join(dir, FileName), err)
}

func (l *Ledger) lastRunPath() string { return filepath.Join(filepath.Dir(l.path), lastRunName) }

// NoteRun writes down the latest run, once nothing speaks against the ledger: a
// run that is held must be held again the next time. It comes after BeginRun, so
// that a crash in between leaves an older name, which the ledger knows.
func (l *Ledger) NoteRun(runID string) error {
	return storage(l.path, writeNote(l.lastRunPath(), []byte(runID)))
}
