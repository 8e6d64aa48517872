package ledger

import (
	"context"
	"database/sql"
	"time"

	"bulkinvite/batch"
)

// BeginReading names a new reading of the account's list.
func (l *Ledger) BeginReading(ctx context.Context, runID string, at time.Time) (int64, error) {
	var id int64
	err := l.write(ctx, func(w *writer) error {
		var run any
		if n, ok := w.runNumber(runID); ok {
			run = n
		}
		w.row(sqlBeginReading, []any{run, micros(at)}, &id)
		return nil
	})
	return id, err
}

// EndReading records how a reading ended.
func (l *Ledger) EndReading(ctx context.Context, r batch.Reading) error {
	return l.write(ctx, func(w *writer) error {
		w.exec(sqlEndReading, r.ID, micros(r.Ended), r.Whole, r.Invites, micros(r.Newest), w.now.Attempts)
		return nil
	})
}

// LastReading is the latest whole reading; false where there was none.
func (l *Ledger) LastReading(ctx context.Context) (batch.Reading, bool, error) {
	r := batch.Reading{Whole: true}
	var began, ended, newest sql.NullInt64
	found, err := l.row(ctx, sqlLastReading, []any{l.run}, &r.ID, &r.RunID, &began, &ended, &r.Invites, &newest, &r.Died)
	r.Began, r.Ended, r.Newest = fromMicros(began), fromMicros(ended), fromMicros(newest)
	return r, found, err
}

// WholeBefore is how new the list was that had been read whole before an attempt was
// claimed; false where none had been.
func (l *Ledger) WholeBefore(ctx context.Context, attempt int64) (time.Time, bool, error) {
	var newest sql.NullInt64
	found, err := l.row(ctx, sqlWholeBefore, []any{attempt}, &newest)
	return fromMicros(newest), found, err
}
