package batch_test

import (
	"testing"
	"time"

	"bulkinvite/batch"
	"bulkinvite/batch/argyle/argylesim"
)

func TestFoundInTheList(t *testing.T) {
	for _, f := range argylesim.Faults {
		if !f.Creates() {
			continue
		}
		t.Run("fault "+string(f), func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				a := newAPI(t, apiSetup{})
				s := newSite(t, a, usual())
				s.sendTo([]argylesim.Fault{f}, 1)
				s.settles(1, 0, 0)
				want := a.Invites()[0]
				if p := s.person(1); p.State != batch.Sent || p.Invite.ID != want.ID || p.Invite.URL != want.URL || p.Invite.UserID != want.UserID {
					t.Errorf("%s with %+v, want %s", p.State, p.Invite, want.ID)
				}
			})
		})
	}
}

// Absence is proved by a list that was begun late enough, and not a second before.
// The server's clock may say what it likes.
func TestAbsentAfterItsTime(t *testing.T) {
	for _, skew := range []time.Duration{0, 5 * time.Hour, -5 * time.Hour, 700 * time.Millisecond, -700 * time.Millisecond} {
		t.Run(skew.String(), func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				s := newSite(t, newAPI(t, apiSetup{Skew: skew}), usual())
				s.sendTo([]argylesim.Fault{argylesim.None, argylesim.Reset, argylesim.Lost}, 1, 2, 3)
				over := s.person(2).Last.Ended
				scan := s.settles(1, 0, 1)
				if late := scan.Provable.Sub(over.Add(s.tune.AbsentAfter)); late < 0 || late > 3*time.Second || scan.Obstacle != "" {
					t.Errorf("provable %s after its time; obstacle %q", late, scan.Obstacle)
				}
				<-time.After(time.Until(over.Add(s.tune.AbsentAfter - time.Second)))
				s.settles(0, 0, 1)
				<-time.After(time.Until(scan.Provable.Add(time.Second)))
				s.settles(0, 1, 0)
				if p := s.person(2); p.State != batch.Failed || p.Last.By != batch.ByReconcile || p.Last.Findings[0].Code != batch.CodeAbsent {
					t.Errorf("%+v", p)
				}
				s.sendTo(nil, 2)
				if p := s.person(2); p.State != batch.Sent || p.Attempts != 2 {
					t.Errorf("%+v", p)
				}
			})
		})
	}
}

// An invite that appears late is found in spite of a scan that came too early.
func TestInviteAppearsLate(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newSite(t, newAPI(t, apiSetup{Visible: time.Minute}), usual())
		s.sendTo([]argylesim.Fault{argylesim.None, argylesim.Lost}, 1, 2)
		s.settles(0, 0, 1)
		<-time.After(30 * time.Second)
		s.settles(0, 0, 1)
		<-time.After(31 * time.Second)
		s.settles(1, 0, 0)
	})
}

func TestAnyOrderOfTheList(t *testing.T) {
	for _, order := range []argylesim.ListOrder{argylesim.Newest, argylesim.Oldest, argylesim.Shuffled} {
		t.Run(string(order), func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				s := newSite(t, newAPI(t, apiSetup{Order: order, Page: 2}), usual())
				s.sendTo([]argylesim.Fault{argylesim.None, argylesim.Lost, argylesim.Reset, argylesim.None, argylesim.Cut}, 1, 2, 3, 4, 5, 6)
				<-time.After(time.Hour)
				s.settles(2, 1, 0)
			})
		})
	}
}

// A list that lacks what the ledger knows to exist proves nobody's absence. The
// other account has the same seed, so its first invites have the same IDs.
func TestWitnessIsMissing(t *testing.T) {
	for _, test := range []struct {
		name, obstacle string
		invites        int // of the two that the ledger knows
		absent         int
	}{
		{"an empty list", "no invite that the ledger knows", 0, 0},
		{"half of it", "lacks 1 of 2", 1, 0},
		{"all of it", "", 2, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				s := newSite(t, newAPI(t, apiSetup{}), usual())
				s.sendTo([]argylesim.Fault{argylesim.None, argylesim.None, argylesim.Reset}, 1, 2, 3)
				<-time.After(time.Hour)
				s.api = newAPI(t, apiSetup{})
				for who := range test.invites {
					s.api.byHand(t, line{Who: 1 + who}.recipient())
				}
				scan := s.settles(0, test.absent, 1-test.absent)
				if !contains(scan.Obstacle, test.obstacle) {
					t.Errorf("obstacle %q, want %q", scan.Obstacle, test.obstacle)
				}
			})
		})
	}
}

// Where all invites are too young to be witnesses, the earliest of them are.
func TestWitnessesAreYoung(t *testing.T) {
	for shown, absent := range []int{0, 0, 1} {
		bubble(t, func(t *testing.T) {
			s := newSite(t, newAPI(t, apiSetup{}), usual())
			s.sendTo([]argylesim.Fault{argylesim.Reset}, 3)
			<-time.After(s.tune.AbsentAfter - time.Minute)
			s.sendTo(nil, 1, 2)
			p := s.start(0)
			defer p.end()
			<-time.After(s.tune.AbsentAfter)
			a := newAPI(t, apiSetup{})
			for who := range shown {
				a.byHand(t, line{Who: 1 + who}.recipient())
			}
			p.client = a.client(t, time.Minute)
			scan, err := p.engine.Reconciler.Scan(t.Context(), &batch.Snapshot{})
			if err != nil || scan.Absent != absent || scan.Left != 1-absent {
				t.Errorf("%d shown: %+v, %v", shown, scan, err)
			}
		})
	}
}

// What a dead run left is settled like the rest. Its attempt was over when the
// next run began, at the latest: from then on the time for its proof counts.
func TestDeadRunIsSettled(t *testing.T) {
	for _, test := range []struct {
		name          string
		steps         int // two each: the list, claim, POST, settle
		found, absent int
	}{{"claimed", 4, 0, 1}, {"about to send", 5, 0, 1}, {"answered", 6, 1, 0}, {"about to settle", 7, 1, 0}} {
		t.Run(test.name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				s := newSite(t, newAPI(t, apiSetup{}), usual())
				s.sendTo(nil, 1)
				p := s.start(test.steps)
				_, err := p.run(t.Context(), rosterOf(staff(2), true))
				if p.end(); err != nil || s.person(2).State != batch.Unknown {
					t.Fatalf("%v, %s", err, s.person(2).State)
				}
				s.settles(test.found, 0, test.absent)
				p = s.start(0)
				defer p.end()
				<-time.After(s.tune.AbsentAfter + 2*time.Second)
				if scan, err := p.engine.Reconciler.Scan(t.Context(), &batch.Snapshot{}); err != nil || scan.Absent != test.absent || scan.Left != 0 {
					t.Errorf("%+v, %v", scan, err)
				}
			})
		})
	}
}
