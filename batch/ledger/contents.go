package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"bulkinvite/batch"
)

// Contents is what a ledger, or a copy of one, holds.
type Contents struct {
	People  map[string]int // by campaign
	Mark    batch.LedgerMark
	LastRun batch.RunInfo // zero when there was none
}

// contentsOf counts what is in a ledger of the latest version. The error is a damage where
// a campaign has other people than it says.
func contentsOf(ctx context.Context, db *sql.DB) (Contents, error) {
	id, err := readIdentity(ctx, db)
	if err != nil {
		return Contents{}, err
	}
	c := Contents{People: map[string]int{}, Mark: id.LedgerMark}
	rows, err := db.QueryContext(ctx, sqlContents)
	if err != nil {
		return Contents{}, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		var said, counted int
		if err := rows.Scan(&name, &said, &counted); err != nil {
			return Contents{}, err
		}
		if said != counted {
			return Contents{}, damage("a campaign has other people than it says")
		}
		c.People[name] = counted
	}
	if err := rows.Err(); err != nil {
		return Contents{}, err
	}
	c.LastRun, err = lastRunOf(ctx, db)
	return c, err
}

// lastRunOf is the latest run of a ledger, of any version; zero for none.
func lastRunOf(ctx context.Context, db *sql.DB) (batch.RunInfo, error) {
	var text string
	var run batch.RunInfo
	switch err := db.QueryRowContext(ctx, sqlLatestRun).Scan(&text); {
	case errors.Is(err, sql.ErrNoRows):
		return run, nil
	case err != nil:
		return run, err
	}
	return run, json.Unmarshal([]byte(text), &run)
}
