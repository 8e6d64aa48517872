package batch_test

import (
	"context"
	"testing"

	"bulkinvite/batch"
)

const (
	alsoHeader = "Employee ID,Name,Email,Phone\n"
	alsoAda    = "7001,Ada Sample,ada@example.com,212-555-0101\n"
	alsoHome   = ",Ada Sample,ada@home.example.com,212-555-0101\n"
)

// A run is stopped before somebody who stands in the roster twice, the second time with
// the number of somebody else, whom it has invited: that one learns nothing of theirs.
func TestDuplicateOfSomebodyNotSent(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{})
		s := newSite(t, a, usual())
		const roster = alsoHeader + "7002,Bo Other,bo@example.com,212-555-0102\n" + alsoAda + "7001,Ada Sample,ada@example.com,212-555-0102\n"
		p := s.start(0)
		p.engine.Courier.Concurrency = 1
		ctx, stop := context.WithCancel(t.Context())
		p.engine.Courier.Progress = func(batch.State) { stop() }
		if err := p.plan(t.Context(), roster); err != nil {
			t.Fatal(err)
		}
		if _, err := p.engine.Courier.Deliver(ctx, p.planned); err != nil {
			t.Fatal(err)
		}
		if err := p.planned.Learn(t.Context(), p.ledger); err != nil {
			t.Fatal(err)
		}
		p.end()
		if n := len(a.Invites()); n != 1 {
			t.Fatalf("%d invites, want the run stopped after the first", n)
		}
		s.night(roster)
		if n := len(a.Invites()); n != 2 {
			t.Errorf("%d invites for two people", n)
		}
	})
}
