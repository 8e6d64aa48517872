package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// applicationID marks our files ("bulk"); see migrations/0001_people.sql.
const applicationID = 0x62756c6b

// wholeCheck is the size in bytes up to which opening reads the whole file.
// quick_check costs 2.7 ms for each MB (1.6 s for a million people, 595 MB), so
// a bigger ledger is checked where damage is likely: a file that was cut off
// (SQLite itself compares size and header), the schema, the small tables, and
// everything about the people added last. Other damage is met when its page is
// read, and that is a *CorruptError too. After an unclean end all is read.
const wholeCheck = 128 << 20

// aliasCheck is the size in bytes up to which opening compares all aliases with their
// witnesses: 13 ms for 5,000 people.
const aliasCheck = 4 << 20

// checkFile says whether path is a ledger that this program can use; whole: it reads all
// of it.
func checkFile(ctx context.Context, db *sql.DB, path string, whole bool) error {
	if err := checkKind(ctx, db, path); err != nil {
		return err
	}
	size, err := sizeOf(path)
	switch {
	case err != nil:
		return err
	case whole:
		return askSQLite(ctx, db, path, sqlCheckWhole)
	case size <= wholeCheck:
		return askSQLite(ctx, db, path, sqlCheckAll)
	}
	return checkBig(ctx, db, path)
}

// checkKind says whether a file is a ledger at all, and none of a later version.
func checkKind(ctx context.Context, db *sql.DB, path string) error {
	var id, version int
	if err := db.QueryRowContext(ctx, sqlApplicationID).Scan(&id); err != nil {
		return storage(path, err)
	}
	if id != applicationID {
		return &CorruptError{Path: path, Reason: noLedger}
	}
	if err := db.QueryRowContext(ctx, sqlVersion).Scan(&version); err != nil {
		return storage(path, err)
	}
	if know := len(migrations()); version > know {
		return &NewerError{Have: version, Know: know}
	}
	return nil
}

func sizeOf(path string) (int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, storage(path, err)
	}
	return info.Size(), nil
}

func checkBig(ctx context.Context, db *sql.DB, path string) error {
	for _, table := range []string{"api_key", "runs", "campaigns"} {
		if err := askSQLite(ctx, db, path, fmt.Sprintf(sqlCheckTable, table)); err != nil {
			return err
		}
	}
	var sums [5]sql.NullInt64
	err := db.QueryRowContext(ctx, sqlCheckTail).Scan(&sums[0], &sums[1], &sums[2], &sums[3], &sums[4])
	return storage(path, err)
}

// askSQLite runs one of SQLite's own checks.
func askSQLite(ctx context.Context, db *sql.DB, path, query string) error {
	var verdict string
	if err := db.QueryRowContext(ctx, query).Scan(&verdict); err != nil {
		return storage(path, err)
	}
	if verdict != "ok" {
		return &CorruptError{Path: path, Reason: damaged}
	}
	return nil
}

// checkAliases compares the aliases with their witnesses, all of them, or those of a
// small ledger only. The ledger must be of the latest version.
func checkAliases(ctx context.Context, db *sql.DB, path string, all bool) error {
	if size, err := sizeOf(path); err != nil || !all && size > aliasCheck {
		return err
	}
	var wrong int
	if err := db.QueryRowContext(ctx, sqlCheckAliases).Scan(&wrong); err != nil {
		return storage(path, err)
	}
	if wrong > 0 {
		return storage(path, errWitness)
	}
	return nil
}

// CheckWhole reads all of the ledger and looks for damage. The error is a *[CorruptError]
// where there is any.
func (l *Ledger) CheckWhole(ctx context.Context) error {
	if err := askSQLite(ctx, l.read, l.path, sqlCheckWhole); err != nil {
		return err
	}
	return checkAliases(ctx, l.read, l.path, true)
}

// checkDurability refuses to work with a SQLite that would lose a commit.
func checkDurability(ctx context.Context, db *sql.DB, path string) error {
	var synchronous int
	var journal, version string
	for query, dest := range map[string]any{
		sqlSynchronous:    &synchronous,
		sqlJournalMode:    &journal,
		sqlLibraryVersion: &version,
	} {
		if err := db.QueryRowContext(ctx, query).Scan(dest); err != nil {
			return storage(path, err)
		}
	}
	if synchronous != 2 || journal != "wal" || !atLeast(version, 3, 51, 3) {
		return &StorageError{Path: path, Reason: fmt.Sprintf("the ledger would not be durable here "+
			"(synchronous=%d, journal=%s, SQLite %s); put the state folder on a local disk", synchronous, journal, version)}
	}
	return nil
}

// atLeast compares a dotted version. SQLite before 3.51.3 could damage a WAL.
func atLeast(version string, want ...int) bool {
	parts := strings.Split(version, ".")
	for i, w := range want {
		have := 0
		if i < len(parts) {
			have, _ = strconv.Atoi(parts[i])
		}
		if have != w {
			return have > w
		}
	}
	return true
}
