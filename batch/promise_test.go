package batch_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"bulkinvite/batch"
	"bulkinvite/batch/argyle/argylesim"
	"bulkinvite/csvmap"
)

// Whatever happens in some nights: nobody is invited twice, nobody is lost, and
// after the trouble has ended everybody is settled. A few stories are told unless
// -rapid.checks says how many.
func TestPromises(t *testing.T) {
	fewer(t, 25)
	rapid.Check(t, func(rt *rapid.T) {
		s := drawScript(rt)
		if broken := tell(t, s); len(broken) > 0 {
			rt.Fatalf("%s\n%s", broken[0], strings.ReplaceAll(fmt.Sprintf("%#v", s), "batch_test.", ""))
		}
	})
}

// fewer makes the checks of this test fewer than usual: each is some nights long.
func fewer(t *testing.T, checks int) {
	t.Helper()
	usual := flag.Lookup("rapid.checks")
	if usual.Value.String() != usual.DefValue {
		return
	}
	set := func(n string) {
		if err := usual.Value.Set(n); err != nil {
			t.Fatal(err)
		}
	}
	set(strconv.Itoa(checks))
	t.Cleanup(func() { set(usual.DefValue) })
}

// longest is how long a story may take by its own clock.
const longest = 30 * 24 * time.Hour

// story is a script that is being played.
type story struct {
	script
	t      *testing.T
	api    *api
	site   *site
	ctx    context.Context
	broken []string // promises, in words

	mu        sync.Mutex
	pending   []event
	strangers []strange       // whom others have invited
	unclear   bool            // others have made or revoked invites, so that doubts may stay
	set       time.Duration   // our clock, ahead of the bubble's
	told      map[string]bool // contacts that HR has said to be two people's
	copies    []string        // of the ledger, after each night
	swapped   bool            // an older copy was put back
	stuck     bool            // and nothing could be adopted, since somebody is in doubt
}

// tell plays a script in a bubble of its own and returns which promises were broken.
func tell(t *testing.T, s script) (broken []string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), longest)
		defer cancel()
		<-time.After(max(s.Offset, 1))
		p := &story{script: s, t: t, ctx: ctx, told: map[string]bool{}}
		s.API.BeforePage = p.happen
		p.api = newAPI(t, s.API)
		p.site = newSite(t, p.api, s.Tune)
		p.site.wall = p.wall
		p.foreigners()
		for i, n := range s.Nights {
			if i >= s.Desk {
				p.declareDesk()
			}
			p.putBack(n.Swap)
			p.play(n)
			p.copies = append(p.copies, p.site.copyState(t))
		}
		p.ending()
		broken = p.broken
	})
	return broken
}

// wall is our clock.
func (p *story) wall() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return time.Now().Add(p.set)
}

// setClock sets our clock forward, or back.
func (p *story) setClock(by time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.set += by
}

// putBack puts the ledger, and all around it, back as it was after a night; 0: no.
func (p *story) putBack(night int) {
	if night > 0 {
		<-time.After(p.API.Visible + time.Second) // what the list does not show yet nobody can know
		p.site.state, p.swapped, p.unclear = p.copies[night-1], true, true
	}
}

func (p *story) breaks(format string, args ...any) {
	p.broken = append(p.broken, fmt.Sprintf(format, args...))
}

// foreigners fills the account with invites of people who are on no roster.
func (p *story) foreigners() {
	c := p.api.client(p.t, time.Minute)
	defer c.Close()
	for i := range p.Account {
		r := line{Who: 90 + i}.recipient()
		if _, _, err := c.Send(p.ctx, r, nil); err != nil {
			p.t.Fatal(err)
		}
	}
}

// declareDesk declares the front desk's phone a shared contact.
func (p *story) declareDesk() {
	var err error
	if p.site.rules.Shared, err = csvmap.ParseSharedContacts([]string{deskDial}, "US"); err != nil {
		p.t.Fatal(err)
	}
}

// play runs one night and checks what holds after every one.
func (p *story) play(n night) *account {
	p.site.tune.NoWait = n.NoWait
	p.api.trouble(n.Posts, n.Gets)
	p.pending = slices.Clone(n.Events)
	p.happen(0)
	if n.Step != 0 {
		time.AfterFunc(n.StepAfter, func() { p.setClock(n.Step) })
	}
	<-time.After(time.Millisecond)
	began := time.Now()
	run := p.site.start(n.Steps)
	ctx, stop := context.WithCancelCause(p.ctx)
	if n.Signal > 0 {
		time.AfterFunc(n.Signal, func() { stop(&batch.Stop{Reason: batch.StopSignal, Message: "stopped"}) })
	}
	if n.Down > 0 {
		p.api.goDown(true)
		time.AfterFunc(n.Down, func() { p.api.goDown(false) })
	}
	a, err := run.run(ctx, rosterOf(n.Rows, p.IDs))
	stop(nil)
	defer run.end()
	switch {
	case p.ctx.Err() != nil:
		p.breaks("the run never ends; it said %q", run.said)
	case err != nil:
		p.breaks("run %d failed: %v", p.site.runs, err)
	case a != nil:
		p.checkRows(n, a)
		if n.HR {
			p.answer(run, n, a)
		}
	}
	p.checkTwice()
	p.checkStrangers(began)
	<-time.After(max(n.Gap, n.StepAfter))
	return a
}

