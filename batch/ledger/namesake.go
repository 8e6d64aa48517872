package ledger

import (
	"context"
	"database/sql"
	"encoding/json"

	"bulkinvite/batch"
)

// mostNamesakes is how many people of one name are told of.
const mostNamesakes = 20

// Namesakes finds the people of a campaign by their names, folded; of each name the
// first few.
func (l *Ledger) Namesakes(ctx context.Context, campaign string, names []string) (map[string][]batch.Person, error) {
	found := map[string][]batch.Person{}
	list, err := json.Marshal(names)
	if err != nil {
		return nil, err
	}
	err = l.snapshot(ctx, campaign, func(tx *sql.Tx, id int64) error {
		rows, err := tx.QueryContext(ctx, sqlNamesakes, id, string(list))
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var p batch.Person
			var invite inviteRow
			var line sql.NullInt64
			dest := append([]any{&p.Name, &p.ID, &p.State, &p.EmployeeID, &p.WrittenID, &p.Email, &p.Phone, &line}, invite.dest()...)
			if err := rows.Scan(dest...); err != nil {
				return err
			}
			if len(found[p.Name]) < mostNamesakes {
				p.Invite, p.Line = invite.invite(), int(line.Int64)
				found[p.Name] = append(found[p.Name], p)
			}
		}
		return rows.Err()
	})
	return found, err
}
