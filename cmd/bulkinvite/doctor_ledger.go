package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/dustin/go-humanize"

	"bulkinvite/batch"
	"bulkinvite/batch/ledger"
)

// openLedger opens the ledger to read it, and looks who holds its lock.
func (p *patient) openLedger(ctx context.Context) {
	if p.ledger, p.unread = p.settings.readLedger(ctx); p.unread != nil {
		return
	}
	if dir, err := p.settings.stateFolder(); err == nil {
		p.holder, p.locked, p.lockError = ledger.FindHolder(dir)
	}
}

const notWithout = "cannot be told without the ledger"

// whole looks whether the ledger is undamaged, and the latest one here.
func (p *patient) whole(ctx context.Context) (health, string) {
	switch {
	case is[*ledger.OlderError](p.unread):
		return unwell, p.unread.Error()
	case p.unread != nil:
		return broken, p.unread.Error()
	}
	people, fresh, missing, err := p.lost(ctx)
	switch {
	case err != nil:
		return broken, err.Error()
	case fresh && people == 0 && p.api.invites && !p.settings.local():
		return unwell, "new, while the account has invites: put back the ledger if there was one, or type 'bulkinvite adopt" + p.settings.campaignWords() + "', before the first run"
	case missing != "" && !(fresh && p.settings.local()):
		return broken, missing
	case p.ledger == nil:
		return healthy, "none yet: the first run makes it"
	}
	number, err := p.ledger.Version(ctx)
	if err == nil {
		err = p.ledger.CheckWhole(ctx)
	}
	if err != nil {
		return broken, err.Error()
	}
	status, doubt := p.continuity()
	return status, fmt.Sprintf("undamaged, version %d, knows %s in campaign %s (%s)%s",
		number, peopleOf(people), p.settings.Campaign, p.ledger.Path(), doubt)
}

// continuity says what speaks against the ledger's being the latest one, though nothing
// is known to be missing in it.
func (p *patient) continuity() (health, string) {
	const then = ": the next run that is to send to somebody compares it with the account's list of invites first"
	switch c := p.ledger.Continuity(); {
	case c.Restored:
		return unwell, ", but it was put back from a backup" + then
	case c.Unmarked:
		return unwell, ", but nothing beside it proves that it is the latest one" + then
	case c.Unclean && !(p.locked && p.holder.Alive):
		return unwell, ", but the last one who wrote to it did not end cleanly, or it was changed since" + then
	default:
		return healthy, ""
	}
}

// lost tells how many people the ledger knows, whether it is new, and what it should know
// and does not.
func (p *patient) lost(ctx context.Context) (people int, fresh bool, missing string, err error) {
	path, err := p.settings.ledgerPath()
	if err != nil {
		return 0, false, "", err
	}
	if p.ledger == nil {
		if missing, err = ledger.Lost(filepath.Dir(path)); missing != "" {
			missing = fmt.Sprintf("%s is gone, and a new one %s: put back the latest ledger", path, missing)
		}
		return 0, true, missing, err
	}
	if missing, err = p.settings.missing(ctx, p.ledger); missing != "" {
		missing = fmt.Sprintf("%s %s: it is an old copy, or has lost what was written last; put back the latest ledger", path, missing)
	}
	if err != nil {
		return 0, false, "", err
	}
	if people, err = p.ledger.People(ctx, p.settings.Campaign); err != nil {
		return 0, false, "", err
	}
	fresh, err = p.ledger.Fresh(ctx)
	return people, fresh, missing, err
}

// lock tells who holds the run lock.
func (p *patient) lock(context.Context) (health, string) {
	switch h := p.holder; {
	case p.unread != nil:
		return unwell, notWithout
	case p.lockError != nil:
		return unwell, p.lockError.Error()
	case p.locked && h.Alive:
		return unwell, fmt.Sprintf("held by run %s (process %d, started %s): another run is turned away until it has ended",
			h.RunID, h.PID, h.Started.Local().Format(time.RFC3339))
	default:
		return healthy, "free"
	}
}

// underWay reports whether a run is holding the lock at this moment.
func (p *patient) underWay(runID string) bool {
	return p.locked && p.holder.Alive && p.holder.RunID == runID
}

// doubt counts the people in doubt.
func (p *patient) doubt(ctx context.Context) (health, string) {
	if p.unread != nil {
		return unwell, notWithout
	}
	var doubts []batch.Doubt
	if p.ledger != nil {
		var err error
		if doubts, err = p.ledger.Doubts(ctx, ""); err != nil {
			return broken, err.Error()
		}
	}
	for _, d := range doubts {
		if d.Last.State != "" || !p.underWay(d.RunID) {
			p.inDoubt++
		}
	}
	if p.inDoubt == 0 {
		return healthy, "nobody"
	}
	return unwell, fmt.Sprintf("%s, who may hold an invite or not: type 'bulkinvite unknown%s' to see who it is, and what to do",
		peopleOf(p.inDoubt), p.settings.placeWords())
}

// runs looks for runs that died.
func (p *patient) runs(ctx context.Context) (health, string) {
	if p.unread != nil {
		return unwell, notWithout
	}
	if p.ledger == nil {
		return healthy, "none yet"
	}
	begun, err := p.ledger.Unfinished(ctx)
	if err != nil {
		return broken, err.Error()
	}
	for _, run := range begun {
		if !p.underWay(run.ID) {
			return unwell, fmt.Sprintf("run %s (started %s) died before it could report: the next run takes up what it left",
				run.ID, run.Started.Local().Format(time.RFC3339))
		}
	}
	return healthy, "each has ended as it should, or its end was told"
}

// peopleAre is peopleOf with its verb.
func peopleAre(n int) string {
	if n == 1 {
		return "1 person is"
	}
	return peopleOf(n) + " are"
}

// peopleOf is n with its word: "1 person", "1,234 people".
func peopleOf(n int) string {
	if n == 1 {
		return "1 person"
	}
	return humanize.Comma(int64(n)) + " people"
}
