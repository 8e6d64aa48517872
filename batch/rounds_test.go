package batch_test

import (
	"testing"
	"time"

	"bulkinvite/batch"
	"bulkinvite/batch/argyle/argylesim"
)

// Somebody to whom it never works is given three rounds and then is failed: safe
// to send again.
func TestRoundsEnd(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{})
		s := newSite(t, a, usual())
		s.sendTo(nil, 1)
		a.fail(argylesim.Reset)
		got := s.night(rosterOf(staff(2), true))
		got.wants(t, batch.OutcomeFailed, 0)
		if r := got.results[0]; r.Attempts != 3 || r.Findings[0].Code != batch.CodeAbsent || got.delivery.Posts != 3 {
			t.Errorf("%+v after %d POSTs", r, got.delivery.Posts)
		}
		a.fail(argylesim.None)
		s.night(rosterOf(staff(2), true)).wants(t, batch.OutcomeSent, 0)
	})
}

// A stop comes when some are proved absent already and others are waited for:
// those are sent to by the next run.
func TestStoppedBetweenRounds(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{})
		s := newSite(t, a, usual())
		s.sendTo([]argylesim.Fault{argylesim.None, argylesim.Reset}, 1, 2)
		<-time.After(s.tune.AbsentAfter - 10*time.Second)
		a.trouble([]argylesim.Fault{argylesim.SlowNot}, nil)
		p := s.start(0)
		defer p.end()
		got, err := p.run(stopped(t, time.Minute, batch.StopSignal), rosterOf(staff(2, 3), true))
		if err != nil {
			t.Fatal(err)
		}
		want := []batch.Outcome{batch.OutcomeFailed, batch.OutcomeUnknown}
		for i, r := range got.results {
			if r.Outcome != want[i] {
				t.Errorf("line %d: %s, want %s", r.Line, r.Outcome, want[i])
			}
		}
		if d := got.delivery.Stop; d == nil || d.Reason != batch.StopSignal || p.told("sending again") {
			t.Errorf("stopped for %+v, said %q", d, p.said)
		}
	})
}

// A stop in a later round gives claims back: those rows were not attempted, also
// when the plan had them in doubt.
func TestStoppedInASecondRound(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{})
		s := newSite(t, a, usual())
		s.tune.Rate = 1
		s.sendTo([]argylesim.Fault{argylesim.None, argylesim.Reset, argylesim.Reset}, 1, 2, 3)
		a.trouble([]argylesim.Fault{argylesim.None, argylesim.Unauthorized}, nil)
		got := s.night(rosterOf(staff(2, 3, 4), true))
		if d := got.delivery.Stop; d == nil || d.Reason != batch.StopRefused {
			t.Errorf("stopped for %+v", d)
		}
		count := got.outcomes()
		if count[batch.OutcomeFailed] != 1 || count[batch.OutcomeNotAttempted] != 1 || count[batch.OutcomeSent] != 1 || len(got.doubts) > 0 {
			t.Errorf("%v, %d in doubt", count, len(got.doubts))
		}
		for _, r := range got.results {
			if r.Outcome == batch.OutcomeNotAttempted && r.Findings[0].Code != batch.CodeNotAttempted {
				t.Errorf("%+v", r.Findings)
			}
		}
		s.night(rosterOf(staff(2, 3, 4), true))
		if a.Count() != 4 || len(a.Twice()) > 0 {
			t.Errorf("%d invites, twice: %v", a.Count(), a.Twice())
		}
	})
}
