package ledger

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"time"
)

// Close waits for what is being written and frees the lock. The error is a
// *[StorageError] where a file of the ledger was deleted or replaced meanwhile. A second
// call returns what the first one did.
func (l *Ledger) Close() error { return l.close() }

func (l *Ledger) shut() error {
	var errs []error
	if l.read != nil {
		errs = append(errs, l.read.Close())
	}
	if l.writer != nil {
		errs = append(errs, l.shutWriter())
	}
	err := storage(l.path, errors.Join(errs...))
	if l.lock != nil {
		err = errors.Join(err, l.lock.release())
	}
	return err
}

// shutWriter closes the writer, and seals the ledger where nothing is wrong with it.
func (l *Ledger) shutWriter() error {
	w := l.writer
	w.stop()
	moved := w.place.check()
	err := errors.Join(moved, l.rescue(), w.close())
	if err == nil && w.mark != nil {
		var clean *seal
		if clean, err = sealOf(l.path); err == nil {
			err = w.mark.seal(clean)
		}
	}
	return errors.Join(err, w.mark.close())
}

// rescue keeps what SQLite has of a ledger that somebody deleted or replaced: with the
// process it would be gone.
func (l *Ledger) rescue() error {
	if !l.writer.place.lost(l.path) {
		return nil
	}
	dir := filepath.Dir(l.path)
	kept := filepath.Join(dir, "ledger-rescued-"+timeName(time.Now())+".db")
	err := makeDir(dir)
	if err == nil {
		err = newFile(kept)
	}
	if err == nil {
		_, err = l.writer.conn.ExecContext(context.Background(), sqlVacuumInto, kept)
	}
	if err != nil {
		return errors.Join(storage(l.path, err), removeIfThere(kept))
	}
	return &StorageError{Path: kept, Reason: "what the run knew is kept here: 'bulkinvite restore' puts it back", Err: fs.ErrNotExist}
}

// timeName is a time as it stands in the names of files.
func timeName(t time.Time) string { return t.UTC().Format("20060102T150405.000Z") }

// InPlace is a *[StorageError] where a file of the ledger was deleted or replaced since it
// was opened.
func (l *Ledger) InPlace() error {
	if l.writer == nil {
		return nil
	}
	return l.writer.place.check()
}
