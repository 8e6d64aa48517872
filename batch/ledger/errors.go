package ledger

import (
	"context"
	"errors"
	"fmt"
	"syscall"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// ErrNoRun is what looking for a run gets that no ledger knows.
var ErrNoRun = errors.New("no ledger knows this run")

// ErrReadOnly is what writing gets in a ledger that was opened read-only.
var ErrReadOnly = errors.New("the ledger was opened for reading only")

// ErrClosed is what writing gets after Close.
var ErrClosed = errors.New("the ledger is closed")

// LockedError says: another run holds the ledger.
type LockedError struct {
	RunID   string // "" when the holder has not written it yet
	PID     int
	Started time.Time
}

func (e *LockedError) Error() string {
	if e.RunID == "" {
		return "another run holds the ledger; wait until it has ended"
	}
	return fmt.Sprintf("run %s (process %d, started %s) holds the ledger; wait until it has ended",
		e.RunID, e.PID, e.Started.Format(time.RFC3339))
}

// CorruptError says: the file is damaged, or is no ledger.
type CorruptError struct {
	Path   string
	Reason string
	Err    error // may be nil
}

func (e *CorruptError) Error() string {
	return fmt.Sprintf("%s: %s; put back a copy of it from a backup, and do not delete it to start over: "+
		"people could be invited twice", e.Path, e.Reason)
}

func (e *CorruptError) Unwrap() error { return e.Err }

// damage is something in the ledger that the program has not written.
type damage string

func (d damage) Error() string { return string(d) }

// NewerError says: a later bulkinvite has written this ledger.
type NewerError struct {
	Have int // version of the file
	Know int // latest version that this program knows
}

func (e *NewerError) Error() string {
	return fmt.Sprintf("the ledger has version %d and this bulkinvite knows versions up to %d; "+
		"use the newer bulkinvite that wrote it", e.Have, e.Know)
}

// OlderError says: an earlier bulkinvite has written this ledger. Reading cannot
// bring it up to date.
type OlderError struct {
	Have int // version of the file
	Know int // version that this program reads
}

func (e *OlderError) Error() string {
	return fmt.Sprintf("the ledger has version %d, of an earlier bulkinvite, and this one reads version %d; "+
		"the next 'bulkinvite run' brings it up to date", e.Have, e.Know)
}

// OtherKeyError says: the ledger was used with another API key ID.
type OtherKeyError struct {
	Bound, Given string // as HashKey makes them
}

func (e *OtherKeyError) Error() string {
	return fmt.Sprintf("the ledger belongs to the API key ID with hash %s, and this run uses %s; "+
		"check the credentials; when the same account has a new key, run once with --accept-key; for another account use another state folder", e.Bound, e.Given)
}

// StorageError says: the ledger's files cannot be read or written.
type StorageError struct {
	Path   string
	Reason string // plain words: what is wrong and what to do
	Err    error
}

func (e *StorageError) Error() string { return e.Path + ": " + e.Reason }
func (e *StorageError) Unwrap() error { return e.Err }

// The reasons of most of what a [CorruptError] says.
const (
	damaged  = "the ledger is damaged"
	noLedger = "the file is no ledger"
)

// storage turns a failure of SQLite or of the file system into one of the errors above.
// A cancelled context stays what it is.
func storage(path string, err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if known(err) {
		return err
	}
	if d, ok := errors.AsType[damage](err); ok {
		return &CorruptError{Path: path, Reason: damaged, Err: d}
	}
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		switch e.Code() & 0xff {
		case sqlite3.SQLITE_CORRUPT:
			return &CorruptError{Path: path, Reason: damaged, Err: err}
		case sqlite3.SQLITE_NOTADB:
			return &CorruptError{Path: path, Reason: noLedger, Err: err}
		}
	}
	return &StorageError{Path: path, Reason: reason(err), Err: err}
}

// known reports whether err has been turned already.
func known(err error) bool { return isOf[*StorageError](err) || isOf[*CorruptError](err) }

func isOf[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}

func reason(err error) string {
	code := 0
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		code = e.Code() & 0xff
	}
	switch {
	case code == sqlite3.SQLITE_FULL, errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return "the disk is full; make room"
	case code == sqlite3.SQLITE_READONLY, errors.Is(err, syscall.EROFS):
		return "the ledger's folder is read-only; make it writable or choose another state folder"
	case code == sqlite3.SQLITE_CANTOPEN, code == sqlite3.SQLITE_PERM, errors.Is(err, syscall.EACCES), errors.Is(err, syscall.EPERM):
		return "the ledger cannot be opened; check the folder's owner and permissions"
	case errors.Is(err, syscall.ENOTDIR), errors.Is(err, syscall.EEXIST):
		return "the ledger's folder cannot be made because a file of that name stands in the way; choose another state folder"
	case code == sqlite3.SQLITE_BUSY, code == sqlite3.SQLITE_LOCKED:
		return "another program is writing to the ledger; close it"
	case code == sqlite3.SQLITE_IOERR:
		return "the disk failed to read or write the ledger; check the disk and the room on it"
	}
	return "the ledger cannot be used: " + err.Error()
}
