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

// Held says who holds which of these invites, in any campaign.
func (l *Ledger) Held(ctx context.Context, inviteIDs []string) (map[string]batch.Holder, error) {
	held := map[string]batch.Holder{}
	err := l.eachOf(ctx, sqlHeld, inviteIDs, func(rows *sql.Rows) error {
		var id string
		var h batch.Holder
		var created sql.NullInt64
		if err := rows.Scan(&id, &h.Campaign, &h.Email, &h.Phone, &h.Name, &created); err != nil {
			return err
		}
		h.Created = fromMicros(created)
		held[id] = h
		return nil
	})
	return held, err
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

// Young returns the invites that were created since then, by the API's clock.
func (l *Ledger) Young(ctx context.Context, since time.Time) ([]batch.InviteRef, error) {
	var young []batch.InviteRef
	err := l.each(ctx, sqlYoung, []any{micros(since)}, func(rows *sql.Rows) error {
		var id string
		var created sql.NullInt64
		if err := rows.Scan(&id, &created); err != nil {
			return err
		}
		young = append(young, batch.InviteRef{ID: id, CreatedAt: fromMicros(created)})
		return nil
	})
	return young, err
}

// KeepLateness records how long after its attempt an invite was created that a reading
// has found.
func (l *Ledger) KeepLateness(ctx context.Context, reading int64, late time.Duration) error {
	return l.write(ctx, func(w *writer) error {
		w.exec(sqlKeepLateness, reading, late.Microseconds())
		return nil
	})
}

// Lateness is the most of that in the readings since then.
func (l *Ledger) Lateness(ctx context.Context, since time.Time) (time.Duration, error) {
	var late sql.NullInt64
	_, err := l.row(ctx, sqlLateness, []any{micros(since)}, &late)
	return time.Duration(late.Int64) * time.Microsecond, err
}

// eachOf reads the rows of a query about texts, a bounded number of them at a time.
func (l *Ledger) eachOf(ctx context.Context, query string, texts []string, scan func(*sql.Rows) error) error {
	for chunk := range slices.Chunk(texts, maxKeys) {
		list, err := json.Marshal(chunk)
		if err != nil {
			return err
		}
		if err := l.each(ctx, query, []any{string(list)}, scan); err != nil {
			return err
		}
	}
	return nil
}

// each reads the rows of a query.
func (l *Ledger) each(ctx context.Context, query string, args []any, scan func(*sql.Rows) error) error {
	rows, err := l.read.QueryContext(ctx, query, args...)
	if err != nil {
		return storage(l.path, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return storage(l.path, err)
		}
	}
	return storage(l.path, rows.Err())
}

// texts reads a column of texts.
func (l *Ledger) texts(ctx context.Context, query string, args ...any) ([]string, error) {
	var all []string
	err := l.each(ctx, query, args, func(rows *sql.Rows) error {
		var text sql.NullString
		if err := rows.Scan(&text); err != nil {
			return err
		}
		all = append(all, text.String)
		return nil
	})
	return all, err
}
