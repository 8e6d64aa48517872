package batch

import (
	"context"
	"iter"
)

// entryChunk is so many entries of a plan as are looked up at once.
type entryChunk struct {
	first   rowRef
	entries []entry // valid until the next chunk
}

// chunks reads the plan a chunk at a time.
func (p *Plan) chunks() iter.Seq2[entryChunk, error] {
	return func(yield func(entryChunk, error) bool) {
		c := entryChunk{entries: make([]entry, 0, chunkRows)}
		for e, err := range p.spool.all() {
			if err != nil {
				yield(entryChunk{}, err)
				return
			}
			if c.entries = append(c.entries, e); len(c.entries) < chunkRows {
				continue
			}
			if !yield(c, nil) {
				return
			}
			c.first += rowRef(len(c.entries))
			c.entries = c.entries[:0]
		}
		if len(c.entries) > 0 {
			yield(c, nil)
		}
	}
}

// open reports whether the plan left e's outcome to the send.
func (e *entry) open() bool { return e.Outcome == "" || e.Outcome == OutcomeUnknown }

// ownersOfOpen asks the ledger for everybody whose row the plan left open. Who was
// claimed for a row owns all of its aliases, so one of them finds them; only
// somebody in doubt since an earlier run may be known by another.
func ownersOfOpen(ctx context.Context, find Finder, campaign string, entries []entry) (map[Alias]Person, error) {
	var first, others []Alias
	for i := range entries {
		if aliases := AliasesOf(entries[i].Recipient); entries[i].open() && len(aliases) > 0 {
			first = append(first, aliases[0])
			if entries[i].Outcome == OutcomeUnknown {
				others = append(others, aliases[1:]...)
			}
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
