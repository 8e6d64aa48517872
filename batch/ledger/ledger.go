package ledger

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"bulkinvite/batch"
)

// Options says which ledger to open, and how.
type Options struct {
	Dir      string            // STATE/<environment>; made, 0700, when it is missing
	Run      batch.RunInfo     // who opens it: ID and Started are noted beside the lock
	ReadOnly bool              // takes no lock and changes nothing
	Now      func() time.Time  // default: time.Now
	Tell     func(what string) // is told of work that takes long; may be nil
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

	continuity atomic.Pointer[Continuity]
	noted      string        // see [Ledger.Noted]
	checked    time.Duration // see [Ledger.Checked]

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
	l.continuity.Store(&Continuity{})
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
	return l.submit(ctx, &job{work: do})
}

// submit has the writer do a job and returns when it is durable.
func (l *Ledger) submit(ctx context.Context, j *job) error {
	if l.writer == nil {
		return ErrReadOnly
	}
	return l.writer.do(ctx, j)
}
