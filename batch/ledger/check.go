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
// read, and that is a *CorruptError too.
const wholeCheck = 128 << 20

// checkFile says whether path is a ledger that this program can use.
func checkFile(ctx context.Context, db *sql.DB, path string) error {
	var id, version int
	if err := db.QueryRowContext(ctx, sqlApplicationID).Scan(&id); err != nil {
		return storage(path, err)
	}
	if id != applicationID {
		return &CorruptError{Path: path, Reason: "the file is no ledger"}
	}
	if err := db.QueryRowContext(ctx, sqlVersion).Scan(&version); err != nil {
		return storage(path, err)
	}
	if know := len(migrations()); version > know {
		return &NewerError{Have: version, Know: know}
	}
	info, err := os.Stat(path)
	if err != nil {
		return storage(path, err)
	}
	if info.Size() <= wholeCheck {
		return quickCheck(ctx, db, path, sqlCheckAll)
	}
	return checkBig(ctx, db, path)
}

func checkBig(ctx context.Context, db *sql.DB, path string) error {
	for _, table := range []string{"api_key", "runs", "campaigns"} {
		if err := quickCheck(ctx, db, path, fmt.Sprintf(sqlCheckTable, table)); err != nil {
			return err
		}
	}
	var sums [5]sql.NullInt64
	err := db.QueryRowContext(ctx, sqlCheckTail).Scan(&sums[0], &sums[1], &sums[2], &sums[3], &sums[4])
	return storage(path, err)
}

func quickCheck(ctx context.Context, db *sql.DB, path, query string) error {
	var verdict string
	if err := db.QueryRowContext(ctx, query).Scan(&verdict); err != nil {
		return storage(path, err)
	}
	if verdict != "ok" {
		return &CorruptError{Path: path, Reason: "the ledger is damaged"}
	}
	return nil
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
