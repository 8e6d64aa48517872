package batch_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"bulkinvite/batch"
	"bulkinvite/batch/argyle/argylesim"
	"bulkinvite/batch/ledger"
)

// stopped is a context that a reason ends after a while.
func stopped(t testing.TB, after time.Duration, reason batch.StopReason) context.Context {
	ctx, stop := context.WithCancelCause(t.Context())
	timer := time.AfterFunc(after, func() { stop(&batch.Stop{Reason: reason, Message: "stopped by the test"}) })
	t.Cleanup(func() { timer.Stop() })
	return ctx
}

// A stop while claims wait for their permits gives them back: nobody is in doubt,
// and their rows were not attempted.
func TestStopReleasesClaims(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{})
		s := newSite(t, a, usual())
		s.check = false // this is about what leaves
		s.tune.Rate, s.tune.Workers = 0.1, 8
		p := s.start(0)
		began := time.Now()
		got, err := p.run(stopped(t, 15*time.Second, batch.StopSignal), rosterOf(crowd(12), true))
		p.end()
		if err != nil {
			t.Fatal(err)
		}
		count := got.outcomes()
		if count[batch.OutcomeSent] != 2 || count[batch.OutcomeNotAttempted] != 10 || len(got.doubts) > 0 || got.delivery.Posts != 2 {
			t.Errorf("%v, %d in doubt, %d POSTs", count, len(got.doubts), got.delivery.Posts)
		}
		if d := got.delivery.Stop; d == nil || d.Reason != batch.StopSignal || time.Since(began) != 15*time.Second {
			t.Errorf("stopped after %s for %+v", time.Since(began), d)
		}
		released := 0
		for who := range 12 {
			if p := s.person(who); p.State == batch.Failed && p.Last.By == batch.ByRelease && p.Attempts == 0 {
				released++
			}
		}
		if released != 1 { // at this rate only the next one is claimed ahead
			t.Errorf("%d claims were given back", released)
		}
		s.tune.Rate = 20
		s.night(rosterOf(crowd(12), true))
		if a.Count() != 12 || len(a.Twice()) > 0 {
			t.Errorf("%d invites, twice: %v", a.Count(), a.Twice())
		}
	})
}

// A stop does not reach what is on its way: its answer is waited for and kept.
func TestStopFinishesWhatIsOnItsWay(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{Latency: 10 * time.Second})
		s := newSite(t, a, usual())
		s.check = false // this is about what leaves
		p := s.start(0)
		defer p.end()
		got, err := p.run(stopped(t, time.Second, batch.StopDeadline), rosterOf(crowd(12), true))
		if err != nil {
			t.Fatal(err)
		}
		if count := got.outcomes(); count[batch.OutcomeSent] != s.tune.Workers || count[batch.OutcomeNotAttempted] != 12-s.tune.Workers {
			t.Errorf("%v", count)
		}
		if why := got.results[11].Findings[0]; why.Code != batch.CodeNotAttempted || why.Message != "stopped by the test" {
			t.Errorf("%+v", why)
		}
	})
}

// When the ledger cannot be written any more, nothing further is claimed: what
// was on its way is in doubt, and the next run settles it.
func TestLedgerBreaks(t *testing.T) {
	bubble(t, func(t *testing.T) {
		const people = 60
		a := newAPI(t, apiSetup{Latency: 300 * time.Millisecond})
		s := newSite(t, a, usual())
		p := s.start(0)
		time.AfterFunc(1100*time.Millisecond, func() { _ = p.ledger.Close() })
		if err := p.plan(t.Context(), rosterOf(crowd(people), true)); err != nil {
			t.Fatal(err)
		}
		d, err := p.engine.Send(t.Context(), p.planned)
		p.end()
		if !errors.Is(err, ledger.ErrClosed) || d.Stop == nil || d.Stop.Reason != batch.StopLedger {
			t.Errorf("%v, stopped for %+v", err, d.Stop)
		}
		made := a.Count()
		if made != d.Posts || d.Posts > 30 {
			t.Errorf("%d POSTs, %d invites", d.Posts, made)
		}
		<-time.After(time.Hour)
		next := s.start(0)
		doubts, err := next.ledger.Doubts(t.Context(), "")
		if err != nil || len(doubts) == 0 || len(doubts) > s.tune.Workers {
			t.Errorf("%d in doubt (%v)", len(doubts), err)
		}
		got, err := next.run(t.Context(), rosterOf(crowd(people), true))
		next.end()
		if err != nil {
			t.Fatal(err)
		}
		if count := got.outcomes(); count[batch.OutcomeAlreadyInvited] != made || count[batch.OutcomeSent] != people-made || len(a.Twice()) > 0 {
			t.Errorf("%v; twice: %v", count, a.Twice())
		}
	})
}

