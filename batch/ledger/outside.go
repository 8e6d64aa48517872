package ledger

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"slices"
	"strconv"

	"bulkinvite/batch"
)

// KeepOutside remembers invites that nobody in the ledger holds.
func (l *Ledger) KeepOutside(ctx context.Context, reading int64, invites []batch.Listing) (news int, err error) {
	err = l.write(ctx, func(w *writer) error {
		news = 0 // a transaction may be begun again
		for _, v := range invites {
			var first int64
			o := v.Outside()
			w.row(sqlKeepOutside, []any{o.Invite, micros(o.Created), o.FlowID, o.Status, o.Hidden, reading, w.now.Attempts}, &first)
			if first == reading {
				news++
			}
			for _, a := range v.Contacts() {
				w.exec(sqlKeepContact, contactKey(a), o.Invite)
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
			if err := rows.Scan(&contact, &o.Invite, &created, &o.FlowID, &o.Status, &o.Hidden, &o.Told); err != nil {
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

// HiddenOutside shows the invites that hide a contact and stand outside the ledger,
// without those that somebody has passed.
func (l *Ledger) HiddenOutside(ctx context.Context, show func(batch.Outside)) error {
	return l.each(ctx, sqlHiddenOutside, nil, func(rows *sql.Rows) error {
		var created sql.NullInt64
		o := batch.Outside{Hidden: true}
		if err := rows.Scan(&o.Invite, &created, &o.FlowID); err != nil {
			return err
		}
		o.Created = fromMicros(created)
		show(o)
		return nil
	})
}

// Rule records what somebody has decided about invites outside the ledger, or been told
// of them.
func (l *Ledger) Rule(ctx context.Context, inviteIDs []string, r batch.OutsideRuling) error {
	return l.write(ctx, func(w *writer) error {
		for _, id := range inviteIDs {
			if r.Told {
				w.exec(sqlTellOutside, id, micros(r.At))
			}
			if r.Allowed {
				w.exec(sqlAllowOutside, id, r.By, micros(r.At))
			}
			if r.Passed {
				w.exec(sqlPassOutside, id, r.By, micros(r.At))
			}
		}
		return nil
	})
}

// Rulings says what has been recorded of invites by Rule, without who and when.
func (l *Ledger) Rulings(ctx context.Context, inviteIDs []string) (map[string]batch.OutsideRuling, error) {
	rulings := map[string]batch.OutsideRuling{}
	err := l.eachOf(ctx, sqlRulings, inviteIDs, func(rows *sql.Rows) error {
		var id string
		var r batch.OutsideRuling
		if err := rows.Scan(&id, &r.Told, &r.Allowed, &r.Passed); err != nil {
			return err
		}
		rulings[id] = r
		return nil
	})
	return rulings, err
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
