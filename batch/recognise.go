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
	aliases     []Alias // of a valid row that is not known
	shared      []Alias // its shared contacts by themselves
}

// line carries chunks of candidates from reading to recognising to deciding, and
// the empty chunks back.
type line struct {
	read, recognised, free chan []candidate
}

// inFlight is how many chunks there are: one at each of the three steps, and one
// that waits behind each of the first two.
const inFlight = 5

func newLine() line {
	l := line{make(chan []candidate, 1), make(chan []candidate, 1), make(chan []candidate, inFlight)}
	for range inFlight {
		l.free <- make([]candidate, 0, chunkRows)
	}
	return l
}

// pass hands a chunk on.
func pass(ctx context.Context, to chan<- []candidate, chunk []candidate) error {
	select {
	case to <- chunk:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// empty returns a chunk to fill.
func (l line) empty(ctx context.Context) ([]candidate, error) {
	select {
	case chunk := <-l.free:
		return chunk[:0], nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// readAll sends the roster's rows down the line.
func (p *planner) readAll(ctx context.Context, roster Roster, line line) error {
	chunk, err := line.empty(ctx)
	if err != nil {
		return err
	}
	for row, err := range roster.Rows(ctx) {
		if err != nil {
			return err
		}
		if chunk = append(chunk, p.candidate(row)); len(chunk) < chunkRows {
			continue
		}
		if err := pass(ctx, line.read, chunk); err != nil {
			return err
		}
		if chunk, err = line.empty(ctx); err != nil {
			return err
		}
	}
	return pass(ctx, line.read, chunk)
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

// recogniseAll recognises the chunks that were read.
func (p *planner) recogniseAll(ctx context.Context, line line) error {
	for chunk := range line.read {
		if err := p.recognise(ctx, chunk); err != nil {
			return err
		}
		if err := pass(ctx, line.recognised, chunk); err != nil {
			return err
		}
	}
	return nil
}

// decideAll decides on the chunks that were recognised.
func (p *planner) decideAll(ctx context.Context, line line) error {
	for chunk := range line.recognised {
		if err := p.decide(ctx, chunk); err != nil {
			return err
		}
		line.free <- chunk
	}
	return nil
}

// recognise asks the ledger for the rows whose cells it has seen and sent: the
// hot path of a nightly roster. The others are checked.
func (p *planner) recognise(ctx context.Context, candidates []candidate) error {
	prints := make([]csvmap.Digest, 0, len(candidates))
	for i := range candidates {
		if c := &candidates[i]; c.printed() {
			prints = append(prints, c.fingerprint)
		}
	}
	invited, err := p.find.ByFingerprint(ctx, p.Campaign, prints)
	if err != nil {
		return err
	}
	for i := range candidates {
		c := &candidates[i]
		if c.row.Skip != nil {
			continue
		}
		if c.row.Malformed == nil {
			c.invited, c.known = invited[c.fingerprint]
		}
		if c.known {
			continue
		}
		if c.recipient, c.found = p.check.CheckAll(c.row); len(c.found.Problems) == 0 {
			c.aliases, c.shared = AliasesOf(c.recipient), sharedAliases(c.recipient)
		}
	}
	return nil
}
