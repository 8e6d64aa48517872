package batch_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"bulkinvite/batch"
	"bulkinvite/batch/argyle/argylesim"
)

// invitedIn plans a roster for a campaign and counts who holds an invite of another one.
func (s *site) invitedIn(campaign, roster, other string) int {
	s.t.Helper()
	s.campaign = campaign
	p := s.start(0)
	defer p.end()
	if err := p.plan(s.t.Context(), roster); err != nil {
		s.t.Fatal(err)
	}
	n, err := p.planned.InvitedIn(s.t.Context(), p.ledger, other)
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}

// Whoever was invited counts, by whichever alias they are known; whoever was rejected, is
// in doubt, or is not to be sent to tonight does not.
func TestInvitedIn(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newSite(t, newAPI(t, apiSetup{}), usual())
		s.sendTo([]argylesim.Fault{argylesim.None, argylesim.None, argylesim.None, argylesim.BadData, argylesim.Lost}, 1, 2, 3, 4, 5)
		tonight := rosterOf([]line{{1, plain}, {2, moved}, {3, dialOnly}, {4, plain}, {5, plain}, {6, plain}, {1, plain}}, true)
		if n := s.invitedIn("spring", tonight, "default"); n != 3 {
			t.Errorf("%d are invited elsewhere, want 3", n)
		}
		if n := s.invitedIn("spring", tonight, "autumn"); n != 0 {
			t.Errorf("%d are invited in a campaign that nobody knows", n)
		}
		if n := s.invitedIn("default", tonight, "default"); n != 0 {
			t.Errorf("%d are to be sent to and invited in the same campaign", n)
		}
	})
}

// A roster of several chunks.
func TestInvitedInMany(t *testing.T) {
	const people, invited = 1300, 700
	s := newSite(t, newAPI(t, apiSetup{}), usual())
	var roster strings.Builder
	roster.WriteString("Name,Email\n")
	listed := make([]batch.Listing, 0, invited)
	for i := range people {
		mail := fmt.Sprintf("many%d@example.com", i)
		fmt.Fprintf(&roster, "Avery Sample,%s\n", mail)
		if i%2 == 0 && len(listed) < invited || people-i <= invited-len(listed) {
			listed = append(listed, batch.Listing{Invite: batch.InviteRef{ID: mail}, Email: mail})
		}
	}
	p := s.start(0)
	if _, err := p.ledger.Adopt(t.Context(), "default", listed, "alice", time.Now()); err != nil {
		t.Fatal(err)
	}
	p.end()
	if n := s.invitedIn("spring", roster.String(), "default"); n != invited {
		t.Errorf("%d are invited elsewhere, want %d", n, invited)
	}
}
