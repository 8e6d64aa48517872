package ledger

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"slices"
	"strconv"
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

// KeepOutside remembers invites that nobody in the ledger holds.
func (l *Ledger) KeepOutside(ctx context.Context, reading int64, invites []batch.Listing) (news int, err error) {
	err = l.write(ctx, func(w *writer) error {
		news = 0 // a transaction may be begun again
		attempt := w.now.Attempts
		for _, v := range invites {
			var first int64
			w.row(sqlKeepOutside, []any{v.Invite.ID, micros(v.Invite.CreatedAt), v.FlowID, reading, attempt}, &first)
			if first == reading {
				news++
			}
			for _, a := range v.Contacts() {
				w.exec(sqlKeepContact, contactKey(a), v.Invite.ID)
			}
		}
		return nil
	})
	return news, err
}

// Outside finds the invites under these aliases that stand outside the ledger.
func (l *Ledger) Outside(ctx context.Context, aliases []batch.Alias) (map[batch.Alias][]batch.Outside, error) {
	some, err := l.row(ctx, sqlAnyOutside, nil, new(int))
	if !some || err != nil {
		return nil, err
	}
	of := make(map[int64]batch.Alias, len(aliases))
	for _, a := range aliases {
		of[contactKey(a)] = a
	}
	found := map[batch.Alias][]batch.Outside{}
	for chunk := range slices.Chunk(aliases, maxKeys) {
		err := l.each(ctx, sqlOutside, []any{contactKeys(chunk)}, func(rows *sql.Rows) error {
			var contact int64
			var o batch.Outside
			var created sql.NullInt64
			if err := rows.Scan(&contact, &o.Invite, &created, &o.FlowID); err != nil {
				return err
			}
			o.Created = fromMicros(created)
			found[of[contact]] = append(found[of[contact]], o)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

// AllowOutside records the decision to send to people in spite of these invites.
func (l *Ledger) AllowOutside(ctx context.Context, inviteIDs []string, by string, at time.Time) error {
	return l.write(ctx, func(w *writer) error {
		for _, id := range inviteIDs {
			w.exec(sqlAllowOutside, id, by, micros(at))
		}
		return nil
	})
}

// FirstSeen says which attempt was the latest of all when each invite was seen first.
func (l *Ledger) FirstSeen(ctx context.Context, inviteIDs []string) (map[string]int64, error) {
	seen := map[string]int64{}
	err := l.eachOf(ctx, sqlFirstSeen, inviteIDs, func(rows *sql.Rows) error {
		var id string
		var attempt int64
		if err := rows.Scan(&id, &attempt); err != nil {
			return err
		}
		seen[id] = attempt
		return nil
	})
	return seen, err
}

// contactKey is how a contact stands in the table of outside contacts.
func contactKey(a batch.Alias) int64 {
	sum := sha256.Sum256([]byte(string(a.Kind) + "\x00" + a.Value))
	return int64(binary.BigEndian.Uint64(sum[:8]))
}

// contactKeys writes them as a JSON array.
func contactKeys(aliases []batch.Alias) string {
	text := []byte{'['}
	for i, a := range aliases {
		if i > 0 {
			text = append(text, ',')
		}
		text = strconv.AppendInt(text, contactKey(a), 10)
	}
	return string(append(text, ']'))
}
