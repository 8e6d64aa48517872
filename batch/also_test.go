package batch_test

import (
	"testing"

	"bulkinvite/batch"
)

// sendOnly sends a roster by a process that dies before it learns anything.
func (s *site) sendOnly(roster string) batch.Delivery {
	s.t.Helper()
	p := s.start(0)
	defer p.end()
	if err := p.plan(s.t.Context(), roster); err != nil {
		s.t.Fatal(err)
	}
	d, err := p.engine.Courier.Deliver(s.t.Context(), p.planned)
	if err != nil {
		s.t.Fatal(err)
	}
	return d
}

// Somebody stands in the roster twice, and the run dies when it has sent. Tomorrow's
// roster has the other row only, without what the two had in common.
func TestDuplicateOfADeadRun(t *testing.T) {
	for _, before := range []string{"", "7001,Ada Sample,ada+fault.400.1@example.com,\n"} { // a night in which she is rejected
		bubble(t, func(t *testing.T) {
			a := newAPI(t, apiSetup{})
			s := newSite(t, a, usual())
			if before != "" {
				s.night(alsoHeader + before)
			}
			s.sendOnly(alsoHeader + alsoAda + alsoHome)
			s.night(alsoHeader + ",Ada Sample,ada@home.example.com,\n")
			if n := len(a.Invites()); n != 1 {
				t.Errorf("%d invites for one person", n)
			}
		})
	}
}

// A duplicate that has somebody else's number takes it from nobody.
func TestDuplicateWithTheNumberOfAnother(t *testing.T) {
	for _, rows := range []string{
		alsoAda + "7002,Bo Other,bo@example.com,212-555-0102\n7001,Ada Sample,ada@example.com,212-555-0102\n",
		alsoAda + "7001,Ada Sample,ada@example.com,212-555-0102\n7002,Bo Other,bo@example.com,212-555-0103\n",
	} {
		bubble(t, func(t *testing.T) {
			a := newAPI(t, apiSetup{})
			s := newSite(t, a, usual())
			d := s.sendOnly(alsoHeader + rows)
			if len(d.SetAside) > 0 || len(a.Invites()) != 2 {
				t.Errorf("%d invites for two people, set aside: %v", len(a.Invites()), d.SetAside)
			}
		})
	}
}
