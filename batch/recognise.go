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

// line carries chunks of candidates from recognising to deciding, and the empty
// chunks back.
type line struct {
	recognised chan []candidate
	free       chan []candidate
}

// inFlight is how many chunks there are: one that is read, one that waits, one
// that is decided.
const inFlight = 3

func newLine() line {
	l := line{make(chan []candidate, 1), make(chan []candidate, inFlight)}
	for range inFlight {
		l.free <- make([]candidate, 0, chunkRows)
	}
	return l
}

// pass hands a chunk on and returns an empty one.
func (l line) pass(ctx context.Context, chunk []candidate) ([]candidate, error) {
	select {
	case l.recognised <- chunk:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	select {
	case chunk = <-l.free:
		return chunk, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// recogniseAll sends the roster's rows down the line.
func (p *planner) recogniseAll(ctx context.Context, roster Roster, line line) error {
	chunk := <-line.free
	for row, err := range roster.Rows(ctx) {
		if err != nil {
			return err
		}
		if chunk = append(chunk, candidate{row: row}); len(chunk) < chunkRows {
			continue
		}
		if err := p.recognise(ctx, chunk); err != nil {
			return err
		}
		if chunk, err = line.pass(ctx, chunk); err != nil {
			return err
		}
	}
	if err := p.recognise(ctx, chunk); err != nil {
		return err
	}
	_, err := line.pass(ctx, chunk)
	return err
}

// recognise asks the ledger for the rows whose cells it has seen and sent: the
// hot path of a nightly roster. The others are checked.
func (p *planner) recognise(ctx context.Context, candidates []candidate) error {
	prints := make([]csvmap.Digest, 0, len(candidates))
	for i := range candidates {
		c := &candidates[i]
		if c.row.Malformed == nil && c.row.Skip == nil {
			c.fingerprint = p.check.Fingerprint(c.row)
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
