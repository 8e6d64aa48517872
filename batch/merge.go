package batch

import (
	"context"
	"iter"
)

// Merge says what became of every row, in roster order. It asks the ledger
// again for the rows that were to be sent or are in doubt, so that the report
// tells what the ledger holds after the last reconciliation.
type Merge struct {
	Find     Finder
	RunID    string
	DryRun   bool
	Delivery Delivery
}

// Results yields one Result for each row of p.
func (m Merge) Results(ctx context.Context, p *Plan) iter.Seq2[Result, error] {
	return func(yield func(Result, error) bool) {
		chunk := make([]entry, 0, chunkRows)
		flush := func(first rowRef) bool {
			results, err := m.chunk(ctx, p.campaign, first, chunk)
			chunk = chunk[:0]
			for _, r := range results {
				if !yield(r, nil) {
					return false
				}
			}
			if err != nil {
				yield(Result{}, err)
			}
			return err == nil
		}
		row := rowRef(0)
		for e, err := range p.spool.all() {
			if err != nil {
				yield(Result{}, err)
				return
			}
			chunk = append(chunk, e)
			row++
			if len(chunk) == chunkRows && !flush(row-chunkRows) {
				return
			}
		}
		flush(row - rowRef(len(chunk)))
	}
}

func (m Merge) chunk(ctx context.Context, campaign string, first rowRef, entries []entry) ([]Result, error) {
	var aliases []Alias
	for i := range entries {
		if entries[i].open() {
			aliases = append(aliases, AliasesOf(entries[i].Recipient)...)
		}
	}
	var owned map[Alias]Person
	if len(aliases) > 0 && !m.DryRun {
		var err error
		if owned, err = m.Find.ByAlias(ctx, campaign, aliases); err != nil {
			return nil, err
		}
	}
	results := make([]Result, len(entries))
	for i := range entries {
		results[i] = m.result(first+rowRef(i), &entries[i], owned)
	}
	return results, nil
}

// open reports whether the plan left e's outcome to the send.
func (e *entry) open() bool { return e.Outcome == "" || e.Outcome == OutcomeUnknown }

func (m Merge) result(row rowRef, e *entry, owned map[Alias]Person) Result {
	r := Result{
		Line: e.Line, Outcome: e.Outcome, Recipient: e.Recipient, Invite: e.Invite,
		Attempts: e.Attempts, HTTP: e.HTTP, Findings: e.Findings, RunID: e.RunID,
		Raw: e.Raw, Malformed: e.Malformed,
	}
	if r.RunID == "" {
		r.RunID = m.RunID
	}
	if !e.open() {
		return r
	}
	if f, ok := m.Delivery.SetAside[row]; ok {
		r.Outcome, r.Findings = OutcomeConflict, []Finding{f}
		return r
	}
	person, found := m.personOf(e, owned)
	switch {
	case found:
		r.become(person, m.RunID)
	case e.Outcome == "" && m.DryRun:
		r.Outcome, r.Findings = OutcomeNotAttempted, finding(CodeWouldSend, "would be sent", Nobody)
	case e.Outcome == "":
		r.Outcome, r.Findings = OutcomeNotAttempted, finding(CodeNotAttempted, m.whyNot(), Nobody)
	}
	return r
}

// personOf finds the person whom e's row was claimed for in this run, or, for a
// row in doubt, the person it was in doubt about.
func (m Merge) personOf(e *entry, owned map[Alias]Person) (Person, bool) {
	for _, a := range AliasesOf(e.Recipient) {
		person, ok := owned[a]
		if !ok {
			continue
		}
		mine := person.RunID == m.RunID && person.Line == e.Line && person.Last.By != ByRelease
		if mine || e.Outcome == OutcomeUnknown && person.ID == e.PersonID {
			return person, true
		}
	}
	return Person{}, false
}

// become tells what the ledger holds of the person that r is about. An invite
// of an earlier run that only came to light in this one is not sent tonight.
func (r *Result) become(p Person, runID string) {
	r.Attempts, r.HTTP, r.Findings = p.Attempts, p.Last.HTTP, p.Last.Findings
	switch p.State {
	case Sent:
		r.Outcome, r.Invite, r.RunID = OutcomeSent, p.Invite, p.RunID
		if p.RunID != runID {
			r.Outcome = OutcomeAlreadyInvited
		}
	case Rejected:
		r.Outcome = OutcomeRejected
	case Failed:
		r.Outcome = OutcomeFailed
	case Skipped:
		r.Outcome = OutcomeSkipped
	case Sending, Unknown:
		if r.Outcome == OutcomeUnknown || len(r.Findings) == 0 {
			r.Findings = []Finding{doubtFinding(p)}
		}
		r.Outcome = OutcomeUnknown
	}
}

func (m Merge) whyNot() string {
	if m.Delivery.Stop != nil {
		return m.Delivery.Stop.Message
	}
	return "the run ended before this row"
}
