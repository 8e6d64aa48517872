package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"time"

	"bulkinvite/batch"
)

var _ batch.Archive = (*Ledger)(nil)

// Held says which of these invites somebody in the ledger holds, in any campaign.
func (l *Ledger) Held(ctx context.Context, inviteIDs []string) (map[string]bool, error) {
	held := map[string]bool{}
	for chunk := range slices.Chunk(inviteIDs, maxKeys) {
		list, err := json.Marshal(chunk)
		if err != nil {
			return nil, err
		}
		ids, err := l.texts(ctx, sqlHeld, string(list))
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			held[id] = true
		}
	}
	return held, nil
}

// Witnesses returns the invites of the people who were added last among those
// who had been invited before that time, at most n.
func (l *Ledger) Witnesses(ctx context.Context, before time.Time, n int) ([]string, error) {
	return l.texts(ctx, sqlWitnesses, micros(before), n)
}

// texts reads a column of texts.
func (l *Ledger) texts(ctx context.Context, query string, args ...any) ([]string, error) {
	rows, err := l.read.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, storage(l.path, err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var text sql.NullString
		if err := rows.Scan(&text); err != nil {
			return nil, storage(l.path, err)
		}
		all = append(all, text.String)
	}
	return all, storage(l.path, rows.Err())
}
