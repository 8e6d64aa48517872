package batch_test

import (
	"testing"
	"time"

	"bulkinvite/batch/argyle/argylesim"
)

// An invite that somebody in the ledger holds is nobody else's, here the same
// person's in another campaign.
func TestInviteOfSomebodyElse(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newSite(t, newAPI(t, apiSetup{}), usual())
		s.sendTo(nil, 1)
		s.campaign = "spring"
		s.sendTo([]argylesim.Fault{argylesim.None, argylesim.Reset}, 2, 1)
		s.settles(0, 0, 1)
		<-time.After(time.Hour)
		s.settles(0, 1, 0)
	})
}

func TestOneInviteForTwoInDoubt(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newSite(t, newAPI(t, apiSetup{}), usual())
		s.sendTo([]argylesim.Fault{argylesim.None, argylesim.Reset}, 2, 1)
		s.campaign = "spring"
		s.sendTo([]argylesim.Fault{argylesim.Lost}, 1)
		s.stuck(2)
	})
}

func TestTwoInvitesForOneInDoubt(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{})
		s := newSite(t, a, usual())
		s.sendTo([]argylesim.Fault{argylesim.None, argylesim.Lost}, 2, 1)
		a.byHand(t, line{Who: 1}.recipient())
		s.stuck(1)
	})
}

// Somebody else's invite has the same phone number: whose it is, a person must see.
func TestInviteThatHalfFits(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{})
		s := newSite(t, a, usual())
		s.sendTo([]argylesim.Fault{argylesim.None, argylesim.Reset}, 2, 1)
		a.byHand(t, line{1, moved}.recipient())
		s.stuck(1)
	})
}

// An invite under the person's name may be theirs, with a contact in another spelling;
// not one that is somebody else's in doubt.
func TestInviteUnderTheName(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{})
		s := newSite(t, a, usual())
		s.sendTo([]argylesim.Fault{argylesim.None, argylesim.Reset}, 2, 1)
		namesake := line{Who: 1}.recipient()
		namesake.Email, namesake.Phone = "another.spelling@example.com", ""
		a.byHand(t, namesake)
		s.stuck(1)
	})
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{})
		s := newSite(t, a, usual())
		s.sendTo([]argylesim.Fault{argylesim.None, argylesim.Reset, argylesim.Lost}, 2, 1, 3)
		<-time.After(time.Hour)
		s.settles(1, 1, 0)
	})
}

// stuck wants so many people to stay in doubt for as long as nobody decides, and
// that nobody waits for them.
func (s *site) stuck(people int) {
	s.t.Helper()
	for range 2 {
		if scan := s.settles(0, 0, people); !scan.Provable.IsZero() {
			s.t.Errorf("another scan at %s could help?", scan.Provable)
		}
		<-time.After(time.Hour)
	}
}

// An invite from before the attempt is not its own, also when it was sent anew or
// revoked after it: that moves invited_at, and dates nothing.
func TestOlderInvite(t *testing.T) {
	for _, touch := range []string{"none", "", "/revoke"} {
		bubble(t, func(t *testing.T) {
			a := newAPI(t, apiSetup{})
			s := newSite(t, a, usual())
			s.check = false // else the person is held back
			older := a.byHand(t, line{Who: 1}.recipient())
			<-time.After(time.Hour)
			s.sendTo([]argylesim.Fault{argylesim.None, argylesim.Reset}, 2, 1)
			<-time.After(time.Hour)
			if touch != "none" {
				a.touch(t, older.ID+touch)
			}
			s.settles(0, 1, 0)
		})
	}
}

// The clock that dates the invites is not the one that the Date header shows: it is the
// one that the answers have shown.
func TestInvitesAreDatedByAnotherClock(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{Lag: time.Minute})
		s := newSite(t, a, usual())
		s.sendTo([]argylesim.Fault{argylesim.None, argylesim.Lost}, 2, 1)
		<-time.After(time.Hour)
		s.settles(1, 0, 0)
	})
}
