package batch

import (
	"context"

	"bulkinvite/csvmap"
)

// candidate is a row on its way to a decision.
type candidate struct {
	row         csvmap.Row
	fingerprint csvmap.Digest
	known       bool // by its fingerprint: invited, with these very cells
	invited     Invited
	recipient   csvmap.Recipient
	found       csvmap.Findings
	aliases     []Alias       // of a valid row that is not known
	shared      []Alias       // its shared contacts by themselves
	key         csvmap.Digest // of the question about it, where there is one; zero else
	namesakes   []Person      // of a row that nobody is known by
}

// portion is a chunk of candidates, with the people whom the ledger knows by the
// aliases of those that are not known by their fingerprint.
type portion struct {
	rows  []candidate
	owned map[Alias]Person
}

// line carries portions from reading to recognising to deciding, and the empty ones
// back.
type line struct {
	read, recognised, free chan portion
}

// inFlight is how many portions there are: one at each of the three steps, and one
// that waits behind each of the first two.
const inFlight = 5

func newLine() line {
	l := line{make(chan portion, 1), make(chan portion, 1), make(chan portion, inFlight)}
	for range inFlight {
		l.free <- portion{rows: make([]candidate, 0, chunkRows)}
	}
	return l
}

// pass hands a portion on.
func pass(ctx context.Context, to chan<- portion, p portion) error {
	select {
	case to <- p:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// empty returns a portion to fill.
func (l line) empty(ctx context.Context) (portion, error) {
	select {
	case used := <-l.free:
		return portion{rows: used.rows[:0]}, nil
	case <-ctx.Done():
		return portion{}, ctx.Err()
	}
}

// readAll sends the roster's rows down the line.
func (p *planner) readAll(ctx context.Context, roster Roster, line line) error {
	filled, err := line.empty(ctx)
	if err != nil {
		return err
	}
	for row, err := range roster.Rows(ctx) {
		if err != nil {
			return err
		}
		if filled.rows = append(filled.rows, p.candidate(row)); len(filled.rows) < chunkRows {
			continue
		}
		if err := pass(ctx, line.read, filled); err != nil {
			return err
		}
		if filled, err = line.empty(ctx); err != nil {
			return err
		}
	}
	return pass(ctx, line.read, filled)
}

func (p *planner) candidate(row csvmap.Row) candidate {
	c := candidate{row: row}
	if c.printed() {
		c.fingerprint = p.check.Fingerprint(row)
	}
	return c
}

// printed reports whether the row has cells to be known by.
func (c *candidate) printed() bool { return c.row.Malformed == nil && c.row.Skip == nil }

// recogniseAll recognises the portions that were read.
func (p *planner) recogniseAll(ctx context.Context, line line) error {
	for read := range line.read {
		if err := p.recognise(ctx, &read); err != nil {
			return err
		}
		if err := pass(ctx, line.recognised, read); err != nil {
			return err
		}
	}
	return nil
}

// decideAll decides on the portions that were recognised.
func (p *planner) decideAll(line line) error {
	for recognised := range line.recognised {
		if err := p.decide(recognised); err != nil {
			return err
		}
		line.free <- recognised
	}
	return nil
}

// recognise asks the ledger for the rows whose cells it has seen and sent: the
// hot path of a nightly roster. The others are checked, and it is asked for whoever
// owns one of their aliases.
func (p *planner) recognise(ctx context.Context, q *portion) error {
	if err := p.findKnown(ctx, q.rows); err != nil {
		return err
	}
	var aliases []Alias
	for i := range q.rows {
		c := &q.rows[i]
		if c.known || c.row.Skip != nil {
			continue
		}
		if c.recipient, c.found = p.check.CheckAll(c.row); len(c.found.Problems) == 0 {
			p.count(c)
			c.aliases, c.shared = AliasesOf(c.recipient), sharedAliases(c.recipient)
			aliases = append(append(aliases, c.aliases...), c.shared...)
			aliases = append(aliases, p.besides(c)...)
		}
	}
	if len(aliases) == 0 {
		return nil
	}
	var err error
	if q.owned, err = p.find.ByAlias(ctx, p.Campaign, aliases); err != nil {
		return err
	}
	if len(p.nobodys) > 0 {
		p.disown(q)
	}
	return p.findNamesakes(ctx, q)
}

// findKnown finds the rows that are known by their fingerprint.
func (p *planner) findKnown(ctx context.Context, rows []candidate) error {
	prints, printed := make([]csvmap.Digest, 0, len(rows)), make([]*candidate, 0, len(rows))
	for i := range rows {
		if c := &rows[i]; c.printed() {
			prints, printed = append(prints, c.fingerprint), append(printed, c)
		}
	}
	invited, err := p.find.ByFingerprint(ctx, p.Campaign, prints, func(i int) string {
		return pairID(p.check.EmployeeID(printed[i].row))
	})
	for _, c := range printed {
		c.invited, c.known = invited[c.fingerprint]
	}
	return err
}
