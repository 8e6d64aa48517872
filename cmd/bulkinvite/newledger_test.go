package main

import (
	"os"
	"strings"
	"testing"

	"bulkinvite/batch/argyle/argylesim"
)

// A ledger that was lost, beside the results of its last run: who is told that
// nothing was sent is told that the account's invites can be adopted.
func TestLostLedgerOffersAdoption(t *testing.T) {
	t.Parallel()
	a := argylesim.New(argylesim.Options{NoLog: true})
	s := newSandbox(t, a)
	s.write("roster.csv", staff(3))
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	if err := os.RemoveAll(s.path("state")); err != nil {
		t.Fatal(err)
	}
	s.write("roster.csv", staff(4))
	held := s.run(exitHeld, "bulkinvite", "run", "roster.csv")
	if text := strings.Join(strings.Fields(held.stdout.String()), " "); !strings.Contains(text, "it is new, and people could be invited twice; put back the latest ledger, or type 'bulkinvite adopt' to take over the account's invites, or run with --fresh") {
		t.Error(text)
	}
	s.run(exitOK, "bulkinvite", "adopt")
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	if a.Count() != 4 {
		t.Errorf("%d invites for 4 people", a.Count())
	}
}
