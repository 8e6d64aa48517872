package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"bulkinvite/batch/argyle/argylesim"
)

// A ledger that was lost, beside the results of its last run: who is told that
// nothing was sent is told that the account's invites can be adopted.
func TestLostLedgerOffersAdoption(t *testing.T) {
	t.Parallel()
	const people = 5
	offered := regexp.MustCompile(`'(bulkinvite adopt[^']*)'`)
	for _, campaign := range []string{"", " --campaign spring"} {
		for _, lost := range [][]string{{"state"}, {"state", "out"}} { // the guard of copies, and that of new ledgers
			t.Run(strings.Join(lost, " and ")+campaign, func(t *testing.T) {
				a := argylesim.New(argylesim.Options{NoLog: true})
				s := newSandbox(t, a)
				run := strings.Fields("bulkinvite run roster.csv" + campaign)
				s.write("roster.csv", staff(people))
				s.run(exitOK, run...)
				for _, folder := range lost {
					if err := os.RemoveAll(s.path(folder)); err != nil {
						t.Fatal(err)
					}
				}
				s.write("roster.csv", staff(people+1))
				text := strings.Join(strings.Fields(s.run(exitHeld, run...).stdout.String()), " ")
				adopt := offered.FindStringSubmatch(text)
				if len(adopt) != 2 || adopt[1] != "bulkinvite adopt"+campaign || !strings.Contains(text, "run with --") {
					t.Fatal(text)
				}
				s.run(exitOK, strings.Fields(adopt[1])...)
				s.run(exitOK, run...)
				if a.Count() != people+1 {
					t.Errorf("%d invites for %d people", a.Count(), people+1)
				}
			})
		}
	}
}
