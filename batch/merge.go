package batch

import (
	"context"
	"iter"
	"slices"

	"bulkinvite/csvmap"
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
		for known, err := range ahead(m.lookUp(ctx, p)) {
			if err != nil {
				yield(Result{}, err)
				return
			}
			for i := range known.rows {
				if !yield(m.result(&known.rows[i], &known), nil) {
					return
				}
			}
		}
	}
}

// known is a chunk of rows with what the ledger knows of those that the plan left
// open.
type known struct {
	plan  *Plan
	rows  []parcel
	sent  map[csvmap.Digest]Invited // who holds an invite, by the row's cells
	owned map[Alias]Person          // everybody whom the run did not send one
}

// lookUp asks the ledger about one chunk after the other.
func (m Merge) lookUp(ctx context.Context, p *Plan) iter.Seq2[known, error] {
	return func(yield func(known, error) bool) {
		for chunk, err := range p.chunks(everyBlock) {
			k := known{plan: p, rows: chunk}
			if err == nil && !m.DryRun {
				err = m.ask(ctx, p.campaign, &k)
			}
			if !yield(k, err) || err != nil {
				return
			}
		}
	}
}

// ask looks for the invites of this run by the cells that they were sent for, in a
// third of the time that it takes by alias, and for whoever is left by alias.
func (m Merge) ask(ctx context.Context, campaign string, k *known) (err error) {
	open := openOf(k.rows)
	if len(open) == 0 {
		return nil
	}
	prints := make([]csvmap.Digest, len(open))
	for i, e := range open {
		prints[i] = e.Row
	}
	if k.sent, err = m.Find.ByFingerprint(ctx, campaign, prints, nil); err != nil {
		return err
	}
	open = slices.DeleteFunc(open, func(e *entry) bool {
		_, sent := k.sentTo(e, m.RunID)
		return sent
	})
	k.owned, err = ownersOf(ctx, m.Find, campaign, open)
	return err
}

// sentTo finds the invite that the run sent for a row.
func (k *known) sentTo(e *entry, runID string) (Invited, bool) {
	invited, ok := k.sent[e.Row]
	return invited, ok && e.Outcome == "" && invited.RunID == runID
}

// result is what became of one row, with the warnings about it at the end.
func (m Merge) result(row *parcel, k *known) Result {
	r := m.outcome(row, k)
	if warnings := row.entry.Warnings; len(warnings) > 0 {
		r.Findings = append(slices.Clip(r.Findings), warnings...)
	}
	return r
}

func (m Merge) outcome(row *parcel, k *known) Result {
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
	if who, held := k.plan.outside[row.row]; held {
		r.Outcome, r.Findings = OutcomeConflict, []Finding{who.finding(k.plan.place)}
		return r
	}
	if invited, ok := k.sentTo(e, m.RunID); ok {
		r.Outcome, r.Attempts, r.HTTP, r.Invite = OutcomeSent, invited.Attempts, invited.HTTP, invited.Invite
		return r
	}
	person, found := claimedFor(e, k.owned, m.RunID)
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
