package batch

import (
	"testing"
	"time"

	"bulkinvite/csvmap"
)

// Every row of a usual night goes through the spool, as somebody who is known.
func TestAllocationsOfASpooledRow(t *testing.T) {
	const n = 2000
	known := entry{
		Line: 2, Outcome: OutcomeAlreadyInvited, Primary: noRow, PersonID: 1, Attempts: 1, HTTP: 200, RunID: "0193-run",
		Recipient: csvmap.Recipient{EmployeeID: "E0000001", FirstName: "Ada", LastName: "Longfield", Email: "ada@example.com", Phone: "+12125550123"},
		Invite:    InviteRef{ID: "invite", URL: "https://invites.example.com/1", UserID: "user", Status: "sent", InvitedAt: time.UnixMilli(1_700_000_000_000)},
	}
	s, err := newSpool(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.close() }()
	adding := testing.AllocsPerRun(n, func() {
		if _, err := s.add(&known); err != nil {
			t.Error(err)
		}
	})
	reading := testing.AllocsPerRun(3, func() {
		for _, err := range s.all(everyBlock) {
			if err != nil {
				t.Error(err)
			}
		}
	}) / n
	if adding > 0 || reading > 2 {
		t.Errorf("%v allocations to spool a row, none is allowed; %.2f to read it back, at most 2", adding, reading)
	}
}
