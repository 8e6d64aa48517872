package batch

import (
	"context"
	"iter"
)

// chunks reads the wanted blocks of the plan as many rows at a time as are looked
// up at once. A chunk is valid until the one after the next is read.
func (p *Plan) chunks(wanted func(block) bool) iter.Seq2[[]parcel, error] {
	return func(yield func([]parcel, error) bool) {
		chunk, other := make([]parcel, 0, chunkRows), make([]parcel, 0, chunkRows)
		for row, err := range p.spool.all(wanted) {
			if err != nil {
				yield(nil, err)
				return
			}
			if chunk = append(chunk, row); len(chunk) < chunkRows {
				continue
			}
			if !yield(chunk, nil) {
				return
			}
			chunk, other = other[:0], chunk
		}
		if len(chunk) > 0 {
			yield(chunk, nil)
		}
	}
}

// open reports whether the plan left e's outcome to the send.
func (e *entry) open() bool { return e.Outcome == "" || e.Outcome == OutcomeUnknown }

// openOf are the entries of a chunk that the plan left open.
func openOf(rows []parcel) []*entry {
	var open []*entry
	for i := range rows {
		if e := &rows[i].entry; e.open() {
			open = append(open, e)
		}
	}
	return open
}

// ownersOf asks the ledger for everybody whose entry is open. Who was claimed for
// a row owns all of its aliases, so one of them finds them; only somebody in doubt
// since an earlier run may be known by another.
func ownersOf(ctx context.Context, find Finder, campaign string, open []*entry) (map[Alias]Person, error) {
	var first, others []Alias
	for _, e := range open {
		aliases := AliasesOf(e.Recipient)
		first = append(first, aliases[0])
		if e.Outcome == OutcomeUnknown {
			others = append(others, aliases[1:]...)
		}
	}
	if len(first) == 0 {
		return nil, nil
	}
	return find.ByAlias(ctx, campaign, append(first, others...))
}

// claimedFor finds the person whom e's row was claimed for in that run, or, for
// a row in doubt, the person it was in doubt about.
func claimedFor(e *entry, owned map[Alias]Person, runID string) (Person, bool) {
	if !e.open() {
		return Person{}, false
	}
	for _, a := range AliasesOf(e.Recipient) {
		person, ok := owned[a]
		if !ok {
			continue
		}
		mine := person.RunID == runID && person.Line == e.Line
		if mine || e.Outcome == OutcomeUnknown && person.ID == e.PersonID {
			return person, true
		}
	}
	return Person{}, false
}
