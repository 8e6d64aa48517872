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

// stoppedNight sends to the first of a roster only, and learns what the rest teaches.
func (s *site) stoppedNight(roster string) {
	s.t.Helper()
	p := s.start(0)
	defer p.end()
	p.engine.Courier.Concurrency = 1
	ctx, stop := context.WithCancel(s.t.Context())
	p.engine.Courier.Progress = func(batch.State) { stop() }
	if err := p.plan(s.t.Context(), roster); err != nil {
		s.t.Fatal(err)
	}
	d, err := p.engine.Courier.Deliver(ctx, p.planned)
	if err != nil || d.Posts != 1 {
		s.t.Fatalf("%d requests, want the run stopped after the first; %v", d.Posts, err)
	}
	if err := p.planned.Learn(s.t.Context(), p.ledger); err != nil {
		s.t.Fatal(err)
	}
}

// A run is stopped before somebody who stands in the roster twice. Whoever has a
// number in common with them learns nothing of theirs: they are invited next night.
func TestDuplicateOfSomebodyNotSent(t *testing.T) {
	const (
		bo   = "7002,Bo Other,bo@example.com,212-555-0102\n"
		cy   = "7003,Cy Third,cy@example.com,"
		zed  = "7009,Zed First,zed@example.com,\n"
		home = "7001,Ada Sample,ada@home.example.com,\n"
	)
	for _, test := range []struct{ name, before, stopped, after string }{
		{"her second row has his number", "", bo + alsoAda + "7001,Ada Sample,ada@example.com,212-555-0102\n", bo + alsoAda},
		{"he has her number", cy + "\n", zed + alsoAda + cy + "212-555-0101\n" + home, zed + alsoAda + cy + "\n"},
		{"he has her number all along", cy + "\n", zed + alsoAda + cy + "212-555-0101\n" + home, zed + alsoAda + cy + "212-555-0101\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				a := newAPI(t, apiSetup{})
				s := newSite(t, a, usual())
				if test.before != "" {
					s.night(alsoHeader + test.before)
				}
				s.stoppedNight(alsoHeader + test.stopped)
				s.night(alsoHeader + test.after)
				for _, invite := range a.Invites() {
					if invite.Email == "ada@example.com" {
						return
					}
				}
				t.Errorf("she was not invited: %d invites", len(a.Invites()))
			})
		})
	}
}
