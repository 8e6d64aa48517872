package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"bulkinvite/batch/argyle/argylesim"
)

// The adoption of some people answers no question about the ledger: one that is new, or
// was lost, is held as before.
func TestAdoptingSomeDecidesNothing(t *testing.T) {
	t.Parallel()
	const people = 6
	for _, lost := range []bool{false, true} {
		t.Run(fmt.Sprintf("lost %t", lost), func(t *testing.T) {
			a := newAPI(t, argylesim.Options{})
			s := newSandbox(t, a)
			s.write("roster.csv", staff(people))
			if lost { // out/latest tells of it
				s.run(exitOK, "bulkinvite", "run", "roster.csv")
				if err := os.RemoveAll(s.path("state")); err != nil {
					t.Fatal(err)
				}
				s.write("roster.csv", staff(people+1))
			} else {
				a.fill(t, people)
			}
			for range 2 {
				s.run(exitOK, "bulkinvite", "adopt", "--only", a.Invites()[0].Email)
				c := s.run(exitHeld, "bulkinvite", "run", "roster.csv")
				if text := strings.Join(strings.Fields(c.stdout.String()), " "); lost && !strings.Contains(text, "does not know run") {
					t.Error(text)
				}
			}
			s.run(exitOK, "bulkinvite", "adopt")
			s.run(exitOK, "bulkinvite", "run", "roster.csv")
			if twice := a.Twice(); len(twice) > 0 {
				t.Errorf("twice: %v", twice)
			}
		})
	}
}
