package ledger

import (
	"context"
	"database/sql"
	"time"

	"bulkinvite/batch"
)

// RunOffset is the offset of the API's clock that a run's answers have shown so far.
func (l *Ledger) RunOffset(ctx context.Context, runID string) (batch.Offset, error) {
	var o offsetRow
	_, err := l.row(ctx, sqlRunOffset, []any{runID}, o.dest()...)
	return o.offset(), err
}

type offsetRow struct {
	lo, hi sql.NullInt64
	torn   bool
}

func (r *offsetRow) dest() []any { return []any{&r.lo, &r.hi, &r.torn} }

func (r *offsetRow) offset() batch.Offset {
	return batch.Offset{
		Lo:    time.Duration(r.lo.Int64) * time.Microsecond,
		Hi:    time.Duration(r.hi.Int64) * time.Microsecond,
		Known: r.lo.Valid && r.hi.Valid && !r.torn,
		Torn:  r.torn,
	}
}

// offsetStep is how much tighter an offset must get to be written down once more.
const offsetStep = time.Millisecond

// measure takes note of what an answer shows of the API's clock.
func (w *writer) measure(s batch.Settlement) {
	seen := batch.Offset{Torn: s.Torn}
	if s.State == batch.Sent && s.By == batch.BySend && !s.Torn {
		seen = batch.OffsetOf(s.Invite.CreatedAt, s.Started, s.Ended)
	}
	if seen.Known || seen.Torn {
		w.narrow(s.RunID, seen)
	}
}

// narrow adds a measurement to those of a run.
func (w *writer) narrow(runID string, seen batch.Offset) {
	run, ok := w.runNumber(runID)
	if !ok {
		return
	}
	had, known := w.offsets[run]
	if !known {
		var row offsetRow
		w.row(sqlRunOffset, []any{runID}, row.dest()...)
		had = row.offset()
	}
	now := had.And(seen)
	if now.Known == had.Known && now.Torn == had.Torn && now.Lo-had.Lo < offsetStep && had.Hi-now.Hi < offsetStep {
		w.offsets[run] = had
		return
	}
	w.offsets[run] = now
	if now.Torn {
		w.exec(sqlSetOffset, run, nil, nil, 1)
		return
	}
	w.exec(sqlSetOffset, run, now.Lo.Microseconds(), now.Hi.Microseconds(), 0)
}
