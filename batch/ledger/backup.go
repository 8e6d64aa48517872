package ledger

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
)

// BackupError says what is wrong with a file that a ledger is copied to or from.
type BackupError struct {
	Path   string
	Reason string // plain words: what is wrong and what to do
	Err    error  // may be nil
}

func (e *BackupError) Error() string { return e.Path + ": " + e.Reason }
func (e *BackupError) Unwrap() error { return e.Err }

// Backup copies the ledger as it is at this moment, also while a run is writing to it, and
// reads the copy. The file is new, the owner's alone, and appears whole or not at all.
// Errors: a *[BackupError], of fs.ErrExist where there is a file of that name; a
// *[CorruptError] where the ledger is damaged.
func (l *Ledger) Backup(ctx context.Context, file string) (Contents, error) {
	if _, err := os.Lstat(file); !errors.Is(err, fs.ErrNotExist) {
		return Contents{}, unwritable(file, errors.Join(err, fs.ErrExist))
	}
	part := file + ".part"
	defer func() { _ = removeIfThere(part) }() // of a copy that failed
	if err := vacuum(ctx, l.path, readingNow, part); err != nil {
		if isOf[*CorruptError](err) {
			return Contents{}, err
		}
		return Contents{}, unwritable(file, err)
	}
	held, err := verify(ctx, part)
	if err != nil {
		// What is wrong with the ledger is wrong with its copy.
		if damage := l.CheckWhole(ctx); damage != nil {
			return Contents{}, damage
		}
		return Contents{}, &BackupError{Path: file, Reason: "the copy is not what the ledger is: check the disk, and back up again", Err: err}
	}
	if err := publish(part, file); err != nil {
		return Contents{}, unwritable(file, err)
	}
	return held, nil
}

func unwritable(file string, err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	reason := "the backup cannot be written here: " + cause(err).Error()
	if errors.Is(err, fs.ErrExist) {
		reason = "there is a file of that name, and a backup overwrites none; choose another name"
	}
	return &BackupError{Path: file, Reason: reason, Err: err}
}

// cause strips what the operating system and our own errors say around a reason.
func cause(err error) error {
	if e, ok := errors.AsType[*StorageError](err); ok {
		return errors.New(e.Reason)
	}
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}

// How a ledger is opened that is copied.
var (
	readingNow  = url.Values{"mode": {"ro"}, "_pragma": {"busy_timeout(5000)"}} // as others leave it, with its log
	readingDead = url.Values{"mode": {"ro"}, "immutable": {"1"}}                // nobody writes: no file is made beside it
)

// vacuum copies a database into a new file, whole and without its log.
func vacuum(ctx context.Context, from string, how url.Values, to string) error {
	if err := removeIfThere(to); err != nil {
		return err
	}
	if err := newFile(to); err != nil {
		return err
	}
	db, err := openDB(from, how, 1)
	if err != nil {
		return storage(from, err)
	}
	_, err = db.ExecContext(ctx, sqlVacuumInto, to)
	return storage(from, errors.Join(err, db.Close()))
}

// newFile makes an empty file for the owner alone: SQLite would let others read it.
func newFile(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// verify reads all of a copy of the latest version.
func verify(ctx context.Context, path string) (Contents, error) {
	db, err := openDB(path, readingDead, 1)
	if err != nil {
		return Contents{}, storage(path, err)
	}
	defer db.Close()
	if err := checkFile(ctx, db, path, true); err != nil {
		return Contents{}, err
	}
	if err := checkAliases(ctx, db, path, true); err != nil {
		return Contents{}, err
	}
	held, err := contentsOf(ctx, db)
	return held, storage(path, err)
}

// publish gives a file its name, which must be free.
func publish(part, file string) error {
	if err := syncFile(part); err != nil {
		return err
	}
	err := os.Link(part, file)
	switch {
	case err == nil:
		err = os.Remove(part)
	case errors.Is(err, fs.ErrExist):
	default: // a file system without links
		if _, there := os.Lstat(file); there == nil {
			return fs.ErrExist
		}
		err = os.Rename(part, file)
	}
	return errors.Join(err, syncDir(filepath.Dir(file)))
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
