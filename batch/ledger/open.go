package ledger

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"time"
)

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
	if err := refuseLinks(l.path); err != nil {
		return err
	}
	stood, err := readMark(o.Dir)
	if err != nil {
		return storage(l.path, err)
	}
	made, err := ensureFile(ctx, l.path)
	if err != nil {
		return err
	}
	unclean := false
	if !made {
		if unclean, err = l.unclean(stood); err != nil {
			return err
		}
	}
	if l.writer, err = l.openFile(ctx, o, stood, unclean); err != nil {
		return err
	}
	l.writer.stopped.Go(l.writer.run)
	l.read, err = openReaders(l.path)
	return storage(l.path, err)
}

// unclean reports whether a ledger is not as whoever wrote to it last has left it.
func (l *Ledger) unclean(stood *mark) (bool, error) {
	if stood == nil {
		return true, nil
	}
	intact, err := stood.Clean.intact(l.path)
	return !intact, storage(l.path, err)
}

// openFile opens the database, looks at it, and begins to keep its mark. The writer must
// be started.
func (l *Ledger) openFile(ctx context.Context, o Options, stood *mark, unclean bool) (*writer, error) {
	var place place
	if err := place.add("the ledger", l.path); err != nil {
		return nil, storage(l.path, err)
	}
	db, err := openWriter(l.path)
	if err != nil {
		return nil, storage(l.path, err)
	}
	if err := l.prepare(ctx, db, o, unclean); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	// From the first look at it on, SQLite has these two open.
	for _, beside := range []string{"-wal", "-shm"} {
		if err := place.add("the ledger's file "+beside, l.path+beside); err != nil {
			return nil, errors.Join(storage(l.path, err), db.Close())
		}
	}
	place.files = append(place.files, l.lock.file)
	if err := place.check(); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	w, err := newWriter(ctx, db, l.path)
	if err != nil {
		return nil, err
	}
	w.place = place
	if w.mark, err = l.keepMark(ctx, w, o.Dir, stood, unclean); err != nil {
		return nil, errors.Join(err, w.close())
	}
	return w, nil
}

// prepare checks a ledger and brings it to the latest version. After an unclean end it
// reads all of it.
func (l *Ledger) prepare(ctx context.Context, db *sql.DB, o Options, unclean bool) error {
	began := time.Now()
	if size, err := sizeOf(l.path); err == nil && unclean && size > wholeCheck && o.Tell != nil {
		o.Tell("the ledger was not closed cleanly, or was changed since: all of it is being checked, which takes a while")
	}
	if err := checkFile(ctx, db, l.path, unclean); err != nil {
		return err
	}
	if err := checkDurability(ctx, db, l.path); err != nil {
		return err
	}
	if err := migrate(ctx, db); err != nil {
		return storage(l.path, err)
	}
	err := checkAliases(ctx, db, l.path, unclean)
	if unclean {
		l.checked = time.Since(began)
	}
	return err
}

// Checked is how long it took to check the whole ledger after an unclean end; 0 when it
// was not needed.
func (l *Ledger) Checked() time.Duration { return l.checked }

// keepMark compares the ledger with the mark that stood beside it, and opens the mark
// that is to stand there from now on.
func (l *Ledger) keepMark(ctx context.Context, w *writer, dir string, stood *mark, unclean bool) (*markFile, error) {
	id, err := readIdentity(ctx, w.conn)
	if err != nil {
		return nil, storage(l.path, err)
	}
	c, err := id.compare(ctx, w.conn, stood)
	if err == nil && c.Behind != id.behind {
		_, err = w.conn.ExecContext(ctx, sqlSetBehind, c.Behind)
	}
	if err != nil {
		return nil, storage(l.path, err)
	}
	c.Unclean = unclean
	l.continuity.Store(&c)
	next := mark{progress: progress{LedgerMark: id.LedgerMark}, Proved: !id.used()}
	if stood != nil {
		l.noted, next.Seq = stood.Run, stood.Seq
		if c.Behind != "" || stood.Epoch == id.Epoch {
			next.Run, next.Proved = stood.Run, stood.Proved
		}
		if c.Behind != "" {
			next.LedgerMark = stood.LedgerMark // what it is behind
		}
	}
	w.now.Run = next.Run
	f, err := openMark(dir, next)
	if err != nil {
		return nil, storage(l.path, err)
	}
	f.frozen = c.Behind != ""
	return f, storage(l.path, f.seal(nil))
}

func (l *Ledger) openToRead(ctx context.Context, o Options) (err error) {
	if err := refuseLinks(l.path); err != nil {
		return err
	}
	if _, err := os.Stat(l.path); err != nil {
		if _, wal := os.Stat(l.path + "-wal"); wal == nil {
			return errOrphan(l.path)
		}
		return storage(l.path, err)
	}
	stood, err := readMark(o.Dir) // before the ledger, which a run may be writing to
	if err != nil {
		return storage(l.path, err)
	}
	if l.read, err = openReaders(l.path); err != nil {
		return storage(l.path, err)
	}
	if err := checkFile(ctx, l.read, l.path, false); err != nil {
		return err
	}
	if err := l.wantLatest(ctx); err != nil {
		return err
	}
	if err := checkAliases(ctx, l.read, l.path, false); err != nil {
		return err
	}
	return l.recall(ctx, stood)
}

// recall compares a ledger that is read only with the mark beside it.
func (l *Ledger) recall(ctx context.Context, stood *mark) error {
	id, err := readIdentity(ctx, l.read)
	if err != nil {
		return storage(l.path, err)
	}
	c, err := id.compare(ctx, l.read, stood)
	if err != nil {
		return storage(l.path, err)
	}
	if stood != nil {
		l.noted = stood.Run
	}
	c.Unclean, err = l.unclean(stood)
	l.continuity.Store(&c)
	return err
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
