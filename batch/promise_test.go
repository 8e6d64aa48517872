package batch_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"slices"
	"strconv"
	"strings"
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
}

// tell plays a script in a bubble of its own and returns which promises were broken.
func tell(t *testing.T, s script) (broken []string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), longest)
		defer cancel()
		<-time.After(max(s.Offset, 1))
		p := &story{script: s, t: t, api: newAPI(t, s.API), ctx: ctx}
		p.site = newSite(t, p.api, s.Tune)
		p.foreigners()
		for i, n := range s.Nights {
			if i >= s.Desk {
				p.declareDesk()
			}
			p.play(n)
		}
		p.ending()
		broken = p.broken
	})
	return broken
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
	run.end()
	switch {
	case p.ctx.Err() != nil:
		p.breaks("the run never ends; it said %q", run.said)
	case err != nil:
		p.breaks("run %d failed: %v", p.site.runs, err)
	case a != nil:
		p.checkRows(n, a)
	}
	p.checkTwice()
	<-time.After(n.Gap)
	return a
}

// checkTwice wants nobody to hold two invites: no contact and no person.
func (p *story) checkTwice() {
	atDesk := p.atDesk()
	if twice := slices.DeleteFunc(p.api.Twice(), func(ids string) bool { return ids == atDesk }); len(twice) > 0 {
		p.breaks("run %d: a contact holds two invites: %v", p.site.runs, twice)
	}
	for who, invites := range p.invites() {
		if len(invites) > 1 {
			p.breaks("run %d: %s was invited %d times", p.site.runs, who, len(invites))
		}
	}
}

// atDesk are the IDs of the invites to the front desk's phone, as Twice has them.
func (p *story) atDesk() string {
	var ids []string
	for _, v := range p.api.Invites() {
		if v.Phone == deskDial {
			ids = append(ids, v.ID)
		}
	}
	return strings.Join(ids, " ")
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
		mine := invites[who]
		theirs := slices.IndexFunc(mine, func(v argylesim.Invite) bool { return v.ID == r.Invite.ID })
		switch r.Outcome {
		case batch.OutcomeSent, batch.OutcomeAlreadyInvited:
			if theirs < 0 || r.Invite.URL != mine[theirs].URL {
				p.breaks("run %d, line %d: %s, but invite %q is not that of %s", p.site.runs, r.Line, r.Outcome, r.Invite.ID, who)
			}
		case batch.OutcomeFailed, batch.OutcomeRejected, batch.OutcomeNotAttempted:
			if len(mine) > 0 {
				p.breaks("run %d, line %d: %s, but %s holds an invite", p.site.runs, r.Line, r.Outcome, who)
			}
		}
		if r.Outcome != batch.OutcomeSent && r.Outcome != batch.OutcomeAlreadyInvited && len(r.Findings) == 0 {
			p.breaks("run %d, line %d: %s without a reason", p.site.runs, r.Line, r.Outcome)
		}
	}
}

// ending plays quiet nights, with one new person on the roster, until nobody is
// in doubt.
func (p *story) ending() {
	last := p.Nights[len(p.Nights)-1]
	quiet := night{Rows: append(slices.Clone(last.Rows), line{Who: 40}), Gap: time.Minute}
	p.api.goDown(false)
	var a *account
	for range 2 {
		if a = p.play(quiet); a == nil {
			return
		}
	}
	for _, r := range a.results {
		switch r.Outcome {
		case batch.OutcomeFailed, batch.OutcomeUnknown, batch.OutcomeNotAttempted:
			p.breaks("in the end line %d is %s: %v", r.Line, r.Outcome, r.Findings)
		}
	}
	if len(a.doubts) > 0 {
		p.breaks("in the end %d people are in doubt: %+v", len(a.doubts), a.doubts)
	}
	p.checkHeld()
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
