package ledger

import (
	"context"
	"database/sql"
	"slices"
	"strconv"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

// ByFingerprint finds the people in state Sent whose row had these cells: the hot
// path of a usual night.
//
// People stand in the ledger in the order of the rosters that brought them, so a
// roster in its usual order finds the next rows' people behind those of the rows
// before. Where that was so for one call, the next one reads on from there and
// seeks only whom it does not meet: 3.4 µs a row at a million people on a busy
// machine, and 15 µs in any other order.
func (l *Ledger) ByFingerprint(ctx context.Context, campaign string, rows []csvmap.Digest,
	employeeID func(i int) string) (map[csvmap.Digest]batch.Invited, error) {
	s := newSearch(rows, l.runs.Load())
	err := l.snapshot(ctx, campaign, func(tx *sql.Tx, id int64) error {
		if after := l.reached.Load(); after > 0 {
			if err := s.scan(ctx, tx, sqlInvitedAfter, id, after, len(rows)+len(rows)/8); err != nil {
				return err
			}
		}
		sought, err := s.sought(ctx, tx, id, employeeID)
		if err != nil {
			return err
		}
		for chunk := range slices.Chunk(sought, maxKeys) {
			if err := s.scan(ctx, tx, sqlByFingerprint, id, keyList(chunk)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	l.reached.Store(s.reached())
	l.runs.Store(s.runs)
	return s.found, nil
}

// search is one look-up by fingerprint.
type search struct {
	rows  []csvmap.Digest
	asked map[csvmap.Digest]bool
	found map[csvmap.Digest]batch.Invited
	runs  *runIDs
}

// runIDs are the IDs of the runs by their numbers; it does not change.
type runIDs map[int64]string

func newSearch(rows []csvmap.Digest, runs *runIDs) *search {
	s := &search{
		rows:  rows,
		asked: make(map[csvmap.Digest]bool, len(rows)),
		found: make(map[csvmap.Digest]batch.Invited, len(rows)),
		runs:  runs,
	}
	for _, d := range rows {
		s.asked[d] = true
	}
	return s
}

// scan adds whoever the query finds. Both queries find people who were not asked
// for, too: the one reads on, and the other seeks half of a fingerprint.
func (s *search) scan(ctx context.Context, tx *sql.Tx, query string, args ...any) error {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	var cells sql.RawBytes
	var id int64
	var text string
	unnamed := map[csvmap.Digest]int64{}
	for rows.Next() {
		if err := rows.Scan(&cells, &id, &text); err != nil {
			return err
		}
		d := csvmap.Digest(cells)
		if !s.asked[d] {
			continue
		}
		p, run, err := readCard(text)
		if err != nil {
			return err
		}
		var named bool
		if p.RunID, named = (*s.runs)[run]; !named && run != 0 {
			unnamed[d] = run
		}
		p.PersonID = id
		s.found[d] = p
	}
	if err := rows.Err(); err != nil || len(unnamed) == 0 {
		return err
	}
	return s.name(ctx, tx, unnamed)
}

// name fills in the runs that were not known by their numbers yet.
func (s *search) name(ctx context.Context, tx *sql.Tx, unnamed map[csvmap.Digest]int64) error {
	rows, err := tx.QueryContext(ctx, sqlRunIDs)
	if err != nil {
		return err
	}
	defer rows.Close()
	s.runs = &runIDs{}
	for rows.Next() {
		var number int64
		var id string
		if err := rows.Scan(&number, &id); err != nil {
			return err
		}
		(*s.runs)[number] = id
	}
	for d, run := range unnamed {
		p := s.found[d]
		p.RunID = (*s.runs)[run]
		s.found[d] = p
	}
	return rows.Err()
}

// sought are the rows that nobody was found for, without those whose employee ID is
// known to belong to nobody.
func (s *search) sought(ctx context.Context, tx *sql.Tx, campaign int64, employeeID func(i int) string) ([]csvmap.Digest, error) {
	missing := s.missing()
	ids := make([]string, len(missing))
	if employeeID != nil {
		for n, i := range missing {
			ids[n] = employeeID(i)
		}
	}
	free, err := freeIDs(ctx, tx, campaign, ids)
	if err != nil {
		return nil, err
	}
	var sought []csvmap.Digest
	for n, i := range missing {
		if !free[ids[n]] {
			sought = append(sought, s.rows[i])
		}
	}
	return sought, nil
}

// freeIDs are those of the employee IDs that nobody owns, where that is seen at one
// look, see [ownedBetween]; to seek an ID takes as long as to seek a row.
func freeIDs(ctx context.Context, tx *sql.Tx, campaign int64, ids []string) (map[string]bool, error) {
	given := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == "" })
	slices.Sort(given)
	owned, few, err := ownedBetween(ctx, tx, campaign, batch.ByEmployeeID, given)
	if err != nil || !few {
		return nil, err
	}
	free := make(map[string]bool, len(given))
	for _, id := range given {
		free[id] = true
	}
	for _, id := range owned {
		delete(free, id)
	}
	return free, nil
}

// missing are the rows that nobody was found for.
func (s *search) missing() []int {
	var missing []int
	for i, d := range s.rows {
		if _, ok := s.found[d]; !ok {
			missing = append(missing, i)
		}
	}
	return missing
}

// stride is how far apart in the ledger the people of neighbouring rows may be:
// between them stand those who have left.
const stride = 8

// reached is the last person who stands behind the one before, as they do in the
// roster, when most do; 0 when the roster has another order than the ledger.
func (s *search) reached() int64 {
	var last, before int64
	inOrder := 0
	for _, d := range s.rows {
		p, ok := s.found[d]
		if !ok {
			continue
		}
		if step := p.PersonID - before; step > 0 && step <= stride {
			last = p.PersonID
			inOrder++
		}
		before = p.PersonID
	}
	if inOrder < len(s.rows)/2 {
		return 0
	}
	return last
}

// keyList writes the indexed parts of fingerprints as a JSON array.
func keyList(rows []csvmap.Digest) string {
	text := make([]byte, 0, 21*len(rows)+2)
	text = append(text, '[')
	for i, d := range rows {
		if i > 0 {
			text = append(text, ',')
		}
		text = strconv.AppendInt(text, cellsKey(d), 10)
	}
	return string(append(text, ']'))
}
