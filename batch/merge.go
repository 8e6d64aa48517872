package batch

import (
	"context"
	"iter"
	"slices"
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
		for chunk, err := range ahead(p.chunks(everyBlock)) {
			var owned map[Alias]Person
			if err == nil && !m.DryRun {
				owned, err = ownersOfOpen(ctx, m.Find, p.campaign, chunk)
			}
			if err != nil {
				yield(Result{}, err)
				return
			}
			for i := range chunk {
				if !yield(m.result(&chunk[i], owned), nil) {
					return
				}
			}
		}
	}
}

// result is what became of one row, with the warnings about it at the end.
func (m Merge) result(row *parcel, owned map[Alias]Person) Result {
	r := m.outcome(row, owned)
	if warnings := row.entry.Warnings; len(warnings) > 0 {
		r.Findings = append(slices.Clip(r.Findings), warnings...)
	}
	return r
}

func (m Merge) outcome(row *parcel, owned map[Alias]Person) Result {
	e := &row.entry
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
	if f, ok := m.Delivery.SetAside[row.row]; ok {
		r.Outcome, r.Findings = OutcomeConflict, []Finding{f}
		return r
	}
	person, found := claimedFor(e, owned, m.RunID)
	switch {
	case found && !person.released():
		r.become(person, m.RunID)
	case e.Outcome == "" && m.DryRun:
		r.Outcome, r.Findings = OutcomeNotAttempted, finding(CodeWouldSend, "would be sent", Nobody)
	case e.Outcome == "", found:
		r.Outcome, r.Findings = OutcomeNotAttempted, finding(CodeNotAttempted, m.whyNot(), Nobody)
	}
	return r
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
