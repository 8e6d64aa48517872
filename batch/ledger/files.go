package ledger

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
)

// FileName is the database's name in its folder.
const FileName = "ledger.db"

// makeDir makes the ledger's folder, for the owner only.
func makeDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return storage(dir, err)
	}
	return storage(dir, os.Chmod(dir, 0o700))
}

// ensureFile makes a new ledger where there is none. The file appears whole or
// not at all: an empty ledger.db is never ours, so it can be refused as damaged
// rather than taken for a new ledger, with everybody invited once more.
func ensureFile(ctx context.Context, path string) (made bool, err error) {
	switch info, err := os.Stat(path); {
	case err == nil && info.Size() == 0:
		return false, &CorruptError{Path: path, Reason: "the ledger is empty"}
	case err == nil && info.Mode().Perm() == 0o600:
		return false, nil
	case err == nil:
		return false, storage(path, os.Chmod(path, 0o600))
	case !errors.Is(err, fs.ErrNotExist):
		return false, storage(path, err)
	}
	if _, err := os.Stat(path + "-wal"); err == nil {
		return false, errOrphan(path)
	}
	return true, storage(path, create(ctx, path))
}

func create(ctx context.Context, path string) (err error) {
	fresh := path + ".new"
	if err := errors.Join(removeIfThere(fresh), removeIfThere(fresh+"-journal")); err != nil {
		return err
	}
	db, err := openDB(fresh, url.Values{"_pragma": {"synchronous(FULL)"}}, 1)
	if err != nil {
		return err
	}
	err = migrate(ctx, db)
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	if err := os.Chmod(fresh, 0o600); err != nil {
		return err
	}
	if err := os.Rename(fresh, path); err != nil {
		return err
	}
	return errors.Join(syncDir(filepath.Dir(path)), syncDir(filepath.Dir(filepath.Dir(path))))
}

func removeIfThere(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// syncDir makes the names in a folder durable.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// openDB opens a database with the driver's own parameters. Nothing else in the
// process may open the file: closing it would drop SQLite's locks on it.
func openDB(path string, params url.Values, conns int) (*sql.DB, error) {
	full, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	name := url.URL{Scheme: "file", Path: full, RawQuery: params.Encode()}
	db, err := sql.Open("sqlite", name.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	return db, nil
}

// openWriter opens the one connection that writes. Its log is folded into the
// database at 8,000 pages (33 MB) rather than at SQLite's 1,000: a page that many
// commits write is then copied once, which saves 5% of a claim and its settlement.
func openWriter(path string) (*sql.DB, error) {
	return openDB(path, url.Values{
		"_txlock": {"immediate"},
		"_dqs":    {"0"},
		"_pragma": {"busy_timeout(5000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "wal_autocheckpoint(8000)"},
	}, 1)
}

// openReaders opens the connections that look things up. There are two, side by
// side, each with 4 MB of cache: four took 15 MB more for a million rows, and no
// less time on two cores. 16 MB of cache would save a fifth of the look-up at a
// million people, and took a run of 200,000 rows over its budget of memory; mapping
// the file counts as the program's memory too.
func openReaders(path string) (*sql.DB, error) {
	return openDB(path, url.Values{
		"mode":    {"ro"},
		"_dqs":    {"0"},
		"_pragma": {"busy_timeout(5000)", "query_only(1)", "cache_size(-4000)"},
	}, readers)
}

const readers = 2

// errOrphan says that the database is missing beside its write-ahead log.
func errOrphan(path string) error {
	return &CorruptError{Path: path, Reason: "the ledger is gone but its -wal file is still there"}
}
