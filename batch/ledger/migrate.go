package ledger

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
)

//go:embed migrations/*.sql
var scripts embed.FS

// migrations returns the scripts in order: number n leads from version n-1 to n.
func migrations() []string {
	entries, err := scripts.ReadDir("migrations") // sorted by name
	if err != nil {
		panic("ledger: embedded migrations: " + err.Error())
	}
	texts := make([]string, len(entries))
	for i, e := range entries {
		text, err := scripts.ReadFile("migrations/" + e.Name())
		if err != nil {
			panic("ledger: embedded migrations: " + err.Error())
		}
		texts[i] = string(text)
	}
	return texts
}

// migrate brings the database to the latest version, one transaction a version.
func migrate(ctx context.Context, db *sql.DB) error {
	var have int
	if err := db.QueryRowContext(ctx, sqlVersion).Scan(&have); err != nil {
		return err
	}
	for i, script := range migrations() {
		if version := i + 1; version > have {
			if err := step(ctx, db, script, version); err != nil {
				return err
			}
		}
	}
	return nil
}

func step(ctx context.Context, db *sql.DB, script string, version int) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, script); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf(sqlSetVersion, version)); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}
