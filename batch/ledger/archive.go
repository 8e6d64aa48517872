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

// Witnesses returns the latest invites from before that time, at most n; where there
// are none, the earliest of all.
func (l *Ledger) Witnesses(ctx context.Context, before time.Time, n int) ([]string, error) {
	older, err := l.texts(ctx, sqlWitnesses, micros(before), n)
	if err != nil || len(older) > 0 {
		return older, err
	}
	return l.texts(ctx, sqlFirstInvites, n)
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
