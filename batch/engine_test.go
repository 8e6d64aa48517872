package batch_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"bulkinvite/batch"
	"bulkinvite/batch/argyle/argylesim"
)

// outcomes counts rows.
func (a *account) outcomes() map[batch.Outcome]int {
	count := map[batch.Outcome]int{}
	for _, r := range a.results {
		count[r.Outcome]++
	}
	return count
}

// wants checks that all rows ended in one way, and that so many people are in doubt.
func (a *account) wants(t testing.TB, outcome batch.Outcome, doubts int) {
	t.Helper()
	if got := a.outcomes(); got[outcome] != len(a.results) || len(a.doubts) != doubts {
		t.Errorf("%v and %d in doubt; want %d %s and %d in doubt", got, len(a.doubts), len(a.results), outcome, doubts)
	}
}

// crowd is so many people. They have no phones: there are a hundred numbers only
// that are nobody's.
func crowd(n int) []line {
	rows := make([]line, n)
	for i := range rows {
		rows[i] = line{i, mailOnly}
	}
	return rows
}

// One run sends, finds who was invited, proves who was not, and sends to those
// again: everybody is invited once.
func TestRunSettlesItsOwn(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{Visible: time.Second})
		s := newSite(t, a, usual())
		a.trouble([]argylesim.Fault{
			argylesim.None, argylesim.Lost, argylesim.Reset, argylesim.ErrAfter, argylesim.None, argylesim.ErrBefore,
			argylesim.ThrottleDate, argylesim.Cut, argylesim.None, argylesim.SlowNot, argylesim.None, argylesim.Slow,
		}, nil)
		began := time.Now()
		p := s.start(0)
		defer p.end()
		got, err := p.run(t.Context(), rosterOf(crowd(20), true))
		if err != nil {
			t.Fatal(err)
		}
		got.wants(t, batch.OutcomeSent, 0)
		if len(a.Twice()) > 0 || a.Count() != 20 {
			t.Errorf("%d invites, twice: %v", a.Count(), a.Twice())
		}
		if took := time.Since(began); took > s.tune.AbsentAfter+2*time.Minute {
			t.Errorf("took %s", took)
		}
		if !p.told("waiting 3m") || !p.told("--no-wait") || !p.told("sending again") {
			t.Errorf("said %q", p.said)
		}
	})
}

func TestNoWaitLeavesDoubt(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{})
		s := newSite(t, a, usual())
		s.tune.NoWait = true
		s.sendTo(nil, 1)
		a.trouble([]argylesim.Fault{argylesim.Reset, argylesim.Lost}, nil)
		began := time.Now()
		got := s.night(rosterOf(staff(2, 3, 4), true))
		if count := got.outcomes(); count[batch.OutcomeUnknown] != 1 || count[batch.OutcomeSent] != 2 || len(got.doubts) != 1 {
			t.Errorf("%v", count)
		}
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("waited %s", took)
		}
		<-time.After(time.Hour)
		got = s.night(rosterOf(staff(2, 3, 4), true))
		if count := got.outcomes(); count[batch.OutcomeAlreadyInvited] != 2 || count[batch.OutcomeSent] != 1 {
			t.Errorf("%v", count)
		}
	})
}

// A stop ends the wait for a proof; who is in doubt stays so.
func TestStoppedWhileWaiting(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{})
		s := newSite(t, a, usual())
		s.sendTo(nil, 1)
		a.trouble([]argylesim.Fault{argylesim.Reset}, nil)
		p := s.start(0)
		defer p.end()
		ctx, stop := context.WithCancelCause(t.Context())
		time.AfterFunc(time.Minute, func() { stop(&batch.Stop{Reason: batch.StopDeadline, Message: "the deadline has come"}) })
		began := time.Now()
		got, err := p.run(ctx, rosterOf(staff(2), true))
		if err != nil {
			t.Fatal(err)
		}
		got.wants(t, batch.OutcomeUnknown, 1)
		if d := got.delivery.Stop; d == nil || d.Reason != batch.StopDeadline {
			t.Errorf("stopped for %+v", d)
		}
		if took := time.Since(began); took > time.Minute+time.Second {
			t.Errorf("ended after %s", took)
		}
	})
}

