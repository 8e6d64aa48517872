package ledger

import (
	"cmp"
	"context"
	"database/sql"

	"bulkinvite/batch"
)

// died is the finding of a person whose run ended between claim and settle.
func died() batch.Finding {
	return batch.Finding{
		Code:    batch.CodeDied,
		Message: "the run ended before it could record the answer; the invite may have been sent",
		Owner:   batch.IT,
	}
}

// Recover settles as Unknown everyone whom a run that died left Sending, and
// returns how many they were. It is for the start of a run, while nothing is
// being sent.
func (l *Ledger) Recover(ctx context.Context) (int, error) {
	var open []int64
	rows, err := l.read.QueryContext(ctx, sqlSending)
	if err != nil {
		return 0, storage(l.path, err)
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return 0, storage(l.path, err)
		}
		open = append(open, id)
	}
	if err := rows.Err(); err != nil || len(open) == 0 {
		return 0, storage(l.path, err)
	}
	recovered := 0
	at := l.now()
	err = l.write(ctx, func(w *writer) error {
		for _, id := range open {
			s := batch.Settlement{
				AttemptID: id, RunID: l.run, State: batch.Unknown, By: batch.ByRecover,
				Findings: []batch.Finding{died()}, Ended: at,
			}
			if w.settle(batch.Sending, s, 1) == nil {
				recovered++
			}
		}
		return nil
	})
	return recovered, err
}

// Doubts returns everyone in a campaign, "" for all of them, who may or may not
// hold an invite, oldest attempt first.
func (l *Ledger) Doubts(ctx context.Context, campaign string) ([]batch.Doubt, error) {
	rows, err := l.read.QueryContext(ctx, sqlDoubts, campaign)
	if err != nil {
		return nil, storage(l.path, err)
	}
	defer rows.Close()
	var doubts []batch.Doubt
	for rows.Next() {
		d, err := scanDoubt(rows)
		if err != nil {
			return nil, storage(l.path, err)
		}
		doubts = append(doubts, d)
	}
	return doubts, storage(l.path, rows.Err())
}

// KeepOpen records why a reading of the list could not settle these attempts.
func (l *Ledger) KeepOpen(ctx context.Context, why map[int64]string) error {
	if len(why) == 0 {
		return nil
	}
	return l.write(ctx, func(w *writer) error {
		for attempt, text := range why {
			w.exec(sqlKeepOpen, attempt, text)
		}
		return nil
	})
}

func scanDoubt(rows *sql.Rows) (batch.Doubt, error) {
	var d batch.Doubt
	var employee string
	var claimed sql.NullInt64
	var last settlementRow
	var offset offsetRow
	r := &d.Recipient
	dest := []any{
		&d.Campaign, &d.PersonID, &employee, &r.EmployeeID, &r.FirstName, &r.LastName, &r.FullName, &r.Email, &r.Phone, &r.ExternalID,
		&d.Attempt, &d.RunID, &d.Line, &claimed,
	}
	dest = append(dest, offset.dest()...)
	if err := rows.Scan(append(append(dest, last.dest()...), &d.Open)...); err != nil {
		return d, err
	}
	d.Key = cmp.Or(r.EmployeeID, employee, r.Email, r.Phone)
	d.Claimed, d.Offset = fromMicros(claimed), offset.offset()
	var err error
	d.Last, err = last.settlement()
	return d, err
}
