package ledger

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"
)

// Restoration is what Restore has done.
type Restoration struct {
	Contents
	Aside string // where the ledger is now that stood there before; "" for none
}

// Restore puts a copy of a ledger in its place, and keeps the one that stands there under
// another name. From then on it is another ledger, and one that was put back: see
// [Continuity]. Nothing is changed unless the copy is undamaged, and of o.Run's environment.
// Errors: *[LockedError], *[BackupError], of fs.ErrNotExist where there is no such file,
// *[NewerError], *[StorageError].
func Restore(ctx context.Context, o Options, file string) (r Restoration, err error) {
	path := filepath.Join(o.Dir, FileName)
	if err := makeDir(o.Dir); err != nil {
		return r, err
	}
	if err := refuseRemote(o.Dir, remote); err != nil {
		return r, err
	}
	lock, err := takeLock(o.Dir, o.Run)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, lock.release()) }()
	if err := checkCopy(ctx, file, path, o.Run.Environment); err != nil {
		return r, err
	}
	fresh := path + ".restored"
	defer func() { err = errors.Join(err, storage(path, removeIfThere(fresh))) }() // of a copy that failed
	if r.Contents, err = another(ctx, file, fresh); err != nil {
		return r, err
	}
	if r.Aside, err = moveAside(path, time.Now()); err != nil {
		return r, storage(path, err)
	}
	if err := errors.Join(os.Rename(fresh, path), syncDir(o.Dir)); err != nil {
		return r, storage(path, err)
	}
	return r, storage(path, markRestored(o.Dir, r.Contents))
}

// howToRead is how a copy is opened: with its log where it has one.
func howToRead(file string) url.Values {
	if log, err := os.Stat(file + "-wal"); err == nil && log.Size() > 0 {
		return readingNow
	}
	return readingDead
}

// checkCopy says what is wrong with a copy that is to take the place of path.
func checkCopy(ctx context.Context, file, path, environment string) error {
	info, err := os.Stat(file)
	if err != nil || !info.Mode().IsRegular() {
		return &BackupError{Path: file, Reason: "there is no such file", Err: errors.Join(err, fs.ErrNotExist)}
	}
	if now, err := os.Stat(path); err == nil && os.SameFile(info, now) {
		return &BackupError{Path: file, Reason: "that is the ledger itself; name a backup of it"}
	}
	db, err := openDB(file, howToRead(file), 1)
	if err != nil {
		return unreadable(file, err)
	}
	defer db.Close()
	if err := checkFile(ctx, db, file, true); err != nil {
		return unreadable(file, err)
	}
	last, err := lastRunOf(ctx, db)
	if err != nil {
		return unreadable(file, storage(file, err))
	}
	if last.Environment != "" && last.Environment != environment {
		return &BackupError{Path: file, Reason: fmt.Sprintf("it is a copy of the ledger of %s, and this is the place of the one of %s; "+
			"name the other one with --env, --api-url or --simulate", last.Environment, environment)}
	}
	return nil
}

func unreadable(file string, err error) error {
	if corrupt, ok := errors.AsType[*CorruptError](err); ok {
		reason := "the copy is damaged; use another one"
		if corrupt.Reason == noLedger {
			reason = "the file is no ledger; name a backup of one"
		}
		return &BackupError{Path: file, Reason: reason, Err: err}
	}
	if e, ok := errors.AsType[*StorageError](err); ok {
		return &BackupError{Path: file, Reason: "the copy cannot be read; check its folder's owner and permissions", Err: e}
	}
	return err
}

// another makes another ledger of a copy: one that was put back.
func another(ctx context.Context, file, fresh string) (Contents, error) {
	if err := vacuum(ctx, file, howToRead(file), fresh); err != nil {
		return Contents{}, err
	}
	db, err := openDB(fresh, url.Values{"_pragma": {"synchronous(FULL)"}}, 1)
	if err != nil {
		return Contents{}, storage(fresh, err)
	}
	err = migrate(ctx, db)
	if err == nil {
		_, err = db.ExecContext(ctx, sqlRestored)
	}
	if err := errors.Join(err, db.Close()); err != nil {
		return Contents{}, storage(fresh, err)
	}
	held, err := verify(ctx, fresh)
	if err != nil {
		return Contents{}, unreadable(file, err)
	}
	return held, storage(fresh, syncFile(fresh))
}

// moveAside gives the ledger at path, and its log, another name with the time in it, and
// returns that; "" where there is no ledger.
func moveAside(path string, now time.Time) (string, error) {
	aside := filepath.Join(filepath.Dir(path), "ledger-before-restore-"+timeName(now)+".db")
	moved := ""
	// The log goes second: without a database, nobody takes it for another one's.
	for _, part := range []string{"", "-wal"} {
		switch err := os.Rename(path+part, aside+part); {
		case err == nil:
			moved = aside
		case !errors.Is(err, fs.ErrNotExist):
			return moved, err
		}
	}
	return moved, removeIfThere(path + "-shm")
}

// markRestored marks a ledger that was put back as what it is.
func markRestored(dir string, held Contents) error {
	next := mark{progress: progress{held.Mark, held.LastRun.ID}}
	stood, err := readMark(dir)
	if err != nil {
		return err
	}
	if stood != nil {
		next.Seq = stood.Seq
	}
	f, err := openMark(dir, next)
	if err != nil {
		return err
	}
	clean, err := sealOf(filepath.Join(dir, FileName))
	if err == nil {
		err = f.seal(clean)
	}
	return errors.Join(err, f.close())
}