// People whom an earlier run left in doubt just now are settled by this one:
// those on the roster are sent to, the others become failed.
func TestEarlierDoubtIsWaitedFor(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{})
		s := newSite(t, a, usual())
		s.sendTo([]argylesim.Fault{argylesim.None, argylesim.Reset, argylesim.Reset, argylesim.Lost}, 1, 2, 3, 4)
		got := s.night(rosterOf([]line{{2, moved}, {4, plain}, {5, plain}}, true))
		want := []batch.Outcome{batch.OutcomeSent, batch.OutcomeAlreadyInvited, batch.OutcomeSent}
		for i, r := range got.results {
			if r.Outcome != want[i] {
				t.Errorf("line %d: %s, want %s", r.Line, r.Outcome, want[i])
			}
		}
		if p := s.person(3); p.State != batch.Failed || p.Last.By != batch.ByReconcile || len(got.doubts) > 0 {
			t.Errorf("%s by %s; %d in doubt", p.State, p.Last.By, len(got.doubts))
		}
	})
}

// On the first night of an account there is no old invite to prove that the list
// is whole. Those of this night become the proof as they grow old enough.
func TestFirstNightSettlesItsOwn(t *testing.T) {
	for _, test := range []struct {
		name    string
		visible time.Duration
		faults  []argylesim.Fault
	}{
		{"one sent", 0, []argylesim.Fault{argylesim.Reset, argylesim.None}},
		{"one sent, seen late", time.Minute, []argylesim.Fault{argylesim.Reset, argylesim.None}},
		{"one found", 0, []argylesim.Fault{argylesim.Reset, argylesim.Lost}},
		{"one found late", time.Minute, []argylesim.Fault{argylesim.Reset, argylesim.Lost}},
	} {
		t.Run(test.name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				a := newAPI(t, apiSetup{Visible: test.visible})
				s := newSite(t, a, usual())
				a.trouble(test.faults, nil)
				s.night(rosterOf(staff(1, 2), true)).wants(t, batch.OutcomeSent, 0)
			})
		})
	}
}

// Where nobody at all was invited, nothing proves that the list shows anything:
// the run says so, after it has waited for an invite to appear.
func TestNothingProvesTheList(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{})
		s := newSite(t, a, usual())
		a.trouble([]argylesim.Fault{argylesim.Reset, argylesim.Reset}, nil)
		began := time.Now()
		p := s.start(0)
		defer p.end()
		got, err := p.run(t.Context(), rosterOf(staff(1, 2), true))
		if err != nil {
			t.Fatal(err)
		}
		got.wants(t, batch.OutcomeUnknown, 2)
		if !p.told("cannot be trusted") || time.Since(began) > s.tune.AbsentAfter+10*time.Second {
			t.Errorf("after %s it said %q", time.Since(began), p.said)
		}
	})
}

// An outage at the end of a run is waited out before the list is read.
func TestListComesBack(t *testing.T) {
	for _, test := range []struct {
		name string
		out  func(a *api, out bool)
	}{{"errors", (*api).goAway}, {"refused", (*api).goDown}} {
		t.Run(test.name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				a := newAPI(t, apiSetup{Latency: 100 * time.Millisecond})
				s := newSite(t, a, usual())
				s.tune.Workers = 1
				s.sendTo(nil, 1)
				a.trouble([]argylesim.Fault{argylesim.None, argylesim.Reset, argylesim.Lost}, nil)
				time.AfterFunc(250*time.Millisecond, func() { test.out(a, true) })
				time.AfterFunc(2*time.Minute, func() { test.out(a, false) })
				s.night(rosterOf(staff(2, 3, 4), true)).wants(t, batch.OutcomeSent, 0)
			})
		})
	}
}

// A list that cannot be read leaves everybody as they are, and the run goes on.
func TestUnreadableListIsTold(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{})
		s := newSite(t, a, usual())
		s.check = false
		s.sendTo([]argylesim.Fault{argylesim.None, argylesim.Reset}, 1, 2)
		a.trouble(nil, slices.Repeat([]listFault{listRefused}, 2))
		p := s.start(0)
		defer p.end()
		got, err := p.run(t.Context(), rosterOf(staff(2, 3), true))
		if err != nil {
			t.Fatal(err)
		}
		if got.results[0].Outcome != batch.OutcomeUnknown || got.results[1].Outcome != batch.OutcomeSent || !p.told("could not be read to its end") {
			t.Errorf("%v, said %q", got.outcomes(), p.said)
		}
	})
}