// Somebody who was given to another row since the plan is set aside, not sent to.
func TestClaimIsTakenAway(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{})
		s := newSite(t, a, usual())
		p := s.start(0)
		defer p.end()
		if err := p.plan(t.Context(), rosterOf(staff(1, 2), true)); err != nil {
			t.Fatal(err)
		}
		if _, err := p.ledger.Claim(t.Context(), batch.Claim{
			Campaign: "default", RunID: p.info.ID, Line: 99,
			Aliases: []batch.Alias{{Kind: batch.ByPhone, Value: dialOf(1)}}, At: time.Now(),
		}); err != nil {
			t.Fatal(err)
		}
		d, err := p.engine.Courier.Deliver(t.Context(), p.planned)
		if err != nil {
			t.Fatal(err)
		}
		got, err := p.report(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		if got.results[0].Outcome != batch.OutcomeConflict || got.results[1].Outcome != batch.OutcomeSent || a.Count() != 1 {
			t.Errorf("%v, %d invites", got.outcomes(), a.Count())
		}
	})
}

// An answer with an invite that somebody else holds is no answer: in doubt. The
// other account has the same seed, so its first invite has the same ID.
func TestAnswerWithKnownInvite(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newSite(t, newAPI(t, apiSetup{}), usual())
		s.sendTo(nil, 1)
		s.api = newAPI(t, apiSetup{})
		s.sendTo(nil, 2)
		if p := s.person(2); p.State != batch.Unknown || p.Last.Findings[0].Code != batch.CodeKnownID || p.Last.HTTP != 200 {
			t.Errorf("%+v", p)
		}
		if p := s.person(1); p.State != batch.Sent || p.Email != mailOf(1) {
			t.Errorf("%+v", p)
		}
	})
}

// Whoever is told "not processed" is tried again in the same run, and failed when
// that never ends.
func TestNotProcessedIsTriedAgain(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{})
		s := newSite(t, a, usual())
		a.trouble([]argylesim.Fault{argylesim.Throttle, argylesim.ThrottleSeconds, argylesim.ThrottleDate}, nil)
		got := s.night(rosterOf(staff(1), true))
		got.wants(t, batch.OutcomeSent, 0)
		if r := got.results[0]; r.Attempts != 4 || got.delivery.Throttled != 3 {
			t.Errorf("%d attempts, %d throttled", r.Attempts, got.delivery.Throttled)
		}
		a.fail(argylesim.Throttle)
		got = s.night(rosterOf(staff(2), true))
		got.wants(t, batch.OutcomeFailed, 0)
		if r := got.results[0]; r.Attempts != 8 || r.Findings[0].Code != batch.CodeThrottled || r.HTTP != 429 {
			t.Errorf("%+v", r)
		}
	})
}

func TestProgressCountsPeople(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{})
		s := newSite(t, a, usual())
		s.tune.Workers = 1
		a.trouble([]argylesim.Fault{argylesim.Throttle, argylesim.None, argylesim.BadData, argylesim.Lost}, nil)
		p := s.start(0)
		defer p.end()
		var sent, rejected, unknown atomic.Int64
		p.engine.Courier.Progress = func(state batch.State) {
			switch state {
			case batch.Sent:
				sent.Add(1)
			case batch.Rejected:
				rejected.Add(1)
			case batch.Unknown:
				unknown.Add(1)
			}
		}
		if err := p.plan(t.Context(), rosterOf(staff(1, 2, 3, 4), true)); err != nil {
			t.Fatal(err)
		}
		if _, err := p.engine.Courier.Deliver(t.Context(), p.planned); err != nil {
			t.Fatal(err)
		}
		if sent.Load() != 2 || rejected.Load() != 1 || unknown.Load() != 1 {
			t.Errorf("%d sent, %d rejected, %d unknown", sent.Load(), rejected.Load(), unknown.Load())
		}
	})
}

// Never more than the rate and the burst in any second, as the server counts.
func TestServerSeesTheRate(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{Latency: 700 * time.Millisecond, Page: 3})
		s := newSite(t, a, usual())
		s.tune.Rate, s.tune.Burst, s.tune.Workers = 10, 5, 32
		a.trouble([]argylesim.Fault{argylesim.Lost, argylesim.ErrAfter, argylesim.None, argylesim.Reset}, nil)
		s.night(rosterOf(crowd(80), true)).wants(t, batch.OutcomeSent, 0)
		if peak := a.PeakOfAllPerSecond(); peak > 15 {
			t.Errorf("%d requests in a second", peak)
		}
	})
}
