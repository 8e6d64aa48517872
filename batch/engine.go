package batch

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"
)

// maxRounds is how often a run sends to people whose earlier attempt is proved
// to have created nothing.
const maxRounds = 3

// Engine sends a plan and leaves as few people in doubt as can be: send,
// reconcile, wait until absence can be proved, send to the absent again.
type Engine struct {
	Courier    Courier
	Reconciler Reconciler
	Find       Finder
	// Outside says which invites outside the ledger count, and Place are the flags for
	// commands about them, for whoever is to be sent to once more; see AccountCheck.
	Outside OutsideRule
	Place   string
	// NoWait leaves what cannot be proved yet to a later run.
	NoWait bool
	// Tell is called with what a person at the screen should know; may be nil.
	Tell func(message string)
}

// SettleEarlier settles what earlier runs left in doubt, as far as the list can at
// once. It is for the start of a run, before the plan.
func (e Engine) SettleEarlier(ctx context.Context) error {
	_, err := e.scan(ctx, &Snapshot{})
	return e.unlisted(ctx, err)
}

// Send sends the plan. The error is the ledger's or the spool's; the Delivery is
// valid even then.
func (e Engine) Send(ctx context.Context, p *Plan) (Delivery, error) {
	d, err := e.Courier.Deliver(ctx, p)
	for round := 1; err == nil && d.Stop == nil; round++ {
		var scan Scan
		scan, err = e.Settle(ctx)
		err = e.unlisted(ctx, err)
		if err != nil || scan.Absent == 0 || round == maxRounds || ctx.Err() != nil {
			break // absent after the last round: failed, for the next run
		}
		e.tell("%s proved not to have been invited: sending again to those on the roster", people(scan.Absent))
		var again Delivery
		again, err = e.Courier.deliver(ctx, e.absent(ctx, p, d.SetAside), p.also)
		d.add(again)
	}
	if d.Stop == nil {
		d.Stop = StopOf(ctx) // while it waited
	}
	return d, err
}

// Settle reconciles until nobody is in doubt or waiting does not help. The Scan
// counts all readings, and is valid beside an error: a *[ListError], the
// ledger's, or ctx's.
func (e Engine) Settle(ctx context.Context) (Scan, error) {
	var found, absent int
	var last Snapshot
	for {
		scan, err := e.scan(ctx, &last)
		// An obstacle may pass: invites appear late, and those that were found are
		// known to exist from now on.
		stuck := scan.Obstacle != "" && scan.Found == 0
		found, absent = found+scan.Found, absent+scan.Absent
		scan.Found, scan.Absent = found, absent
		wait := time.Until(scan.Provable)
		if err != nil || scan.Left == 0 || e.NoWait || scan.Provable.IsZero() || stuck && wait <= 0 {
			return scan, err
		}
		if wait > 0 { // else the list took longer to read than there was to wait
			e.tell("%s in doubt: waiting %s, until the list of invites can prove who was not invited (--no-wait leaves that to a later run)",
				people(scan.Left), wholeSeconds(wait))
		}
		if !pause(ctx, wait) {
			return scan, ctx.Err()
		}
	}
}

// scan reads the list and tells what it showed.
func (e Engine) scan(ctx context.Context, last *Snapshot) (Scan, error) {
	scan, err := e.Reconciler.Scan(ctx, last)
	if err != nil {
		return scan, err
	}
	if all := scan.Found + scan.Absent + scan.Left; all > 0 {
		e.tell("looked up %s in doubt among %d invites: %d with an invite, %d provably without, %d still in doubt",
			people(all), scan.Listed, scan.Found, scan.Absent, scan.Left)
	}
	if scan.Left > 0 && scan.Obstacle != "" {
		e.tell("%s", scan.Obstacle)
	}
	for _, why := range slices.Sorted(maps.Keys(scan.Reasons)) {
		e.tell("%s in doubt for a person to look at: %s", people(scan.Reasons[why]), why)
	}
	return scan, nil
}

// unlisted makes no failure of a list that could not be read, or of a stop while
// it was: whoever is in doubt stays so.
func (e Engine) unlisted(ctx context.Context, err error) error {
	if _, ok := errors.AsType[*ListError](err); ok {
		e.tell("nobody in doubt could be settled: %s", err)
		return nil
	}
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// absent are the plan's rows whose people were proved absent in this run. Those who
// have an invite outside the ledger are set aside.
func (e Engine) absent(ctx context.Context, p *Plan, aside map[rowRef]Finding) iter.Seq2[parcel, error] {
	return func(yield func(parcel, error) bool) {
		for chunk, err := range p.chunks(openBlocks) {
			if err == nil {
				chunk, err = e.absentOf(ctx, p, chunk)
			}
			if err == nil {
				chunk, err = e.setOutsidersAside(ctx, chunk, aside)
			}
			if err != nil {
				yield(parcel{}, err)
				return
			}
			for _, row := range chunk {
				if !yield(row, nil) {
					return
				}
			}
		}
	}
}

// absentOf are the rows of a chunk whose people were proved absent in this run.
func (e Engine) absentOf(ctx context.Context, p *Plan, chunk []parcel) ([]parcel, error) {
	owned, err := ownersOf(ctx, e.Find, p.campaign, openOf(chunk))
	if err != nil {
		return nil, err
	}
	var absent []parcel
	for _, row := range chunk {
		person, ok := claimedFor(&row.entry, owned, e.Courier.RunID)
		if ok && person.State == Failed && person.Last.By == ByReconcile {
			row.entry.PersonID = person.ID
			absent = append(absent, row)
		}
	}
	return absent, nil
}

// setOutsidersAside leaves out rows whose people have an invite outside the ledger.
func (e Engine) setOutsidersAside(ctx context.Context, rows []parcel, aside map[rowRef]Finding) ([]parcel, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	outside, err := outsideOf(ctx, e.Reconciler.Archive, rows)
	return slices.DeleteFunc(rows, func(row parcel) bool {
		who, found := e.Outside.find(row.entry, outside)
		if found {
			aside[row.row] = who.finding(e.Place)
		}
		return found
	}), err
}

// add counts another round.
func (d *Delivery) add(again Delivery) {
	d.Stop = again.Stop
	d.Posts += again.Posts
	d.Throttled += again.Throttled
	d.Took += again.Took
	for row, f := range again.SetAside {
		d.SetAside[row] = f
	}
}

func (e Engine) tell(format string, args ...any) {
	if e.Tell != nil {
		e.Tell(fmt.Sprintf(format, args...))
	}
}

func people(n int) string {
	if n == 1 {
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}

// wholeSeconds rounds up: who is told to wait should not wait longer than that.
func wholeSeconds(d time.Duration) time.Duration {
	return (d + time.Second - 1).Truncate(time.Second)
}

// pause waits, and reports whether it could wait to the end.
func pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
