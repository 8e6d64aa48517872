package ledger

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"bulkinvite/batch"
)

// Options says which ledger to open, and how.
type Options struct {
	Dir      string           // STATE/<environment>; made, 0700, when it is missing
	Run      batch.RunInfo    // who opens it: ID and Started are noted beside the lock
	ReadOnly bool             // takes no lock and changes nothing
	Now      func() time.Time // default: time.Now
}

// Ledger is an open ledger. Its methods may be used by many goroutines at once.
type Ledger struct {
	path   string
	run    string // ID of the run that opened it
	now    func() time.Time
	lock   *runLock // nil when read-only
	writer *writer  // nil when read-only
	read   *sql.DB
	close  func() error

	// Of the look-up by fingerprint.
	reached atomic.Int64 // the person whom the last one ended with; 0: the roster has another order
	runs    atomic.Pointer[runIDs]
}

var (
	_ batch.Finder  = (*Ledger)(nil)
	_ batch.Book    = (*Ledger)(nil)
	_ batch.Learner = (*Ledger)(nil)
)

// Open opens the ledger in o.Dir and takes the run lock. What can go wrong:
// *LockedError, *CorruptError, *NewerError, *OlderError, *StorageError; and fs.ErrNotExist
// when it is to be read only and there is none.
func Open(ctx context.Context, o Options) (*Ledger, error) {
	l := &Ledger{path: filepath.Join(o.Dir, FileName), run: o.Run.ID, now: o.Now}
	l.close = sync.OnceValue(l.shut)
	l.runs.Store(&runIDs{})
	if l.now == nil {
		l.now = time.Now
	}
	open := l.openToWrite
	if o.ReadOnly {
		open = l.openToRead
	}
	if err := open(ctx, o); err != nil {
		_ = l.Close() // the first error says it all
		return nil, err
	}
	return l, nil
}

func (l *Ledger) openToWrite(ctx context.Context, o Options) (err error) {
	if err := makeDir(o.Dir); err != nil {
		return err
	}
	if err := refuseRemote(o.Dir, remote); err != nil {
		return err
	}
	if l.lock, err = takeLock(o.Dir, o.Run); err != nil {
		return err
	}
	if err := ensureFile(ctx, l.path); err != nil {
		return err
	}
	db, err := openWriter(l.path)
	if err != nil {
		return storage(l.path, err)
	}
	if err := prepareFile(ctx, db, l.path); err != nil {
		return errors.Join(err, db.Close())
	}
	if l.writer, err = newWriter(ctx, db, l.path); err != nil {
		return err
	}
	l.writer.stopped.Go(l.writer.run)
	l.read, err = openReaders(l.path)
	return storage(l.path, err)
}

// prepareFile checks a ledger and brings it to the latest version.
func prepareFile(ctx context.Context, db *sql.DB, path string) error {
	if err := checkFile(ctx, db, path); err != nil {
		return err
	}
	if err := checkDurability(ctx, db, path); err != nil {
		return err
	}
	return storage(path, migrate(ctx, db))
}

func (l *Ledger) openToRead(ctx context.Context, _ Options) (err error) {
	if _, err := os.Stat(l.path); err != nil {
		if _, wal := os.Stat(l.path + "-wal"); wal == nil {
			return errOrphan(l.path)
		}
		return storage(l.path, err)
	}
	if l.read, err = openReaders(l.path); err != nil {
		return storage(l.path, err)
	}
	if err := checkFile(ctx, l.read, l.path); err != nil {
		return err
	}
	return l.wantLatest(ctx)
}

// wantLatest refuses an older ledger, which reading cannot bring up to date.
func (l *Ledger) wantLatest(ctx context.Context) error {
	var have int
	if _, err := l.row(ctx, sqlVersion, nil, &have); err != nil {
		return err
	}
	if know := len(migrations()); have < know {
		return &OlderError{Have: have, Know: know}
	}
	return nil
}

// Close waits for what is being written and frees the lock. A second call
// returns what the first one did.
func (l *Ledger) Close() error { return l.close() }

func (l *Ledger) shut() error {
	var errs []error
	if l.read != nil {
		errs = append(errs, l.read.Close())
	}
	if l.writer != nil {
		errs = append(errs, l.writer.close())
	}
	err := storage(l.path, errors.Join(errs...))
	if l.lock != nil {
		err = errors.Join(err, l.lock.release())
	}
	return err
}

// Path is the path of the database file.
func (l *Ledger) Path() string { return l.path }

// People counts the people whom the ledger knows in a campaign.
func (l *Ledger) People(ctx context.Context, campaign string) (int, error) {
	var n int
	_, err := l.row(ctx, sqlPeople, []any{campaign}, &n)
	return n, err
}

func (l *Ledger) readOnly() bool { return l.writer == nil }

// row reads at most one row into dest and reports whether there was one.
func (l *Ledger) row(ctx context.Context, query string, args []any, dest ...any) (bool, error) {
	switch err := l.read.QueryRowContext(ctx, query, args...).Scan(dest...); {
	case errors.Is(err, sql.ErrNoRows):
		return false, nil
	case err != nil:
		return false, storage(l.path, err)
	}
	return true, nil
}

// write has the writer do something and returns when it is durable.
func (l *Ledger) write(ctx context.Context, do func(*writer) error) error {
	if l.writer == nil {
		return ErrReadOnly
	}
	return l.writer.do(ctx, &job{work: do})
}