// checkTwice wants nobody to hold two invites of ours: no contact and no person. A copy
// of the ledger that was put back has forgotten IDs: then a person who has got another
// contact meanwhile is not known by anything.
func (p *story) checkTwice() {
	ours := map[string]int{}
	for _, v := range p.api.Invites() {
		if v.Outside || v.ExternalID == "" {
			continue
		}
		for _, contact := range []string{v.Email, v.Phone} {
			if contact == "" || contact == deskDial || p.told[contact] {
				continue
			}
			if ours[contact]++; ours[contact] > 1 {
				p.breaks("run %d: a contact holds two invites", p.site.runs)
			}
		}
	}
	for who, invites := range p.invites() {
		if len(invites) > 1 && !p.swapped {
			p.breaks("run %d: %s was invited %d times", p.site.runs, who, len(invites))
		}
	}
}

// invites are those that we created at the API, by identity.
func (p *story) invites() map[string][]argylesim.Invite {
	of := map[string][]argylesim.Invite{}
	for _, v := range p.api.Invites() {
		if v.ExternalID != "" {
			of[v.ExternalID] = append(of[v.ExternalID], v)
		}
	}
	return of
}

// checkRows wants every row to be in one bucket, and what it says to be true.
func (p *story) checkRows(n night, a *account) {
	if len(a.results) != len(n.Rows) || a.summary.Rows != len(n.Rows) {
		p.breaks("run %d: %d results for %d rows", p.site.runs, len(a.results), len(n.Rows))
		return
	}
	invites := p.invites()
	for i, r := range a.results {
		who := n.Rows[i].identity()
		if r.Line != i+2 {
			p.breaks("run %d: line %d in place of %d", p.site.runs, r.Line, i+2)
		}
		mine := append(slices.Clone(invites[who]), p.byOthers(n.Rows[i])...)
		theirs := slices.IndexFunc(mine, func(v argylesim.Invite) bool { return v.ID == r.Invite.ID })
		switch r.Outcome {
		case batch.OutcomeSent, batch.OutcomeAlreadyInvited:
			if theirs < 0 || r.Invite.URL != mine[theirs].URL {
				p.breaks("run %d, line %d: %s, but invite %q is not that of %s", p.site.runs, r.Line, r.Outcome, r.Invite.ID, who)
			}
		case batch.OutcomeFailed, batch.OutcomeRejected, batch.OutcomeNotAttempted:
			if len(invites[who]) > 0 && !p.swapped { // an old copy does not know it
				p.breaks("run %d, line %d: %s, but %s holds an invite", p.site.runs, r.Line, r.Outcome, who)
			}
		}
		if first, of := duplicateOf(r); of && n.Rows[first-2].identity() != who {
			p.breaks("run %d, line %d: %s was taken for %s of line %d", p.site.runs, r.Line, who, n.Rows[first-2].identity(), first)
		}
		if r.Outcome != batch.OutcomeSent && r.Outcome != batch.OutcomeAlreadyInvited && len(r.Findings) == 0 {
			p.breaks("run %d, line %d: %s without a reason", p.site.runs, r.Line, r.Outcome)
		}
	}
}

// byOthers are the invites that others have made of whoever a line is, who count as
// theirs once they are found or adopted.
func (p *story) byOthers(l line) []argylesim.Invite {
	cells := l.cells()
	return slices.DeleteFunc(p.api.Invites(), func(v argylesim.Invite) bool {
		return !v.Outside || v.Email != cells[3] && v.Phone != cells[4] && v.Email != mailOf(l.Who)
	})
}

// ending plays quiet nights, with one new person on the roster, until nobody is
// in doubt.
func (p *story) ending() {
	last := p.Nights[len(p.Nights)-1]
	quiet := night{Rows: append(slices.Clone(last.Rows), line{Who: 40}), Gap: time.Minute}
	p.api.goDown(false)
	if p.swapped {
		p.adopt()
	}
	var a *account
	for range 2 {
		if a = p.play(quiet); a == nil {
			return
		}
	}
	for _, r := range a.results {
		switch r.Outcome {
		case batch.OutcomeUnknown:
			if !p.unclear {
				p.breaks("in the end line %d is in doubt: %v", r.Line, r.Findings)
			}
		case batch.OutcomeFailed, batch.OutcomeNotAttempted:
			if p.stuck {
				continue
			}
			p.breaks("in the end line %d is %s: %v", r.Line, r.Outcome, r.Findings)
		}
	}
	if len(a.doubts) > 0 && !p.unclear {
		p.breaks("in the end %d people are in doubt: %+v", len(a.doubts), a.doubts)
	}
	if !p.unclear {
		p.checkHeld()
	}
}

// adopt takes the account's invites into the ledger, as the command does: once nobody
// is in doubt.
func (p *story) adopt() {
	run := p.site.start(0)
	defer run.end()
	p.api.trouble(nil, nil)
	_, err := run.engine.Settle(p.ctx)
	doubts, unread := run.ledger.Doubts(p.ctx, "")
	if p.stuck = len(doubts) > 0; p.stuck {
		return
	}
	if err = errors.Join(err, unread); err == nil {
		err = run.engine.Reconciler.Each(p.ctx, func(page batch.Page) error {
			_, err := run.ledger.Adopt(p.ctx, "default", page.Invites, "alice", p.wall())
			return err
		})
	}
	if err == nil {
		err = run.ledger.EndRun(p.ctx, run.info.ID, p.wall(), 0)
	}
	if err != nil {
		p.breaks("adopting: %v", err)
	}
}

// checkHeld wants every invite of the API to be in the ledger.
func (p *story) checkHeld() {
	run := p.site.start(0)
	defer run.end()
	for _, v := range p.api.Invites() {
		if v.ExternalID == "" {
			continue
		}
		held, err := run.ledger.Held(p.ctx, []string{v.ID})
		if err != nil && !errors.Is(err, context.Canceled) {
			p.breaks("%v", err)
		}
		if _, ok := held[v.ID]; !ok {
			p.breaks("in the end the ledger does not know the invite of %s", v.ExternalID)
		}
	}
}
