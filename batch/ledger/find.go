package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"maps"
	"slices"

	"golang.org/x/sync/errgroup"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

// maxKeys bounds the keys of one statement.
const maxKeys = 512

// ByAlias finds the people who own these aliases. The kinds are looked up side by side.
func (l *Ledger) ByAlias(ctx context.Context, campaign string, aliases []batch.Alias) (map[batch.Alias]batch.Person, error) {
	values := map[batch.AliasKind][]string{}
	for _, a := range aliases {
		values[a.Kind] = append(values[a.Kind], a.Value)
	}
	group, ctx := errgroup.WithContext(ctx)
	answers := make(chan map[batch.Alias]batch.Person, len(values))
	for kind, all := range values {
		group.Go(func() error {
			found, err := l.owners(ctx, campaign, kind, all)
			answers <- found
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	close(answers)
	found := map[batch.Alias]batch.Person{}
	for answer := range answers {
		maps.Copy(found, answer)
	}
	return found, nil
}

// owners finds the people who own these aliases of one kind.
func (l *Ledger) owners(ctx context.Context, campaign string, kind batch.AliasKind, values []string) (map[batch.Alias]batch.Person, error) {
	found := map[batch.Alias]batch.Person{}
	err := l.snapshot(ctx, campaign, func(tx *sql.Tx, id int64) error {
		for chunk := range slices.Chunk(values, maxKeys) {
			if err := findOwners(ctx, tx, id, kind, chunk, found); err != nil {
				return err
			}
		}
		return nil
	})
	return found, err
}

func findOwners(ctx context.Context, tx *sql.Tx, campaign int64, kind batch.AliasKind, values []string,
	found map[batch.Alias]batch.Person) error {
	list, err := json.Marshal(values)
	if err != nil {
		return err
	}
	number, _ := kindNumber(kind) // an unknown kind is 0 and has no aliases
	rows, err := tx.QueryContext(ctx, sqlByAlias, campaign, number, string(list))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		value, p, err := scanPerson(rows)
		if err != nil {
			return err
		}
		found[batch.Alias{Kind: kind, Value: value}] = p
	}
	return rows.Err()
}

func scanPerson(rows *sql.Rows) (value string, p batch.Person, err error) {
	var body sql.RawBytes
	var invite inviteRow
	var last settlementRow
	var line sql.NullInt64
	var run sql.NullString
	dest := []any{&value, &p.ID, &p.State, &p.EmployeeID, &p.Email, &p.Phone, &p.Name, &body, &p.Attempts, &line, &run}
	dest = append(append(dest, invite.dest()...), last.dest()...)
	if err := rows.Scan(dest...); err != nil {
		return "", p, err
	}
	p.Body, p.Line, p.RunID = csvmap.Digest(body), int(line.Int64), run.String
	p.Invite = invite.invite()
	if p.Last, err = last.settlement(); err != nil {
		return "", p, err
	}
	if p.Last.State == batch.Sent {
		p.Last.Invite = p.Invite
	}
	return value, p, nil
}

// snapshot runs a look-up within one read transaction. It is not called for a
// campaign that the ledger does not know: nobody is in it.
func (l *Ledger) snapshot(ctx context.Context, campaign string, look func(tx *sql.Tx, id int64) error) error {
	tx, err := l.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return storage(l.path, err)
	}
	defer tx.Rollback() // ends the snapshot; there is nothing to keep
	var id int64
	switch err := tx.QueryRowContext(ctx, sqlCampaign, campaign).Scan(&id); {
	case err == sql.ErrNoRows:
		return nil
	case err != nil:
		return storage(l.path, err)
	}
	return storage(l.path, look(tx, id))
}
