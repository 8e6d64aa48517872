package batch_test

import (
	"testing"
	"time"

	"bulkinvite/batch"
	"bulkinvite/batch/argyle/argylesim"
)

// dies is a run that sends to these people, with these faults, and then is killed while
// the last of them are on their way: their invites are made, and not seen yet.
func (s *site) dies(t *testing.T, who ...int) {
	t.Helper()
	p := s.start(2 + 6*len(who) - 3) // the list, then claim, POST and settle of each
	if _, err := p.run(t.Context(), rosterOf(staff(who...), true)); err != nil {
		t.Fatal(err)
	}
	if !p.dead() {
		t.Fatal("it lived")
	}
	p.end()
}

// A clock that was wrong when a run was killed, and is put right before the next one:
// what it dated is neither old nor new. The invites do not show in the list yet.
func TestClockIsPutRightAfterAKill(t *testing.T) {
	for _, wrong := range []time.Duration{-20 * time.Minute, 20 * time.Minute, -24 * time.Hour, 24 * time.Hour} {
		for _, noDate := range []bool{false, true} {
			bubble(t, func(t *testing.T) {
				a := newAPI(t, apiSetup{Visible: 2 * time.Minute, NoDate: noDate})
				s := newSite(t, a, usual())
				s.tune.Workers, s.tune.AbsentAfter = 1, 5*time.Minute
				s.wall = func() time.Time { return time.Now().Add(wrong) }
				s.dies(t, 1, 2, 3)
				s.wall = nil
				<-time.After(time.Minute)
				s.night(rosterOf(staff(1, 2, 3, 4), true))
				if twice := a.Twice(); len(twice) > 0 || a.Count() != 4 {
					t.Errorf("wrong by %s: %d invites for 4 people, twice: %v", wrong, a.Count(), twice)
				}
			})
		}
	}
}

// A clock that is set forward in the run after a crash: the time for the proof has not
// passed.
func TestClockIsSetAfterACrash(t *testing.T) {
	for _, step := range []time.Duration{20 * time.Minute, -20 * time.Minute, 24 * time.Hour} {
		bubble(t, func(t *testing.T) {
			a := newAPI(t, apiSetup{Visible: 2 * time.Minute})
			s := newSite(t, a, usual())
			s.tune.Workers, s.tune.AbsentAfter = 1, 5*time.Minute
			s.dies(t, 1, 2, 3)
			var set time.Duration
			s.wall = func() time.Time { return time.Now().Add(set) }
			p := s.start(0)
			set = step
			got, err := p.run(t.Context(), rosterOf(staff(1, 2, 3, 4), true))
			p.end()
			if err != nil {
				t.Fatal(err)
			}
			if twice := a.Twice(); len(twice) > 0 || !p.told("clock was set") {
				t.Errorf("set by %s: twice %v, said %q", step, twice, p.said)
			}
			if n := got.outcomes()[batch.OutcomeUnknown]; n == 0 {
				t.Errorf("set by %s: %v", step, got.outcomes())
			}
			// A later run, whose clock stands, settles it.
			<-time.After(time.Hour)
			s.night(rosterOf(staff(1, 2, 3, 4), true))
			if twice := a.Twice(); len(twice) > 0 || a.Count() != 4 {
				t.Errorf("set by %s: %d invites for 4 people, twice: %v", step, a.Count(), twice)
			}
		})
	}
}

// An invite that jumps to the first page while the third is read, in every reading.
func TestInviteJumpsWhileTheListIsRead(t *testing.T) {
	bubble(t, func(t *testing.T) {
		var a *api
		lost := ""
		setup := apiSetup{Page: 2, Order: argylesim.LastInvited, Cursors: argylesim.Moving}
		setup.BeforePage = func(page int) {
			if page == 3 && lost != "" {
				_ = a.Resend(lost)
			}
		}
		a = newAPI(t, setup)
		s := newSite(t, a, usual())
		s.tune.Workers = 1
		a.trouble([]argylesim.Fault{argylesim.None, argylesim.Lost}, nil)
		time.AfterFunc(time.Second, func() {
			for _, v := range a.Invites() {
				if v.Email == mailOf(2) {
					lost = v.ID
				}
			}
		})
		s.night(rosterOf(staff(1, 2, 3, 4, 5, 6, 7, 8), true))
		if twice := a.Twice(); len(twice) > 0 {
			t.Errorf("twice: %v", twice)
		}
	})
}
